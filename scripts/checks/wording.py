"""How a question is worded: one fact, positive, open. These are judgements by rule of thumb, so
they warn and do not forbid."""

import re
from collections.abc import Iterator

from scripts.checks import graph
from scripts.faults import Fault, Severity
from scripts.model import Kind, Polarity, Question, Script

_ASKS = re.compile(r"[吗？]|是否")
_JOINS = re.compile(r"以及|同时也|另外|并且也")
_NEGATIVE = re.compile(r"(不清楚|不知道|没有|不是|还有其他|还有别的|有没有疑问)[^，。]*[吗？]")
_LEADING = re.compile(r"对不对|是吧|没错吧|应该都|都清楚吧|就回答是|请回答是|说清楚就行")


def wording_faults(script: Script) -> list[Fault]:
    """Warnings about the wording of questions of yes or no."""
    yes_or_no = [q for q in script.questions if q.kind is not Kind.IDENTITY]
    return [fault for question in yes_or_no for fault in _wording(script, question)]


def _wording(script: Script, question: Question) -> Iterator[Fault]:
    says = question.says.source
    if _parts(says) > 1 or _JOINS.search(says):
        message = "seems to ask two facts at once: one yes could mean either"
        yield _warn(script, "two-facts", message, question)
    if _LEADING.search(says):
        yield _warn(script, "leading-wording", "puts the answer into the mouth", question)
    negative = _NEGATIVE.search(says) is not None
    if negative and question.polarity is Polarity.POSITIVE:
        if question.kind is Kind.REMARK:
            message = "没有 is the good answer here: mark it 'polarity: negative'"
            yield _warn(script, "polarity-unmarked", message, question)
        else:
            message = "is asked in the negative: 是 and 不是 become ambiguous"
            yield _warn(script, "negative-wording", message, question)


def _parts(says: str) -> int:
    """How many questions a sentence asks: clauses with a question's mark or word."""
    return sum(1 for clause in re.split(r"(?<=？)", says) if _ASKS.search(clause))


def _warn(script: Script, code: str, message: str, question: Question) -> Fault:
    return graph.fault(script, code, message, question, severity=Severity.WARNING)
