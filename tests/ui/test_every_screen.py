"""Every screen and state of the gallery, in both languages: nothing is cut, covered or without a name.

In English each also changes its language while it stands: no English sentence stays.
"""

import re
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget

from app.ui.application import TiraiApplication, dress
from app.ui.language import Language, speak
from tests.ui.apart import apart
from tests.ui.fake_people import INDONESIAN
from tests.ui.gallery import Gallery, wait
from tests.ui.linguist import SOURCE, messages
from tests.ui.screen_texts import texts_of
from tests.ui.walk import covered_texts, cut_texts, nameless, painted_cuts

Texts = set[tuple[str, str]]

pytestmark = [pytest.mark.slow, pytest.mark.timeout(1_200)]
"""The first test of a language waits until all screens were seen."""

OWN_LANGUAGE = ("AccessModel", "who_saw_", "language_", "_language", "notice_en", "curtain-states")
"""The list for a customer is in the customer's language, the choice of a language in its own; the sheet of curtains
has words of the test's.
"""
MOVES = ("note_state", "connection_state", "call_time")
"""What counts seconds says other words by then."""
SENTENCES = {message.source for message in messages(SOURCE) if message.translation != message.source}
SENTENCES |= set(INDONESIAN)
ENGLISH = [
    re.compile(re.sub(r"\\{\w*\\}", ".+", re.escape(re.sub(r"\d+", "#", sentence))), re.DOTALL)
    for sentence in sorted(SENTENCES)
    if len(re.sub(r"\{\w*\}|\W", "", sentence)) > 3
]
"""What is said otherwise in Indonesian, by the screens and by an office's labels."""


class Inspection(Gallery):
    """Looks at each screen in place of taking its picture."""

    def __init__(self, app: TiraiApplication, language: Language) -> None:
        super().__init__(app, "light", language, Path())
        self.cut: list[str] = []
        self.nameless: list[str] = []
        self.seen: list[str] = []
        self.left: list[str] = []

    def shoot(self, widget: QWidget, name: str) -> None:
        wait(60)
        cuts = [*cut_texts(widget), *covered_texts(widget)]
        with painted_cuts(cuts):
            widget.grab()
        self.cut += [f"{name}: {text}" for text in cuts]
        self.nameless += [f"{name}: {place}" for place in nameless(widget)]
        self.seen.append(name)
        if self.language is Language.ENGLISH:
            self._change_language(widget, name)

    def _change_language(self, widget: QWidget, name: str) -> None:
        before = texts_of(widget)
        speak(self.app, Language.INDONESIAN)
        wait(10)
        self.left += [
            f"{name}: {place}: {text}" for place, text in before & texts_of(widget) if stays(name, place, text)
        ]
        speak(self.app, Language.ENGLISH)


def stays(name: str, place: str, text: str) -> bool:
    """Whether it is English that should not be there any more."""
    if any(word in f"{name} {place}" for word in (*OWN_LANGUAGE, *MOVES)):
        return False
    if name.startswith("who-saw") and place == "painted":
        return False  # the lines of the same list, which `AccessModel` holds
    return any(sentence.fullmatch(text) for sentence in ENGLISH)


def walk(app: TiraiApplication, language: str) -> dict[str, list[str]]:
    """Over all screens in a language, in light."""
    dress(app, "light")
    speak(app, Language(language))
    inspection = Inspection(app, Language(language))
    inspection.all()
    return {name: getattr(inspection, name) for name in ("cut", "nameless", "seen", "left")}


@pytest.fixture(scope="module", params=list(Language), ids=lambda language: language.value)
def inspected(request: pytest.FixtureRequest) -> dict[str, list[str]]:
    walked: dict[str, list[str]] = apart(walk, request.param.value)
    return walked


def test_that_no_text_is_cut_in_its_widget(inspected: dict[str, list[str]]) -> None:
    assert not inspected["cut"], "\n".join(inspected["cut"])


def test_that_every_widget_that_can_have_the_focus_has_a_name(inspected: dict[str, list[str]]) -> None:
    assert not inspected["nameless"], "\n".join(inspected["nameless"])


def test_that_the_inspection_saw_every_screen(inspected: dict[str, list[str]]) -> None:
    assert {"sign-in", "console", "console-table", "unlock-request", "approval", "wiped", "step-up"} <= set(
        inspected["seen"]
    )


def test_that_a_change_of_language_leaves_no_word_of_the_one_before(inspected: dict[str, list[str]]) -> None:
    assert not inspected["left"], "\n".join(sorted(inspected["left"]))
