"""From the symbols of an utterance to what it says: which findings stand, which were taken back,
and what makes a yes not explicit. An affirm survives only when nothing speaks against it."""

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
#: Other people, and what they know or said.
_OTHERS = ("KIN", "SELLER", "THIRD", "OTHER_KNOWS", "OTHER_READS", "HEARD_OF")
#: What said weakly beside a bare yes leaves it a yes: 对啊，怎么了.
_BESIDE_A_YES = frozenset({Label.AFFIRM, Label.UNSURE, Label.DENY})
_YES_WORDS = frozenset(
    ("YEA", "OK", "NO_TROUBLE", "BARE_YES", "BARE_ACK", "BARE_HAVE", "ACK", "HUM")
)

#: Nouns that affirm by being named, and the only words they may be named among: 是份人身保险.
_NOUNS = frozenset({"INSURANCE"})
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


def _changed(tokens: list[Token], book: Book) -> bool:
    return any(book.alphabet.names[token.char].endswith("了") for token in tokens)


def standing(found: list[Finding], tokens: list[Token], book: Book, table: Table) -> list[Finding]:
    """``found`` without what the speaker took back, and with the guards against a hasty yes."""
    kept = [f for f in found if not _taken_back(f, found, tokens, book)]
    kept = [_named(_unproved(f, kept, tokens, book), tokens, book) for f in kept]
    asked = [f for f in kept if f.label is Label.AFFIRM and _asked(f, tokens, book)]
    kept = [f for f in kept if f not in asked]
    kept += [replace(f, label=Label.UNSURE, weak=True, rule="guard:asked") for f in asked]
    yes = [f for f in kept if f.label is Label.AFFIRM]
    return kept + list(_guards(yes, tokens, book, table)) if yes else kept


def _unproved(f: Finding, kept: list[Finding], tokens: list[Token], book: Book) -> Finding:
    """``f``, or unsure in its place when it is a yes made of a homophone alone: a repaired word
    brings a yes only when it names the item, other words were heard exactly, and nothing was
    said that the reader cannot place."""
    if f.label is not Label.AFFIRM or not f.token.homophone:
        return f
    exact = any(not t.homophone and _any((t,), name, book) for t in tokens for name in _EXACT)
    if exact and not f.bare and not _unplaced(tokens):
        return f
    return replace(f, label=Label.UNSURE, rule="guard:homophone")


def _named(f: Finding, tokens: list[Token], book: Book) -> Finding:
    """``f``, or unsure in its place when it is a yes made of a noun alone (保险) among words that
    are not accounted for: 这保险宝杀来着."""
    noun = f.rule.partition("<")[0].rpartition(":")[2] in _NOUNS
    if f.label is not Label.AFFIRM or not noun or all(_plain(t, book) for t in tokens):
        return f
    return replace(f, label=Label.UNSURE, rule="guard:noun")


def _plain(token: Token, book: Book) -> bool:
    if token.char in (STOP, ASKED) or token.number:
        return True
    return any(_any((token,), name, book) for name in _AROUND_A_NOUN)


def _asked(f: Finding, tokens: list[Token], book: Book) -> bool:
    """Whether the clause of ``f`` ends as a question."""
    for token in tokens[f.at + 1 :]:
        if token.char == ASKED or _any((token,), "ASK_MA", book):
            return True
        if token.char == STOP:
            return False
    return False


def _taken_back(f: Finding, found: list[Finding], tokens: list[Token], book: Book) -> bool:
    if f.label not in _ABOUT_THE_ITEM:
        return False
    later = [g for g in found if g.at > f.at and not g.weak and g.label in _ABOUT_THE_ITEM]
    for g in later:
        between = tokens[f.at + 1 : g.at]
        if _any(between, "FIXED", book):
            return True
        if g.label is Label.AFFIRM and f.label is not Label.AFFIRM and not g.bare:
            if _any(between, "NOW", book):
                return True
            if f.label is Label.UNSURE and _any(between, "TURN", book):
                return True
            if _any(between, "THEN", book) and _understood_since(f, g, between):
                return True
    return False


def _understood_since(f: Finding, g: Finding, between: list[Token]) -> bool:
    """没看懂，…，就懂了: not understanding that ends in understanding (了)."""
    before, after = (x.rule.partition("<")[0].rpartition(":")[2] for x in (f, g))
    return before in _NOT_UNDERSTOOD and after in _UNDERSTOOD and g.changed and _parted(between)


def _any(tokens: Iterable[Token], name: str, book: Book) -> bool:
    return any(book.alphabet.of_class(token.char, name) for token in tokens)


def _guards(yes: list[Finding], tokens: list[Token], book: Book, table: Table) -> Iterable[Finding]:
    """Reasons why a yes that was found is not an explicit one."""
    if all(f.bare for f in yes) and _says_more(tokens, book):
        whole = Token("", tokens[0].start, tokens[-1].end)
        yield Finding(len(tokens), whole, Label.UNSURE, False, "guard:says-more")
    last = max(f.at for f in yes)
    for at, token in enumerate(tokens):
        if at > last and _any((token,), "ASK_WHAT", book) and table.rushed:
            yield Finding(at, token, Label.EXPLAIN, False, "guard:asks-after")
        name = _guard(at, token, yes, tokens, book, table)
        if name:
            yield Finding(at, token, Label.UNSURE, False, f"guard:{name}")


def _guard(
    at: int, token: Token, yes: list[Finding], tokens: list[Token], book: Book, table: Table
) -> str | None:
    char, of = token.char, book.alphabet.of_class
    if of(char, "DONT") and not table.rushed:
        return None
    if of(char, "NEG") and at not in {f.at for f in yes}:
        return None if _forgiven(at, yes, tokens) else "stray-negation"
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


def _parted(tokens: list[Token]) -> bool:
    return any(token.char in (STOP, ASKED) for token in tokens)


def _yes_closes(tokens: list[Token], book: Book) -> bool:
    """Whether the answer ends in a yes of its own clause: …，没错. It is said of all before it."""
    last = [token for token in tokens if token.char not in (STOP, ASKED)][-1:]
    before = tokens[tokens.index(last[0]) - 1 :][:1] if last and len(tokens) > 1 else []
    return _any(last, "YEA", book) and any(token.char == STOP for token in before)


def _says_more(tokens: list[Token], book: Book) -> bool:
    """Whether a bare yes comes with content that the reader cannot place."""
    if _yes_closes(tokens, book):
        return False
    return _unplaced(tokens) > _UNPLACED or any(_other(token.char, book) for token in tokens)


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
    if f.at <= at or _parted(between) or _any(between[1:], "SELF", book):
        return False
    return _any(between, "TELL", book) or _any(between, "HEARD_OF", book)


def _whose_hand(at: int, yes: list[Finding], tokens: list[Token], book: Book) -> bool:
    """A signature whose nearest person before it is not the speaker."""
    for f in yes:
        signs = any(book.alphabet.of_class(f.token.char, name) for name in ("SIGN", "COPY"))
        if signs and f.at > at and not _any(tokens[at : f.at], "SELF", book):
            return True
    return False


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
        t.char in quiet or _any((t,), "WHAT_NOISE", book) or _any((t,), "HELLO", book)
        for t in tokens
    )
