"""Every screen has room for words that are 40 % longer: in the pseudo-locale nothing is cut and nothing is covered."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from app.ui.application import TiraiApplication, dress
from app.ui.language import Language, speak, tr
from tests.ui.gallery import wait
from tests.ui.gallery.groups import SHOTS
from tests.ui.gallery.studio import Studio
from tests.ui.pseudo import LONGER, pseudo, speak_pseudo
from tests.ui.walk import covered_texts, cut_texts, painted_cuts

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


@pytest.fixture
def stretched(qapp: TiraiApplication) -> Iterator[Stretched]:
    dress(qapp, "light")
    speak_pseudo(qapp)
    looking = Stretched(qapp)
    yield looking
    looking.tasks.close()
    speak(qapp, Language.ENGLISH)
    QCoreApplication.processEvents()


@pytest.mark.usefixtures("stretched")
def test_that_the_pseudo_locale_is_longer_and_keeps_what_is_filled_in() -> None:
    assert len(pseudo("Sign in")) >= len("Sign in") * (1 + LONGER)
    assert tr("{n} s").format(n=4).startswith("[4 ")


@pytest.mark.parametrize("shot", sorted(SHOTS))
def test_that_no_text_is_cut_when_it_is_longer(stretched: Stretched, shot: str) -> None:
    SHOTS[shot](stretched)
    assert not stretched.cut, "\n".join(stretched.cut)
