"""How often somebody has asked, over all gateways of an office: token buckets in its database, by its clock.

Invariants: a request takes from all of its buckets or from none; two that come at once at two gateways never take the
same one; nobody waits for whoever writes. A server that falls may forget the last moments: that costs a few requests.
"""

import hashlib
from typing import Final

from sqlalchemy import BigInteger, ColumnElement, Connection, cast, func, select, text
from sqlalchemy.dialects.postgresql import insert

from app.backoffice.postgres import PostgresDatabase
from app.backoffice.rates_schema import request_rates as TABLE  # noqa: N812  (a table)
from app.backoffice.request_rates import Taken
from app.domain.request_limits import Level, Rate, level_now, wait_ms

KEPT_MS: Final = 600_000
"""By then a bucket is full again: the slowest of `RATE_LIMITS` needs less than a minute."""
_NOW: ColumnElement[int] = cast(func.extract("epoch", func.statement_timestamp()) * 1000, BigInteger)


class _RefusedError(Exception):
    """A bucket is empty, so what was taken from others is taken back."""


class TeamRates:
    """Where all gateways of an office count (`RateStore`)."""

    def __init__(self, database: PostgresDatabase) -> None:
        """Count in this database."""
        self._database = database

    def take(self, buckets: Taken, now_ms: int) -> int:
        """See `RateStore.take`.

        Raises:
            DatabaseAwayError: the database does not answer.
        """
        named = sorted((_digest(name), rate) for name, rate in buckets)  # in one order: nobody waits in a ring
        try:
            with self._database.beside() as db:
                db.execute(text("SET LOCAL synchronous_commit = off"))
                for bucket, rate in named:
                    _take_one(db, bucket, rate)
        except _RefusedError:
            with self._database.reading() as db:
                return max(1, *(_wait_ms(db, bucket, rate) for bucket, rate in named))
        return 0


def drop_full(db: Connection) -> int:
    """Forget buckets that are full by now; how many there were."""
    return db.execute(TABLE.delete().where(TABLE.c.at_ms < _NOW - KEPT_MS)).rowcount


def _digest(name: str) -> bytes:
    """A key of one size for accounts, workstations and networks. It hides none of them from who guesses."""
    return hashlib.sha256(name.encode()).digest()[:16]


def _take_one(db: Connection, bucket: bytes, rate: Rate) -> None:
    """The sum of `level_now`, done where the row is locked."""
    back = func.greatest(0, _NOW - TABLE.c.at_ms) * (rate.per_s / 1000)
    left = func.least(float(rate.burst), TABLE.c.level + back)
    first = insert(TABLE).values(bucket=bucket, level=rate.burst - 1.0, at_ms=_NOW)
    taken = first.on_conflict_do_update(
        index_elements=["bucket"],
        set_={"level": left - 1, "at_ms": func.greatest(TABLE.c.at_ms, _NOW)},
        where=left >= 1,
    )
    if db.execute(taken.returning(TABLE.c.bucket)).first() is None:
        raise _RefusedError


def _wait_ms(db: Connection, bucket: bytes, rate: Rate) -> int:
    row = db.execute(select(TABLE.c.level, TABLE.c.at_ms, _NOW.label("now")).where(TABLE.c.bucket == bucket)).first()
    return wait_ms(rate, level_now(rate, Level(row.level, row.at_ms), row.now)) if row is not None else 0
