"""Where `tirai import` takes its rows from: a file, or a database that a file declares."""

from dataclasses import dataclass
from pathlib import Path

from app.domain.errors import InputRefusedError
from app.sources.opening import open_source
from app.sources.source import Source, escaped


@dataclass(frozen=True, slots=True)
class Origin:
    """What an import reads.

    Attributes:
        rows: the opened source.
        shown: its name for people.
        mapping: the mapping that it brings, or None.
        queue: the queue that it declares for every row, or None.
    """

    rows: Source
    shown: str
    mapping: str | None = None
    queue: str | None = None


def origin_of(
    file: Path | None, declaration: Path | None, *, encoding: str | None, sheet: str | None, mapping: str | None
) -> Origin:
    """Open what the command line names.

    Args:
        file: a CSV file or a workbook.
        declaration: a file that declares a database.
        encoding: of a CSV file, as the person declares it.
        sheet: of a workbook.
        mapping: another mapping than the declaration's, or None.

    Raises:
        InputRefusedError: neither or both are named, an option belongs to a file, or the source is refused.
    """
    if (file is None) == (declaration is None):
        raise InputRefusedError("Name either a file, or a database by --source.")
    if declaration is None:
        assert file is not None
        return Origin(open_source(file, encoding=encoding, sheet=sheet), escaped(file.name))
    if encoding is not None or sheet is not None:
        raise InputRefusedError("--encoding and --sheet belong to files; a database tells its text itself.")
    from app.sources.sql_declaration import read_declaration
    from app.sources.sql_source import open_sql

    declared = read_declaration(declaration)
    own = None if mapping is not None else declared.mapping
    return Origin(open_sql(declared), declared.name, own, declared.queue)
