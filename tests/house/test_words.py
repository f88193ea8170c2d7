"""What no file may say: where packages are fetched from, where somebody's disk lies, and a
telephone number that could be somebody's."""

import re

from tests.house import tree

_HOSTS = "|".join(["pypi", "pythonhosted", "npmjs", "debian", "crates", "anaconda", "yarnpkg"])
INDEX = re.compile(rf"\b(?:{_HOSTS})\.(?:org|com|net|io)\b|--(?:extra-)?index-url", re.I)
_HOMES = "|".join(["home", "Users", "root", "work"])
MACHINE = re.compile(rf"(?<![\w.}}*)])/(?:{_HOMES})/\w")
MOBILE = re.compile(r"(?<![0-9A-Za-z_.-])(?:\+?86)?1[3-9]\d{9}(?![0-9A-Za-z_-])")

#: Generated sample lists, and the vendor's own examples of signed requests (its security guide).
SAMPLES = ("tests/scheduler/data/", "tests/scheduler/test_sample_lists.py")
VENDOR_EXAMPLES = {"14158675309", "14158675310", "18005551212", "18005551213"}


def found(pattern: re.Pattern[str], names: list[str]) -> list[str]:
    return [
        f"{name}:{number}: {match.group()}"
        for name in names
        for number, line in enumerate(tree.text(name).splitlines(), 1)
        for match in pattern.finditer(line)
    ]


def test_no_file_names_a_package_index() -> None:
    hits = found(INDEX, list(tree.files()))
    assert [hit for hit in hits if "test_words.py" not in hit and "emit-index-url" not in hit] == []


def test_no_file_names_a_path_of_one_machine() -> None:
    assert found(MACHINE, list(tree.files())) == []


def test_sample_phones_cannot_be_anybodys() -> None:
    names = [name for name in tree.files() if not name.startswith(SAMPLES)]
    hits = found(MOBILE, [name for name in names if not name.startswith("requirements/")])
    strange = [
        hit
        for hit in hits
        if not (digits := hit[-11:]).startswith("1390000") and digits not in VENDOR_EXAMPLES
    ]
    assert strange == []


def test_the_patterns_find_what_they_look_for() -> None:
    """Broken words put together here, so that this file does not hold them."""
    assert INDEX.search("see py" + "pi.org/simple")
    assert MACHINE.search('open("/ho' + 'me/li/list.xlsx")')
    assert MOBILE.search("打给138" + "12345678吧")
    assert not MOBILE.search("policy 8860202611000001")
