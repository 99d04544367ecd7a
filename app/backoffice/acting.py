"""For whom the office works just now: an account in its queues, the office itself, or nobody.

PostgreSQL shows customers' rows by this alone (row-level security): a query that forgets its queues finds nothing in
other ones. It is told inside each transaction and ends with it, so that nothing stays on a connection that others use
next. Invariants: whoever says nothing acts for nobody, and sees no customer; an account's queues come from the book;
work that no person asked for enters `OFFICE` in so many words.
"""

import json
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, func, select
from sqlalchemy.exc import DBAPIError

ACCOUNT_SETTING, QUEUES_SETTING = "tirai.account", "tirai.queues"
_EVERY_QUEUE = "*"


@dataclass(frozen=True, slots=True)
class Acting:
    """Whose work it is.

    Attributes:
        account: name of the account; empty for the office itself and for nobody.
        queues: whose customers it may touch; `*` means all.
    """

    account: str
    queues: tuple[str, ...]


NOBODY = Acting("", ())
OFFICE = Acting("", (_EVERY_QUEUE,))
"""The office's own work: jobs, imports, what ends by time. Never a person's request as a whole."""

_acting: ContextVar[Acting] = ContextVar("acting", default=NOBODY)
_told: WeakKeyDictionary[Connection, Acting] = WeakKeyDictionary()
"""For whom each connection in hand was last told to work; one taken from a pool anew was told nothing."""


def acting() -> Acting:
    """For whom this thread or task works."""
    return _acting.get()


def act_for(who: Acting) -> None:
    """Work for somebody from here on, in this thread or task and in what it starts with a copy of its context."""
    _acting.set(who)


@contextmanager
def acting_for(who: Acting) -> Iterator[None]:
    """Work for somebody in the block; transactions that begin in it are theirs."""
    before = _acting.set(who)
    try:
        yield
    finally:
        _acting.reset(before)


def tell_database(db: Connection, who: Acting | None = None) -> None:
    """Tell PostgreSQL for whom this transaction works; until its end, and no longer.

    Args:
        db: a connection in a transaction.
        who: for whom; by default whoever this thread works for. SQLCipher has one home and is told nothing.
    """
    if db.dialect.name != "postgresql":
        return
    who = who or acting()
    _told[db] = who
    queues = json.dumps(who.queues)
    db.execute(
        select(func.set_config(ACCOUNT_SETTING, who.account, True), func.set_config(QUEUES_SETTING, queues, True))
    )


@contextmanager
def acting_in(db: Connection, who: Acting) -> Iterator[None]:
    """Inside a transaction that is somebody's: a part of it that is somebody else's, and then theirs again.

    What the part returns to the person is the caller's care.

    Args:
        db: a connection in a transaction.
        who: for whom the block works.
    """
    before = _told.get(db, NOBODY)
    with acting_for(who):
        if who == before or db.dialect.name != "postgresql":
            yield
            return
        tell_database(db)
        try:
            yield
        except DBAPIError:  # the transaction is lost, and what it was told with it
            raise
        except BaseException:
            tell_database(db, before)
            raise
        tell_database(db, before)


def for_the_office(db: Connection) -> AbstractContextManager[None]:
    """A part of somebody's transaction that must find what lies in other queues too, as whether an id is taken."""
    return acting_in(db, OFFICE)
