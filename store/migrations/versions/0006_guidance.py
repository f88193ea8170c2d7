"""Counter guidance: quizzes and their answers; and what complaints teach: clusters"""

import sqlalchemy as sa
from alembic import op

import store.columns

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "quiz_attempt",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("who", sa.String(length=60), nullable=False),
        sa.Column("branch", sa.Text(), nullable=True, comment="of whoever takes it, then"),
        sa.Column(
            "guide",
            sa.String(length=80),
            nullable=False,
            comment="id:version that it was drawn from",
        ),
        sa.Column(
            "seed",
            sa.Integer(),
            nullable=False,
            comment="the same guide and seed make the same paper",
        ),
        sa.Column(
            "paper",
            store.columns.Json(none_as_null=True),
            nullable=False,
            comment="as it was drawn, whole",
        ),
        sa.Column("pass_mark", sa.Integer(), nullable=False, comment="percent, as it was then"),
        sa.Column("begun_at", store.columns.AwareTime(timezone=True), nullable=False),
        sa.Column("ended_at", store.columns.AwareTime(timezone=True), nullable=True),
        sa.Column(
            "score",
            sa.Integer(),
            nullable=True,
            comment="percent of the questions answered right",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quiz_attempt")),
    )
    with op.batch_alter_table("quiz_attempt", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_quiz_attempt_branch"), ["branch"], unique=False)
        batch_op.create_index(batch_op.f("ix_quiz_attempt_ended_at"), ["ended_at"], unique=False)
        batch_op.create_index("ix_quiz_attempt_who_ended_at", ["who", "ended_at"], unique=False)
        batch_op.create_index(
            "uq_quiz_attempt_one_open",
            ["who"],
            unique=True,
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )

    op.create_table(
        "quiz_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("attempt_id", sa.Integer(), nullable=False),
        sa.Column(
            "number", sa.Integer(), nullable=False, comment="counts within the paper, from 0"
        ),
        sa.Column("about", sa.String(length=60), nullable=False, comment="the piece of the guide"),
        sa.Column("chosen", sa.Integer(), nullable=False, comment="the option, from 0"),
        sa.Column("right", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["attempt_id"], ["quiz_attempt.id"], name=op.f("fk_quiz_answer_attempt_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quiz_answer")),
        sa.UniqueConstraint("attempt_id", "number", name=op.f("uq_quiz_answer_attempt_id_number")),
    )
    with op.batch_alter_table("quiz_answer", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_quiz_answer_about"), ["about"], unique=False)

    op.create_table(
        "complaint_cluster",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "complaint_id", sa.Integer(), nullable=False, comment="the newest; it names the branch"
        ),
        sa.Column("seller_name", sa.Text(), nullable=False),
        sa.Column("first_at", store.columns.AwareTime(timezone=True), nullable=False),
        sa.Column("last_at", store.columns.AwareTime(timezone=True), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("raised_at", store.columns.AwareTime(timezone=True), nullable=False),
        sa.Column("closed_at", store.columns.AwareTime(timezone=True), nullable=True),
        sa.Column("closed_by", sa.String(length=60), nullable=True),
        sa.Column("done", sa.Text(), nullable=True, comment="what was done about the seller"),
        sa.Column(
            "version",
            sa.Integer(),
            nullable=False,
            comment="counts up with every change: stale forms fail",
        ),
        sa.ForeignKeyConstraint(
            ["complaint_id"], ["complaint.id"], name=op.f("fk_complaint_cluster_complaint_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_complaint_cluster")),
    )
    with op.batch_alter_table("complaint_cluster", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_complaint_cluster_complaint_id"), ["complaint_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_complaint_cluster_seller_name"), ["seller_name"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_complaint_cluster_closed_at"), ["closed_at"], unique=False
        )


def downgrade() -> None:
    with op.batch_alter_table("complaint_cluster", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_complaint_cluster_closed_at"))
        batch_op.drop_index(batch_op.f("ix_complaint_cluster_seller_name"))
        batch_op.drop_index(batch_op.f("ix_complaint_cluster_complaint_id"))

    op.drop_table("complaint_cluster")
    with op.batch_alter_table("quiz_answer", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_quiz_answer_about"))

    op.drop_table("quiz_answer")
    with op.batch_alter_table("quiz_attempt", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_quiz_attempt_one_open",
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )
        batch_op.drop_index("ix_quiz_attempt_who_ended_at")
        batch_op.drop_index(batch_op.f("ix_quiz_attempt_ended_at"))
        batch_op.drop_index(batch_op.f("ix_quiz_attempt_branch"))

    op.drop_table("quiz_attempt")
