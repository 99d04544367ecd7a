"""A new version of the master: everything that it wraps moves, nothing else, whoever is killed or works meanwhile."""

import os
import secrets
import signal
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Connection, func, select
from sqlalchemy.exc import IntegrityError

from app.backoffice import schema
from app.backoffice.database import Database, setting
from app.backoffice.gateways import SILENT_AFTER_MS, announce, at_work, leave
from app.backoffice.master import IN_SETTINGS, MasterMissingError, MasterState
from app.backoffice.master_rotation import MasterRotation, Versions, rotate
from app.backoffice.office import DATABASE_FILE, OpenOffice
from app.backoffice.office_keys import OfficeKeys
from app.domain.errors import WorkstationError
from tests.demo.customers import demo_customers
from tests.office.door import entries, opened
from tests.office.made import MadeOffice, made_office
from tests.office.rotating import copy_of

WHO = {"actor": "root@gateway-1"}
CUSTOMERS = 30
OWN = ("pepper", "index_key", "office_kem", "checkpoint_seed", "log_key")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MadeOffice]:
    with made_office(tmp_path_factory.mktemp("office")) as office:
        office.hire("ratna", "Ratna Dewanti", queues=("billing", "delivery", "retention"))
        office.bring_in(demo_customers(CUSTOMERS, 5))
        office.stop()
        yield office


@pytest.fixture
def office(made: MadeOffice, tmp_path: Path) -> Iterator[MadeOffice]:
    with copy_of(made, tmp_path) as office:
        office.command("hendra").end()  # the file is open
        yield office


class Elsewhere:
    """A master from outside the database, as a gateway has it: versions that somebody puts there."""

    def __init__(self, keys: dict[int, bytes]) -> None:
        self.keys = keys

    def key(self, _db: Connection, version: int) -> bytes:
        if version not in self.keys:
            raise MasterMissingError(f"There is no version {version}.")
        return self.keys[version]

    def added(self, db: Connection, version: int) -> bytes:
        return self.key(db, version)

    def dropped(self, _db: Connection, version: int) -> None:
        """Whoever keeps it keeps it."""


def rotation(office: MadeOffice) -> MasterRotation:
    return MasterRotation(opened(office), WHO)


def under(office: OpenOffice) -> dict[str, set[int]]:
    """The versions that wrap something, by table."""
    columns = {
        "customers": schema.customers.c.master_version,
        "accounts": schema.accounts.c.totp_master,
        "settings": schema.settings.c.master_version,
    }
    with office.database.reading() as db:
        return {name: set(db.execute(select(c).where(c.is_not(None))).scalars()) for name, c in columns.items()}


def record_keys(office: OpenOffice) -> dict[bytes, bytes]:
    with office.database.reading() as db:
        return {
            row.record: office.keys.record_key(row.record, row.master_version, row.record_key)
            for row in db.execute(select(schema.customers))
        }


def own_keys(office: OpenOffice) -> list[bytes]:
    return [getattr(office.keys, name) for name in OWN]


def gateway(office: MadeOffice, *versions: int, name: str = "gateway-2") -> None:
    """A gateway was heard of just now, with these versions."""
    with opened(office).writing() as db:
        row = {"id": name, "name": name, "seen_ms": office.clock.now_ms(), "masters": ",".join(map(str, versions))}
        db.execute(schema.gateways.delete().where(schema.gateways.c.id == name))
        db.execute(schema.gateways.insert().values(row))


# what moves


def test_that_everything_moves_to_the_new_version_and_opens_to_what_it_was(office: MadeOffice) -> None:
    keys, own = record_keys(opened(office)), own_keys(opened(office))
    old = opened(office).keys.master[1]
    assert len(keys) == CUSTOMERS
    assert rotate(rotation(office)) == Versions(2, 0, 1)
    assert under(opened(office)) == {"customers": {2}, "accounts": {2}, "settings": {2}}
    assert (record_keys(opened(office)), own_keys(opened(office))) == (keys, own)
    assert opened(office).keys.master.keys() == {2}
    assert opened(office).keys.master[2] != old


def test_that_people_work_as_before(office: MadeOffice) -> None:
    rotate(rotation(office))
    desk = office.desk("ratna")
    customer = desk.customer(desk.search("", None).ids[0])
    assert desk.reveal(customer.record, "mobile_phone", "call_back").value.reveal().startswith("+62")
    desk.end("signed_out")
    office.bring_in(demo_customers(CUSTOMERS + 5, 5))
    assert under(opened(office))["customers"] == {2}
    session = office.command("hendra")
    assert session.verify_audit(lambda _done, _total: None).ok
    session.end()


def test_that_nothing_is_left_of_the_old_version_in_the_file(office: MadeOffice) -> None:
    old = opened(office).keys.master[1]
    rotate(rotation(office))
    with opened(office).database.reading() as db:
        assert setting(db, "master_1") is None
        assert old not in [bytes(value) for value in db.execute(select(schema.settings.c.value)).scalars()]
        versions = db.execute(select(schema.master_versions)).all()
    assert [(row.version, row.state) for row in versions] == [(2, "wraps")]


def test_that_the_log_tells_of_beginning_and_end(office: MadeOffice) -> None:
    rotate(rotation(office))
    rotate(rotation(office))
    said = [(e.event, e.actor, e.detail) for e in entries(office) if e.event.startswith("master.")]
    assert said == [
        ("master.begin", "root@gateway-1", "version=2 before=1"),
        ("master.rotated", "root@gateway-1", "version=2 before=1"),
        ("master.begin", "root@gateway-1", "version=3 before=2"),
        ("master.rotated", "root@gateway-1", "version=3 before=2"),
    ]


def test_that_an_office_that_is_opened_again_has_the_new_version(office: MadeOffice) -> None:
    keys = record_keys(opened(office))
    rotate(rotation(office))
    office.stop()
    office.serve()
    office.command("hendra").end()
    assert opened(office).keys.master.keys() == {2}
    assert record_keys(opened(office)) == keys


# who works meanwhile


def test_that_what_comes_in_between_chunks_is_moved_too(office: MadeOffice) -> None:
    """An import's process has the keys that it began with, and writes under the old version still."""
    begun, stale = rotation(office), opened(office).keys
    begun.begin()
    assert begun.switch()
    assert begun.move(limit=10) == 10 + 3
    late = newcomer(opened(office), stale)
    assert not begun.retire()
    while begun.move(limit=10):
        pass
    assert begun.retire()
    assert record_keys(opened(office))[late] == b"z" * 32


def newcomer(office: OpenOffice, keys: OfficeKeys) -> bytes:
    """A customer whose record key somebody wraps with these keys."""
    record = secrets.token_bytes(16)
    with office.writing() as db:
        known = db.execute(select(schema.customers)).first()
        assert known is not None
        version, blob = keys.wrap_record_key(record, b"z" * 32)
        row = {"record": record, "number": "N-1", "queue": "billing", "open_fields": "{}", "masks": "{}"}
        row |= {"master_version": version, "record_key": blob, "import_id": known.import_id}  # type: ignore[dict-item]
        db.execute(schema.customers.insert().values(row))
    return record


def test_that_nobody_writes_under_a_version_that_is_gone(office: MadeOffice) -> None:
    stale = opened(office).keys
    rotate(rotation(office))
    with pytest.raises(IntegrityError):
        newcomer(opened(office), stale)


def test_that_a_version_goes_only_when_no_row_names_it_whoever_deletes(office: MadeOffice) -> None:
    with pytest.raises(IntegrityError), opened(office).writing() as db:
        db.execute(schema.master_versions.delete())


# who is killed


@pytest.mark.slow
@pytest.mark.parametrize("commits", range(1, 6))
def test_that_a_rotation_goes_on_where_it_was_killed(office: MadeOffice, commits: int) -> None:
    """A child is killed right after so many of its transactions."""
    keys, own = record_keys(opened(office)), own_keys(opened(office))
    file_key = office.back_office.file_key
    office.stop()
    child = os.fork()
    if child == 0:
        try:
            database = Database(office.places.home / DATABASE_FILE, file_key)
            here = OpenOffice(database, office.made.plate, office.policy, office.clock)
            for number, _step in enumerate(steps(MasterRotation(here, WHO)), 1):
                if number == commits:
                    os.kill(os.getpid(), signal.SIGKILL)
        finally:
            os._exit(1)
    _pid, status = os.waitpid(child, 0)
    assert os.WTERMSIG(status) == signal.SIGKILL
    office.serve()
    office.command("hendra").end()
    assert (record_keys(opened(office)), own_keys(opened(office))) == (keys, own)
    assert rotate(rotation(office)).wraps == 2
    assert under(opened(office)) == {"customers": {2}, "accounts": {2}, "settings": {2}}
    assert (record_keys(opened(office)), own_keys(opened(office))) == (keys, own)
    assert [e.event for e in entries(office) if e.event.startswith("master.")] == ["master.begin", "master.rotated"]


def steps(begun: MasterRotation) -> Iterator[object]:
    """Each step that commits."""
    yield begun.begin()
    yield begun.switch()
    while moved := begun.move(limit=10):
        yield moved
    yield begun.retire()


# gateways


def test_that_nothing_is_wrapped_before_every_gateway_has_the_version(office: MadeOffice) -> None:
    gateway(office, 1)
    gateway(office, 1, 2, name="gateway-3")
    waits: list[float] = []
    with pytest.raises(WorkstationError, match=r"version 2 of the master: gateway-2\.") as refused:
        rotate(rotation(office), wait_s=20, pause=waits.append)
    assert (refused.value.code, len(waits)) == ("master_waits", 4)
    assert under(opened(office)) == {"customers": {1}, "accounts": {1}, "settings": {1}}
    gateway(office, 1, 2)
    assert rotate(rotation(office)).wraps == 2


def test_that_it_goes_on_once_the_last_gateway_has_it(office: MadeOffice) -> None:
    gateway(office, 1)
    assert rotate(rotation(office), pause=lambda _s: gateway(office, 1, 2)).wraps == 2


def test_that_a_gateway_that_has_gone_silent_or_left_is_not_waited_for(office: MadeOffice) -> None:
    gateway(office, 1)
    gateway(office, 1, name="gateway-3")
    leave(opened(office), "gateway-3")
    office.clock.pass_s(SILENT_AFTER_MS / 1000 + 1)
    assert rotate(rotation(office), wait_s=0).wraps == 2


def test_that_a_gateway_announces_what_it_has_and_finds_what_has_come(office: MadeOffice) -> None:
    other = second_gateway(office)
    announce(other, "g2", "gateway-2")
    assert masters(office) == {"gateway-2": {1}}
    begun = rotation(office)
    begun.begin()
    assert begun.missing_at() == ("gateway-2",)
    announce(other, "g2", "gateway-2")
    assert masters(office) == {"gateway-2": {1, 2}}
    assert begun.switch()


def masters(office: MadeOffice) -> dict[str, set[int]]:
    with opened(office).database.reading() as db:
        return {g.name: set(g.masters) for g in at_work(db, office.clock)}


def second_gateway(office: MadeOffice) -> OpenOffice:
    here = opened(office)
    return OpenOffice(here.database, here.plate, here.base, here.clock, here.master)


# a master from elsewhere


@pytest.fixture
def elsewhere(office: MadeOffice) -> Elsewhere:
    """The office's master is outside of its file from here on."""
    here = opened(office)
    source = Elsewhere(dict(here.keys.master))
    here.master = source
    with here.writing() as db:
        IN_SETTINGS.dropped(db, 1)
    return source


def test_that_no_master_lies_in_the_database(office: MadeOffice, elsewhere: Elsewhere) -> None:
    elsewhere.keys[2] = secrets.token_bytes(32)
    rotate(rotation(office))
    with opened(office).database.reading() as db:
        names = set(db.execute(select(schema.settings.c.name)).scalars())
        values = [bytes(value) for value in db.execute(select(schema.settings.c.value)).scalars()]
    assert not {name for name in names if name.startswith("master_")}
    assert not {key for key in elsewhere.keys.values() if any(key in value for value in values)}
    assert opened(office).keys.master == {2: elsewhere.keys[2]}


def test_that_a_version_that_nobody_put_there_begins_nothing(office: MadeOffice, elsewhere: Elsewhere) -> None:
    with pytest.raises(MasterMissingError):
        rotate(rotation(office))
    assert not entries(office, "master.begin")
    with opened(office).database.reading() as db:
        assert db.execute(select(func.count()).select_from(schema.master_versions)).scalar() == 1
    assert elsewhere.keys.keys() == {1}


def test_that_another_key_under_the_same_number_is_not_the_version(office: MadeOffice, elsewhere: Elsewhere) -> None:
    """One gateway's file says something else in its second line than the others'."""
    other, wrong = second_gateway(office), Elsewhere(dict(elsewhere.keys))
    other.master = wrong
    elsewhere.keys[2], wrong.keys[2] = secrets.token_bytes(32), secrets.token_bytes(32)
    begun = rotation(office)
    begun.begin()
    announce(other, "g2", "gateway-2")
    assert masters(office) == {"gateway-2": {1}}
    assert not begun.switch()
    with pytest.raises(MasterMissingError, match="another key"):
        MasterRotation(other, WHO).begin()


def test_that_an_office_without_its_master_does_not_open(office: MadeOffice, elsewhere: Elsewhere) -> None:
    here = opened(office)
    for keys, said in (({}, "no version 1"), ({1: secrets.token_bytes(32)}, "another key")):
        elsewhere.keys = keys
        with pytest.raises(MasterMissingError, match=said):
            OpenOffice(here.database, here.plate, here.base, here.clock, elsewhere)


def test_that_a_version_that_wraps_already_is_needed_and_one_that_comes_is_not(
    office: MadeOffice, elsewhere: Elsewhere
) -> None:
    elsewhere.keys[2] = secrets.token_bytes(32)
    begun, first = rotation(office), Elsewhere({1: elsewhere.keys[1]})
    begun.begin()
    here = opened(office)
    assert OpenOffice(here.database, here.plate, here.base, here.clock, first).keys.master.keys() == {1}
    begun.switch()
    with pytest.raises(MasterMissingError):
        OpenOffice(here.database, here.plate, here.base, here.clock, first)


def test_that_keys_move_to_another_database_under_its_own_first_version(office: MadeOffice, tmp_path: Path) -> None:
    """A move to a gateway."""
    here, source = opened(office), Elsewhere({1: secrets.token_bytes(32)})
    other = Database(tmp_path / "other.db", secrets.token_bytes(32), create=True)
    with other.writing() as db:
        moved = here.keys.moved(db, source)
        assert replace(moved, master={}, master_version=0) == replace(here.keys, master={}, master_version=0)
        assert OfficeKeys.load(db, here.id, source) == moved
        states = db.execute(select(schema.master_versions.c.state)).scalars().all()
    other.close()
    assert states == [MasterState.WRAPS.value]
