"""What the enrolment screen needs of the session (`app.session.enrol.Enrol`). All calls block, off the GUI thread."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from app.ui.widgets.strength_bar import Strength

if TYPE_CHECKING:
    from app.session.enrol import Offer
    from app.session.shown import Secret


class EnrolUseCases(Protocol):
    """One enrolment on this workstation."""

    @property
    def lasts_s(self) -> int:
        """Seconds from `begin` until the office forgets a half-finished enrolment."""

    def begin(self, account: str, code: str) -> "Offer":
        """Show the activation code; may be called again with another."""

    def check_password(self, password: str) -> None:
        """Accept a new password, or say what to do."""

    def strength(self, password: str) -> Strength:
        """How easily a new password is guessed."""

    def finish(self, password: str, code: str) -> "tuple[Secret, ...]":
        """Make the person's keys after their authenticator has shown a right code; their recovery codes."""

    def close(self) -> None:
        """Close the line to the office."""


NewEnrolment = Callable[[], EnrolUseCases]
"""Begins an enrolment; blocks, because it opens the keyring."""
