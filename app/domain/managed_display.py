"""How screens look where the machine's administrator has settled or recommended something of it."""

from dataclasses import replace
from typing import Final

from app.domain.display import Display, display_of
from app.domain.machine_policy.policy import MachinePolicy

PARTS: Final = {"theme": "theme", "density": "rows", "text": "text_percent", "motion": "motion"}
"""Parts of a display, and the settings that are about them."""


def suggested_display(managed: MachinePolicy) -> Display:
    """The design's, with what is recommended."""
    return display_of({part: managed.suggested(key) for part, key in PARTS.items()})


def settled_display(display: Display, managed: MachinePolicy) -> Display:
    """A display with what is settled in it; the rest stays."""
    theme, density = managed.text("theme") or display.theme, managed.text("rows") or display.density
    return replace(display, theme=theme, density=density)
