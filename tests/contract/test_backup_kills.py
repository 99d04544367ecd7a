"""Kills in the midst of a backup, a restore and a recovery: whole or not at all, and again works.

A few points always, the rest with the slow tests. Each kill is a real one: a child process does the work and ends at
that point without a word, as under `kill -9`.
"""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import app.backoffice.backup
import app.backoffice.backup_file
import app.backoffice.placing
import app.backoffice.recovery
import app.backoffice.restore
import app.storage.sqlcipher
from app.backoffice.backup import Made, make_backup
from app.backoffice.backup_file import checked_backup
from app.backoffice.office import KIT_FILE, NAME_FILE
from app.backoffice.recovery import grant_by_kit, marks_of
from app.session.witness import Remembered, accept
from app.storage.places import Places
from tests.demo.customers import demo_customers
from tests.office.kit import KEYS_NAME, back_up, by_kit, recover, restore, source
from tests.office.made import SEAT, MadeOffice, made_office

pytestmark = pytest.mark.slow  # kills

KILLED = 9
WHO = {"actor": "adi", "seat": SEAT}


@pytest.fixture
def office(tmp_path: Path) -> Iterator[MadeOffice]:
    with made_office(tmp_path / "office") as made:
        made.bring_in(demo_customers(20, 7))
        made.stop()
        yield made


def killed(act: Callable[[], object], owner: Any, name: str, *, after: bool) -> None:
    """Do it in a child that dies before or after a call."""
    pid = os.fork()
    if pid == 0:
        try:
            original = getattr(owner, name)

            def dies(*parts: Any, **named: Any) -> None:
                if after:
                    done = original(*parts, **named)
                    if hasattr(done, "__next__"):
                        list(done)
                os._exit(KILLED)

            setattr(owner, name, dies)
            act()
        finally:
            os._exit(1)
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == KILLED


def backed_up(office: MadeOffice, folder: Path) -> Made:
    """A backup of a sleeping office."""
    (folder / "backups").mkdir(exist_ok=True)
    (folder / "keys").mkdir(exist_ok=True)
    with by_kit(office) as opened:
        return make_backup(opened.office, office.places.home, folder / "backups", folder / "keys" / KEYS_NAME, WHO)


def whole_backups(folder: Path) -> list[Path]:
    """Main files that lie in their place; each of them is whole, and so is what belongs to it."""
    found = list((folder / "backups").glob("*.tirai-office"))
    for path in found:
        checked_backup(path)
        checked_backup(path.with_suffix(".tirai-records"))
    return found


BACKUP_POINTS = [
    pytest.param(app.backoffice.backup, "save_keys", False, 0, marks=pytest.mark.slow),
    pytest.param(app.backoffice.backup, "save_keys", True, 0, marks=pytest.mark.slow),
    (app.backoffice.backup, "copy_without_record_keys", False, 0),
    pytest.param(app.storage.sqlcipher, "copy_to", True, 0, marks=pytest.mark.slow),
    pytest.param(app.backoffice.backup_file, "seal_stream", False, 0, marks=pytest.mark.slow),
    (app.backoffice.backup, "write_one", True, 0),
    (app.backoffice.backup, "sync_folder", False, 1),
    pytest.param(app.backoffice.backup, "sync_folder", True, 1, marks=pytest.mark.slow),
]


@pytest.mark.parametrize(
    ("owner", "name", "after", "made"), BACKUP_POINTS, ids=lambda v: getattr(v, "__name__", str(v))
)
def test_that_a_killed_backup_is_whole_or_none(
    office: MadeOffice, tmp_path: Path, owner: Any, name: str, after: bool, made: int
) -> None:
    killed(lambda: backed_up(office, tmp_path), owner, name, after=after)
    assert len(whole_backups(tmp_path)) == made
    again = backed_up(office, tmp_path)
    assert len(whole_backups(tmp_path)) == made + 1
    assert not [p for p in (tmp_path / "backups").iterdir() if p.name.startswith(".")]
    taken = source(again, tmp_path)
    moved(office, tmp_path)
    restore(office, taken, office.places.home, older=True)


def moved(office: MadeOffice, folder: Path) -> None:
    """A new home on a new disk."""
    (folder / KIT_FILE).write_bytes((office.places.home / KIT_FILE).read_bytes())
    office.places = Places(folder / "home2", folder / "cache2", folder / "run2").prepare()


RESTORE_POINTS = [
    pytest.param(app.backoffice.restore, "record_keys_of", True, marks=pytest.mark.slow),
    (app.backoffice.restore, "_write_out", True),
    pytest.param(app.storage.sqlcipher, "copy_to", True, marks=pytest.mark.slow),
    pytest.param(app.backoffice.restore, "check_record_keys", True, marks=pytest.mark.slow),
    pytest.param(app.backoffice.restore, "readmit", False, marks=pytest.mark.slow),
    (app.backoffice.restore, "readmit", True),
    pytest.param(app.backoffice.restore, "recovery_slot", True, marks=pytest.mark.slow),
    (app.backoffice.restore, "put_in_place", False),
    pytest.param(app.backoffice.placing, "sync_folder", False, marks=pytest.mark.slow),
]


@pytest.mark.parametrize(("owner", "name", "after"), RESTORE_POINTS, ids=lambda v: getattr(v, "__name__", str(v)))
def test_that_a_killed_restore_leaves_no_office_and_again_works(
    office: MadeOffice, tmp_path: Path, owner: Any, name: str, after: bool
) -> None:
    taken = source(backed_up(office, tmp_path), tmp_path)
    moved(office, tmp_path)
    home = office.places.home
    killed(lambda: restore(office, taken, home, older=True), owner, name, after=after)
    assert not (home / NAME_FILE).exists()
    codes = restore(office, taken, home, older=True)
    at_work(office, {one.account: one.code for one in codes})


def test_that_an_office_whose_restore_was_killed_at_its_end_is_whole_and_opens_by_the_kit(
    office: MadeOffice, tmp_path: Path
) -> None:
    """The codes were never shown, and the workstation remembers the office as it was before."""
    taken = source(backed_up(office, tmp_path), tmp_path)
    moved(office, tmp_path)
    killed(
        lambda: restore(office, taken, office.places.home, older=True),
        app.backoffice.restore,
        "put_in_place",
        after=True,
    )
    assert (office.places.home / NAME_FILE).exists()
    at_work(office, recover(office))


RECOVERY_POINTS = [
    pytest.param(app.backoffice.recovery, "put_in_order", True, marks=pytest.mark.slow),
    pytest.param(app.backoffice.recovery, "lose_place", True, marks=pytest.mark.slow),
    (app.backoffice.recovery, "_begin_throttles_anew", True),
    (app.backoffice.recovery, "sync_folder", False),
    pytest.param(app.backoffice.recovery, "sync_folder", True, marks=pytest.mark.slow),
    pytest.param(Path, "replace", False, marks=pytest.mark.slow),
]


@pytest.mark.parametrize(("owner", "name", "after"), RECOVERY_POINTS, ids=lambda v: getattr(v, "__name__", str(v)))
def test_that_a_killed_recovery_can_be_done_again(office: MadeOffice, owner: Any, name: str, after: bool) -> None:
    killed(lambda: recover(office), owner, name, after=after)
    at_work(office, recover(office))
    left = [p.name for p in office.places.home.iterdir() if ".recovery-" in p.name]
    assert left == []


def test_that_a_killed_grant_grants_nothing_and_can_be_done_again(office: MadeOffice) -> None:
    codes = recover(office)
    office.serve()
    for account, code in codes.items():
        office.enrol(account, code)
    office.stop()

    def grant() -> None:
        with by_kit(office) as opened:
            grant_by_kit(opened, "hendra", SEAT)

    killed(grant, app.backoffice.recovery, "seal_class_key", after=True)
    with by_kit(office) as opened:
        assert opened.office.book.granted("hendra") == frozenset()
    grant()


def at_work(office: MadeOffice, codes: dict[str, str]) -> None:
    """The office until a supervisor opens what was sealed before."""
    office.serve()
    for account, code in codes.items():
        office.enrol(account, code)
    office.stop()
    with by_kit(office) as opened:
        grant_by_kit(opened, "hendra", SEAT)
        accept(office.store, opened.office.id, Remembered(*marks_of(opened.office)))
    office.serve()
    desk = office.desk("hendra")
    customer = desk.customer(desk.search("", None).ids[0])
    assert desk.reveal(customer.record, "mobile_phone", "call_back").value.reveal().startswith("+62")
    desk.end("signed_out")
    office.stop()


def test_that_back_up_is_the_same_work_as_the_offices(office: MadeOffice, tmp_path: Path) -> None:
    """What is killed above is what the office does when it is asked."""
    office.serve()
    office.command("adi").end()
    assert back_up(office, tmp_path).customers == 20
