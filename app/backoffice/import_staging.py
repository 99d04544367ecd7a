"""What becomes of an import's judged rows: sealed, and staged where nobody sees them, some thousand in one transaction.

New customers are sealed before the transaction that writes them, so that nobody waits for that, and so many at once
because a page of the database is encrypted for each transaction that touches it. What differs of known ones is found
and sealed inside it. Nothing is visible, and nothing may be lost but the whole import, until `Import.commit`.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Protocol

from sqlalchemy import Connection, select

from app.backoffice import schema
from app.backoffice.acting import OFFICE, acting_for
from app.backoffice.database import AuditUnwritableError
from app.backoffice.erasure.suppression import must_stay_out
from app.backoffice.import_actors import ImportActor, Importer
from app.backoffice.import_leftovers import is_staged
from app.backoffice.import_sealing import Chunk, Customer, Fate, Sealer
from app.backoffice.office import OpenOffice
from app.domain.data_class import DataClass
from app.domain.errors import NotAllowedError
from app.domain.inventory import Inventory

Values = Mapping[str, str]
STAGED_AT_ONCE = 4_000
"""Customers in one transaction: some tenths of a second, in which nobody else writes."""
FEW = 100
"""Fewer rows than these wait for no others."""
FULL_DISK = "The office's disk takes nothing more, so nothing was imported. Free disk space, then import again (A1)."


@dataclass(slots=True)
class Staged:
    """What an import has staged so far.

    Attributes:
        queues: new and known customers by queue.
        fates: what became of rows.
        touches_known: whether a row names a customer whom the office had.
        uncompared: values that were written anew because nothing compares them.
    """

    queues: dict[str, int] = field(default_factory=dict)
    fates: dict[Fate, int] = field(default_factory=dict)
    touches_known: bool = False
    uncompared: int = 0


class Stager(Protocol):
    """Takes judged rows, here or in another process."""

    def take(self, rows: Sequence[Values]) -> None:
        """Seal and stage rows, at once or later; each customer number once in the whole import.

        Raises:
            TiraiError: this import may not go on, or could not: nothing of it becomes visible.
        """

    def finish(self) -> Staged:
        """Stage what still waits.

        Raises:
            TiraiError: as `take` does, and what rows before came to.
        """

    def drop(self) -> None:
        """Take nothing more, and hold nothing."""


class StagerHere:
    """Seals and stages in this process."""

    def __init__(
        self, office: OpenOffice, importer: Importer, import_id: bytes, inventory: Inventory, queue: str | None
    ) -> None:
        """Begin with nothing.

        Args:
            office: the open office.
            importer: whose right is judged in each transaction.
            import_id: the import, which has begun in the database.
            inventory: by which rows were judged.
            queue: of every row, or None to read it from the row.
        """
        self._office, self._importer, self._id, self._inventory = office, importer, import_id, inventory
        self._sealer = Sealer(import_id, inventory, queue)
        self._staged = Staged()
        self._clear()

    def take(self, rows: Sequence[Values]) -> None:
        """Seal new customers, and keep known ones for the transaction."""
        number = self._inventory.record.number
        with acting_for(OFFICE), self._office.database.reading() as db:  # a file may name any queue
            self._office.catch_up(db)
            known = known_customers(db, [values[number] for values in rows])
            new = {values[number]: values for values in rows if values[number] not in known}
            erased = must_stay_out(self._office, db, self._inventory, new)
        self._staged.touches_known = self._staged.touches_known or bool(known)
        self._known += [(values, known[values[number]]) for values in rows if values[number] in known]
        self._count(Fate.KEPT_OUT, [new[name] for name in erased])
        self._seal([values for name, values in new.items() if name not in erased])
        if len(rows) < FEW or len(self._new) + len(self._known) >= STAGED_AT_ONCE:
            self._write()

    def finish(self) -> Staged:
        """Write what waits."""
        if self._new or self._known:
            self._write()
        return self._staged

    def drop(self) -> None:
        """Forget what waits."""
        self._clear()

    def _clear(self) -> None:
        self._new: list[Values] = []
        self._known: list[tuple[Values, Customer]] = []
        self._chunk = Chunk(self._id)
        self._sealed_under: object = None

    def _seal(self, rows: Sequence[Values]) -> None:
        if self._new and self._sealed_under != self._keys_now():
            self._seal_anew()
        self._sealed_under = self._keys_now()
        self._new += rows
        for values in rows:
            self._sealer.seal_new(self._office, self._chunk, values)

    def _seal_anew(self) -> None:
        """Seal what waits once more, because a rotation has come in between: it re-seals what it finds, once."""
        self._chunk = Chunk(self._id)
        self._sealer.forget_data_keys()
        for values in self._new:
            self._sealer.seal_new(self._office, self._chunk, values)

    def _keys_now(self) -> object:
        """By which keys of classes a customer would be sealed now. The master's rotation waits for imports."""
        return tuple(self._office.book.class_version(c) for c in DataClass)

    def _write(self) -> None:
        with staging(self._office, self._importer, self._id) as (db, _actor):
            if self._new and self._sealed_under != self._keys_now():
                self._seal_anew()
            again = self._sealer.seal_again(self._office, db, self._chunk, self._known)
            self._chunk.write(db)
        self._count(Fate.NEW, self._new)
        for (values, _known), fate in zip(self._known, again, strict=True):
            self._count(fate, [values])
        self._staged.uncompared = self._sealer.uncompared
        self._clear()

    def _count(self, fate: Fate, rows: Sequence[Values]) -> None:
        staged = self._staged
        if rows:
            staged.fates[fate] = staged.fates.get(fate, 0) + len(rows)
        for values in () if fate is Fate.KEPT_OUT else rows:
            queue = self._sealer.queue_of(values)
            staged.queues[queue] = staged.queues.get(queue, 0) + 1


@contextmanager
def staging(office: OpenOffice, importer: Importer, import_id: bytes) -> Iterator[tuple[Connection, ImportActor]]:
    """A transaction over what an import has staged, with all that other processes have committed before it.

    Raises:
        SessionUnknownError: the session ended while another process had its turn.
        NotAllowedError: the office has dropped this import, or whoever imports may not any more.
        AuditUnwritableError: the disk is full.
    """
    with acting_for(OFFICE), disk_explained(), office.writing() as db:
        office.catch_up(db)
        actor = importer.now(office, db)
        if not is_staged(db, import_id):
            raise import_is_over()
        table = schema.imports
        db.execute(table.update().where(table.c.id == import_id).values(alive_ms=office.clock.now_ms()))
        yield db, actor


@contextmanager
def disk_explained() -> Iterator[None]:
    """Say what a full disk means for an import."""
    try:
        yield
    except AuditUnwritableError as e:
        raise AuditUnwritableError(FULL_DISK, code="audit") from e


def import_is_over() -> NotAllowedError:
    """What whoever goes on with an import is told that runs no more."""
    return NotAllowedError("This import is not running any more; begin again.", code="import_over")


def known_customers(db: Connection, numbers: list[str]) -> dict[str, Customer]:
    """Visible customers by number."""
    table = schema.customers
    query = (
        select(table)
        .join(schema.imports, schema.imports.c.id == table.c.import_id)
        .where(schema.imports.c.committed, table.c.number.in_(numbers))
    )
    return {row.number: row for row in db.execute(query)}
