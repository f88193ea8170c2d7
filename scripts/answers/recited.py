"""A customer who recites the item himself: 癌症给，醉驾不给; 十五天里变卦，全数还我. The recital is
his yes where nothing beside it is asked, doubted or denied; it decides nothing else."""

from dataclasses import replace

from scripts.answers import judge
from scripts.answers.cascade import Token
from scripts.answers.judge import Finding, any_of
from scripts.answers.lexicon import Book, Table
from scripts.answers.patterns import STOP
from scripts.labels import PRIORITY, Label

#: What names an exclusion (不赔), and what no recital of cover and exclusions has before it.
_EXCLUDING = frozenset({"LIABILITY:EXCLUDED", "LIABILITY:RECITED"})
_NO_RECITAL = ("NEG", "WH", "ASKWHAT", "ISNT_IT", "ONLY", "YOU", "PAST", "THOUGHT", "HEDGE",
               "CANNOT", "MUDDLED", "NOT_TELL", "NOT_KNOW", "FORGET", "ALLCOVER", "TURN", "ANOTA",
               "HALFWAY")  # fmt: skip
#: What a statement of the cooling-off period names, and what it has none of.
_UNDONE = ("HYPO", "SURRENDER", "IF_CANCELLED", "RIGHT_KNOWN", "NOT_CANCEL", "FULLREFUND", "CHEAT")
_NO_RIGHT_TOLD = ("NEG", "WH", "ASKWHAT", "ASK_WHAT", "ISNT_IT", "ONLY", "YOU", "PAST", "THOUGHT",
                  "HEDGE", "CANNOT", "MUDDLED", "TURN", "ASK_MA", "BA",
                  "FIRST", "WANT_OUT", "NO_RIGHT", "NO_LIMIT", "QUIT", "LESS_KNOW")  # fmt: skip
_AGAINST_A_RIGHT = frozenset(PRIORITY) - {Label.AFFIRM, Label.COMPLAINT}


def findings(tokens: list[Token], table: Table, book: Book) -> list[Finding]:
    """What the symbols say, and the recital if there is one."""
    out = judge.findings(tokens, table, book)
    recital = _both_sides(tokens, table, book) or _right(out, tokens, book)
    return out + ([recital] if recital else [])


def _both_sides(tokens: list[Token], table: Table, book: Book) -> Finding | None:
    """A yes to 责任和免责 where the customer himself recites what is covered and what is not:
    癌症给，摔死给，醉驾不给. Nobody else may be named before it, nothing asked or denied."""
    out = [at for at, token in enumerate(tokens) if _excludes(token, table)]
    if not out:
        return None
    told = tokens[: out[-1]]
    covered = any(
        token.char == STOP and any_of(told[max(at - 4, 0) : at], "COVERED", book)
        for at, token in enumerate(told)
    )
    if not covered or any(any_of(told, name, book) for name in _NO_RECITAL):
        return None
    return Finding(out[-1], tokens[out[-1]], Label.AFFIRM, False, "recited:both-sides")


def _excludes(token: Token, table: Table) -> bool:
    meaning = table.meanings.get(token.char)
    return meaning is not None and meaning.entry in _EXCLUDING


def _right(out: list[Finding], tokens: list[Token], book: Book) -> Finding | None:
    """A yes to 犹豫期 where the customer himself names the days and what may be done in them:
    十五天里头变卦，全数还我. Nothing asked, doubted or denied beside it."""
    told = next((f for f in out if f.rule.startswith("HESITATION:RIGHT_KNOWN<right-")), None)
    days = told or next((f for f in out if f.rule == "HESITATION:COOLING"), None)
    if days is None or any(not f.weak and f.label in _AGAINST_A_RIGHT for f in out):
        return None
    if any(any_of(tokens, name, book) for name in _NO_RIGHT_TOLD):
        return None
    if told:
        return replace(told, weak=False, rule="recited:right")
    if any(any_of(tokens, name, book) for name in ("LOSS", "FEEWORD", "WANT")):
        return None
    after = tokens[days.at + 1 :]
    if any_of(tokens[max(days.at - 2, 0) : days.at], "ASP", book):  # 过了十五天
        return None
    if not any(any_of(after, name, book) for name in _UNDONE):
        return None
    return replace(days, label=Label.AFFIRM, weak=False, rule="recited:right")
