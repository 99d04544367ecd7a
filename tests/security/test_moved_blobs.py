"""T5, A8: a blob that was moved to another record or field does not open, though everything else is in order.

Somebody who can write the database swaps the values of every pair of (record, field); a privacy officer, who holds
every class and may reveal them all, then asks through the real console and the real office. Enforced by *key*: the
context is built from the requested record and field and bound into both halves and the tag.
"""

import itertools
from collections.abc import Iterator

import pytest

from app.domain.errors import TiraiError
from app.session.desk import Desk
from app.session.errors import SessionOverError
from app.storage import sqlcipher
from app.storage.sealing import SealError
from tests.office.made import MadeOffice
from tests.security.canaries import Canary, new_canary, office_file, planted, record_of, with_many_reveals

REASON = "subject_request"
Place = tuple[str, str]


@pytest.fixture(scope="module")
def canaries() -> list[Canary]:
    return []


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory, canaries: list[Canary]) -> Iterator[MadeOffice]:
    made = MadeOffice(tmp_path_factory.mktemp("moved"))
    with_many_reveals(made)
    made.serve()
    try:
        made.hire("dewi", "Dewi Lestari", "privacy_officer", ("*",))
        rows, planted_ones = planted(2)
        canaries += planted_ones
        made.bring_in(rows)
        yield made
    finally:
        made.stop()


@pytest.fixture(scope="module")
def desk(office: MadeOffice) -> Iterator[Desk]:
    desk = office.desk("dewi")
    yield desk
    desk.end("signed_out")


@pytest.fixture
def db(office: MadeOffice) -> Iterator[sqlcipher.Connection]:
    with office_file(office) as connection:
        yield connection


def opened(desk: Desk, place: Place) -> str:
    return desk.reveal(place[0], place[1], REASON).value.reveal()


def blob_at(db: sqlcipher.Connection, place: Place) -> bytes:
    record, field = bytes.fromhex(place[0]), place[1]
    query = "SELECT blob FROM sealed_values WHERE record = ? AND field = ?"
    return bytes(db.execute(query, (record, field)).fetchone()[0])


def put(db: sqlcipher.Connection, place: Place, blob: bytes) -> None:
    record, field = bytes.fromhex(place[0]), place[1]
    db.execute("UPDATE sealed_values SET blob = ? WHERE record = ? AND field = ?", (blob, record, field))


def renew_step_up(office: MadeOffice, desk: Desk) -> None:
    desk._identity.client.step_up(office.code("dewi"))


@pytest.mark.slow
@pytest.mark.attack("A8")
def test_that_no_blob_opens_in_another_record_or_field(
    office: MadeOffice, desk: Desk, db: sqlcipher.Connection, canaries: list[Canary]
) -> None:
    values = {(record_of(desk, c.number), c.field): c.value for c in canaries}
    renew_step_up(office, desk)
    assert {p: opened(desk, p) for p in values} == values, "the control: in its own place each opens"
    pairs = list(itertools.combinations(values, 2))
    assert len(pairs) == 120
    for one, other in pairs:
        blobs = blob_at(db, one), blob_at(db, other)
        put(db, one, blobs[1])
        put(db, other, blobs[0])
        for place in (one, other):
            with pytest.raises(SealError):
                opened(desk, place)
        put(db, one, blobs[0])
        put(db, other, blobs[1])
    assert {p: opened(desk, p) for p in values} == values


@pytest.mark.attack("A8")
def test_that_moving_the_whole_row_or_its_class_does_not_help(
    office: MadeOffice, desk: Desk, db: sqlcipher.Connection, canaries: list[Canary]
) -> None:
    """The columns beside the blob are believed in nothing: class from the inventory, context from the request."""
    renew_step_up(office, desk)
    place = (record_of(desk, canaries[0].number), "street_address")
    record = bytes.fromhex(place[0])
    db.execute(
        "UPDATE sealed_values SET data_class = 'special' WHERE record = ? AND field = 'street_address'", (record,)
    )
    assert opened(desk, place) == next(c.value for c in canaries if c.field == "street_address")
    other = bytes.fromhex(record_of(desk, canaries[-1].number))
    rows = "UPDATE sealed_values SET record = ? WHERE record = ? AND field = 'street_address'"
    swapped = bytes(16)
    for to, of in ((swapped, record), (record, other), (other, swapped)):
        db.execute(rows, (to, of))
    for moved in (place, (other.hex(), "street_address")):
        with pytest.raises(SealError):
            opened(desk, moved)


@pytest.mark.attack("A8")
def test_that_another_customers_record_key_does_not_serve(
    office: MadeOffice, desk: Desk, db: sqlcipher.Connection, canaries: list[Canary]
) -> None:
    renew_step_up(office, desk)
    numbers = sorted({c.number for c in canaries})
    keys = dict(db.execute("SELECT number, record_key FROM customers").fetchall())
    for number, key in zip(numbers, reversed([keys[n] for n in numbers]), strict=True):
        db.execute("UPDATE customers SET record_key = ? WHERE number = ?", (key, number))
    for number in numbers:
        with pytest.raises(TiraiError) as refusal:
            opened(desk, (record_of(desk, number), "health_note"))
        assert not isinstance(refusal.value, SessionOverError)
    for number, key in keys.items():
        db.execute("UPDATE customers SET record_key = ? WHERE number = ?", (key, number))
    assert opened(desk, (record_of(desk, numbers[0]), "health_note"))


@pytest.mark.attack("A8")
def test_that_a_note_moved_to_another_record_or_id_does_not_open(
    office: MadeOffice, desk: Desk, db: sqlcipher.Connection, canaries: list[Canary]
) -> None:
    first, second = (record_of(desk, n) for n in sorted({c.number for c in canaries}))
    text = new_canary("note")
    note = desk.new_note()
    desk.save_note(first, note, text)
    desk.save_note(first, desk.new_note(), new_canary("note"))
    assert text in [n.text.reveal() for n in desk.notes(first)], "the control"
    db.execute("UPDATE notes SET record = ? WHERE id = ?", (bytes.fromhex(second), bytes.fromhex(note)))
    with pytest.raises(SealError):
        desk.notes(second)
    db.execute("UPDATE notes SET record = ? WHERE id = ?", (bytes.fromhex(first), bytes.fromhex(note)))
    blobs = db.execute("SELECT id, blob FROM notes ORDER BY id").fetchall()
    for (note_id, _blob), (_other, other_blob) in zip(blobs, reversed(blobs), strict=True):
        db.execute("UPDATE notes SET blob = ? WHERE id = ?", (other_blob, note_id))
    with pytest.raises(SealError):
        desk.notes(first)
