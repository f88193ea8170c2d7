"""Staff numbers of accounts and sellers, and mails about late cases"""

import sqlalchemy as sa
from alembic import op

import store.columns

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "case_notice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("step", sa.String(length=12), nullable=False, comment="warning or overdue"),
        sa.Column("claimed_at", store.columns.AwareTime(timezone=True), nullable=False),
        sa.Column(
            "sent_at",
            store.columns.AwareTime(timezone=True),
            nullable=True,
            comment="none: it broke off while it was sent, and nobody knows",
        ),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_case_notice_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_notice")),
        sa.UniqueConstraint("case_id", "step", name=op.f("uq_case_notice_case_id_step")),
    )
    with op.batch_alter_table("account", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "staff_code",
                sa.String(length=40),
                nullable=True,
                comment="工号, as the policies name sellers; tells people apart",
            )
        )
        batch_op.create_unique_constraint(batch_op.f("uq_account_staff_code"), ["staff_code"])
    with op.batch_alter_table("policy", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_policy_seller_code"), ["seller_code"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("policy", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_policy_seller_code"))
    with op.batch_alter_table("account", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("uq_account_staff_code"), type_="unique")
        batch_op.drop_column("staff_code")
    op.drop_table("case_notice")
