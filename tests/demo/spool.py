"""Words between the story's processes: the console's and the approval's drivers write lines, the director reads them.

A folder of this user alone is enough: guardian and children close every descriptor that is not theirs.
"""

import json
import os
from dataclasses import asdict
from pathlib import Path
from typing import Any

from tests.demo.report import Step

Word = dict[str, Any]


class Spool:
    """Lines of JSON that several processes append to, and answers to questions."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._folder = folder
        self._read = 0

    def say(self, kind: str, **parts: object) -> None:
        """Append a word."""
        data = json.dumps({"kind": kind, **parts}).encode() + b"\n"
        fd = os.open(self._folder / "words", os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        os.write(fd, data)
        os.close(fd)

    def say_step(self, step: Step) -> None:
        """Append a finished step."""
        self.say("step", **asdict(step))

    def all(self, kind: str) -> list[Word]:
        """All words of a kind so far."""
        return [word for word in self._words() if word["kind"] == kind]

    def fresh(self) -> list[Word]:
        """Words that came since the last time."""
        words = self._words()
        fresh, self._read = words[self._read :], len(words)
        return fresh

    def _words(self) -> list[Word]:
        try:
            lines = (self._folder / "words").read_bytes().split(b"\n")
        except FileNotFoundError:
            return []
        return [json.loads(line) for line in lines[:-1]]

    def answer(self, name: str, parts: Word) -> None:
        """Answer a question."""
        unfinished = self._folder / f"{name}.part"
        unfinished.write_text(json.dumps(parts), encoding="utf-8")
        unfinished.replace(self._folder / f"answer-{name}")

    def answered(self, name: str) -> Word | None:
        """The answer, or None while there is none."""
        try:
            text = (self._folder / f"answer-{name}").read_text(encoding="utf-8")
        except FileNotFoundError:
            return None
        found: Word = json.loads(text)
        return found
