"""The GUI thread never computes for long in one turn of its loop, and never waits (`tests/gui_watch.py`).

Each step of a day's work, with many customers. What is over the goal of 50 ms is printed with its place (`pytest -s`)
and stands in `docs/performance.md`; the verdict leaves room for a machine that is a good deal slower. It counts
processor time of one thread; what waits is not timed but forbidden.
"""

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import NamedTuple

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, Qt, QTimer
from PySide6.QtTest import QTest

from app.bootstrap.screens import load_screens
from app.domain.display import Display
from app.domain.role import Role
from app.ui.application import show_everywhere
from app.ui.console.field_row import FieldRow
from app.ui.console.screen import ConsoleScreen
from tests.gui_watch import GOAL_MS, GuiWatch
from tests.ui.conftest import Signed
from tests.ui.fake_desk import FakeDesk

ROOM = 8.0
"""So many times the goal before a test fails."""
DRESSES = 2.5
"""So much more room where every widget is dressed anew: some 280 ms alone (docs/performance.md), and 500 on a machine
whose memory others use as hard; a fault there took 2,500."""
WALKS = 3
"""In so many consoles, one after another, a turn of a step must be too long: what shares the processor and its caches
makes one longer now and then, even in processor time."""
SETTLE_MS = 150
"""How long each step may go on before the next; it decides nothing."""


class Step(NamedTuple):
    """One thing that a person does."""

    name: str
    do: Callable[[], object]
    room: float = 1.0


def steps_of(signed: Signed) -> Iterator[Step]:
    console = signed.window.console
    assert console is not None
    yield from _looking(console)
    yield from _writing(console)
    for key in console.workspaces.keys:
        yield Step(f"workspace {key}", partial(console.going.show_workspace, key))
    yield Step("a narrow window", lambda: signed.window.resize(1180, 640))
    yield Step("another size of the text", partial(show_everywhere, Display("light", text=150)), DRESSES)
    yield Step("another theme", partial(show_everywhere, Display("dark")), DRESSES)
    yield Step("as before", partial(show_everywhere, Display("light")), DRESSES)


def _looking(console: ConsoleScreen) -> Iterator[Step]:
    find = console.find_panel
    for text in ("s", "sa", "sari", ""):
        yield Step(f"search {text!r}", partial(find.search.edit.setText, text))
    yield Step("scroll to the end", find.list.scrollToBottom)
    yield Step("scroll far", lambda: find.list.verticalScrollBar().setValue(30_000))
    for row in (3, 9_000, 17):
        yield Step(f"the card of row {row}", partial(_show, console, row))
    yield Step("the table", console.switch_face)
    yield Step("the list", console.switch_face)


def _writing(console: ConsoleScreen) -> Iterator[Step]:
    note = console.desk_panel.note
    yield Step("a note", lambda: QTest.keyClicks(note.edit, "Kartu 4111 1111 1111 1111, hp 0812-3456-7890"))
    yield Step("a pasted note", lambda: note.edit.setPlainText("telepon 0812-3456-7890 lagi, " * 250))
    yield Step("a letter in a long note", lambda: QTest.keyClicks(note.edit, "x"))
    yield Step("the note is kept", note.save_now)
    while console.card.row("mobile_phone") is None:  # a busy machine opens it later than its step lasted
        settle()
    yield Step("R in a row", lambda: QTest.keyClick(_phone(console), Qt.Key.Key_R))
    yield Step("a reason", lambda: QTest.keyClick(console.window().focusWidget() or console, Qt.Key.Key_1))
    yield Step("Esc", console.closing.close_innermost)


def _show(console: ConsoleScreen, row: int) -> None:
    console.show_customer(console.model.id_at(row) or 1)


def _phone(console: ConsoleScreen) -> FieldRow:
    row = console.card.row("mobile_phone")
    assert row is not None
    return row


def settle() -> None:
    loop = QEventLoop()
    QTimer.singleShot(SETTLE_MS, loop.quit)
    loop.exec()


@contextmanager
def own_heap() -> Iterator[None]:
    """What the tests before have left for Python's collector is none of the console's."""
    gc.collect()
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


def walked(signed: Signed, room: float) -> dict[str, str]:
    """The steps with a turn that is much too long; nothing may wait at any."""
    settle()
    over, steps = dict[str, str](), 0
    with own_heap(), GuiWatch() as watch:
        for steps, step in enumerate(steps_of(signed), start=1):  # noqa: B007 -- their number is the control's
            seen = len(watch.turns)
            QTimer.singleShot(0, step.do)
            settle()
            for turn in watch.turns[seen:]:
                print(f"{step.name}: {turn}")
                if turn.ms > GOAL_MS * room * step.room:
                    over[step.name] = f"{step.name}: {turn}"
    assert watch.count >= steps / 2 > 10, "the control: turns were counted, however few a busy machine has time for"
    assert not watch.waits, "\n".join(watch.waits)
    return over


def leave(signed: Signed) -> None:
    """The console goes, so that the next one is alone again."""
    signed.window._console = None
    signed.window.close()
    signed.window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.mark.parametrize(
    ("role", "customers", "room"),
    [
        (Role.AGENT, 20_000, ROOM),
        (Role.SUPERVISOR, 20_000, ROOM),
        pytest.param(Role.AGENT, 100_000, ROOM, marks=pytest.mark.slow),
    ],
    ids=["agent", "supervisor", "agent with 100,000"],
)
def test_that_no_turn_of_the_loop_is_long_and_nothing_waits(
    console: Callable[..., Signed], role: Role, customers: int, room: float
) -> None:
    load_screens()  # as a worker of the real program does while somebody types at the door
    over = walked(signed := console(FakeDesk(role, count=customers)), room)
    for _ in range(WALKS - 1):
        if over:
            leave(signed)
            again = walked(signed := console(FakeDesk(role, count=customers)), room)
            over = {step: turn for step, turn in again.items() if step in over}
    assert not over, "\n".join(over.values())


def test_that_a_long_turn_and_a_file_on_the_gui_thread_are_found_with_their_place(
    console: Callable[..., Signed], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: both faults are planted into a real function of the screen."""
    signed = console()
    screen = signed.window.console
    assert screen is not None
    settle()

    count = screen.find_panel._count
    plain = count.setText

    def busy(text: str) -> None:
        with open("/dev/null"):  # noqa: PTH123 -- as somebody would who forgets
            sum(i * i for i in range(3_000_000))
        plain(text)

    monkeypatch.setattr(count, "setText", busy)
    with GuiWatch() as watch:
        QTimer.singleShot(0, lambda: screen.find_panel.show_found(3, 1.0, asked=True))
        settle()
    here = "app/ui/console/find_panel.py:show_found"
    assert any(place.startswith(here) for turn in watch.turns for place in turn.places), watch.turns
    assert any(wait.startswith(f"open at {here}") for wait in watch.waits), watch.waits
