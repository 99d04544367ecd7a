"""Another theme under windows that stand: they look as if they had been made in it."""

from collections import Counter
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.ui import application
from app.ui.application import SYSTEM_THEME, TiraiApplication, dress
from app.ui.tasks import Tasks
from app.ui.theme.look import Look
from app.ui.theme.tokens import ThemeName
from app.ui.widgets.buttons import Button
from app.ui.widgets.chips import Avatar, Chip, key_cap
from app.ui.widgets.code_boxes import CodeBoxes
from app.ui.widgets.stage import DoorStage
from app.ui.widgets.strips import Strip
from tests.ui.conftest import Signed
from tests.ui.fake_desk import FakeDesk


@pytest.fixture(autouse=True)
def light_again(qapp: TiraiApplication) -> Iterator[None]:
    """Whatever a test wore, the next one begins in light."""
    yield
    qapp.wanted_theme = "light"
    dress(qapp, "light")


def picture(qtbot: QtBot, widget: QWidget, tasks: Tasks | None = None) -> bytes:
    """What a widget looks like, once it has been laid out; with `tasks`, after each of their answers."""
    qtbot.waitUntil(lambda: tasks is None or not tasks._jobs)
    QApplication.processEvents()
    image = widget.grab().toImage()
    return bytes(image.constBits())


def test_that_a_console_that_stands_looks_as_one_made_in_the_other_theme(
    console: Callable[..., Signed], qtbot: QtBot, qapp: TiraiApplication, tasks: Tasks
) -> None:
    desk = FakeDesk(count=40)
    stood = _card(console(desk))
    light = picture(qtbot, stood, tasks)
    for theme in ("dark", "contrast"):
        dress(qapp, theme)
        assert picture(qtbot, stood, tasks) == picture(qtbot, _card(console(desk)), tasks), theme
    dress(qapp, "light")
    assert picture(qtbot, stood, tasks) == light


class StyleChanges(QObject):
    """Counts how often each widget is told of another style."""

    def __init__(self) -> None:
        super().__init__()
        self.told: Counter[int] = Counter()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 (Qt's name)
        """A note of each."""
        if event.type() == QEvent.Type.StyleChange and watched.isWidgetType():
            self.told[id(watched)] += 1
        return False


def test_that_a_widget_is_polished_twice_at_most_however_deep_it_stands(
    console: Callable[..., Signed], qapp: TiraiApplication
) -> None:
    """Qt's own way from sheet to sheet does it once for each of its ancestors: ten times, and seconds."""
    signed = console(FakeDesk(count=40))
    standing = list(signed.window.findChildren(QWidget))
    changes = StyleChanges()
    qapp.installEventFilter(changes)
    dress(qapp, "dark")
    qapp.removeEventFilter(changes)
    told = [changes.told[id(widget)] for widget in standing]
    assert max(told) <= 2
    assert min(told) >= 1


def test_that_list_note_and_focus_stay_where_they_are(
    console: Callable[..., Signed], qtbot: QtBot, qapp: TiraiApplication
) -> None:
    signed = console(FakeDesk(count=300))
    screen = signed.window.console
    assert screen is not None
    rows, note = screen.find_panel.list, screen.desk_panel.note.edit
    qtbot.waitUntil(lambda: rows.verticalScrollBar().maximum() > 0)
    rows.verticalScrollBar().setValue(rows.verticalScrollBar().maximum() // 2)
    note.setPlainText("Called about her bill\n" * 80)
    note.verticalScrollBar().setValue(20)
    note.setFocus()

    def place() -> tuple[object, ...]:
        QApplication.processEvents()
        row = rows.currentIndex().row()
        return rows.verticalScrollBar().value(), row, note.verticalScrollBar().value(), signed.window.focusWidget()

    before = place()
    dress(qapp, "dark")
    assert place() == before


def _card(signed: Signed) -> QWidget:
    screen = signed.window.console
    assert screen is not None
    return screen.card


MAKERS: dict[str, Callable[[Look], QWidget]] = {
    "primary button": lambda look: Button(look, "Open", "primary", icon="eye"),
    "row button": lambda look: Button(look, "Ask", "row", icon="hand"),
    "strip": lambda look: Strip(look, "Away", "warn", action="Go"),
    "chip": lambda look: Chip(look, "Billing", tone="ok", icon="check"),
    "avatar": lambda look: Avatar(look, "Ratna Dewanti"),
    "key": lambda look: key_cap(look, "Esc"),
    "code": CodeBoxes,
    "stage": lambda look: DoorStage(look, 150),
}


@pytest.mark.parametrize("name", MAKERS)
def test_that_each_shared_widget_follows_the_theme(name: str, look: Look, qtbot: QtBot, qapp: TiraiApplication) -> None:
    def made() -> QWidget:
        ground = QWidget()
        ground.setProperty("ground", "surface")
        ground.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        ground.setFixedSize(600, 300)
        widget = MAKERS[name](look)
        widget.setParent(ground)
        widget.setGeometry(QRect(QPoint(20, 20), widget.sizeHint().expandedTo(widget.minimumSize())))
        qtbot.addWidget(ground)
        ground.show()
        return ground

    stood = made()
    picture(qtbot, stood)
    dress(qapp, "dark")
    assert picture(qtbot, stood) == picture(qtbot, made())


@pytest.fixture
def desktop(monkeypatch: pytest.MonkeyPatch, qapp: TiraiApplication) -> Callable[[ThemeName], None]:
    """A desktop that changes its colours: the offscreen platform has none, so its word is put in its mouth."""

    def turn(theme: ThemeName) -> None:
        monkeypatch.setattr(application, "system_theme", lambda _hints: theme)
        qapp.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Dark)

    return turn


def test_that_a_desktop_that_turns_dark_is_followed_at_once(
    look: Look, qapp: TiraiApplication, desktop: Callable[[ThemeName], None]
) -> None:
    qapp.wanted_theme = SYSTEM_THEME
    for theme in (ThemeName.DARK, ThemeName.CONTRAST):
        desktop(theme)
        assert look.tokens.theme is theme


def test_that_a_theme_that_was_chosen_stays(
    look: Look, qapp: TiraiApplication, desktop: Callable[[ThemeName], None]
) -> None:
    qapp.wanted_theme = "light"
    desktop(ThemeName.DARK)
    assert look.tokens.theme is ThemeName.LIGHT
