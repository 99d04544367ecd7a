"""The story's guardian: the product's own, with drivers at its windows.

`python -m tests.demo.console_process HOME FOLDER PICTURES`
"""

import logging
import sys
from pathlib import Path

from app.bootstrap.console import run_console
from app.bootstrap.program import Program
from app.guardian.process import harden
from app.storage.places import Places
from tests.demo.spool import Spool
from tests.patience import guard_longer


def main() -> int:
    """Be the guardian until its last window closes."""
    home, folder, pictures = (Path(word) for word in sys.argv[1:4])
    guard_longer()
    harden(keep=("QT_QPA_PLATFORM",))
    logging.getLogger("tirai.ui").addFilter(is_worth_a_line)
    spool = Spool(folder / "story")

    def on_console(window: object) -> None:
        from app.ui.main_window import MainWindow
        from tests.demo.story import ConsoleStory

        assert isinstance(window, MainWindow)
        ConsoleStory(window, folder, pictures, spool)

    def on_approval(window: object) -> None:
        from app.ui.approval.window import ApprovalWindow
        from tests.demo.story import ApprovalStory

        assert isinstance(window, ApprovalWindow)
        ApprovalStory(window, folder, pictures, spool)

    places = Places.find(home).prepare()
    return run_console(Program(places, on_console=on_console, on_approval=on_approval))


def is_worth_a_line(record: logging.LogRecord) -> bool:
    """All but what the offscreen platform says at each window."""
    return "propagateSizeHints" not in record.getMessage()


if __name__ == "__main__":
    sys.exit(main())
