"""`tirai gateway check`: a whole gateway passes, and each thing that is wrong is said in a line, with its exit code."""

import json
import secrets
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.dialects.postgresql.base import PGDialect
from typer.testing import CliRunner

from app.backoffice import schema
from app.backoffice.database import put_setting
from app.backoffice.gateways import clock_off_ms
from app.backoffice.master import MasterState, add_version
from app.backoffice.office_keys import OfficeKeys
from app.cli import app
from app.crypto.derive import sha256
from app.gateway.check import Finding, Level, check_gateway, exit_code_of
from app.gateway.master import MasterFile, add_version_to
from app.gateway.secret_files import SecretPlace
from tests.gateway.databases import BACKUP as BACKUP_ROLE
from tests.gateway.databases import GATEWAY, OWNER, GatewayDatabase, empty_database
from tests.gateway.pki import Authority, self_signed
from tests.gateway.ports import free_port
from tests.gateway.postgres_server import PostgresServer

ROOT = b"root" * 8
OWNERS = """
[migrations]
url = "postgresql://{role}@127.0.0.1:{port}/{name}"
password_file = "{folder}/password"
"""
BACKUP = """
[backup]
url = "postgresql://{reader}@127.0.0.1:{port}/{name}"
password_file = "{folder}/password"
folder = "{folder}/b"
keys = "{folder}/k/keys"
"""


@dataclass
class Gateway:
    """A gateway that lacks nothing, until a test spoils it."""

    folder: Path
    database: GatewayDatabase
    text: str

    def check(self, *, runs: bool = False) -> list[Finding]:
        file = self.folder / "gateway.toml"
        file.write_text(self.text)
        return check_gateway(file, runs=runs)

    def fault(self, *, runs: bool = False) -> Finding:
        """The one thing that is wrong."""
        (fault,) = [f for f in self.check(runs=runs) if f.level is Level.FAULT]
        return fault

    def said(self, words: str) -> str:
        """Words of a configuration, about this gateway."""
        place = {"port": self.database.server.port, "name": self.database.name, "folder": self.folder}
        return words.format(role=OWNER, reader=BACKUP_ROLE, **place)

    def secret(self, name: str, text: str) -> Path:
        path = self.folder / name
        path.unlink(missing_ok=True)
        path.write_text(text)
        path.chmod(0o400)
        return path


@pytest.fixture
def gateway(tmp_path: Path, gateway_database: GatewayDatabase) -> Gateway:
    server = gateway_database.server
    certified = Authority(tmp_path / "pki").issue()
    master = tmp_path / "master"
    add_version_to(master)
    made = Gateway(tmp_path, gateway_database, "")
    password = made.secret("password", server.password + "\n")
    made.text = f"""
[listen]
host = "127.0.0.1"
port = {free_port()}
certificate = "{certified.certificate}"
key = "{certified.key}"
[private]
port = {free_port()}
[database]
url = "postgresql://{GATEWAY}@127.0.0.1:{server.port}/{gateway_database.name}"
password_file = "{password}"
[master]
file = "{master}"
"""
    engine = gateway_database.engine()
    with engine.begin() as db:
        put_setting(db, "name", b"Nusantara Care")
        put_setting(db, "root", ROOT)
        OfficeKeys.create(db, sha256(ROOT), MasterFile(SecretPlace.of(str(master))))
    engine.dispose()
    return made


def said(gateway: Gateway) -> dict[str, str]:
    return {f.what: f.said for f in gateway.check()}


def test_that_a_whole_gateway_passes(gateway: Gateway) -> None:
    found = gateway.check()
    assert {f.level for f in found} == {Level.OK}
    assert {f.what for f in found} >= {"config", "certificate", "database", "clock", "tables", "master", "port"}
    assert exit_code_of(found) == 0
    assert "Version 1 of the master opens the keys of Nusantara Care." in [f.said for f in found]


def test_that_the_command_prints_a_line_each_or_json(gateway: Gateway) -> None:
    found = gateway.check()
    file = str(gateway.folder / "gateway.toml")
    lines = CliRunner().invoke(app, ["gateway", "check", "--config", file])
    assert (lines.exit_code, len(lines.output.splitlines())) == (0, len(found))
    answer = CliRunner().invoke(app, ["gateway", "check", "--config", file, "--json"])
    assert json.loads(answer.output)["ok"] is True
    gateway.secret("password", "wrong\n")
    answer = CliRunner().invoke(app, ["gateway", "check", "--config", file, "--json"])
    assert (answer.exit_code, json.loads(answer.output)["ok"]) == (5, False)


def test_that_a_wrong_configuration_is_said_line_by_line(gateway: Gateway) -> None:
    gateway.text = gateway.text.replace("[private]", "[privat]").replace('host = "127.0.0.1"', "host = 7")
    found = gateway.check()
    assert [f.what for f in found] == ["config", "config"]
    assert exit_code_of(found) == 3
    assert all(f.said.startswith(f"{gateway.folder}/gateway.toml:") for f in found)


# the certificate


def test_that_a_certificate_that_ends_soon_is_a_warning(gateway: Gateway) -> None:
    Authority(gateway.folder / "pki").issue(to_days=20)
    (warning,) = [f for f in gateway.check() if f.level is Level.WARNING]
    assert "renew it" in warning.said
    assert exit_code_of(gateway.check()) == 0


@pytest.mark.parametrize("wrong", ["expired", "other key", "none"])
def test_that_a_certificate_that_is_not_good_is_a_fault(gateway: Gateway, wrong: str) -> None:
    pki = gateway.folder / "pki"
    certified = Authority(pki).issue(from_days=-9, to_days=-1 if wrong == "expired" else 30)
    if wrong == "other key":
        certified.key.write_bytes(self_signed(pki).key.read_bytes())
    if wrong == "none":
        certified.certificate.write_text("no certificate")
    fault = gateway.fault()
    assert (fault.what, fault.exit_code) == ("certificate", 6)


def test_that_a_key_that_others_read_is_a_fault(gateway: Gateway) -> None:
    (gateway.folder / "pki").joinpath(key_name(gateway)).chmod(0o644)
    fault = gateway.fault()
    assert (fault.what, fault.exit_code) == ("certificate", 5)
    assert "chmod 0400" in fault.said


def key_name(gateway: Gateway) -> str:
    line = next(line for line in gateway.text.splitlines() if line.startswith("key ="))
    return Path(line.split('"')[1]).name


# the database


def test_that_a_wrong_password_is_said_and_not_shown(gateway: Gateway) -> None:
    gateway.secret("password", "hunter2-wrong\n")
    fault = gateway.fault()
    assert (fault.what, fault.exit_code) == ("database", 5)
    assert "password is wrong" in fault.said
    assert "hunter2" not in fault.said


def test_that_a_server_that_does_not_answer_is_said(gateway: Gateway) -> None:
    port = str(gateway.database.server.port)
    gateway.text = gateway.text.replace(f":{port}/", f":{free_port()}/")
    assert "nothing answers there" in gateway.fault().said


def test_that_there_is_no_such_database(gateway: Gateway) -> None:
    gateway.text = gateway.text.replace(f"/{gateway.database.name}", "/nowhere")
    assert "no such database" in gateway.fault().said


@pytest.mark.parametrize("role", [OWNER, "postgres"])
def test_that_the_owner_and_the_superuser_are_refused(gateway: Gateway, role: str) -> None:
    gateway.text = gateway.text.replace(f"//{GATEWAY}@", f"//{role}@")
    fault = gateway.fault()
    assert (fault.what, fault.exit_code) == ("tables", 5)
    assert f"The gateway's role {role}" in fault.said


@pytest.mark.parametrize("right", ["UPDATE ON audit", "DELETE ON book", "CREATE ON SCHEMA public"])
def test_that_a_right_too_many_is_refused(gateway: Gateway, right: str) -> None:
    gateway.database.execute(f"GRANT {right} TO {GATEWAY}", OWNER)
    fault = gateway.fault()
    assert (fault.what, fault.said) == (
        "tables",
        "The gateway's role may do more in the database than it should. Run: tirai gateway migrate",
    )


def test_that_tables_of_another_release_are_refused(gateway: Gateway) -> None:
    later = str(int(schema.SCHEMA_VERSION) + 3)
    for name in ("schema_version", "schema_oldest"):
        gateway.database.execute(f"UPDATE settings SET value = '{later}' WHERE name = '{name}'", OWNER)
    fault = gateway.fault()
    assert (fault.what, fault.exit_code) == ("tables", 6)
    assert "Update the gateway" in fault.said


def test_that_an_empty_database_is_one_fault(gateway: Gateway, postgres: PostgresServer) -> None:
    empty = empty_database(postgres)
    gateway.text = gateway.text.replace(f"/{gateway.database.name}", f"/{empty.name}")
    assert (gateway.fault().what, "tirai gateway migrate" in gateway.fault().said) == ("tables", True)
    postgres.drop_database(empty.name)


def test_that_a_server_that_is_no_postgresql_is_refused_before_anything_is_read(
    gateway: Gateway, monkeypatch: pytest.MonkeyPatch
) -> None:
    def version(_dialect: object, _db: object) -> None:
        raise AssertionError("Could not determine version from string 'CockroachDB CCL v25.2.1 (x86_64)'")

    monkeypatch.setattr(PGDialect, "_get_server_version_info", version)  # what SQLAlchemy does there
    fault = gateway.fault()
    assert (fault.what, fault.exit_code) == ("database", 5)
    assert fault.said.startswith("This is CockroachDB, on which Tirai was never run")


def test_that_a_look_writes_nothing(gateway: Gateway) -> None:
    before = gateway.database.execute("SELECT xmin::text, name FROM settings ORDER BY name", OWNER)
    gateway.check()
    assert gateway.database.execute("SELECT xmin::text, name FROM settings ORDER BY name", OWNER) == before


class Told:
    """A clock that says these times, one after the other."""

    def __init__(self, *said_ms: int) -> None:
        self._said_ms = list(said_ms)

    def now_ms(self) -> int:
        return self._said_ms.pop(0)


@pytest.mark.parametrize(
    ("asked_s", "heard_s", "least_s", "most_s"),
    [(-500, 500, 0, 0), (600, 700, 300, 600), (-700, -600, -900, -600), (-700, 900, 0, 0)],
)
def test_that_a_clock_is_off_by_what_can_be_said_and_a_late_answer_is_no_wrong_clock(
    gateway_database: GatewayDatabase, asked_s: int, heard_s: int, least_s: int, most_s: int
) -> None:
    now_ms = round(time.time() * 1000)
    with gateway_database.engine().connect() as db:
        clock: Any = Told(now_ms + asked_s * 1000, now_ms + heard_s * 1000)
        assert least_s * 1000 <= clock_off_ms(db, clock) <= most_s * 1000


# the master


@pytest.mark.parametrize("wrong", ["another key", "no version 1"])
def test_that_another_master_is_refused(gateway: Gateway, wrong: str) -> None:
    path = gateway.folder / "master"
    path.unlink()
    add_version_to(path)
    if wrong == "no version 1":
        gateway.secret("master", path.read_text().replace('"version": 1', '"version": 2'))
    fault = gateway.fault()
    assert (fault.what, fault.exit_code) == ("master", 6)
    assert wrong in fault.said


def test_that_a_version_that_is_brought_in_and_not_here_is_a_warning(gateway: Gateway) -> None:
    engine = gateway.database.engine()
    with engine.begin() as db:
        add_version(db, sha256(ROOT), 2, MasterState.ADDED, secrets.token_bytes(32))
    engine.dispose()
    (warning,) = [f for f in gateway.check() if f.level is Level.WARNING]
    assert warning.said.startswith("Version 2 is being brought in")


def test_that_a_database_without_an_office_says_how_to_make_one(gateway: Gateway) -> None:
    gateway.database.execute("DELETE FROM settings WHERE name = 'root'")
    fault = gateway.fault()
    assert (fault.what, fault.exit_code) == ("master", 6)
    assert "tirai gateway init" in fault.said


# ports and places


def test_that_a_port_that_is_taken_is_said_unless_a_gateway_runs(gateway: Gateway) -> None:
    port = next(line for line in gateway.text.splitlines() if line.startswith("port")).split()[-1]
    with socket.create_server(("127.0.0.1", int(port))):
        fault = gateway.fault()
        assert (fault.what, fault.exit_code) == ("port", 5)
        assert f"port {port}" in fault.said
        assert exit_code_of(gateway.check(runs=True)) == 0


@pytest.mark.parametrize(
    ("more", "spoil", "said"),
    [
        ('[import]\nsources = "{folder}/sources"\n', None, "cannot be looked at"),
        ('[log]\nfolder = "{folder}/log"\n', lambda folder: (folder / "log").touch(), "is no folder"),
        ('[log]\nfolder = "{folder}/log"\n', lambda folder: made_wide(folder / "log"), "can be changed by others"),
        (BACKUP + 'programs = "{folder}"\n', None, "no pg_dump in"),
    ],
)
def test_that_places_are_looked_at(
    gateway: Gateway, more: str, spoil: Callable[[Path], None] | None, said: str
) -> None:
    gateway.text += gateway.said(more)
    if spoil is not None:
        spoil(gateway.folder)
    assert said in gateway.fault().said


def made_wide(folder: Path) -> None:
    folder.mkdir()
    folder.chmod(0o777)


def test_that_places_of_backups_are_looked_at(gateway: Gateway) -> None:
    programs = gateway.database.server.programs
    gateway.text += f'{gateway.said(BACKUP)}programs = "{programs}"\n'
    assert "backup.folder" in gateway.fault().said
    (gateway.folder / "b").mkdir()
    (gateway.folder / "k").mkdir()
    assert exit_code_of(gateway.check()) == 0
    gateway.text = gateway.text.replace(f"//{BACKUP_ROLE}@", f"//{GATEWAY}@")
    assert "may not read everything" in gateway.fault().said


def test_that_owner_and_scratch_database_are_tried(gateway: Gateway) -> None:
    gateway.text += gateway.said(OWNERS)
    assert f"{OWNER} gets in." in [f.said for f in gateway.check()]
    for folder in ("b", "k"):
        (gateway.folder / folder).mkdir()
    programs = gateway.database.server.programs
    gateway.text += f'{gateway.said(BACKUP)}programs = "{programs}"\nscratch = "nowhere"\n'
    assert "no such database" in gateway.fault().said
    gateway.text = gateway.text.replace(f"//{OWNER}@", "//nobody_known@").replace('scratch = "nowhere"', "")
    assert (gateway.fault().what, "password is wrong" in gateway.fault().said) == ("migrations", True)


def test_that_an_office_is_not_begun_where_it_could_not_come_to(gateway: Gateway) -> None:
    file, kit = gateway.folder / "gateway.toml", gateway.folder / "kit"
    gateway.text += gateway.said(OWNERS)
    file.write_text(gateway.text)
    asked = ["gateway", "init", "--config", str(file), "--kit"]
    for words, why in (
        ([str(kit)], "There is an office in this database already"),
        ([str(file)], "is there already"),
        ([str(gateway.folder / "none" / "kit")], "No file can be made in"),
        ([str(kit), "--inventory", str(kit)], "cannot be read as a UTF-8 text file"),
    ):
        answer = CliRunner().invoke(app, [*asked, *words])
        assert why in str(answer.exception), words  # nobody was asked: there is no terminal here
    gateway.database.execute("DELETE FROM settings WHERE name = 'root'")
    (gateway.folder / "master").unlink()
    assert "master is not there" in str(CliRunner().invoke(app, [*asked, str(kit)]).exception)


def test_that_the_code_of_what_is_written_wrongly_counts_before_others() -> None:
    found = [Finding(Level.FAULT, "port", "", code) for code in (5, 6)]
    assert exit_code_of(found) == 6
    assert exit_code_of([*found, Finding(Level.FAULT, "config", "", 3)]) == 3


def test_that_the_program_for_pages_is_looked_at_and_not_run(gateway: Gateway) -> None:
    program = gateway.folder / "send"
    gateway.text += f'[page]\naddress = "https://page.example"\ncommand = ["{program}"]\n'
    assert gateway.fault().what == "page"
    program.write_text(f"#!/bin/sh\ntouch {gateway.folder}/ran\n")
    program.chmod(0o722)
    assert "can be changed by others" in gateway.fault().said
    program.chmod(0o700)
    assert [f.what for f in gateway.check() if f.what == "page" and f.level is Level.OK] == ["page"]
    assert not (gateway.folder / "ran").exists()
