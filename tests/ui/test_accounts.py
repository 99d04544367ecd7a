"""The workspace for accounts: what is shown, what a button asks of the office, and who may press it."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QMainWindow, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.auth.book import HOLDERS_CHANGED, MOVED
from app.domain.data_class import DataClass
from app.domain.errors import InputRefusedError
from app.domain.role import Role
from app.session.accounts import AccountState, ResetReason
from app.session.proposals import WhyNot
from app.ui.accounts.screen import AccountsScreen
from app.ui.accounts.words import reset_reason, why_refused
from app.ui.faults import fault_of
from app.ui.tasks import Tasks
from app.ui.theme.look import Look
from tests.ui.fake_accounts import CODE, RIGHT_CODE, FakeAccounts, key_waiting, reset_waiting

Make = Callable[..., AccountsScreen]


@pytest.fixture
def make(qtbot: QtBot, look: Look, tasks: Tasks) -> Iterator[Make]:
    windows = []

    def made(accounts: FakeAccounts, role: Role = Role.ADMINISTRATOR) -> AccountsScreen:
        window = QMainWindow()
        screen = AccountsScreen(look, accounts, tasks, role, accounts.release, accounts.propose_key)
        window.setCentralWidget(screen)
        window.resize(1366, 768)
        window.show()
        windows.append(window)
        screen.begin()
        qtbot.waitUntil(lambda: screen.table.model.total > 0)
        return screen

    yield made
    for window in windows:
        window.close()
        window.deleteLater()


def press(qtbot: QtBot, screen: QWidget, name: str) -> None:
    def found() -> QPushButton | None:
        buttons = screen.window().findChildren(QPushButton, name)
        return next((b for b in buttons if b.isVisible() and b.isEnabled()), None)

    qtbot.waitUntil(lambda: found() is not None)
    button = found()
    assert button is not None
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def settle(qtbot: QtBot, screen: AccountsScreen) -> None:
    """What was pressed has been answered."""
    qtbot.waitUntil(lambda: not screen.acting.is_busy)


def offered(screen: QWidget) -> set[str]:
    """Names of the buttons that are there."""
    return {b.objectName() for b in screen.findChildren(QPushButton) if b.isVisible()}


def check_offered(qtbot: QtBot, screen: QWidget, *names: str) -> None:
    """Widgets that were just made are shown with the next turn of the loop."""
    qtbot.waitUntil(lambda: offered(screen) == set(names))


def choose(screen: AccountsScreen, name: str) -> None:
    screen.table.select(name)
    screen.show_account(name)


def test_that_words_and_state_filter_the_table(make: Make) -> None:
    screen = make(FakeAccounts())
    screen.table.search.setText("agent cards")
    assert [screen.table.model.at(row).account for row in range(3)] == [  # type: ignore[union-attr]
        "citra.lestari",
        "eko.prasetyo",
        "fitri.handayani",
    ]
    screen.table.state.setCurrentIndex(screen.table.state.findData(AccountState.CLOSED))
    assert screen.table.model.rowCount() == 1
    screen.table.search.setText("nobody of this name")
    assert screen.table.model.rowCount() == 0


def test_that_a_row_of_the_table_opens_its_account_by_keyboard(qtbot: QtBot, make: Make) -> None:
    screen = make(FakeAccounts())
    screen.table.table.setFocus()
    QTest.keyClick(screen.table.table, Qt.Key.Key_Down)
    QTest.keyClick(screen.table.table, Qt.Key.Key_Down)
    assert screen.detail.account is not None
    assert screen.drawer.currentWidget() is screen.detail


def test_that_return_in_the_search_opens_the_first_account_and_lights_its_row(qtbot: QtBot, make: Make) -> None:
    screen = make(FakeAccounts())
    screen.window().activateWindow()
    screen.table.search.setFocus()
    QTest.keyClicks(screen.table.search, "ratna")
    QTest.keyClick(screen.table.search, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: screen.detail.account is not None)
    picture = screen.table.table.viewport().grab().toImage()
    assert picture.pixelColor(200, 3) == look_of(screen).colour("selected")


def test_that_a_click_on_the_current_row_brings_its_account_back_into_the_drawer(qtbot: QtBot, make: Make) -> None:
    screen = make(FakeAccounts(key_waiting()))
    choose(screen, "ratna.dewanti")
    table = screen.table.table
    acts: tuple[Callable[[], object], ...] = (
        lambda: QTest.mouseClick(
            table.viewport(), Qt.MouseButton.LeftButton, pos=table.visualRect(table.currentIndex()).center()
        ),
        lambda: QTest.keyClick(table, Qt.Key.Key_Return),
        lambda: QTest.keyClick(screen.table.search, Qt.Key.Key_Return),
    )
    for act in acts:
        screen.show_proposal("b2" * 16)
        assert screen.drawer.currentWidget() is screen.proposal
        act()
        assert screen.drawer.currentWidget() is screen.detail


def look_of(screen: AccountsScreen) -> Look:
    return screen.acting._look


def test_that_a_refresh_keeps_row_and_drawer(qtbot: QtBot, make: Make) -> None:
    accounts = FakeAccounts()
    screen = make(accounts)
    choose(screen, "ratna.dewanti")
    press(qtbot, screen, "ask_close")
    accounts.accounts = accounts.accounts[1:]
    screen.look_again()
    qtbot.waitUntil(lambda: screen.table.model.total == len(accounts.accounts))
    assert screen.table.current() == "ratna.dewanti"
    assert "close_account" in offered(screen), "the question in hand stays"


def test_that_a_new_account_shows_its_code_once(qtbot: QtBot, make: Make) -> None:
    accounts = FakeAccounts()
    screen = make(accounts)
    press(qtbot, screen, "new_account")
    screen.form.display_name.setText("Gita Pertiwi")
    screen.form.name.setText("Gita.Pertiwi")
    press(qtbot, screen, "send_form")
    assert screen.form.error.text(), "an agent without a queue goes no further"
    assert not accounts.told
    screen.form.queues.check("billing")
    screen.form.queues.other.setText("Claims, billing")
    press(qtbot, screen, "send_form")
    qtbot.waitUntil(lambda: screen.drawer.currentWidget() is screen.code)
    assert accounts.told == ["invite gita.pertiwi agent billing+claims"]
    assert screen.code.code.text().replace("\n", "-") == CODE
    press(qtbot, screen, "code_noted")
    assert screen.code.code.text() == ""


def test_that_the_code_goes_when_another_account_is_looked_at(qtbot: QtBot, make: Make) -> None:
    screen = make(FakeAccounts())
    choose(screen, "eko.prasetyo")
    press(qtbot, screen, "new_code")
    qtbot.waitUntil(lambda: bool(screen.code.code.text()))
    screen.show_account("ratna.dewanti")
    assert screen.code.code.text() == ""


def test_that_an_old_code_is_asked_for_anew_and_then_the_change_is_made(qtbot: QtBot, make: Make) -> None:
    accounts = FakeAccounts()
    accounts.has_code = False
    screen = make(accounts)
    choose(screen, "ratna.dewanti")
    press(qtbot, screen, "ask_close")
    press(qtbot, screen, "close_account")
    boxes: list[QLineEdit] = []

    def asked() -> bool:
        boxes[:] = screen.window().findChildren(QLineEdit, "step_up_code")
        return bool(boxes)

    qtbot.waitUntil(asked)
    boxes[0].setText("000000")
    qtbot.waitUntil(lambda: boxes[0].isEnabled() and boxes[0].text() == "")
    assert not accounts.told, "a wrong code closes nothing"
    boxes[0].setText(RIGHT_CODE)
    qtbot.waitUntil(lambda: accounts.told == ["close ratna.dewanti"])
    settle(qtbot, screen)
    qtbot.waitUntil(lambda: bool(screen.detail.done.text()))


def boxes_of(qtbot: QtBot, screen: AccountsScreen) -> QLineEdit:
    """Where a fresh code is asked for."""

    def shown() -> list[QLineEdit]:
        return [boxes for boxes in screen.window().findChildren(QLineEdit, "step_up_code") if boxes.isVisible()]

    qtbot.waitUntil(lambda: bool(shown()))
    return shown()[0]


def test_that_a_new_account_can_be_sent_again_after_no_code_was_given(qtbot: QtBot, make: Make) -> None:
    accounts = FakeAccounts()
    accounts.has_code = False
    screen = make(accounts)
    press(qtbot, screen, "new_account")
    screen.form.display_name.setText("Gita Pertiwi")
    screen.form.name.setText("gita.pertiwi")
    screen.form.queues.check("billing")
    press(qtbot, screen, "send_form")
    QTest.keyClick(boxes_of(qtbot, screen), Qt.Key.Key_Escape)
    assert screen.form.send.isEnabled()
    assert screen.form.display_name.text() == "Gita Pertiwi"
    qtbot.waitUntil(lambda: not screen.acting.asks)
    press(qtbot, screen, "send_form")
    QTest.keyClicks(boxes_of(qtbot, screen), RIGHT_CODE)  # the sixth digit sends it
    qtbot.waitUntil(lambda: accounts.told == ["invite gita.pertiwi agent billing"])
    settle(qtbot, screen)


def test_that_a_return_behind_the_sixth_digit_presses_nothing(qtbot: QtBot, make: Make) -> None:
    accounts = FakeAccounts()
    accounts.has_code = False
    screen = make(accounts)
    choose(screen, "ratna.dewanti")
    press(qtbot, screen, "end_sessions")
    boxes = boxes_of(qtbot, screen)
    QTest.keyClicks(boxes, RIGHT_CODE)
    focus = screen.window().focusWidget()
    assert focus is not None
    assert focus.objectName() == "code_popover"
    QTest.keyClick(focus, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: accounts.told == ["end ratna.dewanti"])
    settle(qtbot, screen)


def test_that_nothing_is_done_once_a_code_was_given_up(qtbot: QtBot, make: Make) -> None:
    accounts = FakeAccounts()
    accounts.has_code = False
    screen = make(accounts)
    choose(screen, "ratna.dewanti")
    press(qtbot, screen, "end_sessions")
    QTest.keyClicks(boxes_of(qtbot, screen), RIGHT_CODE)
    screen.acting.stop()  # Esc, while the office looks at the code
    qtbot.waitUntil(lambda: accounts.has_code)
    qtbot.wait(50)
    assert not accounts.told


def test_that_a_listing_that_comes_while_a_code_is_asked_for_takes_nothing_away(qtbot: QtBot, make: Make) -> None:
    accounts = FakeAccounts()
    accounts.has_code = False
    screen = make(accounts, Role.SUPERVISOR)
    choose(screen, "bagus.hartono")
    press(qtbot, screen, "release")
    boxes, button = boxes_of(qtbot, screen), screen.findChild(QPushButton, "release")
    assert button is not None
    accounts.accounts = [replace(a, wait_s=a.wait_s + 15) for a in accounts.accounts]
    screen.look_again()
    qtbot.waitUntil(lambda: screen.table.model.named("bagus.hartono") in accounts.accounts)
    assert screen.findChild(QPushButton, "release") is button
    QTest.keyClicks(boxes, RIGHT_CODE)
    qtbot.waitUntil(lambda: accounts.told == ["release bagus.hartono"])
    settle(qtbot, screen)


def test_that_a_listing_leaves_the_focus_on_the_same_button(qtbot: QtBot, make: Make) -> None:
    accounts = FakeAccounts()
    screen = make(accounts)
    screen.window().activateWindow()
    choose(screen, "ratna.dewanti")
    qtbot.waitUntil(lambda: "ask_reset" in offered(screen))
    button = screen.findChild(QPushButton, "ask_reset")
    assert button is not None
    button.setFocus()
    accounts.accounts = [replace(a, last_sign_in=1.0) for a in accounts.accounts]
    screen.look_again()
    qtbot.waitUntil(lambda: screen.findChild(QPushButton, "ask_reset") not in (None, button))
    qtbot.waitUntil(lambda: getattr(screen.window().focusWidget(), "objectName", str)() == "ask_reset")


def test_that_the_focus_goes_to_the_table_when_its_button_is_not_offered_any_more(qtbot: QtBot, make: Make) -> None:
    accounts = FakeAccounts()
    screen = make(accounts, Role.SUPERVISOR)
    screen.window().activateWindow()
    choose(screen, "bagus.hartono")
    check_offered(qtbot, screen.detail, "release")
    button = screen.findChild(QPushButton, "release")
    assert button is not None
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: accounts.told == ["release bagus.hartono"])
    settle(qtbot, screen)
    accounts.accounts = [replace(a, failed=0, wait_s=0, codes_wait_s=0) for a in accounts.accounts]
    screen.look_again()
    qtbot.waitUntil(lambda: not offered(screen.detail))
    assert screen.table.table.hasFocus()


def test_that_tab_goes_through_the_workspace_as_one_reads(qtbot: QtBot, make: Make) -> None:
    screen = make(FakeAccounts(reset_waiting(), key_waiting()))
    screen.window().activateWindow()
    choose(screen, "ratna.dewanti")
    check_offered(qtbot, screen.detail, "end_sessions", "edit_account", "ask_reset", "ask_close")
    first = screen.findChild(QPushButton, f"look_{'a1' * 16}")
    assert first is not None
    first.setFocus()
    way = []
    for _ in range(6):
        focus = screen.window().focusWidget()
        assert focus is not None
        QTest.keyClick(focus, Qt.Key.Key_Tab)
        way.append(getattr(screen.window().focusWidget(), "objectName", str)())
    assert way[1:5] == ["account_search", "account_state", "new_account", "account_table"]
    assert way[0].startswith("look_")
    assert way[5] == "end_sessions"


def test_that_esc_closes_the_question_and_the_form_but_no_code_that_is_shown_once(qtbot: QtBot, make: Make) -> None:
    screen = make(FakeAccounts())
    assert not screen.close_innermost(), "nothing is open"
    press(qtbot, screen, "end_all")
    assert screen.close_innermost()
    assert not screen.nobody.question.isVisible()
    choose(screen, "ratna.dewanti")
    press(qtbot, screen, "ask_close")
    assert screen.close_innermost()
    check_offered(qtbot, screen.detail, "end_sessions", "edit_account", "ask_reset", "ask_close")
    press(qtbot, screen, "edit_account")
    assert screen.close_innermost()
    assert screen.drawer.currentWidget() is screen.detail
    choose(screen, "eko.prasetyo")
    press(qtbot, screen, "new_code")
    qtbot.waitUntil(lambda: bool(screen.code.code.text()))
    assert screen.close_innermost()
    assert screen.code.code.text()
    assert screen.window().focusWidget() is screen.code.code, "a Return too many loses no code"


def test_that_a_refusal_says_why_beside_the_account(qtbot: QtBot, make: Make) -> None:
    accounts = FakeAccounts()
    accounts.refusal = "last_holder"
    screen = make(accounts)
    choose(screen, "ratna.dewanti")
    press(qtbot, screen, "ask_close")
    press(qtbot, screen, "close_account")
    qtbot.waitUntil(lambda: "Nobody else holds" in screen.detail.error.text())


def test_that_a_reset_takes_a_reason_and_gives_a_code_that_waits(qtbot: QtBot, make: Make) -> None:
    accounts = FakeAccounts()
    screen = make(accounts)
    choose(screen, "ratna.dewanti")
    press(qtbot, screen, "ask_reset")
    reason = screen.findChild(QComboBox, "reset_reason")
    assert isinstance(reason, QComboBox)
    reason.setCurrentIndex(1)
    press(qtbot, screen, "propose_reset")
    qtbot.waitUntil(lambda: screen.drawer.currentWidget() is screen.code)
    assert accounts.told == ["reset ratna.dewanti lost_authenticator"]


def reasons(qtbot: QtBot, screen: AccountsScreen, name: str) -> list[str]:
    choose(screen, name)
    press(qtbot, screen, "ask_reset")
    picker = screen.detail.findChildren(QComboBox, "reset_reason")[-1]
    assert isinstance(picker, QComboBox)
    return [str(picker.itemData(row)) for row in range(picker.count())]


def test_that_the_reasons_of_a_reset_fit_the_account(qtbot: QtBot, make: Make) -> None:
    accounts = FakeAccounts()
    accounts.accounts = [replace(a, has_slot=a.account != "bagus.hartono") for a in accounts.accounts]
    screen = make(accounts)
    usual = ["lost_password", "lost_authenticator", "stolen", "after_recovery"]
    assert reasons(qtbot, screen, "ratna.dewanti") == usual
    assert reasons(qtbot, screen, "bagus.hartono") == ["after_recovery", *usual[:-1]], "the kit has shut it out"
    assert reasons(qtbot, screen, "citra.lestari") == ["open_again"]
    assert set(usual) | {"open_again", "code_lost"} == set(ResetReason)
    assert all(reset_reason(reason) != reason for reason in ResetReason)


def test_that_a_code_lost_after_a_reset_is_asked_for_and_the_page_says_why_it_takes_two(
    qtbot: QtBot, make: Make
) -> None:
    accounts = FakeAccounts()
    accounts.accounts = [
        replace(a, state=AccountState.RESET, held=()) if a.account == "ratna.dewanti" else a for a in accounts.accounts
    ]
    screen = make(accounts)
    choose(screen, "ratna.dewanti")
    said = [label.text() for label in screen.detail.findChildren(QLabel)]
    assert "Its activation code is over. A new one takes a second person again." in said
    button = screen.detail.findChildren(QPushButton, "ask_reset")[-1]
    assert button.text() == "New activation code…"
    assert reasons(qtbot, screen, "ratna.dewanti") == ["code_lost", "after_recovery"]
    said = [label.text() for label in screen.detail.findChildren(QLabel)]
    assert any(one.startswith("A new code takes a second person again") for one in said)
    assert not any("old code works" in one for one in said), "it is over"
    press(qtbot, screen, "propose_reset")
    qtbot.waitUntil(lambda: screen.drawer.currentWidget() is screen.code)
    assert accounts.told == ["reset ratna.dewanti code_lost"]


def test_that_queues_are_offered_and_new_ones_can_be_named(qtbot: QtBot, make: Make) -> None:
    screen = make(FakeAccounts())
    screen.window().activateWindow()
    choose(screen, "dewi.anjani")
    press(qtbot, screen, "edit_account")
    picker, listed = screen.form.queues, screen.form.queues.listed
    offered_ = [listed.item(row).text() for row in range(listed.count())]
    assert offered_ == ["All queues", "billing", "cards", "claims", "support"]
    assert picker.chosen() == ("billing", "claims")
    screen.form.role.setFocus()
    QTest.keyClick(screen.form.role, Qt.Key.Key_Tab)
    assert listed.hasFocus(), "the list is one stop"
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Space, Qt.Key.Key_Down, Qt.Key.Key_Space):
        QTest.keyClick(listed, key)
    assert picker.chosen() == ("cards", "claims")
    row = listed.visualItemRect(listed.item(4))
    QTest.mouseClick(listed.viewport(), Qt.MouseButton.LeftButton, pos=row.center())
    assert picker.chosen() == ("cards", "claims", "support"), "a click anywhere in the row checks it"
    picker.other.setText("Retention, cards")
    assert picker.chosen() == ("cards", "claims", "support", "retention")
    QTest.keyClick(listed, Qt.Key.Key_Tab)
    assert picker.other.hasFocus()
    picker.check("*")
    assert picker.chosen() == ("*",)
    assert not picker.other.isEnabled()
    assert not listed.item(2).flags() & Qt.ItemFlag.ItemIsEnabled


def test_that_the_same_queues_in_another_order_are_no_change(qtbot: QtBot, make: Make) -> None:
    accounts = FakeAccounts()
    accounts.accounts = [
        replace(a, queues=("claims", "billing")) if a.account == "dewi.anjani" else a for a in accounts.accounts
    ]
    screen = make(accounts)
    choose(screen, "dewi.anjani")
    press(qtbot, screen, "edit_account")
    screen.form.role.setCurrentIndex(screen.form.role.findData(Role.SUPERVISOR))
    press(qtbot, screen, "send_form")
    qtbot.waitUntil(lambda: accounts.told == ["change dewi.anjani supervisor "])
    settle(qtbot, screen)


def test_that_role_and_queues_send_only_what_differs(qtbot: QtBot, make: Make) -> None:
    accounts = FakeAccounts()
    screen = make(accounts)
    choose(screen, "ratna.dewanti")
    press(qtbot, screen, "edit_account")
    screen.form.role.setCurrentIndex(screen.form.role.findData(Role.PRIVACY_OFFICER))
    assert screen.form.loss.text() == "The new role may not hold Contact: that is taken away. Sessions end."
    screen.form.role.setCurrentIndex(screen.form.role.findData(Role.SUPERVISOR))
    assert screen.form.loss.text() == "Running sessions end."
    press(qtbot, screen, "send_form")
    qtbot.waitUntil(lambda: accounts.told == ["change ratna.dewanti supervisor "])
    settle(qtbot, screen)
    choose(screen, "ratna.dewanti")
    press(qtbot, screen, "edit_account")
    screen.form.queues.check("claims")
    press(qtbot, screen, "send_form")
    qtbot.waitUntil(lambda: accounts.told[1:] == ["change ratna.dewanti - claims"])
    settle(qtbot, screen)


def test_that_sessions_of_one_and_of_all_can_be_ended(qtbot: QtBot, make: Make) -> None:
    accounts = FakeAccounts()
    screen = make(accounts)
    press(qtbot, screen, "end_all")
    press(qtbot, screen, "confirm_end_all")
    qtbot.waitUntil(lambda: accounts.told == ["end all"])
    settle(qtbot, screen)
    choose(screen, "ratna.dewanti")
    press(qtbot, screen, "end_sessions")
    qtbot.waitUntil(lambda: accounts.told[1:] == ["end ratna.dewanti"])
    settle(qtbot, screen)


def test_that_nothing_is_offered_for_ones_own_account_nor_the_last_holder(qtbot: QtBot, make: Make) -> None:
    screen = make(FakeAccounts())
    choose(screen, "adi.nugroho")
    check_offered(qtbot, screen.detail)
    choose(screen, "dian.sasmita")
    check_offered(qtbot, screen.detail, "edit_account", "ask_reset")
    choose(screen, "citra.lestari")
    check_offered(qtbot, screen.detail, "ask_reset")
    choose(screen, "eko.prasetyo")
    check_offered(qtbot, screen.detail, "new_code", "ask_close")


def test_that_a_supervisor_confirms_and_releases_and_changes_nothing(qtbot: QtBot, make: Make) -> None:
    accounts = FakeAccounts(reset_waiting())
    screen = make(accounts, Role.SUPERVISOR)
    assert not screen.table.new.isVisible()
    assert not screen.nobody.ask.isVisible()
    choose(screen, "bagus.hartono")
    check_offered(qtbot, screen.detail, "release")
    press(qtbot, screen, "release")
    qtbot.waitUntil(lambda: accounts.told == ["release bagus.hartono"])
    settle(qtbot, screen)
    press(qtbot, screen, f"look_{'a1' * 16}")
    press(qtbot, screen, "confirm_proposal")
    qtbot.waitUntil(lambda: accounts.told[1:] == ["confirm a1a1"])
    settle(qtbot, screen)
    qtbot.waitUntil(lambda: not screen.waiting.isVisible())


def test_that_ones_own_proposal_can_only_be_taken_back(qtbot: QtBot, make: Make) -> None:
    accounts = FakeAccounts(reset_waiting(WhyNot.OWN))
    screen = make(accounts)
    press(qtbot, screen, f"look_{'a1' * 16}")
    check_offered(qtbot, screen.proposal, "drop_proposal", "leave_proposal")
    press(qtbot, screen, "drop_proposal")
    qtbot.waitUntil(lambda: accounts.told == ["drop a1a1"])
    settle(qtbot, screen)


def test_that_after_a_decision_the_next_one_is_shown_and_nothing_of_it_under_the_finger(
    qtbot: QtBot, make: Make
) -> None:
    accounts = FakeAccounts(reset_waiting(), replace(reset_waiting(WhyNot.OWN), id="c3" * 16), key_waiting())
    screen = make(accounts)
    screen.window().activateWindow()
    press(qtbot, screen, f"look_{'a1' * 16}")
    press(qtbot, screen, "confirm_proposal")
    qtbot.waitUntil(lambda: screen.proposal.waiting is not None and screen.proposal.waiting.id == "b2" * 16)
    assert screen.window().focusWidget().objectName() == "leave_proposal"
    settle(qtbot, screen)
    press(qtbot, screen, "drop_proposal")
    qtbot.waitUntil(lambda: screen.drawer.currentWidget() is screen.nobody)
    assert accounts.told == ["confirm a1a1", "drop b2b2"]


def test_that_a_decision_is_never_under_the_finger(qtbot: QtBot, make: Make) -> None:
    screen = make(FakeAccounts(key_waiting()))
    screen.show_proposal("b2" * 16)
    qtbot.waitUntil(lambda: screen.window().focusWidget().objectName() == "leave_proposal")


def test_that_a_proposal_that_has_changed_has_the_focus_at_back_too(qtbot: QtBot, make: Make) -> None:
    accounts = FakeAccounts(reset_waiting())
    screen = make(accounts, Role.SUPERVISOR)
    screen.window().activateWindow()
    screen.show_proposal("a1" * 16)
    accounts.proposals.all = [replace(one, loses=(DataClass.CONTACT,)) for one in accounts.proposals.all]
    screen._on_looked(screen._look())
    screen.show_proposal("a1" * 16)
    back = screen.window().focusWidget()
    assert back is not None
    assert back.objectName() == "leave_proposal"
    assert back.isVisible()


def test_that_a_proposal_decided_elsewhere_leaves_the_drawer(qtbot: QtBot, make: Make) -> None:
    accounts = FakeAccounts(key_waiting())
    screen = make(accounts)
    screen.show_proposal("b2" * 16)
    accounts.proposals.all.clear()
    screen.look_again()
    qtbot.waitUntil(lambda: screen.drawer.currentWidget() is screen.nobody)


def test_that_it_counts_what_waits_for_this_person_alone(qtbot: QtBot, make: Make) -> None:
    accounts = FakeAccounts(reset_waiting(WhyNot.OWN), key_waiting(), rotation_due=(DataClass.CONTACT, DataClass.NOTE))
    screen = make(accounts)
    with qtbot.waitSignal(screen.counted) as counted:
        screen.look_again()
    assert counted.args == [1]
    said = screen.rotation.label.text()
    assert "Notes" in said
    assert "Contact" not in said, "its next key is proposed already"


@pytest.mark.asvs("V7.5.3")
def test_that_a_supervisors_console_makes_the_keys_that_are_due(qtbot: QtBot, make: Make) -> None:
    accounts = FakeAccounts(rotation_due=(DataClass.CONTACT,))
    accounts.has_code = False
    screen = make(accounts, Role.SUPERVISOR)
    qtbot.waitUntil(screen.rotation.isVisible)
    QTest.mouseClick(screen.rotation.action, Qt.MouseButton.LeftButton)
    boxes: list[QLineEdit] = []

    def asked() -> bool:
        boxes[:] = screen.window().findChildren(QLineEdit, "step_up_code")
        return bool(boxes)

    qtbot.waitUntil(asked)
    boxes[0].setText(RIGHT_CODE)
    qtbot.waitUntil(lambda: accounts.told == ["key contact"])
    qtbot.waitUntil(lambda: not screen.rotation.isVisible())


def test_that_an_administrator_is_told_of_keys_that_are_due_but_makes_none(qtbot: QtBot, make: Make) -> None:
    screen = make(FakeAccounts(rotation_due=(DataClass.CONTACT,)))
    qtbot.waitUntil(screen.rotation.isVisible)
    assert not screen.rotation.action.isVisible()
    assert "supervisor" in screen.rotation.label.text()


RAISED = sorted(
    {
        code
        for path in ("session/accounts.py", "session/proposals.py", "session/class_keys.py", "auth/names.py")
        for code in re.findall(r'code="([a-z_]+)"', Path("app", path).read_text("utf-8"))
    }
    | {MOVED, HOLDERS_CHANGED, "account_name", "queue_name"}
)


@pytest.mark.parametrize("code", RAISED)
def test_that_each_refusal_of_accounts_has_a_sentence_of_its_own(qapp: object, code: str) -> None:
    general = fault_of(InputRefusedError("x")).sentence
    assert code == "role_name" or why_refused(InputRefusedError("x", code=code)) != general
