"""`tirai privacy page`: a customer's own page in a browser of this desk."""

from typing import Annotated

import typer

from app.terminal.commands import AsAccount, Home, Stdin, person, worked_in


def page(
    customer: Annotated[str, typer.Argument(help="The customer's number.")],
    loopback: Annotated[
        bool, typer.Option("--loopback", help="Serve the page on this machine alone; the customer sits at it.")
    ] = False,
    port: Annotated[int, typer.Option("--port", min=0, max=65_535, help="0 for any free one.")] = 0,
    home: Home = None,
    account: AsAccount = None,
    secrets_stdin: Stdin = False,
) -> None:
    """Show a customer the notice, the questions of consent and the form of their rights, for a quarter of an hour."""
    from app.api.server.page.application import PageParts
    from app.api.server.page.loopback import HOST, serve_at_desk
    from app.storage.crash_reports import CrashReports

    if not loopback:
        raise typer.BadParameter("A page is shown at a desk here: --loopback.")
    with person(home, account, secrets_stdin) as session:
        sitting = session.page_at_desk(customer)
        reports = CrashReports(worked_in["home"], "page")
        parts = PageParts(sitting, reports.keep)

        def began(at: int) -> None:
            typer.echo(f"http://{HOST}:{at}/p/{sitting.token}")
            typer.echo(
                "Open this in a browser of this machine, in a private window. It ends in 15 minutes, or by Ctrl-C."
            )

        serve_at_desk(parts, port, sitting.ends_ms, began)
