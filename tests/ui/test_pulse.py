"""The lease by a moved clock: while the office is away the session goes on to the end of its lease, no longer."""

import threading
from dataclasses import replace

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from app.guardian.receipts import CAUSES
from app.session.errors import OFFICE_GONE, CacheLostError, OfficeAwayError, SessionOverError
from app.session.shown import Person
from app.ui.console.pulse import Pulse
from app.ui.tasks import NETWORK_THREADS, Tasks
from tests.ui.fake_desk import FakeDesk

LEASE_ENDS = 10_000.0


class Told:
    """A pulse on a moved clock, and what it told."""

    def __init__(self, tasks: Tasks, parent: QObject) -> None:
        self.now = LEASE_ENDS - 60
        self.desk = FakeDesk(count=3)
        self.desk.person = replace(self.desk.person, lease_ends_at=LEASE_ENDS)
        self.ends = 0
        self.causes: list[str] = []
        self.pulse = Pulse(self.desk, tasks, parent, clock=lambda: self.now)
        self.pulse.over.connect(self._count)

    def _count(self, cause: str) -> None:
        self.ends += 1
        self.causes.append(cause)

    def lose_office(self) -> None:
        self.pulse.judge(OfficeAwayError("away"))


@pytest.fixture
def told(qapp: QObject, tasks: Tasks) -> Told:
    return Told(tasks, qapp)


def test_that_the_session_goes_on_while_the_lease_lasts(told: Told) -> None:
    told.lose_office()
    told.now = LEASE_ENDS - 1
    told.lose_office()
    assert told.ends == 0
    assert told.pulse.is_away


def test_that_the_session_ends_when_the_lease_has_run_out_and_the_office_is_away(told: Told) -> None:
    told.lose_office()
    told.now = LEASE_ENDS
    told.pulse.tick()
    assert told.ends == 1


def test_that_a_beat_that_fails_after_the_lease_ends_the_session_at_once(told: Told) -> None:
    told.now = LEASE_ENDS + 5
    told.lose_office()
    assert told.ends == 1


def test_that_an_office_that_answers_is_asked_and_not_the_clock(qtbot: QtBot, told: Told) -> None:
    told.now = LEASE_ENDS + 5
    with qtbot.waitSignal(told.pulse.beaten):
        told.pulse.tick()
    assert told.ends == 0


def test_that_the_session_ends_at_once_when_the_offices_process_is_gone(told: Told) -> None:
    told.pulse.judge(OfficeAwayError("away", code=OFFICE_GONE))
    assert told.causes == ["office_lost"]


def test_that_the_line_to_the_office_is_watched_and_its_end_asks_at_once(qtbot: QtBot, told: Told) -> None:
    told.pulse.start()
    qtbot.waitUntil(lambda: told.desk.watched == 1)
    with qtbot.waitSignal(told.pulse.beaten):
        told.desk.office_gone()
    qtbot.waitUntil(lambda: told.desk.watched == 2)
    assert told.causes == []


def test_that_an_office_which_was_started_anew_is_told_from_a_session_that_ran_out(
    qtbot: QtBot, told: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The new office does not know the session: it went with the old one."""

    def over() -> None:
        raise SessionOverError("over", code="session_over")

    monkeypatch.setattr(told.desk, "beat", over)
    told.pulse.start()
    told.desk.office_gone()
    qtbot.waitUntil(lambda: bool(told.causes))
    assert told.causes == ["office_lost"]


def test_that_a_cache_which_cannot_be_made_anew_ends_the_session(told: Told) -> None:
    assert told.pulse.judge(CacheLostError("lost"))
    assert told.causes == ["cache_lost"]


@pytest.mark.parametrize(
    "code",
    ["signed_in_again", "signed_in_elsewhere", "ended_by_person", "ended_by_administrator", "other_workstation"],
)
def test_that_an_end_which_somebody_set_is_told_as_such(told: Told, code: str) -> None:
    assert told.pulse.judge(SessionOverError("over", code=code))
    assert told.causes == [code]
    assert code in CAUSES, "and the guardian says it on the receipt"


def test_that_an_office_which_hangs_is_asked_once_and_takes_no_thread_from_a_note(
    qtbot: QtBot, told: Told, tasks: Tasks, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While it is away there is a beat every five seconds, and each may wait for a minute."""
    beats, may_answer = list[int](), threading.Event()
    beat = told.desk.beat

    def hang() -> Person:
        beats.append(1)
        may_answer.wait(60)
        return beat()

    monkeypatch.setattr(told.desk, "beat", hang)
    for _ in range(NETWORK_THREADS + 1):
        told.pulse.tick()
    kept = list[str]()
    tasks.run(lambda: "kept", kept.append)
    qtbot.waitUntil(lambda: bool(kept))
    with qtbot.waitSignal(told.pulse.beaten):
        may_answer.set()
    assert len(beats) == 1
    with qtbot.waitSignal(told.pulse.beaten):
        told.pulse.tick()


def test_that_what_is_told_during_a_beat_is_asked_for_after_it(
    qtbot: QtBot, told: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The answer that is on its way may be of before."""
    beats, may_answer = list[int](), threading.Event()
    beat = told.desk.beat

    def hang() -> Person:
        beats.append(1)
        may_answer.wait(60)
        return beat()

    monkeypatch.setattr(told.desk, "beat", hang)
    told.pulse.beat()
    told.pulse.beat()
    told.pulse.beat()
    may_answer.set()
    qtbot.waitUntil(lambda: len(beats) == 2)


def test_that_a_beat_which_failed_is_followed_by_others(
    qtbot: QtBot, told: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away() -> None:
        raise OfficeAwayError("away")

    with monkeypatch.context() as at_once:
        at_once.setattr(told.desk, "beat", away)
        with qtbot.waitSignal(told.pulse.connected):
            told.pulse.tick()
    with qtbot.waitSignal(told.pulse.beaten):
        told.pulse.tick()
