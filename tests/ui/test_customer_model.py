"""The model of list and table: Qt's own tester, paging by id, no sealed value in any role."""

from array import array

from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from app.ui.console.customer_model import ID_ROLE, PAGE, ROW_ROLE, Column, CustomerModel
from app.ui.tasks import Tasks
from tests.ui.fake_desk import FakeDesk
from tests.ui.fake_people import CANARY


def ids(count: int) -> "array[int]":
    return array("q", range(count))


def test_that_qt_accepts_the_model(qtbot: QtBot, qtmodeltester: ModelTester, tasks: Tasks) -> None:
    model = CustomerModel(FakeDesk(count=200), tasks)
    model.set_ids(ids(200))
    qtmodeltester.check(model)  # type: ignore[no-untyped-call]
    model.index(0, 0).data()
    qtbot.waitUntil(lambda: model.index(0, 0).data() == "Sari Wulandari")
    qtmodeltester.check(model)  # type: ignore[no-untyped-call]
    model.set_ids(ids(0))
    model.set_ids(ids(40))
    model.set_ids(ids(130))


def test_that_only_what_is_shown_is_read(qtbot: QtBot, tasks: Tasks) -> None:
    desk = FakeDesk(count=100_000)
    model = CustomerModel(desk, tasks)
    model.set_ids(ids(100_000))
    assert desk.asked_rows == []
    model.index(50_000, 0).data()
    qtbot.waitUntil(lambda: model.index(50_000, 0).data() is not None)
    assert len(desk.asked_rows) == 1
    assert len(desk.asked_rows[0]) == PAGE
    assert 50_000 in desk.asked_rows[0]


def test_that_answers_for_an_older_search_are_dropped(qtbot: QtBot, tasks: Tasks) -> None:
    model = CustomerModel(FakeDesk(count=100), tasks)
    model.set_ids(ids(100))
    model.index(0, 0).data()
    model.set_ids(array("q", [7, 8]))
    qtbot.waitUntil(lambda: model.index(0, 0).data() == "Fajar Nugroho")


def test_that_customers_added_at_the_end_keep_what_is_shown(qtbot: QtBot, tasks: Tasks) -> None:
    model = CustomerModel(FakeDesk(count=300), tasks)
    model.set_ids(ids(100))
    with qtbot.assertNotEmitted(model.modelReset), qtbot.waitSignal(model.rowsInserted):
        model.set_ids(ids(300))
    assert model.rowCount() == 300


def test_that_no_role_holds_a_sealed_value(qtbot: QtBot, tasks: Tasks) -> None:
    model = CustomerModel(FakeDesk(count=30), tasks)
    model.set_ids(ids(30))
    model.index(0, 0).data()
    qtbot.waitUntil(lambda: model.index(0, 0).data() is not None)
    roles = [role.value for role in Qt.ItemDataRole if role.value < 256] + [ROW_ROLE, ID_ROLE]
    for column in Column:
        for role in roles:
            assert CANARY not in repr(model.index(0, column).data(role))
