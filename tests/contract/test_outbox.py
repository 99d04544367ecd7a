"""Notes that an office did not take: kept at the seat, delivered by whoever comes next, through all real parts."""

import contextlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.api.client.client import ApiClient
from app.session.desk import Desk
from app.storage.outbox import OutboxFolder
from tests.demo.customers import demo_customers
from tests.office.door import entries
from tests.office.made import MadeOffice, made_office


@pytest.fixture
def office(tmp_path: Path) -> Iterator[MadeOffice]:
    with made_office(tmp_path) as it:
        it.hire("ratna", "Ratna Dewanti")
        it.bring_in(demo_customers(6, 3))
        clients: list[ApiClient] = []
        connect = it.connect

        def kept() -> ApiClient:
            clients.append(connect())
            return clients[-1]

        it.connect = kept  # type: ignore[method-assign]
        yield it
        for client in clients:
            client.close()


@contextlib.contextmanager
def away(office: MadeOffice) -> Iterator[None]:
    """The office's process is gone within the block; another one comes after it."""
    office.stop()
    office.places.socket("office").unlink(missing_ok=True)
    yield
    office.serve()


def record_of(desk: Desk, nth: int = 0) -> str:
    return desk.customer(desk.search("", None).ids[nth]).record


def texts(desk: Desk, record: str) -> list[str]:
    return [note.text.reveal() for note in desk.notes(record)]


def test_that_a_note_saved_while_the_office_is_away_is_kept_and_delivered_at_the_next_sign_in(
    office: MadeOffice,
) -> None:
    desk = office.desk("ratna")
    record, note = record_of(desk), desk.new_note()
    with away(office):
        assert desk.save_note(record, note, "Caller dis").why is not None
        assert desk.save_note(record, note, "Caller disputes a charge.").why is not None
        assert desk.outbox().waits == 1
        desk.end("office_lost")
    assert OutboxFolder(office.places.home).sessions() == [desk.session]
    again = office.desk("ratna")
    assert again.deliver().waits == 0
    assert texts(again, record) == ["Caller disputes a charge."]
    assert OutboxFolder(office.places.home).sessions() == []
    delivered = [e for e in entries(office, "outbox.deliver") if e.outcome == "ok"]
    assert [(e.actor, e.session, e.detail) for e in delivered] == [
        ("ratna", desk.session, "from=1 to=3 notes=1 last=end")
    ]
    again.end("signed_out")
