"""What every test stands on: no screen, no network, and nothing of the person's own within reach.

This runs before any test module, and so before Qt, is imported. Each run gets private XDG folders and no message
bus, so that a test which forgets to bring its own home, cache or keyring cannot touch a real one.
"""

import os
import shutil
import signal
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

from app.domain import patience
from tests.patience import PEOPLES, wait_longer

if TYPE_CHECKING:
    from tests.gateway.databases import GatewayDatabase
    from tests.gateway.mariadb_server import MariaDbServer
    from tests.gateway.postgres_server import PostgresServer

PRIVATE_FOLDER = Path(tempfile.mkdtemp(prefix="tirai-test-"))  # short: socket paths hold 108 bytes
PERSONS_OWN = (
    "DBUS_SESSION_BUS_ADDRESS",
    "GNOME_KEYRING_CONTROL",
    "PYTHON_KEYRING_BACKEND",
    "DISPLAY",
    "WAYLAND_DISPLAY",
)
PRIVATE_PLACES = {
    "XDG_DATA_HOME": "data",
    "XDG_CONFIG_HOME": "config",
    "XDG_CACHE_HOME": "cache",
    "XDG_STATE_HOME": "state",
    "XDG_RUNTIME_DIR": "runtime",
}


def set_private_environment() -> None:
    """Point Qt at no screen and the XDG folders at private ones; take away the person's bus and keyring."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    for name in PERSONS_OWN:
        os.environ.pop(name, None)
    for name, folder in PRIVATE_PLACES.items():
        place = PRIVATE_FOLDER / folder
        place.mkdir(mode=0o700, exist_ok=True)
        os.environ[name] = str(place)


def hear_signals() -> None:
    """Take a Ctrl+C and a hang-up as they come: a run behind a shell's `&` or `nohup` ignores them, and what it starts
    would inherit that.
    """
    for name in ("SIGINT", "SIGHUP"):
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is signal.SIG_IGN:
            signal.signal(number, signal.default_int_handler if name == "SIGINT" else signal.SIG_DFL)


hear_signals()
set_private_environment()
wait_longer()

# A slow machine never decides a test, and every run tries the same examples.
settings.register_profile(
    "tirai", deadline=None, derandomize=True, database=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("tirai")


def pytest_unconfigure(config: pytest.Config) -> None:
    """Remove the run's private folders."""
    shutil.rmtree(PRIVATE_FOLDER, ignore_errors=True)


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """After a run in which all went well, its folder goes, if `run.py` chose it; after another one can look into it."""
    chosen, is_worker = session.config.getoption("basetemp"), hasattr(session.config, "workerinput")
    if exitstatus == pytest.ExitCode.OK and chosen and str(chosen).startswith("/tmp/tt") and not is_worker:
        shutil.rmtree(chosen, ignore_errors=True)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files with slow tests first: where several processes share the files, none is left alone with a long one."""
    slow = {item.path for item in items if item.get_closest_marker("slow")}
    items.sort(key=lambda item: item.path not in slow)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Which PostgreSQL the tests of a gateway run on."""
    parser.addoption("--pg", metavar="FOLDER", help="folder of PostgreSQL's programs; the wheel's without it")


def pytest_configure(config: pytest.Config) -> None:
    """Hand the choice on by the environment, which child processes see too."""
    if chosen := config.getoption("--pg"):
        os.environ["TIRAI_TEST_PG"] = str(chosen)


@pytest.fixture
def as_people_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    """For tests of what comes when somebody hangs."""
    for name, value in PEOPLES.items():
        monkeypatch.setattr(patience, name, value)


@pytest.fixture(scope="session")
def postgres() -> "Iterator[PostgresServer]":
    """The run's PostgreSQL, started by the first test that asks for it. Who kills it starts it again."""
    from tests.gateway.postgres_server import running_server

    with running_server() as server:
        yield server


@pytest.fixture
def gateway_database(postgres: "PostgresServer") -> "Iterator[GatewayDatabase]":
    """A migrated database of the test's own."""
    from tests.gateway.databases import migrated_database

    database = migrated_database(postgres)
    yield database
    postgres.drop_database(database.name)


@pytest.fixture(scope="session")
def mariadb() -> "Iterator[MariaDbServer]":
    """The run's MariaDB, started by the first test that asks for it. Who kills it starts it again."""
    from tests.gateway.mariadb_server import running_mariadb, why_not

    if reason := why_not():
        pytest.skip(reason)
    with running_mariadb() as server:
        yield server
