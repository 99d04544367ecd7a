"""`tirai recovery`: what two kit holders do. Nothing heavy is imported before a command runs.

Two codes are asked for at a terminal; with `--secrets-stdin` they are the first two lines of standard input. The
commands work on the office's file itself, so nobody may be signed in meanwhile.
"""

from pathlib import Path
from typing import Annotated

import typer

from app.terminal.commands import Home, Json, program_at

recovery_app = typer.Typer(no_args_is_help=True, help="With two codes of the recovery kit: drill, open, grant, accept.")

Kit = Annotated[
    Path | None,
    typer.Option("--kit", help="The kit's file, or its page typed in as text; default: the one in the home."),
]
CodesStdin = Annotated[
    bool, typer.Option("--secrets-stdin", help="Read the two kit codes from standard input, a line each.")
]
AcceptOlder = Annotated[
    bool, typer.Option("--accept-older", help="Go on although entries that this workstation remembers are lost.")
]
AcceptWrong = Annotated[
    bool, typer.Option("--accept-wrong", help="Go on although the log does not hold, or is another one.")
]
Administrators = Annotated[
    list[str] | None, typer.Option("--administrator", help="Account that gets a code; may be given again.")
]
Supervisors = Annotated[
    list[str] | None, typer.Option("--supervisor", help="Account that gets a code; may be given again.")
]


@recovery_app.command("print")
def print_kit(
    out: Annotated[Path | None, typer.Option("--out", help="Text file to write; default: the terminal.")] = None,
    kit: Kit = None,
    home: Home = None,
) -> None:
    """Write the sealed kit as one page to print and put into a safe. It holds no code."""
    from app.terminal.recovery_steps import kit_page, read_kit

    page = kit_page(read_kit(program_at(home), kit))
    if out is None:
        typer.echo(page)
    else:
        out.write_text(page, "utf-8")
        typer.echo(f"Print {out}, put the page into a safe, and remove the file. Nothing may stay in the printer.")


@recovery_app.command()
def drill(kit: Kit = None, as_json: Json = False, home: Home = None, secrets_stdin: CodesStdin = False) -> None:
    """Prove that two codes would open everything again. Changes nothing, and is not written down anywhere."""
    from app.terminal.recovery_steps import run_drill

    raise SystemExit(run_drill(program_at(home), kit, as_json=as_json, stdin=secrets_stdin))


@recovery_app.command("open")
def open_office(
    administrator: Administrators = None,
    supervisor: Supervisors = None,
    kit: Kit = None,
    accept_older: AcceptOlder = False,
    accept_wrong: AcceptWrong = False,
    home: Home = None,
    secrets_stdin: CodesStdin = False,
) -> None:
    """Open an office whose keyring, front door or administrators are gone: new activation codes for named accounts."""
    from app.terminal.recovery_steps import Choice, run_open

    choice = Choice(tuple(administrator or ()), tuple(supervisor or ()), accept_older, accept_wrong, secrets_stdin)
    run_open(program_at(home), kit, choice)


@recovery_app.command()
def grant(
    name: Annotated[str, typer.Argument(help="Account that has enrolled since, such as a supervisor.")],
    kit: Kit = None,
    accept_older: AcceptOlder = False,
    accept_wrong: AcceptWrong = False,
    home: Home = None,
    secrets_stdin: CodesStdin = False,
) -> None:
    """Hand every class key that its role may hold to an account, as the recovery account."""
    from app.terminal.recovery_steps import Choice, run_grant

    run_grant(program_at(home), kit, name, Choice((), (), accept_older, accept_wrong, secrets_stdin))


@recovery_app.command()
def accept(
    kit: Kit = None,
    accept_older: AcceptOlder = False,
    accept_wrong: AcceptWrong = False,
    home: Home = None,
    secrets_stdin: CodesStdin = False,
) -> None:
    """Go on with a log or a book that is older than this workstation remembers, or another one. It is written down."""
    from app.terminal.recovery_steps import Choice, run_accept

    run_accept(program_at(home), kit, Choice((), (), accept_older, accept_wrong, secrets_stdin))
