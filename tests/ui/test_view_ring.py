"""One focus ring in a window: round the row, round the view, or round the sentence where nothing is listed."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QStringListModel
from PySide6.QtWidgets import QListView, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.domain.role import Role
from app.ui.approvals.screen import ApprovalsScreen
from app.ui.theme.look import Look
from app.ui.widgets.labels import text_label
from app.ui.widgets.view_ring import EMPTY, ViewRing, rings_its_row, says_for
from tests.ui.conftest import Signed
from tests.ui.fake_desk import FakeDesk
from tests.ui.test_palette import screen_of

Make = Callable[..., Signed]


@pytest.fixture
def place(qtbot: QtBot) -> QWidget:
    place = QWidget()
    qtbot.addWidget(place)
    place.resize(300, 400)
    QVBoxLayout(place)
    with qtbot.waitActive(place):
        place.show()
        place.activateWindow()
    return place


def listed(place: QWidget, *rows: str) -> QListView:
    view = QListView()
    view.setModel(QStringListModel(list(rows), view))
    layout = place.layout()
    assert layout is not None
    layout.addWidget(view)
    view.show()
    return view


def framed(window: QWidget) -> QWidget | None:
    """What wears the ring."""
    rings = [ring for ring in window.findChildren(ViewRing) if ring.isVisible()]
    assert len(rings) <= 1
    return rings[0].widget() if rings else None


def test_that_a_list_which_rings_its_row_has_no_second_ring(qtbot: QtBot, place: QWidget) -> None:
    view = listed(place, "one", "two")
    view.setFocus()
    assert framed(place) is view, "no row is chosen yet"
    rings_its_row(view)
    view.setCurrentIndex(view.model().index(0, 0))
    assert framed(place) is None
    view.clearSelection()
    assert framed(place) is view, "something shows the focus always"


def test_that_the_sentence_wears_it_while_nothing_is_listed(qtbot: QtBot, look: Look, place: QWidget) -> None:
    view, sentence = listed(place), text_label(look, "Nobody waits.")
    place.layout().addWidget(sentence)  # type: ignore[union-attr]
    sentence.show()
    says_for(view, sentence)
    view.setFocus()
    assert framed(place) is sentence
    sentence.hide()
    assert framed(place) is view
    sentence.show()
    assert framed(place) is sentence
    model = view.model()
    assert isinstance(model, QStringListModel)
    model.setStringList(["one"])
    assert framed(place) is view


def test_that_an_empty_list_without_a_sentence_has_a_ring_of_a_row(look: Look, qtbot: QtBot, place: QWidget) -> None:
    view = listed(place)
    view.setFocus()
    (ring,) = place.findChildren(ViewRing)
    assert view.height() > 2 * EMPTY
    assert ring.mask().boundingRect().height() <= look.px(EMPTY)
    model = view.model()
    assert isinstance(model, QStringListModel)
    model.setStringList(["one"])
    assert ring.mask().boundingRect().height() > 2 * EMPTY


def test_that_the_list_of_customers_has_one_ring(qtbot: QtBot, console: Make) -> None:
    signed = console()
    screen = screen_of(signed)
    view = screen.find_panel.list
    qtbot.waitUntil(lambda: view.model().rowCount() > 0)
    view.setCurrentIndex(view.model().index(1, 0))
    view.setFocus()
    assert framed(signed.window) is None, "its row has one"


def test_that_an_empty_queue_of_requests_rings_what_says_so(qtbot: QtBot, console: Make) -> None:
    desk = FakeDesk(Role.SUPERVISOR, count=3)
    signed = console(desk)
    screen = screen_of(signed)
    screen.going.show_workspace("approvals")
    approvals = screen.workspaces.screen_of("approvals")
    assert isinstance(approvals, ApprovalsScreen)
    qtbot.waitUntil(lambda: approvals.model.rowCount() > 0)
    approvals.focus_first()
    assert framed(signed.window) is approvals.queue
    desk.approvals.queue.clear()
    approvals.detail.show_request(None)
    approvals.look_again()
    qtbot.waitUntil(lambda: approvals.model.rowCount() == 0)
    assert framed(signed.window) is approvals.detail.nothing
