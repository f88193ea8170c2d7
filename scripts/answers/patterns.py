"""Words as single characters, so that a phrase of word classes is a short regular expression.
Small and mechanical; the Mandarin is in the data files.

A pattern is elements between spaces: ``NAME`` or ``A|B`` one token of the classes, ``知道`` that
very word, with ``?`` ``*`` or ``+`` after it; ``..`` at most three tokens and ``...`` at most
eight, not across punctuation; ``^`` ``$`` the ends of a clause (a TURN opens one); ``=A`` followed
by, ``!A`` not followed by, ``<A`` preceded by, ``<!A`` not preceded by; ``_`` any one token."""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

#: Plain characters, past the surrogates since there are many words: the encoded string holds
#: tokens only, never the words.
STOP, ASKED, UNKNOWN, A_NOT_A = "\u4e00", "\u4e01", "\u4e02", "\u4e03"
_FIRST = 0x10000
_BUILT_IN = {"STOP": STOP, "QMARK": ASKED, "UNKNOWN": UNKNOWN, "ANOTA": A_NOT_A}
_MARKS = {
    "..": f"[^{STOP}{ASKED}]{{0,3}}?",
    "...": f"[^{STOP}{ASKED}]{{0,8}}?",
    "$": f"(?![^{STOP}{ASKED}])",
}
_LOOK = {"=": "(?=%s)", "!": "(?!%s)", "<": "(?<=%s)", "<!": "(?<!%s)"}
_ELEMENT = re.compile(r"(<!|[=!<])?([^?*+]+)([?*+])?")


class Alphabet:
    """One private character per word and per phrase symbol, and the classes as sets of them."""

    def __init__(self, classes: Mapping[str, Iterable[str]]) -> None:
        self.words: dict[str, str] = {}
        self.reach: dict[str, int] = {}  # first character -> its longest word, in characters
        self.names: dict[str, str] = {char: name for name, char in _BUILT_IN.items()}
        self._classes: dict[str, frozenset[str]] = {
            name: frozenset(char) for name, char in _BUILT_IN.items()
        }
        for name, words in classes.items():
            self._classes[name] = frozenset(self.word(word) for word in words)

    def _next(self) -> str:
        return chr(_FIRST + len(self.names))

    def word(self, word: str) -> str:
        """The character of ``word``, which becomes known when it was not."""
        if word not in self.words:
            char = self._next()
            self.words[word] = char
            self.reach[word[0]] = max(len(word), self.reach.get(word[0], 0))
            self.names[char] = word
        return self.words[word]

    def symbol(self, name: str) -> str:
        """The character of a phrase's symbol; it joins the class of that name."""
        key = f"<{name}>"
        for char in self._classes.get(name, frozenset()):
            if self.names[char] == key:
                return char
        char = self._next()
        self.names[char] = key
        self._classes[name] = self._classes.get(name, frozenset()) | {char}
        return char

    def chars(self, name: str) -> frozenset[str]:
        """The characters of a class, a symbol or a literal word (Chinese). KeyError if none."""
        if name not in self._classes and not name.isascii():
            return frozenset(self.word(name))
        return self._classes[name]

    def kinds(self) -> dict[str, str]:
        """For every token the first class or symbol it belongs to."""
        first: dict[str, str] = {}
        for name, chars in self._classes.items():
            for char in chars:
                first.setdefault(char, name)
        return first

    def members(self, name: str) -> frozenset[str]:
        """The tokens of the class ``name``; KeyError where there is none."""
        return self._classes[name]

    def of_class(self, char: str, name: str) -> bool:
        """Whether the token ``char`` belongs to the class ``name``."""
        return char in self._classes[name]


def compile_pattern(
    pattern: str, alphabet: Alphabet
) -> tuple[re.Pattern[str], tuple[frozenset[str], ...]]:
    """The regular expression of ``pattern`` and the sets of which each must occur for a match."""
    parts, needs = [], []
    for element in pattern.split():
        part, need = _element(element, alphabet)
        parts.append(part)
        if need:
            needs.append(need)
    if not needs:
        raise ValueError("the pattern has no word that must be there; name at least one class")
    return _compiled("".join(parts)), tuple(sorted(needs, key=len))


@lru_cache(maxsize=4096)  # re's own has 512 places, and a lexicon has more phrases than that
def _compiled(expression: str) -> re.Pattern[str]:
    return re.compile(expression)


def mandatory(pattern: str, alphabet: Alphabet) -> list[frozenset[str]]:
    """The tokens that a match of ``pattern`` has in any case, in their order, those beside it that
    it asks for included."""
    out = []
    for element in pattern.split():
        match = _ELEMENT.fullmatch(element)
        if element in _MARKS or element == "^" or match is None:
            continue
        look, names, times = match.groups()
        if times not in ("?", "*") and look in (None, "=", "<"):
            out.append(frozenset(UNKNOWN) if names == "_" else _union(names, alphabet))
    return out


def _element(element: str, alphabet: Alphabet) -> tuple[str, frozenset[str] | None]:
    if element in _MARKS:
        return _MARKS[element], None
    if element == "^":
        return f"(?<![^{STOP}{ASKED}{''.join(sorted(alphabet.chars('TURN')))}])", None
    match = _ELEMENT.fullmatch(element)
    if match is None:
        raise ValueError(f"cannot read the element {element}")
    look, names, times = match.groups()
    if names == "_":
        return f"[^{STOP}{ASKED}]{times or ''}", None
    chars = _union(names, alphabet)
    body = _one_of(chars)
    if look:
        return _LOOK[look] % body, chars if look in "=<" else None
    return body + (times or ""), None if times in ("?", "*") else chars


@lru_cache(maxsize=4096)
def _one_of(chars: frozenset[str]) -> str:
    """The expression for one of these characters. The words of a class lie side by side, and one
    range is compiled in no time where hundreds of characters are not."""
    runs: list[list[int]] = []
    for code in sorted(map(ord, chars)):
        if runs and code == runs[-1][1] + 1:
            runs[-1][1] = code
        else:
            runs.append([code, code])
    return "[" + "".join(f"{chr(first)}-{chr(last)}" for first, last in runs) + "]"


def _union(names: str, alphabet: Alphabet) -> frozenset[str]:
    out: frozenset[str] = frozenset()
    for name in names.split("|"):
        try:
            out |= alphabet.chars(name)
        except KeyError as error:
            raise ValueError(f"no class, phrase or word {name}; add it or mend the name") from error
    return out
