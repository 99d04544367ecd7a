"""What stands between a person and the first window: Qt, the door's own modules, and nothing else."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LIBRARIES = (
    "fastapi",
    "uvicorn",
    "starlette",
    "httpx",
    "pydantic",
    "sqlalchemy",
    "cryptography",
    "sqlcipher3",
    "keyring",
    "secretstorage",
    "jeepney",
    "typer",
    "asyncio",
    "email",
    "ssl",
    "configparser",
    "lucide",
    "numpy",
    "phonenumbers",
    "pyqtgraph",
    "reportlab",
    "stdnum",
)
OURS = (
    "app.cli",
    "app.terminal",
    "app.api.messages",
    "app.backoffice",
    "app.crypto",
    "app.auth",
    "app.sources",
    "app.session.sign_in",
    "app.session.desk",
    "app.storage.keyring_store",
    "app.storage.session_cache",
    "app.system",
    "app.domain.inventory",
    "app.domain.policy",
    "app.ui.console",
    "app.ui.setup",
    "app.ui.enrolment",
    "app.ui.approval",
)
"""What a first window does without (`decisions.md`, `performance.md`): it is imported after the first paint."""

CONSOLE = """
import json, os, sys
sys.path.insert(0, sys.argv[2])
import app.__main__
from pathlib import Path
from app.bootstrap.console import run_console
from app.bootstrap.program import Program
from app.guardian.process import harden
from app.storage.places import Places
harden(keep=("QT_QPA_PLATFORM",))

def held():
    return sorted(name for name, module in sys.modules.items() if module is not None)  # None: kept from being imported

def on_console(window):
    from PySide6.QtCore import QEvent, QObject
    from PySide6.QtWidgets import QApplication
    class Watch(QObject):
        def eventFilter(self, watched, event):
            if event.type() == QEvent.Type.Paint:
                window.removeEventFilter(self)
                word = {"modules": held(), "door": [window.centralWidget().metaObject().className()]}
                os.write(1, json.dumps(word).encode())
                QApplication.exit(0)
            return False
    watch = Watch(window)
    window.installEventFilter(watch)

here = Path(sys.argv[1])
places = Places(here / "home", here / "cache", here / "run").prepare()
code = run_console(Program(places, on_console=on_console))
os.write(2, json.dumps({"guardian": held()}).encode() + b"\\n")
sys.exit(code)
"""


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """The modules of console and guardian, and the class of what the window shows."""
    folder = tmp_path_factory.mktemp("first")
    (folder / "home").mkdir(mode=0o700)
    (folder / "home" / "office.json").write_text("{}")
    env = os.environ | {"QT_QPA_PLATFORM": "offscreen", "DBUS_SESSION_BUS_ADDRESS": "unix:path=/nonexistent"}
    command = [sys.executable, "-I", "-c", CONSOLE, str(folder), str(ROOT)]
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr
    guardian = next(line for line in done.stderr.splitlines() if line.startswith('{"guardian"'))
    found: dict[str, list[str]] = json.loads(done.stdout) | json.loads(guardian)
    return found


def test_that_the_first_window_is_the_door(told: dict[str, list[str]]) -> None:
    assert told["door"] == ["SignInScreen"]


@pytest.mark.parametrize("waits", [*LIBRARIES, *OURS])
def test_that_the_first_window_waits_for_no(told: dict[str, list[str]], waits: str) -> None:
    assert [name for name in told["modules"] if name == waits or name.startswith(f"{waits}.")] == []


@pytest.mark.parametrize(
    "library", ["PySide6", "shiboken6", "keyring", "secretstorage", "cryptography", "httpx", "ssl"]
)
def test_that_the_guardian_never_holds(told: dict[str, list[str]], library: str) -> None:
    assert [name for name in told["guardian"] if name.split(".")[0] == library] == []
