"""The monthly reports about complaints as they were made"""

import sqlalchemy as sa
from alembic import op

import store.columns

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "complaint_report",
        sa.Column("month", sa.String(length=7), nullable=False, comment="2026-11"),
        sa.Column("made_at", store.columns.AwareTime(timezone=True), nullable=False),
        sa.Column("xlsx", sa.LargeBinary(), nullable=False),
        sa.Column("pdf", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("month", name=op.f("pk_complaint_report")),
    )


def downgrade() -> None:
    op.drop_table("complaint_report")
