"""Differences between two versions of a script as English sentences for a supervisor, and the words
that differ marked with 【】. The console has its own words; this finds no difference itself."""

import re
from collections.abc import Callable, Mapping
from difflib import SequenceMatcher

from scripts import conditions
from scripts.changes import Change, ChangeKind
from scripts.checks.needed import ITEMS
from scripts.conditions import Condition
from scripts.show.policy_terms import CONDITIONS, DENIED

#: A part of a text, and whether it differs from the other text.
Piece = tuple[str, bool]

#: A slot, a number in digits or characters, a Latin word, or one character.
_WORD = re.compile(r"\{\{.*?\}\}|[〇零一二两三四五六七八九十百千万亿]+|[A-Za-z0-9.]+|.", re.DOTALL)
#: A comma that is not inside a list in brackets.
_COMMA = re.compile(r", (?![^\[\]]*\])")
#: The facts in words: when they hold, and when not.
_FACTS: Mapping[str, tuple[str, str]] = {
    "instalments": ("premiums are paid in instalments", "the premium is paid once"),
    "insured_is_holder": ("the holder is the insured", "the insured is somebody else"),
    "double_recorded": ("the sale was recorded (双录)", "the sale was not recorded (双录)"),
    "elderly": ("the holder is elderly", "the holder is not elderly"),
    "in_cooling_off": ("the cooling-off period runs", "the cooling-off period is over"),
    "verified": ("the identity is proved", "the identity is not proved"),
    "doubts": ("a doubt was told", "no doubt was told"),
    "timed": ("a time was named", "no time was named"),
    "resumed": ("an earlier call was broken off", "no earlier call was broken off"),
}
_LISTS = {
    "product_type": "the product is",
    "channel": "the channel is",
    "frequency": "the premium is paid",
    "doubted": "a doubt was told on",
}
_NUMBERS = {
    "holder_age": "years of the holder's age",
    "days_since_issue": "days since the issue",
    "payment_years_plus_age": "years of paying and of age together",
}
#: Answers in words.
_ANSWERS = {
    "affirm": "a yes", "deny": "a no", "unsure": "a vague answer", "explain": "a question",
    "unclear": "unclear words", "refuse": "a refusal", "callback": "a wish for another time",
    "complaint": "a complaint", "not-holder": "somebody else on the line",
    "no-such-person": "a wrong number", "deceased": "the news that the holder has died",
    "silence": "silence", "repeat": "a wish to hear it again", "slower": "a wish for slower words",
    "person": "a wish for a person", "timed": "a time named",
}  # fmt: skip
_STEPS = {
    "next": "the next question", "explain": "the explanation and the question again",
    "again": "the question in plainer words", "repeat": "the question again",
    "slowly": "the question in plainer words, slowly",
}  # fmt: skip
_SPOKEN = {
    "says": "now says", "again": "asked again now says", "explain": "now explains",
    "sorry": "now says, when nobody is free,",
}  # fmt: skip
_MANY = 6


def sentence(change: Change) -> str:
    """One difference as an English sentence, both texts with the differing words marked."""
    return _SENTENCES[change.kind](change)


def pieces(before: str, after: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Both texts in parts: what they share, and what differs. Slots and numbers stay whole."""
    old, new = _WORD.findall(before), _WORD.findall(after)
    left: list[Piece] = []
    right: list[Piece] = []
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        for told, words in ((left, old[a:b]), (right, new[c:d])):
            if words:
                told.append(("".join(words), tag != "equal"))
    return tuple(left), tuple(right)


def policies(when: str | None) -> str:
    """Conditions as a Change carries them, in words: ``policies where ...``."""
    if when is None:
        return "nobody"
    ways = [_way(way) for way in when.split(" | ")] if when else []
    return f"policies where {'; or where '.join(ways)}" if ways else "every policy"


def _way(when: str) -> str:
    known = conditions.CALL_FLAGS | {conditions.DOUBTED}
    return " and ".join(_condition(conditions.parse(one, known)) for one in _COMMA.split(when))


def _condition(condition: Condition) -> str:
    no = "not " if condition.negated else ""
    if condition.fact in _LISTS:
        return f"{_LISTS[condition.fact]} {no}{' or '.join(condition.values)}"
    for bound, word in ((condition.at_least, "at least"), (condition.at_most, "at most")):
        if bound is not None:
            return f"{no}{word} {bound} {_NUMBERS.get(condition.fact, condition.fact)}"
    words = _FACTS.get(condition.fact)
    if words is None:
        return (DENIED if condition.negated else CONDITIONS)[condition.fact][1]
    return words[condition.negated]


def _marked(before: str, after: str) -> tuple[str, str]:
    old, new = (
        "".join(f"【{text}】" if differs else text for text, differs in told)
        for told in pieces(before, after)
    )
    return f"「{old}」", f"「{new}」"


def _item(change: Change) -> str:
    known = ITEMS.get(change.part)
    item = f"the law's item {change.part}" + (f" ({known.title})" if known else "")
    return f"{item} is now asked of {policies(change.after)}; before: {policies(change.before)}"


def _removed(change: Change) -> str:
    return f"{change.part} is no longer asked; it said 「{change.before}」"


def _added(change: Change) -> str:
    return f"{change.part} is new and says 「{change.after}」"


def _asked_of(change: Change) -> str:
    what = f"{change.part} is now asked of" if change.part else "the script is now for"
    was = "" if change.before is None else f"; before: {policies(change.before)}"
    return f"{what} {policies(change.after)}{was}"


def _follows(change: Change) -> str:
    who = " of a holder treated with care" if change.kind is ChangeKind.FOLLOWS_CARE else ""
    answer = f"{_ANSWERS.get(change.field, change.field)}{who} ({change.field})"
    now, was = _steps(change.after), _steps(change.before)
    return f"{_parts(change)}: after {answer} comes now {now}; before: {was}"


def _parts(change: Change) -> str:
    """Which questions; of many only how many."""
    names = change.part.split(", ")
    return change.part if len(names) <= _MANY else f"{len(names)} questions, first {names[0]}"


def _steps(steps: str | None) -> str:
    return ", then ".join(map(_step, steps.split(", "))) if steps else "nothing"


def _step(step: str) -> str:
    move, _, target = step.partition(": ")
    if not target:
        return _STEPS.get(move, move)
    return f"the ending {target}" if move == "end" else f"the question {target}"


def _moved(change: Change) -> str:
    now, was = (f"after {place}" if place else "first" for place in (change.after, change.before))
    return f"{change.part} now stands {now}; before: {was}"


def _ending(change: Change) -> str:
    if change.after is None:
        return f"the ending {change.part} is gone; it came to {change.before}"
    return f"the ending {change.part} is new and comes to {change.after}"


def _setting(change: Change) -> str:
    name = f"{change.part}: {change.field}" if change.part else change.field
    return f"{name} is now {_or_none(change.after)}; before: {_or_none(change.before)}"


def _or_none(value: str | None) -> str:
    return "nothing" if value is None else value


def _text(change: Change) -> str:
    what = _SPOKEN.get(change.field, f"now has as {change.field}")
    return f"{change.part or 'the script'} {what} {_both(change)}"


def _both(change: Change) -> str:
    if change.before is None or change.after is None:
        now, was = (f"「{text}」" if text else "nothing" for text in (change.after, change.before))
    else:
        was, now = _marked(change.before, change.after)
    return f"{now}; before: {was}"


def _translation(change: Change) -> str:
    language, _, field = change.field.partition(" ")
    return f"{change.part or 'the script'} in {language}: {field} is now {_both(change)}"


def _hints(change: Change) -> str:
    more = f" now expects {change.after} too" if change.after else ""
    less = f" no longer expects {change.before}" if change.before else ""
    return f"{_parts(change)}: the recogniser{' and'.join(part for part in (more, less) if part)}"


_SENTENCES: Mapping[ChangeKind, Callable[[Change], str]] = {
    ChangeKind.ITEM: _item,
    ChangeKind.REMOVED: _removed,
    ChangeKind.ADDED: _added,
    ChangeKind.ASKED_OF: _asked_of,
    ChangeKind.FOLLOWS: _follows,
    ChangeKind.FOLLOWS_CARE: _follows,
    ChangeKind.MOVED: _moved,
    ChangeKind.ENDING_REMOVED: _ending,
    ChangeKind.ENDING_ADDED: _ending,
    ChangeKind.SETTING: _setting,
    ChangeKind.TEXT: _text,
    ChangeKind.TRANSLATION: _translation,
    ChangeKind.HINTS: _hints,
}
