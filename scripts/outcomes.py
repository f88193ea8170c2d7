"""How one call can end. One list for the script's endings and for the carrier's, so that the
retry rules, the rulebooks and the reports all speak of the same thing."""

from enum import StrEnum


class Outcome(StrEnum):
    """The end of one attempt. The first group is reached by talking, the second by the carrier."""

    COMPLETED = "completed"  # the holder in person heard every question of the path
    NOT_HOLDER = "not-holder"  # somebody else answered; nothing of the policy was told
    IDENTITY_FAILED = "identity-failed"  # could not prove to be the holder
    CALLBACK = "callback"  # asked to be called later; a time is kept if one was given
    REFUSED = "refused"  # will not take part
    UNAWARE = "unaware"  # says, also after the explanation, that no insurance was bought
    NOT_RECEIVED = "not-received"  # has not got the policy: called again after delivery
    TRANSFERRED = "transferred"  # handed to a person
    COMPLAINT = "complaint"  # complained or wants out, and no person could be reached
    LANGUAGE = "language"  # we and the customer cannot understand each other
    SILENT = "silent"  # three silences in a row: never consent
    HUNG_UP = "hung-up"  # the customer hung up before the end

    BUSY = "busy"
    NO_ANSWER = "no-answer"
    SWITCHED_OFF = "switched-off"
    UNREACHABLE = "unreachable"
    SUSPENDED = "suspended"
    EMPTY_NUMBER = "empty-number"
    VOICEMAIL = "voicemail"
    FAILED = "failed"  # the carrier could not place the call
    CANCELED = "canceled"
    ERROR = "error"  # our own fault; logged with the call's id


TALKED: frozenset[Outcome] = frozenset(list(Outcome)[: list(Outcome).index(Outcome.BUSY)])


class Cause(StrEnum):
    """What decides whether, when and on which number a policy is rung again: the outcome, or a
    finer word where one outcome has two followings (hung up before the identity was verified, or
    in the middle; the holder was out, or is not known under the number)."""

    COMPLETED = "completed"
    NOT_HOLDER = "not-holder"
    WRONG_NUMBER = "wrong-number"  # no such person here
    IDENTITY_FAILED = "identity-failed"
    CALLBACK = "callback"
    REFUSED = "refused"
    UNAWARE = "unaware"
    NOT_RECEIVED = "not-received"
    TRANSFERRED = "transferred"
    COMPLAINT = "complaint"
    LANGUAGE = "language"
    SILENT = "silent"
    HUNG_UP_EARLY = "hung-up-early"  # before the identity was verified
    HUNG_UP = "hung-up"  # in the middle

    BUSY = "busy"
    NO_ANSWER = "no-answer"
    SWITCHED_OFF = "switched-off"
    UNREACHABLE = "unreachable"
    SUSPENDED = "suspended"
    EMPTY_NUMBER = "empty-number"
    VOICEMAIL = "voicemail"
    FAILED = "failed"
    CANCELED = "canceled"
    ERROR = "error"


#: The finer words, and the outcome each is one of. Every other cause is an outcome's own word.
FINER = {Cause.WRONG_NUMBER: Outcome.NOT_HOLDER, Cause.HUNG_UP_EARLY: Outcome.HUNG_UP}
