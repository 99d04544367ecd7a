"""Everybody is told at their next sign-in that the recovery kit was used: it can do more than anybody."""

from sqlalchemy import Connection, select

from app.api.messages.recovery import RecoveryUse, Use
from app.backoffice import schema
from app.backoffice.told import told_until
from app.domain.role import Role

_USES: dict[str, Use] = {
    "recovery.open": "open",
    "recovery.accept": "accept",
    "office.restored": "restore",
    "class.grant": "grant",
}
_MOST_TOLD = 20


def recoveries_for(db: Connection, account: str) -> tuple[RecoveryUse, ...]:
    """Uses of the kit since an account's last sign-in, the newest first."""
    table = schema.audit.c
    query = (
        select(table.at_ms, table.event)
        .where(table.actor == Role.RECOVERY.value, table.event.in_(_USES), table.number > told_until(db, account))
        .order_by(table.number.desc())
        .limit(_MOST_TOLD)
    )
    return tuple(RecoveryUse(at_ms=row.at_ms, use=_USES[row.event]) for row in db.execute(query))
