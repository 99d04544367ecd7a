"""What the set-up screen needs of the session (`app.session.make_office.MakeOffice`). All calls block."""

from typing import TYPE_CHECKING, Protocol

from app.domain.role import Role
from app.ui.widgets.strength_bar import Strength

if TYPE_CHECKING:
    from app.session.make_office import AuthenticatorOffer, Kit
    from app.session.shown import Secret


class MakeOfficeUseCases(Protocol):
    """An office in the making."""

    def begin(self, office_name: str) -> None:
        """Begin, or begin again with another name."""

    def person(self, role: Role, account: str, display_name: str, password: str) -> "AuthenticatorOffer":
        """Say who takes a role; the answer is what their authenticator takes."""

    def strength(self, account: str, display_name: str, password: str) -> Strength:
        """How easily a person's new password is guessed."""

    def prove(self, code: str) -> "tuple[Secret, ...]":
        """Take the person in, by a code of their authenticator; their recovery codes."""

    def finish(self) -> "Kit":
        """Make the office."""

    def cancel(self) -> None:
        """Leave nothing behind."""
