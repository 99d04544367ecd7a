"""`tirai compliance`: the office's proof, as a privacy officer makes it."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.domain.errors import InputRefusedError
from app.terminal.commands import LANGUAGES, AsAccount, Home, Json, Stdin, person
from app.terminal.counting import counting

if TYPE_CHECKING:
    from app.domain.compliance.finding import Finding
    from app.session.privacy.compliance import Form, Kind
    from app.session.shown_who_saw import Language
    from app.terminal.commands import SignedIn

compliance_app = typer.Typer(no_args_is_help=True, help="Proof: control by control, with evidence of now.")

_LOOKING = "The office looks at itself: part {n}; Ctrl-C stops, and nothing is written"
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
    known, form = known_language(language), form_of(output)
    with person(home, account, secrets_stdin) as session, counting(_LOOKING) as tell:
        if output is not None:
            entry = session.proofs.save("report", form, known, output, tell)
        else:
            found = session.proofs.controls(tell)
    if output is not None:
        say_saved(output, entry)
        return
    if as_json:
        typer.echo(json.dumps([_as_json(one) for one in found], ensure_ascii=False))
    else:
        _tell(found, known)


@compliance_app.command("review")
def review(
    output: Annotated[Path, typer.Option("--output", help="New file; its ending says the form: .html or .pdf.")],
    language: Language_ = "en",
    home: Home = None,
    account: AsAccount = None,
    secrets_stdin: Stdin = False,
) -> None:
    """Who holds which class and when it was last used, for the quarterly check."""
    _save("review", output, language, person(home, account, secrets_stdin))


@compliance_app.command("assessment")
def assessment(
    output: Annotated[Path, typer.Option("--output", help="New file; its ending says the form: .html or .pdf.")],
    language: Language_ = "en",
    home: Home = None,
    account: AsAccount = None,
    secrets_stdin: Stdin = False,
) -> None:
    """The draft of the impact assessment (UU PDP article 34), filled from the inventory."""
    _save("assessment", output, language, person(home, account, secrets_stdin))


@compliance_app.command("pack")
def pack(
    output: Annotated[Path, typer.Option("--output", help="New file, such as evidence.zip.")],
    language: Language_ = "en",
    home: Home = None,
    account: AsAccount = None,
    secrets_stdin: Stdin = False,
) -> None:
    """Report, review, assessment, book, proof of the log, policy and inventory in one file that the office signs."""
    known = known_language(language)
    with person(home, account, secrets_stdin) as session, counting(_LOOKING) as tell:
        entry = session.proofs.save_pack(known, output, tell)
    say_saved(output, entry)


@compliance_app.command("verify")
def verify(
    file: Annotated[Path, typer.Argument(metavar="PACK", help="An evidence pack.")],
    office: Annotated[
        str | None, typer.Option("--office", help="O of the office in hexadecimal, as its documents show it.")
    ] = None,
) -> None:
    """Prove without the office that a pack is whole and signed by it."""
    import time

    from app.auth.evidence_pack import verified
    from app.resource_files import resource_text
    from app.terminal.plain import plain

    known = _office(office)
    facts = verified(_content(file), resource_text("policy", "default.toml"), known)
    made = time.strftime("%Y-%m-%d %H:%M", time.localtime(facts.made_ms / 1000))
    typer.echo(plain(f"The pack holds: {len(facts.files)} files, signed by the office {facts.office_name}."))
    typer.echo(plain(f"Made {made} by {facts.made_by}. The log had {facts.entries} entries then, up to"))
    typer.echo(f"{facts.head.hex()}.")
    if known is None:
        typer.echo("Whether it is the office that you mean, compare this O with a document of it:")
        typer.echo(facts.office.hex())


def _office(office: str | None) -> bytes | None:
    if office is None:
        return None
    try:
        known = bytes.fromhex(office)
    except ValueError:
        known = b""
    if len(known) != 32:
        raise InputRefusedError("O has 64 hexadecimal digits.")
    return known


def _content(file: Path) -> bytes:
    from app.auth.evidence_pack import LARGEST

    try:
        with file.open("rb") as opened:
            content = opened.read(LARGEST + 1)
    except OSError as e:
        raise InputRefusedError(f"{file} cannot be read.") from e
    if len(content) > LARGEST:
        raise InputRefusedError(f"{file} is larger than an evidence pack.")
    return content


def _save(kind: "Kind", output: Path, language: str, signed_in: "SignedIn") -> None:
    known, form = known_language(language), form_of(output)
    with signed_in as session, counting(_LOOKING) as tell:
        entry = session.proofs.save(kind, form, known, output, tell)
    say_saved(output, entry)


def say_saved(output: Path, entry: int) -> None:
    """Say where a document lies, and which entry tells of it."""
    typer.echo(f"Saved as {output}. It stays there: no wipe removes it. Audit entry {entry}.")


def known_language(language: str) -> "Language":
    """A language that documents have.

    Raises:
        InputRefusedError: it is none of them.
    """
    if language not in LANGUAGES:
        raise InputRefusedError(f"--language is one of: {', '.join(LANGUAGES)}.")
    return "id" if language == "id" else "en"


def form_of(output: Path | None) -> "Form":
    """The form that a file's ending asks for.

    Raises:
        InputRefusedError: it asks for none.
    """
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
