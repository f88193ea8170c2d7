"""Scheduling: agenda, leases, dialling, forecasts, revisits made otherwise

Attempts that had been planned and not yet ordered are dropped: the plan is kept as an agenda now,
which the first sweep fills."""

import sqlalchemy as sa
from alembic import op

import store.columns
from scheduler.persons import person_key

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("DELETE FROM attempt WHERE state = 'planned'")
    op.create_table(
        "dialling",
        sa.Column("id", sa.Integer(), nullable=False, comment="always 1"),
        sa.Column(
            "state",
            sa.String(length=8),
            nullable=False,
            comment="running, paused or broken (the breaker)",
        ),
        sa.Column("since", store.columns.AwareTime(timezone=True), nullable=False),
        sa.Column(
            "by", sa.Text(), nullable=True, comment="who paused or resumed; none: Huifang itself"
        ),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column(
            "agents",
            sa.Integer(),
            nullable=True,
            comment="people on duty who can take over calls; none: not limited by them",
        ),
        sa.Column("failures", sa.Integer(), nullable=False, comment="orders that failed in a row"),
        sa.Column(
            "rest_s",
            sa.Integer(),
            nullable=False,
            comment="how long a broken one waits between the calls it tries, in seconds",
        ),
        sa.Column(
            "resent_at",
            store.columns.AwareTime(timezone=True),
            nullable=True,
            comment="when an order that the carrier had refused was last sent again",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dialling")),
    )
    op.create_table(
        "dialling_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", store.columns.AwareTime(timezone=True), nullable=False),
        sa.Column("what", sa.String(length=12), nullable=False),
        sa.Column("by", sa.Text(), nullable=True),
        sa.Column("why", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dialling_event")),
    )
    with op.batch_alter_table("dialling_event", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_dialling_event_at"), ["at"], unique=False)

    op.create_table(
        "do_not_call",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("phone", sa.String(length=20), nullable=True, comment="E.164"),
        sa.Column("person", sa.String(length=32), nullable=True, comment="as policy.person"),
        sa.Column("since", store.columns.AwareTime(timezone=True), nullable=False),
        sa.Column(
            "until", store.columns.AwareTime(timezone=True), nullable=True, comment="none: for good"
        ),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("lifted_at", store.columns.AwareTime(timezone=True), nullable=True),
        sa.Column("lifted_by", sa.Text(), nullable=True),
        sa.Column("lifted_because", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_do_not_call")),
    )
    with op.batch_alter_table("do_not_call", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_do_not_call_person"), ["person"], unique=False)
        batch_op.create_index(batch_op.f("ix_do_not_call_phone"), ["phone"], unique=False)

    op.create_table(
        "duty",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column(
            "holder", sa.Text(), nullable=False, comment="the worker that has it, or had it last"
        ),
        sa.Column(
            "turn",
            sa.Integer(),
            nullable=False,
            comment="counts up with every renewal: how others see life",
        ),
        sa.Column(
            "renewed_at",
            store.columns.AwareTime(timezone=True),
            nullable=False,
            comment="for people; nobody decides by it",
        ),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_duty")),
    )
    op.create_table(
        "forecast",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("made_at", store.columns.AwareTime(timezone=True), nullable=False),
        sa.Column("open_policies", sa.Integer(), nullable=False),
        sa.Column(
            "expected",
            sa.Double(),
            nullable=False,
            comment="policies that will probably be revisited",
        ),
        sa.Column("at_risk", sa.Integer(), nullable=False),
        sa.Column(
            "summary",
            store.columns.Json(none_as_null=True),
            nullable=False,
            comment="assumptions, and per day calls wanted, calls possible, deadlines",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_forecast")),
    )
    with op.batch_alter_table("forecast", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_forecast_made_at"), ["made_at"], unique=False)

    op.create_table(
        "handover_list",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("branch", sa.Text(), nullable=False),
        sa.Column("made_at", store.columns.AwareTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.Text(), nullable=False),
        sa.Column(
            "due_on", sa.Date(), nullable=False, comment="five working days after the branch got it"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handover_list")),
    )
    op.create_table(
        "job_run",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column(
            "due_at",
            store.columns.AwareTime(timezone=True),
            nullable=False,
            comment="the moment of the timetable it ran for",
        ),
        sa.Column("started_at", store.columns.AwareTime(timezone=True), nullable=False),
        sa.Column("ended_at", store.columns.AwareTime(timezone=True), nullable=True),
        sa.Column("worker", sa.Text(), nullable=False),
        sa.Column("runs", sa.Integer(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False, comment="in a row"),
        sa.Column("said", sa.Text(), nullable=True, comment="what it did, or how it failed"),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_job_run")),
    )
    op.create_table(
        "agenda",
        sa.Column("policy_id", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.String(length=8),
            nullable=False,
            comment="ready: may be rung now; held; late: cannot be reached in time any more",
        ),
        sa.Column(
            "look_at",
            store.columns.AwareTime(timezone=True),
            nullable=True,
            comment="when to decide again; none: only after something happens to the policy",
        ),
        sa.Column(
            "rank",
            sa.String(length=48),
            nullable=False,
            comment="digits whose order is the order of dialling (scheduler.order)",
        ),
        sa.Column(
            "not_before",
            store.columns.AwareTime(timezone=True),
            nullable=True,
            comment="when a held policy's turn comes",
        ),
        sa.Column("deadline", store.columns.AwareTime(timezone=True), nullable=True),
        sa.Column("slots_left", sa.Integer(), nullable=False),
        sa.Column("phone", sa.String(length=20), nullable=True, comment="rung next"),
        sa.Column("person", sa.String(length=32), nullable=True),
        sa.Column("branch", sa.Text(), nullable=True),
        sa.Column(
            "why",
            sa.String(length=30),
            nullable=False,
            comment="code of the first reason, to filter by",
        ),
        sa.Column(
            "reasons",
            store.columns.Json(none_as_null=True),
            nullable=False,
            comment="code, detail, until each",
        ),
        sa.Column(
            "rules",
            sa.String(length=16),
            nullable=False,
            comment="mark of the rulebook and calendar that decided",
        ),
        sa.Column("decided_at", store.columns.AwareTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["policy_id"], ["policy.id"], name=op.f("fk_agenda_policy_id")),
        sa.PrimaryKeyConstraint("policy_id", name=op.f("pk_agenda")),
    )
    with op.batch_alter_table("agenda", schema=None) as batch_op:
        batch_op.create_index("ix_agenda_branch_turn", ["branch", "state", "rank"], unique=False)
        batch_op.create_index(batch_op.f("ix_agenda_look_at"), ["look_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_agenda_person"), ["person"], unique=False)
        batch_op.create_index(batch_op.f("ix_agenda_phone"), ["phone"], unique=False)
        batch_op.create_index("ix_agenda_turn", ["state", "rank"], unique=False)
        batch_op.create_index("ix_agenda_why", ["state", "why"], unique=False)
        batch_op.create_index("ix_agenda_due", ["state", "deadline"], unique=False)

    op.create_table(
        "forecast_risk",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("forecast_id", sa.Integer(), nullable=False),
        sa.Column("policy_id", sa.Integer(), nullable=False),
        sa.Column("deadline", store.columns.AwareTime(timezone=True), nullable=False),
        sa.Column(
            "chance", sa.Double(), nullable=False, comment="of being revisited in time, 0 to 1"
        ),
        sa.Column(
            "why", sa.String(length=30), nullable=False, comment="a stable code: what is short"
        ),
        sa.Column(
            "way",
            sa.String(length=12),
            nullable=True,
            comment="branch-call, letter or visit; none: none is in time any more",
        ),
        sa.Column("start_by", sa.Date(), nullable=True, comment="last day to begin the other way"),
        sa.ForeignKeyConstraint(
            ["forecast_id"], ["forecast.id"], name=op.f("fk_forecast_risk_forecast_id")
        ),
        sa.ForeignKeyConstraint(
            ["policy_id"], ["policy.id"], name=op.f("fk_forecast_risk_policy_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_forecast_risk")),
    )
    with op.batch_alter_table("forecast_risk", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_forecast_risk_forecast_id"), ["forecast_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_forecast_risk_policy_id"), ["policy_id"], unique=False)

    op.create_table(
        "handover",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("policy_id", sa.Integer(), nullable=False),
        sa.Column(
            "way", sa.String(length=12), nullable=False, comment="branch-call, letter or visit"
        ),
        sa.Column(
            "because",
            sa.String(length=40),
            nullable=False,
            comment="how the calling ended, 'forecast' or 'special-revisit'",
        ),
        sa.Column(
            "branch",
            sa.Text(),
            nullable=False,
            comment="as the policy names it; empty where it names none",
        ),
        sa.Column(
            "state",
            sa.String(length=12),
            nullable=False,
            comment="proposed, waiting (for a list), issued, done, failed, withdrawn",
        ),
        sa.Column("opened_at", store.columns.AwareTime(timezone=True), nullable=False),
        sa.Column("list_id", sa.Integer(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("result", sa.Text(), nullable=True, comment="in the branch's words"),
        sa.Column("revisited_on", sa.Date(), nullable=True, comment="the day, as the branch says"),
        sa.Column(
            "signed", sa.Boolean(), nullable=True, comment="by the holder in person (是否本人签名)"
        ),
        sa.Column("delay_reason", sa.Text(), nullable=True),
        sa.Column("ended_at", store.columns.AwareTime(timezone=True), nullable=True),
        sa.Column("ended_by", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["list_id"], ["handover_list.id"], name=op.f("fk_handover_list_id")
        ),
        sa.ForeignKeyConstraint(["policy_id"], ["policy.id"], name=op.f("fk_handover_policy_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handover")),
    )
    with op.batch_alter_table("handover", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_handover_list_id"), ["list_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_handover_policy_id"), ["policy_id"], unique=False)
        batch_op.create_index("ix_handover_state", ["state", "due_on"], unique=False)
        batch_op.create_index(
            "uq_handover_one_open",
            ["policy_id"],
            unique=True,
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )

    op.create_table(
        "special_revisit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("policy_id", sa.Integer(), nullable=False),
        sa.Column(
            "ground", sa.String(length=12), nullable=False, comment="group, family or agreed"
        ),
        sa.Column(
            "reason",
            sa.Text(),
            nullable=False,
            comment="why not by phone, in the applicant's words",
        ),
        sa.Column(
            "way", sa.String(length=12), nullable=False, comment="branch-call, letter or visit"
        ),
        sa.Column(
            "agreed_for",
            store.columns.AwareTime(timezone=True),
            nullable=False,
            comment="the time agreed with the customer",
        ),
        sa.Column("signed_by_customer", sa.Boolean(), nullable=False),
        sa.Column("signed_by_agent", sa.Boolean(), nullable=False),
        sa.Column(
            "state",
            sa.String(length=12),
            nullable=False,
            comment="applied, approved, refused, withdrawn, done",
        ),
        sa.Column("applied_at", store.columns.AwareTime(timezone=True), nullable=False),
        sa.Column("applied_by", sa.Text(), nullable=False),
        sa.Column("decided_at", store.columns.AwareTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.Text(), nullable=True, comment="never the applicant"),
        sa.Column("decided_because", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["policy_id"], ["policy.id"], name=op.f("fk_special_revisit_policy_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_special_revisit")),
    )
    with op.batch_alter_table("special_revisit", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_special_revisit_policy_id"), ["policy_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_special_revisit_state"), ["state"], unique=False)
        batch_op.create_index(
            "uq_special_revisit_one_standing",
            ["policy_id"],
            unique=True,
            sqlite_where=sa.text("state IN ('applied', 'approved')"),
            postgresql_where=sa.text("state IN ('applied', 'approved')"),
        )

    op.create_table(
        "overdue_statement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("policy_id", sa.Integer(), nullable=False),
        sa.Column("handover_id", sa.Integer(), nullable=True),
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.Column("filed_at", store.columns.AwareTime(timezone=True), nullable=False),
        sa.Column("filed_by", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column(
            "in_time", sa.Boolean(), nullable=False, comment="filed before the limit had passed"
        ),
        sa.Column("new_date", sa.Date(), nullable=True, comment="by when it will be done"),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case.id"], name=op.f("fk_overdue_statement_case_id")
        ),
        sa.ForeignKeyConstraint(
            ["handover_id"], ["handover.id"], name=op.f("fk_overdue_statement_handover_id")
        ),
        sa.ForeignKeyConstraint(
            ["policy_id"], ["policy.id"], name=op.f("fk_overdue_statement_policy_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_overdue_statement")),
    )
    with op.batch_alter_table("overdue_statement", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_overdue_statement_case_id"), ["case_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_overdue_statement_handover_id"), ["handover_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_overdue_statement_policy_id"), ["policy_id"], unique=False
        )

    with op.batch_alter_table("attempt", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("person", sa.String(length=32), nullable=True, comment="as policy.person")
        )
        batch_op.add_column(
            sa.Column(
                "decision",
                store.columns.Json(none_as_null=True),
                nullable=True,
                comment="rank, slots left, rulebook and calendar of the decision that led to the call",
            )
        )
        batch_op.add_column(
            sa.Column(
                "lease",
                sa.Integer(),
                nullable=False,
                comment="counts up whenever the lease is taken or renewed",
                server_default="0",
            )
        )
        batch_op.add_column(
            sa.Column(
                "retry_at",
                store.columns.AwareTime(timezone=True),
                nullable=True,
                comment="when an order that the carrier refused for the moment is sent again",
            )
        )
        batch_op.add_column(
            sa.Column(
                "rang_at",
                store.columns.AwareTime(timezone=True),
                nullable=True,
                comment="none: nobody's telephone rang",
            )
        )
        batch_op.add_column(
            sa.Column(
                "cause",
                sa.String(length=20),
                nullable=True,
                comment="the outcome, or a finer word for what follows (scripts.outcomes)",
            )
        )
        batch_op.create_index("ix_attempt_person", ["person", "planned_at"], unique=False)
        batch_op.create_index("ix_attempt_phone", ["phone", "planned_at"], unique=False)
        batch_op.create_index(
            "uq_attempt_one_open_per_person",
            ["person"],
            unique=True,
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )
        batch_op.drop_column("leased_until")

    with op.batch_alter_table("case", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "closed_at",
                store.columns.AwareTime(timezone=True),
                nullable=True,
                comment="recordings are kept two years from then (recordings.retention)",
            )
        )

    with op.batch_alter_table("policy", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "person",
                sa.String(length=32),
                nullable=True,
                comment="the holder across policies (operations.persons)",
            )
        )
        batch_op.add_column(
            sa.Column(
                "follow_up",
                sa.String(length=20),
                nullable=True,
                comment="focus 重点跟进 or visit 需上门回访, by the nightly rules (scheduler.nightly)",
            )
        )
        batch_op.create_index(batch_op.f("ix_policy_follow_up"), ["follow_up"], unique=False)
        batch_op.create_index("ix_policy_holder", ["holder_birth", "holder_name"], unique=False)
        batch_op.create_index(batch_op.f("ix_policy_person"), ["person"], unique=False)

    with op.batch_alter_table("attempt", schema=None) as batch_op:
        batch_op.alter_column("lease", server_default=None)
        batch_op.alter_column(
            "state",
            existing_type=sa.String(length=12),
            existing_nullable=False,
            existing_comment="planned, placing (the order may be out), placed, ended",
            comment="placing (the order may be out), placed, ended",
        )
    _fill()

    with op.batch_alter_table("recording", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "deleted_at",
                store.columns.AwareTime(timezone=True),
                nullable=True,
                comment="when its time was over; `problem` says why",
            )
        )


def _fill() -> None:
    """What the new columns say of rows that are there already."""
    op.execute("UPDATE attempt SET cause = outcome")
    op.execute(
        "UPDATE attempt SET rang_at = ended_at"
        " WHERE outcome NOT IN ('failed', 'canceled', 'empty-number', 'suspended')"
    )
    policies = sa.table(
        "policy",
        sa.column("id"),
        sa.column("holder_name"),
        sa.column("holder_id_number"),
        sa.column("holder_birth", sa.Date()),
        sa.column("person"),
    )
    connection = op.get_bind()
    found = connection.execute(sa.select(policies).order_by(policies.c.id)).all()
    keys = [
        {"row": row.id, "key": person_key(row.holder_name, row.holder_id_number, row.holder_birth)}
        for row in found
    ]
    if keys:
        statement = policies.update().where(policies.c.id == sa.bindparam("row"))
        connection.execute(statement.values(person=sa.bindparam("key")), keys)
    op.execute(
        "UPDATE attempt SET person = (SELECT person FROM policy WHERE policy.id = policy_id)"
        " WHERE ended_at IS NOT NULL"
    )


def downgrade() -> None:
    with op.batch_alter_table("recording", schema=None) as batch_op:
        batch_op.drop_column("deleted_at")

    with op.batch_alter_table("policy", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_policy_person"))
        batch_op.drop_index("ix_policy_holder")
        batch_op.drop_index(batch_op.f("ix_policy_follow_up"))
        batch_op.drop_column("follow_up")
        batch_op.drop_column("person")

    with op.batch_alter_table("case", schema=None) as batch_op:
        batch_op.drop_column("closed_at")

    with op.batch_alter_table("attempt", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("leased_until", store.columns.AwareTime(timezone=True), nullable=True)
        )
        batch_op.drop_index(
            "uq_attempt_one_open_per_person",
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )
        batch_op.drop_index("ix_attempt_phone")
        batch_op.drop_index("ix_attempt_person")
        batch_op.drop_column("cause")
        batch_op.drop_column("rang_at")
        batch_op.drop_column("retry_at")
        batch_op.drop_column("lease")
        batch_op.drop_column("decision")
        batch_op.drop_column("person")

    with op.batch_alter_table("overdue_statement", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_overdue_statement_policy_id"))
        batch_op.drop_index(batch_op.f("ix_overdue_statement_handover_id"))
        batch_op.drop_index(batch_op.f("ix_overdue_statement_case_id"))

    op.drop_table("overdue_statement")
    with op.batch_alter_table("special_revisit", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_special_revisit_one_standing",
            sqlite_where=sa.text("state IN ('applied', 'approved')"),
            postgresql_where=sa.text("state IN ('applied', 'approved')"),
        )
        batch_op.drop_index(batch_op.f("ix_special_revisit_state"))
        batch_op.drop_index(batch_op.f("ix_special_revisit_policy_id"))

    op.drop_table("special_revisit")
    with op.batch_alter_table("handover", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_handover_one_open",
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )
        batch_op.drop_index("ix_handover_state")
        batch_op.drop_index(batch_op.f("ix_handover_policy_id"))
        batch_op.drop_index(batch_op.f("ix_handover_list_id"))

    op.drop_table("handover")
    with op.batch_alter_table("forecast_risk", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_forecast_risk_policy_id"))
        batch_op.drop_index(batch_op.f("ix_forecast_risk_forecast_id"))

    op.drop_table("forecast_risk")
    with op.batch_alter_table("agenda", schema=None) as batch_op:
        batch_op.drop_index("ix_agenda_due")
        batch_op.drop_index("ix_agenda_why")
        batch_op.drop_index("ix_agenda_turn")
        batch_op.drop_index(batch_op.f("ix_agenda_phone"))
        batch_op.drop_index(batch_op.f("ix_agenda_person"))
        batch_op.drop_index(batch_op.f("ix_agenda_look_at"))
        batch_op.drop_index("ix_agenda_branch_turn")

    op.drop_table("agenda")
    op.drop_table("job_run")
    op.drop_table("handover_list")
    with op.batch_alter_table("forecast", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_forecast_made_at"))

    op.drop_table("forecast")
    op.drop_table("duty")
    with op.batch_alter_table("do_not_call", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_do_not_call_phone"))
        batch_op.drop_index(batch_op.f("ix_do_not_call_person"))

    op.drop_table("do_not_call")
    with op.batch_alter_table("dialling_event", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_dialling_event_at"))

    op.drop_table("dialling_event")
    op.drop_table("dialling")
