"""What cannot be done in quality work, said in one sentence with the mend."""


class QualityTrouble(Exception):  # noqa: N818 - a fault of the input, reported in one sentence
    """Something that cannot be done to a plan, a task or an appeal. The message says why and what
    to do."""


class StaleForm(QualityTrouble):
    """The form was sent from a page that had been changed elsewhere meanwhile."""


OUT_OF_DATE = "this review was changed in another window, and nothing of yours was kept yet"
