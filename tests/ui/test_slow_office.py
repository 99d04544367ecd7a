"""An office that takes its time: each action is sent once however often it is pressed, and says that it is at work."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QMainWindow, QRadioButton, QWidget
from pytestqt.qtbot import QtBot

from app.domain.data_class import DataClass
from app.domain.role import Role
from app.session.proposals import WhyNot
from app.session.shown import NewColleague
from app.ui.accounts.screen import AccountsScreen
from app.ui.lost.screen import LostAuthenticatorScreen
from app.ui.my_account.screen import MyAccountScreen
from app.ui.tasks import Tasks
from app.ui.theme.look import Look
from app.ui.widgets.buttons import Button
from tests.ui.conftest import Signed, named
from tests.ui.fake_accounts import FakeAccounts, key_waiting, reset_waiting
from tests.ui.fake_desk import FakeDesk
from tests.ui.fake_my_account import CODE, PASSWORD, RECOVERY_CODE, FakeMyAccount, FakeReplacing
from tests.ui.fake_posture import FakePosture

Show = Callable[[QWidget], QMainWindow]
NEW = "another five words for me"


@pytest.fixture
def show() -> Iterator[Show]:
    windows = []

    def shown(screen: QWidget) -> QMainWindow:
        window = QMainWindow()
        window.setCentralWidget(screen)
        window.resize(1366, 768)
        window.show()
        window.activateWindow()
        windows.append(window)
        return window

    yield shown
    for window in windows:
        window.close()
        window.deleteLater()


def ready(qtbot: QtBot, screen: QWidget, name: str) -> Button:
    def found() -> Button | None:
        buttons = screen.window().findChildren(Button, name)
        return next((b for b in buttons if b.isVisible() and b.isEnabled()), None)

    qtbot.waitUntil(lambda: found() is not None)
    button = found()
    assert button is not None
    return button


def press_often(button: Button) -> None:
    """As a hand does that is not sure, and as a screen reader does."""
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    QTest.mouseDClick(button, Qt.MouseButton.LeftButton)
    QTest.keyClick(button, Qt.Key.Key_Return)
    QTest.keyClick(button, Qt.Key.Key_Space)
    button.click()


def check_at_work(button: Button, before: str) -> None:
    assert button.text() not in ("", before)
    assert button.text().endswith("…")
    assert button.accessibleName() == button.text()


ACTIONS = {
    "new code": (Role.ADMINISTRATOR, "eko.prasetyo", ("new_code",)),
    "end sessions": (Role.ADMINISTRATOR, "ratna.dewanti", ("end_sessions",)),
    "close": (Role.ADMINISTRATOR, "ratna.dewanti", ("ask_close", "close_account")),
    "reset": (Role.ADMINISTRATOR, "ratna.dewanti", ("ask_reset", "propose_reset")),
    "release": (Role.SUPERVISOR, "bagus.hartono", ("release",)),
    "confirm": (Role.SUPERVISOR, "", (f"look_{'a1' * 16}", "confirm_proposal")),
    "refuse": (Role.SUPERVISOR, "", (f"look_{'a1' * 16}", "drop_proposal")),
    "end all": (Role.ADMINISTRATOR, "", ("end_all", "confirm_end_all")),
    "keys": (Role.SUPERVISOR, "", ("make_keys",)),
    "role": (Role.ADMINISTRATOR, "ratna.dewanti", ("edit_account", "send_form")),
    "new": (Role.ADMINISTRATOR, "", ("new_account", "send_form")),
}


def accounts_screen(qtbot: QtBot, show: Show, look: Look, tasks: Tasks, accounts: FakeAccounts, role: Role) -> QWidget:
    screen = AccountsScreen(look, accounts, tasks, role, accounts.release, accounts.propose_key)
    show(screen)
    screen.begin()
    qtbot.waitUntil(lambda: screen.table.model.total > 0)
    return screen


@pytest.mark.parametrize("action", ACTIONS)
def test_that_a_change_of_an_account_is_sent_once(
    qtbot: QtBot, show: Show, look: Look, tasks: Tasks, action: str
) -> None:
    role, name, way = ACTIONS[action]
    accounts = FakeAccounts(reset_waiting(), rotation_due=(DataClass.CONTACT,))
    screen = accounts_screen(qtbot, show, look, tasks, accounts, role)
    assert isinstance(screen, AccountsScreen)
    if name:
        screen.table.select(name)
        screen.show_account(name)
    for step in way[:-1]:
        QTest.mouseClick(ready(qtbot, screen, step), Qt.MouseButton.LeftButton)
    screen.form.display_name.setText("Gita Pertiwi")
    screen.form.name.setText("gita.pertiwi")
    screen.form.queues.check("claims")
    button = ready(qtbot, screen, way[-1])
    before, others = button.text(), [b for b in screen.drawer.findChildren(Button) if b.isVisible() and b is not button]
    accounts.gate.clear()
    button.setFocus()
    press_often(button)
    qtbot.waitUntil(lambda: screen.acting.is_busy)
    check_at_work(button, before)
    assert button.hasFocus(), "a Return too many hits nothing else"
    assert not [b.objectName() for b in others if b.isEnabled()]
    screen.look_again()
    qtbot.wait(60)
    check_at_work(button, before)
    accounts.gate.set()
    qtbot.waitUntil(lambda: not screen.acting.is_busy)

    def not_ready() -> list[str]:
        shown = [b for b in screen.findChildren(Button) if b.isVisible()]
        return [b.objectName() for b in shown if b.is_busy or not b.isEnabled()]

    qtbot.wait(60)
    qtbot.waitUntil(lambda: not not_ready())
    assert len(accounts.told) == 1


def test_that_a_refusal_goes_with_the_next_try(qtbot: QtBot, show: Show, look: Look, tasks: Tasks) -> None:
    accounts = FakeAccounts(reset_waiting())
    screen = accounts_screen(qtbot, show, look, tasks, accounts, Role.ADMINISTRATOR)
    assert isinstance(screen, AccountsScreen)
    screen.show_account("ratna.dewanti")
    for steps, error in (
        (("end_sessions",), screen.detail.error),
        (("new_account", "send_form"), screen.form.error),
        ((f"look_{'a1' * 16}", "confirm_proposal"), screen.proposal.error),
        (("leave_proposal", "end_all", "confirm_end_all"), screen.nobody.error),
    ):
        for step in steps[:-1]:
            QTest.mouseClick(ready(qtbot, screen, step), Qt.MouseButton.LeftButton)
        screen.form.display_name.setText("Gita Pertiwi")
        screen.form.name.setText("gita.pertiwi")
        screen.form.queues.check("claims")
        accounts.refusal = "book_moved"
        ready(qtbot, screen, steps[-1]).click()
        qtbot.waitUntil(lambda e=error: "Somebody else changed" in e.text())  # type: ignore[misc]
        accounts.gate.clear()
        ready(qtbot, screen, steps[-1]).click()
        qtbot.waitUntil(lambda: screen.acting.is_busy)
        assert error.text() == ""
        accounts.refusal = "waits"
        accounts.gate.set()
        qtbot.waitUntil(lambda e=error: "waits already" in e.text())  # type: ignore[misc]


def test_that_an_answer_stays_with_its_account_when_another_one_is_looked_at(
    qtbot: QtBot, show: Show, look: Look, tasks: Tasks
) -> None:
    accounts = FakeAccounts()
    screen = accounts_screen(qtbot, show, look, tasks, accounts, Role.ADMINISTRATOR)
    assert isinstance(screen, AccountsScreen)
    for refusal, said in (("", "ratna.dewanti: Sessions ended: 1."), ("book_moved", "ratna.dewanti: Somebody else")):
        screen.show_account("ratna.dewanti")
        accounts.refusal = refusal
        accounts.gate.clear()
        ready(qtbot, screen, "end_sessions").click()
        screen.show_account("bagus.hartono")
        with qtbot.waitSignal(screen.told) as told:
            accounts.gate.set()
        assert told.args is not None
        assert told.args[0].startswith(said)
        assert screen.detail.error.text() == screen.detail.done.text() == ""


OWN = ("password", "authenticator", "recovery", "sessions")


@pytest.mark.parametrize("card", OWN)
def test_that_a_change_of_ones_own_account_is_sent_once(
    qtbot: QtBot, show: Show, look: Look, tasks: Tasks, card: str
) -> None:
    account = FakeMyAccount()
    screen = MyAccountScreen(look, account, tasks, FakePosture())
    show(screen)
    screen.come()
    qtbot.waitUntil(lambda: bool(screen.recovery.state.text()))
    shown = getattr(screen, card)
    button = shown.button
    if card != "sessions":
        shown.button.click()
        shown.current.password.edit.setText(PASSWORD)
        shown.current.code.boxes.setText(CODE)
        button = shown.send
    if card == "password":
        shown.pair.first.edit.setText(NEW)
        shown.pair.again.edit.setText(NEW)
    before = button.text()
    account.gate.clear()
    button.setFocus()
    press_often(button)
    qtbot.waitUntil(lambda: account.asked > 0)
    check_at_work(button, before)
    assert button.hasFocus()
    if card != "sessions":
        assert screen.close_innermost()
        assert shown.is_unfolded, "what was sent is waited for"
    account.gate.set()
    qtbot.waitUntil(lambda: not button.is_busy)
    qtbot.wait(60)
    assert account.asked == 1
    assert button.text() == before


def test_that_the_last_digit_of_a_new_authenticator_is_sent_once(
    qtbot: QtBot, show: Show, look: Look, tasks: Tasks
) -> None:
    account = FakeMyAccount()
    screen = MyAccountScreen(look, account, tasks, FakePosture())
    show(screen)
    card = screen.authenticator
    card.button.click()
    card.current.password.edit.setText(PASSWORD)
    card.current.code.boxes.setText(CODE)
    card.send.click()
    qtbot.waitUntil(lambda: not card.page.qr.is_empty)
    account.gate.clear()
    account.asked = 0
    card.page.code.setText(CODE)
    card.page.code.setText("73190")
    card.page.code.setText(CODE)
    QTest.keyClick(card.page.code, Qt.Key.Key_Return)
    account.gate.set()
    qtbot.waitUntil(lambda: bool(card.done.text()))
    assert account.asked == 1


def test_that_a_lost_authenticator_is_replaced_once(qtbot: QtBot, show: Show, look: Look, tasks: Tasks) -> None:
    replacing, gate, asked = FakeReplacing(), threading.Event(), []

    def sign_in(*words: str) -> FakeReplacing:
        asked.append(words)
        gate.wait(60)
        return replacing

    screen = LostAuthenticatorScreen(look, sign_in, tasks, "ratna.dewanti")
    show(screen)
    screen.recovery.password.edit.setText(PASSWORD)
    screen.recovery.code.setText(RECOVERY_CODE)
    press_often(screen.card.go_on)
    screen.recovery.entered.emit()
    qtbot.waitUntil(lambda: bool(asked))
    assert screen.card.go_on.text() == "Checking…"
    gate.set()
    qtbot.waitUntil(lambda: not screen.authenticator.qr.is_empty)
    replacing.gate.clear()
    for code in (CODE, "73190", CODE):
        screen.authenticator.code.setText(code)
    replacing.gate.set()
    qtbot.waitUntil(lambda: replacing.state == "finished")
    qtbot.wait(60)
    assert (len(asked), replacing.asked) == (1, 1)


class SlowGrants(FakeDesk):
    """A supervisor's desk with two newcomers, whose office hands keys over slowly."""

    def __init__(self) -> None:
        super().__init__(Role.SUPERVISOR, count=30)
        self.gate = threading.Event()

    def colleagues(self) -> list[NewColleague]:
        done = {account for account, _code in self.granted}
        names = ("Intan Maharani", "Joko Santoso")
        all_ = [
            NewColleague(n.lower().replace(" ", "."), n, Role.AGENT, (DataClass.CONTACT, DataClass.NOTE)) for n in names
        ]
        return [one for one in all_ if one.account not in done]

    def grant(self, account: str, code: str) -> None:
        self.gate.wait(60)
        super().grant(account, code)


def test_that_a_grant_opens_no_customer_that_nobody_asked_for(qtbot: QtBot, console: Callable[..., Signed]) -> None:
    desk = SlowGrants()
    desk.gate.set()
    desk.granted.append(("intan.maharani", ""))
    signed = console(desk)
    signed.window.activateWindow()
    screen = signed.window.console
    assert screen is not None
    qtbot.waitUntil(screen.bar.colleagues.isVisible)
    screen.find_panel.view.setCurrentIndex(QModelIndex())
    screen.card.customer = None
    screen.bar.colleagues.click()
    code = named(signed.window, "grant_code")
    assert isinstance(code, QLineEdit)
    code.setText("123456")
    QTest.keyClick(code, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not screen.bar.colleagues.isVisible())
    qtbot.wait(60)
    assert screen.card.customer is None
    assert signed.window.focusWidget() is screen.find_panel.search.edit


def test_that_a_grant_is_sent_once_is_said_and_leads_to_the_next_and_then_to_the_list(
    qtbot: QtBot, console: Callable[..., Signed]
) -> None:
    desk = SlowGrants()
    signed = console(desk)
    signed.window.activateWindow()
    screen = signed.window.console
    assert screen is not None
    qtbot.waitUntil(screen.bar.colleagues.isVisible)
    QTest.mouseClick(screen.bar.colleagues, Qt.MouseButton.LeftButton)
    code = named(signed.window, "grant_code")
    assert isinstance(code, QLineEdit)
    code.setText("123456")
    button = named(signed.window, "grant")
    assert isinstance(button, Button)
    press_often(button)
    assert button.text() == "Granting…"
    assert not code.isEnabled()
    desk.gate.set()
    qtbot.waitUntil(lambda: desk.granted == [("intan.maharani", "123456")])
    status = named_text(qtbot, signed.window, "done_state")
    assert status == "Intan Maharani now holds: Contact, Notes."
    focus = signed.window.focusWidget()
    assert isinstance(focus, QRadioButton)
    assert focus.objectName() == "colleague_joko.santoso"
    assert focus.isChecked()
    row = focus.parentWidget()
    assert row is not None
    assert row.height() >= row.sizeHint().height(), "the popover has taken the height that it needs"
    assert code.height() >= code.sizeHint().height()
    assert button.text() == "Grant"
    assert not button.isEnabled(), "each takes a code of its own"
    code.setText("654321")
    QTest.keyClick(code, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: desk.granted[1:] == [("joko.santoso", "654321")])
    qtbot.waitUntil(lambda: not screen.bar.colleagues.isVisible())
    assert signed.window.focusWidget() is screen.find_panel.view
    assert named_text(qtbot, signed.window, "done_state").startswith("Joko Santoso now holds")


def named_text(qtbot: QtBot, window: QWidget, name: str) -> str:
    """What a label says, once it does."""
    qtbot.waitUntil(lambda: any(w.isVisible() for w in window.findChildren(QWidget, name)))
    return str(named(window, name).accessibleName() or named(window, name).property("text"))


def test_that_ones_own_proposal_is_taken_back_and_the_foot_says_so(
    qtbot: QtBot, show: Show, look: Look, tasks: Tasks
) -> None:
    accounts = FakeAccounts(replace(reset_waiting(WhyNot.OWN), proposed_by="adi.nugroho"), key_waiting())
    screen = accounts_screen(qtbot, show, look, tasks, accounts, Role.ADMINISTRATOR)
    assert isinstance(screen, AccountsScreen)
    ready(qtbot, screen, f"look_{'a1' * 16}").click()
    with qtbot.waitSignal(screen.told) as told:
        ready(qtbot, screen, "drop_proposal").click()
    assert told.args == ["Reset bagus.hartono: Taken back."]
