"""`tirai compliance`: the office's proof, as a privacy officer makes it."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.domain.errors import InputRefusedError
from app.terminal.commands import LANGUAGES, AsAccount, Home, Json, Stdin, person

if TYPE_CHECKING:
    from app.domain.compliance.finding import Finding
    from app.session.privacy.compliance import Form
    from app.session.shown_who_saw import Language

compliance_app = typer.Typer(no_args_is_help=True, help="Proof: control by control, with evidence of now.")

Language_ = Annotated[str, typer.Option("--language", help="en or id.")]
Output = Annotated[Path | None, typer.Option("--output", help="New file; its ending says the form: .html or .pdf.")]


@compliance_app.callback()
def _group() -> None:
    """Keeps the commands commands of their own."""


@compliance_app.command("report")
def report(
    output: Output = None,
    language: Language_ = "en",
    as_json: Json = False,
    home: Home = None,
    account: AsAccount = None,
    secrets_stdin: Stdin = False,
) -> None:
    """Each control of law and standards with its evidence of now; as a file, or as lines here."""
    known, form = _language(language), _form(output)
    with person(home, account, secrets_stdin) as session:
        if output is not None:
            entry = session.proofs.save("report", form, known, output)
            typer.echo(f"Saved as {output}. It stays there: no wipe removes it. Audit entry {entry}.")
            return
        found = session.proofs.controls()
    if as_json:
        typer.echo(json.dumps([_as_json(one) for one in found], ensure_ascii=False))
    else:
        _tell(found, known)


def _language(language: str) -> "Language":
    if language not in LANGUAGES:
        raise InputRefusedError(f"--language is one of: {', '.join(LANGUAGES)}.")
    return "id" if language == "id" else "en"


def _form(output: Path | None) -> "Form":
    """The form that a file's ending asks for."""
    ending = ".html" if output is None else output.suffix.lower()
    if ending not in {".html", ".pdf"}:
        raise InputRefusedError("Name a file that ends in .html or .pdf.")
    return "pdf" if ending == ".pdf" else "html"


def _tell(found: "tuple[Finding, ...]", language: str) -> None:
    from app.terminal.plain import plain

    for one in found:
        state = "met" if one.found.is_met else "NOT MET HERE"
        typer.echo(plain(f"{one.control.source.label} {one.control.article}: {state}. {one.found.text(language)}"))
    met = sum(one.found.is_met for one in found)
    typer.echo(f"{met} of {len(found)} controls are met.")


def _as_json(one: "Finding") -> dict[str, object]:
    return {
        "source": one.control.source.value,
        "article": one.control.article,
        "asks": one.control.en,
        "met": one.found.is_met,
        "evidence": one.found.en,
        "at_ms": one.at_ms,
    }
