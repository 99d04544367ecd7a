"""Edits of the policy: an administrator proposes, somebody who decides on requests confirms, the office obeys at once.

Authority is the book's (`app/auth/book_rules.py`): no row is believed. What the office adds is its word: a fresh code
of both people, how long an edit waits, that a withdrawn one is gone, and that it is judged first (ADR 0034).
"""

import secrets

from sqlalchemy import Connection, insert, select

from app.api.messages.book import SignatureMark
from app.api.messages.policy import (
    ConfirmPolicy,
    PolicyHistory,
    PolicyText,
    ProposedPolicy,
    ProposePolicy,
    RefusedPolicy,
    VersionRow,
    WaitingPolicy,
)
from app.auth.book import Signature
from app.auth.book_messages import entry_of
from app.auth.book_rules import SECONDING
from app.auth.policy_version import PolicyVersion
from app.backoffice.class_grants import display_names
from app.backoffice.known_seats import demand_known, end_unknown, wants_known
from app.backoffice.office import OpenOffice
from app.backoffice.policy_rows import (
    CONFIRMED,
    REFUSED,
    TABLE,
    WAITING,
    WITHDRAWN,
    decide,
    expire_edits,
    log_detail,
    mark_in,
    refused_row,
    version_in,
    waiting_edit,
    waiting_row,
)
from app.backoffice.policy_store import version_of_book
from app.backoffice.refused import refusals_logged
from app.backoffice.sessions import Session, needs_step_up
from app.crypto.derive import sha256
from app.domain.errors import InputRefusedError, NotAllowedError
from app.domain.policy import Policy, PolicyError, Reason
from app.domain.policy_difference import difference
from app.domain.policy_edit import read_edit
from app.domain.role import Role
from app.domain.toml_places import TomlPlaces

CLOCK_SLACK_MS = 600_000
"""How far the time under a proposal may be from the office's."""


def version_text(office: OpenOffice, number: int) -> PolicyText | None:
    """A version's text, for whoever is signed in; None where there is no such version."""
    with office.database.reading() as db:
        version = version_of_book(db, office.book, number)
    return None if version is None else _message(version)


def history(office: OpenOffice, session: Session) -> PolicyHistory:
    """All versions, the oldest first, and the edit that waits for those who take part, and one's own refused last."""
    with office.database.reading() as db:
        names, versions = display_names(db), []
        confirmed = {row.number: row for row in db.execute(select(TABLE).where(TABLE.c.status == CONFIRMED))}
        for number in range(1, office.book.policy_version + 1):
            row, version = confirmed.get(number), version_of_book(db, office.book, number)
            if version is None:
                continue
            versions.append(
                VersionRow(
                    number=number,
                    at_ms=version.at_ms,
                    why=version.why,
                    digest=sha256(version.text.encode()),
                    proposed_by_name=names.get(row.proposed_by, "") if row else "",
                    confirmed_by_name=names.get(row.decided_by, "") if row else "",
                    confirmed_ms=row.decided_ms if row else 0,
                )
            )
        waits = waiting_edit(office, db) if session.role.value in {*SECONDING, Role.ADMINISTRATOR} else None
        gone = refused_row(db, session.name)
    refused = RefusedPolicy(id=gone.id, by_name=names.get(gone.decided_by, gone.decided_by)) if gone else None
    if waits is None:
        return PolicyHistory(versions=tuple(versions), refused=refused)
    mark = mark_in(waits)
    waiting = WaitingPolicy(
        id=waits.id,
        version=_message(version_in(waits)),
        signature=SignatureMark(signer=mark.signer, value=mark.value),
        proposed_by_name=names.get(waits.proposed_by, waits.proposed_by),
        until_ms=waits.until_ms,
    )
    return PolicyHistory(versions=tuple(versions), waiting=waiting, refused=refused)


def propose(office: OpenOffice, session: Session, request: ProposePolicy) -> ProposedPolicy:
    """Keep an edit for its second person.

    Raises:
        NotAllowedError: role, step-up, or signed by somebody else.
        PolicyError: the text is no policy, or says more than the base lets it; with line and reason.
        InputRefusedError: code `waits`, `policy_moved`, `policy_same` or `clock`.
    """
    version = PolicyVersion(request.version.number, request.version.at_ms, request.version.why, request.version.text)
    with refusals_logged(office, session, "policy.proposed"):
        if session.role is not Role.ADMINISTRATOR:
            raise NotAllowedError("Only an administrator proposes an edit of the policy.", code="role")
        needs_step_up(office, session)
        with office.writing() as db:
            return _kept(office, db, session, version, Signature(request.signature.signer, request.signature.value))


def _kept(
    office: OpenOffice, db: Connection, session: Session, version: PolicyVersion, mark: Signature
) -> ProposedPolicy:
    now = office.clock.now_ms()
    expire_edits(office, db)
    if waiting_edit(office, db) is not None:
        raise InputRefusedError("An edit waits for a second person already; withdraw it first.", code="waits")
    if version.number != office.book.policy_version + 1:
        raise InputRefusedError("The policy has changed meanwhile; look at it again.", code="policy_moved")
    if abs(version.at_ms - now) > CLOCK_SLACK_MS:
        raise InputRefusedError("The clock of this workstation is not the office's; have it set.", code="clock")
    if office.book.check_proposal(version.proposal(office.id), mark) != session.name:
        raise NotAllowedError("An edit is signed by whoever brings it.", code="signature")
    edited = judged(office, version.text)
    if not difference(office.policy, edited):
        raise InputRefusedError("This changes nothing.", code="policy_same")
    if edited.only_known_workstations:
        demand_known(office, db, session.id)
    key, until = secrets.token_bytes(16), now + office.policy.activation_s * 1000
    values = {
        "id": key, "number": version.number, "at_ms": version.at_ms, "why": version.why, "text": version.text,
        "proposed_by": session.name, "signature": mark.value, "proposed_ms": now, "until_ms": until, "status": WAITING,
    }  # fmt: skip
    db.execute(insert(TABLE).values(values))
    office.log.append(
        db, "policy.proposed", reference=key.hex(), detail=log_detail(office, version), **session.log_fields()
    )
    return ProposedPolicy(id=key, until_ms=until)


def judged(office: OpenOffice, text: str) -> Policy:
    """An edit's policy, whose checks of a caller and whose reasons name fields and purposes that there are.

    Raises:
        PolicyError: with line and reason.
    """
    policy = read_edit(text, office.base)
    for name in policy.caller_check.fields:
        if not office.inventory.has(name) and name not in office.base.caller_check.fields:
            raise PolicyError(TomlPlaces(text).line("caller_check", "fields"), f"the inventory has no field {name!r}")
    _judge_purposes(office, "reveal_reason", text, policy.reveal_reasons, office.base.reveal_reasons)
    _judge_purposes(office, "ask_reason", text, policy.ask_reasons, office.base.ask_reasons)
    return policy


def _judge_purposes(
    office: OpenOffice, table: str, text: str, reasons: tuple[Reason, ...], base: tuple[Reason, ...]
) -> None:
    """Demand purposes that the inventory has, but for what the base says anyway."""
    known = {purpose.name for purpose in office.inventory.purposes} | {reason.purpose for reason in base} | {""}
    for index, reason in enumerate(reasons):
        if reason.purpose not in known:
            line = TomlPlaces(text).line(table, "purpose", index)
            raise PolicyError(line, f"the inventory has no purpose {reason.purpose!r}")


def confirm(office: OpenOffice, session: Session, key: bytes, request: ConfirmPolicy) -> None:
    """Take the entry of an edit, signed by the second person: from now on the office decides by it.

    Raises:
        NotAllowedError: an own edit, another role, not every class held, over, or a stale code.
        PolicyError: it does not fit any more.
        BookError: the book refuses it.
    """
    entry = entry_of(request.entry)
    with refusals_logged(office, session, "policy.changed", reference=key.hex()), office.writing() as db:
        _may_confirm(office, session)
        row = waiting_row(office, db, key)
        if row.proposed_by == session.name:
            raise NotAllowedError("Somebody else has to confirm what you proposed.", code="own")
        needs_step_up(office, session)
        version = version_in(row)
        whole = [s for s in entry.signatures if s.signer == session.name]
        is_it = entry.proposal == version.proposal(office.id)
        if not is_it or len(whole) != 1 or {*entry.signatures} != {*whole, mark_in(row)}:
            raise NotAllowedError("This is not the edit that was proposed.", code="signature")
        policy = judged(office, version.text)
        if policy.only_known_workstations:
            demand_known(office, db, session.id)
        office.write_book(db, entry)
        decide(office, db, row, CONFIRMED, session.name)
        who = {"acting_with": row.proposed_by, "reference": key.hex(), **session.log_fields()}
        office.log.append(db, "policy.changed", detail=log_detail(office, version), **who)
        office.policy = policy
        if wants_known(office):
            end_unknown(office, db)


def _may_confirm(office: OpenOffice, session: Session) -> None:
    if session.role.value not in SECONDING:
        raise NotAllowedError("A supervisor or a privacy officer confirms an edit of the policy.", code="role")
    if office.book.missing(session.name):
        raise NotAllowedError("Only who holds every class of their role confirms this.", code="classes")


def drop(office: OpenOffice, session: Session, key: bytes) -> None:
    """Withdraw an own edit, or refuse somebody else's.

    Raises:
        NotAllowedError: another role, or over.
    """
    with refusals_logged(office, session, "policy.refused", reference=key.hex()), office.writing() as db:
        if session.role.value not in {*SECONDING, Role.ADMINISTRATOR}:
            raise NotAllowedError("Your role takes no part in edits of the policy.", code="role")
        row = waiting_row(office, db, key)
        own = row.proposed_by == session.name
        decide(office, db, row, WITHDRAWN if own else REFUSED, session.name)
        office.log.append(
            db,
            "policy.withdrawn" if own else "policy.refused",
            acting_with="" if own else row.proposed_by,
            reference=key.hex(),
            detail=log_detail(office, version_in(row)),
            **session.log_fields(),
        )


def _message(version: PolicyVersion) -> PolicyText:
    return PolicyText(number=version.number, at_ms=version.at_ms, why=version.why, text=version.text)
