"""What an account loses with its place, in the transaction of the entry that takes it: sessions, classes, factors."""

from sqlalchemy import Connection, delete, update

from app.backoffice import schema
from app.backoffice.office import OpenOffice
from app.backoffice.session_ends import end_others


def drop_lost_grants(office: OpenOffice, db: Connection, account: str) -> None:
    """Class keys that are kept for an account and that the book does not show it holding any more."""
    table = schema.class_grants
    held = [c.value for c in office.book.granted(account)]
    db.execute(delete(table).where(table.c.account == account, table.c.data_class.not_in(held)))


def lose_place(office: OpenOffice, db: Connection, account: str, cause: str) -> None:
    """After a reset or a closing: sessions end, classes and wrapped keys go, and every factor with them."""
    end_others(office, db, account, None, cause)
    drop_lost_grants(office, db, account)
    table = schema.accounts
    empty = {"verifier": b"", "wrapped_keys": b"", "totp": b"", "next_verifier": None, "next_keys": None}
    counts = {"totp_master": None, "authenticator_ms": 0, "password_ms": 0, "code_failures": 0, "recovery_salt": b""}
    db.execute(update(table).where(table.c.name == account).values(**empty, **counts))
    for kept in (schema.recovery_codes, schema.wrong_codes):
        db.execute(delete(kept).where(kept.c.account == account))
