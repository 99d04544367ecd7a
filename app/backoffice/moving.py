"""The move of a workstation's office into the database of gateways: one home works, whenever it is interrupted.

The commit in PostgreSQL decides. Before it, the home notes where it is about to move, and under which mark; after it,
the home is closed: its door, its slots and its name plate go, the file stays as ciphertext that nothing opens. Whoever
finds the note asks the database for the mark: it is there, so the office has moved; or it is not, and the office goes
on here. Where the database cannot be asked, the office stays shut and says so: both at once would fork its log.
"""

import json
import secrets
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import RLock

from sqlalchemy import Connection, func, select

from app.backoffice import schema
from app.backoffice.acting import OFFICE, acting_for
from app.backoffice.clock import Clock
from app.backoffice.database import OfficeDatabase, put_setting, setting
from app.backoffice.front_door import FrontDoor, write_durably
from app.backoffice.log_proof import check_whole
from app.backoffice.master import MasterSource
from app.backoffice.move_in import copy_office
from app.backoffice.office import FRONT_DOOR_FILE, NAME_FILE, RECOVERY_SLOT_FILE, OpenOffice
from app.backoffice.postgres import PostgresDatabase
from app.domain.errors import InputRefusedError, VerificationError, WorkstationError
from app.domain.policy import Policy

NOTE_FILE = "moving.json"
MOVED_FILE = "moved.json"
_MARK = "moved_in"
_GOES = (FRONT_DOOR_FILE, RECOVERY_SLOT_FILE, NAME_FILE)
"""In this order: without the name plate there is no office in a home."""

Tell = Callable[[str, int], None]
"""Called with what was done last, and how many of it: a table and its rows, or a step."""


@dataclass(frozen=True, slots=True)
class Target:
    """Where an office moves.

    Attributes:
        owner: libpq's words for the owner's way to the database.
        gateway: the same for gateways, without the password.
        password_file: where the gateways' password lies, if they need one.
    """

    owner: Mapping[str, str]
    gateway: Mapping[str, str]
    password_file: str = ""


@dataclass(frozen=True, slots=True)
class Moved:
    """What came of it.

    Attributes:
        name: the office.
        rows: by table; empty where an earlier move was only brought to its end.
        entries: of the log, all of them verified behind the gateway.
    """

    name: str
    rows: dict[str, int]
    entries: int


def move_office(
    source: OpenOffice, home: Path, door: FrontDoor, target: Target, master: MasterSource, tell: Tell
) -> Moved:
    """Move an open office. Its process is the only one in its home.

    Args:
        source: the office, opened by two people.
        home: its folder.
        door: its front door.
        target: where to.
        master: what wraps there.
        tell: progress.

    Raises:
        InputRefusedError: there is another office already.
        VerificationError: what arrived is not what left; nothing has moved.
    """
    database = PostgresDatabase(target.owner, pool=4)
    try:
        with acting_for(OFFICE):
            _must_be_free(database)
            mark = secrets.token_hex(16)
            with database.writing() as db:
                rows = copy_office(source, door, db, master, source.clock.now_ms(), tell)
                put_setting(db, _MARK, mark.encode())
                arrived = _arrived(db, source, master)
                tell("verified", _compare(source, arrived, db, rows))
                _note(home, target, mark)
                tell("noted", 1)
            tell("committed", 1)
        close_home(home, tell)
        return Moved(source.plate.name, rows, _length(arrived, database))
    finally:
        database.close()


def settle_move(home: Path) -> bool:
    """Bring an interrupted move to its end, or undo its beginning. The caller's process is the only one in the home.

    Returns:
        Whether the office has moved away.

    Raises:
        WorkstationError: the database cannot be asked (code `moving`).
    """
    path = home / NOTE_FILE
    try:
        note = json.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return (home / MOVED_FILE).exists()
    try:
        words = dict(note["database"])
        if note["password_file"]:
            words["password"] = Path(note["password_file"]).read_text("utf-8").strip()
        database = PostgresDatabase(words, pool=2)
    except (OSError, ValueError, KeyError, WorkstationError, VerificationError) as e:
        raise WorkstationError(
            "This office was being moved to a gateway when it was interrupted, and the gateway's database cannot be "
            "asked from here whether it arrived. Run once more, where it was run: tirai gateway move-in",
            code="moving",
        ) from e
    try:
        with database.reading() as db:
            has_moved = bool((setting(db, _MARK) or b"").decode() == note["mark"])
    finally:
        database.close()
    if has_moved:
        close_home(home, lambda _what, _count: None)
    else:
        path.unlink()
    return has_moved


def close_home(home: Path, tell: Tell) -> None:
    """After the commit: nothing opens the file any more, and no office stands here. Twice is as once."""
    for name in _GOES:
        if name == NAME_FILE and (home / name).exists():
            write_durably(home / MOVED_FILE, (home / name).read_bytes())
        (home / name).unlink(missing_ok=True)
        tell(name, 1)
    (home / NOTE_FILE).unlink(missing_ok=True)
    tell("closed", 1)


def _note(home: Path, target: Target, mark: str) -> None:
    said = {"mark": mark, "database": dict(target.gateway), "password_file": target.password_file}
    write_durably(home / NOTE_FILE, json.dumps(said).encode())


def _must_be_free(database: OfficeDatabase) -> None:
    with database.reading() as db:
        if setting(db, "root") is not None:
            raise InputRefusedError("There is an office in this database already. Give it one of its own.")


class InTransaction(OfficeDatabase):
    """What a transaction has written so far, read before it is committed."""

    is_shared = False

    def __init__(self, db: Connection) -> None:
        self.lock, self._db = RLock(), db

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Nobody writes here."""
        raise RuntimeError("what arrived is read")
        yield

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """The transaction's own connection."""
        yield self._db

    def close(self) -> None:
        """Whoever began the transaction ends it."""


def _arrived(db: Connection, source: OpenOffice, master: MasterSource) -> OpenOffice:
    """The office as a gateway will open it: book replayed, policy and inventory read, master tried."""
    policy: Policy = source.base
    clock: Clock = source.clock
    return OpenOffice(InTransaction(db), source.plate, policy, clock, master)


def _compare(source: OpenOffice, arrived: OpenOffice, db: Connection, rows: dict[str, int]) -> int:
    """Demand that as much arrived as left, and that the log holds; how many tables were counted.

    Raises:
        VerificationError: with what differs.
    """
    for name in rows.keys() - {"settings", "doors"}:
        table = schema.metadata.tables[name]
        count = select(func.count()).select_from(table)
        with source.database.reading() as old:
            left, came = old.execute(count).scalar_one(), db.execute(count).scalar_one()
        if left != came:
            raise VerificationError(f"Of {left} rows of {name}, {came} arrived. Nothing was moved; try again.")
    if (arrived.book.length, arrived.book.head) != (source.book.length, source.book.head):
        raise VerificationError("The book that arrived is another one. Nothing was moved.")
    check_whole(arrived)
    with source.database.reading() as old:
        if arrived.log.head(db) != source.log.head(old):
            raise VerificationError("The log that arrived ends elsewhere. Nothing was moved.")
    return len(rows)


def _length(arrived: OpenOffice, database: OfficeDatabase) -> int:
    with database.reading() as db:
        return arrived.log.head(db)[0]
