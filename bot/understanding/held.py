"""What a member could attend, and the verbs of its being held."""

from __future__ import annotations

import re

from bot.understanding.branches import words

EVENT = words(
    r"\bsinav|\bakademi(?!k|sy)|bir araya gel(?:ec|iyo|in)|\bbulus(?:ac|uyo)|toplanti|genel kurul|fuar|"
    r"heyet|webinar|"
    r"seminer|egitim|calistay|konferans|zirve|etkinli[kg]|"
    r"organizasyon|forum|ikili is gorusme|kongre|panel|oturum|brifing|bulusma|sempozyum|konusmaci|sunum|gezi|"
    r"iftar|yemeg|yemek|resepsiyon|kokteyl|kahvalti|\bgala\b|dinner|reception|luncheon|"
    r"\blunch\b(?! break)|\bbreakfast\b|plenary|\bq&a\b|"
    r"yer gorme|ziyaret(?:i|imiz(?:de|in)?|ler|leri|lerine|ine| programi?)\b|"
    r"(?<!geri )(?<!altinda )toplanac|toplanil|"
    r"resepsiyon|"
    r"durusma|dinleme|"
    r"saha ziyaret|meeting|"
    r"assembly|session|workshop|hearing|\bfair|conference|"
    r"summit|"
    r"gorusme|bilgilendirme|calisma gru[pb]|tanitim gun|bilgi gun|lansman|toren|briefing|round ?table|"
    r"working group|"
    r"(?:site|guided|factory|plant|study|company|field|technical|optional|group|harbour|mill) (?:visit|tour)|"
    r"\bexcursion|\bvisit to (?:the|a|an|our) (?!(?:web)?site|page)|\bbuyers?'? visit|(?:board|committee|"
    r"council|"
    r"task force|expert group) (?:will )?(?:next )?(?:meets?|convenes?)\b|\btour of\b|"
    r"\b(?:stakeholders?|partner(?:ing|s)?|industry|suppliers?|members?|networking|brokerage|careers?|demo|"
    r"innovation|"
    r"trade|sector|technology|launch|community|awareness|safety|investor|press|media|visitor|"
    r"project) days?\b|"
    r"\b(?:paydas|sektor|kariyer|proje|ortaklik|tasarim|yatirimci|tedarikci|musteri|eslestirme) gun(?:u|"
    r"leri)\b|"
    r"networking (?:dinner|reception)|dialogues?\b|istisare(?:ye|sine|de) (?:katil|davet)|diyalo[gk]|"
    r"soylesi|soru-? ?cevap|atolye|"
    r"masterclass|town hall|muzayede|acik artirma|\bauctions?\b|get-together|\bceremon(?:y|ies)|"
    r"coffee (?:chat|morning)|fireside|\bsergi(?:si|"
    r"ler|miz|de)?\b|\bgathering\b|webcast|matchmaking|\bb2b\b|"
    r"(?:drop-in|conference|online|phone|group|video|information|teams|zoom|introductory) call\b|"
    r"seminar|(?<!of )\bcourse|training|info day|exhibition|expo\b|plast\b|kurs|\bevent\b|symposium|"
    r"open day|\bmission|"
    r"delegation"
)
HELD = words(
    r"there (?:is|will be) (?:a|an|also)\b|\b(?:leaves?|departs?|sets? off) (?:from|at|on)\b|(?:icra|"
    r"tertip|organize) edec|yapil(?:ac|ma|mas|iyor)|duzenlen(?:ec|me|mes)|gerceklestiril(?:ec|"
    r"me)|gerceklesec|toplan(?:ac|mas)|"
    r"kapilarini [a-z]{0,14} ?ac|canli yayi[mn]|bir araya ge[lt]|kapsa(?:makta|yac)|\bmeets?\b|"
    r"will (?:travel|visit)\b|returns? to\b|repeated on|opens its doors|welcom(?:e|ing) you|"
    r"organize edil|ev sahipligi|baslay|basliyor|\bicrasi|will follow\b|follows (?=on )|bulus(?:ac|uyor)|"
    r"agirla|"
    r"arasindadir|ziyarete acik|gez(?:il)?ebil|(?:tarih|gun)\w*dedir|gerceklestirece[gk]|duzenleyece[gk]|"
    r"ayrilmis(?:tir)?\b|gelecek|"
    r"olarak (?:belirlen|guncellen|revize|degis|tespit|kesinles|netles)|"
    r"will run|look(?:ing)? forward to (?:seeing|welcoming|meeting)|see you|"
    r"tarihi(?:nin)? (?:belirlenmis|belirlendi|kararlastiril|secilmis|uygun gor)|tasin(?:di|mis)|"
    r"\bruns? (?:on|from|(?=\d))|"
    r"is set for|\bdiar(?:y|ies)\b|gathers?\b|brings? together|\bbring(?:s|ing)? (?:\w+ ){1,4}together|"
    r"duzenliyor|duzenle(?:n?mekte)|"
    r"gerceklestiriyor|katil(?!im)|katilim sag|yer alac|duzenleyec|to (?:be held|take place)\b|"
    r"will (?:(?:[a-z]+ ){0,2}be held|"
    r"take place|meet|hold|host|be organi[sz]ed|organi[sz]e|"
    r"start|begin|open)|takes? place|"
    r"would (?:be held|take place|meet)|\bholds?\b|\bhosts?\b|hosting|\borgani[sz]es?\b|convenes?\b|"
    r"is planned|is scheduled|(?:is|are) (?:offered|foreseen|arranged)|scheduled (?:for|on)|join|(?:is|"
    r"are) (?:organi[sz]ed|held)|"
    r"(?:first|next|second|last) (?:one|session|edition|of them) (?:is|will be)|olacak|sunulac|"
    r"icra edil|tertip|tarih(?:i|leri)?\s?:|tarih ve saat|ertelen|postponed|rescheduled|"
    r"(?:moved|shifted|deferred|delayed|(?:put|pushed) (?:back|off)|brought forward) to\b|"
    r"uygulanac|getirilec|konuk edil|gidilec|gezilec|ziyaret ed(?:il)?ec|yurutulec|acilac|attend\b|"
    r"taking place|"
    r"(?:is|are) (?:taking|leading|sending|bringing)\b|will be (?:held|hosted|offered|broadcast|"
    r"streamed|given|"
    r"delivered|rescheduled)|invites? (?:you|members|"
    r"stakeholders)|"
    r"verilec|date\s?:|date and time|when\s?:|planlan(?:mis|mak)|ongorul(?:mus|mek)|"
    r"(?:kurs|egitim|seminer|program|sergi|heyet|organizasyon|toplanti|etkinlik|calistay|zirve|webinar)\w* "
    r"(?:ac|hazirla|planla|kur|yap|yurut|ver|sun|kurgula)\w*(?:makta|mekte|iyor|uyor)|"
    r"\bwe (?:are|will be) (?:holding|hosting|running|meeting)"
)
# Verbs and invitations that call people together for an hour or for days, with or without an event's name.
GATHERS = words(
    r"\bgidiyoruz|\bgidecegiz|\bgotur(?:uyor|ecegi)|\byola cik(?:iyor|acag)|\byolcusuyuz|"
    r"\bziyaret ed(?:iyoruz|ecegiz)|"
    r"\b(?:bulus|tanis|toplan)(?:uyoruz|iyoruz|acagiz)|\bgez(?:iyoruz|ecegiz)|"
    r"\bwe(?: will| shall|'ll| are|'re| plan to)? (?:(?:tak|lead|bring|fly|accompany)(?:e|ing)? (?:up to|"
    r"\d|our (?:members|"
    r"companies|exporters)|members|companies|exporters|a (?:group|delegation)|you\b|two|three|four|five|"
    r"six|seven|"
    r"eight|ten|twelve|fifteen|twenty)|(?:travel|go|going|travell?ing|head|heading|fly|flying|return|"
    r"returning) to "
    r"(?!(?:the )?(?:site|page|form|website))|exhibit(?:ing)?\b|visit(?:ing)? (?!(?:the |"
    r"our )?(?:web)?site))|\bbekle(?:riz|mekteyiz|iyoruz)|\bkutlu?(?:yor|yacag|luyor)\w*|\bkutlayaca|"
    r"\bagirl(?:iyor|ayaca)\w*|\bdavetlisiniz|"
    r"\bbir aradayiz|\bberaberiz|\bmisafir (?:ed|ol)\w*(?:iyor|ece|aca)|\bkonuk (?:ed|ol)\w*(?:iyor|ece|aca)|"
    r"\bstant?d?\w* ac(?:iyor|acag|acak)|\bstant?d?\w* (?:bulus|ziyaret|bekl)|"
    r"\b(?:(?:meet|visit|find|join) (?:us|our (?:stand|booth|team|delegation|experts|colleagues))|"
    r"meet our [a-z]+)(?: (?:there|again))? (?:at|in)\b|"
    r"\blook forward to (?:seeing|meeting|"
    r"welcoming) you|\b(?:you are|you're|everyone is|all members are) (?:cordially |warmly )?(?:invited|"
    r"welcome) to\b|"
    r"\bcelebrat(?:e|es|ing) (?:with us|together|our)\b|\bcome and (?:meet|join|see)\b"
)
# What experts do at an hour of a day: the sentence's last verb tells it.
TELLS = re.compile(
    r"\b(?:(?:anlat|tanit)(?:il)?(?:acak|iyor)|soru\w* (?:yanitla|cevapla)(?:n?acak|yacak)|"
    r"(?:canli|birebir|yuz yuze) (?:anlat|yanitla|gorus)\w*(?:acak|ecek))(?:tir|lar|lardir|"
    r"iz)?(?=\s*(?:[.,;]|$|ve\b))"
)
# Any verb of what is to come beside an event's name, but for those of papers, payments and terms.
_TO_COME = re.compile(r"(\w+(?:acak|ecek|acag|eceg))(?:tir|lar|ler|i\b|in|dir|iz\b)")
_NO_EVENT_VERB = re.compile(
    r"sayil|onaylan|hareket|^don[ae]?e|tamamla|acikla|duyur|ilan|edilece[kg]|bildiril|gonder|iletil|"
    r"yayi[mn]|paylas|alinac|uygulan|oden|"
    r"baslan|erecek|kapan|"
    r"dolac|girec|gecerli|degerlendir|sonuclan|kalk|belirlen|kullanil|sagla|saglan|sunulac|verilec|"
    r"yuksel|artac|"
    r"yola c|yerles|\bcik|dagit|basil|yenilen|silin|kesil|yatir|teslim|hazirlan|olusturul|imzala|yururl|aran|"
    r"iste[nr]|gerek|^gec|aktar|yansi|iade"
)


# "… tarihlerinde Milano’da kurulacak Lineapelle Fuarı": a participle before the event's name.
_COMING = re.compile(
    r"^[^.;]{0,80}?\b(\w+(?:acak|ecek|acagi|ecegi)) (?:olan )?[^.;,]{0,60}?(?:fuar|brifing|oturum|heyet|"
    r"toplanti|seminer|webinar|"
    r"calistay|egitim|"
    r"genel kurul|zirve|forum|konferans|bulusma|etkinli)"
)


# "Panel değerlendirmeleri", "başvuru toplantıları": steps of others beside an event's word.
_STEP_OF_OTHERS = re.compile(
    r"degerlendir|sonuc|\bilan|yayi[mn]|basvuru|evaluation|result|selection|submission"
)


def names_an_event(row: str) -> bool:
    """Whether the row of a calendar of steps tells an event."""
    return bool(EVENT.search(row)) and not _STEP_OF_OTHERS.search(row)


# "25 Ocak’ta otele yerleşecek, …": the verb that closes the clause of a day.
_OWN_VERB = re.compile(r"^[^.;]{0,70}?\b(\w+(?:acak|ecek))(?:tir|lar|ler)*(?=[,.;]| ve\b|$)")


def another_happens(after: str) -> bool:
    """Whether the first verb after a day tells of a paper, a payment or a journey."""
    found = _OWN_VERB.search(after)
    return found is not None and bool(_NO_EVENT_VERB.search(found[1])) and not HELD.search(after)


def comes(after: str) -> bool:
    found = _COMING.search(after) or _TO_COME.search(after)
    return found is not None and not _NO_EVENT_VERB.search(found[1])


ONLINE = re.compile(
    r"zoom|teams|web semin|webex|cevrim ?ici|online|webinar|google meet|youtube|(?:web|live)[ -]?stream|"
    r"webcast|canli yayi[mn]|sanal ortam|"
    r"virtual"
)
NAMED_EVENT = re.compile(r"(?:genel kurul |general assembly )?(?:" + EVENT.pattern + ")")
