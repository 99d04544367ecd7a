"""Two people make an office at the window of a real console; run as `python -m tests.e2e.set_up_play HOME OUT`.

The guardian, its consoles and the office are the product's own. What happens goes to OUT as JSON lines.
"""

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path

from app.bootstrap.console import run_console
from app.bootstrap.program import Program
from app.guardian.process import harden
from app.storage.places import Places
from tests.demo.people import Authenticator
from tests.office.ends import end_office
from tests.patience import guard_longer

PASSWORD = "kata sandi yang panjang 12"
LOOK_EVERY_MS = 50


class Play:
    """Drives one console's window by a timer: each step says whether it is done."""

    def __init__(self, window: object, out: Path) -> None:
        from PySide6.QtCore import QTimer

        from app.ui.main_window import MainWindow
        from app.ui.setup.screen import SetUpScreen

        assert isinstance(window, MainWindow)
        self.window, self.out = window, out
        central = window.centralWidget()
        if isinstance(central, SetUpScreen):
            self.screen = central
            self.steps = [self.name_office, *self.add("adi"), *self.add("hendra"), self.see_kit]
        else:
            self.steps = [self.see_door]
        self.timer = QTimer(window, interval=LOOK_EVERY_MS)
        self.timer.timeout.connect(self.look)
        self.timer.start()

    def look(self) -> None:
        if self.steps and self.steps[0]():
            self.steps.pop(0)

    def say(self, what: str) -> None:
        with self.out.open("a") as file:
            file.write(json.dumps({"what": what, "pid": os.getpid()}) + "\n")

    def is_at(self, page: object) -> bool:
        return self.screen.card.page is page and not self.screen._busy

    def name_office(self) -> bool:
        self.screen.office.name.setText("Nusantara Care")
        self.screen.card.go_on.click()
        return True

    def add(self, account: str) -> list[Callable[[], bool]]:
        def name() -> bool:
            person = self.screen.person
            if not self.is_at(person):
                return False
            person.display_name.setText(account.title())
            person.account.setText(account)
            for edit in (person.pair.first, person.pair.again):
                edit.edit.setText(PASSWORD)
            self.screen.card.go_on.click()
            return True

        def prove() -> bool:
            page = self.screen.authenticator
            if not self.is_at(page):
                return False
            page.show_key.click()
            page.code.setText(Authenticator(page.key.text().replace(" ", "")).shown_code())
            return True

        def note_codes() -> bool:
            if not self.is_at(self.screen.recovery):
                return False
            self.screen.card.go_on.click()
            return True

        return [name, prove, note_codes]

    def see_kit(self) -> bool:
        if not self.is_at(self.screen.kit):
            return False
        self.say("kit")
        self.screen.card.go_on.click()
        return True

    def see_door(self) -> bool:
        from app.ui.sign_in.screen import SignInScreen

        door = self.window.centralWidget()
        assert isinstance(door, SignInScreen)
        if "keyring ready" not in door.form._seat.text():
            return False
        self.say("door")
        self.window.close()
        return True


def main() -> int:
    """Be the guardian until the window of the second console closes."""
    home, out = Path(sys.argv[1]), Path(sys.argv[2])
    guard_longer()
    harden(keep=("QT_QPA_PLATFORM",))
    plays: list[Play] = []
    places = Places.find(home).prepare()
    code = run_console(Program(places, language="en", on_console=lambda window: plays.append(Play(window, out))))
    end_office(places)
    return code


if __name__ == "__main__":
    sys.exit(main())
