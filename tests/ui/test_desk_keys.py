"""The keys of the approval at a desk: from the same table, with the same palette and sheet."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.domain.incidents.words import Suspicion
from app.ui.approval.waiting_screen import WaitingScreen
from app.ui.commands.keys_sheet import KeysSheet
from app.ui.commands.palette import Palette
from app.ui.console.report_popover import ReportPopover
from app.ui.tasks import Tasks
from app.ui.theme.look import Look
from tests.ui.fake_door import FakeApproval


@pytest.fixture
def screen(qtbot: QtBot, look: Look, tasks: Tasks) -> WaitingScreen:
    screen = WaitingScreen(look, FakeApproval(), tasks)
    qtbot.addWidget(screen)
    screen.resize(760, 640)
    screen.show()
    return screen


def press(screen: WaitingScreen, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(screen.focusWidget() or screen, key, modifiers)


def test_that_palette_and_sheet_stand_over_the_approval_too(screen: WaitingScreen) -> None:
    press(screen, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    (palette,) = screen.findChildren(Palette)
    assert {"Deny", "All keys"} <= {palette.model.data(palette.model.index(row, 0)) for row in palette.model.commands()}
    press(screen, Qt.Key.Key_Escape)
    assert palette.isHidden()
    press(screen, Qt.Key.Key_F1)
    (sheet,) = screen.findChildren(KeysSheet)
    shown = {line.does for _group, lines in sheet.shown() for line in lines}
    assert shown == {"main_action", "deny", "close", "palette", "keys", "report_suspicion"}
    press(screen, Qt.Key.Key_Escape)
    assert sheet.isHidden()


def test_that_a_key_without_a_request_says_so(screen: WaitingScreen) -> None:
    screen.decision.hide()
    press(screen, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert screen._error.text() == "No request waits for your decision here."


def test_that_a_supervisor_reports_a_suspicion_from_here(qtbot: QtBot, look: Look, tasks: Tasks) -> None:
    """Two presses: the siren, and what it looks like; as whoever is signed in to approve."""
    approval = FakeApproval()
    screen = WaitingScreen(look, approval, tasks)
    qtbot.addWidget(screen)
    screen.resize(760, 640)
    screen.show()
    screen.report.click()
    (popover,) = screen.findChildren(ReportPopover)
    qtbot.waitUntil(popover.isVisible)
    QTest.keyClick(popover.rows[0], Qt.Key.Key_1)
    qtbot.waitUntil(screen.told.isVisible)
    assert approval.incidents.done[0][0] == "report"
    assert approval.incidents.done[0][2] is Suspicion.LOST_DEVICE
    assert screen.told.label.text() == "Reported as no. 6. The privacy officer sees it now."
