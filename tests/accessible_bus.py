"""A display and an accessibility bus of its own: Xvfb, at-spi2-core's launcher and registry on a private session bus.

What a screen reader of a desktop finds there, without a desktop. Packages: xvfb, at-spi2-core (`run.py` brings both
for `make test-all`). Nothing of the person's own display or bus is touched.
"""

import contextlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from jeepney import DBusAddress, MessageType, new_method_call
from jeepney.io.blocking import open_dbus_connection

LAUNCHERS = ("/usr/libexec/at-spi-bus-launcher", "/usr/lib/at-spi2-core/at-spi-bus-launcher")
SCREEN = "1440x900x24"
BUS = DBusAddress("/org/a11y/bus", bus_name="org.a11y.Bus", interface="org.a11y.Bus")


def missing_for_readers() -> tuple[str, ...]:
    """Debian packages of which a part is missing here."""
    there = {"xvfb": shutil.which("Xvfb") is not None, "at-spi2-core": launcher() is not None}
    return tuple(name for name, found in there.items() if not found)


def launcher() -> str | None:
    """Where Debian and Ubuntu keep the program that makes an accessibility bus."""
    return next((path for path in LAUNCHERS if Path(path).exists()), None)


@contextlib.contextmanager
def private_display(environment: dict[str, str]) -> Iterator[dict[str, str]]:
    """Start an X server without a network, whose newest window has the focus; yields the environment for it."""
    reading, writing = os.pipe()
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", SCREEN, "-nolisten", "tcp", "-ac", "-noreset"]
    running = subprocess.Popen(command, pass_fds=(writing,), stderr=subprocess.DEVNULL, env=environment)
    os.close(writing)
    with os.fdopen(reading) as told:
        number = told.readline().strip()
    if not number:
        raise RuntimeError(f"Xvfb does not start here: it ended with {running.wait()}")
    here = environment | {"DISPLAY": f":{number}", "QT_QPA_PLATFORM": "xcb"}
    focus = [sys.executable, str(Path(__file__).with_name("focus_giver.py"))]
    giver = subprocess.Popen(focus, env=here, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    try:
        if giver.stdout is None or not giver.stdout.readline():
            raise RuntimeError(f"Xvfb :{number} takes nobody; it has ended with {running.poll()} (None: it runs)")
        yield here
    finally:
        giver.communicate()
        running.terminate()
        running.wait()


@contextlib.contextmanager
def accessibility_bus(environment: dict[str, str]) -> Iterator[str]:
    """Start the accessibility bus beside a session bus, with a screen reader announced on it.

    Args:
        environment: of `private_bus` or `private_keyring`, with a display.

    Yields:
        The address of the accessibility bus.
    """
    program = launcher()
    assert program is not None, "needs at-spi2-core"
    running = subprocess.Popen(
        [program, "--launch-immediately", "--a11y=1", "--screen-reader=1"],
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield _address(environment["DBUS_SESSION_BUS_ADDRESS"], running)
    finally:
        running.terminate()
        running.wait()


def _address(session_bus: str, running: "subprocess.Popen[bytes]") -> str:
    """Ask for the bus until its launcher owns its name on the session bus."""
    with open_dbus_connection(session_bus) as bus:
        while running.poll() is None:
            answer = bus.send_and_get_reply(new_method_call(BUS, "GetAddress"))
            if answer.header.message_type is MessageType.method_return:
                return str(answer.body[0])
    raise RuntimeError(f"the accessibility bus does not start here: its launcher ended with {running.returncode}")
