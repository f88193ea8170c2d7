"""Which script a call begins with, what is kept of it, and that nothing published silences a
call."""

import json
from pathlib import Path

import pytest

from operations import drafts
from operations.calls import script_of
from operations.choose_script import for_policy, packaged, shortcoming, todays
from operations.facts import as_json, from_json
from operations.judge import judge
from scripts import written
from scripts.facts import Facts
from scripts.model import Purpose
from store.tables import Call, ScriptDraft, ScriptRelease, ScriptVersion
from tests.operations.rig import YES, Rig

FORMAT_1 = Path(__file__).parents[1] / "scripts" / "data" / "format-1.yaml"
OLD, NEW = "您亲笔签的", "您亲手签的"


def facts_of(rig: Rig, **row: str) -> Facts:
    """What the next call about the sample policy is told."""
    rig.import_rows(row)
    rig.ring()
    return from_json(rig.one(Call, -1).facts)


def chosen(rig: Rig, facts: Facts, purpose: Purpose = Purpose.REVISIT) -> written.Written:
    with rig.line.database.reading() as session:
        return for_policy(session, rig.line, facts, purpose)


def publish(rig: Rig, text: str) -> str:
    """Publish a text, and put it into force however faulty it may be. Returns its hash."""
    draft = drafts.propose_text(rig.line, text, "王编辑", "x")
    return drafts.approve(rig.line, draft.number, "李主管").hash


def break_it(rig: Rig, script_id: str = "standard") -> None:
    """As if it had been published by a Huifang that could read it."""
    now = rig.clock()
    draft = ScriptDraft(
        script_id=script_id, state="approved", text="", hash="", note="", why="",
        started_by="王", started_at=now, changed_by="王", changed_at=now,
    )  # fmt: skip
    release = ScriptRelease(
        script_id=script_id, number=1, hash="0" * 64, draft_id=1, note="", published_at=now,
        proposed_by="王", approved_by="李",
    )  # fmt: skip
    with rig.line.database.transaction() as session:
        session.add_all([ScriptVersion(hash="0" * 64, script_id=script_id, text="id: ["), draft])
        session.flush()
        session.add(release)


def test_without_a_setting_the_rulebook_chooses(rig: Rig) -> None:
    facts = facts_of(rig)
    assert chosen(rig, facts) == packaged("standard")
    assert rig.one(Call).script_hash == packaged("standard").hash


def test_the_setting_wins_for_every_first_revisit_and_for_nothing_else(rig: Rig) -> None:
    facts = facts_of(rig)
    rig.serve(script_id="seven-steps")
    assert chosen(rig, facts).script.id == "seven-steps"
    assert chosen(rig, facts, Purpose.SECOND).script.id != "seven-steps"


def test_an_id_means_the_version_in_force_and_a_file_means_the_file(rig: Rig) -> None:
    facts = facts_of(rig)
    digest = publish(rig, packaged("standard").text.replace(OLD, NEW))
    file = written.of_text(packaged("standard").text.replace(OLD, "您自己签的"))
    assert chosen(rig, facts).hash == digest
    rig.serve(script_file=file)
    assert chosen(rig, facts) == file


@pytest.mark.parametrize(
    "script_id", ["unit-linked", "elderly", "letter", "visit", "second-revisit", "nothing"]
)
def test_a_script_that_is_not_made_for_the_call_is_not_used(
    rig: Rig, script_id: str, caplog: pytest.LogCaptureFixture
) -> None:
    """It would leave out what the law lists for this policy."""
    facts = facts_of(rig)
    rig.serve(script_id=script_id)
    assert chosen(rig, facts) == packaged("standard")
    assert script_id in caplog.text
    assert facts.holder_name not in caplog.text


def test_a_published_text_that_cannot_be_read_does_not_silence_a_call(
    rig: Rig, caplog: pytest.LogCaptureFixture
) -> None:
    break_it(rig)
    rig.import_rows({})
    caller = rig.ring()
    caller.picks_up()
    caller.talks()
    caller.hangs_up()

    assert rig.outcomes == ["completed"]
    assert rig.one(Call).script_hash == packaged("standard").hash
    assert "version 1 of script standard cannot be used" in caplog.text
    with rig.line.database.reading() as session:
        assert "the packaged one stands in" in (shortcoming(session, "standard") or "")
        assert shortcoming(session, "seven-steps") is None


def test_one_of_the_insurers_own_is_replaced_by_the_standard_script(rig: Rig) -> None:
    break_it(rig, "our-own")
    facts = facts_of(rig)
    rig.serve(script_id="our-own")
    assert chosen(rig, facts) == packaged("standard")


def test_a_call_keeps_the_version_it_began_with(rig: Rig) -> None:
    rig.import_rows({})
    caller = rig.ring()
    caller.picks_up()
    digest = publish(rig, packaged("standard").text.replace(OLD, NEW))
    caller.talks({**YES, "SIGN_APP": "stop"})
    assert OLD in caller.last.words

    with rig.line.database.reading() as session:
        call = session.get_one(Call, 1)
        assert script_of(session, call) == packaged("standard").script
        found = todays(session, rig.line, "standard")
    assert found is not None
    assert found.hash == digest != call.script_hash


def test_what_a_call_ran_is_kept_whole_under_its_hash(rig: Rig) -> None:
    facts_of(rig)
    with rig.line.database.reading() as session:
        (kept,) = session.query(ScriptVersion).all()
    assert (kept.script_id, kept.text) == ("standard", packaged("standard").text)
    assert "- use: " not in kept.text
    assert written.of_text(kept.text).hash == kept.hash == rig.one(Call).script_hash


def test_a_call_of_an_older_huifang_stays_readable(rig: Rig) -> None:
    """Its text is the raw file of format 1, its hash that of the file, its facts without scope."""
    rig.import_rows({})
    caller = rig.ring()
    caller.picks_up()
    caller.talks({**YES, "SIGN_APP": "stop"})
    text = FORMAT_1.read_text(encoding="utf-8")
    old = {"scope", "resumed", "doubted", "matter", "matter_on"}
    with rig.line.database.transaction() as session:
        session.add(ScriptVersion(hash="1" * 64, script_id="standard", text=text))
        session.flush()
        call = session.get_one(Call, 1)
        call.script_hash = "1" * 64
        call.facts = {name: value for name, value in call.facts.items() if name not in old}
    caller.talks({**YES, "SIGN_TIP": "stop"})
    caller.hangs_up()

    with rig.line.database.transaction() as session:
        call = session.get_one(Call, 1)
        assert call.script_hash == "1" * 64
        assert script_of(session, call).version == "1"
        judge(session, rig.line, call, rig.clock())
    assert rig.outcomes == ["hung-up"]


def test_facts_come_back_as_they_were_stored(rig: Rig) -> None:
    from dataclasses import replace

    facts = facts_of(rig)
    told = replace(facts, scope=frozenset({"READ", "AWARE"}), resumed=True, doubted=frozenset("B"))
    kept = as_json(told)
    assert kept["scope"] == ["AWARE", "READ"]
    assert from_json(json.loads(json.dumps(kept))) == told
    assert from_json(as_json(facts)) == facts
    assert as_json(facts)["scope"] is None


def test_a_published_text_that_was_changed_by_hand_is_not_used(rig: Rig) -> None:
    """A version is signed by its hash: what does not fit it is not the version."""
    facts = facts_of(rig)
    digest = publish(rig, packaged("standard").text.replace(OLD, NEW))
    assert chosen(rig, facts).hash == digest
    with rig.line.database.transaction() as session:
        version = session.get_one(ScriptVersion, digest)
        version.text = version.text.replace(NEW, "您的经办人签的")

    assert chosen(rig, facts).hash == packaged("standard").hash
    with rig.line.database.reading() as session:
        assert "it was changed since [wrong-hash]" in (shortcoming(session, "standard") or "")
