"""Days of a draft's own rules, which bind nobody yet, and new days told as "that date"."""

from __future__ import annotations

import re

from bot.understanding.mention import Mention

# "Taslakta … 1 Ocak 2028’e kadar yenilenmesi önerilmektedir"
_IN_A_DRAFT = re.compile(
    r"\btaslak(?:ta|la|tan)\b|\btaslaga gore\b|\btaslak (?:\w+ ){0,2}(?:ile|uyarinca)\b|"
    r"\btaslagin \S+ (?:\w+ )?madde|\b(?:draft|proposal) (?:would|foresees|provides)\b"
)
_IS_PROPOSED = re.compile(
    r"[^;]*\b(?:oneril|ongor|planlan|hedeflen|amaclan|getiril)\w*(?:mekte|mis|makta|dig)"
)
# An item of what a draft brings, "3. … kadar süre tanınması": a noun, and no verb behind it.
_NOUN_ITEM = re.compile(r"\W*(?:\w{1,2}[.)]|[-•*–])\s.*\w(?:m[ae]s[iu]|ilm[ae]s[iu])\W*$", re.DOTALL)
_DRAFT_BRINGS = re.compile(r"\btasla[kg]\w*[^:]{0,160}:\s*\n")
_ASKED_AFTER = re.compile(r"\W*(?:\w+ ){0,3}(?:gerek|zorunlu|rica|sart|beklen)")


def only_proposed(place: Mention, earlier: str, following: str) -> bool:
    """Whether the day stands in what a draft proposes; ``earlier`` and ``following`` are the text around."""
    if _IN_A_DRAFT.search(place.joined[: place.one.start]) and _IS_PROPOSED.match(
        place.joined, place.one.end
    ):
        return True
    return bool(
        _NOUN_ITEM.match(place.joined) and _DRAFT_BRINGS.search(earlier) and not _ASKED_AFTER.match(following)
    )


# "… sona ereceği bildirilmişti. Söz konusu tarih 28 Aralık 2026 olacaktır": the term told just before.
_THAT_DATE = re.compile(
    r"\b(?:soz konusu|bu|anilan|mezkur|belirtilen|ilgili) (?:son )?(?:tarih|gun|sure)(?:in|nin|i|si)?"
    r"(?: ise)?,? $"
)
_BECOMES = re.compile(
    r"'?[a-z]{0,4}(?: tarihi\w*| gunu\w*)?(?: saat \d\d?:\d\d'?[a-z]{0,4})? ?"
    r"(?:[dt][iu]r\b|olacak|olmustur|olarak (?:duzelt|degis|guncel|dikkate|belirlen|esas|revize)|uzat|"
    r"cekil|alin(?:mis|di)|otelen|ertelen)"
)
_TERM = re.compile(
    r"\b(?:basvur|kayit|teklif|gorus(?!me)|tale[pb]|proje|anket|sunma|beyan|odeme|muracaat|bildirim)\w*"
    r"[^.;]{0,90}\b(?:sona er|son bul|bite|bitec|dol|kapan|kadar|dek\b|son (?:gun|tarih))|"
    r"\bson (?:basvuru|kayit|teklif|gorus|tale[pb]|odeme|muracaat|bildirim)\w* (?:gun|tarih)"
)


def term_renamed(place: Mention, earlier: str) -> bool:
    """Whether the day is the new one of a term to act in that was told just before."""
    head = place.joined[: place.one.start]
    if not (_THAT_DATE.search(head) and _BECOMES.match(place.joined, place.one.end)):
        return False
    return bool(_TERM.search(earlier[-260:] + head))
