"""What an account loses with its place, in the transaction of the entry that takes it: sessions, classes, factors."""

from sqlalchemy import Connection, delete, func, select, update

from app.backoffice import schema
from app.backoffice.office import OpenOffice
from app.backoffice.sessions import end_sessions_of

KINDS = ("console", "approval", "command", "replace")


def end_everywhere(office: OpenOffice, db: Connection, account: str, cause: str) -> int:
    """End all sessions of an account; how many there were."""
    table = schema.sessions
    running = select(func.count()).select_from(table).where(table.c.account == account, table.c.ended_ms.is_(None))
    count: int = db.execute(running).scalar_one()
    for kind in KINDS:
        end_sessions_of(office, db, account, kind, cause)
    return count


def drop_lost_grants(office: OpenOffice, db: Connection, account: str) -> None:
    """Class keys that are kept for an account and that the book does not show it holding any more."""
    table = schema.class_grants
    held = [c.value for c in office.book.granted(account)]
    db.execute(delete(table).where(table.c.account == account, table.c.data_class.not_in(held)))


def lose_place(office: OpenOffice, db: Connection, account: str, cause: str) -> None:
    """After a reset or a closing: sessions end, classes and wrapped keys go, and every factor with them."""
    end_everywhere(office, db, account, cause)
    drop_lost_grants(office, db, account)
    table = schema.accounts
    empty = {"verifier": b"", "wrapped_keys": b"", "totp": b"", "next_verifier": None, "next_keys": None}
    counts = {"authenticator_ms": 0, "password_ms": 0, "code_failures": 0, "recovery_salt": b""}
    db.execute(update(table).where(table.c.name == account).values(**empty, **counts))
    for kept in (schema.recovery_codes, schema.wrong_codes):
        db.execute(delete(kept).where(kept.c.account == account))
