"""Which lexicon reads an answer: the one in force when the call was picked up, the same in every
process, named beside every reading; and what publishing another would change."""

from collections.abc import Mapping
from datetime import timedelta

import pytest

from operations import lexicon
from scripts.answers import examples, sources
from scripts.answers.lexicon import book
from scripts.answers.sources import EXAMPLES, PHRASES, book_of
from store.database import Database
from store.tables import Call, LexiconVersion, Review, Turn
from tests.operations.rig import YES, Rig

#: A lexicon in which these words, unknown to the packaged one, are a yes.
RULE = '  - {id: mine, match: "甲甲", as: ALL_KNOWN}\n'
WORDS = "甲甲"


@pytest.fixture(scope="module")
def texts() -> dict[str, str]:
    packaged = sources.packaged()
    assert book_of(packaged).fingerprint == book().fingerprint
    assert "phrases:\n" in packaged[PHRASES]
    return packaged | {PHRASES: packaged[PHRASES].replace("phrases:\n", "phrases:\n" + RULE, 1)}


@pytest.fixture
def few_examples(monkeypatch: pytest.MonkeyPatch) -> None:
    """A tenth of the examples that ship, where a preview is made for something else; with all of
    them it takes ten times as long."""
    few, of_words = examples.labelled()[::10], list(examples.of_words())[::10]
    monkeypatch.setattr(lexicon, "labelled", lambda: few)
    monkeypatch.setattr(lexicon, "of_words", lambda: of_words)


def publish(rig: Rig, texts: Mapping[str, str], note: str = "why") -> int:
    number = lexicon.publish(rig.line, texts, "王主管", note)
    assert number is not None
    rig.clock.tick(1)
    return number


def talked(rig: Rig, words: str) -> list[Turn]:
    """The turns of a call in which everything is answered with these words after the identity."""
    rig.import_rows()
    caller = rig.ring()
    caller.picks_up()
    caller.talks({**YES, "CONSENT": "可以", "*": words})
    return list(rig.all(Turn))


def test_without_a_published_lexicon_the_packaged_one_reads(rig: Rig) -> None:
    turns = talked(rig, "知道")
    assert {turn.lexicon for turn in turns} == {book().fingerprint}


def test_a_published_lexicon_reads_and_is_named(rig: Rig, texts: dict[str, str]) -> None:
    publish(rig, texts)
    turns = talked(rig, WORDS)
    assert {turn.lexicon for turn in turns} == {book_of(texts).fingerprint}
    assert "affirm" in {turn.label for turn in turns if turn.words == WORDS}


def test_a_call_ends_with_the_lexicon_it_began_with(rig: Rig, texts: dict[str, str]) -> None:
    rig.import_rows()
    caller = rig.ring()
    caller.picks_up()
    caller.says("我就是")
    publish(rig, texts)
    caller.says(WORDS)
    turns = rig.all(Turn)
    assert len(turns) == 2
    assert {turn.lexicon for turn in turns} == {book().fingerprint}


def test_keys_name_no_lexicon(rig: Rig) -> None:
    rig.import_rows()
    caller = rig.ring()
    caller.picks_up()
    caller.presses("1")
    assert rig.one(Turn).lexicon is None


def test_a_running_process_takes_up_what_another_published(rig: Rig, texts: dict[str, str]) -> None:
    with rig.line.database.reading() as session:
        assert lexicon.active(session).fingerprint == book().fingerprint
    publish(rig, texts)  # the line of another process, on the same database
    other = Database(rig.line.database.url)
    with other.reading() as session:
        assert lexicon.active(session).fingerprint == book_of(texts).fingerprint
    other.close()


def test_what_is_in_force_already_is_not_published_again(rig: Rig, texts: dict[str, str]) -> None:
    assert lexicon.publish(rig.line, sources.packaged(), "王主管", "why") is None
    publish(rig, texts)
    assert lexicon.publish(rig.line, texts, "王主管", "why") is None
    assert len(rig.all(LexiconVersion)) == 1


def test_going_back_is_another_version(rig: Rig, texts: dict[str, str]) -> None:
    publish(rig, texts, "try")
    found = lexicon.texts_of(rig.line, "packaged")
    assert found is not None
    publish(rig, found, "back")
    versions = lexicon.versions(rig.line)
    assert [one.note for one in versions] == ["as it ships", "try", "back"]
    assert [one.in_force for one in versions] == [False, False, True]
    assert versions[0].fingerprint == versions[2].fingerprint


def test_a_version_is_found_by_number_fingerprint_and_name(rig: Rig, texts: dict[str, str]) -> None:
    number = publish(rig, texts)
    fingerprint = book_of(texts).fingerprint
    for name in (str(number), fingerprint, fingerprint[:6], "active"):
        assert lexicon.texts_of(rig.line, name) == texts
    assert lexicon.texts_of(rig.line, "packaged") == sources.packaged()
    assert lexicon.texts_of(rig.line, "99") is None


def test_a_lexicon_that_cannot_be_used_any_more_does_not_silence_a_call(
    rig: Rig, texts: dict[str, str]
) -> None:
    with rig.line.database.transaction() as session:
        session.add(
            LexiconVersion(
                fingerprint="000000000000",
                published_at=rig.clock() - timedelta(days=1),
                published_by="王主管",
                note="of an older Huifang",
                files=texts | {"questions.yaml": "questions: {}\n"},
            )
        )
    turns = talked(rig, "知道")
    assert {turn.lexicon for turn in turns} == {book().fingerprint}


@pytest.mark.usefixtures("few_examples")
def test_a_preview_shows_what_was_said_in_calls(rig: Rig, texts: dict[str, str]) -> None:
    talked(rig, WORDS)
    call = rig.one(Call)
    changes = [one for one in lexicon.preview(rig.line, texts) if one.answer.call == call.id]
    assert changes
    assert {one.answer.words for one in changes} == {WORDS}
    assert changes[0].new == "affirm"
    assert not any(one.false_yes for one in changes)


@pytest.mark.usefixtures("few_examples")
def test_a_yes_that_a_reviewer_did_not_hear_is_a_false_yes(rig: Rig, texts: dict[str, str]) -> None:
    turn = next(turn for turn in talked(rig, WORDS) if turn.words == WORDS)
    with rig.line.database.transaction() as session:
        session.add(
            Review(
                call_id=turn.call_id,
                turn_number=turn.number,
                question_id=turn.question_id,
                reviewer="李质检",
                label="deny",
                note="",
                blind=True,
                made_at=rig.clock(),
            )
        )
    found = lexicon.preview(rig.line, texts)
    assert found[0].false_yes
    assert found[0].answer.label == "deny"


def test_a_preview_holds_against_the_examples_of_the_folder(
    rig: Rig, texts: dict[str, str]
) -> None:
    own = texts | {EXAMPLES: sources.NO_EXAMPLES + f"mine\tLIABILITY\t{WORDS}\tdeny\n"}
    (change,) = lexicon.preview(rig.line, own)
    assert (change.new, change.false_yes) == ("affirm", True)
    assert change.answer.place == f"{EXAMPLES}:2"


@pytest.mark.usefixtures("few_examples")
def test_a_preview_changes_nothing(rig: Rig, texts: dict[str, str]) -> None:
    talked(rig, WORDS)
    before = rig.everything()
    lexicon.preview(rig.line, texts)
    assert rig.everything() == before
