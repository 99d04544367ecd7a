"""A desk's console that signs one person in and goes on: the product's own guardian, with a driver at its first window.

`python -m tests.e2e.seat_console HOME WHO`; WHO is a file of JSON with account, password and a code.
"""

import json
import sys
from pathlib import Path

from app.bootstrap.console import run_console
from app.bootstrap.program import Program
from app.guardian.process import harden
from app.storage.places import Places
from tests.demo.people import Authenticator, DemoPerson
from tests.patience import guard_longer


class OneCode(Authenticator):
    """An authenticator that has shown its code already: the office's clock is the test's."""

    def code_if_fresh(self, lasts_s: float = 0.0) -> str:
        return self.secret


def main() -> int:
    """Be the guardian; the test ends it."""
    home, who = Path(sys.argv[1]), Path(sys.argv[2])
    guard_longer()
    harden(keep=("QT_QPA_PLATFORM",))

    def on_console(window: object) -> None:
        from app.ui.main_window import MainWindow
        from app.ui.sign_in.screen import SignInScreen
        from tests.demo.driver import Driver, Play, write
        from tests.demo.story import fill_form

        assert isinstance(window, MainWindow)
        screen = window.centralWidget()
        if not who.exists() or not isinstance(screen, SignInScreen):
            return  # the window after the wipe
        said = json.loads(who.read_text("utf-8"))
        who.unlink()
        person = DemoPerson(said["account"], "", "agent", (), said["password"], OneCode(said["code"]))

        def play() -> Play:
            write((yield from fill_form(screen.form, person)))

        Driver(play(), window)

    return run_console(Program(Places.find(home).prepare(), on_console=on_console))


if __name__ == "__main__":
    sys.exit(main())
