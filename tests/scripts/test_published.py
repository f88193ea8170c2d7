"""Whatever is pressed or said: a script that passes the check, of the library or somebody's own,
ends within its limit, tells a stranger nothing, and completes only when everything was asked."""

import copy
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, note, settings
from hypothesis import strategies as st

from scripts import checks, reader, run, written
from scripts.checks.needed import needed
from scripts.conditions import CHOICES, FLAGS, all_hold, situation
from scripts.facts import Facts, ProductType
from scripts.faults import FaultyFileError, Severity
from scripts.heard import Heard
from scripts.labels import Label
from scripts.model import STAYS, Event, Kind, Purpose, Script
from scripts.outcomes import Outcome
from scripts.run import Run
from scripts.slots import SLOTS
from tests.scripts.calls import FACTS, SECRETS, answers, covered, spoken

LIBRARY = {name: written.find(name) for name in reader.library()}


def _call(script: Script, facts: Facts, seed: int) -> Run:
    """A call with answers at random; what a stranger hears is looked at on the way."""
    heard = answers(seed)
    now, effects = run.start(script, facts)
    while True:
        if not now.position.verified or now.position.stranger:
            said = spoken(effects)
            assert not [secret for secret in SECRETS if secret in said], said
        if run.ending(now) is not None:
            return now
        assert len(now.turns) < script.limits.turns
        now, effects = run.advance(now, next(heard))


def _asked_everything(ended: Run) -> None:
    """Every item that the law lists for this policy was asked about in this call."""
    given_facts = {**situation(ended.facts), "doubted": ended.position.doubted}
    answered = {turn.question_id for turn in ended.turns}
    served = {q.item for q in ended.script.questions if q.id in answered}
    due = {item.name for item in needed(ended.script) if all_hold(item.when, given_facts)}
    assert due <= served, due - served


def _holds(script: Script, facts: Facts, seed: int) -> Outcome | None:
    facts = covered(facts, script.covers)
    assert all_hold(script.covers, situation(facts))
    ended = _call(script, facts, seed)
    if run.ending(ended) is Outcome.COMPLETED:
        assert run.heard_out(ended)
        assert ended.position.verified
        _asked_everything(ended)
    return run.ending(ended)


@pytest.mark.parametrize("name", sorted(LIBRARY))
@settings(max_examples=30, deadline=None)
@given(facts=FACTS, seeds=st.lists(st.integers(0, 2**32), min_size=5, max_size=5))
def test_of_the_library(name: str, facts: Facts, seeds: list[int]) -> None:
    for seed in seeds:
        _holds(LIBRARY[name].script, facts, seed)


#: Routes that an author might write, sane and insane ones.
STEPS = st.lists(
    st.one_of(
        st.sampled_from(["next", *sorted(move.value for move in STAYS)]),
        st.sampled_from(
            ["completed", "refused", "person", "callback", "not-holder", "unaware", "complaint"]
        ).map(lambda name: {"end": name}),
        st.sampled_from(["ID_PRESENT.when", "CONSENT.when"]).map(lambda name: {"ask": name}),
    ),
    min_size=1,
    max_size=3,
)
CONDITIONS = st.lists(
    st.one_of(
        st.sampled_from([*FLAGS, *(f"not {flag}" for flag in FLAGS)]),
        st.sampled_from(CHOICES["product_type"][1]).map(lambda v: f"product_type in [{v}]"),
        st.sampled_from(["holder_age >= 65", "days_since_issue <= 18", "doubted in [AWARE]"]),
    ),
    max_size=2,
)
TEXTS = st.sampled_from(sorted(SLOTS)).map(
    lambda slot: f"关于{{{{ {slot} | 它 }}}}，请问您清楚吗？"
)


MUTATIONS = ("drop", "move", "when", "on", "all", "care", "kind", "says", "ending")


def _changed(data: Mapping[str, Any], draw: st.DataObject) -> dict[str, Any]:
    """The script after somebody changed a few things in it."""
    new = copy.deepcopy(dict(data))
    for _ in range(draw.draw(st.integers(1, 3))):
        questions = new["questions"]
        question = draw.draw(st.sampled_from(questions))
        match draw.draw(st.sampled_from(MUTATIONS)):
            case "drop":
                questions.remove(question)
            case "move":
                questions.remove(question)
                questions.insert(draw.draw(st.integers(0, len(questions))), question)
            case "when":
                question["when"] = draw.draw(CONDITIONS)
            case "on":
                event = draw.draw(st.sampled_from(Event)).value
                question.setdefault("on", {})[event] = draw.draw(STEPS)
            case "all" | "care" as where:
                own = new if where == "all" else new.setdefault("care", {})
                event = draw.draw(st.sampled_from(Event)).value
                own.setdefault("on", {})[event] = draw.draw(STEPS)
            case "kind":
                question["kind"] = draw.draw(st.sampled_from(Kind)).value
            case "says":
                question[draw.draw(st.sampled_from(["says", "again", "explain"]))] = draw.draw(
                    TEXTS
                )
            case "ending":
                draw.draw(st.sampled_from(new["endings"]))["says"] = draw.draw(TEXTS)
    return new


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow],
)
@given(
    name=st.sampled_from(sorted(LIBRARY)),
    facts=FACTS,
    draw=st.data(),
    seeds=st.lists(st.integers(0, 2**32), min_size=20, max_size=20),
)
def test_of_an_author(name: str, facts: Facts, draw: st.DataObject, seeds: list[int]) -> None:
    """Most changes are refused by the check; those that pass it must keep the promises."""
    data = _changed(LIBRARY[name].data, draw)
    try:
        found = written.of_data(data)
    except FaultyFileError:
        assume(False)
        raise
    assume(not any(fault.severity is Severity.ERROR for fault in checks.check(found.script)))
    note(found.text)
    for seed in seeds:
        _holds(found.script, facts, seed)


@pytest.mark.parametrize(
    ("scope", "expected"),
    [
        ({"LIABILITY.exclusions", "SIGN_APP"}, ["SIGN_APP", "LIABILITY.exclusions"]),
        # an id opens its own question, though it is a code as well
        ({"LIABILITY"}, ["LIABILITY"]),
        # a code that is nobody's id opens all its questions
        ({"HESITATION"}, ["HESITATION.start", "HESITATION.length", "HESITATION.rights"]),
        (set(), []),
    ],
)
def test_a_call_that_asks_only_what_was_open_asks_no_more(
    facts_with: Any, scope: set[str], expected: list[str]
) -> None:
    script = LIBRARY["second-revisit"].script
    asked = Run(script, facts_with(scope=frozenset(scope))).path.questions

    assert script.purpose is Purpose.SECOND
    assert [q.id for q in asked if q.kind in ("fact", "remark")] == [*expected, "CLOSING"]
    assert [q.kind for q in asked][:3] == ["presence", "identity", "consent"]


def test_what_waits_for_a_doubt_is_told_in_a_second_revisit_too(facts_with: Any) -> None:
    """健康保险管理办法 第44条: a health customer who doubts again hears of the right to cancel."""
    script = LIBRARY["second-revisit"].script
    facts = facts_with(scope=frozenset({"LIABILITY"}), product_type=ProductType.HEALTH)
    now, _ = run.start(script, facts)
    asked = []
    while (question := run.question(now)) is not None:
        asked.append(question.id)
        doubt = question.id == "LIABILITY" and asked.count("LIABILITY") == 1
        now, _ = run.advance(now, Heard(Label.DENY if doubt else Label.AFFIRM))

    assert asked[3:] == ["LIABILITY", "LIABILITY", "HESITATION.cancel", "CLOSING"]
