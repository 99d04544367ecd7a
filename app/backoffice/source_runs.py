"""A scheduled reading of a source as a job: held while it runs, let go with its next time, or left to another gateway.

It runs in the process that reads the rows. A beat of its own says that the job lives, since one page of a slow database
may take longer than a job is held; whoever finds the job taken over stops before the next chunk, and could commit
nothing anyway (`SourceImporter` asks in each step).
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from app.auth.names import GATEWAY
from app.backoffice import jobs
from app.backoffice.acting import OFFICE, acting_for
from app.backoffice.gateways import database_now_ms
from app.backoffice.import_actors import SourceImporter
from app.backoffice.import_sources import digest_of, source_of
from app.backoffice.jobs import JobLostError, Taken
from app.backoffice.office import OpenOffice
from app.backoffice.source_import import SourceRead, import_source
from app.domain.errors import TiraiError, WorkstationError
from app.sources.sql_declaration import SqlDeclaration, declaration_of
from app.sources.sql_source import SqlSource, open_sql

BEAT_S = jobs.HOLD_MS / 3_000
UNREADABLE_AGAIN_MS = 3_600_000
"""Where the declaration cannot be read, nobody knows the schedule."""

OpenSource = Callable[[SqlDeclaration], SqlSource]


@dataclass(slots=True)
class _Beat:
    """Says that a run lives, and how far it is."""

    office: OpenOffice
    job: Taken
    rows: int = 0
    is_lost: bool = False
    ended: threading.Event = field(default_factory=threading.Event)

    def on_rows(self, rows: int) -> None:
        """Remember how far the run is.

        Raises:
            JobLostError: another gateway has the job.
        """
        self.rows = rows
        if self.is_lost:
            raise JobLostError

    @contextmanager
    def going(self) -> Iterator[None]:
        """Beat while the block runs."""
        thread = threading.Thread(target=self._beat, daemon=True)
        thread.start()
        try:
            yield
        finally:
            self.ended.set()
            thread.join()

    def _beat(self) -> None:
        while not self.ended.wait(BEAT_S):
            try:
                with self.office.writing() as db:
                    jobs.renew(db, self.office.clock, self.job, self.rows)
            except JobLostError:
                self.is_lost = True
                return
            except TiraiError:  # the database is away for a moment: the job is held until its time is over
                continue


def run_source(
    office: OpenOffice, job: Taken, folder: Path, seat: str, open_source: OpenSource = open_sql
) -> SourceRead | None:
    """Do a job of kind `import`.

    Args:
        office: the open office.
        job: as it was taken.
        folder: where declarations lie, each as `NAME.toml`.
        seat: which gateway, for the log.
        open_source: connects to the database.

    Returns:
        What came in, or None where the run failed; why stands with the job and in the log.

    Raises:
        JobLostError: another gateway has the job.
    """
    with acting_for(OFFICE):  # rows of any queue
        return _run(office, job, folder, seat, open_source)


def _run(office: OpenOffice, job: Taken, folder: Path, seat: str, open_source: OpenSource) -> SourceRead | None:
    declared: SqlDeclaration | None = None
    beat = _Beat(office, job)
    try:
        raw = _declaration(folder, job.key)
        declared = declaration_of(raw.decode("utf-8"), folder)
        importer = SourceImporter(job.key, digest_of(raw), seat, job)
        with office.database.reading() as db:  # before anything of the other database is asked
            office.catch_up(db)
            importer.now(office, db)
        with beat.going():
            read = import_source(
                office,
                importer,
                open_source(declared),
                mapping=declared.mapping,
                queue=declared.queue,
                on_rows=beat.on_rows,
            )
    except JobLostError:
        raise
    except (TiraiError, UnicodeDecodeError) as error:
        refusal = error if isinstance(error, TiraiError) else WorkstationError("The declaration is no text.")
        _let_go(office, job, declared, seat, error=refusal)
        return None
    _let_go(office, job, declared, seat, said=read.said)
    return read


def _declaration(folder: Path, name: str) -> bytes:
    try:
        return (folder / f"{name}.toml").read_bytes()
    except OSError as error:
        raise WorkstationError(f"The declaration cannot be read: {error.strerror}", code="source_file") from None


def _let_go(
    office: OpenOffice,
    job: Taken,
    declared: SqlDeclaration | None,
    seat: str,
    *,
    error: TiraiError | None = None,
    said: str = "",
) -> None:
    with office.writing() as db:
        now = database_now_ms(db, office.clock)
        schedule = declared.schedule if declared is not None else None
        due_ms = schedule.next_ms(job.due_ms, now) if schedule is not None else now + UNREADABLE_AGAIN_MS
        code = (error.code or "failed") if error is not None else ""
        words = error.message if error is not None else said
        jobs.finish(db, office.clock, job, next_due_ms=due_ms, error=code, said=words)
        if error is not None:
            source = source_of(db, job.key)
            who = {"actor": GATEWAY, "acting_with": source.set_up_by if source else "", "seat": seat}
            office.log.append(db, "source.run", "failed", reason=code, detail=f"source={job.key}", **who)
