"""What each account opened in its shift, out of the log, which is read once and followed from there.

Invariants: nothing is believed but the log. What is kept here names the entry that it was read up to, with the chain's
hash there, and is taken for good only while the log still has that hash at that number: the hash stands for every entry
before it. Else, and where a clock was set back, all of it is read anew. So a transaction that was rolled back, another
process that writes, and a log that somebody cut are all the same as if nothing was kept.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, bindparam, func, or_, select

from app.backoffice import schema
from app.backoffice.ready import Ready

OPENED = ("reveal", "notes.read")
TELLS_TIME = ("sign_in", "session.resume", *OPENED)
_MOST_BEHIND = 2_000
"""So many entries of everybody are looked through for a few of one account; beyond, the account's own are read anew."""
_audit = schema.audit.c
_told = (_audit.number, _audit.event, _audit.outcome, _audit.at_ms, _audit.data_class, _audit.acting_with)
_by_account = (_audit.actor == bindparam("account"), or_(*(_audit.event == event for event in TELLS_TIME)))
_LAST = Ready(select(_audit.number, _audit.hash).order_by(_audit.number.desc()).limit(1))
_BEGIN = Ready(
    select(func.min(_audit.number).label("number")).where(*_by_account, _audit.at_ms > bindparam("since_ms"))
)
_ALL = Ready(
    select(*_told)
    .where(*_by_account, _audit.number >= bindparam("begin"), _audit.number <= bindparam("end"))
    .order_by(_audit.number)
)
_BEHIND = Ready(
    select(*_told, _audit.hash)
    .where(
        _audit.number >= bindparam("end"),
        or_(
            _audit.number == bindparam("end"),
            # An index by actor would lead through all that the account ever did.
            _audit.actor.concat("") == bindparam("account"),
        ),
    )
    .order_by(_audit.number)
)


@dataclass(frozen=True, slots=True)
class _Known:
    """An account's entries from the first of its shift on, as of an entry of the log.

    Attributes:
        since_ms: when the shift began.
        end: up to which entry.
        hash: the chain's there.
        entries: the account's.
        opened: class and time of what they opened.
        latest_ms: the latest time that any of them tells.
    """

    since_ms: int
    end: int
    hash: bytes
    entries: list[Any]
    opened: list[tuple[str, int]]
    latest_ms: int


class ShiftLog:
    """Follows the log for whoever opens fields. Any thread may ask: what is kept is replaced, never changed."""

    def __init__(self) -> None:
        """Know nothing yet."""
        self._known: dict[str, _Known] = {}

    def opened(self, db: Connection, account: str, since_ms: int) -> list[tuple[str, int]]:
        """Class and time of what an account opened by its own right in this shift, each as late as the latest before.

        Who unlocked a field stands in the entry of its opening (`acting_with`); it is nobody's own right.

        Args:
            db: a connection, as a rule in the transaction that appends the next entry.
            account: whose.
            since_ms: when the shift began.
        """
        last = _LAST.first(db)
        if last is None:
            return []
        known = self._known.get(account)
        found = None if known is None else _followed(db, account, since_ms, known, last.number)
        if found is None:
            begin = _BEGIN.first(db, account=account, since_ms=since_ms).number
            entries = [] if begin is None else list(_ALL.all(db, account=account, begin=begin, end=last.number))
            found = _Known(since_ms, last.number, bytes(last.hash), entries, *_opened(entries, 0))
        self._known[account] = found
        return found.opened


def _opened(entries: list[Any], latest_ms: int) -> tuple[list[tuple[str, int]], int]:
    """What was opened, each as late as the latest before it, and the latest time of all."""
    found = []
    for row in entries:
        if row.event not in OPENED:
            latest_ms = max(latest_ms, row.at_ms)
        elif row.outcome == "ok":
            latest_ms = max(latest_ms, row.at_ms)
            if not row.acting_with:
                found.append((row.data_class, latest_ms))
    return found, latest_ms


def _followed(db: Connection, account: str, since_ms: int, known: _Known, end: int) -> _Known | None:
    """What is known, as far as the log goes now; None where it cannot be followed."""
    if since_ms < known.since_ms or not known.end <= end <= known.end + _MOST_BEHIND:
        return None
    rows: Sequence[Any] = _BEHIND.all(db, account=account, end=known.end)
    if not rows or rows[0].number != known.end or bytes(rows[0].hash) != known.hash:
        return None
    new = [row for row in rows[1:] if row.event in TELLS_TIME]
    entries = known.entries + new
    begin = next((at for at, row in enumerate(entries) if row.at_ms > since_ms), len(entries))
    if begin:
        entries = entries[begin:]
        opened, latest_ms = _opened(entries, 0)
    else:
        more, latest_ms = _opened(new, known.latest_ms)
        opened = known.opened + more
    return _Known(since_ms, rows[-1].number, bytes(rows[-1].hash), entries, opened, latest_ms)
