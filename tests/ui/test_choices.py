"""What a person chooses for their screens holds for their next session, and for nobody else's."""

from pathlib import Path

from pytestqt.qtbot import QtBot

from app.bootstrap.program import Program
from app.bootstrap.screens import screen_choices
from app.storage.screen_choices import choices_path, read_choices
from app.ui.choices import Choices
from app.ui.tasks import Tasks

RATNA, HENDRA = "ratna.dewanti", "hendra.kusuma"


def test_that_a_choice_is_there_in_the_next_session(qtbot: QtBot, tasks: Tasks, tmp_path: Path) -> None:
    program = Program.at(tmp_path)
    choices = screen_choices(program, RATNA, tasks)
    assert not choices.flag("tour_seen")
    choices.keep("tour_seen", True)
    choices.keep("widths", (304, 348))
    qtbot.waitUntil(lambda: read_choices(program.places.home, RATNA).get("widths") == (304, 348))
    again = screen_choices(program, RATNA, tasks)
    assert again.flag("tour_seen")
    assert again.numbers("widths") == (304, 348)
    assert not screen_choices(program, HENDRA, tasks).flag("tour_seen")


def test_that_a_choice_that_cannot_be_written_holds_for_the_session(qtbot: QtBot, tasks: Tasks, tmp_path: Path) -> None:
    program = Program.at(tmp_path)
    choices_path(program.places.home, RATNA).mkdir()
    choices = screen_choices(program, RATNA, tasks)
    choices.keep("single_keys", False)
    done: list[bool] = []
    tasks.run(lambda: True, done.append)
    qtbot.waitUntil(lambda: bool(done))
    assert not choices.flag("single_keys", True)


def test_that_whoever_drives_the_windows_meets_no_tour(tasks: Tasks, tmp_path: Path) -> None:
    program = Program(Program.at(tmp_path).places, on_console=lambda _window: None)
    assert screen_choices(program, RATNA, tasks).flag("tour_seen")


def test_that_another_type_than_asked_for_counts_as_not_chosen() -> None:
    choices = Choices({"a": True, "b": 3, "c": "x", "d": ("x", "y"), "e": (1, 2)})
    assert (choices.number("a", 7), choices.flag("b"), choices.word("b"), choices.numbers("d")) == (7, False, "", ())
    assert (choices.flag("a"), choices.number("b"), choices.word("c")) == (True, 3, "x")
    assert (choices.words("d"), choices.numbers("e"), choices.words("e")) == (("x", "y"), (1, 2), ())


def test_that_only_another_choice_is_told_and_written() -> None:
    written: list[dict[str, object]] = []
    told: list[str] = []
    choices = Choices({"a": 1}, lambda all_of_them: written.append(dict(all_of_them)))
    choices.changed.connect(told.append)
    choices.keep("a", 1)
    assert (written, told) == ([], [])
    choices.keep("a", True)
    assert (written, told) == ([{"a": True}], ["a"])
