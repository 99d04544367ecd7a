"""A person is told at their next sign-in that a factor of theirs was changed, or their account reset (ASVS V6.3.7).

Their own changes, too: whoever changed it in an open session is not always who reads this.
"""

from sqlalchemy import Connection, and_, or_, select

from app.api.messages.own_account import FactorChange, FactorName
from app.backoffice import schema
from app.backoffice.told import told_until
from app.domain.role import Role

_OWN: dict[str, FactorName] = {
    "password.change": "password",
    "authenticator.replace": "authenticator",
    "recovery_codes.new": "recovery_codes",
}
_RESET = "account.reset"
_MOST_TOLD = 20


def factor_changes_for(db: Connection, account: str) -> tuple[FactorChange, ...]:
    """Changes of an account's factors since its last sign-in that told, the newest first.

    A reset by the recovery kit is not among them: everybody is told of the kit's use (`recovery_notice`).
    """
    table = schema.audit.c
    by_oneself = and_(table.event.in_(_OWN), table.actor == account)
    by_two = and_(table.event == _RESET, table.acting_with == account, table.actor != Role.RECOVERY.value)
    query = (
        select(table.at_ms, table.seat, table.event)
        .where(or_(by_oneself, by_two), table.outcome == "ok", table.number > told_until(db, account))
        .order_by(table.number.desc())
        .limit(_MOST_TOLD)
    )
    return tuple(
        FactorChange(at_ms=row.at_ms, seat=row.seat, what=_OWN.get(row.event, "reset")) for row in db.execute(query)
    )
