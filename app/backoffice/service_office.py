"""The back office of a whole workstation: one file, shut or open as ever, and several OS users before it."""

from app.backoffice.office import BackOffice
from app.backoffice.workstation import asking_workstation


class ServiceOffice(BackOffice):
    """An office that runs under a user of its own.

    Its front door is wrapped under a half of its own, so that slots need none of the OS users': who has a password here
    signs in as whichever of them (`docs/adr/0075-the-office-as-a-service.md`).
    """

    _own_seat = ""

    @property
    def seat(self) -> str:
        """Name of the workstation and of the OS user who asks; the workstation's alone, where nobody does."""
        return asking_workstation.get().name or self._own_seat

    @seat.setter
    def seat(self, name: str) -> None:
        self._own_seat = name

    @property
    def own_seat(self) -> str:
        """Name of the workstation."""
        return self._own_seat
