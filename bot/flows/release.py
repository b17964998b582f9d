"""Four eyes: a draft is handed in, a second person releases it or returns it with a reason."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from markupsafe import Markup

from bot.domain.draft_tap import DraftTap
from bot.domain.outgoing import Button, Keyboard, Outgoing, Send
from bot.domain.permissions import Action
from bot.domain.relation import Amend
from bot.domain.schedule import USUAL
from bot.errors import Refused
from bot.flows import amend, broadcast, correction
from bot.flows.desk import Desk, Reply
from bot.flows.drafts import OpenDraft, load, load_current, view
from bot.rendering.drafts import approval_message
from bot.rendering.hours import near_words
from bot.rendering.markup import join, shorten, untrusted
from bot.rendering.messages import Rendered
from bot.store import answers, dialogues, notices, progress, staff_people
from bot.store.notices import OPEN_STATES
from bot.store.tables import NoticeState

STEP_RETURN = "staff_return"
REASON_LIMIT = 500


async def submit(desk: Desk, tap: DraftTap) -> Reply:
    """Hand a draft in: every approver but the author is asked. Raises ``Refused`` while it cannot go.

    Who hands in answers for the text: from then on that person is its author.
    """
    desk.require(Action.SUBMIT_DRAFT)
    draft = await load_current(desk, tap)
    if draft.root.state is NoticeState.SUBMITTED:
        return await view(desk, tap.root_id)
    await _sendable(desk, draft)
    approvers = _approvers(desk, desk.user_id)
    if not approvers:
        raise Refused("Nobody else may approve.", key="draft.no_approver")
    moved = await notices.set_state(
        desk.connection,
        tap.root_id,
        NoticeState.SUBMITTED,
        desk.now,
        expected=(NoticeState.DRAFT, NoticeState.RETURNED),
        version=tap.version,
        author_id=desk.user_id,
    )
    if not moved:
        raise Refused("The draft has changed.", key="draft.outdated")
    await desk.note("submit_draft", tap.root_id, version=tap.version)
    await _ask_approvers(desk, tap.root_id, approvers)
    names = desk.texts.list(await staff_people.names(desk.connection, approvers))
    text = desk.texts("draft.submitted", title=_title(draft), names=untrusted(names))
    strangers = [str(one) for one in approvers if not await staff_people.name(desk.connection, one)]
    if strangers:  # a bot may not begin a conversation: they read nothing before their first message to it
        text += "\n" + desk.texts("draft.submitted.strangers", names=untrusted(desk.texts.list(strangers)))
    open_again = Button(desk.texts.plain("draft.button.open"), data=draft.sheet.tap("view"))
    return Reply((desk.show(Rendered(text, ((open_again,),))),))


async def release(desk: Desk, tap: DraftTap) -> Reply:
    """Approve and send: the version that was looked at, once, by somebody else than its author."""
    desk.require(Action.RELEASE)
    draft = await load_current(desk, tap)
    second_person = desk.staff.second_person
    if second_person and draft.root.author_id == desk.user_id:
        names = await staff_people.names(desk.connection, _approvers(desk, desk.user_id))
        if not names:
            raise Refused("Nobody else may approve.", key="draft.no_approver")
        raise Refused("One's own draft.", key="draft.own", names=desk.texts.list(names))
    if second_person and draft.root.state is not NoticeState.SUBMITTED:
        raise Refused("Not handed in.", key="draft.not_submitted")
    await _sendable(desk, draft)
    expected = (NoticeState.SUBMITTED,) if second_person else OPEN_STATES
    if draft.root.amend is Amend.EDIT:
        await correction.release(
            desk.connection,
            draft.root,
            desk.now,
            released_by=desk.user_id,
            rendering=desk.kit,
            expected=expected,
        )
    else:
        await broadcast.release(
            desk.connection,
            tap.root_id,
            desk.now,
            released_by=desk.user_id,
            rendering=desk.kit,
            version=tap.version,
            expected=expected,
        )
    await _tell_author(desk, draft, "approved", "draft.approved")
    if desk.message_id is not None:
        await progress.follow(desk.connection, tap.root_id, desk.chat_id, desk.message_id)
    lines = [desk.texts("draft.released", title=_title(draft)), *_waits(desk, draft)]
    return Reply((desk.show(Rendered(join(lines), ())),))


async def ask_reason(desk: Desk, tap: DraftTap) -> Reply:
    """``İade et``: ask the approver why."""
    desk.require(Action.RETURN_DRAFT)
    draft = await load_current(desk, tap)
    if draft.root.state is not NoticeState.SUBMITTED:
        raise Refused("Not handed in.", key="draft.not_submitted")
    data = {"root": tap.root_id, "version": tap.version}
    await dialogues.put(desk.connection, desk.chat_id, desk.user_id, STEP_RETURN, data, desk.now)
    cancel = Button(desk.texts.plain("draft.button.cancel"), data=draft.sheet.tap("view"))
    return Reply((Send(desk.chat_id, desk.texts("draft.ask.return"), ((cancel,),)),))


async def give_back(desk: Desk, data: dict[str, object], reason: str) -> Reply:
    """Return a draft with the approver's reason; its author is told and can go on editing."""
    desk.require(Action.RETURN_DRAFT)
    root_id, version = data.get("root"), data.get("version")
    if not isinstance(root_id, int) or not isinstance(version, int):
        raise Refused("No such draft.", key="draft.gone")
    draft = await load_current(desk, DraftTap(root_id, version, "return"))
    words = shorten(" ".join(reason.split()), REASON_LIMIT)
    if not words:
        raise Refused("The text is empty.", key="draft.empty_text")
    moved = await notices.set_state(
        desk.connection,
        root_id,
        NoticeState.RETURNED,
        desk.now,
        expected=(NoticeState.SUBMITTED,),
        version=version,
        return_reason=words,
    )
    if not moved:
        raise Refused("Not handed in.", key="draft.not_submitted")
    await dialogues.clear(desk.connection, desk.chat_id, desk.user_id)
    await desk.note("return_draft", root_id, version=version)
    await _tell_author(desk, draft, "returned", "draft.was_returned", reason=untrusted(words))
    return Reply((Send(desk.chat_id, desk.texts("draft.return_done")),))


async def _sendable(desk: Desk, draft: OpenDraft) -> None:
    """Raises ``Refused`` naming what keeps a draft from being sent."""
    if draft.root.amend is not None:
        await amend.sendable(desk, draft.root)
    going = [item for item in draft.items if not item.excluded]
    if not going:
        raise Refused("Every item is left out.", key="draft.nothing_to_send")
    for item in going:
        if not item.everyone and not item.facts.topics:
            key = "draft.no_topic" if draft.sheet.several else "draft.no_topic_single"
            raise Refused("An item has no recipients.", key=key, n=item.position)
    if sum(draft.sheet.recipients.values()) == 0:
        key = "draft.nobody_consented" if draft.sheet.without_takers else "draft.nobody"
        raise Refused("Nobody is concerned.", key=key)


def _waits(desk: Desk, draft: OpenDraft) -> list[Markup]:
    """The line that says until when what was released now is held; none when it leaves at once."""
    going = [item for item in draft.items if not item.excluded]
    plans = [broadcast.departures(draft.root, item, desk.now, desk.kit)[USUAL] for item in going]
    first = min(plan.at for plan in plans)
    if first <= desk.now:
        return []
    when = near_words(first, desk.now, desk.texts, desk.kit.association)
    return [desk.texts("draft.will_leave", when=when)]


def _approvers(desk: Desk, author_id: int) -> tuple[int, ...]:
    able = desk.staff.who_may(Action.RELEASE)
    if not desk.staff.second_person:
        return able
    return tuple(user for user in able if user != author_id)


async def _ask_approvers(desk: Desk, root_id: int, approvers: Iterable[int]) -> None:
    for user_id in approvers:
        language = await staff_people.language(desk.connection, user_id)
        theirs = replace(desk, user_id=user_id, chat_id=user_id, language=language, message_id=None)
        draft = await load(theirs, root_id)
        message = theirs.send(approval_message(draft.sheet, theirs.texts))
        await _queue(desk, message)


async def _tell_author(desk: Desk, draft: OpenDraft, what: str, key: str, **words: Markup) -> None:
    author = draft.root.author_id
    if author is None or author == desk.user_id:
        return
    texts = desk.kit.catalogs[await staff_people.language(desk.connection, author)]
    name = (await staff_people.names(desk.connection, [desk.user_id]))[0]
    text = texts(key, title=_title(draft), name=untrusted(name), **words)
    keyboard: Keyboard = ()
    if what == "returned":
        keyboard = ((Button(texts.plain("draft.button.open"), data=draft.sheet.tap("view")),),)
    await _queue(desk, Send(author, text, keyboard))


async def _queue(desk: Desk, message: Outgoing) -> None:
    # Needs no key: the change of state in the same transaction happens once.
    await answers.add(desk.connection, [message], desk.now)


def _title(draft: OpenDraft) -> Markup:
    return untrusted(shorten(draft.root.facts.title, 300))
