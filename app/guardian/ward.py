"""A child with a line to the guardian, and all that it has told.

Invariant: what a child wrote before it died is heard before its death counts, so a session announced a moment
before `kill -9` is known. A child that breaks the protocol is closed for ever.
"""

import contextlib
from dataclasses import dataclass, field

from app.guardian.limits import LINE_BYTES, SESSIONS_PER_CONSOLE
from app.guardian.processes import ChildLine, KnownChild
from app.guardian.wire import (
    CHILD_WORDS,
    CacheWritten,
    FolderHeld,
    FolderNamed,
    GuardianSays,
    LineReader,
    Locked,
    LockStands,
    Message,
    Resumed,
    SessionBegun,
    SessionEnded,
    StopNow,
    Trying,
    WireError,
    encode,
)
from app.storage.named_locks import let_go


@dataclass(slots=True)
class Held:
    """What a locked console leaves with its guardian for the next one.

    Attributes:
        sessions: what was announced; the locked one is the last.
        generations: see `Ward`.
        locks: the folders' locks: descriptors, on Windows handles.
    """

    sessions: list[SessionBegun]
    generations: dict[str, int]
    locks: list[int] = field(default_factory=list)

    def let_go(self) -> None:
        """Close the folder locks (after a wipe)."""
        for lock in self.locks:
            let_go(lock)
        self.locks.clear()


class Ward:
    """A console or an approval, seen from the guardian.

    Attributes:
        child: its process.
        line: the guardian's end of it.
        sessions: what it announced, oldest first.
        generations: of each session's cache, the highest that it told; never gets lower.
        ended: its last word, if it said one.
        locked: it has locked its session and is about to exit.
        is_lock: it stands, or is about to stand, before a locked session.
        lock_stands: its lock screen is there.
        tries: passwords tried at it.
        closed: its line ended or was broken.
    """

    def __init__(self, begun: tuple[KnownChild, ChildLine], held: Held | None = None) -> None:
        """Follow a child that has begun; `held` is what the one before it has left."""
        self.child, self.line = begun
        self.sessions: list[SessionBegun] = list(held.sessions) if held else []
        self.generations: dict[str, int] = dict(held.generations) if held else {}
        self.ended: SessionEnded | None = None
        self.locked: Locked | None = None
        self.is_lock = held is not None
        self.lock_stands = False
        self.tries = 0
        self.closed = False
        self.broke_protocol = False
        self._reader = LineReader(CHILD_WORDS)
        self._locks: list[int] = held.locks if held else []

    def hear(self) -> list[Message]:
        """Read all that is there; remember sessions, locks and the last word; return the rest."""
        wishes: list[Message] = []
        while not self.closed:
            try:
                untrusted, fds = self.line.hear(LINE_BYTES)
            except BlockingIOError:
                break
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
            self.line.tell(encode(message))

    def stop(self) -> None:
        """Tell it to save what is written and to end."""
        if not self.child.stop():
            self.tell(StopNow())

    def let_go(self) -> None:
        """Close the line and the folder locks (after the wipe)."""
        self.line.close()
        for lock in self._locks:
            let_go(lock)
        self._locks.clear()

    def hand_over(self) -> Held:
        """Close the line; what is held for the locked session is held on by the answer."""
        self.line.close()
        held, self._locks = Held(self.sessions, self.generations, self._locks), []
        return held

    def _remember(self, message: Message) -> bool:
        if isinstance(message, SessionBegun):
            if len(self.sessions) >= SESSIONS_PER_CONSOLE or self.ended is not None:
                raise WireError("too many sessions")
            self.sessions.append(message)
        elif isinstance(message, FolderHeld):
            if not self._locks or len(self._locks) > SESSIONS_PER_CONSOLE:
                raise WireError("no lock came with it")
        elif isinstance(message, FolderNamed):
            self._take_lock(message)
        elif isinstance(message, CacheWritten):
            if message.session not in {begun.session for begun in self.sessions}:
                raise WireError("the cache of nobody's session")
            known = self.generations.get(message.session, 0)
            self.generations[message.session] = max(known, int(message.generation))
        elif isinstance(message, Locked):
            if self.is_lock or self.ended is not None or message.session != self._last_session():
                raise WireError("nothing to lock")
            self.locked = message
        elif isinstance(message, LockStands | Trying | Resumed):
            self._remember_at_lock(message)
        elif isinstance(message, SessionEnded):
            self.ended = message
        else:
            return False
        return True

    def _take_lock(self, message: FolderNamed) -> None:
        if len(self._locks) >= SESSIONS_PER_CONSOLE or message.session not in {
            begun.session for begun in self.sessions
        }:
            raise WireError("the lock of nobody's session")
        try:
            self._locks.append(self.child.take(int(message.handle)))
        except OSError as error:
            raise WireError("no lock came with it") from error

    def _last_session(self) -> str:
        return self.sessions[-1].session if self.sessions else ""

    def _remember_at_lock(self, message: LockStands | Trying | Resumed) -> None:
        if not self.is_lock or message.session != self._last_session():
            raise WireError("nothing is locked")
        if isinstance(message, LockStands):
            self.lock_stands = True
        elif isinstance(message, Trying):
            self.tries += 1
        else:
            self.is_lock = False
