"""Questions at a terminal. Passwords are never echoed; secrets come from a terminal or standard input alone."""

import getpass
import sys

from app.auth.names import account_name
from app.domain.errors import InputRefusedError


def ask_secrets(account: str | None, *, stdin: bool) -> tuple[str, str, str]:
    """Account, password and code of whoever runs a command.

    Args:
        account: what `--account` says.
        stdin: whether password and code are the first two lines of standard input.

    Raises:
        InputRefusedError: there is no terminal to ask at, and `--secrets-stdin` was not given.
    """
    if stdin:
        if account is None:
            raise InputRefusedError("With --secrets-stdin, name who you are: --account NAME.")
        return account_name(account), _line(), _line()
    need_terminal()
    name = account or ask("Account")
    return account_name(name), getpass.getpass("Password: "), getpass.getpass("Code from your authenticator: ")


def need_terminal() -> None:
    """Demand a person at a terminal.

    Raises:
        InputRefusedError: there is none.
    """
    if not sys.stdin.isatty():
        raise InputRefusedError("There is no terminal to ask at. Use --account NAME --secrets-stdin, or a terminal.")


def ask(question: str) -> str:
    """Ask for a line.

    Raises:
        InputRefusedError: the terminal was closed.
    """
    try:
        return input(f"{question}: ").strip()
    except EOFError:
        raise InputRefusedError("Stopped; nothing was changed.") from None


def _line() -> str:
    return sys.stdin.readline().rstrip("\r\n")
