"""What a person reads of the outbox: kept is not saved, what waits is counted, and what cannot be delivered is said."""

import threading
from collections.abc import Callable

import pytest
from PySide6.QtCore import QObject
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from app.domain.errors import NotAllowedError
from app.session.ends import NOTE_WAITS, Receipt
from app.session.errors import OfficeAwayError
from app.session.shown import OpenEnd, OutboxState
from app.storage.outbox import OutboxUnwritableError
from app.ui.console.note_editor import SAVE_AFTER_MS, NoteKeeper
from app.ui.console.screen import ConsoleScreen
from app.ui.language import Language, speak
from app.ui.tasks import Tasks
from app.ui.wiped import words
from tests.ui.conftest import Signed, named
from tests.ui.fake_desk import FakeDesk

Make = Callable[..., Signed]
AWAY = OfficeAwayError("no answer")


def screen_of(signed: Signed) -> ConsoleScreen:
    screen = signed.window.console
    assert screen is not None
    return screen


def text_of(signed: Signed, name: str) -> str:
    [label] = signed.window.findChildren(QLabel, name)
    return label.text() if label.isVisible() else ""


def notice(signed: Signed) -> str:
    strip = signed.window.findChildren(QWidget, "undelivered")[0]
    return strip.accessibleName() if strip.isVisible() else ""


def type_note(signed: Signed, text: str) -> None:
    QTest.keyClicks(named(signed.window, "note"), text)
    screen_of(signed).desk_panel.note.save_now()


def test_that_a_kept_note_is_not_called_saved_and_is_counted_until_it_was_delivered(
    qtbot: QtBot, console: Make
) -> None:
    signed = console()
    signed.desk.away = AWAY
    type_note(signed, "Called back.")
    qtbot.waitUntil(lambda: text_of(signed, "note_state") == "Waits for the back office")
    qtbot.waitUntil(lambda: text_of(signed, "outbox_state") == "1 kept here for the back office")
    assert screen_of(signed).pulse.is_away, "the office's absence is said at once"
    editor = screen_of(signed).desk_panel.note
    assert editor.in_hand() is None
    signed.desk.away = None
    screen_of(signed).pulse.beat()
    qtbot.waitUntil(lambda: text_of(signed, "outbox_state") == "")
    assert text_of(signed, "note_state") == "Saved just now"
    assert [text for _r, _n, text in signed.desk.saved] == ["Called back."]
    assert editor.in_hand() == signed.desk.saved[0][1]


def test_that_a_note_which_is_refused_again_and_again_comes_between_ever_less_often(
    qtbot: QtBot, qapp: QObject, tasks: Tasks
) -> None:
    desk = FakeDesk(count=3)
    keeper = NoteKeeper(desk, tasks, "r1", qapp)
    desk.refuse_note = NotAllowedError("not yours any more", code="not_in_queue")
    keeper.write("Half")
    pauses = []
    for _ in range(6):
        with qtbot.waitSignal(keeper.failed):
            keeper.save()
        pauses.append(keeper._pause.interval())
    assert pauses == [5_000, 10_000, 20_000, 40_000, 60_000, 60_000]
    keeper.write("Half of it")
    assert keeper._pause.interval() == SAVE_AFTER_MS, "what is typed is tried as soon as ever"
    desk.refuse_note = None
    with qtbot.waitSignal(keeper.saved):
        keeper.save()
    keeper.deleteLater()


def test_that_a_note_which_is_refused_late_says_nothing_at_the_next_customers_note(
    qtbot: QtBot, console: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    signed = console()
    screen, may_refuse = screen_of(signed), threading.Event()

    def refuse(*_note: object) -> None:
        may_refuse.wait(30)
        raise NotAllowedError("not yours any more", code="not_in_queue")

    monkeypatch.setattr(signed.desk, "save_note", refuse)
    type_note(signed, "Half")
    screen.show_customer(2)
    qtbot.waitUntil(lambda: screen.card.customer is not None and screen.card.customer.id == 2)
    with qtbot.waitSignal(screen.desk_panel.note.failed):
        may_refuse.set()
    assert text_of(signed, "note_state") == ""


def test_that_a_kept_note_which_the_office_refuses_is_never_called_saved(qtbot: QtBot, console: Make) -> None:
    signed = console()
    signed.desk.away = AWAY
    type_note(signed, "Called back.")
    qtbot.waitUntil(lambda: text_of(signed, "outbox_state") != "")
    signed.desk.away, signed.desk.loses = None, True
    signed.desk.refuse_note = NotAllowedError("no", code="not_in_queue")
    screen_of(signed).pulse.beat()
    qtbot.waitUntil(lambda: text_of(signed, "note_state") == "Not kept yet")
    qtbot.waitUntil(lambda: screen_of(signed).card.fault.label.text() == "This customer is not in one of your queues.")
    assert "(X2)" in notice(signed)
    assert signed.desk.saved == []


def test_that_a_note_which_changed_since_it_was_kept_is_saved_by_itself(qtbot: QtBot, console: Make) -> None:
    signed = console()
    signed.desk.away = AWAY
    type_note(signed, "One")
    qtbot.waitUntil(lambda: len(signed.desk.waiting) == 1)
    signed.desk.away = None
    type_note(signed, ", two")
    qtbot.waitUntil(lambda: [text for _r, _n, text in signed.desk.saved] == ["One, two"])
    qtbot.waitUntil(lambda: text_of(signed, "note_state") == "Saved just now")


def test_that_a_kept_note_holds_up_neither_an_end_nor_a_lock(qtbot: QtBot, console: Make) -> None:
    signed = console()
    signed.desk.away = AWAY
    type_note(signed, "Last words")
    screen_of(signed).end("signed_out")
    qtbot.waitUntil(lambda: signed.desk.ended == ["signed_out"])
    [place] = signed.desk.places
    assert place is not None
    assert (place.record, place.note.text, place.note.kept) == ("r0", "Last words", "Last words")  # type: ignore[union-attr]


def test_that_what_nobody_kept_is_handed_over_with_the_end(qtbot: QtBot, console: Make) -> None:
    signed = console()
    signed.desk.refuse_note = OutboxUnwritableError("full", code="outbox_disk")
    type_note(signed, "Last words")
    qtbot.waitUntil(lambda: text_of(signed, "note_state") == "Not kept yet")
    screen_of(signed).end("idle")
    qtbot.waitUntil(lambda: signed.desk.ended == ["idle"])
    [place] = signed.desk.places
    assert place is not None
    assert (place.note.text, place.note.kept) == ("Last words", "")  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("outbox_disk", "The back office is away, and the disk here is full: this is not kept yet. Call IT (X4)."),
        ("outbox_full", "The back office is away, and nothing more can be kept here for it. Call IT (X4)."),
    ],
)
def test_that_a_full_disk_is_said_and_the_text_stays_on_the_screen(
    qtbot: QtBot, console: Make, code: str, said: str
) -> None:
    signed = console()
    signed.desk.refuse_note = OutboxUnwritableError("full", code=code)
    type_note(signed, "Called back.")
    fault = screen_of(signed).card.fault
    qtbot.waitUntil(lambda: fault.label.text() == said)
    assert text_of(signed, "note_state") == "Not kept yet"
    assert screen_of(signed).desk_panel.note.edit.toPlainText() == "Called back."
    signed.desk.refuse_note = None
    screen_of(signed).desk_panel.note.save_now()
    qtbot.waitUntil(lambda: text_of(signed, "note_state") == "Saved just now")


def test_that_what_could_not_be_delivered_is_said_until_it_is_closed(qtbot: QtBot, console: Make) -> None:
    desk = FakeDesk(count=300)
    desk.outbox_state = OutboxState(0, 2, 1, (OpenEnd("SBY-0417", 1_764_000_000.0, 3),))
    signed = console(desk)
    qtbot.waitUntil(lambda: notice(signed) != "")
    for words_ in ("(X1)", "(X2)", "(X3)", "SBY-0417", "refused: 2.", "now: 1.", "never came: 3."):
        assert words_ in notice(signed)
    screen_of(signed).notices.undelivered.action.click()
    assert notice(signed) == ""
    screen_of(signed).pulse.beat()
    qtbot.wait(50)
    assert notice(signed) == "", "nothing new"
    signed.desk.outbox_state = OutboxState(0, 3)
    screen_of(signed).pulse.beat()
    qtbot.waitUntil(lambda: "refused: 3." in notice(signed))


def test_that_nothing_is_said_where_nothing_waits(qtbot: QtBot, console: Make) -> None:
    signed = console()
    screen_of(signed).pulse.beat()
    qtbot.wait(50)
    assert (text_of(signed, "outbox_state"), notice(signed)) == ("", "")


@pytest.mark.parametrize(
    ("note", "said"),
    [
        ("C-104288", "Your note for C-104288 is kept here, sealed, and goes to the back office at the next sign-in."),
        ("", "What the back office has not got yet is kept here, sealed, and goes there at the next sign-in."),
    ],
)
def test_that_the_receipt_says_what_waits(note: str, said: str) -> None:
    receipt = Receipt("signed_out", 0.0, "Ratna Dewanti", (), None, note, (NOTE_WAITS,))
    assert words.cause(receipt).endswith(said)
    assert NOTE_WAITS not in words.as_text(receipt)


def test_that_kept_is_not_saved_in_indonesian_either(qtbot: QtBot, console: Make) -> None:
    from PySide6.QtCore import QCoreApplication

    application = QCoreApplication.instance()
    assert application is not None
    speak(application, Language.INDONESIAN)
    try:
        signed = console()
        signed.desk.away = AWAY
        type_note(signed, "Sudah ditelepon.")
        qtbot.waitUntil(lambda: text_of(signed, "note_state") == "Menunggu back office")
        qtbot.waitUntil(lambda: text_of(signed, "outbox_state") == "1 dititipkan di sini untuk back office")
        assert "Tersimpan" not in text_of(signed, "note_state") + text_of(signed, "outbox_state")
    finally:
        speak(application, Language.ENGLISH)
