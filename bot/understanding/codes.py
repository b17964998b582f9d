"""Tariff codes (HS, CN, GTİP) of a text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.understanding.bracketed import bracketed
from bot.understanding.fold import fold
from bot.understanding.tariff import AMOUNT, is_code, is_date, looks_like_year, may_be_year

_CONTEXT = re.compile(
    r"\b(?:gtip|gtp|g\.t\.i\.p|tarife|pozisyon|hs (?:code|kod|heading)|cn code|\(?cn \d{4} |hs \d{4}|taric|"
    r"[kg]n kod|"
    r"armoni[zs]e|harmoni[sz]ed system|nomanklatur|nomenclature|fasil|heading|"
    r"(?:cn|gn|kn|hs|hts|htsus|hsn|ncm|uktzed|ukt zed|tn ?ved|ahtn|nandina):? (?:ex )?\d{4}|"
    r"customs code|gumruk kod|\bkodlu\b|commodity code|tariff (?:code|line|heading|number|item)|"
    r"subheading)|\((?:hs|cn|kn|gn)\)"
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
# The last two digits may be a figure of the table's next column: "0804 20 90 30 %", "0808 10 80 12,5".
_SPACED = re.compile(
    r"(?<![\w./-])(?:\d{10}(?: \d{2}){1}|\d{8}(?: \d{2}){1,2}|\d{6}(?: \d{2}){1,3}|\d{4}(?: \d{2}){1,4})"
    r"(?![\w/]|\.\d|,\d{1,3}(?!\d)| ?%)"
)
# The Union's own codes end with the ten digits of TARIC; Turkish ones have twelve.
_OF_THE_UNION = re.compile(r"\b(?:taric|cn)\b")
_TURKISH = re.compile(r"\b(?:gtip|gtp|g\.t\.i\.p)|istatistik pozisyon")
TARIC = 10
"""Digits of the Union's longest code."""
_PLAIN = re.compile(r"(?<![\w./-])(?:\d{12}|\d{10}|\d{8}|\d{6})(?![\w/.-]*\d|[\w]| \d{2}(?!\w))")
_HEADING = re.compile(
    r"(?<![\w./-])(\d{4})(?=\s(?:numarali|no'?lu)\s(?:alt |gumruk |tarife )?(?:gtip|gtp|pozisyon|"
    r"tarife|baslik|fasil|urun|esya))"
    r"|(?:gtip|pozisyon(?:u|larinda)?|heading|cn code|hs code)s?\s?:?\s(\d{4})(?![\d.,/-]| \d{2}\b)"
)
# "8417, 8428.33 veya ex 8438": headings are known by the word that stands before or after their list.
# What goods they are may stand in brackets behind each: "3917 (boru), 3923 (ambalaj)".
_ONE = r"(?:ex )?\d{4}(?:[. ](?!19|20)\d{4}|(?:[. ]\d{2}){0,4})(?: ?\([^()]{1,50}\))?"
_LIST = re.compile(
    rf"(?<![\w.,/-]){_ONE}(?:(?:\s?[,;/-]\s?|,? (?:ve|veya|ile|ila|and|or|to|through|"
    rf"ya da) ){_ONE}){{0,40}}"
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
    r"(?:\s(?:no|kod|numara|liste|baslik)[a-z']{0,8})?\s?[)\]]?\s?[:(|]?\s?$"
)
# A tariff's short name alone: "(CN 7208, 7210)", "HS 3920", but "HS 2028" is an edition of the tariff.
_TARIFF_BEFORE = re.compile(
    r"(?:^|[\s(,;:/])(?:cn|gn|hs|kn|hts|htsus|hsn|ncm|uktzed|ukt zed|tn ?ved|ahtn|nandina|taric|(?:itc|"
    r"chapters?|fasil)[ -]?hs)\s?:?\s$"
)
# Numbers of accounts and telephones, which come in the same groups of digits.
_NO_CODES = re.compile(
    r"(?<!['\w])(?:cpv|ics|nace|isic|unspsc|cas|einecs|gtin|ean|duns|vkn|mersis|"
    r"vergi (?:kimlik )?(?:no|numara)|sicil no|"
    r"(?:dosya|evrak|siparis|belge|barkod|posta kutusu|p\.? ?o\.? ?box|fatura|police|"
    r"protokol)(?: no)?|un(?: no\.?)?|"
    r"en|iso|tse?|din|"
    r"astm)\b[a-z]{0,4} ?[:.]? ?\d[\d.-]{2,18}(?![\d ]*\d\d(?:\W{0,2}\w{1,3})? (?:gtip|gtp))|"
    r"\btr\s?\d{2}(?:\s?\d{2,4}){3,7}|\b(?:tel|telefon|faks|fax|gsm|phone|dahili|whatsapp|"
    r"hesap no)\w*\W{0,4}"
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
# "Sıra  GTİP  Eşya": the head of a table, whose rows hold a code each.
_HEADER = re.compile(
    r"^(?=[^\n]{0,60}\b(?:gtip|gtp|g\.t\.i\.p|hs(?: code| heading)?|cn(?: code)?|kn|tarife|pozisyon|"
    r"(?:customs|tariff|commodity) code)\b)(?:[^\n.;]|(?<![a-z]{2})\.){1,90}$",
    re.MULTILINE,
)
_HEADING_ROW = re.compile(r"^(?:ex )?(\d{2}\.\d{2})(?=\s+[a-z])", re.MULTILINE)
# A cell may hold several: "1101 - 1902 - 1905", "3402 / 3405".
_CODE_OF_A_ROW = re.compile(
    r"(?<![\w.,/-])(?:ex )?(\d{4}(?:\.\d{2}){0,4})(?![\w/]|[.,-]\d|"
    r" \d{2}(?![\w.,/%]| ?%))"
    r"(?:(?: - |, ?| ?/ ?|; ?| ve | ile | and )(?:ex )?\d{4}(?:\.\d{2}){0,4}(?![\w]|[.,]\d)){0,20}"
)
_ONE_OF_A_ROW = re.compile(r"\d{4}(?:\.\d{2}){0,4}")
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
                spaced = _SPACED.search(folded, start, end) if code else None
                if code and spaced and spaced.start() < code.start():  # what follows is another column
                    start, rows = end + 1, rows + 1
                    continue
                if code is None or AMOUNT.match(folded, code.end()):
                    break
                rows += 1
                for one in _ONE_OF_A_ROW.finditer(folded, code.start(1), code.end()):
                    number = one[0].replace(".", "")
                    if is_code(number) and not may_be_year(number):
                        yield one.start(), number
            start = end + 1


# "3208 ve 3209  boyalar" above "3824.40  beton katkıları": a list of headings and what they hold.
_GOODS_ROW = re.compile(
    r"(?:[*•·-] )?(?:ex )?(\d{4}(?:\.\d{2}){0,4}(?:(?:, ?| ve | and | - |"
    r" / ?)(?:ex )?\d{4}(?:\.\d{2}){0,4}){0,12})(?:,|:| -| :)? +"
    r"(?!ton|kg|kilo|adet|tl\b|yil|metre|m2|usd|eur|avro|dolar|firma|kisi|sayili|nolu|no'lu)[a-z]{3}"
)

# "goods of the headings below", "Kapsamdaki pozisyonlar:": what a line before such a list says.
_ANNOUNCED = re.compile(
    r"\b(?:gtip|gtp|tarife|pozisyon|fasil|(?:sub)?headings?|(?:hs|cn|kn|tariff|customs|commodity)\b)"
)


_MAY_BE_ROW = re.compile(r"(?:[*•·-] )?(?:ex )?\d{4}")


def _goods_listed(folded: str) -> Iterator[tuple[int, str]]:
    """The codes that lines below each other begin with, where one at least is written with a dot or the
    line above them tells that headings follow."""
    rows: list[re.Match[str]] = []
    above = ""
    start = 0
    for line in (*folded.split("\n"), "."):
        row = _GOODS_ROW.match(folded, start) if _MAY_BE_ROW.match(line) else None
        if row is not None and row.end() <= start + len(line) and len(line) <= LONGEST_ROW:
            rows.append(row)
        elif line:
            if len(rows) > 1 and (any("." in row[1] for row in rows) or _ANNOUNCED.search(above)):
                for row in rows:
                    for one in _ONE_OF_A_ROW.finditer(row[1]):
                        number = one[0].replace(".", "")
                        if is_code(number) and not may_be_year(number):
                            yield row.start(1) + one.start(), number
            rows, above = [], line
        start += len(line) + 1


def hs_codes(text: str) -> tuple[str, ...]:
    """Tariff codes as digits, in order; never dates, grades, standards or money."""
    folded = _NO_CODES.sub(lambda match: "_" * len(match[0]), fold(text))
    found: list[tuple[int, str]] = []
    context = bool(_CONTEXT.search(folded) or _LABELLED.search(folded))
    for match in _DOTTED.finditer(folded):
        groups = match[0].split(".")
        if is_date(groups) or (len(groups) == 2 and (not context or AMOUNT.match(folded, match.end()))):
            continue
        if is_code(match[0]) and (context or len(groups) > 2):
            found.append((match.start(), re.sub(r"\D", "", match[0])))
    found += bracketed(folded, context)
    found += _goods_listed(folded)
    if context:
        union = _OF_THE_UNION.search(folded) and not _TURKISH.search(folded)
        longest = TARIC if union else None
        for pattern in (_SPACED, _PLAIN, _GROUPED):
            for match in pattern.finditer(folded):
                if is_code(match[0]) and not AMOUNT.match(folded, match.end()):
                    found.append((match.start(match.lastindex or 0), re.sub(r"\D", "", match[0])[:longest]))
        for match in _SHORT_DOTTED.finditer(folded):
            if is_code(match[0]):
                found.append((match.start(), match[0].replace(".", "")))
        for match in _SHORT_LIST.finditer(folded):
            before = folded[max(0, match.start() - 40) : match.start()]
            if _LIST_BEFORE.search(before) or _TARIFF_BEFORE.search(before):
                found += [
                    (match.start() + one.start(), one[0].replace(".", ""))
                    for one in re.finditer(r"\d{2}\.\d{2}", match[0])
                    if is_code(one[0])
                ]
        found += _listed(folded)
        found += _in_rows(folded)
        header = _HEADER.search(folded)
        for match in _HEADING_ROW.finditer(folded, header.end()) if header else ():
            found.append((match.start(1), match[1].replace(".", "")))
        for match in _HEADING.finditer(folded):
            code = match[1] or match[2]
            if is_code(code):
                found.append((match.start(), code))
    wrong = _printed_wrong(folded)
    held = [one for one in found if one[0] not in wrong and not _mistaken(folded, one[0])]
    ordered = [code for _, code in sorted(held or found)]
    return tuple(dict.fromkeys(ordered))


# "1832 kodlu çağrı": a programme's number.
_OTHER_CODE = re.compile(
    r"\s(?:kodlu|no'?lu|numarali|sayili) (?:\w+ ){0,2}?(?:cagri|program|proje|destek|ihale|kurs|egitim|"
    r"form|standart|oturum|ilan)"
)


_MONEY_BEFORE = re.compile(
    r"\b(?:fiyat\w*|bedel\w*|tutar\w*|miktar\w*|price|fee|amount|volume)\W{1,3}(?:\w+ )?$"
)


def _beside_a_code(folded: str, match: re.Match[str], listed: str) -> bool:
    """Whether one of a list's numbers is written with a dot, as no year or amount beside it would be."""
    if "." not in listed or "-" in listed or AMOUNT.match(folded, match.end()):
        return False
    if _MONEY_BEFORE.search(folded, max(0, match.start() - 40), match.start()):
        return False
    numbers = re.findall(r"\d{4}(?:\.\d{2}){0,4}", listed)
    return any("." in one for one in numbers) and all(
        is_code(one) and not may_be_year(one) for one in numbers
    )


_GLOSS = re.compile(r"\([^()]*\)")


def _listed(folded: str) -> Iterator[tuple[int, str]]:
    """The codes of lists that a word before or after them tells to be codes."""
    for match in _LIST.finditer(folded):
        before = folded[max(0, match.start() - 40) : match.start()]
        listed = _GLOSS.sub(lambda gloss: "_" * len(gloss[0]), match[0])
        named = _TARIFF_BEFORE.search(before) and not looks_like_year(listed)
        if _OTHER_CODE.match(folded, match.end()) or not (
            named
            or _beside_a_code(folded, match, listed)
            or _LIST_AFTER.match(folded, match.end())
            or _LIST_BEFORE.search(before)
        ):
            continue
        for one in re.finditer(r"\d{4}(?:[. ]\d{4}(?!\d)|(?:[. ]\d{2}(?!\d))*)", listed):
            if is_code(one[0]):
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
    r"(?:\| ?)?(?:dogru|yeni|duzeltilmis|guncel|olmasi gereken|right|corrected|correct|"
    r"new)(?:su)?(?: \w+)?$",
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
