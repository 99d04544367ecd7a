"""Incidents through office and client: a report by anybody, whom it touched out of the log, letters, the end."""

import csv
import hashlib
import zipfile
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest

from app.api.client import incidents as calls
from app.api.messages.incidents import (
    AskEachLetter,
    AskIncidentLetter,
    AtRevision,
    ConfirmIncident,
    IncidentRow,
    ReportSuspicion,
    SayTold,
    SetScope,
    SetTexts,
    WriteNote,
)
from app.backoffice.incidents import to_each
from app.domain.data_class import DataClass
from app.domain.incidents.words import IncidentState, NoteKind, Suspicion, Told
from app.resource_files import resource_text
from app.session.identity import new_id
from app.session.privacy.incidents import Incidents
from tests.contract.conftest import Home
from tests.demo.customers import demo_customers
from tests.office.answers import code_of
from tests.office.door import entries
from tests.office.made import SEAT, Bare, MadeOffice
from tests.office.pdf_text import text_of

CUSTOMERS = demo_customers(12, 5)
TOLD = '[controller]\nname = "PT Uji"\ncontact = "privasi@uji.example"\n[purposes]'
WORDS = "<b>Yoga</b> read cards aloud in the canteen"


@pytest.fixture(scope="module")
def office(home: Home, tmp_path_factory: pytest.TempPathFactory) -> Iterator[MadeOffice]:
    inventory = resource_text("inventory", "customer.toml").replace("[purposes]", TOLD)
    with home(tmp_path_factory.mktemp("office"), inventory) as made:
        made.hire("ratna", "Ratna Dewanti", queues=("*",))
        made.hire("dewi", "Dewi Lestari", "privacy_officer", ("*",))
        made.bring_in(CUSTOMERS)
        yield made


@pytest.fixture(scope="module")
def leak(office: MadeOffice) -> dict[DataClass, set[str]]:
    """Whose data ratna opened, by class; hendra, who is not in question, opens something of the same people."""
    ratna, hendra = office.desk("ratna"), office.desk("hendra")
    with_phone = [c["customer_number"] for c in CUSTOMERS if c["mobile_phone"]][:3]
    shown = [ratna.customer(ratna.search(number, None).ids[0]).record for number in with_phone]
    noted = ratna.customer(ratna.search(CUSTOMERS[-1]["customer_number"], None).ids[0]).record
    for record in shown:
        ratna.reveal(record, "mobile_phone", "call_back")
    hendra.reveal(shown[0], "mobile_phone", "call_back")
    ratna.notes(noted)
    ratna.end("signed_out")
    hendra.end("signed_out")
    return {DataClass.CONTACT: {*shown}, DataClass.NOTE: {noted}}


@pytest.fixture
def dewi(office: MadeOffice) -> Iterator[Bare]:
    bare = office.bare("dewi")
    yield bare
    bare.end()


def reported(office: MadeOffice, account: str = "ratna", *, is_drill: bool = False) -> bytes:
    """A report by somebody, twice: the line broke."""
    said = ReportSuspicion(id=new_id(), suspicion=Suspicion.MISUSE, words=WORDS, is_drill=is_drill)
    bare = office.bare(account)
    assert calls.report(bare.client, said) == calls.report(bare.client, said)
    bare.end()
    return said.id


def row(who: Bare, key: bytes) -> IncidentRow:
    return next(found for found in calls.all_incidents(who.client).incidents if found.id == key)


def span(office: MadeOffice, key: bytes, who: Bare, **named: object) -> SetScope:
    now = office.clock.now_ms()
    return SetScope(
        revision=row(who, key).revision,
        since_ms=now - 20 * 3_600_000,
        until_ms=now,
        **named,  # type: ignore[arg-type]
    )


def test_that_those_whom_it_touched_are_exactly_those_of_the_log(
    office: MadeOffice, leak: dict[DataClass, set[str]], dewi: Bare
) -> None:
    key = reported(office)
    everybody = leak[DataClass.CONTACT] | leak[DataClass.NOTE]
    for named, expected in (
        ({"account": "ratna"}, everybody),
        ({"account": "ratna", "data_class": DataClass.CONTACT}, leak[DataClass.CONTACT]),
        ({"seat": SEAT}, everybody),
        ({"seat": "ELSEWHERE"}, set()),
        ({"account": "hendra", "data_class": DataClass.NOTE}, set()),
    ):
        calls.set_scope(dewi.client, key, span(office, key, dewi, **named))
        found = calls.affected(dewi.client, key)
        assert {one.record for one in found.rows} == expected
        assert found.total == len(expected)
        assert all(one.customer_number for one in found.rows)
    before = span(office, key, dewi, account="ratna")
    early = before.model_copy(update={"until_ms": before.since_ms + 1000})
    calls.set_scope(dewi.client, key, early)
    assert calls.affected(dewi.client, key).total == 0, "nothing of it was in that time"


def test_that_it_goes_from_a_report_to_its_end_with_both_letters(
    office: MadeOffice, leak: dict[DataClass, set[str]], dewi: Bare
) -> None:
    key = reported(office, "adi")
    opened = calls.read(dewi.client, key)
    assert (opened.words, opened.row.reported_by) == (WORDS, "adi")
    assert code_of(calls.affected, dewi.client, key) == "no_scope"
    letter = AskIncidentLetter(who=Told.AUTHORITY, language="id")
    assert code_of(calls.letter, dewi.client, key, letter) == "state"
    later = ConfirmIncident(revision=1, t0_ms=opened.row.reported_ms + 1)
    assert code_of(calls.confirm, dewi.client, key, later) == "t0"
    calls.confirm(dewi.client, key, ConfirmIncident(revision=1, t0_ms=opened.row.reported_ms - 3_600_000))
    calls.set_scope(dewi.client, key, span(office, key, dewi, account="ratna"))
    texts = SetTexts(revision=3, how="Kartu dibacakan keras.", handling="Akun ditutup.", recovery="Kunci diganti.")
    calls.set_texts(dewi.client, key, texts)
    said = text_of(calls.letter(dewi.client, key, letter).pdf)
    assert "data kontak" in said
    assert "Kunci diganti." in said
    assert "PT Uji (Nusantara Care)" in said
    assert "privasi@uji.example" in said, "whoever reads it can answer"
    assert "LATIHAN" not in said
    assert code_of(calls.close, dewi.client, key, AtRevision(revision=4)) == "not_told"
    calls.say_told(dewi.client, key, SayTold(revision=4, who=Told.AUTHORITY))
    calls.say_told(dewi.client, key, SayTold(revision=5, who=Told.SUBJECTS))
    assert code_of(calls.say_told, dewi.client, key, SayTold(revision=6, who=Told.SUBJECTS)) == "told"
    calls.close(dewi.client, key, AtRevision(revision=6))
    lesson = WriteNote(id=new_id(), kind=NoteKind.LESSON, words="Headphones for whoever reads aloud.")
    calls.write_note(dewi.client, key, lesson)
    again = calls.read(dewi.client, key)
    assert again.row.state is IncidentState.CLOSED
    assert [line.event or line.kind for line in again.timeline] == [
        "incident.reported", "incident.confirmed", "incident.scoped", "incident.written", "incident.letter",
        "incident.told", "incident.told", "incident.closed", NoteKind.LESSON, "incident.noted",
    ]  # fmt: skip
    assert not [e for e in entries(office) if "canteen" in e.detail or "Headphones" in e.detail]


def test_that_a_drill_is_marked_and_a_suspicion_that_was_none_says_why(office: MadeOffice, dewi: Bare) -> None:
    drill = reported(office, is_drill=True)
    calls.confirm(dewi.client, drill, ConfirmIncident(revision=1, t0_ms=row(dewi, drill).reported_ms))
    pdf = calls.letter(dewi.client, drill, AskIncidentLetter(who=Told.PUBLIC, language="en")).pdf
    assert text_of(pdf).count("DRILL") >= 2
    told = [e for e in entries(office) if e.reference == drill.hex()]
    assert told
    assert all("drill=yes" in e.detail for e in told)
    none = reported(office)
    assert code_of(calls.dismiss, dewi.client, none, AtRevision(revision=1)) == "no_note"
    calls.write_note(dewi.client, none, WriteNote(id=new_id(), kind=NoteKind.TIMELINE, words="It was a rehearsal."))
    calls.dismiss(dewi.client, none, AtRevision(revision=1))
    assert row(dewi, none).state is IncidentState.DISMISSED


def test_that_nobody_else_sees_what_was_reported(office: MadeOffice) -> None:
    key = reported(office)
    for account in ("ratna", "hendra", "adi"):
        bare = office.bare(account)
        assert code_of(calls.all_incidents, bare.client) == "role"
        assert code_of(calls.read, bare.client, key) == "role"
        bare.end()


def test_that_each_whom_it_touched_gets_a_letter_about_their_own_data_in_both_languages(
    office: MadeOffice, leak: dict[DataClass, set[str]], dewi: Bare, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(to_each, "AT_ONCE", 2)
    key = reported(office, is_drill=True)
    assert code_of(calls.letters_to_each, dewi.client, key, AskEachLetter()) == "state"
    calls.confirm(dewi.client, key, ConfirmIncident(revision=1, t0_ms=row(dewi, key).t0_ms))
    assert code_of(calls.letters_to_each, dewi.client, key, AskEachLetter()) == "no_scope"
    calls.set_scope(dewi.client, key, span(office, key, dewi, account="ratna"))
    assert code_of(calls.letters_to_each, dewi.client, key, AskEachLetter(after="1")) == "no_first"
    told: list[tuple[int, int]] = []
    saved = Incidents(dewi.identity).save_letters_to_each(
        key.hex(), tmp_path / "letters.zip", lambda done, total: told.append((done, total)), lambda: False
    )
    everybody = {one.record: one for one in calls.affected(dewi.client, key).rows}
    assert (saved.letters, saved.gone) == (len(everybody), 0)
    assert told == [(2, 4), (4, 4)]
    with zipfile.ZipFile(tmp_path / "letters.zip") as file:
        listed = list(csv.DictReader(StringIO(file.read("references.csv").decode())))
        letters = {line["customer_number"]: file.read(line["file"]) for line in listed}
    assert {line["customer_number"]: line["sha256"] for line in listed} == {
        number: hashlib.sha256(pdf).hexdigest() for number, pdf in letters.items()
    }
    number = row(dewi, key).number
    for one in everybody.values():
        text = text_of(letters[one.customer_number])
        assert f"{number}/{one.customer_number}" in text
        assert ("data kontak" in text) == ("contact" in one.classes), "what was disclosed of them, and nothing else"
        assert ("catatan percakapan" in text) == ("note" in one.classes)
        for words in ("Pelanggan yang terhormat", "Dear customer", "LATIHAN", "DRILL"):
            assert words in text
        others = {other.customer_number for other in everybody.values()} - {one.customer_number}
        assert not [other for other in others if other in text]
        for page, mark in (("Halaman 1 dari 1", "LATIHAN"), ("Page 1 of 1", "DRILL")):
            assert page in text
            assert text.count(mark) >= 2, "above, and at the foot of each page"
    noted = [entry for entry in entries(office, "incident.letter_to_one") if entry.reference == key.hex()]
    assert {entry.record for entry in noted} == set(everybody)
    for entry in noted:
        digest = hashlib.sha256(letters[everybody[entry.record].customer_number]).hexdigest()
        assert entry.detail.endswith(f"sha256={digest[:16]}")
