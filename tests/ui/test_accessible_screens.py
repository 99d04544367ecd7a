"""Every screen and state of the gallery for a person without a mouse, with little sight or with none (WCAG 2.2 AA).

Names, roles, keys, targets and contrast by `access_walk.py`; the round of Tab and the focus ring by `focus_walk.py`.
"""

from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QWidget

from app.ui.application import TiraiApplication, dress
from app.ui.language import Language, speak
from app.ui.theme.tokens import ThemeName
from tests.ui.access_walk import faults
from tests.ui.apart import apart
from tests.ui.focus_walk import round_faults, unseen_focus
from tests.ui.gallery import Gallery, wait

pytestmark = pytest.mark.timeout(1_200)
"""The first test of a theme waits until all screens were seen."""
THEMES = [
    pytest.param(theme, id=theme.value, marks=[] if theme is ThemeName.LIGHT else [pytest.mark.slow])
    for theme in ThemeName
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

    def shoot(self, widget: QWidget, name: str) -> None:
        wait(60)
        self.seen.append(name)
        if name in PICTURES_ONLY:
            return
        for kind, place in faults(widget, widget.grab().toImage()):
            self.found[kind].append(f"{name}: {place}")
        self.found["round"] += [f"{name}: {what}" for what in round_faults(widget)]
        if name not in COVERED:
            self.found["unseen"] += [f"{name}: {place}" for place in unseen_focus(widget)]


def walk(app: TiraiApplication, theme: str) -> dict[str, Any]:
    """Over all screens in a theme, in English."""
    dress(app, theme)
    speak(app, Language.ENGLISH)
    visit = Visit(app, ThemeName(theme))
    visit.all()
    return {"seen": visit.seen, "found": visit.found}


@pytest.fixture(scope="module", params=THEMES)
def visited(request: pytest.FixtureRequest) -> dict[str, Any]:
    walked: dict[str, Any] = apart(walk, request.param.value)
    return walked


@pytest.mark.slow
@pytest.mark.parametrize(
    "kind",
    [
        pytest.param("role", id="no stop is a box to a reader"),
        pytest.param("twins", id="no two stops beside each other sound the same"),
        pytest.param("mouse", id="nothing needs a mouse"),
        pytest.param("small", id="no target is under 24 px"),
        pytest.param("faint", id="every text stands out by 4.5"),
        pytest.param("round", id="Tab goes all the way round and back"),
        pytest.param("unseen", id="every stop shows that it has the focus"),
    ],
)
def test_that_on_every_screen(visited: dict[str, Any], kind: str) -> None:
    assert len(visited["seen"]) > 100, "the control: all were visited"
    found = visited["found"].get(kind, [])
    assert not found, "\n".join(found)
