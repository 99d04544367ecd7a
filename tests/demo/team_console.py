"""A desk's guardian in the team's story: the product's own, with a driver at its window.

`python -m tests.demo.team_console ACCOUNT HOME FOLDER PICTURES`
"""

import logging
import sys
from pathlib import Path

from app.bootstrap.console import run_console
from app.bootstrap.program import Program
from app.guardian.process import harden
from app.storage.places import Places
from tests.demo.console_process import is_worth_a_line
from tests.demo.spool import Spool
from tests.patience import guard_longer


def main() -> int:
    """Be the guardian until its last window closes."""
    account, (home, folder, pictures) = sys.argv[1], (Path(word) for word in sys.argv[2:5])
    guard_longer()
    harden(keep=("QT_QPA_PLATFORM",))
    logging.getLogger("tirai.ui").addFilter(is_worth_a_line)
    spool = Spool(folder / "story")

    def on_console(window: object) -> None:
        from app.ui.main_window import MainWindow
        from tests.demo.team_story import STORIES

        assert isinstance(window, MainWindow)
        STORIES[account](window, folder, pictures, spool)

    return run_console(Program(Places.find(home).prepare(), on_console=on_console))


if __name__ == "__main__":
    sys.exit(main())
