"""The checks: the standard script passes, and each thing taken from it is found with its code."""

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from scripts import checks, reader, slots
from scripts.checks import graph
from scripts.checks.needed import ITEMS, needed
from scripts.conditions import all_hold
from scripts.faults import Fault, FaultyFileError, Severity
from scripts.model import Kind, Script
from scripts.rulebooks import rulebooks

STANDARD = (Path(__file__).parent / "data" / "whole.yaml").read_text("utf-8")
ROOT = Path(__file__).parents[2]


def _after(*changes: tuple[str, str]) -> list[Fault]:
    text = STANDARD
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    return checks.check(reader.read_script(text))


def _without(script: Script, *questions: str) -> Script:
    kept = tuple(q for q in script.questions if q.id not in questions)
    return replace(script, questions=kept)


@pytest.mark.parametrize("name", reader.library())
def test_every_script_of_the_library_passes(name: str) -> None:
    assert checks.check_file(name) == []


SCRIPTS = {name: reader.load_script(name) for name in reader.library()}


def _due(script: Script) -> list[str]:
    """The items that some policy of the script is due for."""
    return [
        item.name
        for item in needed(script)
        if any(all_hold((*script.covers, *item.when), given)
               for given in graph.situations((*script.covers, *item.when)))
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "item"), [(name, item) for name, script in SCRIPTS.items() for item in _due(script)]
)
def test_a_script_without_an_item_cannot_be_published(name: str, item: str) -> None:
    script = SCRIPTS[name]
    serving = [q.id for q in script.questions if q.item == item]
    assert serving
    faults = checks.check(_without(script, *serving))
    missing = [fault for fault in faults if fault.code == "item-missing"]

    assert [fault.question for fault in missing] == [ITEMS[item].code]
    assert f"item {item} ({ITEMS[item].title}, {ITEMS[item].source})" in missing[0].message
    assert missing[0].severity is Severity.ERROR


@pytest.mark.parametrize(
    ("name", "item"), [(name, item) for name, script in SCRIPTS.items() for item in _due(script)]
)
def test_a_tag_alone_confirms_no_item(name: str, item: str) -> None:
    """The question keeps its tag, but asks something else."""
    script = SCRIPTS[name]
    other = slots.parse("请问您今天心情好吗？")
    questions = tuple(
        replace(q, says=other) if q.item == item and q.kind is not Kind.PRESENCE else q
        for q in script.questions
    )
    swapped = [q.id for q, old in zip(questions, script.questions, strict=True) if q is not old]
    faults = checks.check(replace(script, questions=questions))

    assert {f.question for f in faults if f.code == "item-unspoken"} == set(swapped) != set()


def test_every_item_is_served_by_some_script_of_the_library() -> None:
    assert {item for script in SCRIPTS.values() for item in _due(script)} == set(ITEMS)


def test_a_script_that_proves_no_identity_cannot_be_published(standard: Script) -> None:
    codes = {fault.code for fault in checks.check(_without(standard, "ID_VERIFY"))}

    assert {"identity-missing", "item-missing", "fact-before-identity"} <= codes


@pytest.mark.parametrize(
    ("item", "when"),
    [
        ("2-insured", "[insured_is_holder]"),
        ("2-insured", "[not insured_is_holder, double_recorded]"),
        ("4-term", "[instalments]"),
        ("7-period", "[instalments, 'channel in [agent, broker, telesales, online]']"),
        ("6-rights", "['product_type in [traditional, participating, health]']"),
        ("fees", "['product_type in [universal]']"),
        ("recorded", "[double_recorded, not elderly]"),
    ],
)
def test_an_item_asked_of_too_few_is_missing(item: str, when: str) -> None:
    """Asked under other conditions than the law's: some policy is left out."""
    text = re.sub(
        rf"(    item: \"?{item}\"?\n    source: .*\n)(    when: .*\n)?",
        rf"\1    when: {when}\n",
        STANDARD,
    )
    assert text != STANDARD
    faults = checks.check(reader.read_script(text))

    assert [f.code for f in faults if ITEMS[item].title in f.message] == ["item-missing"]


@pytest.mark.parametrize(
    ("old", "new", "code", "question"),
    [
        ("{{ policy.product }}是一份", "{{ policy.produkt }}是一份", "unknown-slot", "AWARE"),
        ("{{ policy.product }}是一份", "{{ holder.__class__ }}是一份", "unknown-slot", "AWARE"),
        ("{{ holder.title | 本人 }}吗", "{{ holder.title }}吗", "slot-may-be-empty", "ID_PRESENT"),
        ("[address_known]", "[phone_known]", "slot-may-be-empty", "CONTACT"),
        ("    explain: 责任免除写在条款的责任免除一章，发生其中写明的情况，保险公司不承担给付责任，"
         "请您仔细阅读。\n", "", "missing-explanation", "LIABILITY.exclusions"),
        ("请问责任免除，", "请问" + "责任免除，" * 14, "too-long-spoken", "LIABILITY.exclusions"),
        ("我们想找", "关于{{ policy.product }}我们想找", "fact-before-identity", "ID_PRESENT"),
        ("有一件事要和", "{{ policy.product }}要和", "fact-before-identity", "ID_PRESENT"),
        ("需要确认您就是", "我们在{{ receipt.signed_on }}", "fact-before-identity", "ID_VERIFY"),
        ("好的，打扰您了。请", "好的，{{ policy.premium }}，请", "fact-before-identity",
         "ID_PRESENT.when"),
        ("有一件事要和", "有一份分红险要和", "fact-before-identity", "ID_PRESENT"),
        ("抱歉，没能确认您", "抱歉，{{ seller.name | 他 }}", "fact-before-identity",
         "identity-failed"),
        ("[verified, in_cooling_off]", "[in_cooling_off]", "fact-before-identity", "complaint"),
        ("抱歉，刚才没有听清楚。", "抱歉，{{ policy.number }}", "fact-before-identity", None),
        ("deny: [explain, {end: identity-failed}]", "deny: [explain, next]", "identity-skipped",
         "ID_VERIFY"),
        ("deny: [{ask: ID_PRESENT.when}]", "deny: [next]", "identity-skipped", "ID_PRESENT"),
        ("{turns: 150, spoken_s: 15}", "{turns: 20, spoken_s: 15}", "too-few-turns", None),
        ("    item: 2-holder\n", "    item: 2-holder\n    on: {affirm: [{end: refused}]}\n",
         "item-skipped", "SIGN_APP"),
        ("    source: 002-d 第4步; 002-e 第3项; 002-j 代签字类2\n",
         "    on: {affirm: [{end: refused}]}\n", "item-skipped", "SIGN_TIP"),
        ("deny: [{end: not-received}]", "deny: [{end: completed}]", "item-skipped", "RECEIPT"),
        ("deny: [explain, {end: unaware}]", "affirm: [{end: unaware}]", "item-skipped", "AWARE"),
        ("[not instalments]", "[not instalments, instalments]", "unreachable", "PREMIUM"),
        ("    outcome: unaware\n", "    outcome: busy\n", "unknown-ending", "unaware"),
        ("    outcome: completed\n", "    outcome: refused\n", "no-completed-ending", "completed"),
        ("    item: 2-holder\n", "    item: 2-holder\n    barge_in: true\n", "interruptible",
         "SIGN_APP"),
        ("    item: 2-holder\n", "    item: 2-seller\n", "unknown-name", "SIGN_APP"),
        ("    item: 2-holder\n", "    item: 2-purchase\n", "unknown-name", "SIGN_APP"),
        ("  - id: CLOSING\n", "  - id: SMS\n", "no-closing", "SMS"),
        ("的智能语音回访，", "的回访，", "disclosure-missing", None),
        ("says_by_person: 为保护您的信息安全，", "# ", "by-person", "ID_VERIFY"),
        ("_by_person: 为保护您的信息安全，", "_by_person: 请按1，", "by-person", "ID_VERIFY"),
        ("    item: 2-holder\n", "    item: 2-holder\n    says_by_person: 是您签的吗？\n",
         "by-person", "SIGN_APP"),
        ("本次通话将被录音", "本次通话", "disclosure-missing", None),
        ("请问您收到保险合同了吗？", "请问您收到合同了吗？签了回执吗？", "two-facts", "RECEIPT"),
        ("请问您收到保险合同了吗？", "请问您收到合同以及回执了吗？", "two-facts", "RECEIPT"),
        ("请问您收到保险合同了吗？", "您没有收到保险合同吗？", "negative-wording", "RECEIPT"),
        ("请问您收到保险合同了吗？", "您收到合同了，对不对？", "leading-wording", "RECEIPT"),
        ("如果您没有其他问题，我们就到这里，可以吗？", "请问您还有其他问题吗？",
         "polarity-unmarked", "CLOSING"),
    ],
)  # fmt: skip
def test_a_fault_is_found_with_its_code(
    old: str, new: str, code: str, question: str | None
) -> None:
    assert (code, question) in {(fault.code, fault.question) for fault in _after((old, new))}


def test_an_ending_nobody_reaches() -> None:
    new = "endings:\n  - {id: lost, outcome: refused, says: 再见。}\n"

    assert [(f.code, f.question) for f in _after(("endings:\n", new))] == [
        ("unused-ending", "lost")
    ]


def test_questions_aside_that_lead_in_circles() -> None:
    old = "    again: 请问什么时间能联系到"
    circle = "    on: {unsure: [{ask: CONSENT.when}]}\n" + old
    faults = _after((old, circle))

    assert {fault.question for fault in faults if fault.code == "endless"} == {
        "ID_PRESENT.when",
        "CONSENT.when",
    }


def test_wording_warns_and_the_rest_forbids() -> None:
    text = ("请问您收到保险合同了吗？", "您没有收到保险合同吗？")

    assert [fault.severity for fault in _after(text)] == [Severity.WARNING]
    assert _after(("[not instalments]", "[not instalments, instalments]"))[0].severity == "error"


def test_faults_have_the_line_of_their_question(standard: Script) -> None:
    fault = _after(("{{ policy.product }}是一份", "{{ policy.produkt }}是一份"))[0]

    assert fault.question == "AWARE"
    assert fault.line is not None
    assert fault.column is not None
    written = STANDARD.splitlines()[fault.line - 1]
    assert written[fault.column - 1 :].startswith("says: 请问您知道")
    assert (
        written.replace("product", "produkt")
        == STANDARD.replace("policy.product }}是一份", "policy.produkt }}是一份", 1).splitlines()[
            fault.line - 1
        ]
    )


def test_a_file_that_cannot_be_read_has_the_faults_of_reading(tmp_path: Path) -> None:
    path = tmp_path / "broken.yaml"
    path.write_text("id: [", "utf-8")

    assert [fault.code for fault in checks.check_file(path)] == ["yaml-syntax"]


def test_every_code_is_documented_and_no_other() -> None:
    documented = re.findall(
        r"^\| `([a-z-]+)` \|", (ROOT / "docs/checks.md").read_text("utf-8"), re.M
    )

    assert sorted(documented) == sorted(checks.CODES)


def test_every_code_in_the_sources_is_listed() -> None:
    """Codes are written as literals; whatever looks like one must be listed."""
    sources = [*(ROOT / "scripts").glob("*.py"), *(ROOT / "scripts/checks").glob("*.py")]
    sources += (ROOT / "scripts/rulebooks").glob("*.py")
    used = {
        code
        for path in sources
        for code in re.findall(
            r"(?:[fF]ault|_faulty|_Refusal|_warn)\(\s*(?:script, )?\"([a-z]+(?:-[a-z]+)+)\"",
            path.read_text("utf-8"),
        )
    }

    assert len(used) > 20
    assert used <= checks.CODES


def test_the_identity_check_knows_every_kind_before_it(standard: Script) -> None:
    before = [q.kind for q in standard.questions[:2]]

    assert before == [Kind.PRESENCE, Kind.IDENTITY]


@pytest.mark.parametrize("load", [reader.load_script])
def test_a_faulty_script_is_never_half_read(load: Callable[[Path], Script], tmp_path: Path) -> None:
    path = tmp_path / "half.yaml"
    path.write_text(STANDARD.replace("  - id: READ\n", "  - id: REED\n"), "utf-8")

    with pytest.raises(FaultyFileError, match=r"half\.yaml:\d+:\d+: REED: .*\[bad-code\]"):
        load(path)


def test_a_rulebook_ships() -> None:
    assert "standard" in rulebooks()
