"""One door for files of customers: what a file is decides who reads it, never its name."""

from pathlib import Path

from app.sources.csv_file import open_csv
from app.sources.file_kind import WORKBOOK_MARK
from app.sources.source import Source, SourceError, open_regular
from app.sources.xlsx_file import open_xlsx


def open_source(path: Path, *, encoding: str | None = None, sheet: str | None = None) -> Source:
    """Open a CSV file or an Excel workbook.

    Args:
        path: where it lies.
        encoding: of a CSV file, as the person declares it.
        sheet: of a workbook; the first one otherwise.

    Raises:
        SourceError: the file is refused, or an option belongs to the other kind.
    """
    with open_regular(path) as stream:
        is_workbook = stream.peek(4).startswith(WORKBOOK_MARK)
    if is_workbook and encoding is not None:
        raise SourceError("This is an Excel workbook, which tells its encoding itself; leave --encoding out")
    if not is_workbook and sheet is not None:
        raise SourceError("Only an Excel workbook (.xlsx) has sheets; leave --sheet out")
    return open_xlsx(path, sheet) if is_workbook else open_csv(path, encoding)
