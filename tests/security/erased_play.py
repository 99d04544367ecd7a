"""A customer about whom much is known at two workstations, one of them away: what betrays them, and where to look.

What is planted has 128 random bits: the name, a note, a visit's note that an outbox keeps, the words of a request.
"""

import contextlib
import secrets
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NoReturn

import pytest
from sqlalchemy import select

from app.api.client import subject_requests as request_calls
from app.api.messages.subject_requests import OpenRequest
from app.auth.erasure_order import Subject
from app.auth.outbox_entry import open_entry
from app.auth.outbox_payload import unbound
from app.backoffice import schema
from app.backoffice.acting import OFFICE, acting_for
from app.backoffice.source_marks import keep_mark
from app.backoffice.subject_tables import subject_requests
from app.crypto.errors import SealError
from app.crypto.puncture import PuncturedKey
from app.domain.erasure.words import Action, Ground
from app.domain.subject_requests.words import Channel, RequestKind
from app.session.analytics import AnalyticsExports
from app.session.desk import Desk
from app.session.erasures import Erasures
from app.session.errors import OfficeAwayError
from app.session.identity import new_id
from app.sources.sql_marks import Mark
from app.storage.outbox import OutboxFolder
from tests.demo.customers import HEADERS
from tests.office.made import MadeOffice
from tests.security.canaries import found_in, planted

NAME = f"Kanari{secrets.token_hex(12)}"
NOTE, KEPT, OTHERS, WISH = (f"{word} {secrets.token_hex(16)}" for word in ("Catatan", "Simpanan", "Lain", "Permohonan"))
"""A note that the office has; one in an outbox; one about somebody else there; a request in the customer's words."""
EXPORT = "k=3 l=2 quasi=language:as_is sensitive=balance_due:band"


def hire_everybody(office: MadeOffice) -> None:
    """Two agents of one queue, and a privacy officer."""
    for account, name in (("ratna", "Ratna Dewanti"), ("sari", "Sari Wulandari")):
        office.hire(account, name, queues=("billing",))
    office.hire("dewi", "Dewi Lestari", "privacy_officer", ("*",))


def bring_them_in(office: MadeOffice) -> tuple[str, str]:
    """Customers of one queue; the numbers of the one who will be erased, and of one who stays."""
    rows, _canaries = planted(4)
    number = f"N-{secrets.randbelow(10**24):024}"  # a number of the demo lies in a server that other tests have used
    named = {HEADERS["full_name"]: NAME, HEADERS["queue"]: "billing", HEADERS["customer_number"]: number}
    office.bring_in([rows[0] | named, rows[1] | {HEADERS["queue"]: "billing"}, *rows[2:]])
    return number, rows[1][HEADERS["customer_number"]]


def record_at(desk: Desk, number: str) -> str:
    return desk.customer(desk.search(number, None).ids[0]).record


@contextlib.contextmanager
def hearing_nothing(desk: Desk) -> Iterator[None]:
    """A console whose office does not answer within the block: a cable is out."""

    def no_answer(*_: Any, **__: Any) -> NoReturn:
        raise OfficeAwayError("no answer in time")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(desk._identity.client, "save_note", no_answer)
        yield


def keep_offline(sari: Desk, number: str, other: str) -> None:
    """What a console keeps in its outbox: one note about the customer, one about somebody else."""
    for whom, text in ((number, KEPT), (other, OTHERS)):
        assert sari.save_note(record_at(sari, whom), sari.new_note(), text).why is not None


def ask_in_words(office: MadeOffice, record: bytes) -> None:
    """A request with the customer's own words, as an agent writes it down."""
    agent = office.bare("ratna", "console")
    wish = OpenRequest(id=new_id(), record=record, kind=RequestKind.ACCESS, channel=Channel.PHONE, words=WISH)
    request_calls.open_request(agent.client, wish)
    agent.end()


def queue_an_export(office: MadeOffice) -> None:
    """An analytics export that two people have approved and nobody has made yet."""
    key = ""
    for account in ("dewi", "hendra"):
        bare = office.bare(account, "command")
        exports = AnalyticsExports(
            bare.identity, office.back_office.opened.inventory, now=lambda: office.clock.now_ms() / 1000
        )
        if key:
            exports.approve(exports.named(key))
        else:
            key = exports.propose(EXPORT)
        bare.end()


def mark_a_source(office: MadeOffice, number: str) -> None:
    """How far a database was read from which customers come: up to this very one."""
    customers, mark = schema.customers.c, Mark("d" * 64, 17, number)
    with acting_for(OFFICE), office.back_office.opened.writing() as db:
        import_id = db.execute(select(customers.import_id).where(customers.number == number)).scalar_one()
        keep_mark(db, "crm", mark.text(), import_id)


def traces(office: MadeOffice, number: str, sari: Desk) -> tuple[bytes, list[bytes]]:
    """The record, and what betrays the customer in any file.

    Name, number, wrapped key, sealed bytes, tags, notes, the request's words as they are sealed, and the keys of the
    outbox that is away: its root and the customer's.
    """
    customers, values, notes = schema.customers, schema.sealed_values, schema.notes
    with acting_for(OFFICE), office.back_office.opened.database.reading() as db:
        row = db.execute(select(customers).where(customers.c.number == number)).one()
        sealed = db.execute(select(values).where(values.c.record == row.record)).all()
        blobs = list(db.execute(select(notes.c.blob).where(notes.c.record == row.record)).scalars())
        asked = subject_requests.c
        blobs += db.execute(select(asked.words).where(asked.record == row.record)).scalars()
        blobs += [schema_tags for value in sealed for schema_tags in (value.verify_tag, value.lookup_tag)]
    root = sari._identity.outbox_key
    assert root is not None
    needles = [NAME.encode(), NAME.lower().encode(), number.encode(), *(t.encode() for t in (NOTE, KEPT, WISH))]
    needles += [row.record_key, root, PuncturedKey.of_root(root).key_of(row.record)]
    needles += [value.blob for value in sealed] + [blob for blob in blobs if blob]
    return row.record, [needle[:64] for needle in needles]


def opened_outbox(office: MadeOffice, roots: dict[bytes, PuncturedKey]) -> bytes:
    """All that opens of every entry in the seat's outbox, for whoever has all of the office's keys."""
    folder, keys, opened = OutboxFolder(office.places.home), office.back_office.opened, []
    for session in folder.sessions():
        kept = folder.read(session)
        assert kept is not None
        for sealed in kept.entries:
            entry = open_entry(keys.id, keys.keys.office_kem, sealed).entry
            opened.append(entry.body(keys.id))
            with contextlib.suppress(SealError):
                opened.append(unbound(roots.get(entry.session), keys.id, entry.session, entry.payload))
    return b"".join(opened)


def keys_of_outboxes(office: MadeOffice) -> dict[bytes, PuncturedKey]:
    """Those that the office has, as they are."""
    table = schema.outbox_keys
    with acting_for(OFFICE), office.back_office.opened.database.reading() as db:
        return {row.session: PuncturedKey.unpacked(row.nodes) for row in db.execute(select(table))}


def notes_that_open(office: MadeOffice) -> list[str]:
    """Whose words of the outbox still open."""
    opened = opened_outbox(office, keys_of_outboxes(office))
    return [text for text in (KEPT, OTHERS) if found_in(opened, [text.encode()])]


@contextlib.contextmanager
def two_people(office: MadeOffice) -> Iterator[list[Erasures]]:
    """A supervisor and a privacy officer at work on orders."""
    people = [office.bare(account, "command") for account in ("hendra", "dewi")]
    try:
        yield [Erasures(one.identity, now=lambda: office.clock.now_ms() / 1000) for one in people]
    finally:
        for one in people:
            one.end()


def approve_erasure(hendra: Erasures, dewi: Erasures, record: bytes) -> int:
    """Order that somebody is erased, and wait until they are gone at the office; the order's number."""
    order = hendra.propose(Action.ERASE, Ground.REQUESTED, "DSR-1", [Subject(record)]).number
    dewi.approve(dewi.order(dewi.orders()[0].id.hex()))
    until = time.monotonic() + 120
    while not dewi.orders()[0].done and time.monotonic() < until:
        time.sleep(0.02)
    return order


def cache_of(desk: Desk) -> tuple[Path, bytes]:
    """A session's cache and the key of its file."""
    return desk._open.places.session_folder(desk.session) / "cache.db", desk._open._key
