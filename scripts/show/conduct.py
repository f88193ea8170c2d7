"""How a revisit must be led, whatever it asks: the points of conduct (服务规范) that a reviewer
checks, each with its source and the scripts that it applies to. A list; it reads no recording."""

from collections.abc import Callable
from dataclasses import dataclass

from scripts.model import Kind, Medium, Move, Script
from scripts.slots import EMPTY, Text


@dataclass(frozen=True, slots=True)
class Point:
    """One point. ``said`` is the text of the script in which it is heard, EMPTY where it is heard
    in none; ``elderly`` points are for holders of the age from which the script gives more care."""

    title: str
    source: str
    applies: Callable[[Script], bool]
    critical: bool = False
    said: Callable[[Script], Text] = lambda script: EMPTY
    words: tuple[str, ...] = ()
    elderly: bool = False


def _everywhere(script: Script) -> bool:
    return True


def _by_phone(script: Script) -> bool:
    return script.medium is Medium.PHONE


def _on_paper(script: Script) -> bool:
    return script.medium.on_paper


def _opening(script: Script) -> Text:
    return script.opening


def _identity(script: Script) -> Text:
    return next((q.says for q in script.questions if q.kind is Kind.IDENTITY), EMPTY)


def _proves_identity(script: Script) -> bool:
    return any(q.kind is Kind.IDENTITY for q in script.questions)


def _explains(script: Script) -> bool:
    return any(
        step.move is Move.EXPLAIN
        for question in script.questions
        for steps in question.on.values()
        for step in steps
    )


def _gives_care(script: Script) -> bool:
    return script.medium is Medium.PHONE and (
        script.care.slow or any(q.on != q.on_with_care for q in script.questions)
    )


#: In the order of a conversation.
POINTS: tuple[Point, ...] = (
    Point(
        "开场即告知是智能语音、本次通话将被录音；人工回访的说明自己是回访人员",
        "人工智能生成合成内容标识办法；002-d 第2步；002-g 3.1 全程录音",
        _by_phone, critical=True, said=_opening, words=("智能", "录音"),
    ),
    Point(
        "先核实身份，核实以前没有说出保单的任何内容",
        "人身保险业务基本服务规定 第15条①、第28条；002-d 第2步；互联网保险业务监管办法 第20条",
        _proves_identity, critical=True, said=_identity, words=("出生", "身份证"),
    ),
    Point(
        "没有诱导、暗示，没有替投保人回答",
        "保监人身险〔2017〕136号",
        _everywhere, critical=True,
    ),
    Point(
        "沉默、听不清或笼统的“都知道”没有当作同意，每一项都得到明确的回答",
        "沪保监发〔2011〕69号",
        _everywhere, critical=True,
    ),
    Point(
        "有疑问的按话术说明一次，说明后又问了一遍，没有反复劝说",
        "002-d 第6步；002-j 次标准件",
        _explains,
    ),
    Point(
        "要求人工、投诉、拒绝或另约时间的，按话术说明、转接或结束，没有纠缠",
        "002-j 核实件；2020年第3号",
        _by_phone,
    ),
    Point(
        "语速放慢，一次只问一件事，两次没听明白即转人工",
        "产品信息披露管理办法 2022年第8号 第18条；T/IAC 54-2025",
        _gives_care, elderly=True,
    ),
    Point(
        "由投保人本人填写并亲笔签名，没有代填、代签",
        "002-e 三禁止；002-k",
        _on_paper, critical=True,
    ),
)  # fmt: skip
