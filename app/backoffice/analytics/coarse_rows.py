"""The rows of an export: open fields and masks, made coarse in the office. Nothing sealed is opened.

Customers who restricted processing, objected or withdrew are not among them (UU PDP art. 40, 41): an order names
no purpose, so whatever purpose is held for somebody may be what its file is for.
"""

import json
from collections.abc import Mapping

from sqlalchemy import select

from app.api.messages.analytics import ROWS_AT_ONCE, CoarseRow, CoarseRows
from app.auth.export_order import pseudonym
from app.backoffice import schema
from app.backoffice.analytics.exports import running
from app.backoffice.analytics.held import IS_HELD, held_back
from app.backoffice.customers import visible
from app.backoffice.office import OpenOffice
from app.backoffice.sessions import Session
from app.domain.analytics.generalise import coarse
from app.domain.analytics.settings import Column, Settings, read_settings


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
        found = db.execute(query.where(table.id > after, ~IS_HELD).order_by(table.id).limit(ROWS_AT_ONCE)).all()
        settings, is_last = read_settings(order.settings, office.inventory), len(found) < ROWS_AT_ONCE
        held = held_back(db, session, settings.k) if is_last else None
    queue = office.inventory.record.queue
    rows = []
    for row in found:
        values = json.loads(row.open_fields) | {queue: row.queue}
        made = _values(office, settings, values, json.loads(row.masks))
        rows.append(CoarseRow(pseudonym=pseudonym(order.key, row.record), values=made))
    return CoarseRows(rows=tuple(rows), after=None if is_last else found[-1].id, held=held)


def _values(
    office: OpenOffice, settings: Settings, values: Mapping[str, str], masks: Mapping[str, tuple[str, str, int]]
) -> tuple[str, ...]:
    def value(column: Column) -> str:
        if office.inventory.field(column.field).is_sealed:
            return coarse(column.level, masks[column.field][1] if column.field in masks else "")
        return coarse(column.level, values.get(column.field, ""))

    return tuple(map(value, settings.columns))
