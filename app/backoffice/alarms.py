"""The alarm of a workstation where many accounts fail: in the log at once, told to administrators who sign in."""

from sqlalchemy import Connection, select

from app.api.messages.own_account import Alarm
from app.backoffice import schema
from app.backoffice.office import BackOffice, OpenOffice
from app.backoffice.told import told_until
from app.domain.role import Role

EVENT = "sign_in.alarm"
_MOST_TOLD = 20


def look_for_alarm(office: BackOffice, account: str, now_ms: int) -> None:
    """Raise the alarm if many accounts besides this one failed here within the hour."""
    accounts = office.front_door.alarm(account, now_ms)
    if not accounts:
        return
    event = {"event": EVENT, "outcome": "failed", "seat": office.seat, "detail": f"accounts={accounts}"}
    if office.is_open:
        with office.opened.writing() as db:
            office.opened.log.append(db, **event)
        office.front_door.save()
    else:
        office.front_door.note({"at_ms": now_ms, **event})


def alarms_for(office: OpenOffice, db: Connection, account: str) -> tuple[Alarm, ...]:
    """Alarms since an administrator's last sign-in, the newest first; none for others."""
    entry = office.book.account(account)
    if entry is None or entry.role != Role.ADMINISTRATOR.value:
        return ()
    table, since = schema.audit.c, told_until(db, account)
    query = (
        select(table.at_ms, table.seat, table.detail)
        .where(table.event == EVENT, table.number > since)
        .order_by(table.number.desc())
        .limit(_MOST_TOLD)
    )
    return tuple(
        Alarm(at_ms=row.at_ms, seat=row.seat, accounts=int(row.detail.removeprefix("accounts=")))
        for row in db.execute(query)
    )
