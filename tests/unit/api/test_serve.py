"""The office's process: a private socket, faults without values, and no longer than somebody needs it."""

import stat
import time
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest

from app.api.client.transport import SocketTransport
from app.api.messages.wire import PROTOCOL, PROTOCOL_HEADER, Problem
from app.api.server.serve import FaultLog
from app.backoffice import session_ends, sessions
from app.backoffice.database import PoolTimeoutError
from tests.office.made import MadeOffice, made_office


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


def test_that_an_office_leaves_when_nobody_needs_it_and_not_before(tmp_path: Path) -> None:
    with made_office(tmp_path) as office:
        office.stop()
        office.serve(linger_s=0.2)
        path = office.places.socket("office")
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        session = office.command("hendra")
        time.sleep(0.6)
        assert office._thread is not None
        assert office._thread.is_alive()
        session.end()
        office._thread.join(10)
        assert not office._thread.is_alive()
        assert not office.back_office.is_open


def looks(office: MadeOffice, monkeypatch: pytest.MonkeyPatch, before: Callable[[int], None]) -> list[int]:
    """Count how often the office looks whether it is needed; `before` is called at each look."""
    real, counted = office.service.is_idle, list[int]()

    def is_idle() -> bool:
        counted.append(len(counted))
        before(len(counted))
        return real()

    monkeypatch.setattr(type(office.service), "is_idle", lambda _self: is_idle())
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
        office.serve(linger_s=0.1)

        def ask(look: int) -> None:
            if look <= 20:
                office.service.last_request = time.monotonic() + 1

        counted = looks(office, monkeypatch, ask)
        assert office._thread is not None
        office._thread.join(20)
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
        office.serve(linger_s=0.1)
        counted = looks(office, monkeypatch, fail)
        assert office._thread is not None
        office._thread.join(10)
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
        with httpx.Client(transport=line, base_url="http://office", headers=headers) as raw:
            monkeypatch.setattr(session_ends, "end_by_guardian", busy)
            body = {"session": "A" * 22 + "==", "end_token": "A" * 43 + "=", "cause": "killed", "wipe": []}
            answer = raw.post("/v1/door/ended", json=body)
        assert (answer.status_code, Problem.model_validate_json(answer.content).code) == (503, "busy")
        session.end()
