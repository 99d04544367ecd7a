"""An office's proof in memory: every control, some of them not met; nothing is written."""

from pathlib import Path

from app.domain.compliance.controls import CONTROLS
from app.domain.compliance.finding import Finding, Found
from app.session.shown_who_saw import Language

MET = Found(True, "412 entries were read and hold; signed up to entry 400.", "412 entri dibaca dan utuh.")
NOT_MET = Found(False, "The inventory does not name the officer.", "Inventaris tidak menyebut pejabatnya.")


class FakeProofs:
    """What a page asks."""

    def __init__(self) -> None:
        self.saved: list[tuple[str, Language, Path]] = []
        self.refusal: Exception | None = None

    def controls(self) -> tuple[Finding, ...]:
        return tuple(
            Finding(one, NOT_MET if at % 5 == 3 else MET, 1_795_000_000_000) for at, one in enumerate(CONTROLS)
        )

    def save_as(self, key: str, language: Language, path: Path) -> int:
        if self.refusal is not None:
            raise self.refusal
        self.saved.append((key, language, path))
        return 1204
