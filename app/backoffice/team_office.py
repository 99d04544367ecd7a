"""The back office behind gateways: always open, over a database that all gateways share.

What an embedded office keeps in its process lies in tables here, so that any gateway can answer any request. Waits and
terms are by `ServersClock`. No person's key opens anything: what the master wraps opens with the master, which comes
from outside the database.
"""

from pathlib import Path
from threading import RLock

from sqlalchemy import Connection, select

from app.backoffice import schema
from app.backoffice.clock import Clock
from app.backoffice.database import OfficeDatabase, setting
from app.backoffice.master import MasterSource
from app.backoffice.office import BackOffice, NamePlate, OpenOffice
from app.backoffice.team_door import HAS_PASSWORD, TeamDoor
from app.backoffice.workstation import asking_workstation
from app.domain.errors import WorkstationError
from app.domain.policy import Policy

IMPORT_SILENT_MS = 10 * 60_000
"""An import whose process has said nothing for so long is gone with its gateway."""


class TeamOffice(BackOffice):
    """An open office, as one gateway has it."""

    def __init__(
        self, database: OfficeDatabase, policy: Policy, clock: Clock, home: Path, master: MasterSource
    ) -> None:
        """Open the office whose database this is.

        Args:
            database: shared by all gateways.
            policy: who may what, where the office has not edited it.
            clock: the clock that counts.
            home: a folder of this gateway's own, for its log.
            master: where the master comes from.

        Raises:
            WorkstationError: there is no office in this database.
            BookError: the stored book is not a valid one.
            MasterMissingError: the master is not to be had, or is another one's.
        """
        self.home, self.clock, self.lock, self.is_leaving = home, clock, RLock(), False
        self.plate = plate_of(database)
        self._office = OpenOffice(database, self.plate, policy, clock, master)
        self.front_door = TeamDoor(database, lambda: self._office.keys)

    @property
    def seat(self) -> str:  # type: ignore[override]
        """Name of the workstation that asks."""
        return asking_workstation.get().name

    @property
    def policy(self) -> Policy:
        """The policy in force."""
        return self._office.policy

    @property
    def file_key(self) -> bytes:
        """There is none."""
        return b""

    def slot(self, key: bytes, account: str) -> bytes:
        """There is no file, and no key of it; this says that a password or a code is there."""
        return HAS_PASSWORD

    @property
    def database_words(self) -> dict[str, str]:
        """With which words the process of an import finds the database; they go there over a private line alone."""
        return self._office.database.address

    def live_imports(self, db: Connection) -> frozenset[bytes]:
        """Imports of any gateway that have said within the last minutes that they run."""
        table = schema.imports.c
        since = self.clock.now_ms() - IMPORT_SILENT_MS
        query = select(table.id).where(table.committed.is_(False), table.alive_ms > since)
        return frozenset(db.execute(query).scalars())

    @property
    def opened(self) -> OpenOffice:
        """The open office, with what other gateways have changed of it."""
        self._office.look_again()
        return self._office

    @property
    def is_open(self) -> bool:
        """It is."""
        return True

    def open(self, file_key: bytes) -> OpenOffice:
        """The open office."""
        return self.opened

    def shut(self) -> None:
        """Close this gateway's connections."""
        self._office.database.close()


def plate_of(database: OfficeDatabase) -> NamePlate:
    """The name plate that an office behind gateways has in its database.

    Raises:
        WorkstationError: there is no office in this database.
    """
    with database.reading() as db:
        name, root = setting(db, "name"), setting(db, "root")
    if name is None or root is None:
        raise WorkstationError(
            "There is no office in this database. Make one with: tirai gateway init", code="no_office"
        )
    return NamePlate(name.decode(), root)
