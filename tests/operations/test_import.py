"""A policy list into the database: whole or not at all, and only once."""

import csv
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from operations.import_policies import import_policies
from scheduler.intake.records import Status
from scheduler.intake.sheet import ListFault
from store.tables import Attempt, Case, Import, Policy
from tests.operations.rig import NOW, YES, Rig

DATA = Path(__file__).parent.parent / "scheduler" / "data"
LISTS = ("policies-200.xlsx", "policies-200.gb18030.csv")


def truth() -> list[tuple[int, str, str]]:
    with (DATA / "policies-200.truth.tsv").open(encoding="utf-8") as file:
        lines = list(csv.DictReader(file, delimiter="\t"))
    return [(int(line["row"]), line["policy"], line["expect"]) for line in lines]


@pytest.mark.parametrize("name", LISTS)
def test_a_sample_list_is_stored_as_its_truth_says(rig: Rig, name: str) -> None:
    rig.clock.now = NOW.replace(day=21)
    done = import_policies(rig.line, DATA / name)

    assert [(row.row, row.policy, row.status.value) for row in done.result.rows] == truth()
    kept = {(policy.number, policy.status) for policy in rig.all(Policy)}
    assert kept == {(number, expect) for _, number, expect in truth() if expect != "reject"}
    assert done.new == len(kept)


def test_the_second_sample_list_says_the_same_as_the_first(rig: Rig) -> None:
    """Except for one note that is a formula in xlsx and is never evaluated."""
    rig.clock.now = NOW.replace(day=21)
    import_policies(rig.line, DATA / LISTS[0])
    done = import_policies(rig.line, DATA / LISTS[1])

    assert (done.new, done.changed) == (0, 1)


@pytest.mark.parametrize("name", LISTS)
def test_the_same_list_again_changes_nothing(rig: Rig, name: str) -> None:
    rig.clock.now = NOW.replace(day=21)
    first = import_policies(rig.line, DATA / name)
    before = rig.everything()
    rig.clock.tick(3600)
    again = import_policies(rig.line, DATA / name)

    assert rig.everything() == before
    assert (again.new, again.changed, again.unchanged) == (0, 0, first.new)
    assert again.result.counts == first.result.counts


def test_a_dry_run_stores_nothing(rig: Rig) -> None:
    before = rig.everything()
    done = rig.import_rows({}, {"保单号": "P0002", "手机": "13900000002"}, dry_run=True)

    assert [row.status for row in done.result.rows] == [Status.ACCEPT, Status.ACCEPT]
    assert rig.everything() == before


def test_values_are_stored_as_they_are_meant(rig: Rig) -> None:
    rig.import_rows({"手机": "＋８６ 139-0000-0001", "保费": "1.2万", "回执签收日期": "20261112"})

    assert rig.policy.phone == "+8613900000001"
    assert rig.policy.premium == 12000
    assert rig.policy.receipt_signed_on == date(2026, 11, 12)
    assert rig.policy.payment_period == {"kind": "years", "number": 20}


def test_a_changed_row_changes_its_policy_and_no_other(rig: Rig) -> None:
    other = {"保单号": "P0002", "手机": "13900000002"}
    rig.import_rows({}, other)
    rig.clock.tick(60)
    done = rig.import_rows({"手机": "13900000003"}, other)

    assert (done.new, done.changed, done.unchanged) == (0, 1, 1)
    first, second = rig.all(Policy)
    assert first.phone == "+8613900000003"
    assert first.imported_at == NOW  # when it was first seen
    assert (first.import_id, second.import_id) == (2, 1)
    assert len(rig.all(Import)) == 2


def test_a_receipt_that_comes_later_makes_a_waiting_policy_callable(rig: Rig) -> None:
    rig.import_rows({"回执签收日期": "", "回执回销日期": ""})
    assert rig.policy.status == "wait"
    rig.import_rows({})
    assert rig.policy.status == "accept"
    assert len(rig.all(Policy)) == 1


def test_one_bad_row_does_not_stop_the_rest_and_is_given_back(rig: Rig) -> None:
    rejects = rig.folder / "rejects.csv"
    done = rig.import_rows(
        {"保费": "很多"}, {"保单号": "P0002", "手机": "13900000002"}, rejects=rejects
    )

    assert [policy.number for policy in rig.all(Policy)] == ["P0002"]
    assert done.result.counts[Status.REJECT] == 1
    (row,) = csv.DictReader(rejects.read_text(encoding="utf-8-sig").splitlines())
    assert (row["保单号"], row["保费"]) == ("P0001", "很多")
    assert "保费" in "".join(row.values())


def test_a_list_that_cannot_be_read_stores_nothing(rig: Rig) -> None:
    before = rig.everything()
    for name, content in {"a.csv": b"\x00\x01\x02", "b.xlsx": b"PK\x03\x04", "c.csv": b""}.items():
        path = rig.folder / name
        path.write_bytes(content)
        with pytest.raises(ListFault, match=name):
            import_policies(rig.line, path)
    assert rig.everything() == before


def test_a_fault_half_way_stores_nothing(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    """The rows before the fault go with those behind it: a list is one transaction."""
    before = rig.everything()
    broken = replace(rig.line, rulebook=None)  # type: ignore[arg-type]
    rows = rig.list_of({}, {"保单号": "P0002", "手机": ""})  # the second opens a case
    with pytest.raises(AttributeError):
        import_policies(broken, rows)
    assert rig.everything() == before


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        ({"手机": ""}, "电话有误"),
        ({"手机": "12345"}, "电话有误"),
        ({"手机": "13900009102"}, "重复号码"),  # the seller's
        ({"投保人出生日期": "1999-01-01"}, "保单信息有误"),
    ],
)
def test_a_screened_policy_opens_a_case_and_is_not_called(
    rig: Rig, change: dict[str, str], kind: str
) -> None:
    rig.import_rows(change)

    assert rig.policy.status == "screen"
    assert rig.cases == [("核实件", kind)]
    assert rig.due == []


def test_a_screened_policy_imported_again_keeps_its_one_case(rig: Rig) -> None:
    rig.import_rows({"手机": ""})
    opened = rig.one(Case).opened_at
    rig.clock.tick(86400)
    rig.import_rows({"手机": "", "备注": "催"})

    assert len(rig.all(Case)) == 1
    assert rig.one(Case).opened_at == opened


def test_a_number_shared_with_an_earlier_list_holds_all_its_policies_back(rig: Rig) -> None:
    def holder(number: int) -> dict[str, str]:
        name = ("甲一", "乙二", "丙三")[number]
        return {"保单号": f"P100{number}", "投保人姓名": name, "被保险人姓名": name}

    rig.import_rows(holder(0), holder(1))
    assert [policy.status for policy in rig.all(Policy)] == ["accept", "accept"]

    rig.import_rows(holder(2))
    assert [policy.status for policy in rig.all(Policy)] == ["screen"] * 3
    assert rig.cases == [("核实件", "重复号码")] * 3


def test_a_policy_out_of_scope_is_closed_and_opens_no_case(rig: Rig) -> None:
    rig.import_rows({"保险期间": "1年"})

    assert (rig.policy.status, rig.policy.revisit) == ("out-of-scope", "closed")
    assert rig.cases == []


def test_a_revisit_that_was_made_stays_made_when_the_row_changes(rig: Rig) -> None:
    rig.import_rows({})
    caller = rig.ring()
    caller.picks_up()
    caller.talks()
    caller.hangs_up()
    rig.import_rows({"备注": "改过"})

    assert (rig.policy.revisit, rig.policy.closed_because) == ("closed", "completed")


def end_with(rig: Rig, status: str) -> None:
    """One call that the carrier ends so."""
    caller = rig.ring()
    caller.status("failed", 3, SipResponseCode="404") if status == "empty" else caller.status(
        status
    )


def test_a_mended_number_is_called_and_the_old_attempts_do_not_count(rig: Rig) -> None:
    rig.import_rows({})
    end_with(rig, "empty")
    assert (rig.policy.revisit, rig.policy.closed_because) == ("closed", "empty-number")

    rig.import_rows({"备注": "改过"})
    assert rig.policy.revisit == "closed"  # nothing was mended

    rig.clock.tick(3600)
    rig.import_rows({"手机": "13900000099"})
    assert (rig.policy.revisit, rig.policy.closed_because) == ("open", None)
    rig.ring()
    assert rig.all(Attempt)[-1].phone == "+8613900000099"


def test_a_policy_that_has_arrived_is_called_again(rig: Rig) -> None:
    rig.import_rows({})
    caller = rig.ring()
    caller.picks_up()
    caller.talks({**YES, "RECEIPT": "没收到"})
    caller.hangs_up()
    assert rig.policy.closed_because == "not-received"

    rig.clock.tick(2 * 86400)
    rig.import_rows({"回执签收日期": f"{rig.clock.now:%Y-%m-%d}", "回执回销日期": ""})
    assert rig.policy.revisit == "open"
