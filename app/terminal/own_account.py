"""`tirai account password`, `authenticator`, `recovery-codes`, `sessions`: one's own; `release`: a colleague's waits.

The sign-in of the command is the proof of password and code that a change wants. With `--secrets-stdin` what is asked
further is read from standard input too, a line each.
"""

import json
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated

import typer

from app.terminal.commands import AsAccount, Home, Json, Stdin, person, program_at
from app.terminal.plain import plain, plain_lines

if TYPE_CHECKING:
    from pathlib import Path

    from app.session.my_account import NewAuthenticator, OwnSession, OwnSignIn
    from app.session.release import ThrottledAccount

_TRIES = 3
_SHOWN = 10
Sha256 = Annotated[bool, typer.Option("--sha256", help="Codes by SHA-256; few authenticators can.")]


def register(account_app: typer.Typer) -> None:
    """Put the commands beside the other ones about accounts."""
    for name, command in (
        ("password", password),
        ("authenticator", authenticator),
        ("recovery-codes", recovery_codes),
        ("sessions", sessions),
        ("release", release),
    ):
        account_app.command(name)(command)


def password(home: Home = None, account: AsAccount = None, secrets_stdin: Stdin = False) -> None:
    """Change your password. Standard input, if used: password, code, new password."""
    from app.terminal.asking import ask_secret
    from app.terminal.enrolment import choose_password

    command = person(home, account, secrets_stdin)
    with command as session:
        own = session.my_account
        new = ask_secret("", stdin=True) if secrets_stdin else choose_password(own.check_password)
        own.change_password(command.password, new)
    typer.echo("Your password is changed. Your other sessions have ended.")


def authenticator(
    recovery_code: Annotated[
        bool, typer.Option("--recovery-code", help="The old one is gone: sign in with a recovery code.")
    ] = False,
    sha256: Sha256 = False,
    home: Home = None,
    account: AsAccount = None,
    secrets_stdin: Stdin = False,
) -> None:
    """Replace your authenticator. Standard input, if used: password, code (or recovery code), code of the new one."""
    if recovery_code:
        _replace_lost(home, account, secrets_stdin, sha256)
    else:
        command = person(home, account, secrets_stdin)
        with command as session:
            own = session.my_account
            _set_up(
                own.begin_authenticator(command.password, totp_sha256=sha256), own.finish_authenticator, secrets_stdin
            )
    typer.echo("Your new authenticator is set up; the old one does not work any more. Your other sessions have ended.")


def _replace_lost(home: "Path | None", account: str | None, secrets_stdin: bool, sha256: bool) -> None:
    from app.bootstrap.terminal import sign_in_at_terminal
    from app.bootstrap.way_to_office import need_office
    from app.terminal.asking import ask_secrets

    program = program_at(home)
    need_office(program)
    secrets = ask_secrets(account, stdin=secrets_stdin, code="Recovery code")
    sign_in = sign_in_at_terminal(program)
    sign_in.office()
    replacing = sign_in.sign_in_to_replace(*secrets)
    try:
        _set_up(replacing.begin(totp_sha256=sha256), replacing.finish, secrets_stdin)
    finally:
        replacing.end()


def _set_up(offer: "NewAuthenticator", finish: Callable[[str], None], secrets_stdin: bool) -> None:
    """Show a new authenticator's secret and take a code that it shows."""
    from app.domain.errors import NotAllowedError
    from app.terminal.asking import ask_secret
    from app.terminal.authenticator import show_secret

    show_secret(offer.uri.reveal(), offer.secret.reveal())
    for left in reversed(range(1 if secrets_stdin else _TRIES)):
        try:
            finish(ask_secret("Code from your new authenticator", stdin=secrets_stdin))
        except NotAllowedError as e:
            if not left or e.code != "wrong_code":
                raise
            typer.echo(e.message)
        else:
            return


def recovery_codes(
    new: Annotated[bool, typer.Option("--new", help="Make ten new ones; earlier ones stop working.")] = False,
    home: Home = None,
    account: AsAccount = None,
    secrets_stdin: Stdin = False,
) -> None:
    """Say how many recovery codes are left, or make new ones."""
    from app.terminal.authenticator import show_recovery_codes

    command = person(home, account, secrets_stdin)
    with command as session:
        own = session.my_account
        if new:
            show_recovery_codes([code.reveal() for code in own.new_recovery_codes(command.password)])
        else:
            left = own.factors().recovery_codes
            typer.echo(f"Unused recovery codes: {left}. Ten new ones: tirai account recovery-codes --new")


def sessions(
    end_others: Annotated[bool, typer.Option("--end-others", help="End every session but this one.")] = False,
    as_json: Json = False,
    home: Home = None,
    account: AsAccount = None,
    secrets_stdin: Stdin = False,
) -> None:
    """Your running sessions and last sign-ins."""
    with person(home, account, secrets_stdin) as session:
        own = session.my_account
        ended = own.end_others() if end_others else None
        running, sign_ins = own.sessions(), own.sign_ins(_SHOWN)
    if as_json:
        data = {
            "ended": ended,
            "sessions": [_session_json(s) for s in running],
            "sign_ins": [_try_json(s) for s in sign_ins],
        }
        typer.echo(json.dumps(data))
        return
    if ended is not None:
        typer.echo(f"Ended: {ended}.\n")
    typer.echo("\n".join(_lines(running, sign_ins)))


def _session_json(session: "OwnSession") -> dict[str, object]:
    return {
        "session": session.id,
        "kind": session.kind,
        "workstation": session.workstation,
        "started_at": session.started_at,
        "ends_at": session.ends_at,
        "this": session.this,
    }


def _try_json(tried: "OwnSignIn") -> dict[str, object]:
    return {
        "at": tried.at,
        "workstation": tried.workstation,
        "kind": tried.kind,
        "ok": tried.ok,
        "reason": tried.reason,
    }


def _lines(running: "list[OwnSession]", sign_ins: "list[OwnSignIn]") -> list[str]:
    lines = ["Running sessions:"]
    for session in running:
        what = f"{session.kind:<9} {session.workstation:<20} since {_time(session.started_at)}"
        lines.append(f"  {what}{'  (this one)' if session.this else ''}")
    lines += ["", "Last sign-ins and tries:"]
    for tried in sign_ins:
        how = tried.kind if tried.ok else f"failed ({tried.reason})"
        lines.append(f"  {_time(tried.at)}  {tried.workstation:<20} {how}")
    return plain_lines(lines)


def _time(at: float) -> str:
    return time.strftime("%Y-%m-%d %H:%M:%S", time.localtime(at))


def release(
    name: Annotated[str | None, typer.Argument(help="Account name; without one, who waits is listed.")] = None,
    home: Home = None,
    account: AsAccount = None,
    secrets_stdin: Stdin = False,
) -> None:
    """Let a throttled colleague try again at once, as a supervisor who has seen who it is."""
    with person(home, account, secrets_stdin) as session:
        if name is not None:
            session.release_throttle(name)
            typer.echo(f"{name} may try again at once.")
            return
        waiting = session.throttled()
    typer.echo("\n".join(_waiting_line(w) for w in waiting) or "Nobody waits here.")


def _waiting_line(waiting: "ThrottledAccount") -> str:
    told = f"{waiting.failed} failed tries" + (f", wait {waiting.wait_s} s" if waiting.wait_s else "")
    if waiting.until_released:
        told += ", codes refused until released"
    elif waiting.codes_wait_s:
        told += f", codes refused for {waiting.codes_wait_s // 60 + 1} min"
    return plain(f"{waiting.account:<20} {waiting.display_name:<24} {told}")
