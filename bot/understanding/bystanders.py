"""Days beside an event's name that no reader attends: of institutions, of papers or what begins."""

from __future__ import annotations

import re

# "The Council is expected to adopt its position at its meeting on …": no reader attends that.
_INSTITUTION_ACTS = re.compile(
    r"\b(?:council|commission|parliament|committee|ministers|government|member states|"
    r"college|board)\b[^.;]{0,60}\b(?:adopt|"
    r"vote|decide|discuss|endorse|approve|debate)\b[^.;]{0,60}$|"
    r"\b(?:member state committee|council|parliament|college)\b,? (?:which )?(?:next )?(?:meets|"
    r"will meet|sits)\b[^.;]{0,20}$"
)
# "held in Istanbul on 5 November": over, though without a year the day would be read as the next one.
_WAS_HELD_ON = re.compile(
    r"\b(?:(?:was|were) (?:held|organi[sz]ed|launched)|took place)\b[^.;,]{0,50}\bon (?:[a-z]+day,? )?$"
)
# "son başvuru günü 31 Mart olarak belirlenmişti": its name tells what ends on it.
_LAST_DAY_IS = re.compile(
    r"\bson (?:basvuru|kayit|teklif|gorus|tale[pb]|odeme|muracaat|bildirim|katilim)\w*(?: \w+)? "
    r"(?:gun|tarih)\w*(?: ise)?:? $"
)
# "Listeler 8 Aralık’ta ilan edilecek, genel kurul 17 Aralık’ta …": that day's own verb.
_MADE_KNOWN = re.compile(
    r"^'?[a-z]{0,4}(?: tarih\w*| gun\w*)?(?: (?!canli)\w+){0,3} (?:ilan edil|duyurul|aciklan|bildiril|"
    r"iletil|gonderil|sunul|basima|"
    r"(?<!canli )yayimlan|"
    r"paylasil|askiya|kesinlestiril)\w*[ae]c"
    r"|^'?[a-z]{0,4}(?: tarih\w*| gun\w*)?(?: \w+){0,3} (?:tamamlan|sonuclan|yayimlan|aciklan)m[ae]s"
)
# "listesi 20-26 Mart günlerinde Genel Sekreterlikte … ilan edilecektir": a paper is shown.
_PAPER = re.compile(
    r"\b(?:liste|cizelge|cetvel|sonuc|rapor|tutana[gk]|kayitlar|belge|gundem|bilanco|butce|fihrist|taslak|"
    r"defter)"
    r"(?:l[ae]r)?(?:i|si|u|imiz)?(?: ise)?,? $"
)
_SHOWN = re.compile(
    r"[^.;]{0,110}?\b(?:ilan edil|duyurul|acikla|askiya|askida|yayimlan|incelem|goruntulen|gorul|"
    r"paylasil|asil)\w*"
)
# "5 Mayıs 2027 tarihinde İttifak’ı faaliyete geçirdiği …": what somebody did on the day.
_DID = re.compile(
    r"^(?:'?[dt][ae]\b| tarihinde| gunu)(?:(?!acag|eceg|acak|ecek|"
    r"m[ae]s)[^.;,]){0,90}?\b(?P<stem>\w+?)(?:[dt][iu]g)i\b"
)
_PLANNED = (
    "planlan",
    "ongorul",
    "hedeflen",
    "kararlastiril",
    "belirlen",
    "duyurul",
    "bildiril",
    "dusunul",
    "ol",
)
# "put back from 21 January to 11 February": that day is no beginning.
_SHIFTED = re.compile(
    r"(?:moved|put|postponed|rescheduled|shifted|brought|changed|delayed|"
    r"deferred)\b[^.;]{0,30} from $"
)
# "from 14 June 2027 ECHA will run completeness checks": a state begins.
_FROM_DAY = re.compile(r"\b(?:from|as of|starting)(?: on)?(?: [a-z]+day,?)? $")


# "The delegation leaves Istanbul on 18 January": a journey.
_LEAVES = re.compile(
    r"\b(?:leaves?|departs?|sets? off|flies|fly out|travels? back)\b[^.;,]{0,40}\bon (?:[a-z]+day,? "
    r")?(?:the )?$"
)


# "A technical visit … leaves on 9 May": whom it takes along attends it.
_OUTING = re.compile(r"\b(?:visits?|tours?|excursions?|trips?|cruise|walk)\b[^.;]{0,80}$")
# "Eğitim birimimiz 1-5 Mart’ta kapalı olacak", "our training room is closed on": nothing takes place.
_SHUT = re.compile(
    r"^'?(?:[dt][ae])?(?: (?:tarih|gun)\w*)?(?: (?:arasi\w*|boyunca|"
    r"suresince))?(?: [a-z]+){0,3} (?:kapali(?:dir|yiz)?\b|hizmet ver(?:m[ae]y|ilm[ae]y|"
    r"em[ae]y)|calis(?:m[ae]y|amay)|tatil (?:ed|ol)|izinli)|"
    r"^,? (?:[a-z]+ )?(?:is|are|will be|remains?|will remain|stays?) (?:closed|shut|unavailable|offline)\b"
)
_IS_SHUT = re.compile(
    r"\b(?:is|are|be|remains?|stays?) (?:closed|shut|unavailable|offline) (?:on|from|between|"
    r"during) (?:[a-z]+day,? )?(?:the )?$"
)


def nobody_attends(before: str, after: str, ranged: bool) -> bool:
    """Whether the words around a day tell of something else than an event to come.

    ``before`` and ``after`` are the folded words of its sentence up to the next day, ``ranged`` tells days
    from to.
    """
    if _INSTITUTION_ACTS.search(before[-130:]) or _WAS_HELD_ON.search(before[-80:]):
        return True
    if _SHUT.match(after) or _IS_SHUT.search(before[-60:]):
        return True
    leaves = _LEAVES.search(before[-80:])
    if leaves and not _OUTING.search(before[: max(0, len(before) - 80) + leaves.start()]):
        return True
    if _LAST_DAY_IS.search(before[-50:]):
        return True
    if _PAPER.search(before[-40:]) and _SHOWN.match(after):
        return True
    if _MADE_KNOWN.match(after) or _told_as_done(after):
        return True
    begins = not ranged and _FROM_DAY.search(before[-30:]) and not _SHIFTED.search(before)
    return bool(begins) and not re.match(r",? (?:to|until)\b", after)


def _told_as_done(after: str) -> bool:
    found = _DID.match(after)
    return found is not None and not found["stem"].endswith(_PLANNED)
