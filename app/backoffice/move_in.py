"""Taking an embedded office over into the database of gateways: everything but sessions, slots and the file key.

O, book, keys and log stay what they are. Sessions end: their workstations' halves open nothing behind a gateway. What
the front-door file holds of a password (salt, parameters, until when an activation code opens) becomes rows.
"""

import json
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Table, func, select, text

from app.backoffice import schema
from app.backoffice.database import OfficeDatabase, put_setting
from app.backoffice.door_record import door_json, profile_json
from app.backoffice.front_door import FrontDoor
from app.backoffice.office import NamePlate

_CHUNK = 1000
STAYS = frozenset({"schema_version"})
"""Settings that belong to the place, not to the office."""
NUMBERED = (schema.customers, schema.wrong_codes)
"""Tables whose rows the database numbers."""


def copy_office(
    source: OfficeDatabase,
    plate: NamePlate,
    door: FrontDoor,
    target: Connection,
    now_ms: int,
    on_progress: Callable[[str, int], None] = lambda _table, _rows: None,
) -> dict[str, int]:
    """Copy an office into empty tables, inside the caller's transaction.

    Args:
        source: the embedded office's database; nobody writes meanwhile.
        plate: its name and root.
        door: its front door.
        target: a connection in `writing()` of the gateways' database.
        now_ms: when the sessions end.
        on_progress: told of each table and how many rows of it are there.

    Returns:
        Rows by table.
    """
    counts: dict[str, int] = {}
    with source.reading() as db:
        for table in schema.metadata.sorted_tables:
            counts[table.name] = 0
            found = _rows(db, table)
            while rows := list(islice(found, _CHUNK)):
                target.execute(table.insert(), rows)
                counts[table.name] += len(rows)
                on_progress(table.name, counts[table.name])
    put_setting(target, "name", plate.name.encode())
    put_setting(target, "password_profile", json.dumps(profile_json(door.profile)).encode())
    counts["doors"] = _copy_doors(door, target)
    sessions = schema.sessions
    over = {"ended_ms": now_ms, "cause": "moved"}
    target.execute(sessions.update().where(sessions.c.ended_ms.is_(None)).values(over))
    for table in NUMBERED:
        last = target.execute(select(func.max(table.c.id))).scalar()
        if last is not None:
            sequence = text("SELECT setval(pg_get_serial_sequence(:table, 'id'), :last)")
            target.execute(sequence, {"table": table.name, "last": last})
    return counts


def _rows(db: Connection, table: Table) -> Iterator[dict[str, Any]]:
    for row in db.execution_options(stream_results=True).execute(select(table)).mappings():
        if table is not schema.settings or row["name"] not in STAYS:
            yield dict(row)


def _copy_doors(door: FrontDoor, target: Connection) -> int:
    doors = door.all_doors()
    for name, one in doors.items():
        kept = door_json(one)
        kept["slots"] = ["AQ=="] if one.slots else []
        for tries in ("failed_ms", "failed_count", "wait_until_boot_s", "boot_id"):
            del kept[tries]
        target.execute(schema.doors.insert().values(account=name, door=json.dumps(kept)))
    return len(doors)
