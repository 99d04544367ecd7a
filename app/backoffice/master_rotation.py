"""A new version of the master, while everybody works: what the old one wraps is wrapped anew, a chunk at a time.

`protection.md` section 5: re-wraps what M wraps; Z, S and values stay. The steps, each one transaction:

1. The version is *added*: gateways may have it. Nothing is wrapped under it yet.
2. Once each gateway at work has it, it *wraps*, and the office's own keys move to it at once; the old one *leaves*.
3. Record keys and TOTP secrets, half-finished ones too, move, some hundred at a time.
4. Once nothing is under the old version, it goes, and the log says so.

Invariants: whoever is killed goes on at the step where the tables say it stands; nothing is ever under a version that
an announced gateway lacks; a version goes only when no row names it, which foreign keys enforce whoever writes.
"""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection, Select, bindparam, select
from sqlalchemy.exc import IntegrityError

from app.backoffice import schema
from app.backoffice.acting import for_the_office
from app.backoffice.database import office_changed
from app.backoffice.gateways import ANNOUNCED_EVERY_S, without_version
from app.backoffice.master import MasterState, add_version, check_master
from app.backoffice.office import OpenOffice
from app.backoffice.pending_factors import move_factors
from app.domain.errors import WorkstationError

CHUNK: Final = 500
_WAIT_S: Final = 120
_versions = schema.master_versions.c
_customers, _accounts, _factors = schema.customers.c, schema.accounts.c, schema.pending_factors.c


@dataclass(frozen=True, slots=True)
class Versions:
    """How a rotation stands.

    Attributes:
        wraps: the version that wraps.
        added: one that comes, or 0.
        leaves: one that goes, or 0.
    """

    wraps: int
    added: int
    leaves: int


class MasterRotation:
    """One rotation, begun here or gone on with."""

    def __init__(self, office: OpenOffice, who: Mapping[str, str]) -> None:
        """Rotate this office's master.

        Args:
            office: the open office; its source of the master has, or makes, the version to come.
            who: who rotates, for the log.
        """
        self._office, self._who = office, dict(who)
        self._after = 0

    def begin(self) -> Versions:
        """Add a version, unless a rotation is in progress.

        Raises:
            MasterMissingError: the source does not have the version to come yet, or has another key under its number.
        """
        office = self._office
        with office.writing() as db:
            versions = _stand(db)
            if versions.added:
                self._must_be_the_same(db, versions.added)
            if versions.added or versions.leaves:
                return versions
            version = versions.wraps + 1
            add_version(db, office.id, version, MasterState.ADDED, office.master.added(db, version))
            office_changed(db)
            office.catch_up(db)
            detail = f"version={version} before={versions.wraps}"
            office.log.append(db, "master.begin", detail=detail, **self._who)
            office.log.checkpoint(db)
            return Versions(versions.wraps, version, 0)

    def _must_be_the_same(self, db: Connection, version: int) -> None:
        proof = db.execute(select(_versions.proof).where(_versions.version == version)).scalar_one()
        check_master(self._office.id, version, self._office.master.key(db, version), proof)

    def missing_at(self) -> tuple[str, ...]:
        """Names of whoever is at work and does not have the added version yet."""
        with self._office.database.reading() as db:
            return without_version(db, self._office.clock, _stand(db).added)

    def switch(self) -> bool:
        """Let the added version wrap, if everybody at work has it.

        Returns:
            Whether it wraps now.
        """
        office = self._office
        with office.writing() as db:
            versions = _stand(db)
            if not versions.added:
                return True
            if without_version(db, office.clock, versions.added):
                return False
            for version, state in ((versions.wraps, MasterState.LEAVES), (versions.added, MasterState.WRAPS)):
                _set_state(db, version, state)
            office_changed(db)
            office.catch_up(db)
            office.keys.wrap_own(db)
            return True

    def move(self, limit: int = CHUNK) -> int:
        """Move a chunk to the version that wraps.

        Args:
            limit: how many customers, how many accounts and how many half-finished enrolments, at most.

        Returns:
            How many were moved; after 0 there may be something again, where somebody was at work meanwhile.
        """
        office = self._office
        with office.writing() as db:
            versions = _stand(db)
            if not versions.leaves:
                return 0
            office.catch_up(db)
            with for_the_office(db):  # customers of every queue
                moved = self._move_customers(db, versions.leaves, limit)
            moved += move_factors(office, db, versions.leaves, limit)
            return moved + self._move_accounts(db, versions.leaves, limit)

    def _move_customers(self, db: Connection, leaves: int, limit: int) -> int:
        keys, columns = self._office.keys, (_customers.id, _customers.record, _customers.record_key)
        where = (_customers.master_version == leaves, _customers.id > self._after)
        rows = db.execute(select(*columns).where(*where).order_by(_customers.id).limit(limit)).all()
        if not rows:
            self._after = 0
            return 0
        moved = []
        for row in rows:
            z = keys.record_key(row.record, leaves, row.record_key)
            version, blob = keys.wrap_record_key(row.record, z)
            moved.append({"row": row.id, "version": version, "blob": blob})
        update = schema.customers.update().where(_customers.id == bindparam("row"))
        db.execute(update.values(master_version=bindparam("version"), record_key=bindparam("blob")), moved)
        self._after = rows[-1].id
        return len(rows)

    def _move_accounts(self, db: Connection, leaves: int, limit: int) -> int:
        keys = self._office.keys
        rows = db.execute(
            select(_accounts.name, _accounts.totp).where(_accounts.totp_master == leaves).limit(limit)
        ).all()
        for row in rows:
            secret = keys.totp(row.name, row.totp, leaves)
            update = schema.accounts.update().where(_accounts.name == row.name)
            db.execute(update.values(**keys.wrapped_totp(row.name, secret)))
        return len(rows)

    def retire(self) -> bool:
        """Let the old version go, if nothing is under it.

        Returns:
            Whether there is none any more.
        """
        office = self._office
        try:
            with office.writing() as db:
                versions = _stand(db)
                if not versions.leaves:
                    return True
                with for_the_office(db):  # what lies in a queue of somebody else is under it, too
                    if any(db.execute(query).first() for query in _under(versions.leaves)):
                        return False
                db.execute(schema.master_versions.delete().where(_versions.version == versions.leaves))
                office.master.dropped(db, versions.leaves)
                office_changed(db)
                office.catch_up(db)
                detail = f"version={versions.wraps} before={versions.leaves}"
                office.log.append(db, "master.rotated", detail=detail, **self._who)
                office.log.checkpoint(db)
        except IntegrityError:  # an import, which writes beside the office, has just put something under it
            return False
        return True


def rotate(
    rotation: MasterRotation,
    tell: Callable[[int], None] = lambda _moved: None,
    wait_s: float = _WAIT_S,
    pause: Callable[[float], None] = time.sleep,
) -> Versions:
    """Rotate from wherever it stands to its end.

    Args:
        rotation: the rotation.
        tell: is told how many were moved so far.
        wait_s: how long to wait for gateways that lack the version.
        pause: waits some seconds.

    Raises:
        MasterMissingError: the source lacks the version to come.
        WorkstationError: gateways lack it still (code `master_waits`); nothing is under it, and running this again
            goes on.
    """
    begun = rotation.begin()
    waited = 0.0
    while not rotation.switch():
        if waited >= wait_s:
            raise WorkstationError(
                f"At work without version {begun.added} of the master: {', '.join(rotation.missing_at())}. "
                "Put it there, or let them end, and run this again; so far nothing is wrapped under it.",
                code="master_waits",
            )
        pause(ANNOUNCED_EVERY_S)
        waited += ANNOUNCED_EVERY_S
    moved = 0
    while True:
        while count := rotation.move():
            moved += count
            tell(moved)
        if rotation.retire():
            break
    new = begun.added or begun.wraps
    return Versions(new, 0, new - 1)


def _stand(db: Connection) -> Versions:
    by_state = {row.state: row.version for row in db.execute(select(_versions.version, _versions.state))}
    return Versions(
        by_state[MasterState.WRAPS], by_state.get(MasterState.ADDED, 0), by_state.get(MasterState.LEAVES, 0)
    )


def _set_state(db: Connection, version: int, state: MasterState) -> None:
    db.execute(schema.master_versions.update().where(_versions.version == version).values(state=state.value))


def _under(version: int) -> tuple[Select[tuple[object]], ...]:
    """Queries that find something under a version."""
    return (
        select(_customers.id).where(_customers.master_version == version).limit(1),
        select(_accounts.name).where(_accounts.totp_master == version).limit(1),
        select(_factors.id).where(_factors.totp_master == version).limit(1),
        select(schema.settings.c.name).where(schema.settings.c.master_version == version).limit(1),
    )
