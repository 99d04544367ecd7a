"""A line to the office whose end tells: a real office on a real socket, ended and left in every way."""

import os
import select
import signal
import socket
import threading
from pathlib import Path

import pytest

from app.api.client.client import ApiClient
from app.api.client.errors import OFFICE_GONE, OfficeAwayError
from app.api.client.transport import SocketTransport
from app.api.server.service import Service
from tests.office.made import made_office

LONG_S = 120.0


def test_that_an_office_which_leaves_is_noticed_and_an_idle_line_does_not_keep_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    watched, is_idle = threading.Event(), Service.is_idle
    monkeypatch.setattr(Service, "is_idle", lambda service: watched.is_set() and is_idle(service))
    with made_office(tmp_path) as office:
        office.stop()
        office.serve(linger_s=0.3)
        client, ended = office.connect(), threading.Event()
        line = client.lifeline(ended.set)
        assert line is not None
        assert line.is_open
        watched.set()
        assert ended.wait(LONG_S), "the office left although the line was open"
        assert not line.is_open
        assert office._thread is not None
        office._thread.join(LONG_S)
        assert not office._thread.is_alive()
        client.close()


def test_that_a_killed_office_is_noticed_at_once(tmp_path: Path) -> None:
    path = tmp_path / "office"
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    listener.bind(str(path))
    listener.listen()
    pid = os.fork()
    if pid == 0:
        held = listener.accept()  # noqa: F841 (held open until the end)
        signal.pause()
        os._exit(0)
    listener.close()
    client, ended = ApiClient(SocketTransport(path)), threading.Event()
    line = client.lifeline(ended.set)
    assert line is not None
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    assert ended.wait(LONG_S)
    with pytest.raises(OfficeAwayError) as away:
        client.lifeline(ended.set)
    assert away.value.code == OFFICE_GONE
    client.close()


def test_that_nobody_is_told_of_a_line_that_was_let_go(tmp_path: Path) -> None:
    with made_office(tmp_path) as office:
        client, ended = office.connect(), threading.Event()
        line = client.lifeline(ended.set)
        assert line is not None
        line.close()
        assert not line.is_open
        client.close()
    assert not ended.is_set()


def test_that_a_desk_hears_of_its_office_and_watches_one_line_only(tmp_path: Path) -> None:
    with made_office(tmp_path) as office:
        desk, ended = office.desk("hendra"), threading.Event()
        before = set(threading.enumerate())
        for _ in range(5):
            desk.watch_office(ended.set)
        new = [thread.name for thread in threading.enumerate() if thread not in before]
        assert new.count("office-lifeline") == 1
        office.stop()
        assert ended.wait(LONG_S)
        receipt = desk.end("office_lost")
        assert receipt.ok
        office.serve()


def test_that_the_end_of_the_offices_process_can_be_waited_for(tmp_path: Path) -> None:
    path, (ready, say) = tmp_path / "office", os.pipe()
    pid = os.fork()
    if pid == 0:
        listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        listener.bind(str(path))
        listener.listen()
        os.write(say, b"x")
        held = listener.accept()  # noqa: F841 (held open until the end)
        signal.pause()
        os._exit(0)
    os.read(ready, 1)
    client = ApiClient(SocketTransport(path))
    line = client.lifeline(lambda: None)
    assert line is not None
    process = line.process()
    assert process is not None
    assert select.select([process], [], [], 0)[0] == []
    os.kill(pid, signal.SIGKILL)
    assert select.select([process], [], [], LONG_S)[0] == [process]
    os.waitpid(pid, 0)
    assert line.process() is None, "nobody has that number any more"
    line.close()
    for fd in (process, ready, say):
        os.close(fd)
    client.close()
