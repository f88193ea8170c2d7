"""Emergencies at the counter (突发事件): the incident, everything that was done about it, who was
there; the insurer's own checklists and contacts; and the drills (演练)."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from store.tables.base import Base


class Incident(Base):
    """One incident. ``branch`` None: head office's own."""

    __tablename__ = "incident"
    __table_args__ = (Index("ix_incident_stage_grade", "stage", "grade", "happened_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    branch: Mapped[str | None] = mapped_column(index=True)
    counter: Mapped[str] = mapped_column(String(120), comment="where: the counter (柜面)")
    kind: Mapped[str] = mapped_column(String(20), index=True, comment="cases.emergencies.Kind")
    also: Mapped[list[str]] = mapped_column(comment="further kinds that it involves")
    counted: Mapped[dict[str, Any]] = mapped_column(comment="Fact -> number; the amount in fen")
    visitors: Mapped[int] = mapped_column(comment="people who came together")
    words: Mapped[str] = mapped_column(comment="what happens, as it was reported")
    happened_at: Mapped[datetime] = mapped_column(index=True)
    reported_at: Mapped[datetime]
    reported_by: Mapped[str] = mapped_column(String(60))
    stage: Mapped[str] = mapped_column(String(16), comment="cases.incident_life.Stage")
    computed: Mapped[int] = mapped_column(comment="the grade computed, 1 to 4")
    decided: Mapped[dict[str, Any]] = mapped_column(comment="the sentence that decided, as it was")
    grade: Mapped[int] = mapped_column(comment="the grade in force: computed, or given by somebody")
    given_because: Mapped[str] = mapped_column(comment="why another grade was given; else empty")
    told_at: Mapped[datetime | None] = mapped_column(comment="when somebody above was first told")
    spokesman: Mapped[str | None] = mapped_column(String(60))
    plan: Mapped[list[dict[str, Any]]] = mapped_column(comment="the checklist, as it was started")
    rooms: Mapped[list[dict[str, Any]]] = mapped_column(comment="number, name, handler")
    closing: Mapped[dict[str, Any]] = mapped_column(comment="what the report (事故报告单) says")
    closed_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(comment="counts up with every change, against stale forms")
    form_key: Mapped[str] = mapped_column(
        String(40), unique=True, comment="of the form that reported it: twice is once"
    )


class IncidentEvent(Base):
    """One thing that was done about an incident. Only added to."""

    __tablename__ = "incident_event"
    __table_args__ = (UniqueConstraint("incident_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    incident_id: Mapped[int] = mapped_column(ForeignKey("incident.id"))
    number: Mapped[int] = mapped_column(comment="counts within the incident, from 1")
    at: Mapped[datetime]
    by: Mapped[str] = mapped_column(String(60))
    what: Mapped[str] = mapped_column(String(20), comment="cases.incident_life.Deed; report")
    words: Mapped[str]
    detail: Mapped[dict[str, Any]]


class IncidentPerson(Base):
    """Somebody who is there: a customer of a group, and the room they sit in."""

    __tablename__ = "incident_person"
    __table_args__ = (UniqueConstraint("incident_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    incident_id: Mapped[int] = mapped_column(ForeignKey("incident.id"))
    name: Mapped[str] = mapped_column(String(60))
    problem: Mapped[bool] = mapped_column(comment="a problem customer (问题客户)")
    room: Mapped[int | None] = mapped_column(comment="number of the room")
    complaint_id: Mapped[int | None] = mapped_column(ForeignKey("complaint.id"), index=True)


class ScenarioStep(Base):
    """A step of a checklist that the insurer has filled in."""

    __tablename__ = "scenario_step"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(20), index=True, comment="cases.emergencies.Kind")
    manner: Mapped[str] = mapped_column(String(8), comment="do or avoid")
    words: Mapped[str]
    added_at: Mapped[datetime]
    added_by: Mapped[str] = mapped_column(String(60))
    taken_out_at: Mapped[datetime | None]
    taken_out_by: Mapped[str | None] = mapped_column(String(60))


class HelpContact(Base):
    """Whom to ask for help (事先与可能求援的部门建立联系). ``branch`` None: for everybody."""

    __tablename__ = "help_contact"

    id: Mapped[int] = mapped_column(primary_key=True)
    branch: Mapped[str | None] = mapped_column(index=True)
    what: Mapped[str] = mapped_column(String(60), comment="e.g. the police, head office's desk")
    name: Mapped[str] = mapped_column(String(60))
    phone: Mapped[str] = mapped_column(String(40), comment="an office's number, as it is dialled")
    added_at: Mapped[datetime]
    added_by: Mapped[str] = mapped_column(String(60))
    taken_out_at: Mapped[datetime | None]
    taken_out_by: Mapped[str | None] = mapped_column(String(60))


class Drill(Base):
    """One drill, planned from a case or made up. ``branch`` None: head office's own."""

    __tablename__ = "drill"

    id: Mapped[int] = mapped_column(primary_key=True)
    branch: Mapped[str | None] = mapped_column(index=True)
    case_id: Mapped[str | None] = mapped_column(String(60), comment="of the file of emergencies")
    title: Mapped[str] = mapped_column(String(120))
    situation: Mapped[str]
    place: Mapped[str] = mapped_column(String(120))
    planned_on: Mapped[date] = mapped_column(index=True)
    plan: Mapped[list[dict[str, Any]]] = mapped_column(comment="words, minute or none, who")
    planned_at: Mapped[datetime]
    planned_by: Mapped[str] = mapped_column(String(60))
    state: Mapped[str] = mapped_column(String(12), index=True, comment="cases.drills.State")
    started_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    result: Mapped[str] = mapped_column(comment="what was learnt, or why it was called off")
    version: Mapped[int]
    form_key: Mapped[str] = mapped_column(String(40), unique=True)


class DrillStep(Base):
    """Something that was done in a drill. ``step`` is the number in the plan, from 1; None for what
    nobody had planned."""

    __tablename__ = "drill_step"
    __table_args__ = (UniqueConstraint("drill_id", "step"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    drill_id: Mapped[int] = mapped_column(ForeignKey("drill.id"), index=True)
    step: Mapped[int | None]
    at: Mapped[datetime]
    by: Mapped[str] = mapped_column(String(60))
    words: Mapped[str]
