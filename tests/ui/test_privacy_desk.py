"""The privacy desk as a frame: pages of a table, one in front, and what a workspace is told goes on to them."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt, Signal
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QMainWindow, QWidget
from pytestqt.qtbot import QtBot

from app.domain.role import Role
from app.ui.privacy.pages import PAGES, PrivacyPage, pages_of, roles_of_the_desk
from app.ui.privacy.screen import PrivacyScreen
from app.ui.tasks import Tasks
from app.ui.theme.icons import icon_pixmap
from app.ui.theme.look import Look
from app.ui.use_cases import DeskUseCases
from app.ui.workspace import Workspace
from tests.ui.fake_desk import FakeDesk

Make = Callable[..., PrivacyScreen]


class FakePage(Workspace, QWidget):
    """A page that writes down what it is told."""

    counted = Signal(int)
    failed = Signal(object)

    def __init__(self, topic: str) -> None:
        super().__init__()
        self.topics = frozenset({topic})  # type: ignore[misc]
        self.heard: list[str] = []

    def begin(self) -> None:
        self.heard.append("begin")

    def come(self) -> None:
        self.heard.append("come")

    def forget(self) -> None:
        self.heard.append("forget")

    def look_again(self) -> None:
        self.heard.append("look")

    def stop(self) -> None:
        self.heard.append("stop")

    def close_innermost(self) -> bool:
        return True


def page(key: str, *, early: bool = False) -> PrivacyPage:
    def make(_look: Look, _desk: DeskUseCases, _tasks: Tasks) -> QWidget:
        return FakePage(key)

    roles = frozenset({Role.PRIVACY_OFFICER})
    return PrivacyPage(key, key.title(), "scroll", make, early=roles if early else frozenset())


@pytest.fixture
def make(qtbot: QtBot, look: Look, tasks: Tasks) -> Iterator[Make]:
    windows = []

    def made(*pages: PrivacyPage) -> PrivacyScreen:
        window = QMainWindow()
        screen = PrivacyScreen(look, FakeDesk(Role.PRIVACY_OFFICER, count=3), tasks, pages)
        window.setCentralWidget(screen)
        window.resize(1366, 768)
        window.show()
        windows.append(window)
        screen.begin()
        return screen

    yield made
    for window in windows:
        window.close()
        window.deleteLater()


def heard(screen: PrivacyScreen, key: str) -> list[str]:
    widget = screen.screen_of(key)
    assert isinstance(widget, FakePage)
    return widget.heard


def test_that_the_first_page_comes_with_the_desk_and_the_arrows_go_on(make: Make) -> None:
    screen = make(page("records"), page("notices"))
    assert screen.current == "", "nothing is made before somebody looks"
    screen.come()
    assert screen.current == "records"
    assert screen.screen_of("notices") is None
    QTest.keyClick(screen.list, Qt.Key.Key_Down)
    assert screen.current == "notices"
    assert heard(screen, "records") == ["begin", "come", "forget"]
    assert heard(screen, "notices") == ["begin", "come"]
    screen.show_page("records")
    screen.show_page("nowhere")
    assert screen.current == "records"
    assert screen.close_innermost()


def test_that_what_waits_is_counted_over_all_pages_before_one_is_in_front(qtbot: QtBot, make: Make) -> None:
    screen = make(page("records", early=True), page("notices", early=True), page("later"))
    assert screen.current == ""
    assert heard(screen, "records") == ["begin"]
    counts: list[int] = []
    screen.counted.connect(counts.append)
    for key, count in (("records", 2), ("notices", 3), ("records", 0)):
        widget = screen.screen_of(key)
        assert isinstance(widget, FakePage)
        widget.counted.emit(count)
    assert counts == [2, 5, 3]
    index = screen.list.pages.index(1)
    assert index.data() == "Notices  (3)"
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "Notices, 3 waiting"
    assert screen.topics == {"records", "notices"}
    screen.look_again()
    screen.stop()
    assert heard(screen, "notices") == ["begin", "look", "stop"]


def test_that_the_list_is_a_sound_model(make: Make) -> None:
    screen = make(page("records"), page("notices"))
    QAbstractItemModelTester(screen.list.pages, QAbstractItemModelTester.FailureReportingMode.Fatal)


def test_that_the_table_of_pages_is_one_that_can_be_shown(look: Look) -> None:
    keys = [one.key for one in PAGES]
    assert len(keys) == len(set(keys))
    for one in PAGES:
        assert one.roles, one.key
        assert one.early <= one.roles, one.key
        assert Role.AGENT not in one.roles, "agents have the customer's card"
        icon_pixmap(one.icon, look.hex("ink2"), 16, 1.0)
    for role in Role:
        assert bool(pages_of(role)) is (role in roles_of_the_desk())
