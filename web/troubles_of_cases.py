"""What the operations say about work on problem cases, and how the console says it: one half of the
table in ``web.troubles``."""

from collections.abc import Sequence
from typing import Final

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

SENTENCES: Final[Sequence[tuple[str, LazyString]]] = (
    (r"somebody has changed this case meanwhile",
     _("somebody has changed this case meanwhile; nothing of yours was kept yet. Here is how it"
       " stands: look at it, and send what you typed again")),
    (r"none of your roles allows this",
     _("none of your roles allows this; an administrator can give you another role")),
    (r"the case is somebody else's",
     _("the case is somebody else's; have it assigned to you first")),
    (r"a case of this kind is handled by nobody who sells, and somebody who sells has this name",
     _("a case of this kind is handled by nobody who sells, and somebody who sells has this name;"
       " where they are two people, have the staff number written down with the account")),
    (r"a case of this kind is handled by nobody who sells",
     _("a case of this kind is handled by nobody who sells; give it to somebody else")),
    (r"the case is closed;", _("the case is closed; open it again first")),
    (r"the case is open already", _("the case is open already")),
    (r"the case is nobody's yet", _("the case is nobody's yet; take it or assign it first")),
    (r"nothing was done yet;", _("nothing was done yet; note a talk, an opinion or a paper first")),
    (r"you have worked on this case yourself",
     _("you have worked on this case yourself; somebody else must check it")),
    (r"the work is not reviewed yet",
     _("the work is not checked yet; have somebody else check it first")),
    (r"the work is reviewed already", _("the work is checked already")),
    (r"the second revisit is booked;",
     _("the second revisit is booked; its result decides, or cancel it first")),
    (r"no second revisit is booked", _("no second revisit is booked")),
    (r"the rulebook closes it by a second revisit only",
     _("the rulebook closes it by a second revisit only; book one")),
    (r"the proof that the rulebook wants is missing",
     _("the proof that the rulebook wants is missing; add it first")),
    (r"(?:what was said|the opinion) is missing;", _("write it down; it is kept with the case")),
    (r"(?:what was said|the opinion|the remark) may have (?P<most>\d+)",
     _("this may have %(most)s characters; shorten it")),
    (r"there is no case (?P<number>\d+)", _("there is no case %(number)s; look at the list")),
    (r"you may take a case yourself",
     _("you may take a case yourself; a supervisor gives it to somebody else")),
    (r"nobody called (?P<name>.*) works on cases",
     _("nobody called %(name)s works on cases of this branch; choose another")),
    (r"the talk lies in the future",
     _("the talk lies in the future; give the time at which you talked")),
    (r"the talk was before the case was opened",
     _("the talk was before the case was opened; look at the day again")),
    (r"the minutes must lie", _("the minutes must lie between 0 and 600; correct them")),
    (r"policy (?P<policy>\S+) cannot be rung:",
     _("policy %(policy)s cannot be rung: its receipt or its data are missing; mend the list and"
       " import it again")),
    (r"the holder has died", _("the holder has died; nobody rings, write the opinion instead")),
    (r"the first revisit of policy (?P<policy>\S+) still",
     _("the first revisit of policy %(policy)s still goes on; a clear yes in it counts as the"
       " second one")),
    (r"the second revisit must lie",
     _("the second revisit must lie within the next 60 days; give another time")),
    (r"a second revisit of policy (?P<policy>\S+) is booked for another",
     _("a second revisit of policy %(policy)s is booked for another case; its result counts"
       " first")),
    (r"the customer is being rung right now",
     _("the customer is being rung right now; wait for the call to end")),
    (r"the file is empty", _("the file is empty; choose the scan of the paper")),
    (r"the file has (?P<size>[\d.]+) MB, and (?P<most>\d+)",
     _("the file has %(size)s MB, and %(most)s MB are the most; scan it in grey at 150 dpi, or"
       " split it")),
    (r"only a whole JPEG",
     _("only a whole JPEG, PNG or PDF can be kept; scan or save the paper so")),
    (r"this file lies with the case",
     _("this file lies with the case already; choose another one")),
    (r"the file could not be stored \((?P<why>.+)\)",
     _("the file could not be stored (%(why)s); look at the disk and try again")),
    (r"no case is chosen", _("no case is chosen; tick those that the branch is to handle")),
    (r"a list takes (?P<most>\d+)",
     _("a list takes %(most)s cases; narrow the choice, or make several")),
    (r"case (?P<number>\d+) is not about policy (?P<policy>.+); correct",
     _("case %(number)s is not about policy %(policy)s; correct the policy")),
    (r"case (?P<number>\d+) is [a-z]+; nothing is late",
     _("case %(number)s is closed, so nothing is late")),
    (r"case (?P<number>\d+) has no time limit", _("case %(number)s has no time limit")),
)  # fmt: skip
