"""A made office behind two gateways that share nothing but the database and, so that tests can move it, the clock."""

import contextlib
import threading
import time
from collections.abc import Iterator
from pathlib import Path

from app.api.client.client import ApiClient
from app.api.client.transport import SocketTransport
from app.api.server.application import make_application
from app.api.server.rates import RequestRates
from app.api.server.serve import FaultLog, listener_at, server_of
from app.api.server.service import Service
from app.api.server.team_feed import TeamFeed
from app.backoffice.acting import OFFICE, acting_for
from app.backoffice.office import OpenOffice
from app.backoffice.postgres import PostgresDatabase
from app.backoffice.team_office import TeamOffice
from app.backoffice.team_presence import TeamPresence
from app.backoffice.team_rates import TeamRates
from tests.office.import_nursery import begin_action
from tests.office.made import PATIENCE_S
from tests.office.team import PrivateTeam, TeamMade, server


class OtherGateway:
    """The second gateway: pool, office, streams and server of its own."""

    def __init__(self, made: TeamMade) -> None:
        self.pool = PostgresDatabase(made.database.words())
        self.office = TeamOffice(self.pool, made.policy, made.clock, made.places.home, made.master)
        self.service = Service(
            self.office,
            "gateway",
            FaultLog(made.places.home / "other.log"),
            made.new_import,
            made.places.socket,
            actions=lambda: made.actions,
            begin_action=begin_action,
            feed=TeamFeed(self.pool),
            presence=TeamPresence(self.pool),
            rates=RequestRates(shared=TeamRates(self.pool)),
        )
        self.path = made.places.socket("other")
        self.path.unlink(missing_ok=True)
        self._server = server_of(make_application(self.service))
        self._thread = threading.Thread(target=self._server.run, args=([listener_at(self.path)],), daemon=True)
        self._thread.start()
        while not self._server.started:
            assert self._thread.is_alive()
            time.sleep(0.005)

    def stop(self) -> None:
        """Stop it."""
        self.service.feed.close()
        self._server.should_exit = True
        self._thread.join(PATIENCE_S)
        assert not self._thread.is_alive()
        self.pool.close()


class TwoGateways(PrivateTeam):
    """Clients go where `at` points when they are made; `go` moves one that lives."""

    other: OtherGateway
    at = 0

    def serve(self, linger_s: float = 600.0, open_linger_s: float | None = None) -> None:
        """Serve at both."""
        super().serve(linger_s, open_linger_s)
        self.other = OtherGateway(self)

    def stop(self) -> None:
        """Stop both."""
        if self._thread is not None:
            self.other.stop()
        super().stop()

    @property
    def sockets(self) -> tuple[Path, Path]:
        """Sockets of the two."""
        return self.places.socket("office"), self.other.path

    @property
    def services(self) -> tuple[Service, Service]:
        """What each serves."""
        return self.service, self.other.service

    @property
    def offices(self) -> tuple[OpenOffice, OpenOffice]:
        """The office as each has it, looked at anew."""
        return self.back_office.opened, self.other.office.opened

    def transport(self) -> SocketTransport:
        return SocketTransport(self.sockets[self.at])

    @contextlib.contextmanager
    def clients_at(self, gateway: int) -> Iterator[None]:
        """Whoever connects in the block comes to this gateway."""
        before, self.at = self.at, gateway
        try:
            yield
        finally:
            self.at = before

    def go(self, client: ApiClient, gateway: int) -> None:
        """Have a client that lives speak to this gateway from now on, as when a balancer sends it elsewhere."""
        client._transport.close()
        client._transport = client._http._transport = SocketTransport(self.sockets[gateway])


@contextlib.contextmanager
def two_gateways(folder: Path, inventory: str | None = None, *, checks_callers: bool = False) -> Iterator[TwoGateways]:
    """An office behind two gateways that serve until the block is left; see `made_office`."""
    made = TwoGateways(folder, inventory, checks_callers=checks_callers)
    made.serve()
    try:
        with acting_for(OFFICE):  # see `team_office`
            yield made
    finally:
        made.stop()
        server().drop_database(made.database.name)
