"""PostgreSQL killed at a named moment of a request: by what the gateway says to it, not by time."""

import contextlib
from collections.abc import Callable, Iterator
from enum import StrEnum
from typing import Any, TypeVar

import pytest
from sqlalchemy import Connection, event

from app.backoffice.log_proof import check_whole
from app.domain.errors import WorkstationError
from tests.office.door import opened
from tests.office.team import TeamMade

T = TypeVar("T")


class Moment(StrEnum):
    """When the server dies."""

    ENTRY = "before the entry"
    COMMIT = "before the commit"
    ANSWER = "after the commit, before the answer"


@contextlib.contextmanager
def killed_at(office: TeamMade, moment: Moment) -> Iterator[None]:
    """Within the block the server dies, once, around the first transaction that writes to the log; then it is back."""
    engine, server = office.pool._engine, office.database.server
    writes: list[Connection] = []
    lines: list[Any] = []  # of the transaction that is committed

    def kill() -> None:
        if server.runs:
            server.kill()

    def said(db: Connection, _cursor: Any, statement: str, *_rest: Any) -> None:
        if statement.startswith("INSERT INTO audit ") and not writes:
            writes.append(db)
            if moment is Moment.ENTRY:
                kill()

    def committing(db: Connection) -> None:
        if db in writes:
            lines.append(db.connection.dbapi_connection)
            if moment is Moment.COMMIT:
                kill()

    def given_back(line: Any, *_record: Any) -> None:
        if line in lines and moment is Moment.ANSWER:  # others give theirs back before the commit is through
            kill()

    heard = (("before_cursor_execute", said), ("commit", committing), ("checkin", given_back))
    for what, hears in heard:
        event.listen(engine, what, hears)
    try:
        yield
    finally:
        for what, hears in heard:
            event.remove(engine, what, hears)
        assert writes, "nothing was written, so nobody died"
        if not server.runs:
            server.start()


def done_in_spite(office: TeamMade, moment: Moment, ask: Callable[[], T]) -> T | None:
    """Ask while the server dies; what is answered, or None where the console was told that the database is away."""
    answer, told = None, ("", "")
    with killed_at(office, moment):
        try:
            answer = ask()
        except WorkstationError as e:
            told = (e.code, e.message)
    if told != ("", ""):
        assert told[0] == "database_away"
        assert "try again in a moment" in told[1]
    else:
        assert moment is Moment.ANSWER, "what is not committed is not acknowledged"
    return answer


@contextlib.contextmanager
def full_disk(office: TeamMade) -> Iterator[None]:
    """Within the block the server refuses an entry of the log with PostgreSQL's own word for a full disk."""
    office.database.execute(
        "CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = 'disk_full'; END $$",
        "tirai_owner",
    )
    office.database.execute(
        "CREATE TRIGGER full_disk BEFORE INSERT ON audit FOR EACH ROW EXECUTE FUNCTION full_disk()", "tirai_owner"
    )
    try:
        yield
    finally:
        office.database.execute("DROP FUNCTION full_disk() CASCADE", "tirai_owner")


def log_holds(office: TeamMade) -> None:
    """The whole chain verifies, and no entry is half there."""
    check_whole(opened(office))


every_moment = pytest.mark.parametrize("moment", list(Moment))
