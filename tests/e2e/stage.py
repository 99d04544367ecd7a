"""A stage for kill tests: a real guardian with stand-in consoles, a key store of files and a stand-in office.

Run as `python -I stage.py ROOT [--trouble NAME] [--receipt-fd N]`. What happens is appended to `ROOT/events` as JSON
lines; each console and approval listens on `ROOT/<pid>.sock` for one order per line (`ORDERS`).
"""

import argparse
import json
import os
import queue
import secrets
import signal
import socket
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import asdict, replace
from functools import partial
from pathlib import Path
from unittest.mock import patch

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from app.domain.errors import VerificationError, WorkstationError
from app.guardian.destroy import WipeWork
from app.guardian.forked import ForkedProcesses
from app.guardian.guardian import Guardian
from app.guardian.lease_watch import LeaseWatch
from app.guardian.limits import Limits
from app.guardian.lock_watch import LockWatch
from app.guardian.office_start import ensure_office
from app.guardian.process import harden
from app.guardian.processes import StartInfo
from app.guardian.receipts import new_receipt
from app.guardian.storage_work import storage_work
from app.guardian.watch import GuardianLink, read_receipt, watched
from app.guardian.wire import Locked, SessionBegun
from app.session.ends import WipeLine
from app.session.idle import boot_s
from app.storage.places import Places
from app.storage.wiping import hold_session_lock

CANARY = b"S3NT-contact-"


class FileHalves:
    """A key store of files: a stand-in for the Secret Service with the same words."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(exist_ok=True)
        self._folder = folder

    def put_session(self, session_id: str, half: bytes) -> None:
        (self._folder / session_id).write_bytes(half)

    def session(self, session_id: str) -> bytes | None:
        path = self._folder / session_id
        return path.read_bytes() if path.exists() else None

    def delete_session(self, session_id: str) -> bool:
        there = (self._folder / session_id).exists()
        (self._folder / session_id).unlink(missing_ok=True)
        return there

    def session_ids(self) -> list[str]:
        return sorted(p.name for p in self._folder.iterdir())


class Stage:
    """One stage: folders, events, the hands that wipe, and the bodies of the children."""

    def __init__(self, root: Path, trouble: str) -> None:
        self.root = root
        self.trouble = trouble
        self.limits = limits_for(trouble)
        self.places = Places(home=root / "home", cache_root=root / "cache", runtime=root / "run").prepare()

    def emit(self, event: str, **parts: object) -> None:
        line = json.dumps({"event": event, "pid": os.getpid(), **parts}).encode() + b"\n"
        fd = os.open(self.root / "events", os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        os.write(fd, line)
        os.close(fd)

    def boot_s(self) -> float:
        """The clock of a locked session's end: as far ahead as the file `ahead` says, so that no test waits for it."""
        ahead = self.root / "ahead"
        return boot_s() + (float(ahead.read_text()) if ahead.exists() else 0.0)

    # --- the hands

    def halves(self) -> FileHalves:
        if self.trouble == "keyring_hangs":
            time.sleep(3600)
        return FileHalves(self.root / "keyring")

    def work(self) -> WipeWork:
        work = storage_work(self.places, report_end=self.report_end, open_key_store=self.halves)
        if self.trouble in ("helper_dies_once", "helper_always_dies"):
            return replace(work, files=self.dying_files)
        if self.trouble == "files_wait":
            return replace(work, files=self.waiting_files)
        if self.trouble == "helper_hangs_once":
            return replace(work, files=self.hanging_files)
        if self.trouble in ("sweep_waits", "closed_in_the_sweep"):
            return replace(work, sweep=self.waiting_sweep)
        return work

    def report_end(self, session: SessionBegun, lines: tuple[WipeLine, ...], cause: str) -> int | None:
        is_ok = all(line.ok for line in lines)
        self.emit("reported", session=session.session, token=session.end_token, cause=cause, ok=is_ok)
        if self.trouble == "office_hangs":
            time.sleep(3600)
        return 41

    def dying_files(self, session: str) -> WipeLine:
        if self._first_time("died") or self.trouble == "helper_always_dies":
            os.kill(os.getpid(), signal.SIGKILL)
        return storage_work(self.places).files(session)

    def hanging_files(self, session: str) -> WipeLine:
        if self._first_time("hung"):
            time.sleep(3600)
        return storage_work(self.places).files(session)

    def waiting_files(self, session: str) -> WipeLine:
        self.emit("wiping")
        while not (self.root / "go").exists():
            time.sleep(0.01)
        return storage_work(self.places).files(session)

    def waiting_sweep(self, with_keyring: bool) -> Sequence[WipeLine]:
        while not (self.root / "go").exists():
            time.sleep(0.01)
        return storage_work(self.places, open_key_store=self.halves).sweep(with_keyring)

    def _first_time(self, name: str) -> bool:
        mark = self.root / f"mark-{name}"
        first = not mark.exists()
        mark.touch()
        return first

    # --- the office

    def start_office(self) -> None:
        ensure_office(self.places, self.serve)

    def only_office(self) -> int:
        try:
            self.start_office()
        except WorkstationError as error:
            sys.stdout.write(error.message)
            return error.exit_code
        return 0

    def serve(self) -> int:
        """A stand-in office: answers connections until one says stop."""
        if self.trouble == "office_refuses":
            raise VerificationError("The office's file is not whole.", code="V9")
        if self.trouble == "office_crashes":
            os.kill(os.getpid(), signal.SIGKILL)
        self.emit("office_begins")
        if self.trouble == "office_slow":
            time.sleep(1)
        with socket.socket(socket.AF_UNIX) as server:
            server.bind(str(self.places.socket("office")))
            server.listen(64)
            self.emit("office", ppid=os.getppid(), sid=os.getsid(0), fds=sorted(named_fds()))
            while True:
                line, _ = server.accept()
                with line:
                    if line.recv(16) == b"stop":
                        return 0

    # --- the children

    def program(self) -> list[str]:
        return [sys.executable, "-I", str(Path(__file__).resolve()), str(self.root), "--trouble", self.trouble]

    def console(self, line: socket.socket, start: StartInfo) -> int:
        swept: queue.SimpleQueue[str] = queue.SimpleQueue()
        link = watched(
            line, self.work(), self.program(), on_swept=swept.put, limits=self.limits, sessions=start.sessions
        )
        if not start.is_swept:
            self.emit("waits")
            if self.trouble == "closed_in_the_sweep":
                return 0
        return self.obey("console", link, start if start.is_swept else StartInfo(swept.get()))

    def approval(self, line: socket.socket, start: StartInfo) -> int:
        link = GuardianLink(line, lambda: os._exit(5), on_raise=lambda: self.emit("raised"))
        link.start()
        return self.obey("approval", link, start)

    def obey(self, who: str, link: GuardianLink, start: StartInfo) -> int:
        with socket.socket(socket.AF_UNIX) as server:
            server.bind(str(self.root / f"{os.getpid()}.sock"))
            server.listen()
            lock = asdict(start.lock) if start.lock else None
            receipt = json.loads(start.receipt) if start.receipt else None
            self.emit(who, receipt=receipt, lock=lock, fds=sorted(named_fds()))
            orders = server.accept()[0].makefile("r")
            for order in orders:
                word, *rest = order.split()
                if word == "exit":
                    return int(rest[0])
                self.do(link, word, rest)
        return 7

    def do(self, link: GuardianLink, word: str, rest: list[str]) -> None:
        match word:
            case "session":
                self.open_session(link, rest[0])
            case "ended":
                link.send_ended(new_receipt(rest[0], "Ayu", (WipeLine("keyring", "removed", count=1),)))
                self.emit("said_ended")
            case "announce_and_die":
                link.send_session(rest[0], "Ayu", f"token-{rest[0]}", "/office")
                FileHalves(self.root / "keyring").put_session(rest[0], secrets.token_bytes(32))
                os.kill(os.getpid(), signal.SIGKILL)
            case "make_anew":
                threading.Thread(target=self.make_anew, args=(link, rest[0]), daemon=True).start()
            case "lock":
                link.send_locked(Locked(rest[0], "by_hand", "ayu", "agent", "SBY", "0", *rest[1:]))
            case "lease":
                link.send_lease(rest[0], float(rest[1]))
            case "stand":
                link.send_lock_stands(rest[0])
            case "try":
                link.send_trying(rest[0])
            case "resume":
                link.send_resumed(rest[0])
            case "approve":
                link.ask_approval()
            case "office":
                link.ask_office()
            case "nonsense":
                link.line.sendall(b'{"say":"sudo"}\n')
            case "flood":
                link.line.sendall(b"x" * 70_000)
            case "hang_up":
                assert isinstance(link.line, socket.socket)
                link.line.shutdown(socket.SHUT_WR)
            case _:
                raise ValueError(word)

    def open_session(self, link: GuardianLink, session: str) -> None:
        link.send_session(session, "Ayu", f"token-{session}", str(self.places.socket("office")))
        self.emit("announced", session=session)
        folder = self.places.session_folder(session)
        lock = hold_session_lock(folder)
        link.send_lock(session, lock)
        FileHalves(self.root / "keyring").put_session(session, secrets.token_bytes(32))
        threading.Thread(target=fill, args=(folder / "cache.db",), daemon=True).start()
        self.emit("open", session=session)

    def make_anew(self, link: GuardianLink, session: str) -> None:
        """Work that finds its cache gone and makes another one, again and again."""
        folder = self.places.session_folder(session)
        self.emit("makes_anew")
        while True:
            with link.making():
                if not (folder / "cache.db").exists():
                    folder.mkdir(mode=0o700, exist_ok=True)
                    FileHalves(self.root / "keyring").put_session(session, secrets.token_bytes(32))
                    (folder / "cache.db").write_bytes(CANARY)


def limits_for(trouble: str) -> Limits:
    """Short waits only for what hangs for ever on this stage, long ones else: a slow machine decides nothing."""
    limits = Limits(
        leave_s=0.5,
        silent_s=2.0,
        helper_s=120.0,
        key_first_s=60.0,
        key_last_s=60.0,
        report_s=60.0,
        lock_stands_s=120.0,
        deaths_within_s=240.0,
    )
    match trouble:
        case "keyring_hangs":
            return replace(limits, key_first_s=0.3, key_last_s=0.3)
        case "lock_screen_never_comes":
            return replace(limits, lock_stands_s=0.3)
        case "office_hangs":
            return replace(limits, report_s=0.3)
        case "helper_hangs_once":
            return replace(limits, helper_s=5.0)
        case _:
            return limits


def fill(path: Path) -> None:
    """Write like a cache that fills, until this process ends or its folder is gone."""
    try:
        for _ in range(10_000):
            with path.open("ab") as file:
                file.write(CANARY + secrets.token_hex(16).encode())
            time.sleep(0.001)
    except OSError:
        pass


def named_fds() -> list[str]:
    names = []
    for link in Path("/proc/self/fd").iterdir():
        try:
            names.append(str(link.readlink()).split(":")[0])
        except OSError:
            continue
    return names


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("root", type=Path)
    parser.add_argument("--trouble", default="none")
    parser.add_argument("--receipt-fd", type=int)
    parser.add_argument("--only-office", action="store_true")
    asked = parser.parse_args()
    hardening = harden()
    stage = Stage(asked.root, asked.trouble)
    if asked.only_office:
        return stage.only_office()
    stage.emit("guardian", dropped=hardening.dropped)
    guardian = Guardian(
        ForkedProcesses(
            stage.console,
            stage.approval,
            stage.work(),
            start_office=stage.start_office if asked.trouble == "with_office" else None,
            limits=stage.limits,
        ),
        first_receipt=read_receipt(asked.receipt_fd) if asked.receipt_fd is not None else None,
        sweeps_first=asked.trouble == "makes_an_office",
        limits=stage.limits,
    )
    with (
        patch("app.guardian.guardian.LockWatch", partial(LockWatch, boot_clock=stage.boot_s)),
        patch.object(guardian, "_leases", LeaseWatch(stage.limits, boot_clock=stage.boot_s)),
    ):
        code = guardian.run()
    stage.emit("left", code=code)
    return code


if __name__ == "__main__":
    sys.exit(main())
