"""What an office does by itself every few seconds, at whichever of its gateways finds it due.

An embedded office does this when it is opened and while it looks whether anybody needs it; behind gateways nobody opens
it, and it stands for months. Each job is one transaction of the office's own: taken, done and put off again together,
so that no two gateways do it at once, and one that dies in the midst has done nothing. A job that fails is written down
and comes again; the others go on.
"""

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from sqlalchemy import Connection, select

from app.backoffice import jobs, schema
from app.backoffice.acting import OFFICE, acting_for
from app.backoffice.class_versions import drop_all_unused_grants
from app.backoffice.customer_page.intake import take_in
from app.backoffice.erasure.running import run_due
from app.backoffice.gateways import database_now_ms
from app.backoffice.import_leftovers import sweep_unfinished
from app.backoffice.jobs import JobState
from app.backoffice.office import OpenOffice
from app.backoffice.pending_factors import drop_over
from app.backoffice.proposal_rows import expire
from app.backoffice.reminders import remind
from app.backoffice.session_ends import end_lapsed_in
from app.backoffice.subject_requests.outsiders import forget_outsiders
from app.backoffice.team_door import drop_strangers
from app.backoffice.team_office import TeamOffice
from app.backoffice.team_presence import drop_left_fronts
from app.backoffice.team_rates import drop_full
from app.domain.errors import TiraiError

LOOK_EVERY_S: Final = 2.0
_LEAVES_WITHIN_S: Final = 3.0
_KIND = "office."
_jobs = schema.jobs.c


@dataclass(frozen=True, slots=True)
class OfficeJob:
    """One of them.

    Attributes:
        every_s: seconds from one time to the next.
        run: does it in a transaction; how much it changed that consoles may show.
    """

    every_s: int
    run: Callable[[TeamOffice, OpenOffice, Connection], int]


def _sweep(back: TeamOffice, _office: OpenOffice, db: Connection) -> int:
    sweep_unfinished(db, back.live_imports(db))
    return 0


def _grants(_back: TeamOffice, office: OpenOffice, db: Connection) -> int:
    drop_all_unused_grants(office, db)
    return 0


def _checkpoint(_back: TeamOffice, office: OpenOffice, db: Connection) -> int:
    office.log.checkpoint(db)
    return 0


def _rates(_back: TeamOffice, _office: OpenOffice, db: Connection) -> int:
    drop_full(db)
    return 0


def _silently(drop: Callable[[Connection, int], int], unit: int) -> Callable[[TeamOffice, OpenOffice, Connection], int]:
    def run(_back: TeamOffice, office: OpenOffice, db: Connection) -> int:
        drop(db, office.clock.now_ms() // unit)
        return 0

    return run


OFFICE_JOBS: Final[Mapping[str, OfficeJob]] = MappingProxyType(
    {
        "sessions": OfficeJob(5, lambda _back, office, db: end_lapsed_in(office, db)),
        "fronts": OfficeJob(15, lambda _back, _office, db: drop_left_fronts(db)),
        "proposals": OfficeJob(30, lambda _back, office, db: expire(office, db)),
        "imports": OfficeJob(60, _sweep),
        "pending": OfficeJob(60, _silently(drop_over, 1)),
        "erasures": OfficeJob(5, lambda _back, office, db: run_due(office, db)),
        "reminders": OfficeJob(300, lambda _back, office, db: remind(office, db) and 0),
        "page": OfficeJob(5, lambda _back, office, db: take_in(office, db)),
        "checkpoint": OfficeJob(60, _checkpoint),
        "rates": OfficeJob(300, _rates),
        "strangers": OfficeJob(300, _silently(drop_strangers, 1000)),
        "grants": OfficeJob(3600, _grants),
        "outsiders": OfficeJob(3600, lambda _back, office, db: forget_outsiders(office, db) and 0),
    }
)
"""By name: sessions that lapsed end, what they had in front is forgotten, proposals that nobody confirmed are over,
imports whose process is gone leave nothing, approved orders to erase go on, what has a term is called to mind,
answers of customers' pages are taken in, half-finished enrolments are forgotten, the log is signed where it stands,
rates that are full again and tries for names that nobody has go, grants of class keys that
nothing needs, and what people wrote a month ago who are no customers."""


class OfficeJobs:
    """One gateway's part in them."""

    def __init__(
        self,
        office: TeamOffice,
        gateway: str,
        log_fault: Callable[[BaseException], object],
        changed: Callable[[str], object] = lambda _name: None,
        all_jobs: Mapping[str, OfficeJob] = OFFICE_JOBS,
    ) -> None:
        """Look after this office.

        Args:
            office: the office, as this gateway has it.
            gateway: what this gateway drew at its start.
            log_fault: writes a fault down without values.
            changed: told of a job by name that changed something consoles may show; after its transaction.
            all_jobs: what is to be done.
        """
        self._office, self._gateway, self._log_fault, self._changed = office, gateway, log_fault, changed
        self._all = all_jobs
        self._kinds = frozenset(f"{_KIND}{name}" for name in all_jobs)
        self._ended = threading.Event()
        self._thread: threading.Thread | None = None

    def begin(self) -> None:
        """Look every few seconds, in a thread, until `close`."""
        self._thread = threading.Thread(target=self._loop, name="office-jobs", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """End; a job that runs has a moment, then it is as if it had never begun."""
        self._ended.set()
        if self._thread is not None:
            self._thread.join(_LEAVES_WITHIN_S)

    def _loop(self) -> None:
        while not self._ended.is_set():
            try:
                self.run_due()
            except TiraiError:
                pass  # the database is away: requests say so, and the next look comes
            except Exception as e:  # noqa: BLE001  (it goes on: sessions would never end by time)
                self._log_fault(e)
            self._ended.wait(LOOK_EVERY_S)

    def run_due(self) -> list[str]:
        """Do what is due and nobody does.

        Returns:
            Names of what was done here, in that order.

        Raises:
            DatabaseAwayError: the database does not answer.
        """
        done: list[str] = []
        with acting_for(OFFICE):
            self._know_all()
            while not self._ended.is_set() and self._is_any_due():
                name = self._run_one()
                if name is None:
                    break
                done.append(name)
        return done

    def _know_all(self) -> None:
        """Have a row for each job."""
        known = select(_jobs.kind).where(_jobs.kind.in_(self._kinds))
        office = self._office.opened
        with office.database.reading() as db:
            if self._kinds == set(db.execute(known).scalars()):
                return
        with office.writing() as db:
            for kind in sorted(self._kinds - set(db.execute(known).scalars())):
                jobs.put(db, kind, "", database_now_ms(db, office.clock))

    def _is_any_due(self) -> bool:
        """A look that waits for nobody: most of the time nothing is due."""
        office = self._office.opened
        with office.database.reading() as db:
            due = (_jobs.kind.in_(self._kinds), _jobs.due_ms <= database_now_ms(db, office.clock))
            query = select(_jobs.id).where(*due, _jobs.state != JobState.RUNNING.value).limit(1)
            return db.execute(query).first() is not None

    def _run_one(self) -> str | None:
        office, fault, changed = self._office.opened, None, 0
        with office.writing() as db:
            job = jobs.take(db, office.clock, self._kinds, self._gateway)
            if job is None:
                return None
            name = job.kind.removeprefix(_KIND)
            try:
                with office.writing() as part:  # of this transaction: what fails is taken back, the job is put off
                    changed = self._all[name].run(self._office, office, part)
            except Exception as e:  # noqa: BLE001  (the other jobs go on)
                fault = e
            next_ms = database_now_ms(db, office.clock) + self._all[name].every_s * 1000
            error = "" if fault is None else type(fault).__name__
            jobs.finish(db, office.clock, job, next_due_ms=next_ms, error=error)
        if fault is not None:
            self._log_fault(fault)
        elif changed:
            self._changed(name)
        return name
