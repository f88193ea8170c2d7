"""The register of complaints, and what the work on them brings forth"""

import sqlalchemy as sa
from alembic import op

import store.columns

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "complaint",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "key",
            sa.String(length=120),
            nullable=False,
            comment="call:ID, case:ID, form:NONCE, ...; taken in once",
        ),
        sa.Column(
            "channel", sa.String(length=12), nullable=False, comment="cases.complaint Channel"
        ),
        sa.Column(
            "reference",
            sa.String(length=80),
            nullable=True,
            comment="the sender's own number: the regulator's, a partner's",
        ),
        sa.Column("received_at", store.columns.AwareTime(timezone=True), nullable=False),
        sa.Column(
            "taken_at",
            store.columns.AwareTime(timezone=True),
            nullable=False,
            comment="when it was written down here",
        ),
        sa.Column("taken_by", sa.String(length=60), nullable=False),
        sa.Column("branch", sa.Text(), nullable=True),
        sa.Column(
            "matter", sa.Text(), nullable=False, comment="投诉事项, in the complainant's words"
        ),
        sa.Column("demand", sa.Text(), nullable=False, comment="诉求, in the complainant's words"),
        sa.Column(
            "kind",
            sa.String(length=30),
            nullable=True,
            comment="of the vocabulary; none: not triaged",
        ),
        sa.Column(
            "complexity",
            sa.String(length=12),
            nullable=False,
            comment="simple or complex (Art. 18)",
        ),
        sa.Column(
            "major", sa.Boolean(), nullable=False, comment="重大投诉 (Art. 29), or called so"
        ),
        sa.Column("people", sa.Integer(), nullable=False, comment="how many complain together"),
        sa.Column(
            "signals",
            store.columns.Json(none_as_null=True),
            nullable=False,
            comment="risk signals; they stop nothing",
        ),
        sa.Column("product", sa.Text(), nullable=True),
        sa.Column("seller_name", sa.Text(), nullable=True),
        sa.Column(
            "amount", sa.Numeric(precision=18, scale=2), nullable=True, comment="in dispute, yuan"
        ),
        sa.Column("policy_id", sa.Integer(), nullable=True),
        sa.Column("call_id", sa.Integer(), nullable=True),
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.Column("complainant_name", sa.Text(), nullable=False),
        sa.Column("complainant_phone", sa.String(length=20), nullable=True, comment="E.164"),
        sa.Column(
            "relation",
            sa.String(length=12),
            nullable=False,
            comment="to the policy: holder, insured, beneficiary, heir or other",
        ),
        sa.Column(
            "person",
            sa.String(length=32),
            nullable=True,
            comment="the holder across policies, as policy.person",
        ),
        sa.Column(
            "proxy_name", sa.Text(), nullable=True, comment="who complains for the complainant"
        ),
        sa.Column("proxy_phone", sa.String(length=20), nullable=True, comment="E.164"),
        sa.Column("identified_at", store.columns.AwareTime(timezone=True), nullable=True),
        sa.Column("identified_by", sa.String(length=60), nullable=True),
        sa.Column("identified_how", sa.Text(), nullable=True, comment="against what (Art. 22)"),
        sa.Column(
            "state", sa.String(length=14), nullable=False, comment="cases.complaint_states.State"
        ),
        sa.Column("handler", sa.String(length=60), nullable=True),
        sa.Column("unit", sa.Text(), nullable=True, comment="责任部门, whom it was passed to"),
        sa.Column(
            "version",
            sa.Integer(),
            nullable=False,
            comment="counts up with every change: stale forms fail",
        ),
        sa.Column(
            "round",
            sa.Integer(),
            nullable=False,
            comment="1; one more each time it goes round again",
        ),
        sa.Column(
            "round_since", sa.Integer(), nullable=False, comment="the first event of this round"
        ),
        sa.Column("acknowledged_at", store.columns.AwareTime(timezone=True), nullable=True),
        sa.Column(
            "expected_on", sa.Date(), nullable=True, comment="by when, as the customer was told"
        ),
        sa.Column(
            "contacted_at",
            store.columns.AwareTime(timezone=True),
            nullable=True,
            comment="first contact (首次联系)",
        ),
        sa.Column(
            "clock_from",
            store.columns.AwareTime(timezone=True),
            nullable=False,
            comment="the law counts from then: received, or new facts (Art. 18)",
        ),
        sa.Column(
            "extended",
            sa.Boolean(),
            nullable=False,
            comment="thirty days more: approved and told (Art. 18)",
        ),
        sa.Column(
            "answered_at",
            store.columns.AwareTime(timezone=True),
            nullable=True,
            comment="the decision was told (Art. 21)",
        ),
        sa.Column(
            "promise_due_at",
            store.columns.AwareTime(timezone=True),
            nullable=True,
            comment="none: kept, or not running",
        ),
        sa.Column(
            "law_due_at",
            store.columns.AwareTime(timezone=True),
            nullable=True,
            comment="none: answered, or stopped",
        ),
        sa.Column(
            "misselling_due_at",
            store.columns.AwareTime(timezone=True),
            nullable=True,
            comment="none: no misselling",
        ),
        sa.Column(
            "next_due_at",
            store.columns.AwareTime(timezone=True),
            nullable=True,
            comment="the earliest limit that runs; none: nothing runs",
        ),
        sa.Column(
            "alarm",
            sa.String(length=12),
            nullable=True,
            comment="warning or overdue, as the last night told it",
        ),
        sa.Column(
            "root_cause", sa.String(length=30), nullable=True, comment="of the vocabulary (Art. 9)"
        ),
        sa.Column("cause_words", sa.Text(), nullable=True),
        sa.Column("correction", sa.Text(), nullable=True, comment="溯源整改: what is put right"),
        sa.Column("correction_due_on", sa.Date(), nullable=True),
        sa.Column("corrected_at", store.columns.AwareTime(timezone=True), nullable=True),
        sa.Column(
            "result",
            sa.String(length=12),
            nullable=True,
            comment="upheld, partly, rejected, settled, withdrawn, refused",
        ),
        sa.Column(
            "paid",
            sa.Numeric(precision=18, scale=2),
            nullable=True,
            comment="to the customer, yuan",
        ),
        sa.Column(
            "satisfied", sa.Boolean(), nullable=True, comment="as the follow-up revisit heard it"
        ),
        sa.Column("merged_into_id", sa.Integer(), nullable=True),
        sa.Column("closed_at", store.columns.AwareTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["call_id"], ["call.id"], name=op.f("fk_complaint_call_id")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_complaint_case_id")),
        sa.ForeignKeyConstraint(
            ["merged_into_id"], ["complaint.id"], name=op.f("fk_complaint_merged_into_id")
        ),
        sa.ForeignKeyConstraint(["policy_id"], ["policy.id"], name=op.f("fk_complaint_policy_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_complaint")),
        sa.UniqueConstraint("key", name=op.f("uq_complaint_key")),
    )
    with op.batch_alter_table("complaint", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_complaint_alarm"), ["alarm"], unique=False)
        batch_op.create_index(
            "ix_complaint_branch_received_at", ["branch", "received_at"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_complaint_call_id"), ["call_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_complaint_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_complaint_channel"), ["channel"], unique=False)
        batch_op.create_index(batch_op.f("ix_complaint_closed_at"), ["closed_at"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_complaint_complainant_phone"), ["complainant_phone"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_complaint_handler"), ["handler"], unique=False)
        batch_op.create_index(batch_op.f("ix_complaint_kind"), ["kind"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_complaint_merged_into_id"), ["merged_into_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_complaint_next_due_at"), ["next_due_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_complaint_person"), ["person"], unique=False)
        batch_op.create_index(batch_op.f("ix_complaint_policy_id"), ["policy_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_complaint_product"), ["product"], unique=False)
        batch_op.create_index(batch_op.f("ix_complaint_received_at"), ["received_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_complaint_result"), ["result"], unique=False)
        batch_op.create_index(batch_op.f("ix_complaint_root_cause"), ["root_cause"], unique=False)
        batch_op.create_index(batch_op.f("ix_complaint_seller_name"), ["seller_name"], unique=False)
        batch_op.create_index(
            "ix_complaint_state_next_due_at", ["state", "next_due_at"], unique=False
        )

    op.create_table(
        "complaint_accountability",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("complaint_id", sa.Integer(), nullable=False),
        sa.Column("who", sa.String(length=60), nullable=False),
        sa.Column(
            "part",
            sa.String(length=16),
            nullable=False,
            comment="intake, investigation, handling, approval, head or seller",
        ),
        sa.Column(
            "measure",
            sa.String(length=16),
            nullable=False,
            comment="talk, warning, fine, demotion or dismissal",
        ),
        sa.Column("because", sa.Text(), nullable=False),
        sa.Column("decided_at", store.columns.AwareTime(timezone=True), nullable=False),
        sa.Column("decided_by", sa.String(length=60), nullable=False),
        sa.Column("notified_at", store.columns.AwareTime(timezone=True), nullable=True),
        sa.Column(
            "appeal_until",
            store.columns.AwareTime(timezone=True),
            nullable=True,
            comment="from the notification on",
        ),
        sa.Column("appealed_at", store.columns.AwareTime(timezone=True), nullable=True),
        sa.Column("appeal", sa.Text(), nullable=True, comment="in the words of whoever appeals"),
        sa.Column("appeal_decided_at", store.columns.AwareTime(timezone=True), nullable=True),
        sa.Column(
            "appeal_decided_by", sa.String(length=60), nullable=True, comment="never who decided"
        ),
        sa.Column("appeal_granted", sa.Boolean(), nullable=True),
        sa.Column("appeal_because", sa.Text(), nullable=True),
        sa.Column(
            "version",
            sa.Integer(),
            nullable=False,
            comment="counts up with every change: stale forms fail",
        ),
        sa.ForeignKeyConstraint(
            ["complaint_id"],
            ["complaint.id"],
            name=op.f("fk_complaint_accountability_complaint_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_complaint_accountability")),
    )
    with op.batch_alter_table("complaint_accountability", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_complaint_accountability_complaint_id"), ["complaint_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_complaint_accountability_who"), ["who"], unique=False)

    op.create_table(
        "complaint_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("complaint_id", sa.Integer(), nullable=False),
        sa.Column(
            "number", sa.Integer(), nullable=False, comment="counts within the complaint, from 1"
        ),
        sa.Column("at", store.columns.AwareTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=60), nullable=False),
        sa.Column(
            "what",
            sa.String(length=20),
            nullable=False,
            comment="cases.complaint_states.Deed, or an alarm",
        ),
        sa.Column("from_state", sa.String(length=14), nullable=True),
        sa.Column("to_state", sa.String(length=14), nullable=False),
        sa.Column(
            "words", sa.Text(), nullable=False, comment="why, in the words of whoever did it"
        ),
        sa.Column("detail", store.columns.Json(none_as_null=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["complaint_id"], ["complaint.id"], name=op.f("fk_complaint_event_complaint_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_complaint_event")),
        sa.UniqueConstraint(
            "complaint_id", "number", name=op.f("uq_complaint_event_complaint_id_number")
        ),
    )
    with op.batch_alter_table("complaint_event", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_complaint_event_at"), ["at"], unique=False)

    op.create_table(
        "complaint_evidence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("complaint_id", sa.Integer(), nullable=False),
        sa.Column("call_id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.String(length=60), nullable=False),
        sa.Column("recording_id", sa.Integer(), nullable=True),
        sa.Column("from_s", sa.Double(), nullable=True),
        sa.Column("to_s", sa.Double(), nullable=True),
        sa.Column("words", sa.Text(), nullable=False, comment="the customer's own"),
        sa.Column("added_at", store.columns.AwareTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["call_id"], ["call.id"], name=op.f("fk_complaint_evidence_call_id")
        ),
        sa.ForeignKeyConstraint(
            ["complaint_id"], ["complaint.id"], name=op.f("fk_complaint_evidence_complaint_id")
        ),
        sa.ForeignKeyConstraint(
            ["recording_id"], ["recording.id"], name=op.f("fk_complaint_evidence_recording_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_complaint_evidence")),
        sa.UniqueConstraint(
            "complaint_id",
            "call_id",
            "question_id",
            name=op.f("uq_complaint_evidence_complaint_id_call_id_question_id"),
        ),
    )
    with op.batch_alter_table("complaint_evidence", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_complaint_evidence_call_id"), ["call_id"], unique=False
        )

    op.create_table(
        "complaint_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("complaint_id", sa.Integer(), nullable=False),
        sa.Column(
            "event_number", sa.Integer(), nullable=False, comment="of the event that brought it"
        ),
        sa.Column(
            "paper", sa.String(length=16), nullable=False, comment="cases.complaint_papers.Paper"
        ),
        sa.Column("name", sa.String(length=120), nullable=False, comment="as it was sent"),
        sa.Column("media_type", sa.String(length=40), nullable=False),
        sa.Column("bytes", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("path", sa.String(length=80), nullable=False, comment="in the storage"),
        sa.Column("added_at", store.columns.AwareTime(timezone=True), nullable=False),
        sa.Column("added_by", sa.String(length=60), nullable=False),
        sa.ForeignKeyConstraint(
            ["complaint_id"], ["complaint.id"], name=op.f("fk_complaint_file_complaint_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_complaint_file")),
        sa.UniqueConstraint(
            "complaint_id", "sha256", name=op.f("uq_complaint_file_complaint_id_sha256")
        ),
    )
    op.create_table(
        "complaint_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("complaint_id", sa.Integer(), nullable=False),
        sa.Column("earlier_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind", sa.String(length=12), nullable=False, comment="policy, holder, phone or seller"
        ),
        sa.Column("found_at", store.columns.AwareTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["complaint_id"], ["complaint.id"], name=op.f("fk_complaint_link_complaint_id")
        ),
        sa.ForeignKeyConstraint(
            ["earlier_id"], ["complaint.id"], name=op.f("fk_complaint_link_earlier_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_complaint_link")),
        sa.UniqueConstraint(
            "complaint_id",
            "earlier_id",
            "kind",
            name=op.f("uq_complaint_link_complaint_id_earlier_id_kind"),
        ),
    )
    with op.batch_alter_table("complaint_link", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_complaint_link_earlier_id"), ["earlier_id"], unique=False
        )

    op.create_table(
        "complaint_proposal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("complaint_id", sa.Integer(), nullable=False),
        sa.Column("made_at", store.columns.AwareTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.String(length=60), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False, comment="what was found"),
        sa.Column("basis", sa.Text(), nullable=False, comment="clauses and law"),
        sa.Column("reasons", sa.Text(), nullable=False),
        sa.Column(
            "options",
            store.columns.Json(none_as_null=True),
            nullable=False,
            comment="what the customer may choose from",
        ),
        sa.Column("chosen", sa.Text(), nullable=False, comment="what is done"),
        sa.Column("customer", sa.Text(), nullable=False, comment="what the customer says to it"),
        sa.Column(
            "result",
            sa.String(length=12),
            nullable=False,
            comment="upheld, partly, rejected or settled",
        ),
        sa.Column("paid", sa.Numeric(precision=18, scale=2), nullable=True, comment="yuan"),
        sa.ForeignKeyConstraint(
            ["complaint_id"], ["complaint.id"], name=op.f("fk_complaint_proposal_complaint_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_complaint_proposal")),
    )
    with op.batch_alter_table("complaint_proposal", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_complaint_proposal_complaint_id"), ["complaint_id"], unique=False
        )

    op.create_table(
        "complaint_review",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("complaint_id", sa.Integer(), nullable=False),
        sa.Column(
            "asked_at",
            store.columns.AwareTime(timezone=True),
            nullable=False,
            comment="in writing, as received",
        ),
        sa.Column("taken_by", sa.String(length=60), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column(
            "due_at", store.columns.AwareTime(timezone=True), nullable=False, comment="thirty days"
        ),
        sa.Column("answered_at", store.columns.AwareTime(timezone=True), nullable=True),
        sa.Column(
            "answered_by", sa.String(length=60), nullable=True, comment="never who handled it"
        ),
        sa.Column(
            "changed", sa.Boolean(), nullable=True, comment="whether the decision was changed"
        ),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["complaint_id"], ["complaint.id"], name=op.f("fk_complaint_review_complaint_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_complaint_review")),
    )
    with op.batch_alter_table("complaint_review", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_complaint_review_complaint_id"), ["complaint_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_complaint_review_due_at"), ["due_at"], unique=False)
        batch_op.create_index(
            "uq_complaint_review_one_waiting",
            ["complaint_id"],
            unique=True,
            sqlite_where=sa.text("answered_at IS NULL"),
            postgresql_where=sa.text("answered_at IS NULL"),
        )

    op.create_table(
        "complaint_revisit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("complaint_id", sa.Integer(), nullable=False),
        sa.Column("policy_id", sa.Integer(), nullable=False),
        sa.Column(
            "state", sa.String(length=12), nullable=False, comment="booked, satisfied, not, failed"
        ),
        sa.Column("booked_at", store.columns.AwareTime(timezone=True), nullable=False),
        sa.Column("booked_by", sa.String(length=60), nullable=False),
        sa.Column("not_before", store.columns.AwareTime(timezone=True), nullable=False),
        sa.Column(
            "until",
            store.columns.AwareTime(timezone=True),
            nullable=False,
            comment="the last moment at which it is rung",
        ),
        sa.Column("call_id", sa.Integer(), nullable=True),
        sa.Column("outcome", sa.String(length=20), nullable=True),
        sa.Column("ended_at", store.columns.AwareTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["call_id"], ["call.id"], name=op.f("fk_complaint_revisit_call_id")
        ),
        sa.ForeignKeyConstraint(
            ["complaint_id"], ["complaint.id"], name=op.f("fk_complaint_revisit_complaint_id")
        ),
        sa.ForeignKeyConstraint(
            ["policy_id"], ["policy.id"], name=op.f("fk_complaint_revisit_policy_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_complaint_revisit")),
    )
    with op.batch_alter_table("complaint_revisit", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_complaint_revisit_call_id"), ["call_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_complaint_revisit_complaint_id"), ["complaint_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_complaint_revisit_policy_id"), ["policy_id"], unique=False
        )
        batch_op.create_index(
            "uq_complaint_revisit_one_booked",
            ["policy_id"],
            unique=True,
            sqlite_where=sa.text("state = 'booked'"),
            postgresql_where=sa.text("state = 'booked'"),
        )

    op.create_table(
        "complaint_talk",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("complaint_id", sa.Integer(), nullable=False),
        sa.Column(
            "at", store.columns.AwareTime(timezone=True), nullable=False, comment="when they talked"
        ),
        sa.Column("visitor", sa.Text(), nullable=False, comment="来访人姓名"),
        sa.Column("relation", sa.Text(), nullable=False, comment="与投保人关系"),
        sa.Column("holder", sa.Text(), nullable=False, comment="投保人"),
        sa.Column("product", sa.Text(), nullable=False, comment="险种"),
        sa.Column("premium", sa.Text(), nullable=False, comment="缴费"),
        sa.Column("sum_insured", sa.Text(), nullable=False, comment="保额"),
        sa.Column("policy_number", sa.Text(), nullable=False, comment="保单号"),
        sa.Column("course", sa.Text(), nullable=False, comment="事件经过"),
        sa.Column("demand", sa.Text(), nullable=False, comment="诉求"),
        sa.Column("signed_in_person", sa.Boolean(), nullable=True, comment="投保时是否本人签名"),
        sa.Column("was_called", sa.Boolean(), nullable=True, comment="是否收到过回访电话"),
        sa.Column("seller", sa.Text(), nullable=False, comment="宣导业务员姓名或体貌特征"),
        sa.Column("seller_said", sa.Text(), nullable=False, comment="业务员当时怎么说"),
        sa.Column("seller_present", sa.Boolean(), nullable=True, comment="有无保险公司业务员在场"),
        sa.Column("witnesses", sa.Text(), nullable=False, comment="有无其他证人"),
        sa.Column("written", sa.Text(), nullable=False, comment="有无收到书面宣传资料"),
        sa.Column("difference", sa.Text(), nullable=False, comment="客户理解与条款差异"),
        sa.Column("expected_on", sa.Date(), nullable=True, comment="预计回复时间"),
        sa.Column("contact", sa.Text(), nullable=False, comment="联系方式"),
        sa.Column("signed", sa.Boolean(), nullable=False, comment="客户签字"),
        sa.Column("recorder", sa.String(length=60), nullable=False, comment="记录人"),
        sa.Column("unit", sa.Text(), nullable=False, comment="受理部门"),
        sa.ForeignKeyConstraint(
            ["complaint_id"], ["complaint.id"], name=op.f("fk_complaint_talk_complaint_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_complaint_talk")),
    )
    with op.batch_alter_table("complaint_talk", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_complaint_talk_complaint_id"), ["complaint_id"], unique=False
        )

    op.create_table(
        "complaint_transfer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("complaint_id", sa.Integer(), nullable=False),
        sa.Column("at", store.columns.AwareTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=60), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("handler", sa.String(length=60), nullable=False),
        sa.Column("demands", sa.Text(), nullable=False, comment="处理要求"),
        sa.Column(
            "due_at", store.columns.AwareTime(timezone=True), nullable=False, comment="时间节点"
        ),
        sa.ForeignKeyConstraint(
            ["complaint_id"], ["complaint.id"], name=op.f("fk_complaint_transfer_complaint_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_complaint_transfer")),
    )
    with op.batch_alter_table("complaint_transfer", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_complaint_transfer_complaint_id"), ["complaint_id"], unique=False
        )

    op.create_table(
        "complaint_approval",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("complaint_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False, comment="proposal or extension"),
        sa.Column("proposal_id", sa.Integer(), nullable=True),
        sa.Column("asked_at", store.columns.AwareTime(timezone=True), nullable=False),
        sa.Column("asked_by", sa.String(length=60), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("decided_at", store.columns.AwareTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.String(length=60), nullable=True, comment="never who asked"),
        sa.Column("granted", sa.Boolean(), nullable=True),
        sa.Column("because", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["complaint_id"], ["complaint.id"], name=op.f("fk_complaint_approval_complaint_id")
        ),
        sa.ForeignKeyConstraint(
            ["proposal_id"],
            ["complaint_proposal.id"],
            name=op.f("fk_complaint_approval_proposal_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_complaint_approval")),
    )
    with op.batch_alter_table("complaint_approval", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_complaint_approval_complaint_id"), ["complaint_id"], unique=False
        )
        batch_op.create_index(
            "uq_complaint_approval_one_waiting",
            ["complaint_id", "kind"],
            unique=True,
            sqlite_where=sa.text("decided_at IS NULL"),
            postgresql_where=sa.text("decided_at IS NULL"),
        )

    op.create_table(
        "complaint_notice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("complaint_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.String(length=16),
            nullable=False,
            comment="acknowledgement, materials, extension, stop, refusal, decision, review",
        ),
        sa.Column(
            "form", sa.String(length=8), nullable=False, comment="hand, mail, sms, email or phone"
        ),
        sa.Column("sent_at", store.columns.AwareTime(timezone=True), nullable=False),
        sa.Column("sent_by", sa.String(length=60), nullable=False),
        sa.Column("words", sa.Text(), nullable=False, comment="what was told"),
        sa.Column(
            "proof",
            sa.Text(),
            nullable=False,
            comment="the number of the letter, the signature, the call",
        ),
        sa.Column("file_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["complaint_id"], ["complaint.id"], name=op.f("fk_complaint_notice_complaint_id")
        ),
        sa.ForeignKeyConstraint(
            ["file_id"], ["complaint_file.id"], name=op.f("fk_complaint_notice_file_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_complaint_notice")),
    )
    with op.batch_alter_table("complaint_notice", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_complaint_notice_complaint_id"), ["complaint_id"], unique=False
        )

    op.create_table(
        "complaint_stop",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("complaint_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False, comment="appraisal or mediation"),
        sa.Column("from_at", store.columns.AwareTime(timezone=True), nullable=False),
        sa.Column("until_at", store.columns.AwareTime(timezone=True), nullable=True),
        sa.Column("by", sa.String(length=60), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column(
            "notice_id",
            sa.Integer(),
            nullable=False,
            comment="it stops only what the complainant was told",
        ),
        sa.ForeignKeyConstraint(
            ["complaint_id"], ["complaint.id"], name=op.f("fk_complaint_stop_complaint_id")
        ),
        sa.ForeignKeyConstraint(
            ["notice_id"], ["complaint_notice.id"], name=op.f("fk_complaint_stop_notice_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_complaint_stop")),
    )
    with op.batch_alter_table("complaint_stop", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_complaint_stop_complaint_id"), ["complaint_id"], unique=False
        )
        batch_op.create_index(
            "uq_complaint_stop_one_open",
            ["complaint_id", "kind"],
            unique=True,
            sqlite_where=sa.text("until_at IS NULL"),
            postgresql_where=sa.text("until_at IS NULL"),
        )


def downgrade() -> None:
    with op.batch_alter_table("complaint_stop", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_complaint_stop_one_open",
            sqlite_where=sa.text("until_at IS NULL"),
            postgresql_where=sa.text("until_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_complaint_stop_complaint_id"))

    op.drop_table("complaint_stop")
    with op.batch_alter_table("complaint_notice", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_complaint_notice_complaint_id"))

    op.drop_table("complaint_notice")
    with op.batch_alter_table("complaint_approval", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_complaint_approval_one_waiting",
            sqlite_where=sa.text("decided_at IS NULL"),
            postgresql_where=sa.text("decided_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_complaint_approval_complaint_id"))

    op.drop_table("complaint_approval")
    with op.batch_alter_table("complaint_transfer", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_complaint_transfer_complaint_id"))

    op.drop_table("complaint_transfer")
    with op.batch_alter_table("complaint_talk", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_complaint_talk_complaint_id"))

    op.drop_table("complaint_talk")
    with op.batch_alter_table("complaint_revisit", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_complaint_revisit_one_booked",
            sqlite_where=sa.text("state = 'booked'"),
            postgresql_where=sa.text("state = 'booked'"),
        )
        batch_op.drop_index(batch_op.f("ix_complaint_revisit_policy_id"))
        batch_op.drop_index(batch_op.f("ix_complaint_revisit_complaint_id"))
        batch_op.drop_index(batch_op.f("ix_complaint_revisit_call_id"))

    op.drop_table("complaint_revisit")
    with op.batch_alter_table("complaint_review", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_complaint_review_one_waiting",
            sqlite_where=sa.text("answered_at IS NULL"),
            postgresql_where=sa.text("answered_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_complaint_review_due_at"))
        batch_op.drop_index(batch_op.f("ix_complaint_review_complaint_id"))

    op.drop_table("complaint_review")
    with op.batch_alter_table("complaint_proposal", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_complaint_proposal_complaint_id"))

    op.drop_table("complaint_proposal")
    with op.batch_alter_table("complaint_link", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_complaint_link_earlier_id"))

    op.drop_table("complaint_link")
    op.drop_table("complaint_file")
    with op.batch_alter_table("complaint_evidence", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_complaint_evidence_call_id"))

    op.drop_table("complaint_evidence")
    with op.batch_alter_table("complaint_event", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_complaint_event_at"))

    op.drop_table("complaint_event")
    with op.batch_alter_table("complaint_accountability", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_complaint_accountability_who"))
        batch_op.drop_index(batch_op.f("ix_complaint_accountability_complaint_id"))

    op.drop_table("complaint_accountability")
    with op.batch_alter_table("complaint", schema=None) as batch_op:
        batch_op.drop_index("ix_complaint_state_next_due_at")
        batch_op.drop_index(batch_op.f("ix_complaint_seller_name"))
        batch_op.drop_index(batch_op.f("ix_complaint_root_cause"))
        batch_op.drop_index(batch_op.f("ix_complaint_result"))
        batch_op.drop_index(batch_op.f("ix_complaint_received_at"))
        batch_op.drop_index(batch_op.f("ix_complaint_product"))
        batch_op.drop_index(batch_op.f("ix_complaint_policy_id"))
        batch_op.drop_index(batch_op.f("ix_complaint_person"))
        batch_op.drop_index(batch_op.f("ix_complaint_next_due_at"))
        batch_op.drop_index(batch_op.f("ix_complaint_merged_into_id"))
        batch_op.drop_index(batch_op.f("ix_complaint_kind"))
        batch_op.drop_index(batch_op.f("ix_complaint_handler"))
        batch_op.drop_index(batch_op.f("ix_complaint_complainant_phone"))
        batch_op.drop_index(batch_op.f("ix_complaint_closed_at"))
        batch_op.drop_index(batch_op.f("ix_complaint_channel"))
        batch_op.drop_index(batch_op.f("ix_complaint_case_id"))
        batch_op.drop_index(batch_op.f("ix_complaint_call_id"))
        batch_op.drop_index("ix_complaint_branch_received_at")
        batch_op.drop_index(batch_op.f("ix_complaint_alarm"))

    op.drop_table("complaint")
