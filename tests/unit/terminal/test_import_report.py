"""What `tirai import` says and does when it is done."""

from pathlib import Path

import pytest

from app.api.messages.customers import BadCell, ImportBegun, ImportDone
from app.session.command import ImportReport
from app.terminal import import_report

PLAN = ImportBegun(
    id=bytes(16), collected=("Full name",), not_collected=("score",), socket="import-" + "0" * 16, token=bytes(32)
)
DONE = ImportDone(
    rows=7, new=3, changed=2, unchanged=2, uncompared=4, queues=(("billing", 7, 1), ("retention", 0, 0)), audit_entry=12
)


def test_that_people_read_new_changed_and_unchanged() -> None:
    text = import_report.report_text(ImportReport(7, PLAN, (), DONE), "c.csv")
    assert "3 new, 2 changed, 2 unchanged; audit entry 12." in text
    assert "4 values that nothing can compare were written anew." in text
    assert "queue billing: 7 customers, seen by 1 agent" in text
    assert "seen by no agent yet" in text
    assert "Not collected, because the inventory does not declare them: score." in text


def test_that_a_refusal_says_that_nothing_came_in() -> None:
    bad = (BadCell(line=3, column="NIK", reason="Not 16 digits"),)
    report = ImportReport(7, PLAN, bad, None)
    assert "line 3, NIK: Not 16 digits" in import_report.report_text(report, "c.csv")
    assert "Nothing was imported: 1 bad cells." in import_report.report_text(report, "c.csv")
    assert import_report.report_json(report)["ok"] is False


def test_that_a_shredded_file_is_overwritten_before_it_goes(tmp_path: Path) -> None:
    file, twin = tmp_path / "c.csv", tmp_path / "twin.csv"
    file.write_bytes(b"S3NT" * 1000)
    twin.hardlink_to(file)
    import_report.shred(file)
    assert not file.exists()
    assert len(twin.read_bytes()) == 4000
    assert b"S3NT" not in twin.read_bytes()


def test_that_a_link_is_removed_and_not_followed(tmp_path: Path) -> None:
    target, link = tmp_path / "c.csv", tmp_path / "link.csv"
    target.write_bytes(b"kept")
    link.symlink_to(target)
    import_report.shred(link)
    assert not link.is_symlink()
    assert target.read_bytes() == b"kept"


def test_that_a_file_stays_where_nobody_says_otherwise(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "c.csv"
    file.write_text("kept")
    import_report.after_import(file, wanted=None, quiet=False)
    assert file.exists()
    assert str(file) in capsys.readouterr().out
