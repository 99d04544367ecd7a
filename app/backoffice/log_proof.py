"""What stands behind a list out of the log: what is told is checked against the chain, and so is the chain's end.

A page has this check alone; it takes no time. For a document the whole log is read before, as by `tirai audit verify`:
an entry that somebody took from its customer would be missing in the list, and shows nowhere else.
"""

import struct
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection, select

from app.auth.audit_chain import AuditEntry, Checkpoint, first_hash, link, verify_chain
from app.backoffice import schema
from app.backoffice.office import OpenOffice
from app.crypto import signing
from app.crypto.errors import SealError
from app.domain.errors import VerificationError

_log, _marks = schema.audit.c, schema.checkpoints.c
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class LogProof:
    """What was checked.

    Attributes:
        office: O.
        entries: length of the log.
        head: its hash there.
        signature: the office's under (entries, head); empty unless `signed_now`.
    """

    office: bytes
    entries: int
    head: bytes
    signature: bytes = b""

    def signed_now(self, office: OpenOffice, db: Connection) -> "LogProof":
        """The same for the log as it stands now, signed, inside the caller's transaction."""
        number, head = office.log.head(db)
        office.log.checkpoint(db)
        signature = db.execute(select(_marks.signature).where(_marks.number == number)).scalar_one()
        return replace(self, entries=number, head=head, signature=signature)


def check_whole(office: OpenOffice, tell: Callable[[int, int], None] = lambda _done, _total: None) -> None:
    """Read the whole log.

    Args:
        office: the open office.
        tell: called with entries so far and in all, now and then; what it raises stops the reading.

    Raises:
        VerificationError: code `log`: it does not hold.
    """
    with office.database.reading() as db:
        marks = office.log.checkpoints(db)
        verdict = verify_chain(office.id, _all(office, db, tell), marks, office.book.office_entry.sign, None)
    if verdict.first_bad is not None:
        raise _broken(verdict.first_bad)


def _all(office: OpenOffice, db: Connection, tell: Callable[[int, int], None]) -> Iterator[AuditEntry]:
    after, (total, _head) = 0, office.log.head(db)
    tell(after, total)
    while page := office.log.page(db, after, 10 * _AT_ONCE):
        yield from page
        after = page[-1].number
        tell(after, total)


def prove(office: OpenOffice, db: Connection, entries: Sequence[AuditEntry]) -> LogProof:
    """Check entries, and the end of the log.

    Args:
        office: the open office.
        db: a connection.
        entries: those that are about to be told.

    Raises:
        VerificationError: code `log`: one does not hold.
    """
    _check_each(office, db, entries)
    signed, head = _last_signed(office, db)
    last = signed
    for entry in office.log.page(db, signed, 10 * _AT_ONCE):
        if entry.number != last + 1 or entry.hash != _linked(office, head, entry):
            raise _broken(last + 1)
        last, head = entry.number, entry.hash
    number, stored = office.log.head(db)
    if number == last and stored == head:
        return LogProof(office.id, number, head)
    raise _broken(last + 1)


def _check_each(office: OpenOffice, db: Connection, entries: Sequence[AuditEntry]) -> None:
    hashes: dict[int, bytes] = {0: first_hash(office.id)}
    before_them = sorted({entry.number - 1 for entry in entries})
    for at in range(0, len(before_them), _AT_ONCE):
        some = select(_log.number, _log.hash).where(_log.number.in_(before_them[at : at + _AT_ONCE]))
        hashes |= {row.number: row.hash for row in db.execute(some)}
    for entry in entries:
        before = hashes.get(entry.number - 1)
        if before is None or _linked(office, before, entry) != entry.hash:
            raise _broken(entry.number)


def _linked(office: OpenOffice, before: bytes, entry: AuditEntry) -> bytes | None:
    """The log's hash after an entry; None for one that no office can have written, such as one of a negative time."""
    try:
        return link(before, entry.digest(office.id))
    except (struct.error, UnicodeError):
        return None


def _last_signed(office: OpenOffice, db: Connection) -> tuple[int, bytes]:
    """The last signed point, and the log's hash there.

    Raises:
        VerificationError: the signature is not the office's, or the log has another hash there.
    """
    mark = db.execute(select(schema.checkpoints).order_by(_marks.number.desc()).limit(1)).first()
    if mark is None:
        return 0, first_hash(office.id)
    stored = db.execute(select(_log.hash).where(_log.number == mark.number)).scalar()
    try:
        public = office.book.office_entry.sign
        signing.check(public, mark.signature, Checkpoint.body(office.id, mark.number, mark.hash))
    except SealError:
        raise _broken(mark.number) from None
    if stored != mark.hash:
        raise _broken(mark.number)
    return mark.number, mark.hash


def _broken(number: int) -> VerificationError:
    return VerificationError(
        f"The audit log does not hold at entry {number}, so no list is made. Have it verified: tirai audit verify",
        code="log",
    )
