"""The words of a question that a reviewer listens for: what names its item, and what the policy
says. A question worded otherwise is judged by its whole text."""

from collections.abc import Mapping

from scripts.model import Question
from scripts.show import wording
from scripts.slots import SLOTS, Text

#: By item of the law: words of which a question of this item holds at least one.
_WORDS: Mapping[str, tuple[str, ...]] = {
    "1": ("出生", "身份证"),
    "2-purchase": ("人身保险",),
    "2-holder": ("投保人", "亲笔"),
    "2-insured": ("被保险人", "亲笔"),
    "3-description": ("阅读", "理解", "产品说明书"),
    "3-tips": ("阅读", "理解", "投保提示书"),
    "4-liability": ("保险责任",),
    "4-exclusions": ("责任免除",),
    "4-term": ("保险期间",),
    "5": ("退保", "损失"),
    "6-start": ("犹豫期", "起算"),
    "6-length": ("犹豫期", "一共"),
    "6-rights": ("犹豫期", "解除合同", "拿回已交的保险费"),
    "7-period": ("交费期间",),
    "7-frequency": ("保险费", "交一次"),
    "recorded": ("录音录像",),
    "true-will": ("录音录像", "真实的意思"),
    "nonguar": ("不固定", "不保证", "不确定"),
    "may-lose": ("亏损",),
    "fees": ("扣除", "费用"),
    "fee-rates": ("费用", "扣多少"),
    "cancel-right": ("误导", "解除合同"),
    "outcome": ("处理结果", "满意"),
    "demands": ("其他要求",),
    "signature": ("签名", "亲笔"),
}


def key_words(question: Question) -> tuple[str, ...]:
    """The words in the order of the table, then what is told of the policy: 〔保险期间〕."""
    said = question.says.source
    named = tuple(word for word in _WORDS.get(question.item or "", ()) if word in said)
    return (*named, *_values(question.says))


def _values(text: Text) -> tuple[str, ...]:
    """The slots that tell something of the policy, in words, each once."""
    told = (hole for hole in text.holes if hole.slot in SLOTS and SLOTS[hole.slot].policy)
    return tuple(dict.fromkeys(wording.slot(hole.slot, "zh") for hole in told))
