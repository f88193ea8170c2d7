"""Queries about emergencies: one incident with what was done and who was there, the insurer's own
checklists, and whom to ask for help."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from store.tables import (
    Complaint,
    HelpContact,
    Incident,
    IncidentEvent,
    IncidentPerson,
    ScenarioStep,
)


@dataclass(frozen=True, slots=True)
class WholeIncident:
    """An incident with its record, in order, and the people who are there."""

    incident: Incident
    events: list[IncidentEvent] = field(default_factory=list)
    people: list[IncidentPerson] = field(default_factory=list)


def by_id(session: Session, incident_id: int) -> Incident | None:
    """The incident with this number."""
    return session.scalar(select(Incident).where(Incident.id == incident_id))


def by_form(session: Session, form_key: str) -> Incident | None:
    """The incident that this form has reported."""
    return session.scalar(select(Incident).where(Incident.form_key == form_key))


def locked(session: Session, incident_id: int) -> WholeIncident | None:
    """The whole incident, which nobody else changes meanwhile."""
    found = session.scalar(
        select(Incident)
        .where(Incident.id == incident_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return None if found is None else _whole(session, found)


def untold(session: Session) -> list[Incident]:
    """Incidents that are open and of which nobody above was told, in order."""
    query = select(Incident).where(Incident.told_at.is_(None), Incident.stage != "closed")
    return list(session.scalars(query.order_by(Incident.id)))


def whole(session: Session, incident_id: int) -> WholeIncident | None:
    """The whole incident, to be looked at."""
    found = by_id(session, incident_id)
    return None if found is None else _whole(session, found)


def _whole(session: Session, found: Incident) -> WholeIncident:
    events = session.scalars(
        select(IncidentEvent)
        .where(IncidentEvent.incident_id == found.id)
        .order_by(IncidentEvent.number)
    )
    people = session.scalars(
        select(IncidentPerson)
        .where(IncidentPerson.incident_id == found.id)
        .order_by(IncidentPerson.id)
    )
    return WholeIncident(found, list(events), list(people))


def visits_since(session: Session, since: datetime, most: int) -> list[Complaint]:
    """Complaints by visit that came since then and belong to no incident yet, the newest first;
    at most so many."""
    query = _loose_visits().where(Complaint.received_at >= since)
    return list(
        session.scalars(
            query.order_by(Complaint.received_at.desc(), Complaint.id.desc()).limit(most)
        )
    )


def visits(session: Session, numbers: Sequence[int]) -> list[Complaint]:
    """Of these complaints those that came by visit and belong to no incident yet."""
    query = _loose_visits().where(Complaint.id.in_(numbers))
    return list(session.scalars(query.order_by(Complaint.id)))


def of_complaint(session: Session, complaint_id: int) -> int | None:
    """The number of the incident that a complaint belongs to."""
    query = select(IncidentPerson.incident_id).where(IncidentPerson.complaint_id == complaint_id)
    return session.scalar(query.order_by(IncidentPerson.id).limit(1))


def _loose_visits() -> Select[Complaint]:
    known = select(IncidentPerson.id).where(IncidentPerson.complaint_id == Complaint.id)
    return select(Complaint).where(Complaint.channel == "visit", ~known.exists())


def own_steps(session: Session, kinds: Sequence[str]) -> list[ScenarioStep]:
    """The insurer's own steps of these kinds that stand, in the order in which they were added."""
    query = select(ScenarioStep).where(
        ScenarioStep.kind.in_(kinds), ScenarioStep.taken_out_at.is_(None)
    )
    return list(session.scalars(query.order_by(ScenarioStep.id)))


def own_step(session: Session, step_id: int) -> ScenarioStep | None:
    """One step of the insurer's own, standing or not."""
    return session.scalar(select(ScenarioStep).where(ScenarioStep.id == step_id))


def contacts(session: Session, branch: str | None) -> list[HelpContact]:
    """Whom a branch may ask for help: head office's contacts and its own; None: all of them."""
    query = select(HelpContact).where(HelpContact.taken_out_at.is_(None))
    if branch is not None:
        query = query.where(or_(HelpContact.branch.is_(None), HelpContact.branch == branch))
    return list(session.scalars(query.order_by(HelpContact.branch, HelpContact.id)))


def contact(session: Session, contact_id: int) -> HelpContact | None:
    """One contact, standing or not."""
    return session.scalar(select(HelpContact).where(HelpContact.id == contact_id))
