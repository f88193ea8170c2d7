"""Takes a YAML file apart strictly, keeping the line of everything for the messages.

Words are taken as written, so yes, no and 1 never become something else behind our back.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

YES, NO = ("yes", "true", "on"), ("no", "false", "off")


class CastError(ValueError):
    """A cast file cannot be used. The message is one sentence: file, line, callee, mend."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where we are in the file, for the message."""

    file: Path
    callee: str = ""

    def wrong(self, node: yaml.Node | None, sentence: str) -> CastError:
        """The error to raise: the place, and what is wrong there with its mend."""
        line = f", line {node.start_mark.line + 1}" if node is not None else ""
        who = f", callee {self.callee}" if self.callee else ""
        return CastError(f"{self.file}{line}{who}: {sentence}")


def root(place: Place) -> yaml.Node:
    """The whole document. Raises CastError when there is none."""
    try:
        node = yaml.compose(place.file.read_text(encoding="utf-8-sig"), Loader=yaml.SafeLoader)
    except OSError as trouble:
        raise place.wrong(None, f"cannot be read ({trouble.strerror}); check the path") from None
    except UnicodeDecodeError:
        raise place.wrong(None, "is not UTF-8; save it as UTF-8") from None
    except yaml.MarkedYAMLError as trouble:
        line = trouble.problem_mark.line + 1 if trouble.problem_mark else 1
        raise CastError(
            f"{place.file}, line {line}: is not YAML ({trouble.problem}); mend the line"
        ) from None
    except yaml.YAMLError:
        raise place.wrong(None, "has signs that no text has; save it as plain UTF-8") from None
    if node is None:
        raise place.wrong(None, "is empty; write `callees:` with one phone number each below")
    return node


def pairs(place: Place, node: yaml.Node, what: str) -> Iterator[tuple[str, yaml.Node, yaml.Node]]:
    """Key, its node and the value's node. Keys are taken as written: 1, yes and no stay words."""
    if not isinstance(node, yaml.MappingNode):
        raise place.wrong(node, f"{what} must be `name: value` pairs")
    seen: set[str] = set()
    for key, value in node.value:
        if not isinstance(key, yaml.ScalarNode):
            raise place.wrong(key, f"a name in {what} must be one word; quote it")
        if key.value in seen:
            raise place.wrong(key, f"`{key.value}` stands twice in {what}; keep one of them")
        seen.add(key.value)
        yield key.value, key, value


def fields(
    place: Place, node: yaml.Node, allowed: set[str], what: str
) -> Iterator[tuple[str, yaml.Node]]:
    """Name and node of each field; a name that is not allowed is an error."""
    for name, key, value in pairs(place, node, what):
        if name not in allowed:
            raise place.wrong(
                key, f"`{name}` is not a field of {what}; it has {', '.join(sorted(allowed))}"
            )
        yield name, value


def text_of(place: Place, node: yaml.Node, what: str) -> str:
    """A scalar as it is written, never empty."""
    if not isinstance(node, yaml.ScalarNode) or not node.value.strip():
        raise place.wrong(node, f"{what} must be words; write them after the colon")
    return str(node.value).strip()


def flag(place: Place, node: yaml.Node, what: str) -> bool:
    """yes or no, in the ways of YAML."""
    word = text_of(place, node, what).lower()
    if word not in YES + NO:
        raise place.wrong(node, f"{what} must be yes or no, not {word}")
    return word in YES


def number(place: Place, node: yaml.Node, what: str, top: float) -> float:
    """A number from 0 to ``top``."""
    word = text_of(place, node, what)
    try:
        number = float(word)
    except ValueError:
        number = -1.0
    if not 0 <= number <= top:
        raise place.wrong(node, f"{what} must be a number from 0 to {top:g}, not {word}")
    return number
