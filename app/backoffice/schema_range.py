"""Whether a gateway fits the tables that it finds: a range, since gateways of two releases work beside each other.

The tables tell which version of the schema they are, and the oldest release's that they still serve. SQLCipher's file
has one user and needs none of this (`app/backoffice/database.py`).
"""

from sqlalchemy import Connection, text

from app.backoffice import schema
from app.backoffice.database import put_setting, setting
from app.domain.errors import VerificationError

_MADE, _OLDEST = "schema_version", "schema_oldest"


def put_range(db: Connection, made: int, oldest: int) -> None:
    """Write down, in a migration, what the tables are now and whom they still serve."""
    put_setting(db, _MADE, str(made).encode())
    put_setting(db, _OLDEST, str(oldest).encode())


def range_of(db: Connection) -> tuple[int, int] | None:
    """Oldest and newest version that the tables serve; None where there are no tables, or not for this role."""
    # Tables of a restore that was broken off have no rights for gateways yet.
    may = text("SELECT coalesce(has_table_privilege(to_regclass('public.settings'), 'SELECT'), false)")
    if not db.execute(may).scalar():
        return None
    made, oldest = setting(db, _MADE), setting(db, _OLDEST)
    return (int(oldest), int(made)) if made and oldest else None


def check_range(db: Connection, ours: int = int(schema.SCHEMA_VERSION)) -> None:
    """Demand tables that this gateway can work with.

    Args:
        db: a connection that reads.
        ours: the version that it was written for.

    Raises:
        VerificationError: code `schema_none`, `schema_old` (the tables are older) or `schema_new`.
    """
    served = range_of(db)
    if served is None:
        raise VerificationError("The database has no tables yet. Run: tirai gateway migrate", code="schema_none")
    oldest, made = served
    if ours > made:
        raise VerificationError(
            f"The database is at version {made}, and this gateway needs {ours}. Run: tirai gateway migrate",
            code="schema_old",
        )
    if ours < oldest:
        raise VerificationError(
            f"The database is at version {made} and serves gateways from version {oldest} on; this one is {ours}. "
            "Update the gateway.",
            code="schema_new",
        )
