"""Sealing what an import brings: new customers, and newer versions of what known ones have.

Data keys live in a `Batch` of at most `import_batch_records` records and are forgotten with it. A known customer keeps
record and record key; a changed value becomes a new version beside the old one. The office cannot open what it keeps,
so it compares by verify tags; a field without one (`special`, long text) is written anew without comparison, and the
report says so. An empty cell changes nothing: a row, or a cell, that is missing is not a deletion.
"""

import json
import secrets
from dataclasses import dataclass, field
from enum import StrEnum

from sqlalchemy import Connection, Row, func, select

from app.auth.names import queue_name
from app.backoffice import schema
from app.backoffice.customers import record_key
from app.backoffice.office import OpenOffice
from app.crypto.derive import same
from app.crypto.values import BoxedDataKey, DataKey, lookup_tag, new_data_key, seal_value, verify_tag
from app.domain.data_class import DataClass
from app.domain.field import Field, Search
from app.domain.inventory import Inventory
from app.domain.masks import mask_of
from app.sources.records import ReadRow, verify_form

DEFAULT_QUEUE = "general"

Customer = Row[tuple[object, ...]]


class Fate(StrEnum):
    """What became of a row."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


@dataclass(slots=True)
class Batch:
    """Data keys of at most `import_batch_records` records, one per class; dropped when it is full."""

    keys: dict[DataClass, DataKey] = field(default_factory=dict)
    records: int = 0


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

    def queue_of(self, values: dict[str, str]) -> str:
        """The queue of a row.

        Raises:
            InputRefusedError: the row names none that can be one.
        """
        named = values.get(self.inventory.record.queue, "")
        return self.queue or (queue_name(named) if named else DEFAULT_QUEUE)

    def seal_new(self, office: OpenOffice, db: Connection, read: ReadRow) -> Fate:
        """Stage a customer that the office does not have."""
        inventory, values = self.inventory, dict(read.values)
        record, key = secrets.token_bytes(16), secrets.token_bytes(32)
        version, wrapped = office.keys.wrap_record_key(record, key)
        sealed = [f for f in inventory.sealed_fields if f.name in values]
        db.execute(
            schema.customers.insert().values(
                record=record,
                number=values[inventory.record.number],
                queue=self.queue_of(values),
                open_fields=json.dumps({f.name: values[f.name] for f in inventory.open_fields if f.name in values}),
                masks=json.dumps(self._masks(sealed, values, values)),
                master_version=version,
                record_key=wrapped,
                import_id=self.import_id,
            )
        )
        self._write(office, db, [(f, 1) for f in sealed], values, record, key)
        return Fate.NEW

    def seal_again(self, office: OpenOffice, db: Connection, read: ReadRow, known: Customer) -> Fate:
        """Stage what differs from a known customer; what was there stays as an older version."""
        inventory, values = self.inventory, dict(read.values)
        key = record_key(office, known)
        newest = _newest(db, known.record)
        changed, anew = self._compare(key, values, newest)
        old_open = json.loads(known.open_fields)
        new_open = old_open | {f.name: values[f.name] for f in inventory.open_fields if f.name in values}
        queue = self.queue_of(values) if self.queue or values.get(inventory.record.queue) else known.queue
        shown = {**new_open, **values}
        masks = json.loads(known.masks) | self._masks([*changed, *anew], values, shown)
        differs = bool(changed) or new_open != old_open or queue != known.queue
        self.uncompared += len(anew)
        if differs or anew:
            db.execute(
                schema.customer_changes.insert().values(
                    import_id=self.import_id,
                    record=known.record,
                    queue=queue,
                    open_fields=json.dumps(new_open),
                    masks=json.dumps(masks),
                )
            )
            next_version = _next_versions(db, known.record)
            versions = [(f, next_version.get(f.name, 1)) for f in (*changed, *anew)]
            self._write(office, db, versions, values, known.record, key)
        return Fate.CHANGED if differs else Fate.UNCHANGED

    def _compare(
        self, key: bytes, values: dict[str, str], newest: dict[str, bytes | None]
    ) -> tuple[list[Field], list[Field]]:
        """Sealed fields that differ, and those that nothing compares."""
        changed, anew = [], []
        for field_ in self.inventory.sealed_fields:
            if field_.name not in values:
                continue
            tag = newest.get(field_.name, b"")
            if tag is None or (tag and not field_.verify):
                anew.append(field_)
            elif not same(tag, _verify_tag(key, field_, values[field_.name])):
                changed.append(field_)
        return changed, anew

    def _masks(
        self, fields: list[Field], values: dict[str, str], shown: dict[str, str]
    ) -> dict[str, tuple[str, str, int]]:
        city_field = self.inventory.record.city
        city = shown.get(city_field, "") if city_field else ""
        masks = {f.name: mask_of(f, values[f.name], city) for f in fields}
        return {name: (m.before, m.after, m.pleats) for name, m in masks.items()}

    def _write(
        self,
        office: OpenOffice,
        db: Connection,
        versions: list[tuple[Field, int]],
        values: dict[str, str],
        record: bytes,
        key: bytes,
    ) -> None:
        if self.batch.records >= office.policy.import_batch_records:
            self.batch = Batch()
        rows = [self._row(office, db, f, version, values[f.name], record, key) for f, version in versions]
        if rows:
            db.execute(schema.sealed_values.insert(), rows)
        self.batch.records += 1

    def _row(
        self, office: OpenOffice, db: Connection, field_: Field, version: int, value: str, record: bytes, key: bytes
    ) -> dict[str, object]:
        form, data_class = verify_form(field_.kind, value), field_.data_class.value
        exact = field_.search is Search.EXACT
        data_key = self._data_key(office, db, field_.data_class)
        return {
            "record": record,
            "field": field_.name,
            "version": version,
            "data_class": data_class,
            "blob": seal_value(office.id, data_key, key, record, field_.name, data_class, value),
            "verify_tag": _verify_tag(key, field_, value) if field_.verify else None,
            "lookup_tag": lookup_tag(office.keys.index_key, field_.kind.value, form) if exact else None,
            "import_id": self.import_id,
        }

    def _data_key(self, office: OpenOffice, db: Connection, data_class: DataClass) -> DataKey:
        """The batch's data key of a class; the first use of it in a batch makes and stores its box."""
        if data_class not in self.batch.keys:
            version = office.book.class_version(data_class)
            public = office.book.class_public(data_class, version)
            key, boxed = new_data_key(office.id, data_class.value, version, public)
            store_data_key(db, boxed, self.import_id)
            self.batch.keys[data_class] = key
        return self.batch.keys[data_class]


def _verify_tag(key: bytes, field_: Field, value: str) -> bytes:
    return verify_tag(key, field_.name, verify_form(field_.kind, value))


def _next_versions(db: Connection, record: bytes) -> dict[str, int]:
    """The next free version of each field, past what other imports have staged."""
    table = schema.sealed_values
    query = select(table.c.field, func.max(table.c.version)).where(table.c.record == record).group_by(table.c.field)
    return {field_: version + 1 for field_, version in db.execute(query)}


def _newest(db: Connection, record: bytes) -> dict[str, bytes | None]:
    """Verify tag of each field's newest visible value."""
    table = schema.sealed_values
    visible = (
        select(table.c.field, func.max(table.c.version).label("version"))
        .join(schema.imports, schema.imports.c.id == table.c.import_id)
        .where(schema.imports.c.committed, table.c.record == record)
        .group_by(table.c.field)
        .subquery()
    )
    rows = db.execute(
        select(table.c.field, table.c.verify_tag)
        .join(visible, (visible.c.field == table.c.field) & (visible.c.version == table.c.version))
        .where(table.c.record == record)
    )
    return {row.field: row.verify_tag for row in rows}


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


def apply_changes(db: Connection, import_id: bytes) -> None:
    """Make the staged changes of known customers theirs, in the transaction of the commit."""
    table, customers = schema.customer_changes, schema.customers
    for row in db.execute(select(table).where(table.c.import_id == import_id)).all():
        db.execute(
            customers.update()
            .where(customers.c.record == row.record)
            .values(queue=row.queue, open_fields=row.open_fields, masks=row.masks)
        )
    db.execute(table.delete().where(table.c.import_id == import_id))
