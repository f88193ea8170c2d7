"""Whether a question asks about two facts at once, so that one yes could mean either. Judged by
what is joined: two topics of a policy, two deeds, two values, or two questions."""

import re
from collections.abc import Iterator
from itertools import pairwise

from scripts.slots import Text

#: What a revisit asks about; words of one line are one topic.
_TOPICS = (
    "保险责任|保障范围|保障责任|保什么",
    "责任免除|免责条款|除外责任|不保什么",
    "保险期间|保障期限|保障期间",
    "保险金额|保额",
    "交费期间|缴费期间|交费期限|缴费期限|交费年限|缴费年限|交几年",
    "交费方式|缴费方式|交费频率|缴费频率|多久交一次",
    "交费金额|缴费金额|保险费金额|保费金额|交多少",
    "犹豫期的?(?:起算|起点|开始)[^，。和及、]{0,4}|起算时间|起算日",
    "犹豫期的?(?:期限|天数|长短)|有几天",
    "犹豫期内?的?权利",
    "犹豫期",
    "退保损失|退保的?损失|退保费用",
    "费用扣除|扣除的?费用|初始费用|管理费",
    "红利|分红",
    "收益|最低保证利率|结算利率",
    "产品说明书",
    "投保提示书|风险提示",
    "投保单",
    "保险合同|保单",
    "保险条款|条款",
    "回执",
    "发票|收据",
    "现金价值",
    "投保人",
    "被保险人",
    "受益人",
    "地址",
    "电话|手机号码?",
    "录音录像|双录",
    "如实告知|健康告知",
)
_TOPIC = re.compile("|".join(f"(?P<t{number}>{words})" for number, words in enumerate(_TOPICS)))
#: What is done, or known; the words of one line are one deed: 阅读并理解 is one (第15条③).
_DEEDS = (
    "阅读|读过|看过|看完|理解|看懂|读懂|明白",
    "收到|拿到|签收|领取",
    "签名|签字|签的|签了|签署",
    "填写|填的",
    "抄写|抄录",
    "清楚|知道|知晓|了解",
    "同意|认可|接受|愿意|自愿",
    "满意",
    "告诉|告知|介绍|讲解|解释|说明过",
    "录音|录像",
    "交费|缴费|交了",
)
_DEED = re.compile("|".join(f"(?P<d{number}>{words})" for number, words in enumerate(_DEEDS)))
_AND = re.compile(r"的?(?:签名|签字)?，?(?:和|与|及|以及|、|还有|跟)(?:您的|它的|其)?")
_ALSO = re.compile("以及|同时|另外")
#: 交多少钱，交多少年: two things asked for.
_WHICH = "(?:多少|几[天年次个]|什么时候|何时|哪[些天里])"
_TWO_WHICH = re.compile(f"{_WHICH}[^，、。？]*(?:，|、|和|以及|还有)[^。？]*{_WHICH}")
_THEN = re.compile(r"并且|并(?!不|非|未|没)|而且|同时|以及|之后又|还|也都?|又|和|、")
#: Behind these stand mere examples of one thing.
_SUCH_AS = re.compile("特别是|尤其是|包括|例如|比如|也就是|即")
_ASKING = re.compile(r"吗|是否|有没有|是不是|(?P<word>[\u4e00-\u9fff])不(?P=word)|[？?]")
_QUESTIONS = re.compile(r"是否|有没有|是不是|吗|([清知愿能会了])不\1")
#: Slots that each tell one fact of the policy.
_VALUES = frozenset(
    {
        "policy.premium", "policy.frequency", "policy.cover_period", "policy.payment_period",
        "policy.next_due_on", "cooling_off.days", "cooling_off.starts_on", "cooling_off.ends_on",
        "contact.address", "contact.phone_tail",
    }
)  # fmt: skip


def asks_two_facts(text: Text) -> bool:
    """Whether one yes to this text could mean either of two facts."""
    says = re.sub("《[^》]*》", "这份文件", re.sub(r"\{\{.*?\}\}", "某", text.source))
    values = {hole.slot for hole in text.holes} & _VALUES
    return len(values) > 1 or _questions(says) > 1 or _joined(says)


def _questions(says: str) -> int:
    """How many questions stand in a text."""
    return sum(
        max(1, len(_QUESTIONS.findall(sentence)) if _apart(sentence) else 1)
        for sentence in re.split(r"(?<=[？?。！])", says)
        if _ASKING.search(sentence)
    )


def _apart(sentence: str) -> bool:
    """Whether more than one clause of the sentence asks."""
    clauses = [c for c in re.split(r"[，,；]", sentence) if _QUESTIONS.search(c)]
    tags = [c for c in clauses if re.fullmatch(r"(?:请问)?(?:是吗|是不是|对吗|可以吗)[？?]?", c)]
    return len(clauses) - len(tags) > 1


def _joined(says: str) -> bool:
    """Whether two topics, or two deeds, are joined."""
    return any(
        _topics(part) or _deeds(part) or _ALSO.search(part) or _TWO_WHICH.search(part)
        for part in _parts(says)
    )


def _parts(says: str) -> Iterator[str]:
    """The sentences, without lists of examples."""
    for sentence in re.split(r"(?<=[？?。！])", says):
        examples = _SUCH_AS.search(sentence)
        if examples is None:
            yield sentence
        else:
            behind = re.search(r"[，。？]", sentence[examples.end() :])
            rest = sentence[examples.end() + behind.start() :] if behind else ""
            yield sentence[: examples.start()] + rest


def _topics(part: str) -> bool:
    found = list(_TOPIC.finditer(part))
    return any(
        first.lastgroup != second.lastgroup
        and _AND.fullmatch(part[first.end() : second.start()]) is not None
        for first, second in pairwise(found)
    )


def _deeds(part: str) -> bool:
    """Two deeds with a joining word between them, in the clauses that ask."""
    found = list(_DEED.finditer(part))
    return any(
        first.lastgroup != second.lastgroup and _then(part[first.end() : second.start()])
        for first, second in pairwise(found)
    )


def _then(between: str) -> bool:
    return len(between) <= 16 and _THEN.search(between) is not None
