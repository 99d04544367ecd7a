"""The end of a visit: outcome, tags, call-back, what is missing, the next customer, and those who wait."""

from datetime import timedelta

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.domain.call_back import CallBack
from app.session.shown_contacts import ShownContact, Waiting
from app.ui.console.call_back_popover import CallBackPopover
from tests.ui import fake_desk
from tests.ui.fake_contacts import promised
from tests.ui.gallery.studio import Studio, wait

AT = 1_772_532_129.0


def visits(desk: fake_desk.FakeDesk) -> tuple[ShownContact, ...]:
    """Three visits of a customer, in the words of the policy."""
    outcomes = {choice.code: choice.label for choice in desk.contacts.outcomes()}
    tags = {choice.code: choice.label for choice in desk.contacts.tags()}
    back = promised(3, 12, 10)
    return (
        ShownContact("v1", "Bagus Hartono", AT, outcomes["call_back"], (tags["billing"],), back, "h1", was_call=True),
        ShownContact("v2", "Ratna Dewanti", AT - 1_470_000, outcomes["passed_on"], (tags["fraud"], tags["payment"])),
        ShownContact("v3", "Hendra Kusuma", AT - 4_900_000, outcomes["solved"]),
    )


def story(gallery: Studio) -> None:
    desk = fake_desk.FakeDesk()
    now = desk.contacts.now()
    desk.contacts.past = {"r0": visits(desk)}
    desk.contacts.waiting = (
        Waiting(3, "r3", CallBack(now.day, now.at)),
        Waiting(6, "r6", CallBack(now.day - timedelta(days=1)), is_own=False),
        Waiting(8, "r8", None),
    )
    window, console = gallery.console(desk)
    wait(400)
    gallery.shoot(window, "wrap-up-empty")
    console.rounds.take_main_action()
    wait(50)
    gallery.shoot(window, "wrap-up-missing")
    console.rounds.focus_outcome()
    wait(100)
    gallery.shoot(window, "wrap-up-outcomes")
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_3)
    panel = console.desk_panel.wrap_up
    tags = panel.tags.open()
    for digit in (Qt.Key.Key_1, Qt.Key.Key_5, Qt.Key.Key_7):
        QTest.keyClick(window.focusWidget(), digit)
    wait(100)
    gallery.shoot(window, "wrap-up-tags")
    tags.dismiss()
    panel.open_call_back()
    popover = window.findChild(CallBackPopover)
    assert popover is not None
    QTest.keyClicks(popover.edit, "1/1/2020")
    QTest.keyClick(popover.edit, Qt.Key.Key_Return)
    wait(50)
    gallery.shoot(window, "wrap-up-call-back-over")
    popover.edit.clear()
    QTest.keyClicks(popover.edit, f"{now.day + timedelta(days=2):%d/%m/%Y} 10.00")
    wait(50)
    gallery.shoot(window, "wrap-up-call-back")
    QTest.keyClick(popover.edit, Qt.Key.Key_Return)
    wait(100)
    gallery.shoot(window, "wrap-up-ready")
    console.desk_panel.history._on_button_clicked()
    wait(150)
    gallery.shoot(window, "wrap-up-notes")
    console.closing.close_all()
    console.rounds.take_main_action()
    wait(700)
    gallery.shoot(window, "wrap-up-next")
    window.close()


def nobody_left(gallery: Studio) -> None:
    desk = fake_desk.FakeDesk(count=1)
    window, console = gallery.console(desk)
    console.desk_panel.wrap_up.outcome.setFocus()
    QTest.keyClick(console.desk_panel.wrap_up.outcome, Qt.Key.Key_1)
    console.rounds.take_main_action()
    wait(500)
    gallery.shoot(window, "wrap-up-nobody-left")
    window.close()


SHOTS = (story, nobody_left)
