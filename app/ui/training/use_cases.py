"""What the screen needs of the session (`app.session.training.Training`). All calls block; `tasks` makes them."""

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from app.session.shown_training import ShownQuiz, ShownText, ShownTraining, ShownVerdict
from app.session.shown_who_saw import Language


class TrainingUseCases(Protocol):
    """Lessons of whoever is signed in."""

    @property
    def is_anything_asked(self) -> bool:
        """Whether policy lets anything rest for what somebody has not learnt."""

    def state(self) -> ShownTraining:
        """How the person stands."""

    def lesson(self, code: str) -> ShownText:
        """A lesson to read."""

    def rules(self) -> ShownText:
        """The rules of conduct."""

    def accept(self, version: int) -> None:
        """Accept the rules that were shown."""

    def begin(self, code: str) -> ShownQuiz:
        """A test."""

    def answer(self, quiz: str, answers: Sequence[int]) -> ShownVerdict:
        """Have it judged."""

    def save_certificate(self, code: str, path: Path) -> None:
        """Write a certificate to a file."""

    def save_certificate_page(self, code: str, language: Language, path: Path) -> None:
        """Write it as a page to keep."""
