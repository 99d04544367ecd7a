"""The first sign-in at a terminal: activation code, password, authenticator, one right code."""

import getpass
from collections.abc import Callable

import typer

from app.auth.activation import parse_code
from app.bootstrap.program import Program
from app.bootstrap.terminal import enrol_at_terminal
from app.bootstrap.way_to_office import need_office
from app.domain.errors import InputRefusedError, NotAllowedError
from app.domain.role import Role
from app.session.shown import Secret
from app.terminal.asking import ask, need_terminal
from app.terminal.authenticator import show_recovery_codes, show_secret
from app.terminal.plain import plain

_TRIES = 3


def activate(program: Program, account: str, *, totp_sha256: bool = False) -> None:
    """Lead a person through it.

    Raises:
        TiraiError: refused; nothing was changed.
    """
    need_terminal()
    need_office(program)
    code = ask("Activation code")
    parse_code(code)
    enrol = enrol_at_terminal(program)
    try:
        offer = enrol.begin(account, code, totp_sha256=totp_sha256)
        typer.echo(
            f"Welcome, {plain(offer.display_name)}. Choose a password of at least 15 characters; words are fine."
        )
        password = choose_password(enrol.check_password)
        show_secret(offer.uri.reveal(), offer.secret.reveal())
        codes = _finish(enrol.finish, password)
    finally:
        enrol.close()
    show_recovery_codes([code.reveal() for code in codes])
    if offer.role == Role.ADMINISTRATOR:
        typer.echo(f"Your account {account} is ready. Open the console with: tirai")
    else:
        typer.echo(f"Your account {account} is ready. A supervisor still has to hand you your class keys;")
        typer.echo("masks and search work already. Open the console with: tirai")


def choose_password(check: Callable[[str], None]) -> str:
    """Ask for a new password twice, until it is accepted.

    Args:
        check: raises InputRefusedError with what to do.

    Raises:
        InputRefusedError: three refusals.
    """
    for left in reversed(range(_TRIES)):
        try:
            return _password_twice(check)
        except InputRefusedError as e:
            if not left:
                raise
            typer.echo(e.message)
    raise InputRefusedError("No password was chosen; nothing was changed.")


def _password_twice(check: Callable[[str], None]) -> str:
    first = getpass.getpass("New password: ")
    check(first)
    if getpass.getpass("Again: ") != first:
        raise InputRefusedError("The two are not the same.")
    return first


def _finish(finish: Callable[[str, str], tuple[Secret, ...]], password: str) -> tuple[Secret, ...]:
    for left in reversed(range(_TRIES)):
        try:
            return finish(password, getpass.getpass("Code from your authenticator: "))
        except NotAllowedError as e:
            if not left or e.code != "wrong_code":
                raise
            typer.echo(e.message)
    raise AssertionError("unreachable")
