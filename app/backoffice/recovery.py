"""Recovery: what two kit holders do with an office that nobody can open, or that nobody should go on with unasked.

    open     the root resets named accounts with activation codes; a new front door stands in the old one's place
    grant    the recovery account passes class keys on to somebody who has enrolled since
    accept   nothing but the two holders' word, in the log, that a shorter or another log is to be gone on with

All of it works on the file itself, while no office runs (the caller holds its lock). Invariants: each of the three is
one transaction together with its entry in the log; a kill between that transaction and the new front door leaves an
office on which the same can be done again; what the root signs stands in the book, so every console sees it.
"""

import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, select

from app.auth.activation import code_text
from app.auth.audit_chain import Witness
from app.auth.book import ROOT, Entry, Kind, State, grant_entry_name
from app.auth.recovery_kit import OpenKit
from app.backoffice import schema
from app.backoffice.class_versions import versions_in_use
from app.backoffice.clock import Clock
from app.backoffice.database import Database
from app.backoffice.database_to_read import DatabaseToRead
from app.backoffice.enrolment import reserve_account
from app.backoffice.front_door import FrontDoor
from app.backoffice.leaving import lose_place
from app.backoffice.office import DATABASE_FILE, FRONT_DOOR_FILE, NamePlate, OpenOffice
from app.backoffice.openings import put_in_order
from app.backoffice.placing import sync_folder
from app.backoffice.proposal_rows import void_proposals
from app.backoffice.recovery_slot import open_recovery_slot
from app.backoffice.standing import Standing
from app.crypto import signing
from app.crypto.account_keys import ActivationCode, wrap_file_key
from app.crypto.derive import sha256
from app.crypto.grants import open_class_key, seal_class_key
from app.domain.data_class import DataClass
from app.domain.errors import InputRefusedError, VerificationError
from app.domain.policy import Policy
from app.domain.role import Role

RECOVERY = Role.RECOVERY.value
NEEDED = (Role.ADMINISTRATOR, Role.SUPERVISOR)
"""Without one of each, an office can neither make accounts nor hand class keys on."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Somebody who gets an activation code.

    Attributes:
        account: account name; a name that the book does not have is invited.
        role: the role that they have, or get.
        display_name: the person's name, for somebody new.
    """

    account: str
    role: Role
    display_name: str = ""


@dataclass(frozen=True, slots=True, repr=False)
class Readmitted:
    """An account that waits for its person.

    Attributes:
        account: account name.
        role: its role.
        code: the activation code, shown once.
    """

    account: str
    role: Role
    code: str


@dataclass(frozen=True, slots=True)
class ByKit:
    """An office that a kit has opened.

    Attributes:
        office: the open office.
        kit: what the two codes opened.
        file_key: the key of the office's file.
    """

    office: OpenOffice
    kit: OpenKit
    file_key: bytes


@contextmanager
def opened_by_kit(
    home: Path, kit: OpenKit, policy: Policy, clock: Clock, *, read_only: bool = False
) -> Iterator[ByKit]:
    """Open the office's file with the kit. No office may run in this home.

    Raises:
        WorkstationError: there is no office here.
        VerificationError: the kit is another office's, or the file, its book or the kit's slot is damaged.
    """
    plate = NamePlate.read(home)
    if sha256(signing.public_of(kit.root)) != plate.office:
        raise VerificationError("This kit belongs to another office than the one in this home.", code="other_kit")
    file_key = open_recovery_slot(home, kit.keys.kem, plate.office)
    kind = DatabaseToRead if read_only else Database
    database = kind(home / DATABASE_FILE, file_key)
    try:
        office = OpenOffice(database, plate, policy, clock)
        check_recovery_account(office, kit)
        yield ByKit(office, kit, file_key)
    finally:
        database.close()


def check_recovery_account(office: OpenOffice, kit: OpenKit) -> None:
    """Demand that the kit holds the keys of the book's recovery account.

    Raises:
        VerificationError: it holds others.
    """
    entry = office.book.active(RECOVERY)
    if (entry.kem, entry.sign) != (kit.keys.kem_public, kit.keys.sign_public):
        raise VerificationError("The book names another recovery account than this kit's.", code="other_kit")


# open


def readmit(
    opened: ByKit,
    home: Path,
    seat: str,
    seat_half: bytes,
    people: Sequence[Wanted],
    event: str,
    detail: str,
) -> tuple[Readmitted, ...]:
    """Give named accounts activation codes, signed by the root, and put a new front door in place.

    Everybody else's slots are gone with the old front door: an administrator starts their resets. Throttles begin anew.

    Args:
        opened: the office.
        home: its folder.
        seat: name of this workstation.
        seat_half: H, as it is now in the keyring.
        people: an administrator and a supervisor at least.
        event: what the log calls it.
        detail: how log and book were found, as numbers for the log.

    Raises:
        InputRefusedError: somebody has another role, or nobody of a needed role is named.
        AuditUnwritableError: the disk refused; nothing was changed.
    """
    office = opened.office
    check_wanted(office, people)
    pending = _events_at_the_door(home, seat_half)
    door = _new_door(home, seat_half)
    put_in_order(office)
    try:
        with office.writing() as db:
            for noted in pending:
                office.log.append_at(db, **noted)
            _begin_throttles_anew(db)
            readmitted = tuple(_readmit(opened, db, door, one, seat) for one in people)
            office.log.append(db, event, actor=RECOVERY, seat=seat, detail=f"holders={opened.kit.holders} {detail}")
            office.log.checkpoint(db)
    except BaseException:
        with suppress(OSError):
            door.path.unlink()
        raise
    door.path.replace(home / FRONT_DOOR_FILE)
    sync_folder(home)
    return readmitted


def check_wanted(office: OpenOffice, people: Sequence[Wanted]) -> None:
    """Judge the choice of people before anything is changed.

    Raises:
        InputRefusedError: see `readmit`.
    """
    if len({one.account for one in people}) != len(people):
        raise InputRefusedError("Name each account once.")
    for role in NEEDED:
        if not any(one.role is role for one in people):
            raise InputRefusedError(f"Name at least one {role.value}: --{role.value} NAME.")
    for one in people:
        entry = office.book.account(one.account)
        if one.role not in NEEDED or (entry is not None and entry.role != one.role):
            is_what = f"has the role {entry.role}" if entry else "would get no such role"
            raise InputRefusedError(f"The account {one.account} {is_what}, not {one.role.value}.")


def _readmit(opened: ByKit, db: Connection, door: "_Door", one: Wanted, seat: str) -> Readmitted:
    office, code = opened.office, ActivationCode.new(opened.office.id)
    known = office.book.account(one.account)
    entry: Entry = office.book.draft(
        Kind.ACCOUNT,
        one.account,
        role=one.role.value,
        queues=known.queues if known else ("*",),
        state=(State.RESET if known else State.INVITED).value,
        activation=signing.public_of(code.sign_seed(office.id, one.account)),
    ).signed(office.id, [(ROOT, opened.kit.root)])
    office.write_book(db, entry)
    if known:
        lose_place(office, db, one.account, "recovery")
        void_proposals(office, db, one.account)
    else:
        reserve_account(db, one.account, one.display_name or one.account)
    event = "account.reset" if known else "account.invite"
    office.log.append(db, event, actor=RECOVERY, acting_with=one.account, seat=seat, reason=one.role.value)
    slot = wrap_file_key(code.slot_key(office.id, one.account), office.id, one.account, opened.file_key)
    door.file.invite(one.account, slot, office.clock.now_ms() + office.policy.activation_s * 1000)
    return Readmitted(one.account, one.role, code_text(code))


def _begin_throttles_anew(db: Connection) -> None:
    db.execute(schema.wrong_codes.delete())
    db.execute(schema.accounts.update().values(code_failures=0))


@dataclass(frozen=True, slots=True)
class _Door:
    path: Path
    file: FrontDoor


def _new_door(home: Path, seat_half: bytes) -> _Door:
    for left in home.glob(f".*{FRONT_DOOR_FILE}.recovery-*"):
        left.unlink()
    path = home / f".{FRONT_DOOR_FILE}.recovery-{secrets.token_hex(4)}"
    return _Door(path, FrontDoor(path, seat_half))


def _events_at_the_door(home: Path, seat_half: bytes) -> list[dict[str, Any]]:
    """What the old front door had to tell the log, if it still opens."""
    try:
        return list(FrontDoor(home / FRONT_DOOR_FILE, seat_half).pending)
    except VerificationError:
        return []


# grant


def grant_by_kit(opened: ByKit, account: str, seat: str) -> tuple[DataClass, ...]:
    """Grant an account what its role may hold, in every version that something still needs.

    Returns:
        The classes.

    Raises:
        InputRefusedError: there is nothing to grant.
        BookError: the account is not active.
        SealError: a class grant to recovery does not open, or is a false one.
    """
    office, kit = opened.office, opened.kit
    to = office.book.active(account)
    classes = [c for c in DataClass if c in office.book.missing(account) & office.book.granted(RECOVERY)]
    if not classes:
        raise InputRefusedError(f"The account {account} holds every class that its role may hold.")
    table = schema.class_grants
    with office.writing() as db:
        for data_class in classes:
            draft = office.book.draft(Kind.GRANT, grant_entry_name(account, data_class))
            office.write_book(db, draft.signed(office.id, [(RECOVERY, kit.keys.seed)]))
            for version in sorted(versions_in_use(office, db, data_class)):
                secret = recovered_class_key(office, db, kit, data_class, version)
                where = (table.c.account == account, table.c.data_class == data_class.value)
                db.execute(table.delete().where(*where, table.c.version == version))
                sealed = seal_class_key(to.kem, secret, office.id, account, data_class.value, version)
                row = {"account": account, "data_class": data_class.value, "version": version, "sealed": sealed}
                db.execute(table.insert().values(row))
        detail = f"classes={'+'.join(c.value for c in classes)} holders={kit.holders}"
        office.log.append(db, "class.grant", actor=RECOVERY, acting_with=account, seat=seat, detail=detail)
        office.log.checkpoint(db)
    return tuple(classes)


def recovered_class_key(office: OpenOffice, db: Connection, kit: OpenKit, data_class: DataClass, version: int) -> bytes:
    """A class key, from the grant to the recovery account, compared with the book.

    Raises:
        SealError: the grant does not open, or is a false one.
        VerificationError: there is none.
    """
    table, name = schema.class_grants.c, data_class.value
    query = select(table.sealed).where(table.account == RECOVERY, table.data_class == name, table.version == version)
    sealed = db.execute(query).scalar()
    if sealed is None:
        raise VerificationError(f"Recovery was never granted {name} in version {version}.", code="no_grant")
    public = office.book.class_public(data_class, version)
    return open_class_key(kit.keys.kem, sealed, office.id, RECOVERY, name, version, public)


# accept


def accept_by_kit(opened: ByKit, standing: Standing, seat: str) -> None:
    """Write down that two kit holders go on with log and book as they stand."""
    office = opened.office
    with office.writing() as db:
        detail = f"holders={opened.kit.holders} {standing.numbers}"
        office.log.append(db, "recovery.accept", actor=RECOVERY, seat=seat, detail=detail)
        office.log.checkpoint(db)


def marks_of(office: OpenOffice) -> tuple[Witness, Witness]:
    """Length and head of log and book as they stand, for a workstation to remember."""
    with office.database.reading() as db:
        length, head = office.log.head(db)
    return Witness(length, head), Witness(office.book.length, office.book.head)
