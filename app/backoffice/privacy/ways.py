"""In which way customers with a disability are spoken with, as their own last words say it (UU PDP art. 26).

Whoever takes a consent down says how the customer was spoken with; nothing else is asked, and no disability is named.
"""

import json
from collections.abc import Iterable

from sqlalchemy import Connection, select

from app.backoffice.acting import for_the_office
from app.backoffice.privacy_schema import consents
from app.domain.privacy.consent import Speaker

_AT_ONCE = 500


def ways_of(db: Connection, records: Iterable[bytes]) -> dict[bytes, str]:
    """The word of `app.domain.privacy.means.MEANS` of each customer who has one: of the newest word that counts.

    Args:
        db: a connection.
        records: customers, whom the caller may know.
    """
    wanted, found, columns = sorted(set(records)), dict[tuple[bytes, str], tuple[int, str]](), consents.c
    with for_the_office(db):
        for at in range(0, len(wanted), _AT_ONCE):
            query = select(columns.number, columns.record, columns.purpose, columns.receipt)
            query = query.where(columns.record.in_(wanted[at : at + _AT_ONCE])).order_by(columns.number)
            for row in db.execute(query):
                found[bytes(row.record), row.purpose] = (row.number, _way(row.receipt))
    words = sorted((number, record, way) for (record, _purpose), (number, way) in found.items() if way)
    return {record: way for _number, record, way in words}


def _way(receipt: str) -> str:
    said = json.loads(receipt)
    return str(said["means"]) if said["speaker"] == Speaker.ASSISTED.value else ""
