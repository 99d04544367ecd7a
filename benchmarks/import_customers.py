"""Import: a file of customers through the socket into the office, beside a plain SQLCipher insert of the same rows.

What the difference buys is judging, masking, two tags and one key per value. The rows below it take the price apart:
memory security in the office, and sealing every field against one blob per class (which could not open a single field).
The clock is the CPU time of all processes: neighbours come and go.
"""

import json
import os
import secrets
import time
from collections.abc import Iterable
from pathlib import Path
from statistics import median

from app.api.client.client import ApiClient
from app.crypto import hpke
from app.crypto.mac_key import MacKey
from app.crypto.values import RecordSealer, new_data_key
from app.domain.data_class import DataClass
from app.sources.records import ReadRow
from app.storage import sqlcipher
from benchmarks.customers import CHUNK, inventory, read_customers
from benchmarks.harness import (
    Goal,
    Report,
    arguments,
    cpu_s,
    family_cpu_s,
    grown,
    in_own_process,
    in_turns,
    work_folder,
)
from benchmarks.made_office import OfficeOfItsOwn, office_of_its_own, rows_of, without_memory_security
from benchmarks.plain_sqlite import KEY
from tests.demo.customers import demo_customers
from tests.office.import_nursery import nursery

OFFICE = secrets.token_bytes(32)


def through_office(folder: Path, n: int, memory_security: bool) -> float:
    """CPU seconds of one import, command, office and the import's process together, from the opened file to the commit.

    One customer comes first, so that the nursery of such processes stands, as in an office that runs.
    """
    if not memory_security:
        without_memory_security()
        OfficeOfItsOwn.new_import = staticmethod(nursery("benchmarks.made_office:without_memory_security").child)
    first, *rows = rows_of(demo_customers(n + 1))
    taken: list[float] = []
    begin, commit = ApiClient.import_begin, ApiClient.import_commit

    def began(self: ApiClient, *arguments: object) -> object:
        taken.append(family_cpu_s())
        return begin(self, *arguments)  # type: ignore[arg-type]

    def committed(self: ApiClient, *arguments: object) -> object:
        done = commit(self, *arguments)  # type: ignore[arg-type]
        taken.append(family_cpu_s())
        return done

    with office_of_its_own(folder) as office:
        office.bring_in([first])
        ApiClient.import_begin, ApiClient.import_commit = began, committed  # type: ignore[method-assign, assignment]
        report = office.bring_in(rows)
        assert report.done is not None, report.bad[:3]
        assert report.done.rows == n
    return taken[1] - taken[0]


def wall_rate(folder: Path, n: int, cores: int) -> float:
    """Rows a second by the clock on the wall, on so many of the machine's cores."""
    os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:cores])
    started: list[float] = []
    begin = ApiClient.import_begin

    def began(self: ApiClient, *arguments: object) -> object:
        started.append(time.perf_counter())
        return begin(self, *arguments)  # type: ignore[arg-type]

    first, *rows = rows_of(demo_customers(n + 1))
    with office_of_its_own(folder) as office:
        office.bring_in([first])
        ApiClient.import_begin = began  # type: ignore[method-assign, assignment]
        assert office.bring_in(rows).done is not None
        return n / (time.perf_counter() - started[-1])


def plain_insert(folder: Path, n: int, memory_security: bool) -> float:
    """CPU seconds of the same cells into one SQLCipher table, number indexed, one transaction per chunk, unsealed."""
    folder.mkdir(mode=0o700)
    customers = rows_of(demo_customers(n))
    names = list(customers[0])
    rows = [tuple(customer[name] for name in names) for customer in customers]
    started = cpu_s()
    connection = sqlcipher.connect(folder / "peer.db", KEY, memory_security=memory_security, create=True)
    connection.execute("PRAGMA journal_mode = WAL").fetchone()
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute(f"CREATE TABLE customer (id INTEGER PRIMARY KEY, {', '.join(f'{name} TEXT' for name in names)})")
    connection.execute("CREATE UNIQUE INDEX by_number ON customer (customer_number)")
    line = f"INSERT INTO customer ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})"
    _in_chunks(connection, line, rows)
    taken = cpu_s() - started
    connection.close()
    return taken


def _in_chunks(connection: sqlcipher.Connection, line: str, rows: list[tuple[str, ...]]) -> None:
    for start in range(0, len(rows), CHUNK):
        connection.execute("BEGIN IMMEDIATE")
        connection.executemany(line, rows[start : start + CHUNK])
        connection.execute("COMMIT")


def sealed_per_field(folder: Path, n: int) -> float:
    """CPU seconds to seal every value with a key of its own, and to insert the blobs."""
    fields = inventory()
    named = [(f.name, f.data_class.value) for f in fields.sealed_fields]

    def values(read: ReadRow) -> Iterable[tuple[str, str, str]]:
        return ((name, data_class, read.values[name]) for name, data_class in named if name in read.values)

    return _sealed(folder, [list(values(read)) for read in read_customers(n)])


def sealed_per_class(folder: Path, n: int) -> float:
    """CPU seconds to seal all values of a class as one blob, and to insert the blobs."""
    fields = inventory()

    def values(read: ReadRow) -> Iterable[tuple[str, str, str]]:
        for data_class in DataClass:
            found = {f.name: read.values[f.name] for f in fields.in_class(data_class) if f.name in read.values}
            if data_class is not DataClass.OPEN and found:
                yield data_class.value, data_class.value, json.dumps(found, ensure_ascii=False)

    return _sealed(folder, [list(values(read)) for read in read_customers(n)])


def _sealed(folder: Path, customers: list[list[tuple[str, str, str]]]) -> float:
    folder.mkdir(mode=0o700)
    public = hpke.public_of(hpke.new_secret())
    connection = sqlcipher.connect(folder / "sealed.db", KEY, memory_security=False, create=True)
    connection.execute("PRAGMA journal_mode = WAL").fetchone()
    connection.execute(
        "CREATE TABLE sealed (record BLOB, name TEXT, class TEXT, blob BLOB, PRIMARY KEY (record, name))"
    )
    started = cpu_s()
    for start in range(0, len(customers), CHUNK):
        keys: dict[str, tuple[bytes, MacKey]] = {}
        rows = []
        for customer in customers[start : start + CHUNK]:
            record = secrets.token_bytes(16)
            sealer = RecordSealer(OFFICE, record, secrets.token_bytes(32))
            for name, data_class, value in customer:
                if data_class not in keys:
                    data_key = new_data_key(OFFICE, data_class, 1, public)[0]
                    keys[data_class] = data_key.batch, MacKey(data_key.key)
                blob = sealer.seal(*keys[data_class], name, data_class, value)
                rows.append((bytearray(record), name, data_class, bytearray(blob)))
        connection.execute("BEGIN IMMEDIATE")
        connection.executemany("INSERT INTO sealed VALUES (?, ?, ?, ?)", rows)
        connection.execute("COMMIT")
    taken = cpu_s() - started
    connection.close()
    return taken


def main() -> None:
    """Measure and report."""
    asked = arguments(__doc__, repeats=3, n=10_000, full=(100_000, 1))
    settings = {"customers": f"{asked.n:,}", "repeats": asked.repeats, "clock": "CPU time"}
    report, said = Report("import_customers", "Import", settings, is_full=asked.full), f"{asked.n:,} customers"
    with work_folder() as folder:
        count = iter(range(1_000_000))

        def fresh() -> Path:
            return folder / str(next(count))

        seconds = in_turns(
            {
                "ours": lambda: in_own_process(through_office, fresh(), asked.n, True),
                "peer": lambda: in_own_process(plain_insert, fresh(), asked.n, True),
                "insecure": lambda: in_own_process(through_office, fresh(), asked.n, False),
                "field": lambda: in_own_process(sealed_per_field, fresh(), asked.n),
                "class": lambda: in_own_process(sealed_per_class, fresh(), asked.n),
            },
            asked.repeats,
        )
        for n in grown(asked):
            took = seconds["ours"] if n == asked.n else [in_own_process(through_office, fresh(), n, True)]
            report.grow("import, whole way", n, median(took), "CPU s")
        by_cores = in_turns(
            {
                "two": lambda: in_own_process(wall_rate, fresh(), asked.n, 2),
                "one": lambda: in_own_process(wall_rate, fresh(), asked.n, 1),
            },
            asked.repeats,
        )
    rate = {name: [asked.n / s for s in taken] for name, taken in seconds.items()}
    peer = "plain SQLCipher insert of the same cells, memory security on"
    report.add(f"{said}: import, whole way", rate["ours"], rate["peer"], unit="rows/CPU s", peer_name=peer)
    report.add(
        f"{said}: memory security on, as it is",
        rate["ours"],
        rate["insecure"],
        unit="rows/CPU s",
        peer_name="without it",
    )
    report.add(
        f"{said}: seal and insert, a key per field",
        rate["field"],
        rate["class"],
        unit="rows/CPU s",
        peer_name="one blob per class",
        goal=Goal(0.4, at_least=True),
    )
    one_core = "the same, on one core"
    name = f"{said}: import, two cores against one, by the clock on the wall"
    report.add(name, by_cores["two"], by_cores["one"], unit="rows/s", peer_name=one_core)
    report.finish()


if __name__ == "__main__":
    main()
