"""Who calls: the call bar with several calls, the quiet bar, the question which of several, a new contact."""

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from app.session.console_line import Ask
from app.session.shown_new_contact import NewContactRefusedError
from tests.ui import fake_desk
from tests.ui.gallery.studio import Studio, wait

SARI, OTHER = "+6281204559147", "+6285550001122"


def waiting(gallery: Studio) -> None:
    """One call is talked on, one is held, one waits while a note is written."""
    desk = fake_desk.FakeDesk()
    window, console = gallery.console(desk)
    desk.caller.finds = [3]
    console.calls.answer(Ask("pop", {"phone": SARI, "call": "a1"}))
    wait(200)
    gallery.shoot(window, "pop-one")
    console.desk_panel.note.focus_note()
    console.desk_panel.note.edit.setPlainText("Caller disputes the 2 March charge.")
    console.calls.answer(Ask("pop", {"phone": OTHER, "call": "b2"}))
    wait(150)
    gallery.shoot(window, "pop-second-call")
    console.calls.answer(Ask("call_start", {"call": "c3"}))
    console.calls.answer(Ask("call_hold", {"call": "c3"}))
    wait(150)
    gallery.shoot(window, "call-on-hold")
    console.bar.call.others.click()
    wait(150)
    gallery.shoot(window, "calls-others")
    window._console = None
    window.close()


def several(gallery: Studio) -> None:
    """Several customers have the caller's number."""
    desk = fake_desk.FakeDesk()
    window, console = gallery.console(desk)
    desk.caller.finds = [3, 5, 8]
    console.calls.answer(Ask("pop", {"phone": SARI, "call": "a1"}))
    wait(250)
    gallery.shoot(window, "pop-several")
    console.closing.close_innermost()
    wait(100)
    gallery.shoot(window, "pop-put-aside")
    window._console = None
    window.close()


def nobody(gallery: Studio) -> None:
    """Nobody has it: a new contact; what the office refuses of it."""
    desk = fake_desk.FakeDesk()
    window, console = gallery.console(desk)
    console.calls.answer(Ask("pop", {"phone": SARI, "call": "a1"}))
    wait(250)
    gallery.shoot(window, "pop-new-contact")
    focus = window.focusWidget()
    assert focus is not None
    QTest.keyClicks(focus, "Nur Aini Rahmawati")
    desk.new_contacts.refuse = [NewContactRefusedError({"city": "too_long"})]
    other = window.findChild(QPushButton, "another_number")
    assert other is not None
    other.click()
    QTest.keyClicks(window.focusWidget() or focus, "0811 2222 3333")
    console.popping.pages.save()
    wait(250)
    gallery.shoot(window, "pop-new-contact-refused")
    window.resize(1180, 640)
    gallery.shoot(window, "pop-new-contact-small")
    window._console = None
    window.close()


def withheld(gallery: Studio) -> None:
    """The number is withheld."""
    window, console = gallery.console(fake_desk.FakeDesk())
    console.card.focus_rows()
    console.calls.answer(Ask("pop", {"phone": "", "call": "a1"}))
    wait(150)
    gallery.shoot(window, "pop-withheld")
    window._console = None
    window.close()


SHOTS = (waiting, several, nobody, withheld)
