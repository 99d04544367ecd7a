"""A real console of an ordinary OS user over the service's socket: guardian, keyring, window, all its life.

`python service_console.py session FOLDER OFFICE` brings up a bus and a keyring of this user's own, and in them
`python service_console.py guardian FOLDER OFFICE`: the product's guardian, which makes one console after another. A
play sits at each window and tells a spool, which the test reads, what it sees.
"""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

import app.__main__  # noqa: E402, F401 (a clean environment before Qt, as the product has it)
from app.bootstrap.console import run_console  # noqa: E402
from app.bootstrap.program import Program, service_of  # noqa: E402
from app.guardian.process import harden  # noqa: E402
from app.storage.places import Places  # noqa: E402
from tests.demo.spool import Spool  # noqa: E402
from tests.own_policy import processes_have  # noqa: E402
from tests.patience import guard_longer  # noqa: E402
from tests.security.service_play import eased, place_in  # noqa: E402


def be_session(folder: Path, uid: int) -> int:
    """The desktop session: bus, keyring, and the guardian as what the person started."""
    from tests.keyring_session import private_keyring

    own = folder / f"user-{os.getuid()}"
    with private_keyring(own) as environment:
        settings = environment | {"QT_QPA_PLATFORM": "offscreen", "LANG": "C.UTF-8"}
        line = [sys.executable, __file__, "guardian", str(folder), str(uid)]
        return subprocess.run(line, env=settings, check=False).returncode


def be_guardian(folder: Path, uid: int) -> int:
    """The console's guardian, until its last window closes."""
    guard_longer()
    harden(keep=("QT_QPA_PLATFORM",))
    processes_have(eased)
    own, place = folder / f"user-{os.getuid()}", place_in(folder, uid)
    spool = Spool(own / "spool")

    def on_console(window: object) -> None:
        from tests.security.service_window import Window

        Window(window, spool)  # type: ignore[arg-type]

    places = Places(own / "home" / "tirai", own / "cache", own / "run").prepare()
    return run_console(Program(places, on_console=on_console, service=service_of(places.home, place)))


if __name__ == "__main__":
    what, where, user = sys.argv[1:]
    sys.exit((be_session if what == "session" else be_guardian)(Path(where), int(user)))
