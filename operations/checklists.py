"""The insurer's own steps in the checklists of emergencies, and whom to ask for help. Only added to
and taken out: what an incident was started with stays with it."""

from collections.abc import Sequence
from dataclasses import dataclass

from cases.emergencies import Kind
from operations import audit
from operations.incident_record import SHORT, IncidentTrouble, words_of
from operations.line import Line
from operations.rights import Who
from store import incidents as store
from store.tables import HelpContact, ScenarioStep

#: Characters of one step: what fits on two lines.
_LONGEST_STEP = 400
_LONGEST_PHONE = 40
MANNERS = ("do", "avoid")


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom to ask for help: what they are, a name, and the number of their office."""

    what: str
    name: str
    phone: str


def add_steps(line: Line, who: Who, kind: Kind, manner: str, steps: Sequence[str]) -> int:
    """Add steps, in their order; those that stand there already are not added again. Returns how
    many were added. Raises IncidentTrouble."""
    _for_all(who)
    if manner not in MANNERS:
        raise IncidentTrouble("a step is something to do or to avoid; choose one")
    given = [words_of(one, "a step", _LONGEST_STEP) for one in steps if one.strip()]
    if not given:
        raise IncidentTrouble("a step is missing; write it down")
    with line.database.transaction() as session:
        there = {(one.manner, one.words) for one in store.own_steps(session, [kind.value])}
        new = [one for one in dict.fromkeys(given) if (manner, one) not in there]
        for words in new:
            session.add(
                ScenarioStep(
                    kind=kind.value, manner=manner, words=words, added_at=line.clock(),
                    added_by=who.name,
                )
            )  # fmt: skip
        if new:
            audit.note(session, line, who.name, "checklist-filled", f"scenario:{kind}")
    return len(new)


def take_out_step(line: Line, who: Who, step_id: int) -> Kind:
    """Take a step out; who and when stays. Returns its kind. Raises IncidentTrouble."""
    _for_all(who)
    with line.database.transaction() as session:
        step = store.own_step(session, step_id)
        if step is None:
            raise IncidentTrouble("there is no such step; open the page again")
        if step.taken_out_at is None:
            step.taken_out_at, step.taken_out_by = line.clock(), who.name
            audit.note(session, line, who.name, "checklist-cut", f"scenario:{step.kind}")
        return Kind(step.kind)


def add_contact(line: Line, who: Who, contact: Contact) -> None:
    """Add somebody to ask for help: for the branch of whoever adds them, else for everybody. The
    same one again changes nothing. Raises IncidentTrouble."""
    what = words_of(contact.what, "what they are", SHORT)
    name = words_of(contact.name, "the name of the contact", SHORT)
    phone = words_of(contact.phone, "the phone of the contact", _LONGEST_PHONE)
    with line.database.transaction() as session:
        there = store.contacts(session, who.branch or "")
        if any((one.what, one.name, one.phone) == (what, name, phone) for one in there):
            return
        session.add(
            HelpContact(
                branch=who.branch, what=what, name=name, phone=phone, added_at=line.clock(),
                added_by=who.name,
            )
        )  # fmt: skip


def take_out_contact(line: Line, who: Who, contact_id: int) -> None:
    """Take a contact out; somebody of a branch only one of that branch. Raises IncidentTrouble."""
    with line.database.transaction() as session:
        found = store.contact(session, contact_id)
        if found is None or who.branch not in (None, found.branch):
            raise IncidentTrouble("there is no such contact of yours; open the page again")
        if found.taken_out_at is None:
            found.taken_out_at, found.taken_out_by = line.clock(), who.name


def _for_all(who: Who) -> None:
    if who.branch is not None:
        raise IncidentTrouble("checklists hold for every branch; ask somebody of head office")
