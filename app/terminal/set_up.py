"""`tirai setup` at a terminal: the office's name, two people, their authenticators, the recovery kit."""

import getpass

import typer

from app.auth import totp
from app.auth.names import account_name
from app.auth.password import check_password
from app.backoffice.clock import SystemClock
from app.backoffice.office import KIT_FILE
from app.backoffice.set_up import FirstPerson, Made, SetUp
from app.bootstrap.own_things import own_files_hold, own_store
from app.bootstrap.program import Program, policy, seat_name
from app.bootstrap.way_to_office import need_no_gateway
from app.domain.errors import InputRefusedError, NotAllowedError
from app.domain.inventory_reader import load_inventory
from app.domain.role import Role
from app.integrity.installed import require_for_command
from app.resource_files import resource_text
from app.session.witness import Remembered, mark_of_book, remember
from app.terminal.asking import ask, need_terminal
from app.terminal.authenticator import show_recovery_codes, show_secret
from app.terminal.enrolment import choose_password

_TRIES = 3


def set_up_office(program: Program, name: str | None, inventory_text: str | None) -> None:
    """Lead two people through it; all or nothing.

    Raises:
        TiraiError: refused; no office was made.
    """
    need_terminal()
    need_no_gateway(program)
    own_files_hold(program, require_for_command)
    inventory = load_inventory(inventory_text or resource_text("inventory", "customer.toml"))
    store = own_store(program)
    office_name = name_of_office(name)
    making = SetUp(
        program.places.home,
        office_name,
        inventory,
        policy(),
        SystemClock(),
        seat_name(),
        store.seat_half(),
        is_for_machine=program.is_service,
    )
    try:
        add_two_people(making)
        made = making.finish(lambda plate, book: remember(store, plate.office, Remembered(None, mark_of_book(book))))
    except BaseException:
        making.cancel()
        raise
    _say_done(program, made)


def name_of_office(name: str | None) -> str:
    """The office's name, asked for where none is given.

    Raises:
        InputRefusedError: it is none.
    """
    office_name = name or ask("Name of this office")
    if not office_name.strip() or len(office_name) > 60 or not office_name.isprintable():
        raise InputRefusedError("Give the office a name of up to 60 characters.")
    return office_name.strip()


def add_two_people(making: SetUp) -> None:
    """Lead both through their passwords and authenticators.

    Raises:
        TiraiError: refused.
    """
    typer.echo("Two people set an office up: an administrator, who makes accounts and sees no customer data,")
    typer.echo("and a supervisor, who holds the class keys and hands them on.")
    for role in (Role.ADMINISTRATOR, Role.SUPERVISOR):
        _add(making, role)


def say_kit(made: Made) -> None:
    """The kit's codes, once."""
    typer.echo("Recovery kit: three people keep one code each; any two of them open the office again.")
    for number, code in enumerate(made.kit_codes, 1):
        typer.echo(f"  Kit code {number}: {code}")


def _add(making: SetUp, role: Role) -> None:
    typer.echo(f"\nFirst {role.value}")
    account = account_name(ask("Account name"))
    display_name = ask("Person's name")
    if not display_name or len(display_name) > 80 or not display_name.isprintable():
        raise InputRefusedError("Give the person's name, up to 80 characters.")
    typer.echo("Choose a password of at least 15 characters; words are fine.")
    password = choose_password(lambda text: check_password(text, account, display_name, making.plate.name))
    secret = totp.new_secret()
    show_secret(totp.provisioning_uri(secret, account, making.plate.name), totp.as_text(secret))
    person = FirstPerson(account, display_name, role, password, secret)
    for left in reversed(range(_TRIES)):
        try:
            codes = making.add(person, getpass.getpass("Code from your authenticator: "))
        except NotAllowedError as e:
            if not left:
                raise
            typer.echo(e.message)
        else:
            show_recovery_codes(list(codes))
            return


def _say_done(program: Program, made: Made) -> None:
    typer.echo(f"\nThe office {made.plate.name} is made in {program.places.home}.")
    say_kit(made)
    typer.echo("They are shown once. Then print the sealed kit for a safe, and try it: tirai recovery print, drill.")
    typer.echo(f"(The kit's file is {program.places.home / KIT_FILE}.)")
    typer.echo('Next: tirai account add NAME --name "Person\'s name" --role agent --queue billing')
