"""A child with a line to the guardian, and all that it has told.

Invariant: what a child wrote before it died is heard before its death counts, so a session announced a moment
before `kill -9` is known. A child that breaks the protocol is closed for ever.
"""

import contextlib
import os
import socket
from collections.abc import Callable

from app.guardian.children import Child, fork
from app.guardian.limits import LINE_BYTES, SESSIONS_PER_CONSOLE
from app.guardian.wire import (
    CHILD_WORDS,
    CacheWritten,
    FolderHeld,
    GuardianSays,
    LineReader,
    Message,
    SessionBegun,
    SessionEnded,
    WireError,
    encode,
)


class Ward:
    """A console or an approval, seen from the guardian.

    Attributes:
        child: its process.
        line: the guardian's end of the socket pair.
        sessions: what it announced, oldest first.
        generations: of each session's cache, the highest that it told; never gets lower.
        ended: its last word, if it said one.
        closed: its line ended or was broken.
    """

    def __init__(self, body: Callable[[socket.socket], int], *, with_guardian: bool = False) -> None:
        self.line, theirs = socket.socketpair()
        self.line.setblocking(False)
        self.child: Child = fork(lambda: body(theirs), keep=(theirs.fileno(),), with_guardian=with_guardian)
        theirs.close()
        self.sessions: list[SessionBegun] = []
        self.generations: dict[str, int] = {}
        self.ended: SessionEnded | None = None
        self.closed = False
        self.broke_protocol = False
        self._reader = LineReader(CHILD_WORDS)
        self._locks: list[int] = []

    def hear(self) -> list[Message]:
        """Read all that is there; remember sessions, locks and the last word; return the rest."""
        wishes: list[Message] = []
        while not self.closed:
            try:
                untrusted, fds, _, _ = socket.recv_fds(self.line, LINE_BYTES, 4, socket.MSG_CMSG_CLOEXEC)
            except BlockingIOError:
                break
            except ConnectionError:
                untrusted, fds = b"", []
            self._locks.extend(fds)
            if not untrusted:
                self.closed = True
                break
            try:
                wishes.extend(m for m in self._reader.feed(untrusted) if not self._remember(m))
            except WireError:
                self.closed = self.broke_protocol = True
        return wishes

    def tell(self, message: GuardianSays) -> None:
        """Say something; a child that does not listen is not waited for."""
        with contextlib.suppress(OSError):
            self.line.send(encode(message), socket.MSG_DONTWAIT | socket.MSG_NOSIGNAL)

    def let_go(self) -> None:
        """Close the line and the folder locks (after the wipe)."""
        self.line.close()
        for fd in self._locks:
            os.close(fd)
        self._locks.clear()

    def _remember(self, message: Message) -> bool:
        if isinstance(message, SessionBegun):
            if len(self.sessions) >= SESSIONS_PER_CONSOLE or self.ended is not None:
                raise WireError("too many sessions")
            self.sessions.append(message)
        elif isinstance(message, FolderHeld):
            if not self._locks or len(self._locks) > SESSIONS_PER_CONSOLE:
                raise WireError("no lock came with it")
        elif isinstance(message, CacheWritten):
            if message.session not in {begun.session for begun in self.sessions}:
                raise WireError("the cache of nobody's session")
            known = self.generations.get(message.session, 0)
            self.generations[message.session] = max(known, int(message.generation))
        elif isinstance(message, SessionEnded):
            self.ended = message
        else:
            return False
        return True
