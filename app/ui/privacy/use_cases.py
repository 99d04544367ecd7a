"""What the pages of the privacy desk need of the session, as they call it. All calls block and are made by `tasks`."""

from typing import Protocol


class PrivacyUseCases(Protocol):
    """The privacy desk (`app.session.privacy.desk.PrivacyDesk`): a property for each page, and a fresh code for all."""

    def step_up(self, code: str) -> None:
        """Give a fresh code."""
