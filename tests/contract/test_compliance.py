"""The office's proof in both homes: who gets it, what it says of where it lies, and what a database must keep."""

import threading
from collections.abc import Callable, Iterator
from html import unescape
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from sqlalchemy import text

from app.api.client import compliance as calls
from app.api.client.client import ApiClient
from app.auth.evidence_pack import MANIFEST, SIGNATURE, verified
from app.backoffice import schema
from app.backoffice.compliance.evidence import EVIDENCE, pieces
from app.backoffice.compliance.look import Look
from app.domain.compliance.controls import CONTROLS
from app.domain.compliance.finding import Finding, Found
from app.domain.errors import NotAllowedError, VerificationError
from app.resource_files import resource_text
from app.session.document_watch import Asks
from app.session.errors import DocumentStopped
from app.session.privacy.compliance import Form, Kind
from tests.contract.conftest import Home
from tests.office.door import entries
from tests.office.made import MadeOffice
from tests.office.pdf_text import text_of

BASE = resource_text("policy", "default.toml")
TOLD = '[controller]\nname = "PT Uji"\n[purposes]'
FORMS: tuple[Form, ...] = ("html", "pdf")


@pytest.fixture(scope="module")
def office(home: Home, tmp_path_factory: pytest.TempPathFactory) -> Iterator[MadeOffice]:
    inventory = resource_text("inventory", "customer.toml").replace("[purposes]", TOLD)
    with home(tmp_path_factory.mktemp("office"), inventory) as office:
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
    assert f"PT Uji ({office.made.plate.name})" in said, "whose report it is, as the law knows them"
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


def test_that_a_look_tells_how_far_it_is_and_what_is_stopped_is_not_written(
    office: MadeOffice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The office waits at a piece of evidence until the console has asked; so no time decides anything."""
    monkeypatch.setattr("app.session.document_watch.LOOK_AFTER_S", 0.01)
    asked, reached, path = threading.Event(), threading.Event(), tmp_path / "report.pdf"

    def officer(_look: Look) -> Found:
        reached.set()
        return Found(asked.wait(120), "Waited.", "Menunggu.")

    monkeypatch.setitem(EVIDENCE, "officer", officer)
    seen: list[tuple[int, int]] = []

    def tell(done: int, total: int) -> None:
        if done:  # the first answer may come before the first piece
            seen.append((done, total))
            asked.set()

    session = office.command("dewi")
    session.proofs.controls(tell)
    assert 0 < seen[0][0] < seen[0][1] == pieces()
    before = len(entries(office, "compliance.report_made"))

    def stop(_client: ApiClient, key: bytes) -> None:
        calls.stop(_client, key)
        asked.set()

    asked.clear()
    reached.clear()  # who stops before the office has begun stops nothing yet, and asks again
    monkeypatch.setattr("app.session.privacy.compliance._ASKS", Asks(calls.how_far, stop))
    with pytest.raises(DocumentStopped):
        session.proofs.save("report", "pdf", "en", path, is_stopped=reached.is_set)
    session.end()
    assert list(tmp_path.iterdir()) == []
    assert len(entries(office, "compliance.report_made")) == before, "what was not made is not said to be made"


@pytest.mark.parametrize("kind", ["review", "assessment"])
def test_that_review_and_assessment_say_what_the_book_and_the_inventory_say(
    office: MadeOffice, tmp_path: Path, kind: Kind
) -> None:
    said = {}
    session = office.command("dewi")
    for form in FORMS:
        path = tmp_path / f"{kind}.{form}"
        session.proofs.save(kind, form, "en", path)
        content = path.read_bytes()
        said[form] = unescape(content.decode()) if form == "html" else " ".join(text_of(content).split())
    session.end()
    expected = {
        "review": ["Hendra Kusuma (hendra)", "financial", "Dewi Lestari (dewi)", "never", "Keep / take away"],
        "assessment": ["Health note", "Serve the customer's requests", "not said in the inventory", "0 customers"],
    }[kind]
    for words in expected:
        assert words in said["html"], words
        assert words in said["pdf"], words
    assert office.made.plate.name in said["pdf"]


def test_that_a_pack_is_verified_without_its_office_and_whatever_was_changed_is_refused(
    office: MadeOffice, tmp_path: Path
) -> None:
    path = tmp_path / "evidence.zip"
    session = office.command("dewi")
    session.proofs.save_pack("id", path)
    session.end()
    whole, plate = path.read_bytes(), office.made.plate
    facts = verified(whole, BASE, plate.office)
    assert (facts.office, facts.office_name, facts.made_by) == (plate.office, plate.name, "Dewi Lestari")
    written = entries(office, "compliance.packed")[-1]
    assert facts.entries == written.number
    assert facts.head == written.hash
    assert "report.pdf" in facts.files
    for name in (*facts.files, MANIFEST, SIGNATURE):
        for change in (None, lambda content: content[:-1] + bytes([content[-1] ^ 1])):
            with pytest.raises(VerificationError) as refused:
                verified(changed(whole, name, change), BASE)
            assert refused.value.code == "pack", name
    with pytest.raises(VerificationError, match="another office"):
        verified(whole, BASE, bytes(32))
    with pytest.raises(VerificationError):
        verified(changed(whole, "more.txt", lambda _content: b"more"), BASE)
    for cut in (b"", whole[:-30], whole[: len(whole) // 2]):
        with pytest.raises(VerificationError):
            verified(cut, BASE)


def changed(whole: bytes, name: str, change: Callable[[bytes], bytes] | None) -> bytes:
    """The pack with one file changed, added or, without a change, left out; the rest and the manifest stay."""
    with ZipFile(BytesIO(whole)) as archive:
        files = {one: archive.read(one) for one in archive.namelist()}
    old = files.pop(name, b"")
    if change is not None:
        files[name] = change(old)
    target = BytesIO()
    with ZipFile(target, "w") as archive:
        for one, content in files.items():
            archive.writestr(one, content)
    return target.getvalue()


@pytest.mark.parametrize("form", FORMS)
def test_that_the_record_of_processing_is_a_file_of_either_form_and_stands_in_the_log(
    office: MadeOffice, tmp_path: Path, form: Form
) -> None:
    path = tmp_path / f"record.{form}"
    session = office.command("dewi")
    entry = session.record.save("id", form, path)
    said = session.record.said("id")
    session.end()
    text = unescape(path.read_text("utf-8")) if form == "html" else " ".join(text_of(path.read_bytes()).split())
    assert all(one.purpose in text for one in said.activities())
    assert [one.event for one in entries(office) if one.number == entry] == ["privacy.record_made"]
