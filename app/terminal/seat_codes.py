"""`tirai seat invite` and `enrol`: workstations become known by one-time codes; `tirai gateway seat-code` at a server.

A code is a secret: it is typed, or comes from a file or standard input, and never stands among a program's arguments or
in its environment, where others read it.
"""

import csv
import io
import re
import time
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.terminal.commands import AsAccount, Home, Stdin, person, program_at, text_of

if TYPE_CHECKING:
    from app.session.workstations import WorkstationCode

Config = Annotated[Path | None, typer.Option("--config", help="Configuration; default: /etc/tirai/gateway.toml.")]
Valid = Annotated[str, typer.Option("--valid", help="How long the codes count: 24h or 7d; 30d at most.")]
CREDENTIAL = "tirai-seat-code"
"""The name of systemd's credential that holds a code (systemd.exec(5), `LoadCredential=`)."""
_LONGEST_FILE = 4_096


def register(app: typer.Typer) -> None:
    """Add them to the commands on workstations."""
    app.command("invite")(invite)
    app.command("withdraw")(withdraw)
    app.command("enrol")(enrol)


def invite(
    names: Annotated[list[str] | None, typer.Argument(help="What the workstations are to be called.")] = None,
    valid: Valid = "24h",
    from_file: Annotated[
        Path | None, typer.Option("--from", help="CSV or text file: a name in the first column of each line.")
    ] = None,
    to_file: Annotated[
        Path | None, typer.Option("--to", help="Write the codes there as CSV (a new file, for you alone).")
    ] = None,
    home: Home = None,
    account: AsAccount = None,
    secrets_stdin: Stdin = False,
) -> None:
    """Make a one-time code for each workstation, by which it becomes known to the office (administrators)."""
    wanted, hours = _names(names or [], from_file), hours_of(valid)
    if to_file is not None:
        _demand_free(to_file)
    with person(home, account, secrets_stdin) as session:
        codes = session.workstations.invite(wanted, hours)
    _give(codes, to_file)


def _give(codes: "tuple[WorkstationCode, ...]", to_file: Path | None) -> None:
    """Print the codes, or write them; they are shown once."""
    until = time.strftime("%Y-%m-%d %H:%M", time.localtime(codes[0].until))
    if to_file is None:
        for one in codes:
            typer.echo(f"{one.name}  {one.code.reveal()}")
        typer.echo(f"Each counts once, until {until}, and is shown here this once.", err=True)
        typer.echo("At the workstation: tirai seat enrol", err=True)
        return
    from app.storage.new_file import write_new_file

    text = io.StringIO()
    table = csv.writer(text, lineterminator="\n")
    table.writerow(("name", "code", "until"))
    table.writerows((one.name, one.code.reveal(), until) for one in codes)
    write_new_file(to_file, text.getvalue().encode())
    many = "1 code" if len(codes) == 1 else f"{len(codes)} codes"
    typer.echo(f"{many} in {to_file}, good until {until}. Remove the file when they are handed out.")


def withdraw(
    name: Annotated[str, typer.Argument(help="What the workstation was to be called.")],
    home: Home = None,
    account: AsAccount = None,
    secrets_stdin: Stdin = False,
) -> None:
    """Take back the codes with this name that no workstation has used (administrators)."""
    from app.domain.errors import InputRefusedError
    from app.terminal.plain import plain

    with person(home, account, secrets_stdin) as session:
        waiting = session.workstations.listing().waiting
        found = [one for one in waiting if one.name == name.strip() and not one.is_over]
        if not found:
            raise InputRefusedError("No code with this name waits; see: tirai seat list", code="no_invitation")
        for one in found:
            session.workstations.withdraw(one.id)
    many = "1 code" if len(found) == 1 else f"{len(found)} codes"
    typer.echo(plain(f"Taken back: {many} for {found[0].name}. A workstation that shows one is refused."))


def enrol(
    dash: Annotated[
        str | None, typer.Argument(metavar="[-]", help="A dash reads the code from standard input.")
    ] = None,
    file: Annotated[Path | None, typer.Option("--file", help="File with the code, or a file of `invite --to`.")] = None,
    home: Home = None,
) -> None:
    """Make this workstation known to its office, with a one-time code; needs no account.

    Without an argument the code is asked for. Where systemd hands a credential `tirai-seat-code` over, it is taken.
    """
    from app.bootstrap.terminal import workstation_at_terminal
    from app.terminal.plain import plain

    if dash not in {None, "-"}:
        raise typer.BadParameter("A code does not stand on a command line, where others read it: give -, or nothing.")
    if dash is not None and file is not None:
        raise typer.BadParameter("Either - or --file.")
    name = workstation_at_terminal(program_at(home)).enrol(_code(dash, file))
    typer.echo(plain(f"This workstation is known to the office as {name}."))


def _code(dash: str | None, file: Path | None) -> str:
    """The code, from wherever it comes.

    Raises:
        InputRefusedError: there is none.
    """
    import os

    from app.terminal.asking import ask_secret, need_terminal, read_line

    if dash == "-":
        return read_line()
    place = os.environ.get("CREDENTIALS_DIRECTORY", "")
    if file is None and place and (Path(place) / CREDENTIAL).is_file():
        file = Path(place) / CREDENTIAL
    if file is not None:
        return code_in(text_of(file) or "")
    need_terminal(instead="-, or --file FILE")
    return ask_secret("Code of this workstation", stdin=False)


def code_in(text: str) -> str:
    """The code in a file: alone on a line, or beside this computer's name in what `invite --to` has written.

    Raises:
        InputRefusedError: there is none, or none for this computer.
    """
    from app.bootstrap.program import seat_name
    from app.domain.errors import InputRefusedError
    from app.session.seat_here import seat_word

    rows = [row for row in csv.reader(io.StringIO(text)) if row and row[0].strip()]
    if len(rows) == 1 and len(rows[0]) == 1:
        return rows[0][0]
    own = seat_word(seat_name()).lower()
    found = [row[1] for row in rows if len(row) > 1 and row[0].strip().lower() == own]
    if len(found) != 1:
        raise InputRefusedError(f"The file has no code for this workstation, {own}.", code="no_code")
    return found[0]


def seat_code(
    name: Annotated[str, typer.Argument(help="What the workstation is to be called.")],
    valid: Valid = "24h",
    config: Config = None,
) -> None:
    """Make a one-time code for a workstation at the server itself: the way in when nobody can sign in to make one.

    It loosens nothing: one workstation becomes known, and the log says who made the code, at which machine.
    """
    from app.gateway.config import USUAL_PLACE, load_config
    from app.gateway.opening import opened_office
    from app.gateway.seat_code import made_by_hand

    hours = hours_of(valid)
    with opened_office(load_config(config or USUAL_PLACE)) as office:
        code, until = made_by_hand(office, name, hours)
    typer.echo(f"{name}  {code}")
    at = time.strftime("%Y-%m-%d %H:%M", time.localtime(until))
    typer.echo(f"It counts once, until {at}. At the workstation: tirai seat enrol", err=True)


def hours_of(word: str) -> int:
    """Hours of a word like 24h or 7d.

    Raises:
        InputRefusedError: it is none, or beyond what a code may count.
    """
    from app.api.messages.seats import MOST_VALID_H
    from app.domain.errors import InputRefusedError

    fits = re.fullmatch(r"([0-9]{1,4})([hd])", word.strip().lower())
    hours = int(fits[1]) * (24 if fits[2] == "d" else 1) if fits else 0
    if not 1 <= hours <= MOST_VALID_H:
        raise InputRefusedError("Say how long as hours or days, 1h to 30d: --valid 24h.", code="seat_valid")
    return hours


def _names(given: Iterable[str], file: Path | None) -> list[str]:
    """The names that are given and that a file has, each once.

    Raises:
        InputRefusedError: there is none, one comes twice, or the file cannot be read.
    """
    from app.domain.errors import InputRefusedError

    names = [name.strip() for name in given]
    if (text := text_of(file)) is not None:
        cells = [row[0].strip() for row in csv.reader(io.StringIO(text.removeprefix("\ufeff"))) if row]
        if cells and cells[0].lower() in {"name", "workstation", "hostname", "computer"}:
            cells = cells[1:]
        names += [cell for cell in cells if cell and not cell.startswith("#")]
    if not names:
        raise InputRefusedError("Name a workstation, or a file of names: --from FILE.", code="seat_name")
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise InputRefusedError(f"This name is there twice: {twice[0][:40]}", code="seat_name")
    return names


def _demand_free(file: Path) -> None:
    """Demand a new file.

    Raises:
        InputRefusedError: there is one.
    """
    from app.domain.errors import InputRefusedError

    if file.exists() or file.is_symlink():
        raise InputRefusedError(f"{file} is there already. Name a new file: --to FILE.", code="file_there")
