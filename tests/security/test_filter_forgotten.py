"""A fault in the code: the filter of queues is gone from every query. Behind a gateway the database still refuses.

Enforced by *authority*: PostgreSQL's policies show a person's transaction customers of that person's queues alone.
"""

import secrets
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx
import pytest
from sqlalchemy import Select

from app.api.client import caller_checks
from app.api.messages.caller_checks import Lookup
from app.api.server import service
from app.backoffice import customers, schema
from app.backoffice.acting import OFFICE, act_for
from app.backoffice.sessions import Session
from app.domain.actions import Actions
from app.session.identity import Identity
from tests.demo.customers import demo_customers
from tests.office.door import rows_of
from tests.office.made import Bare
from tests.office.team import PrivateTeam, team_office
from tests.security.role_matrix import KINDS, expected
from tests.security.route_calls import CALLS, LAST, OK, POST, Asked, outcome_of

OWN, FOREIGN = "delivery", "billing"
PHONE = "+62 812 7001 7002"
NEEDLE = secrets.token_hex(8)
"""Stands in each foreign customer's number and in no other."""
REFUSED = {"not_in_queue", "no_customer"}


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PrivateTeam]:
    with team_office(tmp_path_factory.mktemp("office"), kind=PrivateTeam) as made:
        assert isinstance(made, PrivateTeam)
        made.hire("yoga", "Yoga Pratama", queues=(OWN,))
        rows = [row | {"queue": OWN, "customer_number": f"OWN-{n}"} for n, row in enumerate(demo_customers(2, 7))]
        rows += [
            row | {"queue": FOREIGN, "customer_number": f"{NEEDLE}-{n}", "mobile_phone": PHONE}
            for n, row in enumerate(demo_customers(2, 8))
        ]
        made.bring_in(rows)
        made.actions = Actions(1_000, (POST,))
        yield made


@pytest.fixture
def yoga(office: PrivateTeam) -> Iterator[Bare]:
    session = office.bare("yoga")
    yield session
    session.end()


def unfiltered(_session: Session, query: Select[Any], *, by_queue: bool = True) -> Select[Any]:
    """What `visible` is without the queues."""
    table = schema.customers
    return query.join(schema.imports, schema.imports.c.id == table.c.import_id).where(schema.imports.c.committed)


@pytest.fixture
def _without_filter(monkeypatch: pytest.MonkeyPatch) -> None:
    """Within the test no query of the office asks for queues."""
    true, users = customers.visible, 0
    for name, module in [*sys.modules.items()]:
        if name.startswith("app.backoffice") and getattr(module, "visible", None) is true:
            monkeypatch.setattr(module, "visible", unfiltered)
            users += 1
    assert users > 6, "whoever reads customers goes by the filter"


def record_in(office: PrivateTeam, queue: str) -> bytes:
    return next(bytes(row.record) for row in rows_of(office, "customers") if row.queue == queue)


@contextmanager
def hearing(who: Identity) -> Iterator[list[bytes]]:
    """All that comes in answer to somebody's calls in the block."""
    heard: list[bytes] = []
    hooks = who.client._http.event_hooks

    def note(answer: httpx.Response) -> None:
        heard.append(answer.read())

    who.client._http.event_hooks = {**hooks, "response": [note]}
    yield heard
    who.client._http.event_hooks = hooks


def read_everything(who: Identity) -> list[bytes]:
    """What comes by whatever lists, streams or finds customers."""
    with hearing(who) as heard:
        who.client.customer_page(0, 100)
        who.client.customer_changes((0, 0), 100)
        heard.append(str(caller_checks.look_up(who.client, Lookup(text=PHONE)).records).encode())
    with who.client.fill(None) as line:
        heard += [*line._lines]
    return heard


@pytest.mark.attack("A48")
@pytest.mark.usefixtures("_without_filter")
def test_that_nothing_of_another_queue_comes_out_of_any_call(office: PrivateTeam, yoga: Bare) -> None:
    """Each call of a console, with its own customer and with a foreign one."""
    asked = Asked(yoga.identity)
    foreign, own, about = record_in(office, FOREIGN), record_in(office, OWN), list[str]()
    calls = [name for name in CALLS if name in KINDS["console"] and name not in LAST]
    with hearing(yoga.identity) as heard:
        for call in calls:
            assert outcome_of(call, yoga.identity, own) == expected(call, "agent", "console", is_gateway=True), call
            if asked.is_about(own):
                about.append(call)
        for call in about:
            usual = expected(call, "agent", "console", is_gateway=True)
            assert outcome_of(call, yoga.identity, foreign) in REFUSED | ({usual} - {OK}), call
    assert len(about) > 20
    assert len(heard) > len(calls)
    assert not [answer for answer in heard if NEEDLE.encode() in answer]


@pytest.mark.usefixtures("_without_filter")
def test_that_lists_streams_and_lookups_give_own_customers_alone(office: PrivateTeam, yoga: Bare) -> None:
    heard = b" ".join(read_everything(yoga.identity))
    assert b"OWN-0" in heard
    assert NEEDLE.encode() not in heard
    assert repr(record_in(office, FOREIGN)).encode() not in heard


@pytest.mark.usefixtures("_without_filter")
def test_that_it_is_the_database_that_refuses(office: PrivateTeam, yoga: Bare, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: the same calls give everything where the database is told that the office itself asks."""
    monkeypatch.setattr(service, "act_for", lambda _who: act_for(OFFICE))
    heard = b" ".join(read_everything(yoga.identity))
    assert heard.count(NEEDLE.encode()) >= 2 * 3, "the list, the changes and the stream"
    assert repr(record_in(office, FOREIGN)).encode() in heard, "the lookup"
