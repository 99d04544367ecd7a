"""An office on a disk of 24 MiB that is full, and its console on the screen: what opens, what is said, what is logged.

Run in a mount namespace of its own, as its root: `unshare -m python audit_disk_play.py FOLDER`. Prints one JSON line.
"""

import json
import os
import sys
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

FIELD = "street_address"


def wait(ms: int) -> None:
    loop = QEventLoop()
    QTimer.singleShot(ms, loop.quit)
    loop.exec()


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
    row.take(Offer.REVEAL)
    wait(400)
    popover = console.field_actions._popover
    assert popover is not None
    QTest.keyClick(popover, Qt.Key.Key_1)
    for _ in range(50):
        wait(100)
        said = visible(console.window())
        is_open = row.curtain.state is CurtainState.OPEN
        if is_open or any("A1" in text for text in said):
            break
    console.closing.close_all()
    wait(300)
    return said, is_open


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
    for _ in range(100):
        wait(100)
        console = window.console
        if console is not None and console.findChildren(FieldRow):
            break
        if console is not None:
            console.find_panel.enter()
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
