"""A private keyring: one D-Bus session and one gnome-keyring of its own in a folder, for tests and the demo.

Nothing of the person's own keyring is touched: home, data, configuration and cache lie below the given folder,
the sockets in a short folder of their own that goes at exit. The bus knows no activatable service (so no prompt
can pop up), and the keyring is opened with a random password that is forgotten at once. Both daemons end with
the context manager; if the starting process is killed, the kernel ends them (Linux, when started from its main
thread).

Invariants: standard library only (`run.py` imports this file before anything is installed); works as root in
a container without CAP_IPC_LOCK and as an ordinary user; what the daemons print goes to a log file in the
folder, never to the terminal, and D-Bus's line about the file descriptor limit is dropped from error messages.
"""

import contextlib
import ctypes
import os
import secrets
import shutil
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

START_S = 90.0
STOP_S = 5.0
SERVICE = "org.freedesktop.secrets"
NEEDED = ("dbus-daemon", "gnome-keyring-daemon")

_BUS_CONFIGURATION = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:path={socket}</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="false"/>
    <allow eavesdrop="false"/>
    <allow own="*"/>
  </policy>
</busconfig>
"""
_PR_SET_PDEATHSIG = 1


class PrivateKeyringError(RuntimeError):
    """The private keyring could not be started; the message says why."""


def missing_programs() -> tuple[str, ...]:
    """The programs that `private_keyring` needs and that are not on the path."""
    return tuple(name for name in NEEDED if shutil.which(name) is None)


@contextlib.contextmanager
def private_keyring(folder: Path) -> Iterator[dict[str, str]]:
    """Start a private bus and an unlocked private keyring below `folder`; stop both at exit.

    Args:
        folder: an existing folder of the calling user.

    Yields:
        The environment for whatever shall use it: the caller's own, without anything that names another
        keyring or bus, with `HOME`, the XDG folders and `DBUS_SESSION_BUS_ADDRESS` pointing here.

    Raises:
        PrivateKeyringError: a program is missing, or a daemon did not come up in 20 s.
    """
    with private_bus(folder) as environment, contextlib.ExitStack() as stack:
        _start_keyring(stack, folder, environment)
        yield environment


@contextlib.contextmanager
def private_bus(folder: Path) -> Iterator[dict[str, str]]:
    """Start a private bus without a keyring; otherwise as `private_keyring`."""
    if missing := missing_programs():
        raise PrivateKeyringError(f"A private keyring needs {' and '.join(missing)} (packages dbus, gnome-keyring).")
    with contextlib.ExitStack() as stack:
        # Sockets lie in a short folder of their own: a socket's path ends at 107 bytes.
        runtime = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="tk-", dir="/tmp")))
        environment = private_environment(folder, runtime)
        environment["DBUS_SESSION_BUS_ADDRESS"] = f"unix:path={runtime / 'bus'}"
        _start_bus(stack, folder, runtime / "bus", environment)
        yield environment


def private_environment(folder: Path, runtime: Path) -> dict[str, str]:
    """The caller's environment with home and XDG folders below `folder` (made here) and this runtime folder."""
    places = {
        "HOME": folder / "home",
        "XDG_DATA_HOME": folder / "home" / ".local" / "share",
        "XDG_CONFIG_HOME": folder / "home" / ".config",
        "XDG_CACHE_HOME": folder / "home" / ".cache",
        "XDG_RUNTIME_DIR": runtime,
    }
    for place in places.values():
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
    foreign = ("DBUS_", "GNOME_KEYRING_", "KEYRING_PROPERTY_", "PYTHON_KEYRING_")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(foreign)}
    return kept | {name: str(place) for name, place in places.items()}


def _start_bus(stack: contextlib.ExitStack, folder: Path, bus_socket: Path, environment: dict[str, str]) -> None:
    configuration = folder / "bus.conf"
    configuration.write_text(_BUS_CONFIGURATION.format(socket=bus_socket), encoding="utf-8")
    command = ["dbus-daemon", f"--config-file={configuration}", "--nofork", "--nopidfile", "--nosyslog"]
    bus = _start(command, folder, environment)
    stack.callback(_stop, bus)
    _close_input(bus)
    _wait_until(lambda: _bus_answers(bus_socket), bus, folder, "The private D-Bus session did not start")


def _start_keyring(stack: contextlib.ExitStack, folder: Path, environment: dict[str, str]) -> None:
    keyring = _start_keyring_program(folder, environment)
    stack.callback(_stop, keyring)
    _close_input(keyring, secrets.token_hex(16).encode())
    bus_socket = Path(environment["DBUS_SESSION_BUS_ADDRESS"].removeprefix("unix:path="))
    _wait_until(lambda: _has_owner(bus_socket, SERVICE), keyring, folder, "The private gnome-keyring did not start")


def _start_keyring_program(folder: Path, environment: dict[str, str]) -> "subprocess.Popen[bytes]":
    """Start gnome-keyring; where its file capability may not be had, start a copy without it.

    The packaged program may carry `cap_ipc_lock=ep`. A kernel that withholds CAP_IPC_LOCK (most containers)
    refuses to execute such a file; a copy has no capability and runs with ordinary memory.
    """
    program = shutil.which(NEEDED[1])
    assert program is not None
    arguments = ["--foreground", "--unlock", "--components=secrets"]
    try:
        return _start([program, *arguments], folder, environment)
    except PermissionError:
        copy = folder / "gnome-keyring-daemon"
        shutil.copyfile(program, copy)
        copy.chmod(0o700)
        return _start([str(copy), *arguments], folder, environment)


def _start(command: list[str], folder: Path, environment: dict[str, str]) -> "subprocess.Popen[bytes]":
    with (folder / "keyring.log").open("ab") as log:
        return subprocess.Popen(
            command,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=log,
            stderr=log,
            start_new_session=True,  # Ctrl-C at a terminal is for the demo, which needs its keyring to wipe
            preexec_fn=_die_with_parent,  # noqa: PLW1509 (one system call)
        )


def _close_input(process: "subprocess.Popen[bytes]", text: bytes = b"") -> None:
    assert process.stdin is not None
    with contextlib.suppress(BrokenPipeError), process.stdin as stdin:
        stdin.write(text)


def _die_with_parent() -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


def _stop(process: "subprocess.Popen[bytes]") -> None:
    if process.poll() is None:
        process.terminate()
        try:
            process.wait(STOP_S)
        except subprocess.TimeoutExpired:
            process.kill()
    process.wait()


def _wait_until(ready: Callable[[], bool], process: "subprocess.Popen[bytes]", folder: Path, complaint: str) -> None:
    end = time.monotonic() + START_S
    while not ready():
        if process.poll() is not None or time.monotonic() > end:
            raise PrivateKeyringError(f"{complaint}. {_last_words(folder)}".strip())
        time.sleep(0.01)


def _last_words(folder: Path) -> str:
    """The last lines that the daemons printed, without the harmless one about the file descriptor limit."""
    with contextlib.suppress(OSError):
        lines = (folder / "keyring.log").read_text(encoding="utf-8", errors="replace").splitlines()
        return " | ".join(line for line in lines[-8:] if "fd limit" not in line)
    return ""


# A D-Bus client of two calls, so that readiness is asked for and not guessed. Wire format: D-Bus specification,
# sections "Authentication Protocol" and "Message Protocol".


def _bus_answers(bus_socket: Path) -> bool:
    return _call(bus_socket, None) is not None


def _has_owner(bus_socket: Path, name: str) -> bool:
    answer = _call(bus_socket, name)
    return answer is not None and answer[-4:] == struct.pack("<I", 1)


def _call(bus_socket: Path, name: str | None) -> bytes | None:
    """Say hello to the bus and, if `name` is given, ask whether it has an owner; None if the bus is not there."""
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as channel:
            channel.settimeout(STOP_S)
            channel.connect(str(bus_socket))
            identity = str(os.getuid()).encode().hex().encode()
            channel.sendall(b"\0AUTH EXTERNAL " + identity + b"\r\n")
            if not channel.recv(256).startswith(b"OK"):
                return None
            channel.sendall(b"BEGIN\r\n" + _message(1, "Hello"))
            answer = _reply(channel, 1)
            if name is not None:
                channel.sendall(_message(2, "NameHasOwner", name))
                answer = _reply(channel, 2)
            return answer
    except OSError:
        return None


def _text(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode() + b"\0"


def _padded(data: bytes, boundary: int) -> bytes:
    return data + b"\0" * (-len(data) % boundary)


def _message(serial: int, member: str, argument: str | None = None) -> bytes:
    body = b"" if argument is None else _text(argument)
    bus = "org.freedesktop.DBus"
    fields = [(1, "o", "/org/freedesktop/DBus"), (6, "s", bus), (2, "s", bus), (3, "s", member)]
    array = b""
    for code, signature, value in fields:
        array = _padded(array, 8) + bytes([code, 1]) + signature.encode() + b"\0" + _text(value)
    if argument is not None:
        array = _padded(array, 8) + bytes([8, 1]) + b"g\0" + b"\x01s\0"
    header = b"l\x01\x00\x01" + struct.pack("<III", len(body), serial, len(array)) + array
    return _padded(header, 8) + body


def _reply(channel: socket.socket, serial: int) -> bytes:
    """The body of the method return with this reply serial; signals that arrive before it are skipped."""
    while True:
        head = _exactly(channel, 16)
        body_length, _, array_length = struct.unpack("<III", head[4:16])
        fields = _exactly(channel, array_length + (-array_length % 8))
        body = _exactly(channel, body_length)
        is_reply = head[1] in {2, 3} and b"\x05\x01u\0" + struct.pack("<I", serial) in fields
        if is_reply:
            return body if head[1] == 2 else b""


def _exactly(channel: socket.socket, count: int) -> bytes:
    data = b""
    while len(data) < count:
        part = channel.recv(count - len(data))
        if not part:
            raise ConnectionError("the bus closed the connection")
        data += part
    return data
