"""What the law lists is asked of every policy that completes: decided by walking every combination
of facts, not by looking for a word."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from scripts.checks import graph
from scripts.conditions import Condition, Situation, all_hold
from scripts.faults import Fault
from scripts.model import Event, Kind, Move, Question, Script

_NEW = Condition("product_type", values=("participating", "universal", "unit-linked"))
_WITH_FEES = Condition("product_type", values=("universal", "unit-linked"))


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to be confirmed: its name, what it is, its source, and for which policies."""

    name: str
    title: str
    source: str
    code: str
    when: tuple[Condition, ...] = ()


_ART_15 = "人身保险业务基本服务规定 第15条"
_ART_11 = "保监发〔2017〕54号 第11条"

#: The items by name. A question says which one it serves with ``item:``.
ITEMS: Mapping[str, Item] = {
    item.name: item
    for item in (
        Item("1", "投保人本人", f"{_ART_15}①", "ID_VERIFY"),
        Item("2-purchase", "购买了保险", f"{_ART_15}②", "AWARE"),
        Item("2-holder", "投保人签名", f"{_ART_15}②", "SIGN_APP"),
        Item(
            "2-insured", "被保险人签名", f"{_ART_15}②", "SIGN_APP",
            (Condition("insured_is_holder", negated=True),),
        ),
        Item("3-description", "阅读理解产品说明书", f"{_ART_15}③", "READ"),
        Item("3-tips", "阅读理解投保提示", f"{_ART_15}③", "READ"),
        Item("4-liability", "保险责任", f"{_ART_15}④", "LIABILITY"),
        Item("4-exclusions", "责任免除", f"{_ART_15}④", "LIABILITY"),
        Item("4-term", "保险期间", f"{_ART_15}④", "LIABILITY"),
        Item("5", "退保损失", f"{_ART_15}⑤", "SURRENDER_LOSS"),
        Item("6-start", "犹豫期起算时间", f"{_ART_15}⑥", "HESITATION"),
        Item("6-length", "犹豫期期间", f"{_ART_15}⑥", "HESITATION"),
        Item("6-rights", "犹豫期权利", f"{_ART_15}⑥", "HESITATION"),
        Item("7-period", "交费期间", f"{_ART_15}⑦", "PREMIUM", (Condition("instalments"),)),
        Item("7-frequency", "交费频率", f"{_ART_15}⑦", "PREMIUM", (Condition("instalments"),)),
        Item("recorded", "接受录音录像", _ART_11, "RECORDED", (Condition("double_recorded"),)),
        Item("true-will", "真实意思表示", _ART_11, "TRUE_WILL", (Condition("double_recorded"),)),
        Item("nonguar", "收益不确定", "2009年第3号 第24、29、33条", "NONGUAR", (_NEW,)),
        Item("fees", "费用扣除", "2009年第3号 第24、29条", "FEES", (_WITH_FEES,)),
    )
}  # fmt: skip


def item_faults(script: Script) -> list[Fault]:
    """Items that some policy is not asked about, items served by the wrong question, and answers
    that pass a question by without a clear yes being possible."""
    return [*_misnamed(script), *_missing(script), *_overtaken(script), *_closing(script)]


def _misnamed(script: Script) -> Iterator[Fault]:
    for question in script.questions:
        if question.item is None:
            continue
        item = ITEMS.get(question.item)
        if item is None:
            message = f"unknown item {question.item!r}: use one of {', '.join(ITEMS)}"
            yield graph.fault(script, "unknown-name", message, question)
        elif item.code != question.code and question.kind is not Kind.PRESENCE:
            message = f"item {item.name} ({item.title}) belongs to {item.code}"
            yield graph.fault(script, "unknown-name", message, question)


def _missing(script: Script) -> Iterator[Fault]:
    found: dict[str, Situation] = {}
    for given in graph.situations(script):
        served = {q.item for q in graph.asked(script, given) if q.kind is not Kind.PRESENCE}
        for item in ITEMS.values():
            if item.name not in found and item.name not in served and all_hold(item.when, given):
                found[item.name] = given
    for name, example in found.items():
        item = ITEMS[name]
        what = f"item {name} ({item.title}, {item.source})"
        message = f"nothing asks about {what} when {_describe(example)}"
        yield graph.fault(script, "item-missing", message, name=item.code)


def _describe(given: Situation) -> str:
    return ", ".join(
        f"{name} is {value}" if isinstance(value, str) else f"{'' if value else 'not '}{name}"
        for name, value in sorted(given.items())
    )


def _overtaken(script: Script) -> Iterator[Fault]:
    """An answer may only reach the finish through the questions behind it, never around them."""
    last = max((i for i, q in enumerate(script.questions) if q.item), default=-1)
    for index, question in enumerate(script.questions):
        completes = {e.id for e in script.endings if e.outcome == "completed"}
        early = sorted(graph.targets(question, Move.END) & completes)
        if early and index < last:
            message = f"ends in {early[0]} although items of the law are still to be asked"
            yield graph.fault(script, "item-skipped", message, question)
        if question.item and not _asks(question):
            message = "a clear yes must lead to the next question"
            yield graph.fault(script, "item-skipped", message, question)
        if question.item and question.barge_in and question.kind is Kind.FACT:
            message = "a 嗯 before the end would count as the answer: set 'barge_in: false'"
            yield graph.fault(script, "interruptible", message, question)


def _asks(question: Question) -> bool:
    steps = question.on.get(Event.AFFIRM, ())
    return bool(steps) and steps[0].move is Move.NEXT


def _closing(script: Script) -> Iterator[Fault]:
    last = script.questions[-1]
    if last.when or last.code not in ("CLOSING", "SUGGEST", "CHANNELS"):
        message = "the last question must be CLOSING (or SUGGEST, CHANNELS), asked of everybody"
        yield graph.fault(script, "no-closing", message, last)
