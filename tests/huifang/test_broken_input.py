"""Whatever is wrong with a list, a script, a cast, a sound, a model or a setting: one sentence that
names the place and the mend, exit code 1, and nothing half stored."""

import pytest

from tests.huifang.conftest import DATA, Terminal

CAST = 'callees:\n  "13900000001":\n    picks_up: perhaps\n'
SCRIPT = "id: mine\ntitle: 我的话术\nquestions: nothing\n"


@pytest.mark.parametrize(
    ("words", "files", "names"),
    [
        ("import nope.csv", {}, ["nope.csv"]),
        ("import bad.csv", {"bad.csv": b"\x00\x01\x02"}, ["bad.csv"]),
        ("import bad.xlsx", {"bad.xlsx": b"PK\x03\x04 no workbook"}, ["bad.xlsx"]),
        ("import empty.csv", {"empty.csv": b""}, ["empty.csv"]),
        ("import other.csv", {"other.csv": "甲,乙\n1,2\n".encode()}, ["other.csv"]),
        ("import .", {}, ["."]),
        (f"import {DATA}/policies.csv --rejects no/such/folder.csv", {}, ["no/such/folder.csv"]),
        ("scripts show nope.yaml", {}, ["nope.yaml"]),
        ("scripts show bad.yaml", {"bad.yaml": b"questions: ["}, ["bad.yaml:1"]),
        ("scripts show bad.yaml", {"bad.yaml": SCRIPT.encode()}, ["bad.yaml"]),
        ("scripts show bad.yaml", {"bad.yaml": b"\xff\xfe\x00"}, ["bad.yaml"]),
        ("scripts try bad.yaml", {"bad.yaml": b"questions: ["}, ["bad.yaml:1"]),
        ("scripts try --answers nope.txt", {}, ["nope.txt", "check the path"]),
        ("scripts try --answers bad.txt", {"bad.txt": b"\xff\xff"}, ["bad.txt", "UTF-8"]),
        ("scripts try --policy X0009", {}, ["X0009", "import"]),
        ("answers read nope.tsv", {}, ["nope.tsv"]),
        ("answers read bad.tsv", {"bad.tsv": b"a\tb\n"}, ["bad.tsv", "ine 1"]),
        ("answers read bad.tsv", {"bad.tsv": b"question\tanswer\nx\n"}, ["bad.tsv", "ine 2"]),
        ("answers read bad.tsv", {"bad.tsv": b"\xff\xff"}, ["bad.tsv", "UTF-8"]),
        ("demo --once --engine none --cast nope.yaml", {}, ["nope.yaml"]),
        ("demo --once --engine none --cast bad.yaml", {"bad.yaml": b"callees: ["}, ["line 1"]),
        ("demo --once --engine none --cast bad.yaml", {"bad.yaml": CAST.encode()}, ["line 3"]),
        (
            f"demo --once --cast {DATA}/cast.yaml --policies nope.csv --engine none",
            {},
            ["nope.csv"],
        ),
        (
            f"demo --once --cast {DATA}/cast.yaml --policies b.csv",
            {"b.csv": b"\x00\x01"},
            ["b.csv"],
        ),
        ("listen nope.wav --engine whisper", {}, ["nope.wav"]),
        ("listen bad.wav --engine whisper", {"bad.wav": b"no sound at all"}, ["bad.wav"]),
        ("cases show 99", {}, ["99", "cases list"]),
    ],
)
def test_one_sentence_names_the_place(
    terminal: Terminal, words: str, files: dict[str, bytes], names: list[str]
) -> None:
    if "whisper" in words:
        pytest.importorskip("faster_whisper")
    for name, content in files.items():
        terminal.file(name, content)
    terminal.run("cases", "list")  # the tables are there
    before = terminal.database
    complaint = terminal.run(*words.split()).complaint

    for name in names:
        assert name in complaint
    assert terminal.database == before


@pytest.mark.parametrize(
    ("settings", "names"),
    [
        ({"DATABASE_URL": "nonsense"}, ["HUIFANG_DATABASE_URL"]),
        ({"DATABASE_URL": "oracle://x/y"}, ["HUIFANG_DATABASE_URL"]),
        ({"DATABASE_URL": "sqlite:////proc/no/such.db"}, ["HUIFANG_DATABASE_URL"]),
        ({"DATABASE_URL": "sqlite:///text.db"}, ["text.db", "HUIFANG_DATABASE_URL"]),
        (
            {"DATABASE_URL": "postgresql+psycopg://me:geheim@127.0.0.1:1/x"},
            ["127.0.0.1:1", "HUIFANG_DATABASE_URL"],
        ),
        ({"HOME": "/dev/null/home"}, ["HUIFANG_HOME", "/dev/null/home"]),
        ({"PORT": "many"}, ["HUIFANG_PORT"]),
        ({"PORT": "70000"}, ["HUIFANG_PORT"]),
        ({"ENGINE": "other"}, ["HUIFANG_ENGINE"]),
        ({"LOG_LEVEL": "loud"}, ["HUIFANG_LOG_LEVEL"]),
        ({"SCRIPT": "nope"}, ["nope"]),
        ({"RULEBOOK": "nope"}, ["nope"]),
        ({"CONFIG": "nope.toml"}, ["nope.toml", "HUIFANG_CONFIG"]),
        ({"CONFIG": "bad.toml"}, ["bad.toml", "TOML"]),
        ({"CONFIG": "unknown.toml"}, ["unknown.toml", "prot"]),
        ({"CONFIG": "wrong.toml"}, ["PORT"]),
        ({"PRODUCTION": "yes"}, ["production", "HUIFANG_SECRET"]),
    ],
)
def test_a_setting_that_cannot_be_used(
    terminal: Terminal, settings: dict[str, str], names: list[str]
) -> None:
    terminal.file("text.db", "no database at all " * 100)
    terminal.file("bad.toml", "port = [")
    terminal.file("unknown.toml", "prot = 8000")
    terminal.file("wrong.toml", "port = 'x'")
    terminal.unset("PORT")  # the environment would win over a file
    terminal.set(**settings)
    complaint = terminal.run("cases", "list").complaint

    for name in names:
        assert name in complaint
    assert "geheim" not in complaint


def test_a_model_that_is_not_there(terminal: Terminal) -> None:
    terminal.set(VOSK_MODEL="no/such/model")
    complaint = terminal.run("listen", "a.wav", "--engine", "vosk").complaint

    assert "no/such/model" in complaint
    assert "huifang speech fetch" in complaint


@pytest.mark.parametrize(
    ("settings", "names"),
    [
        ({"CALLER": "12"}, "HUIFANG_CALLER"),
        ({"PUBLIC_URL": "ftp://here"}, "HUIFANG_PUBLIC_URL"),
        ({"TWILIO_BASE_URL": "nowhere"}, "HUIFANG_TWILIO_BASE_URL"),
    ],
)
def test_a_carrier_that_cannot_work(
    terminal: Terminal, settings: dict[str, str], names: str
) -> None:
    terminal.set(TWILIO_ACCOUNT_SID="AC1", TWILIO_AUTH_TOKEN="geheim", CALLER="+861090000000")
    terminal.set(PUBLIC_URL="https://huifang.example.cn")
    terminal.set(**settings)
    complaint = terminal.run("web").complaint

    assert names in complaint
    assert "geheim" not in complaint


def test_an_address_that_is_not_ours(terminal: Terminal) -> None:
    terminal.set(HOST="nowhere.invalid")
    assert "HUIFANG_HOST" in terminal.run("web").complaint


def test_several_sounds_one_of_them_broken(terminal: Terminal) -> None:
    """The good ones are heard all the same, and the exit code tells."""
    pytest.importorskip("faster_whisper")
    good = DATA.parent.parent / "recordings" / "data" / "007-zf_xiaobei.wav"
    bad = terminal.file("bad.wav", "no sound at all")
    said = terminal.run("listen", str(good), bad, "--engine", "whisper", "--json")

    assert said.code == 1
    first, second = said.json
    assert first["segments"]
    assert "bad.wav" in second["error"]
