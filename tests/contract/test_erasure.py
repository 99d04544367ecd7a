"""Erasing customers through the real client, in both homes: two people, holds, what goes and stays away, the proof."""

import csv
import json
import time
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from pathlib import Path

import pytest
from sqlalchemy import func, select

from app.api.client import erasure as calls
from app.api.messages.erasure import AskNotices, ErasureRow, SayNoticesKept
from app.auth.erasure_certificate import checked_certificate
from app.auth.erasure_order import Subject
from app.backoffice import erasure_tables, schema
from app.backoffice.acting import OFFICE, acting_for
from app.backoffice.erasure import notices
from app.backoffice.erasure.destroying import WHAT_GOES
from app.backoffice.retention import clock
from app.backoffice.retention.days import day_of
from app.domain.erasure.certificate_words import COUNT_WORDS, KEPT_HASHES
from app.domain.erasure.words import Action, Fate, Ground, HoldReason, OrderState, Unusual
from app.domain.errors import InputRefusedError, NotAllowedError, VerificationError
from app.domain.retention.trusted_time import Doubt
from app.session.erasures import Erasures
from app.session.errors import DocumentStopped
from app.session.privacy.erasing import Erasing
from app.session.privacy.many_letters import ManyLetters
from app.storage.new_file import FileRefusedError
from tests.contract.conftest import Home
from tests.demo.customers import demo_customers
from tests.office.door import entries
from tests.office.made import Bare, MadeOffice
from tests.office.pdf_text import text_of

CUSTOMERS = [c | {"queue": "billing"} for c in demo_customers(9, 5)]
REQUEST = "DSR-2026-0007"


@pytest.fixture(scope="module")
def office(home: Home, tmp_path_factory: pytest.TempPathFactory) -> Iterator[MadeOffice]:
    with home(tmp_path_factory.mktemp("office")) as made:
        made.hire("ratna", "Ratna Dewanti", queues=("billing",))
        made.hire("dewi", "Dewi Lestari", "privacy_officer", ("*",))
        made.bring_in(CUSTOMERS)
        yield made


@contextmanager
def at_work(office: MadeOffice, *accounts: str) -> Iterator[list[Erasures]]:
    bare: list[Bare] = [office.bare(account, "command") for account in accounts]
    try:
        yield [Erasures(one.identity, now=lambda: office.clock.now_ms() / 1000) for one in bare]
    finally:
        for one in bare:
            one.end()


def record_of(office: MadeOffice, place: int) -> bytes:
    table = schema.customers.c
    with acting_for(OFFICE), office.back_office.opened.database.reading() as db:
        record: bytes = db.execute(select(table.record).where(table.number == number_of(place))).scalar_one()
    return record


def number_of(place: int) -> str:
    return CUSTOMERS[place]["customer_number"]


def the_order(erasures: Erasures, number: int) -> ErasureRow:
    return next(row for row in erasures.orders() if row.number == number)


def settled(erasures: Erasures, number: int, state: OrderState) -> ErasureRow:
    """The order once its thread has gone as far as it goes."""
    for _ in range(4_800):  # two minutes
        if (row := the_order(erasures, number)).state is state:
            return row
        time.sleep(0.025)
    raise AssertionError(the_order(erasures, number).state)


def tell(who: Erasures, order: bytes, path: Path) -> int:
    """Have the letters to the people of an order made and written; how many there are."""
    return ManyLetters(who._identity).of_order(order, path, lambda _done, _total: None)


def rows_about(office: MadeOffice, record: bytes) -> dict[str, int]:
    with acting_for(OFFICE), office.back_office.opened.database.reading() as db:
        counts = {
            table.name: db.execute(select(func.count()).select_from(table).where(table.c.record == record)).scalar_one()
            for table in WHAT_GOES
        }
    return {name: count for name, count in counts.items() if count}


@pytest.mark.attack("A51")
@pytest.mark.service_too
def test_a_customer_goes_from_everywhere_and_does_not_come_back(office: MadeOffice) -> None:
    record, ratna = record_of(office, 0), office.desk("ratna")
    ratna.save_note(record.hex(), ratna.new_note(), "The caller wants to be forgotten.")
    (shown,) = ratna.search(number_of(0), None).ids
    with at_work(office, "hendra", "dewi") as (hendra, dewi):
        number = hendra.propose(Action.ERASE, Ground.REQUESTED, REQUEST, [Subject(record)]).number
        with pytest.raises(NotAllowedError, match="Somebody else"):
            hendra.approve(hendra.order(the_order(hendra, number).id.hex()))
        dewi.approve(dewi.order(the_order(dewi, number).id.hex()))
        for _ in range(4_800):
            if (waiting := the_order(dewi, number)).done:
                break
            time.sleep(0.025)
        assert (waiting.state, waiting.waits_for) == (OrderState.RUNNING, 1), "ratna's console was not told yet"
        assert ratna.follow().gone == {shown}
        done = settled(dewi, number, OrderState.DONE)
        assert rows_about(office, record) == {}
        text = dewi.certificate(done.id.hex())
        with pytest.raises(VerificationError):
            checked_certificate(text.replace(REQUEST, "DSR-2026-0008"))
        said = checked_certificate(text, office.made.plate.office)
        assert [c["fate"] for c in said["customers"]] == ["erased"]
        assert said["destroyed"]["notes"] == 1
        assert said["workstations"] == {"told": 1, "ended": 0}
        assert CUSTOMERS[0]["full_name"] not in text
        assert {*said["destroyed"], *WHAT_GOES.values()} <= {*COUNT_WORDS, KEPT_HASHES}, "each has its word on paper"
        for language, title, noted, kept in (
            ("en", "Certificate of erasure", "notes: 1", "keyed hashes"),
            ("id", "Berita acara penghapusan", "catatan: 1", "hash berkunci"),
        ):
            paper = text_of(dewi.certificate_pdf(done.id.hex(), language))
            assert title in paper
            assert noted in paper
            assert f"{kept}: {said['destroyed'][KEPT_HASHES]}" in paper, "made, not destroyed"
            assert record.hex() in paper
    again = office.bring_in([CUSTOMERS[0], CUSTOMERS[1]])
    assert again.done is not None
    assert (again.done.kept_out, again.done.new) == (1, 0)
    other = {**CUSTOMERS[0], "customer_number": "N-77777777"}  # the same person under another number
    renamed = office.bring_in([other])
    assert renamed.done is not None
    assert renamed.done.kept_out == 1
    ratna.end("signed_out")


def test_a_hold_comes_first_also_while_an_order_runs(office: MadeOffice) -> None:
    record = record_of(office, 1)
    with at_work(office, "hendra", "dewi") as (hendra, dewi):
        number = hendra.propose(Action.ERASE, Ground.NOT_NEEDED, "", [Subject(record)]).number
        shown = dewi.order(the_order(dewi, number).id.hex())
        hendra.hold(record.hex(), HoldReason.LAWSUIT, "PN-12/2026")
        dewi.approve(shown)
        assert settled(dewi, number, OrderState.HELD).held == 1
        assert [s.fate for s in dewi.order(shown.row.id.hex()).subjects] == [Fate.HELD]
        with pytest.raises(NotAllowedError, match="no certificate"):
            dewi.certificate(shown.row.id.hex())
        with pytest.raises(NotAllowedError, match="hold stands"):
            hendra.propose(Action.ERASE, Ground.REQUESTED, REQUEST, [Subject(record)])
        (hold,) = dewi.holds()
        with pytest.raises(NotAllowedError, match="privacy officer lifts"):
            hendra.lift(hold.id.hex())
        dewi.lift(hold.id.hex())
        assert rows_about(office, record)


def kept_by_tax(customer: dict[str, str]) -> set[Unusual]:
    """The shipped inventory has one law that comes first: tax, of who has an NPWP."""
    return {Unusual.LAW_KEEPS} if customer["npwp"] else set()


def test_that_an_order_without_a_time_says_what_a_law_wants_kept(office: MadeOffice) -> None:
    has, lacks = (next(n for n, c in enumerate(CUSTOMERS) if n > 3 and bool(c["npwp"]) is has) for has in (True, False))
    with at_work(office, "dewi") as (dewi,):
        cases: tuple[tuple[Subject, set[Unusual]], ...] = (
            (Subject(record_of(office, has)), {Unusual.LAW_KEEPS}),
            (Subject(record_of(office, has), "email npwp"), {Unusual.LAW_KEEPS}),
            (Subject(record_of(office, has), "email"), set()),
            (Subject(record_of(office, lacks)), set()),
        )
        for subject, told in cases:
            order = dewi.propose(Action.ERASE, Ground.NOT_NEEDED, "", [subject])
            assert set(order.unusual) == told, subject
            assert set(the_order(dewi, order.number).unusual) == told
            dewi.drop(the_order(dewi, order.number).id.hex())


@pytest.mark.attack("A51")
def test_who_takes_no_part_erases_nothing_and_own_work_is_shown(office: MadeOffice) -> None:
    record = record_of(office, 2)
    desk = office.desk("hendra")
    desk.save_note(record.hex(), desk.new_note(), "Called back.")
    desk.end("signed_out")
    with at_work(office, "ratna", "hendra", "dewi", "adi") as (ratna, hendra, dewi, adi):
        for nobody in (ratna, adi):
            with pytest.raises(NotAllowedError) as refused:
                nobody.propose(Action.ERASE, Ground.REQUESTED, REQUEST, [Subject(record)])
            assert refused.value.code == "role"
        with pytest.raises(InputRefusedError) as no_ground:
            hendra.propose(Action.ERASE, Ground.TIME_OVER, "", [Subject(record)])
        assert no_ground.value.code == "ground"
        first = hendra.propose(Action.ERASE, Ground.REQUESTED, "", [Subject(record)])
        assert set(first.unusual) == {Unusual.PROPOSER_OPENED, Unusual.NO_REQUEST, *kept_by_tax(CUSTOMERS[2])}
        with pytest.raises(InputRefusedError) as twice:
            dewi.propose(Action.ERASE, Ground.REQUESTED, REQUEST, [Subject(record)])
        assert twice.value.code == "waits"
        dewi.drop(the_order(dewi, first.number).id.hex())
        assert the_order(dewi, first.number).state is OrderState.REFUSED
        assert rows_about(office, record)


def test_single_fields_go_with_all_their_versions(office: MadeOffice, tmp_path: Path) -> None:
    record = record_of(office, 3)
    office.bring_in([CUSTOMERS[3] | {"email": "lain@contoh.example"}])
    with at_work(office, "hendra", "dewi") as (hendra, dewi):
        subject = Subject(record, "email street_address")
        number = dewi.propose(Action.ERASE, Ground.NOT_NEEDED, "", [subject]).number
        assert tell(dewi, the_order(dewi, number).id, tmp_path / "letters.zip") == 1
        hendra.approve(hendra.order(the_order(hendra, number).id.hex()))
        done = settled(dewi, number, OrderState.DONE)
        (customer,) = checked_certificate(dewi.certificate(done.id.hex()))["customers"]
    assert customer["fields"] == ["email", "street_address"]
    values = schema.sealed_values.c
    with acting_for(OFFICE), office.back_office.opened.database.reading() as db:
        left = set(db.execute(select(values.field).where(values.record == record)).scalars())
        masks = db.execute(select(schema.customers.c.masks).where(schema.customers.c.record == record)).scalar_one()
    assert left
    assert not left & {"email", "street_address"}
    assert not set(json.loads(masks)) & {"email", "street_address"}


def test_what_is_due_is_destroyed_and_a_clock_that_jumps_destroys_nothing(office: MadeOffice, tmp_path: Path) -> None:
    record = record_of(office, 6)
    with at_work(office, "hendra", "dewi") as (hendra, dewi):
        assert dewi.retention().doubt is Doubt.NONE
        year_s = 366 * 86_400
        with pytest.MonkeyPatch.context() as patch:
            wall = office.clock.now_ms
            patch.setattr(clock, "_clocks", lambda _office: (wall() + 20 * year_s * 1000, "another boot", 5))
            assert (dewi.retention().doubt, dewi.retention().subjects) == (Doubt.AHEAD, ())
            patch.setattr(clock, "_clocks", lambda _office: (wall() - year_s * 1000, "another boot", 5))
            assert dewi.retention().doubt is Doubt.BEHIND
            number = hendra.propose(Action.DESTROY, Ground.TIME_OVER, "", [Subject(record)]).number
            tell(dewi, the_order(dewi, number).id, tmp_path / "first.zip")
            dewi.approve(dewi.order(the_order(dewi, number).id.hex()))
            assert settled(dewi, number, OrderState.HELD).left_out == 1, "nobody who is not due goes, approved or not"
            patch.setattr(clock, "_clocks", lambda _office: (wall() + 3 * year_s * 1000, "another boot", 5))
            with pytest.raises(InputRefusedError):
                dewi.confirm_date("2026-01-01")
            then = day_of(wall() + 3 * year_s * 1000).isoformat()
            dewi.confirm_date(then)
            shown = dewi.retention()
            assert (shown.day, shown.doubt, shown.customers) == (then, Doubt.NONE, 0)
            assert {due.field for due in shown.fields} >= {"monthly_income"}
            assert shown.ahead
            income = next(one for one in shown.by_rule if one.field == "monthly_income")
            assert (income.start.value, income.months, income.count > 0) == ("collected", 24, True)
            assert set(income.samples) <= {subject.record for subject in shown.subjects}
            some = shown.model_copy(update={"subjects": [s for s in shown.subjects if s.record == record]})
            number = hendra.destroy_what_is_due(some).number
            dewi.approve(dewi.order(the_order(dewi, number).id.hex()))
            assert the_order(dewi, number).state is OrderState.RUNNING, "nobody is told yet"
            assert tell(dewi, the_order(dewi, number).id, tmp_path / "second.zip") == 1
            done = settled(dewi, number, OrderState.DONE)
            assert done.done == 1
            assert record not in {s.record for s in dewi.retention().subjects}
            said = checked_certificate(dewi.certificate(done.id.hex()))
            assert said["article"].endswith("44")


@pytest.mark.attack("A51")
def test_an_order_that_somebody_wrote_into_the_database_does_nothing(office: MadeOffice) -> None:
    record, other = record_of(office, 4), record_of(office, 5)
    subjects, erasures = erasure_tables.erasure_subjects, erasure_tables.erasures
    with at_work(office, "hendra", "dewi") as (hendra, dewi):
        number = hendra.propose(Action.ERASE, Ground.REQUESTED, REQUEST, [Subject(record)]).number
        shown = dewi.order(the_order(dewi, number).id.hex())
        with office.forging() as db:
            db.execute(subjects.update().where(subjects.c.order_id == shown.row.id).values(record=other))
        with pytest.raises(NotAllowedError, match="nobody has signed"):
            dewi.order(shown.row.id.hex())
        with office.forging() as db:
            forged = {"state": OrderState.RUNNING.value, "decided_by": "dewi", "decided_ms": 1}
            db.execute(erasures.update().where(erasures.c.id == shown.row.id).values(**forged))
        assert the_order(dewi, number).state is OrderState.REFUSED
    assert rows_about(office, record)
    assert rows_about(office, other)


def test_that_who_did_not_ask_is_told_by_a_letter_while_their_number_is_known(
    office: MadeOffice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """UU PDP art. 45; the order says when its letters were made, and an order that is over makes none."""
    monkeypatch.setattr(notices, "AT_ONCE", 1)
    records = [record_of(office, place) for place in (7, 8)]
    with at_work(office, "hendra", "dewi") as (hendra, dewi):
        subjects = [Subject(records[0]), Subject(records[1], "email street_address")]
        number = hendra.propose(Action.ERASE, Ground.NOT_NEEDED, "", subjects).number
        order = the_order(dewi, number)
        assert order.told_ms == 0
        desk = Erasing(dewi._identity, office.back_office.opened.inventory, "en", lambda _code: None)
        told: list[tuple[int, int]] = []
        first = calls.letters(dewi._identity.client, order.id, AskNotices())
        assert (first.done, first.total, the_order(dewi, number).told_ms) == (1, 2, 0), "not all of them yet"
        path, tells = tmp_path / "letters.zip", lambda *so_far: told.append(so_far)
        count = desk.save_notices(order.id.hex(), path, tells, lambda: False)
        assert (count, told) == (2, [(1, 2), (2, 2)])
        assert the_order(dewi, number).told_ms > 0
        hendra.drop(order.id.hex())
        with pytest.raises(NotAllowedError) as over:
            calls.letters(dewi._identity.client, order.id, AskNotices())
        assert over.value.code == "over"
    with zipfile.ZipFile(tmp_path / "letters.zip") as file:
        listed = list(csv.DictReader(StringIO(file.read("references.csv").decode())))
        texts = [text_of(file.read(line["file"])) for line in listed]
    assert [line["customer_number"] for line in listed] == [number_of(7), number_of(8)]
    assert [line["reference"] for line in listed] == [f"{number}/{number_of(place)}" for place in (7, 8)]
    for text, mine, other in ((texts[0], 7, 8), (texts[1], 8, 7)):
        assert number_of(mine) in text
        assert number_of(other) not in text
        assert CUSTOMERS[mine]["full_name"] not in text
        assert "Data pribadi Anda dihapus" in text
        assert "Your personal data is being erased" in text
        assert "no longer needed" in text
    assert "all of your personal data" in texts[0]
    assert "all of your personal data" not in texts[1]
    made = [entry for entry in entries(office, "erasure.notice_to_one") if entry.reference == order.id.hex()]
    assert [entry.record for entry in made][-2:] == [record.hex() for record in records]


def test_that_nobody_goes_before_their_letter_lies_in_a_file(
    office: MadeOffice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """UU PDP art. 45: stopped letters, a full disk and letters of a part tell nobody; a held customer needs none."""
    monkeypatch.setattr(notices, "AT_ONCE", 1)
    records = [record_of(office, place) for place in (7, 8)]
    with at_work(office, "hendra", "dewi") as (hendra, dewi):
        number = hendra.propose(Action.ERASE, Ground.NOT_NEEDED, "", [Subject(one) for one in records]).number
        order = the_order(dewi, number)
        with pytest.raises(NotAllowedError) as none:
            calls.letters_kept(dewi._identity.client, order.id, SayNoticesKept(letters=2, digest=bytes(32)))
        assert none.value.code == "no_letters"
        dewi.approve(dewi.order(order.id.hex()))
        letters, seen = ManyLetters(dewi._identity), list[tuple[int, int]]()
        with pytest.raises(DocumentStopped):
            letters.of_order(
                order.id, tmp_path / "stopped.zip", lambda *so_far: seen.append(so_far), lambda: seen != []
            )
        assert seen == [(1, 2)]
        with pytest.raises(FileRefusedError):
            letters.of_order(order.id, tmp_path / "nowhere" / "letters.zip", lambda *_so_far: None)
        assert list(tmp_path.iterdir()) == []
        waits = the_order(dewi, number)
        assert (waits.state, waits.done, waits.untold, waits.told_ms) == (OrderState.RUNNING, 0, 2, 0)
        hendra.hold(records[1].hex(), HoldReason.DISPUTE, "")
        assert the_order(dewi, number).untold == 1
        assert [the_order(dewi, number).held for _ in range(2)][-1] == 1, "whom a hold keeps waits for no letter"
        assert rows_about(office, records[0])
        assert tell(dewi, order.id, tmp_path / "letters.zip") == 1, "and gets none"
        done = settled(dewi, number, OrderState.DONE)
        assert (done.done, done.held, done.untold, done.told_ms > 0) == (1, 1, 0, True)
        assert rows_about(office, records[0]) == {}
        (hold,) = dewi.holds()
        dewi.lift(hold.id.hex())
