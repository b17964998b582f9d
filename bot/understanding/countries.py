"""Countries that a notice is about."""

from __future__ import annotations

import re
from functools import lru_cache

from babel import Locale

from bot.understanding.fold import fold
from bot.understanding.namesakes import NAMESAKES

_EXTRA = {
    "cin halk cumhuriyeti": "CN", "cin": "CN", "guney kore": "KR", "kore cumhuriyeti": "KR",
    "south korea": "KR",
    "amerika birlesik devletleri": "US", "abd": "US", "usa": "US", "united states": "US", "ingiltere": "GB",
    "birlesik krallik": "GB", "united kingdom": "GB", "birlesik arap emirlikleri": "AE", "bae": "AE",
    "fas": "MA",
    "rusya federasyonu": "RU", "rusya": "RU", "hollanda": "NL", "the netherlands": "NL", "ozbekistan": "UZ",
    "kktc": "CY", "tayvan": "TW", "chinese taipei": "TW", "cek cumhuriyeti": "CZ", "cekya": "CZ",
    "suudi arabistan": "SA",
    "vietnam": "VN", "misir": "EG", "suriye": "SY", "iran": "IR", "kosova": "XK", "filistin": "PS",
    "bosna-hersek": "BA",
    "bosna hersek": "BA", "makedonya": "MK", "kuzey makedonya": "MK", "fildisi sahili": "CI",
    "tanzanya": "TZ",
    "turkmenistan": "TM", "kirgizistan": "KG", "hong kong": "HK", "guney afrika": "ZA",
    "kuzey irlanda": "GB", "northern ireland": "GB", "great britain": "GB",
    "ivory coast": "CI", "kongo demokratik cumhuriyeti": "CD", "uae": "AE", "the uk": "GB", "uk": "GB",
    "kore": "KR",
    "u.s.": "US", "u.s.a.": "US", "us": "US", "a.b.d.": "US", "u.k.": "GB", "u.a.e.": "AE", "b.a.e.": "AE",
    "prc": "CN", "ksa": "SA", "republic of korea": "KR", "viet nam": "VN", "drc": "CD", "england": "GB",
    "scotland": "GB", "iskocya": "GB", "galler": "GB", "buyuk britanya": "GB", "britanya": "GB",
    "holland": "NL", "nijer": "NE", "niger": "NE", "tonga": "TO", "cad": "TD", "mali": "ML",
    "esvatini": "SZ", "gkry": "CY", "guney kibris": "CY",
    "makao": "MO", "bosna": "BA", "cezayir": "DZ", "sirbistan": "RS", "south africa": "ZA",
}  # fmt: skip
# Adjectives of nationality, which stand before what they describe.
_PEOPLES = {
    "alman": "DE", "german": "DE", "fransiz": "FR", "french": "FR", "italyan": "IT", "italian": "IT",
    "ispanyol": "ES", "spanish": "ES", "ingiliz": "GB", "british": "GB", "rus": "RU", "russian": "RU",
    "ozbek": "UZ", "uzbek": "UZ", "kazak": "KZ", "kazakh": "KZ", "kirgiz": "KG", "kyrgyz": "KG",
    "turkmen": "TM",
    "azeri": "AZ", "azerbaijani": "AZ", "gurcu": "GE", "georgian": "GE", "chinese": "CN", "hint": "IN",
    "hintli": "IN",
    "indian": "IN", "japon": "JP", "japanese": "JP", "korean": "KR", "amerikan": "US", "bulgar": "BG",
    "bulgarian": "BG", "romen": "RO", "rumen": "RO", "romanian": "RO", "yunan": "GR", "greek": "GR",
    "macar": "HU", "hungarian": "HU", "cek": "CZ", "czech": "CZ", "polish": "PL", "dutch": "NL",
    "belgian": "BE",
    "brazilian": "BR", "mexican": "MX", "egyptian": "EG", "moroccan": "MA", "tunisian": "TN",
    "algerian": "DZ",
    "saudi": "SA", "suudi": "SA", "ukrainian": "UA", "vietnamese": "VN", "thai": "TH", "indonesian": "ID",
    "malaysian": "MY", "iranian": "IR", "iraqi": "IQ", "israeli": "IL", "canadian": "CA", "australian": "AU",
    "swiss": "CH", "austrian": "AT", "swedish": "SE", "norwegian": "NO", "danish": "DK", "finnish": "FI",
    "colombian": "CO", "sirp": "RS", "serbian": "RS", "arnavut": "AL", "qatari": "QA", "emirati": "AE",
    "nigerian": "NG", "kenyan": "KE", "south african": "ZA", "ghanaian": "GH", "ethiopian": "ET",
    "libyan": "LY", "lebanese": "LB", "jordanian": "JO", "kuwaiti": "KW", "omani": "OM", "bahraini": "BH",
    "pakistani": "PK", "bangladeshi": "BD", "philippine": "PH", "filipino": "PH", "singaporean": "SG",
    "taiwanese": "TW", "argentine": "AR", "argentinian": "AR", "chilean": "CL", "peruvian": "PE",
    "portuguese": "PT", "irish": "IE", "croatian": "HR", "slovenian": "SI", "slovak": "SK", "bosnian": "BA",
    "bosnak": "BA", "makedon": "MK", "macedonian": "MK", "hirvat": "HR", "sloven": "SI", "albanian": "AL",
    "moldovan": "MD", "armenian": "AM", "mongolian": "MN", "tajik": "TJ", "tacik": "TJ", "mogol": "MN",
    "zambian": "ZM", "zimbabwean": "ZW", "cameroonian": "CM", "mozambican": "MZ", "rwandan": "RW",
    "sudanese": "SD", "yemeni": "YE", "afghan": "AF", "afgan": "AF", "cambodian": "KH", "sri lankan": "LK",
    "nepalese": "NP", "estonian": "EE", "latvian": "LV", "lithuanian": "LT", "belarusian": "BY",
    "cypriot": "CY", "maltese": "MT", "icelandic": "IS", "ecuadorian": "EC", "bolivian": "BO",
    "paraguayan": "PY", "uruguayan": "UY", "venezuelan": "VE", "guatemalan": "GT", "cuban": "CU",
    "costa rican": "CR", "panamanian": "PA", "montenegrin": "ME", "kosovar": "XK", "palestinian": "PS",
    "mauritanian": "MR", "beninese": "BJ", "gabonese": "GA", "namibian": "NA", "madagascan": "MG",
    "ermeni": "AM", "american": "US",
    "senegalese": "SN", "ivorian": "CI", "tanzanian": "TZ", "ugandan": "UG", "angolan": "AO", "syrian": "SY",
}  # fmt: skip
_PEOPLE = re.compile(
    r"(?<!\w)(" + "|".join(sorted(_PEOPLES, key=len, reverse=True)) + r")"
    r"(?= (?!dili|language|or\b)[a-z]|, (?:[a-z]{4,14}, ){0,4}(?:[a-z]{4,14} and )?[a-z]{2,12}(?:an|"
    r"ese|ish) [a-z]{4})"
)
# Names that are also everyday words, or that stand in letters without being meant.
_NOT_ALONE = {"TR", "ML", "IM", "GU", "NE", "TO", "NU", "JE", "NF", "UM", "ZZ", "EU", "EZ", "UN", "QO", "TD"}
_EU = re.compile(
    r"(?<!\w)(?:AB(?=['’\s.,;)/-])(?! (?:(?:ve|ile) (?:[A-ZÇĞİÖŞÜ]\w+ ){1,3})?(?:Genel |"
    r"Daire(?:si)? )?(?:Müdürlüğü|Başkanlığı|Şubesi))|EU(?=['’\s.,;)/-])|"
    r"Avrupa Birliği(?! (?:(?:ve|ile) (?:[A-ZÇĞİÖŞÜ]\w+ ){1,3})?(?:Genel |Daire(?:si)? )?(?:Müdürlüğü|"
    r"Başkanlığı|Şubesi))|"
    r"Avrupa Komisyonu|"
    r"Avrupa Kimyasallar Ajansı|European Union|"
    r"European Commission|European Chemicals Agency|European Economic Area|CLP|ECHA|"
    r"Avrupa (?:Yeşil Mutabakatı|Parlamentosu|Ekonomik Alanı|Konseyi Başkan)|European (?:Parliament|"
    r"Green Deal|"
    r"Council)|European (?:[A-Z][\w-]+ ){1,5}Alliance|Avrupa (?:[A-ZÇĞİÖŞÜ][\wçğıöşü-]+ ){1,5}İttifakı|"
    r"SVHC|Member States?\b|Candidate List|LIFE Program|Horizon Europe|Horizon Avrupa|Ufuk Avrupa|"
    r"LIFE (?:[Cc]all|[Pp]roject|[Pp]rogramme|[Gg]rant|[Pp]rojesi|[Pp]rogramı|[Çç]ağrısı)|"
    r"European (?:[A-Z][\w-]+,? (?:and |for )?){1,6}(?:Agency|Authority|Office)\b|"
    r"European Investment (?:Bank|Fund)|"
    r"European Innovation Council|Avrupa (?:[A-ZÇĞİÖŞÜ][\wçğıöşü-]+ ){1,5}(?:Ajansı|Otoritesi|Ofisi)|"
    r"Avrupa (?:Yatırım Bankası|İnovasyon Konseyi|Yenilik Konseyi)|CINEA|EISMEA|HaDEA|EACEA|EFSA|EUIPO|"
    r"Erasmus\+|Innovation Fund|İnovasyon Fonu|"
    r"DG [A-Z]{3,6}\b|PPWR|EUDR|CSRD|CSDDD|RoHS|Packaging and Packaging Waste|Ormansızlaşma|"
    r"General Product Safety Regulation|(?:ENVI|ITRE|INTA|IMCO) (?:committee|Committee|komite|Komite)|"
    r"Regulation \(E[CU]\)|Directive \(EU\)|\bOJ [CL]\b|Union (?:industry|producers?|importers?|users?|"
    r"market))"
)
# The Union's, too, unless it is another country's of that name, or says what some goods are under.
_REACH = re.compile(r"(?<!\w)(?<!UK )(?<!TR )(?<!K-)(?<!Korea )REACH\b")
_OTHER_REACH = re.compile(r"\b(?:UK|Korea|TR)[ -]REACH\b|\bK-REACH\b")
_BORDER_CARBON = re.compile(r"(?<!\w)(?:SKDM|CBAM)\b(?! kapsamındaki)")
# "The Commission" is the Union's where no other one is named.
_COMMISSION = re.compile(r"\b[Tt]he Commission\b(?! (?:of|on|for) )")
_OTHER_COMMISSION = re.compile(
    r"\b(?!European\b|The\b)[A-Z][a-z]+ Commission\b|Commission (?:of|on|for) (?:the )?[A-Z]"
)
_TURKISH_GOODS = re.compile(
    r"(?:ulkemiz|turkiye|turk)(?:'?n?in|den|'den)?(?:(?:,\s| ve | ile )[a-z ]{2,40}){0,4} "
    r"(?:menseli|cikisli|kaynakli)|turkiye'?den (?:ithal|"
    r"ihrac)|(?:originating in|imports? (?:of [a-z ]{3,40} )?from) (?:[a-z ,]{0,60}(?:,|"
    r"\band) )?(?:the republic of )?"
    r"turk(?:iye|ey)\b|menseli turk|"
    r"(?:quota|dut(?:y|ies)|measures?|investigation)\b[^.;]{0,40} (?:for|on|against|from|to) turk(?:iye|"
    r"ey)\b|"
    r"\bfor turk(?:iye|ey),|turk(?:iye|ey)(?:'s)? (?:annual |individual |country )*(?:quota|volume|share)|"
    r"turk(?:iye|ey)\b[^.;]{0,40}\bquota|"
    r"(?:ulkemiz|turkiye)(?:'?n?in)? (?:yani sira|ile birlikte)[^.;]{0,90} (?:menseli|cikisli|kaynakli)|"
    r"\b(?:countervailing|dumping|subsid\w+|safeguard|expiry|"
    r"duties)\b[^.;]{0,140}\bfrom [a-z ,]{0,60}(?:,|\band) turk(?:iye|ey)\b|"
    r"turkish (?:origin|exports)|ulkemizden (?:ithal|ihrac)|"
    r"(?:ulkemiz|turkiye)(?:'?y?e) (?:ayrilan|tahsis|taninan|verilen|uygulanan|yonelik (?:uygulanan|"
    r"onlem|kota|"
    r"vergi))"
)


@lru_cache(maxsize=1)
def _names() -> re.Pattern[str]:
    first: dict[str, list[str]] = {}  # by the letter that they begin with, the longest first
    for word in sorted(_table(), key=len, reverse=True):
        first.setdefault(word[0], []).append(re.escape(word[1:]))
    words = [f"{re.escape(letter)}(?:{'|'.join(rests)})" for letter, rests in first.items()]
    return re.compile(r"(?<![\w])(" + "|".join(words) + r")(?=(?:'?[a-z]{0,9})(?![\w]))")


@lru_cache(maxsize=1)
def _table() -> dict[str, str]:
    table: dict[str, str] = {}
    for language in ("tr", "en"):
        for code, name in Locale(language).territories.items():
            if len(code) == 2 and code not in _NOT_ALONE and len(name) > 3:
                table[fold(name)] = code
    return table | _EXTRA


_SUFFIX = re.compile(
    r"(?:'s(?!\w)|(?<=s)'(?![\w])|'?(?:n?[iu]n|[yn]?[aeiu]|n?[dt][ae]n?|l[ae]r(?:[iu]n?)?|y?l[ae]|"
    r"l[iu]|d[ae]ki|n?[iu]n?|c[ae]|nin|yi|ya|"
    r"ye|nda|nde)?(?![\w']))"
)
_NOT_A_COUNTRY = re.compile(
    r"\s?[$€£]|\s?cents?\b|(?:[- ][a-z]{3,12})?\s(?:savasi|krizi|catismasi|war\b)|"
    r"\s?(?:arabistan )?(?:dinari|"
    r"dolar\w*|lirasi|somu|rublesi|yeni|"
    r"manati|tengesi|dirhemi|riyali|sterlini|yuani|rupisi|"
    r"pesosu|franki|frangi|florini|zlotisi|kronu|francs?\b|dollars?|"
    r"(?:cadde|sokag|sokak|bulvar|meydan|otel|salon|plaza)\w*|street|avenue|road|square|hotel|hall|room\b|"
    r"(?<=palau )de |"
    r"ticaret musavirligi|musavirligi|buyukelciligi|konsoloslugu|ticaret ataseligi|(?:merkez |"
    r"federal )?bankasi|(?:central|federal) bank)"
)


# What is told of last year's fair or mission; but "geçen yıl kurulan İttifak" tells of this year's events.
_LAST_YEAR = re.compile(
    r"(?:gecen yil|gectigimiz yil|bir onceki|onceki yil|last year)\b"
    r"(?! (?:kurul|olustur|yayi[mn]lan)\w*[ae]n\b)"
    r"(?:(?!\bbu (?:yil|sene|kez|donem|defa)\b|\bthis (?:year|time)\b)[^.\n]){0,200}"
    r"(?:\.|(?=\bbu |\bthis ))"
)


# "published in Russian and Kazakh", "a Spanish version", "Interpretation into Ukrainian": languages.
_TONGUE = (
    r"(?:(?:an? |the )?(?:" + "|".join(sorted(_PEOPLES, key=len, reverse=True)) + r"|english|turkish|"
    r"arabic|spanish|"
    r"latin|farsi|persian|urdu|hindi|kurdish|hebrew|swahili|malay|bengali|tamil|flemish|catalan|latvian|"
    r"lithuanian|"
    r"estonian|icelandic|maltese|belarusian|mandarin|cantonese))"
)
_TONGUES_LISTED = rf"{_TONGUE}(?:(?:, and |, or |, | and | or | / ?){_TONGUE}){{0,8}}"
_IN_A_TONGUE = re.compile(
    rf"\b(?:working )?(?:languages?|interpretation|diller|dili) ?: ?{_TONGUES_LISTED}|"
    rf"\b(?:in|into|from)(?: both| either)? {_TONGUES_LISTED}(?= (?:at|and|or|can|will|is|are|may|on|by|"
    rf"for|with|only|from|"
    rf"as|to|under|via|through|using|within|until|before|no|free|where|if)\b|\W*(?:[.,;:)\n]|$))|"
    rf"\b{_TONGUES_LISTED} (?:versions?|translations?|texts?|editions?|interpret\w+|subtitles?|"
    rf"languages?|originals?|"
    r"cop(?:y|ies)|speak\w+|will be (?:available|provided))\b"
)
# "bir Hint firması uhdesinde kalmıştır", "was awarded to an Indian company": who won before.
_WON_BEFORE = re.compile(
    r"\b[a-z]{2,25} (?:firma|sirket|uretici|tedarikci)\w{0,12}(?: \w{1,20})? (?:uhdesinde|kazanm|"
    r"kazandi|ustlenm|alm[iu]st|verilm[iu]st)|"
    r"\b(?:was|were|been) (?:awarded to|won by)[^.;\n]{0,50}|"
    r"(?P<kept>\b(?:previous|last|earlier|preceding)\b[^.;\n]{0,60}\bwent to)[^.;\n]{0,50}"
)
# "Origins reviewed: Egypt, Türkiye": Turkish goods are among those looked into.
_ORIGINS = re.compile(
    r"\b(?:origins?(?: reviewed| concerned| investigated)?|countries (?:concerned|investigated|of origin)|"
    r"(?:sorusturulan|onlem uygulanan) ulke\w*|"
    r"mense(?: ulke\w*)?|konu ulke\w*)(?: ?:|\n)"
)


def _blanked(match: re.Match[str]) -> str:
    kept = match.groupdict().get("kept") or ""
    return kept + " " * (len(match[0]) - len(kept))


# "ülkemiz çıkışlı ürünlerin önlem dışında kaldığı": no target; but a few firms' exemption takes nothing away.
_SPARED = re.compile(
    r"(?:(?!\b(?:bazi|firma|sirket|some|compan|produced by)\w*)[^.;\n]){0,60}?(?:"
    r"\b(?:onlem|kapsam|vergi|sorusturma|uygulama|tedbir|kisitlama)\w*(?: \w+)? (?:disinda|haricinde|"
    r"disi)\b"
    r"(?! (?:birakilma[my]|birakma[my]|kalma[my]|tutulma[my]|tutma[my]))|"
    r"\b(?:onlem|vergi|tedbir|kisitlama)\w*den muaf|\bmuaf (?:tutul|kal)|"
    r"\b(?:excluded|exempt(?:ed)?|exclud\w+|spared) from (?:the |these |those )?"
    r"(?:measures?|dut(?:y|ies)|investigation|scope|safeguard)|"
    r"\bnot (?:be )?(?:covered|targeted|concerned|subject to the (?:measure|dut)))"
)
# "Product  CN code  Origin  Hazard  Checks": the head of a table that has a column of origins.
_ORIGIN_COLUMN = re.compile(
    r"^(?=[^\n]{0,100}\b(?:origins?|mense(?: ulke\w*)?)\b)(?=[^\n]{0,100}\b(?:cn|gtip|gtp|hs|taric|"
    r"products?|goods|"
    r"urun\w*|esya|hazard|tehlike|checks?|duty|vergi\w*|oran\w*|rate|marj\w*|margin|kota|quota|"
    r"kontenjan|miktar|"
    r"volume|producers?|uretici\w*|exporters?|ihracatci\w*)\b)[^\n.;:]{8,100}$",
    re.MULTILINE,
)
_NAMES_TURKEY = re.compile(r"\b(?:turk(?:iye|ey)|ulkemiz)\b")
LONGEST_ROW = 140
ROWS = 40


def _row_of_turkish_origin(folded: str) -> bool:
    """Whether Türkiye stands in a row below a table's head that names a column of origins."""
    for head in _ORIGIN_COLUMN.finditer(folded):
        lines = (line.strip() for line in folded[head.end() : head.end() + ROWS * LONGEST_ROW].split("\n"))
        for line in lines:
            if len(line) > LONGEST_ROW or line.endswith((".", ":")):
                break
            if _NAMES_TURKEY.search(line):
                return True
    return False


def _of_turkish_goods(folded: str) -> bool:
    if any(not _SPARED.match(folded, one.end()) for one in _TURKISH_GOODS.finditer(folded)):
        return True
    if _row_of_turkish_origin(folded):
        return True
    for named in _ORIGINS.finditer(folded):
        table = folded[named.end() - 1] == "\n"
        told = (
            folded[named.end() : named.end() + ORIGINS] if table else folded[named.end() :].partition("\n")[0]
        )
        end = re.search(r"\.\s*(?:\n|$)|\.\s[a-z]", told)
        if re.search(r"\b(?:turk(?:iye|ey)|ulkemiz)\b", told[: end.start() if end else ORIGINS]):
            return True
    return False


ORIGINS = 600
"""Letters of a table of origins that are looked at."""


_OF_A_CONTINENT = re.compile(r"\b(?:latin|north|south|central|inter|pan)[ -]$")  # "Latin American"
_SHORT = frozenset(("us", "prc", "ksa", "drc", "uk", "uae", "usa", "abd", "bae"))
_TO_US = re.compile(
    r"\b(?:CONTACT|ABOUT|JOIN|FOLLOW|CALL|TELL|ASK|TO|MEET|VISIT|EMAIL|WITH|FOR|LET|GIVE|SEND|WRITE) $"
)


# "Mali" is financial elsewhere, "Cad." a street: the country is told by its case's mark or its neighbours.
_NEAR_MALI = (
    r"(?:senegal|burkina faso|nijer|gine|fildisi sahili|gana|benin|togo|moritanya|cezayir|niger|"
    r"guinea|ghana)"
)
_BEFORE_MALI = re.compile(rf"{_NEAR_MALI}(?:,| ve| and) $")
_AFTER_MALI = re.compile(rf"'[a-z]|(?:,| ve| and) {_NEAR_MALI}")


def _is_ambiguous(whole: str, folded: str, match: re.Match[str]) -> bool:
    """Whether a country's name is here more likely an everyday word."""
    if match[1] == "cad":
        return whole[match.start()] != "Ç"
    if match[1] == "mali":
        before = folded[max(0, match.start() - 20) : match.start()]
        return not (_BEFORE_MALI.search(before) or _AFTER_MALI.match(folded, match.end()))
    return match[1] in _SHORT and not _is_short_name(whole, match)


def _is_short_name(whole: str, match: re.Match[str]) -> bool:
    """Whether letters that may be a word ("us") are the short name of a country: all of them capitals."""
    return whole[match.start() : match.end()].isupper() and not _TO_US.search(
        whole, max(0, match.start() - 12), match.start()
    )


_TONGUES = frozenset(("portekiz", "cin"))  # a country's name in its language's


def _is_of_the_union(whole: str) -> bool:
    if _EU.search(whole) or (_REACH.search(whole) and not _OTHER_REACH.search(whole)):
        return True
    return bool(_BORDER_CARBON.search(whole))


# "00150 Helsinki, Finland": where a sender sits.
_POSTCODE = re.compile(
    r"\b(?!20[2-4]\d )\d{4,6} [a-z]{3,}(?: [a-z]+)?, $|"
    r"(?:^|\n)[a-z ]{0,60}\b(?:agency|commission|association|federation|ministry|council|institute|"
    r"secretariat|"
    r"committee|chamber|bureau|ajansi|bakanligi|birligi|dernegi|federasyonu|odasi|sekretaryasi)[,|] "
    r"[^\n:.;]{0,60}, $"
)


def countries(title: str, text: str) -> tuple[str, ...]:
    """ISO codes of the countries a notice is about; ``EU`` for the Union, its law and alliances."""
    whole = f"{title}\n{text}"
    folded = fold(whole)
    codes: dict[str, None] = {}
    if _is_of_the_union(whole) or (_COMMISSION.search(whole) and not _OTHER_COMMISSION.search(whole)):
        codes["EU"] = None
    if _of_turkish_goods(folded):
        codes["TR"] = None
    table = _table()
    for aside in (NAMESAKES, _LAST_YEAR, _IN_A_TONGUE, _WON_BEFORE):
        folded = aside.sub(_blanked, folded)
    for match in _names().finditer(folded):
        first = match.start() + 4 * match[1].startswith("the ")
        if not whole[first].isupper() or _is_ambiguous(whole, folded, match):
            continue
        tail = _SUFFIX.match(folded, match.end())
        if tail is None or _NOT_A_COUNTRY.match(folded, tail.end()):
            continue
        if match[1] in _TONGUES and folded.startswith("ce", match.end()):
            continue  # "Portekizce", "Çince"
        if re.match(r"\W*(?:\n|$)|\s?[|·•]", folded[match.end() : match.end() + 4]) and _POSTCODE.search(
            folded[max(0, first - 140) : first]
        ):
            continue
        codes[table[match[1]]] = None
    for match in _PEOPLE.finditer(folded):
        if _OF_A_CONTINENT.search(folded, max(0, match.start() - 9), match.start()):
            continue
        if whole[match.start()].isupper() and not _NOT_A_COUNTRY.match(folded, match.end()):
            codes[_PEOPLES[match[1]]] = None
    return tuple(codes)
