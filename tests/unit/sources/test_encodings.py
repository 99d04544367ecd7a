"""Encodings: by mark or by declaration, never by guess; a wrong byte is named by its place."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.sources.csv_file import CsvError, open_csv
from app.sources.source import SourceError

TABLE = "nama,kota\nZoë Ñoño,Bandung\n“Sari”,Ċ ਊ 😀\n"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "customers.csv"


@pytest.mark.parametrize(
    ("codec", "mark", "declared", "encoding"),
    [
        ("utf-8", b"", None, "utf-8"),
        ("utf-8", b"", "UTF-8", "utf-8"),
        ("utf-8", b"\xef\xbb\xbf", None, "utf-8-sig"),
        ("utf-8", b"\xef\xbb\xbf", "utf8", "utf-8-sig"),
        ("utf-16-le", b"\xff\xfe", None, "utf-16-le"),
        ("utf-16-be", b"\xfe\xff", None, "utf-16-be"),
        ("utf-16-le", b"\xff\xfe", "utf-16", "utf-16-le"),
        ("utf-16-be", b"", "UTF-16BE", "utf-16-be"),
        ("utf-16-le", b"", "utf_16_le", "utf-16-le"),
    ],
)
def test_that_marked_and_declared_text_is_read(
    path: Path, codec: str, mark: bytes, declared: str | None, encoding: str
) -> None:
    path.write_bytes(mark + TABLE.encode(codec))
    file = open_csv(path, declared)
    assert (file.encoding, file.header) == (encoding, ("nama", "kota"))
    assert [row.cells for row in file] == [("Zoë Ñoño", "Bandung"), ("“Sari”", "Ċ ਊ 😀")]


@pytest.mark.parametrize("declared", ["windows-1252", "cp1252", "Windows_1252"])
def test_that_windows_1252_is_read_when_it_is_declared(path: Path, declared: str) -> None:
    path.write_bytes("nama;kota\nZoë “Z” €;Depok\n".encode("windows-1252"))
    file = open_csv(path, declared)
    assert (file.encoding, [row.cells for row in file]) == ("windows-1252", [("Zoë “Z” €", "Depok")])


def test_that_windows_1252_is_never_guessed_but_its_option_is_named(path: Path) -> None:
    path.write_bytes("nama,kota\nSari,Bandung\nRené,Depok\n".encode("windows-1252"))
    with pytest.raises(CsvError) as refused:
        list(open_csv(path))
    assert (refused.value.line, refused.value.column) == (3, 4)
    assert "--encoding windows-1252" in str(refused.value)


def test_that_windows_1252_is_not_named_where_it_cannot_be(path: Path) -> None:
    path.write_bytes(b"nama,kota\nRen\xe9,Depok\nSari,\x81\n")
    with pytest.raises(CsvError, match=r"Line 2, column 4: Not UTF-8\. Save") as refused:
        list(open_csv(path))
    assert "1252" not in str(refused.value)
    with pytest.raises(CsvError, match="Line 3, column 6: Not Windows-1252"):
        list(open_csv(path, "windows-1252"))


@pytest.mark.parametrize(
    ("content", "declared", "words"),
    [
        (b"\xef\xbb\xbfa,b\n1,2\n", "windows-1252", "mark of UTF-8"),
        (b"\xff\xfea\0", "utf-8", "mark of UTF-16-LE"),
        (b"\xff\xfea\0", "utf-16-be", "mark of UTF-16-LE"),
        (b"a\0,\0b\0", "utf-16", "without a byte order mark"),
        (b"a,b\n1,2\n", "latin-1", "Unknown encoding"),
        (b"\xff\xfe\0\0a\0\0\0", None, "UTF-32"),
    ],
)
def test_that_a_declaration_is_not_believed_against_the_file(
    path: Path, content: bytes, declared: str | None, words: str
) -> None:
    path.write_bytes(content)
    with pytest.raises(CsvError, match=words):
        open_csv(path, declared)


@given(
    table=st.lists(st.tuples(st.text(st.characters(exclude_characters='\0\r\n"', codec="utf-8"))), min_size=1),
    codec=st.sampled_from(["utf-16-le", "utf-16-be"]),
)
def test_that_lines_of_two_byte_signs_end_only_at_line_ends(
    tmp_path_factory: pytest.TempPathFactory, table: list[tuple[str]], codec: str
) -> None:
    path = tmp_path_factory.mktemp("wide") / "written.csv"
    path.write_bytes(("a|b\n" + "".join(f'"{text}"|x\n' for (text,) in table)).encode(codec))
    assert [row.cells for row in open_csv(path, codec)] == [(text, "x") for (text,) in table]


KINDS = [
    (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "PNG"),
    (b"\xff\xd8\xff\xe0", "JPEG"),
    (b"%PDF-1.7\n", "PDF"),
    (b"PK\x03\x04", "ZIP"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "password"),
    (b"SQLite format 3\0", "SQLite"),
    (b"\xef\xbb\xbf \n<!DOCTYPE html><table>", "web page"),
    (b"<?xml version='1.0'?>", "XML"),
    (b'{"users":[]}', "JSON"),
    (b"BEGIN:VCARD\n", "vCard"),
]


@pytest.mark.parametrize(("content", "words"), KINDS)
def test_that_another_kind_of_file_is_refused_by_what_it_is(path: Path, content: bytes, words: str) -> None:
    path.write_bytes(content + b"\n" + b"x" * 600)
    with pytest.raises(SourceError, match=words):
        open_csv(path)
