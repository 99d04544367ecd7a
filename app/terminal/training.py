"""`tirai training`: who is due, a certificate checked against the office's key, and lessons checked for faults."""

import json
import time
from pathlib import Path
from typing import Annotated

import typer

from app.domain.errors import InputRefusedError, VerificationError
from app.domain.training.lesson import LANGUAGES, LESSONS
from app.domain.training.lesson_set import faults
from app.resource_files import resource_path
from app.terminal.commands import AsAccount, Home, Json, Stdin, person

training_app = typer.Typer(no_args_is_help=True, help="Training.")


@training_app.command("report")
def report(
    everybody: Annotated[bool, typer.Option("--all", help="Also who is due with nothing and failed nothing.")] = False,
    language: Annotated[str, typer.Option("--language", help="Of questions: en or id.")] = "en",
    as_json: Json = False,
    home: Home = None,
    account: AsAccount = None,
    secrets_stdin: Stdin = False,
) -> None:
    """Who is due, who failed where, what is missed most: of one's agents; for privacy officers of everybody."""
    from app.terminal.compliance import known_language
    from app.terminal.training_report import json_of, lines_of

    known = known_language(language)
    with person(home, account, secrets_stdin) as session:
        found = session.training_reports(known).report()
    if as_json:
        typer.echo(json_of(found))
        return
    for line in lines_of(found, everybody=everybody):
        typer.echo(line)


@training_app.command("verify")
def verify(
    file: Annotated[Path, typer.Argument(help="The certificate (JSON), as the console saved it.")],
    as_json: Json = False,
    home: Home = None,
    account: AsAccount = None,
    secrets_stdin: Stdin = False,
) -> None:
    """Check that this office signed a certificate, and whether it counts; exit code 6 where it does not hold."""
    from app.auth.training_certificate import TrainingCertificate
    from app.crypto.errors import SealError
    from app.domain.training.certificate_file import read_certificate

    office, parts, signature = read_certificate(_text_of(file))
    certificate = TrainingCertificate(**parts)  # type: ignore[arg-type]  # judged by the reader
    with person(home, account, secrets_stdin) as session:
        key, own = session.office_key()
    if office != own:
        raise VerificationError("Another office made this certificate.")
    try:
        certificate.check(own, key, signature)
    except (SealError, OverflowError) as e:
        raise VerificationError("The certificate does not hold: this office did not sign it, or it was altered.") from e
    counts = certificate.holds(int(time.time() * 1000))
    if as_json:
        said = {name: parts[name] for name in ("account", "lesson", "version", "right", "asked")}
        times = {"passed_ms": certificate.passed_ms, "expires_ms": certificate.expires_ms}
        typer.echo(json.dumps({"ok": True, "counts": counts, **said, **times}))
        return
    passed, ends = (
        time.strftime("%Y-%m-%d", time.gmtime(at / 1000)) for at in (certificate.passed_ms, certificate.expires_ms)
    )
    typer.echo("The certificate holds: this office signed it, and nothing in it was altered.")
    typer.echo(f"{certificate.account}, lesson {certificate.lesson} (version {certificate.version}): "
               f"{certificate.right} of {certificate.asked} right, passed {passed}.")  # fmt: skip
    typer.echo(f"It counts until {ends}." if counts else f"It does not count now; it did from {passed} until {ends}.")


@training_app.command("check")
def check(
    folder: Annotated[
        Path | None, typer.Argument(help="Folder with en/ and id/; default: the lessons that came with Tirai.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Judge all lessons and the rules of conduct: each fault by file and line; exit code 3 where there is one."""
    place = folder or resource_path("training")
    found = faults(lambda language, file: (place / language / file).read_text("utf-8"))
    if as_json:
        rows = [{"file": fault.file, "line": fault.line, "reason": fault.reason} for fault in found]
        typer.echo(json.dumps({"ok": not found, "faults": rows}))
    else:
        for fault in found:
            typer.echo(fault.message)
        if not found:
            typer.echo(f"{len(LESSONS)} lessons in {len(LANGUAGES)} languages and the rules of conduct are good.")
    raise SystemExit(3 if found else 0)


def _text_of(file: Path) -> str:
    from app.domain.training.certificate_file import LONGEST_FILE

    try:
        with file.open("rb") as opened:
            data = opened.read(LONGEST_FILE + 1)
        return data.decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputRefusedError(f"{file} cannot be read as a UTF-8 text file.") from error
