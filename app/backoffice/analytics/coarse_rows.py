"""The rows of an export: open fields and masks, made coarse in the office. Nothing sealed is opened.

Customers who restricted processing, objected or withdrew are not among them (UU PDP art. 40, 41): an order names
no purpose, so whatever purpose is held for somebody may be what its file is for.
"""

import json
from collections.abc import Mapping

from sqlalchemy import Connection, exists, func, select

from app.api.messages.analytics import ROWS_AT_ONCE, CoarseRow, CoarseRows
from app.auth.export_order import pseudonym
from app.backoffice import schema
from app.backoffice.analytics.exports import running
from app.backoffice.customers import visible
from app.backoffice.office import OpenOffice
from app.backoffice.sessions import Session
from app.backoffice.subject_tables import processing_holds
from app.domain.analytics.generalise import coarse
from app.domain.analytics.settings import Column, Settings, read_settings

_IS_HELD = exists().where(processing_holds.c.record == schema.customers.c.record)


def coarse_rows(office: OpenOffice, session: Session, key: bytes, after: int) -> CoarseRows:
    """The next customers of the session's queues for whom no purpose is held; with the last ones, how many are held.

    Args:
        office: the open office.
        session: who makes the export.
        key: which.
        after: where the last ones ended; 0 for the first.

    Raises:
        NotAllowedError: code `over`: it is not being made by this session.
    """
    table = schema.customers.c
    query = visible(session, select(table.id, table.record, table.queue, table.open_fields, table.masks))
    with office.database.reading() as db:
        order = running(db, session, key)
        found = db.execute(query.where(table.id > after, ~_IS_HELD).order_by(table.id).limit(ROWS_AT_ONCE)).all()
        settings, is_last = read_settings(order.settings, office.inventory), len(found) < ROWS_AT_ONCE
        held = _held(db, session, settings.k) if is_last else None
    queue = office.inventory.record.queue
    rows = []
    for row in found:
        values = json.loads(row.open_fields) | {queue: row.queue}
        made = _values(office, settings, values, json.loads(row.masks))
        rows.append(CoarseRow(pseudonym=pseudonym(order.key, row.record), values=made))
    return CoarseRows(rows=tuple(rows), after=None if is_last else found[-1].id, held=held)


def _held(db: Connection, session: Session, k: int) -> int | None:
    """How many customers were left out; None where they are fewer than the order's k, and where there is none."""
    count: int = db.execute(visible(session, select(func.count(schema.customers.c.id))).where(_IS_HELD)).scalar_one()
    return count if count >= k else None


def _values(
    office: OpenOffice, settings: Settings, values: Mapping[str, str], masks: Mapping[str, tuple[str, str, int]]
) -> tuple[str, ...]:
    def value(column: Column) -> str:
        if office.inventory.field(column.field).is_sealed:
            return coarse(column.level, masks[column.field][1] if column.field in masks else "")
        return coarse(column.level, values.get(column.field, ""))

    return tuple(map(value, settings.columns))
