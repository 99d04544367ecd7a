"""One scheduled import, from the job that is due to the commit, in the process that reads the rows.

Nobody is there to read a report, so it is short: how many rows, what is new, and for a refusal the first bad cell by
its row's key and column. The process that runs this ends with it, as every import's does (ADR 0015).
"""

import secrets
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from app.api.messages.customers import BadCell, ImportBegin, ImportDone, ImportRow, ImportRows
from app.backoffice.import_actors import Importer
from app.backoffice.importing import Import
from app.backoffice.office import OpenOffice
from app.backoffice.source_marks import mark_of_source
from app.domain.errors import InputRefusedError, TiraiError
from app.sources.source import SelectiveSource, UntrustedRow, chunks

_COUNT, _CHARACTERS = 500, 1_048_576


@dataclass(frozen=True, slots=True)
class SourceRead:
    """What a scheduled import came to.

    Attributes:
        done: what came in; None where there was no row.
        remarks: what the source had to say.
    """

    done: ImportDone | None
    remarks: tuple[str, ...]

    @property
    def said(self) -> str:
        """In a sentence or two."""
        done = self.done
        counts = f"{done.rows} rows: {done.new} new, {done.changed} changed." if done else "No rows."
        return " ".join([counts, *self.remarks])


def import_source(
    office: OpenOffice,
    importer: Importer,
    source: SelectiveSource,
    *,
    mapping: str | None,
    queue: str | None,
    on_rows: Callable[[int], None] = lambda _rows: None,
) -> SourceRead:
    """Read a source from its mark on and bring its rows in: all or nothing.

    Args:
        office: the open office.
        importer: on whose right.
        source: the opened source.
        mapping: TOML text, or None.
        queue: of every row, or None.
        on_rows: called with the number of rows so far; what it raises stops the import.

    Raises:
        TiraiError: the source, the header, a cell or whoever imports is refused; nothing came in.
    """
    begin = ImportBegin(header=source.header, mapping=mapping, queue=queue, dry_run=False, source=source.name)
    run = Import(office, importer, secrets.token_bytes(16), begin)
    try:
        with office.database.reading() as db:
            mark = mark_of_source(db, source.name)
        source = source.without(run.not_collected).after(mark)
        if not _bring(run, source, on_rows):
            run.cancel()
            return SourceRead(None, source.remarks)
        if source.mark:
            run.rows(ImportRows(rows=(), mark=source.mark))
        return SourceRead(run.commit(), source.remarks)
    except BaseException:
        with suppress(TiraiError):  # what stays is swept by the office
            run.cancel()
        raise


def _bring(run: Import, source: SelectiveSource, on_rows: Callable[[int], None]) -> int:
    rows = 0
    for chunk in chunks(source, _COUNT, _CHARACTERS):
        sent = tuple(ImportRow(line=row.line, cells=row.cells) for row in chunk)
        progress = run.rows(ImportRows(rows=sent))
        if progress.bad:
            raise _refusal(progress.bad[0], chunk)
        rows = progress.rows
        on_rows(rows)
    return rows


def _refusal(bad: BadCell, chunk: tuple[UntrustedRow, ...]) -> InputRefusedError:
    key = next((row.key for row in chunk if row.line == bad.line), "")
    return InputRefusedError(f"Row {key or bad.line}, column {bad.column}: {bad.reason}", code="bad_cells")
