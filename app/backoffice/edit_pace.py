"""How fast a person changes fields of customers: so many in a minute and in a shift, counted in the log.

Each edit leaves a version for good, and may lie: neither a hand nor a stolen session overwrites thousands. The count
follows the account over sign-ins, workstations and restarts; a clock that is set back wins nothing
(`app/domain/quota.py`).
"""

from sqlalchemy import Connection, select

from app.backoffice import schema
from app.backoffice.office import OpenOffice
from app.backoffice.quotas import shift_begin
from app.backoffice.sessions import Session
from app.domain.errors import PacedError
from app.domain.quota import SHIFT_S, Quota, Shut, judge, never_earlier

MINUTE_S = 60
EDITED, EMPTIED = "field.edited", "field.emptied"
EVENTS = (EDITED, EMPTIED)
"""Of the log; the successful ones count."""
_audit = schema.audit.c


def keep_edit_pace(office: OpenOffice, db: Connection, session: Session) -> None:
    """Refuse one edit too many, in the transaction that makes it and writes it down; an emptied field is one.

    Args:
        office: the open office.
        db: the transaction.
        session: who edits.

    Raises:
        PacedError: code `edits_pace` or `edits_shift`, with the seconds until the next one.
    """
    now, quota = office.clock.now_ms(), Quota(office.policy.edits_shift, office.policy.edits_minute, MINUTE_S)
    standing = judge(quota, _edited(db, session.name, now - SHIFT_S * 1000), now)
    wait_s = -(-standing.wait_ms // 1000)
    if standing.shut is Shut.QUOTA:
        text = f"All changes of this shift are used; the next one goes in {-(-wait_s // 60)} min. Ask a supervisor."
        raise PacedError(text, code="edits_shift", wait_s=wait_s)
    if standing.shut is Shut.PACE:
        raise PacedError(f"That was fast. Wait {wait_s} s before the next change.", code="edits_pace", wait_s=wait_s)


def _edited(db: Connection, account: str, since_ms: int) -> list[int]:
    """When the account edited in this shift, in the order of the log."""
    first = shift_begin(db, account, since_ms, *EVENTS)
    if first is None:
        return []
    of_account = (_audit.actor == account, _audit.event.in_(EVENTS), _audit.outcome == "ok", _audit.number >= first)
    return never_earlier(db.execute(select(_audit.at_ms).where(*of_account).order_by(_audit.number)).scalars())
