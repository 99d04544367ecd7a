"""Writing down what a customer said to a purpose, with a signed receipt, inside one transaction with its entry.

A consent is told by the notice in force, for one purpose; who said it is somebody who may (articles 25, 26).
Withdrawing takes no notice and no identified caller: it is as easy as giving, and does no harm where it is wrong. A
consent that would not count, because the customer withdrew at this same instant or later by a clock that was set back,
is refused: no receipt says what the ledger does not.
"""

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, Row, select

from app.api.messages.consents import RecordConsent
from app.auth.consent_receipt import Receipt, file_of, signed
from app.auth.session_card import consent_request
from app.backoffice.acting import for_the_office
from app.backoffice.caller_checks import identified_check
from app.backoffice.customer_sync import touch
from app.backoffice.customers import NumberRecordQueue, find_record
from app.backoffice.office import OpenOffice
from app.backoffice.privacy.duty_gate import must_have
from app.backoffice.privacy.notices import in_force
from app.backoffice.privacy.standing import event_of, ledger_of
from app.backoffice.privacy_schema import consents
from app.backoffice.refused import refusals_logged
from app.backoffice.sessions import Session, check_session_signature
from app.backoffice.subject_requests.holds import BY_CONSENT, LIFTED, lift_withdrawn
from app.crypto.derive import same
from app.domain.errors import InputRefusedError, NotAllowedError
from app.domain.privacy.consent import Channel, ConsentEvent, Said, Speaker, asks_for_consent
from app.domain.privacy.duties import Duty
from app.domain.privacy.notice import Notice, notice_from
from app.domain.privacy.under_age import is_of_age, may_be_under_age
from app.domain.subject_requests.words import Channel as RequestChannel

EVENT = "consent"
_CHANNELS: Final[Mapping[RequestChannel, Channel]] = {
    RequestChannel.PHONE: Channel.SPOKEN,
    RequestChannel.EMAIL: Channel.LETTER,
    RequestChannel.LETTER: Channel.LETTER,
    RequestChannel.IN_PERSON: Channel.DESK,
    RequestChannel.WEB: Channel.WEB,
}
"""How a word came that a request of its subject says."""


@dataclass(frozen=True, slots=True)
class Told:
    """The notice by which a customer was asked."""

    id: bytes
    notice: Notice


def record_consent(office: OpenOffice, session: Session, request: RecordConsent) -> str:
    """Write it down; the receipt's file. The same request gives the same receipt.

    Raises:
        NotAllowedError: with a code: signature, replay, role_privacy, not_in_queue, not_identified, guardian (a child's
            consent is a guardian's), of_age (a guardian's right has ended), withdrawn_now (see above). Logged.
        InputRefusedError: code `no_purpose`, `notice` (none is in force, or another one), `no_question` (it does not
            ask about this purpose in this language), `recording` or `means` (something is missing).
        AuditUnwritableError: the entry cannot be written; nothing was.
    """
    where = {"record": request.record.hex(), "reference": request.request.hex()}
    with refusals_logged(office, session, EVENT, **where):
        signed_text = consent_request(office.id, session.id, request.signed_text())
        check_session_signature(session, request.signature, signed_text)
        must_have(session, Duty.RECORD_CONSENT)
        _judge(office, request)
        with office.writing() as db:
            customer = find_record(office, db, session, request.record)
            known = _known(db, request, session)
            if known is not None:
                return receipt_file(office, known)
            told = _told(office, db, request)
            check = _judge_speaker(office, db, session, customer, request)
            _write(office, db, session, customer, request, told, check)
            touch(db, request.record)
            row = db.execute(select(consents).where(consents.c.id == request.request)).one()
            return receipt_file(office, row)


def withdraw_by_request(
    office: OpenOffice, db: Connection, session: Session, customer: NumberRecordQueue, asked: Row[Any]
) -> int:
    """Write down what a subject's request withdraws, a receipt for each purpose that rests on consent; how many.

    Args:
        office: the open office.
        db: the transaction that ends the request.
        session: who ends it.
        customer: whose.
        asked: its row in the register; the receipts name its number, and how its identity was made sure of.
    """
    asks, named = {purpose.name for purpose in asks_for_consent(office.inventory)}, str(asked.purposes).split()
    for purpose in (name for name in named if name in asks):
        request = RecordConsent.model_construct(
            request=secrets.token_bytes(16),
            record=customer.record,
            purpose=purpose,
            said=Said.WITHDRAWN,
            channel=_CHANNELS[RequestChannel(asked.channel)],
            language="id",
            recording=f"request/{asked.number}",
            means=asked.identity,
        )
        _write(office, db, session, customer, request, _told(office, db, request), f"request={asked.number}")
    return sum(name in asks for name in named)


def receipt_file(office: OpenOffice, row: Row[tuple[object, ...]]) -> str:
    """The file of a row of the ledger."""
    return file_of(row.receipt, row.signature, office.book.root, office.book.office_entry)


def receipt_of(office: OpenOffice, session: Session, record: bytes, id_: bytes) -> str:
    """The receipt of a customer's, once more.

    Raises:
        NotAllowedError: code `not_in_queue` or `role_privacy`.
        InputRefusedError: code `no_receipt`.
    """
    must_have(session, Duty.RECORD_CONSENT)
    with office.database.reading() as db:
        find_record(office, db, session, record)
        query = select(consents).where(consents.c.record == record, consents.c.id == id_)
        row = db.execute(query).first()
    if row is None:
        raise InputRefusedError("There is no such receipt.", code="no_receipt")
    return receipt_file(office, row)


def _judge(office: OpenOffice, request: RecordConsent) -> None:
    """What needs no database."""
    if request.purpose not in {purpose.name for purpose in asks_for_consent(office.inventory)}:
        raise InputRefusedError("Nothing rests on consent to this purpose.", code="no_purpose")
    if request.channel is Channel.SPOKEN and request.said is Said.GIVEN and not request.recording:
        raise InputRefusedError("Note the reference of the recording.", code="recording")
    if request.speaker is not Speaker.SELF and not request.means:
        raise InputRefusedError("Say how this was made sure of.", code="means")


def _known(db: Connection, request: RecordConsent, session: Session) -> Row[tuple[object, ...]] | None:
    with for_the_office(db):  # an id is used up, in whichever queue
        row = db.execute(select(consents).where(consents.c.id == request.request)).first()
    if row is None:
        return None
    before = (row.record, row.purpose, row.given, row.account)
    if before != (request.record, request.purpose, request.said is Said.GIVEN, session.name):
        raise NotAllowedError("This request id was used for something else.", code="replay")
    return row


def _told(office: OpenOffice, db: Connection, request: RecordConsent) -> Told | None:
    """The notice in force; for a withdrawal there need be none."""
    row = in_force(db)
    if request.said is Said.WITHDRAWN:
        return None if row is None else Told(row.id, notice_from(row.text))
    if row is None or not same(row.digest, request.notice or b""):
        raise InputRefusedError("Another privacy notice holds now. Open the questions again.", code="notice")
    told = Told(row.id, notice_from(row.text))
    toggle = told.notice.toggle_for(request.purpose)
    if toggle is None or not toggle.labels.get(request.language, "").strip():
        raise InputRefusedError("The notice does not ask about this purpose in this language.", code="no_question")
    return told


def _judge_speaker(
    office: OpenOffice, db: Connection, session: Session, customer: NumberRecordQueue, request: RecordConsent
) -> str:
    """Whether whoever spoke may say this; what the log says of the call."""
    check = identified_check(office, db, session, request.record)
    year, masks = office.policy.office_hours.local(office.clock.now_ms()).year, json.loads(customer.masks)
    if request.speaker is Speaker.GUARDIAN and is_of_age(office.inventory, masks, year):
        raise NotAllowedError("This customer is of age and speaks for themselves.", code="of_age")
    if request.said is Said.GIVEN:
        is_child = may_be_under_age(office.inventory, masks, year)
        if is_child and request.speaker is not Speaker.GUARDIAN:
            raise NotAllowedError("A parent or guardian agrees for a child (UU PDP article 25).", code="guardian")
        needs_caller = bool(office.policy.caller_check.required_for) and request.channel is Channel.SPOKEN
        if needs_caller and check is None:
            raise NotAllowedError("Check who is calling first; then write their consent down.", code="not_identified")
    return f"check={check.hex()}" if check is not None else ""


def _moment(office: OpenOffice, db: Connection, request: RecordConsent) -> int:
    """When it counts from. A withdrawal counts against every consent before it, whatever the clock says."""
    events = [event_of(row) for row in ledger_of(db, request.record) if row.purpose == request.purpose]
    now = office.clock.now_ms()
    if request.said is Said.WITHDRAWN:
        return max([now, *(event.at_ms for event in events)])
    if any(_is_later(event, now) for event in events):
        raise NotAllowedError("The customer withdrew this at the same moment. Ask again.", code="withdrawn_now")
    return now


def _is_later(event: ConsentEvent, now: int) -> bool:
    return event.said is Said.WITHDRAWN and event.at_ms >= now


def _receipt(
    office: OpenOffice,
    session: Session,
    customer: NumberRecordQueue,
    request: RecordConsent,
    told: Told | None,
    at_ms: int,
) -> Receipt:
    toggle = told.notice.toggle_for(request.purpose) if told is not None else None
    asked = toggle.label(request.language) if toggle is not None else ""
    return Receipt(
        id=request.request.hex(),
        office=office.id.hex(),
        office_name=office.plate.name,
        record=request.record.hex(),
        customer=customer.number,
        purpose=request.purpose,
        question=asked or office.inventory.purpose(request.purpose).label(request.language),
        said=request.said.value,
        at_ms=at_ms,
        language=request.language,
        notice=told.notice.code if told is not None else "",
        notice_hash=told.notice.digest.hex() if told is not None else "",
        channel=request.channel.value,
        agent=session.name,
        speaker=request.speaker.value,
        recording=request.recording,
        means=request.means,
    )


def _write(
    office: OpenOffice,
    db: Connection,
    session: Session,
    customer: NumberRecordQueue,
    request: RecordConsent,
    told: Told | None,
    check: str,
) -> None:
    """Receipt, row and entry of one word."""
    receipt = _receipt(office, session, customer, request, told, _moment(office, db, request))
    _keep(office, db, session, request, told, receipt)
    said = f"purpose={request.purpose} said={request.said.value} channel={request.channel.value}"
    detail = " ".join(part for part in (said, f"speaker={request.speaker.value}", check) if part)
    where = {"record": request.record.hex(), "reference": request.request.hex()}
    office.log.append(db, EVENT, detail=detail, **where, **session.log_fields())
    if request.said is Said.GIVEN:
        reopen(office, db, request.record, request.purpose, receipt.at_ms, **session.log_fields())


def reopen(office: OpenOffice, db: Connection, record: bytes, purpose: str, at_ms: int, **who: Any) -> None:
    """End what a withdrawal by request holds, now that its customer has agreed again: gate and receipt say the same.

    Args:
        office: the open office.
        db: the transaction that writes the consent down.
        record: whose.
        purpose: to which one; restrictions and objections stay.
        at_ms: when they agreed.
        who: who wrote it down, as the log has it.
    """
    row = lift_withdrawn(db, record, purpose, at_ms)
    if row is not None:
        detail = f"kind={row.kind} number={row.number} purpose={purpose}"
        office.log.append(
            db, LIFTED, record=record.hex(), reference=row.id.hex(), reason=BY_CONSENT, detail=detail, **who
        )


def _keep(
    office: OpenOffice,
    db: Connection,
    session: Session,
    request: RecordConsent,
    told: Told | None,
    receipt: Receipt,
) -> None:
    text = receipt.text()
    db.execute(
        consents.insert().values(
            id=request.request,
            record=request.record,
            purpose=request.purpose,
            given=request.said is Said.GIVEN,
            at_ms=receipt.at_ms,
            notice=told.id if told is not None else None,
            channel=request.channel.value,
            account=session.name,
            receipt=text,
            signature=signed(office.id, office.keys.checkpoint_seed, text),
        )
    )
