"""A made office that has moved to a served gateway over PostgreSQL, with all its people."""

import contextlib
from collections.abc import Iterator
from pathlib import Path

from app.api.client.client import ApiClient
from app.backoffice.acting import OFFICE, acting_for
from app.backoffice.clock import SystemClock
from app.backoffice.postgres import PostgresDatabase
from app.backoffice.team_office import TeamOffice
from app.gateway.arriving import move_in
from app.gateway.config import load_config
from app.gateway.master import master_source
from tests.gateway.configured import configured
from tests.gateway.databases import GatewayDatabase, migrated_database
from tests.gateway.pki import Authority
from tests.gateway.postgres_server import running_server
from tests.gateway.served import ServedGateway
from tests.office.kit import two_codes
from tests.office.made import SEAT, MadeOffice
from tests.office.moved_clock import LEAD

BY_CLOCK = """
import time; from pathlib import Path; from app.backoffice.clock import ServersClock as C
C.now_ms = lambda _self: time.time_ns() // 1_000_000 + int(Path({lead!r}).read_text())
C.boot_s = lambda self: self.now_ms() / 1000
"""
MACHINE_OFF = """
from app.backoffice.clock import SystemClock as S
S.now_ms = lambda _self: time.time_ns() // 1_000_000 + int(Path({off!r}).read_text())
"""


class Moved(MadeOffice):
    """A made office whose people go to a served gateway."""

    gateway: ServedGateway
    config: Path
    database: GatewayDatabase
    authority: Authority

    def begin(self, off_ms: Path | None = None) -> None:
        """Have a gateway serve, by the clock that the test moves, on a machine whose clock is off by what is there."""
        self.clock.lead_others(self.places.home)
        before = BY_CLOCK.format(lead=str(self.places.home.with_name(LEAD)))
        before += MACHINE_OFF.format(off=str(off_ms)) if off_ms is not None else ""
        self.gateway = ServedGateway(self.config, before=before)

    def enrol(self, account: str, code: str) -> None:
        with acting_for(OFFICE):  # what the lessons give is written beside the gateway, into its database
            super().enrol(account, code)

    def connect(self) -> ApiClient:
        return ApiClient(self.gateway.transport(self.authority.file), workstation=SEAT)


@contextlib.contextmanager
def moved_office(folder: Path, inventory: str | None = None) -> Iterator[Moved]:
    """Such an office; `begin` has its gateway serve, which ends with the block."""
    with running_server() as server:
        made = Moved(folder, inventory)
        made.authority = Authority(folder / "authority")
        made.database = migrated_database(server)
        made.config = configured(folder / "server", made.database, made.authority)
        move_in(
            made.places.home,
            two_codes(made),
            made.store.seat_half(),
            made.policy,
            SystemClock(),
            load_config(made.config),
            lambda _what, _count: None,
        )
        pool = PostgresDatabase(made.database.words())
        master = master_source(load_config(made.config).master)
        with acting_for(OFFICE):
            made.back_office = TeamOffice(pool, made.policy, made.clock, made.places.home, master)
        try:
            yield made
        finally:
            if "gateway" in vars(made):
                made.gateway.kill()
            pool.close()
