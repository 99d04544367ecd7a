"""What the machine's administrator has settled is greyed, says who did it to eyes and readers, and does not move."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPlainTextEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.domain.display import Display
from app.domain.machine_policy.errors import ShutHereError
from app.domain.machine_policy.judging import judge
from app.domain.machine_policy.policy import NOTHING_MANAGED, MachinePolicy
from app.domain.machine_policy.said import Said
from app.session.console_line import Answer, Ask
from app.ui.application import TiraiApplication, show_as, shown_display
from app.ui.calls import Calls
from app.ui.console.display_popover import DisplayPopover
from app.ui.faults import fault_of
from app.ui.language import Language, speak, spoken
from app.ui.sign_in.screen import SignInScreen
from app.ui.tasks import Tasks
from app.ui.theme.look import Look
from tests.ui.conftest import Signed, named
from tests.ui.fake_door import FakeSignIn
from tests.ui.walk import cut_texts

WORDS = "Set by your organisation"
Settle = Callable[..., None]


@pytest.fixture
def settle(qapp: TiraiApplication) -> Iterator[Settle]:
    def to(**mandatory: object) -> None:
        qapp.managed = judge([Said("test", mandatory)])

    yield to
    qapp.managed = NOTHING_MANAGED
    speak(qapp, Language.ENGLISH)
    show_as(qapp, Display("light"))


def opened(signed: Signed) -> DisplayPopover:
    assert signed.window.console is not None
    signed.window.console.commands.run("display")
    popover = named(signed.window, "display_popover")
    assert isinstance(popover, DisplayPopover)
    return popover


def assert_settled(button: QWidget, words: str = WORDS) -> None:
    assert not button.isEnabled(), button.objectName()
    assert button.toolTip() == words
    assert button.accessibleDescription() == words


@pytest.mark.parametrize("language", list(Language))
def test_that_settled_choices_are_greyed_and_say_who_did_it(
    console: Callable[..., Signed], qapp: TiraiApplication, settle: Settle, language: Language
) -> None:
    settle(theme="dark", rows="comfortable", language=language.value)
    speak(qapp, language)
    popover = opened(console())
    words = WORDS if language is Language.ENGLISH else "Diatur oleh organisasi Anda"
    for button in (*popover.themes, *popover.densities, *popover.languages):
        assert_settled(button, words)
    assert all(button.isEnabled() for button in (*popover.motions, popover.smaller, popover.larger))
    said = [label.text() for label in popover.findChildren(QWidget) if hasattr(label, "text") and label.isVisible()]
    assert said.count(words) == 3
    assert not cut_texts(popover)
    focus = popover.focusWidget()
    assert focus is not None
    assert focus.isEnabled()


def test_that_nothing_is_greyed_where_nothing_is_settled(console: Callable[..., Signed], settle: Settle) -> None:
    settle(idle_lock_s=120)
    popover = opened(console())
    assert all(button.isEnabled() for button in (*popover.themes, *popover.densities, *popover.languages))
    assert WORDS not in {button.toolTip() for button in popover.themes}


def test_that_what_a_person_chose_before_does_not_win(
    console: Callable[..., Signed], qapp: TiraiApplication, settle: Settle
) -> None:
    show_as(qapp, Display("dark"))
    settle(theme="dark")
    signed = console()
    assert signed.window.console is not None
    signed.window.console.display.choose(theme="light", text=125)
    assert shown_display() == Display("dark", text=125)


def test_that_the_doors_language_is_settled_too(
    qtbot: QtBot, look: Look, tasks: Tasks, console: Callable[..., Signed], settle: Settle
) -> None:
    settle(language="en")
    screen = SignInScreen(look, FakeSignIn(), tasks)
    qtbot.addWidget(screen)
    screen.show()
    link = named(screen, "language")
    assert_settled(link)
    QTest.mouseClick(link, Qt.MouseButton.LeftButton)
    console().window._on_language_wanted("id")
    assert spoken() is Language.ENGLISH


def test_that_approval_at_the_desk_is_greyed(qtbot: QtBot, console: Callable[..., Signed], settle: Settle) -> None:
    settle(desk_approval_allowed=False)
    signed = console()
    QTest.mouseClick(named(signed.window, "ask_bank_account"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(signed.window.findChildren(QWidget, "ask_words")))
    words = named(signed.window, "ask_words")
    assert isinstance(words, QPlainTextEdit)
    words.setPlainText("Caller wants the refund there.")
    assert_settled(named(signed.window, "ask_here"))
    QTest.mouseClick(named(signed.window, "send_request"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(signed.window.findChildren(QPushButton, "withdraw_bank_account")))
    assert_settled(named(signed.window, "supervisor_here"))
    assert signed.approvals == 0


def test_that_no_softphone_is_heard(qapp: TiraiApplication, settle: Settle) -> None:
    calls = Calls()
    calls.state = Answer.OPEN
    settle(calls_allowed=False)
    for question in (Ask("call_start", {"call": "a"}), Ask("pop", {"phone": "+62 812-3456-7890"}), Ask("call_end")):
        assert calls.answer(question) is Answer.SHUT
    assert calls.count == 0
    assert calls.answer(Ask("state")) is Answer.OPEN
    settle(theme="dark")
    assert calls.answer(Ask("call_start", {"call": "a"})) is Answer.ON


@pytest.mark.parametrize("code", ["M1", "M2", "M3", "M4", "M5", "M5_capture", "M5_desk"])
@pytest.mark.parametrize("language", list(Language))
def test_that_each_refusal_has_one_sentence_with_its_code(
    qapp: TiraiApplication, settle: Settle, code: str, language: Language
) -> None:
    speak(qapp, language)
    sentence = fault_of(ShutHereError("for IT: /etc/tirai/policy.d/10-site.toml", code=code)).sentence
    assert "/etc" not in sentence
    assert code == "M5_desk" or f"({code.partition('_')[0]})" in sentence
    assert (MachinePolicy().is_empty, len(sentence) < 140) == (True, True)
