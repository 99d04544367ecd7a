"""A change at the office reaches what stands on the screen: nothing jumps, nothing is taken out of a person's hands."""

from array import array
from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from app.session.errors import OfficeAwayError
from app.ui.console.customer_model import CHANGED_ROLE, Column, CustomerModel
from app.ui.console.face import Face
from app.ui.console.finding import kept_order
from app.ui.console.screen import ConsoleScreen
from app.ui.tasks import Tasks
from tests.ui.conftest import Signed, named
from tests.ui.fake_desk import FakeDesk

Make = Callable[..., Signed]


def screen_of(signed: Signed) -> ConsoleScreen:
    screen = signed.window.console
    assert screen is not None
    return screen


def sync(qtbot: QtBot, signed: Signed) -> None:
    """A look that began after what was changed, to its end."""
    syncing = screen_of(signed).syncing
    qtbot.waitUntil(lambda: not syncing._is_asking)
    asked = signed.desk.follows
    QTest.keyClick(signed.window, Qt.Key.Key_F5)
    qtbot.waitUntil(lambda: signed.desk.follows > asked and not syncing._is_asking)
    qtbot.wait(50)


def first_in_sight(face: Face) -> tuple[int | None, int]:
    index = face.view.indexAt(QPoint(2, 2))
    return face.id_at(index), face.view.visualRect(index).top()


@pytest.mark.parametrize("is_table", [False, True])
def test_that_rows_that_go_and_come_move_nothing_that_is_read(qtbot: QtBot, console: Make, is_table: bool) -> None:
    signed = console()
    screen, desk = screen_of(signed), signed.desk
    if is_table:
        QTest.keyClick(signed.window, Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)
    face = screen.face
    face.view.setCurrentIndex(screen.model.index(150, 0))
    face.view.verticalScrollBar().setValue(face.view.verticalScrollBar().value() + 7)
    qtbot.waitUntil(lambda: screen.model.index(150, 0).data() is not None)
    before, current = first_in_sight(face), face.id_at(face.view.currentIndex())
    desk.left |= {3, 4, 90}
    sync(qtbot, signed)
    qtbot.waitUntil(lambda: screen.model.rowCount() == desk.count - 3)
    assert first_in_sight(face) == before
    assert face.id_at(face.view.currentIndex()) == current == 150


def test_that_a_changed_row_gets_a_dot_until_somebody_looks(qtbot: QtBot, console: Make) -> None:
    signed = console()
    model, desk = screen_of(signed).model, signed.desk
    qtbot.waitUntil(lambda: model.index(5, 0).data() is not None)
    desk.cities[5] = "Ambon"
    sync(qtbot, signed)
    qtbot.waitUntil(lambda: model.index(5, Column.CITY).data() == "Ambon")
    assert model.index(5, 0).data(CHANGED_ROLE)
    assert "changed just now" in model.index(5, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    screen_of(signed).show_customer(5)
    qtbot.waitUntil(lambda: not model.index(5, 0).data(CHANGED_ROLE))


def test_that_the_open_card_shows_what_changed_and_keeps_the_focus_in_its_row(qtbot: QtBot, console: Make) -> None:
    signed = console()
    screen = screen_of(signed)
    customer = screen.card.customer
    assert customer is not None
    screen.card.focus_rows()
    row = screen.card.row("mobile_phone")
    assert signed.window.focusWidget() is row
    signed.desk.cities[customer.id] = "Ambon"
    sync(qtbot, signed)
    qtbot.waitUntil(lambda: screen.card.customer is not None and "Ambon" in screen.card.customer.subtitle)
    again = screen.card.row("mobile_phone")
    assert again is not row
    assert signed.window.focusWidget() is again


def test_that_an_answer_that_is_being_typed_stays(qtbot: QtBot, console: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.ui.console.open_card.LATER_MS", 50)
    signed = console()
    screen = screen_of(signed)
    customer = screen.card.customer
    assert customer is not None
    QTest.keyClick(signed.window, Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier)
    edit = signed.window.focusWidget()
    assert isinstance(edit, QLineEdit)
    QTest.keyClicks(edit, "14")
    signed.desk.cities[customer.id] = "Ambon"
    sync(qtbot, signed)
    assert signed.window.focusWidget() is edit
    shown = screen.card.customer
    assert shown is not None
    assert "Ambon" not in shown.subtitle


def test_that_a_customer_who_left_the_queues_is_said_on_the_card(qtbot: QtBot, console: Make) -> None:
    signed = console()
    screen = screen_of(signed)
    customer = screen.card.customer
    assert customer is not None
    signed.desk.left.add(customer.id)
    sync(qtbot, signed)
    qtbot.waitUntil(lambda: "left your queues" in screen.card.fault.label.text())


def test_that_the_office_s_word_syncs_once_for_several_changes(qtbot: QtBot, console: Make) -> None:
    signed = console()
    syncing = screen_of(signed).syncing
    qtbot.waitUntil(lambda: signed.desk.follows > 0 and not syncing._is_asking)
    asked = signed.desk.follows
    for _ in range(5):
        signed.desk.tell_changed(frozenset({"customers"}))
    qtbot.waitUntil(lambda: signed.desk.follows > asked)
    qtbot.wait(300)
    assert signed.desk.follows == asked + 1


def test_that_the_status_bar_says_how_old_the_copy_is(qtbot: QtBot, console: Make) -> None:
    signed = console()
    status = screen_of(signed).status
    label = named(signed.window, "connection_state")
    qtbot.waitUntil(lambda: label.property("text") == "Connected, synced 0 s ago")
    status.show_synced(59.4)
    assert label.property("text") == "Connected, synced 59 s ago"
    status.show_synced(61.0)
    assert label.property("text") == "Connected, synced 1 min ago"
    status.show_connected(False, "14:06")
    status.show_synced(70.0)
    assert label.property("text") == "Back office away since 14:06"


def test_that_an_office_that_is_away_is_found_out_by_the_sync(qtbot: QtBot, console: Make) -> None:
    signed = console()
    signed.desk.refuse_follow = OfficeAwayError("away")
    QTest.keyClick(signed.window, Qt.Key.Key_F5)
    qtbot.waitUntil(lambda: screen_of(signed).pulse.is_away)


def test_that_qt_accepts_what_a_sync_does_to_the_model(qtbot: QtBot, qtmodeltester: ModelTester, tasks: Tasks) -> None:
    model = CustomerModel(FakeDesk(count=400), tasks)
    model.set_ids(array("q", range(300)))
    qtmodeltester.check(model)  # type: ignore[no-untyped-call]
    model.index(10, 0).data()
    qtbot.waitUntil(lambda: model.index(10, 0).data() is not None)
    model.follow(array("q", [*range(5, 300), *range(300, 400)]), {7}, {0, 1, 2, 3, 4})
    assert model.rowCount() == 395
    assert model.index(5, 0).data() is not None  # what was known stays while it is read again
    model.follow(array("q"), set(), set(range(400)))
    qtmodeltester.check(model)  # type: ignore[no-untyped-call]


def test_that_the_order_of_what_is_shown_is_kept() -> None:
    shown = array("q", [5, 3, 9, 1])
    assert kept_order(shown, array("q", [1, 3, 5, 9]), frozenset()) is shown  # another order by a changed key
    assert list(kept_order(shown, array("q", [1, 3, 9]), frozenset({5}))) == [3, 9, 1]
    assert list(kept_order(shown, array("q", [7, 5, 3, 8, 4, 9, 1]), frozenset())) == [7, 5, 3, 8, 4, 9, 1]
    assert list(kept_order(shown, array("q", [3, 9, 2]), frozenset({9}))) == [5, 3, 2, 1]  # a neighbour that goes
    assert kept_order(shown, array("q", [3]), frozenset()) is shown  # what a search finds no more stays till the next
