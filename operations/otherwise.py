"""What people write when they decide that somebody is not to be rung, or revisited otherwise: names
and reasons that can be kept, and the one kind of trouble with them."""

LONGEST_NAME, LONGEST_REASON = 60, 2000


class OtherwiseTrouble(Exception):  # noqa: N818 - a fault of the input, reported in one sentence
    """A decision that cannot be kept. The message says why and what to do."""


def name_of(by: str) -> str:
    """The name of whoever decides. Raises OtherwiseTrouble."""
    return _text(by, "the name of who decides", LONGEST_NAME)


def reason_of(text: str, what: str = "the reason") -> str:
    """A reason in somebody's words. Raises OtherwiseTrouble."""
    return _text(text, what, LONGEST_REASON)


def _text(text: str, what: str, most: int) -> str:
    text = text.strip()
    if not text:
        raise OtherwiseTrouble(f"{what} is missing; write it down, it is kept with the decision")
    if "\0" in text:
        raise OtherwiseTrouble(f"{what} cannot hold the character NUL; leave it out")
    if len(text) > most:
        raise OtherwiseTrouble(f"{what} may have {most} characters; shorten it")
    return text
