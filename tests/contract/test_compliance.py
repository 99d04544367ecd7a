"""The office's proof in both homes: who gets it, what it says of where it lies, and what a database must keep."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from app.backoffice import schema
from app.domain.compliance.controls import CONTROLS
from app.domain.compliance.finding import Finding
from app.domain.errors import NotAllowedError
from app.session.privacy.compliance import Form
from tests.contract.conftest import Home
from tests.office.door import entries
from tests.office.made import MadeOffice
from tests.office.pdf_text import text_of


@pytest.fixture(scope="module")
def office(home: Home, tmp_path_factory: pytest.TempPathFactory) -> Iterator[MadeOffice]:
    with home(tmp_path_factory.mktemp("office")) as office:
        office.hire("dewi", "Dewi Lestari", "privacy_officer", ("*",), grant=False)
        yield office


def controls(office: MadeOffice) -> dict[str, Finding]:
    session = office.command("dewi")
    try:
        return {one.control.evidence: one for one in session.proofs.controls()}
    finally:
        session.end()


def test_that_each_control_is_looked_at_where_the_office_lies(office: MadeOffice) -> None:
    found = controls(office)
    assert set(found) == {control.evidence for control in CONTROLS}
    unseen = [name for name, one in found.items() if "could not be looked at" in one.found.en]
    assert not unseen
    behind_gateway = "PostgreSQL" in found["stored_encrypted"].found.en
    assert found["row_security"].found.is_met is behind_gateway
    assert found["stored_encrypted"].found.is_met is not behind_gateway
    assert all(found[name].found.is_met for name in ("log_whole", "values_sealed", "master_apart", "second_factor"))
    assert not found["certified"].found.is_met


@pytest.mark.parametrize("form", ["html", "pdf"])
def test_that_a_report_has_each_control_and_its_entry(office: MadeOffice, tmp_path: Path, form: Form) -> None:
    path = tmp_path / f"report.{form}"
    session = office.command("dewi")
    entry = session.proofs.save("report", form, "id", path)
    session.end()
    content = path.read_bytes()
    said = content.decode() if form == "html" else " ".join(text_of(content).split())
    for control in CONTROLS:
        assert control.article in said
    assert str(entry) in said
    assert "<script" not in said
    written = entries(office, "compliance.report_made")[-1]
    assert (written.number, written.actor, written.outcome) == (entry, "dewi", "ok")


def test_that_nobody_else_gets_it_and_that_stands_in_the_log(office: MadeOffice) -> None:
    session = office.command("hendra")
    with pytest.raises(NotAllowedError) as refused:
        session.proofs.controls()
    session.end()
    assert refused.value.code == "role_privacy"
    assert entries(office, "compliance.read")[-1].outcome == "refused"


def test_that_a_table_whose_rows_are_not_kept_apart_turns_a_row_red(office: MadeOffice) -> None:
    before = controls(office)["row_security"].found
    if not before.is_met:
        assert "in this home" in before.en.lower()
        return
    with office.forging() as db:
        db.execute(text("ALTER TABLE notes DISABLE ROW LEVEL SECURITY"))
    try:
        assert not controls(office)["row_security"].found.is_met
    finally:
        with office.forging() as db:
            db.execute(text("ALTER TABLE notes ENABLE ROW LEVEL SECURITY"))


def test_that_a_master_in_a_database_is_red_and_in_an_encrypted_file_is_not(office: MadeOffice) -> None:
    is_file = not controls(office)["row_security"].found.is_met
    with office.forging() as db:
        row = schema.settings.insert().values(name="master_9", value=b"0")
        db.execute(row)
    try:
        assert controls(office)["master_apart"].found.is_met is is_file
    finally:
        with office.forging() as db:
            db.execute(schema.settings.delete().where(schema.settings.c.name == "master_9"))
