"""Releasing what a copy of one customer's data needs (UU PDP art. 7, 13, 32), under an export grant.

A grant is what the log says: this person proposed it, another one who may approved it since, within the last half hour.
The row alone grants nothing. Each field is an entry of the log, and so is the whole; then the list of who saw the data
is made, which has them, too; only then anything leaves. A console that dies after that, or a full disk, leaves no file,
and the grant lets it be made again.
"""

import json

from sqlalchemy import Connection, func, select

from app.api.messages.reveals import SealedNote
from app.api.messages.subject_requests import Bundle, MakeBundle, ReleasedField
from app.api.messages.who_saw import AskWhoSaw
from app.auth.session_card import reveal_request
from app.backoffice import schema
from app.backoffice.class_grants import display_names
from app.backoffice.customers import NumberRecordQueue, current_blob, find_record, package_of, record_key
from app.backoffice.notes import note_field
from app.backoffice.office import OpenOffice
from app.backoffice.posture import need_posture
from app.backoffice.refused import refusals_logged
from app.backoffice.sessions import Session, check_session_signature, needs_step_up
from app.backoffice.subject_requests.attaching import ATTACHED, DETACHED
from app.backoffice.subject_requests.rows import RequestRow, change, found_row, log, now_of
from app.backoffice.subject_requests.working import DECIDED, PROPOSED
from app.backoffice.subject_tables import subject_requests
from app.backoffice.training.gate import need_training
from app.backoffice.who_saw import Answered, list_for_bundle
from app.crypto.values import salt_of, share, value_context
from app.domain.data_class import DataClass
from app.domain.errors import NotAllowedError
from app.domain.role import Role
from app.domain.subject_requests.steps import BUNDLE_FIELD, BUNDLES_IN_A_SHIFT, GRANT_MS, may_second, may_work
from app.domain.subject_requests.words import RequestKind

EXPORTED, MADE = "request.exported", "request.bundle"
_SHIFT_MS = 10 * 60 * 60 * 1000
_MOST_NOTES = 200
_log = schema.audit.c


def make_bundle(office: OpenOffice, session: Session, request: bytes, asked: MakeBundle) -> tuple[Bundle, Answered]:
    """Release all of one customer, and who saw it.

    Raises:
        NotAllowedError: code `role`, `no_request`, `signature`, `step_up`, `changed`, `ended`, `no_grant`,
            `bundle_quota`, `no_class_key`, `training`, `rules` or `posture`. Logged.
        VerificationError: code `log`: the log does not hold, so it says nothing of who saw the data.
        AuditUnwritableError: the entries cannot be written; nothing is released.
    """
    with refusals_logged(office, session, MADE, reference=request.hex()):
        if not may_work(session.role):
            raise NotAllowedError("Only privacy officers make copies of customers' data.", code="role")
        needs_step_up(office, session)
        with office.writing() as db:
            row = found_row(office, db, session, request)
            customer = find_record(office, db, session, row.record)
            message = reveal_request(office.id, session.id, row.record, BUNDLE_FIELD, "", "", request)
            check_session_signature(session, asked.signature, message)
            by = _must_be_granted(office, db, session, row)
            _check_quota(office, db, session)
            fields, notes = _released(office, db, customer), _notes(office, db, customer)
            _must_hold(office, db, session, fields, notes)
            opened = _open_values(office, customer)
            now = office.clock.now_ms()
            change(db, row, asked.revision)
            entry = _log_all(office, db, session, row, by, [*opened, *(one.field for one in fields)], len(notes))
        seen = list_for_bundle(office, session, AskWhoSaw(record=row.record))
        with office.writing() as db:  # a log that does not hold has released nothing
            db.execute(subject_requests.update().where(subject_requests.c.id == row.id).values(bundle_ms=now))
    bundle = Bundle.model_construct(
        number=row.number,
        kind=RequestKind(row.kind),
        made_ms=now,
        office_name=office.plate.name,
        customer_number=customer.number,
        queue=customer.queue,
        open=opened,
        sealed=tuple(fields),
        notes=tuple(notes),
        entry=entry,
    )
    return bundle, seen


def _must_be_granted(office: OpenOffice, db: Connection, session: Session, row: RequestRow) -> str:
    """Who granted it, by the log.

    Raises:
        NotAllowedError: code `ended` or `no_grant`.
    """
    now_of(row).must_be_open()
    about = (_log.record == row.record.hex(), _log.reference == row.id.hex(), _log.outcome == "ok")
    query = select(_log.number, _log.at_ms, _log.event, _log.actor, _log.acting_with, _log.detail)
    steps = (PROPOSED, DECIDED, ATTACHED, DETACHED)  # whoever attaches it anew begins anew
    found = db.execute(query.where(*about, _log.event.in_(steps)).order_by(_log.number.desc())).all()
    last = found[0] if found else None
    says_yes = last is not None and last.event == DECIDED and last.detail.endswith("what=export approved=yes")
    if last is None or not says_yes or last.acting_with != session.name or last.actor == session.name:
        raise NotAllowedError("Nobody has granted you this copy.", code="no_grant")
    account, now = office.book.account(last.actor), office.clock.now_ms()
    is_second = account is not None and may_second(Role(account.role))
    if not is_second or not last.at_ms <= now < last.at_ms + GRANT_MS:
        raise NotAllowedError("The grant of this copy is over.", code="no_grant")
    return str(last.actor)


def _check_quota(office: OpenOffice, db: Connection, session: Session) -> None:
    since = office.clock.now_ms() - _SHIFT_MS
    made = (_log.actor == session.name, _log.event == MADE, _log.outcome == "ok", _log.at_ms >= since)
    count = int(db.execute(select(func.count()).select_from(schema.audit).where(*made)).scalar_one())
    if count >= BUNDLES_IN_A_SHIFT:
        raise NotAllowedError("These are all copies that one person makes in a shift.", code="bundle_quota")


def _open_values(office: OpenOffice, customer: NumberRecordQueue) -> dict[str, str]:
    stored = json.loads(customer.open_fields)
    return {field.name: str(stored[field.name]) for field in office.inventory.open_fields if stored.get(field.name)}


def _released(office: OpenOffice, db: Connection, customer: NumberRecordQueue) -> list[ReleasedField]:
    z, found = record_key(office, customer), []
    for field in office.inventory.sealed_fields:
        try:
            blob = current_blob(db, customer.record, field.name)
        except NotAllowedError:  # there is nothing in it
            continue
        package = package_of(db, blob)
        ctx = value_context(office.id, customer.record, field.name, field.data_class.value, package.salt)
        found.append(ReleasedField(field=field.name, package=package, blob=blob, share=share(z, ctx)))
    return found


def _notes(office: OpenOffice, db: Connection, customer: NumberRecordQueue) -> list[SealedNote]:
    z, table, names = record_key(office, customer), schema.notes, display_names(db)
    query = select(table).where(table.c.record == customer.record).order_by(table.c.changed_ms.desc())
    found = []
    for note in db.execute(query.limit(_MOST_NOTES)):
        ctx = value_context(office.id, customer.record, note_field(note.id), DataClass.NOTE.value, salt_of(note.blob))
        found.append(
            SealedNote(
                id=note.id,
                author=note.author,
                author_name=names.get(note.author, note.author),
                at_ms=note.changed_ms,
                package=package_of(db, note.blob),
                blob=note.blob,
                share=share(z, ctx),
            )
        )
    return found


def _must_hold(
    office: OpenOffice, db: Connection, session: Session, fields: list[ReleasedField], notes: list[SealedNote]
) -> None:
    """Whoever makes the copy opens it: with the keys that they hold, the training and the workstation for it."""
    packages = [*(one.package for one in fields), *(one.package for one in notes)]
    needed = {DataClass(package.data_class) for package in packages}
    for data_class in sorted(needed):
        need_training(office, db, session, data_class)
    need_posture(office, db, session.id)
    if not needed <= set(office.book.granted(session.name)):
        raise NotAllowedError("A supervisor still has to hand you the key of a class.", code="no_class_key")


def _log_all(
    office: OpenOffice, db: Connection, session: Session, row: RequestRow, by: str, fields: list[str], notes: int
) -> int:
    what = {"record": row.record.hex(), "reference": row.id.hex(), "acting_with": by, "reason": row.kind}
    for name in fields:
        data_class = office.inventory.field(name).data_class.value
        office.log.append(db, EXPORTED, field=name, data_class=data_class, **what, **session.log_fields())
    if notes:
        detail, data_class = f"notes={notes}", DataClass.NOTE.value
        office.log.append(db, EXPORTED, data_class=data_class, detail=detail, **what, **session.log_fields())
    return log(office, db, session, MADE, row, detail=f"fields={len(fields)} notes={notes}")
