"""The privacy desk's use cases in memory, with invented data: an attribute for each page, from a fake of its own."""

from pathlib import Path

from app.domain.inventory import load_inventory
from app.domain.policy import load_policy
from app.domain.privacy.processing_record import processing_record
from app.domain.privacy.record_words import RecordSaid
from app.resource_files import resource_text
from app.session.shown_who_saw import Language


class FakeRecord:
    """The record of the inventory that ships; nothing is written."""

    def __init__(self) -> None:
        self.inventory = load_inventory(resource_text("inventory", "customer.toml"))
        self.policy = load_policy(resource_text("policy", "default.toml"))
        self.saved: list[tuple[Language, Path]] = []
        self.refusal: Exception | None = None

    def said(self, language: Language) -> RecordSaid:
        return RecordSaid(processing_record(self.inventory), self.inventory, self.policy, language)

    def save_pdf(self, language: Language, path: Path) -> int:
        if self.refusal is not None:
            raise self.refusal
        self.saved.append((language, path))
        return 1204


class FakePrivacy:
    """All pages."""

    def __init__(self) -> None:
        self.codes: list[str] = []
        self.record = FakeRecord()

    def step_up(self, code: str) -> None:
        self.codes.append(code)
