"""Reported sentences as direct ones, by tables only: "… açıldığı bildirilmektedir" → "… açıldı".

A Turkish circular reports: nominalised verbs in a row, then "is informed". What the tables surely turn into
a finite verb is turned; every other sentence stays as it was written. No suffix is ever computed: a form is
in a table or it is left alone.
"""

from __future__ import annotations

import re

_REPORT = (
    r"(?:bildiril|belirtil|ifade edil|iletil|aktarıl|kaydedil|duyurul|vurgulan|açıklan|paylaşıl|hatırlatıl)"
    r"(?:mektedir|maktadır|miştir|mıştır|muştur|müştür)"
)
_ENDING = re.compile(
    rf"^(?P<body>.+?\w(?:ğı|ği|ğu|ğü))(?:,)?\s(?:(?P<by>[^,.;:]{{3,60}}?)\starafından\s)?(?:{_REPORT})"
    r"\s?(?P<end>[.])$",
    re.DOTALL,
)

# What a past participle of an event becomes. Verbs of state ("olduğu", "bulunduğu") are not among them.
_EVENTS = (
    "açıldı", "yayımlandı", "yayınlandı", "başlatıldı", "başladı", "kabul edildi", "kaldırıldı", "uzatıldı",
    "ertelendi", "iptal edildi", "kuruldu", "duyuruldu", "ilan edildi", "imzalandı", "tamamlandı",
    "sona erdi", "yürürlüğe girdi", "yürürlüğe konuldu", "belirlendi", "değiştirildi", "güncellendi",
    "oluşturuldu", "gerçekleştirildi", "düzenlendi", "yapıldı", "karar verildi", "kararlaştırıldı",
    "hazırlandı", "onaylandı", "gönderildi", "talep edildi", "artırıldı", "düşürüldü", "yenilendi",
    "çıkarıldı", "eklendi", "sonuçlandı", "sonuçlandırıldı", "uygulanmaya başlandı", "durduruldu",
    "yükseltildi", "indirildi", "davet edildi",
)  # fmt: skip
_STATES = {
    "gerektiği": "gerekmektedir",
    "beklendiği": "beklenmektedir",
    "öngörüldüğü": "öngörülmektedir",
    "planlandığı": "planlanmaktadır",
    "amaçlandığı": "amaçlanmaktadır",
    "hedeflendiği": "hedeflenmektedir",
    "bulunduğu": "bulunmaktadır",
    "yer aldığı": "yer almaktadır",
    "devam ettiği": "devam etmektedir",
    "sürdüğü": "sürmektedir",
    "mümkün olduğu": "mümkündür",
    "zorunlu olduğu": "zorunludur",
    "gerekli olduğu": "gereklidir",
    "geçerli olduğu": "geçerlidir",
    "açık olduğu": "açıktır",
    "yürürlükte olduğu": "yürürlüktedir",
    "söz konusu olduğu": "söz konusudur",
    "yasak olduğu": "yasaktır",
    "ücretsiz olduğu": "ücretsizdir",
}
_LETTERS = {"dı": "dığı", "di": "diği", "du": "duğu", "dü": "düğü"}
_FINITE = {event[:-2] + _LETTERS[event[-2:]]: event for event in _EVENTS} | _STATES
_KNOWN = re.compile(r"(?<!\w)(?:" + "|".join(sorted(map(re.escape, _FINITE), key=len, reverse=True)) + r")$")
# -acağı/-eceği at a clause's end is a verb's future; a few nouns only look like it.
_FUTURE = re.compile(r"(?<!\w)(\w{3,}(?:acağı|eceği))$")
_NO_VERB = frozenset(("bacağı", "sacağı", "kucağı", "bucağı", "ocağı", "sıcağı", "sancağı", "çocuğu"))

# Participles that end a clause within a chain; anywhere else one is an adjective ("yapıldığı tarihte").
_PARTICIPLE = re.compile(r"\w{2,}(?:[dt][ıiuü]ğ[ıiuü]|[ae]c[ae]ğ[ıi])(?=[\s,])")

# "girmesinin öngörüldüğü", "yapılması gerektiği", "görüşlerinin talep edildiği": the subject stands right
# before its verb, and without -nın it is the nominative.
_SUBJECT_BEFORE = re.compile(r"(?P<noun>\w{2,}(?:ması|mesi|ları|leri))(?:nın|nin)?\s$")

# A subject in the genitive would have to become a nominative. These words only look like genitives.
_GENITIVE = re.compile(r"\w+(?:['’]?n?[ıiuü]n)(?=[\s,]|$)", re.IGNORECASE)
_NO_GENITIVE = frozenset((
    "için", "bütün", "ürün", "gün", "bugün", "dün", "yakın", "yarın", "uygun", "yoğun", "uzun", "altın",
    "kadın", "basın", "yayın", "sorun", "kanun", "düzgün", "seçkin", "etkin", "kesin", "zengin", "yetkin",
    "çin", "bin", "akın", "kalın", "ilişkin", "aydın", "artvin", "mersin", "samsun", "berlin", "pekin",
    "dublin", "odun", "tütün", "metin", "izin", "çetin", "kurşun", "benzin", "vitamin", "protein", "propilin",
))  # fmt: skip

# The writer of a letter, without the ablative: only where taking it off is sure.
_FROM = re.compile(
    r"^(?P<who>[^,;:]{3,110}?(?:(?:Bakanlığı|Başkanlığı|Müdürlüğü|Müşavirliği|Ataşeliği|Büyükelçiliği|"
    r"Meclisi|"
    r"Birliği|Komisyonu|Kurumu|Odası|Ajansı|Kurulu|Temsilciliği)(?=['’]?ndan |['’]?nden )|"
    r"(?:Bakanlığımız|Müşavirliğimiz|Ataşeliğimiz|Büyükelçiliğimiz|Temsilciliğimiz|Konsolosluğumuz|"
    r"Meclisimiz)"
    r"(?=dan |den )))['’]?n?d[ae]n\s(?:Birliğimize\s|Derneğimize\s|tarafımıza\s)?"
    r"(?:alınan|iletilen|gelen|gönderilen|ulaşan|intikal eden)\s(?:[\d./]+\starihli\s)?"
    r"(?:bir\s)?(?:yazıda|mesajda|e-postada|notta|bilgi notunda|bildirimde),\s(?P<rest>.+)$",
    re.DOTALL,
)
_PASSED_ON = re.compile(
    r"\b(?:atfen|atıfla|istinaden|dayanarak|dayanılarak)\b|['’]?n[ıi]n\s.*yazısı", re.DOTALL
)
# "Ticaret Bakanlığının 20.11.2026 tarihli yazısına atfen TİM’den alınan yazıda, …": the first one says it.
_VIA = re.compile(
    r"^(?P<who>[^,;:]{3,110}?(?:Bakanlığı|Başkanlığı|Müdürlüğü|Müşavirliği|Ataşeliği|Büyükelçiliği|Meclisi|"
    r"Komisyonu|Temsilciliği))['’]?n[ıiuü]n\s(?:[\d./]+\s(?:tarihli|tarih)\s)?(?:ve\s[\w/.-]+\ssayılı\s)?"
    r"yazısına\s(?:atfen|atıfla|istinaden),?\s[^,;:]{0,120}?(?:alınan|iletilen|gelen|gönderilen)\s"
    r"(?:bir\s)?(?:yazıda|mesajda|e-postada),\s(?P<rest>.+)$",
    re.DOTALL,
)

# Who wrote this letter was not sure: then the sentence keeps its own words about it.
_LETTER = re.compile(r"\b(?:yazı|mesaj|bildirim|e-posta|not|haber|rapor|duyuru)\w*[dt][ae],|\byazısında\b")

# Subjects whose nominative is known, at the beginning and before a date: "Fuarın 5 Mayıs …".
_SUBJECTS = {
    "Fuarın": "Fuar", "Toplantının": "Toplantı", "Genel Kurulun": "Genel Kurul", "Heyetin": "Heyet",
    "Seminerin": "Seminer", "Eğitimin": "Eğitim", "Webinarın": "Webinar", "Çalıştayın": "Çalıştay",
    "İhalenin": "İhale", "Konferansın": "Konferans", "Başvuruların": "Başvurular", "Etkinliğin": "Etkinlik",
    "Programın": "Program", "Kayıtların": "Kayıtlar", "Tekliflerin": "Teklifler", "Forumun": "Forum",
}  # fmt: skip
_MONTHS = "Ocak|Şubat|Mart|Nisan|Mayıs|Haziran|Temmuz|Ağustos|Eylül|Ekim|Kasım|Aralık"
_WHEN = (
    r"\s(?:tarih(?:inde|lerinde|ine|lerine|inden|leri arasında)|"
    r"(?:Pazartesi|Salı|Çarşamba|Perşembe|Cuma|Cumartesi|Pazar)?\s?gün(?:ü|leri|üne))(?!\w)"
)
_SUBJECT = re.compile(
    rf"^(?P<subject>{'|'.join(_SUBJECTS)})\s(?=(?:\d{{1,2}}(?:\s?[-–]\s?\d{{1,2}})?\s(?:{_MONTHS})(?:\s\d{{4}})?|"
    rf"\d{{1,2}}[./]\d{{1,2}}[./]\d{{4}}){_WHEN})"
)
# "Fuarın … açılışı yapılacağı": the verb has another subject, and the genitive is its owner.
_OWNED = re.compile(r"(?<!\biç)(?<!\bgün)[ıiuü]\s$")


def direct(sentence: str) -> str:
    """``sentence`` as a direct statement with its source in brackets, or unchanged where that is not sure."""
    who, rest = _writer(sentence)
    match = _ENDING.match(rest)
    if match is None or (who is None and _LETTER.search(rest)):
        return sentence
    if match["by"]:
        if who is not None or match["by"].split()[0].lower() in ("ve", "veya", "ile", "de", "da"):
            return sentence
        who = match["by"]
    body = _finite(match["body"])
    if body is None:
        return sentence
    source = f" (kaynak: {who})" if who else ""
    return _upper_first(body) + source + match["end"]


def _writer(sentence: str) -> tuple[str | None, str]:
    """Who wrote the letter and what it says; (None, sentence) when the writer's name is not sure."""
    for form in (_VIA, _FROM):
        found = form.match(sentence)
        if found and (form is _VIA or not _PASSED_ON.search(found["who"])):
            return found["who"].strip(), found["rest"]
    return None, sentence


def _finite(body: str) -> str | None:
    """The clauses of ``body`` with finite verbs; None when one of them is not sure."""
    clauses: list[str] = []
    start = 0
    for found in _PARTICIPLE.finditer(body + " "):
        after = body[found.end() : found.end() + 1]
        if after == ",":
            clauses.append(body[start : found.end()])
            start = found.end() + 1
        elif found.end() < len(body):
            return None  # an adjective, or a clause that goes on
    clauses.append(body[start:])
    turned = [_clause(clause.strip()) for clause in clauses]
    if any(clause is None for clause in turned):
        return None
    return ", ".join(clause for clause in turned if clause is not None)


def _clause(clause: str) -> str | None:
    subject = _SUBJECT.match(clause)
    if subject:
        clause = _SUBJECTS[subject["subject"]] + clause[subject.end("subject") :]
    known = _KNOWN.search(clause)
    before = clause[: known.start()] if known else clause
    own = _SUBJECT_BEFORE.search(before) if known else None
    if known and own:  # genitives before it are its own: "Taslağın yürürlüğe girmesi"
        return before[: own.end("noun")] + " " + _FINITE[known[0]]
    if any(_is_genitive(found[0]) for found in _GENITIVE.finditer(clause)):
        return None
    future = _FUTURE.search(clause)
    verb = known or future
    if subject and verb and _OWNED.search(clause[: verb.start()]):
        return None
    if known:
        return before + _FINITE[known[0]]
    if future and future[1].lower() not in _NO_VERB:
        return clause[:-2] + "k"
    return None


def _is_genitive(word: str) -> bool:
    return word.lower() not in _NO_GENITIVE


def _upper_first(text: str) -> str:
    return {"i": "İ", "ı": "I"}.get(text[:1], text[:1].upper()) + text[1:]
