"""The QA checklist (质检表) of a script: one row for everything that a reviewer who hears the
recording, or reads the paper, has to find. Rows are plain data for the terminal, the console and a
spreadsheet; the words are Chinese, as the reviewers read them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from scripts.checks.needed import ITEMS
from scripts.conditions import Condition
from scripts.model import Kind, Question, Script
from scripts.show import wording
from scripts.show.conduct import POINTS, Point
from scripts.show.key_words import key_words
from scripts.show.sentences import say
from scripts.show.terms import term

_ZH = "zh"


class Group(StrEnum):
    """What kind of point a row is; the value is the heading of its part of the sheet."""

    LAW = "法定事项"
    PRACTICE = "公司要求"
    CONDUCT = "服务规范"


@dataclass(frozen=True, slots=True)
class CheckRow:
    """One point to be checked. ``question`` is the id of the question that asks it, None for a
    point about the whole conversation; ``must_contain`` what must have been said, with slots in
    words; ``key_words`` the words of it that matter; ``policies`` for which policies it applies."""

    number: int
    group: Group
    title: str
    source: str
    must_contain: str
    key_words: tuple[str, ...]
    policies: str
    critical: bool
    item: str | None = None
    question: str | None = None


def rows(script: Script) -> list[CheckRow]:
    """The rows in the order of the sheet: the items of the law that this script serves, in the
    order of the script, then what else it asks, then how the conversation was led."""
    found = [*_of_law(script), *_of_practice(script), *_of_conduct(script)]
    return [replace(row, number=number) for number, row in enumerate(found, start=1)]


def text(script: Script) -> str:
    """The sheet as plain text, to be filled in."""
    parts = ["\n".join(_head(script))]
    listed = rows(script)
    for group in Group:
        lines = [line for row in listed if row.group is group for line in _told(row)]
        if lines:
            parts.append("\n".join([f"{group.value}{_NOTES[group]}", *lines]))
    parts.append(f"结论：□ 合格　□ 不合格　□ 需复听　　质检员签名：{_BLANK}　日期：{_BLANK}")
    return "\n\n".join(parts) + "\n"


_BLANK = "＿＿＿＿＿＿"
_BOXES = f"□ 是　□ 否　□ 不适用　　备注：{_BLANK}"
_NOTES = {
    Group.LAW: "（全部是关键项，★）",
    Group.PRACTICE: "",
    Group.CONDUCT: "（★为关键项）",
}


def serves(question: Question) -> bool:
    """Whether a question serves an item of the law: asking who is there proves nothing yet."""
    return question.item in ITEMS and question.kind is not Kind.PRESENCE


def _of_law(script: Script) -> Iterator[CheckRow]:
    for question in script.questions:
        if serves(question):
            item = ITEMS[question.item or ""]
            source = _sources(item.source, question.source)
            yield _asked(question, Group.LAW, item.title, source, script, item=item.name)


def _sources(of_item: str, of_question: str) -> str:
    """Where the law says it, then what else the script names, nothing twice."""
    named = (one.strip() for one in re.split("[;；]", of_question))
    return "；".join([of_item, *(one for one in named if one and one not in of_item)])


def _of_practice(script: Script) -> Iterator[CheckRow]:
    for question in script.questions:
        if not serves(question):
            title = term("code", question.code, _ZH)
            yield _asked(question, Group.PRACTICE, title, question.source, script)


def _asked(
    question: Question, group: Group, title: str, source: str, script: Script,
    item: str | None = None,
) -> CheckRow:  # fmt: skip
    return CheckRow(
        number=0,
        group=group,
        title=title,
        source=wording.clean(source),
        must_contain=wording.words(question.says, _ZH),
        key_words=key_words(question),
        policies=_policies(question, script),
        critical=group is Group.LAW,
        item=item,
        question=question.id,
    )


def _policies(question: Question, script: Script) -> str:
    both = (*script.covers, *question.when)
    return wording.conditions(both, _ZH) or say("everybody", _ZH)


def _of_conduct(script: Script) -> Iterator[CheckRow]:
    for point in POINTS:
        if not point.applies(script):
            continue
        said = wording.words(point.said(script), _ZH)
        yield CheckRow(
            number=0,
            group=Group.CONDUCT,
            title=point.title,
            source=point.source,
            must_contain=said,
            key_words=tuple(word for word in point.words if word in said),
            policies=_whom(point, script),
            critical=point.critical,
        )


def _whom(point: Point, script: Script) -> str:
    elderly = (Condition("holder_age", at_least=script.care.from_age),) if point.elderly else ()
    return wording.conditions((*script.covers, *elderly), _ZH) or say("everybody", _ZH)


def _head(script: Script) -> Iterator[str]:
    yield f"回访质检表 — {wording.clean(script.title)}"
    yield from wording.heading(script, _ZH)
    yield f"保单号：{_BLANK}　投保人：{_BLANK}　回访日期：{_BLANK}　录音（函件）编号：{_BLANK}"


def _told(row: CheckRow) -> Iterator[str]:
    star = "★" if row.critical else "　"
    question = f"  {row.question}" if row.question else ""
    yield f"{row.number:>3}. {star}{row.title}{question}"
    if row.must_contain:
        yield f"      应说：{row.must_contain}"
    if row.key_words:
        yield f"      要点：{'、'.join(row.key_words)}"
    yield f"      适用：{row.policies}" + (f"　来源：{row.source}" if row.source else "")
    yield f"      {_BOXES}"
