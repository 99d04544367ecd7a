"""Letters to people whose data is erased without their asking (UU PDP art. 45), made while their numbers are known.

They are made in parts. Each is an entry of the log under its customer's record, with the digest of its file; when the
last part was made is what the order is shown with. Nothing else is kept.
"""

import hashlib
from collections.abc import Mapping
from typing import Final

from sqlalchemy import Connection, func, select

from app.api.messages.erasure import AskNotices, EachNotice, EachNotices
from app.backoffice import schema
from app.backoffice.customers import visible
from app.backoffice.erasure.holds import need_participant
from app.backoffice.erasure.orders import log, subjects_of
from app.backoffice.erasure_tables import erasures
from app.backoffice.letter_paper import letters_pdf
from app.backoffice.office import OpenOffice
from app.backoffice.refused import refusals_logged
from app.backoffice.sessions import Session
from app.domain.erasure.notice_letter import Notice, notice_letter
from app.domain.erasure.words import Action, Ground, OrderState
from app.domain.errors import NotAllowedError

MADE, TO_ONE = "erasure.notices", "erasure.notice_to_one"
AT_ONCE: Final = 40
LANGUAGES: Final = ("id", "en")
_log = schema.audit.c
_LAST: Final = "last=yes"


def notices_to_each(office: OpenOffice, session: Session, key: bytes, asked: AskNotices) -> EachNotices:
    """The next part of the letters of an order that waits or runs, in the sequence that was signed.

    Raises:
        NotAllowedError: code `role`, `no_order`, or `over`: who is gone has no number any more. Logged.
        AuditUnwritableError: the entries cannot be written; no letter is handed out.
    """
    with refusals_logged(office, session, MADE, reference=key.hex()):
        need_participant(session)
        with office.writing() as db:
            order = db.execute(select(erasures).where(erasures.c.id == key)).first()
            if order is None:
                raise NotAllowedError("There is no such order.", code="no_order")
            if order.state not in {OrderState.WAITING.value, OrderState.RUNNING.value}:
                raise NotAllowedError("This order was decided already, or its time is over.", code="over")
            subjects = subjects_of(db, key)
            part = subjects[asked.after : asked.after + AT_ONCE]
            numbers = _numbers(db, session, [one.record for one in part])
            letters = []
            for one in part:
                if number := numbers.get(bytes(one.record)):
                    what = (Action(order.action), Ground(order.ground), one.fields)
                    letters.append(_letter(office, order.number, number, *what))
                    digest = hashlib.sha256(letters[-1].pdf).hexdigest()[:16]
                    said = f"number={order.number} sha256={digest}"
                    log(office, db, TO_ONE, key, order.ground, said, [one.record], **session.log_fields())
            done = asked.after + len(part)
            is_last = done >= len(subjects)
            said = f"number={order.number} letters={len(letters)} {_LAST if is_last else 'last=no'}"
            log(office, db, MADE, key, order.ground, said, [], **session.log_fields())
    return EachNotices(letters=tuple(letters), done=done, total=len(subjects))


def told_of(db: Connection) -> Mapping[str, int]:
    """When the last letters of orders were made, ms, by the order's id in hex."""
    made = (_log.event == MADE, _log.outcome == "ok", _log.detail.like(f"% {_LAST}"))
    query = select(_log.reference, func.max(_log.at_ms)).where(*made).group_by(_log.reference)
    return {row[0]: int(row[1]) for row in db.execute(query)}


def _letter(office: OpenOffice, order: int, number: str, action: Action, ground: Ground, fields: str) -> EachNotice:
    """The letter to one, in both languages after each other."""
    notices, inventory = [], office.inventory
    for language in LANGUAGES:
        labels = tuple(
            inventory.field(name).label(language) if inventory.has(name) else name for name in fields.split()
        )
        notices.append(Notice(order, number, action, ground, labels))
    letters = [
        notice_letter(notice, office.plate.name, language) for notice, language in zip(notices, LANGUAGES, strict=True)
    ]
    pdf = letters_pdf(letters, office.clock.now_ms())
    return EachNotice(customer_number=number, reference=notices[0].reference, pdf=pdf)


def _numbers(db: Connection, session: Session, records: list[bytes]) -> dict[bytes, str]:
    table = schema.customers.c
    query = visible(session, select(table.record, table.number)).where(table.record.in_(records))
    return {bytes(row.record): str(row.number) for row in db.execute(query)}
