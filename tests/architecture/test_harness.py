"""The tests' own safety: no network, no screen, nothing of the person's, no warning overlooked."""

import os
import socket
import warnings
from pathlib import Path

import pytest
from pytest_socket import SocketConnectBlockedError


@pytest.mark.filterwarnings("ignore:A test tried to use socket")  # it warns as well as raises
def test_that_a_test_cannot_leave_this_machine() -> None:
    outside = ("192.0.2.1", 80)  # RFC 5737: an address for documentation, nobody's
    with socket.socket() as untrusted, pytest.raises(SocketConnectBlockedError):
        untrusted.connect(outside)


def test_that_a_test_can_talk_to_itself_over_loopback_and_unix_sockets(tmp_path: Path) -> None:
    for family, address in ((socket.AF_INET, ("127.0.0.1", 0)), (socket.AF_UNIX, str(tmp_path / "s"))):
        with socket.socket(family) as server, socket.socket(family) as client:
            server.bind(address)
            server.listen()
            client.connect(server.getsockname())


def test_that_tests_have_no_screen_and_no_message_bus() -> None:
    assert os.environ["QT_QPA_PLATFORM"] == "offscreen"
    assert "DISPLAY" not in os.environ
    assert "DBUS_SESSION_BUS_ADDRESS" not in os.environ


@pytest.mark.parametrize("name", ["XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_RUNTIME_DIR"])
def test_that_tests_have_folders_of_their_own(name: str) -> None:
    folder = Path(os.environ[name])
    assert folder.stat().st_mode & 0o777 == 0o700
    assert Path.home() not in folder.parents


def test_that_a_warning_is_an_error() -> None:
    with pytest.raises(UserWarning, match="overlooked"):
        warnings.warn("overlooked", stacklevel=1)


def test_that_a_qt_warning_is_a_failure(pytestconfig: pytest.Config) -> None:
    assert pytestconfig.getini("qt_log_level_fail") == "WARNING"
