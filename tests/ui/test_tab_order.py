"""The way of the Tab key: the regions in the order in which they stand, each group one stop (ui.md section 8)."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.ui.approval.window import ApprovalWindow
from app.ui.enrolment.password_page import PasswordPair
from app.ui.tasks import Tasks
from app.ui.theme.look import Look
from tests.ui.conftest import Signed, named
from tests.ui.fake_door import FakeApproval, FakeSignIn


def way(first: str, steps: int) -> list[str]:
    """The names of what gets the focus, Tab by Tab."""
    names = [first]
    for _ in range(steps):
        focus = QApplication.focusWidget()
        assert focus is not None
        QTest.keyClick(focus, Qt.Key.Key_Tab)
        names.append(named_focus())
    return names


def test_that_tab_goes_from_the_list_to_the_card_and_then_to_the_note(
    console: Callable[..., Signed], qtbot: QtBot
) -> None:
    signed = console()
    signed.window.activateWindow()
    qtbot.waitUntil(lambda: any(b.isVisible() for b in signed.window.findChildren(QWidget, "card_edit")))
    named(signed.window, "customer_list").setFocus()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
    check = [f"{part}_{field}" for field in ("nik", "birth_date", "mobile_phone") for part in ("check", "tick")]
    assert way("customer_list", 11) == [
        "customer_list", "card_edit", "card_privacy", "card_request", *check, "row_mobile_phone", "note",
    ]  # fmt: skip


def test_that_a_request_at_the_desk_begins_where_return_decides_nothing(look: Look, tasks: Tasks, qtbot: QtBot) -> None:
    window = ApprovalWindow(FakeSignIn(), tasks, lambda: None, look=look)
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    window._on_signed_in(FakeApproval())
    qtbot.waitUntil(lambda: named_focus() == "usable_120")
    assert way("usable_120", 2) == ["usable_120", "approve", "deny"]


def named_focus() -> str:
    focus = QApplication.focusWidget()
    return focus.objectName() if focus is not None else ""


def test_that_tab_leaves_a_pair_of_passwords_again(look: Look, qtbot: QtBot) -> None:
    """An order of their own once sent it from the first Show back to the second field, for ever."""
    window = QWidget()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    pair, after = PasswordPair(look), QPushButton("after")
    after.setObjectName("after")
    column.addWidget(pair)
    column.addWidget(after)
    window.show()
    window.activateWindow()
    pair.first.edit.setFocus()
    qtbot.waitUntil(lambda: named_focus() == "new_password")
    shows = ["show_new_password", "password_again", "show_password_again"]
    assert way("new_password", 4) == ["new_password", *shows, "after"]
