"""The twelve conflicts between the source documents (domain.md 1.16), which every rulebook decides.
A decision is one Chinese sentence whose numbers and choices are slots that name the data, so that
the sentence cannot say one thing and the data another."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from scripts.labels import CODES, code_of
from scripts.outcomes import Outcome
from scripts.rulebooks.fields import NoSuchField, part
from scripts.rulebooks.model import Trigger
from scripts.rulebooks.vocabulary import NAMES
from scripts.verdicts import Status

_SLOT = re.compile(r"\{\{\s*([^{}]+?)\s*\}\}")
#: A figure, or a number of days or persons in words: 7, 十天, 五个工作日, 三人.
_FIGURE = re.compile(r"[0-9]|[一二两三四五六七八九十]+个?(?:自然|工作)?[日天人]")


@dataclass(frozen=True, slots=True)
class Topic:
    """What a conflict is about, and what its decision must name at least. A name that ends with a
    dot stands for any part below it."""

    title: str
    names: tuple[str, ...]


TOPICS: Mapping[str, Topic] = {
    "C-01": Topic("首次回访从何时起", ("first_call.counts_from", "first_call.after_days")),
    "C-02": Topic("犹豫期从哪天起算", ("cooling_off_start",)),
    "C-03": Topic("怎样算在期内回访", ("in_period.counts_from",)),
    "C-04": Topic("代签名归入哪一类", ("said SIGN_APP denied",)),
    "C-05": Topic("未收到保单归入哪一类", ("said RECEIPT denied",)),
    "C-06": Topic("不知道购买保险归入哪一类", ("said AWARE denied", "ended unaware")),
    "C-07": Topic("谁做二次回访", ("second_revisit.by",)),
    "C-08": Topic("处理时限", ("families.",)),
    "C-09": Topic("投诉几日内答复", ("complaint_reply.days", "complaint_reply.calendar")),
    "C-10": Topic("首次回访可用的方式", ("first_modes.always",)),
    "C-11": Topic("几人起算群访", ("group_visit.from_persons",)),
    "C-12": Topic("是否报警", ("police",)),
}

#: What a decision may name, to what it comes to. Raises ValueError with one sentence.
Lookup = Callable[[str], str]


def slots(decision: str) -> list[str]:
    """What a decision names, in its order."""
    return [" ".join(name.split()) for name in _SLOT.findall(decision)]


def filled(decision: str, lookup: Lookup) -> str:
    """The sentence as it is read. Raises ValueError where it names something unknown."""
    return _SLOT.sub(lambda slot: lookup(" ".join(slot[1].split())), decision)


def objections(number: str, decision: str) -> Iterator[str]:
    """Why the sentence could drift from the data: what it does not name, or writes in figures."""
    named = slots(decision)
    for wanted in TOPICS[number].names:
        if not any(_names(name, wanted) for name in named):
            yield f"the decision on {number} must name {{{{ {wanted} }}}}, where it is recorded"
    if _FIGURE.search(_SLOT.sub("", decision)):
        yield f"the decision on {number} writes a figure: name the field that holds it instead"


def _names(name: str, wanted: str) -> bool:
    return name.startswith(wanted) if wanted.endswith(".") else name == wanted


def lookup(
    data: Mapping[str, Any], triggers: Sequence[Trigger], name_of_kind: Callable[[str], str]
) -> Lookup:
    """Looks up what a decision names: ``said CODE status`` and ``ended outcome`` by the triggers,
    everything else as a field of the plain data."""

    def look(name: str) -> str:
        match name.split():
            case ["said", question, status]:
                return name_of_kind(_said(triggers, question, status))
            case ["ended", outcome]:
                return name_of_kind(_ended(triggers, outcome))
            case [path]:
                return _words(_part(data, path), path)
        raise ValueError(f"{name!r} is neither a field, 'said CODE status' nor 'ended outcome'")

    return look


def _part(data: Mapping[str, Any], path: str) -> Any:
    try:
        return part(data, path)
    except NoSuchField as missing:
        raise ValueError(str(missing)) from missing


def _words(value: Any, path: str) -> str:
    """A plain value as it is read: 自然日 for ``natural``."""
    if isinstance(value, list) and value:
        return "、".join(_words(one, path) for one in value)
    if isinstance(value, dict | list) or value is None:
        raise ValueError(f"{path!r} is not one value")
    return NAMES.get(value, value) if isinstance(value, str) else str(value)


def _said(triggers: Sequence[Trigger], question: str, status: str) -> str:
    if code_of(question) not in CODES or status not in tuple(Status):
        raise ValueError(f"'said {question} {status}' has no question code, or no such status")
    for trigger in triggers:
        if trigger.statuses and trigger.fits_answer(question, Status(status), ()):
            return trigger.kind_id
    raise ValueError(f"no trigger takes up 'said {question} {status}'")


def _ended(triggers: Sequence[Trigger], outcome: str) -> str:
    if outcome not in tuple(Outcome):
        raise ValueError(f"'ended {outcome}' is no outcome")
    for trigger in triggers:
        if trigger.fits_end(Outcome(outcome), None):
            return trigger.kind_id
    raise ValueError(f"no trigger takes up 'ended {outcome}'")
