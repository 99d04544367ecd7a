"""Changing one field of a customer: the value comes sealed, is judged, sealed anew, and what was there stays.

The edit names the version that the person saw. Where another one lies now nothing changes, and the answer says whose it
is; the person chooses, and putting theirs on top is another edit. Whoever types a value learns nothing of the one that
is there: nothing is compared, and the same value again is a version, too. The plaintext lives in these functions alone.
One transaction holds version, mask, tags, the change that consoles hear of, and the entry `field.edited`.
"""

import json
from collections.abc import Mapping

from sqlalchemy import Connection, insert, select

from app.api.messages.customers import MaskText
from app.api.messages.editing import LONGEST_VALUE, Conflict, EditField, EmptyField, FieldEdited, FieldState
from app.auth.session_card import edit_request
from app.backoffice import schema
from app.backoffice.acting import for_the_office
from app.backoffice.caller_checks import identified_check, need_caller
from app.backoffice.card_gate import holds_card
from app.backoffice.class_grants import display_names
from app.backoffice.customer_sync import touch
from app.backoffice.customers import NumberRecordQueue, find_record
from app.backoffice.edit_pace import EDITED, keep_edit_pace
from app.backoffice.field_states import edited_fields, field_states, last_brought
from app.backoffice.import_sealing import Sealer
from app.backoffice.office import OpenOffice
from app.backoffice.privacy.purpose_gate import need_purpose
from app.backoffice.refused import refusals_logged
from app.backoffice.sessions import Session, check_session_signature, needs_step_up
from app.crypto import hpke
from app.crypto.derive import same, sha256
from app.crypto.errors import SealError
from app.crypto.grants import edit_info
from app.domain.errors import InputRefusedError, NotAllowedError
from app.domain.field import Field
from app.domain.masks import mask_of
from app.domain.policy import ReasonFor
from app.sources.records import normalise

EVENT = EDITED


def edit_field(office: OpenOffice, session: Session, request: EditField) -> FieldEdited:
    """Change one field.

    Raises:
        NotAllowedError: with a code: signature, replay, no_field, role_edits, not_in_queue, not_identified, step_up,
            purpose_missing, purpose_withdrawn, purpose_restricted, purpose_objected,
            sealed (what came is not sealed to this office for this field), edits_pace or edits_shift (`PacedError`,
            with the wait). The refusal stands in the log.
        InputRefusedError: the value is none of its kind, with the code of `BadCellError`, or `nothing_typed`.
        AuditUnwritableError: the entry cannot be written; nothing has changed.
    """
    known = request.field if office.inventory.has(request.field) else ""
    where = {"record": request.record.hex(), "field": known, "reference": request.request.hex()}
    with refusals_logged(office, session, EVENT, **where):
        signed = edit_request(
            office.id, session.id, request.record, request.field, request.seen, request.request, request.sealed
        )
        check_session_signature(session, request.signature, signed)
        field = editable(office, session, request.field)
        value = _value(office, session, field, request)
        with office.writing() as db:
            customer = find_record(office, db, session, request.record)
            if is_known(db, session, request, sha256(request.sealed)):
                return FieldEdited(state=state_of(office, db, customer, field))
            need_purpose(office, db, request.record, field)
            caller = judged_edit(office, db, session, field, request.record)
            now = state_of(office, db, customer, field)
            if not same(now.mark, request.seen):
                mine = _mask(office, customer, field, value)
                return conflict_of(office, db, session, customer, field, now, mine, {"event": EVENT, **where})
            keep_edit_pace(office, db, session)
            _change(office, db, session, customer, field, value, request)
            detail = " ".join(part for part in (f"changes={now.changes + 1}", caller) if part)
            office.log.append(
                db, EVENT, data_class=field.data_class.value, detail=detail, **where, **session.log_fields()
            )
            touch(db, request.record)
            return FieldEdited(state=state_of(office, db, find_record(office, db, session, request.record), field))


def editable(office: OpenOffice, session: Session, name: str) -> Field:
    """A field that this person may change.

    Raises:
        NotAllowedError: code `no_field` or `role_edits`.
    """
    if not office.inventory.has(name):
        raise NotAllowedError("The inventory declares no such field.", code="no_field")
    field = office.inventory.field(name)
    if field not in edited_fields(office, session):
        raise NotAllowedError("Your role does not change this field.", code="role_edits")
    return field


def _value(office: OpenOffice, session: Session, field: Field, request: EditField) -> str:
    """The new value in the one form of its kind.

    Raises:
        NotAllowedError: it does not open here.
        InputRefusedError: it is none of its kind, or has a card number in words (`card_number`).
    """
    info = edit_info(office.id, session.id, request.record, field.name, request.request)
    text = opened_text(office, request.sealed, info)
    if len(text) > LONGEST_VALUE:
        raise InputRefusedError("This is longer than any field.", code="too_long")
    value = normalise(field.kind, text)
    if not value:
        raise InputRefusedError("Type the new value.", code="nothing_typed")
    if holds_card(field.kind, value):
        raise InputRefusedError("A card number stays in no field of words.", code="card_number")
    return value


def opened_text(office: OpenOffice, sealed: bytes, info: bytes) -> str:
    """What a console has sealed to this office.

    Raises:
        NotAllowedError: code `sealed`: it was sealed for something else, or to somebody else.
    """
    try:
        return hpke.unseal(office.keys.office_kem, sealed, info).decode()
    except (SealError, UnicodeDecodeError) as e:
        raise NotAllowedError("What was typed did not come whole. Type it again.", code="sealed") from e


def is_known(db: Connection, session: Session, request: EditField | EmptyField, digest: bytes) -> bool:
    """Whether this very edit, whose content has this digest, was done before.

    Raises:
        NotAllowedError: the id was used for something else.
    """
    with for_the_office(db):  # an id is used up, in whichever queue
        row = db.execute(select(schema.edits).where(schema.edits.c.id == request.request)).first()
    if row is None:
        if db.execute(select(schema.imports.c.id).where(schema.imports.c.id == request.request)).first() is not None:
            raise NotAllowedError("This request id was used for something else.", code="replay")
        return False
    before = (row.session, row.record, row.field, row.digest)
    if before != (session.id, request.record, request.field, digest):
        raise NotAllowedError("This request id was used for something else.", code="replay")
    return True


def judged_edit(office: OpenOffice, db: Connection, session: Session, field: Field, record: bytes) -> str:
    """Fresh code and identified caller, where policy wants them; what the log says of the call."""
    if office.policy.needs_step_up(session.role, field.data_class):
        needs_step_up(office, session)
    if not office.policy.edit_needs_caller(field.name, field.data_class):
        return need_caller(office, db, session, record, ReasonFor.REVEAL, field.data_class, "")
    check = identified_check(office, db, session, record)
    if check is None:
        raise NotAllowedError("Check who is calling first; then this field may be changed.", code="not_identified")
    return f"check={check.hex()}"


def state_of(office: OpenOffice, db: Connection, customer: NumberRecordQueue, field: Field) -> FieldState:
    """How one field stands."""
    (state,) = field_states(office, db, customer, [field])
    return state


def _change(
    office: OpenOffice,
    db: Connection,
    session: Session,
    customer: NumberRecordQueue,
    field: Field,
    value: str,
    request: EditField,
) -> None:
    bring(office, db, session, request, "edit")
    before = None
    if field.is_sealed:
        Sealer(request.request, office.inventory, None).seal_edit(office, db, customer, field, value)
    else:
        before = write_open(db, customer, field, value)
    keep_edit(db, session, request, sha256(request.sealed), before)


def bring(office: OpenOffice, db: Connection, session: Session, request: EditField | EmptyField, kind: str) -> None:
    """The arrival under which a version stands, of this kind (`imports.kind`)."""
    now = office.clock.now_ms()
    brought = {"id": request.request, "account": session.name, "at_ms": now, "committed": True, "committed_ms": now}
    db.execute(insert(schema.imports).values(**brought, kind=kind))


def write_open(db: Connection, customer: NumberRecordQueue, field: Field, value: str) -> str:
    """Change what an open field says, or leave nothing there; what it said before."""
    values = json.loads(customer.open_fields)
    before: str = values.pop(field.name, "")
    table, text = schema.customers, json.dumps(values | ({field.name: value} if value else {}))
    db.execute(table.update().where(table.c.record == customer.record).values(open_fields=text))
    return before


def keep_edit(
    db: Connection, session: Session, request: EditField | EmptyField, digest: bytes, before: str | None
) -> None:
    """Remember the request, so that it counts once, and what an open field said before."""
    row = {"id": request.request, "record": request.record, "field": request.field, "session": session.id}
    db.execute(insert(schema.edits).values(**row, digest=digest, text_before=before))


def conflict_of(
    office: OpenOffice,
    db: Connection,
    session: Session,
    customer: NumberRecordQueue,
    field: Field,
    now: FieldState,
    mine: MaskText | None,
    where: Mapping[str, str],
) -> FieldEdited:
    """Nothing changes; the log has it, and the person hears whose version lies there.

    Args:
        office: the open office.
        db: the transaction.
        session: who was second.
        customer: whose field.
        field: which.
        now: how it stands.
        mine: mask of the value that was not taken.
        where: event and subject of the entry.
    """
    by = last_brought(db, customer, field)
    name = "" if by.kind == "import" else display_names(db).get(by.account, by.account)
    told = {**where, **session.log_fields()}
    office.log.append(db, outcome="failed", data_class=field.data_class.value, reason="conflict", **told)
    return FieldEdited(state=now, conflict=Conflict(name=name, at_ms=by.at_ms, mine=mine))


def _mask(office: OpenOffice, customer: NumberRecordQueue, field: Field, value: str) -> MaskText | None:
    if not field.is_sealed:
        return None
    city = (
        json.loads(customer.open_fields).get(office.inventory.record.city, "") if office.inventory.record.city else ""
    )
    mask = mask_of(field, value, city)
    return mask.before, mask.after, mask.pleats
