"""Tariff codes (HS, CN, GTİP) of a text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.understanding.fold import fold

_CONTEXT = re.compile(
    r"\b(?:gtip|gtp|g\.t\.i\.p|tarife|pozisyon|hs code|hs heading|cn code|\(?cn \d{4} |hs \d{4}|taric|"
    r"[kg]n kod|"
    r"armonize|fasil|heading|(?:cn|gn|hs|hts|htsus|ncm|uktzed|ukt zed|tn ?ved|ahtn|nandina):? (?:ex )?\d{4}|"
    r"customs code|\bkodlu\b|commodity code|tariff (?:code|line|heading)|subheading)"
)
# "Ürün: fosforik asit, %52-54, 2809.20": what is bought or sold, and its heading.
_LABELLED = re.compile(
    r"\b(?:urun|esya|mal|madde|goods|products?|"
    r"material)\w{0,5} ?: [^.;:\n]{0,120}?[ (]\d{4}\.\d{2}(?![\w/]|\.\d|"
    r" ?(?:tl|usd|eur|ton|kg|m|adet|%)\b)"
)
_DOTTED = re.compile(
    r"(?<![\w./-])(?:\d{4}\.\d{2}(?:\.\d{2}){0,4}|\d{2}\.\d{2}\.\d{2}(?:\.\d{2}){1,3})(?![\w/]|\.\d)"
)
# As other tariffs write them: "2847.0000", "3917.21.1000", "39172110.00".
_GROUPED = re.compile(
    r"(?<![\w./-])(?:\d{4}\.\d{4}(?:\.\d{2}){0,2}|\d{4}\.\d{2}\.\d{4}|\d{8}\.\d{2})(?![\w/]|[.,]\d)"
)
_SPACED = re.compile(
    r"(?<![\w./-])(?:\d{10} \d{2}|\d{8}(?: \d{2}){1,2}|\d{6}(?: \d{2}){1,3}|\d{4}(?: \d{2}){1,4})(?![\w/]|"
    r"\.\d)"
)
_PLAIN = re.compile(r"(?<![\w./-])(?:\d{12}|\d{10}|\d{8}|\d{6})(?![\w/.-]*\d|[\w]| \d{2}(?!\w))")
_HEADING = re.compile(
    r"(?<![\w./-])(\d{4})(?=\s(?:numarali|no'?lu))"
    r"|(?:gtip|pozisyon(?:u|larinda)?|heading|cn code|hs code)s?\s?:?\s(\d{4})(?![\d.,/-]| \d{2}\b)"
)
# "8417, 8428.33 veya ex 8438": headings are known by the word that stands before or after their list.
# What goods they are may stand in brackets behind each: "3917 (boru), 3923 (ambalaj)".
_ONE = r"(?:ex )?\d{4}(?:[. ](?!19|20)\d{4}|(?:[. ]\d{2}){0,4})(?: ?\([^()]{1,50}\))?"
_LIST = re.compile(
    rf"(?<![\w.,/-]){_ONE}(?:(?:\s?[,;/-]\s?|,? (?:ve|veya|ile|ila|and|or|to|through|ya da) ){_ONE}){{0,40}}"
    r"(?![\w/]|[.,-]\d)"
)
_LIST_AFTER = re.compile(
    r"\s?[)']?(?:[yn]?[iu]n|[dt][ae]n?|l[iu])?\s(?:arasinda(?:ki)?\s|numarali\s|no'?lu\s|sayili\s)?"
    r"(?:ex )?(?:gtip|gtp|g\.t\.i\.p|tarife|gumruk tarife|kodlu|pozisyon|fasil|hs\b|cn\b|kn\b|armoni[zk]e)"
)
_LIST_BEFORE = re.compile(
    r"(?:gtip|gtp|g\.t\.i\.p\.?|pozisyon|tarife (?:kod|numara)|[kg]n kod|"
    r"headings?|subheadings?|(?:cn|hs|taric|"
    r"tariff|commodity|customs) (?:codes?|headings?|lines?|numbers?|items?|positions?|subheadings?)|"
    r"armoni[zk]e sistem kod)[a-z']{0,9}"
    r"(?:\s(?:no|kod|numara)[a-z]{0,6})?\s?[:(]?\s?$"
)
# A tariff's short name alone: "(CN 7208, 7210)", "HS 3920", but "HS 2028" is an edition of the tariff.
_TARIFF_BEFORE = re.compile(
    r"(?:^|[\s(,;:/])(?:cn|gn|hs|kn|hts|htsus|hsn|ncm|uktzed|ukt zed|tn ?ved|ahtn|nandina|taric|(?:itc|"
    r"chapters?|fasil)[ -]?hs)\s?:?\s$"
)
# Numbers of accounts and telephones, which come in the same groups of digits.
_AMOUNT = re.compile(
    r"\s?(?:tl\b|lira|usd|eur|avro|dolar|ton|kg|kilo|adet|litre|m2\b|m3\b|metre|"
    r"tonnes?\b|%)"
)
_NO_CODES = re.compile(
    r"\btr\s?\d{2}(?:\s?\d{2,4}){3,7}|\b(?:tel|telefon|faks|fax|gsm|phone|dahili|whatsapp|hesap no)\w*\W{0,4}"
    r"\+?\d[\d ()/-]{4,22}|\+\d{1,3}[\d ()-]{8,18}|(?<!\d)\(?0\s?[2-58]\d{2}\)? \d{3} \d{2} \d{2}"
)


_SHORT_DOTTED = re.compile(
    r"(?<![\w./-])\d{2}\.\d{2}(?=(?:(?:,| ve| ile| and| veya|\s)\s?(?:ve )?\d{2}\.\d{2}){0,30}\s(?:gtip|"
    r"tarife|"
    r"pozisyon))"
    r"|(?<=pozisyon )\d{2}\.\d{2}(?![\d.])|(?<=heading )\d{2}\.\d{2}(?![\d.])|"
    r"(?<=headings )\d{2}\.\d{2}(?![\d.])"
)


# "GTİP 94.01, 94.03", known by the word before them.
_SHORT_LIST = re.compile(
    r"(?<![\w./-])\d{2}\.\d{2}(?:(?:[,;/]\s?|\s?(?:-|ve|veya|ile|ila|and|or|"
    r"to)\s)\d{2}\.\d{2}){0,30}(?![\w/]|\.\d)"
)
_IN_BRACKETS = re.compile(
    r"(?:\(|\([^()\n]{1,60}(?:[;,:]| -) )(?:ex )?(\d{4}(?:[. ]\d{2}){1,4})\)|\((?:ex )?((?:2[5-9]|"
    r"[3-9]\d)\.\d{2})\)"
)  # from 25 on: no hour of the day
# "Sıra  GTİP  Eşya": the head of a table, whose rows hold a code each.
_HEADER = re.compile(
    r"^(?=[^\n]{0,60}\b(?:gtip|gtp|g\.t\.i\.p|hs(?: code| heading)?|cn(?: code)?|kn|tarife|pozisyon|"
    r"(?:customs|tariff|commodity) code)\b)(?:[^\n.;]|(?<![a-z]{2})\.){1,90}$",
    re.MULTILINE,
)
_HEADING_ROW = re.compile(r"^(?:ex )?(\d{2}\.\d{2})(?=\s+[a-z])", re.MULTILINE)
_CODE_OF_A_ROW = re.compile(
    r"(?<![\w.,/-])(?:ex )?(\d{4}(?:\.\d{2}){0,4})(?![\w/]|[.,-]\d|"
    r" \d{2}(?![\w.,/%]| ?%))"
)
LONGEST_ROW = 140
ROWS = 60


def _in_rows(folded: str) -> Iterator[tuple[int, str]]:
    """The first number of each row below a table's head that names a column of codes."""
    for header in _HEADER.finditer(folded):
        start, rows = header.end() + 1, 0
        while start < len(folded) and rows < ROWS:
            end = folded.find("\n", start)
            end = len(folded) if end < 0 else end
            if end > start:
                code = _CODE_OF_A_ROW.search(folded, start, end) if end - start <= LONGEST_ROW else None
                if code is None or _AMOUNT.match(folded, code.end()):
                    break
                rows += 1
                number = code[1].replace(".", "")
                if _chapter(number) and not _may_be_year(number):
                    yield code.start(1), number
            start = end + 1


# "3208 ve 3209  boyalar" above "3824.40  beton katkıları": a list of headings and what they hold.
_GOODS_ROW = re.compile(
    r"(?:ex )?(\d{4}(?:\.\d{2}){0,4})(?:(?:, ?| ve | and | - )(\d{4}(?:\.\d{2}){0,4}))? +"
    r"(?!ton|kg|kilo|adet|tl\b|yil|metre|m2|usd|eur|avro|dolar|firma|kisi|sayili|nolu|no'lu)[a-z]{3}"
)


def _goods_listed(folded: str) -> Iterator[tuple[int, str]]:
    """The codes that lines below each other begin with, where one at least is written with a dot."""
    rows: list[re.Match[str]] = []
    start = 0
    for line in (*folded.split("\n"), "."):
        row = _GOODS_ROW.match(folded, start) if line[:1].isdigit() or line.startswith("ex ") else None
        if row is not None and row.end() <= start + len(line) and len(line) <= LONGEST_ROW:
            rows.append(row)
        elif line:
            if len(rows) > 1 and any("." in row[1] for row in rows):
                for row in rows:
                    for group in (1, 2):
                        number = (row[group] or "").replace(".", "")
                        if number and _chapter(number) and not _may_be_year(number):
                            yield row.start(group), number
            rows = []
        start += len(line) + 1


def _may_be_year(number: str) -> bool:
    """Whether four digits are a year rather than a heading: chapters 19 and 20 end at 1905 and 2009."""
    return len(number) == 4 and number[:2] in ("19", "20") and int(number[2:]) > 9


def hs_codes(text: str) -> tuple[str, ...]:
    """Tariff codes as digits, in order; never dates, grades, standards or money."""
    folded = _NO_CODES.sub(lambda match: "_" * len(match[0]), fold(text))
    found: list[tuple[int, str]] = []
    context = bool(_CONTEXT.search(folded) or _LABELLED.search(folded))
    for match in _DOTTED.finditer(folded):
        groups = match[0].split(".")
        if _is_date(groups) or (len(groups) == 2 and (not context or _AMOUNT.match(folded, match.end()))):
            continue
        if _chapter(match[0]) and (context or len(groups) > 2):
            found.append((match.start(), re.sub(r"\D", "", match[0])))
    for match in _IN_BRACKETS.finditer(folded):
        code = match[1] or match[2]
        if _chapter(code) and not _is_date(code.split(".")):
            found.append((match.start(match.lastindex or 0), re.sub(r"\D", "", code)))
    found += _bracketed(folded)
    found += _goods_listed(folded)
    if context:
        for pattern in (_SPACED, _PLAIN, _GROUPED):
            for match in pattern.finditer(folded):
                if _chapter(match[0]) and not _AMOUNT.match(folded, match.end()):
                    found.append((match.start(match.lastindex or 0), re.sub(r"\D", "", match[0])))
        for match in _SHORT_DOTTED.finditer(folded):
            if _chapter(match[0]):
                found.append((match.start(), match[0].replace(".", "")))
        for match in _SHORT_LIST.finditer(folded):
            before = folded[max(0, match.start() - 40) : match.start()]
            if _LIST_BEFORE.search(before) or _TARIFF_BEFORE.search(before):
                found += [
                    (match.start() + one.start(), one[0].replace(".", ""))
                    for one in re.finditer(r"\d{2}\.\d{2}", match[0])
                    if _chapter(one[0])
                ]
        found += _listed(folded)
        found += _in_rows(folded)
        header = _HEADER.search(folded)
        for match in _HEADING_ROW.finditer(folded, header.end()) if header else ():
            found.append((match.start(1), match[1].replace(".", "")))
        for match in _HEADING.finditer(folded):
            code = match[1] or match[2]
            if _chapter(code):
                found.append((match.start(), code))
    wrong = _printed_wrong(folded)
    held = [one for one in found if one[0] not in wrong and not _mistaken(folded, one[0])]
    ordered = [code for _, code in sorted(held or found)]
    return tuple(dict.fromkeys(ordered))


_BRACKETED = re.compile(r"(?<=[a-z] )\((?:ex )?(\d{4}(?:\.\d{2}){0,4}|\d{2}\.\d{2})\)")
_YEAR = re.compile(r"(?:19|20)\d\d$")


_LIST_IN_BRACKETS = re.compile(
    r"\((?:ex )?\d{4}\.\d{2}(?:\.\d{2}){0,4}(?:(?:, ?| ve | and |"
    r" ile )(?:ex )?\d{4}\.\d{2}(?:\.\d{2}){0,4}){1,40}\)"
)


# "kozmetik ürünler (3303-3307)"
_PLAIN_LIST_IN_BRACKETS = re.compile(
    r"(?<=[a-z] )\((?:ex )?(?!\d\d00-\d\d00)\d{4}(?:(?:\s?[-–,;/]\s?| ve | and | ile | ila |"
    r" to )(?:ex )?\d{4}){1,20}\)"
)
# "(33.03, 33.05)": from 25 on, as no hour is.
_SHORT_LIST_IN_BRACKETS = re.compile(
    r"\((?:ex )?(?:2[5-9]|[3-9]\d)\.\d{2}(?:(?:[,;] ?| ve | and | ile )(?:ex )?(?:2[5-9]|"
    r"[3-9]\d)\.\d{2}){1,20}\)"
)


# One number in brackets is a code behind goods ("doğal kauçuk (4001)"), not behind a law, a room, an office.
_NO_GOODS = re.compile(
    r"\b(?:kanun|yasa|karar|teblig|yonetmeli|genelge|sirkuler|sayi|evrak|standart|iso|oda|salon|kapi|dahili|"
    r"posta kod|blok|kat|stant|stand|hat|numara|no|kod|cagri|program|proje|form|model|sinif|uye|firma|kisi|"
    r"katilimci|adet|ton|kg|law|act|decree|regulation|directive|decision|circular|letter|notice|standard|"
    r"room|"
    r"hall|booth|ext|extension|code|call|programme|project|form|members?|firms?|companies|participants?|"
    r"people|units?|tonnes?|yili?|year|since|founded|kurulus)\w{0,6} \Z|(?:\d|tl|usd|eur|avro|dolar\w*) \Z"
)


def _bracketed(folded: str) -> Iterator[tuple[int, str]]:
    """ "flour (1101), pasta (1902)": numbers behind goods, of which one can be no year."""
    for listed in _LIST_IN_BRACKETS.finditer(folded):
        for one in re.finditer(r"\d{4}(?:\.\d{2})+", listed[0]):
            if _chapter(one[0]) and not _is_date(one[0].split(".")):
                yield listed.start() + one.start(), one[0].replace(".", "")
    for listed in _PLAIN_LIST_IN_BRACKETS.finditer(folded):
        numbers = re.findall(r"\d{4}", listed[0])
        ahead = folded[max(0, listed.start() - 80) : listed.start()].rpartition("\n")[2]
        if all(_YEAR.match(digits) for digits in numbers) or _NO_GOODS.search(ahead):
            continue
        for number in re.finditer(r"\d{4}", listed[0]):
            if _chapter(number[0]):
                yield listed.start() + number.start(), number[0]
    for listed in _SHORT_LIST_IN_BRACKETS.finditer(folded):
        for one in re.finditer(r"\d{2}\.\d{2}", listed[0]):
            yield listed.start() + one.start(), one[0].replace(".", "")
    for line in re.finditer(r"[^\n]+", folded):
        ones = [one for one in _BRACKETED.finditer(line[0]) if _chapter(one[1])]
        if all(_YEAR.match(one[1]) for one in ones):
            continue
        if any(_NO_GOODS.search(line[0], 0, one.start()) for one in ones):
            continue
        for one in ones:
            code = one[1].replace(".", "")
            if one[1][2:3] != "." or int(code[:2]) >= 25:
                yield line.start() + one.start(), code


# "1832 kodlu çağrı": a programme's number.
_OTHER_CODE = re.compile(
    r"\s(?:kodlu|no'?lu|numarali|sayili) (?:\w+ ){0,2}?(?:cagri|program|proje|destek|ihale|kurs|egitim|"
    r"form|standart|oturum|ilan)"
)


_GLOSS = re.compile(r"\([^()]*\)")


def _listed(folded: str) -> Iterator[tuple[int, str]]:
    """The codes of lists that a word before or after them tells to be codes."""
    for match in _LIST.finditer(folded):
        before = folded[max(0, match.start() - 40) : match.start()]
        listed = _GLOSS.sub(lambda gloss: "_" * len(gloss[0]), match[0])
        named = _TARIFF_BEFORE.search(before) and not _YEAR.match(listed)
        if _OTHER_CODE.match(folded, match.end()) or not (
            named or _LIST_AFTER.match(folded, match.end()) or _LIST_BEFORE.search(before)
        ):
            continue
        for one in re.finditer(r"\d{4}(?:[. ]\d{4}(?!\d)|(?:[. ]\d{2}(?!\d))*)", listed):
            if _chapter(one[0]):
                yield match.start() + one.start(), re.sub(r"\D", "", one[0])


_MISTAKEN_BEFORE = re.compile(
    r"\b(?:sehven|yanlislikla|hatali olarak|mistakenly|erroneously|wrongly|instead of)[^.;]{0,40}$"
)
_MISTAKEN_AFTER = re.compile(
    r"[\d. ]+(?:'?[a-z]{0,4} )?(?:gtip\w* )?(?:seklinde|olarak) (?:sehven |hatali )?(?:bildiril|yazil|"
    r"belirtil|yer al)mis"
    r"|[\d. ]+(?:'?[a-z]{0,4})? (?:yerine|degil)\b"
)


def _mistaken(folded: str, start: int) -> bool:
    """Whether a code is told as the wrong one that the letter corrects."""
    before = re.sub(r"(?<=\d)\.(?=\d)|\.(?=i\.?p)", "", folded[max(0, start - 80) : start])
    return bool(_MISTAKEN_BEFORE.search(before) or _MISTAKEN_AFTER.match(folded, start))


# "Satır  Yanlış  Doğru" above a row of two codes: the first of them was printed wrong.
_WRONG_AND_RIGHT = re.compile(
    r"\b(?:yanlis|hatali|eski|onceki|sehven \w+|wrong|incorrect|old|previous|printed)(?: \w+)? "
    r"(?:\| ?)?(?:dogru|yeni|duzeltilmis|guncel|olmasi gereken|right|corrected|correct|new)(?:su)?(?: \w+)?$",
    re.MULTILINE,
)
_TWO_CODES = re.compile(
    r"^[^\n\d]{0,40}(?P<wrong>\d{4}(?:\.\d{2,4}){0,4}|\d{6,12})[ |]{1,3}(?:\d{4}(?:\.\d{2,4}){0,4}|"
    r"\d{6,12})$",
    re.MULTILINE,
)


def _printed_wrong(folded: str) -> set[int]:
    """Where the codes begin that a table of corrections replaces."""
    head = _WRONG_AND_RIGHT.search(folded)
    return {row.start("wrong") for row in _TWO_CODES.finditer(folded, head.end())} if head else set()


def _chapter(code: str) -> bool:
    return 1 <= int(code[:2]) <= 97


def _is_date(groups: list[str]) -> bool:
    if len(groups) == 3 and len(groups[0]) == 4 and groups[0][:2] in ("19", "20"):
        return int(groups[1]) <= 12 and int(groups[2]) <= 31
    return False
