"""Slot keys: an embedded office's file is opened by one, a gateway is given none, and each refuses the other's way."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import ValidationError

from app.api.client.client import ApiClient
from app.api.client.transport import SocketTransport
from app.api.messages.door import SignInRequest
from app.api.messages.seats import SeatHere
from app.domain.errors import VerificationError
from app.domain.role import Role
from app.session.errors import SignInRefusal, SignInRefusedError
from tests.gateway.pki import Authority
from tests.gateway.tls_serving import over_tls
from tests.office.made import MadeOffice, made_office


class WithoutSlots(SocketTransport):
    """What a console of a gateway sends, brought to an embedded office."""

    opens_a_file = False


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MadeOffice]:
    with made_office(tmp_path_factory.mktemp("slots")) as made:
        made.hire("ratna", "Ratna Dewanti")
        yield made


@pytest.fixture
def slotless(office: MadeOffice, monkeypatch: pytest.MonkeyPatch) -> MadeOffice:
    monkeypatch.setattr(office, "connect", lambda: ApiClient(WithoutSlots(office.places.socket("office"))))
    return office


def test_that_nobody_signs_in_to_an_embedded_office_without_a_slot_key(slotless: MadeOffice) -> None:
    with pytest.raises(SignInRefusedError) as refusal:
        slotless.command("ratna")
    assert refusal.value.why is SignInRefusal.WRONG, "it is told as any other wrong try"


def test_that_an_embedded_office_makes_no_slot_under_nothing(
    office: MadeOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A console that was told of a gateway, in front of an embedded office all the same."""
    session = office.command("adi")
    with monkeypatch.context() as told:
        told.setattr(SocketTransport, "opens_a_file", False, raising=False)
        with pytest.raises(VerificationError):
            session.invite("sari", "Sari Wulandari", Role.AGENT, ("billing",))
    session.invite("sari", "Sari Wulandari", Role.AGENT, ("billing",))
    session.end()


@pytest.mark.parametrize("length", [1, 16, 24, 31, 33])
def test_that_a_slot_key_is_whole_or_absent(length: int) -> None:
    seat = SeatHere(key=bytes(32), name="SBY-0417")
    request = SignInRequest(
        account="ratna", verifier=bytes(32), slot_key=b"", code="123456", kind="command", seat_id=bytes(16), seat=seat
    )
    assert request.slot_key == b""
    with pytest.raises(ValidationError):
        SignInRequest.model_validate({**request.model_dump(), "slot_key": bytes(length)})


def test_that_an_office_behind_tls_is_worked_with_as_ever(office: MadeOffice, tmp_path: Path) -> None:
    with over_tls(office, Authority(tmp_path)) as through:
        office.hire("dewi", "Dewi Lestari")
        session = office.command("hendra")
        assert session.verify_audit(lambda _done, _total: None).ok
        session.end()
        assert through.serving.server.server_state.total_requests > 10
