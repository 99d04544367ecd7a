"""A console whose gateway goes away within its lease, while colleagues work on at another one, where it comes back.

Masks, search and notes go on; nothing is opened. What was written waits sealed at the workstation, and arrives once, in
its order, without a gap; what a colleague changed meanwhile is shown as theirs, and overwritten by nobody unseen.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest

from app.api.client import outbox
from app.api.messages.outbox import Delivered
from app.session.desk import Desk
from app.session.errors import OfficeAwayError
from app.session.shown_editing import EditConflict, FieldNow
from tests.demo.customers import demo_customers
from tests.office.coming_back import clients_closed
from tests.office.door import entries, rows_of
from tests.office.team import TeamMade
from tests.office.two_gateways import TwoGateways, two_gateways

pytestmark = pytest.mark.slow  # one story, in its order

FIRST, OTHER = 0, 1
CUSTOMERS = demo_customers(20, 7)
WHOLE = [c["customer_number"] for c in CUSTOMERS if c["queue"] == "billing" and c["city"] and c["mobile_phone"]]
SAID = [f"Call {n}: c4n4ry-of-a-note" for n in range(5)]


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TwoGateways]:
    with two_gateways(tmp_path_factory.mktemp("office")) as made, clients_closed(made):
        made.hire("ratna", "Ratna Dewanti")
        made.hire("yoga", "Yoga Pratama")
        made.bring_in(CUSTOMERS)
        yield made
        TeamMade.serve(made)  # the first one again, for whoever ends both


def desk_at(office: TwoGateways, gateway: int, account: str) -> Desk:
    with office.clients_at(gateway):
        return office.desk(account)


def found(desk: Desk, number: str) -> tuple[int, str]:
    (id_,) = desk.search(number, None).ids
    return id_, desk.customer(id_).record


def edited(desk: Desk, record: str, field: str, text: str, seen: str) -> FieldNow | EditConflict:
    return desk.editing.save(desk.editing.new_request(), record, field, seen, text)


def texts(desk: Desk, record: str) -> list[str]:
    return [note.text.reveal() for note in desk.notes(record)]


def test_that_work_goes_on_without_a_gateway_and_is_brought_to_another_one_once_and_in_order(
    office: TwoGateways,
) -> None:
    ratna, yoga = desk_at(office, FIRST, "ratna"), desk_at(office, OTHER, "yoga")
    number, (id_, record) = WHOLE[0], found(ratna, WHOLE[0])
    before, all_ids = ratna.customer(id_), ratna.search("", None).ids
    seen = ratna.editing.in_front(record).fields["city"].mark
    contact, reveals = ratna.contacts.begin(record), len(entries(office, "reveal"))

    TeamMade.stop(office)  # the first gateway alone; the other one goes on
    # what goes on
    assert ratna.search("", None).ids == all_ids
    assert (found(ratna, number), ratna.customer(id_)) == ((id_, record), before)
    first_notes = [ratna.new_note() for _ in SAID]
    for note, text in zip(first_notes, SAID, strict=True):
        assert ratna.save_note(record, note, text[:8]).why is not None
        assert ratna.save_note(record, note, text).why is not None
    done = replace(contact, outcome="passed_on", tags=("billing",), note=first_notes[-1])
    assert ratna.contacts.finish(ratna.contacts.next_state(done)).why is not None
    assert ratna.outbox().waits == len(SAID) + 1
    # what does not: nothing is opened, and no change of a field is promised
    away: tuple[Callable[[], object], ...] = (
        ratna.beat,
        lambda: ratna.reveal(record, "mobile_phone", "call_back"),
        lambda: edited(ratna, record, "city", "Ternate", seen),
        lambda: ratna.notes(record),
    )
    for call in away:
        with pytest.raises(OfficeAwayError):
            call()
    lies = [path for path in office.places.home.rglob("*") if path.is_file()]
    assert any("outbox" in path.parts for path in lies), "the control: the outbox is looked into"
    assert not [path for path in lies if b"c4n4ry" in path.read_bytes()]

    # meanwhile a colleague, at the other one
    theirs = yoga.editing.in_front(record).fields["city"].mark
    assert isinstance(edited(yoga, record, "city", "Ambon", theirs), FieldNow)
    yoga.save_note(record, yoga.new_note(), "From Yoga, meanwhile")

    # and back, at a gateway that is another one
    office.go(ratna._identity.client, OTHER)
    ratna.beat()
    assert ratna.deliver().waits == ratna.deliver().waits == 0
    assert texts(ratna, record) == [*reversed(SAID), "From Yoga, meanwhile"], "the newest first"
    kept = sorted(
        (row for row in rows_of(office, "outbox_entries") if row.session.hex() == ratna.session), key=lambda r: r.number
    )
    assert [row.number for row in kept] == list(range(1, 2 * len(SAID) + 2)), "each once, and none is missing"
    assert [row.kind for row in kept] == [*["note"] * (2 * len(SAID)), "contact"]
    (entry,) = entries(office, "outbox.deliver")
    assert (entry.outcome, entry.actor) == ("ok", "ratna")
    assert entry.detail == f"from=1 to={len(kept)} notes={len(SAID)} contacts=1 last=contact"
    (past,) = ratna.contacts.of(record).past
    assert (past.outcome, past.note) == ("Passed to another team", first_notes[-1])
    conflict = edited(ratna, record, "city", "Ternate", seen)
    assert isinstance(conflict, EditConflict)
    assert (conflict.name, conflict.theirs.text) == ("Yoga Pratama", "Ambon")
    assert len(entries(office, "reveal")) == reveals, "nobody opened anything, and nobody is said to have"
    assert ratna.reveal(record, "mobile_phone", "call_back").value.reveal()
    for desk in (ratna, yoga):
        desk.end("signed_out")


def test_that_what_a_gateway_took_without_an_answer_is_not_taken_again_by_another(
    office: TwoGateways, monkeypatch: pytest.MonkeyPatch
) -> None:
    with office.clients_at(OTHER):
        ratna = office.desk("ratna")
    _id, record = found(ratna, WHOLE[1])
    office.go(ratna._identity.client, FIRST)  # nobody serves there
    ratna.save_note(record, ratna.new_note(), "Taken, and not answered")
    ratna.save_note(record, ratna.new_note(), "And the one behind it")
    office.go(ratna._identity.client, OTHER)
    deliver = outbox.deliver

    def unanswered(*asked: Any) -> Delivered:
        deliver(*asked)
        raise OfficeAwayError("the gateway was killed before its answer")

    with monkeypatch.context() as killed:
        killed.setattr(outbox, "deliver", unanswered)
        with pytest.raises(OfficeAwayError):
            ratna.deliver()
    assert ratna.outbox().waits == 2, "nobody has said that they are there"
    assert ratna.deliver().waits == 0
    assert sorted(texts(ratna, record)) == ["And the one behind it", "Taken, and not answered"]
    mine = [row for row in rows_of(office, "outbox_entries") if row.session.hex() == ratna.session]
    assert sorted(row.number for row in mine) == [1, 2]
    ratna.end("signed_out")
