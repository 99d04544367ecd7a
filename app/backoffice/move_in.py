"""Taking an embedded office over into the database of gateways: everything but sessions, slots and the file key.

O, book, keys and log stay what they are. Sessions end: their workstations' halves open nothing behind a gateway. What
the front-door file holds of a password (salt, parameters, until when an activation code opens) becomes rows.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Table, func, select, text

from app.backoffice import schema
from app.backoffice.database import put_setting
from app.backoffice.door_record import door_json, profile_json
from app.backoffice.front_door import FrontDoor
from app.backoffice.master import MasterSource
from app.backoffice.office import OpenOffice
from app.backoffice.office_keys import OfficeKeys
from app.backoffice.rates_schema import request_rates

_CHUNK = 1000
MOVES = frozenset({"root", "inventory"})
"""Settings that belong to the office; the others belong to the place, or are written there anew."""
_STAY = frozenset(
    {
        schema.master_versions,
        schema.gateways,
        schema.pending_factors,
        schema.answered_reveals,
        schema.fronts,
        request_rates,
    }
)
"""Tables of the place, and of what is over in minutes."""
NUMBERED = tuple(
    table.autoincrement_column for table in schema.metadata.sorted_tables if table.autoincrement_column is not None
)
"""Columns that the database numbers."""


def copy_office(
    source: OpenOffice,
    door: FrontDoor,
    target: Connection,
    master: MasterSource,
    now_ms: int,
    on_progress: Callable[[str, int], None] = lambda _table, _rows: None,
) -> dict[str, int]:
    """Copy an office into empty tables, inside the caller's transaction.

    Args:
        source: the embedded office, open; nobody writes to it meanwhile.
        door: its front door.
        target: a connection in `writing()` of the gateways' database.
        master: what wraps from now on, in version 1; all that the file's master wrapped is wrapped anew.
        now_ms: when the sessions end.
        on_progress: told of each table and how many rows of it are there.

    Returns:
        Rows by table.
    """
    counts: dict[str, int] = {}
    keys = source.keys.moved(target, master)
    anew = {schema.customers: _record_key_anew, schema.accounts: _totp_anew}
    with source.database.reading() as db:
        for table in schema.metadata.sorted_tables:
            if table in _STAY:
                continue
            counts[table.name] = 0
            found, wrapped_anew = _rows(db, table), anew.get(table)
            while rows := list(islice(found, _CHUNK)):
                if wrapped_anew is not None:
                    rows = [row | wrapped_anew(source.keys, keys, row) for row in rows]
                target.execute(table.insert(), rows)
                counts[table.name] += len(rows)
                on_progress(table.name, counts[table.name])
    put_setting(target, "name", source.plate.name.encode())
    put_setting(target, "password_profile", json.dumps(profile_json(door.profile)).encode())
    counts["doors"] = _copy_doors(door, target)
    sessions = schema.sessions
    over = {"ended_ms": now_ms, "cause": "moved"}
    target.execute(sessions.update().where(sessions.c.ended_ms.is_(None)).values(over))
    number_on(target)
    return counts


def number_on(target: Connection) -> None:
    """Have the database number what comes behind the last number that arrived."""
    sequence = text("SELECT setval(pg_get_serial_sequence(:table, :column), :last)")
    for column in NUMBERED:
        last = target.execute(select(func.max(column))).scalar()
        if last is not None:
            target.execute(sequence, {"table": column.table.name, "column": column.name, "last": last})


def _rows(db: Connection, table: Table) -> Iterator[dict[str, Any]]:
    for row in db.execution_options(stream_results=True).execute(select(table)).mappings():
        if table is not schema.settings or row["name"] in MOVES:
            yield dict(row)


def _record_key_anew(old: OfficeKeys, new: OfficeKeys, row: Mapping[str, Any]) -> dict[str, Any]:
    """A customer's Z, which stays, under the new master."""
    z = old.record_key(row["record"], row["master_version"], row["record_key"])
    version, blob = new.wrap_record_key(row["record"], z)
    return {"master_version": version, "record_key": blob}


def _totp_anew(old: OfficeKeys, new: OfficeKeys, row: Mapping[str, Any]) -> dict[str, Any]:
    """An account's authenticator secret, if it has one, under the new master."""
    if not row["totp"]:
        return {"totp_master": None}
    return new.wrapped_totp(row["name"], old.totp(row["name"], row["totp"], row["totp_master"]))


def _copy_doors(door: FrontDoor, target: Connection) -> int:
    doors = door.all_doors()
    for name, one in doors.items():
        kept = door_json(one)
        kept["slots"] = ["AQ=="] if one.slots else []
        for tries in ("failed_ms", "failed_count", "wait_until_boot_s", "boot_id"):
            del kept[tries]
        target.execute(schema.doors.insert().values(account=name, door=json.dumps(kept)))
    return len(doors)
