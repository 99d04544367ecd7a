"""Reading and judging the audit log: the office hands out, this process judges. The browser and the commands share it.

Invariant: a verdict rests on the book's key, on what this workstation remembers and on nothing that the office says of
itself.
"""

import time
from collections.abc import Callable, Iterator
from operator import attrgetter

from app.api.messages.audit import AuditKey, AuditQuery, AuditRow
from app.auth.audit_chain import AuditEntry, Checkpoint, Verdict, Witness, link, verify_chain
from app.crypto import signing
from app.crypto.errors import SealError
from app.domain.inventory import Inventory
from app.session.errors import VerificationStopped
from app.session.identity import Identity
from app.session.log_shown import LogEntry, LogFilter, LogKey, LogPage, LogPlace, LogVerdict

PAGE_ROWS = 200
_COLUMNS = attrgetter(*AuditEntry.__slots__)
Progress = Callable[[int, int], None]


class LogReading:
    """The log, for whoever may verify it."""

    def __init__(self, identity: Identity, inventory: Inventory | None = None, language: str = "en") -> None:
        """Read as this identity; with an inventory and in a language where people read it."""
        self._identity, self._inventory, self._language = identity, inventory, language

    def page(self, wanted: LogFilter, after: LogKey | None = None) -> LogPage:
        """Entries that fit, the newest first, behind a place. The first page stands in the log itself.

        Raises:
            NotAllowedError: the role does not read the log.
            WorkstationError: the office is away, or cannot write its log (code `audit`).
        """
        found = self._identity.client.audit_search(_query(wanted, after))
        key = LogKey(found.next.at_ms, found.next.number) if found.next else None
        return LogPage(tuple(_shown(row) for row in found.rows), key)

    def place(self, number: int) -> LogPlace:
        """One entry in its chain, judged here.

        Raises:
            InputRefusedError: there is no such entry.
            NotAllowedError: the role does not read the log.
        """
        identity = self._identity
        found = identity.client.audit_detail(number)
        entry, mark = entry_of(found.row), found.checkpoint
        fits = found.previous is not None and link(found.previous, entry.digest(identity.office)) == entry.hash
        shown = _shown(found.row)
        return LogPlace(
            shown,
            found.previous.hex() if found.previous else "",
            fits,
            mark.number if mark else 0,
            mark is not None and self._is_signed(Checkpoint(mark.number, mark.hash, mark.signature)),
            self._field_label(shown.field),
            self._reason_label(shown),
        )

    def _field_label(self, name: str) -> str:
        known = self._inventory is not None and self._inventory.has(name)
        return self._inventory.field(name).label(self._language) if known and self._inventory is not None else ""

    def _reason_label(self, entry: LogEntry) -> str:
        """Of a reason that somebody gave: why something was refused is no reason of the policy."""
        policy = self._identity.policy
        asked, given = policy.ask_reasons, policy.reveal_reasons
        offered = (*asked, *given) if entry.event.startswith("unlock.") else (*given, *asked)
        return next((reason.label(self._language) for reason in offered if reason.code == entry.reason), "")

    def verify(
        self, on_entries: Progress = lambda _done, _total: None, is_stopped: Callable[[], bool] = lambda: False
    ) -> LogVerdict:
        """Read the whole log and judge it against checkpoints and what this workstation remembers now.

        Args:
            on_entries: called with entries so far, and with about how many there are.
            is_stopped: asked after each page.

        Raises:
            VerificationStopped: somebody stopped it.
            NotAllowedError: the role does not read the log.
        """
        started = time.monotonic()
        verdict = judge(self._identity, self._identity.seen, "", on_entries, is_stopped)
        return LogVerdict(time.time(), verdict.entries, verdict.first_bad, verdict.why, time.monotonic() - started)

    def _is_signed(self, mark: Checkpoint) -> bool:
        body = Checkpoint.body(self._identity.office, mark.number, mark.hash)
        try:
            signing.check(self._identity.book.office_entry.sign, mark.signature, body)
        except SealError:
            return False
        return True


def judge(
    identity: Identity,
    witness: Witness | None,
    reader: str = "",
    on_entries: Progress = lambda _done, _total: None,
    is_stopped: Callable[[], bool] = lambda: False,
) -> Verdict:
    """Read the whole log, judge it, and have it written down that this was done.

    Args:
        identity: who reads.
        witness: what this workstation remembers, if anything.
        reader: see `verify_chain`.
        on_entries: called with entries so far, and with about how many there are.
        is_stopped: asked after each page.

    Raises:
        VerificationStopped: somebody stopped it.
        NotAllowedError: the role does not read the log.
    """
    marks = [Checkpoint(c.number, c.hash, c.signature) for c in identity.client.checkpoints().checkpoints]
    total = max([witness.length if witness else 0, *(mark.number for mark in marks)])
    entries = entries_after(identity, 0, lambda done: on_entries(done, max(done, total)), is_stopped)
    asker, signer = identity.session.hex(), identity.book.office_entry.sign
    verdict = verify_chain(identity.office, entries, marks, signer, witness, reader=reader, asker=asker)
    identity.client.log_verified(ok=verdict.ok, entries=verdict.entries, first_bad=verdict.first_bad)
    return verdict


def entries_after(
    identity: Identity,
    number: int,
    on_entries: Callable[[int], None] = lambda _done: None,
    is_stopped: Callable[[], bool] = lambda: False,
) -> Iterator[AuditEntry]:
    """All entries behind a number, in stored order.

    Raises:
        VerificationStopped: somebody stopped it.
    """
    after = number
    while rows := identity.client.audit_page(after).rows:
        if is_stopped():
            raise VerificationStopped
        yield from map(entry_of, rows)
        after = max(after + 1, rows[-1].number)
        on_entries(after)


def entry_of(row: AuditRow) -> AuditEntry:
    """An entry from a message."""
    return AuditEntry(*_COLUMNS(row))


def _query(wanted: LogFilter, after: LogKey | None) -> AuditQuery:
    return AuditQuery(
        since_ms=None if wanted.since is None else max(0, int(wanted.since * 1000)),
        until_ms=None if wanted.until is None else max(0, int(wanted.until * 1000)),
        actor=wanted.actor,
        event=wanted.event,
        outcome=wanted.outcome,  # type: ignore[arg-type]  # judged by the message
        data_class=wanted.data_class,
        record=wanted.record,
        first=wanted.first,
        last=wanted.last,
        before=AuditKey(at_ms=after.at_ms, number=after.number) if after else None,
        limit=PAGE_ROWS,
    )


def _shown(row: AuditRow) -> LogEntry:
    words = row.model_dump(exclude={"at_ms", "hash"})
    return LogEntry(at=row.at_ms / 1000, hash=row.hash.hex(), **words)
