"""Incidents on the screen: two presses report a suspicion from anywhere, and an officer's page works what came."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLabel, QLineEdit, QMainWindow, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from app.domain.errors import NotAllowedError
from app.domain.incidents.moments import shown_moment, typed_moment
from app.domain.incidents.words import NoteKind, Suspicion, Told
from app.session.privacy.shown_incidents import IncidentTexts, ScopeWish
from app.ui.accounts.facts import newest
from app.ui.console.reporting import Reporting
from app.ui.privacy.incidents.page import IncidentsPage
from app.ui.tasks import Tasks
from app.ui.theme.look import Look
from app.ui.widgets.buttons import Button
from tests.ui.fake_incidents import WORDS, FakeIncidents
from tests.ui.fake_privacy import FakePrivacy
from tests.ui.fake_requests import NOW


class AskedPath:
    """A person who takes the name that is offered."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __call__(self, _parent: QWidget, name: str, on_chosen: Callable[[Path], object]) -> QFileDialog | None:
        on_chosen(self.folder / name)
        return None


Shown = tuple[IncidentsPage, FakeIncidents]


@pytest.fixture
def page(qtbot: QtBot, look: Look, tasks: Tasks, tmp_path: Path) -> Iterator[Shown]:
    window, fake = QMainWindow(), FakeIncidents()
    made = IncidentsPage(look, fake, FakePrivacy(), tasks, AskedPath(tmp_path), lambda: date(2026, 11, 27))
    window.setCentralWidget(made)
    window.resize(1150, 700)
    window.show()
    made.begin()
    qtbot.waitUntil(lambda: len(made.table.lines.lines) == 4)
    yield made, fake
    made.stop()
    window.close()
    window.deleteLater()


def look_at(qtbot: QtBot, page: IncidentsPage, number: int) -> str:
    key = f"{number:032x}"
    page.show_incident(key)
    qtbot.waitUntil(lambda: page.detail.incident is not None and page.detail.incident.id == key)
    return key


def press(qtbot: QtBot, page: IncidentsPage, name: str) -> None:
    qtbot.waitUntil(lambda: not page.acting.is_busy)
    button = newest(page, name)
    assert isinstance(button, Button), name
    button.click()


def said(page: IncidentsPage) -> list[str]:
    return [label.text() for label in page.detail.findChildren(QLabel) if label.isVisibleTo(page.detail)]


def test_that_the_clocks_stand_there_and_a_drill_says_that_it_is_one(qtbot: QtBot, page: Shown) -> None:
    shown, _fake = page
    lines = shown.table.lines.lines
    assert [line.texts[2] for line in lines[:3]] == ["22 h 0 min left", "70 h 0 min left", "Overdue by 8 h 0 min"]
    assert lines[2].texts[0].startswith("DRILL no. 4")
    look_at(qtbot, shown, 4)
    qtbot.waitUntil(lambda: any("did not happen" in text for text in said(shown)))
    look_at(qtbot, shown, 3)
    qtbot.waitUntil(lambda: WORDS in said(shown))  # markup is shown as it was typed
    assert not any("did not happen" in text for text in said(shown))


def test_that_a_report_is_judged_with_when_it_was_known(qtbot: QtBot, page: Shown) -> None:
    shown, fake = page
    key = look_at(qtbot, shown, 5)
    press(qtbot, shown, "confirm_incident")
    qtbot.waitUntil(lambda: ("confirm", key, 0) in fake.done)
    fake.refusal = NotAllowedError("Write first.", code="no_note")
    press(qtbot, shown, "dismiss_incident")
    qtbot.waitUntil(lambda: "timeline first" in shown.detail.error.text())


def test_that_a_scope_is_typed_and_those_it_touched_are_listed_and_saved(qtbot: QtBot, page: Shown) -> None:
    shown, fake = page
    key = look_at(qtbot, shown, 3)
    since = newest(shown, "scope_since")
    assert isinstance(since, QLineEdit)
    since.setText("yesterday")
    press(qtbot, shown, "set_scope")
    assert "27/11/2026" in shown.detail.error.text()
    until_edit = newest(shown, "scope_until")
    assert isinstance(until_edit, QLineEdit)
    here = (NOW - timedelta(hours=20)).astimezone()
    assert until_edit.text() == shown_moment(here), "by the workstation's clock, as the rest of the page"
    since.setText("25/11/2026 8.00")
    press(qtbot, shown, "set_scope")
    until = NOW - timedelta(hours=20)
    wish = ScopeWish(datetime(2026, 11, 25, 8).astimezone(), until, "yoga.pratama")
    qtbot.waitUntil(lambda: ("scope", key, wish) in fake.done)
    press(qtbot, shown, "affected")
    qtbot.waitUntil(lambda: shown.detail.affected is not None)
    qtbot.waitUntil(lambda: {"88214", "88219", "erased"} <= {*said(shown)})
    assert any(text.startswith("3 customers") and "12,045" in text for text in said(shown))
    press(qtbot, shown, "save_affected")
    qtbot.waitUntil(lambda: ("save_affected", 3, "incident-3-2026-11-27.csv") in fake.done)


def test_that_words_go_into_the_letters_and_what_is_typed_survives_a_look_at_the_log(qtbot: QtBot, page: Shown) -> None:
    shown, fake = page
    key = look_at(qtbot, shown, 3)
    note = newest(shown, "incident_note")
    assert isinstance(note, QPlainTextEdit)
    QTest.keyClicks(note, "half a line")
    press(qtbot, shown, "affected")
    qtbot.waitUntil(lambda: shown.detail.affected is not None)
    again = newest(shown, "incident_note")
    assert isinstance(again, QPlainTextEdit)
    assert again.toPlainText() == "half a line"
    press(qtbot, shown, "note_lesson")
    qtbot.waitUntil(lambda: fake.done[-1][0] == "note")
    assert fake.done[-1][2:] == (key, NoteKind.LESSON, "half a line")
    press(qtbot, shown, "save_texts")
    kept = IncidentTexts("A card number was read aloud.", "The account was closed.", "Keys were changed.")
    qtbot.waitUntil(lambda: ("texts", key, kept) in fake.done)
    press(qtbot, shown, "letter_subjects_id")
    letter = ("letter", key, Told.SUBJECTS, "id", "incident-3-subjects-2026-11-27-id.pdf")
    qtbot.waitUntil(lambda: letter in fake.done)
    press(qtbot, shown, "told_subjects")
    qtbot.waitUntil(lambda: ("told", key, Told.SUBJECTS) in fake.done)
    assert shown.close_innermost()
    assert shown.detail.incident is None


def test_that_two_presses_report_a_suspicion(qtbot: QtBot, look: Look, tasks: Tasks) -> None:
    window, fake, told = QMainWindow(), FakeIncidents(), list[str]()
    siren = Button(look, "Report", "link")
    window.setCentralWidget(siren)
    window.resize(900, 640)
    window.show()
    reporting = Reporting(look, fake, tasks, window, told.append)
    siren.clicked.connect(lambda: reporting.open(siren))
    siren.click()
    popover = reporting._popover
    assert popover is not None
    popover.rows[0].click()
    qtbot.waitUntil(lambda: bool(told))
    assert fake.done == [("report", f"{1:032x}", Suspicion.LOST_DEVICE, "", False)]
    assert "no. 6" in told[0]
    siren.click()
    popover = reporting._popover
    assert popover is not None
    popover.drill.click()
    popover.words.setPlainText("x" * 2001)
    popover.rows[1].click()
    assert "2,000" in popover.error.text()
    popover.words.setPlainText("A mail to the wrong Ani")
    popover.rows[0].setFocus()
    QTest.keyClick(popover.rows[0], Qt.Key.Key_2)
    qtbot.waitUntil(lambda: len(told) == 2)
    assert fake.done[-1][2:] == (Suspicion.WRONG_PERSON, "A mail to the wrong Ani", True)
    window.close()
    window.deleteLater()


def test_that_a_moment_is_read_as_it_is_written() -> None:
    assert typed_moment(shown_moment(NOW), NOW.tzinfo) == NOW  # type: ignore[arg-type]


def test_that_a_letter_to_each_is_saved_with_how_many_there_are(qtbot: QtBot, page: Shown) -> None:
    shown, fake = page
    key = look_at(qtbot, shown, 3)
    assert newest(shown, "letters_each") is None
    press(qtbot, shown, "affected")
    qtbot.waitUntil(lambda: newest(shown, "letters_each") is not None)
    press(qtbot, shown, "letters_each")
    qtbot.waitUntil(lambda: ("letters_each", key, "incident-3-letters-2026-11-27.zip") in fake.done)
    qtbot.waitUntil(lambda: any(words.startswith("2 letters") for words in said(shown)))
