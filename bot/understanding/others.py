"""What authorities, the association itself and other third parties do by a day."""

from __future__ import annotations

import re

from bot.understanding.given import told_to_them

# Who writes rules, decides and pays, in the genitive, the agentive ("Bakanlıkça") or as plain subject.
_AUTHORITY = re.compile(
    r"\b(?:komisyon|bakanlik|bakanlig|bakan|idare|uye devlet|uye ulke|konsey|parlamento|mahkeme|hukumet|"
    r"kurul(?!us|an|d|m)|kurum(?!sal)|otorite|makam|ajans|echa\b|organizator|juri|hakem|banka|komite|"
    r"merci|yuklenici|kosgeb|tubitak|eximbank|danisman firma|"
    r"(?:nakliye|lojistik|kargo|tasima|seyahat|araci|organizator|anlasmali) (?:firma|sirket|acente)|"
    r"denetci|gumrukler|mustesar|"
    r"birligimiz|"
    r"dernegimiz|genel sekreterligimiz|subemiz)(?:l[ae]r)?(?:i|u|si|su|imiz)?"
    r"(?:'?(?:(?P<agent>n?c[ae]|c[ae]|tarafindan| tarafindan)|(?P<owner>n?[iu]n))\b|(?P<plain>)(?=[ ,]))"
)
_VERB = re.compile(
    r"\b(?P<stem>[a-z]+?)y?(?P<form>m[ae]s[iu]|m[ae]l[ae]ri|acak\w*|ecek\w*|acag\w*|eceg\w*)\b"
)
_ACTIVE_IN_N = ("sun", "kazan", "kullan", "dayan", "inan", "ogren", "tasin", "edin", "bulun")
# Between the authority and the day: a participle ("Bakanlıkça istenen …"), or the reader as the subject.
_NOT_ITS_VERB = re.compile(
    r"\b\w+(?:acak|ecek)l[ae]r\w*|\b(?!(?:gozden|yeniden|beyan|plan|ekran|zaman|liman|uzman|duzen|neden|"
    r"maden|itibaren|yayin|divan)\b|\w+n[dt][ae]n\b)\w{3,}(?:en|an|digi|dugu|tigi|"
    r"tugu|acagi|ecegi|mis|mus)\b|"
    r"firma\w*|\buye(?:ler|lerim|miz|mizin)\w*|ihracatci\w*|ithalatci|uretici|katilimci|basvuru sahip|"
    r"\b\w{4,}(?:iniz|unuz)\w*|isteyen|isletme|yukumlu|sirket|\btaraflar|\b(?:basvuru|tale[pb]|teklif|"
    r"gorus|kayit|kaydi)(?:lar|ler)?"
    r"(?:in|un|iniz|inizin|nin|unuz|unuzun)?\b"
)


_ATTRIBUTE = re.compile(
    r"\b(?!istey)\w{3,}[ae]n (?=(?!firma|uye|ihracatci|ithalatci|uretici|isletme|"
    r"sirket|taraf)\w)"
)
# "Bakanlık … kadar alınan görüşleri değerlendirecektir": the day is that of the views.
_TAKEN_BY_THEN = re.compile(r"[^.;]{0,50}?(?:kadar|dek|degin) (?:\w+ ){0,2}?(?!ilan\b|alan\b)\w+[ae]n\b")


_ASKED_FOR = re.compile(r"gerek|zorunlu|rica|iste[nr]|tale[pb] ed|\bsart|\w(?:mali|meli)dir")
# "Görüşlerimizin … Bakanlığa iletilmesi": the association's own duty ("firmalarımızın" is the reader's).
_OUR_OWN = re.compile(
    r"\b(?:derlenerek|toplanarak|birlestirilerek|toplulastirilarak) (?:en gec )?$|"
    r"\b(?:hazirlanan|hazirlanacak|derlenen) \w+ |\b(?:gorus|rapor|degerlendirme|oneri|cevab|tale[pb]|"
    r"katki|calisma|teklif)\w*(?:imiz|umuz)(?:in|un|i|"
    r"u)?\b"
)
_TO_AN_AUTHORITY = re.compile(r"[^.;]{0,40}\b(?:bakanlig|meclis|tim'|kurum|komisyon|mudurlug|idare)\w*[ae]\b")
# "Raporun … kadar Komisyonca yayımlanması"
_AGENT_BEHIND = re.compile(
    r"[^.;]{0,40}(?:kadar|dek|degin) (?:(?:komisyon|bakanlik|idare|kurul|konsey|kurum|birligimiz|dernegimiz|"
    r"araci firma|organizator|acente|organizator firma|banka)(?:'?n?c[ae]| tarafindan)|"
    r"(?:(?!\w*(?:firma|uye|ihracatci|ithalatci|uretici|katilimci|isletme|sahip|"
    r"basvuran|yukumlu|taraf)\w*l[ae]r|\w+(?:iniz|unuz))\w+ ){0,2}(?!\w*(?:l[ae]r(?:i|imiz)?|sahipleri) )"
    r"\w{3,} tarafindan) (?:\w+ ){0,3}?\w+(?:il|ul|n)(?:m[ae]s|[ae]c)"
)
# "sorular idarece … kadar kabul edilecektir": an authority is who takes in what the readers send
_RECEIVED = re.compile(
    r"[^.;]{0,60}(?:kadar|dek|degin) (?:teslim |geri |elden |kayda )?(?:kabul ed|alin(?:ac|may|ma[ks]|ir|"
    r"iyor)|toplan(?!ti)|"
    r"beklen|acik (?:tut|birak))"
)
_MAY_BE_SENT = re.compile(
    r"\b(?:teklif|basvuru|gorus|tale[pb]|kayi[td]|oneri|yanit|cevap|cevab|soru(?!sturma)|anket|itiraz|"
    r"beyan|bildirim|dosya|form|zarf|"
    r"siparis|numune|belge|evrak|aday|katki|proje|odeme|dilekce|imza|mektu[pb]|rapor|kupon|oy\b|oylar)"
)
_NOT_HANDED_IN = re.compile(
    r"\b(?:karar|onlem|tedbir|onay|izin|lisans|tutanak|sonuc|kanun|tasari|yonetmelik)\w*[^.;]{0,60}$"
)
_TAKES_IN = re.compile(
    r"\b(?:teklif|basvuru|gorus|tale[pb]|kayit|oneri|yanit)\w* (?:topla|al|kabul|bekle|iste)"
)


# "Toplantı linki kayıt yaptıranlara … kadar gönderilecektir"
_TO_THEM = re.compile(
    r"\b(?:(?:\w+[ae]nlar|\w+enler|katilimcilar|firmalar|uyeler|adaylar|"
    r"kazananlar)(?:imiz)?[ae]|firma(?:miz)?y?a|uye(?:miz)?y?e|katilimciya)(?: \w+){0,3} (?:en gec )?$"
)
_GIVEN = re.compile(
    r"[^.;]{0,60}\b(?:gonderil|iletil|bildiril|paylasil|duyurul|veril|dagitil|"
    r"ulastiril)\w*[ae]c"
)
# "Uygun görülenlere ödeme bildirimi … kadar yapılacaktır"
_NEWS_FOR_THEM = re.compile(
    r"\b\w+(?:anlar|enler)(?:imiz)?[ae] (?:\w+ ){0,3}(?:bildirim|odeme|bilgilendirme|davet|tebligat|"
    r"iade)\w* (?:en gec )?$"
)
_GIVEN_OR_MADE = re.compile(r"[^.;]{0,40}\b(?:yapil|gonderil|iletil|gerceklestiril|veril)[ae]c")
# "Bakanlık, görüşleri … kadar kabul edecektir": what it takes in is the reader's.
_TAKEN_IN_HEAD = re.compile(
    r"\b(?:teklif|basvuru|gorus|tale[pb]|kayit|oneri|yanit|istisare|anket|cagri|katki|duzeltme|itiraz|beyan|"
    r"bildirim|dosya|form|beyanname|siparis|degisiklik)\w* (?:en gec )?$"
)
_TAKEN_IN_TAIL = re.compile(
    r"[^.;]{0,60}(?:kadar|dek|degin) (?:\w+ )?(?:kabul ed|acik (?:tut|birak)|alac|alin|alma|toplay|"
    r"toplan|beklemek|istemek)"
)


# "Türkiye'nin … sunması", "Çin tarafının … bildirmesi": a name's own act; readers are told by common nouns.
_PROPER_OWNER = re.compile(r"\b\w{2,}'(?:n?[iu]n)\b|\b\w{3,} tarafinin\b")
_ONE_DOES = re.compile(r"[^.;]{0,90}?\b(?P<stem>\w{2,}?)y?(?:m[ae]s[iu]|[ae]c[ae]g[iu])\b")
# "Projelerin sahipleri … davet edilecektir": what is done to the readers.
_READERS_THEMSELVES = re.compile(
    r"\b(?:firmalar|uyeler|adaylar|katilimcilar|basvuranlar|kazananlar|\w+ sahipleri)(?:imiz)?,? $"
)
_DONE_TO_THEM = re.compile(
    r"[^.;]{0,60}\b(?:kadar|dek|degin) (?:\w+ ){0,3}?(?:(?:davet|kabul|haberdar) edil|"
    r"bilgilendiril|cagril|secil|bulusturul|yerlestiril|eslestiril|agirlan|yonlendiril)[ae]c"
)


# "Üye devletler yönergeyi … aktarmak zorundadır"
_BOUND = re.compile(r"[^.;]{0,90}\b(?:zorundadir|zorunda (?:olup|ol)|yukumludur|mecburdur)")
# "seçilen kuruluş … başlayacaktır", "adres … yapacaktır": one subject does it; readers are many, or "you".
_ONE_WILL = re.compile(
    r"[^.;]{0,40}\b(?:kadar|dek|degin|[dt]en once) (?:[^.;,\s]+ ){0,5}?(?P<stem>[a-z]{2,}?)y?"
    r"(?:aca[gk]|ece[gk])(?:t[iu]r|i|ini|[iu]nd[ae]n|[iu]n[iu])?"
    r"(?=[,.;]|$| olup\b| ve\b| (?:belirt|bildir|duyur|acikla|kayde|"
    r"ifade|beklen|ongor|soyle))"
)
_NO_ACT = frozenset(("gerek", "ol", "er", "bit", "dol", "sur", "kal", "bul", "kapan", "uza", "gec"))
_READERS = re.compile(
    r"\b(?:firma|isletme|uretici|ihracatci|ithalatci|uye|mukellef|basvur|yukumlu|katilimci|imalatci|"
    r"sirket|tesis|"
    r"kullanici|satici|tedarikci|dagitici|istekli|teklif|tale[pb]|isveren|aday|ogrenci|musteri|kisi|taraf|"
    r"herkes|"
    r"temsilci|beyan|kayit|gorus|sahi[pb])|\w{3,}(?:iniz|unuz|anlar|enler|cilar|ciler|culer)"
)


# A passive of these is asked of the readers, or may be; any other tells what is done for them.
_OF_HANDING_IN = re.compile(
    r"gonderil|iletil|sunul|yuklen|edil|yatiril|oden|bildiril|yapil|doldurul|yanitlan|cevaplan|"
    r"tamamlan|imzalan|basvurul|giril|kaydedil|alin|toplan|veril|ulastiril|paylasil|aktaril|"
    r"guncellen|yenilen|onaylatil|yaptiril|kapatil|istenil|isten|beklen|gerceklestiril|sonlandiril|"
    r"uzatil|ertelen|getiril|islen|hazirlan|aran|birakil|kullanil|satil|cekil|kapan|sonlan|uygulan|\w+[ae]bil"
)
_HANDED_IN = re.compile(
    r"\b(?:form|anket|belge|evrak|dosya|numune|odeme|aidat|bildirim|katki|oneri|itiraz|soru|proje|cagri|"
    r"yanit|cevap)"
)


def one_does(head: str, tail: str) -> bool:
    """Whether a single subject that is no reader acts by then; ``head``: the sentence before the day."""
    verb = _ONE_WILL.match(tail)
    if verb is None or verb["stem"] in _NO_ACT or " devam ed" in verb[0] or _READERS.search(head):
        return False
    if (
        _TAKEN_BY_THEN.match(tail)
        or _TAKES_IN.search(tail)
        or (_TAKEN_IN_HEAD.search(head) and _TAKEN_IN_TAIL.match(tail))
    ):
        return False
    passive = verb["stem"].endswith(("il", "ul", "n")) and not verb["stem"].endswith(_ACTIVE_IN_N)
    # "ürünler 1 Mart'tan önce yeniden etiketlenecek": asked of the readers
    if passive and "en once " in verb[0]:
        return False
    # "liste … asılacaktır": no verb of handing in, and nothing that is handed in
    return not passive or not (
        _OF_HANDING_IN.fullmatch(verb["stem"]) or _HANDED_IN.search(head) or " acik " in verb[0]
    )


def _proper_name_does(head: str, tail: str) -> bool:
    owners = list(_PROPER_OWNER.finditer(head))
    verb = _ONE_DOES.match(tail)
    if not owners or verb is None or _NOT_ITS_VERB.search(_ATTRIBUTE.sub(" ", head[owners[-1].end() :])):
        return False
    return not (verb["stem"].endswith(("il", "ul", "n")) and not verb["stem"].endswith(_ACTIVE_IN_N))


def others_do(head: str, tail: str) -> bool:
    """Whether the clause of a day says what an authority or the association itself will do by then."""
    if told_to_them(tail):
        return True
    own = _OUR_OWN.search(head)
    if own and _TO_AN_AUTHORITY.match(tail) and not _NOT_ITS_VERB.search(head[own.end() :]):
        return True
    agent = _AGENT_BEHIND.match(tail)
    if agent and not _ASKED_FOR.search(tail):
        return True
    if _TO_THEM.search(head) and _GIVEN.match(tail):
        return True
    if _NEWS_FOR_THEM.search(head) and _GIVEN_OR_MADE.match(tail):
        return True
    if _TAKEN_IN_HEAD.search(head) and _TAKEN_IN_TAIL.match(tail):
        return False
    if _proper_name_does(head, tail) or (_READERS_THEMSELVES.search(head) and _DONE_TO_THEM.match(tail)):
        return True
    named = list(_AUTHORITY.finditer(head))
    if not named:
        return False
    between = head[named[-1].end() :]
    sent = head[: named[-1].start()]
    if named[-1]["agent"] and _RECEIVED.match(tail) and _MAY_BE_SENT.search(sent):
        return bool(_NOT_HANDED_IN.search(head))
    # "Komisyonun … dayanan tasarrufları": a genitive waits for its noun past any "-an" before it
    certain = named[-1]["owner"] or between.startswith(",")  # "Bakanlık, gelen görüşleri …"
    if _NOT_ITS_VERB.search(_ATTRIBUTE.sub(" ", between) if certain else between):
        return False
    verb = _VERB.search(tail)
    if verb is None and named[-1]["plain"] is not None and _BOUND.match(tail):
        return True
    if verb is None or _TAKEN_BY_THEN.match(tail) or _TAKES_IN.search(tail):
        return False
    stem = verb["stem"]
    passive = stem.endswith(("il", "ul", "n")) and not stem.endswith(_ACTIVE_IN_N)
    if named[-1]["agent"]:
        return passive and not _ASKED_FOR.search(tail)
    if named[-1]["plain"] is not None and len(head[: named[-1].start()].split()) > 3:
        return False  # "Bakanlığı konferans salonunda": no subject
    return not passive
