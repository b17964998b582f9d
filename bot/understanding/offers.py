"""What a notice asks of the reader or offers, whatever law it names: signs of its kind. Pure."""

from __future__ import annotations

import re

from bot.domain.notice import Kind

# A law that is only the ground, or holds already, is not what the notice is about:
# "5253 sayılı Dernekler Kanunu ve Tüzüğün 14 üncü maddesi gereğince", "under the REACH Regulation".
_GROUND = re.compile(
    r"\b(?:kanun|yasa|yonetmeli[kg]|teblig|tuzu[kg]|karar|genelge|mevzuat|madde|"
    r"fikra|hukum|hukm|esas|usul|yonerge|direktif)\w*(?:'?[a-z]{1,4})? "
    r"(?:(?:geregi(?:nce)?|uyarinca|kapsaminda|cercevesinde|dogrultusunda|istinaden|dayanarak|"
    r"(?:hukumleri(?:ne|nin)?|esaslari)? ?(?:geregince|uyarinca|cercevesinde|gore|uygun olarak))\b)"
)
_ITS_NAME = re.compile(r"[^,;:\n]*\Z")
_GROUND_EN = re.compile(
    r"\b(?:under|pursuant to|in accordance with|as required by|within the meaning of|in line with) "
    r"(?:article \d+ of )?(?:the )?(?:[a-z]+ ){0,3}(?:regulation|directive|decision|act|law|decree)s?\b"
)
# "… tarihinden beri yürürlükte bulunan Tüzük", "uygulanmaya başlanan Tüzük": told to name it.
_IN_FORCE_ALREADY = re.compile(
    r"\byururlu\w* (?:bulunan|olan|gir(?:en|mis olan))\b|\bin force since\b|\b(?:has|have) applied since\b"
)

# Behind the noun that says what a Turkish title is about stand only what happens to it and formulas.
_AFTER_HEAD = (
    r"(?:'?n?[iu]n|'?[yn]?[ae]|'?n?[dt][ae]|'?[yn]?[iu])?(?:\W*$|\W+(?:hk\b|hakkinda|duyuru|davet|ilan|"
    r"cagri|iptal|ertele|"
    r"duzelt|tarih|sure|son |hatirlat|yeni |ek |guncel|kayit|basvur|katilim|program|gundem|takvim|bilgi|"
    r"yeri|saat|degisik|ileri|uzat|\d|[-–|:(,/]).*$|\s?[-–|:(,/].*$)"
)
_EVENTS = (
    r"webinar|seminer|calistay|atolye|bilgilendirme (?:oturum|toplanti|gun|semin)\w*|(?:egitim|tanitim|bilgi|"
    r"uygulama) (?:oturum|semin|toplanti|gun)\w*|\begitim(?!li)|\bkurs|oturum|brifing|soylesi|masterclass|"
    r"ustalik sinif|akademi"
)
_POSSESSED = r"(?:\w{0,2}l[ae]r)?(?:i|u|si|su|imiz|umuz|miz|muz)?"
_HEADS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    (
        Kind.CONSULTATION,
        re.compile(
            r"\b(?:gorus(?: (?:ve|/) oneri(?:ler)?)?(?: tale[pb]| toplan| alin)?|talep liste|urun tale[pb]|"
            r"oncelikli (?:\w+ )?tale[pb]|anket|soru form|soru set|veri(?:si|ler|leri)? (?:tale[pb]|"
            r"toplama|derleme)|"
            r"bilgi(?:si|ler|leri)? tale[pb]|ihtiyac (?:analiz|tespit)|kamuoyu istisare|istisare surec)"
            + _POSSESSED
            + _AFTER_HEAD
        ),
    ),
    (Kind.TRAINING, re.compile(r"(?:" + _EVENTS + r")" + _POSSESSED + _AFTER_HEAD)),
    (
        Kind.MEETING,
        re.compile(
            r"\b(?:genel kurul|yonetim kurulu toplanti|istisare toplanti|meclis toplanti|"
            r"sektor kurulu toplanti|"
            r"uye(?:ler)? (?:bulusma|toplanti)|uye bulusma)" + _POSSESSED + _AFTER_HEAD
        ),
    ),
)  # fmt: skip
# "Online briefing on …", "Webinar: …", "Comments invited on three proposals".
_LEAD = (
    r"^(?:(?:correction|reminder|invitation(?: to)?|postponed|cancelled|save the date|new date|update)\W+)?"
)
_HEADS_EN: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    (
        Kind.CONSULTATION,
        re.compile(
            r"\b(?:comments?|views?|evidence|data|feedback|input|information|contributions?|"
            r"replies) (?:are |is )?"
            r"(?:invited|wanted|sought|welcome|requested|needed)\b|"
            + _LEAD
            + r"(?:[\w'-]+ ){0,4}?(?:survey|consultation|questionnaire|call for (?:evidence|input|data|views|"
            r"comments))\b"
        ),
    ),
    (
        Kind.TRAINING,
        re.compile(
            _LEAD
            + r"(?:(?!council|business|trade|board|law|act|regulation)[\w'-]+ ){0,5}?(?:webinar|briefing|"
            r"workshop|seminar|training|course|"
            r"masterclass|info(?:rmation)? (?:session|day)|q&a session|clinic|drop-in session)s?\b"
        ),
    ),
)  # fmt: skip

# What is sent back by those who answer: the wants, barriers and figures of firms, in tables and lists.
_FIGURES_ASKED = re.compile(
    r"\b(?:urun|engel|tale[pb]|sorun|sikinti|veri|ihtiyac|tercih|fiyat|maliyet|miktar|kapasite|stok|"
    r"hassasiyet)"
    r"\w*[^.;]{0,140}\b(?:tablo|liste|form|excel|dosya)\w*[^.;]{0,60}\b(?:isle|doldur|girilme|ilet|gonder|"
    r"bildir)|"
    r"\b(?:tale[pb]i|gorusu|sorunu|onerisi|bildirimi|verisi) (?:olmayan|bulunmayan)\b|"
    r"\b(?:gorus|tecrube|deneyim|sikinti|sorun|engel|veri|oneri|ihtiyac)\w*(?:niz|nuz)\w*[^.;]{0,120}"
    r"\b(?:paylas|bildir|ilet|gonder|yaz)\w*"
)
_COMMENTS = re.compile(
    r"\bcomments? (?:can|may|should|must|are|is) (?:be )?(?:given|sent|submitted|made|provided|invited|"
    r"welcome)|"
    r"\b(?:may|can|could|please|also|still) (?:also |still |now |each |both )?(?:comment\b|have (?:your|"
    r"their) say)|"
    r"\b(?:you|we|stakeholders|companies|firms|members|parties|anyone|everyone|anybody|producers|"
    r"importers|suppliers|users|"
    r"manufacturers|growers|exporters|authorities|outsiders|both|eu) (?:can|may|are asked to|are invited to|"
    r"should|"
    r"would like you to) (?:\w+ )?(?:comment|reply|respond|share|answer|give (?:your|their) (?:views|"
    r"opinion))|"
    r"\btell us (?:about|how|what|which|whether)"
)
# Sessions that the reader can attend: held, and open to those who register.
_HELD = re.compile(
    r"\b(?:webinar|seminer|calistay|oturum|egitim|brifing|atolye|bilgilendirme toplanti)\w*[^.;]{0,120}"
    r"\b(?:duzenlen|yapil|gerceklestiril|verilec|duzenleye|duzenliyo)\w*|"
    r"\b(?:webinar|seminar|workshop|briefing|training|course|session)\b[^.;]{0,80}\b(?:will be held|"
    r"takes? place|"
    r"will take place|is held|explains?|covers?|runs?|starts?)\b|"
    r"\bjoin us (?:on|for|at)\b"
)
_REGISTER = re.compile(
    r"\b(?:kayit|kaydol|katilim|katilmak)|\bregist(?:er|ration)|\bsign[ -]?up\b|\bto (?:join|attend)\b"
)

OF_ITS_HEAD = 16
"""Weight of the noun that the title is about."""


def about(text: str) -> str:
    """The text without the laws that it names as grounds or as long in force."""
    for pattern in (_GROUND_EN, _IN_FORCE_ALREADY):
        text = pattern.sub(" ", text)
    kept, end = [], 0
    for one in _GROUND.finditer(text):
        name = _ITS_NAME.search(text, max(end, one.start() - 90), one.start())
        kept.append(text[end : name.start() if name else one.start()])
        end = one.end()
    return " ".join((*kept, text[end:]))


# "… Kanunu gereğince … başvurması gerekir": a duty that a law lays on firms, and nothing else is told.
_OWED = re.compile(
    r"\b(?:kanun|yonetmeli[kg]|teblig|kararname|tuzu[kg])\w*[^.;]{0,30}\b(?:gere[gk]\w*|uyarinca|"
    r"kapsaminda|gore)\b[^.;]{0,160}"
    r"(?:gerek(?:ir|mekte|iyor)|zorunlu|yukumlu|mecbur|ceza)"
)
_OF_THE_OFFICE = re.compile(r"\b(?:birligimiz|dernegimiz|federasyonumuz|odamiz|kapasite rapor|aidat|uye)\w*")


# "1 Ocak'tan itibaren … belgesi isteyecektir": what will be asked of goods from a day on.
_ASKED_FROM = re.compile(
    r"'?n?[dt][ae]n itibaren [^.;]{0,120}(?:belge|sertifika|kontrol|test|analiz|kayi[td]|etiket|beyan|"
    r"izin|izn|lisans|rapor)\w* "
    r"(?:\w+ ){0,3}(?:iste|ara|tale[pb] ed|gerek|sart|mecbur)\w*"
)


def owes_by_law(body: str) -> bool:
    return bool(_OWED.search(body) or _ASKED_FROM.search(body)) and not _OF_THE_OFFICE.search(body)


def head_of(title: str) -> Kind | None:
    """The kind that the head noun of a folded title tells, if any."""
    found = [
        (match.start(), kind)
        for kind, pattern in (*_HEADS, *_HEADS_EN)
        if (match := pattern.search(title)) is not None
    ]
    return min(found)[1] if found else None  # "Toplantı İptali ve Anket": the first of two


def asked(body: str) -> dict[Kind, float]:
    """Weights of what a folded body asks for or offers."""
    weights: dict[Kind, float] = {}
    if _FIGURES_ASKED.search(body):
        weights[Kind.CONSULTATION] = 6.0
    if _COMMENTS.search(body):
        weights[Kind.CONSULTATION] = weights.get(Kind.CONSULTATION, 0.0) + 5.0
    if _HELD.search(body) and _REGISTER.search(body):
        weights[Kind.TRAINING] = 4.0
    return weights
