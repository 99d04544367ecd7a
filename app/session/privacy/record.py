"""The record of processing activities: what the page shows, from the session's own inventory, and the document."""

from pathlib import Path
from typing import Literal

from app.api.client import privacy_record as calls
from app.api.messages.privacy_record import AskRecordPdf
from app.domain.inventory import Inventory
from app.domain.privacy.processing_record import processing_record
from app.domain.privacy.record_words import RecordSaid
from app.domain.privacy.unused import FieldUse
from app.session.identity import Identity
from app.session.shown_who_saw import Language
from app.storage.new_file import write_new_file

Form = Literal["html", "pdf"]


class ProcessingRecords:
    """The record for one session.

    Args:
        identity: who signed in.
        inventory: the fields that the session's cache was filled with.
    """

    def __init__(self, identity: Identity, inventory: Inventory) -> None:
        self._identity, self._inventory = identity, inventory

    def said(self, language: Language) -> RecordSaid:
        """The record in a language; nobody is asked."""
        return RecordSaid(processing_record(self._inventory), self._inventory, self._identity.policy, language)

    def save(self, language: Language, form: Form, path: Path) -> int:
        """Have the document made, and write it into a new file of the person's own.

        Returns:
            The number of its entry in the log.

        Raises:
            NotAllowedError: code `role_privacy`.
            FileRefusedError: it cannot be written there; nothing half-written is left.
        """
        answer = calls.record_pdf(self._identity.client, AskRecordPdf(language=language, form=form))
        write_new_file(path, answer.pdf)
        return answer.entry

    def uses(self) -> tuple[FieldUse, ...]:
        """What is known of each field's use, from the office's log.

        Raises:
            NotAllowedError: code `role_privacy`.
        """
        rows = calls.field_uses(self._identity.client).rows
        return tuple(FieldUse(row.field, row.usage, row.times, row.last_ms) for row in rows)
