"""The steps of `tirai recovery`: codes, how the office stands, who is named, what comes out."""

import getpass
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import typer

from app.auth.audit_chain import Witness
from app.auth.book import State
from app.auth.names import account_name
from app.auth.recovery_kit import OpenKit, RecoveryKit, page_of
from app.backoffice.clock import SystemClock
from app.backoffice.office import KIT_FILE, NamePlate, OpenOffice
from app.backoffice.recovery import (
    ByKit,
    Readmitted,
    Wanted,
    accept_by_kit,
    check_wanted,
    grant_by_kit,
    marks_of,
    opened_by_kit,
    readmit,
)
from app.backoffice.recovery_drill import drill
from app.backoffice.standing import Standing, accept_standing, standing_of
from app.bootstrap.own_things import own_store
from app.bootstrap.program import Program, policy, seat_name
from app.crypto.derive import sha256
from app.domain.errors import InputRefusedError, TiraiError
from app.domain.role import Role
from app.guardian.office_keeper import only_office
from app.guardian.office_start import without_office
from app.session.witness import Remembered, accept, recall
from app.storage.keyring_store import KeyringRefusedError, KeyStore
from app.terminal.asking import ask, need_terminal
from app.terminal.plain import plain

_BAD = 6
_GO_ON = "yes"


@dataclass(frozen=True, slots=True)
class Choice:
    """What the options say.

    Attributes:
        administrators: accounts that get a code as administrators.
        supervisors: the same as supervisors.
        older: go on although entries are lost.
        wrong: go on although the log does not hold, or is another one.
        stdin: secrets come from standard input, and nobody is asked.
    """

    administrators: tuple[str, ...]
    supervisors: tuple[str, ...]
    older: bool
    wrong: bool
    stdin: bool


# the kit


def read_kit(program: Program, path: Path | None) -> RecoveryKit:
    """The kit, from a file or from its page.

    Raises:
        InputRefusedError: there is none, or it is damaged.
    """
    return kit_in(path or program.places.home / KIT_FILE)


def kit_in(path: Path) -> RecoveryKit:
    """The kit in a file, or from its page typed in as text.

    Raises:
        InputRefusedError: there is none, or it is damaged.
    """
    try:
        return RecoveryKit.of(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError) as e:
        raise InputRefusedError(f"There is no recovery kit at {path}. Name it: --kit FILE.", code="kit") from e


def kit_page(kit: RecoveryKit) -> str:
    """The page that goes into the safe."""
    fingerprint = " ".join(kit.office.hex()[i : i + 4] for i in range(0, 32, 4))
    return "\n".join(
        (
            "TIRAI RECOVERY KIT",
            "",
            f"Office: {plain(kit.name)}",
            f"Office number: {fingerprint}",
            "",
            "This page is sealed. Three people keep one code each, apart from this page",
            "and from each other; any two of the codes open it. It stays valid after key",
            "rotations and restores.",
            "",
            "If the file recovery-kit.json is lost, type the lines below into a text file,",
            "with numbers and check letters, and name it: --kit FILE. A line that is",
            "mistyped is named.",
            "",
            page_of(kit),
            "",
            "Lost keyring, front door or administrators:  tirai recovery open",
            "Dead disk:    tirai restore BACKUP --keys FILE --kit FILE --home FOLDER",
            "Once a year:  tirai recovery drill",
        )
    )


def open_with_two(kit: RecoveryKit, *, stdin: bool, option: str = "--secrets-stdin") -> OpenKit:
    """Ask two holders for their codes.

    Args:
        kit: the sealed kit.
        stdin: the codes are lines of standard input.
        option: how the command calls that.

    Raises:
        InputRefusedError, NotAllowedError: see `RecoveryKit.open`.
    """
    return kit.open(*two_codes(stdin=stdin, option=option))


def two_codes(*, stdin: bool, option: str = "--secrets-stdin") -> tuple[str, str]:
    """Two codes as they were typed; nothing is echoed.

    Raises:
        InputRefusedError: there is no terminal.
    """
    if stdin:
        return sys.stdin.readline().strip(), sys.stdin.readline().strip()
    need_terminal(instead=option)
    return getpass.getpass("Code of the first kit holder: "), getpass.getpass("Code of the second kit holder: ")


# drill


def run_drill(program: Program, path: Path | None, *, as_json: bool, stdin: bool) -> int:
    """Drill, and say what was found.

    Returns:
        0 when everything would open, 6 otherwise.
    """
    kit = read_kit(program, path)
    NamePlate.read(program.places.home)
    codes = two_codes(stdin=stdin)
    kit.open(*codes)  # mistyped codes are refused before a minute of waiting
    with no_office(program):
        typer.echo("Opening the file and one value of each class…", err=True)
        checks = drill(program.places.home, kit, codes, policy(), SystemClock(), _is_pinned(program, kit))
    ok = all(check.ok for check in checks)
    if as_json:
        found = {c.name: {"ok": c.ok, "found": c.found} for c in checks}
        typer.echo(json.dumps({"ok": ok, "checks": found}))
        return 0 if ok else _BAD
    for check in checks:
        typer.echo(f"  {'ok ' if check.ok else 'NOT'}  {check.name}: {plain(check.found)}")
    typer.echo("Two codes would open this office again." if ok else "This office would NOT open again as it should.")
    typer.echo("Nothing was changed, and nothing was written down: note date and holders yourselves.")
    return 0 if ok else _BAD


def _is_pinned(program: Program, kit: RecoveryKit) -> bool | None:
    """Whether this workstation knows the kit's office; None without a keyring."""
    try:
        store = own_store(program)
    except TiraiError:
        return None
    try:
        return recall(store, kit.office) is not None
    finally:
        store.close()


# open, grant, accept


def run_open(program: Program, path: Path | None, choice: Choice) -> None:
    """Open an office again; prints the activation codes once."""
    with _office_by_kit(program, path, stdin=choice.stdin) as (opened, store):
        standing = settle(opened.office, store, choice)
        people = wanted(opened.office, choice)
        check_wanted(opened.office, people)
        _confirm(choice, "Everybody else's way in is shut until an administrator starts their reset.")
        readmitted = readmit(
            opened, program.places.home, seat_name(), seat_half(store), people, "recovery.open", standing.numbers
        )
        remember_as_it_stands(store, opened.office.id, marks_of(opened.office))
    say_readmitted(readmitted)


def run_grant(program: Program, path: Path | None, name: str, choice: Choice) -> None:
    """Grant classes as recovery."""
    with _office_by_kit(program, path, stdin=choice.stdin) as (opened, store):
        settle(opened.office, store, choice)
        classes = grant_by_kit(opened, account_name(name), seat_name())
        remember_as_it_stands(store, opened.office.id, marks_of(opened.office))
    typer.echo(f"{name} now holds: {', '.join(c.value for c in classes)}.")
    typer.echo("They hand class keys on to everybody else: tirai account grant NAME")


def run_accept(program: Program, path: Path | None, choice: Choice) -> None:
    """Go on with log and book as they stand."""
    with _office_by_kit(program, path, stdin=choice.stdin) as (opened, store):
        standing = settle(opened.office, store, choice)
        is_known = standing.audit_seen is not None or standing.book_seen is not None
        if is_known and not standing.is_older and not standing.is_wrong:
            typer.echo("There is nothing to accept.")
            return
        accept_by_kit(opened, standing, seat_name())
        remember_as_it_stands(store, opened.office.id, marks_of(opened.office))
    typer.echo("This workstation goes on from here. It stands in the log.")


@contextmanager
def _office_by_kit(program: Program, path: Path | None, *, stdin: bool) -> Iterator[tuple[ByKit, KeyStore]]:
    kit = read_kit(program, path)
    NamePlate.read(program.places.home)
    store = own_store(program)
    try:
        opened_kit = open_with_two(kit, stdin=stdin)
        with (
            no_office(program),
            opened_by_kit(program.places.home, opened_kit, policy(), SystemClock()) as opened,
        ):
            yield opened, store
    finally:
        store.close()


@contextmanager
def no_office(program: Program) -> Iterator[None]:
    """While the block lasts, no office runs in this home."""
    if program.is_service:
        with only_office(program.places.home):
            yield
        return
    wait = "The office is still running; waiting until it leaves, a minute after the last session."
    with without_office(program.places, on_wait=lambda: typer.echo(wait, err=True)):
        yield


def settle(office: OpenOffice, store: KeyStore, choice: Choice) -> Standing:
    """Say how log and book stand, and ask whether to go on where something is lost or wrong.

    Raises:
        VerificationError: something is, and nobody said to go on.
    """
    seen = recall(store, sha256(office.plate.root)) or Remembered()
    standing = standing_of(office, seen.audit, seen.book)
    for sentence in standing.sentences:
        typer.echo(sentence)
    older, wrong = choice.older, choice.wrong
    unsettled = (standing.is_older and not older) or (standing.is_wrong and not wrong)
    if unsettled and not choice.stdin and _agrees("Go on with it as it stands? It is written into the log."):
        older = wrong = True
    accept_standing(standing, older=older, wrong=wrong)
    return standing


def wanted(office: OpenOffice, choice: Choice) -> tuple[Wanted, ...]:
    """The accounts that get a code: as named, or as chosen now; a new name becomes a new account."""
    named = {Role.ADMINISTRATOR: choice.administrators, Role.SUPERVISOR: choice.supervisors}
    return tuple(
        _wanted(office, account_name(name), role, choice)
        for role, names in named.items()
        for name in (names or _choose(office, role, choice))
    )


def _choose(office: OpenOffice, role: Role, choice: Choice) -> Sequence[str]:
    if choice.stdin:
        return ()
    there = [e.name for e in office.book.accounts() if e.role == role and e.state != State.CLOSED]
    typer.echo(f"Accounts with the role {role.value}: {', '.join(there) or 'none'}.")
    return ask(f"Which {role.value} gets an activation code (a new name makes a new account)").split()


def _wanted(office: OpenOffice, name: str, role: Role, choice: Choice) -> Wanted:
    if office.book.account(name) is not None or choice.stdin:
        return Wanted(name, role)
    display_name = ask(f"{name} is new. The person's name")
    if not display_name or len(display_name) > 80 or not display_name.isprintable():
        raise InputRefusedError("Give the person's name, up to 80 characters.")
    return Wanted(name, role, display_name)


def _confirm(choice: Choice, what: str) -> None:
    if not choice.stdin and not _agrees(f"{what} Go on?"):
        raise InputRefusedError("Stopped; nothing was changed.")


def _agrees(question: str) -> bool:
    return ask(f"{question} Type {_GO_ON}").lower() == _GO_ON


def seat_half(store: KeyStore) -> bytes:
    """H: as it is, or anew where it is gone or was changed."""
    try:
        return store.seat_half()
    except KeyringRefusedError:
        return store.new_seat_half()


def remember_as_it_stands(store: KeyStore, office: bytes, marks: tuple[Witness, Witness]) -> None:
    """Let this workstation go on from here; it knows the office from now on, if it did not."""
    accept(store, office, Remembered(*marks))


def say_readmitted(readmitted: Sequence[Readmitted], say: Callable[[str], object] = typer.echo) -> None:
    """Print the activation codes, and what comes next."""
    say("\nThe office opens again. These activation codes are shown once and work for 24 hours:")
    for one in readmitted:
        say(f"  {one.role.value:<14} {one.account:<20} {one.code}")
    say("\nNext: each of them, with the code:   tirai account activate NAME")
    say("      then, two kit holders again:   tirai recovery grant SUPERVISOR")
    say("      then, as administrator:        a reset for everybody else, and a backup")
