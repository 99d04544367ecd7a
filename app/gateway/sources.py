"""Reads sources by their schedules: a gateway takes what is due, a process of its own does it, one at a time.

Any number of gateways look at the same jobs. A gateway without a folder of declarations takes none.
"""

import asyncio
import contextlib
import socket
from collections.abc import Callable
from pathlib import Path

from app.api.server.import_line import LineEndedError, hear, say
from app.api.server.source_child import SourceEnded, SourceOrder
from app.backoffice import jobs
from app.backoffice.acting import OFFICE, acting_for
from app.backoffice.import_sources import KIND
from app.backoffice.jobs import Taken
from app.backoffice.team_office import TeamOffice
from app.domain.errors import TiraiError

LOOK_EVERY_S = 5.0


class ScheduledSources:
    """What one gateway does of it."""

    def __init__(
        self,
        office: TeamOffice,
        new_child: Callable[[], socket.socket],
        folder: Path,
        name: str,
        on_committed: Callable[[], None],
        log_fault: Callable[[BaseException], str],
    ) -> None:
        """Read sources.

        Args:
            office: whose customers they become.
            new_child: forks a process and returns the line to it.
            folder: where declarations lie.
            name: the gateway's, for the log and for whoever looks at jobs.
            on_committed: called after customers came in.
            log_fault: writes a fault down without values.
        """
        self._office, self._new_child, self._folder, self._name = office, new_child, folder, name
        self._on_committed, self._log_fault = on_committed, log_fault
        self._line: socket.socket | None = None

    async def go_on(self, look_every_s: float = LOOK_EVERY_S) -> None:
        """Take what is due, for ever. Cancelled, it ends the process that reads; another gateway resumes its job."""
        try:
            while True:
                if not await asyncio.to_thread(self.read_one):
                    await asyncio.sleep(look_every_s)
        finally:
            self.stop()

    def read_one(self) -> bool:
        """Take one job and see it through; whether there was one."""
        try:
            job = self._take()
            if job is not None:
                self._see_through(job)
        except TiraiError:
            return False  # the database is away, or no process could be begun: the job falls to whoever comes next
        except Exception as error:  # noqa: BLE001  (it goes on: nobody else would hear of it)
            self._log_fault(error)
            return False
        return job is not None

    def stop(self) -> None:
        """End the process that reads, if there is one."""
        line = self._line
        if line is not None:
            with contextlib.suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)

    def _take(self) -> Taken | None:
        office = self._office.opened
        with acting_for(OFFICE), office.writing() as db:
            return jobs.take(db, office.clock, {KIND}, self._name)

    def _see_through(self, job: Taken) -> None:
        office = self._office.opened
        order = SourceOrder(
            database=self._office.database_words,
            master=tuple(office.keys.master.items()),
            home=str(self._office.home),
            folder=str(self._folder),
            seat=self._name,
            job=job.id,
            key=job.key,
            claim=job.claim,
            due_ms=job.due_ms,
            is_resumed=job.is_resumed,
        )
        with self._new_child() as line, contextlib.suppress(LineEndedError):
            self._line = line
            try:
                say(line, order)
                if hear(line, SourceEnded).came_in:
                    self._on_committed()
            finally:
                self._line = None
