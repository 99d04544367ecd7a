"""How `tirai` starts: straight to the console where nothing else was asked, otherwise through the commands.

A plain start is what a desktop's icon does, and a person waits for its window; the parser of commands would cost it as
much time as the guardian does.
"""

import sys


def main() -> None:
    """Open the console, or run the command that was named."""
    if len(sys.argv) > 1:
        from app.cli import main as run_command

        run_command()
    else:
        raise SystemExit(_open_console())


def _open_console() -> int:
    from app.bootstrap import Program, run_console
    from app.domain.errors import TiraiError
    from app.guardian.process import harden

    try:
        harden(keep=("QT_QPA_PLATFORM",))
        return run_console(Program.at(None))
    except TiraiError as error:
        sys.stderr.write(f"{error.message}\n")
        return error.exit_code
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    main()
