"""The back office itself: shut, or open with its keys, book, log, inventory and policy.

*Shut* it holds the front-door key alone. A sign-in whose slot opens gives the file key; the office then stays open
while a session lives, and its process ends soon after the last one.

Invariant: authority comes from `OpenOffice.book`, which was replayed from the root's key.
"""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from threading import RLock

from sqlalchemy import Connection

from app.auth.book import Book, Entry, State
from app.backoffice.audit_log import AuditLog
from app.backoffice.book_store import entries_after, load_book, store_entry
from app.backoffice.clock import Clock
from app.backoffice.database import Database, OfficeDatabase, office_changed, office_number, put_setting, setting
from app.backoffice.front_door import FrontDoor, write_durably
from app.backoffice.master import IN_SETTINGS, MasterSource
from app.backoffice.office_keys import OfficeKeys
from app.backoffice.policy_store import policy_of_book
from app.backoffice.shift_log import ShiftLog
from app.crypto.account_keys import wrap_file_key
from app.crypto.derive import same, sha256
from app.domain.errors import VerificationError, WorkstationError
from app.domain.inventory import Inventory
from app.domain.inventory_reader import load_inventory
from app.domain.policy import Policy
from app.storage.log_notes import waiting_notes

LEAVING = "leaving"
NAME_FILE = "office.json"
DATABASE_FILE = "office.db"
FRONT_DOOR_FILE = "front-door"
KIT_FILE = "recovery-kit.json"
RECOVERY_SLOT_FILE = "recovery-slot"
"""The file key, sealed to the recovery account: HPKE with LP("recovery-file", O)."""


@dataclass(frozen=True, slots=True)
class NamePlate:
    """What stands outside: the office's name and its root's public key.

    Neither is secret, neither is believed: a console compares the root with the one it has pinned.
    """

    name: str
    root: bytes

    @property
    def office(self) -> bytes:
        """O, 32 bytes."""
        return sha256(self.root)

    @classmethod
    def read(cls, home: Path) -> "NamePlate":
        """Read it.

        Raises:
            WorkstationError: there is no office in this home.
        """
        try:
            data = json.loads((home / NAME_FILE).read_text("utf-8"))
            return cls(str(data["name"]), bytes.fromhex(data["root"]))
        except FileNotFoundError as e:
            raise WorkstationError(
                f"There is no office in {home}. Make one with: tirai setup, or name a gateway: tirai gateway use"
            ) from e
        except (ValueError, KeyError, TypeError) as e:
            raise WorkstationError(f"{home / NAME_FILE} is damaged; restore it from a backup.") from e

    def write(self, home: Path) -> None:
        """Write it, durably."""
        data = {"name": self.name, "root": self.root.hex()}
        write_durably(home / NAME_FILE, json.dumps(data, ensure_ascii=False).encode())


class OpenOffice:
    """An open back office."""

    def __init__(
        self,
        database: OfficeDatabase,
        plate: NamePlate,
        policy: Policy,
        clock: Clock,
        master: MasterSource = IN_SETTINGS,
    ) -> None:
        """Load keys, replay the book, read the inventory.

        Raises:
            VerificationError: the file belongs to another office.
            BookError: the stored book is not a valid one.
            PolicyForgedError: the stored policy is not the one that the book names.
        """
        self.database = database
        self.plate = plate
        self.id = plate.office
        self.base = policy
        self.clock = clock
        self.master = master
        self._number = database.office_number()
        with database.reading() as db:
            if not same(setting(db, "root") or b"", plate.root):
                raise VerificationError("The office's file and its name plate belong to different offices.")
            self.keys = OfficeKeys.load(db, self.id, self.master)
            self.book = load_book(db, plate.root, policy.holds)
            self.policy = policy_of_book(db, self.book, policy)
            self.inventory = load_inventory((setting(db, "inventory") or b"").decode())
        self.log = AuditLog(self.keys, clock)
        self.shifts = ShiftLog()

    def set_inventory(self, db: Connection, inventory: Inventory) -> None:
        """Take over another inventory inside the caller's transaction."""
        put_setting(db, "inventory", inventory.text.encode())
        office_changed(db)
        self.inventory = inventory

    def catch_up(self, db: Connection) -> None:
        """Take over what another process of this office has committed: keys, entries of the book, the inventory.

        Raises:
            BookError: an entry was forged.
        """
        self.keys = OfficeKeys.load(db, self.id, self.master)
        self.log = AuditLog(self.keys, self.clock, self.log)
        version = self.book.policy_version
        for entry in entries_after(db, self.book.length):
            self.book.add(entry)
        if self.book.policy_version != version:
            self.policy = policy_of_book(db, self.book, self.base)
        text = (setting(db, "inventory") or b"").decode()
        if text != self.inventory.text:
            self.inventory = load_inventory(text)

    def look_again(self) -> None:
        """Catch up with other gateways, if there are any and they changed book, inventory or keys."""
        if self.database.is_shared and self.database.office_number() != self._number:
            with self.writing():
                pass

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction; if it fails, book, policy and inventory are as they were before.

        They are looked at under the writer's lock: what another thread commits meanwhile stays. What other gateways
        have committed is taken over first.
        """
        with self.database.lock:
            length, inventory, policy = self.book.length, self.inventory, self.policy
            try:
                with self.database.writing() as db:
                    if self.database.is_shared:
                        self._catch_up_if_changed(db)
                    yield db
            except BaseException:
                self._number = -1
                if self.book.length != length:
                    self.book = Book.replay(self.plate.root, self.policy.holds, self.book.entries[:length])
                self.inventory, self.policy = inventory, policy
                raise

    def _catch_up_if_changed(self, db: Connection) -> None:
        number = office_number(db)
        if number != self._number:
            self.catch_up(db)
            self._number = number

    def write_book(self, db: Connection, entry: Entry) -> None:
        """Add an entry to the book and its table.

        Raises:
            BookError: the book refuses it.
        """
        self.book.add(entry)
        store_entry(db, entry)


class BackOffice:
    """The office of one home, shut or open."""

    def __init__(
        self,
        home: Path,
        seat_half: bytes,
        seat: str,
        policy: Policy,
        clock: Clock,
        on_open: Callable[[OpenOffice], None],
    ) -> None:
        """Stand at the door of the office in `home`.

        Args:
            home: the owner-only folder with the office's files.
            seat_half: H, 32 bytes, from the keyring.
            seat: name of this workstation.
            policy: who may what, where the office has not edited it.
            clock: the clock that counts.
            on_open: what to put in order each time the file is opened.
        """
        self._on_open = on_open
        self.home = home
        self.seat = seat
        self._base = policy
        self.clock = clock
        self.plate = NamePlate.read(home)
        self.front_door = FrontDoor(home / FRONT_DOOR_FILE, seat_half)
        self.lock = RLock()
        self.is_leaving = False
        self._open: OpenOffice | None = None
        self._file_key = b""

    @property
    def policy(self) -> Policy:
        """The policy in force; while the office is shut, the base: the edits are in its file."""
        return self._open.policy if self._open is not None else self._base

    @property
    def file_key(self) -> bytes:
        """The file key of the open office, for a new slot."""
        return self._file_key

    def slot(self, key: bytes, account: str) -> bytes:
        """A slot that opens the file, under a slot key of an account.

        Raises:
            SealError: no slot key was brought.
        """
        return wrap_file_key(key, self.plate.office, account, self.file_key)

    @property
    def database_words(self) -> dict[str, str]:
        """With which words a child process finds the database, if it is not in a file of `home`."""
        return {}

    def live_imports(self, db: Connection) -> frozenset[bytes]:
        """Imports that run in children of other processes of this office, which must not be swept."""
        return frozenset()

    @property
    def opened(self) -> OpenOffice:
        """The open office.

        Raises:
            VerificationError: it is shut, so no session can be known.
        """
        if self._open is None:
            raise SessionUnknownError("Your session is over; sign in again.", code="session_over")
        return self._open

    def refuse_if_leaving(self) -> None:
        """Refuse to begin anything here when this process is about to leave.

        Raises:
            WorkstationError: it is (code `leaving`); another one comes.
        """
        if self.is_leaving:
            raise WorkstationError("The back office is being started anew. Try again in a moment.", code=LEAVING)

    @property
    def is_open(self) -> bool:
        """Whether somebody's password has opened the file."""
        return self._open is not None

    def open(self, file_key: bytes) -> OpenOffice:
        """Open the file, or go on with the open one, and write down what waited at the door.

        Raises:
            EncryptedFileError: the key is not this file's, or the file is damaged.
            BookError: the stored book is not a valid one.
        """
        with self.lock:
            if self._open is None:
                database = Database(self.home / DATABASE_FILE, file_key)
                try:
                    office = OpenOffice(database, self.plate, self._base, self.clock)
                    self._on_open(office)
                except BaseException:
                    database.close()
                    raise
                self._open, self._file_key = office, file_key
                self._tidy_door(office)
            self._write_pending(self._open)
            return self._open

    def shut(self) -> None:
        """Close the file and forget its keys."""
        with self.lock:
            if self._open is not None:
                self._open.database.close()
                self._open, self._file_key = None, b""

    def _tidy_door(self, office: OpenOffice) -> None:
        """Slots that a crash left at the door for accounts that the book does not have go."""
        accounts = office.book.accounts()
        active = {a.name for a in accounts if a.state == State.ACTIVE}
        invited = {a.name for a in accounts if a.state in {State.INVITED, State.RESET}}
        self.front_door.keep_only(active, invited)

    def _write_pending(self, office: OpenOffice) -> None:
        """Write down what happened while the file was shut: at the door, and what other processes noted beside it."""
        events = self.front_door.pending
        with waiting_notes(self.home) as notes:
            if not events and not notes:
                return
            with office.writing() as db:
                for event in events:
                    office.log.append_at(db, **event)
                for note in notes:
                    office.log.append_at(db, **asdict(note), seat=self.seat)
        self.front_door.forget_pending()


class SessionUnknownError(VerificationError):
    """The token belongs to no living session."""
