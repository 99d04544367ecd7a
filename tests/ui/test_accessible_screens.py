"""Every screen and state of the gallery for a person without a mouse, with little sight or with none (WCAG 2.2 AA).

Names, roles, keys, targets and contrast by `access_walk.py`; the round of Tab and the focus ring by `focus_walk.py`.
"""

from collections import defaultdict
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QWidget

from app.ui.application import TiraiApplication, dress
from app.ui.language import Language, speak
from app.ui.theme.tokens import ThemeName
from tests.ui.access_walk import faint_texts, faults
from tests.ui.apart import apart
from tests.ui.focus_walk import round_faults, unseen_focus
from tests.ui.gallery import Gallery, wait

pytestmark = pytest.mark.timeout(1_200)
"""The first test of a theme waits until all screens were seen."""
KINDS = {
    "role": "no stop is a box to a reader",
    "twins": "no two stops beside each other sound the same",
    "mouse": "nothing needs a mouse",
    "small": "no target is under 24 px",
    "faint": "every text stands out by 4.5",
    "round": "Tab goes all the way round and back",
    "unseen": "every stop shows that it has the focus",
}
OF_A_THEME = ("faint", "unseen")
"""What colours decide. The rest is one in all themes and looked at in light; and in the others the ring of a place that
many pictures have is looked at once.
"""
LOOKS = [
    pytest.param(theme, kind, id=f"{theme.value}-{words}")
    for theme in ThemeName
    for kind, words in KINDS.items()
    if theme is ThemeName.LIGHT or kind in OF_A_THEME
]

PICTURES_ONLY = {"curtain-states", "approval-largest"}
"""What no person ever stands before, and the part of a window that is walked over as a whole at 100 %."""
COVERED = {"console-fault"}
"""A card lies over a part of the screen, and Tab goes below it too: what it covers is not looked at."""


class Visit(Gallery):
    """Walks over each screen in place of taking its picture."""

    def __init__(self, app: TiraiApplication, theme: ThemeName) -> None:
        super().__init__(app, theme, Language.ENGLISH, Path())
        self.found: dict[str, list[str]] = defaultdict(list)
        self.seen: list[str] = []
        self._rings: set[str] | None = None if theme is ThemeName.LIGHT else set()

    def shoot(self, widget: QWidget, name: str) -> None:
        wait(60)
        self.seen.append(name)
        if name in PICTURES_ONLY:
            return
        picture = widget.grab().toImage()
        if self._rings is None:
            for kind, place in faults(widget, picture):
                self.found[kind].append(f"{name}: {place}")
            self.found["round"] += [f"{name}: {what}" for what in round_faults(widget)]
        else:
            self.found["faint"] += [f"{name}: {place}" for place in faint_texts(widget, picture)]
        if name not in COVERED:
            self.found["unseen"] += [f"{name}: {place}" for place in unseen_focus(widget, self._rings)]


def walk(app: TiraiApplication, theme: str) -> dict[str, Any]:
    """Over all screens in a theme, in English."""
    dress(app, theme)
    speak(app, Language.ENGLISH)
    visit = Visit(app, ThemeName(theme))
    visit.all()
    return {"seen": visit.seen, "found": visit.found}


@pytest.fixture(scope="module")
def visited() -> Callable[[ThemeName], dict[str, Any]]:
    """What a walk in a theme has found; it is made once."""

    @cache
    def walked(theme: ThemeName) -> dict[str, Any]:
        found: dict[str, Any] = apart(walk, theme.value)
        return found

    return walked


@pytest.mark.slow
@pytest.mark.parametrize(("theme", "kind"), LOOKS)
def test_that_on_every_screen(visited: Callable[[ThemeName], dict[str, Any]], theme: ThemeName, kind: str) -> None:
    walked = visited(theme)
    assert len(walked["seen"]) > 100, "the control: all were visited"
    found = walked["found"].get(kind, [])
    assert not found, "\n".join(found)
