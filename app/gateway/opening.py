"""An office, opened by hand on a server: for its care, beside the gateways that serve."""

import os
import pwd
import socket
from collections.abc import Iterator
from contextlib import contextmanager

from app.backoffice.acting import OFFICE, acting_for
from app.backoffice.clock import ServersClock
from app.backoffice.gateway_look import refusal
from app.backoffice.office import OpenOffice
from app.backoffice.postgres import DatabaseAwayError, PostgresDatabase
from app.backoffice.server_kinds import other_server
from app.backoffice.team_office import plate_of
from app.domain.errors import WorkstationError
from app.domain.policy_reader import load_policy
from app.gateway.config import DatabasePlace, GatewayConfig
from app.gateway.master import master_source
from app.resource_files import resource_text


def opened_database(place: DatabasePlace, pool: int) -> PostgresDatabase:
    """A database's pool; who starts something at a server is told why it does not open.

    Raises:
        WorkstationError: it does not let the role in (code `database`), or is no PostgreSQL (`server`).
        VerificationError: the tables are another version's.
    """
    words = place.arguments()
    try:
        return PostgresDatabase(words, pool=pool)
    except DatabaseAwayError as e:
        raise WorkstationError(refusal(words, e.__cause__), code="database") from None
    except AssertionError as e:  # SQLAlchemy's, where version() begins by another word than PostgreSQL's
        raise WorkstationError(other_server(str(e)), code="server") from None


@contextmanager
def opened_office(config: GatewayConfig, place: DatabasePlace | None = None) -> Iterator[OpenOffice]:
    """The office of a configuration, for work that no person asked for in a console.

    Args:
        config: of a gateway.
        place: another way to its database than the gateway's.

    Raises:
        WorkstationError: database or master do not answer, or there is no office.
        VerificationError: tables, master or book are not what they should be.
    """
    database = opened_database(place or config.database, pool=2)
    try:
        with acting_for(OFFICE):
            policy = load_policy(resource_text("policy", "default.toml"))
            yield OpenOffice(database, plate_of(database), policy, ServersClock(), master_source(config.master))
    finally:
        database.close()


def who_cares() -> dict[str, str]:
    """Who does this by hand, for the log: no account of the office, but a machine and its account."""
    return {"actor": "", "seat": socket.gethostname(), "reason": f"by {_account()}"}


def _account() -> str:
    try:
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:
        return str(os.getuid())
