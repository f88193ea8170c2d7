"""The numbers of a day and the answers counted alike, as both kinds of database count them."""

from datetime import timedelta

from store import reviews
from store.console import today
from store.database import Database, Session
from store.reviews import HeardAlike
from store.tables import Call, Reading, Recording, ScriptVersion, Turn
from tests.store.conftest import NOW, attempt, policy
from tests.store.test_hearings import hearing, version
from tests.store.test_reviews import a_review

MIDNIGHT = NOW.replace(hour=0)


def call(session: Session, number: int, **changes: object) -> Call:
    """A call of a policy of its own."""
    of = policy(session, f"P{number}", f"+861390000{number:04d}")
    tried = attempt(of, state="ended", ended_at=NOW)
    session.add(tried)
    session.flush()
    values = {
        "token": f"t{number}", "attempt_id": tried.id, "policy_id": of.id, "phone": tried.phone,
        "script_hash": "h", "facts": {}, "ordered_at": NOW, "ended_at": NOW, **changes,
    }  # fmt: skip
    made = Call(**values)
    session.add(made)
    session.flush()
    return made


def test_a_day_begins_and_ends_at_the_insurers_midnight(database: Database) -> None:
    moments = {
        1: (MIDNIGHT, "completed"),
        2: (MIDNIGHT + timedelta(minutes=59, seconds=59), "no-answer"),
        3: (MIDNIGHT + timedelta(hours=1), "completed"),
        4: (MIDNIGHT + timedelta(hours=23, minutes=59), "no-answer"),
        5: (MIDNIGHT - timedelta(seconds=1), "completed"),
        6: (MIDNIGHT + timedelta(days=1), "completed"),
    }
    with database.transaction() as session:
        session.add(ScriptVersion(hash="h", script_id="s", text="", first_used_at=NOW))
        session.flush()
        for number, (moment, outcome) in moments.items():
            call(session, number, ordered_at=moment, outcome=outcome)
        call(session, 7, ordered_at=NOW, ended_at=None, outcome=None)
    with database.reading() as session:
        day = today.day(session, NOW.date())
    assert day.hours == {0: (2, 1), 1: (1, 1), 10: (1, 0), 23: (1, 0)}
    assert (day.dialled, day.people, day.answered, day.completed) == (5, 5, 2, 2)
    assert (day.ringing, day.talking) == (1, 0)


def test_answers_alike_are_counted_and_reviewed_ones_told_singly(database: Database) -> None:
    with database.transaction() as session:
        session.add(ScriptVersion(hash="h", script_id="s", text="", first_used_at=NOW))
        session.flush()
        for number, label in enumerate(("affirm", "affirm", "deny", "affirm"), 1):
            heard(session, call(session, number), label)
        session.add(a_review(session.get_one(Call, 4), turn_number=0))
        session.add(a_review(session.get_one(Call, 1), turn_number=0, withdrawn_at=NOW))
    day = NOW.date()
    with database.reading() as session:
        alike = reviews.heard_alike(session, day, day, "b")
        single = reviews.heard_twice(session, day, day, reviewed_only=True)
        labels = reviews.heard_as(session, day, day)
        assert reviews.heard_alike(session, day + timedelta(days=1), None) == []
        assert reviews.heard_as(session, None, day - timedelta(days=1)) == []
    assert sorted(alike, key=lambda one: one.recorded) == [
        HeardAlike("h", "READ", "speech", "affirm", "b", "affirm", 2),
        HeardAlike("h", "READ", "speech", "affirm", "b", "deny", 1),
    ]
    assert [(one.call_id, one.engine, one.recorded) for one in single] == [(4, "b", "affirm")]
    assert labels == [(4, 0, "deny")]


def heard(session: Session, of: Call, label: str) -> None:
    """One answer, and how an engine heard it: first otherwise, then so."""
    answer = Turn(
        number=0, question_id="READ", asked_at=NOW, heard_at=NOW, via="speech", words="看了",
        label="affirm", also=[], why=[],
    )  # fmt: skip
    of.turns.append(answer)
    kept = Recording(
        call_id=of.id,
        vendor_id=f"RE{of.id}",
        state="heard",
        announced_at=NOW,
        tries=1,
        next_try_at=NOW,
    )
    session.add(kept)
    session.flush()
    for said, older in (("unclear", True), (label, False)):
        one = hearing(kept.id, engine="b", version="1" if older else "2", counts=not older)
        session.add(one)
        session.flush()
        read = version(one.id)
        session.add(read)
        session.flush()
        session.add(
            Reading(
                version_id=read.id, turn_number=0, question_id="READ", from_s=0.0, to_s=1.0,
                words="看了", label=said, why=[], also=[], alternatives=[],
            )
        )  # fmt: skip
    session.flush()
