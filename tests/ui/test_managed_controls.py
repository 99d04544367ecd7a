"""Every setting of the machine policy: the controls that it greys with who did it, or why it has no control."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPlainTextEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.domain.machine_policy.settings import SETTINGS
from app.ui.application import TiraiApplication
from app.ui.enrolment.screen import EnrolmentScreen
from app.ui.language import Language, speak
from app.ui.sign_in.screen import SignInScreen
from app.ui.tasks import Tasks
from app.ui.theme.look import Look
from tests.ui.conftest import Signed, named
from tests.ui.fake_desk import FakeDesk
from tests.ui.fake_door import FakeSignIn
from tests.ui.fake_making import FakeEnrol
from tests.ui.test_clipboard import opened as opened_field
from tests.ui.test_managed import Settle, opened, settle

__all__ = ["settle"]
UI = Path(__file__).parents[2] / "app" / "ui"
WORDS = {Language.ENGLISH: "Set by your organisation", Language.INDONESIAN: "Diatur oleh organisasi Anda"}


@dataclass
class Screens:
    """What a person opens, by what a setting is about."""

    qtbot: QtBot
    look: Look
    tasks: Tasks
    console: Callable[..., Signed]
    is_settled: bool = True

    def display(self, kind: str) -> "list[Control]":
        popover = opened(self.console())
        found: dict[str, list[Control]] = {
            "theme": [*popover.themes], "rows": [*popover.densities], "language": [*popover.languages],
            "text_percent": [popover.smaller, popover.larger], "motion": [*popover.motions],
        }  # fmt: skip
        return found[kind]

    def language(self) -> "list[Control]":
        """In the display's choices, at the door, at a first sign-in."""
        door = SignInScreen(self.look, FakeSignIn(), self.tasks)
        first = EnrolmentScreen(self.look, FakeEnrol, self.tasks)
        for screen in (door, first):
            self.qtbot.addWidget(screen)
            screen.show()
        here = [Told.of(named(door, "language")), Told.of(first.card.language)]
        return [*self.display("language"), *here]

    def approval(self) -> "list[Control]":
        """In the question, and on the card while it waits."""
        signed = self.console()
        QTest.mouseClick(named(signed.window, "ask_bank_account"), Qt.MouseButton.LeftButton)
        self.qtbot.waitUntil(lambda: bool(signed.window.findChildren(QWidget, "ask_words")))
        words = named(signed.window, "ask_words")
        assert isinstance(words, QPlainTextEdit)
        words.setPlainText("Caller wants the refund there.")
        here = named(signed.window, "ask_here")
        told = Told.of(here)
        QTest.mouseClick(named(signed.window, "send_request"), Qt.MouseButton.LeftButton)
        self.qtbot.waitUntil(lambda: bool(signed.window.findChildren(QPushButton, "withdraw_bank_account")))
        return [told, named(signed.window, "supervisor_here")]

    def copying(self) -> "list[Control]":
        """The button of an open row."""
        desk = FakeDesk(count=300)
        desk.copies, desk.is_copy_settled = True, self.is_settled
        _screen, row = opened_field(self.qtbot, self.console(desk))
        assert row.copy.isVisible()
        return [row.copy]


@dataclass(frozen=True)
class Told:
    """What a control says of itself, which may be gone by then."""

    enabled: bool
    tip: str
    heard: str

    @classmethod
    def of(cls, control: "QWidget | Told") -> "Told":
        if isinstance(control, Told):
            return control
        return cls(control.isEnabled(), control.toolTip(), control.accessibleDescription())


Control = QWidget | Told
GREYED: dict[str, tuple[object, Callable[[Screens], list[Control]]]] = {
    "language": ("id", Screens.language),
    "theme": ("dark", lambda screens: screens.display("theme")),
    "rows": ("comfortable", lambda screens: screens.display("rows")),
    "clipboard_allowed": (False, Screens.copying),
    "desk_approval_allowed": (False, Screens.approval),
}
"""Setting: a value that settles it, and the controls that a person then finds greyed."""
COMMANDS: dict[str, tuple[object, tuple[str, ...]]] = {
    "calls_allowed": (False, ("waiting_call", "hold_call", "end_call")),
}
"""Setting: commands without a control while they do nothing; palette and sheet grey them, and say who did it."""
RECOMMENDED = ("text_percent", "motion")
"""Nobody is kept from choosing these: their controls are never greyed."""
NO_CONTROL: dict[str, str] = {
    "gateway_url": "no window names a gateway; `tirai gateway use` refuses with the same words",
    "gateway_pins": "as gateway_url",
    "gateway_ca": "as gateway_url",
    "own_office_allowed": "the set-up is not offered; who opens Tirai reads the sentence of M5",
    "other_homes_allowed": "an option of the command line, which refuses",
    "idle_lock_s": "nobody chooses a time; the policy's workspace edits what holds at all workstations",
    "idle_end_s": "as idle_lock_s",
    "call_idle_max_s": "as idle_lock_s",
    "session_s": "as idle_lock_s",
    "lease_s": "as idle_lock_s",
    "view_s": "as idle_lock_s",
    "clipboard_s": "as idle_lock_s",
    "capture_exception_allowed": "the exception is an edit of the office's policy; no workstation chooses it",
    "capture_block_required": "nobody signs in; the door says so",
    "protection_required": "the system's own settings; my account says which part is wanted",
    "minimum_version": "nobody signs in; the door says so",
    "commands_allowed": "commands of the terminal, which refuse",
    "updates": "no window looks for updates; `tirai update` tells who brings them",
    "updates_from": "as updates",
    "updates_proxy": "as updates",
    "log_level": "no window has a level; `tirai policy show` tells it",
}


def test_that_every_setting_has_its_controls_or_a_reason_for_having_none() -> None:
    tables = [*GREYED, *COMMANDS, *RECOMMENDED, *NO_CONTROL]
    assert sorted(tables) == sorted(setting.key for setting in SETTINGS)
    assert all(NO_CONTROL.values())


def test_that_no_screen_heeds_a_setting_that_is_not_in_the_table() -> None:
    asked = re.compile(r"\b(?:is_settled|is_shut)\(\"(\w+)\"\)")
    heeded = {key for path in UI.rglob("*.py") for key in asked.findall(path.read_text("utf-8"))}
    assert heeded - {"language"} <= {*GREYED, *COMMANDS}
    assert {"desk_approval_allowed", "calls_allowed", "language"} <= heeded, "the control"


@pytest.fixture
def screens(qtbot: QtBot, look: Look, tasks: Tasks, console: Callable[..., Signed]) -> Screens:
    return Screens(qtbot, look, tasks, console)


@pytest.mark.parametrize("key", GREYED)
def test_that_its_controls_are_greyed_and_say_who_did_it(
    screens: Screens, qapp: TiraiApplication, settle: Settle, key: str
) -> None:
    value, controls = GREYED[key]
    settle(**{key: value})
    for language in Language if key in {"theme", "clipboard_allowed"} else (Language.ENGLISH,):
        speak(qapp, language)
        words = WORDS[language]
        assert {Told.of(control) for control in controls(screens)} == {Told(False, words, words)}


@pytest.mark.parametrize("key", GREYED)
def test_that_they_work_where_something_else_is_settled(screens: Screens, settle: Settle, key: str) -> None:
    screens.is_settled = False
    settle(idle_lock_s=120)
    found = [Told.of(control) for control in GREYED[key][1](screens)]
    assert all(told.enabled for told in found)
    assert not {WORDS[Language.ENGLISH]} & {words for told in found for words in (told.tip, told.heard)}


@pytest.mark.parametrize("key", RECOMMENDED)
def test_that_what_is_only_recommended_greys_nothing(screens: Screens, settle: Settle, key: str) -> None:
    settle(theme="dark", rows="comfortable")
    assert all(Told.of(control).enabled for control in screens.display(key))


@pytest.mark.parametrize("key", COMMANDS)
def test_that_its_commands_are_greyed_and_say_who_did_it(
    console: Callable[..., Signed], settle: Settle, key: str
) -> None:
    value, names = COMMANDS[key]
    screen = console().window.console
    assert screen is not None
    before = {name: screen.commands.find(name) for name in names}
    assert all(command is not None and "organisation" not in command.why_not() for command in before.values())
    settle(**{key: value})
    for name in names:
        command = screen.commands.find(name)
        assert command is not None
        assert command.why_not() == WORDS[Language.ENGLISH], name


def test_that_a_greyed_copy_copies_nothing_and_tells_readers_why(screens: Screens) -> None:
    desk = FakeDesk(count=300)
    desk.copies = desk.is_copy_settled = True
    signed = screens.console(desk)
    screen, row = opened_field(screens.qtbot, signed)
    QTest.keyClick(row, Qt.Key.Key_C)
    QTest.mouseClick(row.copy, Qt.MouseButton.LeftButton)
    copying = next(command for command in screen.commands.all() if command.does.startswith("copy:"))
    assert copying.why_not() == WORDS[Language.ENGLISH]
    assert f"Copy: {WORDS[Language.ENGLISH]}" in row.accessibleDescription()
    assert screen.clipboard.seconds_left() == 0
    assert desk.copied_fields == []
