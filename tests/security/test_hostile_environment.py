"""A42, A40 (T3, T4): variables and folders that put other programs' code into a start are refused or come to nothing.

The true program is started as an ordinary user: the starter that `make` puts beside Python, and the frozen bundle where
one was built. What is planted leaves a mark when it is loaded (`planted_code.py`); a plain program with the same
setting must leave it, or the test would tell nothing. Enforced by *software*: code that is inside already could hide.
"""

import json
import os
import runpy
import shlex
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from app.storage.log_notes import NOTES_FILE
from tests.ordinary_user import NOBODY, PROJECT, ordinary_folder, skip_unless_ordinary_user_can_run
from tests.security.planted_code import Plant, Planted

pytestmark = pytest.mark.slow  # real processes

BUNDLE = PROJECT / "build" / "deb" / "dist" / "tirai" / "tirai"
PYTHON_SETTINGS = ("PYTHONPATH", "PYTHONUSERBASE", "PYTHONWARNINGS", "the folder of the start")
LOADER_SETTINGS = ("LD_PRELOAD", "LD_AUDIT", "LD_LIBRARY_PATH")
LIBRARY_SETTINGS = (
    "QT_QPA_PLATFORM_PLUGIN_PATH",
    "QT_PLUGIN_PATH",
    "QT_QPA_PLATFORMTHEME",
    "OPENSSL_CONF",
    "SSLKEYLOGFILE",
)
HARMLESS = {
    "PYTHONHOME": "/nonexistent",
    "PYTHONSTARTUP": "/nonexistent/startup.py",
    "PYTHONINSPECT": "1",
    "QML2_IMPORT_PATH": "/nonexistent",
    "QT_LOGGING_RULES": "*=true",
    "QT_QPA_PLATFORM": "vnc",
    "SSL_CERT_FILE": "/nonexistent",
    "GLIBC_TUNABLES": "glibc.malloc.perturb=85",
    "MALLOC_PERTURB_": "85",
    "MALLOC_CHECK_": "3",
    "HTTPS_PROXY": "http://127.0.0.1:9",
    "_PYI_APPLICATION_HOME_DIR": "/nonexistent",
    "_PYI_PARENT_PROCESS_LEVEL": "0",
}


@dataclass(frozen=True, slots=True)
class Scene:
    """A folder of the ordinary user with a home, an office's name plate in it, and plants."""

    folder: Path
    planted: Planted
    starter: Path

    @property
    def home(self) -> Path:
        return self.folder / "home"

    def settings(self, more: dict[str, str]) -> dict[str, str]:
        return {"HOME": str(self.home), "PATH": os.defpath, "LANG": "C.UTF-8", **more}

    def start(self, plant: Plant, *words: str) -> "subprocess.CompletedProcess[str]":
        self.planted.mark.unlink(missing_ok=True)
        return run([str(self.starter), *words], self.settings(plant.settings), plant.folder or Path("/"))

    def obeys(self, plant: Plant) -> bool:
        """The control: a plain Python with the same settings leaves the mark."""
        self.planted.mark.unlink(missing_ok=True)
        plain = Path(sys.base_prefix) / "bin" / f"python{sys.version_info.major}.{sys.version_info.minor}"
        python = sys.executable if "PySide6" in plant.control else str(plain)
        run([python, "-c", plant.control or "pass"], self.settings(plant.settings), plant.folder or Path("/"))
        return self.planted.mark.exists()

    def notes(self) -> list[dict[str, Any]]:
        """What waits for the office's log; forgotten then."""
        path = self.home / "office" / NOTES_FILE
        found = [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []
        path.unlink(missing_ok=True)
        return found


def run(command: list[str], settings: dict[str, str], folder: Path) -> "subprocess.CompletedProcess[str]":
    is_root = os.geteuid() == 0
    return subprocess.run(
        command,
        env=settings,
        cwd=folder,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        user=NOBODY if is_root else None,
        group=NOBODY if is_root else None,
        extra_groups=[] if is_root else None,
    )


def own_starter(folder: Path) -> Path:
    """What the set-up puts beside Python as `tirai`."""
    path = folder / "tirai"
    path.write_text(runpy.run_path(str(PROJECT / "run.py"))["STARTER"] % shlex.quote(sys.executable))
    path.chmod(0o755)
    return path


@pytest.fixture(scope="module", params=["checkout", "bundle"])
def scene(request: pytest.FixtureRequest) -> Iterator[Scene]:
    skip_unless_ordinary_user_can_run()
    if request.param == "bundle" and not BUNDLE.exists():
        pytest.skip("no frozen bundle here; `make deb ARGS=--only-build` makes one")
    with ordinary_folder() as folder:
        planted = Planted(folder / "planted")
        (folder / "home" / "office").mkdir(parents=True, mode=0o700)
        (folder / "home" / "office" / "office.json").write_text("{}")
        for path in (folder, *folder.rglob("*")):
            if os.geteuid() == 0:
                os.chown(path, NOBODY, NOBODY, follow_symlinks=False)
        yield Scene(folder, planted, own_starter(folder) if request.param == "checkout" else BUNDLE)


def plant_of(scene: Scene, name: str) -> Plant:
    if name in PYTHON_SETTINGS:
        return scene.planted.by_python()[name]
    if not scene.planted.has_libraries:
        pytest.skip("no gcc and objcopy here to make a library with")
    return {**scene.planted.by_loader(), **scene.planted.by_libraries()}[name]


def served(done: "subprocess.CompletedProcess[str]") -> bool:
    """Whether all of the self-check is well but for the keyring, which nobody has here."""
    return bool(json.loads(done.stdout)["failed"] == ["keyring"])


@pytest.mark.attack("A42", "A40")
@pytest.mark.parametrize("name", [*PYTHON_SETTINGS, *LIBRARY_SETTINGS])
def test_that_a_setting_that_loads_code_loads_nothing_into_tirai(scene: Scene, name: str) -> None:
    plant = plant_of(scene, name)
    assert scene.obeys(plant), "the control: a plain program loads it"
    done = scene.start(plant, "self-check", "--json", "--quick")
    assert not scene.planted.mark.exists()
    assert served(done), done.stdout + done.stderr


@pytest.mark.attack("A42")
@pytest.mark.parametrize("name", LOADER_SETTINGS)
def test_that_the_loaders_settings_are_refused_with_what_to_do_and_noted(scene: Scene, name: str) -> None:
    plant = plant_of(scene, name)
    assert scene.obeys(plant), "the control: a plain program loads it"
    home = str(scene.home / "office")
    for words in (("self-check", "--json", "--quick", "--home", home), ("--home", home)):
        done = scene.start(plant, *words)
        assert (done.returncode, done.stdout) == (5, "")
        assert done.stderr.endswith("(G5).\n"), done.stderr
        assert len(done.stderr.splitlines()) == 1
        (note,) = scene.notes()
        assert (note["event"], note["reason"]) == ("start.refused", "foreign_code")
        assert set(note["detail"].split()) - {"library"} == {name}


@pytest.mark.attack("A42")
def test_that_a_library_that_hid_its_variable_is_found_in_the_memory_map(scene: Scene) -> None:
    """Started without the shell before it, which would lose the variable with the library's help."""
    if scene.starter == BUNDLE:
        pytest.skip("the bundle begins anew by itself, and is clean then")
    plant = plant_of(scene, "LD_PRELOAD that hides")
    done = run([sys.executable, "-I", "-m", "app", "self-check"], scene.settings(plant.settings), Path("/"))
    assert (done.returncode, done.stdout) == (5, "")
    assert str(scene.planted.folder / "hide.so") in done.stderr


LATE = """
import ctypes, sys
from app.domain.errors import WorkstationError
from app.guardian.process import harden, require_own_code
harden()
require_own_code()
ctypes.CDLL(sys.argv[1])
try:
    require_own_code()
except WorkstationError as error:
    print(error.code, error.message)
"""


@pytest.mark.attack("A42")
def test_that_a_library_that_came_in_later_is_found_before_a_password_is_taken(scene: Scene) -> None:
    """Whatever brought it, for Qt and its like load more when a window comes up."""
    if not scene.planted.has_libraries:
        pytest.skip("no gcc and objcopy here to make a library with")
    library = scene.planted.folder / "touch.so"
    done = run([sys.executable, "-I", "-c", LATE, str(library)], scene.settings({}), Path("/"))
    assert done.stdout.startswith(f"G5 {library}: "), done.stderr


@pytest.mark.attack("A42", "A40")
def test_that_settings_that_would_bend_python_qt_or_the_network_are_dropped(scene: Scene) -> None:
    done = scene.start(Plant(HARMLESS, ""), "self-check", "--json", "--quick")
    assert served(done), done.stdout + done.stderr
    assert done.stderr == ""


@pytest.mark.attack("A31")
def test_that_a_keyring_that_a_variable_names_is_refused_not_loaded(scene: Scene) -> None:
    settings = {
        "PYTHON_KEYRING_BACKEND": "planted_warning.Keyring",
        "PYTHONPATH": str(scene.planted.folder / "modules"),
    }
    done = scene.start(Plant(settings, ""), "self-check", "--json", "--quick")
    assert not scene.planted.mark.exists()
    keyring = json.loads(done.stdout)["checks"]["keyring"]
    assert not keyring["ok"]
    assert keyring["found"].startswith("K2:")


@pytest.mark.attack("A42")
def test_that_a_console_with_all_of_it_at_once_loads_nothing(scene: Scene) -> None:
    """A window comes up (its threads tell), and no plant was touched; then its guardian is asked to stop."""
    settings = dict(HARMLESS)
    for name in ("PYTHONPATH", "PYTHONUSERBASE", "QT_QPA_PLATFORM_PLUGIN_PATH", "QT_QPA_PLATFORMTHEME", "OPENSSL_CONF"):
        settings |= plant_of(scene, name).settings
    scene.planted.mark.unlink(missing_ok=True)
    is_root = os.geteuid() == 0
    guardian = subprocess.Popen(
        [str(scene.starter), "console", "--home", str(scene.home / "empty")],
        env=scene.settings(settings),
        cwd=scene.planted.folder / "here",
        stdin=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        user=NOBODY if is_root else None,
        group=NOBODY if is_root else None,
        extra_groups=[] if is_root else None,
    )
    try:
        until = time.monotonic() + 60
        while not any(threads(child) >= 3 for child in children(guardian.pid)):
            assert guardian.poll() is None, guardian.communicate()[1]
            assert time.monotonic() < until, "no window came up"
            time.sleep(0.05)
    finally:
        guardian.send_signal(signal.SIGTERM)
        said = guardian.communicate(timeout=60)[1]
    assert not scene.planted.mark.exists()
    other = [line for line in said.splitlines() if not line.startswith("No keyring is open here")]
    assert other == [], "QT_LOGGING_RULES and PYTHONINSPECT would talk"


def children(pid: int) -> list[int]:
    path = Path(f"/proc/{pid}/task/{pid}/children")
    return [int(word) for word in path.read_text().split()] if path.exists() else []


def threads(pid: int) -> int:
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0
    return int(next(line.split()[1] for line in status.splitlines() if line.startswith("Threads:")))
