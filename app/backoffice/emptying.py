"""Taking the value of one field away: a person says that it is wrong, or that the customer does not want it kept.

A newer version without a value is put on top: mask and tags go, so that no lookup and no check knows it any more; what
was there stays sealed as an older version. It is an edit in all else: it names the version that was seen, meets others
as a conflict, wants the caller and the fresh code that an edit wants, and counts for the pace. A later import that
brings a value puts one there again.
"""

from sqlalchemy import Connection

from app.api.messages.editing import EmptyField, FieldEdited
from app.auth.session_card import empty_request
from app.backoffice.customer_sync import touch
from app.backoffice.customers import NumberRecordQueue, find_record
from app.backoffice.edit_pace import EMPTIED, keep_edit_pace
from app.backoffice.editing import bring, conflict_of, editable, is_known, judged_edit, keep_edit, state_of, write_open
from app.backoffice.field_states import EMPTY
from app.backoffice.import_sealing import Sealer
from app.backoffice.office import OpenOffice
from app.backoffice.refused import refusals_logged
from app.backoffice.sessions import Session, check_session_signature
from app.crypto.derive import same, sha256
from app.domain.editing import can_be_emptied
from app.domain.errors import NotAllowedError
from app.domain.field import Field

EVENT = EMPTIED


def empty_field(office: OpenOffice, session: Session, request: EmptyField) -> FieldEdited:
    """Leave nothing in one field.

    Raises:
        NotAllowedError: with a code: those of `app/backoffice/editing.py:edit_field` but for `sealed`, `required` (the
            inventory wants a value there), or `empty` (there is none). The refusal stands in the log.
        AuditUnwritableError: the entry cannot be written; nothing has changed.
    """
    known = request.field if office.inventory.has(request.field) else ""
    where = {"record": request.record.hex(), "field": known, "reference": request.request.hex()}
    with refusals_logged(office, session, EVENT, **where):
        subject = (office.id, session.id, request.record, request.field, request.seen, request.request)
        signed = empty_request(*subject, request.why.value)
        check_session_signature(session, request.signature, signed)
        field = editable(office, session, request.field)
        if not can_be_emptied(field, office.inventory):
            raise NotAllowedError("This field always has a value. Type the right one instead.", code="required")
        with office.writing() as db:
            customer = find_record(office, db, session, request.record)
            if is_known(db, session, request, sha256(signed)):
                return FieldEdited(state=state_of(office, db, customer, field))
            caller = judged_edit(office, db, session, field, request.record)
            now = state_of(office, db, customer, field)
            if not same(now.mark, request.seen):
                return conflict_of(office, db, session, customer, field, now, None, {"event": EVENT, **where})
            if same(now.mark, EMPTY):
                raise NotAllowedError("There is nothing in this field.", code="empty")
            keep_edit_pace(office, db, session)
            _empty(office, db, session, customer, field, request, sha256(signed))
            detail = " ".join(part for part in (f"changes={now.changes + 1}", caller) if part)
            told = where | session.log_fields()
            office.log.append(
                db, EVENT, data_class=field.data_class.value, reason=request.why.value, detail=detail, **told
            )
            touch(db, request.record)
            customer = find_record(office, db, session, request.record)
            return FieldEdited(state=state_of(office, db, customer, field))


def _empty(
    office: OpenOffice,
    db: Connection,
    session: Session,
    customer: NumberRecordQueue,
    field: Field,
    request: EmptyField,
    digest: bytes,
) -> None:
    bring(office, db, session, request, "emptied")
    before = None
    if field.is_sealed:
        Sealer(request.request, office.inventory, None).empty(db, customer, field)
    else:
        before = write_open(db, customer, field, "")
    keep_edit(db, session, request, digest, before)
