"""The library as a whole: which scripts there are, what each is for, that none can lose what the
law lists, and that the texts keep the rules of the trade."""

import re
from dataclasses import replace
from datetime import date, timedelta

import pytest

from scripts import conditions, position, reader, run, texts, yamlfile
from scripts.checks import check
from scripts.checks.items import item_faults
from scripts.checks.needed import Item, needed
from scripts.facts import Facts, ProductType
from scripts.heard import Heard
from scripts.labels import Label
from scripts.model import Kind, Medium, Purpose, Script
from scripts.outcomes import Outcome
from scripts.sample import SAMPLE

SCRIPTS = {name: reader.load_script(name) for name in reader.library()}
PHONE = [name for name, script in SCRIPTS.items() if script.medium is Medium.PHONE]
PAPER = [name for name in SCRIPTS if name not in PHONE]
REVISITS = [name for name, script in SCRIPTS.items() if script.purpose is Purpose.REVISIT]

#: What the library must have: purpose, medium and the policies it may be used for.
WANTED = {
    "standard": ("revisit", "phone", []),
    "seven-steps": ("revisit", "phone", ["product_type in [traditional, health]"]),
    "participating-a": (
        "revisit", "phone", ["product_type in [participating]", "days_since_issue <= 18"]
    ),
    "participating-b": (
        "revisit", "phone", ["product_type in [participating]", "days_since_issue >= 19"]
    ),
    "traditional-a": (
        "revisit", "phone", ["product_type in [traditional, health]", "days_since_issue <= 18"]
    ),
    "traditional-b": (
        "revisit", "phone", ["product_type in [traditional, health]", "days_since_issue >= 19"]
    ),
    "explanation": ("revisit", "letter", []),
    "visit": ("revisit", "visit", []),
    "letter": ("revisit", "letter", []),
    "long-term-health": ("revisit", "phone", ["product_type in [health]"]),
    "double-recorded": ("revisit", "phone", ["double_recorded"]),
    "unit-linked": ("revisit", "phone", ["product_type in [unit-linked]"]),
    "elderly": ("revisit", "phone", ["holder_age >= 60"]),
    "second-revisit": ("second", "phone", []),
    "complaint-follow-up": ("complaint", "phone", []),
}  # fmt: skip


def test_the_library_has_every_script_of_the_sources() -> None:
    found = {
        name: (script.purpose, script.medium, [str(c) for c in script.covers])
        for name, script in SCRIPTS.items()
    }

    assert found == WANTED


@pytest.mark.parametrize("name", SCRIPTS)
def test_a_script_has_no_fault_and_no_warning(name: str) -> None:
    assert check(SCRIPTS[name]) == []


@pytest.mark.parametrize("name", SCRIPTS)
def test_a_script_and_each_of_its_questions_tell_their_source(name: str) -> None:
    script = SCRIPTS[name]

    without = [q.id for q in (*script.questions, *script.aside) if not q.source]

    assert script.source
    assert without == []


def test_every_question_of_a_block_is_asked_by_some_script() -> None:
    asked = {q.id for script in SCRIPTS.values() for q in (*script.questions, *script.aside)}
    blocks = sorted((reader.LIBRARY / reader.BLOCKS).glob("*.yaml"))

    idle = {
        f"{path.stem}: {question['id']}"
        for path in blocks
        for question in yamlfile.load(path).data.get("questions", [])
        if question["id"] not in asked
    }

    assert blocks
    assert idle == set()


def _due(script: Script, item: Item) -> bool:
    """Whether the item is due for some policy of the script."""
    both = (*script.covers, *item.when)
    products = {c.values for c in both if c.fact == "product_type"}
    return not products or bool(set.intersection(*map(set, products)))


@pytest.mark.parametrize("name", SCRIPTS)
def test_an_item_taken_out_is_missed(name: str) -> None:
    script = SCRIPTS[name]
    items = [item for item in needed(script) if _due(script, item)]
    assert items
    for item in items:
        kept = tuple(q for q in script.questions if q.item != item.name or q.kind is Kind.PRESENCE)
        faults = item_faults(replace(script, questions=kept))

        assert [f.code for f in faults if f"item {item.name} (" in f.message] == ["item-missing"]


# --- by the day, the age and what was said ------------------------------------------------


@pytest.mark.parametrize("product", ["participating", "traditional"])
def test_a_until_day_18_since_issue_and_b_from_day_19_on(product: str) -> None:
    kind = ProductType(product)
    fits: dict[int, list[str]] = {}
    for days in (0, 1, 17, 18, 19, 20, 400):
        called = SAMPLE.issued_on + timedelta(days=days)
        given = conditions.situation(replace(SAMPLE, product_type=kind, called_on=called))
        fits[days] = [
            part for part in "ab" if conditions.all_hold(SCRIPTS[f"{product}-{part}"].covers, given)
        ]

    assert [days for days, found in fits.items() if found == ["a"]] == [0, 1, 17, 18]
    assert [days for days, found in fits.items() if found == ["b"]] == [19, 20, 400]


def _health(script: Script) -> Facts | None:
    """A health policy that the script is for, or None."""
    health = replace(SAMPLE, product_type=ProductType.HEALTH, double_recorded=True, holder_age=70)
    for called_on in (SAMPLE.called_on, date(2026, 11, 20)):
        facts = replace(health, called_on=called_on)
        if conditions.all_hold(script.covers, conditions.situation(facts)):
            return facts
    return None


FOR_HEALTH = {name: facts for name in REVISITS if (facts := _health(SCRIPTS[name]))}


def test_all_scripts_but_those_of_new_products_are_for_health() -> None:
    assert set(REVISITS) - set(FOR_HEALTH) == {"participating-a", "participating-b", "unit-linked"}


@pytest.mark.parametrize("name", FOR_HEALTH)
@pytest.mark.parametrize("doubted", ["AWARE", "READ", "LIABILITY", "PREMIUM", "SURRENDER_LOSS"])
def test_a_health_customer_with_a_doubt_is_told_of_the_right_to_cancel(
    name: str, doubted: str
) -> None:
    script, facts = SCRIPTS[name], FOR_HEALTH[name]

    assert "HESITATION.cancel" in _asked(script, facts, doubted)
    assert "HESITATION.cancel" not in _asked(script, facts, None)


def _asked(script: Script, facts: Facts, doubted: str | None) -> set[str]:
    """The questions of a call in which one code is first not understood and then clear."""
    call, _ = run.start(script, facts)
    asked: list[str] = []
    while (question := run.question(call)) is not None:
        doubts = question.code == doubted and question.id not in asked
        asked.append(question.id)
        call, _ = run.advance(call, Heard(Label.UNSURE if doubts else Label.AFFIRM))
    assert run.ending(call) is Outcome.COMPLETED
    return set(asked)


AGED_72 = replace(SAMPLE, holder_age=72, insured_name="赵小示")
#: Every question but the last, which only says goodbye.
HEARD_AT_72 = [q.id for q in position.path(SCRIPTS["elderly"], AGED_72).questions[:-1]]


@pytest.mark.parametrize("question", HEARD_AT_72)
def test_the_elderly_get_a_person_on_the_second_failure(question: str) -> None:
    call, _ = run.start(SCRIPTS["elderly"], AGED_72)
    while (asked := run.question(call)) is not None and asked.id != question:
        call, _ = run.advance(call, Heard(Label.AFFIRM))

    call, _ = run.advance(call, Heard(Label.UNCLEAR))
    assert run.ended(call) is None
    call, _ = run.advance(call, Heard(Label.UNCLEAR))

    ended = run.ended(call)
    assert ended is not None
    assert ended.id == "person"


def test_the_elderly_hear_everything_slowly() -> None:
    call, _ = run.start(SCRIPTS["elderly"], replace(SAMPLE, holder_age=60))
    asked = run.asking(call)

    assert asked is not None
    assert asked.slow
    assert asked.wait_s == 12
    assert "转人工" in asked.text


def test_the_second_revisit_can_ask_whatever_any_revisit_left_open() -> None:
    second = {question.id for question in SCRIPTS["second-revisit"].questions}
    open_items = {
        question.id
        for name in REVISITS
        for question in SCRIPTS[name].questions
        if question.kind is Kind.FACT
    }

    signatures_on_paper = {"CONFIRM_FORM.filled", "CONFIRM_FORM.letter"}
    assert open_items - second == signatures_on_paper


@pytest.mark.parametrize("name", ["second-revisit", "complaint-follow-up"])
def test_the_matter_is_told_only_to_the_holder(name: str) -> None:
    facts = replace(SAMPLE, matter="没有收到保险合同", matter_on=date(2026, 11, 5))
    call, _ = run.start(SCRIPTS[name], facts)
    before = []
    while (question := run.question(call)) is not None and question.kind is not Kind.CONSENT:
        asked = run.asking(call)
        assert asked is not None
        before.append(asked.text)
        call, _ = run.advance(call, Heard(Label.AFFIRM))
    asked = run.asking(call)

    assert len(before) == 2
    assert not any("合同" in text for text in before)
    assert asked is not None
    assert "没有收到保险合同" in asked.text


# --- on paper -----------------------------------------------------------------------------


@pytest.mark.parametrize("name", PAPER)
@pytest.mark.parametrize("question", ["ID_PRESENT", "CONFIRM_FORM.filled", "CONFIRM_FORM.letter"])
@pytest.mark.parametrize("label", [label for label in Label if label is not Label.AFFIRM])
def test_paper_completes_only_when_the_holder_filled_it_in_and_signed_it(
    name: str, question: str, label: Label
) -> None:
    call, _ = run.start(SCRIPTS[name], SAMPLE)
    while (asked := run.question(call)) is not None:
        call, _ = run.advance(call, Heard(label if asked.id == question else Label.AFFIRM))

    assert run.ending(call) is not Outcome.COMPLETED


# --- the order of the sources -------------------------------------------------------------

ORDER = {
    # 002-d, 一 to 七
    "seven-steps": (
        "ID_PRESENT", "ID_VERIFY", "CONSENT.agent", "RECEIPT", "PREMIUM.amount", "SIGN_APP",
        "SIGN_TIP", "DISCLOSE", "READ.tips", "LIABILITY", "HESITATION.rights",
    ),
    # 002-i, (1) to (9), and B with the reminder
    "participating-a": (
        "READ", "CONFIRM_FORM", "SIGN_APP", "RECEIPT", "LIABILITY", "HESITATION.rights",
        "SATISFACTION", "SUGGEST", "CONTACT", "CONTACT.phone", "CHANNELS",
    ),
    "participating-b": (
        "READ", "CONFIRM_FORM", "SIGN_APP", "RECEIPT", "LIABILITY", "READ.reminder",
        "SATISFACTION", "SUGGEST", "CONTACT", "CONTACT.phone", "CHANNELS",
    ),
    # 002-e, 1 to 7
    "explanation": (
        "RECEIPT", "CONFIRM_FORM.receipt", "SIGN_APP", "SIGN_TIP", "PREMIUM.amount",
        "PREMIUM.period", "LIABILITY.term", "PREMIUM.next", "NONGUAR.participating",
        "READ.clauses", "READ", "READ.tips", "LIABILITY", "HESITATION.start", "SURRENDER_LOSS",
    ),
    # 002-k
    "visit": (
        "READ.contract", "PREMIUM.period", "SIGN_APP", "CONTACT", "SMS", "CONFIRM_FORM.letter",
    ),
    # 2009 No. 3 Art 24, the six items
    "unit-linked": (
        "AWARE", "SIGN_APP", "HESITATION.start", "HESITATION.length", "HESITATION.rights",
        "LIABILITY", "LIABILITY.exclusions", "NONGUAR.unit-linked", "NONGUAR.loss", "FEES",
        "FEES.rates", "SURRENDER_LOSS",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", ORDER)
def test_the_questions_stand_in_the_order_of_their_source(name: str) -> None:
    places = [q.id for q in SCRIPTS[name].questions]

    assert [places.index(question) for question in ORDER[name]] == sorted(
        places.index(question) for question in ORDER[name]
    )


# --- how it is worded ---------------------------------------------------------------------


@pytest.mark.parametrize("name", PHONE)
def test_a_machine_says_so_and_a_person_does_not(name: str) -> None:
    script = SCRIPTS[name]

    assert "智能语音" in script.opening.source
    assert "录音" in script.opening.source
    assert "智能" not in script.opening_by_person.source
    assert "录音" in script.opening_by_person.source


@pytest.mark.parametrize("name", SCRIPTS)
def test_days_and_dates_of_the_period_come_from_the_policy(name: str) -> None:
    """十天 written into a text is wrong for every contract that has fifteen."""
    written = re.compile(r"(?<!最后)[0-9〇零一二两三四五六七八九十]+个?(自然日|工作日|天|日)")

    told = [spoken.text.source for spoken in texts.texts(SCRIPTS[name])]

    assert [text for text in told if written.search(text)] == []


@pytest.mark.parametrize("part", ["participating-b", "traditional-b"])
def test_what_b_says_of_the_right_names_its_last_day(part: str) -> None:
    """True before and after it: nothing promises that the period still runs."""
    rights = SCRIPTS[part].question("HESITATION.rights")
    assert rights is not None

    for text in (rights.says, rights.again, rights.explain):
        assert "cooling_off.ends_on" in [hole.slot for hole in text.holes]
        assert "您有权" not in text.source


def test_standard_is_spoken_in_english_too() -> None:
    script = SCRIPTS["standard"]
    assert texts.languages(script) == ("zh-CN", "en")

    english = list(texts.texts(texts.in_language(script, "en")))

    assert {(t.part, t.field) for t in english} == {(t.part, t.field) for t in texts.texts(script)}
    assert [t.text.source for t in english if re.search(r"[一-鿿]", t.text.source)] == []
