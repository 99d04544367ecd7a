"""Of very many customers the first screens stand before a search is over, and nobody waits for an old letter."""

import threading
from array import array
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from app.domain.table_query import TableQuery
from app.ui.console.customer_model import CustomerModel
from app.ui.console.finding import Finding
from app.ui.tasks import Tasks
from tests.ui.fake_desk import FakeDesk, FakeFound

ALL = array("q", range(5000))


class HeldDesk(FakeDesk):
    """A desk whose whole searches wait; `stopped` holds the texts of those that were told to stop."""

    def __init__(self) -> None:
        super().__init__(count=5000)
        self.let_go = threading.Event()
        self.begun: list[str] = []
        self.stopped: list[str] = []

    def first_found(self, text: str) -> FakeFound | None:
        return FakeFound(ALL[:200])

    def search(self, text: str, queue: str | None, is_stopped: Callable[[], bool] = lambda: False) -> FakeFound:
        self.begun.append(text)
        while not self.let_go.wait(0.005):
            if is_stopped():
                self.stopped.append(text)
                return FakeFound(array("q"))
        return FakeFound(ALL)


@pytest.fixture
def desk() -> Iterator[HeldDesk]:
    made = HeldDesk()
    yield made
    made.let_go.set()


@pytest.fixture
def finding(qtbot: QtBot, desk: HeldDesk, tasks: Tasks, owner: QObject) -> Finding:
    return Finding(desk, tasks, CustomerModel(desk, tasks, owner), owner)


@pytest.fixture
def owner(qtbot: QtBot) -> Iterator[QObject]:
    made = QObject()
    yield made
    made.deleteLater()


def test_that_the_first_screens_come_first_and_the_rest_behind_them(
    qtbot: QtBot, desk: HeldDesk, finding: Finding
) -> None:
    model, told = finding._model, list[int]()
    finding.found.connect(lambda count, _ms, _asks: told.append(count))
    finding.ask(TableQuery("s"))
    qtbot.waitUntil(lambda: model.rowCount() == 200 and desk.begun == ["s"])
    assert told == [], "how many there are is not known yet"
    resets = list[int]()
    model.modelReset.connect(lambda: resets.append(1))
    desk.let_go.set()
    qtbot.waitUntil(lambda: model.rowCount() == 5000)
    assert (told, resets) == ([5000], []), "what stands keeps its place"


def test_that_the_first_rows_stand_while_the_rest_is_looked_for(qtbot: QtBot, desk: HeldDesk, finding: Finding) -> None:
    """Of a million the rest takes a quarter of a second; nobody looks at an empty table meanwhile."""
    finding.ask(TableQuery("s"))
    qtbot.waitUntil(lambda: desk.begun == ["s"] and finding._model.row_at(0) is not None)
    assert not desk.let_go.is_set()


def test_that_the_next_letter_stops_the_search_for_the_one_before(
    qtbot: QtBot, desk: HeldDesk, finding: Finding
) -> None:
    finding.ask(TableQuery("s"))
    qtbot.waitUntil(lambda: desk.begun == ["s"])
    finding.ask(TableQuery("si"))
    qtbot.waitUntil(lambda: desk.begun == ["s", "si"])
    assert desk.stopped == ["s"]
    desk.let_go.set()
    qtbot.waitUntil(lambda: finding._model.rowCount() == 5000)


def test_that_all_come_by_their_first_screens_once_and_a_list_that_grows_keeps_what_it_shows(
    qtbot: QtBot, desk: HeldDesk, finding: Finding
) -> None:
    model = finding._model
    finding.again()  # the first rows of a fill
    qtbot.waitUntil(lambda: model.rowCount() == 200 and desk.begun == [""])
    desk.let_go.set()
    qtbot.waitUntil(lambda: model.rowCount() == 5000)
    resets = list[int]()
    model.modelReset.connect(lambda: resets.append(1))
    finding.again()
    qtbot.waitUntil(lambda: desk.begun == ["", ""])
    assert (model.rowCount(), resets) == (5000, [])
    finding.ask(TableQuery("s"))
    qtbot.waitUntil(lambda: desk.begun == ["", "", "s"])
    desk.let_go.clear()
    finding.ask(TableQuery(""))
    qtbot.waitUntil(lambda: model.rowCount() == 200 and len(desk.begun) == 4)
    assert resets, "a search that is cleared begins anew"


@pytest.mark.parametrize("query", [TableQuery("s", queue="billing"), TableQuery("", queue="billing")])
def test_that_a_queue_is_searched_as_a_whole(qtbot: QtBot, desk: HeldDesk, finding: Finding, query: TableQuery) -> None:
    finding.ask(query)
    qtbot.waitUntil(lambda: bool(desk.begun))
    assert finding._model.rowCount() == 0
    desk.let_go.set()
    qtbot.waitUntil(lambda: finding._model.rowCount() == 5000)


def test_that_a_fault_of_the_first_screens_is_told_and_the_whole_search_comes_all_the_same(
    qtbot: QtBot, desk: HeldDesk, finding: Finding, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_text: str) -> FakeFound:
        raise ValueError("not to be lost")

    monkeypatch.setattr(desk, "first_found", broken)
    told = list[Exception]()
    finding.failed.connect(told.append)
    desk.let_go.set()
    finding.ask(TableQuery("s"))
    qtbot.waitUntil(lambda: finding._model.rowCount() == 5000)
    assert [type(error) for error in told] == [ValueError]
