"""Whether the numbered headings of a letter are parts of one subject and no subjects of their own."""

from __future__ import annotations

import re

from bot.understanding.fold import fold

# "1. Product", "2. Procedure and time limits": parts of one subject, each of them named by a common noun.
_SECTION = re.compile(
    r"(?:background|context|introduction|summary|purpose|aims?|objectives?|scope|"
    r"(?:the )?products?(?: (?:concerned|"
    r"under (?:investigation|review|consideration)))?|subject(?:[ -]matter)?(?: of the \w+)?|definitions?|"
    r"legal (?:basis|framework|background)|procedures?|(?:investigation |review |reference )?periods?|"
    r"(?:time )?limits|deadlines?|timetable|timeline|schedule(?: of [\w ]{3,30})?|next steps?|"
    r"complaint|request(?: for (?:an? |the )?(?:review|expiry review|initiation))?|"
    r"allegations?(?: of [\w ]{3,30})?|"
    r"grounds(?: for [\w ]{3,30})?|(?:existing|provisional|previous) measures|sampling(?: of [\w ]{3,40})?|"
    r"questionnaires?(?: [\w ]{3,30})?|(?:written |other )?submissions?(?: of [\w ]{3,20})?|correspondence|"
    r"(?:non-?)?co-?operation|(?:oral )?hearings?(?: officer)?|(?:processing of )?personal data|"
    r"data protection|"
    r"confidential(?:ity|\w* information)|interested parties|determination of [\w ]{3,30}|"
    r"(?:bid|tender|performance) (?:security|bond|guarantee)|clarifications?|opening of (?:the )?(?:bids|"
    r"tenders)|"
    r"award(?: criteria)?|selection(?: criteria)?|obligations?(?: of [\w ]{3,30})?|penalties|sanctions|"
    r"transitional (?:provisions?|periods?|rules)|entry into force|final provisions|definitions|"
    r"(?:where|how|when|who|what|why)(?: [\w-]+){1,4}\??|"
    r"contacts?|questions|enquiries|eligib(?:ility|le [\w ]{3,20})|budget|conditions|requirements|costs?|"
    r"fees?|"
    r"payment(?: terms)?|venue|agenda|programme|"
    r"documents?|annex(?:es)?|registration|application(?: [\w]{3,12})?|practical (?:information|points)|"
    r"measures?|evaluation|amac|kapsam|dayanak|yasal dayanak|giris|ozet|urun|tanimlar|yururluk|yurutme|"
    r"(?:sorusturma(?:ya)? |ihale |inceleme )?konu(?:su)? (?:urun|esya|mal|is|alim)|"
    r"usul|sureler?|surec|takvim|basvuru(?:lar)?(?: (?:sartlari|kosullari|usulu|sekli|sureci|adresi))?|"
    r"kimler \w+|nasil \w+|"
    r"ne (?:zaman|yapmali|degisti)\w*.*|iletisim|irtibat|gundem|program|yer ve (?:tarih|zaman)|ucret|butce|"
    r"katilim(?:ci)? (?:sartlari|kosullari|bedeli|ucreti|profili)|(?:gerekli|istenen) belgeler|"
    r"degerlendirme|"
    r"ornekleme|soru form(?:u|lari)|(?:sorusturma|inceleme) donemi|is ?birligine gelinmemesi|"
    r"yetkili merci|yazisma adresi|gecici (?:teminat|onlem|tedbir)\w*|yeterlik (?:kriterleri|kosullari)|"
    r"teklif(?:ler)?(?:in)? (?:sunulmasi|verilmesi|acilmasi)|nakliye|odeme(?: \w{3,12})?|"
    r"iptal (?:kosullari|sartlari)|"
    r"yukumlulukler|yaptirim(?:lar)?|gecis (?:hukumleri|sureci)|"
    r"(?:diger|genel) (?:hususlar|hukumler|esaslar)|sonuc)"
    r"(?:(?: and |, | ve | ile )[\w ]{3,30})?\W*$"
)
# A paper that is about one thing by its name.
_ONE_SUBJECT = re.compile(
    r"\b(?:notice of (?:initiation|the)|initiation|expiry|review of|call for|invitation to (?:tender|bid)|"
    r"tender|"
    r"consultation on|guid(?:e|ance)|regulation|terms of|rules (?:of|for)|tebli[gğ]|ihale\w*|sartname\w*|"
    r"sorusturma\w*|"
    r"esaslari|kilavuz\w*|yonetmeli[kg]\w*|cagri\w*)\b"
)
# What names a subject of its own: "Katar / Boya İhalesi", "… Hk.", "2028 Yılı …".
_OWN_SUBJECT = re.compile(r" / |\bhk\b|hakkinda|\b20\d\d\b")
# "iki etkinlik planladık:", "There are two ways to take part:"
_LEAD = re.compile(
    r"\b(?:iki|uc|dort|bes|alti|yedi|two|three|four|five|six|seven|[2-9])\b(?: \w+){0,2}? "
    r"(?:etkinli[kg]|oturum|asama|etap|adim|yol|secenek|bolum|kisim|modul|basamak|parca|"
    r"events?\b|ways?\b|steps?\b|stages?\b|phases?\b|options?\b|sessions?\b|parts?\b|things?\b|modules?\b)"
)


def is_part(heading: str) -> bool:
    """Whether a heading is a common noun that names a part of a subject."""
    return bool(_SECTION.match(fold(heading)))


def are_parts(title: str, headings: list[str], lead: str) -> bool:
    """Whether headings name the parts of what ``title`` is about, or what ``lead`` counts, the paragraph
    ahead of them."""
    if lead.endswith(":") and _LEAD.search(fold(lead[-160:])):
        return True
    folded = [fold(one) for one in headings]
    named = sum(bool(_SECTION.match(one)) for one in folded)
    if named * 2 > len(folded):
        return True
    return (
        named * 3 >= len(folded)
        and bool(_ONE_SUBJECT.search(fold(title)))
        and not any(_OWN_SUBJECT.search(one) for one in folded)
    )
