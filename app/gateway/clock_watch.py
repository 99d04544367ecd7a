"""Whether this machine's clock is the database's: it judges codes, and the terms of sessions, leases and unlocks.

A gateway whose clock is off would keep what another one ends, and take codes that are over. It does not begin, and one
whose clock goes off while it serves answers nobody until it is right again; a balancer reads that from `/ready`.
"""

from typing import Final

from app.api.server.service import Service
from app.backoffice.acting import NOBODY, acting_for
from app.backoffice.clock import SystemClock
from app.backoffice.gateways import clock_off_ms as off_ms
from app.backoffice.postgres import PostgresDatabase
from app.domain.errors import WorkstationError

MOST_OFF_MS: Final = 15_000
"""Half a step of an authenticator (RFC 6238, section 5.2). `tirai gateway check` complains much earlier."""


def clock_off_ms(database: PostgresDatabase) -> int:
    """How far this machine's clock is ahead of the database's, ms.

    Raises:
        DatabaseAwayError: the database does not answer.
    """
    with acting_for(NOBODY), database.reading() as db:
        return off_ms(db, SystemClock())


def demand_right_clock(database: PostgresDatabase) -> None:
    """Demand a clock that a gateway can begin with.

    Raises:
        WorkstationError: code `clock`: it is off.
    """
    if abs(off := clock_off_ms(database)) > MOST_OFF_MS:
        raise WorkstationError(
            f"This machine's clock is {off / 1000:+.0f} s off the database's, so nobody is served. Set both by NTP.",
            code="clock",
        )


def look_at_clock(service: Service, database: PostgresDatabase) -> None:
    """Have the gateway refuse while its clock is off, and serve again when it is right.

    Raises:
        DatabaseAwayError: the database does not answer; it stays as it was.
    """
    service.is_clock_off = abs(clock_off_ms(database)) > MOST_OFF_MS
