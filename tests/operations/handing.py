"""Hand-overs and special revisits for tests: opened, asked for, and brought back by a branch."""

import csv
from datetime import timedelta
from pathlib import Path

from operations import handover, handover_lists
from operations.special_revisits import Application
from scheduler.otherwise import Ground
from scheduler.rules import Way
from store.tables import Agenda, Policy
from tests.operations.rig import NOW, Rig

AGREED = NOW + timedelta(days=2, hours=4)
ASKED = Application(
    policy="P0001",
    ground=Ground.FAMILY,
    reason="家庭关系复杂,不便电话回访",
    way=Way.VISIT,
    agreed_for=AGREED,
    signed_by_customer=True,
    signed_by_agent=True,
    by="业务员苗青",
)
HEADER = ("清单号", "保单号", "回访结果", "回访日期", "是否本人签名", "延期原因")


def hand_over(rig: Rig, number: int = 1, way: str = "visit", because: str = "refused") -> int:
    """Open a hand-over for the n-th policy."""
    with rig.line.database.transaction() as session:
        policy = session.get(Policy, number)
        assert policy is not None
        return handover.open_handover(session, policy, way, because, rig.clock()).id


def returned(rig: Rig, *rows: tuple[str, ...], name: str = "back.csv") -> Path:
    """A list as it came back."""
    path = rig.folder / name
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows([HEADER, *rows])
    return path


def results(rig: Rig, *rows: tuple[str, ...]) -> handover_lists.Results:
    """What these rows of a returned list come to."""
    return handover_lists.import_results(rig.line, returned(rig, *rows), "济南")


def planned(rig: Rig, number: int = 1) -> str:
    """How the n-th policy stands in the plan as it is kept."""
    with rig.line.database.reading() as session:
        row = session.get(Agenda, number)
        assert row is not None
        return row.state
