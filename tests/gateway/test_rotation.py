"""The master's rotation behind a gateway, on a real PostgreSQL: everybody works, and whoever rotates is killed."""

import json
import os
import signal
from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select
from typer.testing import CliRunner

from app.backoffice import schema
from app.backoffice.acting import OFFICE, acting_for
from app.backoffice.gateways import announce
from app.backoffice.master_rotation import MasterRotation
from app.backoffice.office import OpenOffice
from app.backoffice.office_keys import OfficeKeys
from app.backoffice.postgres import PostgresDatabase
from app.backoffice.team_office import plate_of
from app.cli import app
from app.gateway.master import MasterFile, add_version_to
from app.gateway.secret_files import SecretPlace
from tests.demo.customers import demo_customers
from tests.gateway.databases import BACKUP, GATEWAY
from tests.office.door import entries
from tests.office.team import TeamMade, team_office

CUSTOMERS = 30
WHO = {"seat": "gateway-1"}


@pytest.fixture
def office(tmp_path: Path) -> Iterator[TeamMade]:
    with team_office(tmp_path) as office:
        office.hire("ratna", "Ratna Dewanti", queues=("billing", "delivery", "retention"))
        office.bring_in(demo_customers(CUSTOMERS, 5))
        office.stop()
        line = {"version": 1, "key": b64encode(office.master_key).decode()}
        master_file(office).write_text(json.dumps(line) + "\n")
        master_file(office).chmod(0o400)
        office.master = MasterFile(SecretPlace(file=master_file(office)))
        office.serve()
        yield office


def master_file(office: TeamMade) -> Path:
    """The gateway's master, in a file from here on."""
    return office.places.home.parent / "master"


def config_of(office: TeamMade) -> Path:
    """A configuration for the commands."""
    folder, server = master_file(office).parent, office.database.server
    password = folder / "password"
    password.touch(0o600)
    password.write_text(server.password)
    file = folder / "gateway.toml"
    file.write_text(f"""
[listen]
certificate = "/nowhere/chain.pem"
key = "/nowhere/key.pem"
[database]
url = "postgresql://{GATEWAY}@127.0.0.1:{server.port}/{office.database.name}"
password_file = "{password}"
[master]
file = "{master_file(office)}"
""")
    return file


def other(office: TeamMade) -> OpenOffice:
    """The office as another process has it."""
    database = PostgresDatabase(office.database.words(), pool=2)
    master = MasterFile(SecretPlace(file=master_file(office)))
    with acting_for(OFFICE):
        return OpenOffice(database, plate_of(database), office.policy, office.clock, master)


def seen(office: TeamMade) -> tuple[dict[bytes, bytes], set[int], set[int]]:
    """Every record key in the open, and the versions that wrap record keys and TOTP secrets."""
    here = other(office)
    try:
        with acting_for(OFFICE), here.database.reading() as db:
            rows = db.execute(select(schema.customers)).all()
            totp = db.execute(select(schema.accounts.c.totp_master).where(schema.accounts.c.totp_master.is_not(None)))
            keys = {r.record: here.keys.record_key(r.record, r.master_version, r.record_key) for r in rows}
            return keys, {r.master_version for r in rows}, set(totp.scalars())
    finally:
        here.database.close()


def reveal(office: TeamMade) -> str:
    desk = office.desk("ratna")
    try:
        customer = desk.customer(desk.search("", None).ids[0])
        return desk.reveal(customer.record, "mobile_phone", "call_back").value.reveal()
    finally:
        desk.end("signed_out")


@pytest.mark.slow
def test_that_everybody_works_while_the_master_is_rotated(office: TeamMade) -> None:
    keys, before, _totp = seen(office)
    assert (len(keys), before) == (CUSTOMERS, {1})
    here, begun = other(office), None
    with acting_for(OFFICE):
        begun = MasterRotation(here, WHO)
        add_version_to(master_file(office))
        shown = [reveal(office)]
        begun.begin()
        announce(office.back_office.opened, "g1", "gateway-1")
        shown.append(reveal(office))
        assert begun.switch()
        shown.append(reveal(office))
        while begun.move(limit=7):
            shown.append(reveal(office))
        assert begun.retire()
        shown.append(reveal(office))
    here.database.close()
    assert len(set(shown)) == 1
    assert seen(office) == (keys, {2}, {2})
    office.bring_in(demo_customers(CUSTOMERS + 5, 5))
    assert seen(office)[1] == {2}
    assert office.back_office.opened.keys.master.keys() == {2}
    session = office.command("hendra")
    assert session.verify_audit(lambda _done, _total: None).ok
    session.end()


def test_that_the_command_rotates_and_says_so(office: TeamMade) -> None:
    file = config_of(office)
    refused = CliRunner().invoke(app, ["gateway", "rotate-master", "--config", str(file)])
    assert "has no version 2" in str(refused.exception)
    assert CliRunner().invoke(app, ["gateway", "add-master", str(master_file(office))]).exit_code == 0
    done = CliRunner().invoke(app, ["gateway", "rotate-master", "--config", str(file)])
    assert done.exit_code == 0, done.exception
    assert "Everything is under version 2" in done.output
    assert seen(office)[1:] == ({2}, {2})
    assert [(e.event, e.actor, e.reason) for e in entries(office) if e.event.startswith("master.")] == [
        ("master.begin", "", f"by {os.environ.get('USER', 'root')}"),
        ("master.rotated", "", f"by {os.environ.get('USER', 'root')}"),
    ]


def test_that_a_gateway_that_lacks_the_version_is_waited_for_and_named(office: TeamMade) -> None:
    file = config_of(office)
    announce(office.back_office.opened, "g1", "gateway-1")
    without = other(office)
    without.master = MasterFile(SecretPlace(file=master_file(office)))
    only_first = master_file(office).with_name("first")
    only_first.write_bytes(master_file(office).read_bytes())
    only_first.chmod(0o400)
    without.master = MasterFile(SecretPlace(file=only_first))
    add_version_to(master_file(office))
    announce(without, "g2", "gateway-2")
    waited = CliRunner().invoke(app, ["gateway", "rotate-master", "--config", str(file), "--wait", "0"])
    assert "At work without version 2 of the master: gateway-1, gateway-2." in str(waited.exception)
    announce(without, "g2", "gateway-2")
    announce(office.back_office.opened, "g1", "gateway-1")
    waited = CliRunner().invoke(app, ["gateway", "rotate-master", "--config", str(file), "--wait", "0"])
    assert "At work without version 2 of the master: gateway-2." in str(waited.exception)
    assert seen(office)[1:] == ({1}, {1})
    without.database.close()


def test_that_an_import_that_began_before_is_waited_for(office: TeamMade) -> None:
    with office.back_office.opened.database.writing() as db:
        now_ms = office.clock.now_ms()
        row = {"id": b"i" * 16, "account": "dewi", "at_ms": now_ms, "committed": False, "alive_ms": now_ms}
        db.execute(schema.imports.insert().values(row | {"masters": "1"}))
    add_version_to(master_file(office))
    file = config_of(office)
    waited = CliRunner().invoke(app, ["gateway", "rotate-master", "--config", str(file), "--wait", "0"])
    assert "At work without version 2 of the master: an import of dewi." in str(waited.exception)


@pytest.mark.slow
@pytest.mark.parametrize("commits", [1, 2, 3, 5, 6])
def test_that_a_rotation_goes_on_where_it_was_killed(office: TeamMade, commits: int) -> None:
    """A child with a connection of its own is killed right after so many of its transactions."""
    keys = seen(office)[0]
    add_version_to(master_file(office))
    office.stop()
    child = os.fork()
    if child == 0:
        try:
            here = other(office)
            with acting_for(OFFICE):
                for number, _step in enumerate(steps(MasterRotation(here, WHO)), 1):
                    if number == commits:
                        os.kill(os.getpid(), signal.SIGKILL)
        finally:
            os._exit(1)
    _pid, status = os.waitpid(child, 0)
    assert os.WTERMSIG(status) == signal.SIGKILL
    office.serve()
    assert reveal(office).startswith("+62")
    assert seen(office)[0] == keys
    done = CliRunner().invoke(app, ["gateway", "rotate-master", "--config", str(config_of(office))])
    assert done.exit_code == 0, done.exception
    assert seen(office) == (keys, {2}, {2})
    assert reveal(office).startswith("+62")


def steps(begun: MasterRotation) -> Iterator[object]:
    """Each step that commits."""
    yield begun.begin()
    yield begun.switch()
    while moved := begun.move(limit=8):
        yield moved


@pytest.mark.slow
def test_that_a_dump_holds_no_master_and_nothing_that_it_wraps(office: TeamMade) -> None:
    add_version_to(master_file(office))
    file = config_of(office)
    held = [*office.back_office.opened.keys.master.values()]
    assert CliRunner().invoke(app, ["gateway", "rotate-master", "--config", str(file)]).exit_code == 0
    keys: OfficeKeys = office.back_office.opened.keys
    held += [*keys.master.values(), keys.pepper, keys.index_key, keys.office_kem, keys.checkpoint_seed, keys.log_key]
    held += seen(office)[0].values()
    dump = office.database.server.dump(office.database.name, role=BACKUP)
    assert b"master_versions" in dump
    assert not [key for key in held if key.hex().encode() in dump]
