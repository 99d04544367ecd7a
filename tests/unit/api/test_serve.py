"""The office's process: a private socket, faults without values, and no longer than somebody needs it."""

import stat
import time
from pathlib import Path

import pytest

from app.api.server.serve import FaultLog
from tests.office.made import made_office


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
