"""The letter (函件) of a case: the explanation in writing that the holder signs in person. Which
letter the rulebook means for a case, and whether one can be made."""

from operations import audit
from operations.case_record import CaseTrouble
from operations.choose_script import NoScript, in_force
from operations.facts import facts_of
from operations.line import Line
from operations.rights import Who
from scripts.conditions import situation
from scripts.model import Medium, Purpose
from scripts.rulebooks import choose
from scripts.written import Written
from store import cases
from store.columns import LOCAL
from store.database import Session
from store.tables import Policy

#: The letter of Jinan's seven points (002-e), where the rulebook names none for a second revisit.
EXPLANATION = "explanation"


def possible(policy: Policy) -> bool:
    """Whether a letter can be made: it tells of a contract that was received."""
    return policy.receipt_signed_on is not None


def pdf(line: Line, who: Who, case_id: int) -> bytes:
    """The letter of today as PDF, noted in the audit log. Raises CaseTrouble."""
    from scripts.show import letter  # Typst is loaded by whoever prints

    today = line.clock().astimezone(LOCAL).date()
    with line.database.transaction() as session:
        case = cases.by_id(session, case_id)
        if case is None or who.branch not in (None, case.policy.branch):
            raise CaseTrouble(f"there is no case {case_id}; look at the list of cases")
        if not possible(case.policy):
            raise CaseTrouble("the contract was not received yet; a letter follows the receipt")
        facts = facts_of(line, case.policy, today)
        script = _script(session, line, case.policy)
        audit.note(session, line, who.name, "letter", f"case:{case_id}", script.script.id)
    return letter.pdf(script.script, facts, today=today, script_hash=script.hash)


def _script(session: Session, line: Line, policy: Policy) -> Written:
    """The rulebook's letter for a second revisit, else the explanation."""
    facts = facts_of(line, policy, line.clock().astimezone(LOCAL).date())
    try:
        return in_force(
            session, choose(line.rulebook, situation(facts), Purpose.SECOND, Medium.LETTER)
        )
    except (LookupError, NoScript):
        return in_force(session, EXPLANATION)
