"""`make screens`: every screen x theme x language x scale into build/screens, sheets of twelve, and what is cut.

Three processes take the pictures, as each waits for its windows half of its time. A picture is kept where nothing that
it shows has changed: the program, its resources, the fakes, and the file of its group. Words among the arguments choose
variants or shots by a part of their names: `ARGS="light-id console."`.
"""

import hashlib
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Lock
from typing import Any

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtGui import QGuiApplication

from tests.ui.gallery.groups import SHOTS
from tests.ui.gallery.sheets import make_sheets
from tests.ui.gallery.variants import VARIANTS, Variant

ROOT = Path(__file__).resolve().parents[3]
OUT = ROOT / "build" / "screens"
STAMPS, SHEETS = OUT / ".stamps", OUT / "sheets"


class Progress:
    """A line for each shot that is there, with how many are left."""

    def __init__(self, total: int) -> None:
        self._total, self._done, self._since, self._lock = total, 0, time.monotonic(), Lock()

    def done(self, words: str) -> None:
        with self._lock:
            self._done += 1
            passed = time.monotonic() - self._since
            left = passed / self._done * (self._total - self._done)
            sys.stdout.write(f"[{self._done}/{self._total}, {left:.0f} s left] {words}\n")
            sys.stdout.flush()


def main() -> int:
    words = sys.argv[1:]
    if unknown := [w for w in words if not any(w in name for name in (*map(str, VARIANTS), *SHOTS))]:
        say(f"No variant and no shot is named so: {', '.join(unknown)}. Variants: {', '.join(map(str, VARIANTS))}")
        return 2
    variants = [v for v in VARIANTS if any(w in str(v) for w in words)] or list(VARIANTS)
    shots = [name for name in SHOTS if any(w in name for w in words)] or list(SHOTS)
    stamps = {name: stamp_of(name) for name in shots}
    wanted = {v: [name for name in shots if _kept(v, name).get("stamp") != stamps[name]] for v in variants}
    total = sum(map(len, wanted.values()))
    say(f"{len(variants) * len(shots)} shots, {total} to take")
    progress = Progress(total)
    with ThreadPoolExecutor((os.cpu_count() or 1) + 1) as pool:
        list(pool.map(lambda v: take(v, wanted[v], stamps, progress), [v for v in variants if wanted[v]]))
    return finish(variants, shots)


def take(variant: Variant, shots: list[str], stamps: dict[str, str], progress: Progress) -> None:
    """Have a process of its own take the pictures of one variant."""
    folder = OUT / str(variant)
    folder.mkdir(parents=True, exist_ok=True)
    line = [sys.executable, "-m", "tests.ui.gallery.render", str(folder), str(variant), *shots]
    with subprocess.Popen(line, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        for answer in process.stdout or ():
            told = json.loads(answer)
            name = told.pop("shot")
            told["stamp"] = stamps[name] if not told["error"] else ""
            place = _stamp_file(variant, name)
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(json.dumps(told), encoding="utf-8")
            progress.done(f"{variant} {name}")


def finish(variants: list[Variant], shots: list[str]) -> int:
    """Make the sheets, and name what is cut, covered, or could not be taken."""
    application = QGuiApplication([])
    SHEETS.mkdir(parents=True, exist_ok=True)
    made, findings = 0, dict[str, list[str]]()
    for variant in variants:
        pictures: list[Path] = []
        for name in shots:
            kept = _kept(variant, name)
            for finding in kept.get("findings", []):
                findings.setdefault(finding, []).append(str(variant))
            if kept.get("error") or not kept:
                findings.setdefault(f"{name} failed: {kept.get('error', 'its process ended')}", []).append(str(variant))
        for name in SHOTS:
            taken = (OUT / str(variant) / f"{picture}.png" for picture in _kept(variant, name).get("taken", []))
            pictures += [picture for picture in taken if picture.exists()]
        made += make_sheets(pictures, SHEETS, str(variant))
    del application
    say(f"{made} sheets made anew in {SHEETS.relative_to(ROOT)}")
    for finding, where in sorted(findings.items()):
        say(f"{finding}  ({', '.join(where)})")
    say(f"{len(findings)} findings" if findings else "Nothing is cut, nothing lies over another text.")
    return 1 if findings else 0


def stamp_of(shot: str) -> str:
    """A hash of all that a shot's picture comes from."""
    own = ROOT / "tests" / "ui" / "gallery" / f"{shot.partition('.')[0]}.py"
    return hashlib.sha256(f"{_program()}{own.read_text(encoding='utf-8')}".encode()).hexdigest()


_PROGRAM: list[str] = []


def _program() -> str:
    if not _PROGRAM:
        whole = hashlib.sha256()
        for path in sorted(_sources()):
            whole.update(path.read_bytes())
        _PROGRAM.append(whole.hexdigest())
    return _PROGRAM[0]


def _sources() -> Iterable[Path]:
    yield from (ROOT / "app").rglob("*.py")
    yield from (path for path in (ROOT / "resources").rglob("*") if path.is_file())
    yield from (ROOT / "tests" / "ui").glob("fake_*.py")
    yield from (ROOT / "tests" / "ui" / "gallery" / name for name in ("studio.py", "render.py"))
    yield ROOT / "tests" / "ui" / "walk.py"


def _stamp_file(variant: Variant, shot: str) -> Path:
    return STAMPS / str(variant) / f"{shot}.json"


def _kept(variant: Variant, shot: str) -> dict[str, Any]:
    try:
        kept: dict[str, Any] = json.loads(_stamp_file(variant, shot).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    is_whole = all((OUT / str(variant) / f"{picture}.png").exists() for picture in kept["taken"])
    return kept if is_whole else {}


def say(words: str) -> None:
    sys.stdout.write(words + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
