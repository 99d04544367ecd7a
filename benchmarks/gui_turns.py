"""What a turn of the GUI thread costs: a sign-in, a card, another size of the text, another theme, other workspaces.

`python -m benchmarks.gui_turns [--repeats N]`, offscreen, over a desk without an office. For each step the longest turn
of the loop, as `tests/gui_watch.py` counts it (processor time of the GUI thread between two looks for input), and all
that the step costs; medians over the repeats, and the worst. It stands in no table: no peer does the same.
"""

import argparse
import os
import statistics
from collections.abc import Callable
from functools import partial

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QTimer

from app.bootstrap.screens import load_screens
from app.domain.display import Display
from app.domain.role import Role
from app.ui.application import make_application, show_everywhere
from app.ui.console.screen import ConsoleScreen
from app.ui.tasks import Tasks
from app.ui.theme.look import Look
from tests.gui_watch import GuiWatch
from tests.ui.conftest import Signed
from tests.ui.fake_desk import FakeDesk

SETTLE_MS, CUSTOMERS, ROWS = 150, 20_000, (3, 9_000, 17, 12, 500, 33, 44, 7_000)


class Turns(GuiWatch):
    """Keeps what every turn cost."""

    def __init__(self) -> None:
        super().__init__()
        self.ms: list[float] = []

    def _on_about_to_block(self) -> None:
        now = self._cpu_ms()
        self.ms.append(now - self._begun)
        self._begun = now


def settle() -> None:
    """Let the loop turn until what was begun is done."""
    for _ in range(2):
        loop = QEventLoop()
        QTimer.singleShot(SETTLE_MS, loop.quit)
        loop.exec()


def measure(name: str, steps: list[Callable[[], object]]) -> None:
    """Do each, and print the median of their longest turns, the worst, and the median of all they cost, in ms."""
    found: list[tuple[float, float]] = []
    with Turns() as watch:
        for step in steps:
            settle()
            watch.ms.clear()
            QTimer.singleShot(0, step)
            settle()
            found.append((max(watch.ms), sum(watch.ms)))
    longest, whole = zip(*found, strict=True)
    print(f"{name:44} {statistics.median(longest):6.0f} {max(longest):6.0f} {statistics.median(whole):6.0f}")


def sign_ins(look: Look, tasks: Tasks, role: Role, repeats: int) -> None:
    """Sign in so many times, each in a window of its own."""
    windows = [Signed(look, tasks, FakeDesk(role, count=CUSTOMERS)) for _ in range(repeats)]

    def come(signed: Signed) -> None:
        signed.window._on_signed_in(signed.desk)

    for signed in windows:
        signed.window.show()
    settle()
    measure(f"{role}: the console after a sign-in", [partial(come, signed) for signed in windows])
    for signed in windows:
        leave(signed)


def leave(signed: Signed) -> None:
    """End what a window has begun, and let nothing of it be there for the next one."""
    console = signed.window.console
    if console is not None:
        console.end("signed_out")
        settle()
    signed.window._console = None
    signed.window.close()
    signed.window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def show(console: ConsoleScreen, row: int) -> None:
    """Open the card of a row."""
    console.show_customer(console.model.id_at(row) or 1)


def day(look: Look, tasks: Tasks, role: Role, repeats: int) -> None:
    """What a person does in one console."""
    signed = Signed(look, tasks, FakeDesk(role, count=CUSTOMERS))
    signed.window.show()
    signed.window._on_signed_in(signed.desk)
    settle()
    console = signed.window.console
    assert console is not None
    rows = [ROWS[turn % len(ROWS)] + turn // len(ROWS) for turn in range(repeats)]
    measure(f"{role}: a customer's card", [partial(show, console, row) for row in rows])
    for key in console.workspaces.keys[1:]:
        there, back = partial(console.going.show_workspace, key), partial(console.going.show_workspace, "console")
        measure(f"{role}: to {key} and back", [there, back] * repeats)
    for name, other in (("another size of the text", Display("light", text=150)), ("another theme", Display("dark"))):
        both = (partial(show_everywhere, other), partial(show_everywhere, Display("light")))
        measure(f"{role}: {name}", [both[turn % 2] for turn in range(repeats)])
    leave(signed)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--repeats", type=int, default=11)
    repeats = parser.parse_args().repeats
    application = make_application(["benchmark"], "light", hooks=False)
    application.setQuitOnLastWindowClosed(False)
    load_screens()
    tasks = Tasks()
    print(f"{'ms of processor':44} {'turn':>6} {'worst':>6} {'whole':>6}")
    for role in (Role.AGENT, Role.SUPERVISOR):
        sign_ins(application.look, tasks, role, repeats)
        day(application.look, tasks, role, repeats)
    tasks.close()


if __name__ == "__main__":
    main()
