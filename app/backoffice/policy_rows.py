"""Edits of the policy as rows: those that wait, and what becomes of them."""

from typing import Any

from sqlalchemy import Connection, Row, select, update

from app.auth.book import Signature
from app.auth.book_entry import PROPOSAL
from app.auth.policy_version import PolicyVersion
from app.backoffice import schema
from app.backoffice.office import OpenOffice
from app.domain.errors import NotAllowedError

WAITING, CONFIRMED, WITHDRAWN, REFUSED, EXPIRED, VOID = (
    "waiting",
    "confirmed",
    "withdrawn",
    "refused",
    "expired",
    "void",
)
TABLE = schema.policy_versions


def waiting_edit(office: OpenOffice, db: Connection) -> Row[Any] | None:
    """The edit that waits; there is one at most."""
    waits = (TABLE.c.status == WAITING, TABLE.c.until_ms > office.clock.now_ms())
    return db.execute(select(TABLE).where(*waits).order_by(TABLE.c.proposed_ms)).first()


def waiting_row(office: OpenOffice, db: Connection, key: bytes) -> Row[Any]:
    """The row of an edit that waits.

    Raises:
        NotAllowedError: code `over`.
    """
    row = db.execute(select(TABLE).where(TABLE.c.id == key)).first()
    if row is None or row.status != WAITING or row.until_ms <= office.clock.now_ms():
        raise NotAllowedError("This edit was decided already, or its time is over.", code="over")
    return row


def refused_row(db: Connection, account: str) -> Row[Any] | None:
    """The row of what somebody else refused last of what this account proposed."""
    which = (TABLE.c.proposed_by == account, TABLE.c.status == REFUSED)
    return db.execute(select(TABLE).where(*which).order_by(TABLE.c.decided_ms.desc())).first()


def version_in(row: Row[Any]) -> PolicyVersion:
    """What a row proposes."""
    return PolicyVersion(row.number, row.at_ms, row.why, row.text)


def mark_in(row: Row[Any]) -> Signature:
    """The first person's signature, as it stands under the entry."""
    return Signature(f"{row.proposed_by}#{PROPOSAL}", row.signature)


def log_detail(office: OpenOffice, version: PolicyVersion) -> str:
    """What an edit is about, for the log: its number and its mark, no words of anybody."""
    return f"version={version.number} mark={version.mark(office.id).hex()[:32]}"


def decide(office: OpenOffice, db: Connection, row: Row[Any], status: str, by: str = "") -> None:
    """Close an edit."""
    decided = {"decided_by": by, "decided_ms": office.clock.now_ms()}
    db.execute(update(TABLE).where(TABLE.c.id == row.id).values(status=status, **decided))


def void_edits(office: OpenOffice, db: Connection, account: str) -> None:
    """An account has changed: what it proposed is over."""
    _close(office, db, VOID, TABLE.c.proposed_by == account)


def expire_edits(office: OpenOffice, db: Connection) -> int:
    """What nobody confirmed in time is over; how much that was."""
    return _close(office, db, EXPIRED, TABLE.c.until_ms <= office.clock.now_ms())


def _close(office: OpenOffice, db: Connection, status: str, which: Any) -> int:
    rows = db.execute(select(TABLE).where(TABLE.c.status == WAITING, which)).all()
    for row in rows:
        decide(office, db, row, status)
        what = {"acting_with": row.proposed_by, "reference": row.id.hex()}
        office.log.append(db, f"policy.{status}", detail=log_detail(office, version_in(row)), **what)
    return len(rows)
