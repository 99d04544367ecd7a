"""A customer's way in: inventory, normalise, mask, seal under the batch's data key and the customer's record key, tags.

No key holder is needed: public class keys, M and the index key are enough, and data keys are forgotten with their
batch. All or nothing: rows are staged under an uncommitted import and become visible by one flag; the first bad cell
stops sealing, and the report goes on naming bad cells.
"""

import json
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
from app.backoffice.office import OpenOffice
from app.backoffice.sessions import Session, session_by_id
from app.crypto.values import BoxedDataKey, DataKey, lookup_tag, new_data_key, seal_value, verify_tag
from app.domain.data_class import DataClass
from app.domain.errors import InputRefusedError, NotAllowedError
from app.domain.field import Field, Search
from app.domain.inventory import Inventory, load_inventory
from app.domain.masks import mask_of
from app.sources.csv_file import UntrustedRow
from app.sources.mapping import ColumnPlan, plan_columns
from app.sources.records import ReadRow, read_row, verify_form

DEFAULT_QUEUE = "general"
MOST_BAD_CELLS = 1000


@dataclass(slots=True)
class _Batch:
    """Data keys of at most `import_batch_records` records, one per class; dropped when it is full."""

    keys: dict[DataClass, DataKey] = field(default_factory=dict)
    records: int = 0


@dataclass(slots=True)
class _Run:
    id: bytes
    session: bytes
    inventory: Inventory
    office_inventory: bytes
    plan: ColumnPlan
    header: tuple[str, ...]
    queue: str | None
    dry_run: bool
    batch: _Batch = field(default_factory=_Batch)
    rows: int = 0
    bad: int = 0
    numbers: set[str] = field(default_factory=set)
    queues: dict[str, int] = field(default_factory=dict)


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
        run = _Run(
            secrets.token_bytes(16),
            session.id,
            inventory,
            office.inventory.digest,
            plan,
            request.header,
            queue,
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
        bad += _known_numbers(office, run, good)
        run.rows += len(request.rows)
        run.bad += len(bad)
        if not run.dry_run and not run.bad:
            run.bad = 1  # a chunk that fails here leaves an import which nothing makes visible
            with office.writing() as db:
                for read in good:
                    _seal_customer(office, db, run, read)
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
            db.execute(table.update().where(table.c.id == run.id).values(committed=True))
            detail = f"rows={run.rows} queues={len(run.queues)} inventory={run.inventory.digest.hex()[:16]}"
            number = office.log.append(db, "import", reference=run.id.hex(), detail=detail, **session.log_fields())
        del self._runs[import_id]
        queues = tuple((name, count, _agents_of(office, name)) for name, count in sorted(run.queues.items()))
        return ImportDone(rows=run.rows, queues=queues, audit_entry=number)

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
        _queue(run, read.values)
    except InputRefusedError as e:
        column = run.header[run.plan.collected[run.inventory.record.queue]]
        bad.append(BadCell(line=row.line, column=column, reason=e.message))
    return read, bad


def _known_numbers(office: OpenOffice, run: _Run, rows: list[ReadRow]) -> list[BadCell]:
    """Customer numbers that stand twice in the file or in the office already."""
    number_field, bad, fresh = run.inventory.record.number, [], []
    column = run.header[run.plan.collected[number_field]]
    for read in rows:
        number = read.values.get(number_field)
        if number in run.numbers:
            bad.append(BadCell(line=read.line, column=column, reason="This number stands twice in the file"))
        elif number is not None:
            run.numbers.add(number)
            fresh.append((number, read.line))
    table = schema.customers
    query = (
        select(table.c.number)
        .join(schema.imports, schema.imports.c.id == table.c.import_id)
        .where(schema.imports.c.committed, table.c.number.in_([n for n, _ in fresh]))
    )
    with office.database.reading() as db:
        known = {row.number for row in db.execute(query)}
    return bad + [
        BadCell(line=line, column=column, reason="This number is in the office already")
        for number, line in fresh
        if number in known
    ]


def _check_still_fits(office: OpenOffice, db: Connection, run: _Run) -> None:
    """Refuse to make visible what another import, committed since `begin`, has overtaken.

    Raises:
        InputRefusedError: the inventory changed, or a number came in meanwhile.
    """
    table, own = schema.customers, schema.customers.alias()
    query = (
        select(table.c.id)
        .join(schema.imports, schema.imports.c.id == table.c.import_id)
        .join(own, own.c.number == table.c.number)
        .where(schema.imports.c.committed, own.c.import_id == run.id)
    )
    if office.inventory.digest != run.office_inventory or db.execute(query.limit(1)).first() is not None:
        raise InputRefusedError(
            "Another import came in meanwhile; nothing was imported. Begin again.", code="overtaken"
        )


def _seal_customer(office: OpenOffice, db: Connection, run: _Run, read: ReadRow) -> None:
    inventory, values = run.inventory, read.values
    record, record_key = secrets.token_bytes(16), secrets.token_bytes(32)
    city = values.get(inventory.record.city, "") if inventory.record.city else ""
    sealed = [f for f in inventory.sealed_fields if f.name in values]
    masks = {f.name: (m.before, m.after, m.pleats) for f in sealed for m in (mask_of(f, values[f.name], city),)}
    version, wrapped = office.keys.wrap_record_key(record, record_key)
    queue = _queue(run, values)
    db.execute(
        schema.customers.insert().values(
            record=record,
            number=values[inventory.record.number],
            queue=queue,
            open_fields=json.dumps({f.name: values[f.name] for f in inventory.open_fields if f.name in values}),
            masks=json.dumps(masks),
            master_version=version,
            record_key=wrapped,
            import_id=run.id,
        )
    )
    _start_batch(office, run)
    rows = [_sealed_row(office, db, run, f, values[f.name], record, record_key) for f in sealed]
    if rows:
        db.execute(schema.sealed_values.insert(), rows)
    run.batch.records += 1
    run.queues[queue] = run.queues.get(queue, 0) + 1


def _queue(run: _Run, values: dict[str, str] | object) -> str:
    named = values.get(run.inventory.record.queue, "") if isinstance(values, dict) else ""
    return run.queue or (queue_name(named) if named else DEFAULT_QUEUE)


def _start_batch(office: OpenOffice, run: _Run) -> None:
    if run.batch.records >= office.policy.import_batch_records:
        run.batch = _Batch()


def _data_key(office: OpenOffice, db: Connection, run: _Run, data_class: DataClass) -> DataKey:
    """The batch's data key of a class; the first use of it in a batch makes and stores its box."""
    if data_class not in run.batch.keys:
        version = office.book.class_version(data_class)
        public = office.book.class_public(data_class, version)
        key, boxed = new_data_key(office.id, data_class.value, version, public)
        store_data_key(db, boxed, run.id)
        run.batch.keys[data_class] = key
    return run.batch.keys[data_class]


def store_data_key(db: Connection, boxed: BoxedDataKey, import_id: bytes | None) -> None:
    """Keep a boxed data key."""
    db.execute(
        schema.data_keys.insert().values(
            batch=boxed.batch,
            data_class=boxed.data_class,
            version=boxed.version,
            box=boxed.box,
            check=boxed.check,
            import_id=import_id,
        )
    )


def _sealed_row(
    office: OpenOffice, db: Connection, run: _Run, field_: Field, value: str, record: bytes, record_key: bytes
) -> dict[str, object]:
    form = verify_form(field_.kind, value)
    exact = field_.search is Search.EXACT
    data_class = field_.data_class.value
    data_key = _data_key(office, db, run, field_.data_class)
    return {
        "record": record,
        "field": field_.name,
        "version": 1,
        "data_class": data_class,
        "blob": seal_value(office.id, data_key, record_key, record, field_.name, data_class, value),
        "verify_tag": verify_tag(record_key, field_.name, form) if field_.verify else None,
        "lookup_tag": lookup_tag(office.keys.index_key, field_.kind.value, form) if exact else None,
        "import_id": run.id,
    }


def _agents_of(office: OpenOffice, queue: str) -> int:
    accounts = office.book.accounts()
    return sum(a.state == "active" and a.role == "agent" and (queue in a.queues or "*" in a.queues) for a in accounts)


def _drop(db: Connection, import_id: bytes) -> None:
    for table in (schema.sealed_values, schema.data_keys, schema.customers):
        db.execute(table.delete().where(table.c.import_id == import_id))
    db.execute(schema.imports.delete().where(schema.imports.c.id == import_id))


def sweep_unfinished(db: Connection) -> None:
    """Remove what an import left that never got its commit."""
    rows = db.execute(select(schema.imports.c.id).where(schema.imports.c.committed.is_(False))).all()
    for row in rows:
        _drop(db, row.id)
