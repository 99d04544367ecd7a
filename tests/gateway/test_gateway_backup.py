"""Backups of an office behind gateways, by PostgreSQL's own programs, and what comes of them elsewhere."""

import multiprocessing
import os
import signal
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Connection, create_engine

from app.auth.audit_chain import Witness
from app.auth.erased_order import ErasedOrder, SignedBy
from app.auth.erasure_certificate import checked_certificate
from app.auth.erasure_order import Subject
from app.auth.recovery_kit import RecoveryKit
from app.backoffice import schema
from app.backoffice.backup import Made, keys_for_now, living_periods, write_one
from app.backoffice.backup_file import checked_backup
from app.backoffice.backup_keys import BackupKeys, Period
from app.backoffice.master import MasterMissingError, MasterSource
from app.backoffice.restore import source_of
from app.backoffice.team_backup import Dump, make_team_backup
from app.backoffice.team_restore import RESTORED, restore_team
from app.backoffice.team_snapshot import BACKUP_LOCK, only_backup
from app.domain.erasure.words import Action, Ground
from app.domain.errors import InputRefusedError, NotAllowedError, TiraiError, VerificationError, WorkstationError
from app.gateway import backing_up
from app.gateway.config import GatewayConfig, load_config
from app.gateway.opening import opened_office
from app.gateway.pg_programs import dumping
from app.session.desk import Desk
from app.session.witness import Remembered, accept, go_on_with
from tests.demo.customers import demo_customers
from tests.gateway.backed_up import KEYS, Servers, tables_of
from tests.gateway.databases import GATEWAY, GatewayDatabase
from tests.gateway.served import ROOT
from tests.office.door import entries, rows_of
from tests.office.kit import kit_of, signed_end, two_codes
from tests.office.team import PrivateTeam, TeamMade, team_office
from tests.security.canaries import Canary, found_in, needles, planted

CUSTOMERS = 12
PATIENCE_S = 300
WHO = {"actor": "", "seat": "server"}
SHUT = {"schema_none", "no_office"}
"""What a gateway says of a database in which no office stands."""


@pytest.fixture(scope="module")
def canaries() -> list[Canary]:
    return []


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory, canaries: list[Canary]) -> Iterator[TeamMade]:
    rows, hidden = planted(CUSTOMERS)
    canaries.extend(hidden)
    with team_office(tmp_path_factory.mktemp("office"), kind=PrivateTeam) as made:
        made.hire("ratna", "Ratna Dewanti", queues=("*",))
        made.bring_in(rows)
        yield made


@pytest.fixture(scope="module")
def servers(office: TeamMade, tmp_path_factory: pytest.TempPathFactory) -> Servers:
    return Servers(office, tmp_path_factory.mktemp("servers"))


@pytest.fixture(scope="module")
def desk(office: TeamMade) -> Iterator[Desk]:
    """A console that is open while the backup is made."""
    opened = office.desk("ratna")
    yield opened
    with suppress(TiraiError):
        opened.end("signed_out")


@pytest.fixture(scope="module")
def made(servers: Servers, desk: Desk) -> Made:
    assert desk.search("", None).ids
    return servers.back_up()


def serves(config: GatewayConfig) -> str:
    """What a gateway says when it opens a database; empty when an office is there."""
    try:
        with opened_office(config):
            return ""
    except TiraiError as e:
        return e.code


# a backup


def test_that_a_backup_is_two_files_and_stands_in_the_log(servers: Servers, made: Made) -> None:
    names = sorted(p.name for p in (servers.folder / "backups").iterdir())
    assert names == sorted((made.office_file.name, made.records_file.name))
    assert {p.stat().st_mode & 0o777 for p in (servers.folder / "backups").iterdir()} == {0o600}
    assert made.customers == CUSTOMERS
    told = [e for e in entries(servers.office) if e.reference == made.id.hex()]
    assert [(e.event, e.outcome) for e in told] == [("backup.begin", "ok"), ("backup.make", "ok")]


def test_that_nothing_of_the_office_can_be_read_in_its_files(
    servers: Servers, made: Made, canaries: list[Canary], office: TeamMade
) -> None:
    opened = office.back_office.opened
    wrapped = [row.record_key for row in rows_of(office, "customers")]
    hidden = [*needles(canaries), *wrapped, office.master_key, opened.keys.pepper, opened.keys.checkpoint_seed]
    hidden += [row.blob for row in rows_of(office, "sealed_values") if row.blob]
    hidden += [b"PGDMP", b"Nusantara", b"Ratna", b"COPY", office.database.server.password.encode()]
    for file in (made.office_file, made.records_file, servers.folder / "keys" / KEYS):
        assert not found_in(file.read_bytes(), hidden), file.name


def test_that_the_password_goes_by_no_command_line_and_no_environment(servers: Servers, tmp_path: Path) -> None:
    database, seen = servers.office.database, tmp_path / "seen"
    program = tmp_path / "pg_dump"
    real = database.server.programs / "pg_dump"
    program.write_text(f'#!/bin/sh\n{{ printf "%s\\n" "$@"; env; }} > {seen}\nexec {real} "$@"\n')
    program.chmod(0o755)
    config = servers.config("watched")
    assert config.backup is not None
    servers_own = replace(config.backup, programs=tmp_path)
    made = backing_up.back_up(replace(config, backup=servers_own))
    assert "--snapshot=" in seen.read_text()
    assert database.server.password not in seen.read_text()
    for file in (made.office_file, made.records_file):
        file.unlink()


def test_that_a_role_that_does_not_see_all_rows_makes_no_backup(servers: Servers) -> None:
    config = servers.config("blind")
    assert config.backup is not None
    before = sorted((servers.folder / "backups").iterdir())
    with pytest.raises(WorkstationError) as refused:
        backing_up.back_up(replace(config, backup=replace(config.backup, database=config.database)))
    assert refused.value.code == "db_role"
    assert sorted((servers.folder / "backups").iterdir()) == before
    assert entries(servers.office, "backup.make")[-1].outcome == "failed"


def test_that_one_backup_is_made_at_a_time(servers: Servers) -> None:
    config = servers.config("second")
    with only_backup(servers.office.database.words(GATEWAY)), pytest.raises(NotAllowedError) as refused:
        backing_up.back_up(config)
    assert refused.value.code == "busy"


def _back_up_and_die(file: Path) -> None:
    config = load_config(file)
    assert config.backup is not None
    words = config.backup.database.arguments()
    real: Dump = dumping(words, config.backup.programs)

    def dump(snapshot: str, without_rows: tuple[str, ...]) -> Iterator[bytes]:
        for piece in real(snapshot, without_rows):
            yield piece
            os.kill(os.getpid(), signal.SIGKILL)

    with opened_office(config) as office:
        make_team_backup(office, words, dump, config.backup.folder, config.backup.keys, WHO)


def test_that_of_a_backup_that_was_killed_nothing_stays_after_the_next(servers: Servers, made: Made) -> None:
    folder = servers.folder / "backups"
    before = {p.name for p in folder.iterdir()}
    _killed(_back_up_and_die, servers.config("killed-backup").file)
    assert [p.suffix for p in folder.iterdir() if p.name not in before] == [""]  # a work folder, and no backup
    _wait_until_nobody_backs_up(servers.office.database)
    again = servers.back_up("after-kill")
    assert {p.name for p in folder.iterdir()} == before | {again.office_file.name, again.records_file.name}
    for file in (again.office_file, again.records_file):
        file.unlink()


def _wait_until_nobody_backs_up(database: GatewayDatabase) -> None:
    """Until the server has seen that whoever made a backup is gone, with the lock that lets one at a time."""
    high, low = divmod(BACKUP_LOCK, 2**32)
    held = f"SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND (classid, objid) = ({high}, {low})"
    while database.execute(held, "postgres") != [(0,)]:
        pass


def _killed(work: object, *words: object) -> None:
    process = multiprocessing.get_context("spawn").Process(target=work, args=words)  # type: ignore[arg-type]
    process.start()
    process.join(PATIENCE_S)
    assert process.exitcode == -signal.SIGKILL


# a restore


def test_that_people_go_on_elsewhere_with_their_passwords_and_without_the_sessions_of_before(
    servers: Servers, made: Made, desk: Desk, office: TeamMade
) -> None:
    there = servers.empty()
    config = servers.config("elsewhere", there)
    source = backing_up.source_for(config, made.office_file, None, None)
    done = backing_up.restore(config, source, two_codes(office))
    assert (done.customers, done.erased, serves(config)) == (CUSTOMERS, 0, "")
    assert done.sessions >= 1
    office.command("hendra").end()  # so this workstation remembers more than the backup has
    here = office.database
    office.stop()
    try:
        office.database = there
        office.serve()
        assert not [row for row in rows_of(office, "sessions") if row.ended_ms is None]
        assert RESTORED in {row.cause for row in rows_of(office, "sessions")}
        (told,) = entries(office, "office.restored")
        assert f"sessions={done.sessions}" in told.detail
        for table in ("pending_factors", "answered_reveals", "fronts"):
            assert not rows_of(office, table)
        record = desk.customer(desk.search("", None).ids[0]).record
        with pytest.raises(TiraiError) as refused:
            desk.reveal(record, "mobile_phone", "call_back")
        assert refused.value.code == "session_over"
        with pytest.raises(VerificationError):
            office.desk("ratna")
        go_on_with(office.store, done.go_on.word())
        again = office.desk("ratna")
        record = again.customer(again.search("", None).ids[0]).record
        assert again.reveal(record, "mobile_phone", "call_back").value.reveal()
        again.end("signed_out")
        office.bring_in(demo_customers(3, 8))
        session = office.command("adi")
        assert session.verify_audit().ok
        session.end()
    finally:
        office.stop()
        office.database = here
        office.serve()
        _remember_as_it_stands(office)


def _remember_as_it_stands(office: TeamMade) -> None:
    """What two kit holders do at a workstation that remembers a longer log."""
    opened = office.back_office.opened
    with opened.database.reading() as db:
        log = Witness(*opened.log.head(db))
    accept(office.store, opened.id, Remembered(log, Witness(opened.book.length, opened.book.head)))


def test_that_another_master_restores_nothing(servers: Servers, made: Made, office: TeamMade) -> None:
    there = servers.empty()
    config = servers.config("other-master", there, master=bytes(range(32)))
    source = backing_up.source_for(config, made.office_file, None, None)
    with pytest.raises(MasterMissingError):
        backing_up.restore(config, source, two_codes(office))
    assert tables_of(there) == 0


def test_that_a_damaged_file_restores_nothing(servers: Servers, made: Made, tmp_path: Path) -> None:
    config = servers.config("damaged", servers.empty())
    main, side = tmp_path / made.office_file.name, tmp_path / made.records_file.name
    whole = {main: made.office_file.read_bytes(), side: made.records_file.read_bytes()}
    stream = checked_backup(made.office_file)
    for file, at in (
        (main, 40),
        (main, stream.begins),
        (main, (stream.begins + stream.ends) // 2),
        (main, stream.ends - 1),
        (main, stream.ends + 3),
        (side, len(whole[side]) // 2),
    ):
        for path, data in whole.items():
            path.write_bytes(data)
        damaged = bytearray(whole[file])
        damaged[at] ^= 1
        file.write_bytes(damaged)
        with pytest.raises(VerificationError):
            backing_up.source_for(config, main, None, None)
    for path, data in whole.items():
        path.write_bytes(data)
    main.write_bytes(whole[main][: len(whole[main]) // 2])
    with pytest.raises(VerificationError):
        backing_up.source_for(config, main, None, None)


def test_that_a_database_with_an_office_is_left_alone(servers: Servers, made: Made, office: TeamMade) -> None:
    config = servers.config("taken")
    before = len(entries(office))
    with pytest.raises(InputRefusedError) as refused:
        backing_up.restore(config, backing_up.source_for(config, made.office_file, None, None), two_codes(office))
    assert refused.value.code == "db_not_empty"
    assert len(entries(office)) == before


def _restore_and_die(file: Path, main: Path, kit: str, codes: tuple[str, str], where: str) -> None:
    config = load_config(file)
    place = backing_up.restore_place(config)
    is_loaded = False

    def die() -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    def load(pieces: Iterable[bytes]) -> None:
        nonlocal is_loaded

        def some() -> Iterator[bytes]:
            for number, piece in enumerate(pieces):
                if where == "in the dump" and number == 1:
                    die()
                yield piece

        place.load(some())
        is_loaded = True
        if where == "behind the dump":
            die()

    class Dying:
        """The master's source; asked once more when the restored office is opened in the second transaction."""

        def key(self, db: Connection, version: int) -> bytes:
            if is_loaded:
                die()
            return place.master.key(db, version)

        added, dropped = place.master.added, place.master.dropped

    master: MasterSource = Dying()
    source = backing_up.source_for(config, main, None, None)
    opened = RecoveryKit.of(kit).open(*codes)
    restore_team(source, opened, replace(place, load=load, master=master), WHO)


@pytest.mark.slow
@pytest.mark.parametrize("where", ["in the dump", "behind the dump", "among the customers"])
def test_that_no_gateway_serves_what_a_killed_restore_left(
    servers: Servers, made: Made, office: TeamMade, where: str
) -> None:
    there = servers.empty()
    config = servers.config(f"killed-{where.replace(' ', '-')}", there)
    codes = (office.made.kit_codes[0], office.made.kit_codes[1])
    _killed(_restore_and_die, config.file, made.office_file, kit_of(office).text(), codes, where)
    _wait_until_alone(there)
    assert serves(config) in SHUT
    source = backing_up.source_for(config, made.office_file, None, None)
    if where == "in the dump":
        assert tables_of(there) == 0
        assert backing_up.restore(config, source, two_codes(office)).customers == CUSTOMERS
        assert serves(config) == ""
    else:
        with pytest.raises(InputRefusedError):
            backing_up.restore(config, source, two_codes(office))


def _wait_until_alone(database: GatewayDatabase) -> None:
    """Until the server has ended what the killed process had begun there."""
    others = f"SELECT count(*) FROM pg_stat_activity WHERE datname = '{database.name}'"
    while database.server.execute(others) != [(0,)]:
        pass


# the drill


def test_that_a_drill_tries_everything_and_leaves_nothing(servers: Servers, made: Made, office: TeamMade) -> None:
    config = servers.config("drill")
    before = len(entries(office))
    source = backing_up.source_for(config, made.office_file, None, None)
    for _again in range(2):
        checks = backing_up.drill(config, source, two_codes(office))
        assert all(check.ok for check in checks), [check for check in checks if not check.ok]
        names = {check.name for check in checks}
        assert {"files", "kit", "master", "rows", "log", "book", "record_keys", "class contact v1"} <= names
        assert tables_of(servers.scratch) == 0
    assert len(entries(office)) == before


def test_that_a_drill_touches_no_database_of_somebody_else(servers: Servers, made: Made, office: TeamMade) -> None:
    config, theirs = servers.config("theirs"), servers.empty()
    theirs.execute("CREATE TABLE ledger (entry text)", "tirai_owner")
    assert config.backup is not None
    source = backing_up.source_for(config, made.office_file, None, None)
    for scratch, code in ((theirs.name, "db_not_empty"), (office.database.name, "no_scratch"), ("", "no_scratch")):
        elsewhere = replace(config, backup=replace(config.backup, scratch=scratch))
        with pytest.raises(InputRefusedError) as refused:
            backing_up.drill(elsewhere, source, two_codes(office))
        assert refused.value.code == code
    assert tables_of(theirs) == 1


def test_that_the_commands_say_what_they_did(servers: Servers, office: TeamMade, tmp_path: Path) -> None:
    config = servers.config("commands").file
    said = _tirai("backup", "--config", str(config))
    main = next(word for word in said.split() if word.endswith(".tirai-gateway"))
    kit = tmp_path / "kit"
    kit.write_text(kit_of(office).text())
    codes = "\n".join(office.made.kit_codes[:2]) + "\n"
    said = _tirai("restore-drill", main, "--kit", str(kit), "--config", str(config), "--codes-stdin", typed=codes)
    assert "This backup restores." in said
    assert "NOT" not in said


def _tirai(*words: str, typed: str = "") -> str:
    start = "import sys; from app.cli import main; sys.exit(main())"
    environment = {"PATH": os.defpath, "PYTHONPATH": str(ROOT), "LC_ALL": "C.UTF-8"}
    command = [sys.executable, "-c", start, "gateway", *words]
    done = subprocess.run(
        command, env=environment, input=typed, capture_output=True, text=True, timeout=PATIENCE_S, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


# two kinds of home, and what was erased


def test_that_backups_of_two_kinds_of_home_are_not_taken_for_each_other(
    servers: Servers, made: Made, office: TeamMade, tmp_path: Path
) -> None:
    keys_file = servers.folder / "keys" / KEYS
    with pytest.raises(InputRefusedError) as refused:
        source_of(made.office_file, None, keys_file)
    assert refused.value.code == "backup_home"
    opened = office.back_office.opened
    now = opened.clock.now_ms()
    keys = keys_for_now(opened, tmp_path / KEYS)
    theirs = tmp_path / "theirs.tirai-office"
    write_one(opened, theirs, "office", b"1" * 16, now, living_periods(keys, now)["office"], [b"file"])
    with pytest.raises(InputRefusedError) as refused:
        backing_up.source_for(servers.config("kinds"), theirs, None, tmp_path / KEYS)
    assert refused.value.code == "backup_home"


def test_that_a_destroyed_period_restores_nothing(
    servers: Servers, made: Made, office: TeamMade, tmp_path: Path
) -> None:
    there = servers.empty()
    config = servers.config("destroyed", there)
    opened = office.back_office.opened
    BackupKeys.read(servers.folder / "keys" / KEYS, opened.id).write(tmp_path / KEYS)
    here = servers.config("ending")
    assert here.backup is not None
    here = replace(here, backup=replace(here.backup, keys=tmp_path / KEYS))
    order = tmp_path / "order.json"
    with signed_end(office, checked_backup(made.office_file).head.period) as signed:
        order.write_text(replace(signed, period=checked_backup(made.records_file).head.period).text())
        with pytest.raises(NotAllowedError):
            backing_up.destroy_key(here, order)
        order.write_text(signed.text())
    said = checked_certificate(backing_up.destroy_key(here, order), opened.id)
    assert (said["period"], len(said["people"]), said["copies"]) == (signed.period, 2, 1)
    source = backing_up.source_for(config, made.office_file, None, tmp_path / KEYS)
    with pytest.raises(VerificationError) as refused:
        backing_up.restore(config, source, two_codes(office))
    assert refused.value.code == "period_destroyed"
    assert tables_of(there) == 0


def test_that_who_was_erased_since_is_erased_again(servers: Servers, made: Made, office: TeamMade) -> None:
    """The last test of this file: a customer leaves the office, and of another one the file of keys says so."""
    gone, listed = (row.record for row in rows_of(office, "customers")[:2])
    engine = create_engine(office.database.url("postgres"))
    with engine.begin() as db:
        for table in (schema.sealed_values, schema.customers):
            db.execute(table.delete().where(table.c.record == gone))
    engine.dispose()
    opened, file = office.back_office.opened, servers.folder / "keys" / KEYS
    old = Period("records-2020-W01", 1, b"public", b"sealed").signed(opened.id, opened.keys.checkpoint_seed)
    somebody = SignedBy("hendra", 1, b"signed")
    words = (bytes(16), 1, Action.ERASE.value, Ground.REQUESTED.value, "", somebody, replace(somebody, account="dewi"))
    order = ErasedOrder(*words, b"digest", opened.clock.now_ms(), (Subject(listed),))
    order = order.signed(opened.id, opened.keys.checkpoint_seed)
    BackupKeys.read(file, opened.id).joined([old], (order,)).write(file)
    later = servers.back_up("later")
    assert later.destroyed == (old.name,)
    assert entries(office, "backup.destroy_key")[-1].reason == "out_of_time"
    assert later.customers == CUSTOMERS - 1
    there = servers.empty()
    config = servers.config("erased", there)
    source = backing_up.source_for(config, made.office_file, later.records_file, None)
    done = backing_up.restore(config, source, two_codes(office))
    assert (done.customers, done.erased) == (CUSTOMERS - 2, 2)
    for record in (gone, listed):
        left = there.execute(f"SELECT count(*) FROM sealed_values WHERE record = '\\x{record.hex()}'", "postgres")
        assert left == [(0,)]
    assert there.execute("SELECT state FROM erasures", "postgres") == [("running",)]
    assert there.execute("SELECT count(*) > 0 FROM suppressed", "postgres") == [(True,)]
