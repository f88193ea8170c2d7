"""Who decides on the command line: the name that is kept with a decision. It proves nothing."""

import getpass
from collections.abc import Callable
from typing import Any

import click

from huifang.faults import InputFault

by_option: Callable[..., Any] = click.option(
    "--by", metavar="NAME", help="Who says so; default: the login name."
)


def name_of(by: str | None) -> str:
    """The name given, or that of the login. Raises InputFault."""
    try:
        name = (getpass.getuser() if by is None else by).strip()
    except (KeyError, OSError):  # a container's user may have no name
        name = ""
    if not name:
        raise InputFault("nobody is named who says so; add --by with your name")
    return name
