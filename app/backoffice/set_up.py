"""Set-up: two people make an office; all in one process, so that nothing is circular.

Made here: root, book, recovery account, class keys (granted to the first supervisor and to recovery, `special` and
`note` too), master and what it wraps, file key, front door, kit. The root's secret goes into the kit and nowhere
else. Invariant: an office exists once `office.json` lies in its home, and that file comes last; what an interrupted
set-up left is put aside, never overwritten.
"""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection

from app.auth.book import ROOT, Book, Entry, Kind, State, class_entry_name, grant_entry_name
from app.auth.recovery_kit import RecoveryKit
from app.auth.totp import CodeVerdict, TotpHash, judge_code
from app.backoffice import schema
from app.backoffice.book_store import store_entry
from app.backoffice.clock import Clock
from app.backoffice.database import Database, put_setting
from app.backoffice.enrolment import reserve_account
from app.backoffice.front_door import FrontDoor, write_durably
from app.backoffice.office import (
    DATABASE_FILE,
    FRONT_DOOR_FILE,
    KIT_FILE,
    NAME_FILE,
    RECOVERY_SLOT_FILE,
    NamePlate,
    OpenOffice,
)
from app.backoffice.office_keys import OfficeKeys
from app.backoffice.placing import put_in_place
from app.backoffice.recovery_codes import give_recovery_codes, make_recovery_codes
from app.backoffice.recovery_slot import recovery_slot
from app.crypto import hpke, signing
from app.crypto.account_keys import (
    AccountKeys,
    password_keys,
    slot_key,
    stored_verifier,
    wrap_account_keys,
    wrap_file_key,
)
from app.crypto.calibration import calibrated
from app.crypto.derive import PasswordCost
from app.crypto.grants import seal_class_key
from app.domain.data_class import SEALED_CLASSES
from app.domain.errors import InputRefusedError, NotAllowedError
from app.domain.inventory import Inventory
from app.domain.policy import Policy
from app.domain.role import Role
from app.storage.making_folder import MakingFolder, sweep_making

EVERY_QUEUE = ("*",)


@dataclass(frozen=True, slots=True, repr=False)
class FirstPerson:
    """One of the two people of a set-up.

    Attributes:
        account: account name.
        display_name: the person's name.
        role: administrator or supervisor.
        password: as typed; derived here, stored nowhere.
        totp: the authenticator's secret.
        totp_hash: the authenticator's hash.
    """

    account: str
    display_name: str
    role: Role
    password: str
    totp: bytes
    totp_hash: TotpHash = TotpHash.SHA1


@dataclass(frozen=True, slots=True, repr=False)
class Made:
    """What a set-up hands over.

    Attributes:
        plate: the office's name and root.
        kit_codes: three codes; any two open the kit.
    """

    plate: NamePlate
    kit_codes: tuple[str, ...]


class SetUp:
    """One set-up in progress, in a folder of its own under the home."""

    def __init__(
        self,
        home: Path,
        name: str,
        inventory: Inventory,
        policy: Policy,
        clock: Clock,
        seat: str,
        seat_half: bytes,
        profile: PasswordCost | None = None,
        *,
        is_for_machine: bool = False,
    ) -> None:
        """Begin; nothing counts before `finish`.

        Args:
            home: where the office will be.
            name: its name.
            inventory: its data inventory.
            policy: who may what.
            clock: the clock that counts.
            seat: name of this workstation.
            seat_half: H, from the keyring.
            profile: what passwords are derived with here; measured on this machine if none is given.
            is_for_machine: whether it will serve every OS user of this workstation, and `seat_half` is its own.

        Raises:
            InputRefusedError: there is an office in this home.
        """
        self._home, self._clock, self._seat, self._policy = home, clock, seat, policy
        self._must_be_free()
        self._seat_half = seat_half
        sweep_making(home)
        self._making = MakingFolder(home)
        self._folder = self._making.path
        self._root = signing.new_seed()
        self.plate = NamePlate(name, signing.public_of(self._root))
        self._office_id = self.plate.office
        self._slot_half = self._office_id if is_for_machine else seat_half
        self._file_key = secrets.token_bytes(32)
        self._recovery = AccountKeys.new()
        self._people: dict[Role, tuple[FirstPerson, AccountKeys]] = {}
        self._door = FrontDoor(self._folder / FRONT_DOOR_FILE, seat_half)
        self._profile = profile
        if profile is not None:
            self._door.set_profile(profile)
        self._database = Database(self._folder / DATABASE_FILE, self._file_key, create=True)
        self._begin(inventory)

    def _must_be_free(self) -> None:
        if (self._home / NAME_FILE).exists():
            raise InputRefusedError(
                f"There is an office in {self._home} already. Choose another --home.", code="office_exists"
            )

    @property
    def file_key(self) -> bytes:
        """The file key, for whoever carries the office on to a gateway."""
        return self._file_key

    @property
    def seat_half(self) -> bytes:
        """H, under which the front door is wrapped."""
        return self._seat_half

    @property
    def book(self) -> Book:
        """The book as made so far."""
        return self._office.book

    def _begin(self, inventory: Inventory) -> None:
        book = Book(self.plate.root, self._policy.holds)
        with self._database.writing() as db:
            put_setting(db, "root", self.plate.root)
            put_setting(db, "inventory", inventory.text.encode())
            keys = OfficeKeys.create(db, self._office_id)
            office_sign = signing.public_of(keys.checkpoint_seed)
            self._write(db, book, Kind.OFFICE, "office", kem=hpke.public_of(keys.office_kem), sign=office_sign)
            self._write(db, book, Kind.ACCOUNT, Role.RECOVERY.value, **_account(Role.RECOVERY, self._recovery))
            reserve_account(db, Role.RECOVERY.value, "Recovery kit")
        self._office = OpenOffice(self._database, self.plate, self._policy, self._clock)

    def _write(self, db: Connection, book: Book, kind: Kind, name: str, **rest: object) -> None:
        entry: Entry = book.draft(kind, name, **rest).signed(self._office_id, [(ROOT, self._root)])
        book.add(entry)
        store_entry(db, entry)

    def add(self, person: FirstPerson, code: str, cost: PasswordCost | None = None) -> tuple[str, ...]:
        """Enrol one of the two people after their authenticator has shown a right code.

        Returns:
            Their recovery codes, to be shown once.

        Raises:
            NotAllowedError: the code does not fit.
            InputRefusedError: the account name is taken.
        """
        if any(p.account == person.account for p, _ in self._people.values()):
            raise InputRefusedError("Two people set an office up; choose another account name.", code="name_taken")
        now_ms = self._clock.now_ms()
        judgement = judge_code(person.totp, code, now_ms / 1000, 0, 0, person.totp_hash)
        if judgement.verdict is not CodeVerdict.RIGHT:
            raise NotAllowedError("This code does not fit. Type the one that is shown now.", code="wrong_code")
        cost = cost or self._measured()
        keys, salt = AccountKeys.new(), secrets.token_bytes(16)
        derived = password_keys(person.account, person.password, salt, cost)
        slot = slot_key(self._office_id, person.account, self._slot_half, derived.console)
        office, table = self._office, schema.accounts
        codes = make_recovery_codes(office.keys.pepper, person.account)
        with office.writing() as db:
            self._write(db, office.book, Kind.ACCOUNT, person.account, **_account(person.role, keys))
            reserve_account(db, person.account, person.display_name)
            db.execute(
                table.update()
                .where(table.c.name == person.account)
                .values(
                    verifier=stored_verifier(office.keys.pepper, person.account, derived.verifier),
                    wrapped_keys=wrap_account_keys(self._office_id, person.account, derived.wrapping, keys),
                    **office.keys.wrapped_totp(person.account, person.totp),
                    totp_hash=person.totp_hash.value,
                    last_step=judgement.step,
                    authenticator_ms=now_ms,
                    password_ms=now_ms,
                )
            )
            give_recovery_codes(db, person.account, codes)
            detail = f"factor=password+code hash={person.totp_hash} recovery_codes={len(codes.texts)}"
            who = {"actor": person.account, "seat": self._seat}
            office.log.append(db, "account.enrol", reason="set_up", detail=detail, **who)
        self._door.set_password(
            person.account, salt, cost, wrap_file_key(slot, self._office_id, person.account, self._file_key)
        )
        self._people[person.role] = (person, keys)
        return codes.texts

    def _measured(self) -> PasswordCost:
        if self._profile is None:
            self._profile = calibrated()
            self._door.set_profile(self._profile)
        return self._profile

    def finish(self, pin: Callable[[NamePlate, Book], None] = lambda _plate, _book: None) -> Made:
        """Make the class keys and the kit, then put everything in its place.

        Args:
            pin: remembers the new office on this workstation; called before anything is in place, so that no
                office is made that its own workstation does not know.

        Raises:
            InputRefusedError: one of the two people is missing, or somebody else made an office here meanwhile.
        """
        self._must_be_free()
        if set(self._people) != {Role.ADMINISTRATOR, Role.SUPERVISOR}:
            raise InputRefusedError("A set-up needs an administrator and a supervisor.")
        supervisor, keys = self._people[Role.SUPERVISOR]
        holders = {Role.RECOVERY.value: self._recovery, supervisor.account: keys}
        with self._office.writing() as db:
            for data_class in SEALED_CLASSES:
                self._make_class(db, data_class.value, holders)
            self._office.log.append(db, "office.set_up", seat=self._seat)
            self._office.log.checkpoint(db)
        self._database.close()
        codes = self._write_kit()
        pin(self.plate, self.book)
        put_in_place(self._folder, self._home, self.plate)
        self._making.close()
        return Made(self.plate, codes)

    def _make_class(self, db: Connection, name: str, holders: dict[str, AccountKeys]) -> None:
        data_class = next(c for c in SEALED_CLASSES if c.value == name)
        secret, book = hpke.new_secret(), self._office.book
        self._write(db, book, Kind.CLASS, class_entry_name(data_class, 1), kem=hpke.public_of(secret))
        for account, keys in holders.items():
            self._write(db, book, Kind.GRANT, grant_entry_name(account, data_class))
            sealed = seal_class_key(keys.kem_public, secret, self._office_id, account, name, 1)
            row = {"account": account, "data_class": name, "version": 1, "sealed": sealed}
            db.execute(schema.class_grants.insert().values(row))

    def _write_kit(self) -> tuple[str, ...]:
        kit, codes = RecoveryKit.make(self.plate.name, self._root, self._recovery)
        write_durably(self._folder / KIT_FILE, kit.text().encode())
        write_durably(
            self._folder / RECOVERY_SLOT_FILE, recovery_slot(self._recovery.kem_public, self._file_key, kit.office)
        )
        return codes

    def cancel(self) -> None:
        """Leave nothing behind."""
        self._database.close()
        self._making.remove()


def _account(role: Role, keys: AccountKeys) -> dict[str, object]:
    queues = () if role is Role.RECOVERY else EVERY_QUEUE
    return {
        "role": role.value,
        "queues": queues,
        "state": State.ACTIVE.value,
        "kem": keys.kem_public,
        "sign": keys.sign_public,
    }
