"""The nursery: forks children for whoever has threads, knows nothing, and goes with whoever began it."""

import socket
import threading

import pytest

from app.domain.errors import WorkstationError
from app.guardian.nursery import Nursery, start_nursery
from tests.unit.guardian.playing import GONE
from tests.unit.guardian.playing import played as played_with

PROLOGUE = """
import os, signal, socket, sys, threading, time
from pathlib import Path
from app.guardian.nursery import start_nursery
from app.guardian.process import harden

harden()
SECRET = []

def body(line):
    line.sendall(f"{os.getpid()} {os.getppid()} {len(SECRET)} {len(os.listdir('/proc/self/task'))}\\n".encode())
    while line.recv(100):
        pass
    return 0

def told(line):
    return [int(word) for word in line.makefile().readline().split()]
"""
PROLOGUE += (
    GONE
    + """
nursery = start_nursery(body)
"""
)


def played(program: str) -> str:
    """What a program prints that has begun a nursery."""
    return played_with(PROLOGUE, program)


def test_that_a_process_with_threads_gets_children_without_its_secrets_or_threads() -> None:
    said = played("""
    SECRET.append("learned after the nursery was born")
    threading.Thread(target=time.sleep, args=(600,), daemon=True).start()
    lines = [nursery.child() for _ in range(3)]
    children = [told(line) for line in lines]
    assert len({child[0] for child in children}) == 3
    assert {child[1] for child in children} != {os.getpid()}, "the nursery's children, not ours"
    print([child[2:] for child in children], flush=True)
    os._exit(0)
    """)
    assert said == "[[0, 1], [0, 1], [0, 1]]"


def test_that_a_child_leaves_at_the_end_of_its_line_and_its_end_ends_the_line() -> None:
    said = played("""
    first, second = nursery.child(), nursery.child()
    a, b = told(first)[0], told(second)[0]
    first.close()
    os.kill(b, signal.SIGKILL)
    print(gone(a), second.recv(1), told(nursery.child())[0] not in (a, b))
    """)
    assert said == "True b'' True"


def test_that_nursery_and_children_go_with_whoever_began_them() -> None:
    said = played("""
    pid = os.fork()
    if pid == 0:
        mine = start_nursery(body)
        line = mine.child()
        told_ = told(line)
        Path(f"/tmp/tirai-nursery-{os.getppid()}").write_text(f"{told_[0]} {told_[1]}")
        os.kill(os.getpid(), signal.SIGKILL)
    os.waitpid(pid, 0)
    path = Path(f"/tmp/tirai-nursery-{os.getpid()}")
    child, its_nursery = map(int, path.read_text().split())
    path.unlink()
    print(gone(child), gone(its_nursery))
    """)
    assert said == "True True"


def test_that_children_go_with_a_killed_nursery_which_is_then_said() -> None:
    said = played("""
    from app.domain.errors import WorkstationError
    line = nursery.child()
    child, its_nursery = told(line)[:2]
    os.kill(its_nursery, signal.SIGKILL)
    print(gone(child), line.recv(1))
    os.waitpid(its_nursery, 0)
    try:
        nursery.child()
    except WorkstationError as error:
        print(error.code)
    """)
    assert said == "True b''\nN1"


def test_that_a_process_with_threads_cannot_begin_a_nursery() -> None:
    leave = threading.Event()
    thread = threading.Thread(target=leave.wait)
    thread.start()
    with pytest.raises(RuntimeError, match="one thread"):
        start_nursery(lambda _line: 0)
    leave.set()
    thread.join()


def test_that_a_nursery_that_is_gone_is_said_with_what_to_do() -> None:
    line, theirs = socket.socketpair()
    theirs.close()
    with pytest.raises(WorkstationError, match="Sign out everywhere"):
        Nursery(line).child()
    line.close()


def test_that_a_child_lives_by_the_body_it_was_asked_for_and_by_no_other() -> None:
    said = played("""
    def other(line):
        line.sendall(b"another body\\n")
        return 0

    two = start_nursery(body, other)
    first, second, third = two.child(), two.child(1), two.child(2)
    print(len(told(first)), second.makefile().readline().strip(), third.recv(1))
    """)
    assert said == "4 another body b''"
