"""Which gateways are at work on an office, and which versions of the master each has.

Each gateway announces itself every few seconds; a rotation of the master waits for them all before anything is wrapped
under a version that one of them lacks. Times are the database's: the gateways' own clocks may differ.

Invariant: a gateway that has gone silent is waited for by nobody. If it was only slow, the foreign keys of what the
master wraps keep it from writing under a version that is gone, and it reads its keys anew with its next announcement.
"""

from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection, func, select

from app.backoffice import schema
from app.backoffice.clock import Clock
from app.backoffice.office import OpenOffice
from app.backoffice.team_office import IMPORT_SILENT_MS

ANNOUNCED_EVERY_S: Final = 5
SILENT_AFTER_MS: Final = 30_000
"""As long as a gateway may be busy with something else, several announcements long."""
_FORGOTTEN_AFTER_MS: Final = 24 * 60 * 60 * 1000

_gateways = schema.gateways.c


@dataclass(frozen=True, slots=True)
class AtWork:
    """A gateway that was heard of a moment ago.

    Attributes:
        id: what it drew at its start.
        name: its machine's name.
        masters: the versions of the master that it has.
    """

    id: str
    name: str
    masters: frozenset[int]


def announce(office: OpenOffice, gateway: str, name: str) -> None:
    """Say that a gateway is at work, after it has looked for versions of the master that it lacks.

    Args:
        office: its open office.
        gateway: what it drew at its start.
        name: its machine's name, for whoever waits for it.

    Raises:
        WorkstationError: the database or the master's source does not answer.
    """
    with office.writing() as db:
        known = set(db.execute(select(schema.master_versions.c.version)).scalars())
        if known != office.keys.master.keys():
            office.catch_up(db)
        now = database_now_ms(db, office.clock)
        table = schema.gateways
        db.execute(table.delete().where((_gateways.id == gateway) | (_gateways.seen_ms < now - _FORGOTTEN_AFTER_MS)))
        masters = ",".join(map(str, sorted(office.keys.master)))
        db.execute(table.insert().values(id=gateway, name=name, seen_ms=now, masters=masters))


def leave(office: OpenOffice, gateway: str) -> None:
    """Say that a gateway is at work no more."""
    with office.writing() as db:
        db.execute(schema.gateways.delete().where(_gateways.id == gateway))


def at_work(db: Connection, clock: Clock) -> list[AtWork]:
    """The gateways that were heard of a moment ago, by name."""
    since = database_now_ms(db, clock) - SILENT_AFTER_MS
    rows = db.execute(select(schema.gateways).where(_gateways.seen_ms >= since).order_by(_gateways.name, _gateways.id))
    return [AtWork(row.id, row.name, _versions(row.masters)) for row in rows]


def without_version(db: Connection, clock: Clock, version: int) -> tuple[str, ...]:
    """Names of whoever is at work and does not have a version of the master: gateways, and imports that run."""
    gateways = (gateway.name for gateway in at_work(db, clock) if version not in gateway.masters)
    table = schema.imports.c
    running = select(table.account, table.masters).where(
        table.committed.is_(False), table.alive_ms > clock.now_ms() - IMPORT_SILENT_MS
    )
    imports = (f"an import of {row.account}" for row in db.execute(running) if version not in _versions(row.masters))
    return (*gateways, *imports)


def _versions(masters: str) -> frozenset[int]:
    return frozenset(int(v) for v in masters.split(",") if v)


def database_now_ms(db: Connection, clock: Clock) -> int:
    """The time, ms, by the one clock that all gateways of an office share."""
    if db.dialect.name != "postgresql":
        return clock.now_ms()
    return int(db.execute(select(func.extract("epoch", func.clock_timestamp()) * 1000)).scalar_one())


def clock_off_ms(db: Connection, clock: Clock) -> int:
    """How far a clock is at least ahead of the database's, ms; 0 where nobody can say that it is off.

    The database read its own somewhere between question and answer, so that one which answers late is no wrong clock.
    """
    asked = clock.now_ms()
    theirs = database_now_ms(db, clock)
    return min(max(asked, theirs), clock.now_ms()) - theirs
