"""A whole script as TwiML: what the telephone would get, within the vendor's rules."""

import xml.etree.ElementTree as ET
from dataclasses import replace

import pytest

from exchange import twiml_reader
from ivr.twilio.script_twiml import DESK, URLS, NotByPhone, documents, of_script
from ivr.twilio.twiml import MOST_BYTES, twiml
from ivr.twilio.voices import UnknownVoice, voice_of
from scripts import conditions, position, reader, run
from scripts.facts import Frequency, ProductType
from scripts.heard import Heard
from scripts.labels import Label
from scripts.sample import SAMPLE
from scripts.slots import parse

POLICIES = {
    "plain": SAMPLE,
    "single, unit-linked": replace(
        SAMPLE, frequency=Frequency.SINGLE, product_type=ProductType.UNIT_LINKED
    ),
    "old, child insured": replace(SAMPLE, holder_age=70, insured_name="赵小例"),
}
BY_PHONE = [n for n in reader.library() if not reader.load_script(n).medium.on_paper]
ON_PAPER = sorted(set(reader.library()) - set(BY_PHONE))


@pytest.mark.parametrize("facts", POLICIES.values(), ids=POLICIES)
@pytest.mark.parametrize("name", BY_PHONE)
def test_every_question_and_ending_has_a_document_that_the_vendor_accepts(check_twiml, name, facts):
    script = reader.load_script(name)
    found = {one.id: one.xml for one in documents(script, facts)}
    path = position.path(script, facts).questions
    asked = [question.id for question in (*path, *script.aside)]
    assert list(found)[: len(asked)] == asked
    endings = [name.partition(" ")[0] for name in list(found)[len(asked) :]]
    assert list(dict.fromkeys(endings)) == [ending.id for ending in script.endings]
    for xml in found.values():
        check_twiml(xml)
        assert twiml_reader.read(xml)
        assert len(xml.encode()) <= MOST_BYTES


def test_a_document_is_what_a_call_gets(standard):
    """A call in which everything is understood is asked the same, word for word."""
    found = {one.id: one.xml for one in documents(standard, SAMPLE)}
    call, effects = run.start(standard, SAMPLE)
    number = 0
    while (question := run.question(call)) is not None:
        assert found[question.id] == twiml(effects, URLS, voice_of(standard), DESK)
        call, effects = run.advance(call, Heard(Label.AFFIRM))
        number += 1
    assert number > 10
    assert found["completed"] == twiml(effects, URLS, voice_of(standard), DESK)


def test_every_sentence_of_an_ending_is_there_with_its_condition(standard):
    found = {one.id: one.xml for one in documents(standard, SAMPLE)}
    given = conditions.situation(SAMPLE)
    for ending in standard.endings:
        for saying in ending.says:
            if not all(conditions.holds(c, given) for c in saying.when if not c.of_call):
                continue
            when = ", ".join(str(condition) for condition in saying.when)
            name = f"{ending.id} ({when})" if when else ending.id
            words = saying.text.source.partition("{{")[0].split("。")[0]
            assert words in found[name], name


def test_a_sentence_that_this_policy_never_hears_is_left_out(standard):
    late = replace(SAMPLE, called_on=SAMPLE.cooling_off_ends_on.replace(day=20))
    known = {one.id for one in documents(standard, SAMPLE)}
    assert known - {one.id for one in documents(standard, late)} == {
        "complaint (verified, in_cooling_off)"
    }
    assert conditions.situation(late)["in_cooling_off"] is False


def test_the_script_s_voice_speaks(check_twiml, standard):
    male = replace(standard, voice="male")
    for one in documents(male, SAMPLE):
        for say in check_twiml(one.xml).iter("Say"):
            assert say.get("voice") == "Google.cmn-CN-Wavenet-B"
    with pytest.raises(UnknownVoice):
        documents(replace(standard, voice="child"), SAMPLE)


@pytest.mark.parametrize("name", ON_PAPER)
def test_paper_is_refused_in_one_sentence(name):
    with pytest.raises(NotByPhone, match=f"^script {name} is answered on paper .*letter$"):
        documents(reader.load_script(name), SAMPLE)


def test_there_are_scripts_on_paper():
    assert {"visit", "letter"} <= set(ON_PAPER)


def test_a_text_beyond_the_largest_document_is_refused(standard):
    first, *rest = standard.questions
    endless = replace(first, says=parse("长" * MOST_BYTES))
    with pytest.raises(ValueError, match=str(MOST_BYTES)):
        documents(replace(standard, questions=(endless, *rest)), SAMPLE)


@pytest.mark.parametrize("facts", [None, SAMPLE])
def test_the_readable_text_holds_the_same_documents(standard, facts):
    whole = of_script(standard, facts)
    expected = documents(standard, SAMPLE)
    parts = whole.split("<!-- ")[1:]
    assert [part.partition(" -->")[0] for part in parts] == [one.id for one in expected]
    for part, one in zip(parts, expected, strict=True):
        read = ET.fromstring(part.partition(" -->")[2])
        same = ET.fromstring(one.xml)
        assert [(e.tag, e.attrib) for e in read.iter()] == [(e.tag, e.attrib) for e in same.iter()]
        said = [(e.text or "").strip() for e in read.iter()]
        assert said == [(e.text or "").strip() for e in same.iter()]


@pytest.fixture(scope="module")
def standard():
    return reader.load_script("standard")
