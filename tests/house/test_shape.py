"""Small functions, short modules that say what they are, and a README in every room."""

import ast
from statistics import median

import pytest

from tests.house import tree

SOURCES = [name for name in tree.modules(*tree.ROOMS) if tree.MIGRATIONS not in name]
LONGEST_FUNCTION, USUAL_FUNCTION, MEDIAN_FUNCTION = 50, 25, 8
LONGEST_MODULE = 400


def test_no_function_is_long() -> None:
    everything = [*SOURCES, *tree.modules("tests")]
    long = [
        f"{where}: {lines} lines"
        for name in everything
        for where, lines in tree.functions(name)
        if lines > LONGEST_FUNCTION
    ]
    assert long == []


def test_most_functions_are_short() -> None:
    lengths = [lines for name in SOURCES for _, lines in tree.functions(name)]
    short = sum(lines <= USUAL_FUNCTION for lines in lengths)
    assert len(lengths) > 1000
    assert short / len(lengths) >= 0.9
    assert median(lengths) <= MEDIAN_FUNCTION


def test_no_module_is_long() -> None:
    everything = [*SOURCES, *tree.modules("tests")]
    lengths = {name: tree.text(name).count("\n") for name in everything}
    assert {name: lines for name, lines in lengths.items() if lines > LONGEST_MODULE} == {}


def test_every_module_says_what_it_is() -> None:
    silent = [name for name in SOURCES if not ast.get_docstring(ast.parse(tree.text(name)))]
    assert silent == []


@pytest.mark.parametrize("room", [*tree.ROOMS, "tests"])
def test_every_room_has_a_readme(room: str) -> None:
    lines = [line for line in tree.text(f"{room}/README.md").splitlines() if line.strip()]
    assert lines[0].startswith(f"# {room}")
    assert 4 <= len(lines) <= 9


def test_tests_are_not_a_package() -> None:
    assert [n for n in tree.files() if n.startswith("tests/") and n.endswith("__init__.py")] == []
