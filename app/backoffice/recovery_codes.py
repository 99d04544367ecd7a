"""Recovery codes at the office: made here, sent once, kept as hashes, each good once (`app/auth/recovery_codes.py`)."""

import secrets
from dataclasses import dataclass

from sqlalchemy import Connection, delete, func, select

from app.auth.recovery_codes import new_recovery_codes, recovery_code_text
from app.backoffice import schema
from app.backoffice.office import OpenOffice
from app.crypto.account_keys import stored_recovery_code
from app.crypto.derive import same

SALT_BYTES = 16


@dataclass(frozen=True, slots=True, repr=False)
class MadeCodes:
    """Ten codes and what is kept of them.

    Attributes:
        texts: the codes as a person reads them, for the answer alone.
        salt: of the account's hashes.
        hashes: in the order of the codes.
    """

    texts: tuple[str, ...]
    salt: bytes
    hashes: tuple[bytes, ...]


def make_recovery_codes(pepper: bytes, account: str) -> MadeCodes:
    """Make and hash ten codes; before a transaction begins, since everybody who writes would wait for it."""
    salt, codes = secrets.token_bytes(SALT_BYTES), new_recovery_codes()
    hashes = tuple(stored_recovery_code(pepper, account, code, salt) for code in codes)
    return MadeCodes(tuple(recovery_code_text(code) for code in codes), salt, hashes)


def give_recovery_codes(db: Connection, account: str, made: MadeCodes) -> None:
    """Keep the codes in the caller's transaction; earlier ones are dead."""
    table = schema.recovery_codes
    db.execute(delete(table).where(table.c.account == account))
    db.execute(schema.accounts.update().where(schema.accounts.c.name == account).values(recovery_salt=made.salt))
    rows = [{"account": account, "number": n, "hash": hashed} for n, hashed in enumerate(made.hashes, 1)]
    db.execute(table.insert(), rows)


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
