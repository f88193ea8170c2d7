"""The two sample lists of an insurer become, row by row, what their truth file says."""

import csv
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from scheduler.intake.files import read_list
from scheduler.intake.screening import screen_list

DATA = Path(__file__).parent / "data"
TODAY = date(2026, 11, 21)
LISTS = ("policies-200.xlsx", "policies-200.gb18030.csv")


def truth() -> list[tuple[int, str, str]]:
    with (DATA / "policies-200.truth.tsv").open(encoding="utf-8") as file:
        return [
            (int(line["row"]), line["policy"], line["expect"])
            for line in csv.DictReader(file, delimiter="\t")
        ]


@pytest.mark.parametrize("name", LISTS)
def test_every_row_becomes_what_the_truth_says(name: str) -> None:
    result = screen_list(read_list(DATA / name), TODAY)

    assert [(row.row, row.policy, row.status.value) for row in result.rows] == truth()


def test_both_files_give_the_same_policies() -> None:
    """Except for the one cell that is a live formula in xlsx: it is never evaluated, so it is blank
    there, and plain text in csv."""
    excel, text = (screen_list(read_list(DATA / name), TODAY).rows for name in LISTS)

    different = [one.row for one, other in zip(excel, text, strict=True) if one != other]
    assert different == [23]
    assert excel[21].record == replace(text[21].record, note=None)  # type: ignore[type-var]


def test_every_row_that_is_not_accepted_has_a_reason_with_its_column() -> None:
    result = screen_list(read_list(DATA / LISTS[0]), TODAY)

    for row in result.rows:
        if row.status.value != "accept":
            causes = [reason for reason in row.reasons if reason.status is row.status]
            assert causes
            assert all(cause.code and cause.column and cause.message for cause in causes)


def test_only_rejected_rows_have_no_record() -> None:
    result = screen_list(read_list(DATA / LISTS[1]), TODAY)

    assert {row.row for row in result.rows if row.record is None} == {
        row for row, _, expect in truth() if expect == "reject"
    }


def test_values_of_a_dirty_row() -> None:
    result = screen_list(read_list(DATA / LISTS[1]), TODAY)
    by_row = {row.row: row.record for row in result.rows if row.record}

    assert by_row[21].phone == "+8613823911033"  # full-width digits
    assert by_row[186].premium == 12000  # 1.2万
    assert by_row[23].note == '=HYPERLINK("http://x","点我")'
    assert by_row[40].holder_birth == date(1947, 11, 18)  # from the identity number


def test_progress_reaches_the_end() -> None:
    told: list[tuple[int, int]] = []
    screen_list(
        read_list(DATA / LISTS[0]), TODAY, progress=lambda done, all: told.append((done, all))
    )

    assert told[-1] == (200, 200)
