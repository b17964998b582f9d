"""What a notice does to something announced before, told in plain words: "is off", "bir hafta daha vakit"."""

from __future__ import annotations

import re

from bot.domain.notice import Status

# An event in the form of a subject or an object: it is what is spoken of, and not where.
_EVENT_TR = (
    r"(?:fuar|heyet|toplanti|genel kurul|seminer|webinar|egitim|calistay|kurs|sinav|konferans|panel|forum|"
    r"zirve|kongre|gezi|ziyaret|etkinli[kg]|yeme[kg]|gala|resepsiyon|bulusma|oturum|lansman|atolye|bilgilendirme|"
    r"organizasyon|sempozyum|tanitim gunu|program)"
    r"(?:i|u|si|su|imiz|umuz|miz|muz|lari|leri|larimiz|lerimiz)?"
    r"(?:ni|nu|yi|yu|nin|nun|in|un|i|u)?(?= |,)"
)
_EVENT_EN = (
    r"\b(?:trip|tour|visit|mission|dinner|gala|reception|lunch|breakfast|party|fair|meeting|assembly|session|"
    r"workshop|webinar|seminar|course|training|conference|event|summit|hearing|congress|briefing|exhibition)\b"
)
_OWN_PAPER = (
    r"(?:sirkuler|duyuru|yazi|bulten|mesaj|mektub|mektup|e-?posta|ilan)(?:\w*m[iu]z|\w*n[iu]n|\w*nda)"
)
_PAPER = r"\b(?:circular|letter|notice|e-?mail|newsletter|message|announcement|mailing)\b"
_NUMBER = r"(?:bir|iki|uc|dort|bes|alti|yedi|sekiz|dokuz|on|on bes|yirmi|otuz|\d{1,2})"
_MORE_EN = (
    r"(?:another|an? (?:extra|additional|further)|"
    r"(?:one|two|three|four|five|six|seven|ten|\d{1,2}) (?:more|extra|additional|further))"
)
_NOT_HELD = r"(?:yapil|duzenlen|gerceklestiril|toplan)[ae]?m[ae]y[ae]c"
_WHY = (
    r"(?:nedeniyle|sebebiyle|yuzunden|dolayi|dolayisiyla|\w+[dt][iu]g[iu] icin|uzerine)"
    r"(?:,? (?:bu|artik) (?:yil|sene|defa|kez|ay))?"
)
_SEASON = (
    r"(?:(?:ilk|son)?bahar|yaz|guz|kis|ay|yil|ocak|subat|mart|nisan|mayis|haziran|temmuz|agustos|eylul|"
    r"ekim|kasim|aralik|hafta)"
)
_PUT = r"(?:al|kaydir|ertele|birak|sark|kal|tasi|otele)(?:in|il|n)?(?:di|dik|mis|yor|tik|ti)"

PLAINLY = {
    Status.CORRECTION: re.compile(
        rf"{_OWN_PAPER}[^\n]{{0,200}}(?:\n[^\n]{{0,200}}){{0,12}}?\b(?:olarak|seklinde|biciminde) "
        r"(?:oku|anlasil)(?:n?ma|n?mal|n?acak|yun|nus)\w*|"
        rf"{_OWN_PAPER}[^\n]{{0,200}}\b(?:ibare|ifade|cumle|satir)\w*[^\n]{{0,80}} olarak dikkate alin|"
        rf"{_PAPER}[^\n]{{0,160}}\b(?:is|are|must|should|to) (?:to )?be (?:read|understood) as\b|"
        rf"{_PAPER}[^\n]{{0,160}}\bfor [^\n]{{1,60}} (?:please )?read\b"
    ),
    Status.CANCELLED: re.compile(
        rf"{_EVENT_TR}[^.;\n]{{0,90}}\biptal ol(?:du|mus)(?!sa)"
        r"(?!\w*[;,] (?:diger|oteki|obur|kalan|ikinci|birinci))|"
        rf"{_EVENT_TR}[^.;\n]{{0,140}} {_WHY} {_NOT_HELD}|"
        rf"{_EVENT_TR}[^.;\n]{{0,140}}\b(?:yapa|duzenleye|gerceklestire)m"
        r"(?:(?:ayacag|eyeceg)i(?:z|miz)|iyoruz)|"
        rf"{_EVENT_TR}[^.;\n]{{0,60}}\b(?:programdan|takvimden) cikar(?:ildi|ilmis|dik)|"
        rf"{_EVENT_EN}[^.;\n]{{0,120}}\b(?:is|are) off"
        r"(?=[,.;)]|$|\n| since| because| as | due| owing| for now)|"
        rf"{_EVENT_EN}[^.;\n]{{0,90}}\b(?:(?:is|are) not|isn.?t|aren.?t|won.?t be) "
        r"(?:going ahead|happening|taking place)|"
        rf"{_EVENT_EN}[^.;\n]{{0,60}}\bha(?:s|ve) fallen through"
    ),
    Status.POSTPONED: re.compile(
        r"\b(?:fuar|heyet|toplanti|seminer|webinar|gezi|ziyaret|calistay|kongre|zirve)\w*"
        r"(?: takvimi| gunleri| gunu| "
        r"tarihi| tarihleri)(?: \w+)? (?:degisti|degismis|yenilendi|yenilenmis)|"
        r"\byeni gun(?:ler)?(?:i|u|imiz|umuz)?,?:? (?:ise )?\d{1,2}[ –./-]|"
        rf"{_EVENT_TR}[^.;\n]{{0,90}}\b{_SEASON}\w* (?:sonu|basi|ortasi|ayi|donemi)n[ae] {_PUT}"
    ),
    Status.EXTENSION: re.compile(
        rf"\b{_NUMBER} (?:hafta|gun|ay|is gunu)(?:lik)? (?:daha|ek|ilave) (?:vakit|sure|zaman) "
        r"(?:ver|tani|ekle|kazan)(?:il|n|di|r)?(?:di|mis|dik|iyor|tir|tik)|"
        r"\b(?:gave|gives|giving|given|granted|grants|has|have|allowed)\b[^.;\n]{0,50} "
        rf"{_MORE_EN} (?:days?|weeks?|fortnight|months?) (?:to|for) (?:apply|register|reply|"
        r"respond|comment|submit|send|answer|sign|complete|return|fill)|"
        r"\b(?:son (?:\w+ )?(?:gun|tarih)|(?:basvuru|kayit|tale[pb]|gorus|teklif)\w* (?:tarih|sure))\w*"
        r"[^.;\n]{0,60}'[yn]?[ae] (?:al|cek|kaydir|tasi|ertele|otele)(?:in|il|n)?(?:di|mis|dik|yor|tik)|"
        r"\b(?:rica etmis|istemis|beklemis|belirtmis|duyurmus|bildirmis|demis|yazmis|soylemis)tik\b"
        r"[^\n]{0,220}?"
        r"(?:kadar|dek|degin) (?:\w+ )?(?:acik|alinmaya|alinacak|kabul|devam|doldurulab|gonderileb|"
        r"yanitlanab|bekli)"
    ),
}
# What is not applied for: a rule's transition, a permit that stays in force.
_NO_TERM = re.compile(
    r"\b(?:gecis|uyum|stok|ruhsat|lisans|belge|izin|izn|kullanim|garanti|vade)\w*[^.;]{0,60}$"
)


def says_plainly(status: Status, body: str) -> re.Match[str] | None:
    """Where a folded text says so."""
    match = PLAINLY[status].search(body)
    if (
        match
        and status is Status.EXTENSION
        and _NO_TERM.search(body[max(0, match.start() - 90) : match.start()])
    ):
        return None
    return match
