"""Who saw my data, through console and office: the list says exactly what the log has, and asking stands in it."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from threading import Thread
from time import sleep
from typing import Any

import pytest
from sqlalchemy import select

from app.api.messages.reveals import RevealRequest
from app.auth.audit_chain import AuditEntry, Checkpoint
from app.auth.session_card import reveal_request
from app.backoffice import schema, who_saw, who_saw_rows
from app.backoffice.log_proof import check_whole
from app.backoffice.log_readings import LogReadings, ReadingStoppedError
from app.backoffice.office import OpenOffice
from app.crypto import signing
from app.domain.access import AccessKind, AccessList
from app.domain.errors import InputRefusedError, NotAllowedError, VerificationError, WorkstationError
from app.domain.exposures.words import ClosedBy
from app.domain.policy import WhoSawRule
from app.session import document_watch
from app.session.desk import Desk
from app.session.errors import DocumentStopped
from app.session.identity import new_id
from app.session.shown_who_saw import Days
from app.storage.new_file import FileRefusedError
from tests.contract.conftest import Home
from tests.demo.customers import demo_customers
from tests.office.door import nothing_can_be_written, zeros
from tests.office.made import MadeOffice
from tests.office.pdf_text import text_of

CUSTOMERS = demo_customers(40, 7)
CUSTOMER = next(c for c in CUSTOMERS if c["queue"] == "billing" and c["nik"] and c["birth_date"] and c["card_number"])
NUMBER = CUSTOMER["customer_number"]
OTHERS = next(c["customer_number"] for c in CUSTOMERS if c["queue"] == "billing" and c is not CUSTOMER)
ALL = Days()
WHY = "the caller disputes the charge of 2 March"


@pytest.fixture(scope="module")
def office(home: Home, tmp_path_factory: pytest.TempPathFactory) -> Iterator[MadeOffice]:
    with home(tmp_path_factory.mktemp("office")) as made:
        made.hire("ratna", "Ratna Dewanti", queues=("billing",))
        made.hire("dewi", "Dewi Lestari", "privacy_officer", ("*",))
        made.hire("putri", "Putri Ayu", "supervisor", ("retention",))
        made.bring_in(CUSTOMERS)
        work_on_customer(made)
        yield made


def work_on_customer(office: MadeOffice) -> None:
    """A call as calls are: found, checked, opened, unlocked, noted; one try is refused."""
    ratna, approval = office.desk("ratna"), office.approval("hendra")
    ratna.caller.look_up(CUSTOMER["card_number"])
    record = record_of(ratna)
    ratna.caller.begin(record)
    ratna.caller.answer("nik", CUSTOMER["nik"])
    ratna.caller.answer("birth_date", "01/01/1901")
    ratna.caller.tick("mobile_phone")
    opened = ratna.reveal(record, "mobile_phone", "call_back")
    office.clock.pass_s(12)
    ratna.view_closed(opened.entry, 11.6, ClosedBy.PERSON)
    ratna.beat()
    with pytest.raises(NotAllowedError):
        ratna._identity.client.reveal(refused_reveal(ratna, record))
    asked = ratna.ask(record, "card_number", "dispute", WHY)
    approval.waiting()
    approval.approve(asked.id, 120)
    ratna.open_unlocked(asked.id)
    ratna.save_note(record, ratna.new_note(), "The caller disputes a charge.")
    ratna.notes(record)
    ratna.end("signed_out")
    approval.end()
    office.bring_in([{"customer_number": NUMBER, "full_name": CUSTOMER["full_name"], "city": "Kupang"}])


def refused_reveal(desk: Desk, record: str) -> RevealRequest:
    """One that the console itself would not send."""
    who, key, request = desk._identity, bytes.fromhex(record), new_id()
    message = reveal_request(who.office, who.session, key, "nik", "confirm_identity", "", request)
    return RevealRequest(
        request=request, record=key, field="nik", reason="confirm_identity", signature=who.sign(message)
    )


def record_of(desk: Desk) -> str:
    (found,) = desk.search(NUMBER, None).ids
    return desk.customer(found).record


@pytest.fixture
def dewi(office: MadeOffice) -> Iterator[Desk]:
    desk = office.desk("dewi")
    yield desk
    desk.end("signed_out")


def log(office: MadeOffice) -> list[AuditEntry]:
    opened = office.back_office.opened
    with opened.database.reading() as db:
        return opened.log.page(db, 0, 100_000)


STORY = [
    AccessKind.ADDED,
    AccessKind.FOUND,
    AccessKind.CHECKED,
    AccessKind.CHECKED,
    AccessKind.COMPARED,
    AccessKind.SHOWN,
    AccessKind.ALLOWED,
    AccessKind.SHOWN,
    AccessKind.NOTE_WRITTEN,
    AccessKind.NOTES_READ,
    AccessKind.CHANGED,
]


def test_that_the_list_is_every_access_in_the_order_of_the_log(office: MadeOffice, dewi: Desk) -> None:
    found = dewi.who_saw.of_number(NUMBER, ALL)
    told = [row for row in found.accesses.accesses if row.kind not in (AccessKind.LISTED, AccessKind.LIST_MADE)]
    assert [row.kind for row in told] == STORY
    assert found.accesses.refused == 1
    entries = {entry.number: entry for entry in log(office)}
    for row in told:
        entry = entries[row.number]
        assert (row.at_ms, row.field) == (entry.at_ms, entry.field)
        assert row.who.role == {"ratna": "agent", "hendra": "supervisor"}[entry.actor]
        assert not row.who.name


def test_that_the_page_says_it_in_both_languages(dewi: Desk) -> None:
    found = dewi.who_saw.of_number(NUMBER, ALL)
    english, indonesian = dewi.who_saw.shown(found, "en"), dewi.who_saw.shown(found, "id")
    lines = {line.entry: line for day in english.days for line in day.lines}
    whats = {(line.what, line.why, line.how) for line in lines.values()}
    assert ("Mobile phone", "Call back on this line", "Shown by own right, 12 s") in whats
    unlocked = "Shown up to 30 s, unlocked by Supervisor 1"
    assert ("Card number", "The customer disputes a charge on this card", unlocked) in whats
    assert english.times == english.total == indonesian.total == len(lines)
    assert english.summary.startswith(f"{len(lines)} times, ")
    assert indonesian.summary.startswith(f"{len(lines)} kali, ")
    assert [len(day.lines) for day in english.days] == [len(day.lines) for day in indonesian.days]


def test_that_asking_is_an_access_by_whoever_asks(office: MadeOffice, dewi: Desk) -> None:
    dewi.who_saw.of_number(NUMBER, ALL)
    last = log(office)[-1]
    assert (last.event, last.actor, last.outcome) == ("who_saw.read", "dewi", "ok")
    again = dewi.who_saw.of_record(last.record, ALL)
    assert (again.accesses.accesses[-1].kind, again.accesses.accesses[-1].number) == (AccessKind.LISTED, last.number)
    assert again.accesses.accesses[-1].who.role == "privacy_officer"


def test_that_a_time_without_an_access_gives_an_honest_empty_page(dewi: Desk) -> None:
    before = Days(last=date.today() - timedelta(days=400))
    found = dewi.who_saw.of_number(NUMBER, before)
    shown = dewi.who_saw.shown(found, "en")
    assert (found.accesses.accesses, found.accesses.refused, shown.days) == ((), 0, ())
    assert shown.remarks[0] == "Nobody saw, checked, used or changed this data in this time."


def test_that_days_include_their_first_and_their_last(office: MadeOffice, dewi: Desk) -> None:
    zone, told = office.policy.office_hours.zone, dewi.who_saw.of_number(NUMBER, ALL).accesses.accesses
    days = {datetime.fromtimestamp(row.at_ms / 1000, zone).date() for row in told}
    first, last = min(days), max(days)
    within = dewi.who_saw.of_number(NUMBER, Days(first, last))
    assert [row.kind for row in within.accesses.accesses][: len(STORY)] == STORY
    assert not dewi.who_saw.of_number(NUMBER, Days(first=last + timedelta(days=1))).accesses.accesses


def test_that_a_time_that_ends_before_it_begins_is_refused(dewi: Desk) -> None:
    with pytest.raises(InputRefusedError) as refused:
        dewi.who_saw.of_number(NUMBER, Days(date(2026, 5, 2), date(2026, 5, 1)))
    assert refused.value.code == "no_time"


@pytest.mark.parametrize("number", ["C-999999", "", "nobody's \x00 number", "%"])
def test_that_an_unknown_number_is_refused_and_stands_in_the_log(office: MadeOffice, dewi: Desk, number: str) -> None:
    with pytest.raises(NotAllowedError) as refused:
        dewi.who_saw.of_number(number, ALL)
    assert refused.value.code == "no_customer"
    last = log(office)[-1]
    assert (last.event, last.outcome, last.reason, last.record) == ("who_saw.read", "refused", "no_customer", "")


def test_that_a_supervisor_asks_for_customers_of_their_queues_alone(office: MadeOffice) -> None:
    hendra, putri = office.desk("hendra"), office.desk("putri")
    found = hendra.who_saw.of_number(NUMBER, ALL)
    assert len(found.accesses.accesses) >= len(STORY)
    with pytest.raises(NotAllowedError, match="No customer of your queues"):
        putri.who_saw.of_number(NUMBER, ALL)
    with pytest.raises(NotAllowedError, match="No customer of your queues"):
        putri.who_saw.of_record(found.record, ALL)
    assert (hendra.who_saw.may_read, hendra.who_saw.may_save) == (True, False)
    hendra.end("signed_out")
    putri.end("signed_out")


def test_that_of_too_many_the_newest_are_shown_and_no_document_is_made(
    office: MadeOffice, dewi: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = dewi.who_saw.of_number(NUMBER, ALL)
    monkeypatch.setattr(who_saw, "MOST_ON_A_PAGE", 3)
    monkeypatch.setattr(who_saw, "MOST_IN_A_DOCUMENT", 3)
    cut = dewi.who_saw.of_number(NUMBER, ALL)
    assert cut.accesses.total == whole.accesses.total + 1
    assert [one.number for one in cut.accesses.accesses[:2]] == [one.number for one in whole.accesses.accesses[-2:]]
    assert cut.accesses.accesses[0].who == whole.accesses.accesses[-2].who, "numbers of people are those of the whole"
    with pytest.raises(InputRefusedError) as refused:
        dewi.who_saw.save_pdf(cut.record, ALL, "en", tmp_path / "list.pdf")
    assert refused.value.code == "too_much"
    assert list(tmp_path.iterdir()) == []
    last = log(office)[-1]
    assert (last.event, last.outcome, last.reason) == ("who_saw.pdf", "refused", "too_much")


def test_that_nothing_is_told_where_the_log_cannot_be_written(office: MadeOffice, dewi: Desk) -> None:
    dewi.who_saw.of_number(NUMBER, ALL)
    with nothing_can_be_written(office), pytest.raises(WorkstationError) as refused:
        dewi.who_saw.of_number(NUMBER, ALL)
    assert refused.value.code == "audit"


def test_that_names_are_told_only_where_policy_has_them(office: MadeOffice, dewi: Desk) -> None:
    opened = office.back_office.opened
    quiet = opened.policy
    opened.policy = replace(quiet, who_saw=WhoSawRule(names=True, customer_name=True))
    try:
        told = dewi.who_saw.of_number(NUMBER, ALL)
    finally:
        opened.policy = quiet
    assert told.accesses.customer_name == CUSTOMER["full_name"]
    assert {row.who.name for row in told.accesses.accesses} >= {"Ratna Dewanti", "Hendra Kusuma"}
    silent = dewi.who_saw.of_number(NUMBER, ALL)
    assert silent.accesses.customer_name == ""
    assert {row.who.name for row in silent.accesses.accesses} == {""}


def test_that_each_of_several_whom_a_lookup_finds_has_it_in_their_list(office: MadeOffice, dewi: Desk) -> None:
    shared = "+62 812 7777 4321"
    office.bring_in([{"customer_number": number, "full_name": "Same Phone", "mobile_phone": shared, "queue": "billing"}
                     for number in ("C-770001", "C-770002")])  # fmt: skip
    ratna = office.desk("ratna")
    assert len(ratna.caller.look_up(shared)) == 2
    ratna.end("signed_out")
    for number in ("C-770001", "C-770002"):
        kinds = [row.kind for row in dewi.who_saw.of_number(number, ALL).accesses.accesses]
        assert kinds[:2] == [AccessKind.ADDED, AccessKind.FOUND]


def record_number(office: MadeOffice, number: int) -> str:
    opened = office.back_office.opened
    with opened.database.reading() as db:
        found = select(schema.customers.c.record).where(
            schema.customers.c.number == CUSTOMERS[number]["customer_number"]
        )
        return bytes(db.execute(found).scalar_one()).hex()


def test_that_a_use_whose_program_was_handed_nothing_is_no_access(office: MadeOffice, dewi: Desk) -> None:
    opened, record = office.back_office.opened, record_number(office, 5)
    ends = ("done", "half", "not_started", "missing", "failed", "")
    with opened.writing() as db:
        for place, why in enumerate(ends):
            what = {"record": record, "reference": f"{place:032x}", "actor": "ratna", "field": "email"}
            opened.log.append(db, "use", **what)
            if why:
                opened.log.append(db, "use.done", "ok" if why == "done" else "refused", reason=why, **what)
    found = dewi.who_saw.of_record(record, ALL).accesses
    assert [row.kind for row in found.accesses].count(AccessKind.USED) == 3, "done, failed, and one without its end"
    assert found.total == len(found.accesses)


def test_that_a_list_is_made_while_others_write_and_takes_no_more_of_the_log_than_it_shows(
    office: MadeOffice, dewi: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened, record = office.back_office.opened, record_number(office, 6)
    with opened.writing() as db:
        for _ in range(40):
            opened.log.append(db, "reveal", record=record, actor="ratna")
            opened.log.append(db, "reveal", "refused", record=record, actor="ratna")
    made, taken = who_saw_rows.list_of, list[tuple[int, bool]]()

    def while_another_writes(*args: Any) -> AccessList:
        other = Thread(target=append_one, args=(opened,), daemon=True)
        other.start()
        other.join(120)
        taken.append((len(args[4].accesses), other.is_alive()))
        return made(*args)

    monkeypatch.setattr(who_saw, "MOST_ON_A_PAGE", 5)
    monkeypatch.setattr(who_saw, "list_of", while_another_writes)
    found = dewi.who_saw.of_record(record, ALL).accesses
    assert (len(found.accesses), found.total, found.refused) == (5, 41, 40), "and the import"
    assert taken == [(5, False)], "as many as are shown, and the other had written"


def append_one(opened: OpenOffice) -> None:
    with opened.writing() as db:
        opened.log.append(db, "test")


# --- the document


def test_that_the_document_is_written_for_its_owner_alone_and_names_its_entry(
    office: MadeOffice, dewi: Desk, tmp_path: Path
) -> None:
    record = dewi.who_saw.of_number(NUMBER, ALL).record
    saved = dewi.who_saw.save_pdf(record, ALL, "id", tmp_path / "list.pdf")
    made = next(entry for entry in log(office) if entry.number == saved.entry)
    assert (made.event, made.actor, made.record) == ("who_saw.pdf", "dewi", record)
    assert "language=id" in made.detail
    file = tmp_path / "list.pdf"
    assert (file.stat().st_mode & 0o777, file.stat().st_size) == (0o600, saved.size_bytes)
    assert file.read_bytes().startswith(b"%PDF-")
    assert [path.name for path in tmp_path.iterdir()] == ["list.pdf"]


def test_that_the_head_in_the_document_is_the_log_s_and_signed(office: MadeOffice, dewi: Desk, tmp_path: Path) -> None:
    record = dewi.who_saw.of_number(NUMBER, ALL).record
    saved = dewi.who_saw.save_pdf(record, ALL, "en", tmp_path / "list.pdf")
    entry = next(entry for entry in log(office) if entry.number == saved.entry)
    assert entry.hash.hex() in text_of((tmp_path / "list.pdf").read_bytes())
    opened = office.back_office.opened
    with opened.database.reading() as db:
        mark = next(mark for mark in opened.log.checkpoints(db) if mark.number == saved.entry)
    signing.check(opened.book.office_entry.sign, mark.signature, Checkpoint.body(opened.id, mark.number, entry.hash))


def test_that_who_may_not_take_it_out_gets_no_file(office: MadeOffice, tmp_path: Path) -> None:
    hendra = office.desk("hendra")
    record = hendra.who_saw.of_number(NUMBER, ALL).record
    with pytest.raises(NotAllowedError) as refused:
        hendra.who_saw.save_pdf(record, ALL, "en", tmp_path / "list.pdf")
    assert refused.value.code == "role_who_saw"
    assert list(tmp_path.iterdir()) == []
    last = log(office)[-1]
    assert (last.event, last.outcome, last.reason) == ("who_saw.pdf", "refused", "role_who_saw")
    hendra.end("signed_out")


def test_that_a_folder_that_is_gone_leaves_no_file_but_an_entry(dewi: Desk, office: MadeOffice, tmp_path: Path) -> None:
    record = dewi.who_saw.of_number(NUMBER, ALL).record
    with pytest.raises(FileRefusedError) as refused:
        dewi.who_saw.save_pdf(record, ALL, "en", tmp_path / "gone" / "list.pdf")
    assert refused.value.code == "file_no_folder"
    assert log(office)[-1].event == "who_saw.pdf"


def reads_on(_office: OpenOffice, tell: Callable[[int, int], None]) -> None:
    """A reading of a log that has no end, for somebody who stops it."""
    for done in range(1, 100_000):
        tell(done, 200_000)
        sleep(0.01)


def test_that_a_long_document_says_how_far_it_is_and_one_that_is_stopped_leaves_neither_file_nor_entry(
    office: MadeOffice, dewi: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    record = dewi.who_saw.of_number(NUMBER, ALL).record
    (tmp_path / "list.pdf").write_bytes(b"of last week")
    before = len(log(office))
    told: list[tuple[int, int]] = []
    monkeypatch.setattr(document_watch, "LOOK_AFTER_S", 0.0)
    monkeypatch.setattr(document_watch, "LOOK_EVERY_S", 0.0)
    monkeypatch.setattr(who_saw, "check_whole", reads_on)
    with pytest.raises(DocumentStopped) as stopped:
        dewi.who_saw.save_pdf(
            record, ALL, "id", tmp_path / "list.pdf",
            lambda done, total: told.append((done, total)), lambda: len(told) > 2,
        )  # fmt: skip
    assert stopped.value.entry == 0
    assert told == sorted(told)
    assert {total for _done, total in told} == {200_000}
    assert len(log(office)) == before, "nothing was told, and nothing says that it was"
    assert (tmp_path / "list.pdf").read_bytes() == b"of last week"
    assert [path.name for path in tmp_path.iterdir()] == ["list.pdf"]


def test_that_a_stop_that_comes_after_the_entry_writes_no_file_and_names_the_entry(
    office: MadeOffice, dewi: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    record = dewi.who_saw.of_number(NUMBER, ALL).record
    monkeypatch.setattr(document_watch, "LOOK_AFTER_S", 3600.0)  # the office is not told, however long it takes
    with pytest.raises(DocumentStopped) as stopped:
        dewi.who_saw.save_pdf(record, ALL, "id", tmp_path / "list.pdf", is_stopped=lambda: True)
    last = log(office)[-1]
    assert (stopped.value.entry, last.number, last.event) == (last.number, stopped.value.entry, "who_saw.pdf")
    assert list(tmp_path.iterdir()) == []


def test_that_nobody_hears_of_another_session_s_document_or_stops_it() -> None:
    readings, (mine, theirs), request = LogReadings(), (b"m" * 32, b"t" * 32), b"r" * 16
    with readings.begun(mine, request) as reading:
        reading.tell(5, 10)
        readings.stop(theirs, request)
        assert readings.how_far(theirs, request).total == 0
        assert readings.how_far(mine, request).done == 5
        reading.tell(6, 10)
        readings.stop(mine, request)
        with pytest.raises(ReadingStoppedError):
            reading.tell(7, 10)
    assert readings.how_far(mine, request).total == 0


def test_that_the_whole_log_is_counted_while_it_is_read(office: MadeOffice) -> None:
    told: list[tuple[int, int]] = []
    length = len(log(office))
    check_whole(office.back_office.opened, lambda *far: told.append(far))
    assert told == [(0, length), (length, length)]


# --- a log that does not hold


@pytest.mark.slow
@pytest.mark.parametrize(
    "what", ["an entry of the list", "its time", "the one before it", "the end of the log", "a signature"]
)
def test_that_a_log_that_was_edited_gives_no_list(home: Home, tmp_path: Path, what: str) -> None:
    with home(tmp_path) as office:
        office.hire("dewi", "Dewi Lestari", "privacy_officer", ("*",))
        office.bring_in(CUSTOMERS[:3])
        dewi = office.desk("dewi")
        number = CUSTOMERS[0]["customer_number"]
        listed = dewi.who_saw.of_number(number, ALL).accesses.accesses
        opened = office.back_office.opened
        with office.forging() as db:
            last = opened.log.head(db)[0]
            edit = {
                "an entry of the list": f"UPDATE audit SET detail = 'x' WHERE number = {listed[0].number}",
                "its time": f"UPDATE audit SET at_ms = -1 WHERE number = {listed[0].number}",
                "the one before it": f"DELETE FROM audit WHERE number = {listed[0].number - 1}",
                "the end of the log": f"UPDATE audit SET detail = 'x' WHERE number = {last}",
                "a signature": f"UPDATE checkpoints SET signature = {zeros(office, 64)}",
            }[what]
            db.exec_driver_sql(edit)
        with pytest.raises(VerificationError) as refused:
            dewi.who_saw.of_number(number, ALL)
        assert refused.value.code == "log"
        dewi.end("signed_out")


def test_that_an_access_that_was_taken_from_its_customer_gives_no_document(home: Home, tmp_path: Path) -> None:
    """The page cannot miss it; the document is made from a log that was read as a whole."""
    with home(tmp_path) as office:
        office.hire("dewi", "Dewi Lestari", "privacy_officer", ("*",))
        office.bring_in(CUSTOMERS[:3])
        dewi = office.desk("dewi")
        number = CUSTOMERS[0]["customer_number"]
        record = dewi.who_saw.of_number(number, ALL).record
        dewi.who_saw.save_pdf(record, ALL, "en", tmp_path / "before.pdf")
        for _ in range(3):
            dewi.who_saw.of_number(number, ALL)
        opened = office.back_office.opened
        with office.forging() as db:
            first = f"SELECT min(number) FROM audit WHERE record = '{record}'"
            db.exec_driver_sql(f"UPDATE audit SET record = '' WHERE number = ({first})")
            opened.log.checkpoint(db)
        assert dewi.who_saw.of_number(number, ALL).accesses.accesses
        with pytest.raises(VerificationError) as refused:
            dewi.who_saw.save_pdf(record, ALL, "en", tmp_path / "after.pdf")
        assert refused.value.code == "log"
        assert not (tmp_path / "after.pdf").exists()
        dewi.end("signed_out")


def test_that_the_log_holds_afterwards(office: MadeOffice) -> None:
    session = office.command("hendra")
    assert session.verify_audit().ok
    session.end()
