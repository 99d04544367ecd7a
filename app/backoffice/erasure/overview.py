"""Orders as the privacy desk shows them: how far each is, and what the second person signs."""

from collections import Counter
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from sqlalchemy import Connection, Row, func, select

from app.api.messages.erasure import (
    AskCustomer,
    Certificate,
    CertificatePdf,
    CustomerMark,
    ErasureDetail,
    ErasureRow,
    ErasureRows,
    SubjectRow,
)
from app.backoffice import schema
from app.backoffice.acting import for_the_office
from app.backoffice.class_grants import display_names
from app.backoffice.customers import visible
from app.backoffice.erasure.asked_by import request_number
from app.backoffice.erasure.certificate_pdf import pdf_of
from app.backoffice.erasure.certificates import certificate_text
from app.backoffice.erasure.copies import waits_for
from app.backoffice.erasure.holds import is_held, need_participant
from app.backoffice.erasure.notices import told_of
from app.backoffice.erasure.orders import records_of, subjects_of
from app.backoffice.erasure.running import backups_of
from app.backoffice.erasure.told import untold
from app.backoffice.erasure_tables import erasure_subjects, erasures
from app.backoffice.office import OpenOffice
from app.backoffice.refused import refusals_logged
from app.backoffice.sessions import Session
from app.domain.erasure.words import Fate, OrderState
from app.domain.errors import NotAllowedError
from app.sources.records import BadCellError, normalise

MOST, _SAMPLES, _AT_ONCE = 200, 10, 500
CERTIFICATE_READ = "erasure.certificate"


def orders(office: OpenOffice, session: Session) -> ErasureRows:
    """All orders, the newest first.

    Raises:
        NotAllowedError: code `role`.
    """
    need_participant(session)
    with office.database.reading() as db:
        names = display_names(db)
        rows = db.execute(select(erasures).order_by(erasures.c.number.desc()).limit(MOST)).all()
        told = told_of(db)
        return ErasureRows(orders=tuple(_row(office, db, row, names, session, told) for row in rows))


def order(office: OpenOffice, session: Session, key: bytes) -> ErasureDetail:
    """One order with all of its customers.

    Raises:
        NotAllowedError: code `role` or `no_order`.
    """
    need_participant(session)
    with office.database.reading() as db:
        row = db.execute(select(erasures).where(erasures.c.id == key)).first()
        if row is None:
            raise NotAllowedError("There is no such order.", code="no_order")
        found = subjects_of(db, key)
        numbers = _numbers(db, session, [s.record for s in found])
        subjects = tuple(
            SubjectRow(record=s.record, customer_number=numbers.get(s.record, ""), fields=s.fields, fate=Fate(s.fate))
            for s in found
        )
        shown = _row(office, db, row, display_names(db), session, told_of(db))
    return ErasureDetail(
        row=shown, subjects=subjects, digest=row.digest, proposed_by=row.proposed_by, signature=row.signature
    )


def certificate(office: OpenOffice, session: Session, key: bytes) -> Certificate:
    """The certificate of an order that is over; that it was taken stands in the log.

    Raises:
        NotAllowedError: code `role` or `no_certificate`.
    """
    with refusals_logged(office, session, CERTIFICATE_READ, reference=key.hex()):
        need_participant(session)
        with office.writing() as db:
            text = certificate_text(db, key)
            office.log.append(db, CERTIFICATE_READ, reference=key.hex(), **session.log_fields())
    return Certificate(text=text)


def certificate_paper(office: OpenOffice, session: Session, key: bytes, language: str) -> CertificatePdf:
    """The certificate of an order on paper.

    Raises:
        NotAllowedError: see `certificate`.
    """
    return CertificatePdf(pdf=pdf_of(certificate(office, session, key).text, language))


def customer(office: OpenOffice, session: Session, asked: AskCustomer) -> CustomerMark:
    """Which customer of the person's queues has this number.

    Raises:
        NotAllowedError: code `role` or `no_customer`.
    """
    need_participant(session)
    table, kind = schema.customers.c, office.inventory.field(office.inventory.record.number).kind
    with suppress(BadCellError), office.database.reading() as db:
        number = normalise(kind, asked.number) or ""
        record = db.execute(visible(session, select(table.record)).where(table.number == number)).scalar()
        if record is not None:
            return CustomerMark(record=record, customer_number=number, is_held=is_held(db, record))
    raise NotAllowedError("No customer of your queues has this number.", code="no_customer")


def _numbers(db: Connection, session: Session, records: list[bytes]) -> dict[bytes, str]:
    """Numbers of those who are there still, in the person's queues."""
    table, found = schema.customers.c, dict[bytes, str]()
    for at in range(0, len(records), _AT_ONCE):
        query = visible(session, select(table.record, table.number))
        for row in db.execute(query.where(table.record.in_(records[at : at + _AT_ONCE]))):
            found[row.record] = row.number
    return found


def _row(
    office: OpenOffice,
    db: Connection,
    row: Row[Any],
    names: dict[str, str],
    session: Session,
    told: Mapping[str, int],
) -> ErasureRow:
    fates, samples = _fates(db, row.id), []
    if row.state in {OrderState.WAITING, OrderState.RUNNING}:
        table = erasure_subjects.c
        query = select(table.record).where(table.order_id == row.id).order_by(table.place).limit(_SAMPLES)
        samples = list(db.execute(query).scalars())
    is_running = row.state == OrderState.RUNNING.value
    is_open = is_running or row.state == OrderState.WAITING.value
    with for_the_office(db):
        waiting, until = waits_for(office, db, row.id) if is_running else (0, 0)
        backups = tuple(backups_of(db, row)) if is_running else ()
        waits_for_letters = len(untold(db, row, _pending(db, row.id))) if is_open else 0
    return ErasureRow(
        id=row.id,
        number=row.number,
        action=row.action,
        ground=row.ground,
        reference=row.reference,
        state=row.state,
        proposed_by_name=names.get(row.proposed_by, row.proposed_by),
        proposed_ms=row.proposed_ms,
        until_ms=row.until_ms,
        decided_by_name=names.get(row.decided_by, row.decided_by),
        decided_ms=row.decided_ms or 0,
        ended_ms=row.ended_ms or 0,
        unusual=tuple(row.unusual.split()),
        customers=sum(fates.values()),
        done=fates[Fate.ERASED],
        held=fates[Fate.HELD],
        left_out=fates[Fate.NOT_DUE] + fates[Fate.GONE],
        samples=tuple(samples),
        waits_for=waiting,
        copies_until_ms=until,
        backups=backups,
        is_own=row.proposed_by == session.name,
        told_ms=told.get(row.id.hex(), 0),
        untold=waits_for_letters,
        request=request_number(db, row.ground, row.reference, records_of(db, row.id)),
    )


def _pending(db: Connection, key: bytes) -> list[bytes]:
    table = erasure_subjects.c
    query = select(table.record).where(table.order_id == key, table.fate == Fate.PENDING.value)
    return list(db.execute(query).scalars())


def _fates(db: Connection, key: bytes) -> Counter[str]:
    table = erasure_subjects.c
    query = select(table.fate, func.count()).where(table.order_id == key).group_by(table.fate)
    return Counter({row.fate: int(row[1]) for row in db.execute(query)})
