"""A session's outbox: what its office did not take is sealed to it, signed, and kept; later any console delivers it.

Invariants: `keep` returns once the entry is on disk; a console cannot read back what it kept. What this process kept
stays in its memory, sealed, until the office has it, so that a file which another program cut or removed is written
again. Nothing is sent twice but by a crash, and the office takes each entry once. Only an office of the first protocol
gives no key for what is kept about customers.
"""

import threading
from collections.abc import Sequence
from dataclasses import dataclass

from app.api.client import outbox as calls
from app.api.messages.door import WitnessMark
from app.api.messages.outbox import MOST_ENTRIES, MOST_SESSIONS, Delivery, Look, Looked
from app.auth.outbox_entry import EntryKind, OutboxEntry, first_link, link_of
from app.auth.outbox_payload import bound
from app.domain.errors import InputRefusedError
from app.session.identity import Identity, new_id
from app.session.shown import OpenEnd, OutboxState
from app.storage.outbox import FileTouchedError, Kept, OutboxFolder
from app.storage.places import PlaceRefusedError

_MOST_BYTES = 4 * 1024 * 1024


@dataclass(frozen=True, slots=True, repr=False)
class _Own:
    """An entry of this session that the office has not answered for."""

    number: int
    previous: bytes
    sealed: bytes
    note: bytes | None


class Outbox:
    """What one session keeps, and the delivery of whatever lies at its seat. Any thread may call."""

    def __init__(
        self, folder: OutboxFolder, identity: Identity, kept: Kept | None = None, here: WitnessMark | None = None
    ) -> None:
        """Go on where the session is.

        Args:
            folder: of this seat.
            identity: who writes.
            kept: the session's file as it lay there *before* the office was asked, or None.
            here: what the office has of the session; None for a fresh one.
        """
        self._folder, self._identity = folder, identity
        self._name = identity.session.hex()
        start = first_link(identity.office, identity.session)
        self._number, self._link = (here.length, here.head) if here is not None else (0, start)
        self._waiting: list[_Own] = []
        self._others = self._unusable = 0
        self._open_ends: tuple[OpenEnd, ...] = ()
        self._has_looked = self._is_shut = False
        self._lock, self._delivering = threading.RLock(), threading.Lock()
        if kept is not None:
            self._number, self._link = kept.base, kept.base_link
            for sealed in kept.entries:
                self._add(sealed, None)

    @property
    def mark(self) -> WitnessMark:
        """How much was ever kept."""
        with self._lock:
            return WitnessMark(length=self._number, head=self._link)

    @property
    def waits(self) -> bool:
        """Whether something of this session waits for the office."""
        return bool(self._waiting)

    def state(self) -> OutboxState:
        """As it is now."""
        with self._lock:
            notes = {own.note for own in self._waiting if own.note is not None}
            count = len(notes) + sum(own.note is None for own in self._waiting) + self._others
            return OutboxState(count, len(self._folder.refused()), self._unusable, self._open_ends)

    def keep(self, kind: EntryKind, payload: bytes = b"", key: bytes | None = None) -> None:
        """Seal something to the office and keep it; it is on disk when this returns.

        Args:
            kind: what it is.
            payload: see `outbox_entry`.
            key: id of what it carries.

        Raises:
            OutboxUnwritableError: it is not kept: the disk is full or broken, or this outbox too large.
            PlaceRefusedError: the outbox is not the owner's alone.
        """
        identity = self._identity
        if not kind.closes and identity.outbox_key is not None:  # none: the office speaks the first protocol
            payload = bound(identity.outbox_key, identity.office, identity.session, kind, payload)
        with self._lock:
            if self._is_shut and not kind.closes:
                return
            number, previous = self._number + 1, self._link
            entry = OutboxEntry(
                identity.account, identity.session, number, previous, kind, new_id() if key is None else key, payload
            )
            sealed = entry.sealed(identity.office, identity.book.office_entry.kem, identity.keys.seed)
            try:
                self._folder.append(self._name, sealed, number, previous)
            except FileTouchedError:
                self._write_anew(sealed)
            self._add(sealed, key)

    def shut(self) -> None:
        """The session's last word comes next: a save that is still on its way was kept for it already."""
        with self._lock:
            self._is_shut = True

    def _add(self, sealed: bytes, note: bytes | None) -> None:
        own = _Own(self._number + 1, self._link, sealed, note)
        self._waiting.append(own)
        self._number, self._link = own.number, link_of(sealed)

    def _write_anew(self, sealed: bytes) -> None:
        """Another program cut the file: write it from memory. What the office has need not be in it."""
        first = self._waiting[0] if self._waiting else None
        base, link = (first.number - 1, first.previous) if first else (self._number, self._link)
        self._folder.put(self._name, base, link, [*(own.sealed for own in self._waiting), sealed])

    def heard(self, here: WitnessMark | None) -> None:
        """What the office has of this session, as it said with a lease."""
        if here is not None:
            with self._lock:
                if here.length < self._number or here.head == self._link:
                    self._waiting = [own for own in self._waiting if own.number > here.length]

    def deliver(self, timeout_s: float | None = None) -> OutboxState:
        """Bring everything that lies at this seat to the office, unless another process is at it.

        Args:
            timeout_s: for each answer; None for the client's own patience.

        Raises:
            OfficeAwayError: it does not answer; what it has not answered for stays.
            SessionOverError: this session may not bring anything any more.
        """
        with self._delivering, self._folder.courier() as is_courier:
            sessions = self._folder.sessions()
            if self._has_looked and not sessions and not self._waiting:
                self._others = 0
                return self.state()
            listed = sorted({*sessions, self._name})[:MOST_SESSIONS]
            looked = calls.look(
                self._identity.client, Look(sessions=tuple(bytes.fromhex(s) for s in listed)), timeout_s
            )
            self._take_look(looked)
            self._deliver_own(timeout_s)
            if is_courier:
                taken = {mark.session.hex(): WitnessMark(length=mark.taken, head=mark.link) for mark in looked.marks}
                for session in listed:
                    if session != self._name:
                        self._deliver_file(session, taken.get(session), timeout_s)
            self._count_others()
        return self.state()

    def _take_look(self, looked: Looked) -> None:
        ends = tuple(OpenEnd(end.seat, end.ended_ms / 1000, end.missing) for end in looked.open_ends)
        self._open_ends, self._has_looked = (*self._open_ends, *ends), True

    def _deliver_own(self, timeout_s: float | None) -> None:
        """From memory: the file may have been touched."""
        with self._lock:
            own = list(self._waiting)
        if not own:
            return
        is_taken = self._send(self._name, [one.sealed for one in own], timeout_s)
        with self._lock:
            last = own[-1].number
            self._waiting = [one for one in self._waiting if one.number > last] if is_taken else []
        if is_taken:
            self._folder.remove(self._name, last)
        else:
            self._folder.set_aside(self._name)

    def _deliver_file(self, session: str, here: WitnessMark | None, timeout_s: float | None) -> None:
        try:
            kept = self._folder.read(session)
        except PlaceRefusedError:
            self._folder.set_aside(session)
            return
        if kept is None:
            return
        if self._send(session, _lacking(kept, here), timeout_s):
            self._folder.remove(session, kept.last)
        else:
            self._folder.set_aside(session)

    def _send(self, session: str, entries: Sequence[bytes], timeout_s: float | None) -> bool:
        """Send them in order; whether the office took all."""
        for chunk in _chunks(entries):
            request = Delivery(session=bytes.fromhex(session), entries=tuple(chunk))
            try:
                fates = calls.deliver(self._identity.client, request, timeout_s).fates
            except InputRefusedError:
                return False
            self._unusable += sum(fate.outcome == "unusable" for fate in fates)
            if len(fates) != len(chunk) or fates[-1].outcome == "refused":
                return False
        return True

    def _count_others(self) -> None:
        """What other sessions left is sealed, so that its entries can be counted and no more."""
        self._others = 0
        for session in self._folder.sessions():
            if session != self._name and (kept := self._folder.read(session)) is not None:
                self._others += len(kept.entries)


def _lacking(kept: Kept, here: WitnessMark | None) -> Sequence[bytes]:
    """What the office lacks of a file; all of it unless the file shows the very entry that the office had last."""
    at = here.length - kept.base if here is not None else 0
    if here is None or not 0 < at <= len(kept.entries) or link_of(kept.entries[at - 1]) != here.head:
        return kept.entries
    return kept.entries[at:]


def _chunks(entries: Sequence[bytes]) -> list[list[bytes]]:
    chunks: list[list[bytes]] = []
    size = 0
    for entry in entries:
        if not chunks or len(chunks[-1]) == MOST_ENTRIES or size + len(entry) > _MOST_BYTES:
            chunks.append([])
            size = 0
        chunks[-1].append(entry)
        size += len(entry)
    return chunks
