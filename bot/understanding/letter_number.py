"""The number that a circular goes by."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.understanding.fold import fold

_NUMBER_LINE = (
    re.compile(r"^sirkuler tarih ?/ ?no\s*:?\s*\d{1,2}[./]\d{1,2}[./]\d{4}\s*/\s*(?P<n>[\w./-]+)"),
    re.compile(r"^(?:(?:genel|haftalik|aylik|bilgi) )?(?:sirkuler|circular)\w*\s*(?:letter\s*)?(?:no|nr|"
               r"sayi(?:si)?|numarasi|"
               r"number)?\.?\s*[:.]?\s*\(?(?P<n>(?:(?<=: )[a-z]{1,8}[-/](?=\d))?\d[\w]*(?:[./-][\w]+|"
               r"\s?[./-]\s?(?!\d{1,2} [a-z]{3})\d[\w]*)*)\)?"),
    re.compile(r"^[^.:]{3,60}\s[-/|]\s(?:sirkuler|circular)\s*(?:no|nr|"
    r"sayi)?\.?\s*:?\s*(?P<n>\d[\w]*(?:[./-]\w+)*)"),
    re.compile(r"^(?:duyuru|bulten|bilgi notu|information note|note|newsletter|bulletin|issue|notice)"
               r"\s*(?:no|nr|sayi(?:si)?|number|"
               r"issue)?\s*[:.]?\s*(?P<n>\d{1,4}(?:[/-](?:[a-z]{1,5}-?)?\d{1,5})+|(?<=no: )\d+|"
               r"(?<=no )\d+)(?![\d.])"),
    # "Duyuru No / Notice No: 2027-15": a label in both languages.
    re.compile(r"^(?:sirkuler|duyuru|bulten|circular|notice|announcement)(?: (?:no|nr|sayisi|"
               r"number))?\.? ?/ ?"
               r"(?:sirkuler|duyuru|bulten|circular|notice|announcement|newsletter|bulletin)(?: (?:no|nr|"
               r"sayisi|"
               r"number))?\.?\s?:\s?(?P<n>(?:[a-z]{2,8}[-/](?=\d))?\d[\w]*(?:[./-]\w+)*)"),
    re.compile(r"^(?:[a-z]+ )?(?:note|notice|circular|bulletin|update) (?P<n>\d{1,4}(?:[/-]\d+)?) [-–,] "),
    re.compile(r"^(?:[a-z]+ ){0,3}(?:alert|note|notice|circular|sirkuler|duyuru|update|"
               r"briefing)(?: sira)? (?:no|nr|number)"
               r"\.?\s?:?\s?(?P<n>\d{1,4}(?:[/-]\d{1,5})?)$"),
    # "E-Duyuru No: 2027/163", "Eğitim Duyurusu No: 2027/E-27"
    re.compile(r"^(?:[a-z]+[ -]){1,2}(?:duyuru|sirkuler|bulten|bildiri|not)\w* (?:no|nr|sayisi)\.? ?: ?"
               r"(?P<n>(?:[a-z]{1,8}[-/](?=\d))?\d\w*(?:[/-]\w+){0,4})$"),
    re.compile(r"^[^.:]{0,60}\b(?:sirkuler|circular)(?: no)?:? \((?P<n>\d{1,4}[/-]\d{1,5})\)$"),
    re.compile(r"^[^.:]{0,80}\b(?:sirkuler|circular)(?: no)? ?: ?(?P<n>\d{1,4}[/-]\d{1,5})$"),
    re.compile(r"^tarih (?:ve|/) ?no ?: [^\d]{0,20}\d{1,2}[./]\d{1,2}[./]\d{4} - (?P<n>\d{1,4}[/-]\d{1,5})$"),
    re.compile(r"^(?:notice|circular|announcement|note)(?: [a-z]+){1,4} no\.? ?(?P<n>\d{1,4}/\d{2,4})$"),
    re.compile(r"^(?:[a-z&]+ ){0,4}(?:digest|bulletin|newsletter|brief|update|weekly|news|review) (?:no|"
    r"nr|number|"
               r"issue)\.? ?(?P<n>\d{1,4})(?=\s?[-–|,]|$)"),
    re.compile(r"^(?:no|nr)\.? (?P<n>\d{1,4})\s?[-–|,]\s?\d{1,2} [a-z]{3,}"),
    re.compile(r"^(?:[a-z]+ ){0,3}bulten\w*,? sayi\w*\s?:?\s?(?P<n>\d{1,4})$"),
    re.compile(r"^issue (?:no\.? )?(?P<n>\d{1,4})(?=\s?[-–|,]|$)"),
    re.compile(r"^[^.:]{3,80} - no\.? (?P<n>\d{1,4}) - "),
    re.compile(r"^[^.:]{3,80}[,–-] (?:issue|no|nr)\.? (?P<n>\d{1,4}(?:[/-]\d{1,5})?)$"),
)  # fmt: skip
_REFERENCE_LINE = (
    re.compile(r"^(?:sayi|evrak sayisi)\s*:\s*(?P<n>[\w.-]+(?:/ ?[\w.-]+)*)"),
    re.compile(r"^(?:ref(?:erence)?|our ref)\.?(?: no)?\s*[:.]\s*(?P<n>(?:[a-z]{2,8}\(\d{4}\))?[\w./-]+)"),
    re.compile(
        r"^(?:information note|note|press release|"
        r"notice)\W{1,3}(?P<n>[a-z]{2,8}(?:/[a-z0-9-]+){1,5})$"
    ),
    re.compile(r"^(?P<n>pr no\.? \d{1,4}/\d{2,4})$"),
    re.compile(r"^(?:oj [cl],? )?(?P<n>[cl]/20\d\d/\d{1,5})(?= \d{1,2}[./]|$)"),
    re.compile(r"^(?P<n>g/(?:tbt|sps)/(?:[a-z0-9]{1,4}/){1,3}\d{1,5}(?:/[a-z0-9.]{1,8}){0,2})(?= |$)"),
    re.compile(
        r"^(?:tender|rfp|rfq|bid|solicitation)(?: [a-z]+)? (?:no|ref|number)\.? ?:? ?"
        r"(?P<n>[a-z0-9]+(?:[/-][a-z0-9]+){1,5})$"
    ),
    re.compile(r"^no\.? ?: ?(?P<n>20\d\d[/-](?:[a-z]{1,6}-?)?\d{1,5})$"),
    re.compile(
        r"^(?P<n>[a-z]{2,6}/[a-z]{1,4}/\d{2,4}/\d{1,4}|(?:ip|mex|qanda|speech|statement)/\d{2}/\d{1,5})$"
    ),
    re.compile(
        r"^(?:press release|statement|news|daily news)\W{1,3}(?P<n>(?:ip|mex|qanda|speech|"
        r"statement)/\d{2}/\d{1,5})$"
    ),
    re.compile(r"^(?:no\s?:\s?)?(?P<n>20\d\d[/-]\d{1,5})$"),
    re.compile(r"^(?:tarih ?/ ?(?:sayi|no)\s*:\s*)?\d{1,2}[./]\d{1,2}[./]\d{4}\s?[-/]\s?(?P<n>\d[\d/]*)$"),
)


def letter_number(lines: list[str]) -> str | None:
    """The number in the lines of a letter's head: of the circular, else of the letter itself."""
    for patterns in (_NUMBER_LINE, _REFERENCE_LINE):
        for line in _with_second_columns(lines):
            folded = fold(line)
            for pattern in patterns:
                match = pattern.match(folded)
                if match:
                    found = line[match.start("n") : match.end("n")].strip(" .-/")
                    found = re.sub(r"\s?[-/]\s?\d{1,2}[./]\d{1,2}[./]\d{4}$", "", found)
                    if found and not re.fullmatch(r"\d{1,2}[./]\d{1,2}[./]\d{4}", found):
                        return found if found[:2].isalpha() and " " in found else re.sub(r"\s+", "", found)
    return None


_SECOND_COLUMN = re.compile(r"\s(?=(?:sirkuler|circular|sayi|ref|our ref)\b[ a-z]{0,12}[:.])")


def _with_second_columns(lines: list[str]) -> Iterator[str]:
    """Lines of the letter's head, and what stands behind the date or the heading in the same line."""
    for line in lines:
        yield line
        found = _SECOND_COLUMN.search(fold(line)) if len(line) < 130 else None
        if found:
            yield line[found.end() :]
