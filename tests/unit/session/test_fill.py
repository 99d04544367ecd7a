"""How a cache is filled: chunk by chunk, a few of them in one transaction, the next one read meanwhile."""

import json
import socket
import threading
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

from app.api.client.errors import OFFICE_GONE, OfficeAwayError
from app.api.client.fill_line import FillLine
from app.api.messages.filling import NO_MASK, FillHead, FillToken
from app.domain.inventory_reader import load_inventory
from app.resource_files import resource_text
from app.session.filling import CHUNKS_AT_ONCE, PAUSE_S, TRIES, fill_cache
from app.session.kept_cache import KeptCache
from app.storage.session_cache import SessionCache

INVENTORY = load_inventory(resource_text("inventory", "customer.toml"))
OPEN = [field.name for field in INVENTORY.open_fields]


def row(number: int) -> bytes:
    values = json.dumps([f"Siti{number}" if name == "full_name" else "" for name in OPEN])
    opened, masks = values.replace('", "', '","'), ",".join([NO_MASK] * len(INVENTORY.sealed_fields))
    return f'[{number},"{number:032x}","C-{number}","q",null,{opened},[{masks}]]\n'.encode()


def line(message: FillHead | FillToken) -> bytes:
    return message.model_dump_json().encode() + b"\n"


class Streams:
    """An office with so many chunks of one row; a token is the number of the row before it."""

    def __init__(self, count: int) -> None:
        self.count = count
        self.asked: list[bytes | None] = []
        self.fails: Callable[[], None] = lambda: None

    def fill(self, token: bytes | None) -> FillLine:
        self.asked.append(token)
        self.fails()
        after = int(token or b"0")
        head = FillHead(inventory=INVENTORY.digest, total=self.count, change=7, anew=token is None)
        said = line(head) + b"".join(
            row(n) + line(FillToken(token=b"%d" % n, is_last=False)) for n in range(after + 1, self.count + 1)
        )
        said += line(FillToken(token=b"%d" % max(after, self.count), is_last=True))
        office, console = socket.socketpair()

        def serve() -> None:
            with office:
                office.recv(65_536)
                office.sendall(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + said)
                office.recv(1)  # until the console goes

        threading.Thread(target=serve, daemon=True).start()
        return FillLine(console, {}, "/v1/customers/fill", b"{}", packs=False, silent_s=30.0)


def kept(folder: Path, office: Streams) -> tuple[KeptCache, SessionCache]:
    folder.mkdir(mode=0o700)
    cache = SessionCache.create(folder, bytes(32), OPEN, ["full_name"], "full_name")
    return KeptCache(SimpleNamespace(cache=cache, inventory=INVENTORY), office), cache  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "chunks", [0, 1, 2, CHUNKS_AT_ONCE, CHUNKS_AT_ONCE + 1, CHUNKS_AT_ONCE + 2, 3 * CHUNKS_AT_ONCE]
)
def test_that_every_row_comes_in_once_whatever_the_last_transaction_has(tmp_path: Path, chunks: int) -> None:
    filling, cache = kept(tmp_path / "s", Streams(chunks))
    seen: list[tuple[int, int]] = []
    filling.fill(lambda rows, total: seen.append((rows, total)))
    assert [row.number for row in cache.rows(cache.ids())] == [f"C-{n}" for n in range(1, chunks + 1)]
    assert (cache.filled, seen[-1]) == (True, (chunks, chunks))
    cache.close()


def test_that_the_first_chunk_is_found_before_a_second_one_is_added(tmp_path: Path) -> None:
    filling, cache = kept(tmp_path / "s", Streams(9))
    found: list[int] = []
    filling.fill(lambda _rows, _total: found.append(len(cache.ids("siti"))))
    assert found[:2] == [1, 1 + CHUNKS_AT_ONCE]
    cache.close()


def test_that_a_fill_goes_on_where_the_last_one_stopped(tmp_path: Path) -> None:
    office = Streams(7)
    filling, cache = kept(tmp_path / "s", office)

    def stop(rows: int, _total: int) -> None:
        if rows > 1:
            raise KeyError

    with pytest.raises(KeyError):
        filling.fill(stop)
    filling.fill(lambda _rows, _total: None)
    assert office.asked == [None, b"%d" % (1 + CHUNKS_AT_ONCE)]
    assert cache.count() == 7
    cache.close()


def test_that_pauses_grow_and_are_never_fixed_and_a_dead_office_is_not_waited_for(tmp_path: Path) -> None:
    office = Streams(1)
    _, cache = kept(tmp_path / "s", office)
    pauses: list[float] = []

    def away() -> None:
        raise OfficeAwayError("away")

    office.fails = away
    for _ in range(20):
        with pytest.raises(OfficeAwayError):
            fill_cache(cache, office, INVENTORY, lambda _rows, _total: None, pauses.append)
    assert len(office.asked) == 20 * TRIES
    assert len(pauses) == 20 * (TRIES - 1) == len(set(pauses))
    for number in range(TRIES - 1):
        assert max(pauses[number :: TRIES - 1]) <= PAUSE_S * 2 ** (number + 1)

    def gone() -> None:
        raise OfficeAwayError("gone", code=OFFICE_GONE)

    office.asked, office.fails = [], gone
    with pytest.raises(OfficeAwayError):
        fill_cache(cache, office, INVENTORY, lambda _rows, _total: None, pauses.append)
    assert len(office.asked) == 1
    cache.close()
