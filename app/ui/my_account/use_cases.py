"""What the own account's screen needs of the session (`app.session.my_account.MyAccount`). All calls block."""

from typing import Protocol

from app.session.my_account import NewAuthenticator, OwnFactors, OwnSession, OwnSignIn
from app.session.shown import Secret
from app.ui.widgets.strength_bar import Strength


class MyAccountUseCases(Protocol):
    """One signed-in person's own account."""

    def factors(self) -> OwnFactors:
        """What is known of one's own factors."""

    def sign_ins(self, limit: int = 50) -> list[OwnSignIn]:
        """Own sign-ins and failed tries, the newest first."""

    def sessions(self) -> list[OwnSession]:
        """Own running sessions."""

    def end_others(self) -> int:
        """End every own session but this one."""

    def strength(self, password: str) -> Strength:
        """How easily a new password is guessed."""

    def change_password(self, current: str, new: str, code: str = "") -> None:
        """Choose another password."""

    def begin_authenticator(
        self, current: str, code: str = "", *, recovery_code: str = "", totp_sha256: bool = False
    ) -> NewAuthenticator:
        """Begin to replace the authenticator."""

    def finish_authenticator(self, code: str) -> None:
        """Take the new authenticator."""

    def new_recovery_codes(self, current: str, code: str = "") -> tuple[Secret, ...]:
        """Ten new recovery codes."""
