"""A made office behind a gateway: real PostgreSQL, the real application, the real client; in the place of `MadeOffice`.

It is made as an embedded one and moved in, so its people, keys and kit are made in one way only.
"""

import contextlib
import functools
import secrets
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import uvicorn
from fastapi import FastAPI
from sqlalchemy import Connection

from app.api.client.client import ApiClient
from app.api.client.https_transport import HttpsTransport
from app.api.server.application import make_application
from app.api.server.rates import RequestRates
from app.api.server.serve import FaultLog, listener_at, server_of
from app.api.server.service import Service
from app.api.server.team_feed import TeamFeed
from app.api.server.tls import ServerTls
from app.api.server.tls_server import listening_at, tls_server_of
from app.backoffice.acting import OFFICE, acting_for
from app.backoffice.database import Database
from app.backoffice.front_door import FrontDoor
from app.backoffice.master import MasterHanded, MasterSource
from app.backoffice.move_in import copy_office
from app.backoffice.office import DATABASE_FILE, FRONT_DOOR_FILE, OpenOffice
from app.backoffice.postgres import PostgresDatabase
from app.backoffice.set_up import Made
from app.backoffice.team_office import TeamOffice
from app.backoffice.team_presence import TeamPresence
from app.backoffice.team_rates import TeamRates
from app.domain.gateway_address import GatewayAddress
from tests.gateway.databases import OWNER, migrated_database
from tests.gateway.pki import Authority
from tests.gateway.postgres_server import SUPERUSER, PostgresServer
from tests.office.import_nursery import begin_action
from tests.office.made import PATIENCE_S, SEAT, MadeOffice
from tests.office.moved_clock import MovedClock


class ServersMovedClock(MovedClock):
    """The clock of gateways, moved on by what a test says."""

    def boot_s(self) -> float:
        return self.now_ms() / 1000

    def boot_id(self) -> str:
        return "servers"


@functools.cache
def server() -> PostgresServer:
    """The PostgreSQL of this test process; its keeper ends it with the process."""
    return PostgresServer()


class KeptHttps(HttpsTransport):
    """The product's own; a test that leaves a console behind leaves no line."""

    def __init__(self, address: GatewayAddress) -> None:
        super().__init__(address)
        self._lines: list[ssl.SSLSocket] = []

    def open_line(self) -> ssl.SSLSocket:
        line = super().open_line()
        self._lines.append(line)
        return line

    def close_all(self) -> None:
        """Close what is still open."""
        self.close()
        for line in self._lines:
            line.close()


class TeamMade(MadeOffice):
    """An office behind one gateway, with its people."""

    new_clock = ServersMovedClock
    is_private = False
    """Whether it serves a socket of this user's instead of TLS."""
    port = 0

    def _set_up(self) -> Made:
        made = super()._set_up()
        self.database = migrated_database(server())
        home = self.places.home
        self.authority = Authority(home.parent / "authority")
        self.kept_ways: list[KeptHttps] = []
        self.master_key = secrets.token_bytes(32)
        self.master: MasterSource = MasterHanded({1: self.master_key})
        file = OpenOffice(Database(home / DATABASE_FILE, self.file_key), made.plate, self.policy, self.clock)
        door = FrontDoor(home / FRONT_DOOR_FILE, self.store.seat_half())
        target = PostgresDatabase(self.database.words(OWNER))
        with acting_for(OFFICE), target.writing() as db:
            copy_office(file, door, db, self.master, 0)
        file.database.close()
        target.close()
        return made

    def serve(self, linger_s: float = 600.0, open_linger_s: float | None = None) -> None:
        """Serve in a thread of this process until `stop`; a gateway that serves goes on."""
        if self._thread is not None:
            return
        self.pool = PostgresDatabase(self.way())
        self.back_office = TeamOffice(self.pool, self.policy, self.clock, self.places.home, self.master)
        self.clock.lead_others(self.places.home)
        self.service = Service(
            self.back_office,
            "gateway",
            FaultLog(self.places.home / "office.log"),
            self.new_import,
            self.places.socket,
            actions=lambda: self.actions,
            begin_action=begin_action,
            feed=TeamFeed(self.pool, direct=self.database.words()),
            presence=TeamPresence(self.pool),
            rates=RequestRates(shared=TeamRates(self.pool)),
        )
        application = make_application(self.service)
        self._server, listener = self._private(application) if self.is_private else self._public(application)
        self._thread = threading.Thread(target=self._server.run, args=([listener],), daemon=True)
        self._thread.start()
        while not self._server.started:
            assert self._thread.is_alive()
            time.sleep(0.005)

    def way(self) -> dict[str, str]:
        """libpq's words for how the gateway comes to its database."""
        return self.database.words()

    def _private(self, application: FastAPI) -> tuple[uvicorn.Server, socket.socket]:
        path = self.places.socket("office")
        path.unlink(missing_ok=True)
        return server_of(application), listener_at(path)

    def _public(self, application: FastAPI) -> tuple[uvicorn.Server, socket.socket]:
        """TLS 1.3 at a port that stays the same."""
        shown = self.authority.issue()
        listener = listening_at("127.0.0.1", self.port)
        self.port = listener.getsockname()[1]
        tls = ServerTls(shown.certificate, shown.key)
        return tls_server_of(application, tls, lambda _sentence: None), listener

    def stop(self) -> None:
        """Stop the gateway."""
        if self._thread is not None:
            self.service.feed.close()
            self._server.should_exit = True
            self._thread.join(PATIENCE_S)
            assert not self._thread.is_alive()
            self._thread = None
            self.service.imports.end_all()  # whoever attends to one is at the database
            self.pool.close()

    def must_leave(self) -> None:
        """A gateway stays: others work on, and its keys are out of the workstation's reach."""

    @contextlib.contextmanager
    def forging(self) -> Iterator[Connection]:
        """A hand beneath the office: whoever may do everything to the database."""
        engine = self.database.engine(SUPERUSER)
        with engine.begin() as db:
            yield db

    def transport(self) -> httpx.BaseTransport:
        if self.is_private:
            return super().transport()
        made = KeptHttps(GatewayAddress("127.0.0.1", self.port, authority=str(self.authority.file)))
        self.kept_ways.append(made)
        return made

    def line(self) -> socket.socket:
        if self.is_private:
            return super().line()
        address = GatewayAddress("127.0.0.1", self.port, authority=str(self.authority.file))
        with HttpsTransport(address) as way:
            line = way.open_line()
        line.settimeout(PATIENCE_S)
        return line

    def connect(self) -> ApiClient:
        return ApiClient(self.transport(), workstation=SEAT)


class PrivateTeam(TeamMade):
    """The same on a private socket."""

    is_private = True


@contextlib.contextmanager
def team_office(
    folder: Path,
    inventory: str | None = None,
    *,
    checks_callers: bool = False,
    trains: bool = False,
    kind: type[TeamMade] = TeamMade,
) -> Iterator[TeamMade]:
    """An office behind a gateway that serves until the block is left; see `made_office`."""
    office = kind(folder, inventory, checks_callers=checks_callers, trains=trains)
    office.serve()
    try:
        with acting_for(OFFICE):  # what a test looks up itself; threads of the gateway act for whoever asks
            yield office
    finally:
        office.stop()
        for way in office.kept_ways:
            way.close_all()
        server().drop_database(office.database.name)
