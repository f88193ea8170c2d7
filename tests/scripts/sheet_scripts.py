"""Scripts made by hypothesis: readable, with every key and odd texts; not fit to be published."""

from typing import Any

from hypothesis import strategies as st

from scripts.model import Event, Kind, Medium, Polarity, Purpose
from scripts.outcomes import TALKED
from scripts.routes import NEEDED

_ODD = "=+-@'\"“”，、；;|,:：\n_x0041_ é😀保险是否？{{ holder.name }}"
_LETTERS = st.characters(exclude_categories=("Cc", "Cf", "Cs", "Co", "Cn"), exclude_characters="{}")
_WORDS = st.text(_LETTERS, min_size=1, max_size=20) | st.sampled_from(
    ["=1+1", "+86", "-", "@me", "是、不是", "a, b; c", '"quoted"', "“引”", "1.0", "TRUE",
     "one\ntwo", "您好{{ holder.name }}", "2026-11-22", "007", "_x0041_", "#N/A", "'quoted"]
)  # fmt: skip
texts = _WORDS.filter(lambda words: bool(words.strip()))
_IDS = ("AWARE", "READ", "READ.tips", "LIABILITY", "LIABILITY.term-2", "PREMIUM", "CLOSING")
_ASIDE = ("CONSENT.when", "ID_PRESENT.when")
_ENDS = ("completed", "no", "later.1")
_OUTCOMES = sorted(outcome.value for outcome in TALKED)
_CONDITIONS = st.sampled_from(
    ["instalments", "not elderly", "product_type in [universal, unit-linked]", "holder_age >= 65",
     "not channel in [bank]", "days_since_issue <= 18"]
)  # fmt: skip
_IN_CALL = st.sampled_from(["doubts", "doubted in [AWARE, READ]", "not verified", "timed"])


def scripts() -> st.SearchStrategy[dict[str, Any]]:
    """Whole scripts as plain data."""
    return st.composite(_script)()


def _script(draw: st.DrawFn) -> dict[str, Any]:
    endings = [draw(_ending(name)) for name in _ENDS]
    asides = [draw(_aside(name)) for name in draw(st.sets(st.sampled_from(_ASIDE)))]
    targets = [one["id"] for one in asides]
    names = draw(st.lists(st.sampled_from(_IDS), min_size=1, unique=True))
    questions = [draw(_question(name, targets)) for name in names]
    data = {
        "format": 2,
        "id": "made",
        "title": draw(texts),
        "opening": draw(texts),
        "finish": "completed",
        "exhausted": "no",
        "phrases": {name: draw(texts) for name in ("unclear", "silence", "keys", "keys_reversed")},
        "on": {event.value: draw(_steps(event, targets)) for event in NEEDED},
        "questions": questions,
        "aside": asides,
        "endings": endings,
    }
    return data | draw(_further(targets)) | {"translations": draw(_translations(data))}


@st.composite
def _further(draw: st.DrawFn, targets: list[str]) -> dict[str, Any]:
    """Keys that a script may lack."""
    optional = {
        "version": texts,
        "source": texts,
        "purpose": st.sampled_from([one.value for one in Purpose]),
        "medium": st.sampled_from([one.value for one in Medium]),
        "for": st.lists(_CONDITIONS, max_size=3),
        "language": st.sampled_from(["zh-CN", "en"]),
        "voice": texts,
        "opening_by_person": texts,
        "expects": st.lists(texts, max_size=5),
        "limits": st.fixed_dictionaries({"turns": st.integers(10, 400)}),
        "care": st.fixed_dictionaries(
            {"from_age": st.integers(50, 80), "slow": st.booleans()},
            optional={"on": _routes(targets)},
        ),
    }
    return draw(st.fixed_dictionaries({}, optional=optional))


@st.composite
def _steps(draw: st.DrawFn, event: Event, targets: list[str]) -> list[Any]:
    leaves: list[Any] = ["next", *({"end": name} for name in _ENDS)]
    leaves += [{"ask": name} for name in targets]
    stays = st.lists(st.sampled_from(["explain", "again", "repeat", "slowly"]), max_size=4)
    before = [] if event is Event.AFFIRM else draw(stays)
    return [*before, draw(st.sampled_from(leaves))]


@st.composite
def _routes(draw: st.DrawFn, targets: list[str]) -> dict[str, Any]:
    events = draw(st.sets(st.sampled_from(sorted(NEEDED)), max_size=4))
    return {event.value: draw(_steps(event, targets)) for event in events}


def _question(name: str, targets: list[str]) -> st.SearchStrategy[dict[str, Any]]:
    kinds = [kind.value for kind in Kind if kind is not Kind.TIME]
    return st.fixed_dictionaries(
        {"id": st.just(name), "says": texts},
        optional={
            "kind": st.sampled_from(kinds),
            "item": st.sampled_from(["4-term", "5", "nonguar"]),
            "source": texts,
            "again": texts,
            "explain": texts,
            "when": st.lists(_CONDITIONS, max_size=3),
            "polarity": st.sampled_from([one.value for one in Polarity]),
            "expects": st.lists(texts, max_size=6),
            "keys": st.integers(1, 20),
            "wait_s": st.integers(2, 30),
            "barge_in": st.booleans(),
            "slow": st.booleans(),
            "on": _routes(targets),
        },
    )


def _aside(name: str) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries(
        {
            "id": st.just(name),
            "kind": st.just("time"),
            "says": texts,
            "then": st.sampled_from(_ENDS),
        },
        optional={"again": texts, "on": _routes([])},
    )


@st.composite
def _ending(draw: st.DrawFn, name: str) -> dict[str, Any]:
    outcome = "completed" if name == "completed" else draw(st.sampled_from(_OUTCOMES))
    whens = st.lists(_IN_CALL | _CONDITIONS, min_size=1, max_size=2)
    sayings = [{"says": draw(texts), "when": draw(whens)} for _ in range(draw(st.integers(0, 2)))]
    last = draw(texts)
    says: Any = [*sayings, {"says": last}] if sayings or draw(st.booleans()) else last
    more = {"otherwise": st.sampled_from(_OUTCOMES), "hand_over": st.booleans()}
    rest = draw(st.fixed_dictionaries({"sorry": texts}, optional=more))
    return {"id": name, "outcome": outcome, "says": says, **rest}


@st.composite
def _translations(draw: st.DrawFn, data: dict[str, Any]) -> dict[str, Any]:
    languages = draw(st.sets(st.sampled_from(["en", "yue", "zh-HK", "en-us"]), max_size=2))
    return {language: draw(_translation(data)) for language in languages}


@st.composite
def _translation(draw: st.DrawFn, data: dict[str, Any]) -> dict[str, Any]:
    fields = st.fixed_dictionaries({}, optional={"says": texts, "again": texts, "explain": texts})
    names = [one["id"] for one in (*data["questions"], *data["aside"])]
    chosen = draw(st.sets(st.sampled_from(names)))
    ended = draw(st.sets(st.sampled_from([one["id"] for one in data["endings"]])))
    counts = {one["id"]: one["says"] for one in data["endings"]}
    phrases = st.fixed_dictionaries({}, optional={"unclear": texts, "keys_reversed": texts})
    own = {"voice": texts, "opening": texts, "phrases": phrases}
    return {
        **draw(st.fixed_dictionaries({}, optional=own)),
        "questions": {name: draw(fields) for name in chosen},
        "endings": {name: draw(_ended(counts[name])) for name in ended},
    }


@st.composite
def _ended(draw: st.DrawFn, says: Any) -> dict[str, Any]:
    count = 1 if isinstance(says, str) else len(says)
    found: dict[str, Any] = draw(st.fixed_dictionaries({}, optional={"sorry": texts}))
    if draw(st.booleans()):
        found["says"] = [draw(texts) for _ in range(count)]
    return found
