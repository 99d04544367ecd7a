"""Reading a database in pages, over SQLite in memory: no row is lost, none comes twice, and what is odd is said."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from app.sources.source import SelectiveSource, SourceError
from app.sources.sql_faults import LineLostError
from app.sources.sql_line import SqlLine
from app.sources.sql_marks import LONGEST, Mark, mark_of
from app.sources.sql_source import PAUSES_S, SqlSource, open_sql
from tests.unit.sources.sql_samples import NOW, Lite, cells, declared

TABLE = 'create table customers (id integer, name text, "Updated At" integer)'


@pytest.fixture(autouse=True)
def closed() -> Iterator[None]:
    yield
    Lite.close_all()


def filled(count: int, *more: str) -> Lite:
    rows = ", ".join(f"({n}, 'n{n}', {100 + n})" for n in range(1, count + 1))
    return Lite(TABLE, f"insert into customers values {rows}", *more)


@pytest.mark.parametrize("count", [1, 6, 7, 8, 14, 15])
def test_that_pages_bring_every_row_once(count: int) -> None:
    source = filled(count).open(declared("page_rows = 7"))
    assert source.header == ("id", "name", "Updated At")
    rows = list(source)
    assert [row.cells for row in rows] == [(str(n), f"n{n}", str(100 + n)) for n in range(1, count + 1)]
    assert [row.line for row in rows] == list(range(1, count + 1))
    assert [row.key for row in rows] == [str(n) for n in range(1, count + 1)]
    assert list(source) == rows
    assert source.mark == ""


def test_that_a_source_is_one_of_those_that_may_leave_columns_out() -> None:
    database = filled(2)
    source = database.open(declared())
    assert isinstance(source, SelectiveSource)
    asked = list[str]()
    from sqlalchemy import event

    event.listen(database.engine, "before_cursor_execute", lambda _c, _cu, statement, *_: asked.append(statement))
    assert cells(source.without(("name", "id"))) == [("", "", "101"), ("", "", "102")]
    assert not any("name" in statement for statement in asked)


def test_that_a_query_is_read_with_its_colons_and_percents() -> None:
    query = "select id, '10:30 :x 100%' || name as name from customers -- all"
    assert cells(filled(2).open(declared(f'query = "{query}"'))) == [
        ("1", "10:30 :x 100%n1"),
        ("2", "10:30 :x 100%n2"),
    ]


# keys


@pytest.mark.parametrize("page_rows", [1, 2, 3, 10])
@pytest.mark.parametrize("change", ["", 'change = "Updated At"'])
def test_that_a_key_that_stands_twice_is_refused_wherever_a_page_ends(page_rows: int, change: str) -> None:
    database = filled(5, "insert into customers values (3, 'again', 103)")
    more = [f"page_rows = {page_rows}", *([change] if change else [])]
    with pytest.raises(SourceError, match="Row id = 3: More than one row") as refused:
        list(database.open(declared(*more)))
    assert "again" not in str(refused.value)


def test_that_a_key_that_only_the_database_takes_for_the_same_is_refused_too() -> None:
    database = Lite(
        "create table customers (id text collate nocase, name text)",
        "insert into customers values ('a', '1'), ('B', '2'), ('b', '3'), ('c', '4')",
    )
    with pytest.raises(SourceError, match="More than one row"):
        list(database.open(declared("page_rows = 2")))


def test_that_a_row_without_a_key_is_refused_before_any_row() -> None:
    source = filled(3, "insert into customers values (null, 'lost', 1)").open(declared())
    with pytest.raises(SourceError, match="A row has no id"):
        next(iter(source))


def test_that_a_key_of_a_kind_without_order_is_refused() -> None:
    database = Lite("create table customers (id real)", "insert into customers values (1.5)")
    with pytest.raises(SourceError, match="no number, text"):
        list(database.open(declared()))


def test_that_columns_must_be_there_and_have_names_of_their_own() -> None:
    with pytest.raises(SourceError, match="no column 'nr', which key"):
        filled(1).open(declared('key = "nr"'))
    with pytest.raises(SourceError, match="no column 'at', which change"):
        filled(1).open(declared('change = "at"'))
    assert filled(1).open(declared('key = "ID"')).header[0] == "id"


# cells


def test_that_a_cell_that_cannot_be_taken_is_named_by_key_and_column() -> None:
    database = filled(3, "update customers set name = x'5361726920' where id = 2")
    with pytest.raises(SourceError, match="Row id = 2, column name: Bytes") as refused:
        list(database.open(declared()))
    assert "Sari" not in str(refused.value)
    assert cells(database.open(declared()).without(("name",)))[1] == ("2", "", "102")


def test_that_a_cell_of_ten_megabytes_is_refused_when_it_comes_and_no_later() -> None:
    database = filled(3, "update customers set name = printf('%.*c', 10485760, 'S')")
    with pytest.raises(SourceError, match="Row id = 1, column name: A text longer"):
        list(database.open(declared()))


def test_that_a_page_of_heavy_rows_ends_early_and_loses_none() -> None:
    wide = ", ".join(f"printf('%.*c', 60000, 'S') as c{n}" for n in range(60))
    database = filled(30)
    source = database.open(declared(f'query = "select id, {wide} from customers"'))
    assert [row.key for row in source] == [str(n) for n in range(1, 31)]
    too_wide = ", ".join(f"printf('%.*c', 60000, 'S') as c{n}" for n in range(71))
    with pytest.raises(SourceError, match="Row id = 1: More than 4194304"):
        list(database.open(declared(f'query = "select id, {too_wide} from customers"')))


# changes

BY_CHANGE = ('change = "Updated At"', "page_rows = 3")


def test_that_a_mark_brings_what_changed_since_and_the_same_moment_again() -> None:
    database = filled(10)
    source = database.open(declared(*BY_CHANGE))
    assert len(list(source)) == 10
    database.run(
        "insert into customers values (0, 'late, same moment', 110)",  # its key is below the marked one's
        "update customers set name = 'new', \"Updated At\" = 120 where id = 4",
    )
    later = source.after(source.mark)
    assert [row.key for row in later] == ["0", "10", "4"]
    assert later.remarks == ()
    assert [row.key for row in later.after(later.mark)] == ["4"]


def test_that_nothing_is_marked_before_the_end() -> None:
    source = filled(10).open(declared(*BY_CHANGE))
    rows = iter(source)
    for _ in range(9):
        next(rows)
    assert source.mark == ""
    assert len(list(rows)) == 1
    assert source.mark != ""


def test_that_rows_without_a_change_are_read_each_time_and_said() -> None:
    database = filled(4, 'update customers set "Updated At" = null where id in (2, 3)')
    source = database.open(declared(*BY_CHANGE))
    assert [row.key for row in source] == ["2", "3", "1", "4"]
    assert source.remarks == ("2 rows have no Updated At; they are read each time.",)
    assert [row.key for row in source.after(source.mark)] == ["2", "3", "4"]


def test_that_a_change_that_went_backwards_is_said_and_all_is_read() -> None:
    database = filled(4)
    source = database.open(declared(*BY_CHANGE))
    list(source)
    database.run('update customers set "Updated At" = "Updated At" - 50')
    later = source.after(source.mark)
    assert len(list(later)) == 4
    assert later.remarks == ("The column Updated At went backwards since the last reading; everything was read again.",)
    assert [row.key for row in later.after(later.mark)] == ["4"]


def test_that_a_marked_row_that_is_gone_is_no_step_backwards_where_another_went_on() -> None:
    database = filled(4)
    source = database.open(declared(*BY_CHANGE))
    list(source)
    database.run("delete from customers where id = 4", "insert into customers values (9, 'n', 104)")
    later = source.after(source.mark)
    assert [row.key for row in later] == ["9"]
    assert later.remarks == ()
    database.run("delete from customers where id = 9")
    last = later.after(later.mark)
    assert len(list(last)) == 3
    assert last.remarks != ()


def test_that_a_mark_of_another_declaration_is_none() -> None:
    database = filled(4)
    source = database.open(declared(*BY_CHANGE))
    list(source)
    other = database.open(declared(*BY_CHANGE, 'query = "select * from customers where id > 0"'))
    assert len(list(other.after(source.mark))) == 4
    assert len(list(source.after("nonsense"))) == 4
    assert len(list(database.open(declared()).after(source.mark))) == 4


def test_that_a_column_of_change_must_be_a_time_or_a_number() -> None:
    database = filled(2, "update customers set \"Updated At\" = 'yesterday'")
    with pytest.raises(SourceError, match="neither a time nor a number") as refused:
        list(database.open(declared(*BY_CHANGE)))
    assert "yesterday" not in str(refused.value)


def test_that_an_empty_table_has_no_rows_and_keeps_its_mark() -> None:
    database = filled(3)
    source = database.open(declared(*BY_CHANGE))
    list(source)
    database.run("delete from customers")
    assert list(source.after(source.mark)) == []


# the server that goes


class Breaking(Lite):
    """A database whose connection breaks after so many statements, as often as is said."""

    def __init__(self, *statements: str, after: int, times: int) -> None:
        super().__init__(*statements)
        self.after, self.times = after, times

    def connect(self) -> SqlLine:
        if self.lines and self.times < 0:
            raise LineLostError("gone")
        line = super().connect()
        asked = [0]
        plain = line.rows

        def rows(statement: object) -> object:
            asked[0] += 1
            if asked[0] > self.after and self.times:
                self.times -= 1
                raise LineLostError("gone")
            return plain(statement)  # type: ignore[arg-type]

        line.rows = rows  # type: ignore[method-assign,assignment]
        return line


@pytest.mark.parametrize("after", range(1, 9))
@pytest.mark.parametrize("change", ["page_rows = 3", 'change = "Updated At"'])
def test_that_reading_goes_on_after_the_server_was_lost(after: int, change: str) -> None:
    database = Breaking(*_statements(10), after=after, times=3)
    source = database.open(declared("page_rows = 3", change))
    assert [row.key for row in source] == [str(n) for n in range(1, 11)]
    assert len(database.paused) <= 3
    assert set(database.paused) <= set(PAUSES_S[:3])


def test_that_a_server_that_does_not_come_back_ends_the_reading() -> None:
    database = Breaking(*_statements(10), after=6, times=100)
    database.after = 0
    source = database.open(declared("page_rows = 3"))
    with pytest.raises(SourceError, match="did not come back: gone"):
        list(source)
    assert database.paused == list(PAUSES_S)
    assert source.mark == ""


def test_that_a_row_that_changed_while_the_server_was_away_is_not_doubled() -> None:
    database = Lite(*_statements(9))
    source = database.open(declared(*BY_CHANGE))
    rows = iter(source)
    assert [next(rows).key for _ in range(4)] == ["1", "2", "3", "4"]
    database.run('update customers set "Updated At" = 300 where id in (1, 8)')
    _lose(source)
    assert [row.key for row in rows] == ["5", "6", "7", "9"]
    later = source.after(source.mark)
    assert [row.key for row in later] == ["9", "1", "8"]


def test_that_a_row_that_comes_a_second_time_is_refused() -> None:
    database = Lite(*_statements(9))
    source = database.open(declared(*BY_CHANGE))
    rows = iter(source)
    assert [next(rows).key for _ in range(4)] == ["1", "2", "3", "4"]
    database.run('update customers set "Updated At" = 109 where id = 1')
    _lose(source)
    with pytest.raises(SourceError, match="Row id = 1: A row changed while"):
        list(rows)
    assert source.mark == ""


def _statements(count: int) -> tuple[str, ...]:
    rows = ", ".join(f"({n}, 'n{n}', {100 + n})" for n in range(1, count + 1))
    return TABLE, f"insert into customers values {rows}"


def _lose(source: SqlSource) -> None:
    """Have the connection be lost, as the reading itself would notice it."""
    source.reading[0]._leave()


# marks


@pytest.mark.parametrize(
    ("change", "key"), [(7, 8), (datetime(2026, 1, 1, tzinfo=UTC), "C-1"), (NOW.date(), b"\0\xff"), (b"\1", 2)]
)
def test_that_a_mark_keeps_its_types(change: object, key: object) -> None:
    mark = Mark("d" * 32, change, key)
    assert mark_of(mark.text()) == mark
    assert "C-1" not in repr(mark)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "7",
        "[]",
        "[1]",
        '[1, "d"]',
        '[1, "d", ["int", "x"], ["int", "1"]]',
        '[2, "d", ["int", "1"], ["int", "1"]]',
        '[1, 7, ["int", "1"], ["int", "1"]]',
        '[1, "d", ["eval", "1"], ["int", "1"]]',
    ],
)
def test_that_other_text_is_no_mark(text: str) -> None:
    assert mark_of(text) is None


def test_that_a_mark_that_is_too_long_is_not_kept() -> None:
    assert Mark("d", 1, "x" * LONGEST).text() == ""
    assert Mark("d", 1.5, 1).text() == ""


def test_that_a_database_that_is_away_is_named_without_a_password() -> None:
    def away() -> SqlLine:
        raise LineLostError("connection refused")

    with pytest.raises(SourceError, match=r"postgresql://reader@db\.example/crm cannot be reached: connection"):
        open_sql(declared(), connect=away)
