"""Watches the GUI thread of this process: what it computes in one turn of its loop, and what it waits for.

A turn is what Qt does between two looks for input, so a long one is what a person feels. It is counted in processor
time of that thread alone: another program's turn on the processor, or another thread's with the interpreter's lock, is
none of it, so a busy machine decides nothing. Waiting costs no processor time; therefore what waits is not timed but
forbidden: a file, a socket, a database, a process or a sleep on the GUI thread is told by Python's audit hooks, however
fast it was. A second thread looks at the GUI thread's stack meanwhile, and names the place.
"""

import sys
import threading
import time
import traceback
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType, TracebackType
from typing import Any, Self

from PySide6.QtCore import QAbstractEventDispatcher

GOAL_MS = 50.0
LOOK_S = 0.005
APP = str(Path(__file__).resolve().parents[1] / "app")
WAITS = ("open", "socket.connect", "socket.sendto", "sqlite3.connect", "subprocess.Popen", "time.sleep", "os.listdir",
         "os.scandir", "os.remove", "os.rename", "os.mkdir", "shutil.rmtree")  # fmt: skip
"""Python's audit events of what waits for a disk, a network or a clock."""
OWN_RESOURCES = ("app/resource_files.py", "app/ui/theme/icons.py", "app/ui/exposures/words.py:__init__")
"""Small files that are read once: tokens, icons, a time zone."""


@dataclass
class Turn:
    """One turn of the loop.

    Attributes:
        ms: processor time of the GUI thread.
        places: where its stack was seen, with how often.
    """

    ms: float
    places: Counter[str] = field(default_factory=Counter)

    def __str__(self) -> str:
        seen = ", ".join(f"{place} ({n})" for place, n in self.places.most_common(3)) or "too short to be seen"
        return f"{self.ms:.0f} ms of processor: {seen}"


class GuiWatch:
    """Watches from `with` on until its end; made on the GUI thread, with an application.

    Attributes:
        turns: those longer than the goal, in order.
        waits: what waited on the GUI thread, with its place.
        count: how many turns there were.
    """

    _hooked: "GuiWatch | None" = None

    def __init__(self) -> None:
        self._ident = threading.get_ident()
        self._clock = time.pthread_getcpuclockid(self._ident)
        self.turns: list[Turn] = []
        self.waits: Counter[str] = Counter()
        self.count = 0
        self.longest_ms = 0.0
        self._begun = self._cpu_ms()
        self._places: Counter[str] = Counter()
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)

    def __enter__(self) -> Self:
        dispatcher = QAbstractEventDispatcher.instance()
        dispatcher.aboutToBlock.connect(self._on_about_to_block)
        self._begun = self._cpu_ms()
        if GuiWatch._hooked is None:
            sys.addaudithook(_on_audit)  # stays for ever; it asks whom to tell
        GuiWatch._hooked = self
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        dispatcher = QAbstractEventDispatcher.instance()
        dispatcher.aboutToBlock.disconnect(self._on_about_to_block)
        GuiWatch._hooked = _NOBODY
        self._ended.set()
        self._thread.join()

    def _cpu_ms(self) -> float:
        return time.clock_gettime(self._clock) * 1000

    def _on_about_to_block(self) -> None:
        """Input is looked for: one turn is over. (Qt says of no other moment of its loop in every dispatcher.)"""
        now = self._cpu_ms()
        ms, self._begun = now - self._begun, now
        places, self._places = self._places, Counter()
        self.count += 1
        self.longest_ms = max(self.longest_ms, ms)
        if ms >= GOAL_MS:
            self.turns.append(Turn(ms, places))

    def _look(self) -> None:
        while not self._ended.wait(LOOK_S):
            place = place_in(sys._current_frames().get(self._ident))
            if place:
                self._places[place] += 1

    def heard(self, event: str) -> None:
        """Something that waits was begun on this thread."""
        if threading.get_ident() == self._ident:
            place = "" if _imports(sys._getframe(2)) else place_in(sys._getframe(2))
            if place and not place.startswith(OWN_RESOURCES):
                self.waits[f"{event} at {place}"] += 1


_NOBODY: Any = object()


def _on_audit(event: str, _arguments: tuple[Any, ...]) -> None:
    watch = GuiWatch._hooked
    if event in WAITS and isinstance(watch, GuiWatch):
        watch.heard(event)


def _imports(frame: FrameType | None) -> bool:
    """Whether Python is importing, or PySide looks into a module that does: once in a process.

    The real program imports on a worker, before a sign-in (`app/bootstrap/screens.py:load_screens`).
    """
    names = (at.f_code.co_filename for at, _line in traceback.walk_stack(frame))
    return any("importlib" in name or name.endswith("linecache.py") for name in names)


def place_in(frame: FrameType | None) -> str:
    """The innermost function of Tirai's on a stack, with its line; empty if there is none."""
    for summary, line in traceback.walk_stack(frame):
        if summary.f_code.co_filename.startswith(APP) and "/tasks.py" not in summary.f_code.co_filename:
            path = Path(summary.f_code.co_filename).relative_to(Path(APP).parent)
            return f"{path}:{summary.f_code.co_name}:{line}"
    return ""
