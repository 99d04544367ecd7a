"""`tirai self-check`: what this workstation and this installation have, found by using it.

Each part is tried, not looked up: a file is encrypted and read back, a sealed box with a known content is opened, Qt's
platform plug-in is loaded in a child process (Qt ends the process when it cannot). Invariants: nothing of an office is
opened or made; no name, path, value or secret is told, so the answer may go to whoever helps. A home that
is there keeps when it ran and which parts were missed, for administrators (`app/storage/last_check.py`).
"""

import importlib
import importlib.metadata
import json
import os
import platform
import resource
import select
import signal
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import typer

from app import __version__
from app.domain.errors import TiraiError, WorkstationError
from app.guardian.process import require_hardened, require_own_code
from app.own_program import is_frozen
from app.resource_files import resource_path, resource_text
from app.storage.crash_reports import kept_crashes
from app.storage.keyring_store import open_key_store
from app.storage.last_check import keep_last_check
from app.storage.places import Places
from app.storage.sqlcipher import EncryptedFileError, connect
from app.terminal.swap import swap

EXIT_LACKING = 5
_QT_S = 30.0
_PLAIN_HEADER = b"SQLite format 3\x00"
_RESOURCES = (
    ("policy", "default.toml"),
    ("inventory", "customer.toml"),
    ("themes", "tokens.json"),
    ("icons", "mark.svg"),
)
_PACKAGES = {
    "Qt": "PySide6-Essentials",
    "sqlcipher3": "sqlcipher3",
    "cryptography": "cryptography",
    "keyring": "keyring",
    "secretstorage": "SecretStorage",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One part of the answer.

    Attributes:
        name: the part, a stable word.
        ok: whether it is as Tirai needs it.
        found: what was found, in a few words.
    """

    name: str
    ok: bool
    found: str


def self_check(home: Path | None, *, as_json: bool) -> int:
    """Try every part and tell.

    Args:
        home: the home to look for; nothing in it is opened.
        as_json: answer as one JSON object.

    Returns:
        0 when all is as Tirai needs it, 5 otherwise.
    """
    findings = look()
    where = Places.find(home).home
    findings = (*findings, screen_capture(), crash_reports(where))
    ok = all(finding.ok for finding in findings)
    keep_last_check(where, int(time.time() * 1000), [finding.name for finding in findings if not finding.ok])
    there = "present" if where.is_dir() else "not there"
    if as_json:
        checks = {f.name: {"ok": f.ok, "found": f.found} for f in findings}
        about = {"ok": ok, "version": __version__, "frozen": is_frozen(), "home": there, "versions": versions()}
        typer.echo(json.dumps(about | {"checks": checks}))
    else:
        kind = "frozen bundle" if is_frozen() else "Python packages"
        typer.echo(f"Tirai {__version__} ({kind}); home: {there}")
        typer.echo("  ".join(f"{name} {version}" for name, version in versions().items()))
        for finding in findings:
            typer.echo(f"  {'ok ' if finding.ok else 'NOT'}  {finding.name}: {finding.found}")
    return 0 if ok else EXIT_LACKING


def versions() -> dict[str, str]:
    """Versions of Python and of the packages that matter for protection."""
    return {"Python": platform.python_version()} | {name: _version(package) for name, package in _PACKAGES.items()}


def _version(package: str) -> str:
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return "unknown"


def look() -> tuple[Finding, ...]:
    """Try every part. Call it from a process with one thread, after hardening: it forks."""
    parts: tuple[tuple[str, Callable[[], str]], ...] = (
        ("hardening", hardening),
        ("own_code", own_code),
        ("swap", swap),
        *((f"platform_{name}", lambda name=name: qt_platform(name)) for name in platforms(os.environ)),
        ("resources", resources),
        ("records", records),
        ("sqlcipher", sqlcipher),
        ("hpke", hpke),
        ("keyring", keyring),
        ("system_locks", system_locks),
        ("documents", documents),
    )
    return tuple(_tried(name, part) for name, part in parts)


def _tried(name: str, part: Callable[[], str]) -> Finding:
    try:
        return Finding(name, True, part())
    except TiraiError as error:
        said = error.message.replace(str(Path.home()), "~")
        return Finding(name, False, f"{error.code}: {said}" if error.code else said)
    except Exception as error:  # noqa: BLE001 -- whatever is missing is the answer; its text may hold a path
        return Finding(name, False, type(error).__name__)


def screen_capture() -> Finding:
    """Whether this system keeps screenshots out; where it cannot, that is said, and is no reason to fail."""
    from app.ui.capture.block import block_of_this_system

    block = block_of_this_system()
    if block is None or not block.is_dependable:
        return Finding("screen_capture", True, "this system cannot keep screenshots out")
    return Finding("screen_capture", True, "windows are kept out of screenshots")


def crash_reports(home: Path) -> Finding:
    """How many faults were written down in a home, and the newest one's number; never a reason to fail."""
    found = kept_crashes(home)
    if not found:
        return Finding("crash_reports", True, "none")
    return Finding("crash_reports", True, f"{len(found)}, the newest {found[0].number}; see: tirai crashes")


def hardening() -> str:
    """This process cannot be read by others of the same person, and leaves no core.

    Raises:
        WorkstationError: it can, or would.
    """
    require_hardened()
    if resource.getrlimit(resource.RLIMIT_CORE)[1] != 0:
        raise WorkstationError("a core file could be written", code="G2")
    return "not dumpable, no core files"


def own_code() -> str:
    """Nothing runs in this process that this user or everybody could have changed.

    Raises:
        WorkstationError: something does.
    """
    require_own_code()
    return "no foreign library"


def resources() -> str:
    """Data files of the program.

    Raises:
        FileNotFoundError: one is missing.
    """
    for parts in _RESOURCES:
        resource_path(*parts)
    return f"{len(_RESOURCES)} found"


def records() -> str:
    """The tables by which phone numbers and national numbers are judged.

    Raises:
        InputRefusedError: a good number of a known kind is refused.
    """
    from app.domain.kinds import Kind
    from app.sources.records import normalise

    normalise(Kind.PHONE, "+62 812-3456-7890")
    normalise(Kind.PHONE, "+49 30 901820")
    return "phone numbers are judged"


def sqlcipher() -> str:
    """A scratch file is encrypted, opens again with its key and not with another.

    Raises:
        WorkstationError: it does not do so.
    """
    with tempfile.TemporaryDirectory(prefix="tirai-check-") as folder:
        path, key = Path(folder) / "scratch", os.urandom(32)
        made = connect(path, key, memory_security=False, create=True)
        made.execute("CREATE TABLE scratch (word TEXT)")
        made.execute("INSERT INTO scratch VALUES ('scratch word')")
        made.close()
        plain = path.read_bytes()
        if plain.startswith(_PLAIN_HEADER) or b"scratch word" in plain:
            raise WorkstationError("the scratch file is not encrypted")
        again = connect(path, key, memory_security=False)
        words, version = again.execute("SELECT word FROM scratch").fetchone(), again.execute("PRAGMA cipher_version")
        said = str(version.fetchone()[0])
        again.close()
        if words != ("scratch word",) or _opens(path, os.urandom(32)):
            raise WorkstationError("the scratch file does not keep to its key")
    return said


def _opens(path: Path, key: bytes) -> bool:
    try:
        connect(path, key, memory_security=False).close()
    except EncryptedFileError:
        return False
    return True


def hpke() -> str:
    """A box sealed long ago opens, and a fresh one too (ML-KEM-768 with X25519).

    Raises:
        WorkstationError: it opens to something else.
        SealError: it does not open.
    """
    from app.crypto import hpke as suite

    known = {name: bytes.fromhex(text) for name, text in json.loads(resource_text("self_check", "hpke.json")).items()}
    fresh = suite.seal(suite.public_of(known["secret"]), known["opens"], known["info"])
    for box in (known["box"], fresh):
        if suite.unseal(known["secret"], box, known["info"]) != known["opens"]:
            raise WorkstationError("a sealed box opens to something else")
    return "known answer"


def keyring() -> str:
    """The keyring is open and protects keys.

    Raises:
        WorkstationError: K1 or K2.
    """
    open_key_store().close()
    return "ok"


def system_locks() -> str:
    """Which of the system's own locks would lock a console; never a reason to fail: a session goes on without them."""
    from app.system.linux import followed_here

    followed = followed_here()
    heard = {"sleep": followed.sleep, "own session": followed.session, "screen savers": followed.screen}
    said = (f"{name} {'heard' if is_heard else 'not heard'}" for name, is_heard in heard.items())
    return ", ".join(said)


def documents() -> str:
    """A document of one page is made, with the font in it.

    Raises:
        WorkstationError: it is none.
    """
    from app.backoffice.paper import Head, Paper

    paper = Paper()
    paper.text(0, "Tirai", 10)
    made = paper.pdf(Head("Tirai", "Tirai", "", "en", "20260101000000+00'00'"), lambda _number, _count: ("", ""))
    if not made.startswith(b"%PDF-") or b"/FontFile2" not in made:
        raise WorkstationError("a document lacks its font")
    return "a page is made"


# Qt


def platforms(environment: Mapping[str, str]) -> tuple[str, ...]:
    """Qt's platforms to try: the one without a display, and those of the displays that are there."""
    shown = (("DISPLAY", "xcb"), ("WAYLAND_DISPLAY", "wayland"))
    return ("offscreen", *(name for variable, name in shown if environment.get(variable)))


def qt_platform(name: str) -> str:
    """Load a platform plug-in in a child, with the font, the icons and the style that windows need.

    Raises:
        WorkstationError: it does not load; the child ended or did not answer in 30 s.
    """
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
    if not said.startswith("ok "):
        raise WorkstationError(said or "Qt's plug-in or one of its libraries does not load", code="Q1")
    return said.removeprefix("ok ")


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
