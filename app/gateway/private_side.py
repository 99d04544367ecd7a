"""What a gateway shows those who run it: its private port, and the figures behind it (`docs/gateway/`)."""

import math
from collections.abc import Callable

import uvicorn
from starlette.types import ASGIApp

from app.api.server.metrics import Counted, Metrics
from app.api.server.private_port import private_application, private_server
from app.api.server.service import Service
from app.backoffice.acting import OFFICE, acting_for
from app.backoffice.postgres import PostgresDatabase
from app.backoffice.sessions import living_sessions
from app.domain.errors import TiraiError
from app.gateway.clock_watch import look_at_clock


def private_side(service: Service, database: PostgresDatabase) -> tuple[uvicorn.Server, Callable[[ASGIApp], ASGIApp]]:
    """The private port's server, and what counts requests: it is put around the application for consoles.

    Args:
        service: the gateway's.
        database: its database.
    """
    metrics = Metrics()
    metrics.watch("sessions", "Sessions that live, at any gateway; NaN while the database is away.", _sessions(service))
    metrics.watch("database_connections_in_use", "Connections of this gateway at work.", database.connections_in_use)

    def is_ready() -> bool:
        look_at_clock(service, database)
        return service.office.is_open and not service.is_clock_off

    def counted(application: ASGIApp) -> ASGIApp:
        return Counted(application, metrics)

    return private_server(private_application(metrics, is_ready)), counted


def _sessions(service: Service) -> Callable[[], float]:
    def count() -> float:
        try:
            with acting_for(OFFICE):
                return float(living_sessions(service.office.opened))
        except TiraiError:
            return math.nan

    return count
