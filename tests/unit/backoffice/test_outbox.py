"""Whatever a courier brings, in whatever order and how often: a session's entries are a prefix of its chain, once."""

import secrets
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from app.api.messages.outbox import Delivery
from app.auth.outbox_entry import EntryKind, OutboxEntry, first_link, link_of, note_payload
from app.backoffice import schema
from app.backoffice.outbox import deliver
from app.backoffice.outbox_marks import mark_of
from app.backoffice.sessions import session_by_id
from tests.demo.customers import demo_customers
from tests.office.door import opened, rows_of
from tests.office.made import Bare, MadeOffice, made_office

LONG = 7
RANGES = st.lists(st.tuples(st.integers(0, LONG - 1), st.integers(1, LONG)), min_size=1, max_size=8)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MadeOffice]:
    with made_office(tmp_path_factory.mktemp("office")) as office:
        office.hire("ratna", "Ratna Dewanti")
        office.bring_in(demo_customers(3, 3))
        yield office


@pytest.fixture(scope="module")
def author(office: MadeOffice) -> Iterator[Bare]:
    bare = office.bare("ratna")
    yield bare
    bare.end()


@pytest.fixture(scope="module")
def courier(office: MadeOffice) -> Iterator[Bare]:
    bare = office.bare("hendra")
    yield bare
    bare.end()


def another_session(office: MadeOffice, author: Bare) -> bytes:
    """A session of the past that is known as the author's own is, under another id."""
    session, table = secrets.token_bytes(16), schema.sessions
    with opened(office).writing() as db:
        row = db.execute(select(table).where(table.c.id == author.identity.session)).one()
        other = {"id": session, "token_hash": secrets.token_bytes(32), "ended_ms": 1}
        db.execute(table.insert().values(dict(row._mapping) | other))
    return session


def chain(office: MadeOffice, author: Bare, session: bytes) -> list[bytes]:
    """Two notes in turns, and an end."""
    identity, record = author.identity, rows_of(office, "customers")[0].record
    link, notes, made = first_link(identity.office, session), [secrets.token_bytes(16) for _ in range(2)], list[bytes]()
    for number in range(1, LONG + 1):
        kind = EntryKind.END if number == LONG else EntryKind.NOTE
        payload = note_payload(record, number, f"state {number}") if kind is EntryKind.NOTE else b""
        entry = OutboxEntry("ratna", session, number, link, kind, notes[number % 2], payload)
        made.append(entry.sealed(identity.office, identity.book.office_entry.kem, identity.keys.seed))
        link = link_of(made[-1])
    return made


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(RANGES)
def test_that_any_order_of_deliveries_takes_a_prefix_once(
    office: MadeOffice, author: Bare, courier: Bare, ranges: list[tuple[int, int]]
) -> None:
    session = another_session(office, author)
    entries, taken = chain(office, author, session), 0
    with opened(office).database.reading() as db:
        brings = session_by_id(opened(office), db, courier.identity.session)
    assert brings is not None
    for first, length in ranges:
        expected = []
        for number in range(first + 1, min(first + length, LONG) + 1):
            expected.append("already" if number <= taken else "taken" if number == taken + 1 else "refused")
            taken += expected[-1] == "taken"
            if expected[-1] == "refused":
                break
        sent = Delivery(session=session, entries=tuple(entries[first : first + length]))
        answer = deliver(opened(office), brings, sent)
        assert [fate.outcome for fate in answer.fates] == expected
    rows = [row for row in rows_of(office, "outbox_entries") if row.session == session]
    assert [row.number for row in rows] == list(range(1, taken + 1))
    states = {row.id: row.revision for row in rows_of(office, "notes") if row.session == session}
    wanted = list(range(1, min(taken, LONG - 1) + 1))
    assert sorted(states.values()) == wanted[-2:]
    with opened(office).database.reading() as db:
        mark = mark_of(opened(office), db, session)
    assert (mark.taken, mark.is_closed, mark.ends_at) == (taken, taken == LONG, LONG if taken == LONG else None)
