"""Whose term it is: whether a counted term is something that is asked of the reader."""

from __future__ import annotations

import re

from bot.understanding.bases import Base, Told
from bot.understanding.counting import BY_OTHERS
from bot.understanding.duty import clause_after, clause_before
from bot.understanding.given import given_to_them
from bot.understanding.marks import THEY_WILL, asks
from bot.understanding.others import others_do
from bot.understanding.owed import owed_within
from bot.understanding.terms import Term, terms
from bot.understanding.weighing import RULE_OF_TERMS, weigh_terms
from bot.understanding.whose import others_act, others_term

# "- raporların altı ay içinde yenilenmesi," in a list whose verb, "gerekmektedir", stands below it.
_ITEM = re.compile(r"m(?:as[iu]|es[iu]|alari|eleri)[,;]\s*$")
_ASKED_BELOW = re.compile(
    r"[^.]*\b(?:gerekmekte|gerekir|zorunlu|sart|ongorul(?:mekte|mus)|istenmekte|beklenmekte|rica)"
)
# "5 iş günü içinde itiraz etmesi gerekmektedir": a term whose beginning is not told.
MUST = re.compile(
    r"\w* (?:\S+ ){0,3}(?:iade|itiraz|bildir|basvur|gonder|ilet|tamamla|teslim|yatir|ode|sun|ulastir|cevap|"
    r"yanit|onayla|imzala|doldur|beyan|kaydol)\w*(?: \S+){0,3} "
    r"(?:gerek|zorunlu|sart\b|rica|yukumlu|mecbur)|"
    r"\w* (?:\S+ ){0,3}(?:itiraz|gorus|yorum|basvuru|savunma|cevap|yanit)\w* "
    r"(?:\w+ )?\w*[ae]bil(?:ir|ecek|mekte)"
)
# "itiraz süresi iki gündür"
ITS_TERM = re.compile(
    r"\b(?:itiraz|basvuru|cevap|gorus|bildirim|odeme|savunma|beyan)\w*(?: (?:bildirme|verme|sunma|yapma|"
    r"iletme|gonderme))? suresi(?: ise)? (?:toplam )?$"
)
# "Eksik evrak tamamlama: tebliğden itibaren 10 iş günü"
_LABELLED = re.compile(
    r"\b(?:itiraz|basvuru|evrak|belge|cevap|cevab|yanit|gorus(?!me)|savunma|odeme|bildirim|kayit|dava|"
    r"beyan|eksiklik|duzeltme)\w*"
    r"(?: (?!gecerli)\w+){0,3}\s?[:–-]\s?[^.;:]{0,60}$"
)
_REFUNDS = re.compile(r"\b(?:iade(?:ler|ler[iu]|si)|odemeler)\b")
_REFUNDED = re.compile(r" (?:yap|gercek|ode)")
_DELIVERIES = re.compile(
    r"\b(?:teslimat|sevkiyat|(?:mal|urun|emtia|ekipman|cihaz|malzeme)(?:l[ae]r)?(?:[iu]n)? teslimi|"
    r"yuklemeler(?:in)?)"
    r"\b[^.;]{0,50}$"
)
# "45 gün içinde tescil edilecek beyannameler": the term sorts papers.
_SORTED_BY = re.compile(
    r"\w* (?:\w+ )?(?:tescil|ithal|ihrac|sevk|uret|yukle)\w*(?: edil)?(?:ec[ae]k|en|mis|il[ae]n|ilec[ae]k|"
    r"\w*[ae]c[ae]k) \w+"
    r"|[^.;]{0,110}(?:uygulanmayac|kapsam disi)"
)
# "son 12 ay içinde", "önceki üç ay içinde": a time that is over.
_TIME_GONE = re.compile(r"\b(?:son|gecen|gectigimiz|onceki|her|toplam)\s$")
# "Katılım bağlantısı seminerden bir gün önce paylaşılacaktır": sent to those who are registered.
_ACCESS = re.compile(r"\b(?:baglanti|link|giris bilgi|sifre|parola|davetiye|erisim bilgi)\w*[^.;]{0,50}$")
_SENT_OUT = re.compile(r"[^.;]{0,50}\b(?:gonderil|iletil|paylasil|bildiril|duyurul)[ae]c")
# "fuardan 20 gün önce bitmiş olmalı": a duty, whatever its verb
_MUST_BE = re.compile(
    r"[^.;]{0,60}\b(?:\w{2,}m[ae]l[iu](?:d[iu]r|y[iu]z|s[iu]n[iu]z|l[ae]r)?\b|\w{3,}m[ae]s[iu] (?:gerek|"
    r"zorunlu|sart\b))"
)
_MUST_EN = re.compile(
    r"\b(?:(?:falls?|is|are|becomes?) (?:due|payable|expected|wanted|needed)|must|should|(?:is|are) to|"
    r"ha(?:s|ve) to|needs? to|please)\b[^.;]{0,60}$"
)
# "Requests will be answered if received at least ten days before …": the reader's condition.
_UNLESS = re.compile(r"\b(?:if|provided(?: that)?|when|where|unless|only)\b")
_OPENS_TERM = re.compile(
    r"(?:within|no later than|not later than|up to|:|have|has|given|due|gives? \w+|period of|"
    r"time limit of|at least|at the latest|latest|until|by|in|no more than|not more than|more than|"
    r"\b(?:raised|lodged|submitted|filed|made|accepted|received|taken|open|possible|welcome) for)\s(?:the "
    r")?(?:next |coming )?$"
)
# "within seven months of initiation": only these words open a term that "of" links
_WITHIN = re.compile(
    r"(?:within|(?:no|not) later than|(?:no|not) more than|:|period of|time limit of)\s(?:the )?$"
)
# "Provisional duties would be imposed": what may happen
_WOULD = re.compile(
    r"(?<!\bwe )(?<!\bi )\b(?:would|might|could) (?!ask|appreciate|like|be (?:grateful|glad|happy|helpful)|"
    r"need)"
    r"[^.;]{0,60}$"
)
_THEIRS = re.compile(
    r"\b(?:measures?|dut(?:y|ies)|cases?|reviews?|investigations?|inquir(?:y|ies)|proceedings?|examinations?|"
    r"decisions?|determinations?|rulings?|findings)\b[^.;]{0,30}\b(?:must|will|shall|should|may|can|is to|"
    r"are to|"
    r"has to|have to|(?:is|are)(?: \w+)? to) (?:normally |usually )?be "
    r"(?!submitted|lodged|made|requested|filed|received|sent|reported|notified to|asked|challenged|appealed)"
    r"\w+(?:ed|n|t)\b[^.;]{0,40}$"
)
_DONE_BY_THEM = re.compile(
    r"\b(?:is|are|was|were|be|been|being) (?:then |normally |usually |generally )?(?:allocated|processed|"
    r"published|"
    r"refunded|reimbursed|granted|decided|announced|examined|assessed|evaluated|kept|stored|retained|adopted|"
    r"imposed|concluded|available|applied(?! for)|transposed)\b(?:(?!\band\b)[^.;]){0,30}$|"
    # "the report published two weeks after", "the group meets two days before"
    r"(?<!\bbe )(?<!\bbeen )\b(?:published|launched|held|created|drawn up|released|meets?|takes? place|"
    r"starts?|"
    r"begins?|opens?|arrives?|leaves?|travels?|departs?)\s$"
)
_TRANSITION = re.compile(r"\b(?:transition(?:al)?|phase-(?:in|out)|grace|validity|warranty) period of $")
_DELIVERED = re.compile(
    r"\b(?:deliver(?:y|ies)|shipments?|dispatch)\b[^.;]{0,30}\b(?:will|shall|takes?|is|are)\b[^.;]{0,40}$"
)
# "Registrants shall update their dossiers"
_SHALL = re.compile(
    r"\b(?:part(?:y|ies)|compan(?:y|ies)|firms?|exporters?|producers?|manufacturers?|importers?|"
    r"members?(?! states?)|"
    r"users?|applicants?|bidders?|tenderers?|suppliers?|registrants?|holders?|exhibitors?|participants?|"
    r"operators?|owners?)\b[^.;,]{0,20}\bshall (?!be (?:informed|notified|given|paid|exempt))[^.;]{0,90}$"
)
_PLEASE = re.compile(
    r"\b(?:please|kindly|let us know|let me know|must|should|ha(?:s|ve) to|(?:is|are) (?:to|required|asked|"
    r"requested|invited))\b"
)
_INTO_FORCE = re.compile(r"[^.;]{0,40}enter into force")
# "Proposed date of entry into force: 6 months after …"
_OF_FORCE = re.compile(r"\b(?:entry into force|adoption|validity|applicability)\b[^.;:\n]{0,20}:?\s*$")
# "The commenting phase ends 30 days after posting"
_PHASE = re.compile(
    r"\b(?:comment\w*|consultation|feedback|submission|registration|application|objection|opposition|appeals?|"
    r"nomination|public review|call|bidding)\b[^.;]{0,30}\b(?:ends?|closes?|expires?|lasts?|is|are|(?:is|are|"
    r"remains?|stays?) open for|runs? for|will (?:end|close|run for|last|be open for|remain open for|be))\s$"
)
_IS_SO_OLD = re.compile(
    r"\b(?:older|younger|longer|shorter|more recent) than\s$|"
    r"\b(?:established|founded|incorporated|registered|issued|employed|produced|active|manufactured|valid|"
    r"warranty|guarantee[ds]?)\b[^.;]{0,20}$"
)


# "seçimden on beş gün önce askıya çıkarılır", "otuz gün içinde hesaplara aktarılacaktır"
_SHOWN_OR_PAID = re.compile(
    r"[^.;,]{0,30}\b(?:askiy[ae]|ilan ed|yayi[mn]lan|acikla[nm]|duyurulac|asilac|"
    r"hesap\w*[ae] (?:aktaril|yatiril|gec|oden)\w*(?:[ae]c|[iu]r))"
)
# "Fas makamlarınca alınabileceği", "on ay içinde Bakanlıkça karara bağlanır"
_BY_AUTHORITIES = re.compile(
    r"\W{0,2}(?:\w+ ){0,3}?(?:makamlar|otoriteler|kurumlar|yetkililer|merciler)(?:[iı]nca|ca|i tarafindan) "
    r"(?!\w+ (?:isten|tale[pb]))"
)
# "heyetten bir hafta önce tarafımızca paylaşılacaktır"
_BY_US = re.compile(
    r"[^.;,]{0,60}\b(?:tarafimizca|tarafimizdan|birligimizce|dernegimizce|birligimiz tarafindan|"
    r"organizatorce) (?:\S+ ){0,4}?\w+(?:[iu]l|n)[ae]c"
)
# "elinize ulaşacaktır", "sisteme yüklenmiş olur": what others see to
_SEEN_TO = re.compile(
    r"[^.;]{0,40}\b(?:elinize|tarafiniza|sizlere|size|firmaniza|adresinize)\b[^.;]{0,40}[ae]c[ae](?:k|gi)|"
    r"[^.;,]{0,40}\wm[iu]s olur\b"
)
# "Bundan üç yıl önce başlayan": how long ago
_AGO = re.compile(r"\s(?:\w+ ){0,2}?\w{3,}(?:[ae]n|m[iu]s|[dt][iu]g\w{1,6}) (?!ol)\w")
_READER = re.compile(
    r"\b(?:firma|uye|ihracatci|ithalatci|uretici|isletme|sirket|taraf|basvuran|katilimci|yukumlu)|sahip|"
    r"\w+(?:iniz|unuz)"
)


# "Kayıt işlemi … 45 gün içinde tamamlanacaktır"
_COMPLETED = re.compile(r"\b(?:kayit|basvuru|muracaat|bildirim|beyan|tescil|odeme)\w*(?: islem\w*)?[ ,]")


def asked(told: Told) -> bool:
    """Whether the sentence asks something of the reader."""
    return asks(told.sentence) or bool(_ITEM.search(told.sentence) and _ASKED_BELOW.match(told.later))


def readers(told: Told, term: Term, base: Base, known: bool) -> bool:
    """Whether the reader has so long for something; ``known``: the sentence asks something."""
    own = told.sentence[: term.start], told.sentence[term.end :]
    judge = _english if term.english else _turkish
    rule = RULE_OF_TERMS if judge(told, term, base, known, *own) else -RULE_OF_TERMS
    if rule > 0 and (states(told, term) or (term.form == "state" and ITS_TERM.search(own[0]))):
        rule *= 2  # nothing but the length of the reader's own term
    return _odds(told, term) + rule > 0


def surely(told: Told, term: Term) -> bool:
    """Whether the words alone make a term the reader's: asked of one whose base the letter does not tell, for
    most of those are others' or nobody's."""
    return _odds(told, term) > SURE


def _odds(told: Told, term: Term) -> float:
    """The log-odds of the words around a term that it is the reader's."""
    odds = weigh_terms(told.sentence, told.earlier, told.later)
    return odds[terms(told.sentence).index(term)]


SURE = 1.5
"""Log-odds."""


def _turkish(told: Told, term: Term, base: Base, known: bool, head: str, tail: str) -> bool:
    before = told.sentence[term.base_start : term.start]
    if _TIME_GONE.search(head[-16:]):
        return False
    if _REFUNDS.search(before) and _REFUNDED.match(tail):
        return False
    if _ACCESS.search(head[-80:]) and _SENT_OUT.match(tail):
        return False
    if _BY_AUTHORITIES.match(tail) or (term.back and _BY_US.match(tail)):
        return False
    if (_SHOWN_OR_PAID.match(tail) or _SEEN_TO.match(tail)) and not MUST.match(tail):
        return False
    if base in (Base.THAT_DAY, Base.NOTHING) and term.back and _AGO.match(tail):
        return False
    if term.back:
        return not (given_to_them(tail) or _others_do(told, term)) and (
            known or bool(_MUST_BE.match(tail)) or owed_within(told.sentence, term.start, term.end)
        )
    if _SORTED_BY.match(tail) or _DELIVERIES.search(before):
        return False
    if term.form == "ends" and not _LABELLED.search(before):
        return False
    if term.form == "state":
        return bool(ITS_TERM.search(before)) or known
    if not (known or term.form == "ends" or owed_within(told.sentence, term.start, term.end)):
        return False
    if _others_do(told, term):
        return False
    theirs = base is not Base.NOTHING and BY_OTHERS.search(tail[:60])
    return not theirs or (theirs[0] == "tamamlanac" and bool(_COMPLETED.search(head[-150:])))


# "Şirketlerin genel kurul kararını … tescil ettirmesi"
_READER_OWNS = re.compile(
    r"\W*(?:\w+ ){0,2}(?:firma|uye|ihracatci|ithalatci|uretici|isletme|sirket|katilimci|"
    r"yukumlu)l[ae]r(?:imiz)?[iu]n\b"
)
# "Komite, raporunu … on gün içinde yayımlar"
_BODY_FIRST = re.compile(
    r"\W*(?:\w+ ){0,2}?(?:komite|komisyon|bakanlik|kurul|kurum|idare|juri|mahkeme|konsey|banka|birligimiz|"
    r"dernegimiz|kosgeb|tubitak)(?:,| (?!\w*(?:nun|nin)\b))"
)
_AORIST = re.compile(r"[^.;]{0,60}\b\w{3,}(?<!il)(?<!ul)(?<!n)[aeiu]r\s?(?:\.|$)")
_LAST_WORDS = re.compile(r"\s\S+(?: (?:tarih|gun)\w*)?\s*$")


def _others_do(told: Told, term: Term) -> bool:
    """Whether an authority or the association does it; "Bakanlık, görüşlerin alınmasını izleyen iki ay …":
    the subject before a comma is that of the verb, whoever stands in the base."""
    tail = clause_after(told.sentence, term.end)
    head = clause_before(told.sentence, term.start)
    if term.back:
        head = _LAST_WORDS.sub(" ", clause_before(told.sentence, term.base_end))
    if _READER_OWNS.match(head):
        return False
    if _BODY_FIRST.match(head) and _AORIST.match(tail):
        return True
    subject, comma, rest = head.partition(",")
    return others_do(head, tail) or bool(
        comma and not _READER.search(rest) and others_do(subject + comma, tail)
    )


def states(told: Told, term: Term) -> bool:
    """Whether the sentence says how long a phase is open ("The comment period is 45 days")."""
    return term.english and not term.back and bool(_PHASE.search(told.sentence[: term.start]))


def _english(told: Told, term: Term, base: Base, known: bool, head: str, tail: str) -> bool:
    if states(told, term):
        return True
    opened = (_WITHIN if term.link == "of" else _OPENS_TERM).search(head, max(0, len(head) - 30))
    if _OF_FORCE.search(head):
        return False
    must = _MUST_EN.search(head) or _SHALL.search(head)
    if not (
        known
        or (must and (term.back or must.re is _SHALL))
        or owed_within(told.sentence, term.start, term.end)
    ):
        return False
    lead = head[: opened.start()] if opened else head
    if _DONE_BY_THEM.search(lead) or _TRANSITION.search(head):
        return False
    if _WOULD.search(head) or _THEIRS.search(head) or _DONE_BY_THEM.search(head) or _DELIVERED.search(head):
        return False
    if not opened and not term.back and not (term.link != "of" and must):
        return False
    if _INTO_FORCE.match(tail) or _IS_SO_OLD.search(head):
        return False
    if not must and THEY_WILL.search(_UNLESS.split(head)[-1][-80:]):
        return False
    if term.back:
        return not given_to_them(tail)
    if not term.link and not _PLEASE.search(head):
        return False
    return not (others_act(head[-240:]) or others_term(head[: opened.start() if opened else None][-90:]))
