"""Sealing what an import brings: new customers, and newer versions of what known ones have.

Data keys live in a `Batch` of at most `import_batch_records` records and are forgotten with it. A known customer keeps
record and record key; a changed value becomes a new version beside the old one. The office cannot open what it keeps,
so it compares by verify tags; a field without one (`special`, long text) is written anew without comparison, and the
report says so. An empty cell changes nothing: a row, or a cell, that is missing is not a deletion.
"""

import json
import secrets
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from typing import Any

from sqlalchemy import Connection, Dialect, Row, func, literal, select

from app.api.messages.customers import MaskText
from app.auth.names import queue_name
from app.backoffice import schema
from app.backoffice.customers import record_key
from app.backoffice.erasure.suppression import must_stay_out
from app.backoffice.office import OpenOffice
from app.crypto.derive import same
from app.crypto.mac_key import MacKey
from app.crypto.values import BoxedDataKey, RecordSealer, lookup_tag, new_data_key
from app.domain.data_class import DataClass
from app.domain.field import Field, Search
from app.domain.inventory import Inventory
from app.domain.masks import mask_of
from app.sources.records import ReadRow, verify_form

DEFAULT_QUEUE = "general"
RECORD_BYTES = 16
_SHELF_BYTES = 4
_SHELF = 1_000
"""Records that begin with the same `_SHELF_BYTES`; the other twelve are random for each."""

Customer = Row[tuple[object, ...]]


class Fate(StrEnum):
    """What became of a row."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    KEPT_OUT = "kept_out"
    """Of somebody who was erased: nothing of it is taken."""


@dataclass(slots=True)
class Batch:
    """Data keys of at most `import_batch_records` records, one per class and version of its key; dropped when full."""

    keys: dict[tuple[DataClass, int], tuple[bytes, MacKey]] = field(default_factory=dict)
    records: int = 0


@dataclass(slots=True)
class Chunk:
    """What rows come to, gathered so that each table takes one statement.

    Attributes:
        import_id: of whose import.
        customers: rows of new customers.
        changes: rows of known ones that change.
        data_keys: boxed data keys that nothing has stored yet.
        values: rows of sealed values, in the order of `_VALUE_COLUMNS`.
        class_versions: newest version of each class's key; when the book moves on, another chunk is begun.
    """

    import_id: bytes
    customers: list[dict[str, object]] = field(default_factory=list)
    changes: list[dict[str, object]] = field(default_factory=list)
    data_keys: list[BoxedDataKey] = field(default_factory=list)
    values: list[tuple[object, ...]] = field(default_factory=list)
    class_versions: dict[DataClass, int] = field(default_factory=dict)

    def write(self, db: Connection) -> None:
        """Stage it all."""
        for boxed in self.data_keys:
            store_data_key(db, boxed, self.import_id)
        for table, rows in ((schema.customers, self.customers), (schema.customer_changes, self.changes)):
            if rows:
                db.execute(table.insert(), rows)
        if self.values:
            db.exec_driver_sql(_insert_values(db.dialect), self.values)


@dataclass(slots=True)
class Sealer:
    """Seals the rows of one import.

    Attributes:
        import_id: which import.
        inventory: its inventory.
        queue: queue of every row, or None to read it from the row.
        batch: the data keys in use.
        uncompared: values that were written anew because nothing compares them.
    """

    import_id: bytes
    inventory: Inventory
    queue: str | None
    batch: Batch = field(default_factory=Batch)
    uncompared: int = 0
    _shelf: bytes = b""
    _on_shelf: int = 0

    def _next_record(self) -> bytes:
        """A new customer's record id, which nobody can guess.

        A thousand that come one after the other begin alike, so that their rows lie together in the database's indexes:
        a page is encrypted for each transaction that touches it. That they came together is no secret in there; each
        row names its import.
        """
        if not self._on_shelf:
            self._shelf, self._on_shelf = secrets.token_bytes(_SHELF_BYTES), _SHELF
        self._on_shelf -= 1
        return self._shelf + secrets.token_bytes(RECORD_BYTES - _SHELF_BYTES)

    def forget_data_keys(self) -> None:
        """Begin another batch: boxes that were not written are for nobody."""
        self.batch = Batch()

    def queue_of(self, values: Mapping[str, str]) -> str:
        """The queue of a row; see `queue_of`."""
        return queue_of(self.inventory, self.queue, values)

    def seal(
        self, office: OpenOffice, db: Connection, rows: Sequence[ReadRow], known: Mapping[str, Customer]
    ) -> list[Fate]:
        """Stage a chunk: customers that the office does not have, and what differs of those it has.

        Args:
            office: the open office.
            db: the transaction.
            rows: each number once.
            known: visible customers by number.

        Returns:
            What became of each row.
        """
        number, chunk = self.inventory.record.number, Chunk(self.import_id)
        new = {read.values[number]: read.values for read in rows if read.values[number] not in known}
        erased = must_stay_out(office, db, self.inventory, new)
        again = [(read.values, known[read.values[number]]) for read in rows if read.values[number] in known]
        fates = dict(zip((v[number] for v, _known in again), self.seal_again(office, db, chunk, again), strict=True))
        for name, values in new.items():
            fates[name] = Fate.KEPT_OUT if name in erased else self.seal_new(office, chunk, values)
        chunk.write(db)
        return [fates[read.values[number]] for read in rows]

    def seal_new(self, office: OpenOffice, chunk: Chunk, values: Mapping[str, str]) -> Fate:
        """Gather a customer whom the office does not have."""
        inventory = self.inventory
        record, key = self._next_record(), secrets.token_bytes(32)
        version, wrapped = office.keys.wrap_record_key(record, key)
        sealed = [f for f in inventory.sealed_fields if f.name in values]
        chunk.customers.append(
            {
                "record": record,
                "number": values[inventory.record.number],
                "queue": self.queue_of(values),
                "open_fields": json.dumps({f.name: values[f.name] for f in inventory.open_fields if f.name in values}),
                "masks": json.dumps(self._masks(sealed, values, values)),
                "master_version": version,
                "record_key": wrapped,
                "import_id": self.import_id,
            }
        )
        sealer = RecordSealer(office.id, record, key)
        self._add_values(office, chunk, [(f, 1) for f in sealed], values, record, sealer, {})
        return Fate.NEW

    def seal_again(
        self, office: OpenOffice, db: Connection, chunk: Chunk, rows: Sequence[tuple[Mapping[str, str], Customer]]
    ) -> list[Fate]:
        """Gather what differs of customers whom the office has, in the transaction that will write it.

        Args:
            office: the open office.
            db: the transaction.
            chunk: takes it.
            rows: values as they came, and the visible customer whose they are; each customer once.
        """
        records = [known.record for _values, known in rows]
        newest, versions = _newest(db, records), _next_versions(db, records)
        return [
            self._seal_again(office, chunk, values, known, newest.get(known.record, {}), versions.get(known.record, {}))
            for values, known in rows
        ]

    def _seal_again(
        self,
        office: OpenOffice,
        chunk: Chunk,
        values: Mapping[str, str],
        known: Customer,
        newest: Mapping[str, bytes | None],
        next_version: Mapping[str, int],
    ) -> Fate:
        """What was there stays as an older version."""
        inventory, record = self.inventory, known.record
        sealer = RecordSealer(office.id, record, record_key(office, known))
        changed, anew = self._compare(sealer, values, newest)
        old_open = json.loads(known.open_fields)
        new_open = old_open | {f.name: values[f.name] for f in inventory.open_fields if f.name in values}
        queue = self.queue_of(values) if self.queue or values.get(inventory.record.queue) else known.queue
        shown = {**new_open, **values}
        old_masks = json.loads(known.masks)
        masks = old_masks | self._masks([*changed, *anew], values, shown)
        differs = bool(changed) or new_open != old_open or queue != known.queue
        self.uncompared += len(anew)
        if differs or anew:
            chunk.changes.append(
                {
                    "import_id": self.import_id,
                    "record": record,
                    "queue": queue,
                    "open_fields": json.dumps(new_open),
                    "masks": json.dumps(masks),
                }
            )
            versions = [(f, next_version.get(f.name, 1)) for f in (*changed, *anew)]
            self._add_values(office, chunk, versions, values, record, sealer, old_masks)
        return Fate.CHANGED if differs else Fate.UNCHANGED

    def seal_edit(self, office: OpenOffice, db: Connection, known: Customer, edited: Field, value: str) -> MaskText:
        """A newer version of one sealed field, under a data key of its own; what was there stays as an older one.

        Nothing is compared: whoever types a value learns nothing of the one that is there.

        Returns:
            The mask of the new version.
        """
        record, chunk = known.record, Chunk(self.import_id)
        old_masks, values = json.loads(known.masks), {edited.name: value}
        mask = self._masks([edited], values, json.loads(known.open_fields))[edited.name]
        version = _next_versions(db, [record]).get(record, {}).get(edited.name, 1)
        sealer = RecordSealer(office.id, record, record_key(office, known))
        self._add_values(office, chunk, [(edited, version)], values, record, sealer, old_masks)
        chunk.write(db)
        table, masks = schema.customers, json.dumps(old_masks | {edited.name: mask})
        db.execute(table.update().where(table.c.record == record).values(masks=masks))
        return mask

    def empty(self, db: Connection, known: Customer, emptied: Field) -> None:
        """A newer version of one sealed field without a value: no blob, no tag, no mask; what was there stays."""
        record, masks = known.record, json.loads(known.masks)
        version, before = _next_versions(db, [record])[record][emptied.name], masks.pop(emptied.name, None)
        kept = json.dumps(before) if before is not None else None
        row = (record, emptied.name, version, emptied.data_class.value, b"", None, None, self.import_id, kept)
        Chunk(self.import_id, values=[row]).write(db)
        table = schema.customers
        db.execute(table.update().where(table.c.record == record).values(masks=json.dumps(masks)))

    def _compare(
        self, sealer: RecordSealer, values: Mapping[str, str], newest: Mapping[str, bytes | None]
    ) -> tuple[list[Field], list[Field]]:
        """Sealed fields that differ, and those that nothing compares."""
        changed, anew = [], []
        for field_ in self.inventory.sealed_fields:
            if field_.name not in values:
                continue
            tag = newest.get(field_.name, b"")
            if tag is None or (tag and not field_.verify):
                anew.append(field_)
            elif not same(tag, sealer.verify_tag(field_.name, verify_form(field_.kind, values[field_.name]))):
                changed.append(field_)
        return changed, anew

    def _masks(self, fields: list[Field], values: Mapping[str, str], shown: Mapping[str, str]) -> dict[str, MaskText]:
        city_field = self.inventory.record.city
        city = shown.get(city_field, "") if city_field else ""
        masks = {f.name: mask_of(f, values[f.name], city) for f in fields}
        return {name: (m.before, m.after, m.pleats) for name, m in masks.items()}

    def _add_values(
        self,
        office: OpenOffice,
        chunk: Chunk,
        versions: list[tuple[Field, int]],
        values: Mapping[str, str],
        record: bytes,
        sealer: RecordSealer,
        old_masks: Mapping[str, object],
    ) -> None:
        if self.batch.records >= office.policy.import_batch_records:
            self.batch = Batch()
        self.batch.records += 1
        import_id = bytearray(self.import_id)  # drivers take bytes the long way, through adapters
        for field_, version in versions:
            value, data_class = values[field_.name], field_.data_class.value
            form = verify_form(field_.kind, value) if field_.verify or field_.search is Search.EXACT else ""
            batch, data_key = self._data_key(office, chunk, field_.data_class)
            blob = sealer.seal(batch, data_key, field_.name, data_class, value)
            verify = sealer.verify_tag(field_.name, form) if field_.verify else None
            exact = field_.search is Search.EXACT
            lookup = lookup_tag(office.keys.index_key, field_.kind.value, form) if exact else None
            before = json.dumps(old_masks[field_.name]) if field_.name in old_masks else None
            tags = (verify and bytearray(verify), lookup and bytearray(lookup))
            row = (bytearray(record), field_.name, version, data_class, bytearray(blob), *tags, import_id, before)
            chunk.values.append(row)

    def _data_key(self, office: OpenOffice, chunk: Chunk, data_class: DataClass) -> tuple[bytes, MacKey]:
        """The batch's data key of a class; the first use of it in a batch makes its box.

        A class that gets its next key in the midst of an import gets another data key with it.
        """
        version = chunk.class_versions.get(data_class) or office.book.class_version(data_class)
        chunk.class_versions[data_class] = version
        if (data_class, version) not in self.batch.keys:
            public = office.book.class_public(data_class, version)
            key, boxed = new_data_key(office.id, data_class.value, version, public)
            chunk.data_keys.append(boxed)
            self.batch.keys[data_class, version] = key.batch, MacKey(key.key)
        return self.batch.keys[data_class, version]


def queue_of(inventory: Inventory, queue: str | None, values: Mapping[str, str]) -> str:
    """The queue of a row.

    Args:
        inventory: says which field names it.
        queue: of every row, or None.
        values: of the row.

    Raises:
        InputRefusedError: the row names none that can be one.
    """
    named = values.get(inventory.record.queue, "")
    return queue or (queue_name(named) if named else DEFAULT_QUEUE)


_VALUE_COLUMNS = (
    "record", "field", "version", "data_class", "blob", "verify_tag", "lookup_tag", "import_id", "mask_before",
)  # fmt: skip


@cache
def _insert_values(dialect: Dialect) -> str:
    """The statement for `_VALUE_COLUMNS`, by place: ten rows a customer are too many for SQLAlchemy to name each."""
    if dialect.paramstyle == "pyformat":  # psycopg takes both: by name, and by place
        kind: Any = type(dialect)
        dialect = kind(paramstyle="format")
    compiled = schema.sealed_values.insert().compile(dialect=dialect, column_keys=_VALUE_COLUMNS)
    if list(compiled.positiontup or ()) != list(_VALUE_COLUMNS):
        raise RuntimeError("this database takes no values by place, in the order of the columns")
    return str(compiled)


def _next_versions(db: Connection, records: Sequence[bytes]) -> dict[bytes, dict[str, int]]:
    """The next free version of each field, past what other imports have staged, by record."""
    if not records:
        return {}
    table, found = schema.sealed_values, defaultdict[bytes, dict[str, int]](dict)
    query = (
        select(table.c.record, table.c.field, func.max(table.c.version))
        .where(table.c.record.in_(records))
        .group_by(table.c.record, table.c.field)
    )
    for record, field_, version in db.execute(query):
        found[record][field_] = version + 1
    return found


def _newest(db: Connection, records: Sequence[bytes]) -> dict[bytes, dict[str, bytes | None]]:
    """Verify tag of each field's newest visible value, by record; of a field that was emptied by hand, nothing."""
    if not records:
        return {}
    table, found = schema.sealed_values, defaultdict[bytes, dict[str, bytes | None]](dict)
    visible = (
        select(table.c.record, table.c.field, table.c.verify_tag, func.length(table.c.blob) > 0)
        .join(schema.imports, schema.imports.c.id == table.c.import_id)
        .where(schema.imports.c.committed, table.c.record.in_(records))
        .order_by(table.c.record, table.c.field, table.c.version)
    )
    for record, field_, tag, is_kept in db.execute(visible):  # the last is the newest
        if is_kept:
            found[record][field_] = tag
        else:
            found[record].pop(field_, None)
    return found


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


def apply_changes(db: Connection, import_id: bytes, change: int) -> None:
    """Make the staged changes of known customers theirs, in the transaction of the commit.

    They stay in the database: a file may change all customers that there are.

    Args:
        db: the transaction.
        import_id: whose staged changes.
        change: the number of this change, for consoles that ask what is new.
    """
    table, customers = schema.customer_changes, schema.customers
    own = table.c.import_id == import_id
    moved = select(literal(change), customers.c.id, customers.c.queue).join(table, table.c.record == customers.c.record)
    left = moved.where(own, table.c.queue != customers.c.queue)
    db.execute(schema.departures.insert().from_select(["change", "customer", "queue"], left))
    staged = {
        column.name: select(column).where(own, table.c.record == customers.c.record).scalar_subquery()
        for column in (table.c.queue, table.c.open_fields, table.c.masks)
    }
    known = customers.c.record.in_(select(table.c.record).where(own))
    db.execute(customers.update().where(known).values({**staged, "changed": change}))
    contacts = schema.contacts  # who is called back is looked for by queue
    queue = select(customers.c.queue).where(customers.c.record == contacts.c.record).scalar_subquery()
    last = contacts.c.is_last & contacts.c.record.in_(select(table.c.record).where(own))
    db.execute(contacts.update().where(last).values(queue=queue))
    changed = select(table.c.record, table.c.import_id).where(own)
    db.execute(schema.customer_imports.insert().from_select(["record", "import_id"], changed))
    db.execute(table.delete().where(own))
