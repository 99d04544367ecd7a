"""What the screen needs of the session (`app.session.who_saw.WhoSawCustomer`). All calls block; `tasks` makes them."""

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from app.session.shown_who_saw import Days, FoundAccesses, Language, SavedPdf, ShownWhoSaw


class WhoSawUseCases(Protocol):
    """The list of who saw one customer's data."""

    @property
    def may_read(self) -> bool:
        """Whether the person sees the list."""

    @property
    def may_save(self) -> bool:
        """Whether the person takes it out as a document."""

    def of_record(self, record: str, days: Days) -> FoundAccesses:
        """The list of a customer who is on the screen."""

    def of_number(self, number: str, days: Days) -> FoundAccesses:
        """The list of the customer who has this number."""

    def shown(self, found: FoundAccesses, language: Language) -> ShownWhoSaw:
        """It in words; nobody is asked."""

    def save_pdf(
        self,
        record: str,
        days: Days,
        language: Language,
        path: Path,
        on_entries: Callable[[int, int], None],
        is_stopped: Callable[[], bool],
    ) -> SavedPdf:
        """Have the document made, and write it there; entries of the log that are read are told from another thread."""
