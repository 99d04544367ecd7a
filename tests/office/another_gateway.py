"""A further gateway of a made office, in a process of its own that a test may kill."""

import itertools
import multiprocessing
import threading
import time
from pathlib import Path

from app.api.messages.filling import FillToken
from app.api.server.application import make_application
from app.api.server.serve import FaultLog, listener_at, server_of
from app.api.server.service import Service
from app.backoffice import filling
from app.backoffice.master import MasterHanded
from app.backoffice.postgres import PostgresDatabase
from app.backoffice.team_office import TeamOffice
from app.domain.policy_reader import load_policy
from app.guardian.office_start import office_answers
from app.resource_files import resource_text
from tests.office.import_nursery import new_import
from tests.office.made import PATIENCE_S
from tests.office.team import ServersMovedClock, TeamMade

CHUNKS = 2
"""Of a fill, that it gives; then it stands still until it is killed, so that no fill ends with it."""


class AnotherGateway:
    """It serves from the same database, by the clock as it stands now, on a socket of its own."""

    def __init__(self, office: TeamMade, folder: Path) -> None:
        folder.mkdir(mode=0o700)
        self.path = folder / "gateway.sock"
        self._process = multiprocessing.get_context("spawn").Process(
            target=_serve,
            args=(
                office.database.words(),
                office.master_key,
                office.clock.ahead_ms,
                filling.CHUNK_ROWS,
                folder,
                self.path,
            ),
            daemon=True,
        )
        self._process.start()
        until = time.monotonic() + PATIENCE_S
        while not office_answers(self.path):
            assert self._process.is_alive()
            assert time.monotonic() < until
            time.sleep(0.01)

    def kill(self) -> None:
        """End it as a machine that loses its power does."""
        self._process.kill()
        self._process.join(PATIENCE_S)
        assert not self._process.is_alive()


def _stand_still_after(chunks: int) -> None:
    whole, given = filling.Filling.next_rows, itertools.count()

    def next_rows(self: filling.Filling) -> tuple[bytes, FillToken]:
        if next(given) >= chunks:
            threading.Event().wait()
        return whole(self)

    setattr(filling.Filling, "next_rows", next_rows)  # noqa: B010


def _serve(words: dict[str, str], key: bytes, ahead_ms: int, chunk_rows: int, folder: Path, path: Path) -> None:
    filling.CHUNK_ROWS = chunk_rows
    _stand_still_after(CHUNKS)
    clock = ServersMovedClock()
    clock.ahead_ms = ahead_ms
    policy = load_policy(resource_text("policy", "default.toml"))
    office = TeamOffice(PostgresDatabase(words), policy, clock, folder, MasterHanded({1: key}))
    log = FaultLog(folder / "office.log")
    service = Service(office, "gateway", log, new_import, lambda name: folder / f"{name}.sock")
    server_of(make_application(service)).run([listener_at(path)])
