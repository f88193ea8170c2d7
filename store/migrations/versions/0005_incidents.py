"""Emergencies at the counter: incidents, checklists and contacts of the insurer's own, drills"""

import sqlalchemy as sa
from alembic import op

import store.columns

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "drill",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("branch", sa.Text(), nullable=True),
        sa.Column(
            "case_id", sa.String(length=60), nullable=True, comment="of the file of emergencies"
        ),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("situation", sa.Text(), nullable=False),
        sa.Column("place", sa.String(length=120), nullable=False),
        sa.Column("planned_on", sa.Date(), nullable=False),
        sa.Column(
            "plan",
            store.columns.Json(none_as_null=True),
            nullable=False,
            comment="words, minute or none, who",
        ),
        sa.Column("planned_at", store.columns.AwareTime(timezone=True), nullable=False),
        sa.Column("planned_by", sa.String(length=60), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False, comment="cases.drills.State"),
        sa.Column("started_at", store.columns.AwareTime(timezone=True), nullable=True),
        sa.Column("ended_at", store.columns.AwareTime(timezone=True), nullable=True),
        sa.Column(
            "result", sa.Text(), nullable=False, comment="what was learnt, or why it was called off"
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("form_key", sa.String(length=40), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_drill")),
        sa.UniqueConstraint("form_key", name=op.f("uq_drill_form_key")),
    )
    with op.batch_alter_table("drill", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_drill_branch"), ["branch"], unique=False)
        batch_op.create_index(batch_op.f("ix_drill_planned_on"), ["planned_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_drill_state"), ["state"], unique=False)

    op.create_table(
        "help_contact",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("branch", sa.Text(), nullable=True),
        sa.Column(
            "what",
            sa.String(length=60),
            nullable=False,
            comment="e.g. the police, head office's desk",
        ),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column(
            "phone",
            sa.String(length=40),
            nullable=False,
            comment="an office's number, as it is dialled",
        ),
        sa.Column("added_at", store.columns.AwareTime(timezone=True), nullable=False),
        sa.Column("added_by", sa.String(length=60), nullable=False),
        sa.Column("taken_out_at", store.columns.AwareTime(timezone=True), nullable=True),
        sa.Column("taken_out_by", sa.String(length=60), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_help_contact")),
    )
    with op.batch_alter_table("help_contact", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_help_contact_branch"), ["branch"], unique=False)

    op.create_table(
        "incident",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("branch", sa.Text(), nullable=True),
        sa.Column(
            "counter", sa.String(length=120), nullable=False, comment="where: the counter (柜面)"
        ),
        sa.Column("kind", sa.String(length=20), nullable=False, comment="cases.emergencies.Kind"),
        sa.Column(
            "also",
            store.columns.Json(none_as_null=True),
            nullable=False,
            comment="further kinds that it involves",
        ),
        sa.Column(
            "counted",
            store.columns.Json(none_as_null=True),
            nullable=False,
            comment="Fact -> number; the amount in fen",
        ),
        sa.Column("visitors", sa.Integer(), nullable=False, comment="people who came together"),
        sa.Column("words", sa.Text(), nullable=False, comment="what happens, as it was reported"),
        sa.Column("happened_at", store.columns.AwareTime(timezone=True), nullable=False),
        sa.Column("reported_at", store.columns.AwareTime(timezone=True), nullable=False),
        sa.Column("reported_by", sa.String(length=60), nullable=False),
        sa.Column(
            "stage", sa.String(length=16), nullable=False, comment="cases.incident_life.Stage"
        ),
        sa.Column("computed", sa.Integer(), nullable=False, comment="the grade computed, 1 to 4"),
        sa.Column(
            "decided",
            store.columns.Json(none_as_null=True),
            nullable=False,
            comment="the sentence that decided, as it was",
        ),
        sa.Column(
            "grade",
            sa.Integer(),
            nullable=False,
            comment="the grade in force: computed, or given by somebody",
        ),
        sa.Column(
            "given_because",
            sa.Text(),
            nullable=False,
            comment="why another grade was given; else empty",
        ),
        sa.Column(
            "told_at",
            store.columns.AwareTime(timezone=True),
            nullable=True,
            comment="when somebody above was first told",
        ),
        sa.Column("spokesman", sa.String(length=60), nullable=True),
        sa.Column(
            "plan",
            store.columns.Json(none_as_null=True),
            nullable=False,
            comment="the checklist, as it was started",
        ),
        sa.Column(
            "rooms",
            store.columns.Json(none_as_null=True),
            nullable=False,
            comment="number, name, handler",
        ),
        sa.Column(
            "closing",
            store.columns.Json(none_as_null=True),
            nullable=False,
            comment="what the report (事故报告单) says",
        ),
        sa.Column("closed_at", store.columns.AwareTime(timezone=True), nullable=True),
        sa.Column(
            "version",
            sa.Integer(),
            nullable=False,
            comment="counts up with every change, against stale forms",
        ),
        sa.Column(
            "form_key",
            sa.String(length=40),
            nullable=False,
            comment="of the form that reported it: twice is once",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incident")),
        sa.UniqueConstraint("form_key", name=op.f("uq_incident_form_key")),
    )
    with op.batch_alter_table("incident", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_incident_branch"), ["branch"], unique=False)
        batch_op.create_index(batch_op.f("ix_incident_happened_at"), ["happened_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_incident_kind"), ["kind"], unique=False)
        batch_op.create_index(
            "ix_incident_stage_grade", ["stage", "grade", "happened_at"], unique=False
        )

    op.create_table(
        "scenario_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False, comment="cases.emergencies.Kind"),
        sa.Column("manner", sa.String(length=8), nullable=False, comment="do or avoid"),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("added_at", store.columns.AwareTime(timezone=True), nullable=False),
        sa.Column("added_by", sa.String(length=60), nullable=False),
        sa.Column("taken_out_at", store.columns.AwareTime(timezone=True), nullable=True),
        sa.Column("taken_out_by", sa.String(length=60), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scenario_step")),
    )
    with op.batch_alter_table("scenario_step", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_scenario_step_kind"), ["kind"], unique=False)

    op.create_table(
        "drill_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("drill_id", sa.Integer(), nullable=False),
        sa.Column("step", sa.Integer(), nullable=True),
        sa.Column("at", store.columns.AwareTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=60), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["drill_id"], ["drill.id"], name=op.f("fk_drill_step_drill_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_drill_step")),
        sa.UniqueConstraint("drill_id", "step", name=op.f("uq_drill_step_drill_id_step")),
    )
    with op.batch_alter_table("drill_step", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_drill_step_drill_id"), ["drill_id"], unique=False)

    op.create_table(
        "incident_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("incident_id", sa.Integer(), nullable=False),
        sa.Column(
            "number", sa.Integer(), nullable=False, comment="counts within the incident, from 1"
        ),
        sa.Column("at", store.columns.AwareTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=60), nullable=False),
        sa.Column(
            "what", sa.String(length=20), nullable=False, comment="cases.incident_life.Deed; report"
        ),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("detail", store.columns.Json(none_as_null=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["incident_id"], ["incident.id"], name=op.f("fk_incident_event_incident_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incident_event")),
        sa.UniqueConstraint(
            "incident_id", "number", name=op.f("uq_incident_event_incident_id_number")
        ),
    )
    op.create_table(
        "incident_person",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("incident_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("problem", sa.Boolean(), nullable=False, comment="a problem customer (问题客户)"),
        sa.Column("room", sa.Integer(), nullable=True, comment="number of the room"),
        sa.Column("complaint_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["complaint_id"], ["complaint.id"], name=op.f("fk_incident_person_complaint_id")
        ),
        sa.ForeignKeyConstraint(
            ["incident_id"], ["incident.id"], name=op.f("fk_incident_person_incident_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incident_person")),
        sa.UniqueConstraint(
            "incident_id", "name", name=op.f("uq_incident_person_incident_id_name")
        ),
    )
    with op.batch_alter_table("incident_person", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_incident_person_complaint_id"), ["complaint_id"], unique=False
        )


def downgrade() -> None:
    with op.batch_alter_table("incident_person", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_incident_person_complaint_id"))

    op.drop_table("incident_person")
    op.drop_table("incident_event")
    with op.batch_alter_table("drill_step", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_drill_step_drill_id"))

    op.drop_table("drill_step")
    with op.batch_alter_table("scenario_step", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_scenario_step_kind"))

    op.drop_table("scenario_step")
    with op.batch_alter_table("incident", schema=None) as batch_op:
        batch_op.drop_index("ix_incident_stage_grade")
        batch_op.drop_index(batch_op.f("ix_incident_kind"))
        batch_op.drop_index(batch_op.f("ix_incident_happened_at"))
        batch_op.drop_index(batch_op.f("ix_incident_branch"))

    op.drop_table("incident")
    with op.batch_alter_table("help_contact", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_help_contact_branch"))

    op.drop_table("help_contact")
    with op.batch_alter_table("drill", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_drill_state"))
        batch_op.drop_index(batch_op.f("ix_drill_planned_on"))
        batch_op.drop_index(batch_op.f("ix_drill_branch"))

    op.drop_table("drill")
