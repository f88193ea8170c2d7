"""Which column of a list holds which field, by the names in ``columns.yaml``."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from scripts.yamlfile import shipped

#: Fields of the holder that lists also carry, under the same bare name, for other people.
_OF_A_PERSON = frozenset(
    {"holder_gender", "holder_id_type", "holder_id_number", "holder_birth", "phones", "address"}
    | {"postcode", "holder_name"}
)
_PEOPLE = ("holder_name", "insured_name", "seller_name")
_SOMEBODY = re.compile(r"被保险人|受益人|紧急联系人|联系人|推荐人|代办人")
_NOISE = re.compile(r"[\s*:_\-./、,'\"#]+")
_HARMLESS = re.compile(
    r"[(\[【〔][^()\[\]【】〔〕]*(元|必填|选填|可空|单位|币种|yyyy|年月日|年/月/日|天|日|文本|格式|系统)"
    r"[^()\[\]【】〔〕]*[)\]】〕]",
    re.IGNORECASE,
)
_BRACKETS = re.compile(r"[()\[\]【】〔〕<>《》]")
_FOLDS = (("缴", "交"), ("纳", ""), ("被保人", "被保险人"), ("号码", "号"), ("联络", "联系"))


@dataclass(frozen=True, slots=True)
class Known:
    """The names of ``columns.yaml``: key -> (field, rank); a smaller rank is preferred."""

    names: Mapping[str, tuple[str, int]]
    mandatory: tuple[str, ...]
    patterns: Mapping[str, re.Pattern[str]]
    titles: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Columns:
    """Field -> indexes of its columns, best first. ``in_wan`` holds the fields given in 万元."""

    headers: tuple[str, ...]
    places: Mapping[str, tuple[int, ...]]
    in_wan: frozenset[str] = frozenset()
    notices: tuple[str, ...] = ()

    def title(self, field: str) -> str:
        """The field's column as the user named it, or our own name for a missing column."""
        place = self.places.get(field)
        return self.headers[place[0]] if place else known_names().titles[field]


@cache
def known_names() -> Known:
    """The packaged names, read once."""
    text = files(__package__).joinpath("columns.yaml").read_text(encoding="utf-8")
    data = shipped(text)
    prefixes = {"{holder}": data["holder"], "{seller}": data["seller"]}
    names: dict[str, tuple[str, int]] = {}
    for field, aliases in data["fields"].items():
        for rank, alias in enumerate(_expanded(aliases, prefixes)):
            names.setdefault(key(alias), (field, rank))
    titles = {field: _expanded(aliases, prefixes)[0] for field, aliases in data["fields"].items()}
    patterns = {field: re.compile(text) for field, text in data["patterns"].items()}
    return Known(names, tuple(data["mandatory"]), patterns, titles)


def _expanded(aliases: Sequence[str], prefixes: Mapping[str, Sequence[str]]) -> list[str]:
    out = []
    for alias in aliases:
        mark = next((mark for mark in prefixes if mark in alias), None)
        words = prefixes[mark] if mark else [""]
        out += [alias.replace(mark, word) if mark else alias for word in words]
    return out


def key(header: str) -> str:
    """A header name reduced to what matters: 缴费期间(年)* and 交费期间 are the same."""
    text = unicodedata.normalize("NFKC", header).lower()
    text = _BRACKETS.sub("", _HARMLESS.sub("", text))
    text = _NOISE.sub("", text)
    for old, new in _FOLDS:
        text = text.replace(old, new)
    return text


def field_of(header: str, group: str = "") -> tuple[str, int] | None:
    """(field, rank) of one header; under a person's group (被保险人 | 姓名) of both together."""
    names = known_names().names
    owner = re.sub(r"(的?基?本?(信息|资料|情况|内容))$", "", key(group))
    match = names.get(key(header))
    if (owner + "姓名") not in names and not _SOMEBODY.search(owner):
        return match
    together = names.get(owner + key(header))
    own_words = key(header).startswith(("投保", "要保", "客户"))
    return together or (match if match and (match[0] not in _OF_A_PERSON or own_words) else None)


def find_columns(headers: Sequence[str], groups: Sequence[str] = ()) -> Columns:
    """Every known column of a header row."""
    found: dict[str, list[tuple[int, int]]] = {}
    labels = list(groups) + [""] * (len(headers) - len(groups))
    for index, (header, group) in enumerate(zip(headers, labels, strict=True)):
        match = field_of(header, group)
        if match:
            found.setdefault(match[0], []).append((match[1], index))
    places = {field: tuple(index for _, index in sorted(hits)) for field, hits in found.items()}
    guesses = _guesses(headers, labels, places)
    places = _only_the_holders(places | guesses, headers)
    wan = {field for field, at in places.items() if "万" in headers[at[0]]}
    notices = _notices(places, headers) + _guess_notices(guesses, headers)
    return Columns(tuple(headers), places, frozenset(wan), notices)


def _guesses(
    headers: Sequence[str], groups: Sequence[str], places: Mapping[str, tuple[int, ...]]
) -> dict[str, tuple[int, ...]]:
    """Columns with an unknown name that looks like a field that no column has."""
    known = known_names()
    out: dict[str, tuple[int, ...]] = {}
    for index, (header, group) in enumerate(zip(headers, groups, strict=True)):
        name = key(header)
        if name in known.names or _SOMEBODY.search(key(group)):
            continue
        for field, pattern in known.patterns.items():
            if field not in places and field not in out and pattern.search(name):
                out[field] = (index,)
                break
    return out


def _guess_notices(
    guesses: Mapping[str, tuple[int, ...]], headers: Sequence[str]
) -> tuple[str, ...]:
    titles = known_names().titles
    return tuple(f"列“{headers[at[0]]}”当作“{titles[field]}”读取" for field, at in guesses.items())


def _only_the_holders(
    places: Mapping[str, tuple[int, ...]], headers: Sequence[str]
) -> dict[str, tuple[int, ...]]:
    """Of several columns with the same bare name (性别 … 性别), those behind the holder's name.

    投保人, 性别, 手机, 被保险人, 性别, 手机: the last two are the insured's, and must never be read
    as the holder's.
    """
    starts = {places[field][0]: field for field in _PEOPLE if field in places}
    starts |= {i: "other" for i, name in enumerate(headers) if _SOMEBODY.fullmatch(key(name))}
    out = dict(places)
    for field in _OF_A_PERSON & out.keys():
        keys = [key(headers[index]) for index in out[field]]
        mine = tuple(
            index
            for index, name in zip(out[field], keys, strict=True)
            if keys.count(name) == 1 or _owner(index, starts) in ("holder_name", None)
        )
        out[field] = mine or out[field]
    return out


def _owner(index: int, starts: Mapping[int, str]) -> str | None:
    before = [start for start in starts if start <= index]
    return starts[max(before)] if before else None


def _notices(places: Mapping[str, tuple[int, ...]], headers: Sequence[str]) -> tuple[str, ...]:
    """What the user should know when several columns mean the same."""
    out = []
    for field, at in places.items():
        names = list(dict.fromkeys(headers[index] for index in at))
        if field != "phones" and len(names) > 1:
            others = "、".join(names[1:])
            out.append(f"列“{names[0]}”与“{others}”含义相同,以“{names[0]}”为准,空白时才看后者")
    return tuple(out)


def missing_columns(columns: Columns) -> tuple[str, ...]:
    """Names of the mandatory columns that the list has not got."""
    have = set(columns.places)
    if "payment_period" in have:
        have.add("frequency")  # 趸交 and 年交 may stand there; single rows are judged one by one
    titles = known_names().titles
    return tuple(titles[field] for field in known_names().mandatory if field not in have)
