"""The kind of a notice, by words weighed in title and text."""

from __future__ import annotations

import re
from math import exp

from bot.domain.notice import Kind
from bot.understanding.fold import fold
from bot.understanding.offers import OF_ITS_HEAD, about, asked, head_of, owes_by_law
from bot.understanding.sorting import log_shares

_SOME = 4  # weight from which a kind is more than a word in passing
_TITLE_WEIGHT = 4  # half of it for legislation, whose words stand in many other titles
_WORDS: dict[Kind, tuple[tuple[str, int], ...]] = {
    Kind.TRADE_DEFENCE: (
        (r"damping", 5), (r"(?:kesin|gecici) onlem", 4), (r"anti-?dumping", 5),
        (r"korunma (?:onlem|tedbir)", 5),
        (r"subvansiyon", 4),
        (r"telafi edici", 4), (r"countervailing", 5),
        (
            r"anti-?subsidy", 5), (r"trade defence", 3), (r"\bduties\b", 1), (r"open\w* (?:the|"
            r"an) investigation", 4), (r"initiation of an? [a-z -]{0,30}(?:proceeding|"
         r"investigation)", 4),
        (r"safeguard", 5), (r"haksiz rekabet", 4), (r"onlemlerin etkisiz", 4),
        (
            r"\bonlem\w*(?= [^.;]{0,50}(?:sorusturma|"
            r"uzat))", 3), (r"nihai gozden gecirme", 3), (r"dumping", 4), (r"soruşturma|sorusturma", 1),
    ),
    Kind.TARIFF_QUOTA: (
        (r"tarife kontenjan", 6), (r"kontenjan", 4), (r"tariff quota", 6), (r"tariff rate quota", 6),
        (r"ithal lisans", 2), (r"\bkota", 3), (r"tarife askiya|askiya alma talep|tariff suspension", 5),
        (r"\bquotas?\b", 3), (r"licen[cs]e applications?", 3),
    ),
    Kind.TENDER: (
        (r"ihale", 4), (r"teklif", 2), (r"\btender", 4), (r"sartname", 2), (r"\bbids?\b", 2),
        (r"teklif\w* (?:topla|topluyor|isti?yor|bekliyor)|\bzarflar", 3),
        (r"\bton\b[^.;]{0,40} (?:aliyor|alacak|satin al)", 3),
        (r"satin alin|alim ilan", 2), (r"tedarikci ar[ai]|alim talebi|satin almak iste|"
         r"request for quotation", 4),
    ),
    Kind.FAIR: (
        (r"fuar", 4), (r"milli katilim", 4), (r"\bfair\b", 3), (r"exhibition", 3),
        (r"(?:group|joint|national) (?:stand|pavilion)", 4), (r"\bstant", 2),
        (r"\b(?:stands?|booths?|floor) (?:space|booking|rental|fees?|prices?)\b|\bexhibitors?\b", 4),
        (r"\bexpo\b", 2), (r"pavyon|\bpavilion", 4),
    ),
    Kind.TRADE_MISSION: (
        (r"ticaret heyet", 6), (r"alim heyet", 6),
        (r"(?<!tahmin )(?<!bilirkisi )(?<!inceleme )(?<!degerlendirme )(?<!denetim )(?<!hakem )(?<!secici )"
         r"\bheyet", 4), (r"trade mission", 6),
        (r"buying mission", 6), (r"ikili (?:is )?gorusme|\bb2b\b", 4), (r"is gezi", 4), (r"pazarlama "
        r"faaliyet", 6),
        (r"(?:business|trade) delegation", 5),
        (r"\bvisit of [a-z ]{0,30}buyers\b|\bbuyers?\b[^.;]{0,24}\bvisit\b|\bincoming buyers\b", 5),
        (r"\bur-?ge\b(?! (?:proje|kume|deste[kg]|teblig))", 3), (r"inceleme gezi", 4), (r"arastirma gezi", 4),
    ),
    Kind.TRAINING: (
        (r"webinar", 4), (r"\bkonferans|\bconference|sohbet|soylesi", 3),
        (r"sertifika\w* [^.;]{0,40}program|uzmanli[kg]\w* program", 4),
        (r"\bakademi(?!k|sy)|egitim program|\bkampi?\b|bootcamp", 3), (r"seminer", 4),
        (r"mentorluk|"
         r"sertifika program|masterclass", 3), (r"egitim", 3),
        (r"calistay", 3), (r"workshop", 3), (r"\bders(?:i|ler|leri|imiz|lerimiz)?\b", 3),
        (r"training", 3), (r"bilgilendirme toplanti", 4), (r"\bkurs(?:u|lar\w*|a|ta|umuz\w*|una|unun)?\b", 4),
        (
            r"bilgilendirme semin", 4), (r"\boturum", 1), (r"konusmacilar", 1), (r"\bcourse", 2), (r"info "
            r"day|information session", 1),
    ),
    Kind.MEETING: (
        (r"olagan genel kurul", 7), (r"olaganustu genel kurul", 7),
        (
            r"annual general meeting|\bagm\b", 6), (r"annual (?:conference|dinner|"
            r"convention)", 4), (r"mali genel kurul", 7),
        (r"genel kurul toplanti", 3), (r"\bgenel kurul", 1), (r"yonetim kurulu toplanti", 5),
        (r"sektor kurulu", 3), (r"istisare toplanti", 4), (r"olagan(?:ustu)? (?:\w+ )?toplanti", 5),
        (r"\bgundem:", 3),
        (r"(?:yonetim kurulu|organ|denetim kurulu|delege|baskanli[kg])\w* secim|secim\w* [^.;]{0,40}aday", 4),
        (r"\bmeclis(?:i|imiz)\w*(?:'?n?in)? (?:\w+ )?toplanti", 4), (r"general assembly", 2),
        (r"(?:ordinary|extraordinary|annual) general (?:meeting|assembly)", 6),
        (r"istisare", 2), (r"sektor bulusma|uye bulusma", 5),
        (r"toplantiya cagri|toplanti daveti", 4), (r"toplanti", 1),
    ),
    Kind.CONSULTATION: (
        (r"gorus talebi", 6), (r"gorusler", 2), (r"gorus ve onerile", 4), (r"anket", 4),
        (r"taslag?a? iliskin gorus", 5), (r"consultation", 4), (r"call for evidence", 6),
        (r"comments? (?:can|may|are)", 3),
        (r"comments? [^.;]{0,150}(?:are|is) welcome", 6), (r"submit comments", 3),
        (r"comments? on (?:the |these )?proposals?", 4), (r"gorus bildir", 4), (r"uye gorusler", 4),
        (r"(?:your|stakeholders'?|members') views", 4),
        (r"call for feedback|feedback period", 5),
        (r"(?:looking|asking|asks?|open|opened|call|calling|calls) for (?:\w+ )?(?:comments?|views|"
         r"evidence|input|"
         r"feedback|opinions)", 6),
        (r"\b(?:seek|seeks|seeking|sought|gather|gathers|gathering|collect|collects|collecting|invites?|"
         r"inviting|wants?|welcomes?) "
         r"(?:your |the |public |further |more )?(?:comments?|views|evidence|input|feedback|opinions|"
         r"data)", 6),
        (r"comment(?:ing|s)? period", 3),
        (r"\b(?:wants?|wish(?:es)?|would like|like) to (?:know|hear|learn|find out)\b", 4),
        (r"\binvites? [a-z ,]{3,50} to (?:comment|reply|respond|share|contribute|give|send|"
         r"submit (?:views|comments|evidence|"
         r"information))", 6),
        (r"\bproposed (?:for (?:the|inclusion)|as) [a-z ]{0,20}(?:candidate list|svhc|"
         r"substances? of very high concern)", 4),
        (r"\bapplications? for authori[sz]ation\b", 3),
        (r"\b(?:third|interested|concerned) parties\b[^.;]{0,80}\b(?:information|evidence|alternatives|"
         r"views|comment)", 6),
        (r"\b(?:information|evidence|data|figures|experience|comments|views) (?:can|may|"
         r"should) be (?:sent|submitted|given|provided)|"
         r"\bsend (?:us )?(?:your|their|any|in|the) (?:\w+ )?(?:information|evidence|data|figures|"
         r"experiences?|comments|views|answers|"
         r"replies)\b", 4),
        (r"degerlendirme(?:ler)?iniz\w*[^.;]{0,140}(?:ilet|gonder|bildir|ulastir)(?:il)?(?:me|ma|erek)", 8),
        (r"(?:sorun|engel|sikinti)\w*[^.;]{0,120}(?:bildir|ilet)(?:il)?me", 6),
        (r"taslag", 2),
        (r"(?:sorun|engel|sikinti|zorluk|aksaklik)(?!lu\b)\w*[^.;]{0,120}\b(?:bildir|ilet|yaz|anlat|gonder|"
         r"paylas)"
         r"(?:in|iniz|abilir|ir mi|ar mi)", 6),
        (r"gorus\w*(?: ve oneri\w*)?[^.;]{0,140}(?:ilet|gonder|bildir|ulastir)(?:il)?(?:me|erek)", 8),
        (r"gorus\w* (?:talep|iste|bekle|al[iı]n)", 4), (r"(?:veri|bilgi)(?:si|leri|ler)? talebi(?!nde)", 4),
        (r"\bsurvey\b", 2), (r"questionnaire", 4), (r"gorus(?:ler)?e ac", 5),
        (r"geri bildirim", 3), (r"feedback", 2),
        (r"invited to (?:reply|comment|send)", 3), (r"kamuoyu gorus", 4),
        (r"kamu(?:oyu)? istisare|istisareye|ortak gorus|soru set", 8), (r"ihtiyac analizi", 4),
        (r"(?:degerlendirme|talep|veri) form|talep liste", 3), (r"have your say", 5),
        (
            r"liste\w*(?:niz|nuz)\w*[^.;]{0,30}(?:ilet|gonder|bildir)", 4), (r"tell us what you think|"
            r"let us have (?:your|them)", 3), (r"consults? on|consulting on|provide comments", 4),
    ),
    Kind.FUNDING: (
        (r"destek", 2), (r"hibe", 4), (r"tesvik", 3), (r"proje cagri", 4), (r"\bcagri", 2),
        (r"\bloans?\b", 4), (r"\bgrants?\b", 4), (r"funding", 4), (r"\bkredi", 3), (r"call for proposals", 6),
        (r"\bvouchers?\b|\binnovation fund\b", 4),
        (r"\bcall for (?:[a-z-]+ ){1,4}(?:projects|technologies|pilots?|lines)\b", 4),
        (r"desteg", 3), (r"destek (?:ust limit|limit|tutar|oran)", 5), (r"faiz indirim|"
         r"eximbank", 3), (r"\bdys\b", 2), (r"finansman", 4),
        (r"tubitak|kosgeb|kalkinma ajansi", 3), (r"turquality|destek program", 4),
        (r"horizon europe|ufuk avrupa", 3), (r"\bur-?ge\b(?: \w+)? (?:proje|kume|deste[kg])", 3),
    ),
    Kind.MEMBERSHIP: (
        (r"aidat", 6), (r"uyelik aidat", 6), (r"nispi", 3), (r"uye kayit", 4), (r"uye sicil", 6),
        (r"uyelik kart", 4), (r"uyelik bilgi", 4),
        (r"kayit guncelle", 3), (r"membership fee", 6), (r"iade(?:si)? hk", 3), (r"uye bilgi", 4),
        (r"guncel (?:iletisim |adres )?bilgi", 3),
        (r"\buye(?:ligi|lik|ler|lerin|lerimizin|lerimiz)?\b[^.;]{0,40}\b(?:adres|bilgi|kayit|kayd|evrak|"
         r"belge|sicil|unvan|telefon)\w*"
         r"[^.;]{0,30}(?:guncelle|yenile)", 5),
        (r"\b(?:adres|iletisim|kep|temsil\w*)\w*(?: \w+){0,3} degisen (?:uye|firma)", 4),
    ),
    Kind.ALLIANCE: (
        (r"ittifak", 5), (r"\balliance", 5), (r"steering board", 2), (r"charter", 1),
    ),
    Kind.BULLETIN: (
        (r"bulten", 6), (r"newsletter", 6), (r"\bbulletin", 6), (r"haber bulteni", 6), (r"e-bulten", 6),
        (r"weekly|daily news", 3), (r"haftalik", 2),
    ),
    Kind.LEGISLATION: (
        (r"yonetmeli", 3), (r"teblig", 2), (r"tuzu[gk]", 4), (r"\bkanun", 2), (r"resmi gazete", 2),
        (r"yururlu[gk]", 3), (r"regulation", 2), (r"directive", 2), (r"mevzuat", 2),
        (r"genelge", 3), (r"degisiklik", 1), (r"teknik duzenleme", 4), (r"zorunlulu", 4),
        (r"zorunlu\b", 1), (r"kayit\w* (?:sure|yenile|yukumlu)", 3), (r"yukumlulu", 2),
        (r"eur\.1|a\.tr\b|dolasim belge|mense (?:belge|kural|sahadet|ispat)", 3),
        (r"gumruklerde|tercihli rejim", 2), (r"ithalat\w* yasa|bedellerinin", 3),
        (r"(?:ithalat|ihracat)\w*[^.;]{0,40} (?:askiya|durdur|kisit|yasak)", 4),
        (r"standart", 1), (r"gumruk idare", 2), (r"sistemine kayd|kayit sistemi", 2),
        (r"(?:fabrika|tesis|ihracatci|ithalatci|uretici)\w*(?: \w+){0,4} (?:kayit|kayd|tescil)", 3),
        (r"ilk (?:yukleme|ihrac) tarih|onaylanmayac", 3),
        (r"enter(?:s|ed)? into force", 3), (r"labelling", 2), (r"\b(?:kkdik|reach|clp)\b", 1),
        (r"duzenleme(?:si|nin|ler)", 2), (r"ihracat kontrol|export control", 3),
        (r"lisansa (?:bagla|tabi)|izne tabi", 3), (r"kayda bagl", 4), (r"direktif|"
         r"\byonerge", 3), (r"referans fiyat|"
         r"\bfasil", 3), (r"\bek karar|"
         r"ithalat rejimi|gumruk vergisi", 3),
        (r"(?:sertifika|belge|ruhsat|tescil)\w*[^.;]{0,40} (?:aranac|zorunlu|sart)", 4),
        (r"asgari ithal fiyat|ithalat lisans|askiya al(?:in|dig|mis)", 4),
        (r"\bkural(?:i|lar)", 2), (r"sokulmay|ithal edilemey|ihrac edilemey|yasaklan", 3),
        (r"\bdecree\b|\bban(?:s|ned)?\b|\bprohibit", 3),
        (r"(?:sets?|lowers?|tightens?|introduces?) (?:an? |the |new )?(?:\w+ )?limits?\b", 3),
        (r"\brestrict(?:s|ed|ions?)\b|\bmandatory\b|\bcompulsory\b|\btighten(?:s|ed|ing)?\b", 3),
        (r"new rules", 3), (r"yasa[gk]", 2), (r"\byasa(?:si|nin|lar|yi)?\b", 2),
        (r"etiket", 1), (r"sertifika", 1),
        (r"gumruk vergi|ek vergi|katki pay|geri donusum (?:ucret|pay)", 3), (r"kararname", 3),
        (r"\badr\b|tasima evrak", 2),
        (r"(?:fiyat|vergi|ucret|harc|pay)\w*[^.;]{0,24} (?:artir|yukselt|cikar|guncelle|dusur|indir)", 3),
        (r"platform\w* kayd|portal\w* kayd", 2), (r"\bfees? .{0,30}(?:rise|raise|increase)", 2),
        (r"\b(?:in|into|enters?) force\b", 3), (r"amend(?:ing|ments?|s|ed)\b", 2),
        (r"registration deadline", 2), (r"cumhurbaskani karar", 4), (r"akreditif", 3),
        (r"yaptirim|sanction", 4),
        (r"gumruk tarife(?:si\b|leri)|vergi oran", 3), (r"piyasa gozetim|urun guvenli|ce isaret", 4),
        (r"gozetim (?:uygulama|belge)", 3), (r"durdur", 2), (r"helal|\btse\b", 2),
        (r"zorunlu (?:hale|kil|tut)", 3), (r"isaretle(?:me|nme)", 2),
        (r"on onay|on izin|ithal(?:at)? izni", 4), (r"\bsart(?:i|ini|inin|lari)\b", 1),
        (r"kalite kontrol emir|quality control order|uygulanma (?:tarih|baslan)", 4),
        (r"gumrukten gec(?:ir|em|me)", 4),
        (r"uygunluk belge|certificate of conformity", 3), (r"celex", 3),
        (r"delegated|implementing", 2), (r"guidance", 1), (r"kisitlama", 1),
        (r"aday liste|candidate list", 2), (r"gecis (?:donem|sure)", 2), (r"pozitif liste", 3),
        (r"cevre iz(?:ni|in)|faaliyet belge", 3),
        (r"kalinti (?:limit|seviye|duzey|deger)|azami (?:kalinti|limit|seviye|deger|duzey)|sinir deger|"
         r"limit deger|"
         r"residue (?:limit|level)|limit values?|maximum (?:levels?|limits?)", 4),
        (r"sayili (?:emr|kararname|kanun|yasa|genelge)\w*", 2),
    ),
}  # fmt: skip
_COMPILED = {
    kind: tuple((re.compile(word), weight) for word, weight in words) for kind, words in _WORDS.items()
}
_PREFERENCE = (

    Kind.ALLIANCE, Kind.TRADE_DEFENCE, Kind.TARIFF_QUOTA, Kind.CONSULTATION, Kind.TRADE_MISSION,
    Kind.FAIR, Kind.MEMBERSHIP, Kind.TENDER,
    Kind.BULLETIN, Kind.FUNDING, Kind.TRAINING, Kind.MEETING, Kind.LEGISLATION,
)  # fmt: skip


# Offices' own business, whatever law it names: systems that are down, capacity reports, office hours.
_OFFICE = re.compile(
    r"kapasite rapor|bakim (?:calisma|nedeni)|sistem\w* (?:\w+ ){0,2}(?:bakim|kesinti)|kesintisi|"
    r"hizmet veremeyecek|sistem\w*(?: \w+){0,4} kapali|"
    r"kullanilamayacak|calisma saatleri|tatil|adres(?:imiz)? degisikligi|(?:ofis|buro|"
    r"bina|merkez|adres|birli[kg]|derne[kg])\w* (?:\w+ ){0,3}tasin|^tasinma|"
    r"maintenance|downtime"
)
_DOWN = re.compile(
    r"bakim calisma|\bplanli bakim|sistem\w* (?:\w+ ){0,2}(?:bakim|kesinti)|kesintisi|"
    r"hizmet veremeyecek|maintenance|"
    r"downtime|outage|\bunavailable\b|"
    r"\b(?:sistem|portal|platform|ekran|sunucu|site|veri taban|e-?birlik|e-?imza|e-?belge|dys|ebys|"
    r"uygulama)\w*(?: [\w'-]+){0,5} "
    r"(?:kapali\b|kapanac|kapanip|kapaniyor|kapatilac|calismayac|calismiyor|erisilemey|erisime kap|"
    r"hizmet disi|acilmayac|duracak|"
    r"devre disi)|"
    r"\b(?:it|systems?|portals?|tools?|website|site|database|platform|servers?|iuclid|epic|services?|"
    r"helpdesk)\b"
    r"[^.;:]{0,40}\b(?:closed|not available|not accessible|out of (?:service|order|use)|offline|down|"
    r"switched off)\b"
)
_AID = re.compile(
    r"\bdeste(?:gi|kleri)\w* (?:\w+ ){0,3}(?:basvuru|odeme|cagri|on onay)\w*|"
    r"(?:deste(?:gi|kleri)|hibe(?:si|leri)?|tesvi(?:gi|kleri)|kredi(?:si|leri)|grants?|aid)(?: hk\W*|"
    r" hakkinda.*)?$"
)
_HEAD_NOUNS = {
    "semineri": Kind.TRAINING, "webinari": Kind.TRAINING, "egitimi": Kind.TRAINING,
    "calistayi": Kind.TRAINING, "ihalesi": Kind.TENDER, "anketi": Kind.CONSULTATION,
    "heyeti": Kind.TRADE_MISSION, "fuari": Kind.FAIR,
    "bulteni": Kind.BULLETIN, "gorus talebi": Kind.CONSULTATION,
}  # fmt: skip
_HEAD_NOUN = re.compile(r"\b(" + "|".join(_HEAD_NOUNS) + r")(?: hk\W*| hakkinda\W*| duyurusu| daveti)?$")
_YOUR_VIEWS = re.compile(
    r"\bgorus\w*(?: ve \w+)?n[iu]z(?: hk\W*| hakkinda\W*)?$|\bgorus\w*n[iu]z\w* (?:nedir|bekli|"
    r"istiyor|onemli)|"
    r"\bsoz sizde\b|\bne (?:diyorsunuz|dersiniz|dusunuyorsunuz)\b|\b(?:tell us|have your say|"
    r"what do you think)\b"
)
# A draft that members are asked about, whatever law it would become.
_DRAFT = re.compile(r"\btasla[gk]\w*|\bdrafts?\b|\bg/(?:tbt|sps)/n/")
_ASKS_OF_A_DRAFT = re.compile(
    r"\b(?:gorus|oneri|degerlendirme)\w*[^.;]{0,140}(?:ilet|gonder|bildir|ulastir|sun|yaz|talep|bekle|"
    r"iste)|"
    r"\bcomments?\b|\b(?:your|any) views\b|\bfeedback\b"
)
_IS_INVESTIGATED = re.compile(r"\bsorusturma(?:si|sinda|sinin|lari|larinda)?\b|\binvestigations?\b")
_FROM_ABROAD = re.compile(r"musavirli[gk]|ataseli[gk]|buyukelcili[gk]|konsoloslu[gk]|nota(?:si|sina)?\b")
_RESULTS = re.compile(r"\bsonuc(?:u|lari|larina)?\b|\bresults?\b|\boutcome\b")
_PAPER = re.compile(r"bulten|newsletter|\bbulletin|\bweekly|\bdigest")
# An alliance's assembly, webinar or call for members is the alliance's.
_OF_AN_ALLIANCE = frozenset((Kind.MEETING, Kind.TRAINING, Kind.ANNOUNCEMENT, Kind.LEGISLATION))
_ALLIANCE_NAMED = re.compile(r"\bAlliance\b|\bİttifak(?:ı|ın|a|ta)?\b")


_ADDRESS = re.compile(r"https?://\S+")  # ".../law/better-regulation/…" is no word of the letter


LONGEST = 6000
"""Letters of a text that are looked at."""
UNKNOWN = -9.0
"""Log-probability of a kind that no letter taught."""
RULE = 2.0
"""What the rules' verdict weighs beside the words, in log-odds: fitted on letters that neither had seen."""


def kind_of(title: str, text: str, letterhead: str = "") -> tuple[Kind, float]:
    """What the rules and the words of a notice say together of its kind, and how sure that is (0 to 1)."""
    by_rules, _ = kind_by_rules(title, text, letterhead)
    shares = dict(log_shares(fold(title), fold(text[:LONGEST])))
    shares[by_rules] = shares.get(by_rules, UNKNOWN) + RULE
    kind = max(shares, key=lambda one: shares[one])
    return kind, min(0.95, exp(shares[kind]) / sum(exp(one) for one in shares.values()))


def kind_by_rules(title: str, text: str, letterhead: str = "") -> tuple[Kind, float]:
    """The kind with the most weight, and how sure that is (0 to 1).

    An alliance whose name stands in the ``letterhead`` alone writes about itself.
    """
    head, body = fold(title), _ADDRESS.sub(" ", fold(text[:LONGEST]))
    scores: dict[Kind, float] = {}
    for kind, words in _COMPILED.items():
        score = 0.0
        for word, weight in words:
            if word.search(head):
                score += weight * (_TITLE_WEIGHT if kind is not Kind.LEGISLATION else _TITLE_WEIGHT / 2)
            score += weight * min(len(word.findall(body)), 3)
        scores[kind] = score
    if not _PAPER.search(head):  # what a newsletter asks here and there is not what it is
        for kind, extra in asked(body).items():
            scores[kind] += extra
    if (of := head_of(head)) is not None and not _RESULTS.search(head):
        scores[of] += OF_ITS_HEAD
    others = max(score for kind, score in scores.items() if kind is not Kind.LEGISLATION)
    if scores[Kind.LEGISLATION] >= others >= _SOME and (told := about(body)) != body:
        for word, weight in _COMPILED[Kind.LEGISLATION]:  # a law may only be what a notice rests upon
            counted, left = (min(len(word.findall(where)), 3) for where in (body, told))
            scores[Kind.LEGISLATION] -= weight * (counted - left)
    if _AID.search(head):  # whatever the aid is for
        scores[Kind.FUNDING] += 20
    named_last = _HEAD_NOUN.search(head)
    if named_last:  # a Turkish title ends with what it is about
        scores[_HEAD_NOUNS[named_last[1]]] += 12
    if _YOUR_VIEWS.search(head):  # whatever they are about
        scores[Kind.CONSULTATION] += 30
    if _DRAFT.search(head) and _ASKS_OF_A_DRAFT.search(body):
        scores[Kind.CONSULTATION] += 16
    if _IS_INVESTIGATED.search(head):  # the questionnaire of an investigation is a party's, not a survey's
        scores[Kind.TRADE_DEFENCE] += 8
    if "have your say" in fold(letterhead):  # the page of a draft that is open for feedback
        scores[Kind.CONSULTATION] += 12
    if _RESULTS.search(head):  # what a survey or a call brought asks nothing any more
        scores[Kind.CONSULTATION] = min(scores[Kind.CONSULTATION] * 0.2, _SOME - 1)
    if _OFFICE.search(head) or (_OFFICE.search(body[:400]) and "yonetmeli" not in body):
        scores[Kind.LEGISLATION] = min(scores[Kind.LEGISLATION], 3)
    if _DOWN.search(head):  # whatever the system is for
        scores = dict.fromkeys(scores, 0.0)
    if scores[Kind.TRADE_DEFENCE] >= 8:  # a measure comes by a communiqué in the gazette
        scores[Kind.LEGISLATION] = min(scores[Kind.LEGISLATION], scores[Kind.TRADE_DEFENCE] - 1)
    ranked = sorted(_PREFERENCE, key=lambda kind: -scores[kind])
    named = len(_ALLIANCE_NAMED.findall(f"{title}\n{text[:LONGEST]}"))
    if named > (ranked[0] is not Kind.MEETING) and ranked[0] in _OF_AN_ALLIANCE:
        return Kind.ALLIANCE, 0.75
    if ranked[0] is Kind.MEETING and re.search(r"\balliance\b|ittifak", fold(letterhead)):
        return Kind.ALLIANCE, 0.6
    best, second = ranked[0], ranked[1]
    if scores[best] < _SOME and scores[Kind.LEGISLATION] and _FROM_ABROAD.search(body[:600]):
        return Kind.LEGISLATION, 0.55  # what a post abroad reports of its country's rules
    if scores[best] < _SOME and owes_by_law(body):
        return Kind.LEGISLATION, 0.55
    if scores[best] < _SOME:
        return Kind.ANNOUNCEMENT, 0.6
    return best, min(0.95, 0.55 + (scores[best] - scores[second]) / max(scores[best], 1) * 0.6)
