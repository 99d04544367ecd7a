"""Workbooks for tests, written part by part, so that a test can write what no spreadsheet program would."""

import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

STYLES = (
    f'<styleSheet xmlns="{MAIN}"><numFmts count="4">'
    '<numFmt numFmtId="164" formatCode="0000000000"/><numFmt numFmtId="165" formatCode="dd/mm/yyyy\\ hh:mm"/>'
    '<numFmt numFmtId="166" formatCode="[$Rp-421]#,##0.00;[Red]-#,##0"/><numFmt numFmtId="167" formatCode="hh:mm"/>'
    '</numFmts><cellStyleXfs count="1"><xf numFmtId="14"/></cellStyleXfs><cellXfs count="6"><xf numFmtId="0"/>'
    '<xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="166"/><xf numFmtId="167"/>'
    "</cellXfs></styleSheet>"
)
PLAIN, DATE, ZEROS, MOMENT, MONEY, CLOCK = range(6)


def letters(column: int) -> str:
    """Column 1 is A."""
    text = ""
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text


def sheet_xml(rows: str) -> str:
    return f'{DECLARATION}<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'


def text_rows(table: Sequence[Sequence[str]]) -> str:
    """Rows of texts that stand in the sheet itself."""
    return "".join(
        f'<row r="{number}">'
        + "".join(
            f'<c r="{letters(column)}{number}" t="inlineStr"><is><t xml:space="preserve">{escape(text)}</t></is></c>'
            for column, text in enumerate(row, start=1)
        )
        + "</row>"
        for number, row in enumerate(table, start=1)
    )


def one_cell(cell: str) -> str:
    """A sheet with the header `a` and one cell below it."""
    return sheet_xml(f'<row r="1"><c r="A1" t="inlineStr"><is><t>a</t></is></c></row><row r="2">{cell}</row>')


def write_workbook(
    path: Path,
    sheets: Mapping[str, str],
    *,
    texts: Sequence[str] = (),
    since_1904: bool = False,
    extra: Mapping[str, str | bytes] | None = None,
    hidden: Sequence[str] = (),
    packing: int = zipfile.ZIP_DEFLATED,
) -> Path:
    """Write a workbook.

    Args:
        path: where.
        sheets: name to XML of each sheet.
        texts: shared texts.
        since_1904: whether dates count from 1904.
        extra: further parts, or other words for the ones above.
        hidden: names of sheets that are not shown.
        packing: how parts are packed.
    """
    listed = "".join(
        f'<sheet name={quoteattr(name)} sheetId="{n}"{" state=" + quoteattr("hidden") if name in hidden else ""}'
        f' r:id="rId{n}"/>'
        for n, name in enumerate(sheets, start=1)
    )
    links = "".join(
        f'<Relationship Id="rId{n}" Type="{LINKS}/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n in range(1, len(sheets) + 1)
    )
    links += f'<Relationship Id="rId900" Type="{LINKS}/sharedStrings" Target="sharedStrings.xml"/>'
    links += f'<Relationship Id="rId901" Type="{LINKS}/styles" Target="/xl/styles.xml"/>'
    shared = "".join(f"<si><t>{escape(text)}</t></si>" for text in texts)
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": DECLARATION + "<Types/>",
        "xl/workbook.xml": f'{DECLARATION}<workbook xmlns="{MAIN}" xmlns:r="{LINKS}">'
        f'<workbookPr date1904="{int(since_1904)}"/><sheets>{listed}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'{DECLARATION}<Relationships xmlns="{PACKAGE}">{links}</Relationships>',
        "xl/styles.xml": DECLARATION + STYLES,
        "xl/sharedStrings.xml": f'{DECLARATION}<sst xmlns="{MAIN}">{shared}</sst>',
        **{f"xl/worksheets/sheet{n}.xml": xml for n, xml in enumerate(sheets.values(), start=1)},
        **(extra or {}),
    }
    with zipfile.ZipFile(path, "w", packing) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path
