"""`tirai call` and `tirai pop` as the parser of commands knows them; `app/terminal/calls.py` does the work."""

from typing import Annotated

import typer

from app.terminal.calls import tell_call, tell_caller
from app.terminal.commands import Home, before_command

call_app = typer.Typer(no_args_is_help=True, help="Calls, as a softphone tells them to the open console.")

CallId = Annotated[str, typer.Option("--call-id", help="The softphone's name of this call.")]
Whose = Annotated[str, typer.Option("--account", help="Whose console, where several are open.")]
Phone = Annotated[
    str, typer.Option("--phone", help="The caller's number as the softphone has it; empty or a word: withheld.")
]


@call_app.command("start")
def call_start(call_id: CallId = "", account: Whose = "", home: Home = None) -> None:
    """A call is on: an unused console covers what it shows, and locks later."""
    typer.echo(tell_call("start", call_id, account, home or before_command.get("home")))


@call_app.command("end")
def call_end(call_id: CallId = "", account: Whose = "", home: Home = None) -> None:
    """A call has ended; without --call-id all have."""
    typer.echo(tell_call("end", call_id, account, home or before_command.get("home")))


@call_app.command("hold")
def call_hold(call_id: CallId = "", account: Whose = "", home: Home = None) -> None:
    """A call is on hold; without --call-id the one that is talked on."""
    typer.echo(tell_call("hold", call_id, account, home or before_command.get("home")))


@call_app.command("resume")
def call_resume(call_id: CallId = "", account: Whose = "", home: Home = None) -> None:
    """A held call goes on; without --call-id the one that was held last."""
    typer.echo(tell_call("resume", call_id, account, home or before_command.get("home")))


def pop(phone: Phone, call_id: CallId = "", account: Whose = "", home: Home = None) -> None:
    """Somebody calls: the open console shows whose number it is. With --call-id the call is on, too."""
    typer.echo(tell_caller(phone, call_id, account, home or before_command.get("home")))
