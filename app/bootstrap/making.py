"""Making an office in a window."""

from typing import TYPE_CHECKING

from app.bootstrap.managed import managed_here, managed_on_screens
from app.bootstrap.own_things import one_store, own_files_hold
from app.bootstrap.program import Program, policy, seat_name
from app.bootstrap.way_to_office import has_office
from app.resource_files import resource_text

if TYPE_CHECKING:
    from app.session.make_office import MakeOffice, NewPerson
    from app.storage.keyring_store import KeyStore


def office_to_make(program: Program) -> "MakeOffice | None":
    """The set-up's use case where there is no office and no gateway, else None."""
    if has_office(program) or not managed_on_screens(program).allows("own_office_allowed"):
        return None
    from app.session.make_office import MakeOffice

    store = one_store(program.places.home)

    def making(name: str) -> _Making:
        own_files_hold(program)
        managed_here(program)
        return _Making(program, name, store())

    return MakeOffice(making)


class _Making:
    """A set-up of the back office, as the session's use case wants it."""

    def __init__(self, program: Program, name: str, store: "KeyStore") -> None:
        from app.backoffice.clock import SystemClock
        from app.backoffice.office import KIT_FILE
        from app.backoffice.set_up import SetUp
        from app.domain.inventory_reader import load_inventory

        home = program.places.home
        inventory = load_inventory(resource_text("inventory", "customer.toml"))
        self._store, self.kit_file = store, str(home / KIT_FILE)
        self._set_up = SetUp(home, name, inventory, policy(), SystemClock(), seat_name(), store.seat_half())

    def add(self, person: "NewPerson", code: str) -> tuple[str, ...]:
        """Take a person in after a right code; their recovery codes."""
        from app.backoffice.set_up import FirstPerson

        first = FirstPerson(person.account, person.display_name, person.role, person.password, person.totp)
        return self._set_up.add(first, code)

    def finish(self) -> tuple[str, ...]:
        """Put everything in its place and pin the office on this workstation; the kit's codes."""
        from app.session.witness import Remembered, mark_of_book, remember

        made = self._set_up.finish(
            lambda plate, book: remember(self._store, plate.office, Remembered(None, mark_of_book(book)))
        )
        return made.kit_codes

    def cancel(self) -> None:
        """Leave nothing behind."""
        self._set_up.cancel()
