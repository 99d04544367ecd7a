"""The fill through a gateway (TLS, loopback, PostgreSQL) beside psycopg that reads the same rows by key-set pages.

*Bytes delivered* is a console's own client that takes every line of the stream and looks into none of them; *end to
end* judges each row and puts it into a session cache with search, as a console does. The peer is one connection without
TLS that asks for pages of the same columns by id (`WHERE id > ? ORDER BY id LIMIT ?`), rows in PostgreSQL's binary
form; it keeps each page for a moment, and delivers to nobody. The clock is the one on the wall: gateway, database and
console work side by side on the same processors.
"""

import time
from pathlib import Path
from statistics import median
from typing import Any

import psycopg

from app.backoffice import schema
from app.domain.gateway_address import GatewayAddress
from app.session.filling import fill_cache
from benchmarks.customers import inventory
from benchmarks.harness import Report, arguments, grown, in_turns, work_folder
from benchmarks.made_office import without_memory_security
from benchmarks.plain_sqlite import new_cache
from benchmarks.team_console import Console
from benchmarks.team_office import LoadOffice, load_office
from tests.gateway.postgres_server import SUPERUSER

IMPORTED = 2_000
"""So many are brought in; the rest repeats them under other numbers."""
PAGE = 1_000
"""As many rows as a chunk of the stream has."""
COLUMNS = ("id", "record", "number", "queue", "open_fields", "masks", "last_contact_ms")


def multiply(office: LoadOffice, n: int) -> None:
    """Have the office hold `n` customers, without further sealed values."""
    names = [column.name for column in schema.customers.columns]
    other = {
        "id": f"{IMPORTED} + row_number() OVER ()",
        "record": "uuid_send(gen_random_uuid())",
        "number": f"'C-' || lpad(({IMPORTED} + row_number() OVER ())::text, 7, '0')",
    }
    chosen = ", ".join(other.get(name, f"c.{name}") for name in names)
    times = -(-n // IMPORTED)
    made = f"INSERT INTO customers ({', '.join(names)}) SELECT {chosen} FROM customers c, generate_series(2, {times})"
    office.database.execute(f"{made} LIMIT {n - IMPORTED}", SUPERUSER)
    office.database.execute("ANALYZE customers", SUPERUSER)


class Sides:
    """Ours and the peer over one office."""

    def __init__(self, office: LoadOffice, folder: Path, n: int) -> None:
        self._office, self._folder, self._n = office, folder, n
        self._fills = 0
        folder.mkdir(mode=0o700)
        self._gateway = office.serve()
        address = GatewayAddress("127.0.0.1", self._gateway.port, authority=str(office.authority.file))
        self._console = Console(office.agents[0], address, hears=False)
        self._console.sign_in()
        assert not self._console.seen.errors, self._console.seen.errors

    def delivered(self) -> float:
        """Rows a second that come, unread."""
        before, began = self._console.seen.rows, time.perf_counter()
        self._console.fill()
        assert self._console.seen.rows - before == self._n, (self._console.seen.rows, self._console.seen.errors)
        return self._n / (time.perf_counter() - began)

    def end_to_end(self) -> float:
        """Rows a second into a session cache with search."""
        self._fills += 1
        cache = new_cache(self._folder / f"session-{self._fills}")
        began = time.perf_counter()
        fill_cache(cache, self._console._client, inventory(), lambda _done, _total: None)
        taken = time.perf_counter() - began
        assert cache.count() == self._n, cache.count()
        cache.close()
        return self._n / taken

    def read(self) -> float:
        """Rows a second that psycopg reads."""
        words: Any = self._office.database.words(SUPERUSER)
        query: Any = f"SELECT {', '.join(COLUMNS)} FROM customers WHERE id > %s ORDER BY id LIMIT {PAGE}"
        count, after = 0, 0
        with psycopg.connect(**words, autocommit=True) as db, db.cursor(binary=True) as cursor:
            began = time.perf_counter()
            while rows := cursor.execute(query, (after,)).fetchall():
                count, after = count + len(rows), rows[-1][0]
            taken = time.perf_counter() - began
        assert count == self._n, count
        return self._n / taken

    def end(self) -> None:
        """Stop the gateway."""
        self._console.end()
        self._gateway.end()


def main() -> None:
    """Measure and report."""
    asked = arguments(__doc__, repeats=3, n=100_000)
    settings = {
        "customers": f"{asked.n:,}",
        "repeats": asked.repeats,
        "rows of a chunk and of a page": PAGE,
        "stream": "TLS 1.3 on loopback, packed",
        "peer": "one connection, no TLS, server-side prepared, binary",
    }
    report = Report("gateway_fill", "Fill through a gateway", settings, is_full=asked.full)
    without_memory_security()  # the office is set up in this process, and a console's cache is filled in it
    with work_folder() as folder, load_office(folder / "office", 1, IMPORTED) as office:
        folder.chmod(0o711)
        for n in [count for count in grown(asked) if count >= IMPORTED] or [IMPORTED]:
            if n > IMPORTED:
                office.database.execute(f"DELETE FROM customers WHERE id > {IMPORTED}", SUPERUSER)
                multiply(office, n)
            sides = Sides(office, folder / f"caches-{n}", n)
            turns = {"delivered": sides.delivered, "whole": sides.end_to_end, "read": sides.read}
            for turn in turns.values():
                turn()
            taken = in_turns(turns, asked.repeats)
            sides.end()
            office.pass_a_step()
            for name, series in (("delivered", "bytes delivered"), ("whole", "end to end"), ("read", "psycopg")):
                report.grow(series, n, n / median(taken[name]), "s")
            if n not in (asked.n, IMPORTED):
                continue
            peer = "psycopg, key-set pages, binary"
            said = f"{n:,} customers"
            report.add(f"{said}: bytes delivered", taken["delivered"], taken["read"], unit="rows/s", peer_name=peer)
            report.add(f"{said}: end to end", taken["whole"], taken["read"], unit="rows/s", peer_name=peer)
    report.finish()


if __name__ == "__main__":
    main()
