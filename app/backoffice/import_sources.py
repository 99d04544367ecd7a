"""The databases that the office reads by a schedule: who set each up, and when it is due.

A declaration is a file of IT's beside the gateway (`app/sources/sql_declaration.py`); the office keeps its digest. So a
file that somebody changes is not read on the right of the person who set it up: they, or another who may import, have
to look at it and set it up again. Adding and removing are entries of the log.
"""

import hashlib
from dataclasses import dataclass

from sqlalchemy import Connection, select

from app.backoffice import jobs, schema
from app.backoffice.gateways import database_now_ms
from app.backoffice.import_actors import NO_IMPORTS
from app.backoffice.office import OpenOffice
from app.backoffice.sessions import Session
from app.domain.errors import InputRefusedError, NotAllowedError
from app.domain.schedule import Schedule

KIND = "import"
"""Of the jobs that read sources; their key is the source's name."""


@dataclass(frozen=True, slots=True)
class SetUpSource:
    """A source as the office knows it.

    Attributes:
        name: of the source.
        digest: of its declaration.
        set_up_by: account.
        set_up_ms: when, ms since 1970.
    """

    name: str
    digest: bytes
    set_up_by: str
    set_up_ms: int


def digest_of(declaration: bytes) -> bytes:
    """What stands for a declaration's file."""
    return hashlib.sha256(declaration).digest()


def check_may_import(office: OpenOffice, session: Session) -> None:
    """Demand a role that imports.

    Raises:
        NotAllowedError: it does not.
    """
    if not office.policy.may_import(session.role):
        raise NotAllowedError(NO_IMPORTS, code="role")


def set_up(office: OpenOffice, session: Session, name: str, declaration: bytes, schedule: Schedule | None) -> None:
    """Have a source be read by its schedule from now on; one of this name is set up anew.

    Args:
        office: the open office.
        session: of whoever answers for it.
        name: of the source.
        declaration: its file.
        schedule: as the file declares it.

    Raises:
        NotAllowedError: the role imports nothing.
        InputRefusedError: the file declares no schedule.
    """
    check_may_import(office, session)
    if schedule is None:
        raise InputRefusedError("The file of this source has no [schedule].", code="no_schedule")
    table = schema.import_sources
    with office.writing() as db:
        now = database_now_ms(db, office.clock)
        row = {"name": name, "digest": digest_of(declaration), "set_up_by": session.name, "set_up_ms": now}
        db.execute(table.delete().where(table.c.name == name))
        db.execute(table.insert().values(**row))
        jobs.put(db, KIND, name, schedule.next_ms(now, now))
        office.log.append(db, "source.add", detail=f"source={name}", **session.log_fields())


def remove(office: OpenOffice, session: Session, name: str) -> None:
    """Have a source be read no more. What came from it stays.

    Raises:
        NotAllowedError: the role imports nothing.
        InputRefusedError: no such source.
    """
    check_may_import(office, session)
    table = schema.import_sources
    with office.writing() as db:
        if not db.execute(table.delete().where(table.c.name == name)).rowcount:
            raise InputRefusedError("No source of this name is set up.", code="no_source")
        jobs.drop(db, KIND, name)
        office.log.append(db, "source.remove", detail=f"source={name}", **session.log_fields())


def run_now(office: OpenOffice, session: Session, name: str) -> None:
    """Have a source be read as soon as a gateway is free, and by its schedule after that.

    Raises:
        NotAllowedError: the role imports nothing.
        InputRefusedError: no such source.
    """
    check_may_import(office, session)
    with office.writing() as db:
        if source_of(db, name) is None:
            raise InputRefusedError("No source of this name is set up.", code="no_source")
        jobs.put(db, KIND, name, database_now_ms(db, office.clock))


def source_of(db: Connection, name: str) -> SetUpSource | None:
    """One source, or None."""
    return next((source for source in sources(db) if source.name == name), None)


def sources(db: Connection) -> list[SetUpSource]:
    """All of them, by name."""
    rows = db.execute(select(schema.import_sources).order_by(schema.import_sources.c.name))
    return [SetUpSource(row.name, row.digest, row.set_up_by, row.set_up_ms) for row in rows]
