"""Proposals of the book as rows and as messages."""

import json
from typing import Any

from sqlalchemy import Connection, Row, delete, select, update

from app.api.messages.book import SignatureMark
from app.api.messages.proposals import WaitingProposal
from app.auth.book import Kind, Proposal, Signature
from app.auth.book_entry import PROPOSAL
from app.auth.book_messages import proposal_message
from app.backoffice import schema
from app.backoffice.office import OpenOffice
from app.backoffice.policy_rows import expire_edits, void_edits
from app.backoffice.sessions import Session
from app.domain.errors import NotAllowedError

WAITING, CONFIRMED, WITHDRAWN, REFUSED, EXPIRED, VOID = (
    "waiting",
    "confirmed",
    "withdrawn",
    "refused",
    "expired",
    "void",
)
TABLE = schema.proposals


def waiting_row(office: OpenOffice, db: Connection, key: bytes) -> Row[Any]:
    """The row of a proposal that waits.

    Raises:
        NotAllowedError: code `over`.
    """
    row = db.execute(select(TABLE).where(TABLE.c.id == key)).first()
    if row is None or row.status != WAITING or row.until_ms <= office.clock.now_ms():
        raise NotAllowedError("This proposal was decided already, or its time is over.", code="over")
    return row


def waiting_proposer(office: OpenOffice, db: Connection, kind: Kind, name: str) -> str:
    """Who proposed an entry that waits, or empty where none does."""
    waits = (TABLE.c.status == WAITING, TABLE.c.until_ms > office.clock.now_ms())
    query = select(TABLE.c.proposed_by).where(*waits, TABLE.c.kind == kind.value, TABLE.c.name == name)
    return db.execute(query).scalar() or ""


def row_of(
    key: bytes, who: str, proposal: Proposal, mark: Signature, reason: str, slot: bytes, now_ms: int, until_ms: int
) -> dict[str, object]:
    """The row of a new one."""
    return {
        "id": key,
        "kind": proposal.kind.value,
        "name": proposal.name,
        "role": proposal.role,
        "queues": json.dumps(proposal.queues),
        "state": proposal.state,
        "kem": proposal.kem,
        "sign": proposal.sign,
        "activation": proposal.activation,
        "proposed_by": who,
        "signature": mark.value,
        "reason": reason,
        "slot": slot,
        "proposed_ms": now_ms,
        "until_ms": until_ms,
        "status": WAITING,
    }


def proposal_in(row: Row[Any]) -> Proposal:
    """What a row proposes."""
    queues = tuple(json.loads(row.queues))
    return Proposal(Kind(row.kind), row.name, row.role, queues, row.state, row.kem, row.sign, row.activation)


def mark_in(row: Row[Any]) -> Signature:
    """The first person's signature, as it stands under the entry."""
    return Signature(f"{row.proposed_by}#{PROPOSAL}", row.signature)


def message_of(row: Row[Any], names: dict[str, str]) -> WaitingProposal:
    """A row as it is sent."""
    mark = mark_in(row)
    return WaitingProposal(
        id=row.id,
        proposal=proposal_message(proposal_in(row)),
        signature=SignatureMark(signer=mark.signer, value=mark.value),
        reason=row.reason,
        display_name=names.get(row.name, ""),
        proposed_by_name=names.get(row.proposed_by, row.proposed_by),
        proposed_ms=row.proposed_ms,
        until_ms=row.until_ms,
    )


def decide(office: OpenOffice, db: Connection, row: Row[Any], status: str, session: Session | None = None) -> None:
    """Close a proposal."""
    decided = {"decided_by": session.name if session else "", "decided_ms": office.clock.now_ms()}
    db.execute(update(TABLE).where(TABLE.c.id == row.id).values(status=status, **decided))


def forget_payload(db: Connection, key: bytes) -> None:
    """The slot and the sealed keys of a proposal that is decided: they are where they belong, or nowhere."""
    db.execute(update(TABLE).where(TABLE.c.id == key).values(slot=b""))
    db.execute(delete(schema.proposed_grants).where(schema.proposed_grants.c.proposal == key))


def void_proposals(office: OpenOffice, db: Connection, account: str) -> None:
    """An account has changed: what was proposed for it, or by it, is over."""
    about = (TABLE.c.kind == Kind.ACCOUNT.value) & (TABLE.c.name == account)
    _close(office, db, VOID, about | (TABLE.c.proposed_by == account))
    void_edits(office, db, account)


def void_older_key(office: OpenOffice, db: Connection, proposal: Proposal) -> None:
    """A class key that was sealed to others than hold the class now makes room for one that is not."""
    same = (TABLE.c.kind == proposal.kind.value) & (TABLE.c.name == proposal.name)
    _close(office, db, VOID, same & (TABLE.c.activation != proposal.activation))


def expire(office: OpenOffice, db: Connection) -> int:
    """What nobody confirmed in time is over; how much that was."""
    return _close(office, db, EXPIRED, TABLE.c.until_ms <= office.clock.now_ms()) + expire_edits(office, db)


def _close(office: OpenOffice, db: Connection, status: str, which: Any) -> int:
    rows = db.execute(select(TABLE).where(TABLE.c.status == WAITING, which)).all()
    for row in rows:
        decide(office, db, row, status)
        forget_payload(db, row.id)
        what = {"acting_with": row.proposed_by, "reference": row.id.hex(), "detail": f"{row.kind}={row.name}"}
        office.log.append(db, f"proposal.{status}", reason=row.reason, **what)
    return len(rows)
