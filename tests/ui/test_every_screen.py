"""Every screen and state of the gallery, in both languages: nothing is cut, nothing is without a name."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from app.ui.application import TiraiApplication, dress
from app.ui.language import Language, speak
from tests.ui.gallery import Gallery, wait
from tests.ui.walk import cut_texts, nameless, painted_cuts


class Inspection(Gallery):
    """Looks at each screen in place of taking its picture."""

    def __init__(self, app: TiraiApplication, language: Language) -> None:
        super().__init__(app, "light", language, Path())
        self.cut: list[str] = []
        self.nameless: list[str] = []
        self.seen: list[str] = []

    def shoot(self, widget: QWidget, name: str) -> None:
        wait(60)
        cuts = cut_texts(widget)
        with painted_cuts(cuts):
            widget.grab()
        self.cut += [f"{name}: {text}" for text in cuts]
        self.nameless += [f"{name}: {place}" for place in nameless(widget)]
        self.seen.append(name)


@pytest.fixture(scope="module", params=list(Language), ids=lambda language: language.value)
def inspected(qapp: TiraiApplication, request: pytest.FixtureRequest) -> Iterator[Inspection]:
    dress(qapp, "light")
    speak(qapp, request.param)
    inspection = Inspection(qapp, request.param)
    try:
        inspection.all()
        yield inspection
    finally:
        inspection.tasks.close()
        speak(qapp, Language.ENGLISH)
        QCoreApplication.processEvents()


def test_that_no_text_is_cut_in_its_widget(inspected: Inspection) -> None:
    assert not inspected.cut, "\n".join(inspected.cut)


def test_that_every_widget_that_can_have_the_focus_has_a_name(inspected: Inspection) -> None:
    assert not inspected.nameless, "\n".join(inspected.nameless)


def test_that_the_inspection_saw_every_screen(inspected: Inspection) -> None:
    assert {"sign-in", "console", "console-table", "unlock-request", "approval", "wiped", "step-up"} <= set(
        inspected.seen
    )
