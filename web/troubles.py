"""The operations' sentences about what cannot be done, in the words of the page. A sentence that is
not known here is shown as it was said: nothing is swallowed."""

import re
from collections.abc import Sequence
from typing import Final

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from web import troubles_of_cases
from web.words import TABLES, word

#: A sentence of the operations, and how the console says it. The groups are the placeholders.
SENTENCES: Final[Sequence[tuple[str, LazyString]]] = (
    (r"the name of who decides is missing;", _("give your name; it is kept with the decision")),
    (r"the reason is missing;", _("give the reason; it is kept with the decision")),
    (r"the name of who decides may have (?P<most>\d+)",
     _("the name may have %(most)s characters; shorten it")),
    (r"the reason may have (?P<most>\d+)",
     _("the reason may have %(most)s characters; shorten it")),
    (r"there is no policy (?P<policy>.+?); check",
     _("there is no policy %(policy)s; check its number")),
    (r"block either a number or", _("give either a number or a policy, not both")),
    (r"(?P<until>[\d-]+ [\d:]+) has passed; name a later",
     _("%(until)s has passed; name a later end, or none for a block for good")),
    (r"this is no number that can be rung", _("this is no number that can be rung; check it")),
    (r"no number is given", _("no number is given; write it as it is dialled")),
    (r"policy (?P<policy>\S+) tells neither",
     _("policy %(policy)s has neither identity number nor birthday of its holder, so nobody can be"
       " recognised by it; block the number instead")),
    (r"there is no block (?P<number>\d+)", _("there is no block %(number)s")),
    (r"there is no application (?P<number>\d+)", _("there is no application %(number)s")),
    (r"(?P<name>.+) has made application \d+; somebody else",
     _("%(name)s has made this application; somebody else must approve it")),
    (r"(?P<name>.+) has made application \d+; withdraw",
     _("%(name)s has made this application; withdraw it instead of refusing it")),
    (r"the revisit of policy (?P<policy>\S+) is closed already \((?P<closing>.+)\)",
     _("the revisit of policy %(policy)s is closed already (%(closing)s)")),
    (r"the agreed time (?P<moment>[\d-]+ [\d:]+) has passed",
     _("the agreed time %(moment)s has passed; agree on another one and apply with it")),
    (r"the agreed time (?P<moment>[\d-]+ [\d:]+) lies after.+ends on (?P<day>[\d-]+);",
     _("the agreed time %(moment)s lies after the cooling-off period, which ends on %(day)s; agree"
       " on an earlier one")),
    (r"application \d+ lacks the customer's and the agent's signature",
     _("both signatures are missing; withdraw the application and apply again when both have"
       " signed")),
    (r"application \d+ lacks the customer's signature",
     _("the customer's signature is missing; withdraw the application and apply again when both"
       " have signed")),
    (r"application \d+ lacks the agent's signature",
     _("the agent's signature is missing; withdraw the application and apply again when both have"
       " signed")),
    (r"policy (?P<policy>\S+) has a special revisit already",
     _("policy %(policy)s has an application already; withdraw that one first")),
    (r"application \d+ is (?P<special>[a-z]+)", _("it is decided already: %(special)s")),
    (r"there is no hand-over (?P<number>\d+)", _("there is no hand-over %(number)s")),
    (r"hand-over (?P<number>\d+) is (?P<handing>[a-z]+), and only a proposed",
     _("hand-over %(number)s is no proposal any more: %(handing)s")),
    (r"hand-over \d+ is (?P<handing>[a-z]+); nothing is late",
     _("this hand-over has ended (%(handing)s), so nothing is late")),
    (r"hand-over \d+ is [a-z]+ and has no due day", _("it has no due day yet, so nothing is late")),
    (r"(?P<day>[\d-]+) has passed; name a day",
     _("%(day)s has passed; name a day by which it will be done")),
    (r"there is no list (?P<number>\d+)", _("there is no list %(number)s")),
    (r"login, password or code is wrong", _("login, password or code is wrong, or the account is"
                                            " locked")),
    (r"too many attempts failed; try again after (?P<minutes>\d+)",
     _("too many attempts failed; try again after %(minutes)s minutes, or ask an administrator")),
    (r"the present password is wrong", _("the present password is wrong; type it again")),
    (r"the two new passwords differ", _("the two new passwords differ; type the same twice")),
    (r"the new password is the present one",
     _("the new password is the present one; take another one")),
    (r"the password has fewer than (?P<least>\d+)",
     _("the password has fewer than %(least)s characters; take a longer one")),
    (r"the password has more than (?P<most>\d+)",
     _("the password has more than %(most)s characters; take a shorter one")),
    (r"the password is easily guessed",
     _("the password is easily guessed; take several words")),
    (r"the password contains the login",
     _("the password contains the login or the name; take another one")),
    (r"the code does not fit",
     _("the code does not fit; look at the authenticator and the clock again")),
    (r"login and name have 1 to 60", _("login and name have 1 to 60 characters each; give both")),
    (r"there is an account (?P<login>\S+) already",
     _("there is an account %(login)s already; take another login")),
    (r"there is somebody called (?P<name>.+) already",
     _("there is somebody called %(name)s already; add what tells them apart")),
    (r"no role is given", _("no role is given; give at least one")),
    (r"a branch handler belongs", _("a branch handler belongs to a branch; name it")),
    (r"there is no account (?P<login>\S+);", _("there is no account %(login)s")),
    (r"(?P<login>\S+) is the last administrator",
     _("%(login)s is the last administrator; make another one first")),
    (r"entry (?P<entry>\d+) is missing", _("entry %(entry)s is missing")),
    (r"entry (?P<entry>\d+) was changed", _("entry %(entry)s was changed after it was written")),
    (r"entry (?P<entry>\d+) does not follow",
     _("entry %(entry)s does not follow the entry before it")),
    (r"entry (?P<entry>\d+) is not the one", _("entry %(entry)s is not the one written")),
    (r"entry (?P<entry>\d+) was put in: (?P<written>\d+)",
     _("entry %(entry)s was put in: %(written)s had been written")),
    (r"the log ends at entry (?P<entry>\d+), but (?P<written>\d+)",
     _("the log ends at entry %(entry)s, but %(written)s had been written")),
    (r"a call that was tried has rung", _("a call that was tried has rung")),
    (r"(?:a call that was tried failed too: )?(?P<count>\d+) orders? (?:in a row )?failed, the last"
     r" with (?P<last>.+)",
     _("orders failed in a row: %(count)s, the last with %(last)s")),
    (r"(?:a call that was tried failed too: )?(?P<count>\d+) orders? (?:in a row )?failed",
     _("orders failed in a row: %(count)s")),
    (r"interview \d+ is still open; end it",
     _("you have an interview open; end it or put it back first")),
    (r"you have another interview open",
     _("you have an interview open; end it or put it back first")),
    (r"you have taken another policy", _("you have taken another policy at the same moment")),
    (r"policy (?P<policy>\S+) may not be rung now, or somebody",
     _("policy %(policy)s may not be rung now, or somebody else has it; its page says why")),
    (r"this call was taken by somebody else",
     _("this call was taken by somebody else, or is long over")),
    (r"this customer is in another call",
     _("this customer is in another call; try again when it has ended")),
    (r"the number was rung already;",
     _("the number was rung already; say how the call ended instead")),
    (r"there is no interview", _("there is no such interview")),
    (r"interview \d+ has ended", _("this interview has ended")),
    (r"interview \d+ is with (?P<name>.+) now;",
     _("this interview is with %(name)s now, and nothing was changed")),
    (r"this page was out of date,",
     _("this page was out of date, and nothing was changed; here is how it is")),
    (r"this customer may not be rung now any more",
     _("this customer may not be rung now any more; put the policy back, the queue says when it is"
       " its turn")),
    (r"this question is not being asked",
     _("this question is not being asked; here is the one that is")),
    (r"nobody was rung yet;", _("nobody was rung yet; begin the call, or put the policy back")),
    (r"the conversation has gone on since",
     _("the conversation has gone on since; look at it and choose again how it ended")),
    (r"type the birthday or the last",
     _("type the birthday or the last four characters that the customer said; they are compared"
       " with what is on file")),
    (r"(?P<moment>[\d-]+ [\d:]+) has passed; agree",
     _("%(moment)s has passed; agree on a later time")),
    (r"(?P<moment>[\d-]+ [\d:]+) lies outside the calling",
     _("%(moment)s lies outside the calling hours; agree on another time")),
    (r"what the customer asked for is missing", _("write down what the customer asked for")),
    (r"what was done is missing", _("write down what was done")),
    (r"no carrier is there;", _("no carrier is there; ring on another phone")),
    (r"the carrier has not answered;",
     _("the carrier has not answered; wait, or ring on another phone")),
    (r"the carrier did not take the call: (?P<reason>.+)",
     _("the carrier did not take the call: %(reason)s")),
    (r"this is no number that we can ring;",
     _("this is no number that we can ring; write your phone as it is dialled")),
    (r"there is no request", _("there is no such request")),
    (r"request \d+ was done by (?P<name>.+) already",
     _("%(name)s has done this request already")),
)  # fmt: skip
_ALL = (*troubles_of_cases.SENTENCES, *SENTENCES)
_KNOWN = [(re.compile(pattern, re.DOTALL), words) for pattern, words in _ALL]
_WORDS = frozenset({"closing", "special", "handing"})


def said(trouble: Exception | str) -> str:
    """What went wrong, or what was noted, for the reader of the page."""
    text = str(trouble)
    for pattern, words in _KNOWN:
        found = pattern.match(text)
        if found:
            return str(words) % {name: _named(name, it) for name, it in found.groupdict().items()}
    return text


def _named(name: str, value: str) -> str:
    return word(name, value) if name in _WORDS and name in TABLES else value
