"""Whatever is said: a finding never disappears, and more of them never make a class milder."""

from hypothesis import given, settings
from hypothesis import strategies as st

from cases.classify import Ended, classify
from cases.findings import Finding, Recorded, live_findings, recorded_findings
from scripts import rulebooks
from scripts.labels import CODES, PRIORITY, Label
from scripts.outcomes import Outcome
from scripts.verdicts import Status, Verdict

RULEBOOK = rulebooks.load("standard")
FOUND = [status for status in Status if status not in (Status.CONFIRMED, Status.NOT_ASKED)]

labels = st.sampled_from(PRIORITY)
doubts = st.lists(labels, max_size=3, unique=True).map(tuple)
findings = st.builds(
    lambda code, part, status, label, doubted: Finding(
        f"{code}{part}", code, status, label, "…", doubted
    ),
    st.sampled_from(sorted(CODES)),
    st.sampled_from(["", ".term"]),
    st.sampled_from(FOUND),
    labels,
    doubts,
)
ends = st.none() | st.builds(
    Ended, st.sampled_from(list(Outcome)), st.none() | st.just("no-such-person"), st.booleans()
)


def gravity(found: list[Finding], ended: Ended | None) -> int:
    """0 is the gravest family; larger is milder; nothing at all is the mildest."""
    headline = classify(found, ended, RULEBOOK)
    if headline is None or headline.family is None:
        return len(RULEBOOK.precedence)
    return RULEBOOK.precedence.index(headline.family.id)


@given(st.lists(findings, max_size=6), findings, ends)
@settings(max_examples=300, deadline=None)
def test_one_more_finding_never_makes_the_class_milder(
    found: list[Finding], one_more: Finding, ended: Ended | None
) -> None:
    assert gravity([*found, one_more], ended) <= gravity(found, ended)


@given(st.lists(findings, max_size=6), ends)
@settings(max_examples=200, deadline=None)
def test_the_order_of_findings_is_no_matter(found: list[Finding], ended: Ended | None) -> None:
    assert gravity(found, ended) == gravity(found[::-1], ended)


@st.composite
def judged(draw: st.DrawFn) -> tuple[list[Verdict], list[Recorded]]:
    """Verdicts of a call, and what its recording was read as."""
    verdicts, heard = [], []
    for turn, code in enumerate(draw(st.lists(st.sampled_from(sorted(CODES)), unique=True))):
        status, label = draw(st.sampled_from(list(Status))), draw(labels)
        verdicts.append(Verdict(code, code, None, status, "…", label, turn, (turn,), draw(doubts)))
        if draw(st.booleans()):
            heard.append(Recorded(turn, code, draw(labels), "…", float(turn), turn + 0.5))
    return verdicts, heard


@given(judged())
@settings(max_examples=200, deadline=None)
def test_no_recording_takes_a_finding_away(call: tuple[list[Verdict], list[Recorded]]) -> None:
    verdicts, heard = call
    before = {(one.question_id, one.status) for one in live_findings(verdicts, [])}
    after = {(one.question_id, one.status) for one in live_findings(verdicts, heard)}

    assert before == after == {(v.question_id, v.status) for v in verdicts if v.is_finding}


@given(judged())
@settings(max_examples=200, deadline=None)
def test_a_recorded_yes_is_never_a_finding_and_never_settles_one(
    call: tuple[list[Verdict], list[Recorded]],
) -> None:
    verdicts, heard = call
    for one in recorded_findings(verdicts, heard):
        assert one.label is not Label.AFFIRM
        assert one.status in (Status.DENIED, Status.COMPLAINT, Status.REFUSED)
