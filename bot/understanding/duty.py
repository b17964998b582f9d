"""Whose duty a day is, and whether there is any: what ends by then, what others do, what the reader owes.

Turkish puts the verb behind the day, so a day belongs to the clause that the next verb closes.
"""

from __future__ import annotations

import re

from bot.understanding.branches import words
from bot.understanding.marks import REPORTING, asks
from bot.understanding.others import one_does, others_do

# What holds until a day, or is done by others or to be reached by then: never a deadline of the reader.
_HOLDS = words(
    r"yururluk|yururlug|\btabi (?:ol|tut|kal)|satis\w* yap|kullanilabil|kullanilma(?:si|lari)\b|"
    r"sat(?:il)?abil|piyasaya (?:arz|"
    r"sur|sun)|uygulan(?:maya|ac|ir|mak)|"
    r"muaf|askida|kullandiril|(?:izlen|dinlen|indiril|gorul|goruntulen|gezil|incelen|erisil|ulasil)ebil|"
    r"(?:izle|dinle|indire?|goruntule|incele|eris|ulas)y?[ae]bil|"
    r"in force|enter(?:s|ed)? into force|apply until|applies until|remain in|suresi (?:bitmis|dolmus)|"
    r"bakim (?:calisma|yap)|kesinti|hizmet ver|erisime kapa|(?:hizmet|kullanim|servis) disi|erisilem[ei]|"
    r"kapali (?:ol|kal)|devre disi|"
    r"opsiyon|baglayici (?:ol|kal)|"
    r"aciklan(?:mas|ac)|aciklamas|karar vermes|sonuclandirmas|yayimlamas|\bbasla(?:mas|tilmas)|"
    r"ilan edil(?:me|ec)|duyurulac|"
    r"(?:tamamlan|sonuclan|bitiril|yayimlan|aciklan|bagla)\w*m[ae]s\w* (?:ongor|bekle|planla|hedefle)|"
    r"kesinlestiril|kapatilmis(?! olma)|durdurul|askiya al|hesaplar(?:a|ina|iniza) (?:aktaril|yatiril|"
    r"gec)\w*[ae]c|iade(?:si|ler)? (?:yapil|gerceklestiril|oden)\w*[ae]c|devam edebil|iade edil(?:ec|ir|"
    r"mekte)|sonuclandiril|sonuclandir[ae]c|degerlendirilecek|kabul edilmeyec|hedeflen|amaclan|"
    r"bilgilendiril|"
    r"haberdar edil|izin veril|(?:firsat|imkan)\w* bul|(?:kullan|eris|ulas|yararlan)\w*[ae]m[ae]y[ae]c|"
    r"dol(?:masi|acagi)(?:nin)? (?:bekle|ongorul|tahmin)|iptal edilebil|"
    r"ongorulmekte|donusum|azalt"
)
_LASTS = re.compile(r"gecerli|devam ed|surec|surmek|acik kal|sergilen|\bvalid\b|ziyaret edil")
_ACTS = re.compile(
    r"basvur|gonder|ilet|tesli|oden|odey|odeme|yapilma(?!y)|anket|yanit|muracaat|beyan|doldur|kayit|kaydol|"
    r"teklif|gorus(?!me)|tale[pb]|istisare|indirim|kampanya|abone|yenile(?:rse|mesi|meni|meleri)|yerine getir"
)
# What is asked in any words: necessity, request, offer.
MOOD = words(
    r"\w{3,}(?:rsa|rse)(?:niz|lar|ler)?\b|gerek|yukumlu(?:dur|ler|\b)|zorunlu|zorunda|\bsart|\w(?:meli|"
    r"mali)(?:yiz|dir|lar|ler|siniz)?\b|rica|"
    r"mumkun|\bonem\w* |hususu\w* |kaydiyla|kosuluyla|sartiyla|unutul|"
    r"hatirlat|"
    r"yeterli|onermekte|onerilmekte|iste(?:n?mekte|r\b)|tale[pb] et|lazim|icap|bekl|kabul edil(?:mekte|"
    r"ecek|ir)|alin(?:makta|acak)|imkan|yararl|faydal|tavsiye|oneril|"
    r"hak(?:ki)? tan|"
    r"sure tan|taninan|davet|ihtar|duyurulur|(?:niz|nuz)[ae]?\b"
)
# Refunds, results and prizes are given by others.
_DONE_BY_OTHERS = re.compile(
    r"\b\w+l[ae]r(?:in|imiz)?[ae] odemeler(?:i)? (?:en gec )?$|"
    r"\b(?:destek|hibe|tesvik|prim|hak ?edis) (?:odeme|tutar)\w* (?:ise )?(?:en gec )?$|"
    r"\b(?:sorusturma|inceleme|gozden gecirme|denetim|calisma|muzakere|yargilama)(?:l[ae]r)?(?:n?[iu]n|"
    r"s[iu]|n[iu]n)?(?: ise)? "
    r"(?:en gec|en son) $|"
    r"\bkarar(?:in|i|lar|larin|inin)?(?: ise)? (?:en gec )?$|"
    r"\b(?:iade(?:ler|si)|sonuclar|kazanan (?:projeler|firmalar)|oduller|calismalar(?!iniz)|insaat|"
    r"onarim|eslestirmeler|yerlestirmeler|dagitimlar|tahsisler|kurulum|tadilat|montaj|"
    r"degerlendirmeler(?!iniz))(?!\w*[iu]n[iu] )\w*(?: ise)?(?: en gec)? $"
)


# "… bildirimde bulunmaları halinde … iade edilecektir": the reader's part of the bargain.
_CONDITION = re.compile(r"[^;]*?\b(?:halinde|kaydiyla|kosuluyla|sartiyla|durumunda)\b")
_ON_CONDITION = ("kaydiyla", "kosuluyla", "sartiyla")
_SETTLED_ABROAD = re.compile(
    r"(?<!turkiye'de )(?<!ulkemizde )(?<!yurt icinde )\byerlesik [a-z]{4,20}(?:ler|lar)(?:in)? (?:en gec )?$"
)

# Where a clause ends inside a sentence: behind a verb of any of the chaining forms.
_BOUNDARY = re.compile(
    r";|\byururlukte olup\b,?|\b\w+(?:acak|ecek|mis|mus|mekte|makta) olup\b,?|\b\w+(?:[dt][iu]gi|acagi|"
    r"ecegi|mekte|makta|acak|"
    r"ecek|acaktir|ecektir|mistir|mustur|maktadir|"
    r"mektedir|\bolup|m[ae]s[iu]|m[ae]l[ae]ri|arak|erek)(?: olup)?,"
)


def clause_after(joined: str, end: int, width: int = 130) -> str:
    """What is said of a day that ends at ``end``: up to the verb that closes its clause."""
    tail = joined[end : end + width].split(";")[0]
    found = _BOUNDARY.search(tail)
    return tail[: found.end()] if found else tail


def clause_before(joined: str, start: int, width: int = 170) -> str:
    """What stands in the day's clause before it: its subject."""
    head = joined[max(0, start - width) : start]
    ends = [one.end() for one in _BOUNDARY.finditer(head)]
    return head[ends[-1] :] if ends else head


# "… kadar kaydını yenilemeyen firmalar", "… kadar tamamlanmaması halinde": what happens to who misses it.
_MISSED = re.compile(
    r"[^.;]{0,90}?\b(?!kullan|satil|tuket|bulunma|bulma|olma)\w{2,}(?:m[ae]zs[ae]\b|m[ae]y[ae]n(?:lar|"
    r"ler)?(?:in|[ae]|"
    r"[dt][ae]n)?\b|(?:ma|"
    r"me)(?:masi|mesi|"
    r"malari|meleri) (?:hal|durum)in|m[ae]d[iu](?:g[iu]|kleri) (?:takdir|hal|durum)de)"
)


def missed(tail: str) -> bool:
    """Whether the words behind "kadar" tell what happens to those who have not acted."""
    return bool(_MISSED.match(tail))


# "… kadar fiyatlarını değiştirmemeleri gerekir": what may not be done until then is done by no day.
_NOT_TO_DO = re.compile(
    r"[^.;]{0,20}\b(?:kadar|dek|degin) (?:\w+ ){0,4}?\w{2,}m[ae]m[ae](?:s[iu]|l[ae]r[iu]|n[iu]z)? "
    r"(?:gerek|zorunlu|rica|sart|iste|beklen|onem|yukumlu|lazim)|"
    r"[^.;]{0,20}\b(?:kadar|dek|degin) (?:\w+ ){0,4}?\w{2,}m[ae]m[ae]l[iu](?:d[iu]r|y[iu]z|s[iu]n[iu]z)?\b"
)
# "Teklif geçerlilik süresi … kadardır", "eski belgeler … kabul edilecektir".
_STATE_HEAD = re.compile(
    r"\bgecerlili\w+ $|\b(?:destek|desteg|tesvik)\w* (?:sure|donem|uygulama)\w* $|(?:gecerlilik|opsiyon|"
    r"baglayicilik|yururluk|garanti|teminat|mektub\w*|police\w*|"
    r"muafiyet|"
    r"uygulama) (?:sure|"
    r"tarih)\w*[^.;,]{0,30}$"
)
_OLD_PAPERS = re.compile(
    r"\b(?:eski|mevcut|onceki|halihazirdaki|kagit|basili|islak imzali)\b[^.;,]{0,50}"
    r"(?:belge|sertifika|etiket|form|ambalaj|rapor|fatura)"
    r"\w*(?: \w+){0,2} $"
)
_STILL_TAKEN = re.compile(
    r"[^.;]{0,30}(?:kabul edil|kullanil|gecerli|isleme al)\w*(?:ecek|acak|meye devam|mekte)"
)


# "… kadar yüklenen partiler eski orana tabidir": the day sorts goods and papers, nobody owes anything.
_GOODS_BY_THEN = re.compile(
    r"[^.;]{0,30}\b(?:kadar|dek|degin) (?:sona er|dol|bit)(?:[ae]c[ae]k|[ae]n) \w|"
    r"[^.;]{0,30}(?:\b(?:kadar|dek|degin)|once) (?:\w+ ){0,3}?(?:yuklenen|uretilen|sevk edilen|duzenlenen|"
    r"imzalanan|"
    r"ithal edilen|ihrac edilen|tescil edilen|yola cikan|gumruge \w+[ae]n|(?:yuklen|uretil|duzenlen|"
    r"imzalan|cik)mis(?! olma)) |"
    r"[^.;]{0,30}(?:\b(?:kadar|dek|degin)|once) (?:\w+ ){0,3}?(?:yuklen|uretil|duzenlen|imzalan|tescil edil|"
    r"sevk edil)mis olma(?:k|s[iu]) (?:kayd|kosul|sart)"
)
# "… kadar yapılan ihracat artmıştır": what was done by then.
_WAS_DONE = re.compile(
    r"[^.;]{0,30}\b(?:kadar|dek|degin) (?:\w+ ){0,3}?\w+[ae]n \w+[^.;]{0,50}\w{2,}m[iu]st[iu]r\W*$"
)
# "Malların teslimi … Limanı'na yapılacaktır": what a supplier will owe under its contract.
_DELIVERED = re.compile(
    r"\b(?:(?:mal|emtia|urun|ekipman|cihaz|gubre|malzeme)(?:l[ae]r)?(?:[iu]n)? teslim(?:i|at|ati)|"
    r"teslimat(?:lar)?|sevkiyat(?:lar)?)(?:in|i|nin|inin)?(?: ise)?(?: en gec)? $"
)
_CARRIED_OUT = re.compile(r"[^.;]{0,60}\b(?:yapil|gerceklestiril|tamamlan)")
_MEASURE = re.compile(
    r"(?:zorunlulu|onlem|muafiyet|yasa[gk]|uygulama|vergi|kisitlama|"
    r"gecis sure)\w*[^.;,]{0,24}$"
)


# "… kadar kaydını tamamlayanlar için bedel … olarak uygulanacaktır": an offer to those who act by then.
_WHO_ACT = re.compile(
    r"[^.;]{0,30}\b(?:kadar|dek|degin) (?:\w+ ){0,4}?(?:basvur|kayit|kaydol|kaydini|tamamla|ode|bildir|"
    r"gonder|ilet|"
    r"yaptir|imzala|teslim)\w*(?: \w+)?(?<!m[ae]y)[ae]n(?:lar|ler|(?: \w+)? (?:firma|uye|katilimci|"
    r"basvuru sahip))"
)


# "Oturum kayıtları … portalımızdan izlenebilecek": there to be had, if one likes.
_TO_BE_HAD = re.compile(
    r"\b(?:izle|izlen|dinle|dinlen|indir|indiril|gorul|goruntule|goruntulen|gezil|sorgula|incele|"
    r"incelen|erisil|eris)y?[ae]bil"
)
# "En geç 8 Aralık’ta tarafınıza dönüş yapılacaktır", "… sitemize yüklenecektir"
_TO_YOU = re.compile(
    r"[^.;]{0,40}\b(?:tarafiniza|sizlere|size|firmaniza|adresinize|adreslerinize|sitemiz(?:e|"
    r"de))\b [^.;]{0,40}\w[ae]c[ae]"
    r"(?:k|ktir|klerdir|gi|gini)\b"
)
# "Muafiyetten … kadar yararlanılabilecek"
_RIGHT_LASTS = re.compile(r"\b(?:muafiyet|istisna|tarife|kontenjan|kota|tercih|oran)\w*[dt][ae]n $")
_USED = re.compile(r"[^.;]{0,30}\b(?:kadar|dek|degin) (?:\w+ )?(?:yararlan|faydalan)")
_OFFERED = re.compile(r"\b(?:indirim|kampanya)\w* (?:\w+ )?$")
# "Nihai bildirimin … taraflara iletilmesi öngörülmektedir": a plan of those who run the matter.
_PLANNED = re.compile(
    r"[^.;]{0,60}\w(?:m[ae]s|m[ae]l[ae]r)[iu]n?\w* (?:ongorul|planlan|hedeflen|amaclan|tahmin)"
)
_READER_NAMED = re.compile(
    r"\b(?:firma|isletme|uretici|ihracatci|ithalatci|uye(?!lik)|mukellef|basvuran|yukumlu|katilimci|"
    r"imalatci|sirket|"
    r"tesis|kullanici|satici|tedarikci)\w*l[ae]r|\bsahipleri|\w{3,}(?:iniz|unuz)"
)
# "Bağlantı … ulaştırılacaktır": what those who registered are given.
_GIVEN_THING = re.compile(
    r"\b(?:baglanti|link|giris bilgi|erisim bilgi|sifre|parola|davetiye|sertifika|"
    r"katilim belge)\w*(?: ise)? $"
)
_HANDED_OUT = re.compile(
    r"[^.;]{0,60}\b(?:gonderil|iletil|ulastiril|paylasil|veril|bildiril|duyurul|dagitil)[ae]c"
)
# "Sorularınız … yanıtlanacaktır", "kurulum … tamamlanacaktır": done for the reader, whatever the verb's stem.
_UP_TO = re.compile(r"[^.;]{0,60}\b(?:kadar|dek|degin)\b")
_OTHERS_WILL = re.compile(
    r"\b(?:tamamlan|belirlen|hazirlan|dagitil|olusturul|aktaril|secil|atan|kurul|yanitlan|cevaplan|"
    r"incelen|oylan|guncellen|"
    r"sonuclandiril|bilgilendiril|karara baglan|paylastiril|yerlestiril|gorusul|"
    r"yayi[mn]lan|paylasil)(?:[ae]c[ae](?:ktir|klerdir|klardir|gi|gini|k(?=[,.;]|$))|[iu]r(?=[,.;]|$)|"
    r"m[ae]kt[ae](?:d[iu]r)?\b|[iu]yor\b)"
)
# "ön kayıtların … tamamlanması planlanmaktadır", "indirim kodu … kullanılabilir": the reader's.
_ASKED_SUBJECT = re.compile(
    r"\b(?:(?:on )?kayit|basvuru|muracaat|(?<!nihai )(?<!ara )bildirim|beyan|beyanname|tale[pb]|teklif|"
    r"gorus|form|anket|"
    r"belge|evrak|bilgi)"
    r"(?:iniz|unuz)?(?:lar|ler)?(?:i|u|in|un|inin)?(?: ise)?(?: en gec)? $"
)
_ASKED_OWNER = re.compile(
    r"\b(?:(?:on )?kayit|basvuru|muracaat|(?<!nihai )(?<!ara )bildirim|beyan|tale[pb])(?:lar|"
    r"ler)?(?:in|un) $"
)


_VALID_EN = re.compile(
    r"\b(?:valid(?:ity)?|in force|effective|firm|binding)\b[^.;,]{0,24}\b(?:until|till|up to|through|to|by)"
    r"(?: at least)?(?: the)? $"
)
# "Bidders shall keep their offers open until …"
_KEPT_OPEN = re.compile(
    r"\b(?:keep|hold|maintain)\b[^.;]{0,30}\b(?:offers?|bids?|tenders?|prices?|quotations?)\b[^.;]{0,16}"
    r"\b(?:until|till|to) $|"
    r"\b(?:offers?|bids?|tenders?|prices?|quotations?)\b[^.;]{0,24}\b(?:remain|stay|be kept|be held|"
    r"hold)s?\b[^.;]{0,16}"
    r"\b(?:until|till|to) $"
)
_OFFERED_EN = re.compile(r"\b(?:discount|rate|offer|voucher|price|code|fee)s?\b")


def only_holds(joined: str, start: int, end: int) -> bool:
    """Whether a state lasts or something happens by this day, and nothing is owed by the reader."""
    before = joined[max(0, start - 70) : start]
    tail = joined[end : end + 130].split(";")[0]
    if _DONE_BY_OTHERS.search(before) or _SETTLED_ABROAD.search(before) or _STATE_HEAD.search(before):
        return True
    if _RIGHT_LASTS.search(before) and _USED.match(tail):
        return True
    if _DELIVERED.search(before) and _CARRIED_OUT.match(tail):
        return True
    if _OLD_PAPERS.search(before) and _STILL_TAKEN.match(tail):
        return True
    if _MEASURE.search(before) and re.match(
        r"[^.;]{0,50}\b(?:uzat|tahsil ed|uygulan|alin(?:ac|may|mak))", tail
    ):
        return True
    if _GOODS_BY_THEN.match(tail) or _WAS_DONE.match(tail) or _NOT_TO_DO.match(tail):
        return True
    if _WHO_ACT.match(tail):
        return False
    condition = _CONDITION.match(tail)
    if condition and (condition[0].endswith(_ON_CONDITION) or asks(condition[0])):
        return False
    own = REPORTING.sub("", clause_after(joined, end))
    if others_do(clause_before(joined, start), own) or one_does(joined[:start], tail):
        return True
    if _TO_YOU.match(tail) or (_GIVEN_THING.search(before) and _HANDED_OUT.match(tail)):
        return True
    asked = _ASKED_SUBJECT.search(before) or _ASKED_OWNER.search(before) or _READER_NAMED.search(before)
    if _PLANNED.match(tail) and not asked:
        return True
    if _TO_BE_HAD.search(own) and not _OFFERED.search(before):
        return True
    if _UP_TO.match(tail) and _OTHERS_WILL.search(own) and not _ASKED_SUBJECT.search(before):
        return True
    if (
        _HOLDS.search(own)
        and not _ACTS.search(own)
        and not (_ASKED_OWNER.search(before) or _OFFERED.search(before))
    ):
        return True
    near = joined[max(0, start - 170) : start] + tail
    if _KEPT_OPEN.search(before):
        return True
    valid = _VALID_EN.search(before) and not _OFFERED_EN.search(before)
    return bool(_LASTS.search(own) or valid) and not _ACTS.search(near)
