"""The privacy desk in the smallest window: in both languages no text is cut, none is covered."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget

from app.ui.application import TiraiApplication, dress
from app.ui.language import Language, speak
from app.ui.main_window import MainWindow
from tests.ui import fake_desk
from tests.ui.apart import apart
from tests.ui.gallery import wait
from tests.ui.gallery.groups import SHOTS
from tests.ui.gallery.studio import Studio
from tests.ui.walk import covered_texts, cut_texts, painted_cuts

pytestmark = pytest.mark.timeout(1_200)
SMALLEST = (1180, 640)
LOOKED_AT = ("privacy.", "requests.", "incidents.incidents", "training.report")


class Small(Studio):
    """Looks at each screen in the smallest window."""

    def __init__(self, app: TiraiApplication, language: Language) -> None:
        super().__init__(app, "light", language, Path())
        self.cut: list[str] = []
        self.seen: list[str] = []

    def window(self, desk: fake_desk.FakeDesk | None = None, **options: object) -> MainWindow:
        """A window of that size."""
        window = super().window(desk, **options)
        window.resize(*SMALLEST)
        return window

    def shoot(self, widget: QWidget, name: str) -> None:
        wait(60)
        cuts = [*cut_texts(widget), *covered_texts(widget)]
        with painted_cuts(cuts):
            widget.grab()
        self.cut += [f"{name}: {text}" for text in cuts]
        self.seen.append(f"{name}: {widget.width()}")


def walk(app: TiraiApplication, language: str) -> dict[str, list[str]]:
    """Over the pages in a language."""
    dress(app, "light")
    speak(app, Language(language))
    cut, seen = list[str](), list[str]()
    for name, take in SHOTS.items():
        if name.startswith(LOOKED_AT):
            small = Small(app, Language(language))
            take(small)
            small.tasks.close()
            cut += small.cut
            seen += small.seen
    return {"cut": cut, "seen": seen}


@pytest.mark.slow
@pytest.mark.parametrize("language", list(Language), ids=lambda language: language.value)
def test_that_nothing_is_cut_in_the_smallest_window(language: Language) -> None:
    walked: dict[str, list[str]] = apart(walk, language.value)
    assert walked["cut"] == []
    assert len(walked["seen"]) >= 20
    assert all(seen.endswith(f": {SMALLEST[0]}") for seen in walked["seen"])
