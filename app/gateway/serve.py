"""`tirai gateway serve`: one of any number of gateways, from its configuration to its last answer.

It forks the nursery of import processes before anything else, while it has one thread; then master, database, office,
TLS. It is ready when all of it stands, and leaves within seconds of SIGTERM: what was acknowledged is in the database,
and consoles go on at another gateway.
"""

import asyncio
import contextlib
import os
import platform
import secrets
import signal
import socket
import tempfile
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import anyio.to_thread
import uvicorn
from starlette.types import ASGIApp

from app.api.server.application import make_application
from app.api.server.feed import Topic
from app.api.server.rates import RequestRates
from app.api.server.serve import FaultLog, config_of
from app.api.server.service import GATEWAY, Service
from app.api.server.team_feed import TeamFeed
from app.api.server.tls import ServerTls
from app.api.server.tls_server import listening_at, tls_server_of
from app.backoffice.acting import OFFICE, acting_for
from app.backoffice.clock import ServersClock
from app.backoffice.gateways import ANNOUNCED_EVERY_S, announce
from app.backoffice.office_jobs import OfficeJobs
from app.backoffice.postgres import PostgresDatabase
from app.backoffice.team_office import TeamOffice
from app.backoffice.team_presence import TeamPresence
from app.backoffice.team_rates import TeamRates
from app.bootstrap.offices import action_body, import_body, source_body
from app.bootstrap.program import policy
from app.domain.errors import TiraiError, WorkstationError
from app.gateway.clock_watch import demand_right_clock, look_at_clock
from app.gateway.config import GatewayConfig, Listen, load_config
from app.gateway.master import master_source
from app.gateway.opening import opened_database
from app.gateway.page_command import PageCommand
from app.gateway.private_side import private_side
from app.gateway.sources import ScheduledSources
from app.guardian.nursery import start_nursery
from app.guardian.process import harden

RUN_FOLDER = "RUNTIME_DIRECTORY"
"""What systemd calls the folder of `RuntimeDirectory=` (systemd.exec(5))."""
LOG_FILE = "gateway.log"
_SOURCE_BODY = 2
"""Which of the nursery's bodies reads a source."""


@dataclass(slots=True)
class Running:
    """A gateway that is up.

    Attributes:
        service: the application's.
        port: where consoles come.
        ready: set once it serves.
    """

    service: Service
    port: int
    ready: threading.Event


def serve_gateway(file: Path, *, plaintext: bool = False, tell: Callable[[str], object] = print) -> int:
    """Serve until told to stop.

    Args:
        file: the configuration.
        plaintext: without TLS, on loopback alone: for tests.
        tell: says what happens, a line each; no value, no name.

    Returns:
        Exit code.

    Raises:
        TiraiError: it cannot serve, and why.
    """
    config = load_config(file)
    if plaintext and config.listen.host not in {"127.0.0.1", "::1"}:
        raise WorkstationError("Without TLS a gateway serves loopback alone: [listen] host = 127.0.0.1.", code="tls")
    harden()
    nursery = start_nursery(import_body, action_body, source_body)
    with _run_folder() as run:
        log = FaultLog((config.log or run) / LOG_FILE, "gateway")
        database = opened_database(config.database, config.database.pool)
        feed = jobs = None
        try:
            demand_right_clock(database)
            with acting_for(OFFICE):
                office = TeamOffice(database, policy(), ServersClock(), run, master_source(config.master))
            direct = config.database.direct
            feed = TeamFeed(database, log, direct.arguments() if direct is not None else None)
            service = Service(
                office,
                GATEWAY,
                log,
                nursery.child,
                lambda name: run / f"{name}.sock",
                feed=feed,
                presence=TeamPresence(database),
                sources=config.sources,
                send_page=PageCommand(config.page) if config.page is not None else None,
                minimum_version=config.minimum_version,
                rates=RequestRates(config.limits, TeamRates(database)),
            )
            private, counted = private_side(service, database)
            jobs = OfficeJobs(office, platform.node() or "gateway", log, lambda name: _tell_of(service, name))
            sources = _sources(config, office, service, lambda: nursery.child(_SOURCE_BODY))
            server = _server(config, counted(make_application(service)), plaintext=plaintext, tell=tell)
            with (
                listening_at(config.listen.host, config.listen.port) as listener,
                listening_at(config.private.host, config.private.port) as behind,
            ):
                host, port = listener.getsockname()[:2]
                for number in (signal.SIGTERM, signal.SIGINT):  # the server says them once more when it has left
                    signal.signal(number, lambda _number, _frame: None)
                jobs.begin()
                tell(f"Serving {office.plate.name} at {host}, port {port}.")
                asyncio.run(_serve((server, listener), (private, behind), service, database, config, sources))
        finally:
            if jobs is not None:
                jobs.close()
            if feed is not None:
                feed.close()
            database.close()
    return 0


def _server(
    config: GatewayConfig, application: ASGIApp, *, plaintext: bool, tell: Callable[[str], object]
) -> uvicorn.Server:
    if plaintext:
        return uvicorn.Server(config_of(application))
    listen: Listen = config.listen
    listen.key.read()
    return tls_server_of(application, ServerTls(listen.certificate, listen.key.path), tell, listen.balancers)


def _sources(
    config: GatewayConfig, office: TeamOffice, service: Service, new_child: Callable[[], socket.socket]
) -> ScheduledSources | None:
    """What this gateway reads by schedules; nothing without a folder of declarations."""
    if config.sources is None:
        return None
    name = platform.node() or "gateway"
    return ScheduledSources(office, new_child, config.sources, name, service.tell_of_customers, service.log_fault)


async def _serve(
    consoles: tuple[uvicorn.Server, socket.socket],
    private: tuple[uvicorn.Server, socket.socket],
    service: Service,
    database: PostgresDatabase,
    config: GatewayConfig,
    sources: ScheduledSources | None,
) -> None:
    # A request takes two connections at most: one that writes, and one that reads beside it.
    anyio.to_thread.current_default_thread_limiter().total_tokens = max(1, config.database.pool // 2)
    (server, listener), (behind, private_listener) = consoles, private
    shown = asyncio.create_task(behind.serve(sockets=[private_listener]))
    beats = asyncio.create_task(_announced(service, database))
    watch = asyncio.create_task(_streams_end(server, service))
    reads = [asyncio.create_task(sources.go_on())] if sources is not None else []
    await server.serve(sockets=[listener])
    for task in (beats, watch, *reads):
        task.cancel()
    behind.should_exit = True
    await shown
    await asyncio.to_thread(service.imports.end_all)


async def _announced(service: Service, database: PostgresDatabase) -> None:
    """Say every few seconds that this gateway is at work and which versions of the master it has; look at its clock."""
    gateway, name = secrets.token_hex(8), platform.node() or "gateway"

    def say() -> None:
        look_at_clock(service, database)
        with acting_for(OFFICE):
            announce(service.office.opened, gateway, name)

    while True:
        try:
            await asyncio.to_thread(say)
        except TiraiError:
            pass  # the database is away: requests say so, and the next announcement comes
        except Exception as e:  # noqa: BLE001  (it goes on: a silent gateway would be taken for gone)
            service.log_fault(e)
        await asyncio.sleep(ANNOUNCED_EVERY_S)


_TOLD: Final = {
    "sessions": (Topic.UNLOCKS, Topic.ACCOUNTS, Topic.PRESENCE),
    "fronts": (Topic.PRESENCE,),
    "proposals": (Topic.ACCOUNTS, Topic.POLICY),
    "erasures": (Topic.CUSTOMERS, Topic.ERASURES),
}
"""What consoles look at again after a job that changed something."""


def _tell_of(service: Service, job: str) -> None:
    for topic in _TOLD.get(job, ()):
        service.feed.tell(topic)


async def _streams_end(server: uvicorn.Server, service: Service) -> None:
    """End consoles' streams when the server leaves: it would wait for them."""
    while not server.should_exit:
        await asyncio.sleep(0.1)
    service.fills.close()
    await asyncio.to_thread(service.feed.close)


@contextlib.contextmanager
def _run_folder() -> Iterator[Path]:
    """A folder of this process alone, for the sockets of its imports: systemd's, or one that goes with it."""
    given = os.environ.get(RUN_FOLDER, "").split(":")[0]
    with tempfile.TemporaryDirectory(prefix="gateway-", dir=given or None) as folder:
        yield Path(folder)
