"""What the page of requests, and the card that takes one down, need of the session."""

from pathlib import Path
from typing import Protocol

from app.domain.subject_requests.words import IdentityCheck, RefusalReason, SentBy
from app.session.privacy.shown_requests import NewRequest, RequestListing, ShownRequest, TakenRequest
from app.session.shown_who_saw import Language


class RequestUseCases(Protocol):
    """Requests of data subjects (`app.session.privacy.requests.CustomerRequests`)."""

    @property
    def may_take(self) -> bool:
        """Whether the role takes requests down."""

    @property
    def may_look(self) -> bool:
        """Whether the role sees the register."""

    def purposes(self) -> tuple[tuple[str, str], ...]:
        """Name and label of each purpose."""

    def new_request(self) -> str:
        """The id of a request that is about to be written down."""

    def take(self, wish: NewRequest) -> TakenRequest:
        """Write one down."""

    def register(self) -> RequestListing:
        """The register."""

    def words(self, request: str) -> str:
        """What the person wrote."""

    def check_identity(self, request: str, revision: int, how: IdentityCheck) -> None:
        """Keep how the identity was checked."""

    def attach(self, request: str, revision: int, number: str, how: IdentityCheck) -> None:
        """Say whose customer's it was found to be."""

    def detach(self, request: str, revision: int) -> None:
        """Say that this was wrong."""

    def propose_refusal(self, request: str, revision: int, reason: RefusalReason) -> None:
        """Propose a refusal."""

    def propose_copy(self, request: str, revision: int) -> None:
        """Propose a copy of the data."""

    def decide(self, request: str, revision: int, *, is_approved: bool) -> None:
        """Decide as the second person."""

    def end(self, request: str, revision: int) -> None:
        """It is answered."""

    def take_back(self, request: str, revision: int) -> None:
        """Its subject takes it back."""

    def lift(self, request: str, revision: int) -> None:
        """Free what it holds."""

    def save_letter(self, request: str, language: Language, path: Path, *, is_large: bool) -> None:
        """Have the letter made and written."""

    def letter_sent(self, request: str, way: SentBy, days_ago: int, reference: str) -> None:
        """Say that its letter went out."""

    def save_bundle(self, request: ShownRequest, path: Path) -> int:
        """Make the copy of the data that was granted, and write it."""
