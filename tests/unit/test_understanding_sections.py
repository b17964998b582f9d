"""A letter of several subjects that have no numbers, and letters of one subject that look alike."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.unit.reading import read_circular, wordings

SUBJECTS = [
    ("Kapasite Raporu Ekranlarında Bakım",
     "Kapasite raporu ekranları 7 Kasım Cumartesi 20.00 ile 8 Kasım Pazar 06.00 arasında kapalı olacaktır."),
    ("SKDM Etki Anketi",
     "Bakanlığın anketini 13 Kasım 2026 Cuma gününe kadar doldurmanızı rica ederiz. Anket on sorudur."),
    ("Akreditif Semineri",
     "Kars’ta 10 Kasım 2026 Salı günü düzenlenecek akreditif seminerine katılım ücretsizdir."),
    ("Ukrayna - PVC İthalatında Korunma Önlemi",
     "Ukrayna makamlarınca polivinil klorür ithalatına yönelik bir soruşturma açıldığı öğrenilmiştir."),
]  # fmt: skip
MATTERS = [
    ("New duties on steel pipes from Brazil",
     "Brazil has imposed a duty of 12 per cent on seamless pipes. It applies from 1 January 2027."),
    ("Webinar on the paint directive",
     "We explain on 4 February 2027 at 14:00 what changes for makers of paint. There is no fee."),
    ("Grants for laboratories",
     "Laboratories can apply for a grant of up to 40 000 euro. Proposals are due by 15 March 2027."),
]  # fmt: skip
UPPER = str.maketrans({"i": "İ", "ı": "I"})
# How a heading looks, and whether it stands in a line of its own right above its text.
LOOKS: dict[str, Callable[[str], str]] = {
    "capitals": lambda title: title.translate(UPPER).upper() + "\n\n",
    "capitals, no blank": lambda title: title.translate(UPPER).upper() + "\n",
    "plain": lambda title: title + "\n\n",
    "hashes": lambda title: f"### {title}\n\n",
    "bold": lambda title: f"**{title}**\n\n",
    "star": lambda title: f"* {title}\n\n",
    "square": lambda title: f"▪ {title}\n",
    "triangle": lambda title: f"► {title}\n\n",
    "bullet": lambda title: f"• {title}\n\n",
    "underlined": lambda title: f"{title}\n{'-' * 40}\n",
    "double": lambda title: f"{title}\n{'=' * len(title)}\n\n",
    "framed": lambda title: f"{'=' * 50}\n{title}\n{'=' * 50}\n",
    "emoji": lambda title: f"📌 {title}\n\n",
    "brackets": lambda title: f"[{title}]\n\n",
    "colon": lambda title: f"{title}:\n\n",
    "numbered, underlined": lambda title: f"{title}\n" + "-" * 60 + "\n",
}
HEADS = [
    "ARAS KİMYA İHRACATÇILARI DERNEĞİ\nHAFTANIN DUYURULARI\nSayı: 44 - 06.11.2026\n\n",
    "ARAS KİMYA İHRACATÇILARI DERNEĞİ\nSirküler No: 44\n06.11.2026\n\nDeğerli üyelerimiz,\n\n"
    "Bu haftanın dört başlığı aşağıdadır.\n\n",
    "Sayı: 44\nTarih: 06.11.2026\nKonu: Haftalık duyurular\n\nSayın Üyemiz,\n\n",
    "KISA KISA - 06.11.2026\n\nSayın Üyemiz,\n\nBirliğimize ulaşan yazıları aşağıda özetledik.\n\n",
    "Aras Kimya E-Bülteni | Sayı 44 | 6 Kasım 2026\n\nMerhaba,\n\nBu sayıda öne çıkan haberler:\n\n",
]
ENGLISH_HEADS = [
    "RIVER CHEMICALS ASSOCIATION\nWeekly news - 8 January 2027\n\nDear members,\n\n",
    "River Chemicals Association\n8 January 2027\n\nDear members,\n\nThree topics this week:\n\n",
    "RIVER DIGEST\n8 January 2027\n\nIn this issue: duties, a webinar, grants\n\n",
]


def _letter(head: str, look: str, subjects: list[tuple[str, str]], end: str = "") -> str:
    return head + "\n\n".join(LOOKS[look](title) + text for title, text in subjects) + end


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("head", HEADS)
def test_headings_of_a_letter_that_announces_several_subjects_are_notices(head: str, look: str) -> None:
    found = read_circular(_letter(head, look, SUBJECTS, "\n\nBilgilerinize sunarız.\n\nGenel Sekreter\n"))
    assert len(found.notices) == 4
    folded = [notice.title.lower().replace("i̇", "i") for notice in found.notices]
    assert "ekranlar" in folded[0]
    assert "anket" in folded[1]
    assert not any(mark in notice.title for notice in found.notices for mark in "#*▪►•[]=📌:")


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("head", ENGLISH_HEADS)
def test_headings_of_an_english_newsletter_are_notices(head: str, look: str) -> None:
    assert len(read_circular(_letter(head, look, MATTERS, "\n\nBest regards\n")).notices) == 3


@pytest.mark.parametrize("ending", ["Hk.", "hk", "Hakkında"])
def test_headings_that_end_as_subjects_do_are_notices_without_an_announcement(ending: str) -> None:
    named = [(f"{title} {ending}", text) for title, text in SUBJECTS]
    head = "Sayı: 12\n06.11.2026\n\nSayın Üyemiz,\n\n"
    assert len(read_circular(_letter(head, "plain", named)).notices) == 4


@pytest.mark.parametrize("look", ["capitals", "hashes", "bold", "underlined", "square", "emoji"])
def test_subjects_of_several_kinds_that_follow_the_greeting_at_once_are_notices(look: str) -> None:
    head = "ARAS KİMYA İHRACATÇILARI DERNEĞİ\nSirküler No: 44\n06.11.2026\n\nDeğerli üyelerimiz,\n\n"
    assert len(read_circular(_letter(head, look, SUBJECTS)).notices) == 4


# Headings of letters about one thing.
PARTS = [
    ["Başvuru", "Katılım koşulları", "Program"],
    ["Ne yapılacak?", "Kimler katılabilir?", "Nasıl başvurulur?"],
    ["Fuar alanı", "Katılım ücreti", "Son başvuru"],
    ["Desteğin kapsamı", "Destek oranı", "Başvuru takvimi"],
    ["What we ask of you", "Who can reply", "Next steps"],
    ["Toplantının amacı", "Gündem", "Ulaşım ve konaklama"],
    ["Eğitimin içeriği", "Eğitmen", "Kayıt"],
    ["Soruşturmanın açılışı", "Soru formu", "Dinleme toplantısı"],
]
ONE = [
    "Sayı: 44\nTarih: 06.11.2026\nKonu: Lagos Boya Fuarı\n\nSayın Üyemiz,\n\n",
    "ARAS KİMYA İHRACATÇILARI DERNEĞİ\nLagos Boya Fuarı Milli Katılım Organizasyonu\n06.11.2026\n\n"
    "Sayın Üyemiz,\n\nLagos’ta düzenlenecek fuara milli katılım organizasyonu yapılacaktır.\n\n",
    "Sayı: 44\nTarih: 06.11.2026\nKonu: Lagos Boya Fuarı\n\nSayın Üyemiz,\n\n"
    "Fuar takvimi belli olmuştur. Ayrıntılar aşağıdadır:\n\n",
    "DUYURU\n06.11.2026\n\nLagos Boya Fuarı\n\nDeğerli üyelerimiz,\n\nFuara ilişkin bilgiler şöyledir.\n\n",
    "Subject: Survey on energy costs\nDate: 8 January 2027\n\nDear members,\n\n"
    "We are collecting figures for our position paper.\n\n",
]
TEXT = "Burada konunun bu yanı birkaç cümleyle anlatılmaktadır. Ayrıntılar ekte yer almaktadır."


@pytest.mark.parametrize("look", [look for look in LOOKS if look != "triangle"])
@pytest.mark.parametrize("head", ONE)
@pytest.mark.parametrize("headings", PARTS)
def test_headings_of_a_letter_about_one_thing_are_no_notices(
    headings: list[str], head: str, look: str
) -> None:
    assert len(read_circular(_letter(head, look, [(one, TEXT) for one in headings])).notices) == 1


def test_a_list_of_facts_in_a_newsletter_of_one_subject_is_no_list_of_notices() -> None:
    head = "Aras Kimya E-Bülteni | Sayı 44 | 6 Kasım 2026\n\nLagos Boya Fuarı\n\nSayın Üyemiz,\n\n"
    facts = "Yer\n\nLagos, Landmark Centre\n\nTarih\n\n4-6 Mayıs 2027\n\nÜcret\n\n450 ABD doları\n"
    assert len(read_circular(f"{head}{TEXT}\n\n{facts}").notices) == 1


def test_a_heading_within_a_subject_of_a_newsletter_begins_no_other() -> None:
    inner = [SUBJECTS[0], SUBJECTS[2], ("Katılım koşulları", TEXT), SUBJECTS[3]]
    assert len(read_circular(_letter(HEADS[0], "capitals", inner)).notices) == 3


def test_numbered_headings_with_a_rule_below_are_notices() -> None:
    named = [(f"{number}) {title}", text) for number, (title, text) in enumerate(SUBJECTS, 1)]
    found = read_circular(_letter(HEADS[1], "numbered, underlined", named))
    assert len(found.notices) == 4
    assert all("---" not in notice.text for notice in found.notices)


@pytest.mark.parametrize("look", ["plain", "capitals", "underlined"])
def test_names_of_a_papers_sections_are_no_subjects(look: str) -> None:
    sections = [("Consultations", MATTERS[0][1]), ("Candidate list", MATTERS[1][1]), ("Events", TEXT)]
    assert len(read_circular(_letter("ECHA Weekly - 18 November 2026\n\n", look, sections)).notices) == 1


@pytest.mark.parametrize(("letter", "expected"), wordings("layouts"))
def test_a_letter_of_any_layout_has_as_many_notices_as_subjects(letter: str, expected: str) -> None:
    assert len(read_circular(letter.replace(" // ", "\n")).notices) == int(expected)
