"""The front door: what the back office knows before anybody's password has opened its file.

One file per seat, wrapped under expand(H, LP("front-door")): per account Argon2id salt and parameters, slots of the
file key, failed tries. Invariants: a try is counted and on disk *before* it is judged; an unknown account gets a
salt by HMAC and costs the same work; there is no list of customers or staff to be read without H.
"""

import json
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from copy import deepcopy
from dataclasses import asdict
from pathlib import Path
from typing import Any

from app.backoffice.database import FULL_DISK_HINT, AuditUnwritableError
from app.backoffice.door_record import Device, Door, door_json, door_of, profile_json, profile_of
from app.backoffice.door_tries import DoorTries
from app.crypto.account_keys import open_slots
from app.crypto.aead import unwrap, wrap
from app.crypto.derive import PASSWORD_COST, PasswordCost, expand, mac
from app.crypto.errors import SealError
from app.crypto.labels import lp
from app.domain.errors import VerificationError, WorkstationError

SALT_BYTES = 16
ACTIVATION_HOURS = 24
_AAD = lp("front-door")
_MOST_PENDING = 1000
"""The first ones are kept: a flood of tries does not wash earlier ones away."""
_MOST_ENDS = 100


class FrontDoor(DoorTries):
    """The front-door file of one seat."""

    def __init__(self, path: Path, seat_half: bytes) -> None:
        """Read the file, or begin an empty one.

        Args:
            path: the file.
            seat_half: H, 32 bytes, from the keyring.

        Raises:
            VerificationError: the file is there and H does not open it.
        """
        super().__init__()
        self._path = path
        self._key = expand(seat_half, _AAD)
        self._profile = PASSWORD_COST
        self.pending: list[dict[str, Any]] = []
        """Audit events that wait until the file is open."""
        self.noted_ends: list[dict[str, Any]] = []
        """Ends of locked sessions that guardians reported while the file was shut."""
        if path.exists():
            self._read()

    def door(self, account: str) -> Door | None:
        """The account's door, or None for somebody unknown."""
        return self._doors.get(account)

    def all_doors(self) -> dict[str, Door]:
        """The doors of all accounts that have a password or await an activation code."""
        return {name: door for name, door in self._doors.items() if door.slots or door.activation}

    def salt_and_cost(self, account: str) -> tuple[bytes, PasswordCost]:
        """Salt and parameters for a sign-in; made up, but always the same, for an unknown account."""
        door = self._doors.get(account)
        made_up = mac(self._key, lp("unknown-salt", account))[:SALT_BYTES]
        return (door.salt, door.cost) if door and door.salt else (made_up, self._profile)

    @property
    def profile(self) -> PasswordCost:
        """What new passwords are derived with at this office; unknown accounts show the same."""
        return self._profile

    def set_profile(self, profile: PasswordCost) -> None:
        """Set it, once this machine was measured."""
        self._profile = profile
        self.save()

    def open_file_key(self, office: bytes, account: str, slot_key: bytes) -> bytes:
        """The file key, by a slot. Unknown accounts try a slot that nothing opens.

        Raises:
            SealError: no slot opens.
        """
        door = self._doors.get(account)
        slots = door.slots if door and door.slots else [wrap(self._key, bytes(32), _AAD)]
        return open_slots(slots, slot_key, office, account)

    def open_activation(self, office: bytes, account: str, key: bytes, now_ms: int) -> bytes:
        """The file key, by an activation slot.

        Raises:
            SealError: none is there, it is over, or the code is another one.
        """
        door = self._doors.get(account)
        if door is None or not door.activation or now_ms > door.activation_until_ms:
            raise SealError("no activation slot")
        return open_slots([door.activation], key, office, account)

    def set_password(self, account: str, salt: bytes, cost: PasswordCost, slot: bytes) -> None:
        """Put a new slot beside the old ones, with salt and parameters."""
        door = self._doors.setdefault(account, Door())
        door.salt, door.cost = salt, cost
        door.slots = [slot, *door.slots][:2]
        self.save()

    def switch_password(self, account: str, salt: bytes, cost: PasswordCost, slot: bytes) -> None:
        """Put salt, parameters and slot of another password in the place of the old ones, in one write.

        Raises:
            AuditUnwritableError: the disk refused; the old ones are there.
        """
        with self.changing(account):
            door = self._doors[account]
            door.salt, door.cost, door.slots = salt, cost, [slot]
            self.save()

    @contextmanager
    def changing(self, account: str) -> Iterator[None]:
        """Put the account's door back as it was if the block fails: it belongs to a transaction."""
        before = deepcopy(self._doors.get(account))
        try:
            yield
        except BaseException:
            if before is None:
                self._doors.pop(account, None)
            else:
                self._doors[account] = before
            with suppress(WorkstationError):
                self.save()
            raise

    def keep_only(self, active: set[str], invited: set[str]) -> None:
        """Drop slots that no account of the book has: what a crash between file and database has left."""
        stale = False
        for name, door in self._doors.items():
            if door.slots and name not in active:
                door.slots, stale = [], True
            if door.activation and name not in invited:
                door.activation, door.activation_until_ms, stale = b"", 0, True
        if stale:
            self.save()

    def invite(self, account: str, slot: bytes, until_ms: int) -> None:
        """Put an activation slot."""
        self._doors[account] = Door(activation=slot, activation_until_ms=until_ms)
        self.save()

    def drop(self, account: str) -> None:
        """After a closing: every slot goes. The salt and the count of tries stay: they tell nothing of it."""
        door = self._doors.get(account)
        if door is not None:
            door.slots, door.activation, door.activation_until_ms = [], b"", 0
            self.save()

    def settle(self, account: str) -> None:
        """After an enrolment is committed: the activation slot and older slots go.

        It fails nobody who is enrolled: what is in memory is right, and the file catches up with the next try, or when
        the office is next opened (`keep_only`).
        """
        door = self._doors[account]
        door.activation, door.activation_until_ms, door.slots = b"", 0, door.slots[:1]
        with suppress(WorkstationError):
            self.save()

    def note(self, event: dict[str, Any]) -> None:
        """Keep an audit event until the file is open; on disk at once."""
        self.pending = [*self.pending, event][:_MOST_PENDING]
        self.save()

    def forget_pending(self) -> None:
        """Forget the kept audit events: they stand in the log now."""
        self.pending = []
        self.save()

    def note_end(self, end: dict[str, Any]) -> None:
        """Keep a guardian's report until the file is open; on disk at once. It is judged then."""
        self.noted_ends = [*self.noted_ends, end][-_MOST_ENDS:]
        self.save()

    def forget_ends(self) -> None:
        """Forget the kept reports: they were judged."""
        self.noted_ends = []
        self.save()

    def _read(self) -> None:
        try:
            plain = unwrap(self._key, self._path.read_bytes(), _AAD)
        except SealError as e:
            raise VerificationError(
                "The front door of this workstation does not open: its keyring entry was changed. "
                "A recovery, or a new activation code, opens the office again."
            ) from e
        data = json.loads(plain)
        self._doors = {name: door_of(raw) for name, raw in data["doors"].items()}
        self.pending = data["pending"]
        self.noted_ends = data.get("ends", [])
        self._device = Device(**data.get("device", {}))
        self._profile = profile_of(data.get("profile"))

    def save(self) -> None:
        """Write the file whole: temporary file, fsync, rename, fsync of the folder.

        Raises:
            AuditUnwritableError: the disk refused; the old file is there.
        """
        data = {
            "doors": {n: door_json(d) for n, d in self._doors.items()},
            "pending": self.pending,
            "ends": self.noted_ends,
            "device": asdict(self._device),
            "profile": profile_json(self._profile),
        }
        blob = wrap(self._key, json.dumps(data).encode(), _AAD)
        try:
            write_durably(self._path, blob)
        except OSError as e:
            raise AuditUnwritableError(FULL_DISK_HINT, code="audit") from e


def write_durably(path: Path, data: bytes) -> None:
    """Replace a file so that either the old or the new one is there after a power cut; mode 0600."""
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    fd = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0), 0o600)
    try:
        with os.fdopen(fd, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except OSError:
        with suppress(OSError):
            temporary.unlink()
        raise
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
