"""Ranges of days in which something can be applied for, handed in or answered: the end is the last day."""

from __future__ import annotations

import re

from bot.domain.notice import Status
from bot.understanding.duty import clause_before
from bot.understanding.mention import Mention

_WINDOW = re.compile(
    r"\s?(?:tarihleri?\s|(?:gunu\s)?(?:mesai(?: saati)?(?: bitimi| sonu)?|aksami|gun sonu)\s|gunu\s)?"
    r"\(?(?:saat )?(?:\d\d?:\d\d\)?\s)?(?:tarih araliginda|arasinda|doneminde|tarihlerinde|suresince|"
    r"haftasi(?:nda|"
    r" icinde)|"
    r"boyunca)"
)


# What is applied for in a window stands right before it as the subject, or follows before any event does.
WINDOW_SUBJECT = re.compile(
    r"\b(?:basvur|tale[pb]|kayit|kaydi|teklif|gorus(?!me|ul|uyle|leriyle|u (?:dogrult|uzer|alin))|anket|"
    r"bildirim|muracaat|"
    r"beyan|odeme|itiraz|oy|teslim)\w*"
    r"(?:, |(?:(?! (?:fuar|heyet|toplanti|egitim|seminer|gorusme|mulakat|sinav|denetim|"
    r"ziyaret))[^.;,]){0,45})$"
)


_WINDOW_FOR = re.compile(
    r"\b(?:oy kullan|oylar|basvur|muracaat|tale[pb]|kayit|kaydi|kaydol|teklif|gorus(?!me|ul)|anket|bildir|"
    r"beyan|odeme|"
    r"odenme|itiraz|"
    r"yukle|sisteme gir|sunul|gonderil|iletil|teslim|yatiril|oden(?:ecek|ir\b))"
)


# "1 Mart - 28 Mayıs tarihleri arasında yürütülecek ikinci döneme …": the days are the noun's.
_OF_A_NOUN = re.compile(
    r"\s?(?:tarihleri?\s)?(?:arasinda|tarihlerinde)\s(?:\w+\s){0,2}?\w+(?:[iu]l|n)(?:[ae]c[ae]k|[ae]n) "
    r"(?!basvuru|tale[pb]|kayit|teklif|gorus|muracaat|olup|ve\b|bildirim|beyan|anket)\w+"
)


# "üye kayıt listesi 1-5 Mart tarihlerinde görülebilir": nothing is asked.
_TO_BE_SEEN = re.compile(r"\b(?:gor|incele|goruntule|izle|gez)\w*ebil|\baskida")


# "28-29 Kasım tarihlerinde başvuru alınamayacaktır"
_NOT_TAKEN_THEN = re.compile(r"[^,]{0,80}?\w[ae]m[ae](?:y[ae]c|m[ae]kt|z\b)")
_EVENT_HELD = re.compile(
    r"gorusulec|denetlenec|"
    r"(?:duzenlen|gerceklestiril|organize edil|toplan)(?:ecek|acak|en|an|mesi|masi|digi|dugu)|"
    r"yapilacak (?:ol|[a-z]+ )|"
    r"\b(?:fuar|heyet|toplanti|egitim|seminer|webinar|genel kurul|forum|konferans|zirve)"
)


_ENGLISH_WINDOW = re.compile(
    r"\b(?:you|members|companies|firms|applicants|stakeholders|parties|can|may|must|should|to|please) "
    r"(?:\w+ )?(?:apply|register|submit|lodge|sign up|enrol|nominate|vote)\b[^.;]{0,40}\b(?:between|"
    r"from) (?:the )?$|"
    r"\b(?:should|must|can|may|to|shall) be (?:uploaded|submitted|sent|filed|lodged|paid|made|returned|"
    r"reported|raised|entered|"
    r"declared|provided)\b[^.;]{0,60}\b(?:between|from) (?:the )?$|"
    r"(?:applications?|registrations?|(?:expressions? of )?interest|nominations?|entries|abstracts|"
    r"papers|feedback|consultation|submissions?|comments?|replies|call|bids|"
    r"proposals)\b"
    r"[^.;]{0,60}?(?:accept|open|possible|receiv|\brun|between|from|period|window|submitted|made|taken|"
    r"collected|welcome|invited|"
    r"sent)[^.;]{0,24}$"
)


# "The webform is open from 5 May to 18 June": but nothing through which goods or guests pass.
_OPEN_FROM = re.compile(
    r"\b(?:is|are|will be|stays?|remains?|be|now|kept) (?:now |again )?open(?:ed)?(?: (?:for|"
    r"to) (?!visitors|the public|guests|trade)"
    r"[^.;,]{3,40})?,? (?:between|from) (?:[a-z]+day,? )?(?:the )?$|"
    r"\b(?:accepts?|accepting|collects?|welcomes?|(?:will|can|to|shall) (?:take|receive)) (?!place|part|"
    r"effect)"
    r"(?:[a-z-]+ ){1,5}(?:between|from) (?:[a-z]+day,? )?(?:the )?$"
)
_NOTHING_TO_ENTER = re.compile(
    r"\b(?:visitors?|guests|fairs?|exhibitions?|expo|shows?|halls?|offices?|stands?|booths?|venues?|doors|"
    r"museum|shops?|desks?|secretariat|"
    r"buildings?|cloakroom|cent(?:re|er)|gates?|quotas?|tariff|border|market|airport|port|hotline|"
    r"exhibits?|congress)\b[^.;]{0,60}$"
)


# "The call ran from 3 June to 1 July": over, or no window at all.
_NOT_TO_COME_EN = re.compile(
    r"\bdates? (?:from|of) $|\b(?:implemented|carried out|incurred|spent)\b[^.;]{0,12}$|\b(?:ran|"
    r"took place|closed|ended|(?:was|were) (?:held|open|accepted|received|"
    r"collected|carried out))\b[^.;]{0,30}$"
)


_EXTENDED_FROM = re.compile(
    r"(?:extend(?:ed|ing|s)?|mov(?:ed|ing)|prolong(?:ed|ing|s)?|pushed|pushing)[^.;]{0,60} from $"
)
# "Sınava başvurular 1-11 Aralık, sınav ise 20 Aralık’tadır": no verb at all.
_APPLIED_FOR = re.compile(r"\b(?:basvuru|kayit|tale[pb]|teklif|muracaat)(?:lar|ler)(?:i)?,? $")
_NOTHING_MORE = re.compile(r"^\s?(?:,|;|\.|$)")


def stands_open(place: Mention) -> bool:
    """Whether a range of days is the time in which something can be filled in, sent or answered."""
    before = place.joined[max(0, place.one.start - 110) : place.one.start]
    if place.one.ranged and place.status is Status.EXTENSION and _EXTENDED_FROM.search(before):
        return True
    return place.one.ranged and bool(_OPEN_FROM.search(before)) and not _NOTHING_TO_ENTER.search(before)


# "7 Aralık saat 09.00 ile 25 Aralık saat 17.00 arasında": a range whose days stand apart
_TO_THE_NEXT = re.compile(
    r"(?: gunu| tarihi)?,?(?: saat)?(?: \(?\d\d?:\d\d\)?)?(?:'?[a-z]{1,4})?(?: mesai baslangici)? ?(?:ile|"
    r"ila|ve|-) "
)
_BETWEEN = re.compile(r"[^.;,]{0,36}\barasi(?:nda|ndaki)\b")


def window(place: Mention) -> bool:
    """Whether a range of days is the time to apply in, of which the end is the last day."""
    head = place.one.start
    if not place.one.ranged:
        if not (place.floor and _TO_THE_NEXT.fullmatch(place.joined, place.floor, head)):
            return False
        head = place.floor
        if not _BETWEEN.match(place.after):
            return False
    before = place.joined[max(0, head - 110) : head]
    if _APPLIED_FOR.search(before) and _NOTHING_MORE.match(place.joined[place.one.end :]):
        return True
    after = place.joined[place.one.end :]
    turkish = _WINDOW.match(place.after) and (_window_for(after, before) or _taken_in(place, after))
    moved = place.status is not Status.NEW and _EXTENDED_FROM.search(
        before
    )  # "extended from 4 to 18 December": no range, an old and a new day
    english = (stands_open(place) or _ENGLISH_WINDOW.search(before)) and not _NOT_TO_COME_EN.search(before)
    return bool(turkish or moved or english)


# "Başvurular, … ekranı üzerinden 11-29 Ocak tarihleri arasında yapılacaktır"
_HANDED_IN = re.compile(
    r"\W*(?:(?:bu|soz konusu|ilgili|anilan|yeni|ilk|ikinci|on) )?(?:\w+ ){0,3}?(?:basvuru|muracaat|kayit|"
    r"tale[pb]|teklif|gorus|beyanname|bildirim|itiraz|odeme|dosya)(?:l[ae]r)?(?:iniz|unuz|i|u|si|su)?"
    r"(?:in|un|nin|nun)?,? (?P<how>[^.;]*)$"
)
_TAKES_IN = re.compile(
    r"[^.;]{0,50}?\b(?:yapil|al[iı]n|kabul|topla|gonderil|iletil|sunul|tamamla|yuklen|teslim|gerceklestiril)"
    r"(?:[ae]c|m[ae]s|m[ae]kt|[ae]bil|[iu]yor|m[ae]l|\w* (?:ed|gerek))"
)


_TALKS = re.compile(r"\b(?:gorusme|mulakat|sinav|denetim|ziyaret)l[ae]r")


def _taken_in(place: Mention, after: str) -> bool:
    head = _HANDED_IN.match(clause_before(place.joined, place.one.start, 240))
    return bool(
        head
        and not (_EVENT_HELD.search(head["how"]) or _TALKS.search(head["how"]))
        and _TAKES_IN.match(after)
    )


def _window_for(after: str, before: str) -> bool:
    clause = after[:110].split(";")[0]
    subject = WINDOW_SUBJECT.search(before)
    if not subject and _OF_A_NOUN.match(after):
        return False
    if _TO_BE_SEEN.search(clause) or _NOT_TAKEN_THEN.match(clause):
        return False
    # "başvuruların … gerçekleştirilmesi", "talepler … toplanacaktır": said of papers, it is no event
    gathered = subject and not re.search(r"oy|kayit", subject[0])  # "talepler … toplanacaktır"
    told = clause.replace("gerceklestiril", "alin") if subject else clause
    held = _EVENT_HELD.search(told.replace("toplan", "alin") if gathered else told)
    asked = _WINDOW_FOR.search(clause, 10)
    event_first = held is not None and (asked is None or held.start() < asked.start())
    if subject:
        return not (event_first and held is not None and held.start() < 45)
    return asked is not None and not event_first
