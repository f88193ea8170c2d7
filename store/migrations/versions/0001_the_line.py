"""The line: policies, attempts, calls, recordings, cases"""

import sqlalchemy as sa
from alembic import op

import store.columns

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "import",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("imported_at", store.columns.AwareTime(timezone=True), nullable=False),
        sa.Column("rows_read", sa.Integer(), nullable=False),
        sa.Column("counts", store.columns.Json(none_as_null=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import")),
    )
    with op.batch_alter_table("import", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_import_sha256"), ["sha256"], unique=False)

    op.create_table(
        "lexicon_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "fingerprint",
            sa.String(length=12),
            nullable=False,
            comment="of its content and the reader",
        ),
        sa.Column("published_at", store.columns.AwareTime(timezone=True), nullable=False),
        sa.Column("published_by", sa.String(length=60), nullable=False),
        sa.Column("note", sa.Text(), nullable=False, comment="why"),
        sa.Column(
            "files",
            store.columns.Json(none_as_null=True),
            nullable=False,
            comment="every file's text by its name",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lexicon_version")),
    )
    op.create_table(
        "script_version",
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("script_id", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column(
            "first_used_at",
            store.columns.AwareTime(timezone=True),
            nullable=True,
            comment="by a call; none while no call has run it",
        ),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_script_version")),
    )
    op.create_table(
        "script_draft",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("script_id", sa.String(length=60), nullable=False),
        sa.Column(
            "state",
            sa.String(length=12),
            nullable=False,
            comment="open, proposed, sent-back, approved, withdrawn",
        ),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False, comment="of the text as it stands"),
        sa.Column(
            "based_on",
            sa.String(length=64),
            nullable=True,
            comment="hash of what was in force when it was begun; none for a new id",
        ),
        sa.Column("started_by", sa.String(length=60), nullable=False),
        sa.Column("started_at", store.columns.AwareTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.String(length=60), nullable=False),
        sa.Column("changed_at", store.columns.AwareTime(timezone=True), nullable=False),
        sa.Column("proposed_by", sa.String(length=60), nullable=True),
        sa.Column("proposed_at", store.columns.AwareTime(timezone=True), nullable=True),
        sa.Column("note", sa.Text(), nullable=False, comment="why it is proposed"),
        sa.Column("why", sa.Text(), nullable=False, comment="why it was sent back"),
        sa.Column("frozen", sa.Text(), nullable=True, comment="the whole text as proposed"),
        sa.Column("frozen_hash", sa.String(length=64), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_script_draft")),
    )
    with op.batch_alter_table("script_draft", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_script_draft_script_id"), ["script_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_script_draft_state"), ["state"], unique=False)

    op.create_table(
        "script_release",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("script_id", sa.String(length=60), nullable=False),
        sa.Column(
            "number",
            sa.Integer(),
            nullable=False,
            comment="from 1; the packaged script is number 0",
        ),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("published_at", store.columns.AwareTime(timezone=True), nullable=False),
        sa.Column("proposed_by", sa.String(length=60), nullable=False),
        sa.Column("approved_by", sa.String(length=60), nullable=False),
        sa.Column("note", sa.Text(), nullable=False, comment="why"),
        sa.Column("retired_at", store.columns.AwareTime(timezone=True), nullable=True),
        sa.Column("retired_by", sa.String(length=60), nullable=True),
        sa.Column("retired_why", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["draft_id"], ["script_draft.id"], name=op.f("fk_script_release_draft_id")
        ),
        sa.ForeignKeyConstraint(
            ["hash"], ["script_version.hash"], name=op.f("fk_script_release_hash")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_script_release")),
        sa.UniqueConstraint("draft_id", name=op.f("uq_script_release_draft_id")),
        sa.UniqueConstraint("script_id", "number", name=op.f("uq_script_release_script_id_number")),
    )
    with op.batch_alter_table("script_release", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_script_release_hash"), ["hash"], unique=False)

    op.create_table(
        "script_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("script_id", sa.String(length=60), nullable=False),
        sa.Column("draft_id", sa.Integer(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=True, comment="of the release it is about"),
        sa.Column(
            "what",
            sa.String(length=12),
            nullable=False,
            comment="started, saved, proposed, sent-back, withdrawn, approved, retired",
        ),
        sa.Column("by", sa.String(length=60), nullable=False),
        sa.Column("at", store.columns.AwareTime(timezone=True), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["draft_id"], ["script_draft.id"], name=op.f("fk_script_event_draft_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_script_event")),
    )
    with op.batch_alter_table("script_event", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_script_event_draft_id"), ["draft_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_script_event_script_id"), ["script_id"], unique=False)

    op.create_table(
        "policy",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=64), nullable=False),
        sa.Column("import_id", sa.Integer(), nullable=False),
        sa.Column("product", sa.Text(), nullable=False),
        sa.Column("product_type", sa.String(length=20), nullable=False),
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("effective_on", sa.Date(), nullable=True),
        sa.Column("receipt_signed_on", sa.Date(), nullable=True),
        sa.Column("receipt_returned_on", sa.Date(), nullable=True),
        sa.Column("cooling_off_days", sa.Integer(), nullable=True),
        sa.Column("holder_name", sa.Text(), nullable=False),
        sa.Column("holder_gender", sa.Text(), nullable=True),
        sa.Column("holder_id_type", sa.Text(), nullable=True),
        sa.Column("holder_id_number", sa.Text(), nullable=True),
        sa.Column("holder_birth", sa.Date(), nullable=True),
        sa.Column("phone", sa.String(length=20), nullable=True),
        sa.Column("other_phones", store.columns.Json(none_as_null=True), nullable=False),
        sa.Column("address", sa.Text(), nullable=True),
        sa.Column("postcode", sa.Text(), nullable=True),
        sa.Column("insured_name", sa.Text(), nullable=False),
        sa.Column("relation", sa.Text(), nullable=True),
        sa.Column("sum_insured", sa.Numeric(precision=18, scale=2), nullable=True),
        sa.Column("premium", sa.Numeric(precision=18, scale=2), nullable=False),
        sa.Column("frequency", sa.String(length=20), nullable=False),
        sa.Column("payment_period", store.columns.Json(none_as_null=True), nullable=True),
        sa.Column("cover_period", store.columns.Json(none_as_null=True), nullable=False),
        sa.Column("seller_name", sa.Text(), nullable=True),
        sa.Column("seller_code", sa.Text(), nullable=True),
        sa.Column("seller_phone", sa.Text(), nullable=True),
        sa.Column("branch", sa.Text(), nullable=True),
        sa.Column("bank_branch", sa.Text(), nullable=True),
        sa.Column("double_recorded", sa.Boolean(), nullable=False),
        sa.Column("guaranteed_renewal", sa.Boolean(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column(
            "status",
            sa.String(length=20),
            nullable=False,
            comment="what the imported row became: accept, wait, screen, out-of-scope",
        ),
        sa.Column(
            "reasons",
            store.columns.Json(none_as_null=True),
            nullable=False,
            comment="code, column, message each",
        ),
        sa.Column(
            "content_hash",
            sa.String(length=64),
            nullable=False,
            comment="of the row's values, so that the same row again changes nothing",
        ),
        sa.Column("imported_at", store.columns.AwareTime(timezone=True), nullable=False),
        sa.Column(
            "revisit",
            sa.String(length=20),
            nullable=False,
            comment="open: still to be called; closed: no further call",
        ),
        sa.Column(
            "closed_because", sa.Text(), nullable=True, comment="outcome or reason, when closed"
        ),
        sa.Column(
            "reopened_at",
            store.columns.AwareTime(timezone=True),
            nullable=True,
            comment="attempts before that were made on data that has been mended since",
        ),
        sa.ForeignKeyConstraint(["import_id"], ["import.id"], name=op.f("fk_policy_import_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_policy")),
        sa.UniqueConstraint("number", name=op.f("uq_policy_number")),
    )
    with op.batch_alter_table("policy", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_policy_import_id"), ["import_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_policy_phone"), ["phone"], unique=False)
        batch_op.create_index(batch_op.f("ix_policy_revisit"), ["revisit"], unique=False)

    op.create_table(
        "attempt",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("policy_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("phone", sa.String(length=20), nullable=False, comment="E.164"),
        sa.Column(
            "state",
            sa.String(length=12),
            nullable=False,
            comment="planned, placing (the order may be out), placed, ended",
        ),
        sa.Column("planned_at", store.columns.AwareTime(timezone=True), nullable=False),
        sa.Column("deadline", store.columns.AwareTime(timezone=True), nullable=False),
        sa.Column(
            "reasons", store.columns.Json(none_as_null=True), nullable=False, comment="why now"
        ),
        sa.Column("leased_by", sa.Text(), nullable=True),
        sa.Column("leased_until", store.columns.AwareTime(timezone=True), nullable=True),
        sa.Column("ended_at", store.columns.AwareTime(timezone=True), nullable=True),
        sa.Column("outcome", sa.String(length=20), nullable=True),
        sa.Column("callback_at", store.columns.AwareTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["policy_id"], ["policy.id"], name=op.f("fk_attempt_policy_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attempt")),
        sa.UniqueConstraint("policy_id", "number", name=op.f("uq_attempt_policy_id_number")),
    )
    with op.batch_alter_table("attempt", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_attempt_policy_id"), ["policy_id"], unique=False)
        batch_op.create_index("ix_attempt_state", ["state", "planned_at"], unique=False)
        batch_op.create_index(
            "uq_attempt_one_open_per_phone",
            ["phone"],
            unique=True,
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )
        batch_op.create_index(
            "uq_attempt_one_open_per_policy",
            ["policy_id"],
            unique=True,
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )

    op.create_table(
        "call",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "token",
            sa.String(length=40),
            nullable=False,
            comment="ours; stands in every webhook address",
        ),
        sa.Column("attempt_id", sa.Integer(), nullable=False),
        sa.Column("policy_id", sa.Integer(), nullable=False),
        sa.Column("phone", sa.String(length=20), nullable=False),
        sa.Column("vendor_id", sa.String(length=64), nullable=True),
        sa.Column("vendor_status", sa.String(length=20), nullable=True),
        sa.Column("answered_by", sa.String(length=30), nullable=True),
        sa.Column("script_hash", sa.String(length=64), nullable=False),
        sa.Column(
            "facts",
            store.columns.Json(none_as_null=True),
            nullable=False,
            comment="what the script was told, as told",
        ),
        sa.Column("asking", sa.Text(), nullable=True, comment="question id that was put last"),
        sa.Column(
            "asked_at",
            store.columns.AwareTime(timezone=True),
            nullable=True,
            comment="when it was put",
        ),
        sa.Column("ordered_at", store.columns.AwareTime(timezone=True), nullable=False),
        sa.Column("answered_at", store.columns.AwareTime(timezone=True), nullable=True),
        sa.Column("ended_at", store.columns.AwareTime(timezone=True), nullable=True),
        sa.Column("duration_s", sa.Integer(), nullable=True),
        sa.Column(
            "ending",
            sa.String(length=20),
            nullable=True,
            comment="outcome the conversation came to, before the carrier said completed",
        ),
        sa.Column("outcome", sa.String(length=20), nullable=True),
        sa.Column("callback_at", store.columns.AwareTime(timezone=True), nullable=True),
        sa.Column(
            "class_name",
            sa.String(length=20),
            nullable=True,
            comment="件别 as last judged; 标准件 opens no case",
        ),
        sa.Column("judged_at", store.columns.AwareTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["attempt_id"], ["attempt.id"], name=op.f("fk_call_attempt_id")),
        sa.ForeignKeyConstraint(["policy_id"], ["policy.id"], name=op.f("fk_call_policy_id")),
        sa.ForeignKeyConstraint(
            ["script_hash"], ["script_version.hash"], name=op.f("fk_call_script_hash")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_call")),
        sa.UniqueConstraint("attempt_id", name=op.f("uq_call_attempt_id")),
        sa.UniqueConstraint("token", name=op.f("uq_call_token")),
        sa.UniqueConstraint("vendor_id", name=op.f("uq_call_vendor_id")),
    )
    with op.batch_alter_table("call", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_call_class_name"), ["class_name"], unique=False)
        batch_op.create_index(batch_op.f("ix_call_ordered_at"), ["ordered_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_call_outcome"), ["outcome"], unique=False)
        batch_op.create_index(batch_op.f("ix_call_policy_id"), ["policy_id"], unique=False)

    op.create_table(
        "call_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("call_id", sa.Integer(), nullable=False),
        sa.Column("vendor_id", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column(
            "key",
            sa.String(length=80),
            nullable=False,
            comment="what makes a repetition recognisable",
        ),
        sa.Column("payload", store.columns.Json(none_as_null=True), nullable=False),
        sa.Column("received_at", store.columns.AwareTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["call_id"], ["call.id"], name=op.f("fk_call_event_call_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_call_event")),
        sa.UniqueConstraint(
            "vendor_id", "kind", "key", name=op.f("uq_call_event_vendor_id_kind_key")
        ),
    )
    with op.batch_alter_table("call_event", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_call_event_call_id"), ["call_id"], unique=False)

    op.create_table(
        "case",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "key",
            sa.String(length=80),
            nullable=False,
            comment="call:ID or policy:ID:reason; one case each",
        ),
        sa.Column("policy_id", sa.Integer(), nullable=False),
        sa.Column("call_id", sa.Integer(), nullable=True),
        sa.Column("class_name", sa.String(length=20), nullable=False, comment="件别"),
        sa.Column("family", sa.Text(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=True),
        sa.Column("headline", sa.Text(), nullable=False, comment="one sentence"),
        sa.Column("rulebook", sa.Text(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=True),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("opened_at", store.columns.AwareTime(timezone=True), nullable=False),
        sa.Column("due_at", store.columns.AwareTime(timezone=True), nullable=True),
        sa.Column(
            "closed_because",
            sa.String(length=20),
            nullable=True,
            comment="announcement: no person had spoken in the call",
        ),
        sa.ForeignKeyConstraint(["call_id"], ["call.id"], name=op.f("fk_case_call_id")),
        sa.ForeignKeyConstraint(["policy_id"], ["policy.id"], name=op.f("fk_case_policy_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case")),
        sa.UniqueConstraint("key", name=op.f("uq_case_key")),
    )
    with op.batch_alter_table("case", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_case_call_id"), ["call_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_case_due_at"), ["due_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_case_policy_id"), ["policy_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_case_state"), ["state"], unique=False)

    op.create_table(
        "quality_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("call_id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.String(length=60), nullable=False),
        sa.Column("turn_number", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=30), nullable=False),
        sa.Column("live_label", sa.String(length=20), nullable=True),
        sa.Column("recorded_label", sa.String(length=20), nullable=True),
        sa.Column("opened_at", store.columns.AwareTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["call_id"], ["call.id"], name=op.f("fk_quality_item_call_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quality_item")),
        sa.UniqueConstraint(
            "call_id",
            "turn_number",
            "reason",
            name=op.f("uq_quality_item_call_id_turn_number_reason"),
        ),
    )
    op.create_table(
        "recording",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("call_id", sa.Integer(), nullable=False),
        sa.Column("vendor_id", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("announced_at", store.columns.AwareTime(timezone=True), nullable=False),
        sa.Column(
            "started_at",
            store.columns.AwareTime(timezone=True),
            nullable=True,
            comment="the carrier's own word",
        ),
        sa.Column("path", sa.Text(), nullable=True, comment="relative to the recordings folder"),
        sa.Column("sha256", sa.String(length=64), nullable=True),
        sa.Column("bytes", sa.Integer(), nullable=True),
        sa.Column("seconds", sa.Double(), nullable=True),
        sa.Column("channels", sa.Integer(), nullable=True),
        sa.Column("rate", sa.Integer(), nullable=True),
        sa.Column(
            "tries", sa.Integer(), nullable=False, comment="begun since it came into its state"
        ),
        sa.Column("next_try_at", store.columns.AwareTime(timezone=True), nullable=False),
        sa.Column("leased_until", store.columns.AwareTime(timezone=True), nullable=True),
        sa.Column(
            "problem", sa.Text(), nullable=True, comment="why it is not further, in one sentence"
        ),
        sa.Column(
            "unreadable_at",
            store.columns.AwareTime(timezone=True),
            nullable=True,
            comment="since when a person must look; only while unreadable",
        ),
        sa.ForeignKeyConstraint(["call_id"], ["call.id"], name=op.f("fk_recording_call_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recording")),
        sa.UniqueConstraint("vendor_id", name=op.f("uq_recording_vendor_id")),
    )
    with op.batch_alter_table("recording", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_recording_call_id"), ["call_id"], unique=False)
        batch_op.create_index("ix_recording_todo", ["state", "next_try_at"], unique=False)

    op.create_table(
        "turn",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("call_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.String(length=60), nullable=False),
        sa.Column("asked_at", store.columns.AwareTime(timezone=True), nullable=False),
        sa.Column("heard_at", store.columns.AwareTime(timezone=True), nullable=False),
        sa.Column("via", sa.String(length=10), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("label", sa.String(length=20), nullable=False),
        sa.Column("also", store.columns.Json(none_as_null=True), nullable=False),
        sa.Column("request", sa.String(length=20), nullable=True),
        sa.Column("value", sa.Text(), nullable=True),
        sa.Column("why", store.columns.Json(none_as_null=True), nullable=False),
        sa.Column(
            "lexicon",
            sa.String(length=12),
            nullable=True,
            comment="fingerprint of the lexicon that read the words; none read keys",
        ),
        sa.ForeignKeyConstraint(["call_id"], ["call.id"], name=op.f("fk_turn_call_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_turn")),
        sa.UniqueConstraint("call_id", "number", name=op.f("uq_turn_call_id_number")),
    )
    op.create_table(
        "finding",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("policy_id", sa.Integer(), nullable=False),
        sa.Column("call_id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.String(length=60), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column(
            "status", sa.String(length=20), nullable=False, comment="denied, unsure, resolved, ..."
        ),
        sa.Column("label", sa.String(length=20), nullable=False),
        sa.Column("words", sa.Text(), nullable=False, comment="the customer's own words"),
        sa.Column(
            "source", sa.String(length=12), nullable=False, comment="live, recording or review"
        ),
        sa.Column("turn_number", sa.Integer(), nullable=True),
        sa.Column("recording_id", sa.Integer(), nullable=True),
        sa.Column("from_s", sa.Double(), nullable=True),
        sa.Column("to_s", sa.Double(), nullable=True),
        sa.ForeignKeyConstraint(["call_id"], ["call.id"], name=op.f("fk_finding_call_id")),
        sa.ForeignKeyConstraint(["policy_id"], ["policy.id"], name=op.f("fk_finding_policy_id")),
        sa.ForeignKeyConstraint(
            ["recording_id"], ["recording.id"], name=op.f("fk_finding_recording_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_finding")),
        sa.UniqueConstraint(
            "call_id", "question_id", "source", name=op.f("uq_finding_call_id_question_id_source")
        ),
    )
    with op.batch_alter_table("finding", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_finding_policy_id"), ["policy_id"], unique=False)

    op.create_table(
        "hearing",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("recording_id", sa.Integer(), nullable=False),
        sa.Column("engine", sa.Text(), nullable=False),
        sa.Column(
            "version",
            sa.Text(),
            nullable=False,
            comment="of the way from audio to cuts and words",
        ),
        sa.Column(
            "turns", sa.Integer(), nullable=False, comment="how many answers the time line had"
        ),
        sa.Column(
            "counts",
            sa.Boolean(),
            nullable=False,
            comment="whether calls are judged by it; one a recording",
        ),
        sa.Column("made_at", store.columns.AwareTime(timezone=True), nullable=False),
        sa.Column("callee_channel", sa.Integer(), nullable=True),
        sa.Column("audio_s", sa.Double(), nullable=False),
        sa.Column("took_s", sa.Double(), nullable=False, comment="on the wall clock"),
        sa.Column(
            "product",
            store.columns.Json(none_as_null=True),
            nullable=False,
            comment="cuts and words as the pipeline made them, to be read again without the audio",
        ),
        sa.Column(
            "openly",
            store.columns.Json(none_as_null=True),
            nullable=False,
            comment="turn -> its words heard once more without phrases to expect, where that was done",
        ),
        sa.ForeignKeyConstraint(
            ["recording_id"], ["recording.id"], name=op.f("fk_hearing_recording_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hearing")),
        sa.UniqueConstraint(
            "recording_id",
            "engine",
            "version",
            "turns",
            name=op.f("uq_hearing_recording_id_engine_version_turns"),
        ),
    )
    with op.batch_alter_table("hearing", schema=None) as batch_op:
        batch_op.create_index(
            "uq_hearing_one_counts",
            ["recording_id"],
            unique=True,
            sqlite_where=sa.text("counts"),
            postgresql_where=sa.text("counts"),
        )

    op.create_table(
        "reading_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("hearing_id", sa.Integer(), nullable=False),
        sa.Column("lexicon", sa.Integer(), nullable=False, comment="the number its author gave it"),
        sa.Column(
            "fingerprint",
            sa.String(length=64),
            nullable=False,
            comment="of the lexicon's content and the code that reads by it",
        ),
        sa.Column(
            "rules",
            sa.Integer(),
            nullable=False,
            comment="version of what is made of confidence and doubt",
        ),
        sa.Column(
            "counts",
            sa.Boolean(),
            nullable=False,
            comment="whether calls are judged by it; one a hearing",
        ),
        sa.Column("made_at", store.columns.AwareTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["hearing_id"], ["hearing.id"], name=op.f("fk_reading_version_hearing_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reading_version")),
        sa.UniqueConstraint(
            "hearing_id",
            "fingerprint",
            "rules",
            name=op.f("uq_reading_version_hearing_id_fingerprint_rules"),
        ),
    )
    with op.batch_alter_table("reading_version", schema=None) as batch_op:
        batch_op.create_index(
            "uq_reading_version_one_counts",
            ["hearing_id"],
            unique=True,
            sqlite_where=sa.text("counts"),
            postgresql_where=sa.text("counts"),
        )

    op.create_table(
        "reading",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("turn_number", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.String(length=60), nullable=False),
        sa.Column("from_s", sa.Double(), nullable=False),
        sa.Column("to_s", sa.Double(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("alternatives", store.columns.Json(none_as_null=True), nullable=False),
        sa.Column("label", sa.String(length=20), nullable=False),
        sa.Column("also", store.columns.Json(none_as_null=True), nullable=False),
        sa.Column("why", store.columns.Json(none_as_null=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["version_id"], ["reading_version.id"], name=op.f("fk_reading_version_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reading")),
        sa.UniqueConstraint(
            "version_id", "turn_number", name=op.f("uq_reading_version_id_turn_number")
        ),
    )
    op.create_table(
        "review",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("call_id", sa.Integer(), nullable=False),
        sa.Column("turn_number", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.String(length=60), nullable=False),
        sa.Column("reviewer", sa.String(length=60), nullable=False),
        sa.Column(
            "label", sa.String(length=20), nullable=False, comment="what the customer really said"
        ),
        sa.Column(
            "words", sa.Text(), nullable=True, comment="as heard, where the reviewer wrote it down"
        ),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("live_label", sa.String(length=20), nullable=True, comment="as it stood then"),
        sa.Column(
            "recorded_label", sa.String(length=20), nullable=True, comment="as it stood then"
        ),
        sa.Column(
            "blind",
            sa.Boolean(),
            nullable=False,
            comment="neither label was shown before the decision",
        ),
        sa.Column("made_at", store.columns.AwareTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", store.columns.AwareTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["call_id"], ["call.id"], name=op.f("fk_review_call_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review")),
    )
    with op.batch_alter_table("review", schema=None) as batch_op:
        batch_op.create_index(
            "uq_review_one_standing",
            ["call_id", "turn_number", "reviewer"],
            unique=True,
            sqlite_where=sa.text("withdrawn_at IS NULL"),
            postgresql_where=sa.text("withdrawn_at IS NULL"),
        )

    op.create_table(
        "review_draw",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("call_id", sa.Integer(), nullable=False),
        sa.Column("turn_number", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.String(length=60), nullable=False),
        sa.Column("engine", sa.Text(), nullable=False),
        sa.Column("seed", sa.Integer(), nullable=False),
        sa.Column("drawn_at", store.columns.AwareTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["call_id"], ["call.id"], name=op.f("fk_review_draw_call_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_draw")),
        sa.UniqueConstraint(
            "call_id",
            "turn_number",
            "engine",
            name=op.f("uq_review_draw_call_id_turn_number_engine"),
        ),
    )
    op.create_table(
        "announcement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("call_id", sa.Integer(), nullable=False),
        sa.Column("recording_id", sa.Integer(), nullable=False),
        sa.Column("engine", sa.Text(), nullable=False),
        sa.Column("outcome", sa.String(length=20), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("from_s", sa.Double(), nullable=False),
        sa.Column("to_s", sa.Double(), nullable=False),
        sa.Column("found_at", store.columns.AwareTime(timezone=True), nullable=False),
        sa.Column(
            "instead_of",
            sa.String(length=20),
            nullable=True,
            comment="how the call had seemed to end",
        ),
        sa.ForeignKeyConstraint(["call_id"], ["call.id"], name=op.f("fk_announcement_call_id")),
        sa.ForeignKeyConstraint(
            ["recording_id"], ["recording.id"], name=op.f("fk_announcement_recording_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_announcement")),
        sa.UniqueConstraint("call_id", name=op.f("uq_announcement_call_id")),
    )


def downgrade() -> None:
    op.drop_table("announcement")
    op.drop_table("review_draw")
    with op.batch_alter_table("review", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_review_one_standing",
            sqlite_where=sa.text("withdrawn_at IS NULL"),
            postgresql_where=sa.text("withdrawn_at IS NULL"),
        )

    op.drop_table("review")
    op.drop_table("reading")
    with op.batch_alter_table("reading_version", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_reading_version_one_counts",
            sqlite_where=sa.text("counts"),
            postgresql_where=sa.text("counts"),
        )

    op.drop_table("reading_version")
    with op.batch_alter_table("hearing", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_hearing_one_counts",
            sqlite_where=sa.text("counts"),
            postgresql_where=sa.text("counts"),
        )

    op.drop_table("hearing")
    with op.batch_alter_table("finding", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_finding_policy_id"))

    op.drop_table("finding")
    op.drop_table("turn")
    with op.batch_alter_table("recording", schema=None) as batch_op:
        batch_op.drop_index("ix_recording_todo")
        batch_op.drop_index(batch_op.f("ix_recording_call_id"))

    op.drop_table("recording")
    op.drop_table("quality_item")
    with op.batch_alter_table("case", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_case_state"))
        batch_op.drop_index(batch_op.f("ix_case_policy_id"))
        batch_op.drop_index(batch_op.f("ix_case_due_at"))
        batch_op.drop_index(batch_op.f("ix_case_call_id"))

    op.drop_table("case")
    with op.batch_alter_table("call_event", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_call_event_call_id"))

    op.drop_table("call_event")
    with op.batch_alter_table("call", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_call_policy_id"))
        batch_op.drop_index(batch_op.f("ix_call_outcome"))
        batch_op.drop_index(batch_op.f("ix_call_ordered_at"))
        batch_op.drop_index(batch_op.f("ix_call_class_name"))

    op.drop_table("call")
    with op.batch_alter_table("attempt", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_attempt_one_open_per_policy",
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )
        batch_op.drop_index(
            "uq_attempt_one_open_per_phone",
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )
        batch_op.drop_index("ix_attempt_state")
        batch_op.drop_index(batch_op.f("ix_attempt_policy_id"))

    op.drop_table("attempt")
    with op.batch_alter_table("policy", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_policy_revisit"))
        batch_op.drop_index(batch_op.f("ix_policy_phone"))
        batch_op.drop_index(batch_op.f("ix_policy_import_id"))

    op.drop_table("policy")
    op.drop_table("lexicon_version")
    with op.batch_alter_table("script_event", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_script_event_script_id"))
        batch_op.drop_index(batch_op.f("ix_script_event_draft_id"))

    op.drop_table("script_event")
    with op.batch_alter_table("script_release", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_script_release_hash"))

    op.drop_table("script_release")
    with op.batch_alter_table("script_draft", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_script_draft_state"))
        batch_op.drop_index(batch_op.f("ix_script_draft_script_id"))

    op.drop_table("script_draft")
    op.drop_table("script_version")
    with op.batch_alter_table("import", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_import_sha256"))

    op.drop_table("import")
