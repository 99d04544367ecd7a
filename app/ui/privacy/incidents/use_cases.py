"""What the page of incidents, and whoever reports a suspicion, need of the session."""

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from app.domain.incidents.words import NoteKind, Suspicion, Told
from app.session.privacy.shown_incidents import (
    AffectedList,
    IncidentListing,
    IncidentTexts,
    ReadIncident,
    SavedLetters,
    ScopeWish,
    ShownIncident,
)
from app.session.shown_who_saw import Language


class ReportUseCases(Protocol):
    """Reporting a suspicion (`app.session.privacy.incidents.Incidents`)."""

    @property
    def may_report(self) -> bool:
        """Whether the role reports suspicions."""

    def new_id(self) -> str:
        """The id of a report that is about to be sent."""

    def report(self, id_: str, suspicion: Suspicion, words: str, *, is_drill: bool) -> int:
        """Report; its number."""


class IncidentUseCases(ReportUseCases, Protocol):
    """A privacy officer's work on incidents (the same)."""

    def listing(self) -> IncidentListing:
        """All of them."""

    def read(self, incident: str) -> ReadIncident:
        """One with what was written."""

    def confirm(self, incident: ShownIncident, hours_before: int) -> None:
        """It is one."""

    def dismiss(self, incident: ShownIncident) -> None:
        """It is none."""

    def set_scope(self, incident: ShownIncident, wish: ScopeWish) -> None:
        """Say what it is about."""

    def affected(self, incident: str) -> AffectedList:
        """Whom it touched."""

    def save_affected(self, found: AffectedList, path: Path) -> None:
        """Write the list."""

    def set_texts(self, incident: ShownIncident, texts: IncidentTexts) -> None:
        """Keep what the letters say."""

    def write_note(self, id_: str, incident: str, kind: NoteKind, words: str) -> None:
        """A line for the timeline, or a lesson."""

    def say_told(self, incident: ShownIncident, who: Told) -> None:
        """Somebody was told."""

    def close(self, incident: ShownIncident) -> None:
        """Close it."""

    def save_letters_to_each(
        self, incident: str, path: Path, tell: Callable[[int, int], object], is_stopped: Callable[[], bool]
    ) -> SavedLetters:
        """Have the letter to each customer made, and write all of them."""

    def save_letter(self, incident: str, who: Told, language: Language, path: Path) -> None:
        """Have a letter made and written."""
