"""Identity checks: what a caller says is compared in the office with what lies there; nothing is opened.

A check belongs to one call: one customer, one session, until its wrap-up, a new check, or `longest_s`. Each try is a
row and an entry of the log, both without the value, in the transaction that answers it. Three tries per field and
check; ten per customer and day over all fields, checks and people, so that nobody guesses a birth date.
"""

from collections import defaultdict
from typing import Any

from sqlalchemy import Connection, Row, bindparam, func, insert, select, update

from app.api.messages.caller_checks import BeginCheck, CallerAnswer, CheckedField, CheckState
from app.backoffice import schema
from app.backoffice.customers import NumberRecordQueue, find_record, mask_of_field, record_key
from app.backoffice.office import OpenOffice
from app.backoffice.ready import Ready
from app.backoffice.refused import refusals_logged
from app.backoffice.sessions import Session
from app.crypto.derive import same
from app.crypto.values import verify_tag
from app.domain.caller_check import How
from app.domain.data_class import DataClass
from app.domain.errors import InputRefusedError, NotAllowedError
from app.domain.field import Field
from app.domain.policy import ReasonFor
from app.sources.records import normalise, verify_form

_DAY_MS = 24 * 3600 * 1000
_checks, _answers = schema.caller_checks, schema.caller_answers
_OPEN = Ready(
    select(_checks.c.id).where(
        _checks.c.session == bindparam("session"),
        _checks.c.record == bindparam("record"),
        _checks.c.ended_ms.is_(None),
        _checks.c.until_ms > bindparam("now_ms"),
    )
)


def begin_check(office: OpenOffice, session: Session, request: BeginCheck) -> CheckState:
    """Begin a check; the session's other ones are over. The same request may come twice.

    Raises:
        NotAllowedError: code `not_in_queue`, or `replay`: the id was used for something else.
    """
    with refusals_logged(office, session, "caller_check", record=request.record.hex()), office.writing() as db:
        customer = find_record(office, db, session, request.record)
        known = db.execute(select(_checks).where(_checks.c.id == request.check)).first()
        if known is not None and known.record != request.record:
            raise NotAllowedError("This request id was used for something else.", code="replay")
        if known is not None:
            return _state(office, db, _own(office, session, known), customer)
        now = office.clock.now_ms()
        _end_open(db, session, now)
        until = now + office.policy.caller_check.longest_s * 1000
        row = {"id": request.check, "session": session.id, "account": session.name, "record": request.record}
        db.execute(insert(_checks).values(**row, started_ms=now, until_ms=until))
        office.log.append(
            db, "caller_check", record=request.record.hex(), reference=request.check.hex(), **session.log_fields()
        )
        return _state(office, db, _row(office, db, session, request.check), customer)


def answer_check(office: OpenOffice, session: Session, check: bytes, request: CallerAnswer) -> CheckState:
    """Compare what the caller says, or take a tick.

    Raises:
        NotAllowedError: code `check_over`, `no_field`, `no_verify`, `empty`, `tries` (those of this field and call are
            used) or `tries_day`.
        InputRefusedError: what was typed cannot be a value of this kind; it counts as no try.
        AuditUnwritableError: the entry cannot be written; nothing is answered.
    """
    known = request.field if office.inventory.has(request.field) else ""
    with refusals_logged(office, session, "verify", field=known, reference=check.hex()), office.writing() as db:
        row = _row(office, db, session, check)
        customer = find_record(office, db, session, row.record)
        field = _checkable(office, request.field, request.how)
        mask = mask_of_field(customer, field.name)
        if mask is None:
            raise NotAllowedError("There is nothing in this field to compare with.", code="empty")
        _must_have_tries(office, db, row, field)
        matched = request.how is How.BY_EYE or _matches(office, db, customer, field, request.text)
        said = {"check_id": check, "record": row.record, "field": field.name, "how": request.how.value}
        db.execute(insert(_answers).values(**said, matched=matched, at_ms=office.clock.now_ms()))
        state = _state(office, db, row, customer, matched=matched)
        office.log.append(
            db,
            "verify",
            "ok" if matched else "failed",
            record=row.record.hex(),
            field=field.name,
            data_class=field.data_class.value,
            reason=request.how.value,
            reference=check.hex(),
            detail="identified" if state.is_identified else "",
            **session.log_fields(),
        )
        return state


def check_state(office: OpenOffice, session: Session, check: bytes) -> CheckState:
    """How a check stands.

    Raises:
        NotAllowedError: code `check_over`.
    """
    with office.database.reading() as db:
        row = _row(office, db, session, check)
        return _state(office, db, row, find_record(office, db, session, row.record))


def end_check(office: OpenOffice, session: Session) -> None:
    """The call's wrap-up: whoever calls next is not identified."""
    with office.writing() as db:
        _end_logged(office, db, session)


def end_checks(office: OpenOffice, db: Connection, session: Session, record: bytes) -> None:
    """The same for one customer, in the transaction of the wrap-up."""
    _end_logged(office, db, session, _checks.c.record == record)


def _end_logged(office: OpenOffice, db: Connection, session: Session, *which: Any) -> None:
    for record, check in _end_open(db, session, office.clock.now_ms(), *which):
        office.log.append(db, "caller_check.end", record=record.hex(), reference=check.hex(), **session.log_fields())


def identified_check(office: OpenOffice, db: Connection, session: Session, record: bytes) -> bytes | None:
    """The session's open check of this customer, if its caller counts as identified."""
    return identified_in(office, db, session.id, record)


def identified_in(office: OpenOffice, db: Connection, session: bytes, record: bytes) -> bytes | None:
    """The same by the session's id; it may be locked."""
    check = _open_check(office, db, session, record)
    if check is None or not office.policy.caller_check.is_identified(_matched(db, check)):
        return None
    return check


def _open_check(office: OpenOffice, db: Connection, session: bytes, record: bytes) -> bytes | None:
    """The session's open check of this customer, whatever came of it so far."""
    found = _OPEN.first(db, session=session, record=record, now_ms=office.clock.now_ms())
    return None if found is None else bytes(found.id)


def need_caller(
    office: OpenOffice,
    db: Connection,
    session: Session,
    record: bytes,
    what: ReasonFor,
    data_class: DataClass,
    reason: str,
) -> str:
    """The identity check that an opening rests on, for the log: `check=…`.

    Where policy wants none for it: `call=…` if one of this customer is open all the same, so that the exposure ledger
    tells openings in a call from others (`app/domain/exposures/row.py:CALL_MARKS`), or empty.

    Raises:
        NotAllowedError: code `not_identified`.
    """
    if not office.policy.needs_caller(what, data_class, reason):
        check = _open_check(office, db, session.id, record)
        return "" if check is None else f"call={check.hex()}"
    check = identified_check(office, db, session, record)
    if check is None:
        raise NotAllowedError("Check who is calling first; then this field opens.", code="not_identified")
    return f"check={check.hex()}"


def _checkable(office: OpenOffice, name: str, how: How) -> Field:
    if not office.inventory.has(name) or not office.inventory.field(name).is_sealed:
        raise NotAllowedError("The inventory declares no such sealed field.", code="no_field")
    field = office.inventory.field(name)
    if not field.verify:
        raise NotAllowedError("The inventory lets nobody compare answers with this field.", code="no_verify")
    if how is How.BY_EYE and name not in office.policy.caller_check.fields:
        raise NotAllowedError("Policy counts no tick for this field.", code="no_verify")
    return field


def _matches(office: OpenOffice, db: Connection, customer: NumberRecordQueue, field: Field, text: str) -> bool:
    """Whether what was typed is the value: HMACs under the customer's key are compared, in constant time.

    Raises:
        InputRefusedError: it cannot be a value of this kind.
    """
    form = normalise(field.kind, text)
    if not form:
        raise InputRefusedError("Type what the caller says.", code="nothing_typed")
    table = schema.sealed_values
    query = (
        select(table.c.verify_tag)
        .join(schema.imports, schema.imports.c.id == table.c.import_id)
        .where(schema.imports.c.committed, table.c.record == customer.record, table.c.field == field.name)
        .order_by(table.c.version.desc())
        .limit(1)
    )
    stored: bytes = db.execute(query).scalar() or b""
    return same(stored, verify_tag(record_key(office, customer), field.name, verify_form(field.kind, form)))


def _must_have_tries(office: OpenOffice, db: Connection, row: Row[tuple[object, ...]], field: Field) -> None:
    if _tries(db, row.id)[field.name] >= office.policy.verify_tries_call:
        raise NotAllowedError(
            "This field was tried often enough in this call. Try another one, or ask a supervisor.", code="tries"
        )
    if _today(office, db, row.record) >= office.policy.verify_tries_day:
        raise NotAllowedError(
            "This customer's answers were tried often enough today. Ask a supervisor.", code="tries_day"
        )


def _end_open(db: Connection, session: Session, now_ms: int, *which: Any) -> list[tuple[bytes, bytes]]:
    is_open = (_checks.c.session == session.id, _checks.c.ended_ms.is_(None), *which)
    ended = [(row.record, row.id) for row in db.execute(select(_checks).where(*is_open))]
    db.execute(update(_checks).where(*is_open).values(ended_ms=now_ms))
    return ended


def _own(office: OpenOffice, session: Session, row: Row[tuple[object, ...]]) -> Row[tuple[object, ...]]:
    if row.session != session.id:
        raise NotAllowedError("This request id was used for something else.", code="replay")
    if row.ended_ms is not None or row.until_ms <= office.clock.now_ms():
        raise NotAllowedError("This identity check is over; begin a new one.", code="check_over")
    return row


def _row(office: OpenOffice, db: Connection, session: Session, check: bytes) -> Row[tuple[object, ...]]:
    row = db.execute(select(_checks).where(_checks.c.id == check, _checks.c.session == session.id)).first()
    if row is None:
        raise NotAllowedError("This identity check is over; begin a new one.", code="check_over")
    return _own(office, session, row)


def _tries(db: Connection, check: bytes) -> dict[str, int]:
    """Typed tries of a check, by field."""
    mine = (_answers.c.check_id == check, _answers.c.how == How.TYPED.value)
    rows = db.execute(select(_answers.c.field, func.count()).where(*mine).group_by(_answers.c.field))
    return defaultdict(int, {name: count for name, count in rows})  # noqa: C416  (rows are no pairs for a type checker)


def _today(office: OpenOffice, db: Connection, record: bytes) -> int:
    """Typed tries about a customer in 24 h, by whomever."""
    since = office.clock.now_ms() - _DAY_MS
    typed = (_answers.c.record == record, _answers.c.at_ms > since, _answers.c.how == How.TYPED.value)
    return int(db.execute(select(func.count()).select_from(_answers).where(*typed)).scalar_one())


def _matched(db: Connection, check: bytes) -> dict[str, set[How]]:
    found: dict[str, set[How]] = defaultdict(set)
    for row in db.execute(select(_answers).where(_answers.c.check_id == check, _answers.c.matched)):
        found[row.field].add(How(row.how))
    return found


def _state(
    office: OpenOffice,
    db: Connection,
    row: Row[tuple[object, ...]],
    customer: NumberRecordQueue,
    *,
    matched: bool = True,
) -> CheckState:
    rule, policy = office.policy.caller_check, office.policy
    tries, found = _tries(db, row.id), _matched(db, row.id)
    shown = [name for name in rule.fields if office.inventory.has(name) and mask_of_field(customer, name) is not None]
    shown += [name for name in {*tries, *found} if name not in shown]
    fields = tuple(
        CheckedField(
            field=name,
            counts=name in rule.fields,
            typed=How.TYPED in found.get(name, ()),
            by_eye=How.BY_EYE in found.get(name, ()),
            tries_left=max(0, policy.verify_tries_call - tries.get(name, 0)),
        )
        for name in shown
    )
    return CheckState(
        check=row.id,
        record=row.record,
        fields=fields,
        matched=matched,
        is_identified=rule.is_identified(found),
        tries_left_today=max(0, policy.verify_tries_day - _today(office, db, row.record)),
        until_ms=row.until_ms,
    )
