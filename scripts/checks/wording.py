"""How a question is worded: one fact, positive, open, and with the keys the right way round. Rules
of thumb for Chinese, so they warn; only what would turn a no into a yes is an error."""

import re
from collections.abc import Iterator
from typing import Final

from scripts.checks import graph
from scripts.checks.two_facts import asks_two_facts
from scripts.faults import Fault, Severity
from scripts.model import Kind, Polarity, Question, Script
from scripts.texts import texts

#: Codes of questions to which 没有 is a good answer, also when it is spoken (scripts/answers).
_NO_IS_GOOD: Final = frozenset({"SUGGEST", "CLOSING"})

_KNOWN = "清楚|知道|了解|明白|理解|看懂|看过|读过|收到|满意|同意|认可"
_SELLER = "业务员|销售人员|代理人|客户经理|理财经理|服务人员"
_LEADING = re.compile(
    r"吧\s*[？?]|吧[，,](?:对|是)|难道|莫非|对不对|想必|相信您|大家都|其他客户都|别的客户都"
    # 您应该都清楚, 您肯定看过, but not 红利不一定有
    rf"|(?<!不)(?:应该|肯定|一定|当然)(?:都|也|已经|是|早就|很)*(?:{_KNOWN}|没有|没问题)"
    # 您都清楚了，是吗: a statement with a tag
    rf"|(?:{_KNOWN})[^，。？]{{0,8}}[，,](?:是吗|对吗|是吧|对吧|是不是|没错)"
    # 业务员都讲过了，请问……: says beforehand what is asked
    rf"|(?:{_SELLER})[^，。？]{{0,8}}(?:都|已经|早就)[^，。？]{{0,8}}(?:讲|说|解释|介绍|告诉)"
    r"[^，。？]{0,8}[，,]"
    r"|(?:您|业务员|当时)(?:当时)?不是(?:都|已经|早就|很)"
    r"|优质的|贴心的|周到的|这么好|这么划算"
)
#: 请回答是, 您就说清楚; but not 请说是，或者不是, which leaves both open.
_TAUGHT = re.compile(
    r"(?:就|请您?|只要|只需|直接|统一)(?:都|直接)?(?:回答|答|说)[“\"「]?"
    rf"(?:是(?!否|不是)|对|好|没有|都|{_KNOWN})(?!.*(?:或|还是|不是|不清楚))"
    r"|说清楚就行|照着(?:我|这样)说"
)

_TAGS = re.compile(r"[，,](?:请问)?(?:是吗|对吗|是吧|对吧|是不是|对不对|没错吧)[？?]?$")
#: 是您的意思，不是别人教的: the second half only says the first again.
_CONTRAST = re.compile(r"(?<=是)([^，。？]*)，而?不是[^，。？]*")
_ASKS = re.compile(r"吗|？|\?|是否|有没有|是不是")
#: 清不清楚, 收没收到, 有没有: both sides are named, so nothing is negated.
_EITHER = re.compile(r"([\u4e00-\u9fff])[不没]\1")
#: 您没有收到吗, 您不清楚吗.
_NEGATED = re.compile(
    r"没(?!有?(?:[？?]|其他|别的|任何|疑问|问题|意见))|尚未|从未|未曾|并非|并未"
    r"|不(?!过|但|仅|只|如|管|论|止|好意思|一定|[？?]|[^，。？]{1,3}的(?!吗|[？?]))"
)
#: What stands behind these is the content of a positive question: 您知道这不是存款吗.
_CONTENT = re.compile("(?:知道|清楚|了解|明白|理解|记得|看到)")
#: 没有 is the good answer: 还有其他问题吗, 有人替您签名吗.
_OPEN_END = re.compile(
    r"(?<!没)有[^，。？]{0,10}(?:问题|疑问|疑虑|意见|建议|要求|诉求|不满|异议|顾虑|补充|帮忙|帮助"
    r"|咨询|反映|想问|想说|不清楚的|不明白的)|还有(?:其他|别的|什么)"
)
_MISDEED = re.compile(
    r"(?:替|代|帮)您[^，。？]{0,4}(?:签|抄|填|答)|(?:承诺|保证)[^，。？]{0,6}(?:收益|保本|分红|利息)"
    r"|误导|隐瞒|诱导|强迫|冒充|返佣|回扣|(?:替|帮)您垫"
)

_WORD = r"(?:的话|的)?[，、]?(?:请您?|就)?按\s*"
#: Key 1 is always 是 or 有, key 2 always 不是 or 没有.
_KEYS_REVERSED = re.compile(
    rf"(?:不是|没有|不清楚|不知道|不同意|不方便|不对|否){_WORD}[1一]"
    rf"|(?<![不没])(?:是|有|清楚|知道|同意|方便|对){_WORD}[2二]"
)


def wording_faults(script: Script) -> list[Fault]:
    """Warnings about the wording of questions of yes or no, and errors where a no would count as a
    yes."""
    yes_or_no = [q for q in script.questions if q.kind is not Kind.IDENTITY]
    found = [fault for question in yes_or_no for fault in _wording(script, question)]
    return [*found, *_keys(script)]


def _wording(script: Script, question: Question) -> Iterator[Fault]:
    says = question.says.source
    if asks_two_facts(question.says):
        message = "seems to ask two facts at once: one yes could mean either"
        yield _warn(script, "two-facts", message, question)
    if is_leading(says):
        yield _warn(script, "leading-wording", "puts the answer into the mouth", question)
    yield from _polarity(script, question)


def _polarity(script: Script, question: Question) -> Iterator[Fault]:
    says = question.says.source
    good_no = wants_no(says)
    if question.polarity is Polarity.NEGATIVE:
        if not good_no or question.code not in _NO_IS_GOOD:
            message = (
                "'polarity: negative', but 没有 is no good answer here: a no would count as a yes"
            )
            yield graph.fault(script, "polarity-wrong", message, question, "polarity")
    elif good_no and question.code in _NO_IS_GOOD:
        message = "没有 is the good answer here: mark it 'polarity: negative'"
        yield _warn(script, "polarity-unmarked", message, question)
    elif good_no or is_negative(says):
        message = "is asked in the negative: 是 and 不是 become ambiguous"
        yield _warn(script, "negative-wording", message, question)


def is_leading(says: str) -> bool:
    """Whether a wording puts the answer into the mouth, or teaches it."""
    return _LEADING.search(says) is not None or _TAUGHT.search(says) is not None


def is_negative(says: str) -> bool:
    """Whether the clause that asks is negated, and not only what it asks about."""
    for clause in _asking(says):
        content = _CONTENT.search(clause)
        negation = _NEGATED.search(clause)
        if negation and (content is None or negation.start() < content.start()):
            return True
    return False


def wants_no(says: str) -> bool:
    """Whether 没有 is the answer hoped for."""
    return any(
        _OPEN_END.search(clause) or (_MISDEED.search(clause) and not _CONTENT.search(clause))
        for clause in _asking(says)
    )


def _asking(says: str) -> Iterator[str]:
    """The clauses that ask, without the tag behind them: 您没有收到，是吗 asks 您没有收到."""
    for sentence in re.split(r"(?<=[？?。！])", says):
        clauses = re.split(r"[，,：；]", _CONTRAST.sub(r"\1", _TAGS.sub("？", sentence)))
        asking = (clause for clause in clauses if _ASKS.search(clause))
        yield from (_EITHER.sub(r"\1", clause) for clause in asking)


def _keys(script: Script) -> Iterator[Fault]:
    for spoken in texts(script):
        if _KEYS_REVERSED.search(spoken.text.source):
            part = script.question(spoken.part) or script.ending(spoken.part)
            message = "names the keys the wrong way round: 1 is always 是 or 有, 2 不是 or 没有"
            yield graph.fault(script, "keys-reversed", message, part, spoken.field)


def _warn(script: Script, code: str, message: str, question: Question) -> Fault:
    return graph.fault(script, code, message, question, "says", Severity.WARNING)
