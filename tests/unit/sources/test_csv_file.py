"""CSV: what RFC 4180 allows is read, everything else is refused with its place and without its text."""

import csv
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.sources.csv_file import CELL_LIMIT_BYTES, COLUMNS_LIMIT, DELIMITERS, LINE_LIMIT_BYTES, CsvError, open_csv
from app.sources.source import NAME_LIMIT, SourceError


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "customers.csv"


def rows(path: Path, content: bytes) -> list[tuple[int, tuple[str, ...]]]:
    path.write_bytes(content)
    return [(row.line, row.cells) for row in open_csv(path)]


def refusal(path: Path, content: bytes) -> CsvError:
    with pytest.raises(CsvError) as refused:
        rows(path, content)
    return refused.value


@pytest.mark.parametrize("delimiter", DELIMITERS)
def test_that_each_delimiter_is_told_from_the_header(path: Path, delimiter: str) -> None:
    path.write_text(f'"a,b;c|d"{delimiter}x{delimiter}y\n1{delimiter}2{delimiter}3\n', encoding="utf-8")
    file = open_csv(path)
    assert (file.delimiter, file.header) == (delimiter, ("a,b;c|d", "x", "y"))
    assert [row.cells for row in file] == [("1", "2", "3")]


def test_that_one_column_needs_no_delimiter(path: Path) -> None:
    assert rows(path, b"a\n1\n\n2") == [(2, ("1",)), (4, ("2",))]


def test_that_a_byte_order_mark_is_no_part_of_the_first_header(path: Path) -> None:
    path.write_bytes(b"\xef\xbb\xbfa,b\r\n1,2\r\n")
    file = open_csv(path)
    assert (file.encoding, file.header) == ("utf-8-sig", ("a", "b"))
    path.write_bytes(b"a,b\r\n1,2\r\n")
    assert open_csv(path).encoding == "utf-8"


def test_that_quoted_cells_keep_delimiters_quotes_and_lines(path: Path) -> None:
    content = b'a,b,c\r\n"x, y","he said ""ya""","line 1\r\nline 2"\r\nplain,,""\r\n'
    assert rows(path, content) == [(2, ("x, y", 'he said "ya"', "line 1\nline 2")), (4, ("plain", "", ""))]


def test_that_formulas_and_markup_are_taken_literally(path: Path) -> None:
    literal = ("=1+1", "@SUM(A1)", "<b>x</b>", "__proto__")
    assert rows(path, ("a,b,c,d\n" + ",".join(literal)).encode()) == [(2, literal)]


def test_that_a_file_is_read_as_often_as_needed(path: Path) -> None:
    path.write_bytes(b"a,b\n1,2\n3,4\n")
    file = open_csv(path)
    assert [row.cells for row in file] == [row.cells for row in file] == [("1", "2"), ("3", "4")]


@given(
    table=st.lists(st.tuples(*(3 * [st.text(st.characters(exclude_characters="\0\r", codec="utf-8"))])), min_size=1),
    delimiter=st.sampled_from(DELIMITERS),
    end=st.sampled_from(["\n", "\r\n"]),
)
def test_that_what_a_writer_wrote_is_what_is_read(
    tmp_path_factory: pytest.TempPathFactory, table: list[tuple[str, str, str]], delimiter: str, end: str
) -> None:
    path = tmp_path_factory.mktemp("csv") / "written.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, delimiter=delimiter, lineterminator=end, quoting=csv.QUOTE_ALL)
        writer.writerows([("a", "b", "c"), *table])
    assert [row.cells for row in open_csv(path)] == table


@given(content=st.binary(max_size=200))
def test_that_any_bytes_are_rows_or_a_refusal(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    path = tmp_path_factory.mktemp("csv") / "any.csv"
    path.write_bytes(b"a,b\n" + content)
    try:
        widths = {len(row.cells) for row in open_csv(path)}
    except CsvError:
        widths = {2}
    assert widths == {2}


REFUSED = [
    ("empty", b"", 0, 0, "empty"),
    ("no rows", b"a,b\n", 0, 0, "no rows"),
    ("not UTF-8", b"a,b\n1,\xe9\n", 2, 3, "UTF-8"),
    ("not UTF-8 after a letter of two bytes", "a,b\né,".encode() + b"\xff\n", 2, 3, "UTF-8"),
    ("UTF-16 cut in a sign", "a,b\n1,2".encode("utf-16") + b"x", 2, 4, "Not UTF-16"),
    ("NUL in UTF-16", "a,b\n1,\0".encode("utf-16"), 2, 3, "NUL"),
    ("big line in UTF-16", b"\xff\xfe" + b"x\0" * LINE_LIMIT_BYTES, 1, 0, "Longer"),
    ("UTF-16 without mark", "a,b\n1,2\n".encode("utf-16-be"), 1, 1, "NUL"),
    ("UTF-32", b"\0\0\xfe\xff\0\0\0a", 1, 0, "UTF-32"),
    ("NUL", b"a,b\n1,\0\n", 2, 3, "NUL"),
    ("quote left open", b'a,b\n1,"2\n3,4\n', 2, 3, "never closed"),
    ("text after quote", b'a,b\n"1"x,2\n', 2, 4, "after a closing quote"),
    ("quote inside", b'a,b\n1,2"3"\n', 2, 4, "unquoted cell"),
    ("lone carriage return", b"a,b\n1,2\r3\n", 2, 4, "carriage return"),
    ("lone carriage return beside a quote", b'a,b\n"1",2\r3\n', 2, 6, "carriage return"),
    ("carriage returns only", b"a,b\r1,2\r3,4\r", 1, 4, "carriage return"),
    ("short row", b"a,b\n1,2\n3\n", 3, 0, "1 cells where the header has 2"),
    ("long row", b"a,b\n1,2,3\n", 2, 0, "3 cells"),
    ("empty header", b"a,,c\n1,2,3\n", 1, 0, "Column 2 has no name"),
    ("long header", b"a," + b"x" * (NAME_LIMIT + 1) + b"\n1,2\n", 1, 0, "name of column 2 is longer"),
    ("duplicate header", b"a,b,A \n1,2,3\n", 1, 0, "Columns 1 and 3"),
    ("control in header", b"a,b\x07\n1,2\n", 1, 0, "control"),
    ("big cell", b"a,b\n1," + b"x" * (CELL_LIMIT_BYTES + 1) + b"\n", 2, 0, "longer than"),
    ("big cell in wide letters", b"a,b\n1," + "\u20ac".encode() * (CELL_LIMIT_BYTES // 3 + 1), 2, 0, "longer than"),
    ("big quoted cell", b'a,b\n1,"' + b"x\n" * CELL_LIMIT_BYTES, 2, 3, "quote left open"),
    ("big line", b"a,b\n" + b"x" * (LINE_LIMIT_BYTES + 1), 2, 0, "bytes"),
    ("columns", b",".join(b"c%d" % i for i in range(COLUMNS_LIMIT + 1)) + b"\n1\n", 1, 0, "1001 columns"),
    ("quoted columns", b"a,b\n" + b'"\n",' * (COLUMNS_LIMIT + 1) + b"x\n", 2, 0, "in one row"),
    ("quoted row", b"a,b\n" + (b'"' + b"x" * 60_000 + b'\n",') * 80 + b"x\n", 2, 0, "in one row"),
]


@pytest.mark.parametrize(("content", "line", "column", "words"), [r[1:] for r in REFUSED], ids=[r[0] for r in REFUSED])
def test_that_a_refusal_names_its_place(path: Path, content: bytes, line: int, column: int, words: str) -> None:
    refused = refusal(path, content)
    assert words in refused.reason
    assert (refused.line, refused.column) == (line, column)
    assert refused.exit_code == 3
    assert not line or f"Line {line}" in str(refused)


def test_that_a_refusal_never_holds_the_cell(path: Path) -> None:
    for content in (b'a,b\nCANARY,"x', b'a,b\nCANARY"x,1\n', b"a,b\nCANARY\n", b"a,b\nCANARY,\xff\n"):
        assert "CANARY" not in str(refusal(path, content))


def test_that_only_regular_files_are_read(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    for place, words in ((pipe, "regular"), (tmp_path, "regular"), (tmp_path / "absent", "cannot be opened")):
        with pytest.raises(SourceError, match=words):
            open_csv(place)


def test_that_a_file_of_one_endless_line_is_refused_early(path: Path) -> None:
    with path.open("wb") as stream:
        stream.write(b"a,b\n")
        stream.truncate(8 * 1024**3)  # sparse: eight gibibytes of NUL that nobody may read
    assert "bytes" in refusal_of_file(path).reason


def refusal_of_file(path: Path) -> CsvError:
    with pytest.raises(CsvError) as refused:
        list(open_csv(path))
    return refused.value
