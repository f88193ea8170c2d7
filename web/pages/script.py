"""话术: the script as people read it, question by question. Read only."""

from flask import Blueprint, render_template

from web.at_hand import line
from web.views.script import script_view

pages = Blueprint("script", __name__)


@pages.get("/script")
def show() -> str:
    """The script that is asked today."""
    return render_template("script.html", script=script_view(line().script))
