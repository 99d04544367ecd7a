"""Letting somebody who was erased come back: one person names them with a ground, a second one names them again.

The hashes that keep people out say nothing of whom they keep out, so both type a value that one person alone has
(a customer number, a NIK, an NPWP, a passport), and both must mean the same. One of the two is a privacy officer. No
value is kept: a proposal has random ids of hashes while it waits. Each try is an entry, and a person has twenty a day,
so that nobody asks the office who was erased. Enforced by *authority*: whoever writes the database can delete hashes.
"""

from typing import Any, Final

from sqlalchemy import Connection, Row, func, insert, select, update

from app.api.messages.readmission import (
    NamePerson,
    ProposeReadmission,
    ReadmissionProposed,
    ReadmissionRow,
    ReadmissionRows,
)
from app.backoffice.class_grants import display_names
from app.backoffice.erasure.holds import need_participant
from app.backoffice.erasure.suppression import suppression_tag, tag_of
from app.backoffice.erasure_tables import readmissions, suppressed
from app.backoffice.office import OpenOffice
from app.backoffice.refused import refusals_logged
from app.backoffice.sessions import Session, needs_step_up
from app.domain.erasure.readmission import MOST_A_DAY, NamedBy
from app.domain.erasure.words import OrderState, is_pair
from app.domain.errors import InputRefusedError, NotAllowedError
from app.domain.kinds import Kind
from app.domain.role import Role
from app.sources.records import BadCellError, normalise, verify_form

PROPOSED, APPROVED, REFUSED, TAKEN_BACK, EXPIRED = (
    "readmission.proposed",
    "readmission.approved",
    "readmission.refused",
    "readmission.withdrawn",
    "readmission.expired",
)
_T, _S = readmissions.c, suppressed.c
_ID, _DAY_MS, _MOST_SHOWN = 16, 86_400_000, 200
_TRIES: Final = (PROPOSED, APPROVED)


def readmission_rows(office: OpenOffice, session: Session) -> ReadmissionRows:
    """All of them, the newest first.

    Raises:
        NotAllowedError: code `role`.
    """
    need_participant(session)
    with office.database.reading() as db:
        names = display_names(db)
        rows = db.execute(select(readmissions).order_by(_T.number.desc()).limit(_MOST_SHOWN)).all()
    now = office.clock.now_ms()
    return ReadmissionRows(readmissions=tuple(_message(row, names, session, now) for row in rows))


def propose(office: OpenOffice, session: Session, request: ProposeReadmission) -> ReadmissionProposed:
    """Keep a proposal for its second person.

    Raises:
        NotAllowedError: code `role`, `quota`, `replay` or `not_kept_out`; or a stale code.
        InputRefusedError: code `value`: that is no value of its kind.
    """
    with refusals_logged(office, session, PROPOSED, reference=request.id.hex()), office.writing() as db:
        need_participant(session)
        needs_step_up(office, session)
        _need_a_try(office, db, session)
        if db.execute(select(_T.id).where(_T.id == request.id)).first() is not None:
            raise NotAllowedError("This id was used for something else.", code="replay")
        people = _people(office, db, request.person)
        if not people:
            raise NotAllowedError("Nothing keeps anybody of this value out.", code="not_kept_out")
        _expire(office, db)
        number = int(db.execute(select(func.coalesce(func.max(_T.number), 0))).scalar_one()) + 1
        now = office.clock.now_ms()
        until = now + office.policy.activation_s * 1000
        hashes = db.execute(select(func.count()).select_from(suppressed).where(_S.person.in_(people))).scalar_one()
        row = {
            "id": request.id, "number": number, "reason": request.reason.value, "reference": request.reference,
            "people": b"".join(people), "hashes": hashes, "proposed_by": session.name, "proposed_ms": now,
            "until_ms": until, "state": OrderState.WAITING.value,
        }  # fmt: skip
        db.execute(insert(readmissions).values(row))
        _log(office, db, PROPOSED, request.id, row, **session.log_fields())
    return ReadmissionProposed(number=number, until_ms=until)


def approve(office: OpenOffice, session: Session, key: bytes, person: NamePerson) -> None:
    """Name the same person and let them come back: their hashes go.

    Raises:
        NotAllowedError: code `role`, `own`, `over`, `quota` or `other_person`; or a stale code.
        InputRefusedError: code `value`.
    """
    with refusals_logged(office, session, APPROVED, reference=key.hex()), office.writing() as db:
        need_participant(session)
        row = _waiting(office, db, key)
        if row.proposed_by == session.name:
            raise NotAllowedError("Somebody else has to approve what you proposed.", code="own")
        if not is_pair(Role(office.book.active(row.proposed_by).role), session.role):
            raise NotAllowedError("One of the two people is a privacy officer.", code="role")
        needs_step_up(office, session)
        _need_a_try(office, db, session)
        people = _people(office, db, person)
        if not people or b"".join(people) != row.people:
            raise NotAllowedError("This is not the person who was proposed.", code="other_person")
        gone = db.execute(suppressed.delete().where(_S.person.in_(people))).rowcount
        _close(office, db, row.id, OrderState.DONE, session.name, hashes=gone)
        who = {"acting_with": row.proposed_by, **session.log_fields()}
        _log(office, db, APPROVED, key, {**row._mapping, "hashes": gone}, **who)
        office.log.checkpoint(db)


def drop(office: OpenOffice, session: Session, key: bytes) -> None:
    """Take an own proposal back, or refuse somebody else's.

    Raises:
        NotAllowedError: code `role` or `over`.
    """
    with refusals_logged(office, session, REFUSED, reference=key.hex()), office.writing() as db:
        need_participant(session)
        row = _waiting(office, db, key)
        is_own = row.proposed_by == session.name
        _close(office, db, key, OrderState.WITHDRAWN if is_own else OrderState.REFUSED, session.name)
        who = {"acting_with": "" if is_own else row.proposed_by, **session.log_fields()}
        _log(office, db, TAKEN_BACK if is_own else REFUSED, key, row._mapping, **who)


def _people(office: OpenOffice, db: Connection, person: NamePerson) -> list[bytes]:
    """Whom the hashes of this value keep out, sorted; one customer may have been erased twice."""
    try:
        form = normalise(_kind(office, person.by), person.value) or ""
    except BadCellError as e:
        raise InputRefusedError("That is no value of its kind.", code="value") from e
    if not form:
        raise InputRefusedError("That is no value of its kind.", code="value")
    if person.by is not NamedBy.NUMBER:
        form = verify_form(Kind(person.by.value), form)
    tag = suppression_tag(office, tag_of(office, person.by.value, form))
    found = select(_S.person).where(_S.tag == tag, _S.kind == person.by.value).distinct()
    return sorted(bytes(one) for one in db.execute(found).scalars())


def _kind(office: OpenOffice, by: NamedBy) -> Kind:
    inventory = office.inventory
    return inventory.field(inventory.record.number).kind if by is NamedBy.NUMBER else Kind(by.value)


def _need_a_try(office: OpenOffice, db: Connection, session: Session) -> None:
    since = office.clock.now_ms() - _DAY_MS
    tries = sum(
        office.log.count(db, event, session.name, since, outcome) for event in _TRIES for outcome in ("ok", "refused")
    )
    if tries >= MOST_A_DAY:
        raise NotAllowedError("You have named as many people today as one person may.", code="quota")


def _waiting(office: OpenOffice, db: Connection, key: bytes) -> Row[Any]:
    row = db.execute(select(readmissions).where(_T.id == key)).first()
    if row is None or row.state != OrderState.WAITING.value or row.until_ms <= office.clock.now_ms():
        raise NotAllowedError("This was decided already, or its time is over.", code="over")
    return row


def _expire(office: OpenOffice, db: Connection) -> None:
    """What nobody approved in time is over, and forgets whom it was about."""
    over = (_T.state == OrderState.WAITING.value, _T.until_ms <= office.clock.now_ms())
    for row in db.execute(select(readmissions).where(*over)).all():
        _close(office, db, row.id, OrderState.EXPIRED, "")
        _log(office, db, EXPIRED, row.id, row._mapping, acting_with=row.proposed_by)


def _close(office: OpenOffice, db: Connection, key: bytes, state: OrderState, by: str, **values: int) -> None:
    decided = {"state": state.value, "decided_by": by, "decided_ms": office.clock.now_ms(), "people": b""}
    db.execute(update(readmissions).where(_T.id == key).values(**decided, **values))


def _log(office: OpenOffice, db: Connection, event: str, key: bytes, row: Any, **who: str) -> None:
    detail = f"number={row['number']} hashes={row['hashes']}"
    office.log.append(db, event, reference=key.hex(), reason=row["reason"], detail=detail, **who)


def _message(row: Row[Any], names: dict[str, str], session: Session, now: int) -> ReadmissionRow:
    is_over = row.state == OrderState.WAITING.value and row.until_ms <= now
    return ReadmissionRow(
        id=row.id,
        number=row.number,
        reason=row.reason,
        reference=row.reference,
        state=OrderState.EXPIRED if is_over else OrderState(row.state),
        proposed_by_name=names.get(row.proposed_by, row.proposed_by),
        proposed_ms=row.proposed_ms,
        until_ms=row.until_ms,
        decided_by_name=names.get(row.decided_by, row.decided_by),
        decided_ms=row.decided_ms or 0,
        hashes=row.hashes,
        is_own=row.proposed_by == session.name,
    )
