"""The demonstration on a small list, and the list and cast that are shipped with it."""

from pathlib import Path

import pytest

from exchange import load_cast
from exchange.cast import national
from huifang.demo import place as places
from huifang.demo.check import KEYS, compare
from huifang.demo.place import finish, taken
from huifang.demo.session import STARTS
from huifang.faults import InputFault
from scheduler.intake.files import read_list
from scheduler.intake.records import ListResult, Status
from scheduler.intake.screening import screen_list
from scripts.answers import Record, read
from store.ends import End
from tests.huifang.conftest import DATA, Terminal

POLICIES, CAST = DATA / "policies.csv", DATA / "cast.yaml"
#: The branches that the demonstration has to show.
BRANCHES = {
    "completed", "not-holder", "identity-failed", "refused", "unaware", "not-received",
    "transferred", "language", "silent", "hung-up", "busy", "no-answer", "switched-off",
    "voicemail", "empty-number",
}  # fmt: skip


def run(terminal: Terminal, *more: str) -> tuple[int, dict[str, object]]:
    files = ("--policies", str(POLICIES), "--cast", str(CAST), "--at", "2026-11-18T09:30")
    said = terminal.run("demo", "--once", "--json", *files, *more)
    return said.code, said.json


def test_a_small_demonstration_without_a_recogniser(terminal: Terminal) -> None:
    code, told = run(terminal, "--engine", "none")

    assert code == 0
    assert set(told) >= {
        "policies", "calls", "answered", "completed", "recordings", "transcribed", "engine",
        "cases", "mismatches", "elapsed_s",
    }  # fmt: skip
    assert (told["policies"], told["calls"], told["answered"], told["completed"]) == (4, 8, 5, 2)
    assert (told["recordings"], told["transcribed"], told["engine"]) == (6, 0, "none")
    assert told["mismatches"] == []
    assert {case["class_name"] for case in told["cases"]} == {"问题件", "核实件"}  # type: ignore[attr-defined]


@pytest.mark.speech
def test_a_small_demonstration_is_heard(terminal: Terminal) -> None:
    """One call of it, with the recogniser that the packages bring; the recording says what the
    cast says."""
    pytest.importorskip("faster_whisper")
    rows = POLICIES.read_text(encoding="utf-8").splitlines(keepends=True)
    one = terminal.file("one.csv", rows[0] + rows[2])
    code, told = run(terminal, "--engine", "whisper", "--policies", one)

    assert (told["recordings"], told["transcribed"]) == (1, 1)
    assert [case["words"] for case in told["cases"]] == [["我儿子替我签的"]]  # type: ignore[attr-defined]
    # everybody else of the cast is on no policy, and that is told
    assert code == 0
    assert {wrong["what"] for wrong in told["mismatches"]} == {"policy"}  # type: ignore[attr-defined]


def test_a_call_that_ends_otherwise_than_expected_is_told(
    terminal: Terminal,
) -> None:
    cast = CAST.read_text(encoding="utf-8").replace("findings: [SIGN_APP]", "findings: [READ]")
    code, told = run(terminal, "--engine", "none", "--cast", terminal.file("mine.yaml", cast))

    assert code == 0  # the demonstration was made; what it showed stands in the document
    (wrong,) = told["mismatches"]  # type: ignore[misc]
    assert wrong == {
        "policy": "K0002", "phone": "139****0002", "what": "findings",
        "expected": "READ", "found": "SIGN_APP",
    }  # fmt: skip


def test_a_finished_demonstration_starts_anew_and_one_that_runs_is_left_alone(
    tmp_path: Path,
) -> None:
    with taken(tmp_path, POLICIES, CAST, "x", 0) as first:
        assert not first.resumed
        (first.folder / "huifang.db").touch()
        with (
            pytest.raises(InputFault, match=r"running in .* already"),
            taken(tmp_path, POLICIES, CAST, "x", 0),
        ):
            pass
    with taken(tmp_path, POLICIES, CAST, "x", 0) as second:
        assert second.resumed
        assert (second.web_port, second.exchange_port) == (first.web_port, first.exchange_port)
        assert (second.folder / "huifang.db").exists()
        finish(second)
    with taken(tmp_path, POLICIES, CAST, "x", 0) as third:
        assert not third.resumed
        assert not (third.folder / "huifang.db").exists()
    with taken(tmp_path, POLICIES, CAST, "other", 0) as fourth:
        assert fourth.folder != third.folder


def end(**changes: object) -> End:
    whole = {
        "policy": "P1", "phone": "+8613900000002", "outcome": "completed", "class_name": "问题件",
        "findings": frozenset({"SIGN_APP"}), "closed_because": "completed", "reasons": (),
    }  # fmt: skip
    return End(**{**whole, **changes})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changes", "what"),
    [
        ({}, None),
        ({"outcome": "hung-up"}, "outcome"),
        ({"outcome": None}, "outcome"),
        ({"class_name": "标准件"}, "class"),
        ({"class_name": None}, "class"),
        ({"findings": frozenset({"SIGN_APP", "READ"})}, "findings"),
        ({"findings": frozenset()}, "findings"),
        ({"phone": "+8613900009999"}, "policy"),  # the callee's policy is not on the list
    ],
)
def test_the_check_sees_every_difference(changes: dict[str, object], what: str | None) -> None:
    cast = load_cast(CAST)
    others = {"13900000001", "13900000003", "13900000004"}
    only = type(cast)({n: c for n, c in cast.callees.items() if n not in others})
    compared = compare([end(**changes)], only)

    assert compared.expected == 1
    assert compared.matched == (what is None)
    assert [one.what for one in compared.mismatches] == ([what] if what else [])


@pytest.fixture(scope="module")
def shipped() -> ListResult:
    """The shipped list as it is on the first day of the demonstration."""
    return screen_list(read_list(places.POLICIES), STARTS.date())


def test_the_shipped_list_has_every_product_channel_and_way_of_paying(shipped: ListResult) -> None:
    rows = [row.record for row in shipped.rows if row.status is Status.ACCEPT and row.record]

    assert len(rows) >= 30
    assert {row.product_type for row in rows} >= set(type(rows[0].product_type))
    assert {row.channel.value for row in rows} >= {"agent", "bank", "telesales", "online"}
    assert any(row.frequency.value == "single" for row in rows)
    assert any(row.channel.value == "bank" and row.double_recorded for row in rows)
    assert any(row.insured_name != row.holder_name for row in rows)


def test_the_shipped_people_are_fabricated(shipped: ListResult) -> None:
    phones = [row.record.phone for row in shipped.rows if row.record and row.record.phone]
    assert all(phone.startswith("+861390000") for phone in phones)


def test_the_shipped_cast_fits_the_shipped_list(shipped: ListResult) -> None:
    cast = load_cast(places.CAST)
    called = {
        national(row.record.phone)
        for row in shipped.rows
        if row.record and row.record.phone and row.status is Status.ACCEPT
    }

    assert called <= set(cast.callees)
    for number, callee in cast.callees.items():
        assert callee.expect, f"{number} expects nothing"
        assert set(callee.expect) <= set(KEYS)


def test_the_shipped_cast_tells_the_birthdays_of_the_shipped_list(shipped: ListResult) -> None:
    """Whoever completes the call proves who they are: with the birthday that is on the list."""
    cast = load_cast(places.CAST)
    for row in shipped.rows:
        holder = row.record
        callee = cast.callees.get(national(holder.phone or "")) if holder else None
        if holder is None or callee is None or callee.expect.get("outcome") != "completed":
            continue
        known = Record(holder.holder_birth, (holder.holder_id_number or "")[-4:] or None)
        said = callee.answers[-1]["ID_VERIFY"][-1]
        label = read("ID_VERIFY", said.says or said.keys, record=known).label
        assert label == "affirm", (row.policy, said)


def test_the_shipped_cast_shows_every_branch() -> None:
    cast = load_cast(places.CAST)
    expected = {str(callee.expect["outcome"]) for callee in cast.callees.values()}
    rings = {ring.pick_up.value for callee in cast.callees.values() for ring in callee.rings}

    assert expected | rings >= BRANCHES
