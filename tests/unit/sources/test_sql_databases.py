"""Customers out of a real PostgreSQL and a real MariaDB, hostile ones too: the same promises over both."""

import os
import signal
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import pytest

from app.sources import sql_line
from app.sources.source import SourceError
from app.sources.sql_source import SqlSource, open_sql
from tests.gateway.mariadb_server import MariaDbServer
from tests.gateway.postgres_server import PostgresServer
from tests.unit.sources.reading_child import read_in_child
from tests.unit.sources.sql_samples import NOW, cells, declared

READER = "tirai_read"


@dataclass
class Real:
    """One real database in which a test writes, and from which an account reads that may only read."""

    kind: str
    url: str
    run: Callable[..., object]
    kill: Callable[[], None]
    start: Callable[[], None]
    serving: Callable[[], int]
    """The process that serves the reader."""
    is_down: bool = False

    def start_once(self) -> None:
        """Bring a killed server back, when somebody waits for it."""
        if self.is_down:
            self.is_down = False
            self.start()

    def open(self, *more: str, zone: str = "UTC") -> SqlSource:
        """The source; a test that waits for a killed server gets it back."""
        more = (*more, *([f'time_zone = "{zone}"'] if zone else []))
        return open_sql(declared(*more, url=self.url), now=lambda: NOW, pause=lambda _seconds: self.start_once())


def on_postgres(server: PostgresServer) -> Real:
    database = server.create_database()
    server.role(READER)
    server.execute(f"ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO {READER}", database)

    def run(*statements: str) -> None:
        for statement in statements:
            server.execute(statement, database)

    def serving() -> int:
        query = f"SELECT pid FROM pg_stat_activity WHERE datname = '{database}' AND usename = '{READER}'"
        ((pid,),) = server.execute(query)
        assert isinstance(pid, int)
        return pid

    url = f"postgresql://{READER}@/{database}?host={quote(str(server.sockets), safe='')}"
    return Real("postgresql", url.replace("@/", f"@:{server.port}/"), run, server.kill, server.start, serving)


def on_mariadb(server: MariaDbServer) -> Real:
    database = server.create_database()
    server.execute(f"CREATE USER IF NOT EXISTS {READER}@localhost")
    server.execute(f"GRANT SELECT ON {database}.* TO {READER}@localhost")

    def run(*statements: str) -> None:
        server.execute(*statements, database=database)

    serving = lambda: server._process.pid  # noqa: E731
    return Real("mariadb", server.url(database, READER), run, server.kill, server.start, serving)


@pytest.fixture(params=["postgresql", "mariadb"])
def real(request: pytest.FixtureRequest) -> Real:
    if request.param == "postgresql":
        return on_postgres(request.getfixturevalue("postgres"))
    return on_mariadb(request.getfixturevalue("mariadb"))


def numbered(real: Real, count: int, at: str = "2026-03-01 10:00:00") -> None:
    """A table of so many customers, each changed a second after the one before."""
    if real.kind == "postgresql":
        real.run(
            "CREATE TABLE customers (id int, name text, at timestamptz)",
            "INSERT INTO customers SELECT n, 'n' || n, "
            f"timestamptz '{at}+00' + n * interval '1 s' FROM generate_series(1, {count}) n",
        )
    else:
        real.run(
            "CREATE TABLE customers (id int, name text, at timestamp NULL)",
            "SET time_zone = '+00:00'",
            "INSERT INTO customers SELECT seq, concat('n', seq), "
            f"timestamp '{at}' + INTERVAL seq SECOND FROM seq_1_to_{count}",
        )


def keys(source: SqlSource) -> Sequence[str]:
    return [row.key for row in source]


def test_that_all_rows_come_once_over_many_pages(real: Real) -> None:
    numbered(real, 1_234)
    assert keys(real.open("page_rows = 100")) == [str(n) for n in range(1, 1_235)]
    by_change = real.open("page_rows = 100", 'change = "at"', "overlap_s = 0")
    assert keys(by_change) == [str(n) for n in range(1, 1_235)]
    assert keys(by_change.after(by_change.mark)) == ["1234"]
    assert by_change.remarks == ()


def test_that_text_keys_are_paged_by_the_database_s_own_order(real: Real) -> None:
    real.run("CREATE TABLE customers (id varchar(40), name text)")
    names = ["a", "B", "Z", "z1", "\u00e9", "\u00df", "'", "%", "\\", ":x", "\u4e2d", " b", "_"]
    for name in names:
        text = name.replace("'", "''").replace("\\", "\\\\" if real.kind == "mariadb" else "\\")
        real.run(f"INSERT INTO customers VALUES ('{text}', 'n')")
    for page_rows in (1, 2, 5):
        assert sorted(keys_of(real.open(f"page_rows = {page_rows}"))) == sorted(names)


def keys_of(source: SqlSource) -> list[str]:
    return [row[0] for row in cells(source)]


def test_what_the_types_say(real: Real) -> None:
    same = "id int, b boolean, d date, n numeric(20, 4), big numeric(40, 0), t varchar(40), e varchar(40)"
    values = "7, true, '1987-03-28', 412500.0000, 1234567890123456789012345678901234567890, 'Sari \u4e2d', NULL"
    boolean = "TRUE" if real.kind == "postgresql" else "1"
    real.run(f"CREATE TABLE customers ({same})", f"INSERT INTO customers VALUES ({values})")
    number = "1234567890123456789012345678901234567890"
    expected = [("7", boolean, "1987-03-28", "412500", number, "Sari \u4e2d", "")]
    assert cells(real.open()) == expected


def test_a_mess_of_time_zones(real: Real) -> None:
    """The same moment in two zones is one day by the declared clock; a time without a zone stays as it stands."""
    stamp = "timestamptz" if real.kind == "postgresql" else "timestamp NULL"
    plain = "timestamp" if real.kind == "postgresql" else "datetime(6)"
    real.run(f"CREATE TABLE customers (id int, z {stamp}, p {plain})")
    if real.kind == "postgresql":
        real.run(
            "SET timezone = 'America/New_York'",
            "INSERT INTO customers VALUES (1, '2026-03-01 12:00:00-05', '2026-03-01 12:00:00')",
            "INSERT INTO customers VALUES (2, '2026-03-02 00:00:00+07', '2026-03-01 12:00:00.5')",
        )
    else:
        real.run(
            "SET time_zone = '-05:00'",
            "INSERT INTO customers VALUES (1, '2026-03-01 12:00:00', '2026-03-01 12:00:00')",
            "SET time_zone = '+07:00'",
            "INSERT INTO customers VALUES (2, '2026-03-02 00:00:00', '2026-03-01 12:00:00.5')",
        )
    assert cells(real.open(zone="Asia/Jakarta")) == [
        ("1", "2026-03-02", "2026-03-01T12:00:00"),
        ("2", "2026-03-02", "2026-03-01T12:00:00.500000"),
    ]
    with pytest.raises(SourceError, match="Row id = 1, column z: A time with a zone"):
        cells(real.open(zone=""))


def test_that_bytes_and_odd_times_are_refused_by_key_and_column(real: Real) -> None:
    kind = "bytea" if real.kind == "postgresql" else "blob"
    real.run(f"CREATE TABLE customers (id int, raw {kind}, d date)")
    real.run("INSERT INTO customers VALUES (1, 'Sari', NULL)")
    with pytest.raises(SourceError, match="Row id = 1, column raw: Bytes") as refused:
        cells(real.open())
    assert "Sari" not in str(refused.value)
    if real.kind == "postgresql":
        real.run("INSERT INTO customers VALUES (2, NULL, 'infinity'), (3, NULL, '0044-03-15 BC')")
        with pytest.raises(SourceError, match="Row id = 2, column d: A time outside the years"):
            cells(real.open('query = "select id, d from customers"'))
    else:
        real.run("SET sql_mode = ''", "UPDATE customers SET d = '0000-00-00', raw = NULL")
        assert cells(real.open())[0][2] in {"0000-00-00", ""}


# hostile


@pytest.mark.slow
def test_that_a_cell_of_ten_megabytes_is_refused_without_holding_a_page_of_them(real: Real, tmp_path: Path) -> None:
    text, count = "text" if real.kind == "postgresql" else "longtext", 12
    real.run(f"CREATE TABLE customers (id int, name {text})", "INSERT INTO customers VALUES (1, 'small')")
    file = tmp_path / "crm.toml"
    lines = ["[source]", 'name = "crm"', f'url = "{real.url}"', 'view = "customers"', 'key = "id"', ""]
    file.write_text("\n".join(lines))
    small = read_in_child(file)
    assert (small.rows, small.said) == (1, "")
    for n in range(2, count + 2):
        real.run(f"INSERT INTO customers VALUES ({n}, repeat('S', 10485760))")
    large = read_in_child(file)
    assert (large.rows, large.said) == (0, "Row id = 2, column name: A text longer than 65536 bytes")
    assert large.peak_mb - small.peak_mb < count * 10 / 2, "a page of ten-megabyte cells was held"
    assert len(keys(real.open().without(["name"]))) == count + 1


def test_that_a_view_that_changes_under_the_reader_is_read_as_it_was(real: Real) -> None:
    numbered(real, 100)
    rows = iter(real.open("page_rows = 10"))
    seen = [next(rows) for _ in range(5)]
    real.run(
        "DELETE FROM customers WHERE id IN (50, 99)",
        "INSERT INTO customers VALUES (7777, 'new', NULL)",
        "UPDATE customers SET name = 'changed'",
    )
    seen += rows
    assert [row.cells[:2] for row in seen] == [(str(n), f"n{n}") for n in range(1, 101)]


def test_that_a_key_that_stands_twice_is_refused(real: Real) -> None:
    numbered(real, 20)
    real.run("INSERT INTO customers VALUES (10, 'again', NULL)")
    for page_rows in (5, 10, 100):
        with pytest.raises(SourceError, match="Row id = 10: More than one row"):
            cells(real.open(f"page_rows = {page_rows}"))


def test_that_two_columns_of_one_name_are_refused(real: Real) -> None:
    numbered(real, 1)
    with pytest.raises(SourceError, match=r"Columns of the view|refused to answer"):
        real.open('query = "select c.*, 1 as id from customers c"')


def test_that_a_query_that_writes_is_refused_and_writes_nothing(real: Real) -> None:
    numbered(real, 3)
    if real.kind == "postgresql":
        real.run(
            "CREATE FUNCTION sly() RETURNS int LANGUAGE sql SECURITY DEFINER "
            "AS $$ UPDATE customers SET name = 'taken'; SELECT 1 $$"
        )
    else:
        real.run(
            "CREATE FUNCTION sly() RETURNS int DETERMINISTIC SQL SECURITY DEFINER "
            "BEGIN UPDATE customers SET name = 'taken'; RETURN 1; END",
            f"GRANT EXECUTE ON *.* TO {READER}@localhost",
        )
    with pytest.raises(SourceError, match="only reads"):
        cells(real.open('query = "select id, sly() as n from customers"'))
    assert cells(real.open('query = "select id, name from customers"')) == [(str(n), f"n{n}") for n in (1, 2, 3)]


@pytest.mark.parametrize(
    "query",
    [
        "select 1 as id) x) y limit 0) z union select (select 1 from (select 1",
        "delete from customers returning id",
        "select id from customers for update",
    ],
)
def test_that_a_query_that_is_none_is_refused_without_its_text(real: Real, query: str) -> None:
    numbered(real, 3)
    with pytest.raises(SourceError) as refused:
        cells(real.open(f'query = "{query}"'))
    assert "customers" not in refused.value.reason
    assert len(keys(real.open())) == 3


def test_that_a_slow_query_is_ended_by_the_database(real: Real) -> None:
    numbered(real, 2)
    sleep = "pg_sleep(60)" if real.kind == "postgresql" else "sleep(60)"
    with pytest.raises(SourceError, match="did not answer within"):
        cells(real.open("statement_timeout_s = 1", f"query = \"select id, '' || {sleep} as s from customers\""))


def test_that_a_huge_number_is_refused_by_its_digits(real: Real) -> None:
    if real.kind == "mariadb":
        pytest.skip("MariaDB's numbers have 65 digits at most")
    real.run("CREATE TABLE customers (id int, n numeric)", "INSERT INTO customers VALUES (1, 10::numeric ^ 5000)")
    with pytest.raises(SourceError, match="Row id = 1, column n: A number of more than 64 digits"):
        cells(real.open())


def test_that_a_value_in_the_database_s_own_words_is_not_repeated(real: Real) -> None:
    numbered(real, 2)
    if real.kind == "mariadb":
        pytest.skip("MariaDB turns such a text into 0")
    with pytest.raises(SourceError, match="refused to answer \\(22P02\\)") as refused:
        cells(real.open("query = \"select id, ('rahasia' || name)::int as n from customers\""))
    assert "rahasia" not in str(refused.value)


def test_that_missing_views_columns_and_rights_are_told_apart(real: Real) -> None:
    numbered(real, 1)
    with pytest.raises(SourceError, match="no such table"):
        real.open('view = "missing"')
    with pytest.raises(SourceError, match="no such column"):
        real.open('query = "select missing from customers"')
    with pytest.raises(SourceError, match="does not understand"):
        real.open('query = "select from from"')
    if real.kind == "postgresql":
        real.run(f"REVOKE ALL ON customers FROM {READER}")
        with pytest.raises(SourceError, match="may not read"):
            real.open()


def test_that_a_wrong_account_is_said_without_a_trace(real: Real) -> None:
    url = real.url.replace(READER, "nobody_at_all")
    with pytest.raises(SourceError, match=r"cannot be reached: .*nobody_at_all"):
        open_sql(declared(url=url))


@pytest.mark.parametrize("change", ["page_rows = 10", 'change = "at"'])
def test_that_a_server_killed_in_mid_read_is_read_on_without_doubles(real: Real, change: str) -> None:
    numbered(real, 100)
    source = real.open("page_rows = 10", change)
    rows = iter(source)
    seen = [next(rows).key for _ in range(25)]
    real.kill()
    real.is_down = True
    seen += [row.key for row in rows]
    assert seen == [str(n) for n in range(1, 101)]


@pytest.mark.slow
@pytest.mark.parametrize("change", ["page_rows = 10", 'change = "at"'])
def test_that_a_server_that_hangs_is_left_and_read_on(real: Real, change: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its process stands still: the connection stays open, and nothing comes over it."""
    monkeypatch.setattr(sql_line, "HANG_S", 1)
    numbered(real, 40)
    stopped = list[int]()

    def go_on(_seconds: float) -> None:
        while stopped:
            os.kill(stopped.pop(), signal.SIGCONT)

    source = open_sql(
        declared("page_rows = 10", change, "statement_timeout_s = 1", 'time_zone = "UTC"', url=real.url),
        now=lambda: NOW,
        pause=go_on,
    )
    rows = iter(source)
    seen = [next(rows).key for _ in range(15)]
    pid = real.serving()
    os.kill(pid, signal.SIGSTOP)
    stopped.append(pid)
    try:
        seen += [row.key for row in rows]
    finally:
        go_on(0)
    assert seen == [str(n) for n in range(1, 41)]
