"""The language of the screens: how it is chosen, what it changes, and what the door's switch keeps."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QLocale, Qt
from pytestqt.qtbot import QtBot

from app.domain.data_class import DataClass
from app.ui import words
from app.ui.application import TiraiApplication, system_theme
from app.ui.language import Language, language_for, speak, spoken
from app.ui.main_window import MainWindow
from app.ui.setup.screen import SetUpScreen
from app.ui.sign_in.screen import SignInScreen
from app.ui.tasks import Tasks
from app.ui.theme.look import Look
from app.ui.widgets.buttons import Button
from tests.ui.fake_desk import receipt
from tests.ui.fake_door import FakeSignIn
from tests.ui.fake_making import FakeMaking

AT = 1_772_532_129.0


@pytest.fixture
def english_again(qapp: TiraiApplication) -> Iterator[TiraiApplication]:
    yield qapp
    speak(qapp, Language.ENGLISH)


@pytest.fixture
def indonesian(english_again: TiraiApplication) -> TiraiApplication:
    speak(english_again, Language.INDONESIAN)
    return english_again


def test_that_a_language_named_or_remembered_wins() -> None:
    assert [language_for(name) for name in ("id", "en")] == [Language.INDONESIAN, Language.ENGLISH]


@pytest.mark.parametrize(
    ("system", "language"), [("id-ID", "id"), ("id", "id"), ("en-US", "en"), ("nl-NL", "en"), ("", "en")]
)
def test_that_otherwise_the_system_decides(monkeypatch: pytest.MonkeyPatch, system: str, language: str) -> None:
    class SystemLocale:
        def uiLanguages(self) -> list[str]:  # noqa: N802 (Qt's name)
            return [system] if system else []

        def name(self) -> str:
            return "C"

    monkeypatch.setattr(QLocale, "system", SystemLocale)
    assert language_for(None) == language
    assert language_for("nl") == language


@pytest.mark.usefixtures("indonesian")
def test_that_times_dates_and_numbers_are_written_as_in_indonesia() -> None:
    assert "." in words.clock_time(AT)
    assert ":" not in words.clock_time_seconds(AT)
    assert words.minutes_seconds(42) == "0.42"
    assert words.number(88_214) == "88.214"
    assert words.one_decimal(0.9) == "0,9"
    assert words.shown_text("date", "2019-05-14") == "14 Mei 2019"
    assert words.shown_text("money", "412500") == "Rp 412.500"


def test_that_english_keeps_its_own() -> None:
    assert ":" in words.clock_time(AT)
    assert words.number(88_214) == "88,214"
    assert words.one_decimal(0.9) == "0.9"
    assert words.shown_text("date", "2019-05-14") == "14 May 2019"
    assert words.shown_text("money", "412500") == "Rp 412.500"


def test_that_speaking_again_leaves_no_word_of_the_other_language(english_again: TiraiApplication) -> None:
    for language, name in ((Language.INDONESIAN, "Kontak"), (Language.ENGLISH, "Contact")) * 2:
        speak(english_again, language)
        assert spoken() is language
        assert words.class_name(DataClass.CONTACT) == name


@pytest.fixture
def door(
    qtbot: QtBot, look: Look, tasks: Tasks, english_again: TiraiApplication
) -> Callable[[], tuple[MainWindow, list[Language]]]:
    def make() -> tuple[MainWindow, list[Language]]:
        chosen: list[Language] = []
        window = MainWindow(
            FakeSignIn(),
            look=look,
            tasks=tasks,
            on_signed_in=lambda _desk: None,
            on_ended=lambda _receipt: None,
            on_approval_wanted=lambda: None,
            on_language=chosen.append,
        )
        qtbot.addWidget(window)
        window.show()
        return window, chosen

    return make


def screen_of(window: MainWindow) -> SignInScreen:
    screen = window.centralWidget()
    assert isinstance(screen, SignInScreen)
    return screen


def test_that_the_switch_at_the_door_offers_the_other_language_in_its_own_words(
    door: Callable[[], tuple[MainWindow, list[Language]]],
) -> None:
    window, chosen = door()
    form = screen_of(window).form
    assert form.language.text() == "Bahasa Indonesia"
    form.language.click()
    form = screen_of(window).form
    assert (form.language.text(), form.button.text(), form.password.edit.accessibleName()) == (
        "English",
        "Masuk",
        "Kata sandi",
    )
    assert chosen == [Language.INDONESIAN]
    form.language.click()
    assert screen_of(window).form.button.text() == "Sign in"
    assert chosen == [Language.INDONESIAN, Language.ENGLISH]


def test_that_all_that_was_typed_at_the_door_stays(door: Callable[[], tuple[MainWindow, list[Language]]]) -> None:
    window, _chosen = door()
    form = screen_of(window).form
    form.account.setText("ratna.dewanti")
    form.password.edit.setText("a long password 12")
    form.code.setText("73190")  # a sixth digit would send
    form.language.click()
    assert screen_of(window).form is form
    typed = ("ratna.dewanti", "a long password 12", "73190")
    assert (form.account.text(), form.password.text(), form.code.text()) == typed


def test_that_the_language_rests_while_somebody_signs_in(
    door: Callable[[], tuple[MainWindow, list[Language]]],
) -> None:
    window, _chosen = door()
    form = screen_of(window).form
    form.set_busy(True)
    assert not form.language.isEnabled()
    form.set_busy(False)
    assert form.language.isEnabled()


class Hints:
    """What a desktop wants."""

    def __init__(self, scheme: Qt.ColorScheme, *, contrast: bool = False) -> None:
        self._scheme, self._contrast = scheme, contrast

    def colorScheme(self) -> Qt.ColorScheme:  # noqa: N802 (Qt's name)
        return self._scheme

    def accessibility(self) -> "Hints":
        return self

    def contrastPreference(self) -> object:  # noqa: N802 (Qt's name)
        preference = getattr(Qt, "ContrastPreference", None)
        assert preference is not None
        return preference.HighContrast if self._contrast else preference.NoPreference


def test_that_the_theme_follows_the_desktop() -> None:
    scheme = Qt.ColorScheme
    assert system_theme(Hints(scheme.Dark)) == "dark"  # type: ignore[arg-type]
    assert system_theme(Hints(scheme.Light)) == "light"  # type: ignore[arg-type]
    assert system_theme(Hints(scheme.Unknown)) == "light"  # type: ignore[arg-type]


@pytest.mark.skipif(not hasattr(Qt, "ContrastPreference"), reason="Qt tells it from 6.10 on")
def test_that_contrast_wins_where_the_desktop_wants_it() -> None:
    assert system_theme(Hints(Qt.ColorScheme.Dark, contrast=True)) == "contrast"  # type: ignore[arg-type]


@pytest.mark.usefixtures("english_again")
def test_that_the_set_up_offers_the_other_language_until_somebody_has_begun(
    qtbot: QtBot, look: Look, tasks: Tasks
) -> None:
    window = MainWindow(
        FakeSignIn(),
        look=look,
        tasks=tasks,
        on_signed_in=lambda _desk: None,
        on_ended=lambda _receipt: None,
        on_approval_wanted=lambda: None,
        make_office=FakeMaking(),
    )
    qtbot.addWidget(window)
    window.show()
    screen = set_up_of(window)
    screen.office.name.setText("Nusantara Care")
    screen.card.language.click()
    screen = set_up_of(window)
    assert screen.card.go_on.text() == "Lanjut"
    assert screen.office.name.text() == "Nusantara Care"
    screen.card.go_on.click()
    qtbot.waitUntil(lambda: screen.is_begun)
    qtbot.waitUntil(lambda: screen.card.page is screen.person)
    assert not screen.card.language.isVisible()


def set_up_of(window: MainWindow) -> SetUpScreen:
    screen = window.centralWidget()
    assert isinstance(screen, SetUpScreen)
    return screen


def test_that_a_receipt_that_stands_follows_the_language(
    qtbot: QtBot, look: Look, tasks: Tasks, english_again: TiraiApplication
) -> None:
    window = MainWindow(
        FakeSignIn(),
        look=look,
        tasks=tasks,
        on_signed_in=lambda _desk: None,
        on_ended=lambda _receipt: None,
        on_approval_wanted=lambda: None,
        receipt=receipt(),
    )
    qtbot.addWidget(window)
    window.show()
    speak(english_again, Language.INDONESIAN)
    qtbot.waitUntil(lambda: any(button.text() == "Masuk lagi" for button in window.findChildren(Button)))
