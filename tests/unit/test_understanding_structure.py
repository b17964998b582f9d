"""How a letter is taken apart: wrapped lines, feet of pages, heads with facts, parts of one subject."""

from __future__ import annotations

import pytest

from bot.understanding.text import RawDocument, paragraphs
from tests.unit.reading import read_circular, wordings


@pytest.mark.parametrize(("lines", "expected"), wordings("wraps"))
def test_a_line_goes_on_in_the_next_one_unless_that_is_a_label_or_a_list(lines: str, expected: str) -> None:
    first, _, second = lines.partition(" | ")
    found = paragraphs(RawDocument((first, second)))
    assert len(found) == {"one": 1, "two": 2}[expected]


BODY = """Sirküler No: 2027/12
12.01.2027

Konu: Kayıtların Güncellenmesi

Sayın Üyemiz,

Üyelerimizin kayıtlarında yer alan bilgileri 12 Şubat 2027 tarihine kadar gözden geçirmeleri beklenmektedir.

Bilgilerini rica ederim.

Genel Sekreter

"""


@pytest.mark.parametrize(("foot", "expected"), wordings("feet"))
def test_addresses_of_the_foot_are_no_part_of_a_letter(foot: str, expected: str) -> None:
    (notice,) = read_circular(BODY + foot).notices
    assert [*notice.emails, *(link.url for link in notice.links)] == expected.split()


@pytest.mark.parametrize(("lines", "expected"), wordings("broken-links"))
def test_an_address_that_a_line_end_broke_is_whole_again(lines: str, expected: str) -> None:
    (notice,) = read_circular(BODY + lines.replace(" || ", "\n")).notices
    assert ", ".join(f"{link.role.value} {link.url}" for link in notice.links) == expected


NO_GREETINGS = [
    "Sayın üyelerimize ilanen duyurulur.",
    "Sayın üyelerimizin bilgilerine sunulur.",
    "Değerli üyelerimize duyurulur.",
    "Kıymetli üyelerimizin katılımları rica olunur.",
    "Sayın ihracatçılarımızın dikkatine sunarız.",
    "Saygıdeğer üyelerimize önemle duyururuz.",
    "Sayın üyelerimizin katılımlarını bekleriz!",
    "Değerli üyelerimizi aramızda görmekten mutluluk duyarız.",
]


@pytest.mark.parametrize("closing", NO_GREETINGS)
def test_a_closing_that_names_the_members_is_no_greeting(closing: str) -> None:
    (notice,) = read_circular(
        "ÇORUH DERİ SANAYİCİLERİ DERNEĞİ\n\nGENEL KURUL İLANI\n\nRize, 10.09.2027\n\n"
        "Derneğimizin olağan genel kurulu 8 Ekim 2027 Cuma günü saat 10.30'da dernek merkezinde "
        "yapılacaktır.\n\n"
        f"GÜNDEM\n1. Açılış\n2. Seçimler\n\n{closing}\n"
    ).notices
    assert [str(one.start_date) for one in notice.meetings] == ["2027-10-08"]
    assert notice.title == "GENEL KURUL İLANI"


FACTS_AHEAD = [
    "Fuarın adı   : Gulf Paint Show\nYeri         : Doha, Katar\nTarihi       : 2-5 Haziran 2027\n",
    "Fuar tarihi: 2-5 Haziran 2027\nFuar yeri: Katar Sergi Merkezi, Doha\n",
    "Gulf Paint Show, Katar'ın Doha kentinde 2-5 Haziran 2027 tarihlerinde kapılarını açacak. Fuarın milli "
    "katılımını ilk kez Birliğimiz düzenliyor.\n",
    "Fuar              Tarih                 Yer\nGulf Paint Show   2-5 Haziran 2027      Doha, Katar\n",
    "• Fuar: Gulf Paint Show, Doha / Katar\n• Tarih: 2-5 Haziran 2027\n",
    "ETKİNLİK KÜNYESİ\nEtkinlik: Gulf Paint Show Fuarı\nÜlke/Şehir: Katar / Doha\nTarih: 2-5 Haziran 2027\n",
]


@pytest.mark.parametrize("facts", FACTS_AHEAD)
def test_facts_ahead_of_the_greeting_are_part_of_the_letter(facts: str) -> None:
    document = read_circular(
        "BOZDAĞ BOYA İHRACATÇILARI BİRLİĞİ\nSirküler: 2026-731          Manisa, 21 Aralık 2026\n\n"
        f"GULF PAINT SHOW 2027 FUARI MİLLİ KATILIM DUYURUSU\n\n{facts}\nSayın Üyemiz,\n\n"
        "Yukarıda bilgileri verilen fuara katılmak isteyen firmaların formu 26 Şubat 2027 tarihine kadar "
        "iletmeleri beklenmektedir.\n\nBilgilerinize sunulur.\n"
    )
    (notice,) = document.notices
    assert notice.title == "GULF PAINT SHOW 2027 FUARI MİLLİ KATILIM DUYURUSU"
    assert [(str(one.start_date), str(one.end_date)) for one in notice.meetings] == [
        ("2027-06-02", "2027-06-05")
    ]
    assert notice.countries == ("QA",)
    assert [str(one.date) for one in notice.deadlines] == ["2027-02-26"]
    assert (document.number, str(document.date)) == ("2026-731", "2026-12-21")


def test_a_table_of_codes_without_a_greeting_is_part_of_the_letter() -> None:
    document = read_circular(
        "T.C. TİCARET BAKANLIĞI DUYURUSU\n\n2027 yılı Bosna-Hersek menşeli yağlarda tarife kontenjanı\n\n"
        "Yayım: 26.02.2027\n\nSıra   GTP              Eşya                 Miktar (ton)\n"
        "1      1507.90          Soya yağı            40.000\n2      ex 1512.19.90    Ayçiçeği yağı     "
        "   15.000\n\n"
        "Dağıtım yöntemi: talep toplama\nKullanım dönemi: 01.04.2027 - 31.03.2028\n\n"
        "Başvurular e-Devlet üzerinden 19 Mart 2027 Cuma günü mesai bitimine kadar alınır, sonrası "
        "kabul edilmez.\n"
    )
    (notice,) = document.notices
    assert notice.hs_codes == ("150790", "15121990")
    assert notice.title == "2027 yılı Bosna-Hersek menşeli yağlarda tarife kontenjanı"
    assert str(document.date) == "2027-02-26"


PROSE = (
    "Here the paper tells at some length what is laid down, by whom and in which way it will be "
    "done, and why."
)
# Headings of one subject's parts, and of subjects of their own.
PARTS = [
    ("Notice of initiation of an anti-dumping proceeding concerning imports of glass jars",
     ["Complaint", "Product under investigation", "Allegation of dumping", "Sampling", "Written submissions",
      "Schedule of the investigation", "Correspondence"], 1),
    ("Notice of initiation of an expiry review of the measures on imports of citric acid",
     ["Request for an expiry review", "Product under review", "Existing measures", "Grounds for the review",
      "Non-cooperation", "Hearing Officer", "Processing of personal data"], 1),
    ("Call for evidence on the classification of biocides",
     ["Context", "What we ask", "Who should reply", "How to reply", "Confidentiality", "Next steps"], 1),
    ("Invitation to tender for the supply of chlorine",
     ["Subject of the contract", "Bid security", "Clarifications", "Submission of bids", "Opening of bids",
      "Award criteria"], 1),
    ("Guidance note on the new registration duty for importers of polymers",
     ["Legal basis", "Scope", "Obligations of importers", "Transitional provisions", "Penalties"], 1),
    ("Damping soruşturması açılışına ilişkin tebliğ",
     ["Başvuru", "Soruşturma konusu ürün", "Örnekleme", "Soru formları ve sürelere ilişkin hususlar",
      "İşbirliğine gelinmemesi", "Yetkili merci ve yazışma adresi"], 1),
    ("İhale ilanı: 640 ton yol çizgi boyası alımı",
     ["İhale konusu iş", "Yeterlik kriterleri", "Geçici teminat", "Tekliflerin sunulması", "Sonuç"], 1),
    ("Yurt dışı fuar katılım esasları",
     ["Katılımcı profili", "Katılım ücreti ve ödeme", "Nakliye", "İptal koşulları", "Başvuru"], 1),
    ("Weekly update",
     ["New duties on steel pipes from Brazil", "Webinar on the paint directive", "Grants for "
     "laboratories"], 3),
    ("Haftalık duyurular",
     ["Katar Boya İhalesi", "Aidat Taksitleri", "Sera Gazı İzleme Planları", "Fas Damping Soruşturması"], 4),
    ("Notice to members",
     ["Consultation on the toy regulation", "Annual assembly in Vienna", "Fee reminder"], 3),
    ("Genel Sirküler",
     ["Eğitim", "Mısır - İhale", "Aidat", "AB / Tüzük", "Anket"], 5),
]  # fmt: skip


@pytest.mark.parametrize(("title", "headings", "expected"), PARTS)
def test_headings_that_name_parts_of_one_subject_are_no_notices(
    title: str, headings: list[str], expected: int
) -> None:
    body = "".join(f"{number}. {one}\n\n{PROSE}\n\n" for number, one in enumerate(headings, 1))
    found = read_circular(f"OFFICIAL PAPER\n12.3.2027\n\n{title}\n\n{PROSE}\n\n{body}")
    assert len(found.notices) == expected


LEADS = [
    ("Hazırlıksız yakalanmayın diye iki etkinlik planladık:", 1),
    ("Eğitim dizimiz üç oturumdan oluşmaktadır:", 1),
    ("Süreç iki aşamada yürütülecektir:", 1),
    ("We have planned two events for you:", 1),
    ("There are two ways to take part:", 1),
    ("Bu hafta iki duyurumuz var:", 2),
    ("Two items this week:", 2),
    ("Aşağıda iki konuda bilgi verilmektedir:", 2),
]


@pytest.mark.parametrize(("lead", "expected"), LEADS)
@pytest.mark.parametrize("mark", ["► ", "{}. "])
def test_parts_that_a_lead_counts_are_no_notices(lead: str, expected: int, mark: str) -> None:
    found = read_circular(
        f"Tarih: 3 Mayıs 2027\n\nDeğerli Üyemiz,\n\n{lead}\n\n"
        f"{mark.format(1)}WEBINAR - Otuz soruda pasaport\nNe zaman? 27 Mayıs 2027 Perşembe, saat 14.00, "
        f"çevrim içi olarak\n\n"
        f"{mark.format(2)}ATÖLYE - Kendi veri setini oluştur\nNe zaman? 10 Haziran 2027 Perşembe, saat "
        f"10.00, Tasarım Merkezi\n\n"
        "Görüşmek üzere!\n"
    )
    assert len(found.notices) == expected


TITLES = [
    ("European Commission\nDirectorate-General for Internal Market, Industry, Entrepreneurship and "
    "SMEs\n\nBrussels, "
     "5 October 2026\n\nEuropean Fibres Alliance: new date for the Assembly",
     "European Fibres Alliance: new date for the Assembly"),
    ("MINISTRY OF TRADE AND INDUSTRY OF THE REPUBLIC\nDepartment of Imports and Exports\n12 May "
    "2027\n\nNew rules for "
     "cement", "New rules for cement"),
    ("T.C.\nTİCARET BAKANLIĞI\nİthalat Genel Müdürlüğü Ticaret Politikası Savunma Araçları Dairesi "
    "Başkanlığı\n\n"
     "12.05.2027\n\nSoda külü soruşturması", "Soda külü soruşturması"),
    ("BOZDAĞ DERİ SANAYİCİLERİ DERNEĞİ\nYÖNETİM KURULU BAŞKANLIĞINDAN TÜM DERNEK ÜYELERİNE\nGENEL KURUL "
    "İLANI\n"
     "Manisa, 10.09.2027", "GENEL KURUL İLANI"),
    ("COAST PORTS AUTHORITY\nOffice of the Harbour Master and Cargo Operations\nNOTICE No. 17/2027\n24 "
    "March 2027\n"
     "To: Shipping lines, ship agents, clearing and forwarding agents\nDEFERRED GO-LIVE",
     "DEFERRED GO-LIVE"),
    ("EMBASSY OF THE REPUBLIC OF KAZAKHSTAN\nTrade and Economic Section of the Embassy\nAnkara, 23 "
    "August 2027\n"
     "Visit of buyers", "Visit of buyers"),
    ("From: Cefic Industrial Policy\nTo: National federations; associated partners\nDate: Monday, 6 "
    "September 2027\n"
     "Subject: Assembly, input", "Assembly, input"),
    ("CEPPI - Confederation of European Paint and Printing Ink Makers\nRef: CEPPI-27-019\nBrussels, 5 May "
     "2027\n\nPFAS: second consultation opens", "PFAS: second consultation opens"),
    ("LATİB - Laodikya Tekstil ve Konfeksiyon İhracatçıları Birliği\nwww.latib.example\nDuyuru No: 2027/163\n"
     "EV TEKSTİLİ ALIM HEYETİ", "EV TEKSTİLİ ALIM HEYETİ"),
    ("EGE POLİMER İHRACATÇILARI DERNEĞİ / AEGEAN POLYMER EXPORTERS\n12.01.2027\nPOLYMERS EXPO 2027",
     "POLYMERS EXPO 2027"),
    ("KONYA MAKİNE İHRACATÇILARI BİRLİĞİ\n____________________________________\n15.02.2027\nÇAĞRI AÇILDI",
     "ÇAĞRI AÇILDI"),
    ("Federation of Paint Producers\n12.01.2027\nGeneral Assembly of the European Paint Association",
     "General Assembly of the European Paint Association"),
    ("Kimden: Smyrna Hazır Giyim İhracatçıları Birliği, Sürdürülebilirlik Ofisi\nTarih: 3 Mayıs 2027\n"
     "Ücretsiz webinar", "Ücretsiz webinar"),
    ("Gönderen: Ege Boya Sanayicileri Derneği Genel Sekreterliği\nAlıcı: Tüm üyelerimiz ve temsilcileri\n"
     "Tarih: 3 Mayıs 2027\nBoya anketi", "Boya anketi"),
]  # fmt: skip


@pytest.mark.parametrize(("head", "expected"), TITLES)
def test_the_title_is_no_name_of_the_sender(head: str, expected: str) -> None:
    (notice,) = read_circular(
        f"{head}\n\nDear members,\n\nThe meeting of the association is on 24 March 2028, and is free of "
        f"charge.\n"
    ).notices
    assert notice.title == expected


@pytest.mark.parametrize(("line", "expected"), wordings("stamps"))
def test_a_stamp_is_dropped_and_a_line_that_begins_as_one_is_kept(line: str, expected: str) -> None:
    (notice,) = read_circular(BODY + line).notices
    assert (line in notice.text) == (expected == "kept")


GREETINGS = [
    "Merhaba,",
    "Merhabalar!",
    "Sevgili üyelerimiz,",
    "Değerli Sanayiciler,",
    "Hello everyone,",
    "Good morning,",
    "Ladies and Gentlemen,",
    "To whom it may concern:",
    "İyi günler,",
]


@pytest.mark.parametrize("greeting", GREETINGS)
def test_a_greeting_of_any_manner_ends_the_head(greeting: str) -> None:
    (notice,) = read_circular(
        f"YENİ TARİH: Boya Eğitimi\n\n30.09.2026\n\n{greeting}\n\n"
        "Salon onarıldığından eğitim başka bir güne kaldı.\n\nTarih : 20 Ekim 2026 Salı\nSaat : 09:30\n\n"
        "Eski kayıtlar geçerlidir, yeniden form doldurmanıza gerek yok.\n"
    ).notices
    assert notice.title == "YENİ TARİH: Boya Eğitimi"
    assert [str(one.start_date) for one in notice.meetings] == ["2026-10-20"]
