"""Streams of rows at the office: as fast as the console takes them, one per session, and nothing held meanwhile."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from sqlalchemy import select

from app.api.client.client import ApiClient
from app.api.client.errors import OfficeAwayError
from app.api.client.fill_line import FillChunk, FillLine
from app.api.messages.filling import RowReader
from app.api.server.http_line import HttpLine
from app.backoffice import filling, schema
from app.backoffice.database import PoolTimeoutError
from app.backoffice.filling import Filling
from tests.demo.customers import demo_customers
from tests.office.made import Bare, MadeOffice, made_office

ROWS, CHUNK = 40, 5
PATIENCE_S = 120.0


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MadeOffice]:
    with made_office(tmp_path_factory.mktemp("fills")) as made:
        made.bring_in([row | {"queue": "billing"} for row in demo_customers(ROWS, 5)])
        yield made


@pytest.fixture
def office(made: MadeOffice, monkeypatch: pytest.MonkeyPatch) -> MadeOffice:
    monkeypatch.setattr(filling, "CHUNK_ROWS", CHUNK)
    return made


@pytest.fixture
def hendra(office: MadeOffice) -> Iterator[Bare]:
    session = office.bare("hendra")
    yield session
    session.end()


@pytest.fixture
def heavy(office: MadeOffice, hendra: Bare) -> Iterator[None]:
    """So much in each row that no system keeps a chunk for a console that does not read."""
    table = schema.customers

    def put(change: Callable[[dict[str, str]], dict[str, str]]) -> None:
        with office.back_office.opened.writing() as db:
            for record, text in db.execute(select(table.c.record, table.c.open_fields)).all():
                changed = json.dumps(change(json.loads(text)))
                db.execute(table.update().where(table.c.record == record).values(open_fields=changed))

    put(lambda values: values | {"city": "x" * 200_000})
    yield
    put(lambda values: values | {"city": "Ambon"})


class Watched:
    """How far the office has come: chunks that it has read, and how often it has begun to wait for the console."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.read = self.waits = 0
        self._moved = threading.Condition()
        next_rows, taken = Filling.next_rows, HttpLine.taken

        def reading(rows: Filling) -> object:
            with self._moved:
                self.read += 1
            return next_rows(rows)

        async def waiting(line: HttpLine, within_s: float) -> None:
            with self._moved:
                self.waits += 1
                self._moved.notify_all()
            await taken(line, within_s)

        monkeypatch.setattr(Filling, "next_rows", reading)
        monkeypatch.setattr(HttpLine, "taken", waiting)

    def wait_for(self, waits: int) -> None:
        with self._moved:
            assert self._moved.wait_for(lambda: self.waits >= waits, PATIENCE_S)


def chunks_of(office: MadeOffice, line: FillLine, ahead: int = 0) -> Iterator[FillChunk]:
    inventory = office.back_office.opened.inventory
    line.head()
    return line.chunks(RowReader(len(inventory.open_fields), len(inventory.sealed_fields)), 0, ahead)


def wait_until(is_so: Callable[[], bool]) -> None:
    until = time.monotonic() + PATIENCE_S
    while not is_so():
        assert time.monotonic() < until
        time.sleep(0.005)


def all_of(office: MadeOffice, client: ApiClient) -> list[int]:
    with client.fill(None) as line:
        return [row.id for chunk in chunks_of(office, line) for row in chunk.rows]


@pytest.mark.usefixtures("heavy")
def test_that_the_office_reads_a_chunk_when_the_last_one_was_taken(
    office: MadeOffice, hendra: Bare, monkeypatch: pytest.MonkeyPatch
) -> None:
    watched = Watched(monkeypatch)
    with hendra.client.fill(None) as line:
        chunks = chunks_of(office, line)
        for number in range(1, ROWS // CHUNK + 1):
            watched.wait_for(number)
            assert watched.read == number
            assert next(chunks).rows
        assert next(chunks).is_last


@pytest.mark.usefixtures("heavy")
def test_that_some_chunks_are_taken_ahead_and_no_more_than_was_asked_for(
    office: MadeOffice, hendra: Bare, monkeypatch: pytest.MonkeyPatch
) -> None:
    watched, ahead = Watched(monkeypatch), 2
    with hendra.client.fill(None) as line:
        chunks = chunks_of(office, line, ahead)
        assert next(chunks).rows
        watched.wait_for(1 + ahead)
        assert watched.read <= 1 + ahead + 1, "the one that is worked on, those ahead, and the one on the line"
        rest = [len(chunk.rows) for chunk in chunks]
    assert sum(rest) == ROWS - CHUNK


@pytest.mark.usefixtures("heavy")
def test_that_whoever_leaves_a_stream_with_chunks_ahead_waits_for_none_of_them(
    office: MadeOffice, hendra: Bare, monkeypatch: pytest.MonkeyPatch
) -> None:
    with hendra.client.fill(None) as line:
        chunks = chunks_of(office, line, 3)
        assert next(chunks).rows
        line.close()
        with pytest.raises(OfficeAwayError):
            list(chunks)
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("tirai-fill")]


@pytest.mark.usefixtures("heavy")
def test_that_a_console_that_does_not_read_holds_no_connection_and_keeps_nobody_from_their_work(
    office: MadeOffice, hendra: Bare, monkeypatch: pytest.MonkeyPatch
) -> None:
    watched = Watched(monkeypatch)
    with hendra.client.fill(None):
        watched.wait_for(1)
        pool: Any = office.back_office.opened.database._engine.pool
        wait_until(lambda: pool.checkedout() == 0)  # the office's own watch has one now and then
        assert hendra.client.quota().classes


@pytest.mark.usefixtures("heavy")
def test_that_a_console_that_stopped_reading_is_cut_off_and_goes_on_by_its_token(
    office: MadeOffice, hendra: Bare, monkeypatch: pytest.MonkeyPatch
) -> None:
    fills = office.service.fills
    with hendra.client.fill(None) as line:
        chunks = chunks_of(office, line)
        first = next(chunks)
        monkeypatch.setattr(fills, "_stalled_s", 0.1)
        wait_until(lambda: not fills._lines)
        monkeypatch.setattr(fills, "_stalled_s", PATIENCE_S)
        came = [first]
        with pytest.raises(OfficeAwayError):
            came.extend(chunks)
    seen = [row.id for chunk in came for row in chunk.rows]
    with hendra.client.fill(came[-1].token) as line:
        seen += [row.id for chunk in chunks_of(office, line) for row in chunk.rows]
    assert len(seen) == len(set(seen)) == ROWS


@pytest.mark.usefixtures("heavy")
def test_that_another_stream_of_a_session_takes_the_place_of_the_first(office: MadeOffice, hendra: Bare) -> None:
    with hendra.client.fill(None) as first:
        assert len(all_of(office, hendra.client)) == ROWS
        with pytest.raises(OfficeAwayError):
            list(chunks_of(office, first))
    wait_until(lambda: not office.service.fills._lines)


@pytest.mark.usefixtures("heavy")
def test_that_a_console_that_is_gone_ends_its_stream(
    office: MadeOffice, hendra: Bare, monkeypatch: pytest.MonkeyPatch
) -> None:
    watched = Watched(monkeypatch)
    hendra.client.fill(None).close()
    wait_until(lambda: not office.service.fills._lines)
    assert watched.read < ROWS // CHUNK


@pytest.mark.usefixtures("heavy")
def test_that_hanging_up_ends_the_streams_of_a_client(office: MadeOffice, hendra: Bare) -> None:
    line = hendra.client.fill(None)
    hendra.client.hang_up()
    with pytest.raises(OfficeAwayError):
        list(chunks_of(office, line))
    line.close()


@pytest.mark.parametrize("fault", [RuntimeError, PoolTimeoutError])
def test_that_a_fault_in_the_middle_ends_the_stream_and_a_real_one_is_written_down(
    office: MadeOffice, hendra: Bare, monkeypatch: pytest.MonkeyPatch, fault: type[Exception]
) -> None:
    next_rows, faults = Filling.next_rows, list[BaseException]()

    def fail_the_second_time(rows: Filling) -> object:
        if rows._place.after:
            raise fault
        return next_rows(rows)

    def note(error: BaseException) -> str:
        faults.append(error)
        return "1"

    monkeypatch.setattr(Filling, "next_rows", fail_the_second_time)
    monkeypatch.setattr(office.service.fills, "_log_fault", note)
    with hendra.client.fill(None) as line:
        chunks = chunks_of(office, line)
        assert len(next(chunks).rows) == CHUNK
        with pytest.raises(OfficeAwayError):
            next(chunks)
    assert [type(error) for error in faults] == ([RuntimeError] if fault is RuntimeError else [])


def test_that_a_stream_is_packed_when_asked_for_and_never_over_the_private_socket(
    office: MadeOffice, hendra: Bare, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = all_of(office, hendra.client)
    with hendra.client.fill(None) as line:
        assert line._answer.headers["Content-Encoding"] is None
    monkeypatch.setattr(hendra.client._transport, "is_private", False)
    with hendra.client.fill(None) as line:
        assert line._answer.headers["Content-Encoding"] == "gzip"
        assert [row.id for chunk in chunks_of(office, line) for row in chunk.rows] == plain


def test_that_a_chunk_with_much_in_it_ends_sooner(
    office: MadeOffice, hendra: Bare, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(filling, "CHUNK_BYTES", 1)
    with hendra.client.fill(None) as line:
        assert [len(chunk.rows) for chunk in chunks_of(office, line)] == [*[1] * ROWS, 0]


def test_that_rows_that_an_edit_has_put_in_another_order_are_the_same(office: MadeOffice, hendra: Bare) -> None:
    """And what stands there under a name that the inventory has no more does not leave the office."""
    table = schema.customers
    with office.back_office.opened.writing() as db:
        record, opened, masks = db.execute(select(table.c.record, table.c.open_fields, table.c.masks)).all()[0]
        other = dict(reversed(json.loads(opened).items())) | {"once_open": "5up3r"}
        turned = dict(reversed(json.loads(masks).items())) | {"once_sealed": ["5up3r", "", 1]}
        which = table.update().where(table.c.record == record)
        db.execute(which.values(open_fields=json.dumps(other), masks=json.dumps(turned)))
    page = hendra.client.customer_page(0, 1).rows[0]
    with hendra.client.fill(None) as line:
        row = next(chunks_of(office, line)).rows[0]
    assert row.open == page.open
    assert json.loads(row.masks_text) == [list(mask or ("", "", 0)) for mask in page.masks]
    assert "5up3r" not in row.open_text + row.masks_text


def test_that_an_office_that_stops_waits_for_no_stream(tmp_path_factory: pytest.TempPathFactory) -> None:
    with made_office(tmp_path_factory.mktemp("stops")) as other:
        session = other.bare("hendra")
        line = session.client.fill(None)
        other.stop()
        with pytest.raises(OfficeAwayError):
            list(chunks_of(other, line) if other.back_office.is_open else broken(line))
        line.close()
        session.client.close()


def broken(line: FillLine) -> Iterator[object]:
    """Everything that is left on a line."""
    while True:
        yield line._next()
