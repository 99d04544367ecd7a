"""Showing what belongs to a second factor at a terminal: an authenticator's QR code and key, and recovery codes."""

import io

import segno
import typer


def show_secret(uri: str, secret: str) -> None:
    """Print the QR code and the key."""
    picture = io.StringIO()
    segno.make(uri, error="l").terminal(out=picture, compact=True, border=2)
    typer.echo("Scan this with your authenticator app:")
    typer.echo(picture.getvalue())
    typer.echo(f"Cannot scan? Key: {' '.join(secret[i : i + 4] for i in range(0, len(secret), 4))}")


def show_recovery_codes(codes: list[str]) -> None:
    """Print recovery codes, in two columns."""
    typer.echo("\nYour recovery codes. Each replaces a lost authenticator once, together with your password.")
    typer.echo("They are shown once: write them down, or print this page, and keep it where your phone is not.\n")
    half = (len(codes) + 1) // 2
    for number, code in enumerate(codes[:half], 1):
        beside = f"    {number + half:>2}  {codes[number + half - 1]}" if number + half <= len(codes) else ""
        typer.echo(f"  {number:>2}  {code}{beside}")
    typer.echo("")
