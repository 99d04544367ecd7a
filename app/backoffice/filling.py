"""Rows of customers for a console's cache: chunk by chunk in the order of their numbers, each in its own transaction.

Nothing is held between two chunks: no connection, no transaction, no rows. Each chunk asks anew whether the session
lives and what it may see, so that one that was revoked gets no further row. The number of the newest change is read
before the first row: what changes while rows go out is asked for from there (`customer_sync`), and a row that comes
twice is the same row.
"""

import json
from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import func, select

from app.api.messages.filling import NO_MASK, FillHead, FillToken, StoredShape
from app.backoffice import schema
from app.backoffice.acting import acting_in
from app.backoffice.customers import last_change, need_customers, visible, visible_after
from app.backoffice.fill_token import FillPlace, open_place, seal_place
from app.backoffice.office import OpenOffice
from app.backoffice.sessions import Session, over, session_by_id
from app.domain.errors import WorkstationError
from app.domain.inventory import Inventory

CHUNK_ROWS = 1_000
CHUNK_BYTES = 4 * 1024 * 1024
"""A chunk with more ends there, with what it has."""
_text = json.encoder.encode_basestring_ascii
_Stored = tuple[int, bytes, str, str, str, str, int | None]
"""Number, record, customer number, queue, open fields, masks, last contact: as the driver gives them."""


class Filling:
    """The rows of one stream.

    Attributes:
        is_over: whether the last chunk was given.
    """

    def __init__(self, office: OpenOffice, session: Session, untrusted_token: bytes | None) -> None:
        """Find out where to begin.

        Args:
            office: the open office.
            session: whose queues.
            untrusted_token: from an earlier stream, if there was one.

        Raises:
            NotAllowedError: the role sees no customers.
        """
        need_customers(office, session)
        self._office, self._session, self._inventory = office, session.id, office.inventory
        known = open_place(office, session.account, untrusted_token) if untrusted_token else None
        self._place = known or _first_place(office, session)
        self._is_anew = known is None
        self._layout = _Layout(self._inventory)
        self.is_over = False

    def head(self) -> FillHead:
        """The first line."""
        place = self._place
        return FillHead(inventory=self._inventory.digest, total=place.total, change=place.change, anew=self._is_anew)

    def next_rows(self) -> tuple[bytes, FillToken]:
        """The lines of the next rows, none if there are no more, and the token behind them.

        Raises:
            SessionUnknownError: the session is over.
            NotAllowedError: its role sees no customers.
            WorkstationError: the office has another inventory by now (`inventory`).
        """
        office, table = self._office, schema.customers.c
        columns = (table.id, table.record, table.number, table.queue, table.open_fields, table.masks)
        with office.database.reading() as db:
            session = session_by_id(office, db, self._session)
            if session is None:
                raise over("")
            need_customers(office, session)
            if office.inventory.digest != self._inventory.digest:
                raise WorkstationError("The office has other fields now.", code="inventory")
            query = visible_after(session, select(*columns, table.last_contact_ms), self._place.after, CHUNK_ROWS)
            with acting_in(db, session.acting):  # a stream outlives the request that began it
                found = db.execute(query)
                rows = found.cursor.fetchall()  # as the driver has them: a fifth of a chunk's work is wrapping each
        lines, after = _lines_of(self._layout, rows)
        self._place = replace(self._place, after=after or self._place.after)
        self.is_over = not rows
        return lines, FillToken(token=seal_place(office, session.account, self._place), is_last=self.is_over)


def _first_place(office: OpenOffice, session: Session) -> FillPlace:
    count = visible(session, select(func.count(schema.customers.c.id)))
    now_ms = office.clock.now_ms()
    with office.database.reading() as db:
        change = last_change(db)  # before the first row is read, so that nothing is missed
        total = int(db.execute(count).scalar_one())
    return FillPlace(after=0, change=change, total=total, begun_ms=now_ms)


class _Layout:
    """How rows of one inventory become lines."""

    def __init__(self, inventory: Inventory) -> None:
        self._open = [field.name for field in inventory.open_fields]
        self._sealed = [field.name for field in inventory.sealed_fields]
        self._open_shape = StoredShape.of_open(self._open)
        self._mask_shape = StoredShape.of_masks(self._sealed)

    def line(self, row: _Stored) -> str:
        id_, record, number, queue, open_fields, stored_masks, last_contact_ms = row
        contact = "null" if last_contact_ms is None else last_contact_ms
        opened = self._open_shape.list_of(open_fields) or self._open_list(open_fields)
        masks = self._mask_shape.list_of(stored_masks) or self._mask_list(stored_masks)
        return f'[{id_},"{record.hex()}",{_text(number)},{_text(queue)},{contact},{opened},{masks}]\n'

    def _open_list(self, stored: str) -> str:
        values = json.loads(stored)
        return f"[{','.join(_text(values.get(name, '')) for name in self._open)}]"

    def _mask_list(self, stored: str) -> str:
        masks = json.loads(stored)
        return f"[{','.join(json.dumps(masks[name]) if name in masks else NO_MASK for name in self._sealed)}]"


def _lines_of(layout: _Layout, rows: Sequence[_Stored]) -> tuple[bytes, int]:
    """Lines of the first rows, as many as a chunk holds, and the number of the last one."""
    lines, size, after = list[str](), 0, 0
    for row in rows:
        line = layout.line(row)
        lines.append(line)
        size, after = size + len(line), row[0]
        if size > CHUNK_BYTES:
            break
    return "".join(lines).encode(), after
