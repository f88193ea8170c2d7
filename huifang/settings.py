"""Every setting with its safe default, from the environment or one TOML file. Nothing else in
Huifang reads the environment."""

import os
import tomllib
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    SettingsError,
)


class SettingsFault(Exception):  # noqa: N818 - a fault of the input, reported in one sentence
    """A setting that cannot be used. The message names it and says what to write instead."""


#: An address of a mail: nothing that could end a line of its head.
Address = Annotated[
    str, Field(pattern=r"^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9.-]+$", max_length=200)
]


class Settings(BaseSettings):
    """All of Huifang's settings. Each is read from ``HUIFANG_<NAME>`` or from the TOML file that
    ``HUIFANG_CONFIG`` names (there without the prefix, in lower case)."""

    model_config = SettingsConfigDict(env_prefix="HUIFANG_", extra="ignore")

    home: Path = Field(Path("var"), description="Folder for the database, recordings and models.")
    database_url: str | None = Field(
        None, description="SQLAlchemy address of the database; SQLite under HOME when not set."
    )
    production: bool = Field(
        False, description="Refuse to start with settings that are only safe for a trial."
    )
    secret: SecretStr | None = Field(
        None, description="Signs the console's cookies. Needed in production."
    )
    company: str = Field(
        "安心人寿保险公司", min_length=1, description="The insurer's name as it is spoken."
    )
    company_phone: str = Field("95500", min_length=1, description="The insurer's service number.")
    script: str | None = Field(
        None,
        description="Script of every first revisit: an id or a file; none: as the rulebook says.",
    )
    calendar: Path | None = Field(
        None, description="YAML file with the insurer's own working days and calling hours."
    )
    rulebook: str = Field("standard", description="Rulebook: a name of the library or a file.")
    complaints: Path | None = Field(
        None, description="YAML file with the insurer's own words and limits for complaints."
    )
    intake_tokens: dict[
        Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,29}$")],
        Annotated[SecretStr, Field(min_length=20)],
    ] = Field(
        {}, description="Tokens with which other systems send complaints, by the system's name."
    )
    intake_per_minute: int = Field(
        60, ge=1, le=6000, description="Complaints that each of them may send in a minute."
    )
    scorecard: str = Field(
        "standard", description="What reviewers mark: a name of the library or a file."
    )
    emergencies: str = Field(
        "standard",
        description="Grades, reporting and checklists of emergencies: a name of the library or a"
        " file.",
    )
    guide: str = Field(
        "standard", description="Guidance at the counter: the one of the library or a file."
    )
    lessons: str = Field(
        "standard",
        description="Accountability and clusters of complaints: those of the library or a file.",
    )

    host: str = Field("127.0.0.1", description="Address the web server listens on.")
    port: int = Field(8000, ge=0, le=65535, description="Port of the web server; 0 takes any.")
    open_console: bool = Field(
        False, description="Let the console be reached from other machines than this one."
    )
    public_url: str | None = Field(
        None, description="Address under which the carrier reaches the webhooks, with https."
    )

    twilio_account_sid: str | None = Field(None, description="Account of the carrier.")
    twilio_auth_token: SecretStr | None = Field(
        None, description="Token of that account; also checks the signature of every webhook."
    )
    twilio_base_url: str = Field(
        "https://api.twilio.com", description="Another place that speaks the same API."
    )
    caller: str | None = Field(None, description="Number the calls come from, as +8610…")
    transfer_to: str | None = Field(
        None, description="Number of the people who take over calls; none: they call back."
    )

    engine: Literal["auto", "vosk", "whisper", "none"] = Field(
        "auto", description="Recogniser for recordings."
    )
    vosk_model: Path | None = Field(
        None, description="Folder of a Vosk model; default: the one under HOME/models."
    )
    speech_fetch: bool = Field(
        True, description="May a missing model be fetched from its official place by itself?"
    )
    calls_at_once: int = Field(
        5,
        ge=1,
        le=1000,
        description="How many calls may run at the same time: the lines there are.",
    )
    calls_a_second: float = Field(
        1.0, gt=0, le=100, description="How many calls the carrier lets us start in a second."
    )
    calls_per_branch: int | None = Field(
        None, ge=1, description="How many calls may run about the policies of one branch."
    )
    branch_limits: dict[str, Annotated[int, Field(ge=0)]] = Field(
        {}, description="The same for branches by their names; 0 rings none of their policies."
    )
    breaker_failures: int = Field(
        5, ge=1, le=1000, description="Orders in a row that fail until no more are placed."
    )
    breaker_rest_s: int = Field(
        300, ge=1, le=3600, description="Seconds until one call is tried then; doubled each time."
    )
    calls_per_agent: int = Field(
        4, ge=1, le=100, description="Calls that may run for each person free to take one over."
    )
    mail_host: str | None = Field(
        None, description="SMTP server for mails about late cases; none: nobody is told by mail."
    )
    mail_port: int = Field(587, ge=1, le=65535, description="Its port.")
    mail_security: Literal["starttls", "tls", "none"] = Field(
        "starttls", description="How the connection is secured."
    )
    mail_user: str | None = Field(None, description="Whom to sign in as there.")
    mail_password: SecretStr | None = Field(None, description="The password for it.")
    mail_from: Address | None = Field(None, description="Whom mails come from.")
    mail_to: list[Address] = Field([], description="Who gets mails about late cases.")
    console_url: str | None = Field(
        None,
        pattern=r"^https?://",
        description="Where people open the console; for links in mails.",
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        "info", description="Least important log line that is written."
    )

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """The environment wins over the file, which is handed in as init values."""
        return env_settings, init_settings

    @property
    def database(self) -> str:
        """The database's address, with the default filled in."""
        return self.database_url or f"sqlite:///{self.home.resolve() / 'huifang.db'}"


#: Settings that are written as JSON in the environment, and how.
_AS_JSON = {
    "branch_limits": '{"济南": 5, "青岛": 3}',
    "mail_to": '["supervisor@example.cn"]',
    "intake_tokens": '{"website": "a long token"}',
}


#: Settings of whose faults nothing is repeated, and how they are written.
_SECRETS = {
    "intake_tokens": "a name has small letters, digits and '-', 30 at most, and its token at least"
    ' 20 characters; write {"website": "a long token"}',
}


def load() -> Settings:
    """The settings of this process. Raises SettingsFault with one sentence."""
    try:
        file = _from_file(os.environ.get("HUIFANG_CONFIG"))
        if "HUIFANG_INTAKE_TOKENS" in os.environ:  # one withdrawn there must not live on here
            file.pop("intake_tokens", None)
        settings = Settings(**file)
    except ValidationError as fault:
        first = fault.errors()[0]
        name, *inside = (str(part) for part in first["loc"])
        if name in _SECRETS:  # a name and its token may have changed places: neither is told
            raise SettingsFault(f"setting HUIFANG_{name.upper()}: {_SECRETS[name]}") from None
        where = "".join(f", {part}" for part in inside)
        raise SettingsFault(
            f"setting HUIFANG_{name.upper().removeprefix('HUIFANG_')}{where}: {first['msg']}"
        ) from None
    except SettingsError as fault:
        name, example = next(pair for pair in _AS_JSON.items() if f'"{pair[0]}"' in str(fault))
        raise SettingsFault(
            f"setting HUIFANG_{name.upper()}: is not JSON; write it as {example}"
        ) from None
    for problem in (
        *_alike(settings),
        *_half_a_mail(settings),
        *unsafe(settings),
        *_unusable(settings.home),
    ):
        raise SettingsFault(problem)
    return settings


def _alike(settings: Settings) -> list[str]:
    """Why senders of complaints could not be told apart; empty when they can."""
    tokens = [one.get_secret_value() for one in settings.intake_tokens.values()]
    if len(set(tokens)) == len(tokens):
        return []
    return ["setting HUIFANG_INTAKE_TOKENS: two senders have the same token; give each its own"]


def _half_a_mail(settings: Settings) -> list[str]:
    """What is missing so that mails can be sent; empty where nothing is, or where they are off."""
    needed = {"HUIFANG_MAIL_FROM": settings.mail_from, "HUIFANG_MAIL_TO": settings.mail_to}
    missing = [name for name, given in needed.items() if settings.mail_host and not given]
    return [
        f"setting {name}: is missing, but HUIFANG_MAIL_HOST is set; set both" for name in missing
    ]


def _unusable(home: Path) -> list[str]:
    """Why the home folder cannot be made or written to; empty when it can. Makes nothing."""
    there = next(folder for folder in (home, *home.absolute().parents) if os.path.exists(folder))
    if there.is_dir() and os.access(there, os.W_OK):
        return []
    return [f"setting HUIFANG_HOME: {home} is no folder that can be written to; name another"]


def unsafe(settings: Settings) -> list[str]:
    """Why these settings must not be used in production; empty when they may."""
    if not settings.production:
        return []
    problems = {
        "set HUIFANG_SECRET: without it anybody can forge a session": settings.secret is None,
        "set HUIFANG_TWILIO_AUTH_TOKEN: without it webhooks cannot be checked": (
            settings.twilio_auth_token is None
        ),
        "set HUIFANG_PUBLIC_URL to an https address: webhooks carry what customers say": not (
            settings.public_url or ""
        ).startswith("https://"),
        "set HUIFANG_MAIL_SECURITY to starttls or tls: a password would cross in the clear": (
            settings.mail_password is not None and settings.mail_security == "none"
        ),
    }
    return [f"production refuses to start: {text}" for text, bad in problems.items() if bad]


def _from_file(path: str | None) -> dict[str, Any]:
    if path is None:
        return {}
    try:
        values = tomllib.loads(Path(path).read_text(encoding="utf-8"))
    except OSError as fault:
        raise SettingsFault(
            f"{path}: cannot be read ({fault.strerror}); check HUIFANG_CONFIG"
        ) from None
    except UnicodeDecodeError as fault:
        raise SettingsFault(
            f"{path}: byte {fault.start} is not UTF-8; save the file as UTF-8 text"
        ) from None
    except tomllib.TOMLDecodeError as fault:
        raise SettingsFault(f"{path}: is not TOML ({fault}); mend that line") from None
    unknown = sorted(set(values) - set(Settings.model_fields))
    if unknown:
        raise SettingsFault(f"{path}: no setting is called {unknown[0]}; see docs/settings.md")
    return values
