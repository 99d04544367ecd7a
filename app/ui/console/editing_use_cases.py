"""What editing needs of the session (`app.session.editing.Editing`)."""

from typing import Protocol

from app.domain.editing import WhyEmptied
from app.session.shown_editing import EditConflict, FieldNow, RecordNow, ShownVersion


class EditingUseCases(Protocol):
    """Changing a customer's fields."""

    def in_front(self, record: str, editing: str = "") -> RecordNow:
        """Say which customer is in front and which field is being changed; hear who else is there."""

    def judge(self, field: str, text: str) -> str:
        """Why a text is no value of this field, as a code; empty if it is one. Asks nobody."""

    def new_request(self) -> str:
        """The id of an edit that is about to be sent; asks nobody."""

    def save(self, request: str, record: str, field: str, seen: str, text: str) -> FieldNow | EditConflict:
        """Have the office take a new value, if nobody has changed what was seen."""

    def empty(self, request: str, record: str, field: str, seen: str, why: WhyEmptied) -> FieldNow | EditConflict:
        """Have the office leave nothing in a field, if nobody has changed what was seen."""

    def versions(self, record: str, field: str) -> tuple[ShownVersion, ...]:
        """Who changed a field, when, and its masks."""
