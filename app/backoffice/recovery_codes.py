"""Recovery codes at the office: made here, sent once, kept as hashes, each good once (`app/auth/recovery_codes.py`)."""

import secrets

from sqlalchemy import Connection, delete, func, select

from app.auth.recovery_codes import new_recovery_codes, recovery_code_text
from app.backoffice import schema
from app.backoffice.office import OpenOffice
from app.crypto.account_keys import stored_recovery_code
from app.crypto.derive import same

SALT_BYTES = 16


def give_recovery_codes(office: OpenOffice, db: Connection, account: str) -> tuple[str, ...]:
    """Make ten codes in the caller's transaction; earlier ones are dead.

    Returns:
        The codes as a person reads them, for the answer alone.
    """
    table, salt, codes = schema.recovery_codes, secrets.token_bytes(SALT_BYTES), new_recovery_codes()
    db.execute(delete(table).where(table.c.account == account))
    db.execute(schema.accounts.update().where(schema.accounts.c.name == account).values(recovery_salt=salt))
    for number, code in enumerate(codes, 1):
        hashed = stored_recovery_code(office.keys.pepper, account, code, salt)
        db.execute(table.insert().values(account=account, number=number, hash=hashed))
    return tuple(recovery_code_text(code) for code in codes)


def use_recovery_code(office: OpenOffice, db: Connection, account: str, code: str) -> bool:
    """Use a code up, in the caller's transaction, if it is one of the account's."""
    table = schema.recovery_codes
    salt = db.execute(select(schema.accounts.c.recovery_salt).where(schema.accounts.c.name == account)).scalar_one()
    hashed = stored_recovery_code(office.keys.pepper, account, code, salt or bytes(SALT_BYTES))
    rows = db.execute(select(table).where(table.c.account == account)).all()
    fits = [row.number for row in rows if same(row.hash, hashed)]
    for number in fits:
        db.execute(delete(table).where(table.c.account == account, table.c.number == number))
    return bool(fits)


def derive_for_nothing(account: str, code: str) -> None:
    """What judging a recovery code costs, where there is none to judge: nobody shall tell the two apart."""
    stored_recovery_code(bytes(32), account, code, bytes(SALT_BYTES))


def recovery_codes_left(db: Connection, account: str) -> int:
    """How many are unused."""
    table = schema.recovery_codes
    return db.execute(select(func.count()).where(table.c.account == account)).scalar_one()
