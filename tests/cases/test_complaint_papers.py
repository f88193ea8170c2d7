"""Materials that may be asked for, and the table of the law's articles and their tests."""

import re

import pytest

from cases.complaint_papers import materials
from cases.complaint_terms import standard
from tests.house import tree

TERMS = standard()


@pytest.mark.parametrize(
    ("by_proxy", "heir", "identified", "there", "asked"),
    [
        (False, False, False, set(), ["identity"]),
        (False, False, True, set(), []),  # told by what the company knows
        (False, False, False, {"identity"}, []),
        (True, False, True, set(), ["authorisation", "proxy-identity"]),
        (True, False, True, {"authorisation"}, ["proxy-identity"]),
        (False, True, True, set(), ["heir"]),
    ],
)
def test_nothing_is_asked_for_that_is_there(
    by_proxy: bool, heir: bool, identified: bool, there: set[str], asked: list[str]
) -> None:
    found = materials(
        TERMS, by_proxy=by_proxy, heir=heir, identified=identified, there=frozenset(there)
    )
    assert [one.id for one in found] == asked


def test_every_article_has_a_test_that_is_there() -> None:
    rows = list(tree.rows("docs/complaints.md", "## Article and test"))
    articles = {int(cells[0]) for cells in rows if cells[0].isdecimal()}
    assert articles >= set(range(7, 30)) - {11, 16, 24}
    for cells in rows:
        if not cells[0].isdecimal():
            continue
        path, _, name = cells[2].strip("`").partition("::")
        assert re.search(rf"^def {name}\(", tree.text(path), re.M), cells
