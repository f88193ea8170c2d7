"""Cells with anything in them: a reader answers or says that it cannot, and never breaks."""

from collections.abc import Callable
from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.intake.cells.dates import read_date
from scheduler.intake.cells.identity import read_identity
from scheduler.intake.cells.money import read_money
from scheduler.intake.cells.periods import read_period
from scheduler.intake.cells.phones import read_phone
from scheduler.intake.cells.text import Unreadable
from scheduler.intake.cells.words import (
    read_channel,
    read_frequency,
    read_gender,
    read_product_type,
    read_yes,
)

READERS = [
    read_phone,
    read_money,
    read_date,
    read_identity,
    read_period,
    read_product_type,
    read_channel,
    read_frequency,
    read_yes,
    read_gender,
]
JUNK = st.one_of(
    st.text(max_size=30),
    st.text(alphabet="0123456789.-/E+ 年月日岁万元,()*X至", max_size=22),
    st.integers().map(str),
    st.floats().map(str),
)


@pytest.mark.parametrize("read", READERS)
@given(raw=JUNK)
def test_no_cell_ever_raises_anything_but_unreadable(
    read: Callable[[str], object], raw: str
) -> None:
    with suppress(Unreadable):
        read(raw)


FORMS = ["%Y-%m-%d", "%Y/%m/%d", "%Y%m%d", "%Y年%m月%d日", "%Y.%m.%d"]


@given(st.dates(date(1914, 1, 1), date(2100, 1, 1)), st.sampled_from(FORMS))
def test_every_day_reads_back_in_every_form(day: date, form: str) -> None:
    assert read_date(day.strftime(form)) == day
