"""Full phone and identity numbers of one policy, for whoever needs them now. Each look is noted in
the audit log before anything is shown."""

from flask import Blueprint, abort, render_template

from operations import audit
from store import policies as store
from web.access import who
from web.at_hand import line, reading
from web.forms import words
from web.languages import gettext as _

pages = Blueprint("unmask", __name__)


@pages.post("/policies/<path:number>/numbers")
def show(number: str) -> str | tuple[str, int]:
    """The numbers, after the reason was given."""
    with reading() as session:
        policy = store.by_number(session, number) if "\0" not in number else None
    if policy is None:
        abort(404)
    why = " ".join(words("why").split())[:200]
    if not why:
        return render_template("unmask.html", policy=policy, shown=False,
                               trouble=_("Say what you need the numbers for.")), 422  # fmt: skip
    audit.note_alone(line(), who().name, audit.UNMASKED, f"policy:{number}", why)
    return render_template("unmask.html", policy=policy, shown=True, trouble="")
