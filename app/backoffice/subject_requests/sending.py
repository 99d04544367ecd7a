"""That a letter about a request went out: by which way, when, and what proves it.

Tirai sends nothing by itself, so a person says it, and each saying is a row that nothing changes; a second letter is a
second row. The answer left when the first one did: that is what the term is measured by, where it was written down.
"""

from datetime import timedelta
from typing import Any, Final

from sqlalchemy import func, insert, select

from app.api.messages.subject_requests import LetterSent
from app.backoffice.office import OpenOffice
from app.backoffice.sessions import Session
from app.backoffice.subject_requests.rows import RequestRow, log, now_of
from app.backoffice.subject_requests.working import worked_row
from app.backoffice.subject_tables import request_letters
from app.domain.errors import InputRefusedError

SENT: Final = "request.sent"
_T = request_letters.c


def letter_sent(office: OpenOffice, session: Session, request: bytes, said: LetterSent) -> None:
    """Keep that its letter went out.

    Raises:
        NotAllowedError: code `role`, `no_request`, `not_ended` or `no_letter`. Logged.
        InputRefusedError: code `too_early`: it had not ended on that day. Logged.
    """
    with worked_row(office, session, SENT, request) as (db, row):
        now_of(row).judge_sent()
        now = office.clock.now_ms()
        values: dict[str, Any] = {
            "number": 1 + int(db.execute(select(func.coalesce(func.max(_T.number), 0))).scalar_one()),
            "request": row.id, "way": said.way.value, "reference": said.reference,
            "sent_ms": _sent_ms(office, row, now, said.days_ago), "told_by": session.name, "told_ms": now,
        }  # fmt: skip
        db.execute(insert(request_letters).values(values))
        proof = f" reference={office.log.keyed_hash(said.reference)}" if said.reference else ""
        log(office, db, session, SENT, row, reason=said.way.value, detail=f"days={said.days_ago}{proof}")


def _sent_ms(office: OpenOffice, row: RequestRow, now_ms: int, days_ago: int) -> int:
    """When it went out: now, or on a day that is over, which says no hour and so takes the end of that day.

    Raises:
        InputRefusedError: code `too_early`.
    """
    if not days_ago:
        return now_ms
    hours = office.policy.office_hours
    day = hours.local(now_ms).date() - timedelta(days=days_ago)
    if day < hours.local(row.ended_ms).date():
        raise InputRefusedError("The request had not ended on that day.", code="too_early")
    after = hours.local(now_ms).replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(days=days_ago - 1)
    return min(now_ms, round(after.timestamp() * 1000) - 1)
