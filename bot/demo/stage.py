"""The demo's stage: its three steps, its buttons and what the clock does."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from bot.app import App
from bot.clock import ShiftedClock
from bot.demo.news import NewsServer
from bot.demo.people import ELIF
from bot.sandbox.world import Control, World

SAMPLE = "ornek-sirkuler.pdf"


async def set_stage(world: World, app: App, clock: ShiftedClock, news: NewsServer, data: Path) -> None:
    """Put the guide and the controls into the sandbox's page; poll once so that news is news."""
    await app.ticker.run_now("poll")  # the first poll announces nothing old

    async def send_circular() -> None:
        world.person_document(ELIF.id, ELIF.id, SAMPLE, (data / SAMPLE).read_bytes(), "application/pdf")

    async def publish() -> None:
        if news.publish() is not None:
            clock.advance(timedelta(minutes=6))  # the source is due again
            await app.ticker.run_now("poll")

    def advance(seconds: float) -> None:
        clock.advance(timedelta(seconds=seconds))
        app.ticker.wake()

    world.advance = advance
    world.controls = [
        Control(
            "circular",
            {"tr": "Örnek sirküleri gönder", "en": "Send the sample circular"},
            send_circular,
            {
                "tr": "Elif Kaya, beş konulu bir PDF sirküleri bota gönderir. Kendi PDF’inizi de bırakabilirsiniz.",
                "en": "Elif Kaya sends the bot a PDF circular with five items. Or drop a PDF of your own.",
            },
        ),
        Control(
            "news",
            {"tr": "Sıradaki AB haberini yayımla", "en": "Publish the next EU news item"},
            publish,
            {
                "tr": "Örnek AB haber akışına yeni bir haber eklenir; bot görür ve ilgili abonelere iletir.",
                "en": "A new item enters the sample EU feed; the bot sees it and sends it to those concerned.",
            },
        ),
    ]
    world.guide = GUIDE


GUIDE = [
    {
        "title": {"tr": "Sirküleri gönderin", "en": "Send the circular"},
        "text": {
            "tr": "“Örnek sirküleri gönder” düğmesine basın veya Elif’in sohbetine kendi PDF’inizi bırakın. Bot konuları ayırır, "
            "alıcıları sayar ve emin olmadığı tarihi sorar.",
            "en": "Press “Send the sample circular” or drop your own PDF into Elif’s chat. The bot splits it into items, counts "
            "who is concerned and asks about the date it is not sure of.",
        },
    },
    {
        "title": {"tr": "Onaylayın ve gönderin", "en": "Approve and send"},
        "text": {
            "tr": "Elif onaya gönderir; ikinci kişi olarak Murat “Onayla ve gönder”e basar. Ayşe’nin telefonuna yalnızca onu "
            "ilgilendiren konular gelir.",
            "en": "Elif hands it in; Murat, the second person, presses “Approve and send”. Ayşe’s phone gets only the items "
            "that concern her.",
        },
    },
    {
        "title": {"tr": "Saati ileri alın", "en": "Move the clock"},
        "text": {
            "tr": "“+1 gün” ile ilerleyin: son tarihten bir iş günü önce saat 09.30’da hatırlatma gelir.",
            "en": "Press “+1 day”: the reminder comes at 09:30 on the working day before the deadline.",
        },
    },
]
