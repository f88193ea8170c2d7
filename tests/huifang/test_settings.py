"""Settings from the environment and from a file, and what production refuses."""

import pytest

from huifang.settings import Settings, SettingsFault, load
from tests.huifang.conftest import Terminal

SAFE = {
    "PRODUCTION": "yes", "SECRET": "a long secret", "TWILIO_AUTH_TOKEN": "another",
    "PUBLIC_URL": "https://huifang.example.cn",
}  # fmt: skip


def test_every_setting_has_a_safe_default() -> None:
    settings = Settings()

    assert settings.host == "127.0.0.1"
    assert not settings.open_console
    assert not settings.production
    assert settings.database.startswith("sqlite:///")
    assert all(field.description for field in Settings.model_fields.values())


def test_the_database_lies_in_the_home(terminal: Terminal) -> None:
    assert load().database == f"sqlite:///{terminal.home}/huifang.db"
    terminal.set(DATABASE_URL="postgresql+psycopg://db/huifang")
    assert load().database == "postgresql+psycopg://db/huifang"


def test_a_file_and_the_environment_which_wins(terminal: Terminal) -> None:
    terminal.set(CONFIG=terminal.file("huifang.toml", 'company = "甲人寿"\ncaller = "+8610"\n'))
    assert (load().company, load().caller) == ("甲人寿", "+8610")
    terminal.set(COMPANY="乙人寿")
    assert (load().company, load().caller) == ("乙人寿", "+8610")


def test_production_with_everything_set(terminal: Terminal) -> None:
    terminal.set(**SAFE)
    assert load().production


@pytest.mark.parametrize("missing", ["SECRET", "TWILIO_AUTH_TOKEN", "PUBLIC_URL"])
def test_production_refuses_what_is_only_safe_for_a_trial(terminal: Terminal, missing: str) -> None:
    terminal.set(**{name: value for name, value in SAFE.items() if name != missing})
    with pytest.raises(SettingsFault, match=f"production refuses to start: set HUIFANG_{missing}"):
        load()


def test_production_refuses_webhooks_without_https(terminal: Terminal) -> None:
    terminal.set(**{**SAFE, "PUBLIC_URL": "http://huifang.example.cn"})
    with pytest.raises(SettingsFault, match="HUIFANG_PUBLIC_URL to an https address"):
        load()


def test_secrets_are_not_shown(terminal: Terminal) -> None:
    terminal.set(**SAFE)
    assert "another" not in repr(load())
    assert "a long secret" not in str(load())


def test_a_home_that_is_not_there_yet_is_no_fault_and_is_not_made(terminal: Terminal) -> None:
    terminal.set(HOME=str(terminal.folder / "a" / "b" / "c"))
    load()
    assert not (terminal.folder / "a").exists()


LONG = "a token that nobody guesses"


def tokens() -> dict[str, str]:
    return {name: one.get_secret_value() for name, one in load().intake_tokens.items()}


def test_tokens_of_senders_come_from_the_file_or_whole_from_the_environment(
    terminal: Terminal,
) -> None:
    """One that is left out in the environment is withdrawn."""
    terminal.set(CONFIG=terminal.file("huifang.toml", f'intake_tokens = {{website = "{LONG}"}}\n'))
    assert tokens() == {"website": LONG}
    assert LONG not in repr(load())
    terminal.set(INTAKE_TOKENS=f'{{"app-2": "{LONG} either"}}')
    assert tokens() == {"app-2": f"{LONG} either"}


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        ("website", "HUIFANG_INTAKE_TOKENS: is not JSON; write it as"),
        ('{"website": "short"}', "HUIFANG_INTAKE_TOKENS: a name has small letters"),
        (f'{{"Website 1": "{LONG}"}}', "HUIFANG_INTAKE_TOKENS: a name has small letters"),
        (
            f'{{"{LONG}": "website"}}',
            "HUIFANG_INTAKE_TOKENS: a name has small letters",
        ),  # changed places
        (f'{{"a": "{LONG}", "b": "{LONG}"}}', "two senders have the same token; give each"),
    ],
)
def test_a_faulty_token_is_one_sentence(terminal: Terminal, value: str, sentence: str) -> None:
    terminal.set(INTAKE_TOKENS=value)
    with pytest.raises(SettingsFault, match=sentence) as told:
        load()
    assert LONG not in str(told.value)
