"""A privacy officer has a real office make a document, in a home where somebody planted files that reportlab would run.

Run as an ordinary user: `python who_saw_play.py FOLDER`. The office is a process of its own, forked and hardened as
always; the document is made there. Orders as in `walk_play.py`; there is one, `save`.
"""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from tests.security.console_play import (  # noqa: E402 (run as a program)
    PATIENCE_S,
    emit,
    own_environment,
    sign_in,
    until,
    wait_for,
)
from tests.security.early_office import code_to_type, make_early_office  # noqa: E402

PLANTED = (".reportlab_mods", ".reportlab_settings")


def guard(home: Path, events: Path) -> int:
    """A guardian as `tirai console` starts it."""
    told = json.loads(sys.stdin.readline())
    from app.bootstrap.console import run_console
    from app.bootstrap.program import Program
    from app.guardian.process import harden
    from tests.patience import guard_longer

    guard_longer()
    harden(keep=("QT_QPA_PLATFORM",))
    return run_console(
        Program(Program.at(home).places, on_console=lambda window: person_at(window, told, events)),
    )


def person_at(window: Any, told: dict[str, str], events: Path) -> None:
    """Sign in, open a customer, ask who saw their data, save the document, sign out."""
    from PySide6.QtCore import QTimer

    from tests.demo.driver import Driver, Until

    def work() -> Any:
        yield Until("the console", lambda: window.console is not None, PATIENCE_S)
        console = window.console
        yield Until("customers", lambda: console.model.rowCount() > 0)
        console.find_panel.enter()
        yield Until("a card", lambda: console.card.customer is not None)
        console.going.show_who_saw()
        screen = console.workspaces.screen_of("who_saw")
        yield Until("the list", lambda: screen.table.model().rowCount() > 0)
        screen._save("id", Path(told["to"]))
        yield Until("the document", lambda: not screen.said.isHidden(), PATIENCE_S)
        emit(events, "saved", said=screen.said.label.text(), number=console.card.customer.number)
        console.end("signed_out")

    if type(window.centralWidget()).__name__ == "SignInScreen":
        QTimer.singleShot(0, lambda: sign_in(window, told, events))
        window.worker = Driver(work(), window)


def save(folder: Path, places: Any, person: Any) -> dict[str, Any]:
    """Plant, let the person work, and look what ran."""
    told = folder / "ran"
    for name in PLANTED:
        (folder / name).write_text(f"import pathlib\npathlib.Path({str(told)!r}).write_text('ran')\n")
    events, target = folder / "events", folder / "list.pdf"
    command = [sys.executable, str(Path(__file__).resolve()), "guard", str(places.home), str(events)]
    guardian = subprocess.Popen(command, cwd="/", stdin=subprocess.PIPE, start_new_session=True)
    secrets = {"account": person.account, "password": person.password, "code": code_to_type(person), "to": str(target)}
    assert guardian.stdin is not None
    guardian.stdin.write(json.dumps(secrets).encode() + b"\n")
    guardian.stdin.close()
    saved = wait_for(events, "saved")
    until(lambda: not places.session_ids())
    guardian.terminate()
    guardian.wait(PATIENCE_S)
    pdf = target.read_bytes() if target.exists() else b""
    return {
        "said": saved["said"],
        "number": saved["number"],
        "ran": told.exists(),
        "mode": target.stat().st_mode & 0o777,
        "pdf": pdf.hex(),
    }


def main() -> int:
    if sys.argv[1] == "guard":
        return guard(Path(sys.argv[2]), Path(sys.argv[3]))
    from app.storage.keyring_store import open_key_store
    from app.storage.places import Places
    from tests.keyring_session import private_keyring
    from tests.security.canaries import needles, planted

    folder = Path(sys.argv[1])
    with private_keyring(folder) as environment, own_environment(environment):
        places = Places.find(folder / "office").prepare()
        office = make_early_office(places, open_key_store())
        office.hire_all([("dewi", "privacy_officer")])
        rows, canaries = planted(6)
        office.bring_in(rows)
        office.stop()
        print(json.dumps({"needles": [needle.hex() for needle in needles(canaries)]}), flush=True)
        for _order in sys.stdin:
            print(json.dumps(save(folder, places, office.people["dewi"])), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
