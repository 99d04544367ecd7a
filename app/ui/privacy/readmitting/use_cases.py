"""What the page of readmissions needs of the session (`app.session.privacy.readmitting.Readmitting`)."""

from typing import Protocol

from app.domain.erasure.readmission import BackBecause, NamedBy
from app.session.privacy.readmitting import ShownReadmission


class ReadmittingUseCases(Protocol):
    """All calls block and are made by `tasks`."""

    def step_up(self, code: str) -> None:
        """Give a fresh code."""

    def listing(self) -> tuple[ShownReadmission, ...]:
        """All proposals, the newest first."""

    def propose(self, by: NamedBy, value: str, reason: BackBecause, reference: str) -> int:
        """Propose that a person comes back; the proposal's number."""

    def approve(self, readmission: str, by: NamedBy, value: str) -> None:
        """Name the same person as the second one."""

    def drop(self, readmission: str) -> None:
        """Take an own proposal back, or refuse somebody else's."""
