"""Entries of the book that need two people: proposed by one, kept here, confirmed or refused by another (ADR 0019).

Authority is the book's: a row that was written by hand confirms nothing, since both signatures are checked against the
book. What the office adds is its word: how long a proposal waits, who sees it, that a withdrawn one is gone, and a
fresh code of both people.
"""

import secrets
from typing import Any

from sqlalchemy import Connection, Row, func, insert, select

from app.api.messages.proposals import Confirm, Propose, Proposed, SealedTo, WaitingProposals
from app.auth.book import Kind, Proposal, Signature
from app.auth.book_messages import entry_of, proposal_of
from app.backoffice import schema
from app.backoffice.class_grants import display_names
from app.backoffice.leaving import lose_place
from app.backoffice.office import BackOffice, OpenOffice
from app.backoffice.proposal_rights import may_confirm, may_propose, must_fit, takes_part
from app.backoffice.proposal_rows import (
    CONFIRMED,
    REFUSED,
    TABLE,
    WAITING,
    WITHDRAWN,
    decide,
    expire,
    forget_payload,
    mark_in,
    message_of,
    proposal_in,
    row_of,
    void_older_key,
    void_proposals,
    waiting_row,
)
from app.backoffice.refused import refusals_logged
from app.backoffice.rotation import begin_version, check_class_key
from app.backoffice.session_ends import ACCOUNT_RESET
from app.backoffice.sessions import Session, needs_step_up
from app.domain.errors import InputRefusedError, NotAllowedError


def propose(back: BackOffice, session: Session, request: Propose) -> Proposed:
    """Keep a proposal for its second person.

    Raises:
        NotAllowedError: role or step-up.
        InputRefusedError: it is no proposal that the book would take, or one for the same waits already.
        BookError: it is not signed by whoever proposes it.
    """
    office, proposal = back.opened, proposal_of(request.proposal)
    with refusals_logged(office, session, "proposal", acting_with=_account(office, proposal)):
        may_propose(office, session, proposal)
        needs_step_up(office, session)
        return _kept(back, office, session, request, proposal)


def _kept(back: BackOffice, office: OpenOffice, session: Session, request: Propose, proposal: Proposal) -> Proposed:
    mark = Signature(request.signature.signer, request.signature.value)
    key, now = secrets.token_bytes(16), office.clock.now_ms()
    until = now + office.policy.activation_s * 1000
    slot = b""
    if request.slot_key is not None:
        slot = back.slot(request.slot_key, proposal.name)
    with back.lock, office.writing() as db:
        if office.book.check_proposal(proposal, mark) != session.name:
            raise NotAllowedError("A proposal is signed by whoever brings it.", code="signature")
        must_fit(office, session, proposal, request)
        expire(office, db)
        if proposal.kind is Kind.CLASS:
            void_older_key(office, db, proposal)
        same = (TABLE.c.status == WAITING, TABLE.c.kind == proposal.kind.value, TABLE.c.name == proposal.name)
        if db.execute(select(func.count()).select_from(TABLE).where(*same)).scalar_one():
            raise InputRefusedError("This waits for a second person already; withdraw it first.", code="waits")
        db.execute(insert(TABLE).values(row_of(key, session.name, proposal, mark, request.reason, slot, now, until)))
        if request.grants:
            rows = [{"proposal": key, "account": g.account, "sealed": g.sealed} for g in request.grants]
            db.execute(insert(schema.proposed_grants), rows)
        office.log.append(db, "proposal", reason=request.reason, **_what(proposal, key, session))
    return Proposed(id=key, until_ms=until)


def waiting(office: OpenOffice, session: Session) -> WaitingProposals:
    """What waits, the oldest first.

    Raises:
        NotAllowedError: neither administrator nor supervisor.
    """
    takes_part(session)
    now = office.clock.now_ms()
    query = select(TABLE).where(TABLE.c.status == WAITING, TABLE.c.until_ms > now).order_by(TABLE.c.proposed_ms)
    with office.database.reading() as db:
        names = display_names(db)
        rows = db.execute(query).all()
    return WaitingProposals(proposals=tuple(message_of(row, names) for row in rows))


def confirm(back: BackOffice, session: Session, key: bytes, request: Confirm) -> None:
    """Take the entry of a proposal, signed by the second person, and do what follows from it.

    Raises:
        NotAllowedError: an own proposal, a reset of oneself, another role, over, or a stale code.
        VerificationError: others hold the class than when its key was sealed.
        BookError: the book refuses it.
    """
    office, entry = back.opened, entry_of(request.entry)
    logged = refusals_logged(office, session, "proposal.confirm", reference=key.hex())
    with logged, back.lock, back.front_door.changing(entry.name), office.writing() as db:
        takes_part(session)
        row = waiting_row(office, db, key)
        proposal = proposal_in(row)
        may_confirm(session, proposal, row.proposed_by)
        needs_step_up(office, session)
        whole = [s for s in entry.signatures if s.signer == session.name]
        if entry.proposal != proposal or len(whole) != 1 or {*entry.signatures} != {*whole, mark_in(row)}:
            raise NotAllowedError("This is not the entry that was proposed.", code="signature")
        if proposal.kind is Kind.CLASS:
            check_class_key(office, entry, _grants(db, key))
        office.write_book(db, entry)
        decide(office, db, row, CONFIRMED, session)
        office.log.append(
            db, "proposal.confirm", acting_with=row.proposed_by, reason=row.reason, **_what(proposal, key, session)
        )
        if proposal.kind is Kind.CLASS:
            begin_version(office, db, entry, _grants(db, key), acting_with=row.proposed_by, **session.log_fields())
        else:
            _reset(back, office, db, row, session)
        forget_payload(db, key)


def drop(office: OpenOffice, session: Session, key: bytes) -> None:
    """Withdraw an own proposal, or refuse somebody else's.

    Raises:
        NotAllowedError: another role, or over.
    """
    with refusals_logged(office, session, "proposal.drop", reference=key.hex()), office.writing() as db:
        takes_part(session)
        row = waiting_row(office, db, key)
        own = row.proposed_by == session.name
        decide(office, db, row, WITHDRAWN if own else REFUSED, session)
        forget_payload(db, key)
        event = "proposal.withdraw" if own else "proposal.refuse"
        what = _what(proposal_in(row), key, session)
        office.log.append(db, event, acting_with="" if own else row.proposed_by, reason=row.reason, **what)


def _reset(back: BackOffice, office: OpenOffice, db: Connection, row: Row[Any], session: Session) -> None:
    """The person's keys, classes and sessions are gone; the activation code opens from now on."""
    lose_place(office, db, row.name, ACCOUNT_RESET)
    void_proposals(office, db, row.name)
    office.log.append(
        db, "account.reset", acting_with=row.name, reason=row.reason, reference=row.id.hex(), **session.log_fields()
    )
    back.front_door.invite(row.name, row.slot, office.clock.now_ms() + office.policy.activation_s * 1000)


def _grants(db: Connection, key: bytes) -> list[SealedTo]:
    """A proposed class key, as it was sealed to each."""
    table = schema.proposed_grants
    rows = db.execute(select(table).where(table.c.proposal == key)).all()
    return [SealedTo(account=row.account, sealed=row.sealed) for row in rows]


def _account(office: OpenOffice, proposal: Proposal) -> str:
    return proposal.name if proposal.kind is Kind.ACCOUNT and office.book.account(proposal.name) else ""


def _what(proposal: Proposal, key: bytes, session: Session) -> dict[str, str]:
    """What a proposal is about, and who acts."""
    return {"detail": f"{proposal.kind.value}={proposal.name}", "reference": key.hex(), **session.log_fields()}
