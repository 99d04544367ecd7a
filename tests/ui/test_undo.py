"""What can be taken back: a notice that was sent away."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.ui.undoing import MOST, Undoing
from tests.ui.conftest import Signed
from tests.ui.test_palette import CTRL, SHIFT, press, screen_of

Make = Callable[..., Signed]


def test_that_the_newest_step_is_taken_back_first_and_can_be_done_again() -> None:
    undoing, seen = Undoing(), list[str]()
    for name in ("a", "b"):
        undoing.did(name, partial(seen.append, f"-{name}"), partial(seen.append, f"+{name}"))
    undoing.undo()
    undoing.undo()
    undoing.undo()
    undoing.redo()
    assert seen == ["-b", "-a", "+a"]
    assert undoing.can_undo
    assert undoing.can_redo


def test_that_what_an_undo_sets_off_is_no_new_step() -> None:
    undoing = Undoing()
    undoing.did("a", lambda: undoing.did("b", bool, bool), bool)
    undoing.undo()
    assert not undoing.can_undo
    assert undoing.can_redo


def test_that_a_matter_that_is_over_is_forgotten() -> None:
    undoing = Undoing()
    undoing.did("a", bool, bool, about="visit")
    undoing.did("b", bool, bool)
    undoing.forget("visit")
    undoing.undo()
    assert not undoing.can_undo


def test_that_only_so_many_steps_are_kept() -> None:
    undoing, seen = Undoing(), list[int]()
    for at in range(MOST + 5):
        undoing.did("x", partial(seen.append, at), bool)
    while undoing.can_undo:
        undoing.undo()
    assert len(seen) == MOST


def test_that_ctrl_z_brings_a_closed_notice_back(console: Make) -> None:
    signed = console()
    screen = screen_of(signed)
    strip = screen.notices.failed_tries
    strip.say("2 failed tries since your last sign-in.")
    strip.action.setFocus()
    press(signed, Qt.Key.Key_Return)
    assert strip.isHidden()
    press(signed, Qt.Key.Key_Z, CTRL)
    assert strip.isVisible()
    assert screen.status._done.text() == "The notice is back."
    press(signed, Qt.Key.Key_Z, CTRL | SHIFT)
    assert strip.isHidden()


def test_that_a_text_field_undoes_its_own_first(console: Make) -> None:
    signed = console()
    screen = screen_of(signed)
    strip = screen.notices.failed_tries
    strip.say("2 failed tries since your last sign-in.")
    strip.send_away()
    note = screen.desk_panel.note.edit
    note.setFocus()
    QTest.keyClicks(note, "abc")
    press(signed, Qt.Key.Key_Z, CTRL)
    assert note.toPlainText() == ""
    assert strip.isHidden()
    press(signed, Qt.Key.Key_Z, CTRL)
    assert strip.isVisible()


def test_that_a_command_brings_all_closed_notices_back_and_is_grey_without_one(console: Make) -> None:
    signed = console()
    screen = screen_of(signed)
    command = screen.commands.find("notices")
    assert command is not None
    assert command.why_not() == "No notice was closed."
    for strip in (screen.notices.failed_tries, screen.request_waits):
        strip.say("Something.")
        strip.send_away()
    screen.commands.run("notices")
    assert screen.notices.failed_tries.isVisible()
    assert screen.request_waits.isVisible()


def test_that_a_notice_with_nothing_left_to_say_does_not_come_back(console: Make) -> None:
    signed = console()
    screen = screen_of(signed)
    screen.request_waits.say("A request waits for a decision.")
    screen.request_waits.send_away()
    screen.request_waits.say("")
    screen.undoing.undo()
    assert screen.request_waits.isHidden()
