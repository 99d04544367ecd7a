"""How `tirai` starts: straight to the console where nothing else was asked, otherwise through the commands.

A plain start is what a desktop's icon does, and a person waits for its window; the parser of commands would cost it as
much time as the guardian does. So do softphones: they run `tirai pop` while the phone rings; it hands a number to an
open console and takes no secret. Invariants: nothing is imported before the environment is clean (`app.clean_start`),
and nothing else of the program before its own files have been looked at (`app.integrity`).
"""

import sys
from functools import partial

from app.clean_start import begin


def main(*, is_by_hand: bool = False) -> None:
    """Open the console, or run the command that was named.

    Args:
        is_by_hand: see `begin`.
    """
    begin(partial(_note_refusal, "foreign_code"), is_by_hand=is_by_hand)
    if sys.argv[1:2] in (["call"], ["pop"]):
        from app.terminal.calls import run_at_once

        code = run_at_once(sys.argv[1:])
        if code is not None:
            raise SystemExit(code)
    from app.integrity.installed import begin as begin_with_own_files  # loads OpenSSL, which reads the environment

    begin_with_own_files(sys.argv[1:], partial(_note_refusal, "own_files"))
    if sys.argv[1:2] == ["child"] and sys.platform == "win32":
        from app.bootstrap.windows import be_child

        be_child(sys.argv[2:])
    if len(sys.argv) > 1:
        from app.cli import main as run_command

        run_command()
    else:
        raise SystemExit(_open_console())


def _open_console() -> int:
    from app.bootstrap.console import run_console
    from app.bootstrap.program import Program
    from app.domain.errors import TiraiError
    from app.guardian.process import harden

    try:
        harden(keep=("QT_QPA_PLATFORM",))
        return run_console(Program.at(None))
    except TiraiError as error:
        _say(error.message)
        return error.exit_code
    except KeyboardInterrupt:
        return 130


def _say(sentence: str) -> None:
    """To whoever started this: at a terminal, or in a box where there is none (Windows, from the menu)."""
    if sys.platform == "win32" and sys.stderr is None:
        from app.system.windows_box import show

        show(sentence)
    else:
        sys.stderr.write(f"{sentence}\n")


def _note_refusal(reason: str, what: str) -> None:
    """Leave a word for the log of the office that this start was for, where one can be found."""
    import contextlib
    from itertools import pairwise
    from pathlib import Path

    from app.storage.log_notes import leave_note
    from app.storage.places import Places

    words = sys.argv[1:]
    named = [w.removeprefix("--home=") for w in words if w.startswith("--home=")]
    named += [after for word, after in pairwise(words) if word == "--home"]
    with contextlib.suppress(OSError, RuntimeError, ValueError):  # no home folder at all, or no path
        home = Places.find(Path(named[0]) if named else None).home
        leave_note(home, "start.refused", "refused", reason, what)


if __name__ == "__main__":
    main(is_by_hand=True)
