"""`tirai call` as the parser of commands knows it; `app/terminal/calls.py` does it."""

from typing import Annotated

import typer

from app.terminal.calls import tell_call
from app.terminal.commands import Home, before_command

call_app = typer.Typer(no_args_is_help=True, help="Calls, as a softphone tells them to the open console.")

CallId = Annotated[str, typer.Option("--call-id", help="The softphone's name of this call.")]
Whose = Annotated[str, typer.Option("--account", help="Whose console, where several are open.")]


@call_app.command("start")
def call_start(call_id: CallId = "", account: Whose = "", home: Home = None) -> None:
    """A call is on: an unused console covers what it shows, and locks later."""
    typer.echo(tell_call("start", call_id, account, home or before_command.get("home")))


@call_app.command("end")
def call_end(call_id: CallId = "", account: Whose = "", home: Home = None) -> None:
    """A call has ended; without --call-id all have."""
    typer.echo(tell_call("end", call_id, account, home or before_command.get("home")))
