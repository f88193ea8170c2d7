"""Emergencies at the counter (柜面突发事件) as data: grades, routes of reporting, checklists,
drills. Loads and checks the file; decides nothing."""

from cases.emergencies.reader import load, usual
from cases.emergencies.schema import (
    DrillCase,
    Emergencies,
    Fact,
    Group,
    Kept,
    Kind,
    Route,
    Rule,
    Said,
    Scenario,
)

__all__ = [
    "DrillCase",
    "Emergencies",
    "Fact",
    "Group",
    "Kept",
    "Kind",
    "Route",
    "Rule",
    "Said",
    "Scenario",
    "load",
    "usual",
]
