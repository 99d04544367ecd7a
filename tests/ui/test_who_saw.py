"""Who saw my data, the screen: what a person asks, reads and saves, by keys alone, too."""

import os
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, QSettings, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QFileDialog, QLabel, QLineEdit, QMainWindow, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.api.client.errors import OfficeAwayError
from app.domain.errors import InputRefusedError, NotAllowedError, VerificationError
from app.domain.role import Role
from app.session.shown_who_saw import Days
from app.storage.new_file import FORBIDDEN, FULL, FileRefusedError
from app.ui.console.screen import ConsoleScreen
from app.ui.tasks import Tasks
from app.ui.theme.look import Look
from app.ui.who_saw.access_model import AccessModel, Column
from app.ui.who_saw.period import Period, day_of, days_of
from app.ui.who_saw.save_dialog import ask_path, file_name, first_folder, free_name
from app.ui.who_saw.screen import WhoSawScreen
from tests.ui.conftest import Signed, named, with_keys
from tests.ui.fake_desk import FakeDesk
from tests.ui.fake_who_saw import UNKNOWN, FakeWhoSaw

Make = Callable[..., WhoSawScreen]
TODAY = date(2026, 11, 27)
CHOSEN = Path("/home/dewi/list.pdf")


class Asked:
    """Stands where the dialog would; gives this path at once, or none."""

    def __init__(self, path: Path | None = CHOSEN) -> None:
        self.path = path
        self.names: list[str] = []

    def __call__(self, _parent: QWidget, name: str, on_chosen: Callable[[Path], object]) -> None:
        self.names.append(name)
        if self.path is not None:
            on_chosen(self.path)


@pytest.fixture
def make(qtbot: QtBot, look: Look, tasks: Tasks) -> Iterator[Make]:
    windows = []

    def made(fake: FakeWhoSaw, ask: Asked | None = None, *, number: str = "C-100234") -> WhoSawScreen:
        window = QMainWindow()
        screen = WhoSawScreen(look, fake, tasks, ask or Asked(), lambda: TODAY)
        with_keys(screen)
        window.setCentralWidget(screen)
        window.resize(1366, 768)
        window.show()
        window.activateWindow()
        windows.append(window)
        screen.begin()
        screen.come()
        if number:
            type_number(screen, number)
            qtbot.waitUntil(lambda: not screen.line.show_list.is_busy)
        return screen

    yield made
    for window in windows:
        window.close()
        window.deleteLater()


def type_number(screen: WhoSawScreen, number: str) -> None:
    edit = named(screen, "who_saw_number")
    edit.setFocus()
    QTest.keyClicks(edit, number)
    QTest.keyClick(edit, Qt.Key.Key_Return)


def text_of(screen: WhoSawScreen, name: str) -> str:
    label = named(screen, name)
    assert isinstance(label, QLabel)
    return label.text()


def press(screen: WhoSawScreen, name: str) -> None:
    button = named(screen, name)
    assert isinstance(button, QPushButton)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def test_that_a_number_and_return_show_the_list_by_day_the_newest_first(make: Make) -> None:
    fake = FakeWhoSaw()
    screen = make(fake)
    assert fake.asked == [("C-100234", Days())]
    assert text_of(screen, "who_saw_summary") == "31 times, 4 people, 12 reasons"
    assert "A value was shown 8 of these times" in text_of(screen, "who_saw_remarks")
    model = screen.table.model()
    assert isinstance(model, AccessModel)
    assert [model.index(row, 0).data() for row in model.headings()][:2] == [
        "Sunday, 9 August 2026",
        "Saturday, 8 August 2026",
    ]
    assert model.rowCount() == 31 + len(model.headings())
    assert screen.window().focusWidget() is screen.table, "what was asked for is where one goes on"
    assert screen.table.currentIndex().row() == 1


def test_that_another_language_is_said_anew_and_nobody_is_asked(make: Make) -> None:
    fake = FakeWhoSaw()
    screen = make(fake)
    press(screen, "who_saw_in_id")
    assert text_of(screen, "who_saw_summary") == "31 kali, 4 orang, 12 alasan"
    header = screen.table.model().headerData(Column.WHY, Qt.Orientation.Horizontal, Qt.ItemDataRole.DisplayRole)
    assert header == "Tujuan"
    assert len(fake.asked) == 1


def test_that_a_reader_is_told_the_whole_line(make: Make) -> None:
    screen = make(FakeWhoSaw())
    cell = screen.table.model().index(3, 0)
    said = cell.data(Qt.ItemDataRole.AccessibleTextRole)
    assert (
        said
        == "13:44, Privacy officer 1, List of accesses, Answer who saw this data (UU PDP), Read the log about this data"
    )
    node = QAccessible.queryAccessibleInterface(screen.table)
    assert node.text(QAccessible.Text.Name) == "Accesses by day"


def test_that_the_model_keeps_qts_rules() -> None:
    model = AccessModel()
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    fake = FakeWhoSaw()
    model.show_list(fake.shown(fake.of_number("C-1", Days()), "en"))
    model.show_list(None)
    assert model.rowCount() == 0
    assert model.rowCount(model.index(0, 0, QModelIndex())) == 0


def test_that_an_unknown_number_is_refused_with_a_sentence_and_can_be_mended(make: Make, qtbot: QtBot) -> None:
    fake = FakeWhoSaw()
    screen = make(fake, number=UNKNOWN)
    assert screen.line.error.text() == "No customer in your queues has this number. Check it, digit by digit."
    edit = named(screen, "who_saw_number")
    assert screen.window().focusWidget() is edit
    assert edit.property("wrong") is True
    QTest.keyClicks(edit, "C-100234")  # it is selected, so this takes its place
    assert screen.line.error.text() == ""
    QTest.keyClick(edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not screen.line.show_list.is_busy)
    assert fake.asked == [("C-100234", Days())]


def test_that_no_number_asks_nobody(make: Make) -> None:
    fake = FakeWhoSaw()
    screen = make(fake, number="")
    press(screen, "who_saw_show")
    assert fake.asked == []
    assert screen.line.error.text() == "Type a customer’s number."


@pytest.mark.parametrize(
    ("error", "sentence", "is_told"),
    [
        (NotAllowedError("", code="role_who_saw"), "Your role does not see who saw a customer’s data.", False),
        (InputRefusedError("", code="no_time"), "The last day is before the first.", False),
        (
            VerificationError("", code="log"),
            "The audit log does not hold, so no list is made. Have it verified, and call IT (V2).",
            True,
        ),
        (OfficeAwayError(""), "The back office does not answer. Try again in a moment.", True),
    ],
    ids=["role", "days", "log", "away"],
)
def test_that_each_refusal_has_its_sentence(make: Make, error: Exception, sentence: str, is_told: bool) -> None:
    fake = FakeWhoSaw()
    fake.refuse = error
    screen = make(fake, number="")
    told: list[Exception] = []
    screen.failed.connect(told.append)
    with QtBotWait(screen):
        type_number(screen, "C-1")
    assert screen.line.error.text() == sentence
    assert bool(told) is is_told
    assert not named(screen, "who_saw_hint").isHidden()


class QtBotWait:
    """Waits at its end until the screen is not busy any more."""

    def __init__(self, screen: WhoSawScreen) -> None:
        self._screen = screen

    def __enter__(self) -> None:
        """Nothing."""

    def __exit__(self, *_exception: object) -> None:
        while self._screen.line.show_list.is_busy:
            QTest.qWait(5)


def test_that_work_that_takes_time_is_said(make: Make, qtbot: QtBot) -> None:
    fake = FakeWhoSaw()
    screen = make(fake, number="")
    fake.gate.clear()
    type_number(screen, "C-1")
    assert screen.line.show_list.text() == "Looking…"
    assert text_of(screen, "who_saw_hint") == "Looking…"
    type_number(screen, "2")
    fake.gate.set()
    qtbot.waitUntil(lambda: not screen.line.show_list.is_busy)
    assert len(fake.asked) == 1, "one asks once"


def test_that_only_the_newest_of_too_many_are_shown_and_it_says_so(make: Make) -> None:
    fake = FakeWhoSaw(count=40)
    fake.most = 12
    screen = make(fake)
    assert "Only the newest 12 of 40 are shown" in text_of(screen, "who_saw_remarks")


# --- days


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-11-27", TODAY),
        ("27/11/2026", TODAY),
        ("27.11.2026", TODAY),
        (" 27-11-2026 ", TODAY),
        ("1 8 2026", date(2026, 8, 1)),
        ("31/2/2026", None),
        ("27/11/26", None),
        ("yesterday", None),
        ("", None),
        ("２７/11/2026", None),
        ("1/2/3/2026", None),
    ],
)
def test_that_a_day_is_typed_in_the_ways_that_people_write_it(text: str, day: date | None) -> None:
    assert day_of(text) == day


def test_that_a_period_is_days() -> None:
    assert days_of(Period.ALL, "x", "y", TODAY) == Days()
    assert days_of(Period.MONTH, "", "", TODAY) == Days(first=date(2026, 10, 29))
    assert days_of(Period.YEAR, "", "", TODAY) == Days(first=date(2025, 11, 28))
    assert days_of(Period.CHOSEN, "1/8/2026", "", TODAY) == Days(first=date(2026, 8, 1))
    assert days_of(Period.CHOSEN, "", "2/8/2026", TODAY) == Days(last=date(2026, 8, 2))
    assert days_of(Period.CHOSEN, "1/8/2026", "no", TODAY) is None


def test_that_chosen_days_are_typed_and_a_wrong_one_is_told(make: Make, qtbot: QtBot) -> None:
    fake = FakeWhoSaw()
    screen = make(fake, number="")
    assert not named(screen, "who_saw_first").isEnabled()
    screen.line._period.setCurrentIndex(3)
    QTest.keyClicks(named(screen, "who_saw_first"), "yesterday")
    type_number(screen, "C-1")
    assert screen.line.error.text() == "Type days as 27/11/2026 or 2026-11-27."
    assert fake.asked == []
    assert screen.window().focusWidget() is named(screen, "who_saw_first")
    QTest.keyClicks(named(screen, "who_saw_first"), "1/8/2026")
    QTest.keyClick(named(screen, "who_saw_first"), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(fake.asked) and not screen.line.show_list.is_busy)
    assert fake.asked == [("C-1", Days(first=date(2026, 8, 1)))]


# --- the document


def test_that_the_document_is_made_where_the_person_says(make: Make, qtbot: QtBot) -> None:
    fake, ask = FakeWhoSaw(), Asked()
    screen = make(fake, ask)
    press(screen, "who_saw_pdf_id")
    qtbot.waitUntil(lambda: not screen.pdfs["id"].is_busy and not screen.said.isHidden())
    assert fake.saved == [("ab" * 16, Days(), "id", CHOSEN)]
    assert ask.names == ["who-saw-C-100234-2026-11-27-id.pdf"]
    assert screen.said.label.text() == (
        "Saved as /home/dewi/list.pdf. It stays there: no wipe removes it. Audit entry 88,191."
    )
    assert screen.close_innermost(), "Esc takes the sentence back first"
    assert not screen.close_innermost()


def test_that_the_export_key_makes_it_in_the_language_of_the_list(make: Make, qtbot: QtBot) -> None:
    fake = FakeWhoSaw()
    screen = make(fake)
    press(screen, "who_saw_in_id")
    screen.table.setFocus()
    QTest.keyClick(screen.table, Qt.Key.Key_X, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: bool(fake.saved))
    assert fake.saved[0][2] == "id"


def test_that_nothing_is_made_where_the_person_goes_back(make: Make) -> None:
    fake = FakeWhoSaw()
    screen = make(fake, Asked(None))
    press(screen, "who_saw_pdf_en")
    assert fake.saved == []
    assert not screen.pdfs["en"].is_busy


def begin_a_long_one(make: Make, qtbot: QtBot, fake: FakeWhoSaw) -> WhoSawScreen:
    screen = make(fake)
    fake.far = (120_000,)
    fake.gate.clear()
    press(screen, "who_saw_pdf_en")
    qtbot.waitUntil(lambda: not screen.making.isHidden())
    return screen


def test_that_a_long_document_says_how_much_of_the_log_is_read_and_stops(make: Make, qtbot: QtBot) -> None:
    fake = FakeWhoSaw()
    screen = begin_a_long_one(make, qtbot, fake)
    words = "The whole log is read before a document is made: 120,000 of 1,000,000 entries"
    assert screen.making.label.text() == words
    assert (screen.making.bar.value(), screen.making.bar.maximum()) == (120_000, 1_000_000)
    screen.making.action.setFocus()
    QTest.keyClick(screen.making.action, Qt.Key.Key_Return)
    assert screen.making.label.text() == "Stopping…"
    fake.gate.set()
    qtbot.waitUntil(lambda: not screen.pdfs["en"].is_busy)
    assert screen.making.isHidden()
    assert screen.said.label.text() == "Stopped, and nothing was saved."
    assert screen.window().focusWidget() is screen.pdfs["en"], "the focus does not stay on what is gone"


def test_that_esc_stops_it_and_a_stop_that_came_too_late_names_the_entry(make: Make, qtbot: QtBot) -> None:
    fake = FakeWhoSaw()
    fake.made_before_stop = 88_191
    screen = begin_a_long_one(make, qtbot, fake)
    assert screen.close_innermost()
    fake.gate.set()
    qtbot.waitUntil(lambda: not screen.said.isHidden())
    assert screen.said.label.text() == "Stopped, and nothing was saved. The log has it as made, in entry 88,191."


def test_that_whoever_leaves_the_list_stops_its_document(make: Make, qtbot: QtBot) -> None:
    fake = FakeWhoSaw()
    screen = begin_a_long_one(make, qtbot, fake)
    screen.forget()
    assert screen.making.isHidden()
    fake.gate.set()
    qtbot.waitUntil(lambda: not screen.pdfs["en"].is_busy)
    assert screen.said.isHidden(), "nothing was saved, and nobody is there who wanted it"


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        (FULL, "The disk is full; nothing was saved. Make room, or choose another folder."),
        (FORBIDDEN, "Nothing may be written in this folder; nothing was saved. Choose another one."),
    ],
)
def test_that_a_disk_that_refuses_has_its_sentence(make: Make, qtbot: QtBot, code: str, sentence: str) -> None:
    fake = FakeWhoSaw()
    screen = make(fake)
    fake.refuse = FileRefusedError("", code=code)
    press(screen, "who_saw_pdf_en")
    qtbot.waitUntil(lambda: not screen.said.isHidden())
    assert (screen.said.label.text(), screen.said.property("tone")) == (sentence, "danger")
    assert not screen.pdfs["en"].is_busy


def test_that_who_may_not_take_it_out_has_no_button_and_no_key(make: Make) -> None:
    fake, ask = FakeWhoSaw(may_save=False), Asked()
    screen = make(fake, ask)
    assert all(button.isHidden() for button in screen.pdfs.values())
    assert "A privacy officer saves this as a document" in text_of(screen, "who_saw_remarks")
    QTest.keyClick(screen.table, Qt.Key.Key_X, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert (ask.names, fake.saved) == ([], [])


@pytest.mark.parametrize(
    ("number", "name"),
    [
        ("C-100234", "who-saw-C-100234-2026-11-27-en.pdf"),
        ("../../etc/x", "who-saw-etc-x-2026-11-27-en.pdf"),
        ("ü", "who-saw-customer-2026-11-27-en.pdf"),
    ],
)
def test_that_a_file_s_name_goes_nowhere_by_itself(number: str, name: str) -> None:
    assert file_name(number, "en", TODAY) == name


def test_that_the_dialog_is_ours_and_remembers_nothing(make: Make, qtbot: QtBot, tmp_path: Path) -> None:
    chosen: list[Path] = []
    screen = make(FakeWhoSaw(), number="")
    dialog = ask_path(screen, "list.pdf", chosen.append)
    assert dialog.testOption(QFileDialog.Option.DontUseNativeDialog)
    qtbot.waitUntil(dialog.isVisible)
    dialog.setDirectory(str(tmp_path))
    named_line = dialog.findChild(QLineEdit, "fileNameEdit")  # `selectFile` leaves a line alone that has the focus
    assert named_line is not None
    named_line.setText("other")
    dialog.accept()
    assert chosen == [tmp_path / "other.pdf"]
    settings = QSettings(QSettings.Scope.UserScope, "QtProject")
    assert settings.fileName().startswith(os.devnull)


def test_that_a_name_that_is_taken_gets_a_number(tmp_path: Path) -> None:
    assert free_name(tmp_path, "list.pdf") == "list.pdf"
    (tmp_path / "list.pdf").touch()
    (tmp_path / "list-2.pdf").touch()
    assert free_name(tmp_path, "list.pdf") == "list-3.pdf"


def test_that_the_dialog_begins_at_home_where_there_is_no_folder_for_documents(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    assert first_folder() == tmp_path
    (tmp_path / "Documents").mkdir()
    assert first_folder() == tmp_path / "Documents"


# --- in its place


def screen_of(signed: Signed) -> ConsoleScreen:
    screen = signed.window.console
    assert screen is not None
    return screen


def who_saw_of(console: ConsoleScreen) -> WhoSawScreen:
    screen = console.workspaces.screen_of("who_saw")
    assert isinstance(screen, WhoSawScreen)
    return screen


def test_that_the_card_leads_to_the_customer_s_list_and_esc_back(console: Callable[..., Signed], qtbot: QtBot) -> None:
    desk = FakeDesk(Role.SUPERVISOR, count=30)
    signed = console(desk)
    screen = screen_of(signed)
    customer = screen.card.customer
    assert customer is not None
    named(signed.window, "card_who_saw").click()  # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: bool(desk.who_saw.asked))
    assert screen.workspaces.current == "who_saw"
    assert desk.who_saw.asked == [(customer.record, Days())]
    shown = who_saw_of(screen)
    qtbot.waitUntil(lambda: not shown.line.show_list.is_busy)
    screen.closing.close_innermost()
    assert screen.workspaces.current == "console"
    assert shown.table.model().rowCount() == 0, "the list stays no longer than it is looked at"
    assert shown.line.number == ""


def test_that_the_key_asks_for_who_is_on_the_card(console: Callable[..., Signed], qtbot: QtBot) -> None:
    desk = FakeDesk(Role.PRIVACY_OFFICER, count=30)
    signed = console(desk)
    signed.window.activateWindow()
    modifiers = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(screen_of(signed), Qt.Key.Key_W, modifiers)
    qtbot.waitUntil(lambda: bool(desk.who_saw.asked))


@pytest.mark.parametrize("role", [Role.AGENT, Role.ADMINISTRATOR])
def test_that_others_are_not_offered_it(console: Callable[..., Signed], role: Role) -> None:
    desk = FakeDesk(role, count=30)
    if role is Role.ADMINISTRATOR:
        assert not desk.who_saw.may_read
        return
    screen = screen_of(console(desk))
    assert not screen.card.offers_who_saw
    assert not screen.findChildren(QPushButton, "card_who_saw")
    screen.going.show_workspace("who_saw")
    assert screen.workspaces.current == "console"


def test_that_an_answer_that_comes_after_one_left_is_dropped(console: Callable[..., Signed], qtbot: QtBot) -> None:
    desk = FakeDesk(Role.SUPERVISOR, count=30)
    screen = screen_of(console(desk))
    desk.who_saw.gate.clear()
    screen.going.show_who_saw()
    shown = who_saw_of(screen)
    screen.going.show_workspace("console")
    desk.who_saw.gate.set()
    qtbot.wait(50)
    assert shown.table.model().rowCount() == 0
    screen.going.show_workspace("who_saw")
    assert not shown.line.show_list.is_busy


def test_that_a_lock_leaves_nothing_of_it(console: Callable[..., Signed], qtbot: QtBot) -> None:
    desk = FakeDesk(Role.PRIVACY_OFFICER, count=30)
    screen = screen_of(console(desk))
    screen.going.show_who_saw()
    shown = who_saw_of(screen)
    qtbot.waitUntil(lambda: shown.table.model().rowCount() > 0)
    shown._dialog = ask_path(shown, "list.pdf", lambda _path: None)
    dialog = shown._dialog
    qtbot.waitUntil(dialog.isVisible)
    screen.workspaces.stop()
    assert shown.table.model().rowCount() == 0
    assert not dialog.isVisible()
