"""An erasure behind a gateway, killed at its statements: customers are whole or gone, one certificate comes last.

Each try goes a little further than the one before and dies there: the gateway, whose server then undoes what was not
committed, or PostgreSQL itself with SIGKILL. The next try goes on from what is there.
"""

import functools
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, select

from app.auth.erasure_certificate import checked_certificate
from app.backoffice.acting import OFFICE, acting_for
from app.backoffice.erasure import running
from app.backoffice.erasure_tables import erasures
from app.backoffice.log_proof import check_whole
from app.backoffice.postgres import DatabaseAwayError
from tests.demo.customers import demo_customers
from tests.office.door import rows_of
from tests.office.erasing import approved, whole_or_gone
from tests.office.team import TeamMade, team_office

TWO, EACH, SERVER_EACH = 2, 1, 20
"""Customers; each statement is a place to die; at every twentieth of them it is the server that dies."""


class DiedError(BaseException):
    """The gateway is gone; nothing in the program catches this."""


@pytest.fixture
def office(tmp_path: Path) -> Iterator[TeamMade]:
    with team_office(tmp_path) as made:
        made.hire("dewi", "Dewi Lestari", "privacy_officer", ("*",))
        made.bring_in([c | {"queue": "billing"} for c in demo_customers(3, 5)])
        yield made


@contextmanager
def dying_at(office: TeamMade, statement: int, *, server: bool) -> Iterator[None]:
    """Within the block somebody dies before this statement."""
    count, here = 0, threading.get_ident()

    def said(*_about: Any) -> None:
        nonlocal count
        if threading.get_ident() != here:
            return  # the gateway's own, which listens for events
        count += 1
        if count == statement:
            if not server:
                raise DiedError
            office.database.server.kill()

    engine = office.pool._engine
    event.listen(engine, "before_cursor_execute", said)
    try:
        yield
    finally:
        event.remove(engine, "before_cursor_execute", said)
        if not office.database.server.runs:
            office.database.server.start()


def is_over(office: TeamMade) -> bool:
    with acting_for(OFFICE), office.back_office.opened.database.reading() as db:
        return bool(db.execute(select(erasures.c.certificate)).scalar_one())


@pytest.mark.slow
@pytest.mark.attack("A51")
def test_that_an_erasure_killed_at_any_statement_is_never_half_told_and_ends_with_one_certificate(
    office: TeamMade, monkeypatch: pytest.MonkeyPatch
) -> None:
    records = [row.record for row in rows_of(office, "customers")][:TWO]
    monkeypatch.setattr(running, "step_in", functools.partial(running.step_in, most=1))
    gone, statement, deaths = set[int](), 1, {True: 0, False: 0}
    with approved(office, records, monkeypatch):
        opened = office.back_office.opened
        while not is_over(office):
            server = statement // EACH % SERVER_EACH == SERVER_EACH - 1
            with dying_at(office, statement, server=server):
                try:
                    running.go_on(opened)
                except (DiedError, DatabaseAwayError):
                    deaths[server] += 1
            gone.add(whole_or_gone(opened, records))
            statement += EACH
        assert gone == {0, 1, TWO}, "before, between and after"
        assert all(deaths.values()), "both have died"
        assert not running.go_on(opened), "and it is over once"
        whole_or_gone(opened, records)
        check_whole(opened)
        with acting_for(OFFICE), opened.database.reading() as db:
            text = db.execute(select(erasures.c.certificate)).scalar_one()
        assert checked_certificate(text, opened.id)["fates"] == {"erased": TWO}
