"""A customer's way in: inventory, normalise, mask, seal under the batch's data key and the customer's record key, tags.

No key holder is needed: public class keys, M and the index key are enough, and data keys are forgotten with their
batch. All or nothing: rows are staged under an uncommitted import and become visible by one flag; the first bad cell
stops sealing, and the report goes on naming bad cells.
"""

import secrets
from dataclasses import dataclass, field

from sqlalchemy import Connection, select

from app.api.messages.customers import (
    BadCell,
    ImportBegin,
    ImportBegun,
    ImportDone,
    ImportProgress,
    ImportRow,
    ImportRows,
)
from app.auth.names import queue_name
from app.backoffice import schema
from app.backoffice.import_sealing import Customer, Fate, Sealer, apply_changes
from app.backoffice.office import OpenOffice
from app.backoffice.sessions import Session, session_by_id
from app.domain.errors import InputRefusedError, NotAllowedError
from app.domain.inventory import Inventory, load_inventory
from app.sources.csv_file import UntrustedRow
from app.sources.mapping import ColumnPlan, plan_columns
from app.sources.records import ReadRow, read_row

MOST_BAD_CELLS = 1000


@dataclass(slots=True)
class _Run:
    id: bytes
    session: bytes
    inventory: Inventory
    office_inventory: bytes
    plan: ColumnPlan
    header: tuple[str, ...]
    sealer: Sealer
    dry_run: bool
    rows: int = 0
    bad: int = 0
    numbers: set[str] = field(default_factory=set)
    queues: dict[str, int] = field(default_factory=dict)
    fates: dict[Fate, int] = field(default_factory=dict)
    touches_known: bool = False


class Imports:
    """The imports that run now, by their id."""

    def __init__(self) -> None:
        """None runs yet."""
        self._runs: dict[bytes, _Run] = {}

    def begin(self, office: OpenOffice, session: Session, request: ImportBegin) -> ImportBegun:
        """Judge inventory, mapping and header; nothing is read yet.

        Raises:
            NotAllowedError: the role imports nothing.
            InventoryError: the inventory is refused, with line and reason.
            MappingError: the header or the mapping is refused.
            InputRefusedError: a required field has no column.
        """
        if not office.policy.may_import(session.role):
            raise NotAllowedError("This role brings no customers in; a supervisor does.", code="role")
        inventory = _inventory(office, request.inventory)
        plan = plan_columns(request.header, inventory, request.mapping)
        missing = [inventory.field(name) for name in plan.missing_required]
        if missing:
            names = ", ".join(f"{f.label_en} ({f.name})" for f in missing)
            raise InputRefusedError(f"No column for the required {names}. Rename a column, or give --mapping.")
        queue = queue_name(request.queue) if request.queue else None
        import_id = secrets.token_bytes(16)
        sealer = Sealer(import_id, inventory, queue)
        run = _Run(
            import_id,
            session.id,
            inventory,
            office.inventory.digest,
            plan,
            request.header,
            sealer,
            request.dry_run,
        )
        self._drop_abandoned(office)
        self._runs[run.id] = run
        if not run.dry_run:
            self._stage(office, session, run)
        collected = tuple(inventory.field(name).label_en for name in plan.collected)
        return ImportBegun(id=run.id, collected=collected, not_collected=plan.not_collected)

    def _drop_abandoned(self, office: OpenOffice) -> None:
        """Forget imports, and their data keys, whose session is over."""
        with office.writing() as db:
            for run in list(self._runs.values()):
                if session_by_id(office, db, run.session) is None:
                    _drop(db, run.id)
                    del self._runs[run.id]

    @staticmethod
    def _stage(office: OpenOffice, session: Session, run: _Run) -> None:
        now = office.clock.now_ms()
        with office.writing() as db:
            db.execute(schema.imports.insert().values(id=run.id, account=session.name, at_ms=now, committed=False))

    def rows(self, office: OpenOffice, session: Session, import_id: bytes, request: ImportRows) -> ImportProgress:
        """Judge and, if all is well so far, seal and stage up to 1,000 rows."""
        run = self._own(session, import_id)
        good, bad = [], []
        for row in request.rows:
            read, wrong = _judge(run, row)
            bad += wrong
            good.append(read)
        bad += _twice(run, good)
        run.rows += len(request.rows)
        run.bad += len(bad)
        if not run.dry_run and not run.bad:
            run.bad = 1  # a chunk that fails here leaves an import which nothing makes visible
            with office.writing() as db:
                _stage_rows(office, db, run, good)
            run.bad = 0
        return ImportProgress(rows=run.rows, bad=tuple(bad[:MOST_BAD_CELLS]))

    def commit(self, office: OpenOffice, session: Session, import_id: bytes) -> ImportDone:
        """Make everything visible, with its audit entry, or nothing.

        Raises:
            InputRefusedError: some cell was bad; the staged rows are gone.
        """
        run = self._own(session, import_id)
        if run.bad or run.dry_run or not run.rows:
            self.cancel(office, session, import_id)
            raise InputRefusedError("Nothing was imported.", code="bad_cells")
        table = schema.imports
        with office.writing() as db:
            _check_still_fits(office, db, run)
            if office.inventory.digest != run.inventory.digest:
                office.set_inventory(db, run.inventory)
            apply_changes(db, run.id)
            db.execute(
                table.update().where(table.c.id == run.id).values(committed=True, committed_ms=office.clock.now_ms())
            )
            fates = " ".join(f"{fate}={run.fates.get(fate, 0)}" for fate in Fate)
            detail = f"rows={run.rows} {fates} inventory={run.inventory.digest.hex()[:16]}"
            number = office.log.append(db, "import", reference=run.id.hex(), detail=detail, **session.log_fields())
        del self._runs[import_id]
        queues = tuple((name, count, _agents_of(office, name)) for name, count in sorted(run.queues.items()))
        return ImportDone(
            rows=run.rows,
            new=run.fates.get(Fate.NEW, 0),
            changed=run.fates.get(Fate.CHANGED, 0),
            unchanged=run.fates.get(Fate.UNCHANGED, 0),
            uncompared=run.sealer.uncompared,
            queues=queues,
            audit_entry=number,
        )

    def cancel(self, office: OpenOffice, session: Session, import_id: bytes) -> None:
        """Stop and leave nothing behind; a refusal of a real import is logged."""
        run = self._own(session, import_id)
        with office.writing() as db:
            _drop(db, run.id)
            if not run.dry_run:
                detail = f"rows={run.rows} bad={run.bad}"
                office.log.append(
                    db, "import", "refused", reference=run.id.hex(), detail=detail, **session.log_fields()
                )
        del self._runs[import_id]

    def _own(self, session: Session, import_id: bytes) -> _Run:
        run = self._runs.get(import_id)
        if run is None or run.session != session.id:
            raise NotAllowedError("This import is not running any more; begin again.", code="import_over")
        return run


def _inventory(office: OpenOffice, text: str | None) -> Inventory:
    """The inventory of this import: the office's, or a new one that changes no class of a field in use."""
    if text is None:
        return office.inventory
    new, old = load_inventory(text), office.inventory
    with office.database.reading() as db:
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


def _judge(run: _Run, row: ImportRow) -> tuple[ReadRow, list[BadCell]]:
    if len(row.cells) != len(run.header):
        raise InputRefusedError(f"Line {row.line} has {len(row.cells)} cells where the header has {len(run.header)}.")
    read = read_row(UntrustedRow(row.line, row.cells), run.plan, run.inventory, run.header)
    bad = [BadCell(line=b.line, column=b.column, reason=b.sentence) for b in read.bad]
    try:
        run.sealer.queue_of(dict(read.values))
    except InputRefusedError as e:
        column = run.header[run.plan.collected[run.inventory.record.queue]]
        bad.append(BadCell(line=row.line, column=column, reason=e.message))
    return read, bad


def _twice(run: _Run, rows: list[ReadRow]) -> list[BadCell]:
    """Customer numbers that stand twice in the file."""
    number_field, bad = run.inventory.record.number, []
    column = run.header[run.plan.collected[number_field]]
    for read in rows:
        number = read.values.get(number_field)
        if number in run.numbers:
            bad.append(BadCell(line=read.line, column=column, reason="This number stands twice in the file"))
        elif number is not None:
            run.numbers.add(number)
    return bad


def _stage_rows(office: OpenOffice, db: Connection, run: _Run, rows: list[ReadRow]) -> None:
    """Seal a chunk: new customers, and what differs of known ones."""
    number_field = run.inventory.record.number
    known = _known(db, [read.values[number_field] for read in rows])
    for read in rows:
        customer = known.get(read.values[number_field])
        if customer is None:
            fate = run.sealer.seal_new(office, db, read)
        else:
            fate = run.sealer.seal_again(office, db, read, customer)
            run.touches_known = True
        run.fates[fate] = run.fates.get(fate, 0) + 1
        queue = run.sealer.queue_of(dict(read.values))
        run.queues[queue] = run.queues.get(queue, 0) + 1


def _known(db: Connection, numbers: list[str]) -> dict[str, Customer]:
    """Visible customers by number."""
    table = schema.customers
    query = (
        select(table)
        .join(schema.imports, schema.imports.c.id == table.c.import_id)
        .where(schema.imports.c.committed, table.c.number.in_(numbers))
    )
    return {row.number: row for row in db.execute(query)}


def _check_still_fits(office: OpenOffice, db: Connection, run: _Run) -> None:
    """Refuse to make visible what another import, committed since `begin`, has overtaken.

    Raises:
        InputRefusedError: another import was committed meanwhile that touches the inventory or the same customers.
    """
    table, own = schema.customers, schema.customers.alias()
    query = (
        select(table.c.id)
        .join(schema.imports, schema.imports.c.id == table.c.import_id)
        .join(own, own.c.number == table.c.number)
        .where(schema.imports.c.committed, own.c.import_id == run.id)
    )
    moved = office.inventory.digest != run.office_inventory
    stale = run.touches_known and _others_since(db, run)
    if moved or stale or db.execute(query.limit(1)).first() is not None:
        raise InputRefusedError(
            "Another import came in meanwhile; nothing was imported. Begin again.", code="overtaken"
        )


def _others_since(db: Connection, run: _Run) -> bool:
    """Whether another import was committed since this one began, which known customers may have changed by."""
    began = select(schema.imports.c.at_ms).where(schema.imports.c.id == run.id).scalar_subquery()
    table = schema.imports.c
    query = select(table.id).where(table.committed, table.committed_ms >= began, table.id != run.id)
    return db.execute(query.limit(1)).first() is not None


def _agents_of(office: OpenOffice, queue: str) -> int:
    accounts = office.book.accounts()
    return sum(a.state == "active" and a.role == "agent" and (queue in a.queues or "*" in a.queues) for a in accounts)


def _drop(db: Connection, import_id: bytes) -> None:
    for table in (schema.sealed_values, schema.data_keys, schema.customer_changes, schema.customers):
        db.execute(table.delete().where(table.c.import_id == import_id))
    db.execute(schema.imports.delete().where(schema.imports.c.id == import_id))


def sweep_unfinished(db: Connection) -> None:
    """Remove what an import left that never got its commit."""
    rows = db.execute(select(schema.imports.c.id).where(schema.imports.c.committed.is_(False))).all()
    for row in rows:
        _drop(db, row.id)
