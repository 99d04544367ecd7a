"""Which request of a customer an order to erase answers, and which order answers a request.

The link is what two people signed: the order says that it was requested and names the request's number, and one of its
customers is the request's. Nothing else is kept, so neither side can say what the other does not.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, Row, select

from app.backoffice.acting import for_the_office
from app.backoffice.erasure_tables import erasure_subjects, erasures
from app.backoffice.subject_tables import subject_requests
from app.domain.erasure.words import Ground, OrderState
from app.domain.subject_requests.words import RequestKind

_OVER = (OrderState.WITHDRAWN.value, OrderState.REFUSED.value, OrderState.EXPIRED.value)
_AT_ONCE = 400
_LONGEST_NUMBER = 9


def request_number(db: Connection, ground: str, reference: str, records: Iterable[bytes]) -> int:
    """The number of the request that an order answers; 0: it names none about these customers."""
    if ground != Ground.REQUESTED.value or not _is_number(reference):
        return 0
    asked = subject_requests.c
    query = select(asked.record).where(asked.number == int(reference), asked.kind == RequestKind.ERASURE.value)
    with for_the_office(db):
        record = db.execute(query).scalar()
    return int(reference) if record is not None and bytes(record) in set(records) else 0


def _is_number(reference: str) -> bool:
    return reference.isascii() and reference.isdigit() and len(reference) <= _LONGEST_NUMBER


def orders_for(db: Connection, requests: Iterable[Row[Any]]) -> Mapping[bytes, Row[Any]]:
    """The newest order that answers each of these requests to erase, by the request's id; not what was dropped."""
    asked = {(str(row.number), bytes(row.record)): bytes(row.id) for row in requests if row.kind == RequestKind.ERASURE}
    records, found = sorted({record for _, record in asked}), dict[bytes, Any]()
    columns, subjects = erasures.c, erasure_subjects.c
    wanted = (columns.number, columns.state, columns.action, columns.ended_ms, columns.reference, subjects.record)
    query = select(*wanted).join(erasure_subjects, subjects.order_id == columns.id)
    query = query.where(columns.ground == Ground.REQUESTED.value, columns.state.not_in(_OVER))
    with for_the_office(db):
        for at in range(0, len(records), _AT_ONCE):
            here = query.where(subjects.record.in_(records[at : at + _AT_ONCE])).order_by(columns.number)
            for row in db.execute(here):
                if (request := asked.get((row.reference, bytes(row.record)))) is not None:
                    found[request] = row
    return found
