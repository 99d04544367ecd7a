"""An agent's day at the console: reveal, ask, an unlock, notes, the table, the office away."""

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest

from app.session.shown import RequestState
from app.ui.capture.guard import CaptureState
from app.ui.console.field_row import Offer
from app.ui.faults import fault_of
from app.ui.words import day_and_time
from tests.ui import fake_desk
from tests.ui.gallery.studio import Studio, field_row, until_popover, wait

NOTE_WITH_ONE = "Kartu 4111 1111 1111 1111"
NOTE_WITH_MANY = (
    "Kartu 4111 1111 1111 1111, hp 0812-3456-7890, surel sari@example.com, NIK 3273014708850003, "
    "rek BCA 0123456789, lahir 17 Agustus 1985, mobil B 1234 XYZ"
)


def story(gallery: Studio) -> None:
    desk = fake_desk.FakeDesk()
    window, console = gallery.console(desk)
    console.desk_panel.note.edit.setPlainText("Caller disputes the 2 March charge. Says the old card was closed.")
    console.desk_panel.note.save_now()
    wait(100)
    gallery.shoot(window, "console")
    phone = field_row(console, "mobile_phone")
    phone.setFocus()
    phone.take(Offer.REVEAL)
    wait(150)
    gallery.shoot(window, "console-reveal-popover")
    popover = until_popover(console)
    QTest.keyClick(popover, Qt.Key.Key_1)
    wait(250)
    gallery.shoot(window, "console-revealed")
    console.closing.close_all()
    wait(200)
    bank = field_row(console, "bank_account")
    bank.setFocus()
    bank.take(Offer.ASK)
    ask = until_popover(console)
    ask.words.setPlainText("Caller wants a refund; the bank must read the middle digits back.")  # type: ignore[attr-defined]
    gallery.shoot(window, "unlock-request")
    desk.who_decides = 0
    desk.tell_changed(frozenset({"unlocks"}))
    wait(150)
    gallery.shoot(window, "unlock-request-nobody")
    ask.take_main_action()  # type: ignore[attr-defined]
    field_row(console, "card_number").setFocus()
    wait(150)
    gallery.shoot(window, "console-asked-nobody")
    desk.who_decides = 2
    console.field_actions.watch.poll()
    wait(150)
    gallery.shoot(window, "console-asked")
    desk.set_request("q0", RequestState.APPROVED, by="Hendra Kusuma")
    console.field_actions.watch.poll()
    wait(150)
    gallery.shoot(window, "console-granted")
    field_row(console, "bank_account").take(Offer.OPEN)
    wait(250)
    gallery.shoot(window, "console-unlocked")
    console.closing.close_all()
    console.desk_panel.history._on_button_clicked()
    wait(150)
    gallery.shoot(window, "console-notes")
    console.switch_face()
    wait(150)
    gallery.shoot(window, "console-table")
    console._on_connected(False, 1_772_532_129.0)
    console.switch_face()
    gallery.shoot(window, "console-offline")
    console._on_connected(True, 0.0)
    console.strip.say(console.strips.tr("The local copy was damaged and is being fetched again. Nothing is lost."))
    console.idle_bar.show_left(42)
    gallery.shoot(window, "console-idle")
    window._console = None
    window.close()


def newcomer(gallery: Studio) -> None:
    window, _console = gallery.console(fake_desk.FakeDesk(waits=True))
    gallery.shoot(window, "console-newcomer")
    window._console = None
    window.close()


def leaving(gallery: Studio) -> None:
    """What leaves the screen: a copy, open notes under the watermark, IT's exception, a fault."""
    desk = fake_desk.FakeDesk()
    desk.copies = True
    window, console = gallery.console(desk)
    phone = field_row(console, "mobile_phone")
    phone.setFocus()
    phone.take(Offer.REVEAL)
    popover = until_popover(console)
    QTest.keyClick(popover, Qt.Key.Key_1)
    wait(250)
    QTest.keyClick(phone, Qt.Key.Key_C)
    wait(200)
    gallery.shoot(window, "console-copied")
    console.clipboard.clear()
    console.closing.close_all()
    console.status.show_capture(CaptureState.EXCEPTED, day_and_time(1_772_532_129.0))
    fault = replace(fault_of(ValueError()), report="/home/ratna/.local/share/tirai/crash-reports/crash-3F9A1C.txt")
    window.show_fault(fault)
    gallery.shoot(window, "console-fault")
    window._console = None
    window.close()


def note_finds(gallery: Studio) -> None:
    """Numbers of persons in a note: one, and more than a line tells."""
    window, console = gallery.console(fake_desk.FakeDesk())
    note = console.desk_panel.note
    for name, text, count in (("one", NOTE_WITH_ONE, 1), ("many", NOTE_WITH_MANY, 7)):
        note.focus_note()
        note.edit.setPlainText(text)
        note.edit.moveCursor(QTextCursor.MoveOperation.End)
        for _ in range(200):  # until the note was scanned, before its save puts masks there
            wait(20)
            if len(note.finds.finds) == count:
                break
        gallery.shoot(window, f"console-note-{name}")
    window._console = None
    window.close()


SHOTS = (
    story,
    newcomer,
    leaving,
    note_finds,
)
