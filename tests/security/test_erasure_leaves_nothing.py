"""A51: after an erasure no byte of the customer is left, for whoever holds the keys: office, log of pages, two caches.

Enforced by *key* (the record's key is gone, and out of the key of each outbox) and by what is written over. One
workstation is online and told; the other one is away with a note about the customer in its outbox, and its cache goes
with its lease. What PostgreSQL needs besides: `test_erasure_at_postgres.py`.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.domain.erasure.words import OrderState
from app.session.erasures import Erasures
from app.storage.outbox import OutboxFolder
from app.storage.wiping import wipe_session
from tests.office.coming_back import away, clients_closed
from tests.office.made import MadeOffice, made_office
from tests.security.canaries import files_below, found_in
from tests.security.erased_play import (
    KEPT,
    NOTE,
    OTHERS,
    approve_erasure,
    ask_in_words,
    bring_them_in,
    cache_of,
    hearing_nothing,
    hire_everybody,
    keep_offline,
    mark_a_source,
    notes_that_open,
    queue_an_export,
    record_at,
    traces,
    two_people,
)
from tests.security.opened_pages import opened_pages


@pytest.fixture
def office(tmp_path: Path) -> Iterator[MadeOffice]:
    with made_office(tmp_path) as made:
        hire_everybody(made)
        with clients_closed(made):
            yield made


def after_its_lease(office: MadeOffice) -> None:
    """Later than the lease of any session; an office that nobody needed meanwhile begins anew."""
    office.clock.pass_s(office.policy.lease_s + 60)
    office.stop()
    office.serve()


@pytest.mark.attack("A51")
def test_that_no_byte_of_an_erased_customer_is_left_for_who_holds_the_keys(office: MadeOffice) -> None:
    number, other = bring_them_in(office)
    queue_an_export(office)
    mark_a_source(office, number)
    sari = office.desk("sari")
    record = record_at(sari, number)
    ask_in_words(office, bytes.fromhex(record))
    ratna = office.desk("ratna")
    assert ratna.save_note(record, ratna.new_note(), NOTE).why is None
    with hearing_nothing(sari):
        keep_offline(sari, number, other)
    key, wanted = traces(office, number, sari)
    places = {"office": (office.places.home / "office.db", office.back_office.file_key)}
    places |= {desk.session: cache_of(desk) for desk in (ratna, sari)}

    def left_in(place: str) -> list[bytes]:
        return found_in(opened_pages(*places[place]), wanted)

    assert len(left_in("office")) > len(wanted) / 2, "the search finds what is there"
    assert all(len(left_in(desk.session)) >= 2 for desk in (ratna, sari)), "name and number"
    assert notes_that_open(office) == [KEPT, OTHERS]

    with two_people(office) as (hendra, dewi):
        order = approve_erasure(hendra, dewi, key)
        assert ratna.follow().gone
        waiting = dewi.orders()[0]
        assert (waiting.number, waiting.state, waiting.waits_for) == (order, OrderState.RUNNING, 1), "sari is away"
        assert not left_in(ratna.session), "told, and forgotten in file, index and log of pages"
        assert left_in(sari.session), "nobody told this one"

    ratna.end("signed_out")
    after_its_lease(office)  # sari's console is away for longer
    cache = cache_of(sari)[0]
    sari._open.cache.close()
    assert wipe_session(office.places, office.store, sari.session).ok, "as its guardian does then"
    assert not cache.exists()
    sari._identity.client.close()
    again = office.bare("dewi", "command")
    done = Erasures(again.identity).orders()[0]
    assert (done.state, done.waits_for) == (OrderState.DONE, 0)
    again.end()
    assert OutboxFolder(office.places.home).sessions() == [sari.session], "it lies at the workstation still"
    assert notes_that_open(office) == [OTHERS], "and opens for nobody, but for who is somebody else"
    assert not left_in("office"), "rows, free pages and log of pages; requests, exports that wait, keys of outboxes"
    office.stop()
    assert not left_in("office")
    left = [path.name for path, data in files_below(office.places.home.parent) if found_in(data, wanted)]
    assert not left, "no file of this office, as it lies"


def test_that_what_an_outbox_says_of_others_arrives_and_of_who_was_erased_is_dropped(office: MadeOffice) -> None:
    number, other = bring_them_in(office)
    sari = office.desk("sari")
    record, others = record_at(sari, number), record_at(sari, other)
    with away(office):
        keep_offline(sari, number, other)
        sari.end("office_lost")
    with two_people(office) as (hendra, dewi):
        approve_erasure(hendra, dewi, bytes.fromhex(record))
    assert notes_that_open(office) == [KEPT, OTHERS], "sari's session could come back until its lease is over"
    after_its_lease(office)
    with two_people(office) as (_hendra, dewi):
        assert dewi.orders()[0].state is OrderState.DONE
    assert notes_that_open(office) == [OTHERS]
    back = office.desk("sari")
    back.deliver()
    assert back.outbox().unusable == 1
    assert [note.text.reveal() for note in back.notes(others)] == [OTHERS]
    assert OutboxFolder(office.places.home).sessions() == []
    back.end("signed_out")
