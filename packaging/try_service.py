"""Try the office of a whole workstation, as the console's package brings it, in a minimal Debian.

1. systemd reads and judges every unit of the package; none is enabled by installing; the office's account is there.
2. Two people make the office as root; its folder and its half of the key are out of reach of the person at the desk.
3. The unit's own `ExecStart` serves as the unit's account, with the credential that systemd would hand over, opened by
   `systemd-creds`. Two OS users of the workstation work with it, and it ends by SIGTERM.
4. systemd as the first process of a machine runs the unit: its own credential, its sandbox; killed, stopped.
5. Removed, the office stays and is named; purged, it is gone with its key, and its backups stay and are named.
"""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

from linux.console_tree import BUNDLE, NAME
from steps import BUILD, emptied
from trying.apt_machine import RootApt
from trying.booted_root import booted
from trying.debian_root import PERSON, Root, make_root, running, until
from trying.findings import Findings
from trying.trial_repository import install_signed
from trying.unit import Unit

from tests.demo.office import ADI, HENDRA
from tests.demo.terminal import Terminal

WORK = BUILD / "service-check"
ACCOUNT, OTHER = "tirai-office", "kasir"
UNITS = "usr/lib/systemd/system"
HOME, SOCKET, BACKUPS = "/var/lib/tirai", "/run/tirai/office.sock", "/var/backups/tirai"
RUNNING, HALF = "/run/systemd/system", "tirai-office.seat-half"
SEALED, HANDED = f"/etc/credstore.encrypted/{HALF}", "/run/credentials/tirai-office.service"
SETTINGS = {"CREDENTIALS_DIRECTORY": HANDED, "HOME": "/", "LC_ALL": "C.UTF-8"}
MOST_EXPOSED = 2.0
EXIT_FAILED, EXIT_ENVIRONMENT = 1, 5
DESKTOP_S, SLOW_S, SERVING_S = 60, 50, 300
# The keyring's program may carry a capability that containers withhold; a copy carries none.
DESKTOP = """
cd $XDG_RUNTIME_DIR
dbus-daemon --session --nofork --nopidfile --address=unix:path=$XDG_RUNTIME_DIR/bus 2>/dev/null &
own=/tmp/keyring-$(id -un)
cp /usr/bin/gnome-keyring-daemon $own && chmod 700 $own
while [ ! -S bus ]; do sleep 0.1; done
head -c 16 /dev/urandom | od -An -tx1 | tr -d ' \\n' | $own --foreground --unlock --components=secrets &
wait
"""


def main() -> int:
    """Try the console's package."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    package = Path(sys.argv[1])
    if os.geteuid() != 0 or shutil.which("mmdebstrap") is None or not package.is_file():
        print("Needs root, mmdebstrap and a built package (make deb ARGS=--only-build).", file=sys.stderr)
        return EXIT_ENVIRONMENT
    findings, folder = Findings(), emptied(WORK) / "root"
    make_root(folder)
    with running(folder) as root:
        try:
            install(root, package)
            try_units(root, findings)
            try_making(root, findings)
            try_serving(root, findings)
            try_booted(folder, findings)
            removal(root, findings)
        except Exception as error:  # noqa: BLE001 -- whatever it was, it is told and the report is written
            findings.add("the rest", False, f"{type(error).__name__}: {error}"[-1500:])
    findings.write(WORK / "report.json", {"package": package.name})
    if findings.ok:
        shutil.rmtree(folder)
    return 0 if findings.ok else EXIT_FAILED


def install(root: Root, package: Path) -> None:
    """From a repository that is signed for this trial, with systemd as a workstation has it."""
    root.run("apt-get", "-qq", "update", user="root")
    root.install("systemd", "gnome-keyring", "dbus-daemon")
    root.run("systemd-machine-id-setup", user="root", check=False)
    root.run("useradd", "--create-home", OTHER, user="root")
    install_signed(root, package, NAME, WORK)


def try_units(root: Root, findings: Findings) -> None:
    """What systemd says of the units, and that none was started."""
    units = sorted(path.name for path in (root.folder / UNITS).glob("tirai-*") if path.is_file())
    for unit in units:
        done = subprocess.run(
            root.line("systemd-analyze", "verify", f"/{UNITS}/{unit}", user="root"),
            check=False, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip
        findings.add(f"systemd-analyze verify {unit}", done.returncode == 0 and not done.stdout, done.stdout[-300:])
    words = ("systemd-analyze", "security", "--offline=true", "--no-pager", f"/{UNITS}/tirai-office.service")
    exposed = re.findall(r"exposure level for \S+ (\d+\.\d+)", root.run(*words, user="root"))
    good = bool(exposed) and float(exposed[0]) <= MOST_EXPOSED
    findings.add("systemd-analyze security tirai-office.service", good, exposed)
    wanted = [str(path) for path in (root.folder / "etc/systemd/system").rglob("tirai-*")]
    findings.add("nothing is enabled by installing", not wanted, wanted)
    account = root.run("getent", "passwd", ACCOUNT).strip()
    findings.add("the office's account", account.endswith("nologin"), account)


class RootTerminal(Terminal):
    """Root at the workstation's terminal: `tirai office setup`."""

    def __init__(self, root: Root) -> None:
        super().__init__(Path("/"), dict(os.environ))
        self._root = root

    def command(self, *words: str) -> list[str]:
        """The command line; what is asked is the same as for an office of one's own."""
        return self._root.line("/usr/bin/tirai", "office", *words, user="root")


class UserTerminal(Terminal):
    """An OS user of the workstation, who names no home: they come to the service."""

    def __init__(self, root: Root, user: str) -> None:
        super().__init__(Path("/"), dict(os.environ))
        self._root, self._user = root, user
        place = f"/run/user/{user}"
        bus = f"unix:path={place}/bus"
        self.typed_code_lasts_s = SLOW_S
        self._settings = {"HOME": f"/home/{user}", "XDG_RUNTIME_DIR": place, "DBUS_SESSION_BUS_ADDRESS": bus}

    def command(self, *words: str) -> list[str]:
        """The command line of `tirai WORDS`."""
        return self._root.line("/usr/bin/tirai", *words, user=self._user, settings=self._settings)

    def open_desktop(self) -> str:
        """A message bus and an open keyring; what the self-check then says of the home."""
        place = self._settings["XDG_RUNTIME_DIR"]
        prepare = f"mkdir -p {place} && chown {self._user}:{self._user} {place} && chmod 700 {place}"
        self._root.run("sh", "-c", prepare, user="root")
        line = self._root.line("sh", "-c", DESKTOP, user=self._user, settings=self._settings)
        with (WORK / f"desktop-{self._user}.log").open("wb") as log:
            subprocess.Popen(line, stdin=subprocess.DEVNULL, stdout=log, stderr=log)  # ends with the root
        until(f"a keyring for {self._user}", DESKTOP_S, lambda: self.checked()["checks"]["keyring"]["ok"])
        return str(self.checked()["home"])

    def checked(self) -> dict[str, Any]:
        """The self-check as this user."""
        found: dict[str, Any] = json.loads(self.run("self-check", "--json", "--quick").stdout)
        return found


def try_making(root: Root, findings: Findings) -> None:
    """Two people make the office, and nobody else reads it."""
    root.run("systemd-tmpfiles", "--create", "tirai-office.conf", user="root", check=False)
    root.run("mkdir", "-p", RUNNING, user="root")  # by which programs know a system that systemd runs
    said = RootTerminal(root).set_up("Nusantara Care", ADI, HENDRA)
    root.run("rmdir", RUNNING, user="root")
    owner = root.run("stat", "-c", "%U:%G %a", HOME, user="root").strip()
    findings.add("two people make the office", "Kit code" in said and owner == f"{ACCOUNT}:{ACCOUNT} 700", owner)
    sealed = root.run("stat", "-c", "%U %a", SEALED, user="root", check=False).strip()
    plain = (root.folder / HOME.lstrip("/") / "seat-half").exists()
    findings.add("its half of the key is with systemd-creds", sealed.startswith("root ") and not plain, sealed)
    places = (HOME, f"{HOME}/office.json", SEALED)
    read = [place for place in places if root.run("sh", "-c", f"cat {place} 2>/dev/null; ls {place} 2>/dev/null || :")]
    findings.add("who sits at the desk reads none of it", not read, read)


def try_serving(root: Root, findings: Findings) -> None:
    """The unit's own line serves two OS users."""
    for folder in (HANDED, "/run/tirai"):
        root.run("install", "-d", "-o", ACCOUNT, "-g", ACCOUNT, "-m", "0755", folder, user="root")
    opened = f"{HANDED}/{HALF}"
    root.run("systemd-creds", "decrypt", f"--name={HALF}", SEALED, opened, user="root")
    root.run("sh", "-c", f"chown {ACCOUNT}:{ACCOUNT} {opened} && chmod 400 {opened}", user="root")
    text = (root.folder / UNITS / "tirai-office.service").read_text(encoding="utf-8")
    line = str(re.findall(r"^ExecStart=(.*)$", text, re.MULTILINE)[0]).split()
    with (WORK / "serve.log").open("wb") as log:
        office = subprocess.Popen(root.line(*line, user=ACCOUNT, settings=SETTINGS), stdout=log, stderr=log)
    there = ("test", "-S", SOCKET)
    inside = root.line(*there)
    until(
        "the socket",
        SERVING_S,
        lambda: office.poll() is not None or subprocess.run(inside, check=False).returncode == 0,
    )
    findings.add("the unit's ExecStart serves", office.poll() is None, root.run("stat", "-c", "%U %a", SOCKET).strip())
    for user, person in ((PERSON, ADI), (OTHER, HENDRA)):
        terminal = UserTerminal(root, user)
        home = terminal.open_desktop()
        said = terminal.as_person(person, "account", "list")
        both = all(each.account in said for each in (ADI, HENDRA))
        findings.add(f"the OS user {user} works with it", both, [home, f"{len(said.splitlines())} lines"])
    root.end(f"/{BUNDLE}/tirai", "TERM")
    code = office.wait(60)
    findings.add("it ends by SIGTERM", code in {0, -signal.SIGTERM, 128 + signal.SIGTERM}, code)


def try_booted(folder: Path, findings: Findings) -> None:
    """The same office, begun by systemd."""
    with booted(folder) as root:

        def asks() -> str:
            said = root.run("stat", "-c", "%U %F", SOCKET, check=False).strip()
            return said if said == f"{ACCOUNT} socket" else ""

        unit = Unit(root, ACCOUNT, HALF, asks, findings)
        unit.systemctl("start", unit.name)
        answer, now = unit.answers(), unit.state()
        good = bool(answer) and now["SubState"] == "running"
        unit.tell("it starts, and its socket is its own", good, [answer, now])
        unit.try_sandbox()
        unit.try_kill()
        unit.try_stop()


def removal(root: Root, findings: Findings) -> None:
    """The office stays with the package's removal and goes with its purge."""
    apt, backup = RootApt(root), f"{BACKUPS}/kept.tirai-office"
    root.run("install", "-d", "-m", "0700", "-o", ACCOUNT, BACKUPS, user="root")
    root.run("sh", "-c", f"echo kept > {backup}", user="root")
    code, words = apt.remove(NAME)
    there = [(root.folder / place.lstrip("/")).exists() for place in (f"{HOME}/office.json", SEALED)]
    named = f"stays in {HOME}; a purge removes it" in words
    findings.add("removed: the office stays and is named", code == 0 and all(there) and named, there)
    code, words = apt.remove(NAME, purge=True)
    left = [place for place in (HOME, SEALED) if (root.folder / place.lstrip("/")).exists()]
    kept = (root.folder / backup.lstrip("/")).exists() and f"backups stay in {BACKUPS}" in words
    findings.add("purged: office and key are gone, backups stay and are named", code == 0 and not left and kept, left)


if __name__ == "__main__":
    sys.exit(main())
