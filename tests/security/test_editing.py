"""Editing as a way in and as a way out: whose fields, which version, by whom, and where old and new values are.

Enforced by *authority*; in the one-user home whoever has the file key reads and writes the file instead, and there
these refusals are *software*. Canaries have 128 random bits.
"""

import json
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import replace

import pytest

from app.api.client import editing as calls
from app.api.messages.editing import EditField, EmptyField, NewCustomer
from app.auth.session_card import edit_request, empty_request, new_customer_request
from app.crypto import hpke
from app.crypto.grants import edit_info, new_customer_info
from app.domain.editing import WhyEmptied
from app.domain.errors import InputRefusedError, NotAllowedError, PacedError
from app.session.desk import Desk
from app.session.identity import Identity, new_id
from app.session.shown_editing import EditConflict, FieldNow
from app.storage import sqlcipher
from tests.demo.customers import demo_customers
from tests.office.door import entries, opened
from tests.office.made import MadeOffice, made_office
from tests.security.canaries import new_canary, office_file

CUSTOMERS = demo_customers(160, 7)
WHOLE = [
    c for c in CUSTOMERS
    if c["queue"] == "billing" and all(c[n] for n in ("nik", "birth_date", "mobile_phone", "street_address"))
]  # fmt: skip


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MadeOffice]:
    with made_office(tmp_path_factory.mktemp("office"), checks_callers=True) as office:
        office.hire("ratna", "Ratna Dewanti")
        office.hire("yoga", "Yoga Pratama")
        office.bring_in(CUSTOMERS)
        yield office


@pytest.fixture(scope="module")
def fresh() -> Iterator[dict[str, str]]:
    return iter(WHOLE)


@pytest.fixture
def ratna(office: MadeOffice) -> Iterator[Desk]:
    desk = office.desk("ratna")
    yield desk
    desk.end("signed_out")


@pytest.fixture
def boss(office: MadeOffice) -> Iterator[Desk]:
    desk = office.desk("hendra")
    yield desk
    desk.end("signed_out")


def record_of(desk: Desk, values: dict[str, str]) -> str:
    (found,) = desk.search(values["customer_number"], None).ids
    return desk.customer(found).record


def mark(desk: Desk, record: str, field: str) -> str:
    return desk.editing.in_front(record).fields[field].mark


def save(desk: Desk, record: str, field: str, text: str) -> FieldNow | EditConflict:
    return desk.editing.save(desk.editing.new_request(), record, field, mark(desk, record, field), text)


def identify(desk: Desk, record: str, values: dict[str, str]) -> None:
    desk.caller.begin(record)
    desk.caller.answer("nik", values["nik"])
    assert desk.caller.answer("birth_date", values["birth_date"]).is_identified


def code_of(act: object) -> str:
    with pytest.raises((NotAllowedError, InputRefusedError)) as refused:
        act()  # type: ignore[operator]
    return refused.value.code


def raw_edit(
    who: Identity, record: bytes, field: str, seen: bytes, text: str, other: Mapping[str, bytes | str] | None = None
) -> EditField:
    """An edit whose value was sealed for something else where `other` says so; signed rightly as it is sent."""
    request = new_id()
    said = {"session": who.session, "record": record, "field": field, "request": request} | dict(other or {})
    info = edit_info(who.office, said["session"], said["record"], said["field"], said["request"])  # type: ignore[arg-type]
    sealed = hpke.seal(who.book.office_entry.kem, text.encode(), info)
    signed = edit_request(who.office, who.session, record, field, seen, request, sealed)
    return EditField(request=request, record=record, field=field, seen=seen, sealed=sealed, signature=who.sign(signed))


def versions_in_file(office: MadeOffice, record: str, field: str) -> int:
    with office_file(office) as db:
        query = "SELECT count(*) FROM sealed_values WHERE record = ? AND field = ?"
        count: int = db.execute(query, (bytes.fromhex(record), field)).fetchone()[0]
    return count


def everything_in(db: sqlcipher.Connection) -> bytes:
    """Each row of each table, as it stands behind the cipher."""
    tables = [name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    plain = [name for name in tables if not name.startswith("found")]
    return b"\n".join(
        cell if isinstance(cell, bytes) else str(cell).encode()
        for name in plain
        for row in db.execute(f'SELECT * FROM "{name}"')
        for cell in row
    )


@pytest.mark.attack("A38")
def test_that_old_and_new_value_are_nowhere_but_sealed(
    office: MadeOffice, ratna: Desk, fresh: Iterator[dict[str, str]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Files of the office, of the session, the log, the fault log, the outbox: raw, and what the cipher opens to."""
    record = record_of(ratna, next(fresh))
    old, new, refused = (f"Jalan {new_canary('contact')}" for _ in range(3))
    assert isinstance(save(ratna, record, "street_address", old), FieldNow)
    assert isinstance(save(ratna, record, "street_address", new), FieldNow)
    assert isinstance(
        ratna.editing.save(ratna.editing.new_request(), record, "street_address", "00" * 16, refused), EditConflict
    )
    with pytest.raises(InputRefusedError) as error:
        save(ratna, record, "email", refused)
    ratna.follow()
    needles = [text[-32:].encode() for text in (old, new, refused)]
    assert not any(needle in repr((error.value, error.value.args)).encode() for needle in needles)
    with office_file(office) as db:
        told = everything_in(db)
    assert b"street_address" in told, "the control"
    with ratna._open.cache._guarded() as db:
        told += everything_in(db)
    assert not [needle for needle in needles if needle in told]
    for path in tmp_path_factory.getbasetemp().rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            assert not [needle for needle in needles if needle in content], path


def test_that_what_identifies_a_caller_changes_for_an_identified_one_alone(
    office: MadeOffice, ratna: Desk, fresh: Iterator[dict[str, str]]
) -> None:
    values = next(fresh)
    record = record_of(ratna, values)
    assert code_of(lambda: save(ratna, record, "mobile_phone", "+6281234567890")) == "not_identified"
    ratna.caller.begin(record)
    ratna.caller.tick("mobile_phone")
    assert code_of(lambda: save(ratna, record, "mobile_phone", "+6281234567890")) == "not_identified"
    assert versions_in_file(office, record, "mobile_phone") == 1
    identify(ratna, record, values)
    assert isinstance(save(ratna, record, "mobile_phone", "+6281234567890"), FieldNow)
    last = entries(office, "field.edited")[-1]
    assert (last.outcome, last.field, last.data_class) == ("ok", "mobile_phone", "contact")
    assert last.detail.startswith("changes=1 check=")
    ratna.caller.end()


def test_that_identity_and_money_are_edited_by_a_supervisor_for_an_identified_caller(
    office: MadeOffice, boss: Desk, fresh: Iterator[dict[str, str]]
) -> None:
    values = next(fresh)
    record = record_of(boss, values)
    for field, text in (("mothers_name", "Siti"), ("bank_account", "1234567890")):
        assert code_of(lambda field=field, text=text: save(boss, record, field, text)) == "not_identified"
    identify(boss, record, values)
    assert isinstance(save(boss, record, "mothers_name", "Siti"), FieldNow)
    office.clock.pass_s(boss._identity.policy.step_up_s + 1)
    assert code_of(lambda: save(boss, record, "bank_account", "1234567890")) == "step_up"
    boss.step_up(office.code("hendra"))
    assert isinstance(save(boss, record, "bank_account", "1234567890"), FieldNow)
    assert "special" not in {entry.data_class for entry in entries(office, "field.edited") if entry.outcome == "ok"}
    assert code_of(lambda: boss.editing.save("ab" * 16, record, "health_note", "00" * 16, "x")) == "role_edits"


@pytest.mark.parametrize("part", ["session", "record", "field", "request"])
def test_that_a_value_sealed_for_one_thing_is_taken_for_no_other(
    office: MadeOffice, ratna: Desk, fresh: Iterator[dict[str, str]], part: str
) -> None:
    """A sealed value that is carried to another field, customer, session or request does not open."""
    who, record = ratna._identity, record_of(ratna, next(fresh))
    other: bytes | str = "email" if part == "field" else new_id()
    seen = bytes.fromhex(mark(ratna, record, "street_address"))
    request = raw_edit(who, bytes.fromhex(record), "street_address", seen, "Jalan Baru 12", {part: other})
    assert code_of(lambda: calls.edit_field(who.client, request)) == "sealed"
    assert versions_in_file(office, record, "street_address") == 1


def test_that_a_forged_version_overwrites_nothing(
    office: MadeOffice, ratna: Desk, fresh: Iterator[dict[str, str]]
) -> None:
    who, record = ratna._identity, record_of(ratna, next(fresh))
    for seen in (bytes(16), secrets.token_bytes(16), bytes.fromhex(mark(ratna, record, "email"))):
        answer = calls.edit_field(who.client, raw_edit(who, bytes.fromhex(record), "street_address", seen, "Jalan 12"))
        assert answer.conflict is not None
    assert versions_in_file(office, record, "street_address") == 1


def test_that_a_replayed_edit_changes_nothing_for_anybody(
    office: MadeOffice, ratna: Desk, fresh: Iterator[dict[str, str]]
) -> None:
    """Sent again, sent by another session, or its id used for another value."""
    who, record = ratna._identity, record_of(ratna, next(fresh))
    seen = bytes.fromhex(mark(ratna, record, "street_address"))
    request = raw_edit(who, bytes.fromhex(record), "street_address", seen, "Jalan Baru 12")
    done = calls.edit_field(who.client, request)
    assert calls.edit_field(who.client, request) == done
    yoga = office.desk("yoga")
    assert code_of(lambda: calls.edit_field(yoga._identity.client, request)) == "signature"
    yoga.end("signed_out")
    info = edit_info(who.office, who.session, request.record, request.field, request.request)
    sealed = hpke.seal(who.book.office_entry.kem, b"Jalan Lain 13", info)
    signed = edit_request(
        who.office, who.session, request.record, request.field, done.state.mark, request.request, sealed
    )
    again = request.model_copy(update={"sealed": sealed, "seen": done.state.mark, "signature": who.sign(signed)})
    assert code_of(lambda: calls.edit_field(who.client, again)) == "replay"
    assert versions_in_file(office, record, "street_address") == 2


# --- taken away


def raw_emptying(
    who: Identity, record: bytes, field: str, seen: bytes, why: WhyEmptied = WhyEmptied.WRONG
) -> EmptyField:
    request = new_id()
    signed = empty_request(who.office, who.session, record, field, seen, request, why.value)
    return EmptyField(request=request, record=record, field=field, seen=seen, why=why, signature=who.sign(signed))


def empty(desk: Desk, record: str, field: str) -> FieldNow | EditConflict:
    editing = desk.editing
    return editing.empty(editing.new_request(), record, field, mark(desk, record, field), WhyEmptied.WITHDRAWN)


@pytest.mark.attack("A38")
def test_that_a_value_that_was_taken_away_is_nowhere_but_sealed(
    office: MadeOffice, ratna: Desk, fresh: Iterator[dict[str, str]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Its older version stays as a blob; neither log nor cache nor any file says what it was."""
    record = record_of(ratna, next(fresh))
    old = f"Jalan {new_canary('contact')}"
    assert isinstance(save(ratna, record, "street_address", old), FieldNow)
    assert isinstance(empty(ratna, record, "street_address"), FieldNow)
    ratna.follow()
    last = entries(office, "field.emptied")[-1]
    assert (last.outcome, last.reason, last.field, last.data_class) == ("ok", "withdrawn", "street_address", "contact")
    needle = old[-32:].encode()
    with office_file(office) as db:
        told = everything_in(db)
    assert b"field.emptied" in told, "the control"
    with ratna._open.cache._guarded() as db:
        told += everything_in(db)
    assert needle not in told
    for path in tmp_path_factory.getbasetemp().rglob("*"):
        if path.is_file():
            assert needle not in path.read_bytes(), path


def test_that_an_edit_is_no_removal_and_a_removal_no_edit(
    office: MadeOffice, ratna: Desk, fresh: Iterator[dict[str, str]]
) -> None:
    """Neither its signature nor its id: each has a label of its own, and another reason another signature."""
    who, record = ratna._identity, record_of(ratna, next(fresh))
    whose, seen = bytes.fromhex(record), bytes.fromhex(mark(ratna, record, "street_address"))
    edit = raw_edit(who, whose, "street_address", seen, "Jalan Baru 12")
    forged = EmptyField(
        request=edit.request, record=whose, field=edit.field, seen=seen, why=WhyEmptied.WRONG, signature=edit.signature
    )
    assert code_of(lambda: calls.empty_field(who.client, forged)) == "signature"
    emptying = raw_emptying(who, whose, "street_address", seen)
    as_edit = edit.model_copy(update={"request": emptying.request, "signature": emptying.signature})
    assert code_of(lambda: calls.edit_field(who.client, as_edit)) == "signature"
    other = emptying.model_copy(update={"why": WhyEmptied.WITHDRAWN})
    assert code_of(lambda: calls.empty_field(who.client, other)) == "signature"
    assert versions_in_file(office, record, "street_address") == 1
    done = calls.edit_field(who.client, edit)
    signed = empty_request(who.office, who.session, whose, edit.field, done.state.mark, edit.request, "wrong")
    reused = forged.model_copy(update={"seen": done.state.mark, "signature": who.sign(signed)})
    assert code_of(lambda: calls.empty_field(who.client, reused)) == "replay"
    assert versions_in_file(office, record, "street_address") == 2


def test_that_a_removal_of_what_was_not_seen_and_one_by_another_session_change_nothing(
    office: MadeOffice, ratna: Desk, fresh: Iterator[dict[str, str]]
) -> None:
    who, record = ratna._identity, record_of(ratna, next(fresh))
    whose = bytes.fromhex(record)
    for seen in (bytes(16), secrets.token_bytes(16), bytes.fromhex(mark(ratna, record, "email"))):
        assert calls.empty_field(who.client, raw_emptying(who, whose, "street_address", seen)).conflict is not None
    request = raw_emptying(who, whose, "street_address", bytes.fromhex(mark(ratna, record, "street_address")))
    yoga = office.desk("yoga")
    assert code_of(lambda: calls.empty_field(yoga._identity.client, request)) == "signature"
    yoga.end("signed_out")
    assert versions_in_file(office, record, "street_address") == 1


def test_that_what_identifies_a_caller_is_taken_away_for_an_identified_one_alone(
    office: MadeOffice, ratna: Desk, fresh: Iterator[dict[str, str]]
) -> None:
    """Else whoever cannot answer would have the question taken away."""
    values = next(fresh)
    record = record_of(ratna, values)
    assert code_of(lambda: empty(ratna, record, "mobile_phone")) == "not_identified"
    assert versions_in_file(office, record, "mobile_phone") == 1
    identify(ratna, record, values)
    assert isinstance(empty(ratna, record, "mobile_phone"), FieldNow)
    ratna.caller.end()


@pytest.mark.attack("A47")
def test_that_removals_count_with_edits_for_the_pace(office: MadeOffice, fresh: Iterator[dict[str, str]]) -> None:
    office.clock.pass_s(36_001)
    ratna = office.desk("ratna")
    record, limit = record_of(ratna, next(fresh)), ratna._identity.policy.edits_minute
    for at in range(limit):
        now = empty(ratna, record, "street_address") if at % 2 else save(ratna, record, "street_address", f"Jalan {at}")
        assert isinstance(now, FieldNow)
        office.clock.pass_s(1)
    assert code_of(lambda: empty(ratna, record, "email")) == "edits_pace"
    assert code_of(lambda: save(ratna, record, "street_address", "Jalan Melati 1")) == "edits_pace"
    assert entries(office)[-2].event == "field.emptied"
    office.clock.pass_s(61)
    ratna.end("signed_out")


# --- new customers


def customer(who: Identity, values: dict[str, str], *, known: bool = False, notice: str = "2026-01") -> NewCustomer:
    request = new_id()
    sealed = hpke.seal(
        who.book.office_entry.kem, json.dumps(values).encode(), new_customer_info(who.office, who.session, request)
    )
    signed = new_customer_request(who.office, who.session, notice, request, sealed)
    return NewCustomer(request=request, notice=notice, known=known, sealed=sealed, signature=who.sign(signed))


def test_that_nobody_makes_a_customer_beyond_their_queues_and_classes(office: MadeOffice, ratna: Desk) -> None:
    who = ratna._identity
    good = {"full_name": "Budi Baru", "queue": "billing"}
    for wrong, field, code in (
        ({"queue": "delivery"}, "queue", "not_in_queue"),
        ({"nik": "3273996803870004"}, "nik", "role_edits"),
        ({"balance_due": "0"}, "balance_due", "role_edits"),
        ({"customer_number": CUSTOMERS[0]["customer_number"]}, "customer_number", "number_given"),
        ({"full_name": " "}, "full_name", "missing"),
    ):
        answer = calls.make_customer(who.client, customer(who, good | wrong))
        assert [(bad.field, bad.code) for bad in answer.bad] == [(field, code)]
        assert answer.row is None
    assert code_of(lambda: calls.make_customer(who.client, customer(who, good, notice="2025-01"))) == "notice"
    with opened(office).database.reading() as db:
        assert db.exec_driver_sql("SELECT count(*) FROM collected").scalar() == 0


@pytest.mark.attack("A47")
def test_that_asking_who_has_a_number_by_making_customers_counts_as_looking_up(
    office: MadeOffice, ratna: Desk, fresh: Iterator[dict[str, str]]
) -> None:
    who, values = ratna._identity, next(fresh)
    phone = {"full_name": "Budi Baru", "mobile_phone": values["mobile_phone"]}
    before = len(entries(office, "lookup"))
    answer = calls.make_customer(who.client, customer(who, phone))
    assert [record.hex() for record in answer.found] == [record_of(ratna, values)]
    assert len(entries(office, "lookup")) == before + 1
    limit = who.policy.lookups_minute
    codes = []
    for _ in range(limit):
        try:
            calls.make_customer(who.client, customer(who, phone))
            codes.append("")
        except NotAllowedError as refused:
            codes.append(refused.code)
    assert codes[-1] == "lookups_pace"
    office.clock.pass_s(61)


@pytest.mark.attack("A47")
def test_that_no_number_is_typed_so_nobody_learns_which_is_taken_or_waits_for_whose_it_will_be(
    office: MadeOffice, ratna: Desk
) -> None:
    """An import would bring its row into the customer that somebody made with its number before."""
    office.clock.pass_s(61)
    who = ratna._identity
    foreign = next(c["customer_number"] for c in CUSTOMERS if c["queue"] == "delivery")
    good = {"full_name": "Budi Baru", "queue": "billing"}
    answers = [
        calls.make_customer(who.client, customer(who, good | {"customer_number": n})) for n in (foreign, "C-777777")
    ]
    assert [[(bad.field, bad.code) for bad in answer.bad] for answer in answers] == [
        [("customer_number", "number_given")]
    ] * 2
    assert [answer.row for answer in answers] == [None, None]


@pytest.mark.attack("A47")
def test_that_customers_are_made_no_faster_than_a_person_looks_up(office: MadeOffice, ratna: Desk) -> None:
    office.clock.pass_s(61)
    who, limit = ratna._identity, ratna._identity.policy.lookups_minute
    for at in range(limit):
        made = calls.make_customer(
            who.client, customer(who, {"full_name": f"Nama {at}", "queue": "billing"}, known=True)
        )
        assert made.row is not None
    one_more = customer(who, {"full_name": "Nama Lagi", "queue": "billing"}, known=True)
    assert code_of(lambda: calls.make_customer(who.client, one_more)) == "lookups_pace"
    office.clock.pass_s(61)


@pytest.mark.attack("A47")
def test_that_nobody_overwrites_fields_faster_than_policy_says_and_hears_when_it_goes_on(
    office: MadeOffice, fresh: Iterator[dict[str, str]]
) -> None:
    office.clock.pass_s(61)
    ratna = office.desk("ratna")
    record = record_of(ratna, next(fresh))
    limit = ratna._identity.policy.edits_minute
    for at in range(limit):
        save(ratna, record, "street_address", f"Jalan Mawar {at}")
        office.clock.pass_s(1)
    with pytest.raises(PacedError) as refused:
        save(ratna, record, "street_address", "Jalan Melati 1")
    assert refused.value.code == "edits_pace"
    assert 0 < refused.value.wait_s <= 60 - limit, "from the first of them on; the edits take their time, too"
    assert versions_in_file(office, record, "street_address") == limit + 1
    last = entries(office)[-1]
    assert (last.event, last.outcome, last.reason, last.record) == ("field.edited", "refused", "edits_pace", record)
    ratna.end("signed_out")
    again = office.desk("ratna")
    assert code_of(lambda: save(again, record, "street_address", "Jalan Melati 2")) == "edits_pace", "nor by a sign-in"
    office.clock.pass_s(60 - limit)
    assert isinstance(save(again, record, "street_address", "Jalan Melati 3"), FieldNow)
    again.end("signed_out")


@pytest.mark.attack("A47")
def test_that_a_shift_has_so_many_changes_and_a_clock_that_is_set_back_wins_none(
    office: MadeOffice, fresh: Iterator[dict[str, str]]
) -> None:
    office.clock.pass_s(36_001)
    it, before = opened(office), opened(office).policy
    it.policy = replace(before, edits_shift=3)
    ratna = office.desk("ratna")
    record = record_of(ratna, next(fresh))
    for at in range(3):
        save(ratna, record, "street_address", f"Jalan Mawar {at}")
    office.clock.pass_s(120)
    with pytest.raises(PacedError) as refused:
        save(ratna, record, "street_address", "Jalan Melati 1")
    assert (refused.value.code, refused.value.wait_s) == ("edits_shift", 36_000 - 120)
    office.clock.ahead_ms -= 100_000
    assert code_of(lambda: save(ratna, record, "street_address", "Jalan Melati 2")) == "edits_shift"
    office.clock.ahead_ms += 100_000
    it.policy = before
    ratna.end("signed_out")


CARD = "4111 1111 1111 1111"


@pytest.mark.attack("A38")
@pytest.mark.parametrize("field", ["full_name", "city", "street_address"])
def test_that_a_card_number_is_typed_into_no_field_of_words(
    office: MadeOffice, ratna: Desk, fresh: Iterator[dict[str, str]], field: str
) -> None:
    who, record = ratna._identity, record_of(ratna, next(fresh))
    assert code_of(lambda: save(ratna, record, field, f"kartu {CARD}")) == "card_number"
    values = {"full_name": "Budi Baru", "queue": "billing"} | {field: f"kartu {CARD}"}
    answer = calls.make_customer(who.client, customer(who, values))
    assert [(bad.field, bad.code) for bad in answer.bad] == [(field, "card_number")]
    with office_file(office) as db:
        assert CARD.encode() not in everything_in(db)


def test_that_what_is_no_form_at_all_is_refused_and_is_no_fault_of_the_office(ratna: Desk) -> None:
    who, request = ratna._identity, new_id()
    info = new_customer_info(who.office, who.session, request)
    sealed = hpke.seal(who.book.office_entry.kem, b"[" * 60_000, info)
    signed = new_customer_request(who.office, who.session, "2026-01", request, sealed)
    form = NewCustomer(request=request, notice="2026-01", sealed=sealed, signature=who.sign(signed))
    assert code_of(lambda: calls.make_customer(who.client, form)) == "sealed"


def test_that_a_new_customer_is_sealed_with_basis_and_notice(
    office: MadeOffice, ratna: Desk, tmp_path_factory: pytest.TempPathFactory
) -> None:
    street = f"Jalan {new_canary('contact')}"
    values = {"full_name": "Budi Baru", "street_address": street, "mobile_phone": "0812-9999-0001"}
    request = ratna.new_contacts.new_request()
    made = ratna.new_contacts.make(request, values)
    assert ratna.new_contacts.make(request, values) == made
    shown = ratna.customer(made)
    assert (shown.name, shown.number[:2]) == ("Budi Baru", "N-")
    assert ratna.caller.look_up("+62 812 9999 0001") == [made]
    last = entries(office, "customer.created")[-1]
    digest = opened(office).inventory.digest.hex()[:16]
    assert (last.outcome, last.record) == ("ok", shown.record)
    assert last.detail == f"fields=5 notice=2026-01 inventory={digest}"
    for path in tmp_path_factory.getbasetemp().rglob("*"):
        if path.is_file():
            assert street[-32:].encode() not in path.read_bytes(), path
