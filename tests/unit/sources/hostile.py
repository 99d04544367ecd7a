"""Hostile files, each made by a function."""

import struct
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.unit.sources.workbooks import MAIN, sheet_xml, text_rows, write_workbook

HEADER = "customer_number,full_name\n"
GOOD = HEADER + "1,Sari\n"
BOOK = {"S": sheet_xml(text_rows([["customer_number", "full_name"], ["1", "Sari"]]))}
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
ENTITY_BOMB = (
    f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "lol">{LAUGHS}]><sst xmlns="{MAIN}"><si><t>&l9;</t></si></sst>'
)
OUTSIDE = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
    f'<sst xmlns="{MAIN}"><si><t>&e;</t></si></sst>'
)


@dataclass(frozen=True)
class Hostile:
    """A hostile file: how it is written, and what its refusal must say."""

    name: str
    write: Callable[[Path], object]
    words: str


def text(content: str) -> Callable[[Path], object]:
    return lambda path: path.write_bytes(content.encode())


def sparse(begin: str, size: int) -> Callable[[Path], object]:
    def write(path: Path) -> None:
        with path.open("wb") as file:
            file.write(begin.encode())
            file.truncate(size)

    return write


def parts(**extra: str | bytes) -> Callable[[Path], object]:
    """A workbook with parts replaced; `__` stands for a slash and `_dot_` for a dot."""
    named = {name.replace("__", "/").replace("_dot_", "."): content for name, content in extra.items()}
    return lambda path: write_workbook(path, BOOK, extra=named)


def zip_bomb(path: Path) -> None:
    """300 MB of blanks in a sheet, packed to 0.3 MB."""
    write_workbook(path, BOOK)
    with (
        zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive,
        archive.open("xl/worksheets/sheet2.xml", "w") as part,
    ):
        for _ in range(300):
            part.write(b" " * 1_000_000)


def many_bombs(path: Path) -> None:
    """Parts that each keep to the ratio and together unpack to more than a gibibyte."""
    write_workbook(path, BOOK)
    block = b"".join(struct.pack(">I", n * 2654435761 % 2**32) for n in range(500)) + b" " * 160_000
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for n in range(7):
            with archive.open(f"xl/media/{n}.bin", "w") as part:
                for _ in range(1_000):
                    part.write(block)


def lying_bomb(path: Path) -> None:
    """A part that says it has ten bytes and unpacks to ten million."""
    write_workbook(path, {"S": sheet_xml(text_rows([["a"], ["x" * 10_000_000]]))})
    content = path.read_bytes()
    at = content.rindex(b"xl/worksheets/sheet1.xml") - 46 + 24
    path.write_bytes(content[:at] + struct.pack("<I", 10) + content[at + 4 :])


def many_parts(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        for n in range(1_001):
            archive.writestr(f"{n}", "")


def long_list(path: Path) -> None:
    """A list of parts that says it is 4 GB."""
    write_workbook(path, BOOK)
    content = path.read_bytes()
    path.write_bytes(content[:-10] + b"\xff\xff\xff\xff" + content[-6:])


def twice(path: Path) -> None:
    write_workbook(path, BOOK)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/Workbook.xml", "<x/>")


def stored(rows: str) -> Callable[[Path], object]:
    """A sheet that is not packed, so that no ratio gives it away."""
    return lambda path: write_workbook(
        path, {"S": sheet_xml(rows)}, texts=["x" * 59_996 + "\U0001f600"], packing=zipfile.ZIP_STORED
    )


ONE_TEXT = '<c t="s"><v>0</v></c>'
"""A cell of 21 bytes that points at a text of 60,000 characters."""


CSV_FILES = (
    Hostile("unclosed quote", text(GOOD + '2,"Budi\n' + "3,Ratna\n" * 100_000), "Line 3, column 3"),
    Hostile("NUL", text(GOOD + "2,Bu\0di\n"), "Line 3, column 5: A NUL character"),
    Hostile("cell of 10 MB", text(GOOD + "2," + "x" * 10_000_000 + "\n"), "Line 3: Longer than"),
    Hostile("quoted cell of 10 MB", text(GOOD + '2,"' + "x\n" * 5_000_000 + '"\n'), "Line 3, column 3: A cell longer"),
    Hostile("10,000 columns", text(",".join(f"c{n}" for n in range(10_000)) + "\n1\n"), "Line 1: 10000 columns"),
    Hostile("duplicate headers", text("a,b,A\n1,2,3\n"), "Line 1: Columns 1 and 3 have the same name"),
    Hostile("empty header", text("a,,c\n1,2,3\n"), "Line 1: Column 2 has no name"),
    Hostile("no rows", text(HEADER), "has a header but no rows"),
    Hostile("empty file", text(""), "The file is empty"),
    Hostile("PNG named .csv", lambda p: p.write_bytes(b"\x89PNG\r\n\x1a\n" + b"\0" * 999), "looks like a PNG picture"),
    Hostile("sparse 2 GB", sparse("", 2 * 10**9), "Line 1"),
    Hostile("sparse 2 GB after good rows", sparse(GOOD, 2 * 10**9), "Line 3: Longer than"),
    Hostile("RTL override in a header", text("a,b\u202ec\n1,2\n"), r"Line 1: The name of column 2 has .*\\u202e"),
    Hostile("escape sign in a header", text("a,b\x1b[2J\n1,2\n"), r"Line 1: The name of column 2 has .*\\x1b"),
    Hostile("Latin-1", lambda p: p.write_bytes(GOOD.encode() + b"2,Ren\xe9\n"), "Line 3, column 6: Not UTF-8"),
)
XLSX_FILES = (
    Hostile("entity bomb", parts(xl__sharedStrings_dot_xml=ENTITY_BOMB), "sharedStrings.xml' .* document type"),
    Hostile("entity from outside", parts(xl__sharedStrings_dot_xml=OUTSIDE), "document type"),
    Hostile("entity bomb aside", parts(docProps__app_dot_xml=ENTITY_BOMB), "app.xml' .* document type"),
    Hostile(
        "entity bomb in UTF-16",
        parts(xl__a_dot_xml=ENTITY_BOMB.replace('1.0"', '1.0" encoding="UTF-16"').encode("utf-16")),
        "document type",
    ),
    Hostile("unknown encoding", parts(xl__a_dot_xml='<?xml version="1.0" encoding="zip"?><a/>'), "not well-formed"),
    Hostile(
        "encoding of wide signs", parts(xl__a_dot_xml='<?xml version="1.0" encoding="gbk"?><a/>'), "not well-formed"
    ),
    Hostile("zip bomb", zip_bomb, "sheet2.xml' would unpack to more than 200 times"),
    Hostile("many bombs", many_bombs, "would unpack to more than 1073741824 bytes"),
    Hostile("lying bomb", lying_bomb, "damaged in its part 'xl/worksheets/sheet1.xml'"),
    Hostile("many parts", many_parts, "1001 parts"),
    Hostile("long list of parts", long_list, "a list too long"),
    Hostile("path outside", parts(**{"..__..__etc__cron": "x"}), "named like a path outside"),
    Hostile("absolute path", parts(__etc__cron="x"), "named like a path outside"),
    Hostile("part twice", twice, "twice"),
    Hostile("cut off", lambda p: p.write_bytes(write_workbook(p, BOOK).read_bytes()[:-30]), "damaged or cut off"),
    Hostile("no workbook", lambda p: zipfile.ZipFile(p, "w").writestr("a", "b"), "ZIP archive"),
    Hostile("endless attribute", stored(f'<row r="1" x="{"y" * 50_000_000}"/>'), "element of more than a mebibyte"),
    Hostile(
        "10,000 columns",
        lambda p: write_workbook(p, {"S": sheet_xml(text_rows([["x"] * 10_000]))}),
        "cell ALM1: More than 1000",
    ),
    Hostile("cell of 10 MB", stored(text_rows([["a"], ["x" * 10_000_000]])), "cell A2: A cell longer"),
    Hostile("one text everywhere", stored(f"<row>{ONE_TEXT * 100}</row>" * 4_000), "More than 4194304 characters"),
    Hostile("no rows", lambda p: write_workbook(p, {"S": sheet_xml(text_rows([["a"]]))}), "Sheet 'S': .* no rows"),
)
HOSTILE = (*CSV_FILES, *XLSX_FILES)
