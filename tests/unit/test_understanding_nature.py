"""Paid activities and advertising are told from information, with doubt on information's side."""

from __future__ import annotations

import pytest

from bot.domain.notice import Kind, Nature
from bot.understanding.nature import nature_of


@pytest.mark.parametrize(
    ("kind", "text", "nature"),
    [
        (Kind.FAIR, "Fuara katılım ücreti 300 EUR/m2 olarak belirlenmiştir.", Nature.PAID_ACTIVITY),
        (Kind.FAIR, "Stand metrekare birim fiyatı 250 avrodur.", Nature.PAID_ACTIVITY),
        (Kind.TRADE_MISSION, "Heyete KATILIM BEDELİ firma başına 1.500 USD'dir.", Nature.PAID_ACTIVITY),
        (Kind.TRAINING, "Eğitim ücreti kişi başı 2.000 TL + KDV'dir.", Nature.PAID_ACTIVITY),
        (Kind.TRAINING, "The course fee is due on registration.", Nature.PAID_ACTIVITY),
        (Kind.TRAINING, "Eğitim ücretsizdir; kayıt ücreti alınmayacaktır.", Nature.INFORMATIONAL),
        (
            Kind.TRAINING,
            "Participation is free of charge; there is no registration fee.",
            Nature.INFORMATIONAL,
        ),
        (
            Kind.FAIR,
            "Fuarın 3-6 Şubat 2027 tarihlerinde düzenleneceği bildirilmektedir.",
            Nature.INFORMATIONAL,
        ),
        (Kind.LEGISLATION, "Başvuru ücreti 500 TL olarak değiştirilmiştir.", Nature.INFORMATIONAL),
        (Kind.TRADE_DEFENCE, "Anti-dumping duties of EUR 300 per tonne.", Nature.INFORMATIONAL),
        (Kind.ANNOUNCEMENT, "Sponsorumuz Örnek AŞ'den üyelerimize özel indirim!", Nature.COMMERCIAL),
        (Kind.ANNOUNCEMENT, "Sponsored content: a discount code for our members.", Nature.COMMERCIAL),
        (Kind.LEGISLATION, "Reklam Kurulu yönetmeliği değiştirilmiştir.", Nature.INFORMATIONAL),
        (
            Kind.CONSULTATION,
            "Advertisement of medicinal products: consultation opened.",
            Nature.INFORMATIONAL,
        ),
    ],
)
def test_nature(kind: Kind, text: str, nature: Nature) -> None:
    assert nature_of("Duyuru", text, kind) is nature
