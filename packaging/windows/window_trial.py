"""The console's window under Wine, at a gateway on this machine: sign-in, lock, resume, sign-out, and every kill.

A driver stands at each window (`window_play.py`); this is its judge. It looks from outside: which entries the
Credential Manager has, which files a session's cache, what the next window tells. It kills by SIGKILL.
"""

import contextlib
import itertools
import json
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from trying.findings import Findings
from windows.wine import Wine

PLAY = Path(__file__).with_name("window_play.py")
HOME = r"C:\desk"
LOOK_S, PATIENCE_S = 0.2, 600
_ENTRIES = r"""
import ctypes
from ctypes import wintypes as w
class Credential(ctypes.Structure):
    _fields_ = [("flags", w.DWORD), ("type", w.DWORD), ("name", w.LPWSTR), ("comment", w.LPWSTR),
                ("written", w.FILETIME), ("size", w.DWORD), ("blob", ctypes.c_void_p), ("persist", w.DWORD)]
count, found = w.DWORD(), ctypes.c_void_p()
if ctypes.windll.advapi32.CredEnumerateW(None, 0, ctypes.byref(count), ctypes.byref(found)):
    all_ = ctypes.cast(found, ctypes.POINTER(ctypes.POINTER(Credential)))
    for at in range(count.value):
        print(all_[at].contents.persist, all_[at].contents.name)
"""


_POST = """
import ctypes
user = ctypes.windll.user32
user.FindWindowW.restype = ctypes.c_void_p
window = user.FindWindowW("TiraiSystemEvents", None)
print(user.PostMessageW(ctypes.c_void_p(window), {}, ctypes.c_size_t({}), ctypes.c_ssize_t({})) if window else 0)
"""
_CLOSE_WINDOW = """
import ctypes
user, found = ctypes.windll.user32, []
user.GetDesktopWindow()
def look(window, _given):
    title = ctypes.create_unicode_buffer(64)
    user.GetWindowTextW(ctypes.c_void_p(window), title, 64)
    if title.value == "Tirai" and user.IsWindowVisible(ctypes.c_void_p(window)):
        found.append(window)
    return 1
user.EnumWindows(ctypes.WINFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p)(look), None)
for window in found:
    user.PostMessageW(ctypes.c_void_p(window), 0x0010, 0, 0)
print(len(found))
"""
_SESSION_CHANGE, _SESSION_LOCK, _QUERY_END_SESSION, _LOGOFF = 0x02B1, 7, 0x0011, 0x80000000


@dataclass(frozen=True, slots=True)
class Someone:
    """Who signs in.

    Attributes:
        account: by which name.
        password: with which password.
        code: a fresh code of the authenticator.
    """

    account: str
    password: str
    code: Callable[[], str]


@dataclass(frozen=True, slots=True)
class Place:
    """A gateway.

    Attributes:
        url: where it is.
        authority: file of the authority that certified it.
        office: mark of its office.
    """

    url: str
    authority: Path
    office: str


@contextlib.contextmanager
def gateway(folder: Path) -> Iterator[tuple[Place, Someone, Someone]]:
    """A gateway over a PostgreSQL of its own, with an office of invented customers; an agent and a supervisor there."""
    from tests.demo.office import HENDRA, RATNA
    from tests.demo.team_office import fresh_team

    with fresh_team(folder, (RATNA,)) as team:
        team.set_up()
        team.office.bring_customers()
        team.move_in()
        team.serve()
        place = Place(f"https://127.0.0.1:{team.proxy.port}", team.authority, team.mark)
        agent, supervisor = (
            Someone(each.account, each.password, partial(each.authenticator.fresh_code, 40)) for each in (RATNA, HENDRA)
        )
        yield place, agent, supervisor


class NotSeenError(Exception):
    """What should have come did not come."""


class WindowTrial:
    """All parts, in one prefix.

    Args:
        findings: told of each part.
        wine: where the program is.
        python: the words that start its Python, which finds the program and no other.
        program: the words that start its commands.
        menu: the program that the menu starts.
        display: an X display.
        folder: for orders and words; made.
        someone: who signs in.
        supervisor: who approves at this desk.
    """

    def __init__(
        self,
        findings: Findings,
        wine: Wine,
        python: Sequence[str],
        program: Sequence[str],
        menu: str,
        display: str,
        folder: Path,
        someone: Someone,
        supervisor: Someone,
    ) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._findings, self._wine, self._python, self._program = findings, wine, tuple(python), tuple(program)
        self._menu, self._display, self._folder = menu, display, folder
        self._someone, self._supervisor = someone, supervisor
        self._heard = 0

    def run(self, place: Place, only: str = "") -> None:
        """Play all of it, or the part of that name."""
        ways = ("--ca", windows_path(place.authority), "--office", place.office, "--home", HOME)
        self._wine.close()  # a desktop that Wine began without a display shows nothing
        said = self._wine.run(*self._program, "gateway", "use", place.url, *ways, display=self._display)
        if not only or said.returncode:
            self._findings.add(
                "the workstation belongs to a gateway", not said.returncode, said.stdout.splitlines()[:1]
            )
        parts: tuple[tuple[str, Callable[[], object]], ...] = (
            ("the program of the menu shows its window, and leaves when that is closed", self._shows),
            ("a console signs in at a gateway, locks, resumes in a new process, and signs out", self._walk),
            ("it locks when Windows says that the screen is locked, and ends its session at a logoff", self._told),
            ("a supervisor approves a sealed field at the agent's desk", self._approved_here),
            ("an approval ends with its guardian", self._approval_dies),
            ("a console that is killed is wiped by its guardian", self._console_dies),
            ("a console whose guardian is killed wipes itself", self._guardian_dies),
            ("a lock screen that is killed is wiped by its guardian", self._lock_dies),
            ("where all are killed, the next start sweeps", self._all_die),
            ("an entry whose files are gone is found and removed", self._files_gone),
        )
        for name, play in parts:
            if only not in ("", name):
                continue
            try:
                self._findings.add(name, True, play())
            except NotSeenError as error:
                self._findings.add(name, False, f"{error}; last: {self._words()[-3:]}")
            finally:
                for process in self._processes():
                    with contextlib.suppress(ProcessLookupError):
                        os.kill(process, signal.SIGKILL)

    # parts

    def _shows(self) -> object:
        """The launcher itself, without a driver: its guardian and console are what is installed."""
        began = time.monotonic()
        shown = self._wine.start(self._menu, "console", "--home", HOME, display=self._display)
        while self._wine.run(*self._python, "-c", _CLOSE_WINDOW, display=self._display).stdout.split() != ["1"]:
            require(shown.poll() is None, f"it left without a window: {shown.poll()}")
            require(time.monotonic() - began < PATIENCE_S, "no window came")
            time.sleep(1)
        after_s = round(time.monotonic() - began, 1)
        try:
            code = shown.wait(60)
        except subprocess.TimeoutExpired:
            shown.kill()
            raise NotSeenError("it stays after its window was closed") from None
        require(code == 0, f"it ended with {code}")
        return {"window after s": after_s}

    def _walk(self) -> object:
        console = self._signed_in()
        open_ = self._looked()
        self._order("lock")
        lock = self._hear("locked")
        waits = self._looked()
        self._order("resume", password=self._someone.password)
        resumed = self._hear("resumed")
        self._order("leave")
        receipt = self._ended("signed_out")
        require(lock["pid"] != console["pid"], "the lock screen is the same process")
        require(resumed["customer"] == console["customer"], "the resumed console shows another customer")
        require(open_["entries"] == [f"1 tirai/session:{console['session']}"], f"the session's entry: {open_}")
        require("cache.db" in open_["files"] and "cache.db" in waits["files"], f"the caches: {open_}, {waits}")
        require(waits["entries"] == open_["entries"], f"what waits while it is locked: {waits}")
        return {"files": open_["files"], "receipt": receipt["lines"]}

    def _told(self) -> object:
        """The messages that Windows sends, posted to the window that hears them."""
        self._signed_in()
        self._post(_SESSION_CHANGE, _SESSION_LOCK)
        self._hear("locked")
        self._order("resume", password=self._someone.password)
        self._hear("resumed")
        self._post(_QUERY_END_SESSION, 0, _LOGOFF)
        return self._ended("os_logout")["lines"]

    def _post(self, message: int, first: int, second: int = 0) -> None:
        said = self._wine.run(*self._python, "-c", _POST.format(message, first, second), display=self._display)
        require(said.stdout.split() == ["1"], f"no window hears: {said.stdout}")

    def _approved_here(self) -> object:
        """The approval is a process of its own: it ends by itself, and the agent opens the field."""
        console = self._signed_in()
        self._order("ask")
        asked = self._hear("asked")
        approval = self._hear("approval")
        self._supervise()
        opened = self._hear("opened")
        self._hear("closed")
        self._gone("approval")
        require(approval["pid"] != console["pid"], "the supervisor signs in within the agent's process")
        require(not asked["open"] and opened["letters"] > 0, f"the field: {asked}, {opened}")
        self._order("leave")
        return self._ended("signed_out")["lines"]

    def _approval_dies(self) -> object:
        """The system ends it, whatever it does; the console wipes what it held."""
        self._signed_in()
        self._order("ask")
        self._hear("approval")
        self._kill("guardian")
        self._gone("approval")
        self._hear("guardian")
        return self._ended("guardian_died")["lines"]

    def _supervise(self) -> None:
        some = self._supervisor
        self._order("approve", account=some.account, password=some.password, code=some.code())

    def _gone(self, kind: str) -> None:
        until = time.monotonic() + PATIENCE_S
        while self._processes(kind):
            require(time.monotonic() < until, f"still there after {PATIENCE_S} s: {kind}")
            time.sleep(LOOK_S)

    def _console_dies(self) -> object:
        self._signed_in()
        self._kill("console")
        return self._ended("console_died")["lines"]

    def _guardian_dies(self) -> object:
        self._signed_in()
        self._kill("guardian")
        self._hear("guardian")
        return self._ended("guardian_died")["lines"]

    def _lock_dies(self) -> object:
        self._signed_in()
        self._order("lock")
        self._hear("locked")
        self._kill("console")
        return self._ended("console_died")["lines"]

    def _all_die(self) -> object:
        self._signed_in()
        self._kill("guardian", "console")
        left = self._looked()
        require(bool(left["files"]), "nothing was left to sweep")
        self._start()
        return {"left": left, "receipt": self._ended("sweep")["lines"]}

    def _files_gone(self) -> object:
        """A sweep that ended between the files and the entry leaves this behind."""
        self._signed_in()
        self._kill("guardian", "console")
        for place in self._cache_roots():
            shutil.rmtree(place)
        left = self._looked()
        require(len(left["entries"]) == 1 and not left["files"], f"what is left: {left}")
        self._start()
        return {"left": left, "receipt": self._ended("sweep")["lines"]}

    # steps

    def _start(self) -> None:
        for place in self._folder.iterdir():
            place.unlink()
        self._heard = 0
        self._wine.start(*self._python, windows_path(PLAY), windows_path(self._folder), HOME, display=self._display)

    def _signed_in(self) -> dict[str, Any]:
        self._start()
        self._hear("door")
        some = self._someone
        self._order("sign_in", account=some.account, password=some.password, code=some.code())
        return self._hear("signed_in")

    def _ended(self, cause: str) -> dict[str, Any]:
        """The receipt, and that nothing is left."""
        receipt = self._hear("receipt")
        self._hear("left")
        left = self._looked()
        require(receipt["cause"] == cause and receipt["ok"], f"the receipt: {receipt}; left over: {left}")
        require(not left["entries"] and not left["files"], f"left over: {left}")
        return receipt

    def _looked(self) -> dict[str, list[str]]:
        """Session entries of the Credential Manager with how long they stay (1: the logon session), and cache files."""
        entries = self._wine.run(*self._python, "-c", _ENTRIES, display=self._display).stdout.splitlines()
        files = sorted(path.name for root in self._cache_roots() for path in root.rglob("*") if path.is_file())
        return {"entries": sorted(entry for entry in entries if "tirai/session:" in entry), "files": files}

    def _cache_roots(self) -> list[Path]:
        return sorted((self._wine.drive / "users").glob("*/AppData/Local/cache/tirai"))

    def _kill(self, *kinds: str) -> None:
        """At once: all are stopped before the first is killed, so that none begins to wipe what another left."""
        found = {kind: self._processes(kind) for kind in kinds}
        require(all(found.values()), f"not all are there to kill: {found}")
        for number in (signal.SIGSTOP, signal.SIGKILL):
            for process in itertools.chain(*found.values()):
                os.kill(process, number)

    def _processes(self, kind: str = "") -> list[int]:
        """Wine's processes that play here: guardians, or children of a kind."""
        found = []
        for place in Path("/proc").iterdir():
            try:
                words = (place / "cmdline").read_bytes().decode("utf-8", "replace").split("\0")
                ours = f"WINEPREFIX={self._wine.prefix}".encode() in (place / "environ").read_bytes().split(b"\0")
            except OSError:
                continue
            if ours and any(word.endswith(PLAY.name) for word in words):
                is_child = "child" in words
                own = words[words.index("child") + 1] if is_child else "guardian"
                found += [int(place.name)] if kind in ("", own) else []
        return found

    # words

    def _words(self) -> list[dict[str, Any]]:
        with contextlib.suppress(FileNotFoundError):
            return [json.loads(line) for line in (self._folder / "words").read_bytes().split(b"\n")[:-1]]
        return []

    def _hear(self, kind: str) -> dict[str, Any]:
        until = time.monotonic() + PATIENCE_S
        while time.monotonic() < until:
            for word in self._words()[self._heard :]:
                self._heard += 1
                if word["kind"] == kind:
                    return word
                require(word["kind"] not in {"stopped", "refused"}, str(word))
            time.sleep(LOOK_S)
        raise NotSeenError(f"not seen in {PATIENCE_S} s: {kind}")

    def _order(self, name: str, **parts: str) -> None:
        unfinished = self._folder / f".{name}"
        unfinished.write_text(json.dumps(parts), encoding="utf-8")
        unfinished.replace(self._folder / name)


def require(holds: bool, otherwise: str) -> None:
    """Go on only if it holds.

    Raises:
        NotSeenError: it does not.
    """
    if not holds:
        raise NotSeenError(otherwise)


def windows_path(place: Path) -> str:
    """A file of this machine, as Wine's programs name it."""
    return "Z:" + str(place).replace("/", "\\")
