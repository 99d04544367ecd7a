"""Letters to people whose data is erased without their asking (UU PDP art. 45), made while their numbers are known.

They are made in parts. Each is an entry of the log under its customer's record, with the digest of its file. Then the
console says that the file of all of them is written: that is when their people count as told (`told.py`). Nothing else
is kept.
"""

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any, Final

from sqlalchemy import Connection, Row, func, select

from app.api.messages.erasure import AskNotices, EachNotice, EachNotices, SayNoticesKept
from app.backoffice import schema
from app.backoffice.customers import visible
from app.backoffice.erasure.holds import held_among, need_participant
from app.backoffice.erasure.orders import log, subjects_of
from app.backoffice.erasure.told import KEPT, TO_ONE
from app.backoffice.erasure_tables import erasures
from app.backoffice.letter_paper import letters_pdf
from app.backoffice.letter_sender import sender_of
from app.backoffice.office import OpenOffice
from app.backoffice.refused import refusals_logged
from app.backoffice.sessions import Session
from app.domain.access_words import AccessWords
from app.domain.erasure.notice_letter import Notice, notice_letter
from app.domain.erasure.words import Action, Fate, Ground, OrderState
from app.domain.errors import NotAllowedError

MADE = "erasure.notices"
AT_ONCE: Final = 40
LANGUAGES: Final = ("id", "en")
_log = schema.audit.c


def notices_to_each(office: OpenOffice, session: Session, key: bytes, asked: AskNotices) -> EachNotices:
    """The next part of the letters of an order that waits or runs, in the sequence that was signed.

    Raises:
        NotAllowedError: code `role`, `no_order`, or `over`: who is gone has no number any more. Logged.
        AuditUnwritableError: the entries cannot be written; no letter is handed out.
    """
    with refusals_logged(office, session, MADE, reference=key.hex()):
        need_participant(session)
        with office.writing() as db:
            order = _open_order(db, key)
            subjects = subjects_of(db, key)
            part = subjects[asked.after : asked.after + AT_ONCE]
            numbers = _numbers(db, session, _who_goes(db, part))
            letters = []
            for one in part:
                if number := numbers.get(bytes(one.record)):
                    what = (Action(order.action), Ground(order.ground), one.fields)
                    letters.append(_letter(office, order.number, number, *what))
                    digest = hashlib.sha256(letters[-1].pdf).hexdigest()[:16]
                    said = f"number={order.number} sha256={digest}"
                    log(office, db, TO_ONE, key, order.ground, said, [one.record], **session.log_fields())
            done = asked.after + len(part)
            said = f"number={order.number} letters={len(letters)} last={'yes' if done >= len(subjects) else 'no'}"
            log(office, db, MADE, key, order.ground, said, [], **session.log_fields())
    return EachNotices(letters=tuple(letters), done=done, total=len(subjects))


def notices_kept(office: OpenOffice, session: Session, key: bytes, said: SayNoticesKept) -> None:
    """The letters that this person had made lie in a file: their people were told, as far as an office can know.

    Raises:
        NotAllowedError: code `role`, `no_order` or `over`; `no_letters`: this person had none made. Logged.
    """
    with refusals_logged(office, session, KEPT, reference=key.hex()):
        need_participant(session)
        with office.writing() as db:
            order = _open_order(db, key)
            mine = (_log.event == TO_ONE, _log.outcome == "ok", _log.reference == key.hex(), _log.actor == session.name)
            if db.execute(select(_log.number).where(*mine).limit(1)).first() is None:
                raise NotAllowedError("Have the letters made first.", code="no_letters")
            detail = f"number={order.number} letters={said.letters} sha256={said.digest.hex()[:16]}"
            log(office, db, KEPT, key, order.ground, detail, [], **session.log_fields())


def _open_order(db: Connection, key: bytes) -> Row[Any]:
    order = db.execute(select(erasures).where(erasures.c.id == key)).first()
    if order is None:
        raise NotAllowedError("There is no such order.", code="no_order")
    if order.state not in {OrderState.WAITING.value, OrderState.RUNNING.value}:
        raise NotAllowedError("This order was decided already, or its time is over.", code="over")
    return order


def told_of(db: Connection) -> Mapping[str, int]:
    """When letters of orders were last written into a file, ms, by the order's id in hex."""
    made = (_log.event == KEPT, _log.outcome == "ok")
    query = select(_log.reference, func.max(_log.at_ms)).where(*made).group_by(_log.reference)
    return {row[0]: int(row[1]) for row in db.execute(query)}


def _letter(office: OpenOffice, order: int, number: str, action: Action, ground: Ground, fields: str) -> EachNotice:
    """The letter to one, in both languages after each other."""
    letters, inventory, written_ms = [], office.inventory, office.clock.now_ms()
    for language in LANGUAGES:
        labels = tuple(
            inventory.field(name).label(language) if inventory.has(name) else name for name in fields.split()
        )
        notice, words = Notice(order, number, action, ground, labels), AccessWords(language, inventory, office.policy)
        letters.append(notice_letter(notice, sender_of(office), language, written_ms, words.moment))
    return EachNotice(customer_number=number, reference=notice.reference, pdf=letters_pdf(letters, written_ms))


def _who_goes(db: Connection, part: Sequence[Row[Any]]) -> list[bytes]:
    """Those of a part who are to go still: whom a hold keeps is told nothing that will not happen."""
    records = [one.record for one in part if one.fate == Fate.PENDING.value]
    held = held_among(db, records)
    return [record for record in records if record not in held]


def _numbers(db: Connection, session: Session, records: list[bytes]) -> dict[bytes, str]:
    table = schema.customers.c
    query = visible(session, select(table.record, table.number)).where(table.record.in_(records))
    return {bytes(row.record): str(row.number) for row in db.execute(query)}
