"""Every screen has room for words that are 40 % longer: in the pseudo-locale nothing is cut and nothing is covered."""

import traceback
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from app.ui.application import TiraiApplication, dress
from app.ui.language import Language, speak, tr
from tests.ui.apart import apart
from tests.ui.gallery import wait
from tests.ui.gallery.groups import SHOTS
from tests.ui.gallery.studio import Studio, let_go
from tests.ui.pseudo import LONGER, pseudo, speak_pseudo
from tests.ui.walk import covered_texts, cut_texts, painted_cuts

pytestmark = pytest.mark.timeout(1_200)
"""The first test waits until all screens were seen."""

TIGHT = (
    "search < QFrame < SearchBar",  # the words are the design's; the translation is the shorter one
    "display-largest: ",  # twice the size and 40 % more at once; a row of four says what they are in its names
    "end-lease: ",  # the status bar at its fullest; what is calm leaves it first
    "check-missed: painted",  # the words are the design's; a cell of four ends them in …, its name says all
)
"""Where the longest words may end early, and why."""


class Stretched(Studio):
    """Looks at each screen in the pseudo-locale."""

    def __init__(self, app: TiraiApplication) -> None:
        super().__init__(app, "light", Language.ENGLISH, Path())
        self.cut: list[str] = []

    def shoot(self, widget: QWidget, name: str) -> None:
        wait(60)
        cuts = [*cut_texts(widget), *covered_texts(widget)]
        with painted_cuts(cuts):
            widget.grab()
        self.cut += [line for text in cuts if not any(word in (line := f"{name}: {text}") for word in TIGHT)]


def walk(app: TiraiApplication) -> dict[str, list[str]]:
    """What is cut in each shot, in the pseudo-locale."""
    dress(app, "light")
    speak_pseudo(app)
    found = {}
    for shot, take in SHOTS.items():
        looking = Stretched(app)
        try:
            take(looking)
        except Exception:  # noqa: BLE001 -- the other shots go on, and its own test says it
            looking.cut.append(traceback.format_exc(limit=-3))
        found[shot] = looking.cut
        looking.tasks.close()
        let_go()
    return found


@pytest.fixture(scope="module")
def cut() -> dict[str, list[str]]:
    walked: dict[str, list[str]] = apart(walk)
    return walked


def test_that_the_pseudo_locale_is_longer_and_keeps_what_is_filled_in(qapp: TiraiApplication) -> None:
    assert len(pseudo("Sign in")) >= len("Sign in") * (1 + LONGER)
    speak_pseudo(qapp)
    try:
        assert tr("{n} s").format(n=4).startswith("[4 ")
    finally:
        speak(qapp, Language.ENGLISH)
        QCoreApplication.processEvents()


@pytest.mark.slow
@pytest.mark.parametrize("shot", sorted(SHOTS))
def test_that_no_text_is_cut_when_it_is_longer(cut: dict[str, list[str]], shot: str) -> None:
    assert not cut[shot], "\n".join(cut[shot])
