"""Bad days of a gateway's database: killed at each moment of a request, or full. Nothing acknowledged is lost, nothing
is half-done, the console is told in a sentence and goes on.
"""

from collections.abc import Iterator

import pytest

from app.api.messages.reveals import AskUnlock, RevealRequest
from app.auth.session_card import reveal_request
from app.backoffice import filling as office_filling
from app.domain.errors import TiraiError, WorkstationError
from app.session import filling
from app.session.identity import new_id
from tests.demo.customers import demo_customers
from tests.gateway.database_kills import Moment, done_in_spite, every_moment, full_disk, log_holds
from tests.office.door import entries, rows_of
from tests.office.made import Bare
from tests.office.raw_import import RawImport
from tests.office.team import PrivateTeam, team_office

ROWS, CHUNK = 12, 3
HEADER = ("customer_number", "full_name", "queue")


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PrivateTeam]:
    with team_office(tmp_path_factory.mktemp("office"), kind=PrivateTeam) as office:
        assert isinstance(office, PrivateTeam)
        office.hire("ratna", "Ratna Dewanti")
        office.bring_in([row | {"queue": "billing"} for row in demo_customers(ROWS, 7)])
        yield office


@pytest.fixture
def ratna(office: PrivateTeam) -> Iterator[Bare]:
    session = office.bare("ratna")
    yield session
    session.end()
    log_holds(office)


def fresh_record(office: PrivateTeam, field: str) -> bytes:
    """A customer with a value there that nobody has asked for yet."""
    asked = {r.record for r in rows_of(office, "unlocks")} | {
        bytes.fromhex(e.record) for e in entries(office, "reveal") if e.record
    }
    record: bytes = next(
        r.record for r in rows_of(office, "sealed_values") if r.field == field and r.record not in asked
    )
    return record


def reveal_of(session: Bare, record: bytes) -> RevealRequest:
    it, request = session.identity, new_id()
    message = reveal_request(it.office, it.session, record, "mobile_phone", "call_back", "", request)
    return RevealRequest(
        request=request,
        record=record,
        field="mobile_phone",
        reason="call_back",
        unlock=None,
        signature=it.sign(message),
    )


def answered(office: PrivateTeam, event: str) -> int:
    """How often this was done, by the log."""
    return len([e for e in entries(office, event) if e.outcome == "ok"])


@every_moment
def test_that_a_sign_in_whose_database_dies_is_begun_or_not_and_the_next_one_comes_in(
    office: PrivateTeam, moment: Moment
) -> None:
    before = answered(office, "sign_in")
    session = done_in_spite(office, moment, lambda: office.bare("ratna"))
    acknowledged = 1 if session is not None else 0
    assert answered(office, "sign_in") - before in ({1} if moment is Moment.ANSWER else {acknowledged})
    if session is not None:
        session.client.own_requests()
        session.end()
    again = office.bare("ratna")
    again.client.own_requests()
    again.end()
    log_holds(office)


@every_moment
def test_that_a_reveal_whose_database_dies_is_logged_once_when_it_is_asked_again(
    office: PrivateTeam, ratna: Bare, moment: Moment
) -> None:
    before, request = answered(office, "reveal"), reveal_of(ratna, fresh_record(office, "mobile_phone"))
    first = done_in_spite(office, moment, lambda: ratna.client.reveal(request))
    assert answered(office, "reveal") == before + (moment is Moment.ANSWER)
    again = ratna.client.reveal(request)
    assert answered(office, "reveal") == before + 1
    assert first is None or (first.entry, first.share) == (again.entry, again.share)


@every_moment
def test_that_an_approval_whose_database_dies_is_given_once_or_waits_on(
    office: PrivateTeam, ratna: Bare, moment: Moment
) -> None:
    asked = AskUnlock(
        request=new_id(), record=fresh_record(office, "card_number"), field="card_number", reason="dispute",
        words="the caller disputes the charge of 2 March",
    )  # fmt: skip
    ratna.client.ask_unlock(asked)
    key, before = asked.request.hex(), answered(office, "unlock.approve")
    hendra = office.approval("hendra")
    assert key in [one.id for one in hendra.waiting()]
    done_in_spite(office, moment, lambda: hendra.approve(key, 120))
    if moment is Moment.ANSWER:
        assert key not in [one.id for one in hendra.waiting()]
    else:
        assert answered(office, "unlock.approve") == before
        assert key in [one.id for one in hendra.waiting()]
        hendra.approve(key, 120)
    assert answered(office, "unlock.approve") == before + 1
    assert [r.state for r in ratna.client.own_requests().requests if r.id == asked.request] == ["approved"]
    hendra.end()


def test_that_a_fill_whose_database_is_started_again_goes_on_behind_the_last_row(
    office: PrivateTeam, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(office_filling, "CHUNK_ROWS", CHUNK)
    monkeypatch.setattr(filling, "CHUNKS_AT_ONCE", 1)
    server, seen = office.database.server, list[int]()
    person = office.people["ratna"]
    desk = office.sign_in().sign_in("ratna", person.password, office.code("ratna"))

    def kill_once(rows: int, _total: int) -> None:
        if not seen:
            server.kill()
            server.start()
        seen.append(rows)

    desk.fill(kill_once)
    assert seen[0] == CHUNK
    assert len(desk.search("", None).ids) == ROWS
    desk.end("signed_out")
    log_holds(office)


def test_that_an_import_whose_database_dies_is_nowhere_and_the_next_one_is_whole(office: PrivateTeam) -> None:
    server, numbers = office.database.server, [f"BAD-{i}" for i in range(6)]
    rows = tuple((number, "Putri Wulandari", "billing") for number in numbers)

    def here() -> list[str]:
        shown = {r.id for r in rows_of(office, "imports") if r.committed}
        return [r.number for r in rows_of(office, "customers") if r.number in numbers and r.import_id in shown]

    before = answered(office, "import")
    hendra = office.command("hendra")
    broken = RawImport(hendra._identity.client, HEADER)
    assert broken.rows(*rows).rows == len(rows)
    server.kill()
    with pytest.raises(TiraiError):
        broken.commit()
    server.start()
    assert here() == []
    assert not broken.end().committed
    assert answered(office, "import") == before
    whole = RawImport(hendra._identity.client, HEADER)
    whole.rows(*rows)
    assert whole.commit().rows == len(rows)
    whole.client.close()
    assert sorted(here()) == numbers
    assert answered(office, "import") == before + 1
    hendra.end()
    log_holds(office)


def test_that_while_the_database_is_away_everybody_is_told_and_then_everybody_goes_on(
    office: PrivateTeam, ratna: Bare
) -> None:
    server = office.database.server
    server.kill()
    for _ in range(3):
        with pytest.raises(WorkstationError, match="does not answer") as told:
            ratna.client.own_requests()
        assert told.value.code == "database_away"
    server.start()
    ratna.client.own_requests()


def test_that_on_a_full_disk_nothing_opens_and_nothing_changes(office: PrivateTeam, ratna: Bare) -> None:
    before, request = len(entries(office)), reveal_of(ratna, fresh_record(office, "mobile_phone"))
    with full_disk(office):
        with pytest.raises(WorkstationError, match="cannot write its log, so nothing can be opened") as told:
            ratna.client.reveal(request)
        assert told.value.code == "audit"
        assert len(entries(office)) == before
    assert ratna.client.reveal(request).entry > before
