"""One application for all tests of the screens; the tests' fake office answers at once."""

from collections.abc import Callable, Iterator

import pytest
import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.session.ends import Receipt
from app.ui.application import TiraiApplication, dress, make_application
from app.ui.choices import Choices
from app.ui.commands.commands import Commands
from app.ui.main_window import MainWindow
from app.ui.tasks import Tasks
from app.ui.theme.look import Look
from app.ui.workspace import Workspace
from tests.ui.fake_desk import FakeDesk
from tests.ui.fake_door import FakeSignIn

PATIENCE_MS = 60_000


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The offscreen platform says of each window that it has no window manager; that is no fault."""
    for item in items:
        if "tests/ui" in str(item.path):
            item.add_marker(pytest.mark.qt_log_ignore("propagateSizeHints", extend=True))


def pytest_configure() -> None:
    """What a test waits for comes, or it does not: a busy machine may take its time."""
    for waiting in (QtBot.waitUntil, QtBot.waitSignal, QtBot.waitSignals, QtBot.waitExposed, QtBot.waitActive):
        defaults = waiting.__kwdefaults__
        assert defaults is not None
        defaults["timeout"] = PATIENCE_MS


@pytest.fixture(scope="session")
def qapp() -> Iterator[TiraiApplication]:
    """Our application instead of pytest-qt's."""
    application = make_application(["test"], "light", hooks=False)
    application.setQuitOnLastWindowClosed(False)
    yield application
    application.collector.stop()


@pytest.fixture(autouse=True)
def gone_is_gone(request: pytest.FixtureRequest) -> Iterator[None]:
    """What a test has left to be deleted is deleted: else every later style sheet would polish it again."""
    yield
    if "qapp" in request.fixturenames:
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def look(qapp: TiraiApplication) -> Look:
    """The light look."""
    return dress(qapp, "light")


@pytest.fixture
def tasks() -> Iterator[Tasks]:
    """Real threads."""
    tasks = Tasks()
    yield tasks
    tasks.close()


class Signed:
    """A window with a signed-in console, and what it told the outside."""

    def __init__(self, look: Look, tasks: Tasks, desk: FakeDesk, door: FakeSignIn | None = None) -> None:
        self.desk = desk
        self.door = door or FakeSignIn(desk)
        self.receipts: list[Receipt] = []
        self.now = 50_000.0
        self.approvals = 0
        self.window = MainWindow(
            self.door,
            look=look,
            tasks=tasks,
            on_signed_in=lambda _desk: None,
            on_ended=self.receipts.append,
            on_approval_wanted=self._count_approval,
            idle_clock=lambda: self.now,
        )

    def _count_approval(self) -> None:
        self.approvals += 1


@pytest.fixture
def console(qtbot: QtBot, look: Look, tasks: Tasks) -> Iterator[Callable[..., Signed]]:
    """Makes a signed-in console with the first customer's card open, where its person sees customers."""
    made: list[Signed] = []

    def make(desk: FakeDesk | None = None) -> Signed:
        signed = Signed(look, tasks, desk or FakeDesk(count=300))
        made.append(signed)
        signed.window.show()
        signed.window._on_signed_in(signed.desk)
        screen = signed.window.console
        assert screen is not None
        qtbot.waitUntil(lambda: screen.model.rowCount() > 0)
        if screen.workspaces.current == "console":
            screen.find_panel.enter()
            qtbot.waitUntil(lambda: screen.card.customer is not None)
        return signed

    yield make
    for signed in made:
        if not shiboken6.isValid(signed.window):
            continue  # the test has left it
        signed.window._console = None
        signed.window.close()
        signed.window.deleteLater()


def with_keys(screen: Workspace) -> Commands:
    """Have the keys of a workspace work that stands alone."""
    assert isinstance(screen, QWidget)
    commands = Commands(screen, Choices())
    commands.offer(screen.commands)
    return commands


def named(parent: QWidget, name: str) -> QWidget:
    """The visible child with an object name."""
    found = [child for child in parent.findChildren(QWidget, name) if child.isVisible()]
    assert len(found) == 1, f"{name}: {len(found)}"
    return found[0]
