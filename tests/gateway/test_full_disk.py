"""The disk of a gateway's database is full, for real: it says what to do, nothing is half-done, and it goes on."""

from collections.abc import Iterator

import pytest
from psycopg import sql

from app.api.messages.reveals import SaveNote
from app.backoffice.log_proof import check_whole
from app.domain.errors import WorkstationError
from app.session.identity import new_id
from tests.demo.customers import demo_customers
from tests.gateway.small_disk import NoDiskError, SmallDisk, small_disk
from tests.office.door import entries, opened, rows_of
from tests.office.made import Bare
from tests.office.team import PrivateTeam, server, team_office

MOST_NOTES = 1_000
"""A page holds some dozens: far fewer are taken before one needs another page."""
ROOM = "x" * 900


class OnASmallDisk(PrivateTeam):
    """Its database is moved there before anybody connects."""

    is_moved = False

    def serve(self, linger_s: float = 600.0, open_linger_s: float | None = None) -> None:
        if not self.is_moved:
            self.is_moved = True
            words = sql.SQL("ALTER DATABASE {} SET TABLESPACE {}")
            server().once_alone(words.format(*map(sql.Identifier, (self.database.name, SmallDisk.tablespace))))
        super().serve(linger_s, open_linger_s)


@pytest.fixture(scope="module")
def disk() -> Iterator[SmallDisk]:
    try:
        with small_disk(server()) as made:
            yield made
    except NoDiskError as e:
        pytest.skip(str(e))


def refusal_of(session: Bare, note: bytes, record: bytes) -> WorkstationError | None:
    """What somebody is told who writes a note; None: it is taken."""
    try:
        session.client.save_note(SaveNote(note=note, record=record, text=ROOM))
    except WorkstationError as e:
        return e
    return None


def test_that_a_full_disk_refuses_writes_whole_and_gives_way_when_there_is_room(
    disk: SmallDisk, tmp_path_factory: pytest.TempPathFactory
) -> None:
    with team_office(tmp_path_factory.mktemp("office"), kind=OnASmallDisk) as office:
        office.hire("ratna", "Ratna Dewanti")
        office.bring_in([row | {"queue": "billing"} for row in demo_customers(2, 7)])
        ratna = office.bare("ratna")
        record, taken = ratna.client.customer_page(0, 1).rows[0].record, list[bytes]()
        with disk.full():
            told: WorkstationError | None = None
            while told is None:
                assert len(taken) < MOST_NOTES
                note = new_id()
                told = refusal_of(ratna, note, record)
                taken += [note] if told is None else []
            assert told.code == "audit"
            assert "IT must free disk space at the database" in told.message
            assert {bytes(row.id) for row in rows_of(office, "notes")} == set(taken), "what was taken, and nothing else"
            check_whole(opened(office))
            assert ratna.client.customer_page(0, 10).total == 2, "what needs no room goes on"
            assert ratna.client.note_count(record) == len(taken)
        before = len(entries(office))
        assert refusal_of(ratna, note, record) is None
        assert {bytes(row.id) for row in rows_of(office, "notes")} == {*taken, note}
        assert len(entries(office)) == before + 1
        check_whole(opened(office))
        office.bare("hendra").end()
        ratna.end()
