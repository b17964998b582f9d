"""What is owed by a day though no known word of a duty is near: the form of its clause's last verb tells it.

The verbs of what may be asked are without number; the forms in which nothing is asked are few: what is
past, what somebody else does, and what may go on until then.
"""

from __future__ import annotations

import re

from bot.understanding.duty import MOOD, clause_after, clause_before

_MOVED = re.compile(r"(?:uzat|uza(?:mis|di|yacak)|cekil|otelen|itibar\w*(?: ile)?)\W*$")
# "uzatmıştır", "yükselttiği": told as done.
_DONE = re.compile(
    r"\b(?!simdi\b|kendi|kredi|belirttig|istedig)\w{3,}(?:m[iu]s(?:t[iu]r|lar|ler)?|[dt][iu]g[iu]\w{0,3}|"
    r"[nlrtsaeiu]d[iu]|t[iu])\b(?! (?:ol|bulun))"
)
_WILL = re.compile(r"\b(?P<stem>[a-z]+?)y?[ae](?:c[ae]k(?!lar\w)|c[ae]g)\w*\b")
_PASSIVE = re.compile(r"(?:[iu]l|n)$")
_DOES = re.compile(r"\b\w{2,}(?:(?<!l)[ae]|(?<![ntd])(?<!il)(?<!ul)[iu])r\W*$")
_GOES_ON = re.compile(
    r"\b(?:piyasa|pazarda|raf(?:ta|lar)|ulkeye|gumruk bolgesi)\w* (?:\w+ ){0,2}\w+|\b(?:devam|surdur|musaade|"
    r"gecis|muaf|tabi\b|onaylan|yasak|serbest|acik|kapali|muhafaza|sakla|saglan|tutul|koru|"
    r"paylastir|dagitil|tahsis|aciklan|duyurul|yayi[mn]lan|sonuclan|atan(?:ac|ir))|"
    r"\b(?:ithal|ihrac|transit|giris|cikis)\w* [^.;]{0,20}ebil|^ (?:olan|ait|iliskin)\b"
)
_BY_US = re.compile(r"\b(?:tarafimizca|(?:birlig|derneg|oda|sekreterlig|sube|mudurlug)\w*imizce)\b")
# What is given, or in force: nobody can be asked for it.
_NO_DUTY_ABOUT = re.compile(
    r"\b(?:muafiyet|onlem|vergi|kota|kontenjan|tedbir|yasak|hizmet|garanti|ithalat|ihracat|destek|"
    r"desteg|kredi|odenek|prim|tesvik|hibe|ithal|ihrac)\w{0,6}(?: ise)? $"
)
# "Belge sahipleri … sunar": a rule for those who read it.
_OF_THE_READER = re.compile(
    r"\b(?:firma|isletme|uretici|ihracatci|ithalatci|sahip|uye|mukellef|basvuran|yukumlu|katilimci|"
    r"imalatci|sirket)"
    r"\w*(?:l[ae]r|i)(?:imiz)?(?:,| [^.;]{0,60})? ?$|"
    # any persons in the plural as the subject of an act: "dağıtıcılar", "depolayanlar", "kuruluşlar"
    r"(?:^|[,;)] |\b(?:ve|olan|kapsamindaki|seviyeli|olcekli) )(?:\w+ ){0,3}?"
    r"(?!denetci|yetkili|gorevli|bakan)(?:\w{2,}(?:c[iu]|[ae]n)|sahip|"
    r"(?<!yetkilendirilmis )(?<!yetkili )(?<!onaylanmis )(?<!kamu )(?<!denetim )(?<!gozetim )"
    r"(?<!belgelendirme )kurulus|tesis|kooperatif|yukumlu)l[ae]r"
    r"(?:i|imiz)?,? [^.;]{0,90}?\w{2,}(?:[iu]n[iu]|l[ae]r[iu]|y?[iu])\b[^.;]{0,80}$"
)
# In English a plain "will" tells what others do.
_WILL_EN = re.compile(r"\b(?:will|shall|would|was|were|has been|have been|is expected|are expected)\b")
_UNTIL = re.compile(r"[^.;]{0,60}?\b(?:kadar|dek|degin|once(?:sine|ye)?)\b")


def owed_until(joined: str, start: int, end: int, until: str) -> bool:
    """Whether the clause of a day leaves a duty: the words "until" it end at ``end``."""
    after = joined[end : end + 130]
    return bool(MOOD.search(after)) or (
        not _MOVED.search(until) and _owed(clause_before(joined, start), after)
    )


def owed_within(sentence: str, start: int, end: int) -> bool:
    """The same for a term ("within ten days") or a day of a month that stands there."""
    before = clause_before(sentence, start, 190)
    until = _UNTIL.match(sentence, end)
    stop = until.end() if until else end
    return not _WILL_EN.search(before) and _owed(before, sentence[stop : stop + 130])


def _owed(before: str, after: str) -> bool:
    if MOOD.search(after):
        return True
    own = clause_after(after, 0)
    if _BY_US.search(before[-60:] + own) or _NO_DUTY_ABOUT.search(before):
        return False
    will = _WILL.search(own)
    if will and not _PASSIVE.search(will["stem"]) and not _OF_THE_READER.search(before):
        return False
    if _DOES.search(own) and not _OF_THE_READER.search(before):
        return False
    return not (_DONE.search(own) or _GOES_ON.search(own))
