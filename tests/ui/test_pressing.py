"""What is due soon or overdue is told in one line from wherever one is; it ends with the work, not with a click."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from app.domain.incidents.words import IncidentState
from app.domain.role import Role
from app.domain.subject_requests.words import RequestKind, RequestState
from app.ui.console.screen import ConsoleScreen
from app.ui.console.workspace_tab import WorkspaceTab
from app.ui.privacy import pressing
from app.ui.privacy.incidents.page import IncidentsPage
from app.ui.privacy.requests.page import RequestsPage
from app.ui.privacy.screen import PrivacyScreen
from tests.ui.conftest import Signed
from tests.ui.fake_desk import FakeDesk
from tests.ui.fake_incidents import incident
from tests.ui.fake_requests import request

Make = Callable[..., Signed]


@pytest.fixture
def announced(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What a reader is told by the line."""
    said: list[str] = []
    monkeypatch.setattr(pressing, "announce", lambda _source, text: said.append(text))
    return said


def at_work(console: Make, desk: FakeDesk) -> ConsoleScreen:
    screen = console(desk).window.console
    assert screen is not None
    return screen


def privacy_tab(screen: ConsoleScreen) -> WorkspaceTab:
    return next(tab for tab in screen.bar.tabs if tab.key == "privacy")


def of_desk(screen: ConsoleScreen) -> PrivacyScreen:
    found = screen.workspaces.screen_of("privacy")
    assert isinstance(found, PrivacyScreen)
    return found


def test_that_an_officer_is_told_at_their_other_work_and_led_there(
    qtbot: QtBot, console: Make, announced: list[str]
) -> None:
    """A drill comes after what is real.

    Requests 4 (8 hours late) and 7 (22 hours left), incidents 4 (a drill, 8 hours late) and 3 (22 hours left).
    """
    desk = FakeDesk(Role.PRIVACY_OFFICER, count=30)
    screen = at_work(console, desk)
    qtbot.waitUntil(lambda: "Overdue: 2 · Due within 24 hours: 2" in screen.due.label.text())
    assert screen.workspaces.current == "console"
    assert screen.due.isVisible()
    assert screen.due.label.text().endswith("First: Restriction 4 (Overdue by 8 h 0 min)")
    assert screen.due.property("tone") == "danger"
    assert privacy_tab(screen).badge == "4!"
    assert privacy_tab(screen).accessibleName().endswith("waiting, 4 due within a day or overdue")
    screen.due.action.click()
    assert screen.workspaces.current == "privacy"
    page = of_desk(screen).screen_of("requests")
    assert isinstance(page, RequestsPage)
    assert page.detail.request is not None
    assert page.detail.request.number == 4
    assert screen.due.isVisible(), "it ends when the work is done"
    names = of_desk(screen).list.pages
    assert names.index(0).data() == "Requests  (5 · 2!)"
    assert names.index(0).data(Qt.ItemDataRole.AccessibleTextRole) == (
        "Requests, 5 waiting, 2 due within a day or overdue"
    )


def test_that_an_incident_is_shown_where_it_comes_first(qtbot: QtBot, console: Make) -> None:
    desk = FakeDesk(Role.PRIVACY_OFFICER, count=30)
    desk.privacy.requests.requests.clear()
    desk.privacy.incidents.incidents.append(incident(6, 71, IncidentState.CONFIRMED))
    screen = at_work(console, desk)
    qtbot.waitUntil(lambda: "First: No. 6: " in screen.due.label.text())
    screen.due.action.click()
    page = of_desk(screen).screen_of("incidents")
    assert isinstance(page, IncidentsPage)
    qtbot.waitUntil(lambda: page.detail.incident is not None and page.detail.incident.number == 6)


def test_that_the_last_hour_is_told_and_an_answer_ends_the_line(
    qtbot: QtBot, console: Make, announced: list[str]
) -> None:
    desk = FakeDesk(Role.PRIVACY_OFFICER, count=30)
    desk.privacy.incidents.incidents.clear()
    requests = desk.privacy.requests
    requests.requests = [request(12, RequestKind.ACCESS, 71)]
    screen = at_work(console, desk)
    qtbot.waitUntil(screen.due.isVisible)
    told = "Due within 24 hours: 1 · First: Access and a copy 12 (1 h 0 min left)"
    assert screen.due.label.text() == told
    assert screen.due.property("tone") == "warn"
    requests.requests = [request(12, RequestKind.ACCESS, 71.5)]
    screen.workspaces.take_changes(frozenset({"requests"}))
    qtbot.waitUntil(lambda: "30 min left" in screen.due.label.text())
    assert announced == [told], "half an hour is nothing new to a reader"
    requests.requests = [request(12, RequestKind.ACCESS, 73)]
    screen.workspaces.take_changes(frozenset({"requests"}))
    qtbot.waitUntil(lambda: len(announced) == 2)
    assert announced[1].startswith("Overdue: 1 · First:")
    requests.requests = [request(12, RequestKind.ACCESS, 73, state=RequestState.DONE)]
    screen.workspaces.take_changes(frozenset({"requests"}))
    qtbot.waitUntil(screen.due.isHidden)
    assert privacy_tab(screen).badge == "2", "what waits on other pages is counted as before"
    assert len(announced) == 2


def test_that_a_second_person_is_told_of_what_they_decide_alone(qtbot: QtBot, console: Make) -> None:
    """A supervisor has no tab for the desk; the line leads there all the same."""
    screen = at_work(console, FakeDesk(Role.SUPERVISOR, count=30))
    qtbot.waitUntil(screen.due.isVisible)
    assert screen.due.label.text() == "Due within 24 hours: 1 · First: Erasure 7 (22 h 0 min left)"
    screen.due.action.click()
    assert screen.workspaces.current == "privacy"
    page = of_desk(screen).screen_of("requests")
    assert isinstance(page, RequestsPage)
    assert page.detail.request is not None
    assert page.detail.request.number == 7


def test_that_nobody_else_has_the_line_and_nobody_closes_it(qtbot: QtBot, console: Make) -> None:
    screen = at_work(console, FakeDesk(count=30))
    qtbot.wait(50)
    assert screen.due.isHidden()
    assert [button.objectName() for button in screen.due.findChildren(QPushButton)] == ["show_due"]
