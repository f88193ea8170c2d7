"""``huifang special``: special revisits (特殊回访件), applied for and decided by two people."""

from dataclasses import asdict
from datetime import datetime

import click

from huifang.cli import Moment, json_option
from huifang.cli.output import emit, say, table
from huifang.cli.who import by_option, name_of
from huifang.settings import load
from huifang.wiring import make_line
from operations import special_revisits
from operations.special_revisits import Application
from scheduler.otherwise import Ground, Special
from scheduler.rules import Way

#: States by the word of --state.
STATES = {
    "open": (Special.APPLIED, Special.APPROVED),
    "all": None,
    **{state.value: (state,) for state in Special},
}


@click.group("special")
def special_command() -> None:
    """Special revisits (特殊回访件): made by the branch, approved by its manager."""


@special_command.command("apply")
@click.argument("policy")
@click.option(
    "--ground",
    type=click.Choice([one.value for one in Ground]),
    required=True,
    help="group: a group policy; family: a family in which a call is no good; agreed: the unit "
    "knows the sale and agrees.",
)
@click.option("--reason", required=True, help="Why not by phone.")
@click.option(
    "--way",
    type=click.Choice([one.value for one in Way]),
    required=True,
    help="How the branch revisits instead.",
)
@click.option("--agreed-for", type=Moment(), required=True, help="The time agreed, as ISO writes.")
@click.option("--signed-by-customer", is_flag=True, help="The customer has signed the form.")
@click.option("--signed-by-agent", is_flag=True, help="The agent has signed the form.")
@by_option
@json_option
def apply(
    policy: str,
    ground: str,
    reason: str,
    way: str,
    agreed_for: datetime,
    signed_by_customer: bool,
    signed_by_agent: bool,
    by: str | None,
    as_json: bool,
) -> None:
    """Apply that POLICY be revisited otherwise (《特殊回访件申请表》). Calls go on until somebody
    else approves."""
    asked = Application(
        policy=policy,
        ground=Ground(ground),
        reason=reason,
        way=Way(way),
        agreed_for=agreed_for,
        signed_by_customer=signed_by_customer,
        signed_by_agent=signed_by_agent,
        by=name_of(by),
    )
    made = special_revisits.apply(make_line(load()), asked)
    if as_json:
        emit({"id": made, "state": Special.APPLIED})
    else:
        say(f"application {made} is made; somebody else approves it with `huifang special approve`")


@special_command.command("approve")
@click.argument("application", type=int)
@by_option
@json_option
def approve(application: int, by: str | None, as_json: bool) -> None:
    """Approve APPLICATION, which somebody else has made: head office does not ring, and the policy
    goes on the branch's next list."""
    special_revisits.approve(make_line(load()), application, name_of(by))
    _decided(application, Special.APPROVED, as_json)


@special_command.command("refuse")
@click.argument("application", type=int)
@click.option("--because", required=True, help="Why; kept with it.")
@by_option
@json_option
def refuse(application: int, because: str, by: str | None, as_json: bool) -> None:
    """Refuse APPLICATION, which somebody else has made: calls go on."""
    special_revisits.refuse(make_line(load()), application, name_of(by), because)
    _decided(application, Special.REFUSED, as_json)


@special_command.command("withdraw")
@click.argument("application", type=int)
@click.option("--because", required=True, help="Why; kept with it.")
@by_option
@json_option
def withdraw(application: int, because: str, by: str | None, as_json: bool) -> None:
    """Take APPLICATION back, approved or not: head office rings again."""
    special_revisits.withdraw(make_line(load()), application, name_of(by), because)
    _decided(application, Special.WITHDRAWN, as_json)


def _decided(application: int, state: Special, as_json: bool) -> None:
    if as_json:
        emit({"id": application, "state": state})
    else:
        say(f"application {application} is {state}")


@special_command.command("list")
@click.option(
    "--state", type=click.Choice(list(STATES)), default="open", show_default=True, help="Which."
)
@json_option
def list_applications(state: str, as_json: bool) -> None:
    """Applications, the earliest agreed time first."""
    found = special_revisits.listed(make_line(load()), STATES[state])
    if as_json:
        emit([asdict(one) for one in found])
        return
    if not found:
        say("no such application")
        return
    columns = ("application", "policy", "state", "ground", "way", "agreed for", "by", "decided by")
    rows = [
        (o.id, o.policy, o.state, o.ground, o.way, f"{o.agreed_for:%Y-%m-%d %H:%M}", o.applied_by,
         o.decided_by)
        for o in found
    ]  # fmt: skip
    table("special revisits", columns, rows)
