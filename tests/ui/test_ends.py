"""Ends by the clock: who is told of them when, what becomes of the note, and what a reader hears. Moved clocks."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from app.session.console_line import Ask
from app.session.errors import OfficeAwayError
from app.ui.application import TiraiApplication
from app.ui.console import end_bar, end_watch
from app.ui.console.screen import ConsoleScreen
from app.ui.language import Language, speak
from tests.ui import fake_desk
from tests.ui.conftest import Signed

NOW = 1_772_532_360.0


@pytest.fixture(autouse=True)
def looks_by_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    """By the real clock these ends are past: a look of a console's own, a second after its start, would end it."""
    monkeypatch.setattr(end_watch, "LOOK_MS", 3_600_000)


@pytest.fixture
def at(console: Callable[..., Signed]) -> Signed:
    desk = fake_desk.FakeDesk(count=30)
    desk.person = replace(desk.person, ends_at=NOW + 36_000, lease_ends_at=NOW + 1_800)
    at = console(desk)
    screen(at).ends.clock = screen(at).pulse._clock = lambda: NOW
    return at


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, bool]]:
    said: list[tuple[str, bool]] = []

    def hear(_source: QObject, text: str, *, now: bool = False) -> None:
        said.append((text, now))

    monkeypatch.setattr(end_bar, "announce", hear)
    return said


def screen(at: Signed) -> ConsoleScreen:
    found = at.window.console
    assert found is not None
    return found


def left(at: Signed, seconds: float, *, lease: bool = False) -> str:
    """So many seconds before an end: what the bar says."""
    person = at.desk.person
    ends_at = person.lease_ends_at if lease else person.ends_at - 5
    screen(at).ends.clock = lambda: ends_at - seconds
    screen(at).ends.look()
    return "" if screen(at).end_bar.isHidden() else screen(at).end_bar.label.text()


def write(at: Signed, qtbot: QtBot, text: str = "half a sentence") -> None:
    saved = len(at.desk.saved)
    screen(at).desk_panel.note.edit.setPlainText(text)
    screen(at).desk_panel.note.save_now()
    qtbot.waitUntil(lambda: len(at.desk.saved) > saved and screen(at).desk_panel.note.is_kept)


def test_that_whoever_has_nothing_in_hand_is_told_two_minutes_before(at: Signed) -> None:
    assert left(at, 121) == ""
    said = left(at, 119)
    assert said.startswith("This session ends in 1:59: it has lasted as long as one may.")
    assert "note" not in said
    assert "call" not in said


def test_that_a_note_in_hand_is_told_of_ten_minutes_before_and_what_becomes_of_it(qtbot: QtBot, at: Signed) -> None:
    assert left(at, 600) == ""
    write(at, qtbot)
    assert "Your note is saved." in left(at, 600)
    assert "9:59" in left(at, 599)
    screen(at).desk_panel.note.edit.setPlainText("more of it")
    assert "Your note is saved before that." in left(at, 598)


def test_that_a_call_is_told_of_ten_minutes_before_and_goes_on(at: Signed) -> None:
    screen(at).calls.answer(Ask("call_start"))
    assert "Your call goes on." in left(at, 590)


def test_that_the_bar_takes_no_focus_and_goes_with_its_cause(at: Signed) -> None:
    screen(at).calls.answer(Ask("call_start"))
    focus = at.window.focusWidget()
    left(at, 590)
    assert at.window.focusWidget() is focus
    assert screen(at).end_bar.accessibleName() == screen(at).end_bar.label.text()
    screen(at).calls.end_all()
    assert left(at, 580) == ""


def test_that_a_reader_hears_it_twice_and_the_second_time_at_once(at: Signed, heard: list[tuple[str, bool]]) -> None:
    screen(at).calls.answer(Ask("call_start"))
    for seconds in (600, 599, 598, 121, 120, 119, 60):
        left(at, seconds)
    assert [now for _text, now in heard] == [False, True]
    assert "10:00" in heard[0][0]
    assert "2:00" in heard[1][0]


def test_that_a_lease_is_told_of_only_while_the_office_is_away(qtbot: QtBot, at: Signed) -> None:
    assert left(at, 60, lease=True) == ""
    screen(at).pulse.judge(OfficeAwayError("away"))
    said = left(at, 60, lease=True)
    assert said.startswith("The back office does not answer. This session ends in 1:00, for want of contact.")
    screen(at).pulse.beat()
    qtbot.waitUntil(lambda: not screen(at).pulse.is_away)
    assert left(at, 59, lease=True) == ""


def test_that_a_note_which_the_outbox_holds_is_said_to_be_kept_here(qtbot: QtBot, at: Signed) -> None:
    at.desk.away = OfficeAwayError("away")
    screen(at).desk_panel.note.edit.setPlainText("half a sentence")
    screen(at).desk_panel.note.save_now()
    qtbot.waitUntil(lambda: screen(at).desk_panel.note.is_waiting)
    assert "Your note is kept here, sealed for the back office." in left(at, 60)


def test_that_the_longest_session_is_ended_by_its_console_with_the_last_words_saved(qtbot: QtBot, at: Signed) -> None:
    screen(at).desk_panel.note.edit.setPlainText("the last words")
    left(at, 0)
    qtbot.waitUntil(lambda: bool(at.receipts))
    assert at.desk.ended == ["session_over"]
    assert [text for _record, _note, text in at.desk.saved] == ["the last words"]


def test_that_a_note_the_office_does_not_take_holds_up_no_end(qtbot: QtBot, at: Signed) -> None:
    at.desk.refuse_note = OfficeAwayError("away")
    screen(at).desk_panel.note.edit.setPlainText("the last words")
    left(at, 0)
    qtbot.waitUntil(lambda: at.desk.ended == ["session_over"])


def test_that_the_notice_of_an_unused_console_says_what_becomes_of_the_note(qtbot: QtBot, at: Signed) -> None:
    write(at, qtbot)
    at.now += 850
    screen(at).idle.look()
    assert screen(at).idle_bar.label.text().endswith("Any key keeps it. Your note is saved.")


def test_that_nothing_is_told_after_the_end(qtbot: QtBot, at: Signed) -> None:
    console = screen(at)
    console.end("signed_out")
    qtbot.waitUntil(lambda: bool(at.receipts))
    assert not console.ends._timer.isActive()


@pytest.mark.parametrize("language", list(Language))
def test_that_the_bar_speaks_both_languages(
    console: Callable[..., Signed], qapp: TiraiApplication, language: Language
) -> None:
    speak(qapp, language)
    try:
        desk = fake_desk.FakeDesk(count=30)
        desk.person = replace(desk.person, ends_at=NOW + 36_000, lease_ends_at=NOW + 1_800)
        at = console(desk)
        screen(at).calls.answer(Ask("call_start"))
        said = left(at, 590)
    finally:
        speak(qapp, Language.ENGLISH)
    wanted = "Panggilan Anda tetap berjalan." if language is Language.INDONESIAN else "Your call goes on."
    assert wanted in said
