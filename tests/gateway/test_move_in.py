"""Taking a workstation's office over: counted and verified, and killed at every step: one home works, never both."""

import multiprocessing
import os
import shutil
import signal
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from app.backoffice.acting import OFFICE, acting_for
from app.backoffice.clock import SystemClock
from app.backoffice.moving import MOVED_FILE, settle_move
from app.backoffice.office import NAME_FILE
from app.backoffice.postgres import PostgresDatabase
from app.backoffice.recovery import opened_by_kit
from app.backoffice.team_office import TeamOffice
from app.domain.errors import InputRefusedError, VerificationError, WorkstationError
from app.gateway.arriving import move_in
from app.gateway.config import load_config
from app.gateway.master import master_source
from tests.demo.customers import HEADERS, demo_customers
from tests.gateway.configured import configured
from tests.gateway.databases import GatewayDatabase, migrated_database
from tests.gateway.postgres_server import PostgresServer, running_server
from tests.office.kit import two_codes
from tests.office.made import MadeOffice

CUSTOMERS = 12
PATIENCE_S = 120


@pytest.fixture(scope="module")
def server() -> Iterator[PostgresServer]:
    with running_server() as it:
        yield it


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> MadeOffice:
    """An office that was at work and sleeps."""
    made = MadeOffice(tmp_path_factory.mktemp("office"))
    made.serve()
    made.hire("ratna", "Ratna Dewanti")
    made.bring_in([{HEADERS[name]: text for name, text in c.items()} for c in demo_customers(CUSTOMERS, 3)])
    desk = made.desk("ratna")
    shown = desk.customer(desk.search("", None).ids[0])
    desk.reveal(shown.record, "mobile_phone", "call_back")
    desk.end("signed_out")
    made.stop()
    return made


@dataclass
class Place:
    """A copy of the office's home, and a database to go to."""

    office: MadeOffice
    home: Path
    database: GatewayDatabase
    config: Path

    def move(self, stop_at: int = -1) -> int:
        """Move it, in a process of its own that is killed at a step; return how many steps it made, or -1."""
        steps = self.home.with_name("steps")
        steps.unlink(missing_ok=True)
        kit = two_codes(self.office)
        words = (self.home, kit, self.office.store.seat_half(), self.config, steps, stop_at)
        process = multiprocessing.get_context("fork").Process(target=_move, args=words)
        process.start()
        process.join(PATIENCE_S)
        assert process.exitcode == (0 if stop_at < 0 else -signal.SIGKILL)
        return len(steps.read_bytes())

    def works_here(self) -> bool:
        """Whether the office opens on the workstation, as its process does at its start."""
        if settle_move(self.home) or not (self.home / NAME_FILE).exists():
            return False
        with (
            opened_by_kit(self.home, two_codes(self.office), self.office.policy, SystemClock()) as opened,
            opened.office.writing() as db,
        ):
            opened.office.log.append(db, "recovery.open")
        return True

    def works_there(self) -> bool:
        """Whether a gateway opens it."""
        config = load_config(self.config)
        database = PostgresDatabase(config.database.arguments(), pool=2)
        try:
            with acting_for(OFFICE):
                TeamOffice(database, self.office.policy, SystemClock(), self.home, master_source(config.master))
        except WorkstationError as e:
            if e.code != "no_office":
                raise
            return False
        finally:
            database.close()
        return True


def _move(home: Path, kit: object, seat_half: bytes, config: Path, steps: Path, stop_at: int) -> None:
    from app.bootstrap.program import policy

    count = 0

    def tell(_what: str, _count: int) -> None:
        nonlocal count
        if count == stop_at:
            os.kill(os.getpid(), signal.SIGKILL)
        count += 1
        steps.write_bytes(b"." * count)

    steps.touch()
    move_in(home, kit, seat_half, policy(), SystemClock(), load_config(config), tell)  # type: ignore[arg-type]


@pytest.fixture
def place(office: MadeOffice, server: PostgresServer, tmp_path: Path) -> Place:
    return at(office, server, tmp_path / "place")


def at(office: MadeOffice, server: PostgresServer, folder: Path) -> Place:
    folder.mkdir()
    home = folder / "home"
    shutil.copytree(office.places.home, home)
    database = migrated_database(server)
    return Place(office, home, database, configured(folder / "server", database))


def test_that_an_office_arrives_whole_and_opens_there_alone(place: Place) -> None:
    assert place.move() > 10
    assert (place.works_here(), place.works_there()) == (False, True)
    assert (place.home / MOVED_FILE).exists()
    counted = place.database.execute("SELECT count(*) FROM customers", "tirai_backup")
    assert counted == [(CUSTOMERS,)]


@pytest.mark.slow
def test_that_it_is_one_home_that_works_wherever_the_move_is_killed(
    office: MadeOffice, server: PostgresServer, tmp_path: Path
) -> None:
    steps = at(office, server, tmp_path / "whole").move()
    homes = set()
    last = {*range(steps - 8, steps)}  # around the commit; the rest is a table like another
    for stop_at in sorted(last | {0, 1, steps // 3, steps // 2}):
        place = at(office, server, tmp_path / f"killed-{stop_at}")
        place.move(stop_at)
        works = (place.works_here(), place.works_there())
        assert works in {(True, False), (False, True)}, stop_at
        homes.add(works)
        if works[0]:  # begun anew it arrives, with what was done here since
            place.move()
            assert (place.works_here(), place.works_there()) == (False, True), stop_at
    assert len(homes) == 2


def test_that_a_database_with_an_office_is_refused_and_nothing_changes(place: Place, office: MadeOffice) -> None:
    other = Place(office, place.home.with_name("other"), place.database, place.config)
    shutil.copytree(place.home, other.home)
    place.move()
    with pytest.raises(InputRefusedError):
        move_in(
            other.home,
            two_codes(office),
            office.store.seat_half(),
            office.policy,
            SystemClock(),
            load_config(place.config),
            lambda _what, _count: None,
        )
    assert other.works_here()


def test_that_an_office_whose_fate_cannot_be_asked_stays_shut(place: Place) -> None:
    steps = place.move()
    again = at(place.office, place.database.server, place.home.with_name("again"))
    again.move(steps - 5)
    server, name = place.database.server, again.database.name
    server.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")
    try:
        with pytest.raises(WorkstationError) as refused:
            settle_move(again.home)
        assert refused.value.code == "moving"
    finally:
        server.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")
    assert again.works_here() != again.works_there()


def test_that_a_log_that_was_edited_does_not_move(place: Place, office: MadeOffice) -> None:
    with (
        opened_by_kit(place.home, two_codes(office), office.policy, SystemClock()) as opened,
        opened.office.database.writing() as db,
    ):
        db.exec_driver_sql("UPDATE audit SET actor = 'nobody' WHERE number = 3")
    with pytest.raises(VerificationError):
        move_in(
            place.home,
            two_codes(office),
            office.store.seat_half(),
            office.policy,
            SystemClock(),
            load_config(place.config),
            lambda _what, _count: None,
        )
    assert not place.works_there()
