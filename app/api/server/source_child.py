"""The process of one scheduled import at a gateway: takes its order over a line, reads, brings in, and is gone.

As in an import that a person runs (`import_child.py`), rows, data keys and record keys are in this process and in no
other. It ends at once when the line ends: the gateway is gone, and another one resumes the job.
"""

import contextlib
import os
import socket
import threading
from collections.abc import Callable
from pathlib import Path

from app.api.messages.wire import Id16, Key32, Message
from app.api.server.import_line import LineEndedError, hear, say
from app.api.server.serve import FaultLog
from app.backoffice.acting import OFFICE, act_for
from app.backoffice.clock import Clock
from app.backoffice.jobs import JobLostError, Taken
from app.backoffice.master import MasterHanded
from app.backoffice.office import OpenOffice
from app.backoffice.source_runs import run_source
from app.domain.errors import TiraiError
from app.domain.policy import Policy


class SourceOrder(Message):
    """Gateway: read this source.

    Attributes:
        database: libpq's words for the gateways' database.
        master: versions of the master.
        home: a folder of this gateway's own, for its log.
        folder: where declarations lie.
        seat: the gateway's name.
        job: id of the job.
        key: name of the source.
        claim: by which this run has the job.
        due_ms: when it was due.
        is_resumed: whether another run began it.
    """

    database: dict[str, str]
    master: tuple[tuple[int, Key32], ...]
    home: str
    folder: str
    seat: str
    job: Id16
    key: str
    claim: str
    due_ms: int
    is_resumed: bool

    @property
    def taken(self) -> Taken:
        """The job."""
        return Taken(self.job, "import", self.key, self.claim, self.due_ms, self.is_resumed)


class SourceEnded(Message):
    """Child: the job was let go, or is another's; its row tells the rest."""

    came_in: bool


def be_source(line: socket.socket, policy: Policy, clock: Callable[[], Clock]) -> int:
    """A scheduled import's whole life.

    Args:
        line: to the gateway; the order comes first.
        policy: who may what, where the office has not edited it.
        clock: the clock that counts.

    Returns:
        Exit code.
    """
    from app.backoffice.postgres import PostgresDatabase
    from app.backoffice.team_office import plate_of

    try:
        order = hear(line, SourceOrder)
    except LineEndedError:
        return 1
    act_for(OFFICE)
    threading.Thread(target=_end_with, args=(line,), daemon=True).start()
    try:
        database = PostgresDatabase(order.database, pool=2)
        office = OpenOffice(database, plate_of(database), policy, clock(), MasterHanded(dict(order.master)))
        read = run_source(office, order.taken, Path(order.folder), order.seat)
    except JobLostError:
        read = None
    except TiraiError as error:  # the office's own database: the job falls to whoever comes next
        return error.exit_code
    except Exception as error:  # noqa: BLE001  (the gateway sees the line end, and the log says where)
        FaultLog(Path(order.home) / "office.log", "source")(error)
        return 1
    with contextlib.suppress(LineEndedError):
        say(line, SourceEnded(came_in=read is not None and read.done is not None))
    return 0


def _end_with(line: socket.socket) -> None:
    """Go when the gateway goes; it says nothing after its order."""
    with contextlib.suppress(OSError):
        line.recv(1)
    os._exit(1)
