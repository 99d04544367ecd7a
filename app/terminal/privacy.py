"""`tirai privacy`: receipts checked anywhere, a customer's page, the record of processing, exports, letters."""

import json
import time
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.domain.errors import InputRefusedError, VerificationError
from app.terminal.analytics import export_app
from app.terminal.commands import AsAccount, Home, Json, Stdin, person
from app.terminal.letters import letters_app
from app.terminal.page import page_app
from app.terminal.plain import plain_lines

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.domain.privacy.unused import FieldUse

HOW = {
    "spoken": "on the telephone",
    "desk": "in person",
    "letter": "by letter",
    "web": "on the customer's own page",
}
WHO = {
    "self": "the customer",
    "guardian": "a parent or guardian, for a child",
    "assisted": "the customer, in the way of communication that suits them",
    "carer": "the customer's guardian, with them",
}
"""Channels and speakers of a receipt, for whoever checks one without the office."""

privacy_app = typer.Typer(no_args_is_help=True, help="The privacy desk.")
privacy_app.add_typer(export_app, name="export")
privacy_app.add_typer(page_app, name="page")
privacy_app.add_typer(letters_app, name="letters")


@privacy_app.callback()
def _group() -> None:
    """Keeps `verify-receipt` a command of its own."""


@privacy_app.command("verify-receipt")
def verify_receipt(
    file: Annotated[Path, typer.Argument(help="The receipt (JSON).")],
    office: Annotated[
        str | None, typer.Option("--office", help="Id of the office that must have signed it, as Tirai prints it.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Check that a receipt is whole and which office signed it; exit code 6 where it does not hold."""
    from app.auth.consent_receipt import ReceiptError, verified

    try:
        receipt = verified(_text_of(file))
    except ReceiptError as e:
        raise VerificationError(f"The receipt does not hold: {e}.") from e
    if office is not None and office.strip().lower() != receipt.office:
        raise VerificationError("The receipt holds, but another office signed it.")
    if as_json:
        typer.echo(json.dumps({"ok": True, **asdict(receipt)}, ensure_ascii=False))
        return
    at = time.strftime("%Y-%m-%d %H:%M:%S UTC", time.gmtime(receipt.at_ms / 1000))
    typer.echo("The receipt is whole.")
    lines = {
        "Customer": receipt.customer,
        "Consent": receipt.said,
        "To": f"{receipt.question} ({receipt.purpose})",
        "When": at,
        "How": HOW.get(receipt.channel, receipt.channel),
        "Who said it": WHO.get(receipt.speaker, receipt.speaker),
        "Recording": receipt.recording,
        "Written down by": receipt.agent or "the customer alone",
        "Notice": f"{receipt.notice} {receipt.notice_hash}".strip(),
        "Signed by": f"{receipt.office_name}, office {receipt.office}",
    }
    for name, text in lines.items():
        if text:
            typer.echo(f"{name}: {text}")
    if office is None:
        typer.echo("Compare the office's id with the one that the organisation gives you; --office does that.")


@privacy_app.command("record")
def record(
    output: Annotated[Path, typer.Option("--output", help="New file; its ending says the form: .html or .pdf.")],
    language: Annotated[str, typer.Option("--language", help="en or id.")] = "en",
    home: Home = None,
    account: AsAccount = None,
    secrets_stdin: Stdin = False,
) -> None:
    """The record of processing activities (UU PDP article 31), computed from the inventory."""
    from app.terminal.compliance import form_of, known_language, say_saved

    known, form = known_language(language), form_of(output)
    with person(home, account, secrets_stdin) as session:
        say_saved(output, session.record.save(known, form, output))


@privacy_app.command("unused-fields")
def unused_fields(
    as_json: Json = False, home: Home = None, account: AsAccount = None, secrets_stdin: Stdin = False
) -> None:
    """Sealed fields that nobody opened, used or compared in 90 days (UU PDP article 27: collect what is needed)."""
    with person(home, account, secrets_stdin) as session:
        uses = session.record.uses()
    typer.echo(uses_json(uses) if as_json else "\n".join(plain_lines(uses_lines(uses))))


def uses_lines(uses: "Sequence[FieldUse]") -> list[str]:
    """For a person: the fields that are not used, and of which nothing can be said."""
    from app.domain.privacy.unused import DAYS, Usage

    unused = [one.field for one in uses if one.usage is Usage.UNUSED]
    early = [one.field for one in uses if one.usage is Usage.TOO_EARLY]
    used = sum(one.usage is Usage.USED for one in uses)
    unknown = sum(one.usage is Usage.UNKNOWN for one in uses)
    told = [f"{name}: nobody opened, used or compared it in {DAYS} days. Stop collecting it?" for name in unused]
    told += [f"{name}: not used yet; the log is younger than {DAYS} days." for name in early]
    if not told:
        told = [f"Each sealed field was used in the last {DAYS} days."]
    return [
        *told,
        f"Used: {used} fields. Open (a card that is shown asks nobody, so the log cannot tell): {unknown} fields.",
    ]


def uses_json(uses: "Sequence[FieldUse]") -> str:
    """For a program: every field, in the order of the inventory."""
    from app.domain.privacy.unused import DAYS

    fields = [
        {"field": one.field, "usage": one.usage.value, "times": one.times, "last_ms": one.last_ms} for one in uses
    ]
    return json.dumps({"days": DAYS, "fields": fields})


def _text_of(file: Path) -> str:
    from app.auth.consent_receipt import LARGEST

    try:
        with file.open("rb") as opened:
            data = opened.read(LARGEST + 1)
        if len(data) > LARGEST:
            raise InputRefusedError(f"{file} is larger than a receipt can be.")
        return data.decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputRefusedError(f"{file} cannot be read as a UTF-8 text file.") from error
