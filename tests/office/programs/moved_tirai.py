"""`tirai` with a clock that a test moves: `python -m tests.office.programs.moved_tirai WORDS --home HOME`.

The office that a command starts is a child of this process, and goes by the same clock. The shipped program has no
such hook: this one puts another clock in the place of the machine's before the program is imported. What `python -m
app` does before its commands (`app/clean_start.py`) is left out, since it begins a fresh interpreter.
"""

import sys
from pathlib import Path

from app.backoffice import clock
from tests.office.moved_clock import FollowedClock


def main() -> None:
    """Run the command that was named."""
    home = Path(sys.argv[sys.argv.index("--home") + 1])
    vars(clock)["SystemClock"] = lambda: FollowedClock(home)
    from app.cli import main as run_command

    run_command()


if __name__ == "__main__":
    main()
