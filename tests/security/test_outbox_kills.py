"""`kill -9` while something is kept or delivered: what was acknowledged is there, once, and nothing else is half there.

Real processes: a child of the test is the console; it dies by SIGKILL at a point of its own, or at a random moment.
"""

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from app.api.client import outbox as calls
from app.auth.outbox_entry import EntryKind, note_of, note_payload, open_entry
from app.backoffice.outbox_keys import payload_of
from app.session.contacts import Contacts
from app.session.desk import Desk
from app.session.outbox import Outbox
from app.storage.outbox import OutboxFolder
from tests.demo.customers import demo_customers
from tests.office.coming_back import clients_closed
from tests.office.door import entries, opened, rows_of
from tests.office.made import MadeOffice, made_office

ROUNDS = 25
NOTE = bytes(16)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[MadeOffice]:
    with made_office(tmp_path) as it:
        it.hire("ratna", "Ratna Dewanti")
        it.bring_in(demo_customers(4, 3))
        with clients_closed(it):
            yield it


def dies() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def child(act: Callable[[Callable[[str], object]], object]) -> tuple[int, int]:
    """A console's process, and a descriptor on which it says what was acknowledged."""
    reads, writes = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            act(lambda word: os.write(writes, f"{word}\n".encode()))
        finally:
            os._exit(0)
    os.close(writes)
    return pid, reads


def heard(reads: int, lines: int) -> bytes:
    """What it has acknowledged once that is so many lines, or less if it has ended."""
    words = b""
    while words.count(b"\n") < lines and (more := os.read(reads, 4096)):
        words += more
    return words


def said(pid: int, reads: int, before: bytes = b"") -> tuple[list[str], bool]:
    """What it acknowledged before it was gone, after what was heard already; and whether it was killed."""
    with os.fdopen(reads, "rb") as pipe:
        words = (before + pipe.read()).decode().splitlines()
    return words, os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == -signal.SIGKILL


def record_of(desk: Desk) -> str:
    return desk.customer(desk.search("", None).ids[0]).record


def own_outbox(office: MadeOffice, desk: Desk) -> Outbox:
    """The session's outbox as its next process would take it over."""
    folder = OutboxFolder(office.places.home)
    return Outbox(folder, desk._identity, folder.read(desk.session))


def kept_states(office: MadeOffice, desk: Desk) -> list[int]:
    """The states of the note as they lie sealed in the file, by the office's own keys."""
    kept = OutboxFolder(office.places.home).read(desk.session)
    found = []
    for sealed in kept.entries if kept is not None else ():
        entry = open_entry(opened(office).id, opened(office).keys.office_kem, sealed).entry
        with opened(office).database.reading() as db:
            found.append(note_of(payload_of(db, opened(office).id, entry))[1])
    return found


def keep(outbox: Outbox, record: str, state: int) -> None:
    outbox.keep(EntryKind.NOTE, note_payload(bytes.fromhex(record), state, f"state {state}"), NOTE)


# between append, fsync and acknowledge


def half_a_write(descriptor: int, data: bytes, at: int) -> int:
    os.lseek(descriptor, at, os.SEEK_SET)
    os.write(descriptor, data[: len(data) // 2])
    dies()
    return 0


POINTS: dict[str, tuple[Any, str, Callable[..., Any]]] = {
    "before the write": (os, "pwrite", lambda *_: dies()),
    "in the middle of the write": (os, "pwrite", half_a_write),
    "before the sync": (os, "fsync", lambda *_: dies()),
}


@pytest.mark.slow
@pytest.mark.parametrize("first", [True, False], ids=["a new file", "a file that is there"])
@pytest.mark.parametrize("point", POINTS)
def test_that_a_kill_before_an_entry_is_on_disk_takes_nothing_that_was_acknowledged(
    office: MadeOffice, point: str, first: bool
) -> None:
    desk = office.desk("ratna")
    record, acknowledged = record_of(desk), [] if first else [1, 2]
    for state in acknowledged:
        keep(own_outbox(office, desk), record, state)

    def dying(_say: Callable[[str], object]) -> None:
        owner, name, fault = POINTS[point]
        setattr(owner, name, fault)
        keep(own_outbox(office, desk), record, 3)

    pid, reads = child(dying)
    assert said(pid, reads) == ([], True)
    found = kept_states(office, desk)
    assert found in ([*acknowledged], [*acknowledged, 3]), "whole, or not there"
    keep(own_outbox(office, desk), record, 4)
    assert kept_states(office, desk) == [*found, 4]
    courier = office.desk("hendra")
    assert courier.deliver().refused == 0
    [row] = rows_of(office, "notes")
    assert row.revision == 4
    assert {e.outcome for e in entries(office, "outbox.deliver")} == {"ok"}
    desk.end("signed_out")
    courier.end("signed_out")


@pytest.mark.slow
def test_that_random_kills_lose_and_double_nothing_that_was_acknowledged(office: MadeOffice) -> None:
    """Each round another process of the same session goes on with the chain and is killed at a random moment."""
    desk, chance = office.desk("ratna"), random.Random(24)
    record, states, killed = record_of(desk), iter(range(1, 10**6)), 0
    acknowledged: list[int] = []
    for _round in range(ROUNDS):
        first = next(states)

        def writing(say: Callable[[str], object], first: int = first) -> None:
            outbox = own_outbox(office, desk)
            for state in range(first, first + 100_000):
                keep(outbox, record, state)
                say(str(state))

        pid, reads = child(writing)
        before = heard(reads, chance.randrange(12))
        time.sleep(chance.random() * 0.01)  # anywhere within the next ones
        os.kill(pid, signal.SIGKILL)
        words, was_killed = said(pid, reads, before)
        killed += was_killed
        acknowledged += [int(word) for word in words]
        found = kept_states(office, desk)
        assert set(acknowledged) <= set(found), "acknowledged and lost"
        assert len(set(found)) == len(found), "doubled"
        states = iter(range(max(found, default=first) + 1, 10**6))
    assert killed == ROUNDS
    assert len(acknowledged) > ROUNDS, "the control: most rounds got somewhere"
    found = kept_states(office, desk)
    courier = office.desk("hendra")
    assert courier.deliver().refused == 0
    [row] = rows_of(office, "notes")
    assert row.revision == max(found)
    assert [r.number for r in rows_of(office, "outbox_entries")] == list(range(1, len(found) + 1))
    desk.end("signed_out")
    courier.end("signed_out")


# between deliver, answered and removed


def after(call: Callable[..., Any]) -> Callable[..., Any]:
    def dying(*parts: Any, **named: Any) -> None:
        call(*parts, **named)
        dies()

    return dying


DELIVERING: dict[str, tuple[Any, str, Callable[..., Any]]] = {
    "before it is sent": (calls, "deliver", lambda *_, **__: dies()),
    "after the answer": (calls, "deliver", after(calls.deliver)),
    "before the file goes": (OutboxFolder, "remove", lambda *_: dies()),
    "after the file went": (OutboxFolder, "remove", after(OutboxFolder.remove)),
}


@pytest.mark.slow
@pytest.mark.parametrize("point", DELIVERING)
def test_that_a_kill_of_whoever_delivers_loses_and_doubles_nothing(office: MadeOffice, point: str) -> None:
    desk = office.desk("ratna")
    record = record_of(desk)
    outbox = own_outbox(office, desk)
    for state in range(1, 6):
        keep(outbox, record, state)
    courier = courier_killed_at(office, point)
    assert courier.deliver().waits == 0
    [row] = rows_of(office, "notes")
    assert row.revision == 5
    assert [r.number for r in rows_of(office, "outbox_entries")] == [1, 2, 3, 4, 5]
    assert OutboxFolder(office.places.home).sessions() == []
    assert {e.outcome for e in entries(office, "outbox.deliver")} == {"ok"}
    desk.end("signed_out")
    courier.end("signed_out")


def courier_killed_at(office: MadeOffice, point: str) -> Desk:
    """A console that delivers and dies there; and the same one as it would go on in another process."""
    courier = office.desk("hendra")
    fresh = courier._identity.client
    fresh._http.close()  # no line of the parent's goes on in the child
    client = office.connect()
    client.use_token(fresh._token)
    courier._identity.client = client

    def dying(_say: Callable[[str], object]) -> None:
        owner, name, fault = DELIVERING[point]
        setattr(owner, name, fault)
        courier.deliver()

    assert said(*child(dying)) == ([], True)
    return courier


@pytest.mark.slow
@pytest.mark.parametrize("point", DELIVERING)
def test_that_a_kill_of_whoever_delivers_finishes_a_visit_once_and_takes_it_back_once(
    office: MadeOffice, point: str
) -> None:
    desk = office.desk("ratna")
    contacts, outbox = desk.contacts, own_outbox(office, desk)
    visit = replace(contacts.begin(record_of(desk)), outcome="solved")
    for ended_ms, outcome in ((1, "solved"), (0, "solved"), (2, "passed_on")):
        visit = contacts.next_state(replace(visit, outcome=outcome))
        Contacts(desk._identity, outbox, "en", lambda _records: []).keep_for_later(visit, ended_ms)
    courier = courier_killed_at(office, point)
    assert courier.deliver().waits == 0
    [row] = rows_of(office, "contacts")
    assert (row.outcome, row.revision, row.is_last) == ("passed_on", 3, True)
    told = [e.event for e in entries(office) if e.event.startswith("contact.")]
    assert told == ["contact.ended", "contact.reopened", "contact.ended"]
    desk.end("signed_out")
    courier.end("signed_out")


@pytest.mark.slow
def test_that_an_office_which_dies_before_it_commits_has_taken_nothing(
    office: MadeOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Everything of a delivery is one transaction: a fault after the last entry leaves none of it."""
    desk = office.desk("ratna")
    record, outbox = record_of(desk), own_outbox(office, desk)
    for state in (1, 2, 3):
        keep(outbox, record, state)
    courier = office.desk("hendra")
    with monkeypatch.context() as patch:

        def fails(*_: object) -> None:
            raise RuntimeError

        patch.setattr("app.backoffice.outbox._log_taken", fails)
        with pytest.raises(Exception):  # noqa: B017, PT011 (however the client words it)
            courier.deliver()
    assert rows_of(office, "notes") == rows_of(office, "outbox_entries") == []
    assert courier.deliver().waits == 0
    assert [r.revision for r in rows_of(office, "notes")] == [3]
    desk.end("signed_out")
    courier.end("signed_out")


# a full disk


@pytest.mark.slow
@pytest.mark.attack("A29")
def test_that_a_disk_that_is_really_full_is_said_and_takes_nothing_back(tmp_path: Path) -> None:
    """A small file system, filled to the last byte: neither office nor outbox take the note (`outbox_disk_play.py`)."""
    unshare = ["unshare", "-m"] if os.geteuid() == 0 else ["unshare", "-Urm"]
    can_mount = [*unshare, "mount", "-t", "tmpfs", "tmpfs", str(tmp_path)]
    if shutil.which("unshare") is None or subprocess.run(can_mount, capture_output=True, check=False).returncode:
        pytest.skip("nobody here may mount a small file system, not even in a namespace of their own")
    play = [*unshare, sys.executable, str(Path(__file__).with_name("outbox_disk_play.py")), str(tmp_path)]
    told = subprocess.run(play, capture_output=True, text=True, check=False, timeout=200)
    assert told.returncode == 0, told.stderr
    found = json.loads(told.stdout)
    assert {*found["tries"]} <= {"", "outbox_disk"}
    assert found["tries"][-1] == found["tries"][3] == "outbox_disk", "the control: it was full, for the office, too"
    acknowledged = [f"state {n}" for n, code in enumerate(found["tries"]) if not code][-1:]
    assert found["kept"] == [*acknowledged, "acknowledged before"]
    assert found["drafts"] == [found["draft"]] == ["state 7"], "what nobody took is a draft still"
    assert (found["after"], found["refused"]) == (["and then there was room"], 0)
