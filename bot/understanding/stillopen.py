"""Days by which something is to be with us, that stay as they were, or after which nothing is taken in."""

from __future__ import annotations

import re

from bot.understanding.mention import Mention

_DAY = r"^(?:'?[a-z]{0,4})?(?: tarihi\w*| gunu\w*)?(?: saat)?(?: \d\d?:\d\d(?:'?[a-z]{1,4})?)?"
# "cevaplarınızı 10 Aralık'ta elimizde görmek istiyoruz"
_WITH_US = re.compile(
    _DAY + r" (?:elimizde|elimize|birligimizde|dernegimizde|odamizda|subemizde|tarafimizda|masamizda) "
    r"(?:olma|olsun|olacak|gormek|bulun|ulasmis|hazir|gec)"
)
# "önerilerinizi almak için 11 Aralık'ı bekleyeceğiz"
_WAITED_FOR = re.compile(r"^'?[yn]?[iu](?: kadar)? (?:bekl(?:eyece|iyor)|son gun)")
# "17 Aralık saat 11.00'de açılacak, bu saatten sonra gelen zarf geri verilecek"
_LATE_BY_IT = re.compile(
    r"[^.;]{0,60}[,;] (?:bu|o|anilan|soz konusu) (?:saat|gun|tarih)[dt]en sonra(?:ki|"
    r"ya)? (?:\w+ )?(?:gelen|ulasan|verilen|iletilen|"
    r"yapilan|getirilen|kalan|gonderilen|basvuru|tale[pb]|teklif|zarf|kayit)\w*[^.;]{0,60}?(?:geri (?:ver|"
    r"cevr|gonder)il|iade edil|reddedil|"
    r"\w{2,}m[ae]y[ae]c[ae]|\w{2,}m[ae]z\b|\w{2,}m[ae]m?[ae]?kte)"
)
# "diğerlerinde 31 Aralık 2026 aynen duruyor"
_STAYS = re.compile(
    r"^(?: tarihi| gunu)?,? (?:(?:aynen|ayni sekilde|hala|yine|oldugu gibi|eskisi gibi)(?: de)? "
    r"(?:dur|gecerli|koru|kal(?!ma)|sur|devam)|degis(?:medi|miyor|memis|meyec)|ayni kal)"
)
_ASKED = re.compile(
    r"\b(?:son (?:\w+ ){0,2}?(?:gun|tarih)|(?:basvuru|kayit|tale[pb]|teklif|odeme|gorus(?!me|ul)|itiraz|"
    r"beyan|bildirim|teslim|cevap|"
    r"oneri|yanit|anket|muracaat|numune|dosya|form|katki)\w*)"
)


def with_us_by(place: Mention) -> bool:
    """Whether something of the reader's is awaited by the day, or nothing is taken in after it."""
    after = place.joined[place.one.end :]
    if place.one.ranged or not (
        _WITH_US.match(after) or _WAITED_FOR.match(after) or _LATE_BY_IT.match(after) or _STAYS.match(after)
    ):
        return False
    return bool(_ASKED.search(place.joined[: place.one.start]) or _LATE_BY_IT.match(after))


# "yarısı 15 Aralık 2026, kalanı 15 Şubat 2027"
_SHARE = re.compile(
    r"(?:^|[\s,;:(])(?:(?:ilk |diger |obur )?yarisi|(?:geri )?kalani?|ilki|ikincisi|ucuncusu|sonuncusu|"
    r"(?:birinci|ikinci|ucuncu|son|ilk) (?:taksit|dilim|odeme|bolum|parca)\w*|"
    r"%\d{1,3}'?(?:[iuyns]{1,3})?)(?: ise| da| de)?:? $"
)
_PAID = re.compile(r"\b(?:ode[mny]|taksi[td]|aidat|bedel|ucret|bakiye|katilim pay)")
_NO_MORE = re.compile(r"(?:'?[dt][ae])?\s?(?:[,;.)]|ve\b|$)")


def share_due(place: Mention) -> bool:
    """Whether a part of what is to be paid stands right before the day."""
    head = place.joined[: place.one.start]
    return bool(
        not place.one.ranged
        and _SHARE.search(head[-40:])
        and _PAID.search(head)
        and _NO_MORE.match(place.joined[place.one.end :])
    )
