"""Actions for tests: a program that tells what it saw (`tests/office/programs/told.py`)."""

import json
import sys
from pathlib import Path
from typing import Any

from app.domain.actions import LONGEST_S, Action, Actions
from app.domain.data_class import DataClass
from app.domain.kinds import Kind
from app.domain.role import Role

PROGRAM = Path(__file__).parent / "programs" / "told.py"


class Told:
    """What the program saw, in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(exist_ok=True)

    def action(self, code: str, word: str = "done", **change: Any) -> Action:
        """An action whose program does as the word says."""
        whole: dict[str, Any] = {
            "label_en": code.title(),
            "label_id": code.title(),
            "kinds": frozenset({Kind.PHONE, Kind.EMAIL}),
            "classes": frozenset({DataClass.CONTACT}),
            "roles": frozenset({Role.AGENT, Role.SUPERVISOR}),
            "argv": (sys.executable, "-I", str(PROGRAM), str(self.folder), word),
            "timeout_s": LONGEST_S,
            "needs_reason": False,
            "needs_caller": False,
        }
        return Action(code=code, **(whole | change))

    def actions(self, *more: Action, per_shift: int = 100) -> Actions:
        """One action for each word, and further ones."""
        words = ("done", "refused", "killed", "deaf", "loud")
        return Actions(per_shift, (*(self.action(word, word) for word in words), *more))

    @property
    def value(self) -> str | None:
        """What it read, or None where it never ran so far."""
        path = self.folder / "value"
        return path.read_text() if path.exists() else None

    @property
    def seen(self) -> dict[str, Any]:
        """What it saw of itself."""
        return dict(json.loads((self.folder / "started.json").read_text()))

    def forget(self) -> None:
        """Nothing was seen."""
        for path in self.folder.iterdir():
            path.unlink()
