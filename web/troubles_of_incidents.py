"""What the operations say about emergencies, and how the console says it: a part of the table in
``web.troubles``."""

from collections.abc import Sequence
from typing import Final

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

SENTENCES: Final[Sequence[tuple[str, LazyString]]] = (
    (r"somebody has changed this incident meanwhile",
     _("somebody has changed this incident meanwhile; nothing of yours was kept yet. Here is how it"
       " stands: look at it, and send what you typed again")),
    (r"it is not the time for this",
     _("it is not the time for this; look at where the incident stands")),
    (r"the incident is closed;", _("the incident is closed; have it opened again first")),
    (r"the incident is not closed", _("the incident is not closed")),
    (r"steps of the checklist are open",
     _("steps of the checklist are open; tick each, or leave it out with a reason")),
    (r"somebody is in no room",
     _("somebody is in no room, or in one without a handler; place everybody first")),
    (r"there is no incident (?P<number>\d+)",
     _("there is no incident %(number)s; look at the list")),
    (r"the incident lies in the future",
     _("the incident lies in the future; give the time at which it happened, and look at the clock"
       " of this computer")),
    (r"another grade than the computed one",
     _("another grade than the computed one needs a reason; write it")),
    (r"a grade is Ⅰ", _("a grade is Ⅰ, Ⅱ, Ⅲ or Ⅳ; choose one")),
    (r"the checklist has no such step",
     _("the checklist has no such step; open the page again")),
    (r"a number lies between 0 and (?P<most>\d+)",
     _("a number lies between 0 and %(most)s; correct it")),
    (r"at most (?P<most>\d+) people can be named",
     _("at most %(most)s people can be named; count the others")),
    (r"no room is named", _("no room is named; write at least one")),
    (r"an incident has at most (?P<most>\d+) rooms",
     _("an incident has at most %(most)s rooms; name fewer")),
    (r"there is no such room", _("there is no such room; choose one of the list")),
    (r"no kind is chosen", _("no kind is chosen; choose what fits best")),
    (r"the day or the time cannot be read",
     _("the day or the time cannot be read; choose both again")),
    (r"this page was out of date; open it again and send",
     _("this page was out of date; open it again and send it anew")),
    (r"there is no such branch", _("there is no such branch; choose one of the list")),
    (r"a number of people cannot be read",
     _("a number cannot be read; write digits only")),
    (r"the amount cannot be read",
     _("the amount cannot be read; write yuan, e.g. 20000000.00")),
    (r"what happened is missing;", _("write down what happened")),
    (r"the counter is missing;", _("write where it happened: the counter")),
    (r"the name of the spokesman is missing;", _("name the one spokesman")),
    (r"whom you told is missing;", _("write whom you told")),
    (r"what came of it is missing;", _("write what came of it")),
    (r"the cause is missing;", _("write down the cause")),
    (r"the result is missing;", _("write down the result")),
    (r"the names are missing;", _("write the names, one a line")),
    (r"the name of the room is missing;", _("every room has a name; write it")),
    (r"a step is something to do", _("a step is something to do or to avoid; choose one")),
    (r"a step is missing;", _("write the steps, one a line")),
    (r"there is no such step", _("there is no such step; open the page again")),
    (r"there is no such contact", _("there is no such contact of yours; open the page again")),
    (r"checklists hold for every branch",
     _("checklists hold for every branch; ask somebody of head office")),
    (r"(?:what they are|the (?:name|phone) of the contact) is missing;",
     _("write who they are, a name and a phone")),
    (r"(?:what happened|a step|what they are|the (?:name|phone) of the contact|the counter|how"
     r"|the name of the spokesman|whom you told|what came of it|the cause|the result|the lessons"
     r"|a name|the name of the room) may have (?P<most>\d+)",
     _("this may have %(most)s characters; shorten it")),
)  # fmt: skip
