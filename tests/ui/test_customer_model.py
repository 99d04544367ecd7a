"""The model of list and table: Qt's own tester, paging by id, no sealed value in any role."""

import threading
from array import array
from collections.abc import Sequence

import pytest
from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from app.session.shown import ShownRow
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


def test_that_a_page_which_grows_while_it_is_read_is_read_whole(
    qtbot: QtBot, tasks: Tasks, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A fill adds customers to the last page while a person stands at the end of the list."""
    desk, may_read = FakeDesk(count=300), threading.Event()
    rows = desk.rows

    def read(wanted: Sequence[int]) -> list[ShownRow]:
        may_read.wait(30)
        return rows(wanted)

    monkeypatch.setattr(desk, "rows", read)
    model = CustomerModel(desk, tasks)
    model.set_ids(ids(40))
    model.index(39, 0).data()
    model.set_ids(ids(60))
    model.index(59, 0).data()
    may_read.set()
    qtbot.waitUntil(lambda: all(model.index(row, 0).data() is not None for row in (39, 40, 59)))


def test_that_a_row_which_has_just_gone_moves_no_other_one(
    qtbot: QtBot, tasks: Tasks, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The cache forgets it a moment before the sync tells the list: names stay beside their own customers."""
    desk = FakeDesk(count=100)
    rows = desk.rows
    monkeypatch.setattr(desk, "rows", lambda wanted: [row for row in rows(wanted) if row.id != 5])
    model = CustomerModel(desk, tasks)
    model.set_ids(ids(100))
    model.index(0, 0).data()
    qtbot.waitUntil(lambda: model.index(6, 0).data(ROW_ROLE) is not None)
    shown = [model.index(row, 0).data(ROW_ROLE) for row in range(PAGE)]
    assert shown[5] is None
    assert all(row.id == at for at, row in enumerate(shown) if row is not None)


def test_that_no_role_holds_a_sealed_value(qtbot: QtBot, tasks: Tasks) -> None:
    model = CustomerModel(FakeDesk(count=30), tasks)
    model.set_ids(ids(30))
    model.index(0, 0).data()
    qtbot.waitUntil(lambda: model.index(0, 0).data() is not None)
    roles = [role.value for role in Qt.ItemDataRole if role.value < 256] + [ROW_ROLE, ID_ROLE]
    for column in Column:
        for role in roles:
            assert CANARY not in repr(model.index(0, column).data(role))
