"""Whole texts: the same content has the same hash, whatever it was put together from, and old
formats go on being read."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from scripts import reader, written
from scripts.faults import Fault, FaultyFileError
from scripts.formats import FORMAT
from scripts.model import Event, Move
from scripts.slots import EMPTY
from scripts.texts import in_language, texts

DATA = Path(__file__).parent / "data"
WHOLE = (DATA / "whole.yaml").read_text("utf-8")
OLD = (DATA / "format-1.yaml").read_text("utf-8")


def _faults(path: Path) -> list[Fault]:
    with pytest.raises(FaultyFileError) as caught:
        written.find(path)
    return list(caught.value.faults)


@pytest.mark.parametrize("name", reader.library())
def test_the_whole_text_stands_for_the_script(name: str) -> None:
    found = written.find(name)
    again = written.of_text(found.text)

    assert again.hash == found.hash
    assert again.script == found.script
    assert again.text == found.text
    assert "use" not in found.data
    assert not any("use" in question for question in found.data["questions"])
    assert written.of_data(found.data) == again


def test_a_changed_word_is_another_hash_and_a_comment_is_not() -> None:
    found = written.of_text(WHOLE)

    assert written.of_text(WHOLE.replace("保什么", "保哪些", 1)).hash != found.hash
    assert written.of_text("# a remark\n" + WHOLE).hash == found.hash
    # the order of the routes means nothing, that of the questions does
    events = "  deny: [explain, next]\n  unsure: [again, next]\n"
    assert events in WHOLE
    other = "  unsure: [again, next]\n  deny: [explain, next]\n"
    assert written.of_text(WHOLE.replace(events, other, 1)).hash == found.hash


def test_a_file_of_format_1_is_read_as_it_was_meant() -> None:
    found = written.of_text(OLD)
    aware = found.script.question("AWARE")

    assert found.data["format"] == FORMAT
    assert aware is not None
    assert [step.move for step in aware.on_with_care[Event.UNCLEAR]] == [Move.SLOWLY, Move.END]
    assert found.script.care.from_age == 60


def test_a_fault_in_an_old_file_has_the_line_of_the_old_file() -> None:
    text = OLD.replace("  slower: [slowly, {end: person}]", "  slower: [slowly]", 1)
    with pytest.raises(FaultyFileError) as caught:
        written.of_text(text)

    (fault,) = caught.value.faults
    assert fault.code == "never-gives-up"
    assert fault.line is not None
    assert text.splitlines()[fault.line - 1] == "  slower: [slowly]"


def test_a_format_of_the_future_is_told() -> None:
    with pytest.raises(FaultyFileError, match=r"format 3 is not known here.*\[unknown-format\]"):
        written.of_text(WHOLE.replace("format: 2", "format: 3", 1))


BLOCK = """
block: greeting
about: for the test
questions:
  - {id: SMS, says: 请问需要开通短信服务吗？, source: 002-k, explain: 短信服务是免费的。}
  - {id: SUGGEST, kind: remark, says: 请问您没有其他建议了，是吗？, explain: 您可以随时告诉我们。}
endings:
  - {id: unused, outcome: refused, says: 再见。}
translations:
  en:
    questions: {SMS: {says: "Would you like text messages?", explain: They are free.}}
"""


def _own(folder: Path, questions: str, more: str = "", block: str = BLOCK) -> Path:
    """The whole script with other questions before the closing one, beside a block."""
    (folder / "blocks").mkdir(exist_ok=True)
    (folder / "blocks" / "greeting.yaml").write_text(block, "utf-8")
    path = folder / "own.yaml"
    text = WHOLE.replace("  - id: CLOSING\n", f"{questions}  - id: CLOSING\n", 1) + more
    path.write_text(text, "utf-8")
    return path


def test_a_block_gives_its_questions_where_it_is_used(tmp_path: Path) -> None:
    script = written.find(_own(tmp_path, "  - use: greeting\n")).script

    assert [q.id for q in script.questions][-3:] == ["SMS", "SUGGEST", "CLOSING"]
    assert script.mark("SMS").file == "blocks/greeting.yaml"
    assert script.mark("CLOSING").file == ""


def test_take_and_but(tmp_path: Path) -> None:
    use = "  - {use: greeting, take: [SMS], but: {SMS: {says: 要短信吗？, source: null}}}\n"
    script = written.find(_own(tmp_path, use)).script
    sms = script.question("SMS")

    assert script.question("SUGGEST") is None
    assert sms is not None
    assert (sms.says.source, sms.explain.source, sms.source) == (
        "要短信吗？",
        "短信服务是免费的。",
        "",
    )
    assert script.mark("SMS", "says").file == ""
    assert script.mark("SMS", "explain").file == "blocks/greeting.yaml"


def test_a_translation_comes_along_unless_the_text_is_another(tmp_path: Path) -> None:
    wanted = "translations: {en: {}}\n"
    plain = written.find(_own(tmp_path, "  - use: greeting\n", wanted)).script
    use = "  - {use: greeting, but: {SMS: {says: 要短信吗？}}}\n"
    reworded = written.find(_own(tmp_path, use, wanted)).script

    assert ("SMS", "says") in plain.translations["en"].texts
    assert ("SMS", "says") not in reworded.translations["en"].texts
    assert ("SMS", "explain") in reworded.translations["en"].texts
    assert not written.find(_own(tmp_path, "  - use: greeting\n")).script.translations


def test_other_words_are_a_persons_too_unless_it_has_its_own() -> None:
    """The elderly's question is worded for machine and person alike; the block's own is not."""
    usual, simple = (
        written.find(one).script.question("ID_VERIFY") for one in ("standard", "elderly")
    )
    assert usual is not None
    assert simple is not None
    assert "按键" in usual.says.source
    assert "按键" not in usual.says_by_person.source
    assert simple.says_by_person is EMPTY
    texts = written.find("elderly").script.translations
    assert all(("ID_VERIFY", "says_by_person") not in one.texts for one in texts.values())


def test_endings_of_a_block_are_left_out_where_nothing_leads_to_them(tmp_path: Path) -> None:
    more = "use: [greeting]\n"
    script = written.find(_own(tmp_path, "", more)).script
    assert script.ending("unused") is None

    led = '    on: {deny: [{end: unused}]}\n    when: ["instalments"]\n'
    question = "  - id: SMS\n    says: 要短信吗？\n    explain: 短信。\n" + led
    script = written.find(_own(tmp_path, question, more)).script
    assert script.ending("unused") is not None


@pytest.mark.parametrize(
    ("questions", "code", "words"),
    [
        ("  - use: nowhere\n", "unknown-block", "there is no block 'nowhere'"),
        ("  - use: ../greeting\n", "unknown-block", "there is no block"),
        ("  - use: [greeting]\n", "bad-use", "'use' names one block"),
        ("  - {use: greeting, take: [FEES]}\n", "bad-use", "gives no FEES: it has SMS, SUGGEST"),
        ("  - {use: greeting, take: SMS}\n", "bad-use", "'take' lists question ids"),
        ("  - {use: greeting, but: {FEES: {}}}\n", "bad-use", "gives no FEES"),
        ("  - {use: greeting, take: [SMS], but: {SUGGEST: {}}}\n", "bad-use", "no SUGGEST"),
        ("  - {use: greeting, but: [SMS]}\n", "bad-use", "'but' gives other keys"),
        ("  - {use: greeting, says: 好}\n", "unknown-key", "stand 'take' and 'but'"),
    ],
)
def test_a_wrong_use_is_told_with_its_line(
    tmp_path: Path, questions: str, code: str, words: str
) -> None:
    path = _own(tmp_path, questions)
    faults = _faults(path)

    assert [fault.code for fault in faults] == [code]
    assert words in faults[0].message
    assert faults[0].line is not None
    assert path.read_text("utf-8").splitlines()[faults[0].line - 1] == questions.rstrip("\n")


@pytest.mark.parametrize(
    "block",
    ["- a\n", "use: [other]\n", "questions: SMS\n", "questions: [SMS]\n", "translations: []\n"],
)
def test_what_is_no_block_is_told(tmp_path: Path, block: str) -> None:
    faults = _faults(_own(tmp_path, "  - use: greeting\n", block=block))

    assert [fault.code for fault in faults] == ["bad-use"]
    assert "'greeting' is no block" in faults[0].message


def test_a_fault_in_a_block_names_the_block(tmp_path: Path) -> None:
    block = BLOCK.replace("says: 请问需要", "says: '{{ policy.produkt }}", 1).replace(
        "服务吗？", "服务吗？'", 1
    )
    from scripts.checks import check_file

    (fault,) = check_file(_own(tmp_path, "  - use: greeting\n", block=block))

    assert (fault.code, fault.file, fault.line) == ("unknown-slot", "blocks/greeting.yaml", 5)
    assert str(fault).startswith("blocks/greeting.yaml:5:")


def test_a_script_in_another_language(standard: Any) -> None:
    english = in_language(standard, "en")
    said = {spoken.spot: spoken.text.source for spoken in texts(english)}

    assert said.keys() == {spoken.spot for spoken in texts(standard)}
    assert not any("\u4e00" <= char <= "\u9fff" for text in said.values() for char in text)
    with pytest.raises(LookupError, match=r"has no 'fr': it has zh-CN, en"):
        in_language(standard, "fr")


def test_the_text_can_be_read_by_any_yaml_program() -> None:
    """``on`` would become True in YAML 1.1 if it were not quoted."""
    found = written.find("standard")

    assert yaml.safe_load(found.text) == dict(found.data)
