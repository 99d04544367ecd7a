"""Times, days, numbers and spans are written in one place, so that every screen writes them as its language does."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.ui.linguist import ROOT

UI = ROOT / "app" / "ui"
HOME = {"words.py", "language.py"}
"""Where they are written."""
FORMATTERS = {"strftime", "ctime", "asctime", "monthName", "dayName", "formattedDataSize", "toCurrencyString"}


def own_formats(source: str) -> Iterator[str]:
    """What formats by itself: a call of a formatter, `QLocale`, a number's format in a text."""
    for node in ast.walk(ast.parse(source)):
        line = getattr(node, "lineno", 0)
        if isinstance(node, ast.Attribute) and node.attr in FORMATTERS:
            yield f"{line}: {node.attr}"
        if isinstance(node, ast.Name) and node.id == "QLocale":
            yield f"{line}: QLocale"
        if isinstance(node, ast.FormattedValue) and node.format_spec is not None:
            spec = "".join(str(part.value) for part in ast.walk(node.format_spec) if isinstance(part, ast.Constant))
            if "," in spec or spec.endswith(("d", "f", "%")):
                yield f"{line}: :{spec}"
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and "%H" in node.value:
            yield f"{line}: {node.value}"


def test_that_no_screen_formats_by_itself() -> None:
    found = [
        f"{path.relative_to(UI)}:{what}"
        for path in sorted(UI.rglob("*.py"))
        if str(path.relative_to(UI)) not in HOME
        for what in own_formats(path.read_text(encoding="utf-8"))
    ]
    assert not found, "write it through app/ui/words.py:\n" + "\n".join(found)


def test_that_the_scan_sees_what_it_looks_for() -> None:
    assert len(list(own_formats("a = f'{n:,}'; b = f'{n:02d}'; c = f'{x:.1f}'; d = f'{x:>4}'"))) == 3
    assert list(own_formats("time.strftime('%H:%M')")) != []


def test_that_the_scan_reads_the_screens() -> None:
    assert Path(UI / "console" / "status_bar.py").exists()
    assert list(own_formats((UI / "words.py").read_text(encoding="utf-8")))
