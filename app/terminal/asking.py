"""Questions at a terminal. Passwords are never echoed; secrets come from a terminal or standard input alone."""

import getpass
import sys

from app.auth.names import account_name
from app.domain.errors import InputRefusedError


def ask_secrets(
    account: str | None, *, stdin: bool, code: str = "Code from your authenticator"
) -> tuple[str, str, str]:
    """Account, password and code of whoever runs a command.

    Args:
        account: what `--account` says.
        stdin: whether password and code are the first two lines of standard input.
        code: what is asked for as the second factor.

    Raises:
        InputRefusedError: there is no terminal to ask at, and `--secrets-stdin` was not given.
    """
    if stdin:
        if account is None:
            raise InputRefusedError("With --secrets-stdin, name who you are: --account NAME.")
        return account_name(account), read_line(), read_line()
    need_terminal(instead="--account NAME --secrets-stdin")
    name = account or ask("Account")
    return account_name(name), getpass.getpass("Password: "), getpass.getpass(f"{code}: ")


def ask_secret(question: str, *, stdin: bool) -> str:
    """One more secret of whoever runs a command: typed without an echo, or the next line of standard input.

    Raises:
        InputRefusedError: the terminal was closed.
    """
    if stdin:
        return read_line()
    try:
        return getpass.getpass(f"{question}: ")
    except EOFError:
        raise InputRefusedError("Stopped; nothing was changed.") from None


def need_terminal(instead: str = "") -> None:
    """Demand a person at a terminal.

    Args:
        instead: the options that do without one, where there are some.

    Raises:
        InputRefusedError: there is none.
    """
    if not sys.stdin.isatty():
        use = f"Use {instead}, or a terminal." if instead else "Run this command at a terminal."
        raise InputRefusedError(f"There is no terminal to ask at. {use}")


def ask(question: str) -> str:
    """Ask for a line.

    Raises:
        InputRefusedError: the terminal was closed.
    """
    try:
        return input(f"{question}: ").strip()
    except EOFError:
        raise InputRefusedError("Stopped; nothing was changed.") from None


def read_line() -> str:
    """The next line of standard input."""
    return sys.stdin.readline().rstrip("\r\n")
