"""The day of publication that a text names, and what comes into force so many days after it."""

from __future__ import annotations

import re
from datetime import date, timedelta

from bot.understanding.dates import find_dates
from bot.understanding.numerals import TR_NUMBER, number_of

_FORCE_COUNTED = re.compile(
    r"yayi[mn]\w*(?: tarih\w*)?(?: itibaren| (?:takip eden|izleyen))? "
    rf"(?P<n>{TR_NUMBER})(?:'? ?[iu]?nc[iu])? gun(?:unde|u|den)?[^.;]{{0,16}} yururlu"
)


def force_counted(folded: str, published: date | None) -> date | None:
    """ "yayımını takip eden 15 inci gün yürürlüğe girer": counted from the day of publication."""
    match = _FORCE_COUNTED.search(folded)
    if match is None or published is None:
        return None
    return published + timedelta(days=number_of(match["n"]))


def publication(folded: str, reference: date | None) -> date | None:
    """The day of publication that the text names beside the gazette: of several the last one."""
    named: date | None = reference if _TODAY.search(folded) else None
    if reference and (then := _YESTERDAY.search(folded)):
        back = (reference.weekday() - WEEKDAYS_EN.index(then["w"])) % 7 or 7 if then["w"] else 1
        named = reference - timedelta(days=back)
    for match in _GAZETTE.finditer(folded):
        after = re.match(
            r"(?:si)?'?(?:nin|nde|de)?(?: [a-z]+)? (?:\d{1,2} [a-z]{4,8} \d{4}|"
            r"\d{1,2}[./]\d{1,2}[./]\d{4})(?= (?:tarih|gun))|"
            r" (?:of|on) [\w ,]{6,40}|"
            # "R.G. 11.06.2027 - 33638", "Resmî Gazete tarihi: 11.06.2027"
            r"(?: tarih\w*)?(?: ?[/-] ?(?:no|say[iı]\w*))? ?[:;(-]? ?\d{1,2}[./]\d{1,2}[./]\d{4}|"
            # the head of a page of the Official Journal
            r" of the european union\s+(?:[a-z]{2}\s+)?(?:[cl] series\s+)?(?:[cl]/[\w/]{1,14}\s+)?"
            r"\d{1,2}\.\d{1,2}\.20\d\d|, \d{1,2}[./ ][\w./ ]{5,16}|"
            r".{0,4}\((?:[a-z][\w/ ]{0,16}, )?\d[\w ./]{7,20}\)",
            folded[match.end() :],
        )
        stop = match.end() + after.end() if after else match.end()
        before = folded[max(0, match.start() - 70) : stop]
        dates = list(find_dates(before, reference))
        if dates and (named is None or (reference and named < dates[-1].first <= reference)):
            named = dates[-1].first
    return named


# "The notice appears in today’s Official Journal", "bugünkü Resmî Gazete’de yayımlanan"
_TODAY = re.compile(
    r"\b(?:today|this morning)'?s (?:issue of the |edition of the )?(?:official journal|official gazette|"
    r"oj\b)|"
    r"\b(?:appear(?:s|ed)|published) (?:today |this morning )?in the official journal (?:today|this "
    r"morning)\b|"
    r"\bpublished today in the official journal|"
    r"\b(?:has|have) today (?:published|initiated|launched|opened)\b|"
    r"\btoday (?:published|initiated|launched) |"
    r"\b(?:is|was|were|are) (?:published|initiated|launched) today\b|"
    r"\bbugun (?!alinan)(?:\w+ ){0,3}(?:yayi[mn]la|ilan ed|ilan et)|"
    r"\b(?:bugunku|bugun tarihli|bugun yayimlanan) (?:\d+ sayili )?resmi gazete|\bbugun resmi gazete"
)
WEEKDAYS_EN = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
# "a notice from Friday's Official Journal", "dün yayımladığı bildirim"
_YESTERDAY = re.compile(
    r"\b(?P<w>" + "|".join(WEEKDAYS_EN) + r")'s (?:issue of the |edition of the )?(?:official journal|oj\b)|"
    r"\byesterday'?s? (?:published|initiated|official journal)|\bpublished yesterday\b|"
    r"\bdun (?:\w+ ){0,3}(?:yayi[mn]la|ilan ed|ilan et)|\bdunku resmi gazete"
)
_GAZETTE = re.compile(
    r"tarihli (?:ve )?[\w/.-]{2,20} sayili (?:bildirim|genelge|ilan)|"
    r"\d'?[dt][ae] (?:yayi[mn]la|nesred|ilan et)|"
    r"resmi gazete|\br\.\s?g\.(?=\W{0,3}(?:tarih\W{0,3})?\d)|tarihli [^.;\d]{0,40}\bgazete|"
    r"federal register|tarihli [^.;\d]{0,30}\b(?:register|journal|bulletin|monitor|gazette)|\bgazette\b|"
    r"official (?:journal|bulletin)|\boj [cl]\b|tarihli (?:ve )?(?:\d{4,5}|l \d+) sayili|"
    r"tarihinde (?:yayimlan|ilan edil)|"
    # "5 Şubat 2027 tarihli Diário Oficial'de … yayımlanmıştır": any paper's own name
    r"tarihli (?:ve [\w/.-]{1,20} sayili )?(?:[\w'.-]+ ){0,4}[\w.-]+'(?:[dt]e|[dt]a|nde|nda)\b"
    r"(?=[^.;]{0,90}\b(?:yayi[mn]la|nesr|nesred|yer al))|"
    r"published (?:a|the|its)\b|(?:has|was) (?:been )?published\b|published on [\w ]{6,20}|"
    r"date of (?:publication|initiation)(?: of (?:this|the) notice)?(?=.{0,3}\(\d)"
)
