"""The peer of the load on gateways: the statements of the same rounds, by psycopg, without HTTP, TLS and the office.

A gateway is served once with a listener that writes down what it sends to PostgreSQL, while a console does a round. The
peer sends just that, in the same transactions, as the same role, with the same driver, and commits. What must be new in
a row (keys that no row had, the log's next number) is made anew each time. Its connections are its threads' own.
"""

import pickle
import re
import secrets
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg

from app.backoffice import schema
from benchmarks.team_console import CALLS, Console

RECORDER = """
import pickle
from sqlalchemy import event
from sqlalchemy.engine import Engine
_kept = open({path!r}, "ab", buffering=0)
def _keep(db, what, parameters=None, many=False):
    _kept.write(pickle.dumps((id(db.connection.dbapi_connection), what, parameters, many)))
event.listen(Engine, "before_cursor_execute", lambda db, _c, what, rest, _x, many: _keep(db, what, rest, many))
event.listen(Engine, "begin", lambda db: _keep(db, "BEGIN"))
event.listen(Engine, "commit", lambda db: _keep(db, "COMMIT"))
event.listen(Engine, "rollback", lambda db: _keep(db, "ROLLBACK"))
"""
"""Python that runs in the gateway before it."""
_HEAD = re.compile(r"^SELECT audit\.number, audit\.hash\s+FROM audit ORDER BY audit\.number DESC")
_INTO = re.compile(r"^INSERT INTO (\w+)")
_NEEDED = re.compile(
    r"pg_advisory_xact_lock|set_config|SET LOCAL|^SELECT audit\.number, audit\.hash|^INSERT INTO audit "
)
_WRITES = re.compile(r"pg_advisory_xact_lock|^(INSERT|UPDATE|DELETE)")
_OWN_WORK = ("gateways", "jobs", "schedules")
"""Tables of what a gateway does beside its requests."""


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement as the gateway sent it."""

    words: str
    values: Any
    many: bool


Transaction = list[Statement]
Round = dict[str, list[Transaction]]
"""By call."""


class Tape:
    """What a recording gateway has sent."""

    def __init__(self, path: Path) -> None:
        self._path, self._read = path, 0
        path.touch()

    def take(self) -> list[Transaction]:
        """Transactions that have ended since the last time."""
        open_ones: dict[int, Transaction] = {}
        ended = []
        with self._path.open("rb") as file:
            file.seek(self._read)
            for db, words, values, many in _words_of(file):
                if words == "BEGIN":
                    open_ones[db] = []
                elif words in {"COMMIT", "ROLLBACK"}:
                    if (done := open_ones.pop(db, [])) and not any(_is_own_work(s.words) for s in done):
                        ended.append(done)
                else:
                    bare = [_bare(one) for one in values] if many else _bare(values)
                    open_ones.setdefault(db, []).append(Statement(words, bare, many))
            self._read = file.tell()
        return ended


def _words_of(file: Any) -> Iterator[tuple[int, str, Any, bool]]:
    while True:
        try:
            yield pickle.load(file)  # what our own gateway wrote
        except EOFError:
            return


def _bare(values: Any) -> Any:
    """Values without the driver's wrapping of bytes."""
    if not isinstance(values, Mapping):
        return values
    return {name: v.obj if isinstance(v, psycopg.Binary) else v for name, v in values.items()}


def _is_own_work(words: str) -> bool:
    return any(re.search(rf"\b{table}\b", words) for table in _OWN_WORK)


def recorded(console: Console, tape: Tape, customers: Sequence[dict[str, str]], at: int) -> Round:
    """One console's round, as the gateway's transactions by call.

    Args:
        console: signed in at the recording gateway; nobody else is.
        tape: of that gateway.
        customers: of its queue.
        at: which of them calls.
    """
    tape.take()
    found: Round = {}
    for call in console.calls(customers, at):
        found[call] = tape.take()
    assert tuple(found) == CALLS, console.seen.errors
    return found


def takes_lock(transaction: Transaction) -> bool:
    """Whether it is one that no other writes beside."""
    return any("pg_advisory_xact_lock" in statement.words for statement in transaction)


def least_write(round_: Round) -> Round:
    """The least that leaves an entry of the log: the writers' lock, who acts, the log's head, the entry, the commit."""
    for transaction in round_["verify"]:
        kept = [statement for statement in transaction if _NEEDED.search(statement.words)]
        if any(statement.words.startswith("INSERT INTO audit ") for statement in kept):
            return {"write": [kept]}
    raise ValueError("no transaction of the round writes an entry")


def replay(
    words: Mapping[str, str], round_: Round, until: Callable[[], bool], took: Callable[[str, float], object]
) -> int:
    """Send a round's transactions again and again over one connection; how many rounds.

    Args:
        words: libpq's.
        round_: what to send.
        until: whether the time is over; asked before each round.
        took: told each call and its milliseconds.
    """
    rounds = 0
    place: Any = dict(words)
    with psycopg.connect(**place, autocommit=True, prepare_threshold=None) as db:
        while not until():
            fresh = _Fresh(round_)
            for call, transactions in round_.items():
                began = time.perf_counter()
                for transaction in transactions:
                    _send(db, transaction, fresh)
                took(call, (time.perf_counter() - began) * 1000)
            rounds += 1
    return rounds


def _send(db: "psycopg.Connection[Any]", transaction: Transaction, fresh: "_Fresh") -> None:
    writes = any(_WRITES.search(statement.words) for statement in transaction)
    db.execute("BEGIN" if writes else "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
    for statement in transaction:
        words: Any = statement.words
        if statement.many:
            with db.cursor() as cursor:
                cursor.executemany(words, [fresh.of(statement, values) for values in statement.values])
            continue
        done = db.execute(words, fresh.of(statement, statement.values))
        if done.description is not None:
            rows = done.fetchall()
            if _HEAD.match(statement.words):
                fresh.number = rows[0][0] if rows else 0
    db.execute("COMMIT")


class _Fresh:
    """New keys for one round, the same ones wherever the recorded ones stood.

    Attributes:
        number: of the log's last entry, as this round has read it.
    """

    def __init__(self, round_: Round) -> None:
        self.number = 0
        self._keys = {old: secrets.token_bytes(len(old)) for old in _new_keys(round_)}

    def of(self, statement: Statement, values: Any) -> Any:
        """A statement's values with the new keys in them."""
        if not isinstance(values, Mapping):
            return values
        made = {name: self._keys.get(v, v) if isinstance(v, bytes) else v for name, v in values.items()}
        if statement.words.startswith("INSERT INTO audit "):
            made["number"] = self.number + 1
            made["hash"] = secrets.token_bytes(32)
        elif statement.words.startswith("INSERT INTO checkpoints "):
            made["number"] = self.number + 1
        return made


def _new_keys(round_: Round) -> set[bytes]:
    """Values of key columns that a round's inserts bring, and that refer to no other table's row."""
    new: set[bytes] = set()
    for transaction in (t for transactions in round_.values() for t in transactions):
        for statement in transaction:
            into = _INTO.match(statement.words)
            if into is None or into[1] not in schema.metadata.tables:
                continue
            for values in statement.values if statement.many else [statement.values]:
                new |= {v for name, v in values.items() if isinstance(v, bytes) and _is_own_key(into[1], name)}
    return new


def _is_own_key(table: str, column: str) -> bool:
    found = schema.metadata.tables[table].columns.get(column)
    if found is None or found.foreign_keys:
        return False
    unique = any(column in index.columns for index in found.table.indexes if index.unique)
    return bool(found.primary_key or found.unique or unique)
