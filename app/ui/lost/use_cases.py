"""What the screen for a lost authenticator needs of the session. All calls block, off the GUI thread."""

from collections.abc import Callable
from typing import Protocol

from app.session.my_account import NewAuthenticator


class ReplacingUseCases(Protocol):
    """A session that replaces an authenticator and nothing else (`app.session.replacing.Replacing`)."""

    def begin(self, *, totp_sha256: bool = False) -> NewAuthenticator:
        """Get a new secret."""

    def finish(self, code: str) -> None:
        """Take the new authenticator; the session is over then."""

    def end(self) -> None:
        """Give it up."""


SignInToReplace = Callable[[str, str, str], ReplacingUseCases]
"""Account, password, recovery code; blocks."""
