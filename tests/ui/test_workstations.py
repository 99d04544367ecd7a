"""The workspace for workstations: what is shown, what a button asks of the office, and what is said of the answer."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QMainWindow, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.domain.posture.words import Part, State
from app.domain.role import Role
from app.session.workstations import OrderState, WipeReason, WorkstationState
from app.terminal.self_check import ADVICE
from app.ui.console.workspace_entries import WORKSTATIONS, menu_of, workspaces_of
from app.ui.tasks import Tasks
from app.ui.theme.look import Look
from app.ui.widgets.labels import ElidedLabel
from app.ui.widgets.listed_model import ListedModel
from app.ui.workstations.check_lines import check_part_name
from app.ui.workstations.detail_page import DetailPage
from app.ui.workstations.invite_page import VALID_H
from app.ui.workstations.screen import WorkstationsScreen
from app.ui.workstations.words import CHOSEN, check_words, protection_words, state_name, state_sign, wipe_reason
from app.ui.workstations.workstation_columns import WORKSTATIONS as LISTED
from app.ui.workstations.workstation_columns import Column
from tests.ui.fake_posture import parts
from tests.ui.fake_workstations import (
    CODE,
    QUEUES,
    RIGHT_CODE,
    FakeWorkstations,
    checked_parts,
    invitations,
    workstation,
    workstations,
)

Make = Callable[..., WorkstationsScreen]


@pytest.fixture
def make(qtbot: QtBot, look: Look, tasks: Tasks) -> Iterator[Make]:
    windows = []

    def made(fake: FakeWorkstations) -> WorkstationsScreen:
        window = QMainWindow()
        screen = WorkstationsScreen(look, fake, tasks)
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


def choose(screen: WorkstationsScreen, name: str) -> str:
    one = next(one for one in workstations() if one.name == name)
    row = screen.table.model.row_of(one.id)
    screen.table.table.setCurrentIndex(screen.table.model.index(row, 0))
    return one.id


def drawer_text(screen: WorkstationsScreen) -> str:
    texts = [label.text() for label in screen.drawer.findChildren(QLabel) if label.isVisible()]
    texts += [label.text() for label in screen.drawer.findChildren(ElidedLabel) if label.isVisible()]
    return "\n".join(texts)


def cells(screen: WorkstationsScreen, column: Column) -> list[str]:
    model = screen.table.model
    return [str(model.index(row, column).data()) for row in range(model.rowCount())]


def test_that_an_administrator_has_it_as_a_tab_and_nobody_else_at_all() -> None:
    for role in Role:
        if role is Role.RECOVERY:
            continue
        found = {*workspaces_of(role), *(entry.key for entry in menu_of(role))}
        assert (WORKSTATIONS in found) == (role is Role.ADMINISTRATOR)
    assert WORKSTATIONS in workspaces_of(Role.ADMINISTRATOR)


def test_that_every_workstation_stands_in_the_table(make: Make) -> None:
    screen = make(FakeWorkstations())
    assert cells(screen, Column.NAME) == [one.name for one in workstations()]
    assert cells(screen, Column.PEOPLE)[1] == "Ratna Dewanti, Hendra Kusuma"
    assert cells(screen, Column.STATE) == [
        "1 session", "2 sessions", "1 session", "Wipe ordered", "Wipe unconfirmed", "Nobody there", "Revoked",
        "Seen twice",
    ]  # fmt: skip


def test_that_the_model_is_a_sound_one(qtbot: QtBot) -> None:
    model = ListedModel(LISTED)
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.show(tuple(workstations()))
    model.look_for("yoga")
    assert [model.at(row).name for row in range(model.rowCount())] == ["SBY-0418"]  # type: ignore[union-attr]
    model.look_for("")
    assert (model.rowCount(), tester.model()) == (len(workstations()), model)


def test_that_each_state_has_a_sign_of_its_own() -> None:
    signs = {state_name(one): state_sign(one) for one in workstations()}
    assert len({icon for icon, _tone in signs.values()}) >= 5
    assert signs["Wipe unconfirmed"][1] == "warn"
    assert signs["Revoked"][1] == "danger"
    assert signs["Seen twice"] == ("copy", "danger")


def test_that_a_key_that_two_computers_have_is_said_with_what_to_do(make: Make, qtbot: QtBot) -> None:
    screen = make(FakeWorkstations())
    choose(screen, "SBY-0423")
    qtbot.waitUntil(lambda: "Two computers have the key of this workstation" in drawer_text(screen))
    assert "enrol each anew" in drawer_text(screen)


def test_that_looking_finds_by_name_and_by_who_is_there(make: Make, qtbot: QtBot) -> None:
    screen = make(FakeWorkstations())
    screen.table.search.setText("hendra")
    assert cells(screen, Column.NAME) == ["SBY-0417"]
    screen.table.search.setText("0420")
    assert cells(screen, Column.NAME) == ["SBY-0420"]
    screen.table.search.setText("qqq")
    assert screen.table.empty.isVisible()
    assert not screen.table.table.isVisible()
    press(qtbot, screen, "workstations_empty_do")
    assert len(cells(screen, Column.NAME)) == len(workstations())


def test_that_the_drawer_says_what_a_workstation_told(make: Make, qtbot: QtBot) -> None:
    screen = make(FakeWorkstations())
    choose(screen, "SBY-0418")
    qtbot.waitUntil(lambda: "SBY-0418" in drawer_text(screen))
    shown = drawer_text(screen)
    for words in ("SBY-0418", "0.1.0", "Version 2, not the one in force", "keyring, swap", "Console, locked, since"):
        assert words in shown


def test_that_a_missing_receipt_is_said_and_a_confirmed_wipe_with_what_went(make: Make, qtbot: QtBot) -> None:
    screen = make(FakeWorkstations())
    choose(screen, "SBY-0420")
    qtbot.waitUntil(lambda: "SBY-0420" in drawer_text(screen))
    shown = drawer_text(screen)
    assert "Receipts: 0 of 1. Without a signed receipt nobody can say that it is gone." in shown
    assert "files 4, keyring entries 1" in shown
    assert shown.index("Wipe unconfirmed") < shown.index("Wipe confirmed"), "the newest first"


def test_that_a_wipe_is_asked_for_with_its_reason(make: Make, qtbot: QtBot) -> None:
    fake = FakeWorkstations()
    screen = make(fake)
    id_ = choose(screen, "SBY-0417")
    press(qtbot, screen, "ask_wipe")
    assert fake.asked == [], "a question first"
    reason = screen.detail.findChildren(QComboBox, "wipe_question_reason")[-1]
    assert reason.hasFocus(), "not the button that destroys"
    assert [reason.itemData(at) for at in range(reason.count())] == list(CHOSEN)
    reason.setCurrentIndex(1)
    press(qtbot, screen, "wipe_now")
    qtbot.waitUntil(lambda: fake.asked == [("wipe", id_, "stolen")])
    qtbot.waitUntil(lambda: "the receipt follows" in screen.detail.done.text())
    qtbot.waitUntil(lambda: "Wipe ordered" in drawer_text(screen))


def test_that_esc_takes_the_question_back_and_then_the_workstation(make: Make, qtbot: QtBot) -> None:
    fake = FakeWorkstations()
    screen = make(fake)
    choose(screen, "SBY-0417")
    press(qtbot, screen, "ask_revoke")
    assert screen.close_innermost()
    assert screen.detail.findChildren(QPushButton, "revoke_now")[-1].isHidden() or not screen.detail.close_question()
    assert screen.close_innermost()
    assert screen.drawer.currentWidget() is screen.nobody
    assert not screen.close_innermost()
    assert fake.asked == []


def test_that_a_fresh_code_is_asked_for_at_the_button(make: Make, qtbot: QtBot) -> None:
    fake = FakeWorkstations()
    fake.has_code = False
    screen = make(fake)
    id_ = choose(screen, "SBY-0418")
    press(qtbot, screen, "ask_revoke")
    press(qtbot, screen, "revoke_now")
    qtbot.waitUntil(lambda: screen.acting.asks)
    popover = screen.acting._popover
    assert popover is not None
    popover.given.emit(RIGHT_CODE)
    qtbot.waitUntil(lambda: fake.asked == [("revoke", id_)])
    assert fake.codes == [RIGHT_CODE]
    qtbot.waitUntil(lambda: "Revoked by adi.nugroho" in drawer_text(screen))


def test_that_a_revoked_one_is_allowed_again(make: Make, qtbot: QtBot) -> None:
    fake = FakeWorkstations()
    screen = make(fake)
    id_ = choose(screen, "SBY-0422")
    assert not [b for b in screen.detail.findChildren(QPushButton, "ask_revoke") if b.isVisible()]
    press(qtbot, screen, "allow")
    qtbot.waitUntil(lambda: fake.asked == [("allow", id_)])
    qtbot.waitUntil(lambda: "People may sign in from it again" in screen.detail.done.text())


def test_that_nobody_revokes_the_one_they_sit_at_nor_wipes_what_is_wiped(make: Make, qtbot: QtBot) -> None:
    screen = make(FakeWorkstations())
    choose(screen, "SBY-0401")
    qtbot.waitUntil(lambda: "SBY-0401" in drawer_text(screen))
    offered = {b.objectName() for b in screen.detail.findChildren(QPushButton) if b.isVisible()}
    assert not offered & {"ask_wipe", "ask_revoke"}
    assert "No session has left anything here" in drawer_text(screen)


@pytest.mark.parametrize("queue", ["", "cards"])
def test_that_several_are_wiped_by_queue_or_all(make: Make, qtbot: QtBot, queue: str) -> None:
    fake = FakeWorkstations()
    screen = make(fake)
    press(qtbot, screen, "wipe_many")
    which = screen.nobody.which
    assert [which.itemData(at) for at in range(which.count())] == ["", *QUEUES]
    which.setCurrentIndex(which.findData(queue))
    press(qtbot, screen, "wipe_many_now")
    wanted = ("queue", queue, "lost") if queue else ("all", "lost")
    qtbot.waitUntil(lambda: fake.asked == [wanted])
    count = 2 if queue else 3
    qtbot.waitUntil(lambda: f"Ordered for {count} workstations" in screen.nobody.done.text())


@pytest.mark.parametrize(
    ("code", "words"),
    [("nothing_there", "There is nothing to wipe"), ("no_seat", "no such workstation"), ("role", "may not do this")],
)
def test_that_a_refusal_is_said_beside_the_button(make: Make, qtbot: QtBot, code: str, words: str) -> None:
    fake = FakeWorkstations()
    fake.refusal = code
    screen = make(fake)
    choose(screen, "SBY-0417")
    press(qtbot, screen, "ask_wipe")
    press(qtbot, screen, "wipe_now")
    qtbot.waitUntil(lambda: words in screen.detail.error.text())
    assert fake.asked == []


def test_that_what_became_of_another_workstation_is_told_at_the_foot(make: Make, qtbot: QtBot) -> None:
    fake = FakeWorkstations()
    screen = make(fake)
    told: list[str] = []
    screen.told.connect(told.append)
    choose(screen, "SBY-0417")
    press(qtbot, screen, "ask_wipe")
    fake.gate.clear()
    press(qtbot, screen, "wipe_now")
    choose(screen, "SBY-0418")
    fake.gate.set()
    qtbot.waitUntil(lambda: len(told) == 1)
    assert "SBY-0417" in str(told[0])
    assert not screen.detail.done.text()


def test_that_a_change_at_the_office_is_looked_at(make: Make, qtbot: QtBot) -> None:
    fake = FakeWorkstations()
    screen = make(fake)
    choose(screen, "SBY-0417")
    fake.known = [workstation(9, "BDG-0001")]
    screen.look_again()
    qtbot.waitUntil(lambda: cells(screen, Column.NAME) == ["BDG-0001"])
    assert screen.topics == {"workstations"}


def test_that_each_reason_has_words() -> None:
    assert len({wipe_reason(reason) for reason in WipeReason}) == len(WipeReason)
    assert WipeReason.REVOKED not in CHOSEN


def test_that_a_workstation_that_never_told_is_no_sound_one() -> None:
    assert check_words(workstation(1, "A", checked_at=None)) == "Never told"
    assert "swap" in check_words(workstation(1, "A", check_failed=("swap",)))


def test_that_what_nobody_can_tell_of_a_workstation_is_never_said_to_be_good() -> None:
    good = parts(antivirus=State.OK, screen_lock=State.OK)
    assert protection_words(workstation(1, "A", posture=good)) == "As it should be"
    assert protection_words(workstation(1, "A", posture=parts())) == "1 missing"
    assert protection_words(workstation(1, "A", posture=parts(antivirus=State.OK))) == "1 unknown"
    assert protection_words(workstation(1, "A", posture=())) == "Never told"


def test_that_no_widget_that_takes_the_focus_lacks_a_name(make: Make, qtbot: QtBot) -> None:
    screen = make(FakeWorkstations())
    press(qtbot, screen, "wipe_many")
    for kind in (QLineEdit, QComboBox):
        for widget in screen.findChildren(kind):
            assert widget.accessibleName() or widget.isHidden()
    assert screen.table.table.accessibleName()


def test_that_an_order_is_confirmed_by_its_state_alone() -> None:
    """However old it is: the office decides, and no screen guesses."""
    old = [sent for one in workstations() for sent in one.orders if sent.state is OrderState.UNCONFIRMED]
    assert old
    assert all(sent.confirmed_at is None for sent in old)
    assert WorkstationState.REVOKED in {one.state for one in workstations()}


def test_that_the_drawer_tells_parts_that_are_not_good_and_counts_the_others(qtbot: QtBot, look: Look) -> None:
    one = workstation(1, "A", check_parts=checked_parts("keyring"))
    page = DetailPage(look)
    qtbot.addWidget(page)
    page.show_workstation(one)
    said = [label.text() for label in page.findChildren(QLabel)]
    assert [words for words in said if words.startswith(("Keyring:", "Clock:", "6 parts"))] == [
        "Keyring: not as it should be",
        "Clock: unknown",
        "6 parts as they should be",
    ]
    other = DetailPage(look)
    qtbot.addWidget(other)
    other.show_workstation(workstation(2, "B", checked_at=None, check_parts=()))
    assert not [label for label in other.findChildren(QLabel) if "part by part" in label.text()]


def test_that_each_part_of_the_self_check_has_a_name_on_the_screen() -> None:
    names = {*ADVICE, *(f"posture_{part}" for part in Part), "version", "lease", "platform_xcb", "platform_wayland"}
    assert not {name for name in names - {"platform"} if check_part_name(name) == name}


def test_that_the_table_and_the_drawer_say_what_is_known(qtbot: QtBot, make: Make) -> None:
    screen = make(FakeWorkstations())
    known = dict(zip(cells(screen, Column.NAME), cells(screen, Column.KNOWN), strict=True))
    assert (known["SBY-0417"], known["SBY-0420"]) == ("Yes", "No")
    rollout = screen.nobody.rollout.text()
    assert rollout.startswith("Every workstation may sign in. Not known: 1.")
    assert "7 codes wait to be used: SBY-0500, SBY-0501" in rollout
    assert rollout.endswith("…")
    choose(screen, "SBY-0417")
    qtbot.waitUntil(lambda: "as SBY-0417" in drawer_text(screen))
    assert "adi.nugroho" in drawer_text(screen)
    choose(screen, "SBY-0420")
    qtbot.waitUntil(lambda: "Never" in drawer_text(screen))


def test_that_a_policy_that_shuts_out_says_whom(qtbot: QtBot, make: Make) -> None:
    fake = FakeWorkstations()
    fake.only_known = True
    assert make(fake).nobody.rollout.text().startswith("Only known workstations sign in. Not known here: 1.")


def invited(make: Make, qtbot: QtBot, fake: FakeWorkstations, name: str = "SBY-0507") -> WorkstationsScreen:
    """A screen on which an invitation was just sent."""
    screen = make(fake)
    press(qtbot, screen, "invite")
    assert screen.invite.name_edit.hasFocus()
    QTest.keyClicks(screen.invite.name_edit, f" {name} ")
    screen.invite.valid.setCurrentIndex(VALID_H.index(168))
    QTest.keyClick(screen.invite.name_edit, Qt.Key.Key_Return)
    return screen


def shows_code(screen: WorkstationsScreen) -> bool:
    return screen.drawer.currentWidget() is screen.code and bool(screen.code.code.text())


def everywhere(screen: WorkstationsScreen) -> str:
    """All that any label or line of the window holds, shown or not."""
    lines = [edit.text() for edit in screen.window().findChildren(QLineEdit)]
    return "".join([*lines, *(label.text() for label in screen.window().findChildren(QLabel))]).replace("\n", "-")


def test_that_an_invitation_gives_a_code_once_with_its_end(make: Make, qtbot: QtBot) -> None:
    fake = FakeWorkstations()
    screen = invited(make, qtbot, fake)
    qtbot.waitUntil(lambda: shows_code(screen))
    assert fake.asked == [("invite", "SBY-0507", "168")]
    assert screen.code.code.text().replace("\n", "-") == CODE
    assert screen.code.code.hasFocus(), "a Return too many loses no code"
    assert screen.code.until.text().startswith("It counts once, until ")
    qtbot.waitUntil(lambda: "SBY-0507" in drawer_text(screen))
    assert screen.close_innermost()
    assert shows_code(screen), "Esc does not lose it either"
    press(qtbot, screen, "seat_code_noted")
    assert CODE not in everywhere(screen)
    qtbot.waitUntil(lambda: "SBY-0507" in drawer_text(screen))
    assert screen.invite.name_edit.text() == ""


@pytest.mark.parametrize("leaves", ["another workspace", "the lock"])
def test_that_a_code_stays_behind_nothing(make: Make, qtbot: QtBot, leaves: str) -> None:
    screen = invited(make, qtbot, FakeWorkstations())
    qtbot.waitUntil(lambda: shows_code(screen))
    choose(screen, "SBY-0417")
    assert shows_code(screen), "Tab into the table makes a row the current one, and loses no code"
    if leaves == "another workspace":
        screen.forget()
    else:
        screen.stop()
    assert CODE not in everywhere(screen)


def test_that_the_copying_key_copies_it_for_its_seconds(make: Make, qtbot: QtBot) -> None:
    screen = invited(make, qtbot, FakeWorkstations())
    qtbot.waitUntil(lambda: shows_code(screen))
    clipboard = QGuiApplication.clipboard()
    QTest.keyClick(screen.code.code, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert clipboard.text() == CODE
    assert screen.code.clipboard.seconds_left() > 0
    assert screen.code.copied.text() == "Copied; the clipboard is cleared in 30 seconds"
    screen.code.clipboard.clear()
    assert clipboard.text() == ""
    assert screen.code.copied.text() == ""
    press(qtbot, screen, "copy_seat_code")
    assert clipboard.text() == CODE
    screen.code.clipboard.clear()


def test_that_an_invitation_is_left_without_a_code(make: Make, qtbot: QtBot) -> None:
    fake = FakeWorkstations()
    screen = make(fake)
    for leave in ("cancel", "esc"):
        press(qtbot, screen, "invite")
        if leave == "cancel":
            press(qtbot, screen, "cancel_invite")
        else:
            assert screen.close_innermost()
        assert screen.drawer.currentWidget() is screen.nobody
        assert screen.nobody.invite.hasFocus()
    assert fake.asked == []


@pytest.mark.parametrize(
    ("code", "words"), [("seat_name", "1 to 32 letters"), ("own_office", "stands on its workstation"), ("role", "role")]
)
def test_that_a_refused_invitation_says_why_and_keeps_the_name(make: Make, qtbot: QtBot, code: str, words: str) -> None:
    fake = FakeWorkstations()
    fake.refusal = code
    screen = invited(make, qtbot, fake)
    qtbot.waitUntil(lambda: words in screen.invite.error.text())
    assert screen.invite.name == "SBY-0507"
    assert screen.drawer.currentWidget() is screen.invite


def test_that_a_fresh_code_of_the_persons_is_asked_for_before_one_is_made(make: Make, qtbot: QtBot) -> None:
    fake = FakeWorkstations()
    fake.has_code = False
    screen = invited(make, qtbot, fake)
    qtbot.waitUntil(lambda: screen.acting.asks)
    popover = screen.acting._popover
    assert popover is not None
    popover.given.emit(RIGHT_CODE)
    qtbot.waitUntil(lambda: shows_code(screen))


def test_that_codes_that_nobody_has_used_stand_with_their_state_and_are_taken_back(make: Make, qtbot: QtBot) -> None:
    fake = FakeWorkstations()
    screen = make(fake)
    press(qtbot, screen, "invite")
    qtbot.waitUntil(lambda: invitations()[-1].name in drawer_text(screen))
    shown = drawer_text(screen)
    assert [one.name in shown for one in invitations()] == [True] * 8
    assert (shown.count("Waits"), shown.count("Out of time")) == (7, 1)
    over, first = invitations()[-1], invitations()[0]
    assert screen.invite.findChild(QPushButton, f"withdraw_{over.id}") is None
    button = screen.invite.findChild(QPushButton, f"withdraw_{first.id}")
    assert button is not None
    assert button.accessibleName() == f"Take back: {first.name}"
    button.setFocus()
    press(qtbot, screen, f"withdraw_{first.id}")
    qtbot.waitUntil(lambda: first.name not in drawer_text(screen))
    assert fake.asked == [("withdraw", first.id)]
    assert "refused" in screen.invite.done.text()


def test_that_a_long_list_is_cut_and_says_so(make: Make, qtbot: QtBot) -> None:
    fake = FakeWorkstations()
    fake.waiting = invitations() * 40
    screen = make(fake)
    press(qtbot, screen, "invite")
    qtbot.waitUntil(lambda: "And 270 more" in drawer_text(screen))
