"""Notices that live on after release: what amends one and how, the facts it had before, what replaced it.

Columns are added, no table is rebuilt: rows, cascades and WITHOUT ROWID stay as they are.

Revision: 0007
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    key = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    replaced = sa.Column(
        "replaced_by_id",
        key,
        sa.ForeignKey("notice.id", name="fk_notice_replaced_by_id", ondelete="SET NULL"),
        nullable=True,
    )
    op.add_column("notice", sa.Column("amend", sa.Text(), nullable=True))
    op.add_column("notice", sa.Column("former", sa.JSON(), nullable=True))
    op.add_column("notice", replaced, inline_references=True)
    op.create_index("ix_notice_replaced_by_id", "notice", ["replaced_by_id"])
    follows = sa.Column(
        "follows_id",
        key,
        sa.ForeignKey("broadcast.id", name="fk_broadcast_follows_id", ondelete="CASCADE"),
        nullable=True,
    )
    op.add_column("broadcast", follows, inline_references=True)
    op.create_index("ix_broadcast_follows_id", "broadcast", ["follows_id"])


def downgrade() -> None:
    op.drop_index("ix_broadcast_follows_id", "broadcast")
    with op.batch_alter_table("broadcast") as table:
        table.drop_column("follows_id")
    op.drop_index("ix_notice_replaced_by_id", "notice")
    with op.batch_alter_table("notice") as table:
        for name in ("replaced_by_id", "former", "amend"):
            table.drop_column(name)
