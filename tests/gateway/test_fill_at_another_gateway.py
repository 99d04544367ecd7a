"""A gateway is killed while a cache fills from it: the console goes on at another one, and every row is there once."""

import json
import socket
from pathlib import Path

import httpx
import pytest
from sqlalchemy import select

from app.api.client.client import ApiClient
from app.api.client.transport import SocketTransport
from app.backoffice import filling as office_filling
from app.backoffice import schema
from app.backoffice.acting import OFFICE, acting_for
from app.session import filling
from app.session.sign_in import SignIn
from tests.demo.customers import demo_customers
from tests.office.another_gateway import AnotherGateway
from tests.office.made import SEAT
from tests.office.team import PrivateTeam, TeamMade, team_office

ROWS, CHUNK = 23, 5


class Balancer(httpx.BaseTransport):
    """Streams go to the first gateway while it lives, everything else to the second one.

    Attributes:
        went: where each stream went.
    """

    def __init__(self, first: Path, second: Path) -> None:
        self._first, self._second = SocketTransport(first), SocketTransport(second)
        self.went: list[str] = []

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        return self._second.handle_request(request)

    def open_line(self) -> socket.socket:
        try:
            line, gateway = self._first.open_line(), "first"
        except httpx.ConnectError:
            line, gateway = self._second.open_line(), "second"
        self.went.append(gateway)
        return line

    def close(self) -> None:
        self._first.close()
        self._second.close()


def make_rows_heavy(office: TeamMade) -> None:
    """So much in each row that no system keeps the rest of a stream for a console that is killed before its end."""
    table = schema.customers
    with acting_for(OFFICE), office.back_office.opened.writing() as db:
        for record, text in db.execute(select(table.c.record, table.c.open_fields)).all():
            heavy = json.dumps(json.loads(text) | {"city": "x" * 200_000})
            db.execute(table.update().where(table.c.record == record).values(open_fields=heavy))


def test_that_a_fill_goes_on_at_another_gateway_when_one_is_killed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(office_filling, "CHUNK_ROWS", CHUNK)
    monkeypatch.setattr(filling, "CHUNKS_AT_ONCE", 1)
    with team_office(tmp_path / "office", kind=PrivateTeam) as office:
        office.hire("ratna", "Ratna Dewanti", queues=("billing",))
        office.bring_in([row | {"queue": "billing"} for row in demo_customers(ROWS, 5)])
        make_rows_heavy(office)
        ratna, code = office.people["ratna"], office.code("ratna")
        other = AnotherGateway(office, tmp_path / "other")
        balancer = Balancer(other.path, office.places.socket("office"))
        form = SignIn(
            office.places, lambda: ApiClient(balancer, workstation=SEAT), lambda: office.store, office.policy,
            start_office=lambda: None, announce=office.guardian,
        )  # fmt: skip
        desk, seen = form.sign_in("ratna", ratna.password, code), list[int]()

        def kill_once(rows: int, _total: int) -> None:
            if not seen:
                other.kill()
            seen.append(rows)

        desk.fill(kill_once)
        assert seen[0] == CHUNK
        assert balancer.went[0] == "first"
        assert "second" in balancer.went, (seen, balancer.went)
        assert len(desk.search("", None).ids) == len(desk.search("c-", None).ids) == ROWS
        desk.end("signed_out")
