"""A51: after an erasure no byte of the customer is left, for whoever holds the keys: office, log of pages, two caches.

Enforced by *key* (the record's key is gone) and by what is written over. One workstation is online and told; the other
one is away, and its cache goes with its lease. PostgreSQL cleans up in its own time, as the certificate says.
"""

import secrets
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from app.auth.erasure_order import Subject
from app.backoffice import schema
from app.domain.erasure.words import Action, Ground, OrderState
from app.session.desk import Desk
from app.session.erasures import Erasures
from app.storage.wiping import wipe_session
from tests.demo.customers import HEADERS
from tests.office.made import MadeOffice, made_office
from tests.security.canaries import files_below, found_in, planted
from tests.security.opened_pages import opened_pages

NAME = f"Kanari{secrets.token_hex(12)}"
NOTE = f"Catatan {secrets.token_hex(16)}"


@pytest.fixture
def office(tmp_path: Path) -> Iterator[MadeOffice]:
    with made_office(tmp_path) as made:
        for account, name in (("ratna", "Ratna Dewanti"), ("sari", "Sari Wulandari")):
            made.hire(account, name, queues=("billing",))
        made.hire("dewi", "Dewi Lestari", "privacy_officer", ("*",))
        yield made


def traces(office: MadeOffice, number: str) -> tuple[bytes, list[bytes]]:
    """The record, and what betrays the customer in any file: name, note, sealed bytes, tags, wrapped key."""
    customers, values, notes = schema.customers, schema.sealed_values, schema.notes
    with office.back_office.opened.database.reading() as db:
        row = db.execute(select(customers).where(customers.c.number == number)).one()
        sealed = db.execute(select(values).where(values.c.record == row.record)).all()
        blobs = list(db.execute(select(notes.c.blob).where(notes.c.record == row.record)).scalars())
    needles = [NAME.encode(), NAME.lower().encode(), row.record_key, number.encode(), *blobs]
    for value in sealed:
        needles += [value.blob, *(tag for tag in (value.verify_tag, value.lookup_tag) if tag)]
    return row.record, [needle[:64] for needle in needles]


def cache_of(desk: Desk) -> tuple[Path, bytes]:
    return desk._open.places.session_folder(desk.session) / "cache.db", desk._open._key


@pytest.mark.attack("A51")
def test_that_no_byte_of_an_erased_customer_is_left_for_who_holds_the_keys(office: MadeOffice) -> None:
    rows, _canaries = planted(4)
    number = rows[0][HEADERS["customer_number"]]
    office.bring_in([rows[0] | {HEADERS["full_name"]: NAME, HEADERS["queue"]: "billing"}, *rows[1:]])
    ratna, sari = office.desk("ratna"), office.desk("sari")
    record = ratna.customer(ratna.search(number, None).ids[0]).record
    ratna.save_note(record, ratna.new_note(), NOTE)
    key, wanted = traces(office, number)
    places = {"office": (office.places.home / "office.db", office.back_office.file_key)}
    places |= {desk.session: cache_of(desk) for desk in (ratna, sari)}

    def left_in(place: str) -> list[bytes]:
        return found_in(opened_pages(*places[place]), wanted)

    assert len(left_in("office")) > len(wanted) / 2, "the search finds what is there"
    assert all(len(left_in(desk.session)) >= 2 for desk in (ratna, sari)), "name and number"

    people = [office.bare(account, "command") for account in ("hendra", "dewi")]
    hendra, dewi = (Erasures(one.identity, now=lambda: office.clock.now_ms() / 1000) for one in people)
    order = hendra.propose(Action.ERASE, Ground.REQUESTED, "DSR-1", [Subject(key)]).number
    dewi.approve(dewi.order(dewi.orders()[0].id.hex()))
    until = time.monotonic() + 30
    while not dewi.orders()[0].done and time.monotonic() < until:
        time.sleep(0.02)
    assert ratna.follow().gone
    waiting = dewi.orders()[0]
    assert (waiting.number, waiting.state, waiting.waits_for) == (order, OrderState.RUNNING, 1), "sari is away"
    assert not left_in(ratna.session), "told, and forgotten in file, index and log of pages"
    assert left_in(sari.session), "nobody told this one"

    for one in people:
        one.end()
    ratna.end("signed_out")
    office.clock.pass_s(office.policy.lease_s + 60)  # sari's console is away for longer than its lease
    cache = cache_of(sari)[0]
    sari._open.cache.close()
    assert wipe_session(office.places, office.store, sari.session).ok, "as its guardian does then"
    assert not cache.exists()
    sari._identity.client.close()
    again = office.bare("dewi", "command")
    done = Erasures(again.identity).orders()[0]
    assert (done.state, done.waits_for) == (OrderState.DONE, 0)
    again.end()
    assert not left_in("office"), "rows, free pages and log of pages"
    office.stop()
    assert not left_in("office")
    left = [path.name for path, data in files_below(office.places.home.parent) if found_in(data, wanted)]
    assert not left, "no file of this office, as it lies"
