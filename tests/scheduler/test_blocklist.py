"""Lists of numbers that must not be rung, however they are written."""

from scheduler.blocklist import read_rows


def test_a_header_is_not_needed_and_columns_may_stand_anywhere() -> None:
    bare, faults = read_rows([("13900000001", "投诉"), ("", ""), ("139 0000 0002",)], "客户要求")
    assert faults == []
    assert [(one.row, one.phone, one.reason) for one in bare] == [
        (1, "+8613900000001", "投诉"),
        (3, "+8613900000002", "客户要求"),
    ]
    headed, _ = read_rows(
        [("序号", "禁拨原因", "手机号码"), ("1", "投诉", "0086-13900000001")], None
    )
    assert [(one.phone, one.reason) for one in headed] == [("+8613900000001", "投诉")]


def test_faulty_rows_are_told_without_their_number() -> None:
    found, faults = read_rows(
        [("号码", "原因"), ("139000", "投诉"), ("", "投诉"), ("13900000003", "")], None
    )
    assert found == []
    assert [(one.row, one.column) for one in faults] == [(2, "号码"), (3, "号码"), (4, "原因")]
    assert "139000" not in "".join(one.message for one in faults)


def test_nothing_is_nothing() -> None:
    assert read_rows([], None) == ([], [])
    assert read_rows([("号码", "原因")], None) == ([], [])
