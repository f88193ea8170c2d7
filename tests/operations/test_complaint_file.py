"""The file of a complaint as an outsider gets it: whole, checked by the program that lies in it,
and told of in the audit log."""

import json
from io import BytesIO
from zipfile import ZipFile

from operations import complaint_file, complaint_papers, verify_package
from operations.case_papers import Upload
from operations.complaint_papers import Paper
from store.audit import about
from tests.operations.complaining import HAN, ready
from tests.operations.rig import Rig
from tests.operations.test_case_papers import PDF
from tests.operations.test_complaint_intake import WANTS_OUT, complains


def test_it_holds_everything_and_checks_out(rig: Rig) -> None:
    ready(rig)
    complains(rig, WANTS_OUT)
    brought = Upload("决定书.pdf", BytesIO(PDF))
    complaint_papers.attach(rig.line, HAN, 1, None, Paper.LETTER, brought)
    made = complaint_file.make(rig.line, 1, "高主管")
    assert made.name.startswith("evidence-TS2026-000001-")
    with ZipFile(BytesIO(made.content)) as package:
        names = package.namelist()
        assert list(verify_package.check(sorted(names), package.read)) == []
        rows = json.loads(package.read("records.json"))
        text = package.read("README.txt").decode()
    assert {"complaint", "complaint_event", "complaint_evidence", "complaint_file", "call",
            "turn"} <= set(rows)  # fmt: skip
    assert [one for one in names if one.startswith("papers/")]
    assert "transcripts/call-000001.txt" in names
    assert "投诉 / complaint" in text
    assert "本保单" not in text
    with rig.line.database.reading() as session:
        assert about(session, ["complaint:1"])[-1].what == "evidence"


def test_a_changed_file_is_found_out(rig: Rig) -> None:
    ready(rig)
    complains(rig, WANTS_OUT)
    made = complaint_file.make(rig.line, 1, "高主管")
    with ZipFile(BytesIO(made.content)) as package:
        files = {name: package.read(name) for name in package.namelist()}
    files["records.json"] = files["records.json"].replace(
        "业务员骗我".encode(), "没有的事".encode()
    )
    assert list(verify_package.check(sorted(files), files.__getitem__))
