"""What can go wrong with a recogniser or its model, as one exception with one clear sentence."""


class SpeechTrouble(Exception):  # noqa: N818 - trouble outside, not an error of ours
    """A recogniser cannot be used. The message says what is missing and how to mend it."""
