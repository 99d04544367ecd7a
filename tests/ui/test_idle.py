"""Nobody at the console: a notice, then the end; and what a person does to keep it. The clock is moved."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from app.domain.errors import WorkstationError
from app.session.ends import NOTE_NOT_SAVED
from app.session.errors import OfficeAwayError
from app.ui import idle
from app.ui.console.screen import ConsoleScreen
from app.ui.language import Language, speak
from app.ui.theme.look import Look
from app.ui.wiped import words
from app.ui.wiped.screen import WipedScreen
from tests.ui import fake_desk
from tests.ui.conftest import Signed

Console = Callable[..., Signed]


@pytest.fixture
def at(console: Console) -> Signed:
    return console()


def screen(at: Signed) -> ConsoleScreen:
    found = at.window.console
    assert found is not None
    return found


def idle_for(at: Signed, seconds: float) -> None:
    at.now += seconds
    screen(at).idle.look()


def test_that_a_bar_says_a_minute_before_the_end_how_much_time_is_left(at: Signed) -> None:
    idle_for(at, 839)
    assert screen(at).idle_bar.isHidden()
    idle_for(at, 1)
    assert "1:00" in screen(at).idle_bar.label.text()
    idle_for(at, 18)
    assert "0:42" in screen(at).idle_bar.label.text()
    assert screen(at).idle_bar.accessibleName() == screen(at).idle_bar.label.text()
    assert at.window.focusWidget() is not None
    assert not screen(at).idle_bar.isAncestorOf(at.window.focusWidget()), "a bar, not a dialog: the focus stays"


@pytest.mark.attack("A25")
@pytest.mark.asvs("V7.3.1")
def test_that_the_session_ends_when_nobody_comes(qtbot: QtBot, at: Signed) -> None:
    idle_for(at, 900)
    qtbot.waitUntil(lambda: at.desk.ended == ["idle"])
    qtbot.waitUntil(lambda: bool(at.receipts))


def press_key(at: Signed) -> None:
    QTest.keyClick(screen(at).find_panel.search.edit, Qt.Key.Key_A)


def press_mouse(at: Signed) -> None:
    QTest.mouseClick(screen(at).card, Qt.MouseButton.RightButton)


def move_mouse(at: Signed) -> None:
    window = at.window.windowHandle()
    QTest.mouseMove(window, QPoint(300, 300))
    QTest.mouseMove(window, QPoint(310, 305))


def turn_wheel(at: Signed) -> None:
    QTest.wheelEvent(at.window.windowHandle(), QPoint(100, 300).toPointF(), QPoint(0, -120))


def touch_screen(at: Signed) -> None:
    device = QTest.createTouchDevice()
    touch = QTest.touchEvent(at.window.windowHandle(), device)
    touch.press(0, QPoint(200, 200), at.window.windowHandle())
    touch.commit()


@pytest.mark.parametrize("use", [press_key, press_mouse, move_mouse, turn_wheel, touch_screen])
def test_that_whoever_uses_the_console_keeps_it(qtbot: QtBot, at: Signed, use: Callable[[Signed], None]) -> None:
    idle_for(at, 850)
    assert screen(at).idle_bar.isVisible()
    use(at)
    qtbot.waitUntil(screen(at).idle_bar.isHidden)
    idle_for(at, 839)
    assert screen(at).idle_bar.isHidden(), "counted from that moment"
    assert at.desk.ended == []


def test_that_use_in_any_window_counts(qtbot: QtBot, at: Signed) -> None:
    other = QPushButton("another window")
    qtbot.addWidget(other)
    other.show()
    idle_for(at, 850)
    QTest.mouseClick(other, Qt.MouseButton.LeftButton)
    assert screen(at).idle_bar.isHidden()


def press_window(at: Signed) -> None:
    QTest.keyClick(at.window.windowHandle(), Qt.Key.Key_A)


def press_shortcut(at: Signed) -> None:
    QTest.keyClick(at.window.windowHandle(), Qt.Key.Key_G, Qt.KeyboardModifier.ControlModifier)


def click_window(at: Signed) -> None:
    QTest.mouseClick(at.window.windowHandle(), Qt.MouseButton.LeftButton, pos=QPoint(600, 5))


@pytest.mark.parametrize("use", [press_window, press_shortcut, click_window, move_mouse, turn_wheel, touch_screen])
def test_that_use_counts_before_there_is_any_notice(qtbot: QtBot, at: Signed, use: Callable[[Signed], None]) -> None:
    idle_for(at, 830)
    use(at)
    qtbot.waitUntil(lambda: screen(at).idle.verdict.unused_s == 0)
    idle_for(at, 839)
    assert screen(at).idle_bar.isHidden()


def test_that_use_of_a_window_counts_that_came_later_and_has_no_focus(qtbot: QtBot, at: Signed) -> None:
    other = QPushButton("as a menu is")
    qtbot.addWidget(other)
    other.setWindowFlag(Qt.WindowType.WindowDoesNotAcceptFocus)
    other.show()
    assert QGuiApplication.focusWindow() is not other.windowHandle()
    idle_for(at, 830)
    QTest.mouseClick(other.windowHandle(), Qt.MouseButton.LeftButton, pos=QPoint(5, 5))
    qtbot.waitUntil(lambda: screen(at).idle.verdict.unused_s == 0)


class Kinds(frozenset[QEvent.Type]):
    """Kinds of events, and which others were looked for in it."""

    asked: set[QEvent.Type]

    def __contains__(self, kind: object) -> bool:
        assert isinstance(kind, QEvent.Type)
        self.asked.add(kind)
        return super().__contains__(kind)


def test_that_it_is_not_called_for_each_event_of_each_widget(
    qtbot: QtBot, at: Signed, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A filter of the whole application was a quarter of what a card costs the window."""
    kinds = Kinds(idle._USES)
    kinds.asked = set()
    monkeypatch.setattr(idle, "_USES", kinds)
    card = screen(at).card
    first = card.customer
    screen(at).show_customer(screen(at).model.id_at(2) or 0)
    qtbot.waitUntil(lambda: card.customer is not first)
    press_window(at)
    assert QEvent.Type.KeyPress in kinds.asked, "the control: it is called for windows"
    of_widgets = {QEvent.Type.Polish, QEvent.Type.ParentChange, QEvent.Type.LayoutRequest}
    assert not of_widgets & kinds.asked
    idle_for(at, 850)
    QApplication.sendEvent(card, QEvent(QEvent.Type.LayoutRequest))
    assert QEvent.Type.LayoutRequest in kinds.asked, "while a key would be swallowed, every object is watched"


def test_that_the_key_which_keeps_the_session_does_nothing_else(at: Signed) -> None:
    sign_out, edit = screen(at).bar.sign_out, screen(at).find_panel.search.edit
    idle_for(at, 850)
    QTest.keyClick(sign_out, Qt.Key.Key_Space)
    assert screen(at).idle_bar.isHidden()
    assert at.desk.ended == []
    QTest.keyClick(edit, Qt.Key.Key_S)
    assert edit.text() == "s", "the next key works again"
    idle_for(at, 850)
    QTest.keyClick(edit, Qt.Key.Key_A)
    assert edit.text() == "s"


@pytest.mark.asvs("V7.3.1")
def test_that_nothing_which_the_program_does_itself_counts_as_use(at: Signed) -> None:
    at.now += 839
    own = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier, "a")
    QApplication.sendEvent(screen(at).find_panel.search.edit, own)
    screen(at).flow.finding.again()
    idle_for(at, 1)
    assert screen(at).idle_bar.isVisible()


class FromKeyboard(QKeyEvent):
    """A key as the system sends it."""

    def __init__(self, is_repeated: bool) -> None:
        super().__init__(QEvent.Type.KeyPress, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier, "a", is_repeated)

    def spontaneous(self) -> bool:
        return True


def test_that_something_lying_on_the_keyboard_does_not_count(at: Signed) -> None:
    at.now += 850
    for is_repeated in (True, False):
        screen(at).idle.eventFilter(at.window, FromKeyboard(is_repeated))
        screen(at).idle.look()
        assert screen(at).idle_bar.isVisible() == is_repeated
    at.now += 850
    screen(at).idle.eventFilter(at.window, FromKeyboard(True))
    screen(at).idle.look()
    assert screen(at).idle_bar.isVisible()


def test_that_the_first_key_after_a_nights_sleep_ends_the_session(qtbot: QtBot, at: Signed) -> None:
    at.now += 8 * 3600
    press_key(at)
    qtbot.waitUntil(lambda: at.desk.ended == ["idle"])


def test_that_a_note_in_hand_is_saved_before_the_end(qtbot: QtBot, at: Signed) -> None:
    screen(at).desk_panel.note.edit.setPlainText("half a sentence")
    idle_for(at, 900)
    qtbot.waitUntil(lambda: bool(at.receipts))
    assert [text for _r, _n, text in at.desk.saved] == ["half a sentence"]


def test_that_a_note_the_office_does_not_take_delays_no_end(qtbot: QtBot, at: Signed) -> None:
    at.desk.refuse_note = OfficeAwayError("away")
    screen(at).desk_panel.note.edit.setPlainText("half a sentence")
    idle_for(at, 900)
    qtbot.waitUntil(lambda: at.desk.ended == ["idle"])


def test_that_a_console_which_cannot_end_closes_so_that_its_guardian_does(qtbot: QtBot, at: Signed) -> None:
    def fails(cause: str, _place: object) -> None:
        at.desk.ended.append(cause)
        raise OSError

    at.desk.end = fails  # type: ignore[assignment]
    idle_for(at, 900)
    qtbot.waitUntil(at.window.isHidden)


def test_that_nobody_is_watched_after_the_end(qtbot: QtBot, at: Signed) -> None:
    console = screen(at)
    console.end("signed_out")
    qtbot.waitUntil(lambda: bool(at.receipts))
    at.now += 10_000
    QTest.keyClick(at.window, Qt.Key.Key_A)
    assert at.desk.ended == ["signed_out"]


# the receipt


def test_that_the_receipt_says_why_in_both_languages(qapp: QApplication) -> None:
    said = {}
    for language in (Language.ENGLISH, Language.INDONESIAN):
        speak(qapp, language)
        said[language] = [
            words.cause(fake_desk.receipt(cause))
            for cause in (
                *("idle", "office_lost", "cache_lost"),
                *("shutdown", "os_logout", "stopped"),
                *("signed_in_again", "signed_in_elsewhere", "ended_by_person", "ended_by_administrator"),
                "other_workstation",
            )
        ]
    speak(qapp, Language.ENGLISH)
    idle, lost, cache, shutdown, logout, stopped, again, elsewhere, other, administrator, stolen = said[
        Language.ENGLISH
    ]
    assert idle.startswith("Nobody used this console for a while, so the session was ended at")
    assert lost.startswith("The back office stopped at")
    assert stolen.startswith("Another workstation used this session")
    assert "damaged again and again" in cache
    assert shutdown.startswith("This computer was shut down")
    assert logout.startswith("You left this computer's desktop")
    assert stopped.startswith("Tirai was told to stop")
    assert again.startswith("You signed in again in another window here")
    assert elsewhere.startswith("You signed in at another workstation")
    assert other.startswith("You ended this session from another one")
    assert administrator.startswith("An administrator ended this session")
    assert not set(said[Language.ENGLISH]) & set(said[Language.INDONESIAN])
    assert all("sesi" in sentence for sentence in said[Language.INDONESIAN])


def test_that_the_receipt_says_if_a_note_could_not_be_saved(qapp: QApplication) -> None:
    lost = replace(fake_desk.receipt("idle"), details=(NOTE_NOT_SAVED,))
    assert "C-104288 could not be saved" in words.cause(lost)
    assert "is saved" not in words.cause(lost)
    assert NOTE_NOT_SAVED not in words.as_text(lost)


def test_that_the_receipt_of_an_idle_end_waits_for_somebody(qtbot: QtBot, look: Look) -> None:
    stays, closes = WipedScreen(look, fake_desk.receipt("idle")), WipedScreen(look, fake_desk.receipt("signed_out"))
    for made in (stays, closes):
        qtbot.addWidget(made)
        made.begin()
    assert not stays._second.isActive()
    assert closes._second.isActive()


# the cache and the office


def test_that_a_spoilt_cache_is_said_in_one_line_and_fetched_again(qtbot: QtBot, at: Signed) -> None:
    fills = at.desk.fills
    said: list[str] = []
    say = screen(at).strip.say
    screen(at).strip.say = lambda text, tone=None: (said.append(text), say(text, tone))  # type: ignore[assignment, func-returns-value]
    at.desk.tell_replaced("truncated")
    qtbot.waitUntil(lambda: at.desk.fills == fills + 1)
    qtbot.waitUntil(lambda: len(said) == 2)
    assert said == ["The local copy was damaged and is being fetched again. Nothing is lost.", ""]


def test_that_a_fill_which_the_office_refused_goes_on_with_a_later_beat(qtbot: QtBot, at: Signed) -> None:
    """Its database was started anew, say, which is no absence: without the rest, customers would not be found."""
    at.desk.refuse_fill = WorkstationError("later", code="database_away")
    with qtbot.waitSignal(screen(at).flow.failed):
        at.desk.tell_replaced("missing")
    fills, at.desk.refuse_fill = at.desk.fills, None
    assert not screen(at).pulse.is_away
    with qtbot.waitSignal(screen(at).flow.filled):
        screen(at).pulse.beat()
    assert at.desk.fills == fills + 1
    with qtbot.waitSignal(screen(at).pulse.beaten):
        screen(at).pulse.beat()
    assert at.desk.fills == fills + 1, "it is whole"


def test_that_a_fill_which_the_office_broke_off_goes_on_when_it_is_back(qtbot: QtBot, at: Signed) -> None:
    at.desk.refuse_fill = OfficeAwayError("away")
    at.desk.tell_replaced("missing")
    qtbot.waitUntil(lambda: screen(at).pulse.is_away)
    fills, at.desk.refuse_fill = at.desk.fills, None
    screen(at).pulse.beat()
    qtbot.waitUntil(lambda: at.desk.fills == fills + 1)
