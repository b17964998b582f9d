"""What a sender knows of Telegram's numbers, and what was decided of messages it lost sight of.

Revision: 0006
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "numbering",
        sa.Column("owner", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("floor", sa.BigInteger(), nullable=False),
        sa.Column("last", sa.BigInteger(), nullable=False),
        sa.Column("broken", sa.SmallInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("owner", name=op.f("pk_numbering")),
    )
    op.create_table(
        "sender",
        sa.Column("owner", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("seen_ms", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("owner", name=op.f("pk_sender")),
    )
    op.create_table(
        "decision",
        sa.Column("id", _ID, nullable=False),
        sa.Column("broadcast_id", _ID, nullable=True),
        sa.Column("member_id", _ID, nullable=True),
        sa.Column("answer_id", _ID, nullable=True),
        sa.Column("cause", sa.Text(), nullable=False),
        sa.Column("decided", sa.Text(), nullable=False),
        sa.Column("telegram_message_id", sa.BigInteger(), nullable=True),
        sa.Column("probes", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision")),
    )
    op.create_index("ix_decision_broadcast", "decision", ["broadcast_id"])


def downgrade() -> None:
    op.drop_table("decision")
    op.drop_table("sender")
    op.drop_table("numbering")
