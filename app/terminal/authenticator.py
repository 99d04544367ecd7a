"""Showing an authenticator's secret at a terminal: a QR code, and the key as text for those who cannot scan."""

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
