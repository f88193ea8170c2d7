"""柜面投诉应对指引: what helps with an angry customer, to be searched and printed."""

from flask import Blueprint, render_template

from web import lists
from web.at_hand import line
from web.views import guidance as view

pages = Blueprint("guidance", __name__)


@pages.get("/guidance")
def show() -> str:
    """The whole guide, or what of it holds the words that were searched for."""
    words, guide = lists.text("words"), line().guide
    found = view.sections(guide, words)
    return render_template(
        "guidance.html",
        sections=found,
        words=words,
        count=sum(len(one.pieces) for one in found),
        title=guide.title.said(view.language()),
        version=guide.version,
    )
