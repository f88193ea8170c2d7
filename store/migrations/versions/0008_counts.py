"""Indexes for pages that count: cases by day and by family, hearings by day"""

from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_case_family", "case", ["family"])
    op.create_index("ix_case_opened_at", "case", ["opened_at"])
    op.create_index("ix_hearing_made_at", "hearing", ["made_at"])


def downgrade() -> None:
    op.drop_index("ix_hearing_made_at", "hearing")
    op.drop_index("ix_case_opened_at", "case")
    op.drop_index("ix_case_family", "case")
