"""An office on a disk of 24 MiB that is full, and its console on the screen: what opens, what is said, what is logged.

Run in a mount namespace of its own, as its root: `unshare -m python audit_disk_play.py FOLDER`. Prints one JSON line.
"""

import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtCore import QEventLoop, Qt, QTimer  # noqa: E402 (run as a program)
from PySide6.QtTest import QTest  # noqa: E402
from PySide6.QtWidgets import QLabel, QWidget  # noqa: E402

from app.domain.errors import TiraiError  # noqa: E402
from app.session.desk import Desk  # noqa: E402
from app.session.log_reading import LogReading  # noqa: E402
from app.session.log_shown import LogFilter  # noqa: E402
from app.ui.application import make_application  # noqa: E402
from app.ui.console.field_row import FieldRow, Offer  # noqa: E402
from app.ui.console.screen import ConsoleScreen  # noqa: E402
from app.ui.main_window import MainWindow  # noqa: E402
from app.ui.tasks import Tasks  # noqa: E402
from app.ui.widgets.curtain_states import CurtainState  # noqa: E402
from tests.demo.customers import demo_customers  # noqa: E402
from tests.e2e.full_disk_play import Disk  # noqa: E402
from tests.office.door import entries  # noqa: E402
from tests.office.made import made_office  # noqa: E402
from tests.security.outbox_disk_play import until_full  # noqa: E402
from tests.ui.fake_door import FakeSignIn  # noqa: E402

FIELD, PATIENCE_S = "street_address", 60


def wait(ms: int) -> None:
    loop = QEventLoop()
    QTimer.singleShot(ms, loop.quit)
    loop.exec()


def until(so: Callable[[], object]) -> None:
    """Let the window's loop go on until it is so; what never comes is told as it stands."""
    end = time.monotonic() + PATIENCE_S
    while not so() and time.monotonic() < end:
        wait(50)


def visible(widget: QWidget) -> list[str]:
    return [label.text() for label in widget.findChildren(QLabel) if label.isVisible() and label.text()]


def code_of(work: Callable[[], object]) -> str:
    try:
        work()
    except TiraiError as error:
        return error.code
    return ""


def pressed_reveal(console: ConsoleScreen) -> tuple[list[str], bool]:
    """Reveal by hand; what stands on the screen then, and whether the field is open."""
    row = next(r for r in console.findChildren(FieldRow) if r.field.name == FIELD)
    row.setFocus()
    before = console.field_actions._popover
    row.take(Offer.REVEAL)
    until(lambda: console.field_actions._popover not in (before, None))
    popover = console.field_actions._popover
    assert popover is not None
    wait(400)
    QTest.keyClick(popover, Qt.Key.Key_1)
    until(lambda: is_open_in(row) or any("A1" in text for text in visible(console.window())))
    said, is_open = visible(console.window()), is_open_in(row)
    console.closing.close_all()
    until(lambda: not is_open_in(row))
    wait(300)
    return said, is_open


def is_open_in(row: FieldRow) -> bool:
    return row.curtain.state is CurtainState.OPEN


def window_of(desk: Desk, app: object, tasks: Tasks) -> tuple[MainWindow, ConsoleScreen]:
    window = MainWindow(
        FakeSignIn(None),
        look=app.look,  # type: ignore[attr-defined]
        tasks=tasks,
        on_signed_in=lambda _desk: None,
        on_ended=lambda _receipt: None,
        on_approval_wanted=lambda: None,
    )
    window.show()
    window._on_signed_in(desk)

    def has_rows() -> bool:
        console = window.console
        if console is not None and not console.findChildren(FieldRow):
            console.find_panel.enter()
        return console is not None and bool(console.findChildren(FieldRow))

    until(has_rows)
    assert window.console is not None
    return window, window.console


def main() -> int:
    folder = Path(sys.argv[1])
    disk = Disk(folder)
    app = make_application(["play"], "light", hooks=False)
    with made_office(folder / "office") as office:
        office.hire("ratna", "Ratna Dewanti")
        office.bring_in(demo_customers(4, 3))
        desk, tasks = office.desk("ratna"), Tasks()
        supervisor = office.command("hendra")
        window, console = window_of(desk, app, tasks)
        length = len(entries(office))
        until_full(disk)
        said, is_open = pressed_reveal(console)
        told = {
            "said": said,
            "open": is_open,
            "found": len(desk.search("", None).ids),
            "search": code_of(lambda: LogReading(supervisor._identity).page(LogFilter())),
            "grew": len(entries(office)) - length,
        }
        disk.free()
        said, is_open = pressed_reveal(console)
        told |= {"open_again": is_open, "holds": supervisor.verify_audit().ok}
        told["reveals"] = sum(e.event == "reveal" for e in entries(office))
        window.close()
        tasks.close()
        supervisor.end()
        print(json.dumps(told), flush=True)
    os._exit(0)


if __name__ == "__main__":
    sys.exit(main())
