"""Events announced without a day: for a season, or for a day still to be told."""

from __future__ import annotations

import re

from bot.domain.notice import Meeting
from bot.understanding.dates import MONTHS, DateFound
from bot.understanding.fold import fold
from bot.understanding.held import EVENT, NAMED_EVENT

_MONTHS = "|".join(name for name in MONTHS if len(name) > 3)
# Times too wide to be a day: "later this year", "yılın ikinci yarısında".
_SEASON = (
    r"later (?:this|in the) year|later in 20\d\d|next (?:spring|summer|autumn|winter|year|month|season)|"
    r"this (?:spring|summer|autumn|winter)|in (?:the )?(?:spring|summer|autumn|winter)\b|"
    r"in (?:the )?(?:first|second|third|fourth|last|coming|next) (?:half|quarter|months?|weeks?)|"
    r"(?:in |towards )(?:early|mid|late|the end of)[ -](?!\d)|in due course|at a later (?:date|stage)|"
    r"in the coming (?:weeks|months)"
)
_MEVSIM = (
    r"(?:yarisinda|ceyreginde|bahar(?:da|inda)|\b(?:yazin|kisin|guzun)\b|\b(?:guz|yaz|kis|sonbahar|"
    r"ilkbahar) (?:ayla|done)\w*|"
    r"aylarinda|yil(?:i|in)? (?:icinde|icerisinde|sonuna dogru|sonunda|basinda)|onumuzdeki (?:ay|hafta|"
    r"yil|donem|gunler|aylar)\w*|"
    r"ilerleyen (?:ay|hafta|donem|gun)\w*|gelecek (?:ay|yil|donem)\w*|ileri(?:ki)? bir tarihte|"
    r"daha sonraki bir tarihte)"
)
UNDATED = re.compile(
    # "gününü önümüzdeki günlerde açıklayacak", "tarihini sizlere ileteceğiz"
    r"(?<!son )(?<!kayit )(?<!basvuru )(?<!odeme )\b(?:tarih|gun|takvim|zaman)(?:ini|unu|lerini|"
    r"larini)\b[^.;]{0,60}?\b(?:acikla|duyur|bildir|ilan ed|paylas|ilet|"
    r"belirle|netlestir|yaz)(?:y?acak|y?ecek|y?acag|y?eceg|iyor|uyor)|"
    r"ileride[^.;]{0,20}(?:ilan|duyurul|bildirilec|aciklan)|tarih\w*[^.;]{0,20}netles|"
    r"(?:tarih|takvim|program|gun)\w* (?:kesinlestig|belirlendig|netlestig|"
    r"belli oldug)\w*[^.;]{0,40}(?:duyurul|paylasil|bildiril|"
    r"ilan edil|aciklan)|(?:kesin|net) (?:gun|tarih)\w*[^.;]{0,60}(?:aciklan|duyurul|bildiril|"
    r"ilan edil)(?:ac|ec)|"
    rf"(?<!\d )\b(?:{_MONTHS}) (?:20\d\d'?[dt][ae]|ayi(?:nda| icinde))[^.;]{{0,60}}"
    r"(?:toplan|yapil|duzenlen|gerceklestiril)(?:ma|me)\w*[^.;]{0,10}(?:planlan|ongorul)|"
    r"\bne zaman (?:yapil|duzenlen|toplan|gerceklest|ol|basla)\w*[^.;]{0,60}(?:ilan|duyur|bildir|acikla|"
    r"belli|paylas|"
    r"netles|belirle|kesinles)|"
    r"\b(?:gun|tarih|takvim)\w* (?:ise |de |da )?(?:daha )?(?:sonra|sonradan|ayrica|ileride|"
    r"bilahare) \w*(?:acikla|duyur|"
    r"bildir|ilan|paylas|ilet|belirle|belli|netles)|"
    r"\b(?:date|day|dates|when)\b[^.;]{0,60}\b(?:be|later|separately) (?:announced|fixed|told|"
    r"communicated|notified|"
    r"decided|confirmed)|"
    r"(?:date|day|dates)\b[^.;]{0,60}(?:yet to be|still to be|not been) (?:set|fixed|announced|decided|"
    r"confirmed)|"
    r"(?:daha sonra|ayrica|bilahare|ileri(?:ki)? bir tarihte|ilerleyen)[^.;]{0,60}(?:ilan|duyurul|"
    r"bildirilec|aciklan|tarih)|yeni (?:tarih|takvim|gun)\w*[^.;]{0,60}(?:bildiril|duyurul|ilan edil|aciklan|"
    r"paylasil)(?:ac|ec)|henuz[^.;]{0,30}(?:gun|tarih|takvim)[^.;]{0,30}(?:belir|kesin|netles|"
    r"aciklan|duyurul)|(?:gun|tarih|takvim)\w*[^.;]{0,20}henuz[^.;]{0,20}(?:belir|kesin|netles|aciklan|"
    r"duyurul)|"
    r"(?:tarih|gun|takvim|program)\w*[^.;]{0,40}(?:sonra|ayrica|bilahare|ileride|ilerleyen|onumuzdeki)"
    r"[^.;]{0,40}(?:bildir|duyur|ilan ed|aciklan|paylas|iletil)|"
    rf"(?<!\d )\b(?:{_MONTHS}|bahara|sonbahara|ilkbahara|yaza|kisa) (?:20\d\d )?"
    r"(?:ayina |aylarina |doneminde)?"
    r"(?:ertelen|otelen|alin|"
    rf"kaydiril)|"
    rf"(?<!\d )\b(?:{_MONTHS}) ayi(?:nda| icinde) (?:yapilacak|duzenlenecek|gerceklestirilecek|toplanacak)|"
    r"(?:yarisinda|ceyreginde|\b(?:ilk|son)?bahar|\bguz|\byaz|\bkis|aylarinda|doneminde)[^.;]{0,60}"
    r"(?:yapil|duzenlen|gerceklestiril|toplan|tekrarlan)(?:ma|me)\w*[^.;]{0,10}(?:planlan|ongorul|dusunul|"
    r"beklen|"
    r"hedeflen)|"
    r"(?:tarih|gun)\w* (?:daha sonra|ayrica|bilahare)|(?:date|day)[^.;]{0,40}(?:to be announced|"
    r"will be (?:announced|communicated|notified|fixed|set|shared|published|sent)|"
    r"will follow|not yet|be confirmed)|planning an? [a-z -]{0,40}(?:in|for) (?:the )?(?:spring|summer|"
    r"autumn|winter|first|second|new year)|"
    r"(?:expected|plans?|planned|due|intends?) to (?:hold|meet|convene|organi[sz]e)\b[^.;]{0,50} in (?:the )?"
    r"(?:spring|summer|autumn|winter|early|late|first|second)\b|"
    r"(?:will|is to|are to|shall) (?:\w+ )?(?:be (?:held|organi[sz]ed|repeated)|take place|follow|meet|"
    r"convene|gather|host|hold|organi[sz]e|"
    r"run|return)\b[^.;]{0,50} (?:"
    + _SEASON
    + r")|(?:"
    + _SEASON
    + r")[^.;]{0,60} (?:will|is to|are to|shall) (?:\w+ )?"
    r"(?:be (?:held|organi[sz]ed|repeated)|take place|follow|meet|convene|gather|host|hold|organi[sz]e|"
    r"run|return)\b|"
    r"(?:" + _MEVSIM + r")[^.;]{0,60}(?:yapilac|duzenlenec|gerceklestirilec|toplanac|duzenleyec|"
    r"organize ed(?:il)?ec|tekrarlanac|"
    r"bir araya gelec|gerceklestirec|tekrar ed(?:il)?ec|surdurulec)|"
    r"(?:foreseen|planned|expected) (?:in|for) (?:the )?(?:spring|summer|autumn|"
    r"winter|early|late|the (?:first|second))|ileri bir tarihe (?:ertelen|birak)|"
    r"postponed (?:to a later date|until further notice|indefinitely|sine die)|suresiz (?:olarak )?ertelen|"
    r"(?:dates?|meeting|session|webinar|assembly|workshop)\s?: (?:to be (?:confirmed|announced|fixed|"
    r"decided)|tb[ac]\b)|"
    r"(?:tarih|toplanti|egitim|webinar|seminer)\w*\s?: (?:daha sonra|ayrica|bilahare|belirlenecek|"
    r"duyurulacak|netlesecek)"
)
# "whose date was to be announced … has been fixed"
_MEANWHILE = re.compile(
    r"kesinles(?:mis|ti\b)|belli olmus|netles(?:mis|ti\b)|belirlenmis(?:tir|ti)?\b|has (?:now )?been (?:set|"
    r"fixed)|"
    r"(?:duyurul|bildiril|aciklan|ilan edil|paylasil|belirlen)(?:acagi|ecegi)\w* (?:bildiril|duyurul|"
    r"belirtil|aciklan|ilan edil|soylen)(?:[ae]n|mis)\b"
)
_UNDATED_OTHER = re.compile(
    r"(?:teslim|sevk|yukleme|nakliye)\w*(?: \w+){0,2} tarih|(?:basvuru|son|kayit|odeme)\w* tarih|"
    r"odeme takvim|deadline"
)

# "ilk Genel Kurulun yılın son çeyreğinde toplanmasının planlandığı, … 30 Haziran’da düzenleneceği"
_IN_A_SEASON = re.compile(
    r"(?:yarisinda|ceyreginde|\b(?:ilk|son)?bahar\w*|aylarinda|ayinda|ayi icinde) [^.;,]{0,50}"
    r"(?:yapil|duzenlen|gerceklestiril|toplan)(?:ma|me)\w*[^.;,]{0,10}(?:planlan|ongorul|hedeflen)\w*"
)


# Without any of these no event beside a day is one without a day: most sentences are through at once.
_HINTS = (
    "tarihini", "gununu", "lerini", "takvimini", "zamanini",
    "sonra ", "ayrica", "bilahare", "ileri", "ilerle", "henuz", "kesin", "netles", "yarisi", "ceyreg",
    "bahar", "ayinda", "ayi ici", "aylarinda", "donem", "onumuzdeki", "gelecek", "announced", "confirmed",
    "later", "spring", "summer", "autumn", "winter", "half", "quarter", "follow", "not been", "yet",
    "in due course",
)  # fmt: skip


def planned_beside(original: str, joined: str, dates: list[DateFound]) -> Meeting | None:
    """An event without a day in a clause of its own, beside days of other things."""
    if not any(hint in joined for hint in _HINTS) or not EVENT.search(joined):
        return None
    dates = [one for one in dates if not _OVER.match(joined, one.end)]
    if not dates:
        return undated_event(original, joined)
    found = _IN_A_SEASON.search(joined)
    if found is not None:
        begin = joined.rfind(",", 0, found.start()) + 1
        named = EVENT.search(joined, begin, found.end())
        if named is None or any(begin <= one.start < found.end() for one in dates):
            return None
        return _without_day(original, named.start(), found.end())
    if not UNDATED.search(joined):
        return None
    floors = [0, *(one.end for one in dates)]
    ends = [*(one.start for one in dates), len(joined)]
    for floor, end in zip(floors, ends, strict=True):
        parted = _NEXT_CLAUSE.search(joined, floor, end) if floor else None
        if floor and parted is None:
            continue
        begin = parted.end() if parted else 0
        for found in UNDATED.finditer(joined, begin, end):
            named = EVENT.search(joined, begin, found.end())
            closed = end == len(joined) or _NEXT_CLAUSE.search(joined, found.end(), end)
            said = joined[begin : found.end() + 40]
            if (
                named
                and closed
                and not (_MEANWHILE.search(said) or _ONLY_IF.search(said) or _UNDATED_OTHER.search(said))
                and (_ITS_DAY.search(said) or not _OF_ANOTHER.search(said))
            ):
                return _without_day(original, named.start(), found.end())
    return None


# "24 Mart’ta yapılan toplantıya katılamayanlar için ikinci bir toplantı düzenlenecek": that day is over.
_OVER = re.compile(
    r"'?(?:[dt][ae])?(?: tarih(?:ler)?inde| gun(?:u|lerinde))?,? (?:(?!sonra\b|"
    r"once\b)[^\s.;,]+ ){0,5}?(?:yapilan|duzenlenen|gerceklestirilen|toplanan)\b"
)
_NEXT_CLAUSE = re.compile(r"[;,] |\bolup\b|\b[iu]se\b| and ")


def _without_day(original: str, start: int, end: int) -> Meeting:
    """A meeting without a day; the quote ends with a whole word."""
    stop = end + len(re.split(r"\W", original[end:], maxsplit=1)[0])
    quote = " ".join(original[start:stop].split())
    return Meeting(None, None, None, None, None, False, quote, 0.8)


# "Dinleme toplantısı yapılmasına karar verilirse günü ilan edilecektir": perhaps there will be none.
_ONLY_IF = re.compile(r"\bkarar (?:verilirse|alinirsa)|\b(?:gerek|ihtiyac) (?:gorulurse|duyulursa|olursa)")


_PUT_OFF = re.compile(
    r"ileri(?:ki)? bir (?:tarih|gun)e|daha sonraki bir (?:tarih|gun)e|baska bir (?:tarih|gun)e|"
    r"to a later date|until further notice"
)


# "Toplantının tutanağı daha sonra duyurulacaktır", "ödemeler önümüzdeki ay yapılacaktır": no event.
_OF_ANOTHER = re.compile(
    r"\b(?:tutana|tutar|bilet|saat|gundem|konusmaci|katilimci|konaklama|ulasim|kontenjan|sart|esas|usul|"
    r"kapsam|icerik|"
    r"indirim|davetiye|yer plan|detay|ayrinti|bilgi(?!l)|sonuc|rapor|katalo|sunum|not(?:u|lar)|liste|ucret|"
    r"fiyat|salon|"
    r"yer(?:i|leri)\b|adres|"
    r"link|baglanti|form|kosul|kayitlar|odeme|iade|teslim|sevk|guncelle|bakim|belge|"
    r"sertifika)[a-z]*(?: [iu]se| da| de)?,? (?:(?:ve|veya|ile) \w+,? )?(?:\w+ ){0,3}?"
    r"(?:daha sonra|ayrica|bilahare|ileri|ilerle|onumuz|gelecek|yil)|"
    r"\b(?:details?|slides?|minutes|reports?|results?|recordings?|agenda|programme|venue|payments?|"
    r"information)\b"
    r"[^.;]{0,50} (?:will|is to|are to)\b"
)
_ITS_DAY = re.compile(r"\b(?:tarih|gun(?:u|leri|un)|takvim|zaman)|\b(?:dates?|day|when)\b")
# "In the first half of 2027 we will hold the following courses:": their days come next.
_DAYS_FOLLOW = re.compile(r":\s*$|\basagida(?:ki|dir)?\b|\bthe following\b|\bbelow\b")
# What a sentence says that brings the new day.
NEW_DAY = re.compile(r"\byeni (?:tarih|takvim|gun)|\bbuna gore\b|\bnew date|\bwill now\b")


# "New dates are being discussed and will be announced", "Yeni tarih ayrıca duyurulacaktır."
_NEW_DAY_LATER = re.compile(
    r"\byeni (?:tarih|takvim|gun)(?!\w*(?: \w+){0,2} (?:basvuru|kayit|odeme))\w*[^.;]{0,80}?\b(?:duyur|"
    r"bildir|acikla|"
    r"ilan ed|paylas|ilet|belirle|kesinles|netles)\w*?(?:acak|ecek|acag|eceg|inca|ince)|"
    r"\bnew (?:dates?|day)\b[^.;]{0,80}\b(?:will|to) (?:be )?(?:announced|communicated|shared|follow|"
    r"confirmed|"
    r"published|notified|fixed|set|told)\b|"
    r"\b(?:announce|share|communicate|let you know|inform you of|tell you) (?:the |a |"
    r"about )?new (?:dates?|day)\b"
)
_OF_A_TERM = re.compile(
    r"basvuru|kayit|odeme|teklif|gorus|application|registration|submission|deadline|payment"
)


def new_day_later(original: str, joined: str) -> Meeting | None:
    """An event put off, of which only its new day is spoken: it will be told later."""
    found = _NEW_DAY_LATER.search(joined)
    if found is None or _OF_A_TERM.search(joined):
        return None
    return _without_day(original, found.start(), found.end())


def put_off(quote: str) -> bool:
    """Whether an event without a day is one moved to a day not told there: the next sentences may tell it."""
    return bool(_PUT_OFF.search(fold(quote)))


def undated_event(original: str, sentence: str) -> Meeting | None:
    if not EVENT.search(sentence):  # most sentences are through at once
        return None
    found = UNDATED.search(sentence)
    if found is not None and (_MEANWHILE.search(sentence) or _DAYS_FOLLOW.search(sentence)):
        return None
    if found is not None and _ONLY_IF.search(sentence, 0, found.end()):
        return None
    if found is not None:
        closing = sentence.find(";", found.end())
        clause = sentence[sentence.rfind(";", 0, found.start()) + 1 : closing if closing > 0 else None]
        if _OF_ANOTHER.search(clause) and not _ITS_DAY.search(clause):
            return None
    if found is None or _UNDATED_OTHER.search(sentence):
        return None
    named = [match.start() for match in NAMED_EVENT.finditer(sentence[: found.end()])]
    begin = min(named[-1] if named else found.start(), found.start())
    return _without_day(original, begin, found.end())
