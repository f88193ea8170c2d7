"""What ``make bench`` reads is there: nobody runs it between two looks at the figures."""

from tests import bench


def test_its_tables_are_where_it_looks_for_them() -> None:
    assert bench.reading()() >= 200  # answers
    assert bench.LIST.exists()
