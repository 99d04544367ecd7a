"""A field that is used and not shown."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.domain.action_run import Ran
from app.domain.data_class import DataClass
from app.session.shown import Acted
from app.ui.console.field_row import FieldRow
from app.ui.console.screen import ConsoleScreen
from app.ui.main_window import MainWindow
from tests.ui import fake_acting, fake_desk
from tests.ui.gallery.studio import Studio, field_row, press, until_popover, wait


def acting(gallery: Studio) -> None:
    """A field that is used and not shown."""
    desk = fake_desk.FakeDesk(count=30)
    bill = fake_acting.an_act("bill", "Send the bill", "Kirim tagihan", "email", reason=True)
    desk.acting.acts = fake_acting.two_acts()
    window, console = gallery.console(desk)
    console.field_actions.acting.look_again()
    wait(150)
    phone, email = field_row(console, "mobile_phone"), field_row(console, "email")
    _take_act(gallery, console, phone, "console-act", window)
    desk.acting.gate.clear()
    press(console, Qt.Key.Key_Return)
    wait(1_200)
    gallery.shoot(window, "console-act-at-work")
    desk.acting.gate.set()
    while console.field_actions.acting._running is not None:
        wait(20)
    wait(60)
    desk.acting.end = Acted(Ran.FAILED, 69)
    _take_act(gallery, console, email, "", window)
    press(console, Qt.Key.Key_Return)
    wait(200)
    gallery.shoot(window, "console-act-done-and-not")
    desk.acting.acts = (*fake_acting.two_acts(), bill)
    console.field_actions.acting.look_again()
    wait(150)
    _take_act(gallery, console, email, "console-act-choose", window)
    press(console, Qt.Key.Key_2)
    until_popover(console)
    desk.wants_code = {DataClass.CONTACT}
    console.field_actions._popover.ask_code()  # type: ignore[union-attr]
    gallery.shoot(window, "console-act-reason")
    window.close()
    wait(100)


def _take_act(gallery: Studio, console: ConsoleScreen, row: FieldRow, name: str, window: MainWindow) -> None:
    row.setFocus()
    QTest.keyClick(row, Qt.Key.Key_D)
    until_popover(console)
    if name:
        gallery.shoot(window, name)


SHOTS = (acting,)
