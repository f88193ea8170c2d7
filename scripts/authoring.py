"""The JSON Schema of a script file as an author writes it, for editors: which keys there are, what
they mean and what may stand there. The checks know more; an editor only helps to write."""

from typing import Any, Final

from scripts.checks.needed import ITEMS
from scripts.conditions import CHOICES, DOUBTED, FLAGS, NUMBERS
from scripts.formats import FORMAT
from scripts.labels import CODES
from scripts.model import STAYS, Move
from scripts.reader import BLOCKS, LIBRARY
from scripts.schema import ScriptShape
from scripts.sheets.layout import layout

Schema = dict[str, Any]

#: Keys that a shared block may give, so that a script which uses one need not write them.
_NEEDED: Final = ("id", "title", "questions")
_CONDITION: Final = {"$ref": "#/$defs/Condition"}
_STEP: Final = {"$ref": "#/$defs/Step"}


def json_schema() -> Schema:
    """The schema (draft 2020-12) as plain data."""
    whole = ScriptShape.model_json_schema(by_alias=True)
    parts: Schema = whole.pop("$defs")
    parts |= {"Condition": _condition(), "Step": _step(), "Use": _use()}
    properties: Schema = whole["properties"]
    properties["format"] = {"const": FORMAT}
    properties["use"] = {"type": "array", "items": _block()}
    either = [{"$ref": "#/$defs/Use"}, {"$ref": "#/$defs/QuestionShape"}]
    properties["questions"]["items"] = {"anyOf": either}
    _refine(whole)
    _refine(parts)
    question = parts["QuestionShape"]["properties"]
    question["id"] = {"type": "string", "pattern": f"^({'|'.join(sorted(CODES))})(\\..+)?$"}
    question["item"] = {"enum": list(ITEMS)}
    _explain(properties, parts)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Huifang call script (话术)",
        "type": "object",
        "additionalProperties": False,
        "required": list(_NEEDED),
        "properties": properties,
        "$defs": parts,
    }


def _block() -> Schema:
    names = sorted(path.stem for path in (LIBRARY / BLOCKS).glob("*.yaml"))
    return {"type": "string", "examples": names}


def _use() -> Schema:
    ids = {"type": "array", "items": {"type": "string"}}
    return {
        "type": "object",
        "additionalProperties": False,
        "required": ["use"],
        "description": "题块 · the questions of a shared block, in this place",
        "properties": {
            "use": _block(),
            "take": {**ids, "description": "只取这几题 · only these questions, in this order"},
            "but": {
                "type": "object",
                "description": "改写 · other keys for some of them; null removes a key",
                "additionalProperties": {"type": "object"},
            },
        },
    }


def _condition() -> Schema:
    flags = [f"{negated}{name}" for name in FLAGS for negated in ("", "not ")]
    lists = "|".join((*CHOICES, DOUBTED))
    return {
        "description": "条件 · a fact, 'not' a fact, a fact 'in [a, b]', or a number with >= or <=",
        "anyOf": [
            {"enum": [*flags, "verified", "not verified", "timed", "doubts"]},
            {"type": "string", "pattern": rf"^(not +)?({lists}) +in +\[[^\[\]]*\]$"},
            {"type": "string", "pattern": rf"^(not +)?({'|'.join(NUMBERS)}) *(<=|>=) *\d+$"},
        ],
    }


def _step() -> Schema:
    return {
        "description": "步骤 · what is done the first, second … time this answer is heard",
        "anyOf": [
            {"enum": [Move.NEXT.value, *sorted(move.value for move in STAYS)]},
            {"$ref": "#/$defs/Target"},
        ],
    }


def _refine(schema: Any) -> None:
    """Say what conditions and steps may be, where pydantic only knows that they are text; leave
    out titles that repeat the key."""
    if isinstance(schema, list):
        for one in schema:
            _refine(one)
        return
    if not isinstance(schema, dict):
        return
    properties = schema.get("properties", {})
    for key in ("when", "for"):
        if key in properties:
            properties[key]["items"] = _CONDITION
    if "on" in properties:
        properties["on"]["additionalProperties"]["items"] = _STEP
    for one in properties.values():
        one.pop("title", None)
    for one in schema.values():
        _refine(one)


def _explain(properties: Schema, parts: Schema) -> None:
    """Describe the keys in the words of the spreadsheet's columns, Chinese and English."""
    described = layout()
    for column in described.settings:
        _describe(_at(properties, parts, column.key), column.zh, column.en)
    for sheet, shape in (("survey", "QuestionShape"), ("endings", "EndingShape")):
        for column in described.columns[sheet]:
            key = parts[shape]["properties"].get(column.key)
            _describe(key, column.zh, column.en)
    _describe(
        properties["use"], "公用部分：题目以外的各项", "shared parts: every key but questions"
    )


def _at(properties: Schema, parts: Schema, key: str) -> Schema | None:
    """The schema of a setting: ``title``, or ``limits.turns`` inside its own shape."""
    first, _, rest = key.partition(".")
    found: Schema | None = properties.get(first)
    if found is None or not rest:
        return found
    inner: Schema = parts[str(found["$ref"]).rpartition("/")[2]]["properties"]
    return inner.get(rest)


def _describe(schema: Schema | None, chinese: str, english: str) -> None:
    if schema is not None:
        schema["description"] = f"{chinese} · {english}"
