"""When a value or notes close, the console notes for how long they stood open and why: for the exposure ledger."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.domain.exposures.words import ClosedBy
from tests.ui.conftest import Signed, named
from tests.ui.test_console import Make, click, reveal, row_of, screen_of

Close = Callable[[Signed], object]


def leave(signed: Signed) -> None:
    screen_of(signed).closing.on_window_left()


CLOSINGS: list[tuple[str, Close, ClosedBy]] = [
    ("by hand", lambda signed: screen_of(signed).closing.close_innermost(), ClosedBy.PERSON),
    ("another customer", lambda signed: screen_of(signed).show_customer(1), ClosedBy.ANOTHER),
    ("the focus left", leave, ClosedBy.LEFT),
    ("time", lambda signed: screen_of(signed).card.ran_out.emit(), ClosedBy.TIME),
    ("the session ends", lambda signed: screen_of(signed).field_actions.stop(), ClosedBy.SESSION),
]


@pytest.mark.parametrize(("close", "cause"), [c[1:] for c in CLOSINGS], ids=[c[0] for c in CLOSINGS])
def test_that_a_closed_value_is_told_once_with_its_cause(
    qtbot: QtBot, console: Make, close: Close, cause: ClosedBy
) -> None:
    signed = console()
    reveal(qtbot, signed)
    assert signed.desk.views_closed == []
    close(signed)
    ((entry, seconds, said),) = signed.desk.views_closed
    assert (entry, said) == (1, cause)
    assert 0 <= seconds < signed.desk.view_s
    screen_of(signed).closing.close_all()
    assert len(signed.desk.views_closed) == 1


def test_that_each_field_has_its_own_closing(qtbot: QtBot, console: Make) -> None:
    signed = console()
    reveal(qtbot, signed)
    reveal(qtbot, signed, "email")
    screen_of(signed).closing.close_innermost()
    assert [(entry, cause) for entry, _, cause in signed.desk.views_closed] == [
        (1, ClosedBy.ANOTHER),
        (2, ClosedBy.PERSON),
    ]


def test_that_a_value_which_nobody_saw_was_open_for_no_time(qtbot: QtBot, console: Make) -> None:
    signed = console()
    opener = screen_of(signed).field_actions.opener
    opener.reveal(row_of(signed, "mobile_phone"), "r0", "call_back", "")
    opener.close()
    qtbot.waitUntil(lambda: bool(signed.desk.views_closed))
    assert signed.desk.views_closed == [(1, 0.0, ClosedBy.PERSON)]


def test_that_notes_are_told_as_one_view(qtbot: QtBot, console: Make) -> None:
    signed = console()
    history = screen_of(signed).desk_panel.history
    qtbot.waitUntil(lambda: named(signed.window, "show_notes").isEnabled())
    click(qtbot, signed.window, "show_notes")
    qtbot.waitUntil(lambda: history.is_open)
    screen_of(signed).show_customer(1)
    ((entry, _seconds, cause),) = signed.desk.views_closed
    assert (entry, cause) == (900, ClosedBy.ANOTHER)


def test_that_the_focus_left_for_another_window_closes(qtbot: QtBot, console: Make) -> None:
    signed = console()
    reveal(qtbot, signed)
    other = QWidget()
    qtbot.addWidget(other)
    other.show()
    other.activateWindow()
    qtbot.waitUntil(lambda: not signed.window.isActiveWindow())
    QApplication.sendEvent(signed.window, QEvent(QEvent.Type.ActivationChange))
    assert [cause for _, _, cause in signed.desk.views_closed] == [ClosedBy.LEFT]
