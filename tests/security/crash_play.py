"""Faults in every place where an exception can get lost, with canaries in text, locals, arguments, notes and causes.

`play(NAME, FOLDER)` runs one scene in a process of its own, with the hooks that the product installs. Canaries are made
here and written to `FOLDER/canaries` at the end, so that nothing but this process has them. What was seen goes to
standard output as one JSON line.
"""

import asyncio
import contextlib
import json
import logging
import os
import secrets
import signal
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

from app.storage.places import Places

MADE: list[str] = []
PATIENCE_S = 60


class CarelessError(Exception):
    """A fault whose own text is a value, as a careless library's might be."""


def canary() -> str:
    MADE.append(f"S3NT-crash-{secrets.token_hex(16)}")
    return MADE[-1]


def fail(value: str, *, again: bool = False) -> NoReturn:
    """Fail with values everywhere: argument, local, text, note, cause, context, a member of a group."""
    local = value if again else canary()
    try:
        try:
            raise KeyError(local)  # noqa: TRY301
        except KeyError as first:
            raise CarelessError(f"cannot open {local}", {local: value}) from first
    except CarelessError as error:
        error.add_note(f"while opening {value}")
        raise ExceptionGroup(f"many: {value}", [error, ValueError(local)]) from error


def places_in(folder: Path) -> Places:
    return Places(folder / "home", folder / "cache", folder / "run").prepare()


def play(name: str, folder: str) -> None:
    """One scene; its process ends with it."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    seen = SCENES[name](Path(folder))
    (Path(folder) / "canaries").write_text("\n".join(MADE), encoding="ascii")
    sys.stdout.write(json.dumps(seen) + "\n")


def program(folder: Path) -> Any:
    from app.bootstrap.program import Program

    return Program(places_in(folder), theme="light", language="en")


# --- screens


def window(folder: Path) -> dict[str, Any]:
    """A signed-in console: a slot, a painting, a task, a thread, a signal of another thread, an unraisable one."""
    from PySide6.QtCore import QEvent, QObject, QTimer, Signal
    from PySide6.QtGui import QPaintEvent
    from PySide6.QtWidgets import QWidget

    from app.bootstrap.screens import make_screens, tell_faults
    from app.ui.main_window import MainWindow
    from app.ui.tasks import Tasks
    from tests.ui.fake_desk import FakeDesk
    from tests.ui.fake_door import FakeSignIn

    class Painted(QWidget):
        def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
            fail(canary())

    class Filter(QObject):
        def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802
            if event.type() == QEvent.Type.User:
                fail(canary())
            return False

    class Bell(QObject):
        rung = Signal(str)

    class Unraisable:
        def __del__(self) -> None:
            fail(canary())

    app, lost = make_screens(program(folder), "console")
    tasks, desk = Tasks(), FakeDesk(count=30)
    shown = MainWindow(
        FakeSignIn(desk),
        look=app.look,
        tasks=tasks,
        on_signed_in=lambda _desk: None,
        on_ended=lambda _receipt: None,
        on_approval_wanted=lambda: None,
    )
    lost.reports.session = desk.session
    tell_faults(app, shown)
    shown.show()
    shown._on_signed_in(desk)
    wait, until = _waiter(), _looker()
    until(lambda: shown.console is not None)
    wait(300)
    card = shown.fault_card
    seen: dict[str, Any] = {"before": card.isVisible()}
    bell, watcher, painted = Bell(), Filter(), Painted(shown)
    bell.rung.connect(fail)
    app.installEventFilter(watcher)

    def in_a_task() -> None:
        fail(canary())

    acts: dict[str, Callable[[], object]] = {
        "slot": lambda: QTimer.singleShot(0, lambda: fail(canary())),
        "signal": lambda: bell.rung.emit(canary()),
        "painting": painted.show,
        "task": lambda: tasks.run(in_a_task),
        "cache": lambda: tasks.run(in_a_task, None, shown.console.strips.tell_fault, lane="cache"),  # type: ignore[union-attr]
        "thread": lambda: threading.Thread(target=in_a_task).start(),
        "filter": lambda: app.postEvent(shown, QEvent(QEvent.Type.User)),
        "unraisable": lambda: Unraisable() and None,
    }
    for act, do in acts.items():
        with contextlib.suppress(Exception):  # an emit in Python hands the exception back
            do()
        until(card.isVisible)
        seen[act] = {"card": card.isVisible(), "says": card.sentence(), "names": _accessible(card)}
        painted.hide()
        card._quiet_until = 0.0
        card.hide()
        wait(20)
    failed: list[None] = []

    def fail_again() -> None:
        failed.append(None)
        fail(MADE[0], again=True)

    for _ in range(1_000):
        QTimer.singleShot(0, fail_again)
    until(lambda: len(failed) == 1_000 and card.isVisible())
    wait(300)
    seen["flood"] = card.sentence()
    card.dismiss()
    app.faults.reported.emit(object())  # no fault: showing it fails, and that must not come back
    wait(200)
    again = [button for button in card.findChildren(QWidget, "fault_sign_in") if button.isVisibleTo(card)]
    seen["again"] = len(again)
    seen["alive"] = shown.console is not None and shown.isVisible()
    if again:
        again[0].click()  # type: ignore[attr-defined]
        until(lambda: desk.locks)
        seen["locked"] = [cause for cause, _place, _unused in desk.locks]
    seen["last"] = [name for name in ("last_exc", "last_value", "last_traceback") if hasattr(sys, name)]
    return seen


def _waiter() -> Callable[[int], None]:
    from PySide6.QtCore import QEventLoop, QTimer

    def wait(ms: int) -> None:
        loop = QEventLoop()
        QTimer.singleShot(ms, loop.quit)
        loop.exec()

    return wait


def _looker() -> Callable[[Callable[[], object]], None]:
    """Waits, with the window's loop going on, until it is so; what never comes is told as it stands."""
    from PySide6.QtCore import QEventLoop, QTimer

    def until(so: Callable[[], object]) -> None:
        loop, end = QEventLoop(), time.monotonic() + PATIENCE_S
        timer = QTimer(interval=10)
        timer.timeout.connect(lambda: loop.quit() if so() or time.monotonic() > end else None)
        timer.start()
        loop.exec()
        timer.stop()

    return until


def _accessible(card: Any) -> str:
    return f"{card.accessibleName()} {card.window().windowTitle()} {card.toolTip()}"


def console(folder: Path) -> dict[str, Any]:
    """The product's own guardian and console, as `tirai` starts them; there is no office and no keyring."""
    from app.bootstrap.console import run_console
    from app.bootstrap.program import Program
    from app.guardian.process import harden

    def at_window(window: Any) -> None:
        from PySide6.QtCore import QTimer

        def leave() -> None:
            seen = {"card": window.fault_card.isVisible(), "says": window.fault_card.sentence(), "canaries": MADE}
            (folder / "seen").write_text(json.dumps(seen), encoding="ascii")
            window.close()

        def break_and_leave() -> None:
            QTimer.singleShot(0, lambda: fail(canary()))
            _looker()(window.fault_card.isVisible)
            leave()

        QTimer.singleShot(300, break_and_leave)

    harden(keep=("QT_QPA_PLATFORM",))
    asked = Program(places_in(folder), theme="light", language="en", on_console=at_window)
    code = run_console(asked)
    seen: dict[str, Any] = json.loads((folder / "seen").read_text())
    MADE.extend(seen.pop("canaries"))
    (folder / "seen").unlink()
    return {"code": code} | seen


# --- processes without screens


def guardian(folder: Path) -> dict[str, Any]:
    """A child of the guardian, and a child of that child."""
    from app.bootstrap.own_things import keep_crashes
    from app.guardian.children import fork
    from app.guardian.process import harden

    harden()
    keep_crashes(program(folder), "guardian")
    one, value = canary(), canary()

    def body() -> int:
        inner = fork(lambda: fail(value))
        inner.wait(PATIENCE_S)
        fail(one)
        return 0

    child = fork(body)
    child.wait(PATIENCE_S)
    return {"code": child.exit_code}


def fatal(folder: Path) -> dict[str, Any]:
    """Signals that end a process at once, while it holds values."""
    from app.bootstrap.own_things import keep_crashes
    from app.guardian.children import fork
    from app.guardian.process import harden

    harden()
    asked = program(folder)
    codes = []
    for number in (signal.SIGSEGV, signal.SIGABRT, signal.SIGBUS):
        value = canary()

        def body(value: str = value, number: int = number) -> int:
            keep_crashes(asked, "console")
            local = {value: [value]}
            os.kill(os.getpid(), number)
            return len(local)

        child = fork(body)
        child.wait(PATIENCE_S)
        codes.append(child.exit_code)
    keep_crashes(asked, "console")
    return {"codes": codes}


def office(folder: Path) -> dict[str, Any]:
    """The loop of an office: a task that nobody waits for, a callback, a thread of a pool."""
    from app.bootstrap.own_things import keep_crashes

    keep_crashes(program(folder), "office")

    async def failing(value: str) -> None:
        await asyncio.sleep(0)
        fail(value)

    async def serve() -> None:
        loop = asyncio.get_running_loop()
        kept: list[asyncio.Future[None]] = [asyncio.create_task(failing(canary()))]
        loop.call_soon(fail, canary())
        kept.append(loop.run_in_executor(None, fail, canary()))
        await asyncio.wait(kept)  # asks neither what it failed with
        kept.clear()
        import gc

        gc.collect()
        await asyncio.sleep(0)

    asyncio.run(serve())
    return {}


def command(folder: Path) -> dict[str, Any]:
    """A command of the terminal."""
    from app import cli
    from app.domain import inventory_reader
    from app.terminal.commands import worked_in

    inventory_reader.load_inventory = lambda text: fail(canary())
    worked_in["home"] = places_in(folder).home
    sys.argv = ["tirai", "inventory", "check"]
    try:
        cli.main()
    except SystemExit as left:
        return {"code": left.code}
    return {"code": None}


def log(folder: Path) -> dict[str, Any]:
    """Log calls of libraries: values as arguments, exceptions, and a call that does not fit its own format."""
    from app.bootstrap.own_things import keep_crashes

    lost = keep_crashes(program(folder), "console")
    library = logging.getLogger("somebody.elses")
    library.warning("sent %s", canary())
    library.error("cannot send %s %s", canary())
    try:
        fail(canary())
    except ExceptionGroup:
        library.exception("sending %s failed", canary())
    lost.reports.keep = lambda error: fail(canary())  # type: ignore[method-assign]
    try:
        fail(canary())
    except ExceptionGroup as error:
        sys.excepthook(type(error), error, error.__traceback__)
    return {}


def many(folder: Path) -> dict[str, Any]:
    """The same fault a thousand times from two threads, and more different ones than are kept."""
    from app.bootstrap.own_things import keep_crashes
    from app.storage import crash_reports
    from app.storage.crash_reports import KEPT, kept_crashes

    vars(crash_reports)["_TRIES"] = 100_000  # who cannot have the folder in time counts beside the other
    asked = program(folder)
    lost = keep_crashes(asked, "console")
    value = canary()

    def often() -> None:
        for _ in range(500):
            try:
                fail(value, again=True)
            except ExceptionGroup as error:
                lost.reports.keep(error)

    threads = [threading.Thread(target=often) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    counted = [(c.count, c.kind) for c in kept_crashes(asked.places.home)]
    for at in range(KEPT + 5):
        code = "\n" * at + "raise ValueError(value)"
        try:
            exec(compile(code, f"/{value}.py", "exec"), {"value": value, "__name__": value})
        except ValueError as error:
            lost.reports.keep(error)
        time.sleep(0.005)
    modes = {oct(p.stat().st_mode & 0o777) for p in (asked.places.home / "crash-reports").iterdir()}
    return {"counted": counted, "kept": len(kept_crashes(asked.places.home)), "most": KEPT, "modes": sorted(modes)}


SCENES: dict[str, Callable[[Path], dict[str, Any]]] = {
    "window": window,
    "console": console,
    "guardian": guardian,
    "fatal": fatal,
    "office": office,
    "command": command,
    "log": log,
    "many": many,
}
