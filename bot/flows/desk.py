"""A staff member at work: who, where, in which language, within one transaction."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.outgoing import Edit, Outgoing, Send
from bot.domain.permissions import Action, Staff
from bot.errors import NotAllowed
from bot.rendering.catalog import Texts
from bot.rendering.kit import RenderingKit
from bot.rendering.messages import Rendered
from bot.store import audit


@dataclass(frozen=True, slots=True)
class Desk:
    """``message_id`` is the message whose button was tapped; None when the person wrote."""

    connection: AsyncConnection
    now: datetime
    kit: RenderingKit
    staff: Staff
    user_id: int
    chat_id: int
    language: str
    message_id: int | None = None

    @property
    def texts(self) -> Texts:
        return self.kit.catalogs[self.language]

    @property
    def today(self) -> date:
        return self.now.astimezone(self.kit.association.zone).date()

    def require(self, action: Action) -> None:
        """Raises ``NotAllowed`` unless the person's role permits ``action``."""
        if not self.staff.allows(self.user_id, action):
            raise NotAllowed(f"The role does not permit {action}.", key="staff.not_allowed")

    def show(self, rendered: Rendered) -> Outgoing:
        """In place of the tapped message, else as a new one."""
        if self.message_id is None:
            return self.send(rendered)
        return Edit(self.chat_id, self.message_id, rendered.text, rendered.keyboard)

    def send(self, rendered: Rendered) -> Send:
        return Send(self.chat_id, rendered.text, rendered.keyboard)

    def anew(self) -> Desk:
        """The same person, answered below instead of in place."""
        return replace(self, message_id=None)

    async def note(self, action: str, root_id: int, **detail: object) -> None:
        """One line of the audit log about a notice."""
        await audit.write(
            self.connection, self.now, self.user_id, action, f"notice:{root_id}", dict(detail) or None
        )


@dataclass(frozen=True, slots=True)
class Reply:
    """Answers to store and the toast for a tapped button."""

    answers: tuple[Outgoing, ...] = ()
    toast: str = ""
    alert: bool = False
