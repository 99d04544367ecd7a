"""Work that is due by the clock and not by a person's wish, shared by any number of gateways: a row for each job.

Whoever takes a job holds it for a while and says so again and again; a gateway that dies, or is cut off, lets it fall,
and another one resumes it. One run at a time: a run is known by a claim of its own, which each further step names, so
that one that was taken over notices and stops. Rows are taken by FOR UPDATE SKIP LOCKED, so that gateways do not queue
for one job; SQLCipher has one writer, and needs none of that.

All functions stand in the caller's transaction (`Database.writing()`). Times are the database's, which all gateways
share.
"""

import secrets
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from sqlalchemy import Connection, Row, or_, select

from app.backoffice import schema
from app.backoffice.clock import Clock
from app.backoffice.gateways import database_now_ms
from app.domain.errors import WorkstationError

HOLD_MS: Final = 120_000
"""How long a job is held by one word; it is said again at least every third of that."""
_LONGEST_SAID = 500

_jobs = schema.jobs.c


class JobState(StrEnum):
    """What becomes of a job."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class JobLostError(WorkstationError):
    """Somebody else has the job: this run took too long to say that it lives."""

    def __init__(self) -> None:
        super().__init__("Another gateway has taken this work over.", code="job_lost")


@dataclass(frozen=True, slots=True)
class Taken:
    """A job that was taken.

    Attributes:
        id: of the job.
        kind: what is to be done.
        key: to what.
        claim: of this run.
        due_ms: when it was due, ms since 1970.
        is_resumed: whether another run has begun it and did not end it.
    """

    id: bytes
    kind: str
    key: str
    claim: str
    due_ms: int
    is_resumed: bool


@dataclass(frozen=True, slots=True)
class JobNow:
    """A job as it stands.

    Attributes:
        key: to what.
        state: what became of it.
        due_ms: when it is due next, ms since 1970.
        progress, total: how far a run is, in units of its own; `total` is 0 where nobody knows.
        taken_by: the gateway that has it, or nothing.
        error: why its last run failed, for programs; empty where it did not.
        said: the same, or what the run had to say, for people.
        ended_ms: when the last run ended, or None.
    """

    key: str
    state: JobState
    due_ms: int
    progress: int
    total: int
    taken_by: str
    error: str
    said: str
    ended_ms: int | None


def put(db: Connection, kind: str, key: str, due_ms: int) -> None:
    """Have a job be due at a time; one that is there is due then instead, also while it runs.

    Args:
        db: the transaction.
        kind: what is to be done.
        key: to what; one job for each.
        due_ms: ms since 1970.
    """
    table = schema.jobs
    known = table.update().where(_jobs.kind == kind, _jobs.key == key)
    if db.execute(known.values(due_ms=due_ms)).rowcount:
        db.execute(known.where(_jobs.state != JobState.RUNNING).values(state=JobState.WAITING))
        return
    job = {"id": secrets.token_bytes(16), "kind": kind, "key": key, "due_ms": due_ms, "state": JobState.WAITING}
    db.execute(table.insert().values(**job))


def drop(db: Connection, kind: str, key: str) -> None:
    """Forget a job; a run of it notices with its next step."""
    db.execute(schema.jobs.delete().where(_jobs.kind == kind, _jobs.key == key))


def take(db: Connection, clock: Clock, kinds: Collection[str], gateway: str) -> Taken | None:
    """Take the job that has been due for longest, if there is one that nobody has.

    Args:
        db: the transaction; the job is held once it commits.
        clock: of a home without a database's own.
        kinds: what this gateway can do.
        gateway: who takes it.
    """
    now = database_now_ms(db, clock)
    nobody_has_it = or_(
        (_jobs.state == JobState.WAITING) & (_jobs.due_ms <= now),
        (_jobs.state == JobState.RUNNING) & (_jobs.taken_until_ms <= now),
    )
    query = select(schema.jobs).where(nobody_has_it, _jobs.kind.in_(kinds)).order_by(_jobs.due_ms, _jobs.id)
    row = db.execute(query.limit(1).with_for_update(skip_locked=True)).first()
    if row is None:
        return None
    claim = f"{gateway} {secrets.token_hex(8)}"
    held = {"taken_by": claim, "taken_until_ms": now + HOLD_MS, "state": JobState.RUNNING, "progress": 0, "total": 0}
    db.execute(schema.jobs.update().where(_jobs.id == row.id).values(**held))
    return Taken(row.id, row.kind, row.key, claim, row.due_ms, row.state == JobState.RUNNING)


def check_taken(db: Connection, job: Taken) -> None:
    """Demand that a run still has its job.

    Raises:
        JobLostError: somebody else has it, or it is there no more.
    """
    if db.execute(select(_jobs.taken_by).where(_jobs.id == job.id)).scalar() != job.claim:
        raise JobLostError


def renew(db: Connection, clock: Clock, job: Taken, progress: int, total: int = 0) -> None:
    """Say that a run lives, and how far it is.

    Raises:
        JobLostError: somebody else has it.
    """
    until = database_now_ms(db, clock) + HOLD_MS
    _change(db, job, {"taken_until_ms": until, "progress": progress, "total": total})


def finish(
    db: Connection, clock: Clock, job: Taken, *, next_due_ms: int | None = None, error: str = "", said: str = ""
) -> None:
    """Let a job go.

    Args:
        db: the transaction.
        clock: of a home without a database's own.
        job: which, and by which claim.
        next_due_ms: when it is due again; None for never, or for the time that it was given while it ran.
        error: a word for programs, if the run failed.
        said: a sentence for people; no value stands in it.

    Raises:
        JobLostError: somebody else has it.
    """
    row = _row(db, job)
    moved = row is not None and row.due_ms != job.due_ms  # somebody wants it at another time
    due_ms = row.due_ms if row is not None and moved else next_due_ms
    over = JobState.FAILED if error else JobState.DONE
    ended = {
        "taken_by": "",
        "taken_until_ms": 0,
        "state": over if due_ms is None else JobState.WAITING,
        "due_ms": job.due_ms if due_ms is None else due_ms,
        "error": error,
        "said": said[:_LONGEST_SAID],
        "ended_ms": database_now_ms(db, clock),
    }
    _change(db, job, ended)


def jobs_of(db: Connection, kind: str) -> list[JobNow]:
    """All jobs of a kind, by key."""
    rows = db.execute(select(schema.jobs).where(_jobs.kind == kind).order_by(_jobs.key))
    return [
        JobNow(
            key=row.key,
            state=JobState(row.state),
            due_ms=row.due_ms,
            progress=row.progress,
            total=row.total,
            taken_by=row.taken_by.partition(" ")[0],
            error=row.error,
            said=row.said,
            ended_ms=row.ended_ms,
        )
        for row in rows
    ]


def _row(db: Connection, job: Taken) -> Row[tuple[object, ...]] | None:
    query = select(schema.jobs).where(_jobs.id == job.id, _jobs.taken_by == job.claim)
    return db.execute(query.with_for_update()).first()


def _change(db: Connection, job: Taken, values: dict[str, object]) -> None:
    table = schema.jobs
    if not db.execute(table.update().where(_jobs.id == job.id, _jobs.taken_by == job.claim).values(**values)).rowcount:
        raise JobLostError
