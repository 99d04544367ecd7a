"""Entries of the outbox that somebody forged, moved, cut, doubled or kept back: refused, and written down once."""

import secrets
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from app.api.client import outbox as calls
from app.api.client.client import ApiClient
from app.api.client.errors import InputRefusedError, NotAllowedError
from app.api.messages.door import WitnessMark
from app.api.messages.outbox import Delivered, Delivery, Fate, Look
from app.auth.outbox_entry import EntryKind, OutboxEntry, first_link, link_of, note_payload
from app.backoffice import schema
from app.crypto import hpke, signing
from app.session.accounts import Accounts
from tests.demo.customers import demo_customers
from tests.office.door import entries, opened, rows_of
from tests.office.made import Bare, MadeOffice, made_office

TAKEN, ALREADY = Fate(outcome="taken"), Fate(outcome="already")


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MadeOffice]:
    with made_office(tmp_path_factory.mktemp("office")) as office:
        office.hire("ratna", "Ratna Dewanti")
        office.hire("bagus", "Bagus Hartono")
        office.bring_in(demo_customers(12, 3))
        connect, clients = office.connect, list[ApiClient]()

        def kept() -> ApiClient:
            clients.append(connect())
            return clients[-1]

        office.connect = kept  # type: ignore[method-assign]
        yield office
        for client in clients:
            client.close()


@pytest.fixture
def author(office: MadeOffice) -> Bare:
    """Ratna's console; its session stays known after it."""
    return office.bare("ratna")


@pytest.fixture
def courier(office: MadeOffice) -> Iterator[Bare]:
    bare = office.bare("hendra")
    yield bare
    bare.end()


class Writer:
    """What a console writes, entry by entry."""

    def __init__(self, bare: Bare, record: bytes) -> None:
        self.identity, self.record = bare.identity, record
        self.number, self.link = 0, first_link(self.identity.office, self.identity.session)
        self.note = secrets.token_bytes(16)

    def entry(self, text: str = "words", kind: EntryKind = EntryKind.NOTE, **change: Any) -> OutboxEntry:
        """The next entry, changed."""
        payload = note_payload(self.record, self.number + 1, text) if kind is EntryKind.NOTE else b""
        made = OutboxEntry(
            self.identity.account, self.identity.session, self.number + 1, self.link, kind, self.note, payload
        )
        return replace(made, **change)

    def sealed(self, entry: OutboxEntry, *, seed: bytes = b"", public: bytes = b"", office: bytes = b"") -> bytes:
        """Sealed, by default rightly."""
        identity = self.identity
        return entry.sealed(
            office or identity.office, public or identity.book.office_entry.kem, seed or identity.keys.seed
        )

    def next(self, text: str = "words", kind: EntryKind = EntryKind.NOTE) -> bytes:
        """The next entry of the chain."""
        sealed = self.sealed(self.entry(text, kind))
        self.number, self.link = self.number + 1, link_of(sealed)
        return sealed


@pytest.fixture
def writer(office: MadeOffice, author: Bare) -> Writer:
    return Writer(author, rows_of(office, "customers")[0].record)


def deliver(courier: Bare, *sealed: bytes, session: bytes | None = None) -> tuple[Fate, ...]:
    request = Delivery(session=session or bytes(16), entries=sealed)
    answer: Delivered = calls.deliver(courier.client, request)
    return answer.fates


def refusals(office: MadeOffice) -> list[Any]:
    return [e for e in entries(office, "outbox.deliver") if e.outcome == "refused"]


def notes(office: MadeOffice, writer: Writer) -> list[Any]:
    return [row for row in rows_of(office, "notes") if row.session == writer.identity.session]


def test_that_entries_are_taken_in_order_and_once_whoever_brings_them(
    office: MadeOffice, writer: Writer, courier: Bare
) -> None:
    chain = [writer.next(f"text {n}") for n in range(5)]
    assert deliver(courier, *chain[:2]) == (TAKEN, TAKEN)
    assert deliver(courier, *chain[:2]) == (ALREADY, ALREADY)
    assert deliver(courier, *chain) == (ALREADY, ALREADY, TAKEN, TAKEN, TAKEN)
    assert [(row.author, row.revision) for row in notes(office, writer)] == [("ratna", 5)], "one note, its last state"
    last = entries(office, "outbox.deliver")[-1]
    assert (last.actor, last.acting_with, last.session) == ("ratna", "hendra", writer.identity.session.hex())
    assert last.detail == "from=3 to=5 notes=1 last=note"


def refused(office: MadeOffice, courier: Bare, reason: str, *sealed: bytes) -> None:
    """The last one is refused with that reason, nothing changes, and the log says it once, without the words."""
    before, logged = rows_of(office, "notes"), len(refusals(office))
    for _again in range(2):
        assert deliver(courier, sealed[-1], session=b"s" * 16) == (Fate(outcome="refused", reason=reason),)
    assert rows_of(office, "notes") == before
    new = refusals(office)[logged:]
    assert [(e.reason, e.actor, e.detail.split(" ")[0]) for e in new] == [(reason, "hendra", "session=" + "73" * 16)]


def test_that_a_gap_is_refused_and_what_fills_it_is_taken(office: MadeOffice, writer: Writer, courier: Bare) -> None:
    first, second, third = (writer.next() for _ in range(3))
    refused(office, courier, "gap", second)
    assert deliver(courier, first) == (TAKEN,)
    refused(office, courier, "gap", third)
    assert deliver(courier, second, third) == (TAKEN, TAKEN)


def test_that_entries_behind_a_refused_one_are_not_looked_at(writer: Writer, courier: Bare) -> None:
    first, second, third = (writer.next() for _ in range(3))
    assert deliver(courier, first, third, second) == (TAKEN, Fate(outcome="refused", reason="gap"))


def test_that_one_number_has_one_entry(office: MadeOffice, writer: Writer, courier: Bare) -> None:
    """Also its author cannot take back what was taken, nor seal the same words twice for it."""
    for text in ("words", "other words"):
        again = writer.sealed(writer.entry(text))
        if text == "words":
            assert deliver(courier, writer.next()) == (TAKEN,)
            writer.number, writer.link = 0, first_link(writer.identity.office, writer.identity.session)
        refused(office, courier, "fork", again)


def test_that_the_right_number_behind_another_entry_is_refused(
    office: MadeOffice, writer: Writer, courier: Bare
) -> None:
    deliver(courier, writer.next())
    refused(office, courier, "order", writer.sealed(writer.entry(previous=secrets.token_bytes(32))))
    start = first_link(writer.identity.office, writer.identity.session)
    refused(office, courier, "order", writer.sealed(writer.entry(previous=start)))


@pytest.mark.parametrize("number", [0, 2**63, 2**64 - 1])
def test_that_a_number_of_no_use_is_refused(office: MadeOffice, writer: Writer, courier: Bare, number: int) -> None:
    refused(office, courier, "gap" if number else "fork", writer.sealed(writer.entry(number=number)))


@pytest.mark.parametrize("at", [0, 1, 40, 1119, 1121, 1500, -1])
def test_that_a_flipped_byte_is_refused(office: MadeOffice, writer: Writer, courier: Bare, at: int) -> None:
    good = bytearray(writer.next())
    good[at] ^= 0x10
    refused(office, courier, "seal", bytes(good))


@pytest.mark.parametrize("length", [0, 1, 1120, 1500])
def test_that_a_cut_entry_is_refused(office: MadeOffice, writer: Writer, courier: Bare, length: int) -> None:
    refused(office, courier, "seal", writer.next()[:length] + bytes(0))


def test_that_another_offices_entry_is_refused(office: MadeOffice, writer: Writer, courier: Bare) -> None:
    entry = writer.entry()
    refused(office, courier, "seal", writer.sealed(entry, public=hpke.public_of(hpke.new_secret())))
    refused(office, courier, "seal", writer.sealed(entry, office=secrets.token_bytes(32)))


def test_that_nobody_writes_in_anothers_name(office: MadeOffice, writer: Writer, courier: Bare) -> None:
    """Neither a colleague nor a supervisor nor whoever took the session's own keys."""
    entry = writer.entry("a forged note")
    colleague = office.bare("bagus")
    for seed in (colleague.identity.keys.seed, courier.identity.keys.seed, writer.identity.session_seed,
                 signing.new_seed()):  # fmt: skip
        refused(office, courier, "signature", writer.sealed(entry, seed=seed))
    own = replace(entry, account="bagus")  # in one's own name, in somebody else's session
    refused(office, courier, "session", writer.sealed(own, seed=colleague.identity.keys.seed))
    colleague.end()


def test_that_strangers_are_refused(office: MadeOffice, writer: Writer, courier: Bare) -> None:
    refused(office, courier, "account", writer.sealed(writer.entry(account="nobody")))
    refused(office, courier, "signature", writer.sealed(writer.entry(account="recovery")))
    refused(office, courier, "session", writer.sealed(writer.entry(session=secrets.token_bytes(16))))


@pytest.mark.parametrize("kind", ["command", "approval"])
def test_that_only_sessions_of_consoles_have_an_outbox(office: MadeOffice, courier: Bare, kind: Any) -> None:
    bare = office.bare("ratna" if kind == "command" else "hendra", kind)
    writing = Writer(bare, rows_of(office, "customers")[0].record)
    refused(office, courier, "session", writing.sealed(writing.entry()))
    with pytest.raises(NotAllowedError):
        calls.deliver(bare.client, Delivery(session=bytes(16), entries=(b"x",)))
    with pytest.raises(NotAllowedError):
        calls.look(bare.client, Look())
    bare.end()


def test_that_a_console_of_another_seat_brings_nothing(office: MadeOffice, writer: Writer, courier: Bare) -> None:
    with opened(office).writing() as db:
        table = schema.sessions
        db.execute(table.update().where(table.c.id == courier.identity.session).values(seat_id=b"e" * 16))
    refused(office, courier, "seat", writer.next())


def test_that_nothing_follows_the_end_but_another_end(office: MadeOffice, writer: Writer, courier: Bare) -> None:
    assert deliver(courier, writer.next(), writer.next(kind=EntryKind.END)) == (TAKEN, TAKEN)
    refused(office, courier, "closed", writer.sealed(writer.entry("after the end")))
    assert deliver(courier, writer.next(kind=EntryKind.END)) == (TAKEN,), "its console did not hear the first answer"


def test_that_a_session_which_ended_at_the_office_takes_what_it_told_of_and_no_more(
    office: MadeOffice, writer: Writer, author: Bare, courier: Bare
) -> None:
    first, second = writer.next("before"), writer.next("told")
    author.identity.leave("signed_out", (), WitnessMark(length=2, head=writer.link))
    assert deliver(courier, first, second) == (TAKEN, TAKEN)
    refused(office, courier, "closed", writer.next("not told"))


def test_that_a_lock_is_a_last_word_behind_which_a_resume_writes_on(writer: Writer, courier: Bare) -> None:
    lock, note = writer.next(kind=EntryKind.LOCK), writer.next()
    assert deliver(courier, lock, note) == (TAKEN, TAKEN)


def test_that_a_wish_which_is_not_allowed_stays_sealed_and_what_follows_goes_on(
    office: MadeOffice, writer: Writer, courier: Bare
) -> None:
    right = writer.record
    writer.record = next(r.record for r in rows_of(office, "customers") if r.queue != "billing")
    elsewhere = writer.next("about somebody else's customer")
    writer.record = secrets.token_bytes(16)
    nowhere = writer.next("about nobody")
    writer.record, writer.note = right, secrets.token_bytes(16)
    good = writer.next("about my customer")
    no = Fate(outcome="unusable", reason="not_in_queue")
    assert deliver(courier, elsewhere, nowhere, good) == (no, no, TAKEN)
    assert [row.revision for row in notes(office, writer)] == [3]
    kept = [r for r in rows_of(office, "outbox_entries") if r.session == writer.identity.session]
    assert [(row.number, row.reason, row.sealed) for row in kept] == [
        (1, "not_in_queue", elsewhere), (2, "not_in_queue", nowhere), (3, "", None)
    ]  # fmt: skip
    failed = [e for e in entries(office, "outbox.deliver") if e.outcome == "failed"][-2:]
    assert [(e.actor, e.reason, e.detail) for e in failed] == [
        ("ratna", "not_in_queue", "number=1"), ("ratna", "not_in_queue", "number=2")
    ]  # fmt: skip


@pytest.mark.parametrize(
    "payload",
    [
        b"",
        b"\xff" * 40,
        note_payload(bytes(16), 2**40, "x"),
        note_payload(bytes(16), 0, "x"),
        note_payload(bytes(16), 1, "x" * 20_001),
    ],
    ids=["nothing", "noise", "revision", "no revision", "too long"],
)
def test_that_a_payload_which_is_no_note_stops_nobody(writer: Writer, courier: Bare, payload: bytes) -> None:
    false = writer.sealed(writer.entry(payload=payload))
    writer.number, writer.link = 1, link_of(false)
    fates = deliver(courier, false, writer.next("a good one"))
    assert [fate.outcome for fate in fates] == ["unusable", "taken"]
    assert fates[0].reason in {"form", "erased"}


def test_that_a_note_of_another_session_is_not_changed(office: MadeOffice, writer: Writer, courier: Bare) -> None:
    deliver(courier, writer.next("the first session's"))
    later = Writer(office.bare("ratna"), writer.record)
    later.note = writer.note
    assert deliver(courier, later.next("changed by a later one"))[0] == Fate(outcome="unusable", reason="not_own")
    assert len(notes(office, writer)) == 1


def test_that_an_older_state_behind_a_newer_one_changes_nothing(
    office: MadeOffice, writer: Writer, courier: Bare
) -> None:
    """The office had taken the newer one itself, and its answer was lost; or two consoles bring what two lay by."""
    payloads = [note_payload(writer.record, revision, f"state {revision}") for revision in (7, 5, 6)]
    for payload in payloads:
        sealed = writer.sealed(writer.entry(payload=payload))
        writer.number, writer.link = writer.number + 1, link_of(sealed)
        assert deliver(courier, sealed) == (TAKEN,)
    assert [row.revision for row in notes(office, writer)] == [7]


def test_that_garbage_and_floods_are_refused_before_anything_is_opened(courier: Bare) -> None:
    with pytest.raises(InputRefusedError):
        courier.client.call("POST", "/v1/outbox", Delivered, Delivery.model_construct(session=b"x", entries=(b"x",)))
    for sealed in ((), (b"x",) * 65, (bytes(131_073),)):
        request = Delivery.model_construct(session=bytes(16), entries=sealed)
        with pytest.raises(InputRefusedError):
            courier.client.call("POST", "/v1/outbox", Delivered, request)


def test_that_a_closed_account_delivers_nothing_any_more(office: MadeOffice, courier: Bare) -> None:
    office.hire("intan", "Intan Maharani")
    writing = Writer(office.bare("intan"), rows_of(office, "customers")[0].record)
    sealed = writing.next()
    adi = office.bare("adi")
    Accounts(adi.identity).close("intan")
    adi.end()
    refused(office, courier, "account", sealed)
