"""The door of an office behind gateways: the face of the front-door file, over tables that all gateways share.

There is no file key and no slot: a gateway is open, and judges V alone. Invariants, as at a workstation's door: a try
is committed *before* it is judged; an unknown account gets a salt by HMAC under the pepper, and the same work. Tries
count per account and workstation; all workstations from which the account never signed in share one count, so that
nobody gets more of them by making up workstations.
"""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from typing import Any

from sqlalchemy import Connection, exists, select

from app.auth.throttle import FREE_TRIES
from app.backoffice import schema
from app.backoffice.database import OfficeDatabase, put_setting, setting
from app.backoffice.door_record import Device, Door, door_json, door_of, profile_json, profile_of
from app.backoffice.front_door import SALT_BYTES, FrontDoor
from app.backoffice.office_keys import OfficeKeys
from app.backoffice.workstation import NO_ID, asking_workstation
from app.crypto.derive import PasswordCost, mac
from app.crypto.errors import SealError
from app.crypto.labels import lp

_PROFILE = "password_profile"
HAS_PASSWORD = b"\x01"
"""Stands where a workstation's door has the file key under the password."""
_TRIES = ("failed_ms", "failed_count", "wait_until_boot_s", "boot_id")
_MOST_STRANGERS = 10_000


class TeamDoor(FrontDoor):
    """The door of one office, at any of its gateways."""

    def __init__(self, database: OfficeDatabase, keys: Callable[[], OfficeKeys]) -> None:
        """Stand before this database; `keys` gives the office's keys as they are now."""
        self._database, self._keys = database, keys
        self.pending: list[dict[str, Any]] = []
        self.noted_ends: list[dict[str, Any]] = []

    def door(self, account: str) -> Door | None:
        """The account's door, or None for somebody unknown."""
        with self._database.reading() as db:
            return _Doors(db, account)._doors.get(account)

    def salt_and_cost(self, account: str) -> tuple[bytes, PasswordCost]:
        """Salt and parameters for a sign-in; made up, but always the same, for an unknown account."""
        with self._database.reading() as db:
            door, profile = _Doors(db, account)._doors.get(account), _profile(db)
        made_up = mac(self._keys().pepper, lp("unknown-salt", account))[:SALT_BYTES]
        return (door.salt, door.cost) if door and door.salt else (made_up, profile)

    @property
    def profile(self) -> PasswordCost:
        """What new passwords are derived with at this office; unknown accounts show the same."""
        with self._database.reading() as db:
            return _profile(db)

    def set_profile(self, profile: PasswordCost) -> None:
        """Set it."""
        with self._database.writing() as db:
            put_setting(db, _PROFILE, json.dumps(profile_json(profile)).encode())

    def open_file_key(self, office: bytes, account: str, slot_key: bytes) -> bytes:
        """Nothing to open: V is judged behind the door, for everybody alike."""
        return b""

    def open_activation(self, office: bytes, account: str, key: bytes, now_ms: int) -> bytes:
        """Whether an activation code is awaited; its signature is judged behind the door.

        Raises:
            SealError: none is, or its time is over.
        """
        door = self.door(account)
        if door is None or not door.activation or now_ms > door.activation_until_ms:
            raise SealError("no activation code is awaited")
        return b""

    def set_password(self, account: str, salt: bytes, cost: PasswordCost, slot: bytes) -> None:
        """Put salt and parameters of a password."""
        self.switch_password(account, salt, cost, slot)

    def switch_password(self, account: str, salt: bytes, cost: PasswordCost, slot: bytes) -> None:
        """Put salt and parameters of another password in the place of the old ones."""
        with self._doors_of(account) as doors:
            door = doors._doors.setdefault(account, Door())
            door.salt, door.cost, door.slots = salt, cost, [HAS_PASSWORD]

    def changing(self, account: str) -> Any:
        """The database's transaction takes changes of the door back where one fails."""
        return nullcontext()

    def keep_only(self, active: set[str], invited: set[str]) -> None:
        """Nothing is left by a crash: doors and accounts change in one transaction."""

    def invite(self, account: str, slot: bytes, until_ms: int) -> None:
        """Await an activation code; the account's password and tries are void."""
        with self._doors_of(account) as doors:
            doors.invite(account, slot, until_ms)

    def drop(self, account: str) -> None:
        """After a closing no password and no code opens."""
        with self._doors_of(account) as doors:
            doors.drop(account)

    def settle(self, account: str) -> None:
        """After an enrolment the activation code opens nothing any more."""
        with self._doors_of(account) as doors:
            doors.settle(account)

    def wait_s(self, account: str, boot_s: float, boot_id: str) -> int:
        """Seconds until the next try of an account from the asking workstation, 0 for now."""
        with self._database.reading() as db:
            return _Doors(db, account).wait_s(account, boot_s, boot_id)

    def count_try(self, account: str, now_ms: int, boot_s: float, boot_id: str) -> int:
        """Count a try and commit it, before it is judged; how many failed in a row, this one included."""
        with self._doors_of(account) as doors:
            return doors.count_try(account, now_ms, boot_s, boot_id)

    def forgive(self, account: str, *, told: bool = True) -> list[int]:
        """Reset the account's count after a sign-in; see `DoorTries.forgive`."""
        with self._database.writing() as db:
            doors = _Doors(db, account)
            failed = doors.forgive(account, told=told)
            doors.write(db)
            _remember_place(db, account, asking_workstation.get().id)
        return failed

    def release(self, account: str) -> bool:
        """Let an account try again at once, at every workstation; whether it had a wait."""
        table = schema.door_tries
        with self._database.writing() as db:
            here = table.c.account == account
            counts = db.execute(select(table.c.failed_count).where(here)).scalars().all()
            db.execute(table.update().where(here).values(failed_count=0, wait_until_s=0.0))
            seat = asking_workstation.get().id
            devices = schema.door_devices
            db.execute(devices.update().where(devices.c.seat == seat).values(level=0.0, wait_until_s=0.0))
        return any(count >= FREE_TRIES for count in counts)

    def waiting(self, boot_s: float, boot_id: str) -> list[tuple[str, Door, int]]:
        """Accounts with a password whose tries are throttled at some workstation: name, door and seconds to wait."""
        table = schema.door_tries.c
        found: list[tuple[str, Door, int]] = []
        with self._database.reading() as db:
            query = select(table.account, table.seat).where(table.failed_count >= FREE_TRIES)
            for name, seat in db.execute(query.order_by(table.account, table.wait_until_s.desc())).all():
                doors = _Doors(db, name, seat)
                if (door := doors._doors.get(name)) is None or not door.slots:
                    continue
                if not found or found[-1][0] != name:
                    found.append((name, door, doors._account_wait(name, boot_s, boot_id)))
        return found

    def alarm(self, account: str, now_ms: int) -> int:
        """How many accounts besides this one failed at this workstation within the hour, if that is an alarm."""
        with self._database.writing() as db:
            doors = _Doors(db, None)
            accounts = doors.alarm(account, now_ms)
            if accounts:
                doors.write(db)
        return accounts

    def save(self) -> None:
        """Every change was written as it was made."""

    @contextmanager
    def _doors_of(self, account: str) -> Iterator["_Doors"]:
        with self._database.writing() as db:
            doors = _Doors(db, account)
            yield doors
            doors.write(db)


class _Doors(FrontDoor):
    """What the tables say of one account, or of all that failed here, seen from the asking workstation."""

    def __init__(self, db: Connection, account: str | None, seat: bytes | None = None) -> None:
        self.pending, self.noted_ends = [], []
        asking = asking_workstation.get().id if seat is None else seat
        self._is_known, self._device = False, Device()
        self._doors: dict[str, Door] = {}
        self._seats: dict[str, bytes] = {}
        if asking != NO_ID:
            self._is_known = _signed_in_at(db, asking)
            self._read_device(db, asking)
        self._asking = asking
        if account is None:
            for name in _failed_at(db, asking if self._is_known else NO_ID):
                self._read_door(db, name)
        else:
            self._read_door(db, account)
        self._before = {name: json.dumps(door_json(door)) for name, door in self._doors.items()}

    def _read_device(self, db: Connection, seat: bytes) -> None:
        row = db.execute(select(schema.door_devices).where(schema.door_devices.c.seat == seat)).first()
        if row is not None:
            self._device = Device(row.level, row.at_s, row.wait_until_s, _BOOT, row.alarm_ms)

    def _read_door(self, db: Connection, name: str) -> None:
        doors, tries = schema.doors.c, schema.door_tries.c
        kept = db.execute(select(doors.door).where(doors.account == name)).scalar()
        seat = self._asking if self._is_known and _signed_in_at(db, self._asking, name) else NO_ID
        row = db.execute(select(schema.door_tries).where(tries.account == name, tries.seat == seat)).first()
        self._seats[name] = seat
        if kept is None and row is None:
            return
        door = door_of(json.loads(kept)) if kept is not None else Door()
        if row is not None:
            door.failed_ms, door.failed_count = json.loads(row.failed), row.failed_count
            door.wait_until_boot_s, door.boot_id = row.wait_until_s, _BOOT
        self._doors[name] = door

    def write(self, db: Connection) -> None:
        """Write what changed."""
        for name, door in self._doors.items():
            if json.dumps(door_json(door)) != self._before.get(name):
                self._write_door(db, name, door)
        if self._is_known:
            device = self._device
            row = {"level": device.level, "at_s": device.at_boot_s, "wait_until_s": device.wait_until_boot_s}
            _put(db, schema.door_devices, {"seat": self._asking}, row | {"alarm_ms": device.alarm_ms})

    def _write_door(self, db: Connection, name: str, door: Door) -> None:
        raw = door_json(door)
        if door.slots or door.activation or door.salt:
            kept = {key: value for key, value in raw.items() if key not in _TRIES}
            _put(db, schema.doors, {"account": name}, {"door": json.dumps(kept)})
        tries = {
            "failed": json.dumps(door.failed_ms),
            "failed_count": door.failed_count,
            "last_ms": door.failed_ms[-1] if door.failed_ms else 0,
            "wait_until_s": door.wait_until_boot_s,
        }
        where = {"account": name, "seat": self._seats.get(name, NO_ID)}
        if any(tries[key] for key in ("failed_count", "last_ms")):
            _put(db, schema.door_tries, where, tries)
        else:
            table = schema.door_tries
            db.execute(table.delete().where(table.c.account == name, table.c.seat == where["seat"]))

    def save(self) -> None:
        """See `write`."""

    def _device_wait(self, boot_s: float, boot_id: str) -> int:
        """An unknown workstation has no count of its own: it is made up in no time."""
        return super()._device_wait(boot_s, boot_id) if self._is_known else 0

    def _drop_strangers(self, boot_s: float) -> None:
        """Rows of names that nobody has go with the jobs of gateways."""


_BOOT = "servers"
"""`ServersClock.boot_id`."""


def drop_strangers(db: Connection, now_s: float) -> int:
    """Forget failed tries for names that nobody has, but for those whose wait runs or that are among the newest.

    Otherwise guesses would fill the disk. A forgotten wait would tell that nobody has the name.

    Returns:
        How many went.
    """
    tries, doors = schema.door_tries, schema.doors.c
    nobodys = ~exists(select(doors.account).where(doors.account == tries.c.account))
    newest = select(tries.c.last_ms).where(nobodys).order_by(tries.c.last_ms.desc()).offset(_MOST_STRANGERS).limit(1)
    oldest_ms = db.execute(newest).scalar()
    if oldest_ms is None:
        return 0
    over = (tries.c.last_ms <= oldest_ms, tries.c.wait_until_s <= now_s)
    return db.execute(tries.delete().where(nobodys, *over)).rowcount


def _profile(db: Connection) -> PasswordCost:
    kept = setting(db, _PROFILE)
    return profile_of(json.loads(kept) if kept else None)


def _failed_at(db: Connection, seat: bytes) -> list[str]:
    tries = schema.door_tries.c
    return list(db.execute(select(tries.account).where(tries.seat == seat)).scalars())


def _signed_in_at(db: Connection, seat: bytes, account: str | None = None) -> bool:
    """Whether somebody, or this account, once signed in from this workstation."""
    places = schema.sign_in_places.c
    query = select(places.seat).where(places.seat == seat)
    if account is not None:
        query = query.where(places.account == account)
    return db.execute(query.limit(1)).first() is not None


def _remember_place(db: Connection, account: str, seat: bytes) -> None:
    """An account signed in from this workstation: its failed tries there are counted apart from strangers'."""
    if seat != NO_ID and not _signed_in_at(db, seat, account):
        db.execute(schema.sign_in_places.insert().values(account=account, seat=seat))


def _put(db: Connection, table: Any, key: dict[str, Any], values: dict[str, Any]) -> None:
    where = [table.c[name] == value for name, value in key.items()]
    if db.execute(table.update().where(*where).values(values)).rowcount == 0:
        db.execute(table.insert().values(key | values))
