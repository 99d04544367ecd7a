"""What commands of `tirai` share: their common options, the home they work in, and the person who signs in to one.

Nothing heavy is imported before a command runs.
"""

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.storage.service_place import ServicePlace

if TYPE_CHECKING:
    from app.bootstrap.program import Program
    from app.session.command import CommandSession

Home = Annotated[Path | None, typer.Option("--home", help="Folder of this office; default: the user's data folder.")]
AsAccount = Annotated[str | None, typer.Option("--account", help="Who runs this command.")]
Stdin = Annotated[
    bool, typer.Option("--secrets-stdin", help="Read password and code from standard input, a line each.")
]
Json = Annotated[bool, typer.Option("--json", help="Answer as JSON.")]

THEMES = ("system", "light", "dark", "contrast")
LANGUAGES = ("en", "id")
SERVICE = ServicePlace()
"""The office of the whole workstation, where there is one."""
before_command: dict[str, Path] = {}
"""Options that stood before the command's name."""
worked_in: dict[str, Path] = {}
"""The home that the command works in, once it has one: a report of its fault goes there."""


def program_at(home: Path | None, theme: str = "system", language: str | None = None) -> "Program":
    """The program of a home, in a process that gives nothing away."""
    from app.bootstrap.program import Program
    from app.guardian.process import harden
    from app.terminal.crashes import take_over

    _refuse_unknown(theme, THEMES, "--theme")
    _refuse_unknown(language, LANGUAGES, "--lang")
    harden(keep=("QT_QPA_PLATFORM",))
    chosen = home or before_command.get("home")
    if is_service_home(chosen):
        return service_at_work()
    program = Program.at(chosen, theme, language)
    worked_in["home"] = program.places.home
    take_over(program.places.home)
    return program


def is_service_home(home: Path | None) -> bool:
    """Whether this is root, who names the folder of the workstation's office to work on it."""
    return home == SERVICE.home and hasattr(os, "geteuid") and os.geteuid() == 0


def service_at_work() -> "Program":
    """The program at work on the files of the workstation's office, as its user.

    Raises:
        NotAllowedError: this is neither root nor that user.
        WorkstationError: there is no such user.
    """
    from app.bootstrap.program import Program
    from app.guardian.process import harden
    from app.guardian.service_user import work_as_service
    from app.terminal.crashes import take_over

    harden()
    work_as_service(SERVICE)
    program = Program.of_service(SERVICE)
    worked_in["home"] = program.places.home
    take_over(program.places.home)
    return program


def text_of(path: Path | None) -> str | None:
    """What a file says that an option names; None where it names none.

    Raises:
        InputRefusedError: it cannot be read as text.
    """
    from app.domain.errors import InputRefusedError

    if path is None:
        return None
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as e:
        raise InputRefusedError(f"{path} cannot be read as a UTF-8 text file.") from e


def _refuse_unknown(word: str | None, known: tuple[str, ...], option: str) -> None:
    if word is not None and word not in known:
        raise typer.BadParameter(f"{option} is one of: {', '.join(known)}.")


def person(home: Path | None, account: str | None, secrets_stdin: bool, *, to_verify: bool = False) -> "SignedIn":
    """Whoever runs this command, signed in for as long as the block lasts."""
    return SignedIn(program_at(home), account, secrets_stdin, to_verify)


class SignedIn:
    """A signed-in command, ended when its block is left."""

    def __init__(self, program: "Program", account: str | None, secrets_stdin: bool, to_verify: bool) -> None:
        self._program, self._account, self._stdin = program, account, secrets_stdin
        self._to_verify = to_verify
        self.password = ""
        """As typed, for a change that wants it proved."""

    def __enter__(self) -> "CommandSession":
        """Ask who it is, start the office, and sign in: in this order, since an office that nobody needs leaves."""
        from app.bootstrap.terminal import sign_in_at_terminal
        from app.bootstrap.way_to_office import need_office
        from app.terminal.asking import ask_secrets

        need_office(self._program)
        secrets = ask_secrets(self._account, stdin=self._stdin)
        sign_in = sign_in_at_terminal(self._program)
        sign_in.office()
        enter = sign_in.sign_in_to_verify if self._to_verify else sign_in.sign_in_for_command
        self._session = enter(*secrets)
        _say_what_happened(self._session)
        self.password = secrets[1]
        return self._session

    def __exit__(self, *_error: object) -> None:
        """End the session."""
        self._session.end()


_USES = {
    "open": "opened this office again",
    "accept": "went on with a log or a book that was not as remembered",
    "restore": "restored this office from a backup",
    "grant": "handed class keys on",
}


_CHANGES = {
    "password": "Your password was changed",
    "authenticator": "Your authenticator was replaced",
    "recovery_codes": "New recovery codes were made for you",
    "reset": "Two people reset your account",
}


def _say_what_happened(session: "CommandSession") -> None:
    """Tell of what has happened since this person's last sign-in; not on standard output, which is an answer."""
    person = session.person
    for used in person.recoveries:
        at = _time(used.at)
        _tell(f"Two holders of the recovery kit {_USES[used.use]}, {at}. Ask who, if nobody told you.")
    for seen in person.unusual:
        why = ", ".join(word.replace("_", " ") for word in seen.why)
        _tell(f"Unusual sign-in of {seen.account} at {seen.workstation}, {_time(seen.at)}: {why}.")
    for alarm in person.alarms:
        what = f"{alarm.accounts} accounts failed to sign in at {alarm.workstation} within an hour"
        _tell(f"{what}, {_time(alarm.at)}. Find out who sits there.")
    if person.last_failed:
        times = ", ".join(map(_time, person.last_failed[-3:]))
        what = f"{len(person.last_failed)} failed tries since your last sign-in: {times}"
        _tell(f"{what}. Not you? Tell your supervisor.")
    for change in person.factor_changes:
        what = f"{_CHANGES[change.what]} at {change.workstation}, {_time(change.at)}"
        _tell(f"{what}. Not you? Tell your supervisor.")
    for other in person.ended_elsewhere:
        what = f"This sign-in has ended your session at {other.workstation}, of {_time(other.started_at)}"
        _tell(f"{what}. Not yours? Tell your supervisor.")


def _tell(sentence: str) -> None:
    from app.terminal.plain import plain

    typer.echo(plain(sentence), err=True)


def _time(at: float) -> str:
    import time

    return time.strftime("%Y-%m-%d %H:%M", time.localtime(at))
