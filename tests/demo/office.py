"""The demo's office: a home of its own, made through the product's own commands, and its invented people.

Everything lies in one folder (`build/demo-home`), made afresh each time: its keyring is opened with a password that
nobody knows, so what one run sealed no other run can open. The person's own keyring, home and cache are not touched.
The secrets of the demo's people stand in `people.json` there: that exists in the demo only.
"""

import contextlib
import json
import os
import shlex
import shutil
import signal
import socket
import struct
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

import pexpect

from app.guardian.office_start import SOCKET_NAME
from app.storage.places import Places
from tests.demo.customers import write_customers
from tests.demo.people import Authenticator, DemoPerson
from tests.demo.terminal import ROOT, Terminal
from tests.keyring_session import private_keyring

BUILD = ROOT / "build"
FOLDER = BUILD / "demo-home"
OFFICE_NAME = "Nusantara Care, Surabaya"
CUSTOMERS = 5000
_NOTE = "Passwords and authenticator secrets of invented people. Such a file exists in the demo only."

ADI = DemoPerson("adi.pratama", "Adi Pratama", "administrator", (), "kopi tubruk pagi ini")
HENDRA = DemoPerson("hendra.kusuma", "Hendra Kusuma", "supervisor", (), "angin sore di sawah")
DIAN = DemoPerson("dian.sasmita", "Dian Sasmita", "privacy_officer", (), "perahu kertas kecil")
RATNA = DemoPerson("ratna.dewanti", "Ratna Dewanti", "agent", ("billing", "delivery"), "jendela arah timur")
BAGUS = DemoPerson("bagus.hartono", "Bagus Hartono", "agent", ("retention",), "gerobak sate malam")
PEOPLE = (RATNA, BAGUS, HENDRA, DIAN, ADI)


class _Screen:
    """What a terminal shows, kept and passed on to ours as it comes."""

    def __init__(self) -> None:
        self.text = ""

    def write(self, text: str) -> None:
        """Take what came."""
        self.text += text
        sys.stdout.write(text)

    def flush(self) -> None:
        """Show it now."""
        sys.stdout.flush()


class DemoTerminal(Terminal):
    """A terminal that one can watch: each command and all that it prints stand on ours too.

    Attributes:
        screens: the command lines, without `--home`, each with what it showed.
    """

    def __init__(self, home: Path, environment: Mapping[str, str]) -> None:
        super().__init__(home, environment)
        self.screens: list[tuple[str, str]] = []
        self._screen = _Screen()

    def _talk(self, *words: str) -> "pexpect.spawn[str]":
        self._keep()
        self._line = "tirai " + shlex.join(words)
        print(f"\n$ {self._line}", flush=True)
        talk = super()._talk(*words)
        self._screen = _Screen()
        talk.logfile_read = self._screen
        return talk

    def _keep(self) -> None:
        if self._screen.text:
            self.screens.append((self._line, self._screen.text.replace("\r\n", "\n")))
        self._screen = _Screen()

    def take_screens(self) -> list[tuple[str, str]]:
        """The screens since the last time."""
        self._keep()
        taken, self.screens = self.screens, []
        return taken


class DemoOffice:
    """The office and whoever works there.

    Attributes:
        folder: all that belongs to this run.
        home: the office's own folder.
        environment: for every process of this run.
        terminal: where its commands run.
    """

    def __init__(self, folder: Path, environment: Mapping[str, str]) -> None:
        self.folder, self.home = folder, folder / "office"
        self.environment = dict(environment)
        self.terminal = DemoTerminal(self.home, environment)

    @property
    def people_file(self) -> Path:
        """Where the secrets of the demo's people stand."""
        return self.folder / "people.json"

    def set_up(self) -> None:
        """Office, accounts, activation, class keys. Bagus stays without: a new colleague for Hendra to see."""
        terminal = self.terminal
        terminal.set_up(OFFICE_NAME, ADI, HENDRA)
        for person in (RATNA, DIAN):
            terminal.activate(person, terminal.add(ADI, person))
            terminal.grant(HENDRA, person)
        print("\n(A code works once, so Adi waits for his authenticator's next one; up to half a minute.)", flush=True)
        terminal.activate(BAGUS, terminal.add(ADI, BAGUS))
        print("\nWithout their lessons nobody opens a sealed field; Ratna, Hendra and Dian take them:", flush=True)
        for person in (RATNA, HENDRA, DIAN):
            print(f"\n{person.name}\n{terminal.learn(person)}".rstrip(), flush=True)
        self.write_people()

    def bring_customers(self) -> None:
        """Write the CSV and bring it in."""
        write_customers(self.folder / "customers.csv", CUSTOMERS)
        self.terminal.as_person(DIAN, "import", str(self.folder / "customers.csv"), "--keep")

    def verify_audit(self) -> None:
        """`tirai audit verify`."""
        self.terminal.as_person(DIAN, "audit", "verify")

    def write_people(self) -> None:
        """Keep passwords and authenticator secrets, for this user alone."""
        people = [
            {
                "account": p.account,
                "name": p.name,
                "role": p.role,
                "password": p.password,
                "secret": p.authenticator.secret,
                "last_step": p.authenticator.last_step,
            }
            for p in PEOPLE
        ]
        text = json.dumps({"note": _NOTE, "people": people}, indent=1)
        with open(self.people_file, "w", encoding="utf-8", opener=_for_owner) as file:
            file.write(text + "\n")

    def stop(self) -> None:
        """End the office's process and wait until it is gone."""
        with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line:
            line.settimeout(2.0)
            line.connect(str(self.places.socket(SOCKET_NAME)))
            peer = line.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, struct.calcsize("3i"))
            office = int(struct.unpack("3i", peer)[0])
            for number in (signal.SIGTERM, signal.SIGKILL):
                os.kill(office, number)
                if _is_gone(office):
                    return

    @property
    def places(self) -> Places:
        """Folders of this run's Tirai."""
        runtime = Path(self.environment["XDG_RUNTIME_DIR"]) / "tirai"
        found = Places.find(self.home)
        cache = Path(self.environment["XDG_CACHE_HOME"]) / "tirai"
        return Places(self.home, cache, runtime / found.runtime.name)


def read_people(path: Path) -> dict[str, DemoPerson]:
    """The people of a people file, by account."""
    people = {}
    for entry in json.loads(path.read_text(encoding="utf-8"))["people"]:
        authenticator = Authenticator(entry["secret"], entry["last_step"])
        account = entry["account"]
        people[account] = DemoPerson(account, entry["name"], entry["role"], (), entry["password"], authenticator)
    return people


@contextlib.contextmanager
def fresh_office(folder: Path) -> Iterator[DemoOffice]:
    """An empty folder with a private keyring; whatever runs in it ends with the block."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o700, parents=True)
    display = _display()
    with private_keyring(folder) as environment:
        office = DemoOffice(folder, environment | display)
        try:
            yield office
        finally:
            office.stop()


def _display() -> dict[str, str]:
    """What leads to the person's display from another home and runtime folder."""
    kept = {}
    if "DISPLAY" in os.environ:
        kept["XAUTHORITY"] = os.environ.get("XAUTHORITY", str(Path.home() / ".Xauthority"))
    wayland, runtime = os.environ.get("WAYLAND_DISPLAY"), os.environ.get("XDG_RUNTIME_DIR")
    if wayland and runtime:
        kept["WAYLAND_DISPLAY"] = str(Path(runtime) / wayland)
    return kept


def _for_owner(path: str, flags: int) -> int:
    return os.open(path, flags | os.O_TRUNC, 0o600)


def _is_gone(pid: int) -> bool:
    end = time.monotonic() + 10
    while Path(f"/proc/{pid}").exists():
        if time.monotonic() > end:
            return False
        time.sleep(0.02)
    return True
