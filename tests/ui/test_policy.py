"""The policy's workspace: what each role sees, how an administrator edits, and how a second person decides."""

import re
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QMainWindow, QPlainTextEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.domain.data_class import DataClass
from app.domain.policy import Access, PolicyError
from app.domain.policy_difference import ChangeKind, difference
from app.domain.policy_edit import read_edit
from app.domain.policy_reader import load_policy
from app.domain.policy_text import with_value
from app.domain.role import Role
from app.ui.application import TiraiApplication
from app.ui.console.workspace_entries import POLICY, menu_of
from app.ui.language import Language, speak
from app.ui.policy.change_words import change_title, change_value
from app.ui.policy.screen import PolicyScreen
from app.ui.policy.value_words import number_name
from app.ui.policy.words import text_refused
from app.ui.tasks import Tasks
from app.ui.theme.look import Look
from tests.ui.conftest import Signed
from tests.ui.fake_desk import FakeDesk
from tests.ui.fake_policy import BASE, FakePolicies, tighter

Make = Callable[..., PolicyScreen]
WHY = "Contacts only on request while we look into a leak"


@pytest.fixture
def make(qtbot: QtBot, look: Look, tasks: Tasks) -> Iterator[Make]:
    windows = []

    def made(policies: FakePolicies) -> PolicyScreen:
        window = QMainWindow()
        screen = PolicyScreen(look, policies, tasks, takes_part=policies.role is not Role.AGENT)
        window.setCentralWidget(screen)
        window.resize(1366, 768)
        window.show()
        windows.append(window)
        screen.begin()
        screen.come()
        qtbot.waitUntil(lambda: screen.tables.rights.lines.rowCount() > 0)
        return screen

    yield made
    for window in windows:
        window.close()
        window.deleteLater()


def found(screen: QWidget, name: str) -> QPushButton | None:
    buttons = screen.window().findChildren(QPushButton, name)
    return next((b for b in buttons if b.isVisible() and b.isEnabled()), None)


def press(qtbot: QtBot, screen: QWidget, name: str) -> None:
    qtbot.waitUntil(lambda: found(screen, name) is not None)
    button = found(screen, name)
    assert button is not None
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def said(page: QWidget) -> str:
    return "\n".join(label.text() for label in page.findChildren(QLabel) if label.isVisible())


def cell(screen: PolicyScreen, role: int, data_class: DataClass) -> str:
    index = screen.tables.rights.lines.index(role, 1 + list(DataClass).index(data_class))
    return str(index.data())


def choose(screen: PolicyScreen, role: int, data_class: DataClass) -> None:
    screen.tables.rights.setCurrentIndex(screen.tables.rights.lines.index(role, 1 + list(DataClass).index(data_class)))


def pick(screen: PolicyScreen, name: str, value: object) -> None:
    picker = screen.findChildren(QComboBox, name)[-1]
    at = [picker.itemData(i) for i in range(picker.count())].index(value)
    picker.setCurrentIndex(at)


def test_that_the_grid_says_in_words_what_each_role_may(make: Make) -> None:
    screen = make(FakePolicies())
    assert cell(screen, 0, DataClass.CONTACT) == "Reveals"
    assert cell(screen, 0, DataClass.IDENTITY) == "Asks"
    assert cell(screen, 0, DataClass.SPECIAL) == "Never"
    assert cell(screen, 2, DataClass.SPECIAL) == "Reveals\nfresh code"
    assert cell(screen, 3, DataClass.OPEN) == "Never"
    assert cell(screen, 0, DataClass.OPEN) == "Shown"
    index = screen.tables.rights.lines.index(2, 5)
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "Privacy officer, Special: Reveals fresh code"


def test_that_arrows_choose_a_cell_and_the_drawer_says_its_reasons(qtbot: QtBot, make: Make) -> None:
    screen = make(FakePolicies())
    choose(screen, 0, DataClass.CONTACT)
    qtbot.waitUntil(lambda: "Agent, Contact" in said(screen.right))
    QTest.keyClick(screen.tables.rights, Qt.Key.Key_Right)
    qtbot.waitUntil(lambda: "Agent, Identity" in said(screen.right))
    qtbot.waitUntil(lambda: "Reasons to ask" in said(screen.right))
    words = said(screen.right)
    assert "used up" not in words, "that one is for what the role opens by itself"
    assert "Correct a wrong identity number (identified caller)" in words


@pytest.mark.parametrize("role", [Role.AGENT, Role.SUPERVISOR, Role.PRIVACY_OFFICER])
def test_that_nobody_but_an_administrator_is_offered_a_change(qtbot: QtBot, make: Make, role: Role) -> None:
    screen = make(FakePolicies(role))
    for at in range(4):
        screen.tables.sections.button(at).click()
        names = {b.objectName() for b in screen.findChildren(QPushButton) if b.isVisible()}
        assert not names & {"put_right", "put_number", "retire_reason", "new_reason_head", "edit_text", "begin_with"}
    assert not [e for e in screen.findChildren(QLineEdit) if e.isVisible()]


def test_that_a_right_goes_into_an_edit_and_not_into_the_grid(qtbot: QtBot, make: Make) -> None:
    policies = FakePolicies(Role.ADMINISTRATOR)
    screen = make(policies)
    choose(screen, 0, DataClass.CONTACT)
    pick(screen, "right_access", Access.ASK)
    press(qtbot, screen, "put_right")
    qtbot.waitUntil(lambda: screen.drawer.currentWidget() is screen.difference)
    assert "Agent, Contact\nReveals  →  Asks" in said(screen.difference)
    assert cell(screen, 0, DataClass.CONTACT) == "Reveals", "nothing of it is in force"
    assert screen.unsent.isVisible()
    edit = screen.difference.findChildren(QLineEdit, "edit_why")[-1]
    press(qtbot, screen, "propose_edit")
    qtbot.waitUntil(lambda: "Say why" in screen.difference.error.text())
    edit.setText(WHY)
    press(qtbot, screen, "propose_edit")
    qtbot.waitUntil(lambda: len(policies.proposed) == 1)
    text, why = policies.proposed[0]
    assert why == WHY
    assert [c.kind for c in difference(BASE, load_policy(text))] == [ChangeKind.ACCESS]
    qtbot.waitUntil(lambda: screen.waits.isVisible() and not screen.unsent.isVisible())


def test_that_a_class_that_only_other_is_left_to_ask_with_is_warned_of(qtbot: QtBot, make: Make) -> None:
    screen = make(FakePolicies(Role.ADMINISTRATOR))
    words = 'Only "Other" is left to ask with. Add reasons.'
    screen.draft.put_right(Role.AGENT, DataClass.CONTACT, Access.ASK, False, False)
    qtbot.waitUntil(lambda: words in said(screen.difference))
    screen.draft.put_right(Role.AGENT, DataClass.CONTACT, Access.NEVER, False, False)
    qtbot.waitUntil(lambda: "Never" in said(screen.difference))
    assert words not in said(screen.difference)


def test_that_changes_add_up_and_can_be_dropped(qtbot: QtBot, make: Make) -> None:
    screen = make(FakePolicies(Role.ADMINISTRATOR))
    for key, value in (("view_s", 20), ("lookups_shift", 100)):
        screen.draft.put_number(key, value)
        qtbot.waitUntil(lambda key=key: number_name(key) in said(screen.difference))  # type: ignore[misc]
    assert "2 changes" in screen.unsent.label.text()
    press(qtbot, screen, "forget_edit")
    qtbot.waitUntil(lambda: not screen.unsent.isVisible())
    assert screen.drawer.currentWidget() is screen.right


def test_that_a_number_beyond_its_bounds_is_refused_on_its_page(qtbot: QtBot, make: Make) -> None:
    screen = make(FakePolicies(Role.ADMINISTRATOR))
    screen.tables.sections.button(2).click()
    screen.tables.numbers.setCurrentIndex(screen.tables.numbers.lines.index(8, 0))
    edit = screen.number.findChildren(QLineEdit, "number_value")[-1]
    qtbot.waitUntil(lambda: "30 s" in said(screen.number))
    edit.setText("31")
    QTest.keyClick(edit, Qt.Key.Key_Return)
    assert screen.number.error.text() == "A whole number from 5 to 30."
    assert screen.draft.edit is None


def test_that_a_bad_text_is_refused_with_its_line_and_the_cursor_stands_in_it(qtbot: QtBot, make: Make) -> None:
    screen = make(FakePolicies(Role.ADMINISTRATOR))
    press(qtbot, screen, "edit_text")
    edit = screen.text.edit
    qtbot.waitUntil(lambda: edit.toPlainText() == BASE.text)
    edit.setPlainText(BASE.text.replace('asks = ["special"]', 'asks = ["special", "note"]'))
    press(qtbot, screen, "see_changes")
    qtbot.waitUntil(lambda: bool(screen.text.error.text()))
    line = int(re.findall(r"Line (\d+)", screen.text.error.text())[0])
    assert edit.textCursor().block().blockNumber() == line - 1
    assert edit.textCursor().block().text().startswith(("asks", "reveals"))
    edit.setPlainText(with_value(BASE.text, "numbers", "view_s", 31))
    press(qtbot, screen, "see_changes")
    qtbot.waitUntil(lambda: screen.text.error.text().endswith(": view_s is a whole number from 5 to 30."))
    assert edit.textCursor().block().text().startswith("view_s")
    edit.setPlainText(tighter())
    press(qtbot, screen, "see_changes")
    qtbot.waitUntil(lambda: screen.drawer.currentWidget() is screen.difference)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[numbers]\nview_s = 4", "Baris 2: view_s adalah bilangan bulat dari 5 sampai 30."),
        ("[numbers]\nviews = 4", "Baris 2: views tidak diperbolehkan."),
        ("[role.agent]\nasks = [1]", "Baris 2: asks tidak diperbolehkan."),
        ("[numbers", "Baris 1 bukan TOML."),
    ],
)
def test_that_a_refusal_of_the_text_is_in_the_persons_language(qapp: TiraiApplication, text: str, words: str) -> None:
    with pytest.raises(PolicyError) as refused:
        read_edit(text, BASE)
    speak(qapp, Language.INDONESIAN)
    try:
        assert text_refused(refused.value, BASE) == words
    finally:
        speak(qapp, Language.ENGLISH)


def test_that_reasons_come_and_go(qtbot: QtBot, make: Make) -> None:
    screen = make(FakePolicies(Role.ADMINISTRATOR))
    screen.tables.sections.button(1).click()
    press(qtbot, screen, "retire_reason")
    qtbot.waitUntil(lambda: "Reason to reveal: call_back" in said(screen.difference))
    assert "not offered" in said(screen.difference)
    screen.tables.sections.button(0).click()
    screen.tables.sections.button(1).click()
    press(qtbot, screen, "new_reason_head")
    for name, text in (("reason_code", "warranty"), ("reason_en", "A warranty case"), ("reason_id", "Kasus garansi"),
                       ("reason_purpose", "billing")):  # fmt: skip
        screen.reason.findChildren(QLineEdit, name)[-1].setText(text)
    press(qtbot, screen, "put_reason")
    qtbot.waitUntil(lambda: "Reason to reveal: warranty" in said(screen.difference))
    assert "A warranty case; Contact; caller needed" in said(screen.difference)
    assert "Reason to reveal: call_back" in said(screen.difference)


def test_that_an_earlier_version_is_a_new_edit(qtbot: QtBot, make: Make) -> None:
    policies = FakePolicies(Role.ADMINISTRATOR)
    policies.policy = load_policy(tighter())
    screen = make(policies)
    screen.tables.sections.button(3).click()
    screen.tables.versions.setCurrentIndex(screen.tables.versions.lines.index(2, 0))
    press(qtbot, screen, "begin_with")
    qtbot.waitUntil(lambda: "Asks  →  Reveals" in said(screen.difference))


def test_that_a_version_says_when_it_was_confirmed_and_what_it_changed(qtbot: QtBot, make: Make) -> None:
    screen = make(FakePolicies(Role.SUPERVISOR))
    screen.tables.sections.button(3).click()
    qtbot.waitUntil(lambda: "Changed from: Version 1" in said(screen.version))
    words = said(screen.version)
    assert f"{number_name('lookups_shift')}\n200  →  102" in words
    assert "09:45" in words, "half an hour and a minute after it was proposed"
    screen.tables.versions.setCurrentIndex(screen.tables.versions.lines.index(1, 0))
    qtbot.waitUntil(lambda: "Changed from: As delivered" in said(screen.version))
    assert "does not fit this Tirai any more" in said(screen.version)
    assert "200  →  102" not in said(screen.version)


def test_that_a_second_person_sees_each_change_and_confirms_with_a_code(qtbot: QtBot, make: Make) -> None:
    policies = FakePolicies(Role.SUPERVISOR)
    policies.waits, policies.has_code = tighter(), False
    screen = make(policies)
    qtbot.waitUntil(screen.waits.isVisible)
    press(qtbot, screen, "look_at_waiting")
    words = said(screen.difference)
    for change in difference(BASE, load_policy(tighter())):
        assert change_title(change) in words
        assert f"{change_value(change, change.old)}  →  {change_value(change, change.new)}" in words
    assert WHY in words
    assert "adi.nugroho" in words
    lines = screen.difference.findChildren(QPlainTextEdit, "toml_lines")[-1]
    assert not lines.isVisible()
    press(qtbot, screen, "show_toml")
    assert lines.isVisible()
    press(qtbot, screen, "confirm_edit")
    qtbot.waitUntil(lambda: screen.acting.asks)
    assert not policies.done
    popover = screen.acting._popover
    assert popover is not None
    popover.code.boxes.setText("123456")
    qtbot.waitUntil(lambda: policies.done == [("confirm", "e1" * 16)])
    qtbot.waitUntil(lambda: cell(screen, 0, DataClass.CONTACT) == "Asks")
    assert not screen.waits.isVisible()
    assert screen.tables.state.text() == "Version 3"


def test_that_a_long_edit_scrolls_above_the_buttons_that_decide_on_it(qtbot: QtBot, make: Make) -> None:
    policies = FakePolicies(Role.SUPERVISOR)
    policies.waits, policies.has_code = tighter(), False
    screen = make(policies)
    qtbot.waitUntil(screen.waits.isVisible)
    press(qtbot, screen, "look_at_waiting")
    page = screen.difference
    bar, confirm = page.area.verticalScrollBar(), found(screen, "confirm_edit")
    assert confirm is not None

    def gap() -> int:
        """From what the page holds down to its buttons."""
        inner = page.area.widget()
        assert inner is not None
        return confirm.mapTo(page, QPoint(0, 0)).y() - inner.mapTo(page, QPoint(0, inner.height())).y()

    near = gap()
    assert bar.maximum() == 0, "a short one needs no bar, and its buttons follow at once"
    assert 0 < near < 60
    press(qtbot, screen, "show_toml")
    qtbot.waitUntil(lambda: gap() == near)
    assert bar.maximum() == 0
    screen.window().resize(1180, 440)
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    assert page.rect().contains(QRect(confirm.mapTo(page, QPoint(0, 0)), confirm.size())), "always in sight"
    page.refuse("Somebody else has decided.")
    assert page.rect().contains(QRect(page.error.mapTo(page, QPoint(0, 0)), page.error.size()))


def test_that_a_second_person_refuses(qtbot: QtBot, make: Make) -> None:
    policies = FakePolicies(Role.PRIVACY_OFFICER)
    policies.waits = tighter()
    screen = make(policies)
    qtbot.waitUntil(screen.waits.isVisible)
    screen.show_waiting()
    press(qtbot, screen, "drop_edit")
    qtbot.waitUntil(lambda: policies.done == [("drop", "e1" * 16)])
    qtbot.waitUntil(lambda: screen.drawer.currentWidget() is screen.right)
    assert cell(screen, 0, DataClass.CONTACT) == "Reveals"


def test_that_whoever_proposed_takes_back_and_confirms_nothing(qtbot: QtBot, make: Make) -> None:
    policies = FakePolicies(Role.ADMINISTRATOR)
    policies.waits, policies.own = tighter(), True
    screen = make(policies)
    qtbot.waitUntil(screen.waits.isVisible)
    screen.show_waiting()
    assert found(screen, "confirm_edit") is None
    assert "somebody else confirms it" in said(screen.difference)
    press(qtbot, screen, "drop_edit")
    qtbot.waitUntil(lambda: policies.done == [("drop", "e1" * 16)])


def test_that_whoever_proposed_is_told_what_became_of_it(qtbot: QtBot, make: Make) -> None:
    policies = FakePolicies(Role.ADMINISTRATOR)
    policies.waits, policies.own = tighter(), True
    screen = make(policies)
    told: list[str] = []

    def look_again() -> None:
        """A look that is still on its way would see a half of what comes next."""
        qtbot.waitUntil(lambda: not screen._looks)
        screen.look_again()
        qtbot.waitUntil(lambda: not screen._looks)

    screen.told.connect(told.append)
    qtbot.waitUntil(lambda: screen.waits.isVisible() and not screen._looks)
    policies.confirm("e1" * 16)
    look_again()
    qtbot.waitUntil(lambda: told == ["Hendra Kusuma confirmed your edit. It is in force."])
    policies.waits = tighter()
    look_again()
    qtbot.waitUntil(screen.waits.isVisible)
    policies.waits, policies.refused = None, ("e1" * 16, "Dewi Anggraini")
    look_again()
    qtbot.waitUntil(lambda: told[1:] == ["Dewi Anggraini refused your edit."])
    policies.waits, policies.refused = tighter(), ("e0" * 16, "Dewi Anggraini")
    look_again()
    qtbot.waitUntil(screen.waits.isVisible)
    policies.waits = None
    look_again()
    qtbot.waitUntil(lambda: not screen.waits.isVisible())
    assert len(told) == 2, "that one was refused before"


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("policy_forged", "nobody signed"),
        ("over", "is over"),
        ("classes", "every class"),
        ("policy_moved", "meanwhile"),
    ],
)
def test_that_a_refusal_has_its_sentence(qtbot: QtBot, make: Make, code: str, words: str) -> None:
    policies = FakePolicies(Role.SUPERVISOR)
    policies.waits, policies.refusal = tighter(), code
    screen = make(policies)
    qtbot.waitUntil(screen.waits.isVisible)
    screen.show_waiting()
    press(qtbot, screen, "confirm_edit")
    qtbot.waitUntil(lambda: words in screen.difference.error.text())


def test_that_an_edit_which_was_decided_elsewhere_goes_from_the_drawer(qtbot: QtBot, make: Make) -> None:
    policies = FakePolicies(Role.SUPERVISOR)
    policies.waits = tighter()
    screen = make(policies)
    qtbot.waitUntil(screen.waits.isVisible)
    screen.show_waiting()
    policies.confirm("e1" * 16)
    screen.look_again()
    qtbot.waitUntil(lambda: screen.drawer.currentWidget() is not screen.difference)
    assert cell(screen, 0, DataClass.CONTACT) == "Asks"


def test_that_a_policy_that_does_not_fit_says_that_nothing_opens(qtbot: QtBot, make: Make) -> None:
    policies = FakePolicies(Role.SUPERVISOR)
    policies.fits = False
    screen = make(policies)
    assert screen.unfit.isVisible()
    assert cell(screen, 1, DataClass.CONTACT) == "Never"


def test_that_keys_alone_lead_through_the_screen(qtbot: QtBot, make: Make) -> None:
    policies = FakePolicies(Role.ADMINISTRATOR)
    screen = make(policies)
    screen.window().activateWindow()
    screen.focus_first()
    assert screen.window().focusWidget() is screen.tables.rights
    visited = []
    for _ in range(12):
        QTest.keyClick(screen.window().focusWidget(), Qt.Key.Key_Tab)
        visited.append(screen.window().focusWidget().objectName())
    assert {"right_access", "right_code", "right_decides", "put_right", "edit_text"} <= {*visited}
    screen.draft.judge(tighter())
    qtbot.waitUntil(lambda: screen.drawer.currentWidget() is screen.difference)
    assert screen.window().focusWidget().objectName() == "edit_why"
    assert screen.close_innermost()
    assert screen.window().focusWidget() is screen.tables.rights
    assert not screen.close_innermost()


def test_that_everybody_finds_the_policy_and_the_office_tells_who_decides(
    qtbot: QtBot, console: Callable[..., Signed]
) -> None:
    for role in (Role.AGENT, Role.SUPERVISOR, Role.PRIVACY_OFFICER):
        assert POLICY in [entry.key for entry in menu_of(role)]
    desk = FakeDesk(Role.SUPERVISOR, count=30)
    screen = console(desk).window.console
    assert screen is not None
    told: list[str] = []
    screen.workspaces.told.connect(told.append)
    desk.policies.waits = tighter()
    screen.live.changed.emit(frozenset({"policy"}))
    qtbot.waitUntil(lambda: any("waits for you" in words for words in told))


def test_that_an_agents_card_obeys_another_policy_at_once(qtbot: QtBot, console: Callable[..., Signed]) -> None:
    desk = FakeDesk(Role.AGENT, count=30)
    screen = console(desk).window.console
    assert screen is not None
    shown: list[int] = []
    screen.policy_watch.changed.connect(lambda: shown.append(desk.policy_version))
    desk.policies.version = 3
    screen.live.changed.emit(frozenset({"policy"}))
    qtbot.waitUntil(lambda: shown == [3])
    looks = desk.policies.looks
    assert looks == 0, "an agent's console asks for no list of edits"
