"""What a notice does to something announced before."""

from __future__ import annotations

import re
from itertools import islice

from bot.domain.notice import Status
from bot.understanding.branches import words
from bot.understanding.fold import fold
from bot.understanding.marks import joined_dots
from bot.understanding.plainstatus import says_plainly

_STATUS = (
    (Status.CORRECTION, re.compile(r"\bduzeltme|sehven|tashih|corrigendum|\bcorrection\b|"
                                   r"(?:hatali|yanlis)(?:likla)? (?:(?:olarak|sekilde|bicimde) )?"
                                   r"(?:[^ .;]+ ){0,5}?(?:yazil|bildiril|verilmis|belirtil|gecmis|yer al|"
                                   r"goster|duyurul|"
                                   r"ilan ed|paylas|basil|girilmis|aktaril|cikmis|sunul|yazm|vermis(?:iz|"
                                   r"ti[mk])|"
                                   r"vermisim|verdik|bildirmis(?:iz|tik)|bildirdik|duyurmus|duyurduk|"
                                   r"hesapla|anlasil)|"
                                   r"\b(?:yaz|ver|bildir|duyur|de|goster|belirt|unut|karistir|atla|gecir|"
                                   r"gir|kullan|koy)m[iu]s[iu]z\b|"
                                  r"\b(?:rakam|tarih|saat|yazim|baski|dizgi|imla|"
                                  r"tutar)(?: \w+)? hata(?:si|lari|miz)\b|\bduzelt(?:iyoruz|"
                                  r"tik)\b|"
                                  r"\b(?:yanlis|hatali|eksik)(?:ti|ydi)\b|"
                                  r"\b(?:wrong|incorrect|mistaken|outdated|erroneous) (?:date|day|hour|"
                                  r"time|link|address|figure|number|amount|"
                                  r"price|code|name|deadline|file|version|e-?mail|year|rate|table|annex)|"
                                  r"\bby mistake,? we\b|\b(?:typing|printing|clerical|typographical) error|"
                                  r"\blink\b[^.;]{0,40}\b(?:was broken|did not work|didn't work|not working)|"
                                  r"\b(?:link|baglanti)\w*[^.;]{0,30}(?:calismiyordu|acilmiyordu|bozuktu|"
                                  r"calismamis)|"
                                  r"\bhata (?:bizde|bize ait|bizim)|\bdogrusu\b|"
                                   r"\b(?:hata|yanlislik) (?:yap(?:tik|mis(?:iz|tik)|ilmis)|olmus(?!sa)|"
                                   r"vardi|varmis)|"
                                   r"\bshould (?:have )?read:? [\d\"'“(]|\bwe (?:got|gave|printed|wrote|"
                                   r"put|stated|published) [^.;]{0,40}(?:wrong|incorrect)|"
                                   r"\b(?:our|a) (?:mistake|typo|slip|typing error)\b|"
                                   r"\b(?:mistake|error|slip) (?:is|was) ours\b|"
                                   r"dogru tarih|duzeltil|\berrat(?:um|a)\b|"
                                   r"\battention to an? (?:error|mistake)\b|\ban? (?:error|"
                                   r"mistake) (?:\w+ ){0,3}"
                                   r"in (?:the|our)\b|"
                                   r"(?:was|were) (?:wrong|incorrect|misprinted|misstated)\b")),
    (Status.CANCELLED, re.compile(r"\biptal(?:i|ine| edil|inden)?\b(?! (?:hal|durum)in|\w* (?:hal|"
     r"durum)in| edilmesi (?:hal|durum))|cancel+(?:led|ed|ation)|yapilmayacak|"
                                  r"gerceklestirilmeyec|duzenlenmeyec|vazgecil(?:mis|di)|called off\b|"
                                  r"\biptal (?:etti|etmis(?!se)|ediyor|etmek zorunda|ettig)|\biptal\W*$|"
                                  r"(?:yap|duzenle|gerceklestir)\w{0,4}m[iu]yor|"
                                  r"(?:yapil|duzenlen|gerceklestiril)[ae]m[ae]yac|\b(?:fuar|heyet|"
                                  r"etkinli[kg])\w*[^.;]{0,30}(?:git|"
                                  r"katil)m[iu]yoruz|"
                                  r"gerceklesmeyec|"
                                  r"gerceklesmiyor|"
                                  r"\bwill not (?:now )?(?:happen|run)\b|"
                                  r"\b(?:is|was|are|has been|have been) (?:scrapped|dropped|axed)\b|"
                                  r"vazgect(?:i|ik|iler)\b|\b(?:is|are) off\b(?! ?(?:the|from))|"
                                  r"will (?:not|no longer) (?:take place|be held|go ahead)")),
    (Status.POSTPONED, re.compile(r"ertelen|ertelem|\bertele(?:di|y[ei]|mis|dig)|postpone|"
                                  r"\b(?:sonra|ileri|(?:son|ilk)?bahar|yaz|guz|kis|ocag|subat|mart|nisan|"
                                  r"mayis|"
                                  r"haziran|temmuz|agustos|eylul|ekim|kasim|"
                                  r"aralig|hafta|ay|yil|sene|donem)(?:sina|ya|ye|a|e|ina|una) (?:kal|"
                                  r"birak|sark|at|kay|al)(?:di|mis|il|iyor|tik|indi|inmis|dik)|"
                                  r"\botele(?:dik|di\b|niyor|nmis|nmekte|yoruz)|"
                                  r"\b(?:ileri|baska|sonraki) bir (?:gune|haftaya|aya|zamana|"
                                  r"tarihe) (?:kal|birak|"
                                  r"al|at|tasi|kaydir)|\binstead be held\b|\bheld (?:\w+ ){0,8}instead\b|"
                                  r"\bwill be (?:later|a week later)\b|\bdelayed (?:to|until|by)\b|"
                                  r"(?:ileri|baska|daha sonraki) bir tarihe|"
                                  r"\b(?:ileri|ileriye|one) (?:bir tarihe )?alin|tarih degisikligi|"
                                  r"kaydiril(?:mis|di)|otelen(?:mis|di)|\b(?:tarihine|tarihlerine|gunune) "
                                  r"(?:alin|cekil|birakil)(?:mis|di)|"
                                  r"'[yn]?[ae] (?:alin|cekil|birakil)(?:mis|di)|\btarih(?:i|"
                                  r"leri) degis(?:ti|mis)|"
                                  r"\byeni tarih|rescheduled|(?:\bbeen|\bis|\bwas|\bbe|\bare|\bwere|"
                                  r"workshop|meeting|"
                                  r"fair|webinar|assembly|session|event|seminar|conference) moved\b|"
                                  r"put (?:off|back)|brought forward|\bdeferr(?:ed|al|ing)\b(?! (?:pay|"
                                  r"tax|dut))|"
                                  r"\bmoved to (?:the )?(?:spring|summer|autumn|winter|next|"
                                  r"an? (?:later|new)|(?:early |"
                                  r"mid-?|late )?(?:january|february|march|april|may|june|july|august|"
                                  r"september|"
                                  r"october|november|december|20\d\d))\b|"
                                  r"will now (?:take place|be held)|\bnew date\b|"
                                  r"\b\d{1,2} [a-z]{4,8}(?: 20\d\d)?(?: [a-z]{4,9})? yerine \d{1,2} "
                                  r"[a-z]{4,8}\b|"
                                  r"20\d\d(?: (?:tarihi|gunu|[a-z]{4,9}|saat|"
                                  r"\d\d[.:]\d\d)){0,4} yerine \d{1,2}[ ./]\w[^;]{0,90}"
                                  r"(?:yapilac|duzenlenec|gerceklestirilec|toplanac)|"
                                  r"tarih(?:i|leri)?(?: [\w-]+){0,6} (?:olarak degis|degistirilmis)")),
    (Status.EXTENSION, re.compile(
        r"\b(?<!gecis icin )(?<!uyum icin )(?:ek|ilave) sure(?=\W*$|\W+(?:hk\b|hakkinda))|"
        r"\b(?<!gecis icin )(?<!uyum icin )(?:ek|ilave) sure (?:\w+ ){0,2}(?:verilmis|verildi|verilen|"
        r"taninmis|"
        r"tanindi|taninan|eklenmis|eklendi|belirlen)|"
        r"\btakvim\w*(?: \w+){0,3} (?:degistiril|guncellen|yenilen|revize)[^;]{0,200}(?:basvuru|proje|"
        r"kayit|tale[pb]|"
        r"gorus|teklif|anket)\w*|"
        r"\bson (?:basvuru|kayit|teklif|gorus)\w*(?: \w+)? (?:tarihi|gunu)[^.;]{0,60}olarak (?:guncellen|"
        r"degistiril|revize|yeniden belir)|"
        r"(?:basvuru|kayit|gorus|teklif|talep|anket)\w* [^.;]{0,60}(?:sona er|dol|kadar|"
        r"son gun)[^.;]{0,90}(?:duyurul|bildiril|"
        r"belirtil|ilan edil)(?:mustu|misti)\.[^.;]{0,220}(?:kadar|dek) |"
        r"(?:basvuru|kayit|gorus|son|teklif|katilim|bildirim|talep|beyan|on talep)\w*(?: \w+){0,6} (?:sure|"
        r"tarih)\w*(?: \w+){0,8} uzat|sure(?:si|nin|sinin|leri)? uzat(?!\w* (?:tale[pb]|istem))|uzatilmistir|"
        r"(?:sure|son (?:basvuru|kayit|gun)|tarih)\w*[^.;]{0,120}uzat(?:il(?:mis|di)|tig|mis)|"
        r"\bdaha acik\b|\bacik birak(?:iyoruz|tik)|\bsure(?:ye|sine|"
        r"mize) (?:\w+ ){1,3}ekle|"
        r"\bartik [^.;]{0,40}kadar (?:vakt|sure|zaman)\w*niz var|\bsure\w*[^.;]{0,60} uzat(?:tik|ti\b|iyor)|"
        r"\b(?:moved|pushed|shifted) (?:back )?(?:the|its|our) (?:\w+ )?(?:closing (?:date|time)|deadline|"
        r"last day)|"
        r"\b(?:an?|one|two|three|four|\d+) (?:more )?(?:days?|weeks?|months?) longer\b|"
        r"\b(?:sure|donem|basvuru|kayit|muracaat)\w*(?: \w+){0,5} uza(?:di|mis|yacak|tti|tiyor|tildi)|"
        r"\bnew (?:deadline|closing date|closing time|last day|cut-?off(?: date)?) (?:is|for)\b|"
        r"\byeni son (?:gun|tarih|basvuru|kayit)|\b(?:bir|iki|uc|\d+) (?:hafta|gun|ay) daha (?:sure|zaman|"
        r"vakit)|"
        r"\b(?:daha|biraz daha) (?:sure|zaman|vakit)(?:iniz)? var|\bsureye \w+ (?:gun|hafta|"
        r"ay) (?:daha )?ekle|"
        r"\bek sure (?:verdi|tanidi|aldik)|"
        r"\b(?:one|two|three|four|five|six|ten|\d+) more (?:days|weeks?|months?)(?= to (?:apply|register|"
        r"reply|"
        r"respond|comment|submit|send|answer|sign)|\W*$|$)|"
        r"\bwill now be accepted (?:until|up to|till)|\b(?:kept|keep(?:s|ing)?|left|leav(?:es?|"
        r"ing)) (?:the|its|our|"
        r"this) (?:\w+ ){1,3}open\b|"
        r"\b(?:prolong|lengthen)(?:s|ed|ing)? (?:its|the|our) (?:\w+ ){0,2}(?:call|consultation|deadline|"
        r"registration|feedback|"
        r"survey|window)|\b(?:stays?|remains?) open (?:(?:\w+ ){1,2})?longer\b|\bnow (?:stays?|"
        r"remains?) open\b|"
        r"\byou now have (?:until|till)|"
        r"\b(?:more|additional|extra) (?:days|weeks?|months?) to (?:apply|register|reply|respond|comment|"
        r"submit|send)|"
        r"\b(?:closes?|closing|ends?|due|expires?|open)\b[^.;]{0,40} instead of \d|"
        r"\b(?:registration|application|deadline|call|consultation|submission|survey|window|"
        r"period)\w*(?: \w+){0,8} "
        r"(?:lengthened|prolonged)\b|"
        r"(?:prolonged|lengthened) (?:its|the|our) (?:[a-z]+ )?(?:call|consultation|deadline|registration|"
        r"feedback|survey)|"
        r"more time (?:to|for) (?:apply|register|reply|respond|comment|give|submit|send|your)|"
        r"\bextend(?:s|ing)? (?:the|its|our) (?:\w+ )?(?:deadline|call|consultation|registration|"
        r"closing date|time limit)|"
        r"deadline\w*(?: \w+){0,14} (?:extended|prolonged|pushed back|put back|moved)|"
        r"extension of the deadline|extended the (?:\w+ )?(?:call|consultation|deadline|registration|"
        r"application)|"
        r"yerine \d{1,2}[ ./]\w[^;]{0,60}(?:kadar |dek |kapan|sona er|bitecek)|"
        r"(?:basvuru|kayit|tale[pb]|gorus|teklif|yanit|anket)\w*[^.]{0,90}(?:kadar|dek|degin) (?:\w+ )?"
        r"(?:alinmaya|kabul edilmeye|yapilmaya|toplanmaya|verilmeye) devam ed|"
        r"\b(?:closing (?:date|time)|deadline|cut-?off|last day)\b[^.;]{0,80}\b(?:deleted and replaced|"
        r"replaced|amended|"
        r"changed|substituted|revised|shall (?:now )?read|now reads?)\b[^.;]{0,30}\b\d{1,2} [a-z]{3,9}\b|"
        r"extended (?:until|to) |(?:registration|"
        r"application|deadline|call|consultation|submission)\w*"
        r"(?: \w+){0,8} extended\b|extended (?:deadline|registration|application|call)|"
        r"(?:deadline|time limit) extension|(?:sure|tarih)\w*(?: \S+){0,12} (?:cekil|otelen)(?:mis|dig|di)"
    )),
)  # fmt: skip
_MEASURE = re.compile(r"onlem|vergi|damping|duty|duties|measure|kontenjan|muafiyet|yururluk sure|lisans")


_EVENT = words(
    r"toplanti|genel kurul|fuar|heyet|webinar|seminer|egitim|calistay|konferans|basvuru|gorus|kayit|meeting|"
    r"assembly|session|workshop|hearing|\bfair|conference|training|deadline|ihale|tender|\bkurs|sinav|"
    r"etkinli[kg]|forum|zirve|kongre|panel|lansman|sempozyum|oturum|bulusma|gezi|ziyaret|tanitim gun|"
    r"kampanya|\bshow\b|\bexpo\b|go-?live|change-?over|switch-?over|devreye al|kullanima acil|launch|"
    r"summit|seminar|course|\bevent|mission|exhibition|\bvisit|congress|briefing|round ?table"
)


_NOT_EXTENDED = re.compile(
    r"\w*[^.;]{0,24}(?:soz konusu (?:degil|olma)|mumkun (?:degil|olma)|tale[pb]|istem|yapilmayac|edilmeyec)|"
    r"\w*mayac"
)
_NO_EVENT = re.compile(
    r"(?:yururlu|zorunlulu|uygula|teslimat|odeme|vade|tahsilat|borc|alacak|vergi|prim|gecis|sevkiyat|uretim)"
    r"\w*(?: \w+){0,3} $|\b(?:emir(?!lik)|emri|kanun|yasa(?![dmnk])|yasanin|yonetmeli[kg]|tuzu[kg]|kararname|"
    r"standart)\w*(?: [\w'.]+){0,5} $"
)


_TERM_NAMED = re.compile(
    r"basvur|kayit|sure|teklif|gorus|talep|katilim|beyan|bildirim|anket|istisare|muracaat|son (?:gun|tarih)"
)
# What is prolonged in time, and is no time to apply in: "geçici ruhsatların süresi uzatılmıştır".
_OF_A_PERMIT = re.compile(
    r"\b(?:ruhsat|lisans|belge|sertifika|izin|izn|muafiyet|gecis|gecerlilik|yururluk|kredi|vade|sozlesme|"
    r"pasaport|kullanim|kullanma|satis|stok|uyum|bulundurma|"
    r"vize|garanti|teminat)\w* (?:\w+ )?$"
)
_NOT_HELD = re.compile(
    r"yapil(?:[ae]?m[ae])yac|gerceklestiril(?:e?me)yec|duzenlen(?:e?me)yec|gerceklesmeyec|\w+m[iu]yor|"
    r"will not|(?:is|are) off"
)
# "… will not be held on 5 May as planned. It has been moved to 9 June",
# "… yapılmayacak, 12 Mayıs’ta düzenlenecektir": it is held on another day.
_HELD_INSTEAD = re.compile(
    r"[^.;]{0,140}[.;]?\s?(?:(?:a|the) )?new dates?\b[^.;]{0,80}\b(?:announced|communicated|shared|"
    r"discussed|confirmed|"
    r"published|notified)\b|"
    r"[^.;]{0,140}[.;]?\s?yeni (?:tarih|takvim|gun)\w*[^.;]{0,60}\b(?:duyurul|bildiril|aciklan|ilan edil|"
    r"paylasil|"
    r"belirlen)\w*[ae]c|"
    r"[^.;]{0,140}[.;]?\s?(?:(?:it|the \w+) (?:has been moved|was moved|will (?:now |"
    r"instead )?(?:take place|be held)|is (?:now )?"
    r"to (?:take place|be held)|is now (?:planned|scheduled))|new date\b)[^.;]{0,80}\b(?:\d{1,2} [a-z]{3,9}|"
    r"[a-z]{3,9} \d{1,2})\b|"
    r"[^.;]{0,60}[,;]? (?:and|but|it) [^.;]{0,20}will (?:now |instead )?(?:take place|be held) [^.;]{0,30}\d|"
    r"\w*[ ,;][^.;]{0,50}\b\d{1,2}(?:[./]\d{1,2}[./]20\d\d| [a-z]{4,8})\b[^.;]{0,60}(?:yapilac|"
    r"duzenlenec|gerceklestirilec|"
    r"gerceklesec|toplanac)"
)
# "Kontrol yapılmıyor": no event that is off.
_NO_EVENT_OFF = re.compile(
    r"(?:kontrol|denetim|ithalat|ihracat|islem|odeme|kesinti|teslimat|tahsilat|iade|kayit|ceviri|ikram|yayin|"
    r"tebligat|indirim|duyuru|analiz|test|beyan|basvuru)\w*(?: \w+){0,2} $"
)
# Said of an event or of nothing else: needs no other sign of it.
_SURE_CANCELLED = re.compile(
    r"iptal (?:et|ediyor)|vazgect|will not|scrapped|dropped|axed|\w+m[iu]yor|gerceklesm|(?:is|are) off"
)
_WRONGS = ("wrong", "incorrect", "mistaken", "outdated", "erroneous", "yanlist", "hataliy", "eksikt")
_CORRECTED = re.compile(
    r"sehven|duzeltilmis|duzeltil|dogru tarih|duzeltme(?:si|ye)|corrigendum|correction|hatali|yanlis|"
    r"errat|wrong|"
    r"incorrect|misprint|misstat"
)
_IS_CANCELLED = re.compile(
    r"iptal (?:etti|etmis|ediyor|etmek zorunda)|iptal edil(?:mis|dig)|vazgecil|called off|will (?:not|"
    r"no longer)|iptali(?! (?:hal|durum)in)|"
    r"has been cancel|is cancel|was cancel|yapila?mayac|duzenlene?meyec|gerceklestirile?meyec"
)
_CLOSES = re.compile(
    r"(?:[^.;]|\.(?=\d)){0,60}(?:kapan|sona er|bitecek|kadar|dek\b|son gun|son tarih|dolacak)"
)
# What was wrong is an earlier paper, and not what firms fill in.
_WRONG_PAPER = re.compile(
    r"sirkuler|mesaj|duyuru|yazimiz|ilan|bulten|e-?posta|\bmail|circular|notice|letter|message|e-?mail|"
    r"newsletter|"
    r"announce|\bwe (?:gave|sent|wrote|published)|right (?:one|date|address)|correct (?:one|date|address|"
    r"figure)"
)
# "Kayıt iptali için son gün", "Cancellation terms": what the reader may cancel.
_READER_CANCELS = re.compile(
    r"\w*(?: edilmesi| etmek)? (?:icin|kosul|sart|ucret|hakki|hakkiniz|bedel|sure|tale[pb]|islem|prosedur)|"
    r" (?:terms|policy|fees?|conditions|rules|rights?|deadline|charges?|insurance)\b"
)
# What is cancelled and is no event: "ek vergi iptal edildi", "12 kaydı iptal etti".
_NO_EVENT_CANCELLED = re.compile(
    r"\b(?:kayd|kayit|ruhsat|lisans|belge|sertifika|verg|yukumlulu|onlem|muafiyet|teblig|yonetmeli|"
    r"teminat|izin|izn|"
    r"uyeli|genelge|kararname|madde|beyanname|pasaport|vize|yetki|registrations?|licen[cs]es?|permits?|"
    r"dut(?:y|ies)|"
    r"certificates?|approvals?)\w*(?: (?:has|have|was|were|been|is|are|hakkini|islemi))* $"
)
_SURE_CORRECTION = re.compile(
    r"by mistake|(?:typing|printing|clerical|typographical) error|link|baglanti|"
    r"attention to|an? (?:error|mistake)|\w+m[iu]s[iu]z|duzelt|(?:rakam|tarih|saat|yazim|baski|dizgi|"
    r"imla|tutar) |hata |yanlislik |dogrusu|"
    r"should|we (?:got|gave|printed|wrote|put|stated|published)|(?:our|a) |"
    r"(?:mistake|error|slip) (?:is|was)"
)


def _of_an_event(body: str, match: re.Match[str]) -> bool:
    """Whether what is postponed is an event, and not deliveries, payments or the start of a rule."""
    before = body[max(0, match.start() - 240) : match.start()]
    around = before + body[match.start() : match.end() + 120]
    return not _NO_EVENT.search(before[-60:]) and bool(_EVENT.search(around))


# "Son başvuru tarihi 19 Mart’a kaydırılmıştır": more time to apply in, and no event put off.
_TERM_BEFORE = re.compile(
    r"\b(?:son|basvuru|kayit|gorus|teklif|talep|beyan|odeme|bildirim)\w* (?:\w+ ){0,2}(?:tarih|sure|"
    r"gun)\w*[^.;]{0,80}$|\bsure(?:ler)?(?:si|nin|sinin|i|inin)?\b[^.;]{0,60}$"
)


def _of_a_term(body: str, match: re.Match[str]) -> bool:
    return match[0].startswith(("kaydir", "otele", "tarih", "gunune", "'", "ileri", "one")) and bool(
        _TERM_BEFORE.search(body[max(0, match.start() - 140) : match.start()])
    )


# A line of the head that says nothing else.
_ALONE = re.compile(
    r"^\W*(?:(?P<correction>(?:duzeltme|tashih|corrigendum|erratum|correction)(?: (?:metni|yazisi|ilani|"
    r"notice|slip))?)|"
    r"(?P<cancelled>iptal(?: (?:duyurusu|ilani))?|cancell?ation(?: notice)?|cancell?ed)|"
    r"(?P<postponed>erteleme(?: duyurusu)?|ertelendi|postponed|postponement|notice of postponement)|"
    r"(?P<extension>sure uzatimi|ek sure|(?:deadline )?extension|extension of (?:the )?deadline|"
    r"deadline extended))"
    r"(?: (?:no\.? ?)?\d{1,2})?\W*$",
    re.MULTILINE,
)


def status_of(title: str, text: str, ahead: str = "") -> Status:
    """What the notice does to something announced before; a measure prolonged in time is not an extension.

    ``ahead``: the lines of the letter's head, where the letter is about one thing.
    """
    head, body = fold(title), joined_dots(fold(text[:1500]))
    for status, pattern in _STATUS:
        named = pattern.search(head)
        if named and not (
            named[0].startswith("sure") and _OF_A_PERMIT.search(head[: named.start()])
        ):  # "Çevre İzni Süreleri Uzatıldı" prolongs what holds, not a time to apply in
            if status is not Status.CORRECTION and _MEASURE.search(head) and not _EVENT.search(head):
                continue
            if status is Status.CANCELLED and (
                _READER_CANCELS.match(head, named.end()) or _NO_EVENT_CANCELLED.search(head[: named.start()])
            ):
                continue
            if named[0].startswith(_WRONGS) and not _WRONG_PAPER.search(f"{head} {body[:200]}"):
                continue
            if _NOT_HELD.match(named[0]) and _NO_EVENT_OFF.search(head[: named.start()]):
                continue
            return status
    if (alone := _ALONE.search(fold(ahead))) and alone.lastgroup:
        return Status(alone.lastgroup)
    for status, pattern in _STATUS:
        for match in islice(pattern.finditer(body), MATCHES):
            if status is Status.CANCELLED and _is_moved(body, match):
                return Status.POSTPONED
            if _DOES[status](head, body, match):
                return status
        if plain := says_plainly(status, body):
            moved = status is Status.CANCELLED and _HELD_INSTEAD.match(body, plain.end())
            return Status.POSTPONED if moved else status
    return Status.NEW


MATCHES = 6
"""Wordings of a status that are looked at in a text."""


def _corrects(head: str, body: str, match: re.Match[str]) -> bool:
    near = body[max(0, match.start() - 120) : match.end() + 40]
    if match[0].startswith(_WRONGS) and not _WRONG_PAPER.search(f"{head} {near}"):
        return False
    return bool(_SURE_CORRECTION.match(match[0]) or _CORRECTED.search(near))


def _is_moved(body: str, match: re.Match[str]) -> bool:
    """Whether what is not held on one day is held on another."""
    return (
        _NOT_HELD.match(match[0]) is not None
        and _HELD_INSTEAD.match(body, match.end()) is not None
        and _EVENT.search(body[max(0, match.start() - 120) : match.start()]) is not None
    )


def _calls_off(head: str, body: str, match: re.Match[str]) -> bool:
    near = body[max(0, match.start() - 120) : match.end() + 40]
    if (_MEASURE.search(near) and not _EVENT.search(near)) or _READER_CANCELS.match(body, match.end()):
        return False
    if _NO_EVENT_CANCELLED.search(body[max(0, match.start() - 50) : match.start()]):
        return False
    if not (_SURE_CANCELLED.match(match[0]) or _IS_CANCELLED.search(near)):
        return False
    if not _NOT_HELD.match(match[0]):
        return True
    if _HELD_INSTEAD.match(body, match.end()):
        return False
    named = _EVENT.search(body[max(0, match.start() - 45) : match.start()])  # of what is it said?
    return named is not None and not _NO_EVENT_OFF.search(body[max(0, match.start() - 40) : match.start()])


def _puts_off(head: str, body: str, match: re.Match[str]) -> bool:
    if _of_a_term(body, match) or not _of_an_event(body, match):
        return False
    return not match[0][0].isdigit() or not _CLOSES.match(body, match.end())


def _prolongs(head: str, body: str, match: re.Match[str]) -> bool:
    near = body[max(0, match.start() - 120) : match.end() + 40]
    if match[0].startswith("sure") and _OF_A_PERMIT.search(body[max(0, match.start() - 60) : match.start()]):
        return False
    if match[0] == "uzatilmistir" and not _TERM_NAMED.search(near):
        return False
    if _NOT_EXTENDED.match(body, match.end()):
        return False
    return not _MEASURE.search(near) or bool(re.search(r"basvuru|gorus|kayit|son tarih|deadline", near))


_DOES = {
    Status.CORRECTION: _corrects,
    Status.CANCELLED: _calls_off,
    Status.POSTPONED: _puts_off,
    Status.EXTENSION: _prolongs,
}
