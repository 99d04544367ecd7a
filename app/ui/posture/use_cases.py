"""What screens need of the posture of one's own workstation (`app.session.posture.OwnPosture`)."""

from typing import Protocol

from app.session.posture import ShownPart


class PostureUseCases(Protocol):
    """This workstation."""

    @property
    def parts(self) -> tuple[ShownPart, ...]:
        """What was found last; empty before the first look."""

    @property
    def is_anything_required(self) -> bool:
        """Whether values stay shut until this workstation has told how it stands."""

    def look(self) -> tuple[ShownPart, ...]:
        """Look now; blocks for some seconds."""
