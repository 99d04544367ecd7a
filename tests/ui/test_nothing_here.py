"""Where there is nothing to show, a sentence says what to do, and one action does it, by keyboard too."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.domain.role import Role
from app.ui.audit.filters import By
from app.ui.audit.screen import AuditScreen
from app.ui.theme.look import Look
from app.ui.widgets.nothing_here import NothingHere
from tests.ui.conftest import Signed, named
from tests.ui.fake_desk import FakeDesk
from tests.ui.test_palette import screen_of

Make = Callable[..., Signed]


def nothing(parent: QWidget, name: str) -> NothingHere:
    found = named(parent, name)
    assert isinstance(found, NothingHere)
    return found


def press(place: NothingHere) -> None:
    assert place.do.isVisible()
    place.do.setFocus()
    QTest.keyClick(place.do, Qt.Key.Key_Return)


def test_that_an_empty_sentence_takes_it_away(qtbot: QtBot, look: Look) -> None:
    place = NothingHere(look, "Nothing.", "Do it", cap="Ctrl F", name="place")
    qtbot.addWidget(place)
    place.show()
    assert place.do.text() == "Do it"
    place.say("")
    assert place.isHidden()
    place.say("Still nothing.")
    assert place.isVisible()
    assert not place.do.isVisible()


def test_that_nobody_found_leads_to_all_queues_and_then_to_everybody(qtbot: QtBot, console: Make) -> None:
    signed = console()
    panel = screen_of(signed).find_panel
    panel.search.look_for("qqq", "Billing")
    panel.search.changed.emit()
    qtbot.waitUntil(panel._empty.isVisible)
    place = nothing(panel, "find_empty")
    assert place.do.text() == "Look in all my queues"
    press(place)
    assert (panel.search.text(), panel.search.queue()) == ("qqq", None)
    assert signed.window.focusWidget() is panel.search.edit
    qtbot.waitUntil(lambda: place.do.text() == "Clear the search")
    press(place)
    qtbot.waitUntil(lambda: panel._model.rowCount() > 0)
    assert place.isHidden()


def test_that_an_empty_card_leads_to_the_search_and_an_empty_note_says_why(qtbot: QtBot, console: Make) -> None:
    desk = FakeDesk(count=0)
    signed = console_of_nobody(qtbot, console, desk)
    screen = screen_of(signed)
    screen.bar.menu.setFocus()
    press(nothing(screen.card, "card_empty"))
    assert signed.window.focusWidget() is screen.face.search.edit
    assert screen.desk_panel.note.edit.placeholderText() == "Open a customer to write a note."
    assert "Ask a supervisor which queues you work in." in nothing(screen.find_panel, "find_empty").label.text()


def console_of_nobody(qtbot: QtBot, console: Make, desk: FakeDesk) -> Signed:
    """A console in whose queues nobody is."""
    signed = console()
    signed.desk = desk
    signed.window._on_signed_in(desk)
    qtbot.waitUntil(screen_of(signed).find_panel._empty.isVisible)
    return signed


def test_that_a_log_in_which_nothing_fits_offers_to_take_the_filters_away(qtbot: QtBot, console: Make) -> None:
    signed = console(FakeDesk(Role.SUPERVISOR, count=30))
    screen = screen_of(signed)
    screen.going.show_workspace("audit")
    log = screen.workspaces.screen_of("audit")
    assert isinstance(log, AuditScreen)
    qtbot.waitUntil(lambda: log.table.log.rowCount() > 0)
    log.filters.look_for({By.PERSON: "nobody.here"})
    qtbot.waitUntil(log.empty.isVisible)
    press(nothing(log, "audit_empty"))
    qtbot.waitUntil(lambda: log.table.log.rowCount() > 0)
    assert log.filters.values == {}
    assert log.table.isVisible()


def test_that_accounts_none_of_which_fits_offer_all(qtbot: QtBot, console: Make) -> None:
    signed = console(FakeDesk(Role.SUPERVISOR, count=30))
    screen = screen_of(signed)
    screen.going.show_workspace("accounts")
    accounts = screen.workspaces.accounts
    assert accounts is not None
    qtbot.waitUntil(lambda: accounts.table.model.rowCount() > 0)
    accounts.table.search.setText("qqq")
    press(nothing(accounts, "accounts_empty"))
    assert accounts.table.table.isVisible()
    assert signed.window.focusWidget() is accounts.table.search


def test_that_nothing_is_offered_to_clear_where_nothing_is_searched(qtbot: QtBot, console: Make) -> None:
    signed = console()
    panel = screen_of(signed).find_panel
    qtbot.waitUntil(lambda: panel._model.rowCount() > 0)
    panel.say_nobody("No one is waiting.")
    assert nothing(panel, "find_empty").do.isHidden(), "the whole list is there already"
