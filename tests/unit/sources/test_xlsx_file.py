"""Workbooks: cells as text, exactly; what Excel has destroyed or what is not a plain workbook is refused by place."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.sources.opening import open_source
from app.sources.source import SourceError
from app.sources.xlsx_file import XlsxError, XlsxFile, open_xlsx
from tests.unit.sources.workbooks import (
    CLOCK,
    DATE,
    LINKS,
    MOMENT,
    MONEY,
    PACKAGE,
    ZEROS,
    one_cell,
    sheet_xml,
    text_rows,
    write_workbook,
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "customers.xlsx"


def cell(path: Path, xml: str, **options: object) -> str:
    """What a cell of this XML says."""
    write_workbook(path, {"Contacts": one_cell(xml)}, **options)  # type: ignore[arg-type]
    (row,) = open_xlsx(path)
    assert row.line == 2
    return row.cells[0]


def number(raw: str, style: int = 0) -> str:
    return f'<c r="A2" s="{style}"><v>{raw}</v></c>'


def test_that_a_sheet_is_read_with_its_gaps(path: Path) -> None:
    rows = text_rows([["ID", " Nama\n lengkap ", "Kota"], ["1", "Sari", "Bandung"]])
    rows += '<row r="3"/><row r="5"><c r="C5" t="inlineStr"><is><t>Depok</t></is></c></row>'
    rows += '<row><c t="inlineStr"><is><t>9</t></is></c><c/><c t="s"><v>1</v></c></row>'
    file = open_xlsx(write_workbook(path, {"S": sheet_xml(rows)}, texts=["x", "Bogor"]))
    assert (file.header, file.encoding) == (("ID", "Nama lengkap", "Kota"), "xlsx")
    expected = [(2, ("1", "Sari", "Bandung")), (5, ("", "", "Depok")), (6, ("9", "", "Bogor"))]
    assert [(row.line, row.cells) for row in file] == expected == [(row.line, row.cells) for row in file]


@pytest.mark.parametrize(
    ("xml", "text"),
    [
        (number("104288"), "104288"),
        (number("812345678901234"), "812345678901234"),
        (number("8.12345678901234E14"), "812345678901234"),
        (number("6.2812E+12"), "6281200000000"),
        (number("0.30000000000000004"), "0.3"),
        (number("412500.10000000003"), "412500.1"),
        (number("-1.5"), "-1.5"),
        (number("0"), "0"),
        (number("1.0"), "1"),
        (number("81234567", ZEROS), "0081234567"),
        (number("412500.5", MONEY), "412500.5"),
        (number("31864", DATE), "1987-03-28"),
        (number("1", DATE), "1900-01-01"),
        (number("59", DATE), "1900-02-28"),
        (number("61", DATE), "1900-03-01"),
        (number("2958465", DATE), "9999-12-31"),
        (number("31864.395833333336", MOMENT), "1987-03-28T09:30:00"),
        (number("0.395833333333", CLOCK), "09:30:00"),
        ('<c r="A2" t="b"><v>1</v></c>', "TRUE"),
        ('<c r="A2" t="b"><v>0</v></c>', "FALSE"),
        ('<c r="A2" t="e"><v>#N/A</v></c>', "#N/A"),
        ('<c r="A2" t="d"><v>1987-03-28</v></c>', "1987-03-28"),
        ('<c r="A2" t="s"><v>1</v></c>', "3273996803870004"),
        ('<c r="A2" t="str"><f>CONCAT(B1)</f><v>Sari W</v></c>', "Sari W"),
        ('<c r="A2"><f>1+1</f><v>3</v></c>', "3"),
        ('<c r="A2" t="inlineStr"><is><r><t>a </t></r><r><t>b</t></r><rPh><t>x</t></rPh></is></c>', "a b"),
        ('<c r="A2" t="inlineStr"><is><t>a_x000A_b_x005F_x</t></is></c>', "a\nb_x"),
        ('<c r="A2" t="inlineStr"><is><t>=cmd|&apos;/c calc&apos;!A1</t></is></c>', "=cmd|'/c calc'!A1"),
        ('<c r="A2" t="inlineStr"><is><t>@SUM(A1)</t></is></c>', "@SUM(A1)"),
        ('<c r="A2" t="inlineStr"><is><t>+62 812</t></is></c>', "+62 812"),
    ],
)
def test_that_a_cell_is_its_text(path: Path, xml: str, text: str) -> None:
    assert cell(path, xml, texts=["x", "3273996803870004"]) == text


def test_that_dates_may_count_from_1904(path: Path) -> None:
    assert cell(path, number("30402", DATE), since_1904=True) == "1987-03-28"


@pytest.mark.parametrize(
    ("xml", "words"),
    [
        (number("3273996803870004"), "Excel has destroyed its end"),
        (number("3.27399680387E15"), "Excel has destroyed its end"),
        (number("999999999999999.9"), "Excel has destroyed its end"),
        (number("1E+300"), "Excel has destroyed its end"),
        (number("NaN"), "cannot be read"),
        (number("1E-999999"), "cannot be read"),
        (number("1" * 65), "cannot be read"),
        (number("60", DATE), "never was"),
        (number("-1", DATE), "outside the years"),
        (number("2958466", DATE), "outside the years"),
        ('<c r="A2"><f>1+1</f></c>', "never saved"),
        ('<c r="A2" t="s"><v>2</v></c>', "do not fit"),
        ('<c r="A2" t="s"><v>-1</v></c>', "do not fit"),
        ('<c r="A2" t="inlineStr"><is><t>a_x0000_b</t></is></c>', "NUL"),
        ('<c r="A2" t="inlineStr"><is><t>a_xD800_b</t></is></c>', "Half a character"),
        (f'<c r="A2" t="inlineStr"><is><t>{"x" * 65_537}</t></is></c>', "longer than 65536"),
    ],
)
def test_that_a_bad_cell_is_refused_by_its_place(path: Path, xml: str, words: str) -> None:
    with pytest.raises(XlsxError, match=words) as refused:
        cell(path, xml, texts=["x", "y"])
    assert str(refused.value).startswith("Sheet 'Contacts', cell A2: ")
    assert refused.value.line == 2


def test_that_a_cell_beyond_the_header_is_refused_by_its_place(path: Path) -> None:
    write_workbook(path, {"S": sheet_xml(text_rows([["a", "b"], ["1", "2", "CANARY"]]))})
    with pytest.raises(XlsxError, match="cell C2: A cell beyond the columns") as refused:
        list(open_xlsx(path))
    assert "CANARY" not in str(refused.value)


def test_that_the_first_shown_sheet_is_read_or_the_named_one(path: Path) -> None:
    sheets = {name: sheet_xml(text_rows([["a"], [name]])) for name in ("Secret", "One", "Two \u202e")}
    write_workbook(path, sheets, hidden=["Secret"])

    def value(sheet: str | None) -> str:
        return next(iter(open_xlsx(path, sheet))).cells[0]

    assert (value(None), value("one"), value("Two \u202e")) == ("One", "One", "Two \u202e")
    with pytest.raises(XlsxError, match=r"It has: One, Two \\u202e"):
        open_xlsx(path, "Three")


def test_that_a_sheet_of_another_file_is_not_followed(path: Path) -> None:
    link = f'<Relationship Id="rId1" Type="{LINKS}/worksheet" TargetMode="External" Target="file:///etc/passwd"/>'
    links = f'<Relationships xmlns="{PACKAGE}">{link}</Relationships>'
    write_workbook(path, {"S": sheet_xml("")}, extra={"xl/_rels/workbook.xml.rels": links})
    with pytest.raises(XlsxError, match="no sheet with cells"):
        open_xlsx(path)


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        (text_rows([]), "is empty"),
        (text_rows([["a", "b"]]), "no rows"),
        (text_rows([["a", "", "c"], ["1", "2", "3"]]), "Column 2 has no name"),
        (text_rows([["a", "A "], ["1", "2"]]), "same name"),
        (text_rows([["a", "b\u202e"], ["1", "2"]]), r"\\u202e"),
        ('<row r="2"><c r="B2"><v>1</v></c><c r="A2"><v>1</v></c></row>', "out of order"),
        ('<row r="2"><c><v>1</v></c></row><row r="1"/>', "out of order"),
        ('<row r="1048577"><c><v>1</v></c></row>', "more than a sheet can have"),
        ('<row r="99999999999"><c><v>1</v></c></row>', "do not fit"),
        ('<row r="1"><c r="XFD1"><v>1</v></c></row>', "More than 1000 columns"),
        ('<row r="1"><c r="AAAA1"><v>1</v></c></row>', "do not fit"),
        ("<row>" * 70 + "</row>" * 70, "nested"),
        ("<row", "not well-formed"),
    ],
)
def test_that_a_sheet_without_use_is_refused(path: Path, rows: str, words: str) -> None:
    write_workbook(path, {"S": sheet_xml(rows)})
    with pytest.raises(XlsxError, match=words):
        list(open_xlsx(path))


def test_that_the_content_decides_and_options_of_the_other_kind_are_refused(tmp_path: Path) -> None:
    book = write_workbook(tmp_path / "named.csv", {"S": sheet_xml(text_rows([["a"], ["1"]]))})
    text = tmp_path / "named.xlsx"
    text.write_text("a\n1\n")
    assert isinstance(open_source(book), XlsxFile)
    assert [row.cells for row in open_source(text)] == [("1",)]
    with pytest.raises(SourceError, match="leave --encoding out"):
        open_source(book, encoding="utf-8")
    with pytest.raises(SourceError, match="leave --sheet out"):
        open_source(text, sheet="S")
    with pytest.raises(XlsxError, match="something else"):
        open_xlsx(text)


@given(
    table=st.lists(
        st.tuples(*(2 * [st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=20)])),
        min_size=1,
        max_size=5,
    )
)
def test_that_texts_come_out_as_they_went_in(
    tmp_path_factory: pytest.TempPathFactory, table: list[tuple[str, str]]
) -> None:
    path = tmp_path_factory.mktemp("xlsx") / "any.xlsx"
    plain = [tuple(t.translate({0xFFFE: "", 0xFFFF: ""}).replace("_x", "") for t in row) for row in table]
    write_workbook(path, {"S": sheet_xml(text_rows([("a", "b"), ("x", "y"), *plain]))})
    assert [row.cells for row in open_xlsx(path)] == [("x", "y"), *(row for row in plain if any(row))]
