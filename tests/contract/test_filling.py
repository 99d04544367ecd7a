"""A console's cache fills from a stream: all rows once, whatever breaks off, lies or changes meanwhile. Real office."""

import contextlib
import json
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import event, select

from app.api.client import fill_line
from app.api.client.client import ApiClient
from app.api.client.errors import ForeignOfficeError, OfficeAwayError, SessionOverError
from app.api.client.fill_line import FillChunk
from app.api.messages.filling import LONGEST_LINE_BYTES, RowReader
from app.backoffice import filling as office_filling
from app.backoffice import schema
from app.backoffice.acting import OFFICE, acting_for
from app.domain.errors import NotAllowedError
from app.session import filling
from app.session.desk import Desk
from app.session.filling import TOKEN_ITEM, TRIES
from app.session.following import PLACE_ITEM
from app.storage.session_cache import SessionCache
from tests.contract.conftest import Home
from tests.demo.customers import demo_customers
from tests.office.lying_stream import Event, LyingStreams, Piece, Way, sign_in_through
from tests.office.made import MadeOffice
from tests.office.team import PrivateTeam, team_office

EVERYBODY = demo_customers(40, 5)
CHUNK = 5


@pytest.fixture(autouse=True)
def small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office_filling, "CHUNK_ROWS", CHUNK)
    monkeypatch.setattr(filling, "CHUNKS_AT_ONCE", 1)
    monkeypatch.setattr(filling, "PAUSE_S", 0.0)


@contextlib.contextmanager
def billing_and_delivery(home: Home, folder: Path) -> Iterator[MadeOffice]:
    # What lies between console and office has no certificate: behind a gateway both meet on a private socket here.
    with home(folder, **({"kind": PrivateTeam} if home is team_office else {})) as office:
        office.hire("ratna", "Ratna Dewanti", queues=("billing",))
        office.bring_in([*rows("billing", 23), *rows("delivery", 4, 23)])
        yield office


@pytest.fixture(scope="module")
def office(home: Home, tmp_path_factory: pytest.TempPathFactory) -> Iterator[MadeOffice]:
    """One whose customers stay as they are."""
    with billing_and_delivery(home, tmp_path_factory.mktemp("filling")) as office:
        yield office


@pytest.fixture
def other(home: Home, tmp_path: Path) -> Iterator[MadeOffice]:
    """One of the test's own."""
    with billing_and_delivery(home, tmp_path) as office:
        yield office


def rows(queue: str, count: int, first: int = 0) -> list[dict[str, str]]:
    return [row | {"queue": queue} for row in EVERYBODY[first : first + count]]


def numbers_of(desk: Desk) -> list[str]:
    return sorted(row.number for row in desk.rows(list(desk.search("", None).ids)))


def expected(count: int = 23) -> list[str]:
    return sorted(row["customer_number"] for row in rows("billing", count))


def signed_in(office: MadeOffice, streams: LyingStreams | None = None, timeout_s: float = 30.0) -> Desk:
    form = office.sign_in() if streams is None else sign_in_through(office, streams, timeout_s)
    return form.sign_in("ratna", office.people["ratna"].password, office.code("ratna"))


def cache_of(desk: Desk) -> SessionCache:
    return desk._open.cache


def quietly(_rows: int, _total: int) -> None:
    """Nobody watches."""


def make_rows_heavy(office: MadeOffice) -> None:
    """So much in each row that no system keeps all of them for a console that does not read."""
    table = schema.customers
    with acting_for(OFFICE), office.back_office.opened.writing() as db:
        for record, text in db.execute(select(table.c.record, table.c.open_fields)).all():
            heavy = json.dumps(json.loads(text) | {"city": "x" * 200_000})
            db.execute(table.update().where(table.c.record == record).values(open_fields=heavy))


def chunks_of(office: MadeOffice, client: ApiClient, token: bytes | None, after: int = 0) -> list[FillChunk]:
    inventory = office.back_office.opened.inventory
    with client.fill(token) as line:
        line.head()
        reader = RowReader(len(inventory.open_fields), len(inventory.sealed_fields))
        return list(line.chunks(reader, after))


# all rows, once


@pytest.mark.service_too
def test_that_all_rows_of_the_queues_come_in_the_order_of_their_numbers(office: MadeOffice) -> None:
    desk = signed_in(office)
    seen: list[tuple[int, int]] = []
    desk.fill(lambda done, total: seen.append((done, total)))
    assert numbers_of(desk) == expected()
    assert seen == [*((n, 23) for n in (5, 10, 15, 20, 23, 23)), (23, 23)]
    desk.end("signed_out")


@pytest.mark.one_user("SQLite's own words for how it looks")
@pytest.mark.parametrize("queues", [("billing",), ("billing", "delivery"), ("*",)])
def test_that_no_chunk_sorts_what_comes_behind_it(other: MadeOffice, queues: tuple[str, ...]) -> None:
    """A fill would else grow with the square of its rows: of a million of two queues it came to no end."""
    other.hire("yoga", "Yoga Pratama", queues=queues)
    opened, seen = other.back_office.opened, list[str]()

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        seen.append(statement)

    event.listen(opened.database._engine, "before_cursor_execute", note)
    try:
        desk = other.desk("yoga")
    finally:
        event.remove(opened.database._engine, "before_cursor_execute", note)
    assert len(numbers_of(desk)) == (23 if len(queues) == 1 and "*" not in queues else 27)
    (chunk,) = {statement for statement in seen if "customers.id > ?" in statement and "LIMIT" in statement}
    with opened.database.reading() as db:
        plan = db.exec_driver_sql(f"EXPLAIN QUERY PLAN {chunk}", tuple([1] * chunk.count("?"))).fetchall()
    assert not any("TEMP B-TREE" in row[3] for row in plan), plan
    desk.end("signed_out")


def test_that_search_finds_the_first_chunk_before_the_second_comes(office: MadeOffice) -> None:
    desk, found = signed_in(office), list[int]()
    desk.fill(lambda done, _total: found.append(done - len(desk.search("c-", None).ids)))
    assert set(found) == {0}
    desk.end("signed_out")


def test_that_rows_are_what_a_page_of_them_says(office: MadeOffice) -> None:
    desk = office.desk("ratna")
    page = desk._identity.client.customer_page(0, 100)
    kept = cache_of(desk).rows(row.id for row in page.rows)
    assert [(r.record, r.number, r.queue, r.open) for r in kept] == [
        (r.record.hex(), r.number, r.queue, r.open) for r in page.rows
    ]
    assert [r.masks for r in kept] == [tuple(mask or ("", "", 0) for mask in r.masks) for r in page.rows]
    desk.end("signed_out")


def test_that_an_account_without_customers_is_filled_at_once(other: MadeOffice) -> None:
    other.hire("dewi", "Dewi Lestari", queues=("nowhere",))
    desk = other.desk("dewi")
    assert cache_of(desk).filled
    assert not numbers_of(desk)
    desk.end("signed_out")


# tokens


@pytest.mark.service_too
def test_that_a_token_goes_on_behind_its_chunk(office: MadeOffice) -> None:
    ratna = office.bare("ratna")
    whole = chunks_of(office, ratna.client, None)
    ids = [row.id for chunk in whole for row in chunk.rows]
    for number, chunk in enumerate(whole):
        behind = chunks_of(office, ratna.client, chunk.token)
        assert [row.id for c in behind for row in c.rows] == ids[CHUNK * (number + 1) :]
    ratna.end()


def heads_of(office: MadeOffice, client: ApiClient, *tokens: bytes) -> set[bool]:
    found = set()
    for token in tokens:
        with client.fill(token) as line:
            found.add(line.head().anew)
    return found


def test_that_a_token_that_is_foreign_old_or_damaged_begins_anew(other: MadeOffice) -> None:
    other.hire("dewi", "Dewi Lestari", queues=("billing",))
    dewi = other.bare("dewi")
    (foreign, *_) = chunks_of(other, dewi.client, None)
    dewi.end()
    ratna = other.bare("ratna")
    (own, *_) = chunks_of(other, ratna.client, None)
    damaged = [bytes([*own.token[:n], own.token[n] ^ 1, *own.token[n + 1 :]]) for n in range(len(own.token))]
    assert heads_of(other, ratna.client, own.token) == {False}
    assert heads_of(other, ratna.client, foreign.token, *damaged, own.token[:-1], b"", b"x" * 500) == {True}
    other.bring_in(rows("billing", 1), inventory=other.inventory_text.replace('"Plan"', '"Tariff"'))
    assert heads_of(other, ratna.client, own.token) == {True}, "of another inventory"
    ratna.end()


# what breaks off and what lies


def cut_after(lines: int, *events: Piece) -> Way:
    def way(real: Iterator[bytes]) -> Iterator[Piece]:
        for _number, line in zip(range(lines), real, strict=False):
            yield line
        yield from events

    return way


def changed_at(number: int, change: Callable[[bytes], bytes]) -> Way:
    def way(real: Iterator[bytes]) -> Iterator[Piece]:
        for place, line in enumerate(real):
            yield change(line) if place == number else line

    return way


ROW = CHUNK + 4
"""A line in the middle of the second chunk: a head, five rows and their token are before it."""
LIES: dict[str, Way] = {
    "killed before the head": cut_after(0, Event.CUT),
    "killed in a chunk": cut_after(ROW, Event.CUT),
    "killed before a token": cut_after(2 * CHUNK + 2, Event.CUT),
    "killed behind a token": cut_after(CHUNK + 2, Event.CUT),
    "truncated line": lambda real: iter((*cut_after(ROW)(real), next(real)[:40], Event.CUT)),
    "well ended, too early": cut_after(ROW),
    "garbage line": changed_at(ROW, lambda _line: b"\x00\xff <html>\n"),
    "no row": changed_at(ROW, lambda _line: b'[1,"a"]\n'),
    "a row of other fields": changed_at(ROW, lambda line: line.replace(b'"],[[', b'","more"],[[')),
    "half of a pair": changed_at(ROW, lambda line: line.replace(b'","', b'\\ud800","', 2)),
    "oversized line": changed_at(ROW, lambda _line: b"[" + b"9" * LONGEST_LINE_BYTES + b"]\n"),
    "a row again": changed_at(ROW, lambda line: line + line),
    "an earlier row": changed_at(ROW, lambda line: b"[1," + line.split(b",", 1)[1]),
    "no token": changed_at(2 * CHUNK + 2, lambda _line: b"{}\n"),
    "another head": changed_at(0, lambda _line: b'{"inventory":"eA==","total":1,"change":1,"anew":true}\n'),
    "silence": cut_after(ROW, Event.SILENT),
}


@pytest.mark.parametrize("lie", LIES)
def test_that_a_stream_that_breaks_off_or_lies_goes_on_at_another_with_every_row_once(
    office: MadeOffice, lie: str
) -> None:
    streams = LyingStreams(office.connect(), LIES[lie])
    desk = signed_in(office, streams, 2.0 if lie == "silence" else 30.0)
    desk.fill(quietly)
    assert numbers_of(desk) == expected()
    assert len(streams.asked) == 2
    assert (b'"token":null' in streams.asked[1]) == (lie in {"killed before the head", "another head"})
    desk.end("signed_out")


def test_that_a_server_that_says_a_little_now_and_then_does_not_hold_a_fill(
    office: MadeOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    dripping = threading.Event()

    def drip(real: Iterator[bytes]) -> Iterator[Piece]:
        yield from cut_after(ROW)(real)
        while True:
            dripping.wait(0.02)
            yield b"9"

    def patient(real: Iterator[bytes]) -> Iterator[Piece]:
        monkeypatch.setattr(fill_line, "CHUNK_S", 30.0)  # not while the one before could still take it for its own
        yield from real

    monkeypatch.setattr(fill_line, "CHUNK_S", 1.0)
    streams = LyingStreams(office.connect(), drip, patient)
    desk = signed_in(office, streams)
    desk.fill(quietly)
    assert numbers_of(desk) == expected()
    desk.end("signed_out")


@pytest.mark.parametrize(
    ("lie", "error"), [("killed in a chunk", OfficeAwayError), ("garbage line", ForeignOfficeError)]
)
def test_that_a_fill_gives_up_when_no_chunk_comes_any_more_and_goes_on_there_later(
    office: MadeOffice, lie: str, error: type[Exception]
) -> None:
    again = [cut_after(1, Event.CUT) if error is OfficeAwayError else cut_after(1, b"?\n")] * (TRIES - 1)
    streams = LyingStreams(office.connect(), LIES[lie], *again)
    desk = signed_in(office, streams)
    with pytest.raises(error):
        desk.fill(quietly)
    assert len(streams.asked) == TRIES
    assert cache_of(desk).count() == CHUNK
    assert not cache_of(desk).filled
    desk.fill(quietly)
    assert numbers_of(desk) == expected()
    desk.end("signed_out")


def test_that_a_token_that_is_good_no_more_empties_the_cache_and_all_rows_come_again(office: MadeOffice) -> None:
    cut = [cut_after(ROW, Event.CUT), *[cut_after(1, Event.CUT)] * (TRIES - 1)]
    desk = signed_in(office, LyingStreams(office.connect(), *cut))
    with pytest.raises(OfficeAwayError):
        desk.fill(quietly)
    cache_of(desk).put(TOKEN_ITEM, b"of another office")
    desk.fill(quietly)
    assert numbers_of(desk) == expected()
    assert len(desk.search("c-", None).ids) == 23
    desk.end("signed_out")


# what changes meanwhile


def test_that_what_changes_while_a_stream_runs_is_neither_lost_nor_doubled(other: MadeOffice) -> None:
    """Before and behind the place that the stream has come to: changed, moved away, moved here, new."""
    known, here = rows("billing", 23), rows("delivery", 4, 23)
    steps = iter((True,))

    def meanwhile(_done: int, _total: int) -> None:
        if next(steps, False):
            other.bring_in([
                known[0] | {"city": "Ambon"}, known[1] | {"queue": "delivery"},
                known[21] | {"city": "Ambon"}, known[22] | {"queue": "delivery"},
                here[0] | {"queue": "billing"}, *rows("billing", 3, 27),
            ])  # fmt: skip

    desk = signed_in(other)
    desk.fill(meanwhile)
    desk.follow()
    gone = {known[1]["customer_number"], known[22]["customer_number"]}
    came = [here[0]["customer_number"], *(row["customer_number"] for row in rows("billing", 3, 27))]
    assert numbers_of(desk) == sorted([*(n for n in expected() if n not in gone), *came])
    assert len(desk.search("ambon", None).ids) == 2
    assert len(desk.search("c-", None).ids) == 25
    desk.end("signed_out")


def test_that_a_stream_that_goes_on_asks_for_changes_since_the_first_one_began(other: MadeOffice) -> None:
    first = rows("billing", 1)[0]

    def change(real: Iterator[bytes]) -> Iterator[Piece]:
        yield from cut_after(ROW)(real)
        other.bring_in([first | {"city": "Ambon"}])
        yield Event.CUT

    desk = signed_in(other, LyingStreams(other.connect(), change))
    desk.fill(quietly)
    place = cache_of(desk).get(PLACE_ITEM)
    assert place is not None
    assert json.loads(place)[0] == 1
    desk.follow()
    assert len(desk.search("ambon", None).ids) == 1
    desk.end("signed_out")


# who may


def test_that_a_revoked_session_gets_no_further_chunk(other: MadeOffice) -> None:
    make_rows_heavy(other)

    def revoke(real: Iterator[bytes]) -> Iterator[Piece]:
        yield from cut_after(1)(real)
        other.bare("ratna", "console").client.close()  # a newer sign-in ends the session
        yield from real

    desk = signed_in(other, LyingStreams(other.connect(), revoke))
    with pytest.raises(SessionOverError):
        desk.fill(quietly)
    assert cache_of(desk).count() < 23
    desk.end("session_over")


@pytest.mark.service_too
def test_that_a_role_without_customers_and_a_session_of_another_kind_get_no_stream(office: MadeOffice) -> None:
    adi, ratna = office.bare("adi"), office.bare("ratna", "command")
    for session in (adi, ratna):
        with pytest.raises(NotAllowedError):
            session.client.fill(None)
        session.end()
    stranger = office.connect()
    with pytest.raises(SessionOverError):
        stranger.fill(None)
    stranger.close()
