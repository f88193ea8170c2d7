"""What a page finds at hand: the line it belongs to, and the script files npm brought, if any."""

from pathlib import Path
from typing import cast

from flask import Flask, current_app, g

from operations.line import Line

VENDOR = Path(__file__).parent / "static" / "vendor"


def install(app: Flask, line: Line) -> None:
    """Keep the line, and tell the templates what they need on every page."""
    app.extensions["line"] = line
    present = frozenset(file.name for file in VENDOR.glob("*.js"))
    app.context_processor(
        lambda: {
            "company": line.company,
            "now": line.clock(),
            "vendor": present,
            "nonce": g.get("nonce", ""),
        }
    )


def line() -> Line:
    """The line of the running application."""
    return cast(Line, current_app.extensions["line"])
