"""Deadlines that count from another day: "within thirty days of publication"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from bot.domain.notice import Deadline
from bot.understanding.bases import (
    closing_day,
    day_of_paper,
    last_named,
    made_known,
    named_day,
    opened_day,
    served_day,
)
from bot.understanding.countback import FROM_AN_EVENTS_END
from bot.understanding.counting import (
    BY_OTHERS,
    NUMBERS,
    TR_UNIT,
    N,
    count,
    day_in_force,
    number_of,
    quoted,
    relative,
)
from bot.understanding.dates import find_dates
from bot.understanding.duty import clause_after, clause_before
from bot.understanding.marks import asks
from bot.understanding.months import in_month
from bot.understanding.others import others_do
from bot.understanding.owed import owed_within
from bot.understanding.published import force_counted
from bot.understanding.thatday import by_that_day, from_that_day, same_day, while_shown
from bot.understanding.whose import others_act, others_term

_WITHIN = re.compile(
    N
    + TR_UNIT
    + r"(?:luk|lik|u)?(?:\s?sure)?\w{0,4}\s(?:icinde|icerisinde|zarfinda|sonuna kadar|sonunda|tanin|"
    r"veril(?:ir|ec|mekte)|"
    r"ongorul|belirlen|verilmi|"
    r"mehil|sure(?:leri)? (?:var|bulun)|"
    r"(?:sureyle|sure ile|boyunca) (?:kabul|alin|basvur|gorus|yorum|itiraz))"
    r"|" + N.replace("<n>", "<n2>") + r"\)?\s(?P<work2>is )?(?P<unit2>gun|hafta|ay)(?:d[iu]r\b| oldug)"
    r"|(?<=itibaren )" + N.replace("<n>", "<n3>") + r"\)?\s(?P<work3>is )?(?P<unit3>gun|hafta|"
    r"ay)[iu]?(?=\s?[.;,)]|\s*$)"
)


_WITHIN_EN = re.compile(
    r"(?:within|no later than|not later than|up to|:|have|has|given|due|gives? \w+|(?:raised|lodged|"
    r"submitted) for|(?:period|time limit) of) "
    + N
    + r" (?:\(\d+\) )?(?:calendar )?(?P<work>working |business )?(?P<unit>day|week|month)s?"
    r" (?:of|from|after|following) (?P<base>[a-z ]{2,60})"
)


_WITHIN_EN_DAY = re.compile(
    r"within " + N + r" (?:\(\d+\) )?(?:calendar )?(?P<work>working |business )?(?P<unit>day|week|month)s?"
    r" (?:of|from|after|following) (?=(?:[a-z]+day,? )?(?:the )?\d)"
)


_FROM = re.compile(
    r"itibaren|baslamak uzere|baslayarak|izleyen|takip eden|takiben|sonra(?:ki)?\b|muteakip|en gec\s?\(?$"
)


_THIS_LETTER = re.compile(
    r"(?:\bbu|\bisbu)\s(?:sirkuler|yazi|mektub|e-?posta|duyuru)\w*|(?:sirkuler|yazi|mektub|duyuru)\w*m[iu]z"
)


# "takip eden günden itibaren": the count starts a day later.
_DAY_AFTER = re.compile(r"(?:izleyen|takip eden|sonraki|ertesi) (?:gunden|gun) (?:itibaren|baslayarak)")


_DAY_BESIDE = re.compile(r",? ?(?:\((?:i\.e\.,? )?|which (?:was|is) (?:on )?|i\.e\.,? )(?=\d)")


_THAT_IS = re.compile(r",? \(?(?:i\.?e\.?,?|that is,?|namely,?) (?:by|until|on|no later than) (?=\d)")


_IN_FORCE = re.compile(r"ent(?:ry|ers?|ered) into force")


_DAY_FOLLOWING = re.compile(r"\bday (?:following|after) (?:that of |the date of )?(?:its|the) publication")


_PUBLISHED = re.compile(r"yayi[mn]|ilan|teblig|gazete|duyuru|publication|initiation|official journal")


def relative_deadlines(
    original: str,
    sentence: str,
    around: tuple[str, str],
    published: date | None,
    reference: date | None,
) -> list[Deadline]:
    """Last days of one sentence that count from another day; ``date`` None when that day is not given.

    ``sentence`` is ``original`` folded, ``around`` what stands before and after it, ``published`` the
    ``publication`` day. No shift for weekends: a count of calendar days is what circulars mean unless they
    say "iş günü".
    """
    if not (asks(sentence) or (_ITEM.search(sentence) and _ASKED_BELOW.match(around[1]))):
        return [
            *_within(original, sentence, around, published, reference, known=False),
            *from_that_day(original, sentence, around[0], reference),
            *in_month(original, sentence, reference, known=False),
        ]
    return [
        *_within(original, sentence, around, published, reference),
        *_nth_day(original, sentence, published),
        *by_that_day(original, sentence, around[0], reference),
        *while_shown(original, sentence, around[0], reference),
        *same_day(original, sentence, around[0], reference),
        *from_that_day(original, sentence, around[0], reference),
        *in_month(original, sentence, reference),
    ]


# "- raporların altı ay içinde yenilenmesi," in a list whose verb, "gerekmektedir", stands below it.
_ITEM = re.compile(r"m(?:as[iu]|es[iu]|alari|eleri)[,;]\s*$")
_ASKED_BELOW = re.compile(r"[^.]*\b(?:gerekmekte|gerekir|zorunlu|sart)")
# "5 iş günü içinde itiraz etmesi gerekmektedir": a term whose beginning is not told.
_MUST = re.compile(
    r"\w* (?:\S+ ){0,3}(?:iade|itiraz|bildir|basvur|gonder|ilet|tamamla|teslim|yatir|ode|sun|ulastir|cevap|"
    r"yanit|onayla|imzala|doldur|beyan|kaydol)\w*(?: \S+){0,3} "
    r"(?:gerek|zorunlu|sart\b|rica|yukumlu|mecbur)|"
    r"\w* (?:\S+ ){0,3}(?:itiraz|gorus|yorum|basvuru|savunma|cevap|yanit)\w* "
    r"(?:\w+ )?\w*[ae]bil(?:ir|ecek|mekte)"
)


# "… Resmî Gazete’de yayımlanmış olup 60 gün içinde dava açılabilir"
_PUBLISHED_AND = re.compile(r"\byayi[mn]lan(?:mis|arak|mistir)\w*(?: olup)?,? (?:\w+ ){0,3}$")
# "Eksik evrak tamamlama: tebliğden itibaren 10 iş günü"
_LABELLED_TERM = re.compile(
    r"\b(?:itiraz|basvuru|evrak|belge|cevap|cevab|yanit|gorus(?!me)|savunma|odeme|bildirim|kayit|dava|"
    r"beyan|eksiklik|duzeltme)\w*"
    r"(?: (?!gecerli)\w+){0,3}\s?[:–-]\s?[^.;:]{0,60}$"
)
# "itiraz süresi iki gündür"
_ITS_TERM = re.compile(r"\b(?:itiraz|basvuru|cevap|gorus|bildirim|odeme)\w* suresi(?: ise)? $")


# "listenin ilan edildiği günden": of what is still to come, and not of the rule.
_RESULT_TOLD = re.compile(
    r"\b(?:liste|sonuc|dagitim|puan|siralama|kazanan|hak sahip|karar\w* size)\w* (?:\w+ ){0,2}?(?:ilan|"
    r"duyur|acikla|yayi[mn]|teblig|"
    r"bildir)"
)
_SERVED = re.compile(
    r"\bteblig(?:inden| tarihinden| edildigi tarihten| edilmesinden)\b[^.;]{0,30}$|"
    r"\bteblig(?:ini|i tarihini| tarihini| edilmesini| edildigi (?:tarihi|gunu)) (?:izleyen|takip|"
    r"muteakip)\w*[^.;]{0,20}$"
)
# "Yazımızın elinize ulaştığı tarihten": known to each reader alone.
_RECEIVED = re.compile(
    r"\b(?:ulas(?:tig|ma)|tebellug|elinize gec|teslim alin|teslim aldig|alindig|aldig)\w*[^.;]{0,24}$"
)


_ALSO = re.compile(r"(?:icinde|icerisinde)\b[^.;]{0,30}(?:,| ve)(?: \S+){1,9} $")
_DELIVERIES = re.compile(r"\b(?:teslimat|sevkiyat|mal teslimi|yuklemeler(?:in)?)\b[^.;]{0,50}$")
# "iki ay içinde (28 Şubat 2027)": the day itself is told beside the count.
_IN_BRACKETS = re.compile(r"\w{0,3},? (?:\(|yani )(?:en gec |yani |son gun:? )?(?=\d)")


# "45 gün içinde tescil edilecek beyannameler": the term sorts papers.
_SORTED_BY = re.compile(
    r"\w* (?:\w+ )?(?:tescil|ithal|ihrac|sevk|uret|yukle)\w*(?: edil)?(?:ec[ae]k|en|mis|il[ae]n|ilec[ae]k|"
    r"\w*[ae]c[ae]k) \w+"
    r"|[^.;]{0,110}(?:uygulanmayac|kapsam disi)"
)


_FROM_FORCE = re.compile(
    r"yururlu\w+(?: gir\w+)?(?: tarih\w+)? (?:itibaren|izleyen|takip eden|takiben|"
    r"sonra)"
)


_FORCE_AT_ONCE = re.compile(
    r"yayi[mn]\w* (?:tarihinde|gunu|tarihi itibar\w*) yururlu|yayi[mn]lanarak yururlu"
)


def _within(
    original: str,
    sentence: str,
    around: tuple[str, str],
    published: date | None,
    reference: date | None,
    *,
    known: bool = True,
) -> Iterator[Deadline]:
    shared: date | None = None  # "… itibaren 7 gün içinde, görüşlerin 37 gün içinde": one beginning for both
    for match in _WITHIN.finditer(sentence):
        before = sentence[max(0, match.start() - 100) : match.start()].rpartition(";")[2]
        if match["n3"] and not _LABELLED_TERM.search(before):
            continue
        if not (known or match["n3"] or (match["n"] and owed_within(sentence, match.start(), match.end()))):
            continue
        if re.search(r"\b(?:iade(?:ler|ler[iu]|si)|odemeler)\b", before) and re.match(
            r" (?:yap|gercek|ode)", sentence[match.end() :]
        ):
            continue
        if _SORTED_BY.match(sentence, match.end()) or _DELIVERIES.search(before):
            continue
        if others_do(clause_before(sentence, match.start()), clause_after(sentence, match.end())):
            continue
        told = _IN_BRACKETS.match(sentence, match.end())
        if told and (beside := next(find_dates(sentence[told.end() : told.end() + 30], reference), None)):
            yield replace(quoted(original, match, beside.last), relative=False)
            continue
        if _PUBLISHED_AND.search(before):
            yield _counted(original, match, match.start(), published)
            continue
        if _ITS_TERM.search(before) and match["n2"]:
            yield _counted(original, match, match.start(), None)
            continue
        if shared and not _FROM.search(before[-40:]) and _ALSO.search(before):
            yield _counted(original, match, match.start(), shared)
            continue
        if FROM_AN_EVENTS_END.search(before):  # counted where the events are known
            continue
        if not _FROM.search(before) and _MUST.match(sentence, match.end()):
            yield _counted(original, match, match.start(), made_known(sentence[: match.start()], reference))
            continue
        if not _FROM.search(before) or BY_OTHERS.search(sentence[match.end() : match.end() + 60]):
            continue
        if _THIS_LETTER.search(before[-70:]) and not re.search(r"gazete", before):
            base = reference
        else:
            base = published if _PUBLISHED.search(before[-70:]) else None
            if _RESULT_TOLD.search(before[-80:]):
                base = None
            if "ilan tarih" in before[-40:] and re.search(r"ilan edile?cek", around[0][-160:]):
                base = None  # of results that are still to be announced
        base = (
            named_day(before)
            or base
            or closing_day(around[0] + sentence[: match.start()], reference)
            or opened_day(sentence, before, reference)
            or day_of_paper(around[0] + sentence[: match.start()], before, reference)
        )
        if base is None and _FROM_THIS_DAY.search(before[-70:]):
            base = last_named(around[0] + sentence[: match.start()], reference)
        served = _SERVED.search(before)
        if served and original[match.start() - len(before) + served.start()] == "t":
            # "tebliğ tarihinden": of a paper served on the reader; "Tebliğ" is the communiqué
            base = served_day(around[0] + sentence, reference)
        if _RECEIVED.search(before[-80:]):
            base = None
        if base and _DAY_AFTER.search(before[-70:]):
            base += timedelta(days=1)
        if _FROM_FORCE.search(before[-60:]):
            whole = around[0] + sentence + around[1]
            base = day_in_force(whole) or force_counted(whole, published)
            if base is None and _FORCE_AT_ONCE.search(whole):
                base = published
        shared = base
        yield _counted(original, match, max(0, match.start() - 60), base)
    for match in _WITHIN_EN_DAY.finditer(sentence):
        if not (known or owed_within(sentence, match.start(), match.end())):
            continue
        following = next(find_dates(sentence[match.end() : match.end() + 40], reference), None)
        if following is not None and following.start <= 12:
            yield _counted(original, match, match.start(), following.first)
    for match in _WITHIN_EN.finditer(sentence):
        if not (known or owed_within(sentence, match.start(), match.end())):
            continue
        if re.match(r"[^.;]{0,40}enter into force", sentence[match.end() :]):
            continue
        ahead = sentence[max(0, match.start() - 240) : match.start("n")]
        if others_act(ahead) or others_term(sentence[max(0, match.start() - 90) : match.start()]):
            continue
        if _THAT_IS.match(sentence, match.end()):  # the day itself is told as well
            continue
        named = match["base"]
        base = published if _PUBLISHED.search(named) else None
        if re.search(r"\b(?:on|of|dated) $", named):  # "of publication of the notice on 20 November"
            following = next(find_dates(sentence[match.end() : match.end() + 30], reference), None)
            base = following.first if following and following.start == 0 else base
        told_then = _DAY_BESIDE.match(sentence, match.end())
        if told_then:  # "of the date of publication, which was 20 November"
            after = next(find_dates(sentence[told_then.end() : told_then.end() + 30], reference), None)
            base = after.first if after and after.start == 0 else base
        if _THAT_DATE.match(named):
            base = last_named(around[0] + sentence[: match.start()], reference)
        if re.match(
            r"(?:the (?:date|publication|sending|day) of )?this (?:\w+ )?(?:letter|circular|message|"
            r"announcement|e-?mail|release|alert|bulletin|newsletter|note|update|mailing)\b|"
            r"the date of this notice",
            named,
        ):
            base = reference
        if published and _IN_FORCE.search(named):
            base = published + timedelta(days=1) if _DAY_FOLLOWING.search(sentence) else None
        yield _counted(original, match, match.start(), base)


_ROW_TERM = re.compile(
    N
    + TR_UNIT
    + r"|"
    + N.replace("<n>", "<n2>")
    + r" (?:\(\d+\) )?(?:calendar )?(?P<work2>working |business )?"
    r"(?P<unit2>day|week|month)s?"
)


def row_terms(original: str, sentence: str, heading: str, published: date | None) -> list[Deadline]:
    """The term in a table's row ("within 7 days"), counted from what the row or the column's name says."""
    match = _ROW_TERM.search(sentence)
    if (
        match is None
        or BY_OTHERS.search(sentence)
        or others_term(sentence[: match.start()].removesuffix("within "))
    ):
        return []
    base = published if _PUBLISHED.search(sentence) or _PUBLISHED.search(heading) else None
    return [_counted(original, match, match.start(), base)]


# "yayımını izleyen on beşinci günün mesai bitimine kadar"
_NTH_DAY = re.compile(
    r"(?:izleyen|takip eden|muteakip) (?P<n>\d{1,3}|[a-z]{2,6}(?: [a-z]{2,6})?)(?:'? ?[iu]?nc[iu]) gun\w*"
    r"(?: [a-z]{3,9}){0,3} (?:kadar|dek|degin)"
)


def _nth_day(original: str, sentence: str, published: date | None) -> Iterator[Deadline]:
    for match in _NTH_DAY.finditer(sentence):
        word = re.sub(r"[iu]$", "", match["n"]) if match["n"] not in NUMBERS else match["n"]
        number = int(word) if word.isdigit() else NUMBERS.get(word)
        counted = (
            published if _PUBLISHED.search(sentence[max(0, match.start() - 70) : match.start()]) else None
        )
        if number:
            yield quoted(original, match, counted and counted + timedelta(days=number))


_FROM_THIS_DAY = re.compile(
    r"\b(?:bu|anilan|soz konusu|belirtilen|mezkur|ayni) (?:tarih|gun)\w* (?:itibaren|izleyen|takip eden|"
    r"takiben|baslayarak|baslamak|sonra|muteakip)"
)
_THAT_DATE = re.compile(r"(?:that|this|the said|the same|such) (?:date|day)\b")


def _counted(original: str, match: re.Match[str], start: int, base: date | None) -> Deadline:
    said = {key.rstrip("23"): value for key, value in match.groupdict().items() if value}
    day = count(base, number_of(said["n"]), said["unit"], "work" in said) if base else None
    rest = re.match(r"\w*", original[match.end() :])
    words = original[start : match.end() + (rest.end() if rest else 0)]
    if start and original[start - 1].isalnum():
        words = words.partition(" ")[2]
    return relative(day, " ".join(words.split()))
