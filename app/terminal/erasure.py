"""`tirai erasure`: check a certificate; let somebody come back. Nothing heavy is imported before a command runs."""

import json
from pathlib import Path
from typing import Annotated

import typer

from app.terminal.commands import Home, Json
from app.terminal.readmission import readmit_app

erasure_app = typer.Typer(no_args_is_help=True, help="Erasures of customers: check a certificate, let one come back.")
erasure_app.add_typer(readmit_app, name="readmit")


@erasure_app.command()
def verify(
    file: Annotated[Path, typer.Argument(help="The certificate, as the privacy desk saved it (JSON).")],
    office: Annotated[str, typer.Option("--office", help="Which office has to have signed it, in hex.")] = "",
    as_json: Json = False,
    home: Home = None,
) -> None:
    """Say whether a certificate of erasure or of a destroyed backup key is true; needs no code and no office."""
    from app.auth.erasure_certificate import LONGEST, checked_certificate, office_of
    from app.domain.erasure.certificate_words import said
    from app.domain.errors import InputRefusedError
    from app.terminal.plain import plain

    del home  # every command takes it
    try:
        pinned = bytes.fromhex(office) if office else None
        with file.open("rb") as opened:
            text = opened.read(LONGEST).decode()
    except (OSError, ValueError) as e:
        raise InputRefusedError(f"{file} cannot be read, or the office is not in hex.", code="certificate") from e
    found = checked_certificate(text, pinned)
    if as_json:
        typer.echo(json.dumps({"ok": True, "office": office_of(found).hex(), "certificate": found}))
        return
    if "period" in found:
        people = " and ".join(plain(one["account"]) for one in found["people"])
        typer.echo(
            f"The backup key {plain(found['period'])} of {plain(found['office_name'])} was destroyed by {people},"
        )
        typer.echo(f"{found['destroyed']}: it is as the office {office_of(found).hex()[:16]} has signed it.")
        return
    typer.echo(f"{said('title.' + found['action'], 'en')} no. {found['number']}, {plain(found['office_name'])}: it is")
    typer.echo(f"as the office {office_of(found).hex()[:16]} has signed it, {found['made']}.")
    typer.echo(f"  ordered by {plain(found['proposed']['name'])}, approved by {plain(found['approved']['name'])}")
    for fate, count in sorted(found["fates"].items()):
        typer.echo(f"  customers {fate}: {count}")
    for backup in found["backups"]:
        typer.echo(f"  a backup under {backup['period']} holds their keys until {backup['until']}")
    for code in found["remarks"]:
        typer.echo(f"  {said(code, 'en')}")
