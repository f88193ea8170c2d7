"""The desk: accounts, the audit log, interviews by people, work on cases, quality, reports"""

import sqlalchemy as sa
from alembic import op

import store.columns

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "account",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("login", sa.String(length=60), nullable=False, comment="in lower case"),
        sa.Column(
            "name", sa.String(length=60), nullable=False, comment="as it is kept under decisions"
        ),
        sa.Column(
            "password_hash", sa.Text(), nullable=True, comment="argon2; none: cannot sign in"
        ),
        sa.Column(
            "must_change",
            sa.Boolean(),
            nullable=False,
            comment="the password was given by somebody else",
        ),
        sa.Column("roles", store.columns.Json(none_as_null=True), nullable=False),
        sa.Column(
            "branch", sa.Text(), nullable=True, comment="sees this branch's policies; none: all"
        ),
        sa.Column("otp_secret", sa.String(length=64), nullable=True, comment="of one-time codes"),
        sa.Column(
            "otp_step", sa.Integer(), nullable=True, comment="the newest code used, never again"
        ),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("created_at", store.columns.AwareTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.String(length=60), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account")),
        sa.UniqueConstraint("login", name=op.f("uq_account_login")),
        sa.UniqueConstraint("name", name=op.f("uq_account_name")),
    )
    op.create_table(
        "audit_entry",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", store.columns.AwareTime(timezone=True), nullable=False),
        sa.Column("who", sa.String(length=60), nullable=False),
        sa.Column("what", sa.String(length=40), nullable=False),
        sa.Column("about", sa.String(length=120), nullable=False, comment="e.g. policy:P0001"),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("before", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_audit_entry")),
    )
    with op.batch_alter_table("audit_entry", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_audit_entry_about"), ["about"], unique=False)
        batch_op.create_index(batch_op.f("ix_audit_entry_at"), ["at"], unique=False)
        batch_op.create_index(batch_op.f("ix_audit_entry_what"), ["what"], unique=False)
        batch_op.create_index(batch_op.f("ix_audit_entry_who"), ["who"], unique=False)

    op.create_table(
        "audit_head",
        sa.Column("id", sa.Integer(), nullable=False, comment="always 1"),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_head")),
    )
    op.create_table(
        "kpi_count",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column(
            "grouping",
            sa.String(length=10),
            nullable=False,
            comment="all, channel, product, seller or script",
        ),
        sa.Column("branch", sa.Text(), nullable=False, comment="empty where the policy names none"),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("due", sa.Integer(), nullable=False),
        sa.Column("valid_due", sa.Integer(), nullable=False),
        sa.Column("first_done_in_period", sa.Integer(), nullable=False),
        sa.Column("success", sa.Integer(), nullable=False),
        sa.Column("success_in_period", sa.Integer(), nullable=False),
        sa.Column("phone_success", sa.Integer(), nullable=False),
        sa.Column("phone_success_in_period", sa.Integer(), nullable=False),
        sa.Column("completed", sa.Integer(), nullable=False),
        sa.Column("clean", sa.Integer(), nullable=False),
        sa.Column("problems", sa.Integer(), nullable=False),
        sa.Column("unsuccessful", sa.Integer(), nullable=False),
        sa.Column("visits", sa.Integer(), nullable=False),
        sa.Column("letters", sa.Integer(), nullable=False),
        sa.Column("cases_issued", sa.Integer(), nullable=False),
        sa.Column("cases_closed", sa.Integer(), nullable=False),
        sa.Column("cases_closed_in_time", sa.Integer(), nullable=False),
        sa.Column(
            "running",
            sa.Integer(),
            nullable=False,
            comment="may still be revisited in their period",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kpi_count")),
        sa.UniqueConstraint(
            "month",
            "grouping",
            "branch",
            "name",
            name=op.f("uq_kpi_count_month_grouping_branch_name"),
        ),
    )
    op.create_table(
        "kpi_month",
        sa.Column("month", sa.String(length=7), nullable=False, comment="2026-11"),
        sa.Column("counted_at", store.columns.AwareTime(timezone=True), nullable=False),
        sa.Column("rulebook", sa.Text(), nullable=False, comment="id:version by which was counted"),
        sa.PrimaryKeyConstraint("month", name=op.f("pk_kpi_month")),
    )
    op.create_table(
        "monthly_report",
        sa.Column("month", sa.String(length=7), nullable=False, comment="2026-11"),
        sa.Column("made_at", store.columns.AwareTime(timezone=True), nullable=False),
        sa.Column("xlsx", sa.LargeBinary(), nullable=False),
        sa.Column("pdf", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("month", name=op.f("pk_monthly_report")),
    )
    op.create_table(
        "quality_plan",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False, comment="sample or calibration"),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        sa.Column("seed", sa.Integer(), nullable=False),
        sa.Column("share", sa.Double(), nullable=False, comment="of all revisits of the period"),
        sa.Column("least", sa.Integer(), nullable=False),
        sa.Column("by_risk", sa.Integer(), nullable=False),
        sa.Column(
            "every",
            sa.Boolean(),
            nullable=False,
            comment="beside those, every call with an answer that waits for a reviewer",
        ),
        sa.Column("twice", sa.Double(), nullable=False, comment="share heard by a second reviewer"),
        sa.Column("population", sa.Integer(), nullable=False),
        sa.Column(
            "strata",
            store.columns.Json(none_as_null=True),
            nullable=False,
            comment="channel, product, size, taken, step and start of each",
        ),
        sa.Column(
            "scorecard",
            store.columns.Json(none_as_null=True),
            nullable=False,
            comment="as it was then, whole",
        ),
        sa.Column("drawn_at", store.columns.AwareTime(timezone=True), nullable=False),
        sa.Column("drawn_by", sa.String(length=60), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quality_plan")),
    )
    with op.batch_alter_table("quality_plan", schema=None) as batch_op:
        batch_op.create_index(
            "uq_quality_plan_drawn_once",
            ["first", "last", "seed"],
            unique=True,
            sqlite_where=sa.text("kind = 'sample'"),
            postgresql_where=sa.text("kind = 'sample'"),
        )

    op.create_table(
        "sign_in_failure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", store.columns.AwareTime(timezone=True), nullable=False),
        sa.Column("login", sa.String(length=60), nullable=False),
        sa.Column("address", sa.String(length=60), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_failure")),
    )
    with op.batch_alter_table("sign_in_failure", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sign_in_failure_address"), ["address"], unique=False)
        batch_op.create_index(batch_op.f("ix_sign_in_failure_at"), ["at"], unique=False)
        batch_op.create_index(batch_op.f("ix_sign_in_failure_login"), ["login"], unique=False)

    op.create_table(
        "sign_in",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("word_hash", sa.String(length=64), nullable=False, comment="SHA-256 of its word"),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("started_at", store.columns.AwareTime(timezone=True), nullable=False),
        sa.Column("seen_at", store.columns.AwareTime(timezone=True), nullable=False),
        sa.Column("ended_at", store.columns.AwareTime(timezone=True), nullable=True),
        sa.Column("ended_because", sa.String(length=20), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_sign_in_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in")),
        sa.UniqueConstraint("word_hash", name=op.f("uq_sign_in_word_hash")),
    )
    with op.batch_alter_table("sign_in", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sign_in_account_id"), ["account_id"], unique=False)

    op.create_table(
        "customer_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("policy_id", sa.Integer(), nullable=False),
        sa.Column("call_id", sa.Integer(), nullable=True),
        sa.Column(
            "kind",
            sa.String(length=12),
            nullable=False,
            comment="address, phone, complaint, surrender or other",
        ),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("opened_at", store.columns.AwareTime(timezone=True), nullable=False),
        sa.Column("opened_by", sa.String(length=60), nullable=False),
        sa.Column("done_at", store.columns.AwareTime(timezone=True), nullable=True),
        sa.Column("done_by", sa.String(length=60), nullable=True),
        sa.Column("done_how", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["call_id"], ["call.id"], name=op.f("fk_customer_request_call_id")),
        sa.ForeignKeyConstraint(
            ["policy_id"], ["policy.id"], name=op.f("fk_customer_request_policy_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_customer_request")),
    )
    with op.batch_alter_table("customer_request", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_customer_request_opened_at"), ["opened_at"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_customer_request_policy_id"), ["policy_id"], unique=False
        )

    op.create_table(
        "former_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("call_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False, comment="of the turn that it was"),
        sa.Column("question_id", sa.String(length=60), nullable=False),
        sa.Column("asked_at", store.columns.AwareTime(timezone=True), nullable=False),
        sa.Column("heard_at", store.columns.AwareTime(timezone=True), nullable=False),
        sa.Column("label", sa.String(length=20), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("request", sa.String(length=20), nullable=True),
        sa.Column("value", sa.Text(), nullable=True),
        sa.Column(
            "against",
            sa.String(length=20),
            nullable=True,
            comment="what the words read as, beside a yes that was kept",
        ),
        sa.Column(
            "waiting",
            sa.Boolean(),
            nullable=False,
            comment="counts again when the path asks for it again",
        ),
        sa.Column("changed_at", store.columns.AwareTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.String(length=60), nullable=False),
        sa.ForeignKeyConstraint(["call_id"], ["call.id"], name=op.f("fk_former_answer_call_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_former_answer")),
    )
    with op.batch_alter_table("former_answer", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_former_answer_call_id"), ["call_id"], unique=False)

    op.create_table(
        "interview",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("policy_id", sa.Integer(), nullable=False),
        sa.Column(
            "call_id", sa.Integer(), nullable=True, comment="none: put back before anybody was rung"
        ),
        sa.Column(
            "continues_id",
            sa.Integer(),
            nullable=True,
            comment="the robot's call that was handed to the agent",
        ),
        sa.Column("agent", sa.String(length=60), nullable=False, comment="who has it now"),
        sa.Column(
            "before", sa.String(length=60), nullable=True, comment="who had it before, if anybody"
        ),
        sa.Column(
            "way",
            sa.String(length=12),
            nullable=True,
            comment="other-phone, carrier or transfer; none: not begun",
        ),
        sa.Column(
            "version",
            sa.Integer(),
            nullable=False,
            comment="counts up with every change: stale forms fail",
        ),
        sa.Column("taken_at", store.columns.AwareTime(timezone=True), nullable=False),
        sa.Column(
            "started_at",
            store.columns.AwareTime(timezone=True),
            nullable=True,
            comment="when the number was dialled",
        ),
        sa.Column("touched_at", store.columns.AwareTime(timezone=True), nullable=False),
        sa.Column("ended_at", store.columns.AwareTime(timezone=True), nullable=True),
        sa.Column(
            "carrier_said",
            sa.String(length=20),
            nullable=True,
            comment="how the carrier says the customer's telephone was reached",
        ),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["call_id"], ["call.id"], name=op.f("fk_interview_call_id")),
        sa.ForeignKeyConstraint(
            ["continues_id"], ["call.id"], name=op.f("fk_interview_continues_id")
        ),
        sa.ForeignKeyConstraint(["policy_id"], ["policy.id"], name=op.f("fk_interview_policy_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interview")),
        sa.UniqueConstraint("call_id", name=op.f("uq_interview_call_id")),
    )
    with op.batch_alter_table("interview", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_interview_agent"), ["agent"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_interview_continues_id"), ["continues_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_interview_ended_at"), ["ended_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_interview_policy_id"), ["policy_id"], unique=False)
        batch_op.create_index(
            "uq_interview_one_open_per_agent",
            ["agent"],
            unique=True,
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )

    op.create_table(
        "kept_yes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("call_id", sa.Integer(), nullable=False),
        sa.Column("turn_number", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.String(length=60), nullable=False),
        sa.Column("label", sa.String(length=20), nullable=False, comment="what the words read as"),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("kept_at", store.columns.AwareTime(timezone=True), nullable=False),
        sa.Column("kept_by", sa.String(length=60), nullable=False),
        sa.ForeignKeyConstraint(["call_id"], ["call.id"], name=op.f("fk_kept_yes_call_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kept_yes")),
        sa.UniqueConstraint("call_id", "turn_number", name=op.f("uq_kept_yes_call_id_turn_number")),
    )
    op.create_table(
        "quality_task",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("call_id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column(
            "part",
            sa.String(length=12),
            nullable=False,
            comment="first, second, third, calibration",
        ),
        sa.Column(
            "seat",
            sa.Integer(),
            nullable=False,
            comment="which of several in the same part, from 0",
        ),
        sa.Column("place", sa.Integer(), nullable=False, comment="where in the work list, from 0"),
        sa.Column(
            "by_chance",
            sa.Boolean(),
            nullable=False,
            comment="part of the random sample, not by risk",
        ),
        sa.Column("risks", store.columns.Json(none_as_null=True), nullable=False),
        sa.Column(
            "channel", sa.String(length=20), nullable=False, comment="group that it was drawn from"
        ),
        sa.Column(
            "product", sa.String(length=20), nullable=False, comment="group that it was drawn from"
        ),
        sa.Column("reviewer", sa.String(length=60), nullable=True),
        sa.Column("claimed_at", store.columns.AwareTime(timezone=True), nullable=True),
        sa.Column(
            "draft",
            store.columns.Json(none_as_null=True),
            nullable=True,
            comment="what is marked so far",
        ),
        sa.Column(
            "version",
            sa.Integer(),
            nullable=False,
            comment="counts up with every change: stale forms fail",
        ),
        sa.Column("done_at", store.columns.AwareTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["call_id"], ["call.id"], name=op.f("fk_quality_task_call_id")),
        sa.ForeignKeyConstraint(
            ["plan_id"], ["quality_plan.id"], name=op.f("fk_quality_task_plan_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quality_task")),
        sa.UniqueConstraint(
            "plan_id",
            "call_id",
            "part",
            "seat",
            name=op.f("uq_quality_task_plan_id_call_id_part_seat"),
        ),
        sa.UniqueConstraint(
            "plan_id",
            "call_id",
            "reviewer",
            name=op.f("uq_quality_task_plan_id_call_id_reviewer"),
        ),
    )
    with op.batch_alter_table("quality_task", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_quality_task_call_id"), ["call_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_quality_task_done_at"), ["done_at"], unique=False)
        batch_op.create_index(
            "ix_quality_task_next", ["done_at", "reviewer", "plan_id", "place"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_quality_task_reviewer"), ["reviewer"], unique=False)

    op.create_table(
        "case_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False, comment="counts within the case, from 1"),
        sa.Column("at", store.columns.AwareTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=60), nullable=False),
        sa.Column(
            "what",
            sa.String(length=20),
            nullable=False,
            comment="cases.workflow.Deed; passed, failed, warning, overdue",
        ),
        sa.Column("words", sa.Text(), nullable=False, comment="in the words of whoever did it"),
        sa.Column(
            "detail",
            store.columns.Json(none_as_null=True),
            nullable=False,
            comment="to whom, when they talked, minutes, whether it was explained again, reached",
        ),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_case_event_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_event")),
        sa.UniqueConstraint("case_id", "number", name=op.f("uq_case_event_case_id_number")),
    )
    op.create_table(
        "case_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column(
            "event_number", sa.Integer(), nullable=False, comment="of the event that brought it"
        ),
        sa.Column("paper", sa.String(length=12), nullable=False, comment="cases.papers.Paper"),
        sa.Column("name", sa.String(length=120), nullable=False, comment="as it was sent"),
        sa.Column("media_type", sa.String(length=40), nullable=False),
        sa.Column("bytes", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("path", sa.String(length=80), nullable=False, comment="in the storage"),
        sa.Column("added_at", store.columns.AwareTime(timezone=True), nullable=False),
        sa.Column("added_by", sa.String(length=60), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_case_file_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_file")),
        sa.UniqueConstraint("case_id", "sha256", name=op.f("uq_case_file_case_id_sha256")),
    )
    op.create_table(
        "case_work",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("stage", sa.String(length=12), nullable=False, comment="cases.workflow.Stage"),
        sa.Column("assignee", sa.String(length=60), nullable=True),
        sa.Column(
            "version",
            sa.Integer(),
            nullable=False,
            comment="counts up with every change, against stale forms",
        ),
        sa.Column(
            "since",
            sa.Integer(),
            nullable=False,
            comment="the first event that counts: a case that was opened again is proved anew",
        ),
        sa.Column(
            "alarm",
            sa.String(length=12),
            nullable=True,
            comment="warning or overdue, as the last night told it",
        ),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_case_work_case_id")),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_case_work")),
    )
    with op.batch_alter_table("policy", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_policy_seller_name"), ["seller_name"], unique=False)

    with op.batch_alter_table("case_work", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_case_work_alarm"), ["alarm"], unique=False)
        batch_op.create_index(batch_op.f("ix_case_work_assignee"), ["assignee"], unique=False)
        batch_op.create_index(batch_op.f("ix_case_work_stage"), ["stage"], unique=False)

    op.create_table(
        "review_comment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("task_id", sa.Integer(), nullable=False),
        sa.Column("at_s", sa.Double(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("made_at", store.columns.AwareTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.String(length=60), nullable=False),
        sa.ForeignKeyConstraint(
            ["task_id"], ["quality_task.id"], name=op.f("fk_review_comment_task_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_comment")),
    )
    with op.batch_alter_table("review_comment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_review_comment_task_id"), ["task_id"], unique=False)

    op.create_table(
        "score_sheet",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("task_id", sa.Integer(), nullable=False),
        sa.Column(
            "number", sa.Integer(), nullable=False, comment="from 1; a change makes the next"
        ),
        sa.Column(
            "marks",
            store.columns.Json(none_as_null=True),
            nullable=False,
            comment="criterion -> met, missed, ...",
        ),
        sa.Column(
            "labels",
            store.columns.Json(none_as_null=True),
            nullable=False,
            comment="turn -> label and words as heard",
        ),
        sa.Column("points", sa.Double(), nullable=False),
        sa.Column("passed", sa.Boolean(), nullable=False),
        sa.Column(
            "critical",
            store.columns.Json(none_as_null=True),
            nullable=False,
            comment="critical criteria that were missed",
        ),
        sa.Column("remark", sa.Text(), nullable=False),
        sa.Column("made_at", store.columns.AwareTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.String(length=60), nullable=False),
        sa.Column(
            "why", sa.Text(), nullable=True, comment="why it took the place of the one before"
        ),
        sa.Column("withdrawn_at", store.columns.AwareTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["task_id"], ["quality_task.id"], name=op.f("fk_score_sheet_task_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_score_sheet")),
        sa.UniqueConstraint("task_id", "number", name=op.f("uq_score_sheet_task_id_number")),
    )
    with op.batch_alter_table("score_sheet", schema=None) as batch_op:
        batch_op.create_index(
            "uq_score_sheet_one_stands",
            ["task_id"],
            unique=True,
            sqlite_where=sa.text("withdrawn_at IS NULL"),
            postgresql_where=sa.text("withdrawn_at IS NULL"),
        )

    op.create_table(
        "second_revisit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("policy_id", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.String(length=12),
            nullable=False,
            comment="booked, passed, failed or withdrawn",
        ),
        sa.Column("booked_at", store.columns.AwareTime(timezone=True), nullable=False),
        sa.Column("booked_by", sa.String(length=60), nullable=False),
        sa.Column(
            "not_before",
            store.columns.AwareTime(timezone=True),
            nullable=False,
            comment="as agreed with the customer",
        ),
        sa.Column(
            "until",
            store.columns.AwareTime(timezone=True),
            nullable=False,
            comment="the last moment at which it is rung",
        ),
        sa.Column("call_id", sa.Integer(), nullable=True),
        sa.Column("outcome", sa.String(length=20), nullable=True),
        sa.Column("ended_at", store.columns.AwareTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["call_id"], ["call.id"], name=op.f("fk_second_revisit_call_id")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_second_revisit_case_id")),
        sa.ForeignKeyConstraint(
            ["policy_id"], ["policy.id"], name=op.f("fk_second_revisit_policy_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_second_revisit")),
    )
    with op.batch_alter_table("second_revisit", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_second_revisit_call_id"), ["call_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_second_revisit_case_id"), ["case_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_second_revisit_policy_id"), ["policy_id"], unique=False
        )
        batch_op.create_index(
            "uq_second_revisit_one_booked",
            ["policy_id"],
            unique=True,
            sqlite_where=sa.text("state = 'booked'"),
            postgresql_where=sa.text("state = 'booked'"),
        )

    op.create_table(
        "appeal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("task_id", sa.Integer(), nullable=False),
        sa.Column("sheet_id", sa.Integer(), nullable=False, comment="as it stood then"),
        sa.Column("agent", sa.String(length=60), nullable=False),
        sa.Column("grounds", sa.Text(), nullable=False),
        sa.Column("made_at", store.columns.AwareTime(timezone=True), nullable=False),
        sa.Column("decided_at", store.columns.AwareTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.String(length=60), nullable=True),
        sa.Column("granted", sa.Boolean(), nullable=True),
        sa.Column("because", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["sheet_id"], ["score_sheet.id"], name=op.f("fk_appeal_sheet_id")),
        sa.ForeignKeyConstraint(["task_id"], ["quality_task.id"], name=op.f("fk_appeal_task_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appeal")),
    )
    with op.batch_alter_table("appeal", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_appeal_agent"), ["agent"], unique=False)
        batch_op.create_index("ix_appeal_decided_at", ["decided_at"], unique=False)
        batch_op.create_index(
            "uq_appeal_one_open",
            ["task_id"],
            unique=True,
            sqlite_where=sa.text("decided_at IS NULL"),
            postgresql_where=sa.text("decided_at IS NULL"),
        )

    op.create_table(
        "review_release",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("review_id", sa.Integer(), nullable=False),
        sa.Column("released", sa.Boolean(), nullable=False),
        sa.Column("decided_at", store.columns.AwareTime(timezone=True), nullable=False),
        sa.Column("decided_by", sa.String(length=60), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["review_id"], ["review.id"], name=op.f("fk_review_release_review_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_release")),
        sa.UniqueConstraint("review_id", name=op.f("uq_review_release_review_id")),
    )

    # a branch's wall asks for it in every query
    op.create_index(op.f("ix_policy_branch"), "policy", ["branch"], unique=False)
    _chain()


def _chain() -> None:
    """The audit log begins, and is only added to from here on: the database itself holds that."""
    op.execute(f"INSERT INTO audit_head (id, number, hash) VALUES (1, 0, '{'0' * 64}')")
    if op.get_bind().dialect.name == "sqlite":
        for change in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER audit_entry_no_{change.lower()} BEFORE {change} ON audit_entry"
                " BEGIN SELECT RAISE(ABORT, 'the audit log is only added to'); END"
            )
        op.execute(  # REPLACE deletes what was there, without asking the trigger above
            "CREATE TRIGGER audit_entry_no_replace BEFORE INSERT ON audit_entry WHEN EXISTS"
            " (SELECT 1 FROM audit_entry WHERE number = NEW.number)"
            " BEGIN SELECT RAISE(ABORT, 'the audit log is only added to'); END"
        )
        return
    op.execute(
        "CREATE FUNCTION audit_entry_stays() RETURNS trigger LANGUAGE plpgsql AS"
        " $$ BEGIN RAISE EXCEPTION 'the audit log is only added to'; END $$"
    )
    op.execute(
        "CREATE TRIGGER audit_entry_stays BEFORE UPDATE OR DELETE ON audit_entry"
        " FOR EACH ROW EXECUTE FUNCTION audit_entry_stays()"
    )
    op.execute(
        "CREATE TRIGGER audit_entry_stays_whole BEFORE TRUNCATE ON audit_entry"
        " EXECUTE FUNCTION audit_entry_stays()"
    )


def downgrade() -> None:
    op.drop_index(op.f("ix_policy_branch"), table_name="policy")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP TRIGGER audit_entry_stays ON audit_entry")
        op.execute("DROP TRIGGER audit_entry_stays_whole ON audit_entry")
        op.execute("DROP FUNCTION audit_entry_stays()")
    op.drop_table("review_release")
    with op.batch_alter_table("appeal", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_appeal_one_open",
            sqlite_where=sa.text("decided_at IS NULL"),
            postgresql_where=sa.text("decided_at IS NULL"),
        )
        batch_op.drop_index("ix_appeal_decided_at")
        batch_op.drop_index(batch_op.f("ix_appeal_agent"))

    op.drop_table("appeal")
    with op.batch_alter_table("second_revisit", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_second_revisit_one_booked",
            sqlite_where=sa.text("state = 'booked'"),
            postgresql_where=sa.text("state = 'booked'"),
        )
        batch_op.drop_index(batch_op.f("ix_second_revisit_policy_id"))
        batch_op.drop_index(batch_op.f("ix_second_revisit_case_id"))
        batch_op.drop_index(batch_op.f("ix_second_revisit_call_id"))

    op.drop_table("second_revisit")
    with op.batch_alter_table("score_sheet", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_score_sheet_one_stands",
            sqlite_where=sa.text("withdrawn_at IS NULL"),
            postgresql_where=sa.text("withdrawn_at IS NULL"),
        )

    op.drop_table("score_sheet")
    with op.batch_alter_table("review_comment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_review_comment_task_id"))

    op.drop_table("review_comment")
    with op.batch_alter_table("policy", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_policy_seller_name"))

    with op.batch_alter_table("case_work", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_case_work_stage"))
        batch_op.drop_index(batch_op.f("ix_case_work_assignee"))
        batch_op.drop_index(batch_op.f("ix_case_work_alarm"))

    op.drop_table("case_work")
    op.drop_table("case_file")
    op.drop_table("case_event")
    with op.batch_alter_table("quality_task", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_quality_task_reviewer"))
        batch_op.drop_index("ix_quality_task_next")
        batch_op.drop_index(batch_op.f("ix_quality_task_done_at"))
        batch_op.drop_index(batch_op.f("ix_quality_task_call_id"))

    op.drop_table("quality_task")
    op.drop_table("kept_yes")
    with op.batch_alter_table("interview", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_interview_one_open_per_agent",
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_interview_policy_id"))
        batch_op.drop_index(batch_op.f("ix_interview_ended_at"))
        batch_op.drop_index(batch_op.f("ix_interview_continues_id"))
        batch_op.drop_index(batch_op.f("ix_interview_agent"))

    op.drop_table("interview")
    with op.batch_alter_table("former_answer", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_former_answer_call_id"))

    op.drop_table("former_answer")
    with op.batch_alter_table("customer_request", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_customer_request_policy_id"))
        batch_op.drop_index(batch_op.f("ix_customer_request_opened_at"))

    op.drop_table("customer_request")
    with op.batch_alter_table("sign_in", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sign_in_account_id"))

    op.drop_table("sign_in")
    with op.batch_alter_table("sign_in_failure", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sign_in_failure_login"))
        batch_op.drop_index(batch_op.f("ix_sign_in_failure_at"))
        batch_op.drop_index(batch_op.f("ix_sign_in_failure_address"))

    op.drop_table("sign_in_failure")
    with op.batch_alter_table("quality_plan", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_quality_plan_drawn_once",
            sqlite_where=sa.text("kind = 'sample'"),
            postgresql_where=sa.text("kind = 'sample'"),
        )

    op.drop_table("quality_plan")
    op.drop_table("monthly_report")
    op.drop_table("kpi_month")
    op.drop_table("kpi_count")
    op.drop_table("audit_head")
    with op.batch_alter_table("audit_entry", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_audit_entry_who"))
        batch_op.drop_index(batch_op.f("ix_audit_entry_what"))
        batch_op.drop_index(batch_op.f("ix_audit_entry_at"))
        batch_op.drop_index(batch_op.f("ix_audit_entry_about"))

    op.drop_table("audit_entry")
    op.drop_table("account")
