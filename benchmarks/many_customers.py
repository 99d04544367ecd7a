"""An office with very many customers, without an import of all of them: its own, again and again under other numbers.

What a fill reads is there for each (row, open fields, masks); sealed values are those of the first ones alone.
"""

import json
import secrets
from itertools import islice
from typing import Any, Final

from sqlalchemy import func, insert, select

from app.backoffice import schema
from app.backoffice.office import OpenOffice
from app.storage import sqlcipher
from app.storage.cache_rows import WrittenRow
from app.storage.session_cache import SessionCache
from benchmarks.made_office import OfficeOfItsOwn, filled_office, without_memory_security
from tests.office.made import MadeOffice

IMPORTED: Final = 2_000
"""So many at most are brought in; the rest repeats them."""
CHUNK: Final = 20_000


def multiply(opened: OpenOffice, n: int) -> None:
    """Have an office hold `n` customers."""
    table = schema.customers
    with opened.database.reading() as db:
        kept = [dict(row) for row in db.execute(select(table)).mappings()]
        last = int(db.execute(select(func.max(table.c.id))).scalar_one())
    rows = (_copy(kept[at % len(kept)], last + 1 + at) for at in range(n - len(kept)))
    while chunk := list(islice(rows, CHUNK)):
        with opened.writing() as db:
            db.execute(insert(table), chunk)


def _copy(row: dict[str, Any], number: int) -> dict[str, Any]:
    return row | {"id": number, "record": secrets.token_bytes(16), "number": f"C-{number:07d}"}


def with_many_customers(office: OfficeOfItsOwn, n: int) -> None:
    """Bring customers in, hire `ratna`, an agent of all queues, and repeat the customers until there are `n`."""
    filled_office(office, min(n, IMPORTED))
    if n <= IMPORTED:
        return
    office.stop()
    secure = sqlcipher.connect
    without_memory_security()
    try:
        MadeOffice.serve(office)
        office.command("hendra").end()
        multiply(office.back_office.opened, n)
        MadeOffice.stop(office)
    finally:
        sqlcipher.connect = secure
    office.serve()


def written_rows(cache: SessionCache) -> list[WrittenRow]:
    """A cache's rows as a stream gives them, for who fills another file with the same."""
    with cache._guarded() as connection:
        kept = connection.execute("SELECT id, record, number, queue, open, masks FROM customer ORDER BY id").fetchall()
    return [
        WrittenRow(id_, record, number, queue, tuple(json.loads(opened)), opened, masks)
        for id_, record, number, queue, opened, masks in kept
    ]
