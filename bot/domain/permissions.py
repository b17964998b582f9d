"""Who of the staff may do what: one table, default no, by numeric user id."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    VIEWER = "viewer"
    EDITOR = "editor"
    APPROVER = "approver"
    ADMIN = "admin"


class Action(StrEnum):
    VIEW_DRAFTS = "view_drafts"
    VIEW_STATUS = "view_status"
    WRITE_DRAFT = "write_draft"
    EDIT_DRAFT = "edit_draft"
    SUBMIT_DRAFT = "submit_draft"
    DELETE_DRAFT = "delete_draft"
    RELEASE = "release"
    RETURN_DRAFT = "return_draft"
    SET_LINK = "set_link"
    DOWNLOAD_REPORT = "download_report"
    CONTROL_SENDING = "control_sending"
    RESUME_COPY = "resume_copy"
    VIEW_AUDIT = "view_audit"


_VIEW = {Action.VIEW_DRAFTS, Action.VIEW_STATUS}
_EDIT = _VIEW | {
    Action.WRITE_DRAFT,
    Action.EDIT_DRAFT,
    Action.SUBMIT_DRAFT,
    Action.DELETE_DRAFT,
    Action.SET_LINK,
    Action.DOWNLOAD_REPORT,
}
PERMISSIONS: dict[Role, frozenset[Action]] = {
    Role.VIEWER: frozenset(_VIEW),
    Role.EDITOR: frozenset(_EDIT),
    Role.APPROVER: frozenset(_EDIT | {Action.RELEASE, Action.RETURN_DRAFT, Action.CONTROL_SENDING}),
    Role.ADMIN: frozenset(Action),
}


@dataclass(frozen=True, slots=True)
class Staff:
    """The association's staff by numeric Telegram user id; a person has the highest role named."""

    viewers: frozenset[int] = frozenset()
    editors: frozenset[int] = frozenset()
    approvers: frozenset[int] = frozenset()
    admins: frozenset[int] = frozenset()
    second_person: bool = True

    def role(self, user_id: int) -> Role | None:
        for role, ids in (
            (Role.ADMIN, self.admins),
            (Role.APPROVER, self.approvers),
            (Role.EDITOR, self.editors),
            (Role.VIEWER, self.viewers),
        ):
            if user_id in ids:
                return role
        return None

    def allows(self, user_id: int, action: Action) -> bool:
        role = self.role(user_id)
        return role is not None and action in PERMISSIONS[role]

    def who_may(self, action: Action) -> tuple[int, ...]:
        """The user ids that may do ``action``, sorted."""
        return tuple(sorted(user for user in self.everyone() if self.allows(user, action)))

    def everyone(self) -> Iterable[int]:
        return self.viewers | self.editors | self.approvers | self.admins
