"""A customer's way in: inventory, normalise, mask, seal under the batch's data key and the customer's record key, tags.

One `Import` is one file, in a process of its own (`docs/adr/0015-imports-in-their-own-process.md`): rows, data keys and
record keys die with it. No key holder is needed: public class keys, M and the index key are enough. All or nothing:
rows are staged under an uncommitted import and become visible by one flag; the first bad cell stops sealing, and the
report goes on naming bad cells. Session, book and inventory are judged anew in each step: other processes write, too.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Lock

from sqlalchemy import Connection, select

from app.api.messages.customers import BadCell, ImportBegin, ImportDone, ImportProgress, ImportRow, ImportRows
from app.auth.names import queue_name
from app.backoffice import schema
from app.backoffice.acting import OFFICE, acting_for
from app.backoffice.customer_sync import next_change
from app.backoffice.erasure.suppression import how_many
from app.backoffice.import_actors import ImportActor, Importer
from app.backoffice.import_leftovers import withdraw
from app.backoffice.import_sealing import Fate, apply_changes, queue_of
from app.backoffice.import_staging import Staged, Stager, StagerHere, disk_explained, import_is_over, staging
from app.backoffice.office import OpenOffice, SessionUnknownError
from app.backoffice.source_marks import keep_mark
from app.domain.errors import InputRefusedError, NotAllowedError
from app.domain.inventory import Inventory
from app.domain.inventory_reader import load_inventory
from app.domain.role import Role
from app.sources.csv_file import UntrustedRow
from app.sources.mapping import ColumnPlan, plan_columns
from app.sources.records import ReadRow, read_row

MOST_BAD_CELLS = 1000


@dataclass(frozen=True, slots=True)
class Judged:
    """An import that may begin.

    Attributes:
        inventory: by which its rows are read.
        plan: which column is which field.
        queue: of every row, or None to read it from the row.
    """

    inventory: Inventory
    plan: ColumnPlan
    queue: str | None

    @property
    def collected(self) -> tuple[str, ...]:
        """Labels of what comes in."""
        return tuple(self.inventory.field(name).label_en for name in self.plan.collected)


@dataclass(slots=True)
class _Counts:
    rows: int = 0
    bad: int = 0
    numbers: set[str] = field(default_factory=set)


def judge(office: OpenOffice, role: Role, request: ImportBegin) -> Judged:
    """Judge role, inventory, mapping and header; nothing is read yet.

    Raises:
        NotAllowedError: the role imports nothing.
        InventoryError: the inventory is refused, with line and reason.
        MappingError: the header or the mapping is refused.
        InputRefusedError: a required field has no column.
    """
    if not office.policy.may_import(role):
        raise NotAllowedError("This role brings no customers in; a supervisor does.", code="role")
    inventory = _inventory(office, request.inventory)
    plan = plan_columns(request.header, inventory, request.mapping)
    missing = [inventory.field(name) for name in plan.missing_required]
    if missing:
        names = ", ".join(f"{f.label_en} ({f.name})" for f in missing)
        raise InputRefusedError(f"No column for the required {names}. Rename a column, or give --mapping.")
    return Judged(inventory, plan, queue_name(request.queue) if request.queue else None)


class Import:
    """One import, from its header to its commit. Steps come one at a time, from whatever thread."""

    def __init__(
        self,
        office: OpenOffice,
        importer: Importer,
        import_id: bytes,
        request: ImportBegin,
        stager: Callable[[Stager], Stager] = lambda here: here,
    ) -> None:
        """Judge again, in the process that will read the rows, and stage the import.

        Args:
            office: the open office.
            importer: on whose right.
            import_id: 16 random bytes.
            request: header, mapping, inventory.
            stager: takes what seals and stages here, and gives what shall do it.

        Raises:
            TiraiError: as `judge` does; or whoever imports may not any more, or the disk is full.
        """
        self.id = import_id
        self._office, self._importer, self._lock = office, importer, Lock()
        self._over = False
        self._header, self._dry_run, self._counts = request.header, request.dry_run, _Counts()
        self._source, self._mark = request.source or "", ""
        with office.database.reading() as db:
            who = self._actor(db)
            self._suppressed = how_many(db)
        self._who = dict(who.log_fields)
        judged = judge(office, who.role, request)
        self._inventory, self._plan = judged.inventory, judged.plan
        self._office_inventory = office.inventory.digest
        self._queue = judged.queue
        self._stager = stager(StagerHere(office, importer, import_id, judged.inventory, judged.queue))
        if not self._dry_run:
            with disk_explained(), office.writing() as db:
                now_ms = office.clock.now_ms()
                row = {"id": import_id, "account": who.name, "at_ms": now_ms, "committed": False, "alive_ms": now_ms}
                row["masters"] = ",".join(map(str, sorted(office.keys.master)))
                db.execute(schema.imports.insert().values(row))

    @property
    def not_collected(self) -> tuple[str, ...]:
        """Headers of the columns that nobody reads."""
        return self._plan.not_collected

    @property
    def is_over(self) -> bool:
        """Whether it was committed or stopped."""
        return self._over

    def session_lives(self) -> bool:
        """Whether whoever began it may still go on."""
        try:
            with self._lock, self._office.database.reading() as db:
                self._actor(db)
        except (SessionUnknownError, NotAllowedError):
            return False
        return True

    def rows(self, request: ImportRows) -> ImportProgress:
        """Judge and, if all is well so far, seal and stage up to 1,000 rows; note how far their source was read."""
        with self._step():
            counts, good, bad = self._counts, [], []
            for row in request.rows:
                read, wrong = self._judge(row)
                bad += wrong
                good.append(read)
            bad += self._twice(good)
            counts.rows += len(request.rows)
            counts.bad += len(bad)
            self._mark = request.mark or self._mark
            if good and not self._dry_run and not counts.bad:
                counts.bad = 1  # a chunk that fails here leaves an import which nothing makes visible
                self._stager.take([read.values for read in good])
                counts.bad = 0
            return ImportProgress(rows=counts.rows, bad=tuple(bad[:MOST_BAD_CELLS]))

    def commit(self) -> ImportDone:
        """Make everything visible, with its audit entry, or nothing.

        Raises:
            InputRefusedError: some cell was bad, and the staged rows are gone; or another import came in between.
        """
        with self._step():
            counts = self._counts
            if counts.bad or self._dry_run or not counts.rows:
                self._withdraw()
                raise InputRefusedError("Nothing was imported.", code="bad_cells")
            staged = self._stager.finish()
            with staging(self._office, self._importer, self.id) as (db, actor):
                number = self._make_visible(db, actor, staged)
            self._over = True
            return self._done(number, staged)

    def cancel(self) -> None:
        """Stop and leave nothing behind; a refusal of a real import is logged. Also without its session."""
        with self._lock:
            if not self._over:
                self._withdraw()

    @contextmanager
    def _step(self) -> Iterator[None]:
        with self._lock:
            if self._over:
                raise import_is_over()
            with self._office.database.reading() as db:
                self._actor(db)
            yield

    def _actor(self, db: Connection) -> ImportActor:
        """Whose import this is, as database and book have it now.

        Raises:
            SessionUnknownError: their session is over.
            NotAllowedError: they may import nothing any more.
        """
        self._office.catch_up(db)
        return self._importer.now(self._office, db)

    def _withdraw(self) -> None:
        self._over = True
        self._stager.drop()
        if not self._dry_run:
            with disk_explained():
                withdraw(self._office, self.id, self._who, f"rows={self._counts.rows} bad={self._counts.bad}")

    def _judge(self, row: ImportRow) -> tuple[ReadRow, list[BadCell]]:
        if len(row.cells) != len(self._header):
            raise InputRefusedError(
                f"Line {row.line} has {len(row.cells)} cells where the header has {len(self._header)}."
            )
        read = read_row(UntrustedRow(row.line, row.cells), self._plan, self._inventory, self._header)
        bad = [BadCell(line=b.line, column=b.column, reason=b.sentence) for b in read.bad]
        try:
            queue_of(self._inventory, self._queue, read.values)
        except InputRefusedError as e:
            column = self._header[self._plan.collected[self._inventory.record.queue]]
            bad.append(BadCell(line=row.line, column=column, reason=e.message))
        return read, bad

    def _twice(self, rows: list[ReadRow]) -> list[BadCell]:
        """Customer numbers that stand twice in the file."""
        number_field, bad, seen = self._inventory.record.number, [], self._counts.numbers
        column = self._header[self._plan.collected[number_field]]
        for read in rows:
            number = read.values.get(number_field)
            if number in seen:
                bad.append(BadCell(line=read.line, column=column, reason="This number stands twice in the file"))
            elif number is not None:
                seen.add(number)
        return bad

    def _make_visible(self, db: Connection, actor: ImportActor, staged: Staged) -> int:
        office, counts, table = self._office, self._counts, schema.imports
        self._check_still_fits(db, staged)
        if office.inventory.digest != self._inventory.digest:
            office.set_inventory(db, self._inventory)
        change = next_change(db)
        apply_changes(db, self.id, change)
        visible = {"committed": True, "committed_ms": office.clock.now_ms(), "change": change}
        db.execute(table.update().where(table.c.id == self.id).values(visible))
        fates = " ".join(f"{fate}={staged.fates.get(fate, 0)}" for fate in Fate)
        detail = f"rows={counts.rows} {fates} inventory={self._inventory.digest.hex()[:16]}"
        if self._source:
            detail += f" source={self._source}"
        if self._source and self._mark:
            keep_mark(db, self._source, self._mark, self.id)
        return office.log.append(db, "import", reference=self.id.hex(), detail=detail, **actor.log_fields)

    def _check_still_fits(self, db: Connection, staged: Staged) -> None:
        """Refuse to make visible what another import, committed since the beginning, has overtaken.

        Raises:
            InputRefusedError: another import was committed meanwhile that touches the inventory or the same customers,
                or somebody has edited one of them, or one was erased.
        """
        table, own = schema.customers, schema.customers.alias()
        query = (
            select(table.c.id)
            .join(schema.imports, schema.imports.c.id == table.c.import_id)
            .join(own, own.c.number == table.c.number)
            .where(schema.imports.c.committed, own.c.import_id == self.id)
        )
        moved = self._office.inventory.digest != self._office_inventory
        stale = staged.touches_known and (_others_since(db, self.id) or _edited_since(db, self.id))
        if moved or stale or how_many(db) != self._suppressed or db.execute(query.limit(1)).first() is not None:
            raise InputRefusedError(
                "These customers were changed meanwhile; nothing was imported. Begin again.", code="overtaken"
            )

    def _done(self, number: int, staged: Staged) -> ImportDone:
        return ImportDone(
            rows=self._counts.rows,
            new=staged.fates.get(Fate.NEW, 0),
            changed=staged.fates.get(Fate.CHANGED, 0),
            unchanged=staged.fates.get(Fate.UNCHANGED, 0),
            uncompared=staged.uncompared,
            kept_out=staged.fates.get(Fate.KEPT_OUT, 0),
            queues=tuple((q, count, _agents_of(self._office, q)) for q, count in sorted(staged.queues.items())),
            audit_entry=number,
        )


def _inventory(office: OpenOffice, text: str | None) -> Inventory:
    """The inventory of this import: the office's, or a new one that changes no class of a field in use."""
    if text is None:
        return office.inventory
    new, old = load_inventory(text), office.inventory
    with acting_for(OFFICE), office.database.reading() as db:  # customers of any queue
        used = db.execute(select(schema.customers.c.id).limit(1)).first() is not None
    if not used:
        return new
    for known in old.fields:
        if not new.has(known.name) or new.field(known.name).data_class is not known.data_class:
            raise InputRefusedError(
                f"This inventory drops {known.name} or gives it another class, and customers hold it already. "
                "Keep the field as it was."
            )
    return new


def _others_since(db: Connection, import_id: bytes) -> bool:
    """Whether another import was committed since this one began, which known customers may have changed by."""
    began = select(schema.imports.c.at_ms).where(schema.imports.c.id == import_id).scalar_subquery()
    table = schema.imports.c
    others = (table.id != import_id, table.kind == "import")
    query = select(table.id).where(table.committed, table.committed_ms >= began, *others)
    return db.execute(query.limit(1)).first() is not None


def _edited_since(db: Connection, import_id: bytes) -> bool:
    """Whether somebody has meanwhile edited a customer that this import changes, too."""
    began = select(schema.imports.c.at_ms).where(schema.imports.c.id == import_id).scalar_subquery()
    edits, staged = schema.edits, schema.customer_changes
    query = (
        select(edits.c.id)
        .join(schema.imports, schema.imports.c.id == edits.c.id)
        .join(staged, staged.c.record == edits.c.record)
        .where(staged.c.import_id == import_id, schema.imports.c.committed_ms >= began)
    )
    return db.execute(query.limit(1)).first() is not None


def _agents_of(office: OpenOffice, queue: str) -> int:
    accounts = office.book.accounts()
    return sum(a.state == "active" and a.role == "agent" and (queue in a.queues or "*" in a.queues) for a in accounts)
