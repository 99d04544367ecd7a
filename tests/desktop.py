"""A private system bus with a fake login manager on it, and orders to it; the session bus is the keyring's."""

import contextlib
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.keyring_session import private_bus

PROGRAM = Path(__file__).with_name("fake_desktop.py")


class Desktop:
    """Says what the operating system would say.

    Attributes:
        environment: names both buses; for whatever shall hear this desktop.
    """

    def __init__(self, process: "subprocess.Popen[str]", environment: dict[str, str]) -> None:
        self._process, self.environment = process, environment

    def __call__(self, do: str, **order: Any) -> dict[str, Any]:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps({"do": do, **order}) + "\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        assert line, "the fake login manager ended"
        answer: dict[str, Any] = json.loads(line)
        return answer


@contextlib.contextmanager
def fake_desktop(session: dict[str, str]) -> Iterator[Desktop]:
    """Start a system bus and a login manager beside this session bus.

    Args:
        session: the environment of `private_bus` or `private_keyring`.
    """
    with tempfile.TemporaryDirectory(prefix="td-", dir="/tmp") as folder, private_bus(Path(folder)) as system:
        address = {"DBUS_SYSTEM_BUS_ADDRESS": system["DBUS_SESSION_BUS_ADDRESS"]}
        environment = session | address
        process = subprocess.Popen(
            [sys.executable, str(PROGRAM)], env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        try:
            assert process.stdout is not None
            assert json.loads(process.stdout.readline()) == {"ready": True}
            yield Desktop(process, environment)
        finally:
            process.kill()
            process.communicate()
