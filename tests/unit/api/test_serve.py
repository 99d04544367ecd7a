"""The office's process: a private socket, faults without values, and no longer than somebody needs it."""

import gc
import stat
import time
import warnings
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest
from uvicorn.protocols.http.h11_impl import H11Protocol

from app.api.client.client import ApiClient
from app.api.client.transport import SocketTransport
from app.api.messages.accounts import EnrolBegin, EnrolBegun
from app.api.messages.door import SignedIn, SignInRequest
from app.api.messages.wire import PROTOCOL, PROTOCOL_HEADER, Problem
from app.api.server.serve import FaultLog
from app.api.server.service import Service
from app.backoffice import session_ends, sessions
from app.backoffice.database import PoolTimeoutError
from app.domain.errors import WorkstationError
from app.session.errors import SignInRefusedError
from tests.office.made import MadeOffice, made_office
from tests.patience import TESTS_S


def test_that_a_fault_is_written_without_its_words(tmp_path: Path) -> None:
    log = FaultLog(tmp_path / "office.log")

    def fail(secret: str) -> None:
        raise ValueError(f"cannot read {secret}")

    with pytest.raises(ValueError, match="canary") as fault:
        fail("canary")
    number = log(fault.value)
    text = (tmp_path / "office.log").read_text("utf-8")
    assert number in text
    assert "ValueError" in text
    assert "fail" in text
    assert "canary" not in text


def test_that_the_fault_log_begins_anew_at_a_megabyte(tmp_path: Path) -> None:
    path = tmp_path / "office.log"
    path.write_bytes(b"x" * 1_000_001)
    FaultLog(path)(ValueError())
    assert path.stat().st_size < 1000


def test_that_an_office_leaves_when_nobody_needs_it_and_not_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with made_office(tmp_path) as office:
        office.stop()
        with monkeypatch.context() as somebody_comes:  # else an office on a slow machine leaves before the sign-in
            somebody_comes.setattr(Service, "is_idle", lambda _service: False)
            office.serve(linger_s=0.1)
            path = office.places.socket("office")
            assert stat.S_IMODE(path.stat().st_mode) == 0o600
            session = office.command("hendra")
        looked = looks(monkeypatch, lambda _look: None)
        wait_until(lambda: len(looked) > 10, office)
        office.service.last_request -= 60
        wait_until(lambda: len(looked) > 20, office)
        session.end()
        assert has_left(office)


def has_left(office: MadeOffice) -> bool:
    """Wait for it; whether it has left and has no key any more."""
    assert office._thread is not None
    office._thread.join(60)
    return not office._thread.is_alive() and not office.back_office.is_open


def wait_until(holds: Callable[[], bool], office: MadeOffice) -> None:
    """Wait for it while the office lives."""
    end = time.monotonic() + 60
    while not holds():
        assert office._thread is not None
        assert office._thread.is_alive(), "it has left"
        assert time.monotonic() < end, "it never happened"
        time.sleep(0.005)


def looks(monkeypatch: pytest.MonkeyPatch, before: Callable[[int], None]) -> list[int]:
    """Count how often the office looks whether it is needed, from its first look on; `before` is called at each."""
    real, counted = Service.is_idle, list[int]()

    def is_idle(service: Service) -> bool:
        counted.append(len(counted))
        before(len(counted))
        return real(service)

    monkeypatch.setattr(Service, "is_idle", is_idle)
    return counted


def test_that_any_request_restarts_the_offices_wait(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody who types a password has no session yet; their console has said hello."""
    with made_office(tmp_path) as office:
        before = time.monotonic()
        client = office.connect()
        client.hello()
        assert before < office.service.last_request <= time.monotonic()
        seen = office.service.last_request
        with pytest.raises(Exception, match="session is over"):
            client.quota()
        assert office.service.last_request > seen
        client.close()
        office.stop()

        def ask(look: int) -> None:
            if look <= 20:
                office.service.last_request = time.monotonic() + 3

        counted = looks(monkeypatch, ask)
        office.serve(linger_s=0.1)
        assert office._thread is not None
        office._thread.join(60)
        assert not office._thread.is_alive()
        assert len(counted) > 20


def test_that_a_look_which_fails_is_written_down_and_looked_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(look: int) -> None:
        if look == 1:
            raise ValueError("canary")

    with made_office(tmp_path) as office:
        office.stop()
        counted = looks(monkeypatch, fail)
        office.serve(linger_s=0.1)
        assert office._thread is not None
        office._thread.join(120)
        assert not office._thread.is_alive()
        assert len(counted) > 1
        log = (office.places.home / "office.log").read_text("utf-8")
        assert "ValueError" in log
        assert "canary" not in log


def test_that_an_office_with_too_much_to_do_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def busy(*_args: object) -> None:
        raise PoolTimeoutError("pool of size 4, canary")

    with made_office(tmp_path) as office:
        session = office.bare("hendra")
        monkeypatch.setattr(sessions, "renew_lease", busy)
        with pytest.raises(Exception, match="too much to do") as refusal:
            session.client.lease()
        assert "canary" not in str(refusal.value)
        headers = {PROTOCOL_HEADER: str(PROTOCOL)}
        line = SocketTransport(office.places.socket("office"))
        with httpx.Client(transport=line, base_url="http://office", headers=headers, timeout=TESTS_S) as raw:
            monkeypatch.setattr(session_ends, "end_by_guardian", busy)
            body = {"session": "A" * 22 + "==", "end_token": "A" * 43 + "=", "cause": "killed", "wipe": []}
            answer = raw.post("/v1/door/ended", json=body)
        assert (answer.status_code, Problem.model_validate_json(answer.content).code) == (503, "busy")
        session.end()


def test_that_an_office_leaves_a_moment_after_its_last_session_with_its_keys(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However long a shut one waits for somebody."""
    with made_office(tmp_path) as office:
        office.stop()
        office.serve(linger_s=600.0, open_linger_s=0.1)
        looked = looks(monkeypatch, lambda _look: None)
        office.service.last_request -= 60
        wait_until(lambda: len(looked) > 10, office)
        session = office.command("hendra")
        office.service.last_request -= 60
        seen = len(looked)
        wait_until(lambda: len(looked) > seen + 10, office)
        session.end()
        assert has_left(office)


def test_that_an_office_which_a_wrong_code_opened_leaves_too(tmp_path: Path) -> None:
    with made_office(tmp_path) as office:
        office.stop()
        office.serve(linger_s=600.0, open_linger_s=0.1)
        with pytest.raises(SignInRefusedError):
            office.sign_in().sign_in_for_command("hendra", office.people["hendra"].password, "12")
        assert office._thread is not None
        office._thread.join(120)
        assert not office._thread.is_alive()


def test_that_an_office_which_leaves_lets_nobody_begin_and_its_successor_is_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Service, "leaves_for_locks", lambda _service: False)  # it never gets as far as to leave
    monkeypatch.setattr(Service, "leaves_with_its_keys", lambda _service, _rest_s: False)
    with made_office(tmp_path) as office:
        office.back_office.is_leaving = True
        client = office.connect()
        with pytest.raises(WorkstationError) as refusal:
            client.enrol_begin(EnrolBegin(account="x", slot_key=bytes(32), nonce=bytes(16), proof=bytes(64)))
        assert refusal.value.code == "leaving"
        client.close()
        asked = list[object]()
        sign_in = ApiClient.sign_in

        def ask(self: ApiClient, request: SignInRequest) -> SignedIn:
            asked.append(request)
            office.back_office.is_leaving = len(asked) < 3
            return sign_in(self, request)

        monkeypatch.setattr(ApiClient, "sign_in", ask)
        office.command("hendra").end()
        assert len(asked) == 3
        enrol_begin, begun = ApiClient.enrol_begin, list[object]()

        def begin(self: ApiClient, request: EnrolBegin) -> EnrolBegun:
            begun.append(request)
            office.back_office.is_leaving = len(begun) < 3
            return enrol_begin(self, request)

        monkeypatch.setattr(ApiClient, "enrol_begin", begin)
        office.hire("sari", "Sari Wulandari")
        assert len(begun) == 3, "who shows an activation code is not turned away either"


def test_that_a_session_whose_console_and_guardian_vanished_is_ended_and_the_keys_go(tmp_path: Path) -> None:
    with made_office(tmp_path) as office:
        office.stop()
        office.serve(linger_s=600.0, open_linger_s=0.1)
        session = office.bare("hendra")
        session.client.close()
        office.service.vanished = lambda living: living
        assert office._thread is not None
        office._thread.join(120)
        assert not office._thread.is_alive()
        office.serve()
        office.command("hendra").end()
        opened = office.back_office.opened
        with opened.database.reading() as db:
            ends = [e for e in opened.log.page(db, 0, 100_000) if e.session == session.identity.session.hex()]
        assert [(e.event, e.reason) for e in ends if e.event == "session.end"] == [("session.end", "console_died")]


def test_that_an_office_looks_at_once_who_holds_a_new_session(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with made_office(tmp_path) as office:
        began, looked = looks(monkeypatch, lambda _look: None), list[str]()
        wait_until(lambda: bool(began), office)  # its own watch is there by now
        office.service.look = lambda: looked.append("looked")
        office.bare("hendra").end()
        assert "looked" in looked


@pytest.mark.slow
def test_that_a_line_which_came_in_as_the_office_left_does_not_hold_it_and_its_keys(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The server tells the lines that it has to close; one that is just coming in is not told."""
    monkeypatch.setattr(H11Protocol, "shutdown", lambda _line: None)
    with made_office(tmp_path) as office:
        office.stop()
        office.serve(linger_s=600.0, open_linger_s=0.1)
        late = office.connect()
        session = office.command("hendra")
        late.hello()
        session.end()
        assert office._thread is not None
        office._thread.join(120)
        assert not office._thread.is_alive()
        assert not office.back_office.is_open
        late.close()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ResourceWarning)  # that line was cut, not closed
            gc.collect()
