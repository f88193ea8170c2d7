"""``huifang accounts``: who may sign in to the console, and what they work as."""

import click

from huifang.cli import json_option
from huifang.cli.output import emit, say, table
from huifang.cli.who import by_option, name_of
from huifang.settings import load
from huifang.wiring import make_line
from operations import accounts
from operations.accounts import Made
from operations.rights import Role
from store import accounts as store
from store.tables import Account

roles_option = click.option(
    "--role",
    "roles",
    type=click.Choice([role.value for role in Role]),
    multiple=True,
    required=True,
    help="What they work as; may be given several times.",
)
branch_option = click.option(
    "--branch", help="They see this branch's policies only. Default: those of every branch."
)


staff_option = click.option(
    "--staff-number",
    help="Their staff number (工号): it tells them from a seller of the same name.",
)


@click.group("accounts")
def accounts_command() -> None:
    """Who may sign in to the console, and what they work as."""


@accounts_command.command("list")
@json_option
def list_accounts(as_json: bool) -> None:
    """Every account, locked ones too."""
    with make_line(load()).database.reading() as session:
        found = store.every(session)
    if as_json:
        emit([_document(one) for one in found])
        return
    rows = [
        (one.login, one.name, ", ".join(one.roles), one.branch or "all",
         "yes" if one.active else "locked")
        for one in found
    ]  # fmt: skip
    table("Accounts", ("login", "name", "roles", "branch", "may sign in"), rows)


@accounts_command.command("add")
@click.argument("login")
@click.option("--name", required=True, help="As it will stand under decisions; nobody else's.")
@roles_option
@branch_option
@staff_option
@by_option
@json_option
def add(
    login: str,
    name: str,
    roles: tuple[str, ...],
    branch: str | None,
    staff_number: str | None,
    by: str | None,
    as_json: bool,
) -> None:
    """Make an account with a one-time password, which is shown once."""
    made = accounts.add(
        make_line(load()), login, name, _roles(roles), branch, name_of(by),
        staff_code=staff_number or "",
    )  # fmt: skip
    show_password(made, as_json)


@accounts_command.command("change")
@click.argument("login")
@roles_option
@branch_option
@staff_option
@by_option
@json_option
def change(
    login: str,
    roles: tuple[str, ...],
    branch: str | None,
    staff_number: str | None,
    by: str | None,
    as_json: bool,
) -> None:
    """Give an account these roles and this branch instead of those it has, and another staff number
    where one is given."""
    accounts.change(
        make_line(load()), login, name_of(by), roles=_roles(roles), branch=branch,
        staff_code=staff_number,
    )  # fmt: skip
    _changed(login, "changed", as_json)


@accounts_command.command("lock")
@click.argument("login")
@by_option
@json_option
def lock(login: str, by: str | None, as_json: bool) -> None:
    """Let nobody sign in with it, and put out whoever is signed in."""
    accounts.lock(make_line(load()), login, name_of(by))
    _changed(login, "locked", as_json)


@accounts_command.command("unlock")
@click.argument("login")
@by_option
@json_option
def unlock(login: str, by: str | None, as_json: bool) -> None:
    """Undo lock, and forget refused attempts to sign in."""
    accounts.unlock(make_line(load()), login, name_of(by))
    _changed(login, "unlocked", as_json)


@accounts_command.command("reset")
@click.argument("login")
@by_option
@json_option
def reset(login: str, by: str | None, as_json: bool) -> None:
    """Give a new one-time password to somebody who lost password or codes."""
    show_password(accounts.reset(make_line(load()), login, name_of(by)), as_json)


def show_password(made: Made, as_json: bool) -> None:
    """The one-time password, which is stored nowhere in clear."""
    if as_json:
        emit(made)
        return
    say(f"{made.login} ({made.name}): one-time password {made.password}")
    say("it is shown only now, and must be changed at the first sign-in")


def _document(account: Account) -> dict[str, object]:
    return {
        "login": account.login,
        "name": account.name,
        "roles": list(account.roles),
        "branch": account.branch,
        "staff_number": account.staff_code,
        "active": account.active,
        "codes": account.otp_secret is not None,
        "must_change_password": account.must_change,
    }


def _roles(given: tuple[str, ...]) -> list[Role]:
    return [Role(one) for one in given]


def _changed(login: str, what: str, as_json: bool) -> None:
    if as_json:
        emit({"login": login, "done": what})
    else:
        say(f"{login}: {what}")
