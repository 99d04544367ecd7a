"""The guardian's children on Windows, over a kernel of our own; `make msi-check` plays the window under Wine."""

import json
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any, cast

import pytest

from app.guardian import windows_children
from app.guardian.destroy import Wiped
from app.guardian.guardian import Guardian
from app.guardian.helper import NOBODY_DID, report_line
from app.guardian.orders import Order, Sweep, WipeSessions
from app.guardian.processes import StartInfo
from app.guardian.receipts import from_json, new_receipt, to_json
from app.guardian.start_words import start_line, start_of
from app.guardian.ward import Ward
from app.guardian.windows_children import KILLED, LIMITS, WindowsProcesses
from app.guardian.windows_fresh import left_behind, start_beside
from app.guardian.windows_kernel import Kernel
from app.guardian.windows_line import SHUT, LineToGuardian
from app.guardian.windows_orders import ends_line, ends_of, order_line, order_of
from app.guardian.wire import FolderNamed, Locked, LockStands, Message, SessionBegun, SessionEnded, Swept, encode
from app.session.ends import LockedSession, WipeLine
from app.storage.named_locks import hold_by_name, name_of
from tests.unit.guardian.fake_windows import FakeKernel, FakeNames, Life

PATIENCE_S = 120.0
TOKEN = "c0ffee00canary00"
BEGUN = SessionBegun("a1b2", "Ratna Dewanti", TOKEN, "0f")
LOCK = LockedSession("a1b2", "ratna", "Ratna Dewanti", "agent", "SBY-1", "by_hand", 1.5, 900.0, 3.0, 7, 5)
GONE = Wiped((WipeLine("keyring", "removed", count=1), WipeLine("cache", "removed", count=3)), 41)


def processes_over(kernel: FakeKernel) -> WindowsProcesses:
    return WindowsProcesses(kernel, ("tirai.exe",), (r"C:\desk", "system", ""))


def say(line: LineToGuardian, *messages: Message) -> None:
    line.sendall(b"".join(map(encode, messages)))


def until_heard(ward: Ward) -> None:
    until = time.monotonic() + PATIENCE_S
    while not ward.closed and time.monotonic() < until:
        ward.hear()
        time.sleep(0.01)
    assert ward.closed


# --- what is said


@pytest.mark.parametrize(
    "start",
    [
        StartInfo(),
        StartInfo(to_json(new_receipt("sweep", "", GONE.lines)), is_swept=False),
        StartInfo(lock=LOCK, sessions=(BEGUN, BEGUN)),
    ],
)
def test_that_a_child_reads_why_it_was_started(start: StartInfo) -> None:
    line = start_line(start)
    assert line.count(b"\n") == 1
    assert start_of(line) == start


@pytest.mark.parametrize("again", [False, True])
@pytest.mark.parametrize(
    "order", [Sweep(), WipeSessions((BEGUN,), True, "stopped", (WipeLine("cache", "failed", "busy"),))]
)
def test_that_a_helper_reads_what_to_destroy(order: Order, again: bool) -> None:
    assert order_of(order_line(order, again=again)) == (order, again)


def test_that_who_tells_of_ends_reads_whose() -> None:
    assert ends_of(ends_line((BEGUN,))) == (BEGUN,)


# --- nothing before it is shut


def test_that_a_child_hears_nothing_before_it_says_that_it_is_shut() -> None:
    heard: list[bytes] = []

    def life(line: LineToGuardian, _words: tuple[str, ...]) -> int:
        line.sendall(b"hello\n")
        heard.append(line.recv(1000))
        return 0

    ward = Ward(processes_over(FakeKernel(life)).console(StartInfo(sessions=(BEGUN,))))
    ward.tell(Swept(""))
    until_heard(ward)
    ward.let_go()
    assert ward.child.wait(PATIENCE_S)
    assert heard == [b""], "the line ended, and not a byte was sent"


def test_that_a_child_whose_access_list_lets_others_read_it_hears_nothing() -> None:
    heard: list[bytes] = []

    def life(line: LineToGuardian, _words: tuple[str, ...]) -> int:
        line.sendall(SHUT)
        heard.append(line.recv(1000))
        return 0

    loose = "D:(A;;0x1fffff;;;WD)"
    ward = Ward(processes_over(FakeKernel(life, loose)).console(StartInfo(sessions=(BEGUN,))))
    until_heard(ward)
    ward.let_go()
    assert ward.child.wait(PATIENCE_S)
    assert heard == [b""]


def test_that_words_to_a_child_that_is_not_shut_yet_follow_its_order() -> None:
    heard: list[bytes] = []

    def life(line: LineToGuardian, _words: tuple[str, ...]) -> int:
        time.sleep(0.1)
        heard.extend([line.order(), line.recv(1000)])
        return 3

    ward = Ward(processes_over(FakeKernel(life)).console(StartInfo(is_swept=False)))
    ward.tell(Swept(""))
    until_heard(ward)
    assert ward.child.wait(PATIENCE_S)
    assert ward.child.exit_code == 3
    assert start_of(heard[0]) == StartInfo(is_swept=False)
    assert json.loads(heard[1]) == {"say": "swept", "receipt": ""}


def test_that_nothing_of_a_session_is_on_a_command_line() -> None:
    kernel = FakeKernel(lambda line, _words: len(line.order()) * 0)
    processes = processes_over(kernel)
    wards = [Ward(processes.console(StartInfo(sessions=(BEGUN,), lock=LOCK))), Ward(processes.approval())]
    processes.wipe(WipeSessions((BEGUN,), report=True))
    teller = processes.tell_ends([BEGUN])
    for ward in wards:
        until_heard(ward)
    assert teller is not None
    kinds = [words[2] for words in kernel.started]
    assert kinds == ["console", "approval", "helper", "helper", "teller"]
    for words in kernel.started:
        assert words[:2] == ("tirai.exe", "child")
        assert all(number.isdigit() for number in words[3].split(","))
        assert words[4:] == (r"C:\desk", "system", "")


# --- children


def test_that_what_a_child_wrote_is_heard_after_it_was_killed() -> None:
    def life(line: LineToGuardian, _words: tuple[str, ...]) -> int:
        line.order()
        say(line, BEGUN)
        return KILLED

    ward = Ward(processes_over(FakeKernel(life)).console(StartInfo()))
    until = time.monotonic() + PATIENCE_S
    while not ward.child.wait(0.01) and time.monotonic() < until:
        ward.hear()
    ward.hear()
    assert ward.sessions == [BEGUN]


def test_that_a_guardian_holds_a_copy_of_the_folders_lock() -> None:
    kernel: FakeKernel

    def life(line: LineToGuardian, _words: tuple[str, ...]) -> int:
        line.order()
        say(line, BEGUN, FolderNamed("a1b2", str(kernel.new_event())))
        line.recv(1)
        return 0

    kernel = FakeKernel(life)
    ward = Ward(processes_over(kernel).console(StartInfo()))
    until = time.monotonic() + PATIENCE_S
    while not ward._locks and time.monotonic() < until:
        ward.hear()
    assert len(ward._locks) == 1
    assert kernel.objects[ward._locks[0]] == "event"
    ward._locks.clear()
    ward.let_go()


@pytest.mark.parametrize("named", [FolderNamed("other", "4"), FolderNamed("a1b2", "999999")])
def test_that_a_lock_of_nobodys_session_or_of_no_handle_breaks_the_line(named: FolderNamed) -> None:
    def life(line: LineToGuardian, _words: tuple[str, ...]) -> int:
        line.order()
        say(line, BEGUN, named)
        line.recv(1)
        return 0

    ward = Ward(processes_over(FakeKernel(life)).console(StartInfo()))
    until_heard(ward)
    assert ward.broke_protocol
    ward.let_go()


def test_that_a_second_helper_follows_one_that_died_and_that_nobody_helps_for_ever() -> None:
    tries: list[bool] = []

    def life(line: LineToGuardian, _words: tuple[str, ...]) -> int:
        again = order_of(line.order())[1]
        tries.append(again)
        if again and len(tries) == 2:
            line.sendall(report_line(GONE))
        return 0

    processes = processes_over(FakeKernel(life))
    assert processes.wipe(Sweep()) == GONE
    assert processes.wipe(Sweep()) == NOBODY_DID
    assert tries == [False, True, False, True]


def test_that_an_approval_is_in_a_job_that_ends_it_and_a_console_is_in_none() -> None:
    kernel = FakeKernel(lambda line, _words: len(line.order()) * 0)
    processes = processes_over(kernel)
    processes.console(StartInfo())
    assert kernel.jobs == []
    processes.approval()
    processes.approval()
    assert len(kernel.jobs) == 1


# --- the whole guardian


class Person:
    """What happens at the consoles of one guardian, one after the other; helpers report that all is gone."""

    def __init__(self, *consoles: Life) -> None:
        self._consoles = list(consoles)
        self.starts: list[StartInfo] = []
        self.orders: list[Order] = []

    def live(self, line: LineToGuardian, words: tuple[str, ...]) -> int:
        order = line.order()
        if words[2] == "helper":
            self.orders.append(order_of(order)[0])
            is_wipe = isinstance(self.orders[-1], WipeSessions)
            line.sendall(report_line(GONE if is_wipe else Wiped(())))
            return 0
        self.starts.append(start_of(order))
        return self._consoles.pop(0)(line, words)


def closes(_line: LineToGuardian, _words: tuple[str, ...]) -> int:
    return 0


def guarded(person: Person, monkeypatch: pytest.MonkeyPatch) -> tuple[FakeKernel, int]:
    monkeypatch.setattr(windows_children, "require_hardened", lambda: None)
    kernel = FakeKernel(person.live)
    return kernel, Guardian(processes_over(kernel), limits=LIMITS).run()


def test_that_a_console_that_dies_is_wiped_after_and_the_next_one_tells_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def dies(line: LineToGuardian, _words: tuple[str, ...]) -> int:
        say(line, BEGUN)
        return KILLED

    person = Person(dies, closes)
    kernel, code = guarded(person, monkeypatch)
    assert code == 0
    assert kernel.late
    assert person.orders[1:] == [WipeSessions((BEGUN,), report=True, cause="console_died")]
    receipt = from_json(person.starts[1].receipt or "")
    assert (receipt.cause, receipt.ok, receipt.audit_entry) == ("console_died", True, 41)


def test_that_a_lock_hands_the_session_to_the_next_console(monkeypatch: pytest.MonkeyPatch) -> None:
    def locks(line: LineToGuardian, _words: tuple[str, ...]) -> int:
        say(line, BEGUN, Locked("a1b2", "by_hand", "ratna", "agent", "SBY-1", "0", "600", "idle"))
        return 0

    def stands(line: LineToGuardian, _words: tuple[str, ...]) -> int:
        ended = new_receipt("signed_out", BEGUN.name, GONE.lines, 7)
        say(line, LockStands("a1b2"), SessionEnded("signed_out", to_json(ended)))
        return 0

    person = Person(locks, stands, closes)
    _kernel, code = guarded(person, monkeypatch)
    assert code == 0
    lock = person.starts[1].lock
    assert lock is not None
    assert (lock.session, lock.display_name, person.starts[1].sessions) == ("a1b2", BEGUN.name, (BEGUN,))
    assert from_json(person.starts[2].receipt or "").cause == "signed_out"


# --- the folder's lock


def test_that_a_folder_is_held_once_and_free_after_its_last_holder(tmp_path: Path) -> None:
    names = FakeNames()
    first = hold_by_name(tmp_path, names)
    assert first
    assert hold_by_name(tmp_path, names) is None
    assert list(names.held) == [first], "who looks holds nothing"
    assert hold_by_name(tmp_path / "other", names)
    names.close(first)
    assert hold_by_name(tmp_path, names)
    assert str(tmp_path) not in name_of(tmp_path)


# --- a console whose guardian died


def test_that_a_fresh_one_waits_for_the_old_ones_end_and_looks_again() -> None:
    kernel = FakeKernel(closes)
    told = new_receipt("guardian_died", "Ratna", (WipeLine("cache", "failed", "cache.db: Sharing violation"),))
    start_beside(kernel, ("tirai.exe", "console"), "--receipt-fd", to_json(told), [BEGUN])
    assert kernel.started[0][:3] == ("tirai.exe", "console", "--receipt-fd")
    assert not {"Ratna", TOKEN} & set(" ".join(kernel.started[0]).split())
    pipe, old = kernel.inherited[0]
    asked: list[Order] = []
    heard: list[str | None] = []

    def wipe(order: Order) -> Wiped:
        asked.append(order)
        return Wiped((WipeLine("cache", "was_not_there"),))

    here = cast("Kernel", SameNumbers(kernel, old))
    fresh = threading.Thread(target=lambda: heard.append(left_behind(here, pipe, wipe)))
    fresh.start()
    fresh.join(0.3)
    assert asked == [], "the old process still has its files open"
    kernel.end(old, 0)
    fresh.join(PATIENCE_S)
    assert asked == [WipeSessions((BEGUN,), report=False)]
    receipt = from_json(heard[0] or "")
    assert (receipt.cause, receipt.ok, receipt.lines[0].detail) == ("guardian_died", True, "gone_at_second_look")


@pytest.mark.parametrize("said", [b"", b"{}", b"x\n{}\n{}", b"4\n{}\n{}\n", b"4\n\xff\n\n"])
def test_that_anything_else_in_the_pipe_is_no_receipt(said: bytes) -> None:
    kernel = FakeKernel(closes)
    reads, writes = kernel.new_pipe()
    kernel.write(writes, said)
    kernel.close(writes)
    assert left_behind(kernel, reads, lambda _order: GONE) is None


class SameNumbers:
    """A process that has inherited a handle under its old number, as Windows does it."""

    def __init__(self, kernel: FakeKernel, own: int) -> None:
        self._kernel, self._own = kernel, own

    def __getattr__(self, name: str) -> Any:
        return getattr(self._kernel, name)

    def wait(self, _handles: Sequence[int], timeout_ms: int) -> bool:
        return self._kernel.wait([self._own], timeout_ms)

    def close(self, handle: int) -> None:
        self._kernel.close(handle if handle in self._kernel.objects else self._own)
