"""The order of a wipe, and that nobody is waited for too long."""

import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

import pytest

from app.domain.errors import WorkstationError
from app.guardian.destroy import Wiped, WipeWork, sweep, wipe_sessions
from app.guardian.limits import Limits
from app.guardian.wire import SessionBegun
from app.session.ends import WipeLine

SESSION = SessionBegun("abc", "Ayu", "token", "/o")
QUICK = Limits(key_first_s=0.05, key_last_s=0.05, report_s=0.05)
PATIENT = Limits(key_first_s=60, key_last_s=60, report_s=60)


class Hands:
    """Notes who did what in which order."""

    def __init__(self) -> None:
        self.done: list[str] = []
        self.let_go = threading.Event()

    def work(self) -> WipeWork:
        return WipeWork(
            key=lambda session: self._did(f"key {session}", "keyring"),
            files=lambda session: self._did(f"files {session}", "cache"),
            sweep=self.sweep,
            report_end=self.report,
        )

    def sweep(self, with_keyring: bool) -> Sequence[WipeLine]:
        cache = self._did(f"sweep {with_keyring}", "cache")
        return (WipeLine("keyring", "removed", count=1), cache) if with_keyring else (cache,)

    def report(self, session: SessionBegun, lines: tuple[WipeLine, ...], _cause: str) -> int | None:
        self.done.append(f"report {session.session} {[x.outcome for x in lines]}")
        return 7

    def _did(self, what: str, name: str) -> WipeLine:
        self.done.append(what)
        return WipeLine(name, "removed", count=1)

    def hang(self) -> None:
        self.let_go.wait()


@pytest.fixture
def hands() -> Iterator[Hands]:
    it = Hands()
    yield it
    it.let_go.set()


def raising(error: Exception) -> Callable[[str], WipeLine]:
    def hand(_session: str) -> WipeLine:
        raise error

    return hand


def test_that_the_key_goes_first_then_the_files_then_the_office_is_told(hands: Hands) -> None:
    wiped = wipe_sessions(hands.work(), [SESSION], PATIENT, report=True)
    assert hands.done == ["key abc", "files abc", "report abc ['removed', 'removed']"]
    assert wiped == Wiped((WipeLine("keyring", "removed", count=1), WipeLine("cache", "removed", count=1)), 7)


def test_that_the_office_is_not_told_twice(hands: Hands) -> None:
    assert wipe_sessions(hands.work(), [SESSION], PATIENT, report=False).audit_entry is None
    assert hands.done == ["key abc", "files abc"]


def test_that_every_announced_session_is_wiped(hands: Hands) -> None:
    wiped = wipe_sessions(hands.work(), [replace(SESSION, session="old"), SESSION], PATIENT, report=False)
    assert hands.done == ["key old", "key abc", "files old", "files abc"]
    assert wiped.lines == (WipeLine("keyring", "removed", count=2), WipeLine("cache", "removed", count=2))


def test_that_a_keyring_that_hangs_is_failed_and_the_files_go(hands: Hands) -> None:
    def key(_session: str) -> WipeLine:
        hands.hang()
        return WipeLine("keyring", "removed")

    wiped = wipe_sessions(replace(hands.work(), key=key), [SESSION], QUICK, report=False)
    assert wiped.lines == (WipeLine("keyring", "failed", "no_answer"), WipeLine("cache", "removed", count=1))


def test_that_a_keyring_that_answers_late_is_still_counted(hands: Hands) -> None:
    def key(_session: str) -> WipeLine:
        hands.hang()
        return WipeLine("keyring", "removed", count=1)

    def files(session: str) -> WipeLine:
        hands.let_go.set()  # the keyring answers only once the files are gone
        return hands._did(f"files {session}", "cache")

    limits = replace(PATIENT, key_first_s=0.05)
    wiped = wipe_sessions(replace(hands.work(), key=key, files=files), [SESSION], limits, report=False)
    assert [line.outcome for line in wiped.lines] == ["removed", "removed"]


def test_that_an_absent_keyring_is_named_by_its_code_and_the_files_go(hands: Hands) -> None:
    work = replace(hands.work(), key=raising(WorkstationError("no keyring", code="K1")))
    wiped = wipe_sessions(work, [SESSION], PATIENT, report=False)
    assert wiped.lines[0] == WipeLine("keyring", "failed", "K1")
    assert hands.done == ["files abc"]


def test_that_files_that_stay_are_failed_without_a_value(hands: Hands) -> None:
    work = replace(hands.work(), files=raising(OSError("S3NT-contact-1")))
    wiped = wipe_sessions(work, [SESSION], PATIENT, report=True)
    assert wiped.lines[1] == WipeLine("cache", "failed", "OSError")
    assert wiped.audit_entry == 7


def test_that_an_office_that_hangs_or_refuses_costs_only_the_number(hands: Hands) -> None:
    def hang(_session: SessionBegun, _lines: tuple[WipeLine, ...], _cause: str) -> int | None:
        hands.hang()
        return 1

    def refuse(_session: SessionBegun, _lines: tuple[WipeLine, ...], _cause: str) -> int | None:
        raise WorkstationError("away")

    limits = replace(PATIENT, report_s=0.05)
    for tell in (hang, refuse):
        wiped = wipe_sessions(replace(hands.work(), report_end=tell), [SESSION], limits, report=True)
        assert wiped.audit_entry is None
        assert [line.outcome for line in wiped.lines] == ["removed", "removed"]


def test_that_the_second_helper_does_not_wait_for_the_keyring_before_the_files(hands: Hands) -> None:
    def key(_session: str) -> WipeLine:
        hands.hang()
        return WipeLine("keyring", "removed", count=1)

    def files(session: str) -> WipeLine:
        hands.let_go.set()
        return hands._did(f"files {session}", "cache")

    wiped = wipe_sessions(
        replace(hands.work(), key=key, files=files), [SESSION], PATIENT, report=False, files_first=True
    )
    assert [line.outcome for line in wiped.lines] == ["removed", "removed"]


def test_that_a_sweep_asks_the_keyring_too(hands: Hands) -> None:
    assert sweep(hands.work(), PATIENT).lines[0] == WipeLine("keyring", "removed", count=1)
    assert hands.done == ["sweep True"]


def test_that_a_sweep_without_a_keyring_still_takes_the_files(hands: Hands) -> None:
    def half(with_keyring: bool) -> Sequence[WipeLine]:
        if with_keyring:
            raise WorkstationError("no keyring", code="K1")
        return hands.sweep(with_keyring)

    assert sweep(replace(hands.work(), sweep=half), PATIENT).lines == (WipeLine("cache", "removed", count=1),)


def test_that_a_sweep_does_not_wait_for_a_keyring_that_hangs(hands: Hands) -> None:
    def half(with_keyring: bool) -> Sequence[WipeLine]:
        if with_keyring:
            hands.hang()
        return hands.sweep(with_keyring)

    files, keyring = sweep(replace(hands.work(), sweep=half), QUICK).lines
    assert files == WipeLine("cache", "removed", count=1)
    assert keyring == WipeLine("keyring", "failed", "no_answer"), "its entry may still be there"


def test_that_a_sweep_after_one_that_hung_says_that_nobody_asked_the_keyring(hands: Hands) -> None:
    lines = sweep(hands.work(), PATIENT, files_first=True).lines
    assert [(line.what, line.outcome) for line in lines] == [("cache", "removed"), ("keyring", "failed")]


def test_that_a_sweep_that_found_nothing_has_nothing_to_say_of_a_keyring_that_hangs(hands: Hands) -> None:
    def half(with_keyring: bool) -> Sequence[WipeLine]:
        if with_keyring:
            hands.hang()
        return ()

    assert sweep(replace(hands.work(), sweep=half), QUICK).lines == ()
    assert sweep(replace(hands.work(), sweep=half), QUICK, files_first=True).lines == ()
