"""What a story ends on: 本来不想签，想通了，字是我自己落的. A closing statement of one's own
outweighs what was hedged or left open before it, and a denial only where its clause tells it of
another person or time, or of what was then cleared up."""

import itertools
from dataclasses import dataclass

from scripts.answers.cascade import Token
from scripts.answers.judge import Finding, any_of, name_of
from scripts.answers.lexicon import Book
from scripts.answers.patterns import ASKED, STOP
from scripts.labels import Label

_STOPS = (STOP, ASKED)
_STORY = 3  # clauses
_KNOWING = frozenset({"KNOW", "KNOWS", "ALL_KNOWN", "TOLD_WELL", "REMEMBER"})
#: Symbols that name the item and say of it that it is so; a mere noun (费用) is none of them.
_EXPLICIT = _KNOWING | frozenset({
    "SELF_SIGN", "COPY", "HELD_PEN", "READ", "RECEIVE", "RECEIVES", "FILMED", "SELF_BUY", "BUY",
    "LEARNT", "WILLING", "OWN_WISH", "NOT_CHEATED", "NOT_HIDE", "NOTED", "HONEST_TOLD", "AGREES",
    "WELL_SERVED", "SATISFY", "NOTHING_MORE", "all-told",
})  # fmt: skip
_CONTENT = frozenset({"HEDGE", "YOUR_WORD", "SOSO", "MUST_ASK", "ASKED_ABOUT", "LEFT_HALF"})
_GUARDS = frozenset({"guard:stray-negation", "guard:asks-after", "guard:who"})
#: A closing clause with one of these in it closes nothing.
_OPEN = ("NEG", "HEDGE", "TURN", "WH", "HALF", "THIRD", "SELLER", "KIN", "YOU", "ASK_MA", "BA",
         "HYPO", "ONLY", "TAUGHT", "LATER", "COUNTAS", "WHO", "RHET")  # fmt: skip
#: A hedge in a clause with one of these hedges the knowing itself: 大概知道.
_PREDICATES = ("KNOW", "READ", "TELL", "REMEMBER", "CANNOT", "HEARSAY", "HEARD_OF", "BA", "COOLING",
               "SIGN", "COPY", "RECEIVE", "RECORDVB", "BUY", "WRITE")  # fmt: skip
#: Doubts of a part or a helper that a closing statement of the whole ends.
_BY_THE_WAY = frozenset({"REMEMBER", "OTHER_FILLED", "GLANCE"})
#: Denials that stand whatever follows: what another did in the customer's place.
_FIRM = frozenset({
    "OTHER_SIGN", "OTHER_WENT", "PROXY", "IN_ANOTHERS_NAME", "LEFT_OUT", "HIDE", "TAUGHT",
    "TAUGHT_SAY", "FORCED", "PRESSED", "MISBELIEF", "NOT_BUY", "BLANK", "IRONY",
})  # fmt: skip
#: What another may lack or think without its being the customer's: 老婆不同意.
_OF_ANOTHER = frozenset({
    "CANNOT", "NOT_KNOW", "MUDDLED", "NOT_READ", "NOT_AGREE", "DEPOSIT", "CHEAT", "COMPLAIN",
    "MISCONDUCT", "NOT_WILLING",
})  # fmt: skip
_UNCLEAR_ONCE = frozenset({"CANNOT", "NOT_KNOW", "MUDDLED"})
#: What another had first may have come to the customer since: 前台替我收的.
_HANDED_ON = frozenset({"NOT_RECEIVE", "TRANSIT"})
_PEOPLE = ("KIN", "THIRD")
#: A denial in a clause with one of these is of an earlier time (起先), or asked back (咋没收到呢).
_PASSING = ("PAST", "ASK_MA", "NE", "WHO")


@dataclass(frozen=True, slots=True)
class _Clause:
    begin: int
    end: int


def outweighed(found: list[Finding], tokens: list[Token], book: Book) -> list[Finding]:
    """``found`` without the doubts and the denials that its closing statement settles."""
    clauses = _clauses(tokens)
    if not clauses:
        return found
    last = clauses[-1]
    said = [f for f in found if f.at >= last.begin and not f.weak]
    yes = {name_of(f) for f in said if f.label is Label.AFFIRM and not f.bare}
    if not yes & _EXPLICIT:
        return found
    closing = tokens[last.begin : last.end]
    if any(any_of(closing, name, book) for name in _OPEN):
        return found
    story = len(clauses) >= _STORY and all(f.label is Label.AFFIRM for f in said)
    if not story and not yes & _KNOWING:
        return found
    return [f for f in found if f.at >= last.begin or not _settled(f, story, clauses, tokens, book)]


def _clauses(tokens: list[Token]) -> list[_Clause]:
    """The clauses with any words in them."""
    ends = [-1, *(at for at, token in enumerate(tokens) if token.char in _STOPS), len(tokens)]
    pairs = itertools.pairwise(ends)
    return [_Clause(before + 1, after) for before, after in pairs if after > before + 1]


def _settled(
    f: Finding, story: bool, clauses: list[_Clause], tokens: list[Token], book: Book
) -> bool:
    if f.rule in _GUARDS:
        return True
    own = next((clause for clause in clauses if clause.begin <= f.at < clause.end), clauses[0])
    words = tokens[own.begin : own.end]
    name = name_of(f)
    if any_of(words[:1], "TELL", book):  # 我前夫笑话我，说保险是骗人的: the clause before names who
        words = [*tokens[_before(own, clauses).begin : own.begin], *words]
    if name in _CONTENT:
        return not any(any_of(words, predicate, book) for predicate in _PREDICATES)
    if not story or name in _FIRM or f.label is Label.AFFIRM:
        return False
    if name in _BY_THE_WAY:
        return True
    after = next((clause for clause in clauses if clause.begin > f.at), own)
    if f.label is Label.DENY and any(any_of(words, mark, book) for mark in _PASSING):
        return True
    if name in _UNCLEAR_ONCE and any_of(tokens[own.begin : after.end], "MENDS", book):
        return True
    if name in _HANDED_ON and any_of(words, "SELLER", book):
        return True
    return name in _OF_ANOTHER and any(any_of(words, who, book) for who in _PEOPLE)


def _before(own: _Clause, clauses: list[_Clause]) -> _Clause:
    """The clause before ``own``; the first has none and is its own."""
    return clauses[max(clauses.index(own) - 1, 0)]
