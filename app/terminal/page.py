"""`tirai privacy page`: a customer's own page, shown in a browser of this desk, sent by a link, or served in public."""

import json
import re
import time
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from app.domain.privacy.consent import Speaker
from app.terminal.commands import AsAccount, Home, Json, Stdin, person, worked_in

REFERENCE = re.compile(r"([A-Za-z0-9][A-Za-z0-9._:/-]{0,63})?")
"""As `app.api.messages.consents.Reference`."""


class _ShowByDefault(TyperGroup):
    """`tirai privacy page NUMBER` is `tirai privacy page show NUMBER`."""

    def parse_args(self, ctx: Any, args: list[str]) -> Any:  # of the click that Typer brings along
        """Take a word that is no command for the customer of `show`."""
        known = not args or args[0] in self.commands or args[0] == "--help"
        return super().parse_args(ctx, args if known else ["show", *args])


page_app = typer.Typer(cls=_ShowByDefault, no_args_is_help=True, help="A customer's own page: show, send, serve.")


@page_app.command("show")
def show(
    customer: Annotated[str, typer.Argument(help="The customer's number.")],
    loopback: Annotated[
        bool, typer.Option("--loopback", help="Serve the page on this machine alone; the customer sits at it.")
    ] = False,
    speaker: Annotated[
        Speaker, typer.Option("--speaker", help="Who sits at it: themselves, or a child's guardian.")
    ] = Speaker.SELF,
    means: Annotated[
        str, typer.Option("--means", help="How a guardian was made sure of, or how somebody is spoken with.")
    ] = "",
    reference: Annotated[str, typer.Option("--reference", help="Of the evidence that was seen.")] = "",
    port: Annotated[int, typer.Option("--port", min=0, max=65_535, help="0 for any free one.")] = 0,
    home: Home = None,
    account: AsAccount = None,
    secrets_stdin: Stdin = False,
) -> None:
    """Show a customer the notice, the questions of consent and the form of their rights, for a quarter of an hour."""
    from app.api.server.page.application import PageParts
    from app.api.server.page.loopback import HOST, serve_at_desk
    from app.domain.privacy.means import MEANS, Speaking
    from app.storage.crash_reports import CrashReports

    if not Speaking(speaker, means).holds:
        raise typer.BadParameter(f"Say how: --means {' | '.join(MEANS[speaker]) or 'is for others alone'}.")
    if not REFERENCE.fullmatch(reference):
        raise typer.BadParameter("A reference has letters, digits and . _ : / - alone, 64 at most.")
    if not loopback:
        raise typer.BadParameter("A page is shown at a desk here: --loopback.")
    with person(home, account, secrets_stdin) as session:
        sitting = session.page_at_desk(customer, Speaking(speaker, means, reference))
        reports = CrashReports(worked_in["home"], "page")
        parts = PageParts(sitting, reports.keep)

        def began(at: int) -> None:
            typer.echo(f"http://{HOST}:{at}/p/{sitting.token}")
            typer.echo(
                "Open this in a browser of this machine, in a private window. It ends in 15 minutes, or by Ctrl-C."
            )

        serve_at_desk(parts, port, sitting.ends_ms, began)


@page_app.command("send")
def send(
    customer: Annotated[str, typer.Argument(help="The customer's number.")],
    as_json: Json = False,
    home: Home = None,
    account: AsAccount = None,
    secrets_stdin: Stdin = False,
) -> None:
    """Have a customer sent a link to their page, good once; neither the link nor their address is shown here."""
    with person(home, account, secrets_stdin) as session:
        until = session.send_page(customer)
    if as_json:
        typer.echo(json.dumps({"ok": True, "until": int(until)}))
    else:
        typer.echo(f"Sent. The link is good once, until {time.strftime('%Y-%m-%d %H:%M %Z', time.localtime(until))}.")


@page_app.command("serve")
def serve(
    config: Annotated[
        Path | None, typer.Option("--config", help="Configuration; default: /etc/tirai/page.toml.")
    ] = None,
) -> None:
    """Serve the pages of links that were sent, in public, until told to stop (SIGTERM); under an account of its own."""
    from app.gateway.page_config import USUAL_PLACE
    from app.gateway.page_serve import serve_page

    raise typer.Exit(serve_page(config or USUAL_PLACE, tell=typer.echo))
