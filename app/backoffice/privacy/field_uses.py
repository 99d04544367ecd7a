"""Which fields are used, counted from the log: opened, handed to a program or compared with what a caller says."""

from typing import Final

from sqlalchemy import func, select

from app.api.messages.privacy_record import FieldUseRow, FieldUses
from app.backoffice import schema
from app.backoffice.office import OpenOffice
from app.backoffice.privacy.duty_gate import must_have
from app.backoffice.sessions import Session
from app.domain.privacy.duties import Duty
from app.domain.privacy.unused import field_uses, since_ms

USES: Final = ("reveal", "use", "verify")
"""Events that use a field. A comparison that did not match was one, too; what was refused was none."""


def uses_of_fields(office: OpenOffice, session: Session) -> FieldUses:
    """What is known of each field's use.

    Raises:
        NotAllowedError: code `role_privacy`.
    """
    must_have(session, Duty.READ_RECORD)
    log, now = schema.audit.c, office.clock.now_ms()
    where = (log.event.in_(USES), log.outcome != "refused", log.at_ms >= since_ms(now), log.field != "")
    query = select(log.field, func.count(), func.max(log.at_ms)).where(*where).group_by(log.field)
    with office.database.reading() as db:
        used = {name: (times, last) for name, times, last in db.execute(query)}
        begins = db.execute(select(func.min(log.at_ms))).scalar()
    rows = field_uses(office.inventory, used, begins, now)
    return FieldUses(
        rows=tuple(FieldUseRow(field=r.field, usage=r.usage, times=r.times, last_ms=r.last_ms) for r in rows),
        log_since_ms=begins,
    )
