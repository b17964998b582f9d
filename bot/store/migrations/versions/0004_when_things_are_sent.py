"""When things are sent: urgent notices and news, members' hours and consents, held rows and digests.

Revision: 0004
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0002"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_HELD = (
    ("ix_delivery_held", ["broadcast_id", "member_id"]),
    ("ix_delivery_held_due", ["not_before", "member_id"]),
)


def upgrade() -> None:
    for table, names in (
        ("notice", ("urgent", "news")),
        ("member", ("frequency", "quiet", "paid_activity", "commercial")),
    ):
        for name in names:
            op.add_column(
                table, sa.Column(name, sa.SmallInteger(), server_default=sa.text("0"), nullable=False)
            )
    op.add_column(
        "notice",
        sa.Column("nature", sa.Text(), server_default=sa.text("'informational'"), nullable=False),
    )
    op.add_column(
        "consent", sa.Column("purpose", sa.Text(), server_default=sa.text("'notices'"), nullable=False)
    )
    _check("state BETWEEN 0 AND 7")
    held = sa.text("state = 7")
    for name, columns in _HELD:
        op.create_index(name, "delivery", columns, sqlite_where=held, postgresql_where=held)
    op.create_table(
        "digest",
        sa.Column("id", _ID, nullable=False),
        sa.Column("member_id", _ID, nullable=False),
        sa.Column("broadcasts", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("done_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_digest_member_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_digest")),
    )
    op.create_index(op.f("ix_digest_member_id"), "digest", ["member_id"])
    undone = sa.text("done_at IS NULL")
    op.create_index("ix_digest_open", "digest", ["id"], sqlite_where=undone, postgresql_where=undone)


def downgrade() -> None:
    op.drop_table("digest")
    for name, _columns in _HELD:
        op.drop_index(name, "delivery")
    # What waits for a digest goes as a message of its own.
    op.execute("UPDATE delivery SET state = 0 WHERE state = 7")
    _check("state BETWEEN 0 AND 6")
    for table, names in (
        ("consent", ("purpose",)),
        ("member", ("frequency", "quiet", "paid_activity", "commercial")),
        ("notice", ("urgent", "news", "nature")),
    ):
        for name in names:
            op.drop_column(table, name)


def _check(rule: str) -> None:
    """Replace the rule on a delivery's state; SQLite has to write the table anew, still WITHOUT ROWID."""
    with op.batch_alter_table("delivery", table_kwargs={"sqlite_with_rowid": False}) as batch:
        batch.drop_constraint("delivery_state", type_="check")
        batch.create_check_constraint("delivery_state", rule)
