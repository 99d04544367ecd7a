"""The private keyring that tests and the demo stand on touches nothing else and leaves nothing running."""

import os
import socket
import sys
from pathlib import Path

import pytest

from tests.keyring_session import PrivateKeyringError, missing_programs, private_bus, private_keyring

pytestmark = pytest.mark.skipif(bool(missing_programs()), reason="dbus-daemon or gnome-keyring-daemon is missing")


def _command_lines() -> list[str]:
    lines = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            lines.append(path.read_bytes().replace(b"\0", b" ").decode(errors="replace"))
        except OSError:
            continue
    return lines


def test_that_everything_lies_in_the_folder_and_names_no_other_keyring(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "x")
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/persons/own")
    with private_bus(tmp_path) as environment:
        assert "PYTHON_KEYRING_BACKEND" not in environment
        assert environment["HOME"].startswith(str(tmp_path))
        assert environment["XDG_DATA_HOME"].startswith(str(tmp_path))
        assert "/persons/own" not in environment["DBUS_SESSION_BUS_ADDRESS"]


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_that_nothing_runs_on_and_the_socket_is_gone(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    with private_keyring(tmp_path) as environment:
        bus = environment["DBUS_SESSION_BUS_ADDRESS"].removeprefix("unix:path=")
        assert any(str(tmp_path) in line for line in _command_lines())
    assert not any(str(tmp_path) in line for line in _command_lines())
    assert not Path(environment["XDG_RUNTIME_DIR"]).exists()
    with socket.socket(socket.AF_UNIX) as channel, pytest.raises(OSError, match="No such file"):
        channel.connect(bus)
    assert capfd.readouterr() == ("", "")


def test_that_a_deep_folder_is_no_obstacle(tmp_path: Path) -> None:
    deep = tmp_path / ("d" * 100)
    deep.mkdir()
    with private_keyring(deep) as environment:
        assert len(os.fsencode(environment["DBUS_SESSION_BUS_ADDRESS"])) < 60


def test_that_a_missing_program_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(PrivateKeyringError, match="dbus-daemon and gnome-keyring-daemon"), private_keyring(tmp_path):
        pass


def test_that_a_daemon_that_dies_is_said_without_the_harmless_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    programs = tmp_path / "programs"
    programs.mkdir()
    for name in ("dbus-daemon", "gnome-keyring-daemon"):
        (programs / name).write_text(
            "#!/bin/sh\necho 'Unable to raise fd limit' >&2\necho 'the real reason' >&2\nexit 1\n"
        )
        (programs / name).chmod(0o755)
    monkeypatch.setenv("PATH", f"{programs}:{os.environ['PATH']}")
    with pytest.raises(PrivateKeyringError, match=r"did not start\. the real reason$"), private_keyring(tmp_path):
        pass
