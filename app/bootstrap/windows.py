"""Windows: the children of a guardian, and how each begins: `tirai child KIND HANDLES ...`.

A child hardens itself, says so, and only then hears why it was started. Whoever starts one by hand gets an end of the
line and nothing else: a child brings no right of its own.
"""

import contextlib
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from app.bootstrap.program import Program
from app.domain.errors import TiraiError, WorkstationError

if TYPE_CHECKING:
    from app.guardian.windows_children import WindowsProcesses
    from app.guardian.windows_line import LineToGuardian

    Body = Callable[[Program, LineToGuardian, bytes], int]

USAGE = "Tirai starts this by itself; open it from the menu."


def windows_processes(program: Program) -> "WindowsProcesses":
    """How the guardian's children begin on Windows."""
    from app.guardian.windows_children import WindowsProcesses
    from app.guardian.windows_kernel import RealKernel
    from app.own_program import own_program

    return WindowsProcesses(RealKernel(), own_program(), words_of(program))


def left_receipt(program: Program, pipe: int) -> str | None:
    """What a console whose guardian died has left (`windows_fresh.left_behind`)."""
    from app.guardian.windows_fresh import left_behind
    from app.guardian.windows_kernel import RealKernel

    return left_behind(RealKernel(), pipe, windows_processes(program).wipe)


def words_of(program: Program) -> tuple[str, ...]:
    """What a child is told of its home on its command line: nothing that a person would hide."""
    return str(program.places.home), program.theme, program.language or ""


def program_of(words: Sequence[str]) -> Program:
    """The same, read.

    Raises:
        PlaceRefusedError: a folder is not this user's alone.
        ValueError: other words.
    """
    home, theme, language = words
    return Program.at(Path(home), theme, language or None)


def be_child(words: Sequence[str], program_of: Callable[[Sequence[str]], Program] = program_of) -> NoReturn:
    """A child's whole life, from its words to its exit code.

    Args:
        words: kind, handles, and what `words_of` says.
        program_of: makes the program; a trial puts somebody at its windows.
    """
    from app.guardian.children import lost
    from app.guardian.process import leave

    code = 1
    try:
        code = _live(words, program_of)
    except TiraiError as error:
        _tell(error.message, has_window=words[:1] in (["console"], ["approval"]))
        code = error.exit_code
    except SystemExit as leaving:
        code = leaving.code if isinstance(leaving.code, int) else int(leaving.code is not None)
    except BaseException as error:  # noqa: BLE001 -- nothing may run past a child's body
        lost(error)
    finally:
        for stream in (sys.stdout, sys.stderr):
            with contextlib.suppress(OSError, ValueError, AttributeError):
                stream.flush()
        leave(code)


def _tell(sentence: str, *, has_window: bool) -> None:
    """Why there is no window: at a terminal, or in a box where there is none."""
    from app.guardian.children import say
    from app.system.windows_box import show

    if has_window and sys.stderr is None:
        show(sentence)
    else:
        say(sentence)


def _live(words: Sequence[str], program_of: Callable[[Sequence[str]], Program]) -> int:
    from app.guardian.process import harden, require_hardened
    from app.guardian.windows_kernel import RealKernel
    from app.guardian.windows_line import LineToGuardian

    harden(keep=("QT_QPA_PLATFORM",))
    require_hardened()
    try:
        kind, numbers, *rest = words
        reads, writes, bell = (int(number) for number in numbers.split(","))
        body = BODIES[kind]
        line = LineToGuardian(RealKernel(), reads, writes, bell)
        order = line.order()
    except (ValueError, KeyError, OSError) as error:
        raise WorkstationError(USAGE) from error
    return body(program_of(rest), line, order)


def _console(program: Program, line: "LineToGuardian", order: bytes) -> int:
    from app.bootstrap.console import console_body
    from app.guardian.start_words import start_of

    return console_body(program, line, start_of(order))


def _approval(program: Program, line: "LineToGuardian", order: bytes) -> int:
    from app.bootstrap.approval import approval_body
    from app.guardian.start_words import start_of

    return approval_body(program, line, start_of(order))


def _helper(program: Program, line: "LineToGuardian", order: bytes) -> int:
    from app.bootstrap.own_things import keep_crashes
    from app.bootstrap.wiping import wipe_work
    from app.guardian.helper import report_line
    from app.guardian.windows_children import LIMITS
    from app.guardian.windows_orders import order_of

    keep_crashes(program, "wipe")
    told, again = order_of(order)
    line.sendall(report_line(told.run(wipe_work(program), LIMITS, again)))
    return 0


def _teller(program: Program, _line: "LineToGuardian", order: bytes) -> int:
    from app.bootstrap.own_things import keep_crashes
    from app.bootstrap.wiping import report_end
    from app.guardian.destroy import CONSOLE_DIED
    from app.guardian.windows_orders import ends_of

    keep_crashes(program, "wipe")
    for begun in ends_of(order):
        report_end(program, begun, (), CONSOLE_DIED)
    return 0


BODIES: "dict[str, Body]" = {"console": _console, "approval": _approval, "helper": _helper, "teller": _teller}
"""By kind."""
