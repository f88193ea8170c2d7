"""Scripts that tried to tell a stranger a fact, to complete without being asked, or to turn a no
into a yes, and once passed the check. Each is refused with its code; where the call itself was at
fault, the call is walked."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from scripts import checks, reader, run
from scripts.checks import graph
from scripts.conditions import Condition
from scripts.facts import Facts
from scripts.heard import Heard, Request
from scripts.labels import Label
from scripts.model import Event, Script
from tests.scripts.calls import spoken

WHOLE = (Path(__file__).parent / "data" / "whole.yaml").read_text("utf-8")
ENGLISH = "translations:\n  en:\n    "
CARE = "  on:\n    unclear: [slowly, {end: person}]\n"
SIGN = "    item: 2-holder\n"
LOSS = '    item: "5"\n'
LOST = ("endings:\n", "endings:\n  - {id: lost, outcome: refused, says: 再见。}\n")
HEALTH = "'product_type in [health]'"


def _codes(*changes: tuple[str, str], more: str = "") -> set[tuple[str, str | None]]:
    text = WHOLE
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    faults = checks.check_text(text + more)
    return {(f.code, f.question) for f in faults if f.code != "missing-translation"}


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        # told before the identity, by the words around the slots
        ([("{{ holder.title | 本人 }}吗", "{{ holder.title | 买了分红险的人 }}吗")],
         ("fact-before-identity", "ID_PRESENT")),
        ([("有一件事要和", "您的保单要和")], ("fact-before-identity", "ID_PRESENT")),
        ([("finish:", "opening_by_person: 您好，录音，关于您的保险。\nfinish:")],
         ("fact-before-identity", None)),
        ([("says: 好的，打扰您了。", "says: 好的，合同的事，")],
         ("fact-before-identity", "ID_PRESENT.when")),
        ([("您好，请问您还在听吗？", "您的保费的事，还在听吗？")],
         ("fact-before-identity", None)),
        # by an ending that only relatives of older holders come to
        ([(CARE, CARE + "    not-holder: [{end: unaware}]\n"),
          ("outcome: unaware\n    says: ", "outcome: unaware\n    says: 犹豫期")],
         ("fact-before-identity", "unaware")),
        # by asking
        ([("  - id: ID_VERIFY\n",
           "  - {id: DISCLOSE.x, says: 您都说了吗？, explain: 好。}\n  - id: ID_VERIFY\n")],
         ("fact-before-identity", "DISCLOSE.x")),
        # an identity that proves nothing
        ([("  - id: ID_VERIFY\n    kind: identity\n    item: \"1\"\n",
           "  - id: DISCLOSE.x\n    kind: identity\n")],
         ("wrong-kind", "DISCLOSE.x")),
        ([("    kind: identity\n", "    kind: identity\n    when: [elderly]\n")],
         ("identity-missing", None)),
        ([("    kind: identity\n", "")], ("identity-missing", None)),
        ([("    kind: identity\n", "    kind: presence\n")], ("identity-missing", None)),
        ([(CARE, CARE + "    silence: [next]\n")], ("identity-skipped", "ID_PRESENT")),
        # a stranger who is asked on
        ([("  not-holder: [{ask: ID_PRESENT.when}]", "  not-holder: [next]")],
         ("identity-skipped", "AWARE")),
        ([("deny: [explain, {end: unaware}]",
           "deny: [explain, {end: unaware}]\n      deceased: [again, {end: deceased}]")],
         ("identity-skipped", "AWARE")),
        # completed without being asked
        ([(LOSS, LOSS + "    kind: remark\n")], ("wrong-kind", "SURRENDER_LOSS")),
        ([(LOSS, LOSS + "    kind: consent\n")], ("wrong-kind", "SURRENDER_LOSS")),
        ([(LOSS, LOSS + "    polarity: negative\n")], ("polarity-wrong", "SURRENDER_LOSS")),
        ([(LOSS, LOSS + "    when: [not resumed]\n")], ("item-missing", "SURRENDER_LOSS")),
        ([(LOSS, LOSS + "    when: [doubts]\n")], ("item-missing", "SURRENDER_LOSS")),
        ([("exhausted: language", "exhausted: completed")], ("item-skipped", "completed")),
        ([("    otherwise: callback", "    otherwise: completed")],
         ("item-skipped", "ID_PRESENT")),
        ([("    otherwise: callback", "    otherwise: transferred")], ("unknown-ending", "person")),
        ([("    otherwise: callback", "    otherwise: busy")], ("unknown-ending", "person")),
        ([("    hand_over: true\n    otherwise: callback\n", "")], ("wrong-kind", "person")),
        ([("    outcome: completed\n",
           "    outcome: completed\n    hand_over: true\n    sorry: 抱歉。\n")],
         ("wrong-kind", "completed")),
        # a yes that leads nowhere
        ([(CARE, CARE + "    affirm: [{end: refused}]\n")], ("item-skipped", "AWARE")),
        ([("不许录音]\n    on:\n", "不许录音]\n    on:\n      affirm: [{end: refused}]\n")],
         ("unreachable", "CONSENT")),
        # what nobody reaches
        ([(SIGN, SIGN + "    on: {timed: [{end: lost}]}\n"), LOST], ("unused-ending", "lost")),
        ([("[verified, in_cooling_off]", "[verified, not verified]")],
         ("unreachable", "complaint")),
        ([("finish:", "for: [instalments, not instalments]\nfinish:")], ("unreachable", None)),
        # a slot that is empty when the question is asked again
        ([("[not instalments]\n    says: 您的",
           "[not instalments, timed]\n    says: 好，{{ callback.time }}您的")],
         ("slot-may-be-empty", "PREMIUM")),
        # two doubts at once, of which each rules the other question out
        ([(f"[{HEALTH}, 'doubted in [AWARE, READ, LIABILITY, PREMIUM, SURRENDER_LOSS]']",
           f"[{HEALTH}, 'doubted in [AWARE]', 'not doubted in [READ, LIABILITY]']"),
          ("  - id: DISCLOSE\n",
           "  - {id: HESITATION.c2, item: cancel-right, says: 您有权解除，清楚吗？, explain: 好。,"
           f" when: [{HEALTH}, 'doubted in [READ, LIABILITY, PREMIUM, SURRENDER_LOSS]',"
           " 'not doubted in [AWARE]']}\n  - id: DISCLOSE\n")],
         ("item-missing", "HESITATION")),
    ],
)  # fmt: skip
def test_it_is_refused(changes: list[tuple[str, str]], found: tuple[str, str | None]) -> None:
    assert found in _codes(*changes)


@pytest.mark.parametrize("words", ["So it is a deposit?", "Press 1, please."])
def test_a_translation_gives_no_fact_other_words_for_a_person(words: str) -> None:
    """What the law lists is asked in one wording, in every language."""
    other = f'{ENGLISH}questions: {{SIGN_APP: {{says_by_person: "{words}"}}}}\n'
    assert ("by-person", "SIGN_APP") in _codes(more=other)


@pytest.mark.parametrize(
    ("translated", "question"),
    [
        ("opening: Hello, this is about your policy.", None),
        ("opening: Hello, about {{ policy.product }}.", None),
        ("questions: {ID_PRESENT: {says: 'Are you {{ holder.title | with a premium due }}?'}}",
         "ID_PRESENT"),
        ("questions: {ID_VERIFY: {explain: It is about the insurance you bought.}}", "ID_VERIFY"),
        ("questions: {ID_PRESENT.when: {says: 'The contract. When?'}}", "ID_PRESENT.when"),
        ("endings: {no-such-person: {says: Sorry about the dividends.}}", "no-such-person"),
        ("endings: {person: {sorry: 'Your premium is {{ policy.premium }}.'}}", "person"),
        ("phrases: {silence: 'Your premium. Are you there?'}", None),
    ],
)  # fmt: skip
def test_a_translation_is_as_careful(translated: str, question: str | None) -> None:
    assert ("fact-before-identity", question) in _codes(more=f"{ENGLISH}{translated}\n")


@pytest.mark.parametrize("answer", ["deny", "unsure", "explain", "person", "silence", "unclear"])
def test_on_paper_only_a_clear_yes_passes_the_signature(answer: str) -> None:
    script = reader.load_script("letter")
    last = script.questions[-1]
    assert last.item == "signature"
    other = replace(last, on={**last.on, Event(answer): last.on[Event.AFFIRM]})
    faults = checks.check(replace(script, questions=(*script.questions[:-1], other)))

    assert [(f.code, f.question) for f in faults] == [("item-skipped", last.id)]


def test_a_letter_that_asks_for_a_person_instead_of_a_signature_is_no_success(
    facts_with: Any,
) -> None:
    script = reader.load_script("letter")
    now, _ = run.start(script, facts_with())
    while (asked := run.question(now)) is not None:
        signing = asked.item == "signature"
        heard = Heard(Label.EXPLAIN, "转人工", request=Request.PERSON)
        now, _ = run.advance(now, heard if signing else Heard(Label.AFFIRM))

    assert run.ending(now) == "identity-failed"


def _until(script: Script, facts: Facts, question: str) -> run.Run:
    """A call of clear yeses up to this question."""
    now, _ = run.start(script, facts)
    while (asked := run.question(now)) is not None and asked.id != question:
        now, _ = run.advance(now, Heard(Label.AFFIRM))
    assert run.question(now) is not None
    return now


def test_somebody_who_takes_over_the_phone_hears_nothing_of_the_policy(facts_with: Any) -> None:
    """The holder proved who they are, but hands the phone to somebody who complains."""
    facts = facts_with(called_on=date(2026, 11, 5))
    now = _until(reader.load_script("standard"), facts, "READ")
    assert now.position.verified
    now, _ = run.advance(now, Heard(Label.NOT_HOLDER, "我不是他"))
    now, said = run.advance(now, Heard(Label.COMPLAINT, "我要退保"))

    assert now.position.ended == "complaint"
    assert "十一月" not in spoken(said)

    holder = _until(reader.load_script("standard"), facts, "READ")
    _, told = run.advance(holder, Heard(Label.COMPLAINT, "我要退保"))
    assert "十一月" in spoken(told)  # the holder hears until when the contract can be cancelled


def test_doubts_are_told_apart_in_every_combination() -> None:
    one = Condition("doubted", values=("AWARE", "READ"))
    other = Condition("doubted", values=("READ", "LIABILITY"))
    found = {frozenset(given["doubted"]) for given in graph.situations((one, other))}  # type: ignore[arg-type]

    assert len(found) == 8
    assert frozenset({"AWARE", "LIABILITY"}) in found
    assert frozenset() in found
