"""A script together with its whole text: self-contained, the same for the same content, and named
by its hash. It is what is published, kept with a call and put into a spreadsheet."""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import yaml

from scripts import reader
from scripts.formats import FORMAT
from scripts.model import Event, Script
from scripts.schema import ScriptShape
from scripts.yamlfile import Document


@dataclass(frozen=True, slots=True)
class Written:
    """``text`` is YAML in the present format in which nothing points to another file; ``hash`` is
    its sha256 in 64 hex digits; ``data`` is the same as plain lists and mappings."""

    script: Script
    text: str
    hash: str
    data: Mapping[str, Any]


def find(name_or_path: str | Path) -> Written:
    """A library script by its id, or a file. Raises FaultyFileError with every fault."""
    return _written(reader.whole_file(name_or_path))


def of_text(text: str, name: str = "script") -> Written:
    """A script from its text. Raises FaultyFileError with every fault."""
    return _written(reader.whole_text(text, name))


def of_data(data: Mapping[str, Any], name: str = "script") -> Written:
    """A script from plain data, e.g. of a spreadsheet. Raises FaultyFileError with every fault;
    their lines are those of the text that ``as_yaml`` makes of it."""
    return of_text(as_yaml(data), name)


def as_yaml(data: Mapping[str, Any]) -> str:
    """Plain data as YAML that people can read: in the given order, Chinese as it is, long texts on
    one line."""
    text: str = yaml.dump(
        dict(data), Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=100_000
    )
    return text


class _Dumper(yaml.SafeDumper):
    """Writes each part on its own lines, but lists of words and routes on one line."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _listed(dumper: yaml.SafeDumper, data: list[Any]) -> yaml.Node:
    short = all(not isinstance(one, dict | list) or _is_step(one) for one in data)
    return dumper.represent_sequence("tag:yaml.org,2002:seq", data, flow_style=short)


def _is_step(one: Any) -> bool:
    return isinstance(one, dict) and one.keys() <= {"end", "ask"}


_Dumper.add_representer(list, _listed)


def _written(document: Document) -> Written:
    script = reader.script_of(document)
    data = canonical(document.data)
    text = as_yaml(data)
    return Written(script, text, sha256(text.encode()).hexdigest(), data)


def canonical(data: Mapping[str, Any]) -> dict[str, Any]:
    """The data in one order of keys, without what is only the default, so that equal scripts have
    equal texts. The data must have the shape of a whole script."""
    shape = ScriptShape.model_validate(data)
    dumped = shape.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    for ending in dumped["endings"]:
        ending["says"] = _plainest(ending["says"])
    if "translations" in dumped:
        dumped["translations"] = _by_name(dumped["translations"])
    return {"format": FORMAT, **_ordered(dumped)}


def _plainest(says: Any) -> Any:
    """A lone sentence without a condition is its text."""
    lone = says[0] if isinstance(says, list) and len(says) == 1 else None
    return lone["says"] if isinstance(lone, dict) and lone.keys() == {"says"} else says


def _by_name(translations: Mapping[str, Any]) -> dict[str, Any]:
    """Translations by language, and their parts by id, without the parts that say nothing."""
    result = {}
    for language, texts in sorted(translations.items()):
        result[language] = dict(texts)
        for key in ("questions", "endings"):
            parts = {name: part for name, part in sorted(texts.get(key, {}).items()) if part}
            for part in parts.values():
                says = part.get("says")
                if isinstance(says, list) and len(says) == 1:
                    part["says"] = says[0]
            result[language].pop(key, None)
            if parts:
                result[language][key] = parts
    return result


def _ordered(value: Any) -> Any:
    """Routes in the order of the events; everything else as it is."""
    if isinstance(value, list):
        return [_ordered(one) for one in value]
    if not isinstance(value, dict):
        return value
    return {
        key: {name: _ordered(one[name]) for name in sorted(one, key=_RANK.__getitem__)}
        if key == "on"
        else _ordered(one)
        for key, one in value.items()
    }


_RANK = {event.value: number for number, event in enumerate(Event)}
