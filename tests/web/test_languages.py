"""Chinese first, English complete: every message is translated, and every page is whole in both."""

import re
from collections import Counter

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po
from flask import Flask

from huifang.timetable import TABLE, Needs
from scheduler.forecast import Short
from scheduler.intake.records import Status as Row
from scheduler.nightly import FollowUp
from scheduler.otherwise import Ground, Handing, Special
from scheduler.pacing import Code, State
from scheduler.reasons import Why
from scheduler.rules import Way
from scripts.labels import CODES, Label
from scripts.outcomes import Cause, Outcome
from scripts.verdicts import Status
from tests.web.agent import HERE, Agent
from tests.web.stage import PRODUCTS, World
from web.languages import CATALOGUES, LANGUAGES
from web.words import TABLES

ROOT = CATALOGUES.parent
FINDERS = [
    ("templates/**.html", "jinja2"),
    ("templates/**.svg", "jinja2"),
    ("**.py", "python"),
]
KEYWORDS = {"_": None, "gettext": None, "lazy_gettext": None, "ngettext": (1, 2)}
STORED = set(Row) - {Row.REJECT}  # a rejected row is not stored
STOPS = ("retries-exhausted", "attempts-exhausted", "no-number-left")
CHINESE = re.compile(r"[\u4e00-\u9fff]")


def messages() -> set[str | tuple[str, ...]]:
    found = extract_from_dir(ROOT, FINDERS, keywords=KEYWORDS)
    return {message for _, _, message, _, _ in found}


def catalogue() -> dict[str | tuple[str, ...], str]:
    with (CATALOGUES / "zh_CN" / "LC_MESSAGES" / "messages.po").open("rb") as file:
        found = read_po(file, locale="zh_CN")
    assert not found.obsolete
    return {
        message.id: message.string[0] if isinstance(message.string, tuple) else message.string
        for message in found
        if message.id and not message.fuzzy
    }


def test_every_message_is_translated_and_none_is_left_over() -> None:
    assert set(catalogue()) == messages()
    assert [message for message, text in catalogue().items() if not text] == []


def test_no_message_is_translated_twice() -> None:
    """The first would win, whatever the second one means."""
    text = (CATALOGUES / "zh_CN" / "LC_MESSAGES" / "messages.po").read_text(encoding="utf-8")
    ids = Counter(re.findall(r'^msgid ((?:".*"\n)+)', text, re.MULTILINE))
    assert [one for one, count in ids.items() if count > 1] == []


def test_translations_keep_the_placeholders() -> None:
    for message, text in catalogue().items():
        source = message if isinstance(message, str) else message[1]
        assert set(re.findall(r"%\(\w+\)[sd]", source)) == set(re.findall(r"%\(\w+\)[sd]", text))


def test_message_ids_are_english() -> None:
    assert [message for message in messages() if CHINESE.search(str(message))] == []


@pytest.mark.parametrize(
    ("table", "values"),
    [
        ("outcome", Outcome),
        ("label", Label),
        ("code", sorted(CODES)),
        ("status", Status),
        ("why", Why),
        ("cause", Cause),
        ("closing", Cause),
        ("detail", [*Cause, *STORED, *STOPS]),
        ("dialling", State),
        ("pace", Code),
        ("short", Short),
        ("way", Way),
        ("handing", Handing),
        ("special", Special),
        ("ground", Ground),
        ("follow_up", FollowUp),
        ("job", ["lead", *(entry.name for entry in TABLE)]),
        ("needs", Needs),
    ],
)
def test_every_word_of_the_code_has_a_name(table: str, values: list[str]) -> None:
    assert set(values) <= set(TABLES[table])


def test_every_name_of_the_rulebook_has_english(world: World) -> None:
    book = world.line.rulebook
    assert {one.name for one in book.classes} <= set(TABLES["class_name"])
    assert {one.name for one in book.families} <= set(TABLES["family"])
    assert {one.name for one in book.kinds} <= set(TABLES["kind"])


def test_the_switch_changes_every_page_and_returns(agent: Agent) -> None:
    agent.opens("/calls?outcome=voicemail").sees("拨打结果", "语音信箱").follows("English")
    assert agent.at == "/calls?outcome=voicemail"
    agent.sees("Outcome", "Voicemail").misses("拨打结果", "语音信箱")
    agent.opens("/today").sees("still to dial").follows("中文").sees("待拨打")


def test_english_pages_say_nothing_in_chinese_but_data(agent: Agent, world: World) -> None:
    agent.opens("/language/en?back=/today")
    data = [
        "回", "中文", world.line.company, "陶志明", "示范市分公司",
        *(product for product, _ in PRODUCTS),
    ]  # fmt: skip
    for path in ("/today", "/queue?part=late"):
        words = agent.opens(path).page.words
        for piece in data:
            words = words.replace(piece, "")
        assert not CHINESE.search(words), words


@pytest.mark.parametrize(
    "back", ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)", ""]
)
def test_the_switch_leads_nowhere_else(app: Flask, back: str) -> None:
    answer = app.test_client().get("/language/en", query_string={"back": back}, base_url=HERE)
    assert answer.headers["Location"] == "/"
    assert "SameSite=Lax" in answer.headers["Set-Cookie"]
    assert "HttpOnly" in answer.headers["Set-Cookie"]


def test_an_unknown_language_in_the_cookie_is_ignored(app: Flask) -> None:
    client = app.test_client()
    client.set_cookie("language", "../../etc", domain="127.0.0.1")
    assert "登录" in client.get("/sign-in", base_url=HERE).get_data(as_text=True)


def test_only_translated_languages_may_be_the_default(world: World) -> None:
    from web.app import create_app

    assert set(LANGUAGES) == {"zh_CN", "en"}
    with pytest.raises(ValueError, match="'de' is not one of"):
        create_app(world.line, secret="s", locale="de")


def test_names_written_out_in_a_page_follow_its_language(agent: Agent) -> None:
    """Not the language of whoever opened the page first."""
    agent.opens("/today").sees("超时")
    agent.opens("/language/en?back=/today").sees("Overdue").misses("超时")
