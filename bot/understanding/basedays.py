"""The day that the letter tells for the base of a counted term, or None: never one that only stands near."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

from bot.understanding.bases import PUBLICATION, Base, Told, base_words, day_beside, named, nearest
from bot.understanding.counting import day_in_force
from bot.understanding.dates import DateFound, find_dates
from bot.understanding.marks import LETTER_OF, joined_dots
from bot.understanding.published import force_counted
from bot.understanding.terms import Term, terms
from bot.understanding.toldday import told_day

NEAR = 300
"""Letters of a base in which its words are looked for."""


def base_day(told: Told, term: Term, base: Base, before: tuple[int, date | None] | None) -> date | None:
    """The day that the letter tells for ``base``, events aside; ``before``: where the sentence's term
    before this one ends, and what it counted from."""
    upto = told.earlier + told.sentence[: term.start]
    match base:
        case Base.DAY:
            return day_beside(told, term)
        case Base.THAT_DAY:
            return _that_day(told, term, before)
        case Base.LETTER:
            return told.reference
        case Base.RECEIPT if base_words(told, term) == "notification":
            return _notified(told)
        case Base.RECEIPT | Base.RESULT | Base.NOTHING:
            return None
        case Base.SERVICE:
            return served_day(told.earlier + told.sentence, told.reference)
        case Base.FORCE:
            return _in_force(told)
        case Base.CLOSING:
            return closing_day(upto, told.reference) or closing_later(told, term)
    words = told.sentence[max(term.base_start, term.base_end - NEAR) : term.base_end]
    if base is Base.OPENING and (opened := opened_day(told.sentence, told.reference)):
        return opened
    if base is Base.PUBLICATION or base is Base.OPENING:
        later = re.search(r"ilan tarih", words[-40:]) and re.search(r"ilan edile?cek", told.earlier[-160:])
        published = told.published if PUBLICATION.search(words[-80:]) or term.english else None
        if published and not later:  # not of results that are still to be announced
            return published
    if term.english:
        day = _initiated(told) if _INITIATION.search(words) else None
    else:
        day = day_of_paper(upto, words, told.reference) or day_of_deed(upto, words, told.reference)
    return day or told_day(told.letter or told.whole, words, term.english, told.reference)


_INITIATION = re.compile(r"\b(?:initiat|opening|launch)")
_INITIATED_ON = re.compile(
    r"\b(?:initiated|opened|launched)\b[^.;]{0,60}\bon (?:[a-z]+day,? )?(?:the )?$|"
    r"\bon (?:[a-z]+day,? )?(?:the )?$"
)
_INITIATES = re.compile(r",? (?:[a-z]+ ){0,6}(?:initiated|opened|launched) ")


def _initiated(told: Told) -> date | None:
    """ "The proceeding was initiated on 18 November", "On 18 November the Commission initiated" """
    text = told.whole
    for one in find_dates(text, told.reference):
        on = _INITIATED_ON.search(text[max(0, one.start - 100) : one.start])
        if on and (not on[0].startswith("on ") or _INITIATES.match(text, one.end)):
            return nearest(one, one.first, told.reference)
    return None


# "60 days from notification" in a paper that is itself one, of the WTO
_IS_NOTIFICATION = re.compile(r"\bg/(?:tbt|sps|sg|adp|scm)/n/|(?:^|\n) ?notification ?(?:\n|$)")


@lru_cache(maxsize=4)
def _is_notification(letter: str) -> bool:
    return bool(_IS_NOTIFICATION.search(letter))


def _notified(told: Told) -> date | None:
    letter = told.letter or told.whole
    if not _is_notification(letter):
        return None
    day = told_day(letter, "circulation", True, told.reference)
    return day or told_day(letter, "notification", True, told.reference) or told.reference


_PAPER_OF = re.compile(r"'?[a-z]{0,4} ?(?:tarihli|tarih ve|gunlu|sayili)\b")


def _that_day(told: Told, term: Term, before: tuple[int, date | None] | None) -> date | None:
    own = list(find_dates(told.sentence[: term.start], told.reference))
    if before and not (own and own[-1].start >= before[0]):
        return before[1]
    if own:
        return own[-1].last
    named_before = list(find_dates(told.earlier, told.reference))
    plain = [one for one in named_before if not of_paper(told.earlier, one)] or named_before
    counted = terms(told.earlier)
    if counted and not (plain and plain[-1].start > counted[-1].start):
        return _base_of_earlier(told, counted[-1])
    return plain[-1].last if plain else None


def of_paper(text: str, one: DateFound) -> bool:
    """Whether a day only tells which paper is meant: "13 Mayıs 2026 tarihli", "Regulation … of 7 May"."""
    return bool(_PAPER_OF.match(text, one.end) or LETTER_OF.search(text[max(0, one.start - 70) : one.start]))


def _base_of_earlier(told: Told, term: Term) -> date | None:
    """What a term of the sentences before counted from: "within 15 days of publication. … of that date"."""
    whole = Told(told.earlier, told.earlier, "", told.sentence, told.published, told.reference)
    base = named(whole, term)
    return None if base is Base.THAT_DAY else base_day(whole, term, base, None)


_FORCE_AT_ONCE = re.compile(
    r"yayi[mn]\w* (?:tarihinde|gunu|tarihi itibar\w*) yururlu|yayi[mn]lanarak yururlu|"
    # "yayımlanarak aynı gün yürürlüğe girmiştir"
    r"yayi[mn]lan\w+,? (?:ve |olup )?(?:ayni|o) (?:gun|tarih)\w*(?: itibaren| itibariyla)? yururlu|"
    r"\bpublished [^.;]{0,60}\b(?:entered|came|went) into (?:force|effect) "
    r"(?:(?:on )?(?:the|that) (?:same )?day|immediately|at once)"
)
_DAY_FOLLOWING = re.compile(r"\bday (?:following|after) (?:that of |the date of )?(?:its|the) publication")


_INTO_FORCE_ON = re.compile(
    r"\b(?:enter(?:s|ed|ing)?|com(?:es?|ing)|came) into (?:force|effect) (?:on|"
    r"from) (?:[a-z]+day,? )?(?:the )?$"
)


def _into_force(told: Told) -> date | None:
    text = told.whole
    days = (
        one.first
        for one in find_dates(text, told.reference)
        if _INTO_FORCE_ON.search(text[max(0, one.start - 50) : one.start])
    )
    return next(days, None)


@lru_cache(maxsize=4)
def _at_once(text: str) -> bool:
    return bool(_FORCE_AT_ONCE.search(text))


def _in_force(told: Told) -> date | None:
    if (english := _into_force(told)) is not None:
        return english
    day = day_in_force(told.whole) or force_counted(told.whole, told.published)
    if day is None and _at_once(told.letter or told.whole):
        return told.published
    if day is None and told.published and _DAY_FOLLOWING.search(told.sentence):
        return told.published.fromordinal(told.published.toordinal() + 1)
    return day


# "Komisyon raporunu 15 Mart'a kadar yayımlayacak, taraflar rapora 20 gün içinde cevap verebilecektir"
_MADE_KNOWN = re.compile(
    r"[^.;]{0,60}\b(?:yayi[mn]la|nesred|gonderil|iletil|acikla|bildiril|duyur)\w*(?:[ae]c|m[ae]s)"
)


def made_known(before: str, reference: date | None) -> date | None:
    named = list(find_dates(before, reference))
    return named[-1].last if named and _MADE_KNOWN.match(before, named[-1].end) else None


# "4 Ocak'ta incelemeye açılmıştır. … görüş süresi 60 gündür": the term runs from what was opened.
_OPENED = re.compile(
    r"'?[a-z]{0,4}(?: tarihinde| gunu)? [^.;\d]{0,70}\b(?:acil|yayi[mn]lan|nesred|ilan edil|"
    r"askiya (?:cik|al)|asil|duyurul|baslat|basla|erisime sunul)\w*?(?:m[iu]s|d[iu]|t[iu])"
)
_OPENED_EN = re.compile(
    r"\b(?:opened|launched|published|posted|issued|circulated|put out|started|began)\b[^.;\d]{0,50}\bon "
    r"(?:[a-z]+day,? )?(?:the )?$"
)


def opened_before(told: Told, term: Term) -> date | None:
    """The day on which what has a term of its own was opened, by the sentence or the one before it."""
    text = told.earlier[-260:] + told.sentence[: term.start]
    for one in reversed(list(find_dates(text, told.reference))):
        if _OPENED.match(text, one.end) or _OPENED_EN.search(text[max(0, one.start - 90) : one.start]):
            return nearest(one, one.last, told.reference)
    return None


_SERVED_ON = re.compile(r"'?[a-z]{0,3}(?: tarihinde| gunu)?,? [^.;\d]{0,60}\bteblig (?:ed|olun)")


def served_day(text: str, reference: date | None) -> date | None:
    """The day on which the text says that a paper was served."""
    served = (one.last for one in find_dates(text, reference) if _SERVED_ON.match(text, one.end))
    return next(served, None)


_OPENED_THEN = re.compile(r"[^.;]{0,60}(?:sorusturma|inceleme|gozden gecirme)\w* (?:acil|baslat)")


def opened_day(sentence: str, reference: date | None) -> date | None:
    """ "açılış tarihinden itibaren": the day on which the sentence tells a proceeding was opened."""
    opened = (one.first for one in find_dates(sentence, reference) if _OPENED_THEN.match(sentence, one.end))
    return next(opened, None)


_PAPERS_DAY = re.compile(
    r"\b(?P<paper>bildirim|ilan|duyuru|karar|genelge|nota|cagri|davet|aciklama|teblig|rapor|yazi)\w*\s"
    r"(?:(?:yayi[mn]\w*|nes[ir]\w*|ilan\w*) )?(?:tarih(?:inden|ini|inin)?)? *$"
)


# "9 Kasım tarihinde … bildirilmiş olup": the verb of the paper tells its day too.
_TOLD_BY = {"bildirim": "bildiril", "ilan": "ilan edil", "duyuru": "duyurul", "aciklama": "aciklan"}


def day_of_paper(told: str, words: str, reference: date | None) -> date | None:
    """ "bildirim tarihinden itibaren": the day of the paper that the text calls by this name."""
    paper = _PAPERS_DAY.search(f"{words.rstrip()} "[-80:])
    if paper is None:
        return None
    of_it = re.compile(
        rf"'?[a-z]{{0,4}} (?:tarihli|tarih ve|gunlu)\b[^.;\d]{{0,12}}(?:[\w/.-]{{1,20}} sayili )?"
        rf"(?:\w+ ){{0,2}}{paper['paper']}"
        rf"|'?[a-z]{{0,4}} (?:tarihinde )?[^.;\d]{{0,60}}"
        rf"\b{_TOLD_BY.get(paper['paper'], '$')}\w*(?:m[iu]s|d[iu]|[ae]n|[ae]c[ae]k\w*)\b"
    )
    days = (one.last for one in find_dates(told, reference) if of_it.match(told, one.end))
    return next(days, None)


_LAST_WORD = re.compile(r"\b(?P<word>(?!tarih|gun)[a-z]{6,})(?: (?:tarih|gun)\w*)?\s*$")
STEM = 5


def day_of_deed(told: str, words: str, reference: date | None) -> date | None:
    """ "sözleşmenin imzalandığı tarihten": the day of which the text says that the same was done."""
    deed = _LAST_WORD.search(words)
    if deed is None:
        return None
    done = re.compile(
        rf"'?[a-z]{{0,4}}(?: tarihinde| gunu)? (?:(?!kadar|dek|once|sonra|tarihli)[^\s.;\d]+ ){{0,6}}"
        rf"{re.escape(deed['word'][:STEM])}\w*(?:m[iu]s|[dt][iu]|[ae]n|[ae]c[ae]k)\w*"
    )
    days = [
        nearest(one, one.last, reference) for one in find_dates(told, reference) if done.match(told, one.end)
    ]
    return days[-1] if days else None


_CLOSES = re.compile(
    r"[^.;]{0,60}\b(?:kadar|dek|degin|sona er|son bul|dol[aumd]|bit(?:ec|er|iy|en|mek)|kapan)|"
    r"'?[a-z]{0,4} (?:bitis|kapanis|son (?:basvuru|kayit|teklif|gun|tarih))"
)
_CLOSING_ON = re.compile(
    r"\b(?:bitis|kapanis|sona erme|gecerlilik|son \w+)\w*(?: tarih\w*| gun\w*)?[^.;]{0,20}$|"
    r"\b(?:clos(?:es?|ing)|ends?|expires?|until|till|deadline|last (?:day|date)|by)\b[^.;]{0,30}$"
)


def closing_day(before: str, reference: date | None) -> date | None:
    """ "kayıt bitiminden itibaren": the day told last on which something closes or ends."""
    before = joined_dots(before)
    for one in reversed(list(find_dates(before, reference))):
        if (
            one.ranged
            or _CLOSES.match(before, one.end)
            or _CLOSING_ON.search(before[max(0, one.start - 60) : one.start])
        ):
            return one.last
    return None


_THING = re.compile(r"[a-z]{4,}")


def closing_later(told: Told, term: Term) -> date | None:
    """The same told after the term, of the very thing that its base names."""
    words = told.sentence[max(term.base_start, term.base_end - 40) : term.base_end]
    for one in find_dates(told.later, told.reference):
        before = re.split(r"[.;]\s", told.later[: one.start])[-1]
        same = any(re.search(rf"\b{thing[:4]}", before) for thing in _THING.findall(words))
        if same and (_CLOSES.match(told.later, one.end) or _CLOSING_ON.search(before[-60:])):
            return one.last
    return None
