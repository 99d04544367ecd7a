"""A screen that nobody touches asks for no layout: one that asks anew in each keeps a processor busy all day."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.domain.display import Display
from app.domain.role import Role
from app.session.console_line import Ask
from app.ui.application import TiraiApplication, show_as
from tests.ui.conftest import Signed
from tests.ui.fake_desk import FakeDesk

TURNS = 100
"""More than any row of widgets needs that ask each other for a place."""


class Layouts(QObject):
    """Counts who is asked for another layout."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 (Qt's name)
        """A note of each."""
        if event.type() == QEvent.Type.LayoutRequest:
            self.asked.append(f"{type(watched).__name__} {watched.objectName()}")
        return False

    def turn(self) -> list[str]:
        """Have every layout made that is asked for now; who was asked."""
        self.asked.clear()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
        return list(self.asked)


@pytest.fixture
def layouts(qapp: TiraiApplication) -> Iterator[Layouts]:
    counting = Layouts()
    qapp.installEventFilter(counting)
    yield counting
    qapp.removeEventFilter(counting)
    show_as(qapp, Display("light"))


@pytest.mark.slow
@pytest.mark.parametrize("role", [Role.AGENT, Role.SUPERVISOR], ids=str)
@pytest.mark.parametrize("text", [100, 200])
@pytest.mark.parametrize("width", [1180, 1366, 1920])
def test_that_a_console_at_rest_lays_nothing_out(
    console: Callable[..., Signed],
    layouts: Layouts,
    qtbot: QtBot,
    qapp: TiraiApplication,
    role: Role,
    text: int,
    width: int,
) -> None:
    signed = console(FakeDesk(role, count=30))
    signed.window.resize(width, 768)
    signed.window._calls.answer(Ask("call_start", {"call": "a1"}))
    show_as(qapp, Display("light", text=text))
    screen = signed.window.console
    assert screen is not None
    qtbot.waitUntil(lambda: not screen.bar.call.isHidden())
    QApplication.processEvents()
    for _ in range(TURNS):
        if not (asked := layouts.turn()):
            return
    raise AssertionError(f"It never comes to rest: {sorted(set(asked))}")
