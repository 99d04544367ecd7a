"""A language is changed in the middle of work: every word follows, and nothing of the work is lost."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from app.ui.application import TiraiApplication
from app.ui.choices import Choices
from app.ui.console.display_choice import DisplayChoice
from app.ui.console.display_popover import DisplayPopover
from app.ui.console.field_row import Offer
from app.ui.console.screen import ConsoleScreen
from app.ui.language import Language, speak
from app.ui.main_window import MainWindow
from app.ui.tasks import Tasks
from app.ui.theme.look import Look
from tests.ui import fake_desk, fake_door

DRAFT = "Caller disputes the 2 March charge."


class AtWork:
    """A console with a customer open and a note begun."""

    def __init__(self, window: MainWindow, console: ConsoleScreen, remembered: list[Language]) -> None:
        self.window, self.console, self.remembered = window, console, remembered

    def change(self, look: Look, code: str) -> None:
        popover = DisplayPopover(look, self.console.bar.menu, DisplayChoice(Choices()))
        next(button for button in popover.languages if button.objectName() == f"language_{code}").click()
        popover.close()


@pytest.fixture
def at_work(qtbot: QtBot, qapp: TiraiApplication, look: Look, tasks: Tasks) -> Iterator[AtWork]:
    remembered: list[Language] = []
    desk = fake_desk.FakeDesk()
    window = MainWindow(
        fake_door.FakeSignIn(desk),
        look=look,
        tasks=tasks,
        on_signed_in=lambda _desk: None,
        on_ended=lambda _receipt: None,
        on_approval_wanted=lambda: None,
        on_language=remembered.append,
    )
    qtbot.addWidget(window)
    window.resize(1366, 768)
    window.show()
    window._on_signed_in(desk)
    console = window.console
    assert console is not None
    qtbot.waitUntil(lambda: console.model.rowCount() > 0)
    console.find_panel.enter()
    qtbot.waitUntil(lambda: console.card.row("mobile_phone") is not None)
    yield AtWork(window, console, remembered)
    window._console = None
    speak(qapp, Language.ENGLISH)


def test_that_draft_selection_and_search_stay(qtbot: QtBot, at_work: AtWork, look: Look) -> None:
    console = at_work.console
    edit = console.desk_panel.note.edit
    edit.insertPlainText(DRAFT)
    cursor = edit.textCursor()
    cursor.setPosition(7)
    cursor.setPosition(15, cursor.MoveMode.KeepAnchor)
    edit.setTextCursor(cursor)
    shown = console.card.customer
    at_work.change(look, "id")
    assert at_work.window.console is console
    assert console.card.customer is not None
    assert shown is not None
    assert console.card.customer.record == shown.record
    assert (edit.toPlainText(), edit.textCursor().selectedText()) == (DRAFT, "disputes")
    edit.undo()
    assert edit.toPlainText() != DRAFT, "undo is not lost"
    qtbot.waitUntil(lambda: at_work.remembered == [Language.INDONESIAN])


def test_that_bar_card_and_status_speak_the_other_language_and_back(at_work: AtWork, look: Look) -> None:
    console = at_work.console

    def said() -> list[str]:
        row = console.card.row("mobile_phone")
        assert row is not None
        return [console.desk_panel.note.edit.accessibleName(), row.button.text(), row.accessibleName()]

    english = said()
    at_work.change(look, "id")
    assert said()[:2] == ["Catatan tentang pelanggan ini", "Buka"]
    assert said()[2].startswith("Nomor HP, kontak, di balik tirai")
    at_work.change(look, "en")
    assert said() == english


def test_that_an_open_popover_follows(qtbot: QtBot, qapp: TiraiApplication, at_work: AtWork) -> None:
    row = at_work.console.card.row("mobile_phone")
    assert row is not None
    row.setFocus()
    row.take(Offer.REVEAL)
    qtbot.waitUntil(lambda: at_work.console.field_actions._popover is not None)
    popover = at_work.console.field_actions._popover
    speak(qapp, Language.INDONESIAN)
    assert at_work.console.field_actions._popover is popover
    assert popover is not None
    words = [label.text() for label in popover.findChildren(QLabel)]
    assert "Terbuka 30 detik dan dicatat atas nama Anda." in words


def test_that_an_open_value_stays_open(qtbot: QtBot, qapp: TiraiApplication, at_work: AtWork) -> None:
    row = at_work.console.card.row("mobile_phone")
    assert row is not None
    row.setFocus()
    row.take(Offer.REVEAL)
    qtbot.waitUntil(lambda: at_work.console.field_actions._popover is not None)
    popover = at_work.console.field_actions._popover
    assert popover is not None
    popover.do.click()  # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: row.curtain.is_open)
    speak(qapp, Language.INDONESIAN)
    assert row.curtain.is_open
    assert row.button.text() == "Tutup"
