"""The second process of an import: it seals and stages what the first has judged, so that two processors work.

It is forked by the import's process before that has a thread or a key, and opens the office's file itself once the
first hundred rows have come; a small import never needs it. Judged rows travel to it over a pair of sockets that nobody
else has, from one process that nobody can read to another. The first side may be one chunk ahead: a fault of a chunk is
told with the next one, or at the commit, before which everything is answered.
"""

import socket
from collections.abc import Callable, Sequence
from typing import Protocol

from pydantic import Field

from app.api.messages.wire import Message
from app.api.server.import_line import ImportSays, LineEndedError, hear, say
from app.backoffice.import_sealing import Fate
from app.backoffice.import_staging import FEW, Staged, Stager, Values
from app.domain.errors import TiraiError, WorkstationError

LONGEST = 64 * 1024 * 1024
"""Bytes of a chunk's judged rows at most: what a request may bring, and what JSON adds."""


class Rows(Message):
    """First: seal and stage these. Without any: stage what waits, and tell all."""

    rows: tuple[dict[str, str], ...]


class RowsSay(Message):
    """Second: done, or refused; with the counts once all is staged."""

    refused: ImportSays | None = None
    queues: dict[str, int] = Field(default_factory=dict)
    fates: dict[Fate, int] = Field(default_factory=dict)
    touches_known: bool = False
    uncompared: int = 0


class Helper(Protocol):
    """The second process, as the first has it."""

    line: socket.socket

    def end(self) -> None:
        """Have it leave, and wait for that."""


class StagerBeside:
    """Stages here what is small, and in the second process what is not."""

    def __init__(self, here: Stager, helper: Helper) -> None:
        """Begin with nothing.

        Args:
            here: for an import whose first chunk has few rows.
            helper: runs `be_stager`.
        """
        self._here, self._helper = here, helper
        self._is_beside: bool | None = None
        self._waits = False
        self._refused: TiraiError | None = None

    def take(self, rows: Sequence[Values]) -> None:
        """Hand rows over; what came of those before is heard first."""
        if self._is_beside is None:
            self._is_beside = len(rows) >= FEW
        if not self._is_beside:
            self._here.take(rows)
            return
        self._heard()
        self._say(Rows(rows=tuple(dict(values) for values in rows)))

    def finish(self) -> Staged:
        """Have what waits staged."""
        if not self._is_beside:
            return self._here.finish()
        self._heard()
        self._say(Rows(rows=()))
        said = self._heard()
        self._helper.end()
        return Staged(said.queues, said.fates, said.touches_known, said.uncompared)

    def drop(self) -> None:
        """Stage nothing more: it has left before this returns."""
        self._here.drop()
        self._helper.end()

    def _say(self, rows: Rows) -> None:
        try:
            say(self._helper.line, rows)
        except LineEndedError as e:
            self._refused = _gone()
            raise self._refused from e
        self._waits = True

    def _heard(self) -> RowsSay:
        said = RowsSay()
        if self._waits:
            self._waits = False
            try:
                said = hear(self._helper.line, RowsSay)
            except LineEndedError:
                self._refused = _gone()
        if said.refused is not None:
            self._refused = said.refused.error()
        if self._refused is not None:  # once and for all: rows are missing
            raise self._refused
        return said


def be_stager(line: socket.socket, stager: Callable[[], Stager], log_fault: Callable[[BaseException], str]) -> int:
    """The second process's whole life.

    Args:
        line: to the first.
        stager: opens the office here, and makes what seals and stages.
        log_fault: writes a fault down without values.

    Returns:
        Exit code.
    """
    own: Stager | None = None
    try:
        while True:
            asked = hear(line, Rows, longest=LONGEST)
            try:
                own = own or stager()
                said = _done(own, asked)
            except TiraiError as error:
                said = RowsSay(refused=ImportSays.refused(error))
            say(line, said)
    except LineEndedError:
        return 0
    except Exception as error:  # noqa: BLE001  (the first sees the line end, and the log says where)
        log_fault(error)
        return 1


def _done(own: Stager, asked: Rows) -> RowsSay:
    if asked.rows:
        own.take(asked.rows)
        return RowsSay()
    staged = own.finish()
    return RowsSay(
        queues=staged.queues, fates=staged.fates, touches_known=staged.touches_known, uncompared=staged.uncompared
    )


def _gone() -> WorkstationError:
    return WorkstationError("A process of this import has ended, so nothing was imported. Import again.", code="import")
