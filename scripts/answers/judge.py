"""From the symbols of an utterance to what it says: which findings stand, which were taken back,
and what makes a yes not explicit. An affirm survives only when nothing speaks against it."""

import itertools
from collections.abc import Iterable
from dataclasses import dataclass, replace

from scripts.answers.cascade import Token
from scripts.answers.lexicon import Book, Table
from scripts.answers.patterns import ASKED, STOP, UNKNOWN
from scripts.labels import PRIORITY, Label

_RANK = {label: rank for rank, label in enumerate(PRIORITY)}
_UNPLACED = 4  # unknown syllables beside a bare yes that are still taken for noise
_ABOUT_THE_ITEM = frozenset({Label.DENY, Label.UNSURE, Label.AFFIRM})
#: Words of which one must be heard exactly before a homophone may count towards a yes.
_EXACT = ("SELF", "ASP", "ADV", "YEA", "BARE_YES", "DE")
_NOT_UNDERSTOOD = frozenset({"CANNOT", "NOT_KNOW", "LESS_KNOW"})
_UNDERSTOOD = frozenset({"KNOW", "KNOWS"})
#: What the speaker or another once thought and says so: 起先还以为是存款. Knowing better ends it.
_ONCE_THOUGHT = frozenset({"MISTAKEN"})
_PARTLY_READ = frozenset({"GLANCE", "HALFWAY"})
#: Other people, and what they know or said.
_OTHERS = ("KIN", "SELLER", "THIRD", "OTHER_KNOWS", "OTHER_READS", "HEARD_OF")
#: What said weakly beside a bare yes leaves it a yes: 对啊，怎么了.
_BESIDE_A_YES = frozenset({Label.AFFIRM, Label.UNSURE, Label.DENY})
_YES_WORDS = frozenset(
    ("YEA", "OK", "NO_TROUBLE", "BARE_YES", "BARE_ACK", "BARE_HAVE", "ACK", "HUM")
)

#: Nouns that affirm by being named, and the only words they may be named among: 是份人身保险.
_NOUNS = frozenset({"INSURANCE"})
#: Nouns whose naming is no yes when something about them is asked: 管理费从哪扣.
_ASKED_ABOUT = _NOUNS | {"FEEWORD", "LOSS", "UNCERTAIN", "READ"}
#: Phrases that read a question of rhetoric as what it says.
_RHETORIC = ("how-not", "could-", "who-says-not", "as-if-")
_STORY = 3  # clauses
_COMPLEMENT = 2  # tokens of 不出 at the end of a clause
_SHORTEST = 3  # tokens of a clause that says more than no
#: Predicates and papers: a negation beside one of them may be of the item.
_OF_THE_ITEM = (
    "KNOW", "READ", "GLANCE", "SIGN", "COPY", "WRITE", "RECEIVE", "DELIVER", "BUY", "HANDLE",
    "TELL", "RECORDVB", "AGREE", "WILLING", "HIDE", "HONEST", "SATISFY", "INSURANCE", "DOC",
    "EPOLICY", "PAY", "SURRENDER", "WANT", "TURN", "BA", "HEDGE", "YEA", "WRONG", "ILL", "LOSS",
    "CERTAIN", "REMEMBER", "PROPOSE",
)  # fmt: skip
#: An invitation to go on: what keeps the speaker busy then does not keep him from answering.
_INVITED = frozenset({"GO_AHEAD"})
_AROUND_A_NOUN = ("INSURANCE", "BE", "DE", "YEA", "YEA_S", "BARE_YES", "SELF", "YOU", "ADV", "HUM",
                  "WHAT_NOISE", "HELLO", "ACK", "NOW", "DOC", "PARTOF", "PLAIN")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Finding:
    """One symbol that says something about the question."""

    at: int  # index of the token
    token: Token
    label: Label
    weak: bool
    rule: str
    changed: bool = False  # the words end in 了
    bare: bool = False  # a yes that names nothing of the question: 是的, 没问题


def findings(tokens: list[Token], table: Table, book: Book) -> list[Finding]:
    """What the symbols say, in the order they were spoken."""
    out = []
    for at, token in enumerate(tokens):
        meaning = table.meanings.get(token.char)
        if meaning is None or meaning.label is None:
            continue
        rule = meaning.entry + (f"<{token.by}" if token.by else "")
        changed = _changed(tokens[at : at + 2], book)
        bare = meaning.entry.rpartition(":")[2] in _YES_WORDS
        out.append(Finding(at, token, meaning.label, meaning.weak, rule, changed, bare))
    return out


def name_of(f: Finding) -> str:
    """The class or symbol that ``f`` stands on."""
    return f.rule.partition("<")[0].rpartition(":")[2]


def _changed(tokens: list[Token], book: Book) -> bool:
    return any(book.alphabet.names[token.char].endswith("了") for token in tokens)


def standing(found: list[Finding], tokens: list[Token], book: Book, table: Table) -> list[Finding]:
    """``found`` without what the speaker took back, and with the guards against a hasty yes."""
    kept = [f for f in found if not _taken_back(f, found, tokens, book)]
    kept = [_named(_unproved(f, kept, tokens, book), tokens, book) for f in kept]
    asked = [f for f in kept if f.label is Label.AFFIRM and _asked(f, tokens, book, table)]
    kept = [f for f in kept if f not in asked]
    kept += [replace(f, label=Label.UNSURE, weak=True, rule="guard:asked") for f in asked]
    yes = [f for f in kept if f.label is Label.AFFIRM]
    idle = {"BUSY", "LATER"} if any(name_of(f) in _INVITED for f in yes) else set()
    if any(name_of(f) == "HARDHEAR" for f in kept):
        idle = {"BUSY", "WAIT"}
    kept = [f for f in kept if not (name_of(f) in idle and (f.weak or yes))]
    guards = list(_guards(yes, tokens, book, table)) if yes else []
    if any((f.label is Label.DENY or name_of(f) == "HEDGE") and not f.weak for f in kept):
        guards = [f for f in guards if f.label is not Label.EXPLAIN]
    return kept + guards


def _unproved(f: Finding, kept: list[Finding], tokens: list[Token], book: Book) -> Finding:
    """``f``, or unsure in its place when it is a yes made of a homophone alone: a repaired word
    brings a yes only when it names the item, other words were heard exactly, and nothing was
    said that the reader cannot place. Beside a yes heard exactly a repaired doubt is weak."""
    if not f.token.homophone or f.label not in (Label.AFFIRM, Label.UNSURE):
        return f
    if any(g.label is Label.AFFIRM and not g.bare and not g.token.homophone for g in kept):
        return replace(f, weak=True) if f.label is Label.UNSURE else f
    if f.label is Label.UNSURE:
        return f
    exact = any(not t.homophone and any_of((t,), name, book) for t in tokens for name in _EXACT)
    if exact and not f.bare and not _unplaced(tokens):
        return f
    return replace(f, label=Label.UNSURE, rule="guard:homophone")


def _named(f: Finding, tokens: list[Token], book: Book) -> Finding:
    """``f``, or unsure in its place when it is a yes made of a noun alone (保险) among words that
    are not accounted for: 这保险宝杀来着."""
    noun = name_of(f) in _NOUNS
    if f.label is not Label.AFFIRM or not noun or all(_plain(t, book) for t in tokens):
        return f
    return replace(f, label=Label.UNSURE, rule="guard:noun")


def _plain(token: Token, book: Book) -> bool:
    if token.char in (STOP, ASKED) or token.number:
        return True
    return any(any_of((token,), name, book) for name in _AROUND_A_NOUN)


def _asked(f: Finding, tokens: list[Token], book: Book, table: Table) -> bool:
    """Whether the clause of ``f`` ends as a question, or in 吧 where a yes is guessed; what was
    asked in rhetoric (能不知道？) is none."""
    begin, end = _clause_around(f.at, tokens)
    if any(token.by.startswith(_RHETORIC) for token in tokens[begin:end]):
        return False
    clause: list[Token] = []
    for token in tokens[f.at + 1 :]:
        if token.char == ASKED or any_of((token,), "ASK_MA", book):
            return True
        if token.char == STOP:
            break
        clause.append(token)
    return table.rushed and not f.bare and any_of(clause[-1:], "BA", book)


def _taken_back(f: Finding, found: list[Finding], tokens: list[Token], book: Book) -> bool:
    if f.label not in _ABOUT_THE_ITEM:
        return False
    later = [g for g in found if g.at > f.at and not g.weak and g.label in _ABOUT_THE_ITEM]
    for g in later:
        between = tokens[f.at + 1 : g.at]
        if any_of(between, "FIXED", book):
            return True
        if g.label is Label.AFFIRM and f.label is not Label.AFFIRM and not g.bare:
            if _parted(between) and _outgrown(f, g, book):
                return True
            if any_of(between, "NOW", book):
                return True
            if f.label is Label.UNSURE and any_of(between, "TURN", book):
                return True
            mended = any_of(between, "THEN", book) or any_of(between, "MENDS", book)
            if mended and _understood_since(f, g, between):
                return True
    return False


def _outgrown(f: Finding, g: Finding, book: Book) -> bool:
    """Whether the later ``g`` ends ``f``: knowing better a mistake, reading all a glance."""
    if name_of(f) in _ONCE_THOUGHT:
        return True
    return name_of(f) in _PARTLY_READ and any_of((g.token,), "FULLREAD", book)


def _understood_since(f: Finding, g: Finding, between: list[Token]) -> bool:
    """没看懂，…，就懂了: not understanding that ends in understanding (了)."""
    before, after = name_of(f), name_of(g)
    return before in _NOT_UNDERSTOOD and after in _UNDERSTOOD and g.changed and _parted(between)


def any_of(tokens: Iterable[Token], name: str, book: Book) -> bool:
    members = book.alphabet.members(name)
    return any(token.char in members for token in tokens)


def _guards(yes: list[Finding], tokens: list[Token], book: Book, table: Table) -> Iterable[Finding]:
    """Reasons why a yes that was found is not an explicit one."""
    if all(f.bare for f in yes) and _says_more(tokens, book, table):
        whole = Token("", tokens[0].start, tokens[-1].end)
        yield Finding(len(tokens), whole, Label.UNSURE, False, "guard:says-more")
    last = -1 if all(name_of(f) in _ASKED_ABOUT for f in yes) else max(f.at for f in yes)
    for at, token in enumerate(tokens):
        if at > last and _asks(token, last < 0, book) and table.rushed:
            yield Finding(at, token, Label.EXPLAIN, False, "guard:asks-after")
        name = _guard(at, token, yes, tokens, book, table)
        if name:
            yield Finding(at, token, Label.UNSURE, False, f"guard:{name}")


def _asks(token: Token, only_named: bool, book: Book) -> bool:
    """Whether ``token`` asks for something; any question word does where the item was only
    named."""
    asking = ("ASK_WHAT", "WHETHER_OR", "WH") if only_named else ("ASK_WHAT", "WHETHER_OR")
    return any(any_of((token,), name, book) for name in asking)


def _guard(
    at: int, token: Token, yes: list[Finding], tokens: list[Token], book: Book, table: Table
) -> str | None:
    char, of = token.char, book.alphabet.of_class
    if of(char, "DONT") and not table.rushed:
        return None
    if of(char, "NEG") and at not in {f.at for f in yes}:
        if _forgiven(at, yes, tokens) or _beside_the_item(at, yes, tokens, book):
            return None
        return "stray-negation"
    if table.rushed and (of(char, "HANGNOW") or (of(char, "RUSH") and all(f.bare for f in yes))):
        return "in-a-hurry"
    if of(char, "TURN") and not any(f.at > at for f in yes) and any(f.at < at for f in yes):
        return "turned"
    if of(char, "WHO") and any(f.at > at and not _parted(tokens[at : f.at]) for f in yes):
        return "who"
    if _other(char, book):
        return _somebody_else(at, yes, tokens, book)
    return None


def _forgiven(at: int, yes: list[Finding], tokens: list[Token]) -> bool:
    """A negation of something else is passed over when the item itself is affirmed in a later
    clause; a clause that is nothing but a no is not."""
    alone = (
        (at == 0 or tokens[at - 1].char == STOP)
        and tokens[at + 1 : at + 2] != []
        and (tokens[at + 1].char == STOP)
    )
    return not alone and any(f.at > at and not f.bare and _parted(tokens[at : f.at]) for f in yes)


def _beside_the_item(at: int, yes: list[Finding], tokens: list[Token], book: Book) -> bool:
    """Whether a story says yes to the item and denies in another clause something that is none:
    一笔一划写的，剪刀都没放下. A clause with any predicate of the items or a paper in it is not
    passed over, nor one that is nothing but a no."""
    if _clauses_in(tokens) < _STORY or any_of((tokens[at],), "LESS", book):
        return False
    begin, end = _clause_around(at, tokens)
    complement = begin < at and end - at <= _COMPLEMENT  # 分不出
    if end - begin < _SHORTEST or complement or any(begin <= f.at < end for f in yes):
        return False
    return not any(any_of(tokens[begin:end], name, book) for name in _OF_THE_ITEM) and any(
        not f.bare for f in yes
    )


def _clause_around(at: int, tokens: list[Token]) -> tuple[int, int]:
    begin, end = at, at
    while begin and tokens[begin - 1].char not in (STOP, ASKED):
        begin -= 1
    while end < len(tokens) and tokens[end].char not in (STOP, ASKED):
        end += 1
    return begin, end


def _clauses_in(tokens: list[Token]) -> int:
    return 1 + sum(a.char != STOP == b.char for a, b in itertools.pairwise(tokens))


def _parted(tokens: list[Token]) -> bool:
    return any(token.char in (STOP, ASKED) for token in tokens)


def _yes_closes(tokens: list[Token], book: Book) -> bool:
    """Whether the answer ends in a yes of its own clause: …，没错. It is said of all before it."""
    last = [token for token in tokens if token.char not in (STOP, ASKED)][-1:]
    before = tokens[tokens.index(last[0]) - 1 :][:1] if last and len(tokens) > 1 else []
    return any_of(last, "YEA", book) and any(token.char == STOP for token in before)


def _says_more(tokens: list[Token], book: Book, table: Table) -> bool:
    """Whether a bare yes comes with content that the reader cannot place. Where haste does no
    harm, only other people in it do."""
    if _yes_closes(tokens, book):
        return False
    unplaced = table.rushed and _unplaced(tokens) > _UNPLACED
    return unplaced or any(_other(token.char, book) for token in tokens)


def _unplaced(tokens: list[Token]) -> int:
    """How many syllables the reader knows nothing about."""
    return sum(token.char == UNKNOWN and not token.number for token in tokens)


def _other(char: str, book: Book) -> bool:
    return any(book.alphabet.of_class(char, name) for name in _OTHERS)


def _somebody_else(at: int, yes: list[Finding], tokens: list[Token], book: Book) -> str | None:
    if _whose_hand(at, yes, tokens, book):
        return "whose-hand"
    return "reported" if _reported(at, yes, tokens, book) else None


def _reported(at: int, yes: list[Finding], tokens: list[Token], book: Book) -> bool:
    """Whether what another person said is all that affirms the item: 他说明天送来."""
    own = [f for f in yes if not f.bare]
    return bool(own) and all(_is_reported(at, f, tokens, book) for f in own)


def _is_reported(at: int, f: Finding, tokens: list[Token], book: Book) -> bool:
    between = tokens[at : f.at]
    if f.at <= at or _parted(between) or any_of(between[1:], "SELF", book):
        return False
    return any_of(between, "TELL", book) or any_of(between, "HEARD_OF", book)


def _whose_hand(at: int, yes: list[Finding], tokens: list[Token], book: Book) -> bool:
    """A signature whose nearest person before it is not the speaker."""
    for f in yes:
        if any(g.at > f.at and name_of(g) == "SELF_SIGN" for g in yes):
            continue
        signs = any(book.alphabet.of_class(f.token.char, name) for name in ("SIGN", "COPY"))
        between = tokens[at : f.at]
        mine = any_of(between, "SELF", book) or any_of(between, "LETME", book)
        if signs and f.at > at and not mine:
            return True
    return False


def is_story(tokens: list[Token]) -> bool:
    """Whether an answer is told in three clauses or more."""
    return _clauses_in(tokens) >= _STORY


def closes_on_yes(found: list[Finding]) -> bool:
    """Whether the last that is said about the item is an explicit yes."""
    about = [f for f in found if not f.weak and f.label in _ABOUT_THE_ITEM]
    return bool(about) and about[-1].label is Label.AFFIRM


def verdict(stands: list[Finding]) -> tuple[Label, tuple[Label, ...]] | None:
    """The label by priority and the others beside it; None when nothing was found."""
    labels = sorted({f.label for f in _counting(stands)}, key=_RANK.__getitem__)
    hints = {f.label for f in stands if f.label not in _ABOUT_THE_ITEM}
    beside = sorted(hints - set(labels), key=_RANK.__getitem__)
    return (labels[0], (*labels[1:], *beside)) if labels else None


def _counting(stands: list[Finding]) -> list[Finding]:
    """The findings that decide: the strong ones, and beside a bare yes also what was asked,
    refused or put off."""
    strong = [f for f in stands if not f.weak]
    if strong and all(f.bare for f in strong):
        first = min(f.at for f in strong)
        strong += [f for f in stands if f.weak and f.at > first and f.label not in _BESIDE_A_YES]
    return strong or stands


def deciding(stands: list[Finding], label: Label) -> list[Finding]:
    """The findings that carried ``label``."""
    return [f for f in _counting(stands) if f.label is label]


def is_noise(tokens: list[Token], book: Book) -> bool:
    """Whether nothing but sounds, greetings and unknown syllables was heard."""
    quiet = {UNKNOWN, STOP, ASKED}
    return all(
        t.char in quiet or any_of((t,), "WHAT_NOISE", book) or any_of((t,), "HELLO", book)
        for t in tokens
    )
