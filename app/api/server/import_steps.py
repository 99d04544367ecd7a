"""The routes of one import, in its own process: rows, commit, cancel. Whoever has its token may; nobody else."""

import contextlib
import os
import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Annotated

from fastapi import Depends, Request

from app.api.messages.customers import ImportDone, ImportProgress, ImportRows
from app.api.messages.wire import Done
from app.api.server.import_line import ImportSays, LineEndedError, Noted, hear, say
from app.api.server.paths import PathId
from app.api.server.rates import RequestRates
from app.api.server.routes import office_router
from app.api.server.service import token_of
from app.backoffice.importing import Import
from app.crypto.derive import same, sha256
from app.domain.errors import NotAllowedError

router = office_router("/v1/imports/{key}")
_NOTED_S = 5.0


@dataclass(slots=True)
class ImportService:
    """One import and whoever may reach it.

    Attributes:
        run: the import.
        token_hash: SHA-256 of its client's token.
        log_fault: writes a fault down without values and gives its number.
        line: to the office.
        absent_s: without any line from its client for so long it is abandoned.
        rates: by address alone; on its private socket there is none.
        last_request: monotonic time when a request last came or was answered, seconds.
        leaving: set when nothing more is to come.
    """

    run: Import
    token_hash: bytes
    log_fault: Callable[[BaseException], str]
    line: socket.socket
    absent_s: float
    rates: RequestRates = field(default_factory=RequestRates)
    home = "import"
    last_request: float = field(default_factory=time.monotonic)
    leaving: bool = False
    _answering: int = 0
    _counting: threading.Lock = field(default_factory=threading.Lock)
    _noted: threading.Event = field(default_factory=threading.Event)

    @property
    def is_busy(self) -> bool:
        """Whether a request is being answered."""
        return self._answering > 0

    @contextlib.contextmanager
    def answering(self) -> Iterator[None]:
        """While a request is answered; after the last step this process leaves."""
        with self._counting:
            self._answering += 1
        try:
            yield
        finally:
            with self._counting:
                self._answering -= 1
            self.last_request = time.monotonic()
            self.leaving = self.leaving or self.run.is_over

    def tell_committed(self) -> None:
        """Have the office know before the client does; an office that is gone needs no word."""
        with contextlib.suppress(LineEndedError):
            say(self.line, ImportSays(word="committed"))
            self._noted.wait(_NOTED_S)

    def watch_office(self) -> None:
        """Follow the line; its end ends this process, whatever it does."""
        with contextlib.suppress(LineEndedError):
            while hear(self.line, Noted):
                self._noted.set()
        os._exit(1)


def served(request: Request, key: PathId) -> Iterator[ImportService]:
    """The import of a request.

    Raises:
        NotAllowedError: another token, or another import's id.
        SessionUnknownError: no token.
    """
    service: ImportService = request.app.state.service
    ours = same(sha256(token_of(request)), service.token_hash)
    if not ours or key != service.run.id:
        raise NotAllowedError("This import is not running any more; begin again.", code="import_over")
    with service.answering():
        yield service


Here = Annotated[ImportService, Depends(served)]


@router.post("/rows")
def rows(here: Here, body: ImportRows) -> ImportProgress:
    """Bring rows."""
    return here.run.rows(body)


@router.post("/commit")
def commit(here: Here) -> ImportDone:
    """Make the import visible."""
    done = here.run.commit()
    here.tell_committed()
    return done


@router.delete("")
def cancel(here: Here) -> Done:
    """Stop the import."""
    here.run.cancel()
    return Done()
