"""What a notice belongs to, what staff are asked about it, and the ways it came by.

Columns are added, no table is rebuilt: rows, cascades and WITHOUT ROWID stay as they are.

Revision: 0002
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    related = sa.Column(
        "related_id",
        sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
        sa.ForeignKey("notice.id", name="fk_notice_related_id", ondelete="SET NULL"),
        nullable=True,
    )
    op.add_column("notice", related, inline_references=True)
    op.add_column("notice", sa.Column("relation", sa.Text(), nullable=True))
    op.add_column("notice", sa.Column("hints", sa.JSON(), nullable=True))
    op.add_column("notice", sa.Column("path", sa.JSON(), nullable=True))
    op.create_index("ix_notice_related_id", "notice", ["related_id"])


def downgrade() -> None:
    op.drop_index("ix_notice_related_id", "notice")
    with op.batch_alter_table("notice") as table:
        for name in ("path", "hints", "relation", "related_id"):
            table.drop_column(name)
