"""What the pages of the privacy desk need of the session, as they call it. All calls block and are made by `tasks`."""

from pathlib import Path
from typing import Protocol

from app.domain.privacy.record_words import RecordSaid
from app.session.shown_who_saw import Language


class RecordUseCases(Protocol):
    """The record of processing (`app.session.privacy.record.ProcessingRecords`)."""

    def said(self, language: Language) -> RecordSaid:
        """The record in a language; asks nobody."""

    def save_pdf(self, language: Language, path: Path) -> int:
        """Have the document made and written."""


class PrivacyUseCases(Protocol):
    """The privacy desk (`app.session.privacy.desk.PrivacyDesk`): a property for each page, and a fresh code for all."""

    def step_up(self, code: str) -> None:
        """Give a fresh code."""

    @property
    def record(self) -> RecordUseCases:
        """The record of processing activities."""
