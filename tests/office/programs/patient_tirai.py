"""`tirai` that waits for others as tests do: `python -m tests.office.programs.patient_tirai WORDS`.

A softphone's `tirai call` takes a console that does not answer within a second for gone. What `python -m app` does
before its commands (`app/clean_start.py`) is left out, since it begins a fresh interpreter.
"""

import sys

from tests.patience import wait_longer


def main() -> None:
    """Run the command that was named."""
    wait_longer()
    from app.terminal.calls import run_at_once

    code = run_at_once(sys.argv[1:])
    if code is not None:
        raise SystemExit(code)
    from app.cli import main as run_command

    run_command()


if __name__ == "__main__":
    main()
