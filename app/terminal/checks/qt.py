"""Qt's platforms, each loaded in a child: Qt ends the process when a plug-in or one of its libraries does not load."""

import importlib
import os
import select
import signal
import subprocess
import sys
from collections.abc import Mapping
from typing import Final

import typer

from app.domain.errors import WorkstationError
from app.own_program import own_program
from app.terminal.checks.finding import Told

_QT_S: Final = 30.0
_PROGRAM_S: Final = 180.0
"""A fresh program reads its own files before it loads anything: on a busy machine that alone took 40 s."""


def platforms(environment: Mapping[str, str]) -> tuple[str, ...]:
    """Qt's platforms to try: the one without a display, and those of the displays that are there."""
    if sys.platform == "win32":
        return ("offscreen", "windows")
    shown = (("DISPLAY", "xcb"), ("WAYLAND_DISPLAY", "wayland"))
    return ("offscreen", *(name for variable, name in shown if environment.get(variable)))


def qt_platform(name: str) -> Told:
    """Load a platform plug-in in a child, with the font, the icons and the style that windows need.

    Raises:
        WorkstationError: it does not load; the child ended or did not answer in time.
    """
    said = asked_program(name) if sys.platform == "win32" else _asked_fork(name)
    if not said.startswith("ok "):
        raise WorkstationError(said or "Qt's plug-in or one of its libraries does not load", code="Q1")
    return Told(said.removeprefix("ok "), details={"platform": name})


def asked_program(name: str) -> str:
    """What a fresh Tirai answers that is told to load the plug-in and nothing else; where nothing is forked."""
    try:
        done = subprocess.run(  # noqa: S603 -- our own program, no shell
            [*own_program(), "self-check", "--qt", name],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=_PROGRAM_S,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return "Qt did not answer; is the machine busy?"
    except OSError:
        return ""
    return done.stdout.decode("utf-8", "replace").strip()[:200]


def answer_for_qt(name: str) -> None:
    """Be that fresh Tirai: load the plug-in, write the answer."""
    os.environ["QT_QPA_PLATFORM"] = name
    try:
        said = _qt_answer()
    except Exception as error:  # noqa: BLE001 -- its text may hold a path
        said = type(error).__name__
    typer.echo(said)


def _asked_fork(name: str) -> str:
    """What a forked child answers."""
    answers, answer = os.pipe()
    pid = os.fork()
    if pid == 0:
        _be_qt(name, answer)
    os.close(answer)
    try:
        ready = select.select([answers], [], [], _QT_S)[0]
        said = os.read(answers, 200).decode("utf-8", "replace") if ready else ""
    finally:
        os.close(answers)
        if not said:
            os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
    return said


def _be_qt(name: str, answer: int) -> None:
    """The child: what it writes is the answer; Qt's own words go nowhere."""
    try:
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, 2)
        os.environ["QT_QPA_PLATFORM"] = name
        os.write(answer, _qt_answer().encode())
    except BaseException as error:  # noqa: BLE001 -- nothing may run past a child's body
        os.write(answer, type(error).__name__.encode())
    finally:
        os._exit(0)


def _qt_answer() -> str:
    from PySide6.QtCore import qVersion
    from PySide6.QtGui import QFontInfo

    from app.ui.application import make_application
    from app.ui.theme.icons import icon_pixmap

    importlib.import_module("app.ui.exposures.plots")
    application = make_application(["tirai"], hooks=False)
    if QFontInfo(application.look.font()).family() != "Inter":
        return "the font Inter is missing"
    if any(icon_pixmap(icon, "#000000", 16, 1.0).isNull() for icon in ("mark", "lock")):
        return "icons are missing"
    return f"ok Qt {qVersion()}, font, icons and plots"
