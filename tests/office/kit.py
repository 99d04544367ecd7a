"""A made office and its kit: opening it by two codes, backups of it, and what a workstation does with the answers."""

import contextlib
from collections.abc import Iterator
from pathlib import Path

from app.auth.period_end import PeriodEnd
from app.auth.recovery_kit import OpenKit, RecoveryKit
from app.backoffice.backup import Made, make_backup
from app.backoffice.office import KIT_FILE, NamePlate
from app.backoffice.period_ends import destroy_period
from app.backoffice.recovery import ByKit, Readmitted, Wanted, marks_of, opened_by_kit, readmit
from app.backoffice.restore import Source, restoring, source_of
from app.backoffice.standing import Standing, accept_standing, standing_of
from app.domain.role import Role
from app.session.backups import ordered_end
from app.session.witness import Remembered, accept, recall
from tests.office.made import SEAT, MadeOffice

BOTH = (Wanted("adi", Role.ADMINISTRATOR), Wanted("hendra", Role.SUPERVISOR))
KEYS_NAME = "backup-keys.json"


def kit_of(office: MadeOffice) -> RecoveryKit:
    """The kit, sealed; from the folder above the home where the home has none yet."""
    home = office.places.home
    path = next(p for p in (home / KIT_FILE, home.parent / KIT_FILE) if p.exists())
    return RecoveryKit.of(path.read_text("utf-8"))


def a_wrong_one(code: str) -> str:
    """A code of the kit's form that differs from this one."""
    return ("B" if code.startswith("A") else "A") + code[1:]


def two_codes(office: MadeOffice, kit: RecoveryKit | None = None) -> OpenKit:
    """The kit, opened by two holders."""
    return (kit or kit_of(office)).open(office.made.kit_codes[2], office.made.kit_codes[0])


@contextlib.contextmanager
def by_kit(office: MadeOffice, *, read_only: bool = False) -> Iterator[ByKit]:
    """The sleeping office, opened by the kit."""
    with opened_by_kit(
        office.places.home, two_codes(office), office.policy, office.clock, read_only=read_only
    ) as opened:
        yield opened


def standing(office: MadeOffice, opened: ByKit) -> Standing:
    """How log and book stand against the office's keyring."""
    seen = recall(office.store, opened.office.id) or Remembered()
    return standing_of(opened.office, seen.audit, seen.book)


def recover(office: MadeOffice, people: tuple[Wanted, ...] = BOTH) -> dict[str, str]:
    """`tirai recovery open` on a sleeping office: activation codes by account."""
    with by_kit(office) as opened:
        found = standing(office, opened)
        codes = readmit(
            opened, office.places.home, SEAT, office.store.seat_half(), people, "recovery.open", found.numbers
        )
        accept(office.store, opened.office.id, Remembered(*marks_of(opened.office)))
    return {one.account: one.code for one in codes}


def back_up(office: MadeOffice, folder: Path) -> Made:
    """A backup of an office that is open."""
    (folder / "backups").mkdir(exist_ok=True, parents=True)
    (folder / "keys").mkdir(exist_ok=True)
    who = {"actor": "adi", "seat": SEAT}
    opened = office.back_office.opened
    return make_backup(opened, office.places.home, folder / "backups", folder / "keys" / KEYS_NAME, who)


def end_period(office: MadeOffice, period: str, *files: Path) -> str:
    """Destroy a period's key by an administrator and a supervisor; the certificate."""
    with signed_end(office, period) as order:
        return destroy_period(office.back_office.opened, order, {"seat": SEAT}, *files)


@contextlib.contextmanager
def signed_end(office: MadeOffice, period: str, second: str = "hendra") -> Iterator[PeriodEnd]:
    """An order to destroy a period's key, while its two people are signed in."""
    people = [office.bare(account, "command") for account in ("adi", second)]
    first, other = (one.identity for one in people)
    yield ordered_end(first, other, period, lambda: office.clock.now_ms() / 1000)
    for one in people:
        one.end()


def source(made: Made, folder: Path, records: Path | None = None) -> Source:
    """What a restore of that backup takes."""
    return source_of(made.office_file, records, folder / "keys" / KEYS_NAME)


def restore(
    office: MadeOffice, taken: Source, home: Path, *, older: bool = False, wrong: bool = False
) -> tuple[Readmitted, ...]:
    """`tirai restore`, at the workstation of the office."""
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    kit = kit_of(office)
    with restoring(taken, kit, two_codes(office, kit), home, office.policy, office.clock) as made:
        found = standing(office, made.opened)
        accept_standing(found, older=older, wrong=wrong)
        readmitted, marks = made.finish(BOTH, found, SEAT, office.store.seat_half())
    accept(office.store, NamePlate.read(home).office, Remembered(*marks))
    return readmitted
