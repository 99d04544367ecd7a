"""One customer's privacy panel: purposes, what was said to them, what limits work, what they were told; no value."""

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, select

from app.api.messages.consents import ConsentWord, CustomerPrivacy, LimitLine, PurposeLine
from app.backoffice import schema
from app.backoffice.customers import find_record
from app.backoffice.office import OpenOffice
from app.backoffice.privacy.notices import in_force
from app.backoffice.privacy.standing import event_of, ledger_of, limit_of, limits_of, standing_of
from app.backoffice.sessions import Session
from app.domain.field import Purpose
from app.domain.privacy.consent import (
    Channel,
    Said,
    Speaker,
    Standing,
    asks_for_consent,
    fields_under_consent,
    last_word,
    state_of,
)
from app.domain.privacy.duties import Duty, may
from app.domain.privacy.under_age import is_of_age, may_be_under_age


def customer_privacy(office: OpenOffice, session: Session, record: bytes) -> CustomerPrivacy:
    """The panel.

    Raises:
        NotAllowedError: code `not_in_queue`.
    """
    with office.database.reading() as db:
        customer = find_record(office, db, session, record)
        standing, ledger, limits = standing_of(db, record), ledger_of(db, record), limits_of(db, record)
        told = db.execute(select(schema.collected.c.notice).where(schema.collected.c.record == record)).scalar()
        notice = in_force(db)
    masks = json.loads(customer.masks)
    asked = {purpose.name for purpose in asks_for_consent(office.inventory)}
    year = office.policy.office_hours.local(office.clock.now_ms()).year
    lines = [_line(office, one, one.name in asked, standing, ledger) for one in office.inventory.purposes]
    of_age = is_of_age(office.inventory, masks, year)
    return CustomerPrivacy(
        purposes=tuple(map(_of_age, lines) if of_age else lines),
        limits=tuple(map(_limit, limits)),
        is_imported=standing.is_imported,
        told_notice=told or "",
        is_of_age=of_age,
        is_child=may_be_under_age(office.inventory, masks, year),
        notice=notice.text if notice is not None else "",
        may_record=may(session.role, Duty.RECORD_CONSENT),
    )


def _line(
    office: OpenOffice, purpose: Purpose, asks: bool, standing: Standing, ledger: Sequence[Row[Any]]
) -> PurposeLine:
    fields = fields_under_consent(office.inventory, purpose) if asks else []
    any_field = next((f for f in office.inventory.fields if purpose.name in f.purposes), None)
    field = fields[0] if fields else (None if asks else any_field)
    word = last_word(map(event_of, ledger), purpose.name)
    row = next((row for row in ledger if word is not None and row.number == word.number), None)
    return PurposeLine(
        name=purpose.name,
        asks=asks,
        state=state_of(purpose, field, standing),
        word=_word(row) if row is not None else None,
    )


def _of_age(line: PurposeLine) -> PurposeLine:
    """A guardian agreed while the customer was a child: work goes on, and they are to be asked themselves."""
    word = line.word
    by_guardian = word is not None and word.said is Said.GIVEN and word.speaker is Speaker.GUARDIAN
    return line.model_copy(update={"asks_anew": True}) if by_guardian else line


def _word(row: Row[Any]) -> ConsentWord:
    receipt = json.loads(row.receipt)
    return ConsentWord(
        id=row.id,
        said=Said.GIVEN if row.given else Said.WITHDRAWN,
        at_ms=row.at_ms,
        channel=Channel(row.channel),
        account=row.account,
        speaker=Speaker(receipt["speaker"]),
        means=receipt["means"],
    )


def _limit(row: Row[Any]) -> LimitLine:
    return LimitLine(purpose=row.purpose, kind=limit_of(row), request=row.number, since_ms=row.since_ms)
