"""A person at the console's window under Wine: the product's own guardian and console, with a driver at each window.

Run by a Python for Windows beside the program: `python window_play.py FOLDER HOME`. FOLDER holds orders of the judge
(`window_trial.py`), which also reads `words` there: what happened, a line of JSON each. No opened value is written.
Each process that the guardian starts is this script again, so that a driver stands at every window.
"""

import json
import os
import sys
import time
from collections.abc import Callable, Generator
from dataclasses import replace
from pathlib import Path
from typing import Any

HERE = Path(__file__)
PATIENCE_S, LOOK_MS = 600, 50
SEALED = "mothers_name"
Play = Generator[Callable[[], object], None, None]


def say(kind: str, **parts: object) -> None:
    """A word for the judge."""
    line = json.dumps({"kind": kind, "pid": os.getpid(), "at": time.time(), **parts}).encode() + b"\n"
    descriptor = os.open(folder() / "words", os.O_WRONLY | os.O_APPEND | os.O_CREAT | getattr(os, "O_BINARY", 0))
    os.write(descriptor, line)
    os.close(descriptor)


def folder() -> Path:
    """Where words and orders are."""
    return Path(os.environ["TRIAL_FOLDER"])


def taken(name: str) -> Any:
    """An order that has come, with what it says; None while there is none. It is taken away."""
    place = folder() / name
    try:
        told = json.loads(place.read_text(encoding="utf-8"))
        place.unlink()
    except (OSError, ValueError):
        return None
    return told


class Person:
    """Somebody at one window; a play says what they wait for, and a timer of the window's own loop looks.

    Args:
        window: the console's.
        play: yields what it waits for.
    """

    def __init__(self, window: Any, play: Play) -> None:
        from PySide6.QtCore import QTimer

        self._play, self._so, self._until = play, _now, 0.0
        self._timer = QTimer(window, interval=LOOK_MS)
        self._timer.timeout.connect(self._look)
        self._timer.start()

    def _look(self) -> None:
        try:
            if self._so():
                self._so, self._until = next(self._play), time.monotonic() + PATIENCE_S
            elif time.monotonic() > self._until:
                self._play.throw(TimeoutError("what was waited for"))
        except StopIteration:
            self._timer.stop()
        except Exception as error:  # noqa: BLE001 -- told to the judge
            self._timer.stop()
            say("stopped", error=f"{type(error).__name__}: {error}")


def _now() -> object:
    return True


def type_into(widget: Any, text: str) -> None:
    """Type: a press and a release for each sign, as a keyboard sends them."""
    from PySide6.QtCore import QCoreApplication, QEvent, Qt
    from PySide6.QtGui import QKeyEvent

    for sign in text:
        key = Qt.Key.Key_Return if sign == "\r" else ord(sign.upper())
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, int(key), Qt.KeyboardModifier.NoModifier, sign)
            QCoreApplication.sendEvent(widget, event)


def at_window(window: Any) -> None:
    """Put somebody at a window that begins."""
    screen = type(window.centralWidget()).__name__
    say("window", screen=screen)
    play = {"SignInScreen": work, "LockScreen": at_lock, "WipedScreen": at_receipt}[screen]
    window.person = Person(window, play(window))


def work(window: Any) -> Play:
    """Sign in, look at a customer, and do as the judge says; or tell the receipt that takes the door's place."""
    from PySide6.QtWidgets import QLabel

    def is_ready() -> bool:
        labels = window.centralWidget().findChildren(QLabel)
        return receipt_stands() or any("keyring ready" in label.text() for label in labels)

    def receipt_stands() -> bool:
        return type(window.centralWidget()).__name__ == "WipedScreen"

    yield is_ready
    if receipt_stands():
        yield from at_receipt(window)
        return
    form = window.centralWidget().form
    say("door")
    yield (folder() / "sign_in").exists
    person = taken("sign_in")
    type_into(form.account, person["account"])
    type_into(form.password.edit, person["password"])
    type_into(form.code, person["code"])
    yield lambda: window.console is not None or form.error.text()
    if window.console is None:
        say("refused", words=form.error.text())
        return
    yield from at_console(window, "signed_in")


def at_console(window: Any, kind: str) -> Play:
    """With an open session: a customer's card, then the judge's orders."""
    console = window.console
    yield lambda: console.model.rowCount() > 2 and console.model.id_at(2) is not None
    if kind == "signed_in":
        console.show_customer(console.model.id_at(2))
    yield lambda: console.card.customer is not None and any(console.card.rows())
    say(kind, session=console._desk.session, customer=console.card.customer.id)
    while True:
        yield lambda: any((folder() / name).exists() for name in ("lock", "leave", "ask"))
        if taken("ask") is not None:
            yield from ask_here(console)
            continue
        if taken("leave") is not None:
            console.bar.sign_out.click()
        elif taken("lock") is not None:
            console.bar.lock.click()
        return


def ask_here(console: Any) -> Play:
    """Ask for a sealed field with a supervisor at this desk; open what they approved, and close it again."""
    row = console.card.row(SEALED)
    yield lambda: row.button.objectName() == f"ask_{SEALED}"
    before = console.field_actions._popover
    row.button.click()
    yield lambda: console.field_actions._popover not in (before, None)
    popover = console.field_actions._popover
    popover.reason.setCurrentIndex(popover.reason.findData("confirm_identity"))
    popover.words.setPlainText("the caller must be known for certain")
    yield popover.here.action.isEnabled
    popover.here.action.click()
    yield lambda: row.button.objectName() == f"withdraw_{SEALED}"
    say("asked", open=row.curtain.is_open)
    yield lambda: row.button.objectName() == f"open_{SEALED}"
    say("may open")
    row.button.click()
    yield lambda: row.curtain.is_open
    say("opened", letters=len(row.curtain._secret.reveal()))
    console.field_actions.close()
    yield lambda: not row.curtain.is_open
    say("closed")


def at_approval(window: Any) -> None:
    """Put a supervisor at the approval's window."""
    window.person = Person(window, decide(window))


def decide(window: Any) -> Play:
    """Sign in as the supervisor that the judge names, look at the request, approve it."""
    from PySide6.QtWidgets import QLabel

    form = window.form
    yield lambda: any("keyring ready" in label.text() for label in form.findChildren(QLabel))
    say("approval")
    yield (folder() / "approve").exists
    person = taken("approve")
    type_into(form.account, person["account"])
    type_into(form.password.edit, person["password"])
    type_into(form.code, person["code"])
    yield lambda: hasattr(window, "waiting") or form.error.text()
    if not hasattr(window, "waiting"):
        say("refused", words=form.error.text())
        return
    yield window.waiting.decision.approve.isVisible
    values = [label.text() for label in window.findChildren(QLabel) if label.isVisible()]
    say("request", lines=len(values))
    window.waiting.decision.approve.click()


def at_lock(window: Any) -> Play:
    """At the lock screen: resume when told."""
    card = window.centralWidget().card
    say("locked")
    yield (folder() / "resume").exists
    type_into(card.password.edit, taken("resume")["password"] + "\r")
    yield lambda: window.console is not None or card.error.text()
    if window.console is None:
        say("refused", words=card.error.text())
        return
    yield from at_console(window, "resumed")


def at_receipt(window: Any) -> Play:
    """Tell the receipt and close the window."""
    receipt = window.centralWidget().receipt
    lines = {line.what: f"{line.outcome} {line.detail}".strip() for line in receipt.lines}
    say("receipt", cause=receipt.cause, ok=receipt.ok, lines=lines, is_in_log=receipt.audit_entry is not None)
    until = time.monotonic() + 0.5
    yield lambda: time.monotonic() > until
    window.close()


def main() -> int:
    """Be a guardian, or the child of one."""
    import app.own_program

    app.own_program.own_program = lambda: [sys.executable, str(HERE)]  # before anybody asks for it
    words = sys.argv[1:]
    from app.bootstrap.program import Program

    def program_of(home: str, theme: str = "system", language: str = "") -> Program:
        return replace(Program.at(Path(home), theme, language or None), on_console=at_window, on_approval=at_approval)

    if words[:1] == ["child"]:
        from app.bootstrap.windows import be_child

        say("child", does=words[1])
        be_child(words[1:], lambda about: program_of(*about))
    from app.bootstrap.console import run_console
    from app.guardian.process import harden

    harden(keep=("QT_QPA_PLATFORM",))
    receipt = int(words[words.index("--receipt-fd") + 1]) if "--receipt-fd" in words else None
    home = words[words.index("--home") + 1] if "--home" in words else words[1]
    if words[0] != "console":
        os.environ["TRIAL_FOLDER"] = words[0]
    say("guardian", receipt=receipt is not None)
    code = run_console(program_of(home), receipt)
    say("left", code=code)
    return code


if __name__ == "__main__":
    sys.exit(main())
