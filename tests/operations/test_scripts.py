"""The life of a script's version: written, proposed, approved by another person, retired; what
everybody sees of it, and what cannot be done."""

from dataclasses import replace

import pytest

from operations import scripts
from operations.choose_script import packaged
from operations.scripts import Draft, DraftChanged, FaultyDraft, NoScript, Release, ScriptTrouble
from scripts import written
from store.tables import Call, ScriptDraft, ScriptVersion
from tests.operations.rig import YES, Rig

OLD, NEW = "您亲笔签的", "您亲手签的"
TEXT = packaged("standard").text.replace(OLD, NEW)


def proposed(rig: Rig, text: str = TEXT, by: str = "王编辑") -> Draft:
    rig.clock.tick(60)
    return scripts.propose_text(rig.line, text, by, "说法更清楚")


def published(rig: Rig, text: str = TEXT, by: str = "王编辑") -> Release:
    number = proposed(rig, text, by).number
    rig.clock.tick(60)
    return scripts.approve(rig.line, number, "李主管")


def own(script_id: str = "our-own") -> str:
    return written.as_yaml({**packaged("standard").data, "id": script_id})


def test_before_anything_is_published_the_packaged_one_is_in_force(rig: Rig) -> None:
    (only,) = scripts.releases(rig.line, "standard")
    assert (only.number, only.by, only.state, only.in_force) == (0, "Huifang", "published", True)
    assert only.hash == packaged("standard").hash
    with rig.line.database.reading() as session:
        assert scripts.in_force(session, "standard") == packaged("standard")


def test_a_version_needs_two_people_and_is_in_force_at_once(rig: Rig) -> None:
    draft = proposed(rig)
    with pytest.raises(ScriptTrouble, match="another person must approve"):
        scripts.approve(rig.line, draft.number, " 王编辑")
    assert scripts.releases(rig.line, "standard")[-1].number == 0

    done = scripts.approve(rig.line, draft.number, "李主管")
    assert (done.number, done.by, done.approved_by) == (1, "王编辑", "李主管")
    assert (done.note, done.published_at) == ("说法更清楚", rig.clock())
    assert [one.in_force for one in scripts.releases(rig.line, "standard")] == [False, True]
    with rig.line.database.reading() as session:
        found = scripts.in_force(session, "standard")
    assert (found.hash, found.text) == (written.of_text(TEXT).hash, written.of_text(TEXT).text)
    assert found.hash == done.hash


def test_whoever_wrote_it_cannot_approve_it_though_another_proposed_it(rig: Rig) -> None:
    number = scripts.start_draft(rig.line, "standard", "张")
    draft = scripts.draft(rig.line, number)
    scripts.save_draft(rig.line, number, TEXT, "Ｗang", draft.hash)
    scripts.propose(rig.line, number, "李主管", "好")
    for name in ("wang", "Ｗang ", "李主管", "李　主管", "W ang"):
        with pytest.raises(ScriptTrouble, match="another person"):
            scripts.approve(rig.line, number, name)
    with pytest.raises(ScriptTrouble, match="without invisible characters"):
        scripts.approve(rig.line, number, "李\u200b主管")
    assert scripts.approve(rig.line, number, "张").number == 1  # began it, and wrote nothing


def test_what_was_in_force_at_a_moment_is_known(rig: Rig) -> None:
    moments = [rig.clock()]
    for words in ("一", "二"):
        published(rig, TEXT.replace(NEW, NEW + words))
        moments.append(rig.clock())
        rig.clock.tick(60)
    scripts.retire(rig.line, "standard", 2, "李主管", "不妥")
    moments.append(rig.clock())
    hashes = [one.hash for one in scripts.releases(rig.line, "standard")]

    with rig.line.database.reading() as session:
        found = [scripts.in_force(session, "standard", moment).hash for moment in moments]
        now = scripts.in_force(session, "standard").hash
    assert found == [hashes[0], hashes[1], hashes[2], hashes[1]]
    assert now == hashes[1]


def test_a_version_is_found_by_number_hash_and_name(rig: Rig) -> None:
    digest = published(rig).hash
    for name in ("1", digest, digest[:6], "active"):
        assert scripts.text_of(rig.line, "standard", name).hash == digest
    for name in ("0", "packaged", packaged("standard").hash[:8]):
        assert scripts.text_of(rig.line, "standard", name) == packaged("standard")
    for name in ("2", "ffff", digest[:3], "%%%%"):
        with pytest.raises(NoScript, match="scripts versions standard"):
            scripts.text_of(rig.line, "standard", name)


def test_a_retired_version_is_never_chosen_and_stays_readable(rig: Rig) -> None:
    digest = published(rig).hash
    rig.import_rows({})
    caller = rig.ring()
    done = scripts.retire(rig.line, "standard", 1, "李主管", "说法不妥")
    assert (done.state, done.retired_by, done.retired_why) == ("retired", "李主管", "说法不妥")

    with rig.line.database.reading() as session:
        assert scripts.in_force(session, "standard") == packaged("standard")
    caller.picks_up()
    caller.talks({**YES, "SIGN_APP": "stop"})
    assert NEW in caller.last.words  # a call under way keeps what it began with
    assert rig.one(Call).script_hash == digest
    assert NEW in scripts.text_of(rig.line, "standard", "1").text
    with pytest.raises(ScriptTrouble, match="retired by 李主管"):
        scripts.retire(rig.line, "standard", 1, "李主管", "again")


def test_the_packaged_one_cannot_be_retired(rig: Rig) -> None:
    with pytest.raises(ScriptTrouble, match="ships with Huifang"):
        scripts.retire(rig.line, "standard", 0, "李主管", "x")
    with pytest.raises(NoScript, match="no version 7"):
        scripts.retire(rig.line, "standard", 7, "李主管", "x")


def test_the_last_one_of_an_own_script_that_calls_need_cannot_be_retired(rig: Rig) -> None:
    published(rig, own())
    published(rig, own().replace(OLD, NEW))
    needs = replace(rig.line, script_id="our-own")
    scripts.retire(needs, "our-own", 2, "李主管", "x")
    with pytest.raises(ScriptTrouble, match="last one of our-own"):
        scripts.retire(needs, "our-own", 1, "李主管", "x")
    scripts.retire(rig.line, "our-own", 1, "李主管", "x")  # nothing names it
    with pytest.raises(NoScript), rig.line.database.reading() as session:
        scripts.in_force(session, "our-own")


def test_a_draft_may_be_faulty_and_cannot_be_proposed_then(rig: Rig) -> None:
    number = scripts.start_draft(rig.line, "standard", "王编辑")
    draft = scripts.draft(rig.line, number)
    for faulty in ("id: [", without_item()):
        draft = scripts.save_draft(rig.line, number, faulty, "王编辑", draft.hash)
        assert draft.text == faulty
        with pytest.raises(FaultyDraft, match=f"draft {number} must not be published"):
            scripts.propose(rig.line, number, "王编辑", "x")
    assert scripts.draft(rig.line, number).state == "open"


def without_item() -> str:
    """The standard script without a question that the law lists."""
    data = dict(packaged("standard").data)
    del data["translations"]
    data["questions"] = [one for one in data["questions"] if one["id"] != "SURRENDER_LOSS"]
    return written.as_yaml(data)


def test_a_script_that_omits_an_item_cannot_be_proposed_at_all(rig: Rig) -> None:
    with pytest.raises(FaultyDraft) as raised:
        proposed(rig, without_item())
    assert "item-missing" in {fault.code for fault in raised.value.faults}
    assert "\n" not in str(raised.value)
    assert rig.all(ScriptDraft) == []  # all or nothing


def test_the_check_of_today_counts_when_it_is_approved(rig: Rig) -> None:
    """Huifang was renewed between the two, and its check with it."""
    number = proposed(rig).number
    with rig.line.database.transaction() as session:
        session.get_one(ScriptDraft, number).frozen = without_item()
    with pytest.raises(FaultyDraft):
        scripts.approve(rig.line, number, "李主管")
    assert [one.number for one in scripts.releases(rig.line, "standard")] == [0]


def test_who_saves_over_a_text_not_seen_loses_nothing(rig: Rig) -> None:
    number = scripts.start_draft(rig.line, "standard", "王编辑")
    seen = scripts.draft(rig.line, number).hash
    mine = scripts.save_draft(rig.line, number, TEXT, "王编辑", seen)
    with pytest.raises(DraftChanged, match="saved by 王编辑") as raised:
        scripts.save_draft(rig.line, number, TEXT + "# 张\n", "张", seen)

    assert raised.value.draft == mine == scripts.draft(rig.line, number)
    assert scripts.save_draft(rig.line, number, TEXT, "张", seen) == mine  # the same text again
    again = scripts.save_draft(rig.line, number, TEXT + "# 张\n", "张", mine.hash)
    assert again.changed_by == "张"


def test_saving_takes_a_proposal_back(rig: Rig) -> None:
    draft = proposed(rig)
    scripts.save_draft(rig.line, draft.number, TEXT + "# more\n", "王编辑", draft.hash)
    with pytest.raises(ScriptTrouble, match="is not proposed"):
        scripts.approve(rig.line, draft.number, "李主管")


def test_what_is_approved_is_what_was_looked_at(rig: Rig) -> None:
    looked_at = proposed(rig)
    changed = TEXT.replace(NEW, "您自己签的")
    scripts.save_draft(rig.line, looked_at.number, changed, "王编辑", looked_at.hash)
    scripts.propose(rig.line, looked_at.number, "王编辑", "再改")
    with pytest.raises(DraftChanged, match="proposed again by 王编辑"):
        scripts.approve(rig.line, looked_at.number, "李主管", seen=looked_at.frozen_hash)
    assert scripts.approve(rig.line, looked_at.number, "李主管").number == 1


def test_a_draft_begun_before_another_was_published_would_undo_it(rig: Rig) -> None:
    first, second = proposed(rig), proposed(rig, TEXT.replace(NEW, "您自己签的"))
    scripts.approve(rig.line, first.number, "李主管")
    with pytest.raises(ScriptTrouble, match="begun with another version"):
        scripts.approve(rig.line, second.number, "李主管")
    assert len(scripts.releases(rig.line, "standard")) == 2


def test_approving_twice_publishes_once(rig: Rig) -> None:
    number = proposed(rig).number
    scripts.approve(rig.line, number, "李主管")
    with pytest.raises(ScriptTrouble, match="published already"):
        scripts.approve(rig.line, number, "李主管")
    assert len(scripts.releases(rig.line, "standard")) == 2


def test_a_proposal_goes_back_with_a_reason_and_comes_again(rig: Rig) -> None:
    number = proposed(rig).number
    back = scripts.send_back(rig.line, number, "李主管", "缺出处")
    assert (back.state, back.why, back.frozen) == ("sent-back", "缺出处", None)
    with pytest.raises(ScriptTrouble, match="not proposed"):
        scripts.approve(rig.line, number, "李主管")
    again = scripts.propose(rig.line, number, "王编辑", "已补")
    assert (again.state, again.why) == ("proposed", "")


def test_a_withdrawn_draft_is_kept_and_left_alone(rig: Rig) -> None:
    draft = proposed(rig)
    scripts.withdraw(rig.line, draft.number, "王编辑")
    assert scripts.drafts(rig.line) == []
    (kept,) = scripts.drafts(rig.line, unfinished=False)
    assert (kept.state, kept.text) == ("withdrawn", TEXT)
    for trial in (
        lambda: scripts.save_draft(rig.line, draft.number, "x", "王编辑", draft.hash),
        lambda: scripts.propose(rig.line, draft.number, "王编辑", "x"),
        lambda: scripts.approve(rig.line, draft.number, "李主管"),
        lambda: scripts.send_back(rig.line, draft.number, "李主管", "x"),
        lambda: scripts.withdraw(rig.line, draft.number, "王编辑"),
    ):
        with pytest.raises(ScriptTrouble, match="withdrawn"):
            trial()


def test_going_back_is_another_version(rig: Rig) -> None:
    published(rig)
    published(rig, packaged("standard").text)
    found = scripts.releases(rig.line, "standard")
    assert [one.in_force for one in found] == [False, False, True]
    assert found[0].hash == found[2].hash


def test_what_is_in_force_already_is_not_proposed_again(rig: Rig) -> None:
    with pytest.raises(ScriptTrouble, match="says already"):
        proposed(rig, packaged("standard").text + "# only a comment\n")


def test_a_script_of_the_insurers_own(rig: Rig) -> None:
    number = scripts.start_draft(rig.line, "our-own", "王编辑")
    begun = scripts.draft(rig.line, number)
    assert begun.based_on is None
    assert written.of_text(begun.text).script.id == "our-own"
    scripts.save_draft(rig.line, number, TEXT, "王编辑", begun.hash)
    with pytest.raises(ScriptTrouble, match="says id: standard"):
        scripts.propose(rig.line, number, "王编辑", "x")
    seen = scripts.draft(rig.line, number).hash
    scripts.save_draft(rig.line, number, begun.text, "王编辑", seen)
    scripts.propose(rig.line, number, "王编辑", "自己的")
    assert scripts.approve(rig.line, number, "李主管").number == 1
    assert "our-own" in scripts.ids(rig.line)
    assert [one.number for one in scripts.releases(rig.line, "our-own")] == [1]


@pytest.mark.parametrize("name", ["", "Our", "../x", "a" * 61, "x y", "a--b", "标准"])
def test_an_id_that_is_none(rig: Rig, name: str) -> None:
    with pytest.raises(ScriptTrouble, match="is no id"):
        scripts.start_draft(rig.line, name, "王编辑")


@pytest.mark.parametrize("text", ["a\0b", "\ud800", "字" * 200_000])
def test_a_text_that_cannot_be_kept(rig: Rig, text: str) -> None:
    number = scripts.start_draft(rig.line, "standard", "王编辑")
    seen = scripts.draft(rig.line, number).hash
    with pytest.raises(ScriptTrouble):
        scripts.save_draft(rig.line, number, text, "王编辑", seen)
    assert scripts.draft(rig.line, number).hash == seen


@pytest.mark.parametrize("name", ["", "  ", "x" * 61, "a\0"])
def test_somebody_without_a_name_does_nothing(rig: Rig, name: str) -> None:
    number = proposed(rig).number
    with pytest.raises(ScriptTrouble, match="say who"):
        scripts.approve(rig.line, number, name)
    with pytest.raises(ScriptTrouble, match="say why"):
        scripts.send_back(rig.line, number, "李主管", " ")


def test_what_was_done_can_be_read(rig: Rig) -> None:
    draft = proposed(rig)
    scripts.send_back(rig.line, draft.number, "李主管", "缺出处")
    scripts.propose(rig.line, draft.number, "王编辑", "已补")
    scripts.approve(rig.line, draft.number, "李主管")
    scripts.retire(rig.line, "standard", 1, "李主管", "不妥")
    found = scripts.history(rig.line, "standard")

    assert [(one.what, one.by, one.number) for one in found] == [
        ("started", "王编辑", None),
        ("saved", "王编辑", None),
        ("proposed", "王编辑", None),
        ("sent-back", "李主管", None),
        ("proposed", "王编辑", None),
        ("approved", "李主管", 1),
        ("retired", "李主管", 1),
    ]
    assert found[3].note == "缺出处"
    assert scripts.history(rig.line, "our-own") == []


def test_nothing_there_is_said_in_one_sentence(rig: Rig) -> None:
    for trial in (
        lambda: scripts.draft(rig.line, 7),
        lambda: scripts.releases(rig.line, "nothing"),
        lambda: scripts.text_of(rig.line, "nothing", "1"),
        lambda: scripts.approve(rig.line, 7, "李主管"),
    ):
        with pytest.raises(NoScript, match=r"see `huifang scripts"):
            trial()


def test_a_published_text_is_stored_once_under_its_hash(rig: Rig) -> None:
    digest = published(rig).hash
    with rig.line.database.reading() as session:
        (kept,) = session.query(ScriptVersion).all()
    assert (kept.hash, kept.first_used_at) == (digest, None)
    rig.import_rows({})
    rig.ring()
    with rig.line.database.reading() as session:
        assert session.get_one(ScriptVersion, digest).first_used_at == rig.clock()
