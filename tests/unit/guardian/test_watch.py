"""The console's side of the line."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from app.guardian.receipts import new_receipt, to_json
from app.guardian.watch import read_receipt
from app.session.ends import WipeLine

ROOT = Path(__file__).parents[3]
RECEIPT = to_json(new_receipt("guardian_died", "Ayu", (WipeLine("cache", "removed"),)))


def fd_with(content: bytes) -> int:
    fd = os.memfd_create("test")
    os.write(fd, content)
    os.lseek(fd, 0, os.SEEK_SET)
    return fd


def test_that_a_receipt_is_read_once_and_its_descriptor_closed() -> None:
    fd = fd_with(RECEIPT.encode())
    assert read_receipt(fd) == RECEIPT
    with pytest.raises(OSError, match="descriptor"):
        os.fstat(fd)


@pytest.mark.parametrize("content", [b"", b"\xff", b"{}", RECEIPT.encode() + b"x", b" " * 70_000 + RECEIPT.encode()])
def test_that_anything_else_on_the_descriptor_is_no_receipt(content: bytes) -> None:
    assert read_receipt(fd_with(content)) is None


def test_that_a_descriptor_that_is_not_open_is_no_receipt() -> None:
    assert read_receipt(10_000) is None


def run(program: str, line: socket.socket) -> "subprocess.Popen[str]":
    start = f"import sys, os, socket, time; sys.path.insert(0, {str(ROOT)!r})\nfrom app.guardian.watch import *\n"
    start += f"line = socket.socket(fileno={line.fileno()})\n"
    return subprocess.Popen(
        [sys.executable, "-I", "-c", start + program],
        pass_fds=(line.fileno(),),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.mark.parametrize(
    ("lost", "says"),
    [("lambda: print('lost', flush=True)", "lost\n"), ("lambda: 1 / 0", ""), ("lambda: sys.exit(0)", "")],
)
def test_that_a_lost_guardian_is_acted_on_once_and_the_process_ends_whatever_happens(lost: str, says: str) -> None:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        console = run(f"link = GuardianLink(line, {lost})\nlink.start()\ntime.sleep(3600)", theirs)
        theirs.close()
        ours.close()
        assert console.communicate(timeout=60)[0] == says
        assert console.returncode == 5


def test_that_a_guardian_that_speaks_nonsense_is_a_lost_one() -> None:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        console = run("GuardianLink(line, lambda: print('lost', flush=True)).start()\ntime.sleep(3600)", theirs)
        ours.sendall(b"hello\n")
        assert console.communicate(timeout=60)[0] == "lost\n"


def test_that_sending_to_a_dead_guardian_raises_nothing() -> None:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        program = "link = GuardianLink(line, lambda: time.sleep(3600))\nlink.start()\n"
        program += "sys.stdin.read()\nfor _ in range(3): link.ask_approval()\nprint('alive', flush=True)\nos._exit(0)"
        ours.close()
        console = run(program, theirs)
        assert console.communicate(timeout=60) == ("alive\n", "")


def test_that_only_the_receipt_and_the_terminal_cross_into_the_fresh_image() -> None:
    ours, theirs = socket.socketpair()
    fresh = f"import os, sys; sys.path.insert(0, {str(ROOT)!r})\nfrom app.guardian.process import open_fds\n"
    fresh += "print([os.readlink(f'/proc/self/fd/{n}') for n in open_fds() if n > 2], sys.argv[1])"
    program = f"os.set_inheritable(line.fileno(), True)\nbecome_fresh([sys.executable, '-I', '-c', {fresh!r}], '{{}}')"
    with ours, theirs:
        out, errors = run(program, theirs).communicate(timeout=60)
    assert out == "['/memfd:tirai-receipt (deleted)'] --receipt-fd\n", errors


def test_that_a_fresh_image_that_cannot_start_ends_the_process_with_what_to_do() -> None:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        console = run("become_fresh(['/nowhere/python'], None)", theirs)
        assert "start it again" in console.communicate(timeout=60)[1]
        assert console.returncode == 5
