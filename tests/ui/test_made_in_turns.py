"""How a console is made: in turns of the loop, nothing that nobody has asked for, and nothing moved again and again."""

from collections.abc import Iterator, Sequence

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.domain.role import Role
from app.ui.console import work_area
from app.ui.console.customer_model import CustomerModel
from app.ui.console.find_panel import FindPanel
from app.ui.console.screen import ConsoleScreen
from app.ui.tasks import Tasks
from app.ui.theme.look import Look
from tests.ui.conftest import Signed
from tests.ui.fake_desk import FakeDesk
from tests.ui.test_tab_order import named_focus, way


class Styled(QWidget):
    """Counts how often Qt told it that its style may be another one."""

    count = 0

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 (Qt's name)
        self.count += event.type() == QEvent.Type.StyleChange
        super().changeEvent(event)


@pytest.fixture
def window(qtbot: QtBot, look: Look, tasks: Tasks) -> Iterator[Signed]:
    signed = Signed(look, tasks, FakeDesk(Role.SUPERVISOR, count=30))
    signed.window.show()
    yield signed
    signed.window._console = None
    signed.window.close()
    signed.window.deleteLater()


def console_of(signed: Signed) -> ConsoleScreen:
    signed.window._on_signed_in(signed.desk)
    console = signed.window.console
    assert console is not None
    return console


def test_that_what_tells_what_waits_is_made_one_by_one_once_the_console_is_in_front(
    qtbot: QtBot, window: Signed
) -> None:
    console = console_of(window)
    early, made = ("approvals", "privacy", "accounts", "policy"), []
    assert [key for key in early if console.workspaces.screen_of(key) is not None] == []
    for _ in early:
        with qtbot.waitSignal(console.workspaces.made):
            pass
        made.append(sum(console.workspaces.screen_of(key) is not None for key in early))
    assert made == [1, 2, 3, 4]
    qtbot.waitUntil(lambda: console.bar.tabs[1].accessibleName() == "Approvals, 3 waiting")


def test_that_whoever_needs_one_sooner_has_it(window: Signed) -> None:
    workspaces = console_of(window).workspaces
    assert workspaces.accounts is not None
    assert workspaces.accounts is workspaces.screen_of("accounts")
    workspaces.show_workspace("approvals", lambda: None)
    assert workspaces.current == "approvals"


def test_that_an_agents_console_makes_no_page_that_nobody_has_asked_for(qtbot: QtBot, window: Signed) -> None:
    window.desk = FakeDesk(Role.AGENT, count=30)
    console = console_of(window)
    qtbot.waitUntil(lambda: console.model.rowCount() > 0)
    assert console.workspaces.screen_of("policy") is None
    console.going.show_workspace("policy")
    assert console.workspaces.current == "policy"
    qtbot.waitUntil(lambda: window.desk.policies.looks == 1)


@pytest.mark.parametrize("place", ["my_account", "policy", "approvals"])
def test_that_tab_comes_to_the_status_bar_last_however_late_a_workspace_was_made(
    qtbot: QtBot, window: Signed, place: str
) -> None:
    console = console_of(window)
    qtbot.waitUntil(lambda: console.workspaces.screen_of("policy") is not None)
    console.going.show_workspace(place)
    window.window.activateWindow()
    console.bar.menu.setFocus()
    qtbot.waitUntil(lambda: named_focus() == "menu")
    screen = console.workspaces.screen_of(place)
    assert screen is not None
    stops = way("menu", 12)  # fewer of the workspace while its answers are on their way
    before = stops[: stops.index("what_ends")] if "what_ends" in stops else stops
    inside = [name for name in stops if name and screen.findChildren(QWidget, name)]
    assert inside, "the control: they come to the workspace"
    assert set(inside) <= set(before)


def test_that_no_part_of_the_console_is_moved_with_all_that_is_in_it_again_and_again(
    window: Signed, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each time Qt looks at the style of every widget in it: that was half of what a sign-in costs the window."""
    made: list[Styled] = []

    def with_one_more(look: Look, model: CustomerModel, queues: Sequence[str]) -> FindPanel:
        panel = FindPanel(look, model, queues)
        made.append(Styled(panel))
        return panel

    monkeypatch.setattr(work_area, "FindPanel", with_one_more)
    console_of(window)
    assert 0 < made[0].count <= 3
