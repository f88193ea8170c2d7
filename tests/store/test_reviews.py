"""One word of each reviewer stands, whoever writes it; one announcement per call; one draw."""

from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from store import reviews
from store.database import Database, Session
from store.tables import Announcement, Call, Draw, Recording, Review, ScriptVersion
from tests.store.conftest import NOW, attempt, policy


def call(session: Session) -> Call:
    """A stored call."""
    first = attempt(policy(session, "P1"))
    version = ScriptVersion(hash="0" * 64, script_id="standard", text="", first_used_at=NOW)
    session.add_all([first, version])
    session.flush()
    row = Call(
        token="t", attempt_id=first.id, policy_id=first.policy_id, phone="+8613900000001",
        script_hash=version.hash, facts={}, ordered_at=NOW,
    )  # fmt: skip
    session.add(row)
    session.flush()
    return row


def a_review(of: Call, **changes: object) -> Review:
    values = {
        "call_id": of.id, "turn_number": 3, "question_id": "READ", "reviewer": "甲",
        "label": "deny", "note": "", "blind": False, "made_at": NOW,
    }  # fmt: skip
    return Review(**{**values, **changes})


def test_a_reviewer_has_one_word_on_an_answer(database: Database) -> None:
    with database.transaction() as session:
        of = call(session)
        session.add_all([a_review(of), a_review(of, reviewer="乙"), a_review(of, turn_number=4)])
    with pytest.raises(IntegrityError), database.transaction() as session:
        session.add(a_review(of, label="affirm"))


def test_a_word_that_was_withdrawn_stays_and_does_not_count(database: Database) -> None:
    with database.transaction() as session:
        of = call(session)
        session.add(a_review(of, withdrawn_at=NOW + timedelta(hours=1)))
        session.flush()
        session.add(a_review(of, label="affirm"))
    with database.reading() as session:
        assert [one.label for one in reviews.of_call(session, of.id)] == ["affirm"]
        assert [one.label for one in reviews.standing(session)] == ["affirm"]
        assert [one.label for one in reviews.of_answers(session, [of.id])] == ["affirm"]
        assert len(session.query(Review).all()) == 2


def test_an_answer_is_drawn_once_per_engine(database: Database) -> None:
    with database.transaction() as session:
        of = call(session)
        for engine in ("one", "two"):
            session.add(_draw(of, engine))
    with database.reading() as session:
        assert reviews.drawn(session) == {(of.id, 3, "one"), (of.id, 3, "two")}
    with pytest.raises(IntegrityError), database.transaction() as session:
        session.add(_draw(of, "one"))


def _draw(of: Call, engine: str) -> Draw:
    return Draw(
        call_id=of.id, turn_number=3, question_id="READ", engine=engine, seed=1, drawn_at=NOW
    )


def test_a_call_has_one_announcement(database: Database) -> None:
    with database.transaction() as session:
        of = call(session)
        heard = Recording(
            call_id=of.id, vendor_id="RE1", state="heard", announced_at=NOW, next_try_at=NOW
        )
        session.add(heard)
        session.flush()
        session.add(_announcement(of, heard))
    with pytest.raises(IntegrityError), database.transaction() as session:
        session.add(_announcement(of, heard))


def _announcement(of: Call, heard: Recording) -> Announcement:
    return Announcement(
        call_id=of.id, recording_id=heard.id, engine="one", outcome="busy", words="忙",
        from_s=0.5, to_s=3.0, found_at=NOW,
    )  # fmt: skip
