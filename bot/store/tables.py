"""Every table, in one file. Moments are epoch seconds (UTC), states are small integers.

The outbox is compact on purpose (measured: 26 to 48 bytes a delivery instead of 166 with texts
and dates): small integers, WITHOUT ROWID, a partial index on open rows, errors in a table of
their own.
"""

from __future__ import annotations

from enum import IntEnum

from sqlalchemy import (
    JSON,
    BigInteger,
    CheckConstraint,
    Column,
    ColumnElement,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    SmallInteger,
    Table,
    Text,
    UniqueConstraint,
    literal_column,
    text,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

Id = BigInteger().with_variant(Integer, "sqlite")


class NoticeState(IntEnum):
    """A draft's way: written, handed in, returned or released."""

    DRAFT = 0
    SUBMITTED = 1
    RETURNED = 2
    RELEASED = 3
    DELETED = 4


class BroadcastState(IntEnum):
    SENDING = 0
    PAUSED = 1
    FINISHED = 2
    STOPPED = 3


class DeliveryState(IntEnum):
    """``QUEUED → LEASED → SENT | FAILED | SKIPPED | UNKNOWN``; BLOCKED: failed by the member.

    HELD waits for the member's digest of ``not_before``; without a moment it is in one that is on its way.
    """

    QUEUED = 0
    LEASED = 1
    SENT = 2
    FAILED = 3
    SKIPPED = 4
    UNKNOWN = 5
    BLOCKED = 6
    HELD = 7


class AnswerState(IntEnum):
    QUEUED = 0
    LEASED = 1
    SENT = 2
    FAILED = 3
    UNKNOWN = 5


class InboxState(IntEnum):
    NEW = 0
    DONE = 1
    FAILED = 2


class ReminderState(IntEnum):
    DUE = 0
    SENT = 1
    ENDED = 2


class EventKind(IntEnum):
    DEADLINE = 0
    MEETING = 1


meta = Table(
    "meta",
    metadata,
    Column("key", Text, primary_key=True),
    Column("value", Text, nullable=False),
)

source = Table(
    "source",
    metadata,
    Column("id", Id, primary_key=True),
    Column("name", Text, nullable=False, unique=True),
    Column("url", Text, nullable=False),
    Column("etag", Text),
    Column("last_modified", Text),
    Column("body_sha256", Text),
    Column("last_polled_at", BigInteger),
    Column("last_ok_at", BigInteger),
    Column("last_item_at", BigInteger),
    Column("next_poll_at", BigInteger, nullable=False, server_default=text("0")),
    Column("failures", Integer, nullable=False, server_default=text("0")),
    Column("last_error", Text),
    Column("quarantined", Integer, nullable=False, server_default=text("0")),
)

item = Table(
    "item",
    metadata,
    Column("id", Id, primary_key=True),
    Column("source_id", Id, ForeignKey("source.id", ondelete="CASCADE"), nullable=False),
    Column("identity", Text, nullable=False),
    Column("content_hash", Text, nullable=False),
    Column("url", Text),
    Column("title", Text, nullable=False),
    Column("published_on", Text),
    Column("seen_at", BigInteger, nullable=False),
    Column("announced", SmallInteger, nullable=False, server_default=text("0")),
    UniqueConstraint("source_id", "identity"),
)

notice = Table(
    "notice",
    metadata,
    Column("id", Id, primary_key=True),
    Column("parent_id", Id, ForeignKey("notice.id", ondelete="CASCADE"), index=True),
    Column("position", Integer, nullable=False, server_default=text("0")),
    Column("item_id", Id, ForeignKey("item.id", ondelete="SET NULL")),
    Column("source_name", Text),
    Column("state", SmallInteger, nullable=False, server_default=text("0")),
    Column("version", Integer, nullable=False, server_default=text("1")),
    Column("language", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("status", Text, nullable=False, server_default=text("'new'")),
    Column("title", Text, nullable=False),
    Column("number", Text),
    Column("document_date", Text),
    Column("everyone", SmallInteger, nullable=False, server_default=text("0")),
    Column("excluded", SmallInteger, nullable=False, server_default=text("0")),
    # On the root: staff want it sent at any hour; it goes into digests.
    Column("urgent", SmallInteger, nullable=False, server_default=text("0")),
    Column("news", SmallInteger, nullable=False, server_default=text("0")),
    # As domain.notice.Nature; the facts say the same.
    Column("nature", Text, nullable=False, server_default=text("'informational'")),
    Column("facts", JSON, nullable=False),  # the whole Notice record as domain.notice writes it
    Column("chain", JSON),
    # What it belongs to, as staff have confirmed; hints: what they are asked; path: every way it came by.
    Column("related_id", Id, ForeignKey("notice.id", ondelete="SET NULL"), index=True),
    Column("relation", Text),
    Column("hints", JSON),
    Column("path", JSON),
    # A change of a released notice (``related_id``): in place or as a reply; the facts it had before.
    Column("amend", Text),
    Column("former", JSON),
    # The released notice that says all that still holds of this one.
    Column("replaced_by_id", Id, ForeignKey("notice.id", ondelete="SET NULL"), index=True),
    Column("checks", JSON),  # paths of the facts that staff have confirmed
    Column("source_url", Text),
    Column("file_id", Text),
    Column("file_name", Text),
    Column("author_id", BigInteger),
    Column("approver_id", BigInteger),
    Column("return_reason", Text),
    Column("created_at", BigInteger, nullable=False),
    Column("updated_at", BigInteger, nullable=False),
    Column("released_at", BigInteger, index=True),
)

notice_topic = Table(
    "notice_topic",
    metadata,
    Column("notice_id", Id, ForeignKey("notice.id", ondelete="CASCADE"), nullable=False),
    Column("topic", Text, nullable=False),
    PrimaryKeyConstraint("notice_id", "topic"),
    sqlite_with_rowid=False,
)

event = Table(
    "event",
    metadata,
    Column("id", Id, primary_key=True),
    Column("notice_id", Id, ForeignKey("notice.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("kind", SmallInteger, nullable=False),
    Column("position", Integer, nullable=False, server_default=text("0")),
    Column("starts_at", BigInteger, nullable=False, index=True),
    Column("ends_at", BigInteger),
    Column("has_hour", SmallInteger, nullable=False),
)

member = Table(
    "member",
    metadata,
    Column("id", Id, primary_key=True),
    Column("chat_id", BigInteger, nullable=False, unique=True),
    Column("kind", SmallInteger, nullable=False, server_default=text("0")),
    Column("language", SmallInteger, nullable=False),
    Column("state", SmallInteger, nullable=False, server_default=text("0")),
    # As domain.schedule.Frequency and Quiet.
    Column("frequency", SmallInteger, nullable=False, server_default=text("0")),
    Column("quiet", SmallInteger, nullable=False, server_default=text("0")),
    # Consents beyond information, off by default; their history stands in consent.
    Column("paid_activity", SmallInteger, nullable=False, server_default=text("0")),
    Column("commercial", SmallInteger, nullable=False, server_default=text("0")),
    Column("created_at", BigInteger, nullable=False),
    Column("state_at", BigInteger, nullable=False),
)

member_topic = Table(
    "member_topic",
    metadata,
    Column("member_id", Id, ForeignKey("member.id", ondelete="CASCADE"), nullable=False),
    Column("topic", Text, nullable=False),
    PrimaryKeyConstraint("member_id", "topic"),
    Index("ix_member_topic_topic", "topic", "member_id"),
    sqlite_with_rowid=False,
)

consent = Table(
    "consent",
    metadata,
    Column("id", Id, primary_key=True),
    Column("member_id", Id, ForeignKey("member.id", ondelete="CASCADE"), nullable=False, index=True),
    # "notices" for the subscription itself, else a domain.notice.Nature.
    Column("purpose", Text, nullable=False, server_default=text("'notices'")),
    Column("text_version", Text, nullable=False),
    Column("given", SmallInteger, nullable=False),
    Column("at", BigInteger, nullable=False),
)

consent_text = Table(
    "consent_text",
    metadata,
    Column("version", Text, primary_key=True),
    Column("text", Text, nullable=False),
    Column("first_at", BigInteger, nullable=False),
)

link_request = Table(
    "link_request",
    metadata,
    Column("id", Id, primary_key=True),
    Column("member_id", Id, ForeignKey("member.id", ondelete="CASCADE"), nullable=False),
    # The notice asked about; NULL: the Alliance in general.
    Column("notice_id", Id, ForeignKey("notice.id", ondelete="CASCADE")),
    Column("asked_at", BigInteger, nullable=False),
    Column("told_at", BigInteger),
)

reminder = Table(
    "reminder",
    metadata,
    Column("id", Id, primary_key=True),
    Column("member_id", Id, ForeignKey("member.id", ondelete="CASCADE"), nullable=False),
    Column("event_id", Id, ForeignKey("event.id", ondelete="CASCADE"), nullable=False),
    Column("rule", Text, nullable=False),
    Column("due_at", BigInteger, nullable=False),
    Column("state", SmallInteger, nullable=False, server_default=text("0")),
    UniqueConstraint("member_id", "event_id", "rule"),
    Index("ix_reminder_due", "due_at", sqlite_where=text("state = 0"), postgresql_where=text("state = 0")),
)

broadcast = Table(
    "broadcast",
    metadata,
    Column("id", Id, primary_key=True),
    Column("notice_id", Id, ForeignKey("notice.id", ondelete="CASCADE"), nullable=False),
    Column("purpose", Text, nullable=False),
    Column("state", SmallInteger, nullable=False, server_default=text("0")),
    # Begins the callback data of this broadcast's buttons: no other message has the same.
    Column("token", Text, nullable=False, unique=True),
    Column("audience", Integer, nullable=False, server_default=text("0")),
    Column("released_by", BigInteger),
    Column("created_at", BigInteger, nullable=False),
    Column("finished_at", BigInteger),
    Column("reported_at", BigInteger),
    Column("trouble", Text),
    # The broadcast of edits whose refused rows this one sends as new messages.
    Column("follows_id", Id, ForeignKey("broadcast.id", ondelete="CASCADE"), index=True),
    UniqueConstraint("notice_id", "purpose"),
)

message = Table(
    "message",
    metadata,
    Column("id", Id, primary_key=True),
    Column("broadcast_id", Id, ForeignKey("broadcast.id", ondelete="CASCADE"), nullable=False),
    Column("language", SmallInteger, nullable=False),
    Column("method", Text, nullable=False, server_default=text("'sendMessage'")),
    # The Bot API parameters without chat_id, rendered once.
    Column("body", JSON, nullable=False),
    UniqueConstraint("broadcast_id", "language"),
)

delivery = Table(
    "delivery",
    metadata,
    Column("broadcast_id", Id, ForeignKey("broadcast.id", ondelete="CASCADE"), nullable=False),
    Column("member_id", Id, ForeignKey("member.id", ondelete="CASCADE"), nullable=False),
    Column("message_id", Id, nullable=False),
    Column("state", SmallInteger, nullable=False),
    Column("attempts", SmallInteger, nullable=False),
    Column("silent", SmallInteger, nullable=False),
    Column("lease_owner", Integer),
    Column("lease_until", BigInteger),
    Column("not_before", BigInteger),
    Column("telegram_message_id", BigInteger),
    PrimaryKeyConstraint("broadcast_id", "member_id"),
    Index(
        "ix_delivery_open",
        "broadcast_id",
        "member_id",
        sqlite_where=text("state < 2"),
        postgresql_where=text("state < 2"),
    ),
    Index("ix_delivery_member", "member_id"),
    # Rows that wait for a digest: not open, so that claims do not read past them.
    Index(
        "ix_delivery_held",
        "broadcast_id",
        "member_id",
        sqlite_where=text("state = 7"),
        postgresql_where=text("state = 7"),
    ),
    Index(
        "ix_delivery_held_due",
        "not_before",
        "member_id",
        sqlite_where=text("state = 7"),
        postgresql_where=text("state = 7"),
    ),
    CheckConstraint("state BETWEEN 0 AND 7", name="delivery_state"),
    sqlite_with_rowid=False,
)

# The partial index's own condition, word for word, and its first column with a sign that keeps SQLite from
# the primary key: without both, every claim reads all rows a broadcast has sent already.
OPEN_DELIVERY = text("delivery.state < 2")
OPEN_BROADCAST_ID: ColumnElement[int] = literal_column("+delivery.broadcast_id", BigInteger)

# As OPEN_DELIVERY: rows that wait for a digest.
HELD_DELIVERY = text("delivery.state = 7")

digest = Table(
    "digest",
    metadata,
    # A digest on its way to a member: the answer whose dedupe key is "digest:<id>" carries it.
    Column("id", Id, primary_key=True),
    Column("member_id", Id, ForeignKey("member.id", ondelete="CASCADE"), nullable=False, index=True),
    # The broadcasts of the held deliveries that it lists.
    Column("broadcasts", JSON, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("done_at", BigInteger),
    Index(
        "ix_digest_open",
        "id",
        sqlite_where=text("done_at IS NULL"),
        postgresql_where=text("done_at IS NULL"),
    ),
)

delivery_error = Table(
    "delivery_error",
    metadata,
    Column("broadcast_id", Id, nullable=False),
    Column("member_id", Id, nullable=False),
    Column("code", Integer),
    Column("text", Text, nullable=False),
    Column("at", BigInteger, nullable=False),
    PrimaryKeyConstraint("broadcast_id", "member_id"),
)

inbox = Table(
    "inbox",
    metadata,
    Column("update_id", BigInteger, primary_key=True, autoincrement=False),
    Column("chat_id", BigInteger),
    Column("body", Text),
    Column("state", SmallInteger, nullable=False, server_default=text("0")),
    Column("attempts", SmallInteger, nullable=False, server_default=text("0")),
    Column("received_at", BigInteger, nullable=False),
    Column("done_at", BigInteger),
    # The number that a message to us used up of the bot's one counter; kept when the body is erased.
    Column("message_id", BigInteger),
    Index("ix_inbox_open", "update_id", sqlite_where=text("state = 0"), postgresql_where=text("state = 0")),
)

answer = Table(
    "answer",
    metadata,
    Column("id", Id, primary_key=True),
    # (update_id, n) for an answer to an update; dedupe for one that a job or a release caused.
    Column("update_id", BigInteger),
    Column("n", Integer, nullable=False, server_default=text("0")),
    Column("dedupe", Text, unique=True),
    Column("chat_id", BigInteger, nullable=False),
    Column("method", Text, nullable=False),
    Column("body", JSON),
    Column("state", SmallInteger, nullable=False, server_default=text("0")),
    Column("attempts", SmallInteger, nullable=False, server_default=text("0")),
    Column("lease_owner", Integer),
    Column("lease_until", BigInteger),
    Column("not_before", BigInteger),
    Column("telegram_message_id", BigInteger),
    Column("created_at", BigInteger, nullable=False),
    Column("done_at", BigInteger),
    UniqueConstraint("update_id", "n"),
    Index("ix_answer_open", "id", sqlite_where=text("state < 2"), postgresql_where=text("state < 2")),
)

# As OPEN_DELIVERY: answers that are not done yet.
OPEN_ANSWER = text("answer.state < 2")

# What a person is in the middle of: one open question per person and chat.
dialogue = Table(
    "dialogue",
    metadata,
    Column("chat_id", BigInteger, nullable=False),
    Column("user_id", BigInteger, nullable=False),
    Column("step", Text, nullable=False),
    Column("data", JSON, nullable=False),
    Column("updated_at", BigInteger, nullable=False),
    PrimaryKeyConstraint("chat_id", "user_id"),
)

staff_person = Table(
    "staff_person",
    metadata,
    Column("user_id", BigInteger, primary_key=True, autoincrement=False),
    Column("name", Text, nullable=False),
    Column("language", SmallInteger, nullable=False),
    Column("seen_at", BigInteger, nullable=False),
)

progress = Table(
    "progress",
    metadata,
    # The message in which a staff member watches a sending; open: what waited when it was last written.
    Column("root_id", Id, ForeignKey("notice.id", ondelete="CASCADE"), nullable=False),
    Column("chat_id", BigInteger, nullable=False),
    Column("message_id", BigInteger, nullable=False),
    Column("open", BigInteger, nullable=False),
    PrimaryKeyConstraint("root_id", "chat_id"),
)

throttle = Table(
    "throttle",
    metadata,
    # A 429's end, kept over restarts; scope: "all" or "chat:<id>".
    Column("scope", Text, primary_key=True),
    Column("until_ms", BigInteger, nullable=False),
)

audit = Table(
    "audit",
    metadata,
    Column("id", Id, primary_key=True),
    Column("at", BigInteger, nullable=False),
    Column("user_id", BigInteger),
    Column("action", Text, nullable=False),
    Column("object", Text, nullable=False),
    Column("detail", JSON),
)

numbering = Table(
    "numbering",
    metadata,
    # What a sender knew of Telegram's numbers when the oldest row it holds was leased: every message that is
    # not accounted for has a number above ``floor``. Written with the leases themselves.
    Column("owner", Integer, primary_key=True, autoincrement=False),
    Column("floor", BigInteger, nullable=False),
    Column("last", BigInteger, nullable=False),
    # 1: numbers were seen that one counter cannot have given.
    Column("broken", SmallInteger, nullable=False, server_default=text("0")),
    Column("at", BigInteger, nullable=False),
)

# The senders at work on one database (PostgreSQL): each says that it lives, all share one rate.
sender = Table(
    "sender",
    metadata,
    Column("owner", Integer, primary_key=True, autoincrement=False),
    Column("seen_ms", BigInteger, nullable=False),
)

decision = Table(
    "decision",
    metadata,
    # What was decided of a message whose arrival was not known: of a delivery or of an answer.
    Column("id", Id, primary_key=True),
    Column("broadcast_id", Id),
    Column("member_id", Id),
    Column("answer_id", Id),
    Column("cause", Text, nullable=False),
    Column("decided", Text, nullable=False),
    Column("telegram_message_id", BigInteger),
    Column("probes", Integer, nullable=False, server_default=text("0")),
    Column("at", BigInteger, nullable=False),
    Index("ix_decision_broadcast", "broadcast_id"),
)
