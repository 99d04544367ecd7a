"""Try the package in a minimal Debian under Xvfb, and say what was seen: `build/deb/report.json`.

1. Installed from a signed repository with its dependencies alone, `tirai self-check --json` finds everything but a
   keyring (K1, exit 5), and the signed manifest holds. Altered in several ways the program does not start (exit 6), and
   names the file when asked.
2. With a keyring and a display, it finds everything (exit 0).
3. The demo's story. Its commands (setup, accounts, import, audit) are the installed program's own. Its windows are
   played by `tirai-story`: a second start file of the same bundle, in a copy of the installed one with a manifest of
   its own, with the same modules, libraries, plug-ins and resources and the demo's drivers; the shipped program has no
   such hook, and nothing is laid beside it.
4. The shipped program itself, driven by real key events: sign in; its session is seen from outside; its guardian is
   killed; the console wipes, becomes a fresh program, and its window is there again.
5. Purged, nothing of the package is left.
"""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pexpect
from frozen import CONSOLE
from manifest import sign_folder
from steps import BUILD as WORK
from trying.debian_root import NOTHING, PERSON, Root, make_root, running, until
from trying.findings import Findings
from trying.trial_repository import install_signed

from tests.demo.customers import write_customers
from tests.demo.office import BAGUS, DIAN, OFFICE_NAME, DemoOffice
from tests.demo.people import DemoPerson
from tests.demo.report import STEPS
from tests.demo.spool import Spool
from tests.demo.terminal import CommandFailedError

BUILD = WORK / "deb"
BUNDLE = "usr/lib/tirai"
STORY = "usr/lib/tirai-story"
INSIDE = f"/home/{PERSON}/demo"
DISPLAY, BUS = ":97", "unix:path=/run/user/1000/bus"
SEAT = {"DISPLAY": DISPLAY, "DBUS_SESSION_BUS_ADDRESS": BUS}
EXIT_FAILED, EXIT_ENVIRONMENT = 1, 5
CUSTOMERS = 500
STORY_S, WINDOW_S = 480, 120
TRIES, TOO_SLOW = 4, ("takes too long to start; try again", "The clock here is about")
"""What the program says when it was slower than it waits, or than a code lasts; its clock is this machine's."""
SLOW_S = 50
"""How long a code must still be valid when it is typed: beside other work a command may need half a minute."""
CHECKERS = ("desktop-file-utils", "systemd")
UNIT, AUTOSTART = "/usr/lib/systemd/user/tirai-sweep.service", "/etc/xdg/autostart/tirai-sweep.desktop"
TOOLS = ("gnome-keyring", "dbus-daemon", "xvfb", "xauth", "xdotool", "openbox", "procps")
# The keyring's program may carry a capability that containers withhold; a copy carries none.
DESKTOP = """
dbus-daemon --session --nofork --nopidfile --address=unix:path=/run/user/1000/bus 2>/dev/null &
cp /usr/bin/gnome-keyring-daemon /tmp/keyring && chmod 700 /tmp/keyring
while [ ! -S /run/user/1000/bus ]; do sleep 0.1; done
head -c 16 /dev/urandom | od -An -tx1 | tr -d ' \\n' | /tmp/keyring --foreground --unlock --components=secrets &
Xvfb :97 -screen 0 1440x900x24 -nolisten tcp &
while [ ! -S /tmp/.X11-unix/X97 ]; do sleep 0.1; done
openbox &
wait
"""


class Office(DemoOffice):
    """The demo's office inside the root: the installed program at a terminal."""

    def __init__(self, root: Root) -> None:
        folder = root.home / "demo"
        folder.mkdir(mode=0o700)
        super().__init__(folder, os.environ)
        self.terminal.command = lambda *words: root.line(  # type: ignore[method-assign]
            "/usr/bin/tirai", *words, "--home", f"{INSIDE}/office", settings=SEAT
        )
        self.terminal.learn = self._learn  # type: ignore[method-assign]
        self.terminal.typed_code_lasts_s = SLOW_S
        for name in ("set_up", "activate", "as_person", "learn"):
            setattr(self.terminal, name, patient(getattr(self.terminal, name)))
        self._root = root
        root.give(folder)

    def _learn(self, person: DemoPerson) -> str:
        """Somebody takes all lessons, inside."""
        words = (f"/{STORY}/tirai-story", "lessons", f"{INSIDE}/office", person.account)
        secrets = f"{person.password}\n{person.authenticator.fresh_code(SLOW_S)}\n"
        done = subprocess.run(
            self._root.line(*words, settings=SEAT), input=secrets, text=True, check=False, capture_output=True
        )
        if done.returncode != 0:
            raise CommandFailedError(done.stdout + done.stderr)
        return done.stdout

    def bring_customers(self) -> None:
        """Write the CSV, and bring it in by its name inside."""
        write_customers(self.folder / "customers.csv", CUSTOMERS)
        self._root.give(self.folder / "customers.csv")
        self.terminal.as_person(DIAN, "import", f"{INSIDE}/customers.csv", "--keep")

    def look(self) -> dict[str, int]:
        """A session's traces, seen from outside."""
        cache = f"/home/{PERSON}/.cache/tirai"
        found: dict[str, int] = json.loads(self._root.run(f"/{STORY}/tirai-story", "look", cache, settings=SEAT))
        return found


def patient(command: Callable[..., str]) -> Callable[..., str]:
    """The same, done again where it was too slow, as a person at a busy workstation would."""

    def tried(*given: Any, **named: Any) -> str:
        for _ in range(TRIES - 1):
            try:
                return command(*given, **named)
            except (CommandFailedError, pexpect.EOF) as error:
                if not any(words in str(error) for words in TOO_SLOW):
                    raise
        return command(*given, **named)

    return tried


def main() -> int:
    """Try one package file."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # the root ends with us
    package = Path(sys.argv[1])
    if os.geteuid() != 0 or shutil.which("mmdebstrap") is None:
        print("The package was built but not tried: that needs root and mmdebstrap.", file=sys.stderr)
        return EXIT_ENVIRONMENT
    findings, folder = Findings(), BUILD / "root"
    make_root(folder)
    with running(folder) as root:
        try:
            try_package(root, package, findings)
        except Exception as error:  # noqa: BLE001 -- whatever it was, it is told and the report is written
            findings.add("the rest", False, f"{type(error).__name__}: {error}")
    findings.write(BUILD / "report.json", {"package": package.name})
    if findings.ok:
        shutil.rmtree(folder)
    return 0 if findings.ok else EXIT_FAILED


def try_package(root: Root, package: Path, findings: Findings) -> None:
    """All parts, in order."""
    findings.add("install from the signed repository", True, install_signed(root, package, "tirai-console", BUILD))
    checked = self_check(root)
    findings.add("self-check without keyring", checked["failed"] == ["keyring"], checked)
    findings.add("its own files are those that were built", checked["checks"]["own_files"]["ok"], checked["version"])
    try_altered(root, findings)
    root.install(*TOOLS, *CHECKERS)
    try_login_entries(root, findings)
    root.start("sh", "-c", DESKTOP, log=BUILD / "desktop.log", settings=SEAT)
    until("a keyring and a display", 60, lambda: self_check(root, SEAT)["ok"])
    findings.add("self-check", True, self_check(root, SEAT))
    copy_for_story(root)
    office = Office(root)
    office.set_up()
    findings.add("set_up", True, OFFICE_NAME)
    office.bring_customers()
    findings.add("import", True, f"{CUSTOMERS} customers")
    play(root, office, findings)
    office.verify_audit()
    findings.add("audit", True, office.terminal.printed[-1][1].splitlines()[-1])
    try_shipped(root, office, findings)
    try_leaving_nothing(root, findings)
    root.run("dpkg", "--purge", "tirai-console", user="root")
    left = [path for path in (root.folder / BUNDLE).rglob("*") if path.is_file()]
    findings.add("purge", not left, [str(path) for path in left])


ALTERED = (
    ("a byte of Qt", "printf x | dd of={bundle}/_internal/libQt6Core.so.6 bs=1 seek=4096 conv=notrunc status=none"),
    ("a module more", "echo pass > {bundle}/_internal/sitecustomize.py"),
    ("a plug-in more", "cp {bundle}/tirai {bundle}/_internal/PySide6/Qt/plugins/platforms/libqplanted.so"),
    ("a signature gone", "rm {bundle}/manifest.json.sig"),
    ("a table gone", "rm {bundle}/_internal/stdnum/oui.dat"),
)


def try_altered(root: Root, findings: Findings) -> None:
    """Alter the installed files in several ways, each of which refuses the start; put them back after each."""
    kept, bundle = root.folder / "var/tmp/kept", root.folder / BUNDLE
    shutil.copytree(bundle, kept, symlinks=True)
    for what, line in ALTERED:
        root.run("sh", "-c", line.format(bundle=f"/{BUNDLE}"), user="root")
        refused = root.run("sh", "-c", "tirai 2>&1; echo $?", check=False).splitlines()
        own = self_check(root)["checks"]["own_files"]
        findings.add(f"altered: {what}", refused[-1:] == ["6"] and own["state"] == "not", [refused[0], own["found"]])
        shutil.rmtree(bundle)
        shutil.copytree(kept, bundle, symlinks=True)
    shutil.rmtree(kept)
    findings.add("put back, it starts", root.run("tirai", "inventory", "check") != "", "")


def try_login_entries(root: Root, findings: Findings) -> None:
    """Have the login's sweep judged by the tools of its formats, and run it as unit and autostart entry would."""
    menu = "/usr/share/applications/tirai.desktop"
    said = [root.run("desktop-file-validate", AUTOSTART, menu), root.run("systemd-analyze", "--user", "verify", UNIT)]
    wanted = root.folder / "usr/lib/systemd/user/default.target.wants/tirai-sweep.service"
    findings.add("login entries", said == ["", ""] and wanted.is_symlink(), said)
    lines = [
        re.findall(f"^{word}=(.*)$", (root.folder / file.lstrip("/")).read_text(encoding="utf-8"), re.MULTILINE)[0]
        for word, file in (("ExecStart", UNIT), ("Exec", AUTOSTART))
    ]
    before = sorted(root.home.rglob("*"))  # the checks before this may have made a home
    seen = [sweep_of(root, line) for line in lines]
    untouched = sorted(root.home.rglob("*")) == before
    findings.add("a login with nothing to sweep", untouched and all(s["said"] == "" for s in seen), seen)
    for line in lines:
        dead = root.home / ".cache/tirai/5e55"
        dead.mkdir(parents=True, mode=0o700)
        (dead / "cache.db").write_bytes(b"left")
        root.give(root.home / ".cache")
        swept = sweep_of(root, line)
        findings.add("a login sweeps", not dead.exists() and swept["said"] == "", swept)
    shutil.rmtree(root.home / ".cache")


def sweep_of(root: Root, line: str) -> dict[str, Any]:
    """Run a login entry's line; what it said, and how long it took."""
    began = time.monotonic()
    return {"said": root.run(*line.split()), "ms": round((time.monotonic() - began) * 1000)}


def copy_for_story(root: Root) -> None:
    """Copy the installed bundle, put the story's start file into the copy, and what it needs beyond, and sign that."""
    source, target = CONSOLE.build / "dist/tirai-story", root.folder / STORY
    shutil.copytree(root.folder / BUNDLE, target, symlinks=True)
    for path in source.rglob("*"):
        place = target / path.relative_to(source)
        if path.is_file() and not place.exists():
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(path, place)
    sign_folder(target, ("tirai", "tirai-story"))


def self_check(root: Root, settings: Mapping[str, str] = NOTHING) -> dict[str, Any]:
    """What the installed program says of itself."""
    found: dict[str, Any] = json.loads(root.run("tirai", "self-check", "--json", check=False, settings=settings))
    return found


def play(root: Root, office: DemoOffice, findings: Findings) -> None:
    """The windows' part of the story."""
    pictures = office.folder / "pictures"
    pictures.mkdir()
    spool = Spool(office.folder / "story")
    office.write_people()
    root.give(office.folder)
    words = (f"/{STORY}/tirai-story", f"{INSIDE}/office", INSIDE, f"{INSIDE}/pictures")
    guardian = root.start(*words, log=BUILD / "story.log", settings=SEAT)
    end = time.monotonic() + STORY_S
    while guardian.poll() is None and time.monotonic() < end:
        hear(office, spool, findings)
        time.sleep(0.05)
    hear(office, spool, findings)
    guardian.kill()
    guardian.wait()
    shutil.copytree(pictures, BUILD / "pictures", dirs_exist_ok=True)
    told = {part["part"] for part in findings.parts}
    for step in set(STEPS) - told - {"audit"}:
        findings.add(step, False, "This step was never reached.")


def hear(office: DemoOffice, spool: Spool, findings: Findings) -> None:
    """Take steps; look from outside when asked."""
    for word in spool.fresh():
        if word["kind"] == "step":
            findings.add(word["step"], word["ok"], word["sees"])
        elif "name" in word:
            assert isinstance(office, Office)
            spool.answer(word["name"], office.look())


def try_shipped(root: Root, office: Office, findings: Findings) -> None:
    """The program as it is shipped, by key events; then the death of its guardian.

    Bagus signs in: the story gave away codes of the others, which work once.
    """
    root.start("/usr/bin/tirai", "console", "--home", f"{INSIDE}/office", log=BUILD / "console.log", settings=SEAT)
    until("the window", WINDOW_S, lambda: windows(root))
    time.sleep(3)
    keys(root, "type", BAGUS.account)
    keys(root, "key", "Tab")
    keys(root, "type", BAGUS.password)
    keys(root, "key", "Tab")
    keys(root, "type", BAGUS.authenticator.fresh_code())
    keys(root, "key", "Return")
    until("a session", WINDOW_S, lambda: office.look()["entries"] == 1 and office.look()["files"] > 0)
    findings.add("the shipped console signs in by key events", True, office.look())
    guardian, console = guardian_and_console(root)
    root.run("kill", "-KILL", guardian)
    until("a fresh program", WINDOW_S, lambda: "--receipt-fd" in words_of(root, console) and children(root, console))
    until("its window", WINDOW_S, lambda: windows(root))
    seen, words = office.look(), words_of(root, console)
    findings.add("after its guardian's death it wipes and starts afresh", not any(seen.values()), [seen, words])
    root.run("pkill", "-TERM", "-x", "tirai", check=False)


def try_leaving_nothing(root: Root, findings: Findings) -> None:
    """The person destroys what is theirs, with a real keyring, before the package goes."""
    root.end(f"/{BUNDLE}/tirai")  # the console of before, at its sign-in, and the office
    until("no console", WINDOW_S, lambda: f"/{BUNDLE}/tirai" not in root.programs())
    before, words = keyring_entries(root), ("/usr/bin/tirai", "wipe", "--everything", "--yes", "--home")
    said = root.run(*words, f"{INSIDE}/office", settings=SEAT, check=False).strip().splitlines()
    left = [place for place in ("demo/office", ".cache/tirai") if (root.home / place).exists()]
    good = not left and "nothing is left" in said[-1] and before > 0 and keyring_entries(root) == 0
    findings.add("wipe --everything leaves no office and no key", good, [said[-1], before, keyring_entries(root)])


def keyring_entries(root: Root) -> int:
    """How many entries of the program's the keyring has, by the bus's own words."""
    words = ("--dest=org.freedesktop.secrets", "/org/freedesktop/secrets", "org.freedesktop.Secret.Service.SearchItems")
    line = ("dbus-send", "--session", "--print-reply", *words, "dict:string:string:service,tirai")
    return root.run(*line, settings=SEAT).count("object path")


def windows(root: Root) -> list[str]:
    """Visible windows of the program."""
    return root.run("xdotool", "search", "--onlyvisible", "--class", "tirai", check=False, settings=SEAT).split()


def keys(root: Root, kind: str, text: str) -> None:
    """Press keys as a keyboard would."""
    root.run("xdotool", kind, *(("--delay", "40") if kind == "type" else ()), text, settings=SEAT)
    time.sleep(0.2)


def guardian_and_console(root: Root) -> tuple[str, str]:
    """Process ids: the window's, after its parent's."""
    rows = [row.split(None, 2) for row in root.run("ps", "-eo", "pid=,ppid=,args=").splitlines()]
    parents = {pid: parent for pid, parent, args in rows if "/tirai console " in args}
    console, guardian = next((pid, parent) for pid, parent in parents.items() if parent in parents)
    return guardian, console


def words_of(root: Root, pid: str) -> str:
    """The command line of a process."""
    return root.run("ps", "-o", "args=", "-p", pid, check=False).strip()


def children(root: Root, pid: str) -> list[str]:
    """Its children."""
    return root.run("pgrep", "-P", pid, check=False).split()


if __name__ == "__main__":
    sys.exit(main())
