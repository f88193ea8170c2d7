"""The project's own files, as the tests about the system itself look at them."""

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
ROOMS = (
    "huifang", "web", "operations", "store", "scheduler", "cases", "ivr", "recordings", "scripts",
    "exchange",
)  # fmt: skip
#: Migrations are lists of columns in the order of the tables; nobody reads them as functions.
MIGRATIONS = "store/migrations/versions/"

Function = ast.FunctionDef | ast.AsyncFunctionDef


@cache
def files() -> tuple[str, ...]:
    """Every file that belongs to the project, relative to its root: what git keeps or would keep
    if it were told."""
    asked = ["git", "ls-files", "-co", "--exclude-standard"]
    found = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return tuple(sorted(name for name in found.splitlines() if (ROOT / name).is_file()))


def text(name: str) -> str:
    """A file's text; empty for one that is no UTF-8 text."""
    try:
        return (ROOT / name).read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""


def modules(*tops: str) -> list[str]:
    """The Python files in these folders of the root."""
    return [n for n in files() if n.endswith(".py") and n.split("/")[0] in tops]


@cache
def functions(name: str) -> tuple[tuple[str, int], ...]:
    """Name and lines of every function in a module, its docstring included."""
    tree = ast.parse(text(name))
    return tuple(
        (f"{name}:{node.lineno} {node.name}", (node.end_lineno or node.lineno) - node.lineno + 1)
        for node in ast.walk(tree)
        if isinstance(node, Function)
    )


def rows(name: str, heading: str = "") -> Iterator[list[str]]:
    """The cells of every table row in a Markdown file, below ``heading`` where one is named."""
    part = text(name)
    if heading:
        part = part.split(f"\n{heading}\n", 1)[1].split("\n## ", 1)[0]
    for line in part.splitlines():
        if line.startswith("| ") and not line.startswith("|--"):
            yield [cell.strip() for cell in line.replace("\\|", "¦").strip("|").split("|")]
