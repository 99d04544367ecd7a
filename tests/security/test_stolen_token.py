"""T8: a session's token, stolen by itself, used from another workstation of the same office.

Here: the first use from elsewhere ends the session, at the gateway and for both; it stands in the log with the id that
the thief gave; every kind of call is refused. Whoever steals all that a console says beside the token is not stopped by
this, but has no session key: `test_t8_stolen_factor.py`. Enforced by *authority*.
"""

from collections.abc import Callable, Iterator

import pytest

from app.api.client.client import ApiClient
from app.api.client.errors import SessionOverError
from app.api.messages.door import CardRequest
from app.api.messages.reveals import RevealRequest
from app.domain.errors import TiraiError
from app.session.identity import new_id
from app.session.lock_place import Place
from tests.office.coming_back import locked, resumed
from tests.office.door import entries, rows_of, seat_of, without_card
from tests.office.made import SEAT, Bare
from tests.office.team import PrivateTeam, team_office

ELSEWHERE = bytes.fromhex("0badc0de" * 4)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PrivateTeam]:
    with team_office(tmp_path_factory.mktemp("office"), kind=PrivateTeam) as office:
        assert isinstance(office, PrivateTeam)
        office.hire("ratna", "Ratna Dewanti")
        yield office


def thief_of(office: PrivateTeam, session: Bare, seat: bytes, name: str = SEAT) -> ApiClient:
    """Somebody with the token, at a workstation that says this id."""
    thief = ApiClient(office.transport(), workstation=name)
    thief.show_seat(seat)
    thief.use_token(session.client._token)
    return thief


def ends_of(office: PrivateTeam, session: Bare) -> list[tuple[str, str]]:
    key = session.identity.session.hex()
    return [(e.reason, e.detail) for e in entries(office, "session.end") if e.session == key]


CALLS: dict[str, Callable[[ApiClient], object]] = {
    "own requests": lambda thief: thief.own_requests(),
    "lease": lambda thief: thief.lease(),
    "fill": lambda thief: thief.fill(None),
    "quota": lambda thief: thief.quota(),
    "reveal": lambda thief: thief.reveal(
        RevealRequest(
            request=new_id(), record=new_id(), field="email", reason="call_back", unlock=None, signature=bytes(64)
        )
    ),
}


@pytest.mark.parametrize("call", CALLS)
def test_that_a_token_from_another_workstation_opens_nothing_and_ends_its_session(
    office: PrivateTeam, call: str
) -> None:
    session = office.bare("ratna")
    thief = thief_of(office, session, ELSEWHERE)
    for _ in range(3):
        with pytest.raises(SessionOverError):
            CALLS[call](thief)
    assert ends_of(office, session) == [("other_workstation", f"asked_by={ELSEWHERE.hex()}")], "once, however often"
    with pytest.raises(SessionOverError, match="Another workstation used your session") as told:
        session.client.own_requests()
    assert told.value.code == "other_workstation", "the console's receipt says it in its person's language"
    thief.close()
    session.end()


def test_that_a_workstation_without_an_id_is_another_one(office: PrivateTeam) -> None:
    session = office.bare("ratna")
    thief = thief_of(office, session, bytes(16))
    with pytest.raises(SessionOverError):
        thief.own_requests()
    assert ends_of(office, session) == [("other_workstation", f"asked_by={bytes(16).hex()}")]
    thief.close()
    session.client.close()


def test_that_the_workstation_counts_and_not_what_it_calls_itself(office: PrivateTeam) -> None:
    """The control: the same token from the same workstation goes on, whatever its name is now."""
    session = office.bare("ratna")
    renamed = thief_of(office, session, seat_of(office)["seat_id"], "SBY-0999")
    renamed.own_requests()
    session.client.own_requests()
    assert ends_of(office, session) == []
    renamed.close()
    session.end()


def test_that_nobody_brings_a_card_from_elsewhere(office: PrivateTeam) -> None:
    client, answer, _keys = without_card(office, "ratna")
    client.show_seat(ELSEWHERE)
    with pytest.raises(TiraiError) as refused:
        client.bring_card(_any_card())
    assert refused.value.code == "session_over"
    (row,) = [r for r in rows_of(office, "sessions") if r.id == answer.session]
    assert row.card_kem is None
    client.close()


def test_that_a_locked_session_is_not_resumed_from_elsewhere_and_goes_on_at_its_own(
    office: PrivateTeam, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever has keyring, cache and password says another workstation's id: a try that fails, and ends nothing."""
    lock = locked(office, office.desk("ratna").lock("by_hand", Place()))
    show = ApiClient.show_seat
    with monkeypatch.context() as elsewhere:
        elsewhere.setattr(ApiClient, "show_seat", lambda client, _seat: show(client, ELSEWHERE))
        with pytest.raises(SessionOverError) as refused:
            resumed(office, lock)
    assert refused.value.code == "session_over", "nothing is told of the session"
    (failed,) = [e for e in entries(office, "session.resume") if e.outcome != "ok"]
    assert (failed.actor, failed.reason) == ("ratna", "no_session")
    back = resumed(office, lock)
    assert back.desk.session == lock.session
    back.desk.end("signed_out")


def _any_card() -> CardRequest:
    return CardRequest(kem=bytes(32), sign=bytes(32), signature=bytes(64))
