"""What a person has been told of: consoles and commands tell at each sign-in what has happened since the last one.

An approval and a replacement of an authenticator show nothing of it, so their sign-ins leave it to the next one that
does: else whoever has a password and a recovery code could take in what the person should hear.
"""

from sqlalchemy import Connection, func, or_, select

from app.backoffice import schema

_TELLING = frozenset({"console", "command"})


def tells(kind: str) -> bool:
    """Whether sessions of this kind tell their person what has happened."""
    return kind in _TELLING


def told_until(db: Connection, account: str) -> int:
    """Number of the log's entry of an account's last sign-in that told; 0 for none."""
    table = schema.audit.c
    telling = or_(*(table.detail.like(f"kind={kind} %") for kind in sorted(_TELLING)))
    last = select(func.max(table.number)).where(
        table.actor == account, table.event == "sign_in", table.outcome == "ok", telling
    )
    return db.execute(last).scalar() or 0
