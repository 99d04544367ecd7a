"""What the demo's story came to: a step after the other, with what a person would have seen."""

import json
import time
from dataclasses import asdict, dataclass, field
from pathlib import Path

STEPS = ("set_up", "import", "sign_in", "search", "masked", "reveal", "unlock", "note", "end", "audit")


@dataclass
class Step:
    """One step of the story.

    Attributes:
        step: its name.
        ok: whether all that it promises was seen.
        ms: how long it took.
        screenshot: file name of its picture, beside the report; empty if there is none.
        sees: what a person sees, read from the screen.
    """

    step: str
    ok: bool = False
    ms: int = 0
    screenshot: str = ""
    sees: list[str] = field(default_factory=list)


class Report:
    """All steps in their order; one that was never reached has failed."""

    def __init__(self, folder: Path, names: tuple[str, ...] = STEPS) -> None:
        """A report that begins now.

        Args:
            folder: where it and its pictures go; older ones are removed.
            names: of the steps, in their order.
        """
        self._folder, self._names = folder, names
        self._steps: dict[str, Step] = {}
        self._began = time.monotonic()
        folder.mkdir(parents=True, exist_ok=True)
        for old in (*folder.glob("*.png"), folder / "report.json"):
            old.unlink(missing_ok=True)

    def add(self, step: Step) -> None:
        """Take a step and tell it."""
        if step.step in self._steps:
            return
        self._steps[step.step] = step
        mark = "ok" if step.ok else "FAILED"
        print(
            f"\n[{self._names.index(step.step) + 1}/{len(self._names)}] {step.step}: {mark}, {step.ms} ms", flush=True
        )
        for line in step.sees:
            print(f"    {line}", flush=True)
        if step.screenshot:
            print(f"    picture: {self._folder / step.screenshot}", flush=True)

    @property
    def ok(self) -> bool:
        """Whether every step came and went well."""
        return len(self._steps) == len(self._names) and all(step.ok for step in self._steps.values())

    def write(self) -> bool:
        """Write `report.json`; return whether all is well."""
        for name in self._names:
            if name not in self._steps:
                self.add(Step(name, sees=["This step was never reached."]))
        steps = [asdict(self._steps[name]) for name in self._names]
        text = json.dumps({"ok": self.ok, "steps": steps}, indent=1, ensure_ascii=False)
        (self._folder / "report.json").write_text(text + "\n", encoding="utf-8")
        took = time.monotonic() - self._began
        said = "all steps went well" if self.ok else "some steps FAILED"
        print(f"\nThe story took {took:.0f} s: {said}. See {self._folder / 'report.json'}", flush=True)
        return self.ok
