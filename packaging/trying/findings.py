"""What was tried, in order, with what was seen and how long it took."""

import json
import time
from pathlib import Path
from typing import Any


class Findings:
    """Parts of a trial; each is told at once and kept for the report."""

    def __init__(self) -> None:
        self.parts: list[dict[str, Any]] = []
        self._began = time.monotonic()

    def add(self, part: str, ok: bool, sees: object) -> None:
        """Take a part and tell it."""
        seconds = round(time.monotonic() - self._began, 1)
        self._began = time.monotonic()
        self.parts.append({"part": part, "ok": ok, "s": seconds, "sees": sees})
        print(
            f"{'ok    ' if ok else 'FAILED'} {part} ({seconds} s): {json.dumps(sees, ensure_ascii=False)}", flush=True
        )

    @property
    def ok(self) -> bool:
        """Whether something was tried and all went well."""
        return bool(self.parts) and all(part["ok"] for part in self.parts)

    def write(self, target: Path, about: dict[str, Any]) -> None:
        """Write the report."""
        target.parent.mkdir(parents=True, exist_ok=True)
        text = json.dumps({"ok": self.ok, **about, "parts": self.parts}, indent=1, ensure_ascii=False)
        target.write_text(text + "\n", encoding="utf-8")
