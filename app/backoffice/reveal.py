"""A value's way out, as far as the office goes: decide, log, then release blob, box and share.

The request is signed by the session key. The office reads its own row, builds ctx from the *requested* record and
field, checks book, queue, policy, training, quota and, for an unlock, the grant; commits the audit entry; answers.
The same id within 30 s gets the same answer and counts once, at whichever gateway: a row says which value it was, the
share is worked out again. One field per request.
"""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Row, bindparam, select

from app.api.messages.reveals import RevealAnswer, RevealRequest
from app.auth.session_card import reveal_request
from app.backoffice import schema
from app.backoffice.caller_checks import need_caller
from app.backoffice.customers import (
    NumberRecordQueue,
    blob_with_salt,
    current_blob,
    find_record,
    package_of,
    record_key,
)
from app.backoffice.office import OpenOffice
from app.backoffice.open_calls import call_mark
from app.backoffice.posture import need_posture
from app.backoffice.privacy.purpose_gate import need_purpose
from app.backoffice.quotas import check_limits
from app.backoffice.ready import Ready
from app.backoffice.sessions import Session, check_session_signature, needs_step_up
from app.backoffice.training.gate import need_training
from app.backoffice.unlock_grants import must_not_be_revoked, use_grant
from app.backoffice.unlock_rules import boot_ms
from app.crypto.derive import mac
from app.crypto.derive import same as same_bytes
from app.crypto.labels import lp
from app.crypto.values import salt_of, share, value_context
from app.domain.data_class import DataClass
from app.domain.errors import NotAllowedError
from app.domain.field import Field
from app.domain.policy import Access, ReasonFor

SAME_ANSWER_MS = 30_000
_ANSWERED = schema.answered_reveals
_KNOWN = Ready(select(_ANSWERED).where(_ANSWERED.c.request == bindparam("request")))
_KEEP = Ready(_ANSWERED.insert())
_FORGET = Ready(
    _ANSWERED.delete().where(
        (_ANSWERED.c.at_boot_ms <= bindparam("over_ms")) | (_ANSWERED.c.at_boot_ms > bindparam("now_ms"))
    )
)


def reveal(office: OpenOffice, session: Session, request: RevealRequest) -> RevealAnswer:
    """Release one value's share.

    Raises:
        NotAllowedError: with a code: signature, replay, not_in_queue, no_field, role, privacy_officer_only, reason,
            training, rules, posture, no_class_key, quota, quota_pace, off_hours, off_hours_code, step_up,
            not_identified, unlock, empty, purpose_missing, purpose_withdrawn, purpose_restricted, purpose_objected,
            purpose_other. The refusal stands in the log.
        AuditUnwritableError: the entry cannot be written; nothing is released.
    """
    message = reveal_request(
        office.id, session.id, request.record, request.field, request.reason, request.words, request.request
    )
    try:
        check_session_signature(session, request.signature, message)
        with office.writing() as db:  # nobody else answers meanwhile: the same request is counted once
            known = _answered(office, db, request)
            if known is not None:
                return _again(office, db, known, session, request)
            return _decide(office, db, session, request)
    except NotAllowedError as e:
        _log_refusal(office, session, request, e.code)
        raise


def _answered(office: OpenOffice, db: Connection, request: RevealRequest) -> Row[Any] | None:
    now = boot_ms(office)
    _FORGET.run(db, over_ms=now - SAME_ANSWER_MS, now_ms=now)
    known: Row[Any] | None = _KNOWN.first(db, request=request.request)
    return known


def forget_answers(db: Connection) -> None:
    """Forget which requests were answered: the clock that they count by may have begun anew."""
    db.execute(_ANSWERED.delete())


def _again(
    office: OpenOffice, db: Connection, known: Row[Any], session: Session, request: RevealRequest
) -> RevealAnswer:
    """The same answer, of the value as it was then."""
    if not same_bytes(known.mark, _mark(office, known._asdict())):  # whoever writes rows releases nothing
        raise NotAllowedError("The office did not write this answer.", code="replay")
    same = (known.session, known.record, known.field, known.unlock) == (
        session.id,
        request.record,
        request.field,
        request.unlock,
    )
    if not same:
        raise NotAllowedError("This request id was used for something else.", code="replay")
    half = None
    if request.unlock is not None:
        must_not_be_revoked(db, request.record, request.unlock)
        unlocks = schema.unlocks.c
        half = db.execute(select(unlocks.sealed_half).where(unlocks.id == request.unlock)).scalar()
    field = _sealed_field(office, request.field)
    customer = find_record(office, db, session, request.record)
    blob = blob_with_salt(db, request.record, field.name, known.salt)
    return _released(office, db, field, customer, blob, known.entry, half)


def _decide(office: OpenOffice, db: Connection, session: Session, request: RevealRequest) -> RevealAnswer:
    field = _sealed_field(office, request.field)
    row = find_record(office, db, session, request.record)
    blob = current_blob(db, request.record, field.name)
    need_training(office, db, session, field.data_class)
    need_posture(office, db, session.id)
    purpose = _purpose(office, db, field, request)
    used, what, reason = None, ReasonFor.REVEAL, request.reason
    if request.unlock is None:
        _check_own_right(office, db, session, field, request)
    else:
        used = use_grant(office, db, session, request, salt_of(blob))
        what, reason = ReasonFor.ASK, used.reason
        wanted = office.policy.purpose_of(what, field.data_class, reason)
        purpose = need_purpose(office, db, request.record, field, wanted=wanted)
    caller = need_caller(office, db, session, request.record, what, field.data_class, reason)
    caller = caller or call_mark(db, session.id)
    entry = office.log.append(
        db,
        "reveal",
        acting_with=used.supervisor if used else "",
        **_what(office, field, request, f"{caller} {purpose}".strip()),
        **session.log_fields(),
    )
    answered = {
        "request": request.request,
        "session": session.id,
        "record": request.record,
        "field": field.name,
        "unlock": request.unlock,
        "salt": salt_of(blob),
        "entry": entry,
        "at_boot_ms": boot_ms(office),
    }
    _KEEP.run(db, **answered, mark=_mark(office, answered))
    return _released(office, db, field, row, blob, entry, used.sealed_half if used else None)


def _purpose(office: OpenOffice, db: Connection, field: Field, request: RevealRequest) -> str:
    """The gate as far as the request says what for; why somebody asked for an unlock stands in the log."""
    if request.unlock is not None:
        return need_purpose(office, db, request.record, field)
    wanted = office.policy.purpose_of(ReasonFor.REVEAL, field.data_class, request.reason)
    return need_purpose(office, db, request.record, field, request.reason, wanted=wanted)


def _mark(office: OpenOffice, row: Mapping[str, Any]) -> bytes:
    """A keyed hash of what a row says, in this boot."""
    said = [row[name] for name in ("request", "session", "record", "field", "salt", "entry", "at_boot_ms")]
    return mac(office.keys.log_key, lp("answered-reveal", office.clock.boot_id(), row["unlock"] or b"", *said))


def _released(
    office: OpenOffice,
    db: Connection,
    field: Field,
    customer: NumberRecordQueue,
    blob: bytes,
    entry: int,
    half: bytes | None,
) -> RevealAnswer:
    package = package_of(db, blob)
    ctx = value_context(office.id, customer.record, field.name, field.data_class.value, package.salt)
    released = share(record_key(office, customer), ctx)
    return RevealAnswer(package=package, blob=blob, share=released, entry=entry, sealed_half=half)


def _sealed_field(office: OpenOffice, name: str) -> Field:
    if not office.inventory.has(name) or not office.inventory.field(name).is_sealed:
        raise NotAllowedError("The inventory declares no such sealed field.", code="no_field")
    return office.inventory.field(name)


def _check_own_right(
    office: OpenOffice, db: Connection, session: Session, field: Field, request: RevealRequest
) -> None:
    policy, data_class = office.policy, field.data_class
    if policy.access(session.role, data_class) is not Access.REVEAL:
        code = "privacy_officer_only" if data_class is DataClass.SPECIAL else "role"
        raise NotAllowedError("Your role does not open this field; ask for it.", code=code)
    if data_class not in office.book.granted(session.name):
        raise NotAllowedError("A supervisor still has to hand you the key of this class.", code="no_class_key")
    check_reason(office, ReasonFor.REVEAL, data_class, request.reason, request.words)
    check_limits(office, db, session, data_class)
    if policy.needs_step_up(session.role, data_class):
        needs_step_up(office, session)


def check_reason(office: OpenOffice, what: ReasonFor, data_class: DataClass, reason: str, words: str) -> None:
    """Demand a reason that policy offers for this class, with words where it wants them.

    Raises:
        NotAllowedError: another reason, or too few or too many words.
    """
    offered = {r.code: r for r in office.policy.reasons(what, data_class)}
    if reason not in offered:
        raise NotAllowedError("Choose one of the reasons.", code="reason")
    if offered[reason].needs_text and not (
        office.policy.reason_text_min <= len(words.strip()) <= office.policy.reason_text_max
    ):
        raise NotAllowedError(
            f"Say why in {office.policy.reason_text_min} to {office.policy.reason_text_max} characters.", code="reason"
        )


def _what(office: OpenOffice, field: Field, request: RevealRequest, caller: str) -> dict[str, str]:
    words = f"words={office.log.keyed_hash(request.words)}" if request.words else ""
    return {
        "record": request.record.hex(),
        "field": field.name,
        "data_class": field.data_class.value,
        "reason": "unlock" if request.unlock else request.reason,
        "reference": request.unlock.hex() if request.unlock else "",
        "detail": " ".join(part for part in (words, caller) if part),
    }


def _log_refusal(office: OpenOffice, session: Session, request: RevealRequest, code: str) -> None:
    known = office.inventory.has(request.field)
    with office.writing() as db:
        office.log.append(
            db,
            "reveal",
            "refused",
            record=request.record.hex(),
            field=request.field if known else "",
            data_class=office.inventory.field(request.field).data_class.value if known else "",
            reason=code,
            reference=request.unlock.hex() if request.unlock else "",
            **session.log_fields(),
        )
