"""Help where it is needed: why a field is masked, what happens at the end, and the tour."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from app.domain.role import Role
from app.session.console_line import Ask
from app.ui.application import TiraiApplication
from app.ui.choices import Choices
from app.ui.console.helping import TOUR_SEEN
from app.ui.help.ends_popover import EndsPopover
from app.ui.help.tour import Callout, Tour
from app.ui.help.why_popover import WhyPopover
from app.ui.language import Language, speak
from tests.ui.conftest import Signed
from tests.ui.fake_desk import FakeDesk
from tests.ui.fake_people import CANARY
from tests.ui.test_palette import SHIFT, none_shown, press, screen_of, shown

Make = Callable[..., Signed]


@pytest.fixture
def indonesian(qapp: TiraiApplication) -> Iterator[None]:
    speak(qapp, Language.INDONESIAN)
    yield
    speak(qapp, Language.ENGLISH)
    QCoreApplication.processEvents()


def text(card: QWidget) -> str:
    return "\n".join(label.text() for label in card.findChildren(QLabel) if label.isVisible())


def explained(qtbot: QtBot, signed: Signed, field: str) -> str:
    row = screen_of(signed).card.row(field)
    assert row is not None
    row.setFocus()
    press(signed, Qt.Key.Key_F1, SHIFT)
    qtbot.waitUntil(lambda: not none_shown(signed, WhyPopover))
    return text(shown(signed, WhyPopover))


def test_that_shift_f1_says_what_it_is_who_may_and_what_to_do(qtbot: QtBot, console: Make) -> None:
    signed = console()
    said = explained(qtbot, signed, "mobile_phone")
    assert "Contact data: how the customer is reached." in said
    assert "Press R and choose a reason. It opens for 30 seconds" in said
    assert "Agent, supervisor, and privacy officer: open it, with a reason." in said
    assert "Serve the customer's requests" in said
    assert "UU PDP" not in said
    assert CANARY not in said
    press(signed, Qt.Key.Key_Escape)
    assert signed.window.focusWidget() is screen_of(signed).card.row("mobile_phone")


def test_that_it_tells_of_special_data_by_the_law_and_sends_to_whoever_decides(qtbot: QtBot, console: Make) -> None:
    said = explained(qtbot, console(), "health_note")
    assert "Specific data under UU PDP" in said
    assert "ask a privacy officer" in said
    assert "Ground: the customer’s consent." in said


def test_that_it_tells_a_supervisor_of_the_code(qtbot: QtBot, console: Make) -> None:
    said = explained(qtbot, console(FakeDesk(Role.SUPERVISOR, count=30)), "card_number")
    assert "Financial data" in said


@pytest.mark.usefixtures("indonesian")
def test_that_it_speaks_indonesian(qtbot: QtBot, console: Make) -> None:
    said = explained(qtbot, console(), "mobile_phone")
    assert "Melayani permintaan pelanggan" in said
    assert "open it" not in said
    assert "Agen" in said


def test_that_shift_f1_without_a_row_says_where_to_go(console: Make) -> None:
    signed = console()
    signed.window.console.going.focus_search()  # type: ignore[union-attr]
    press(signed, Qt.Key.Key_F1, SHIFT)
    assert screen_of(signed).status._done.text() == "Go to a row of the card first."


def test_that_the_status_bar_tells_what_happens_at_the_end(console: Make) -> None:
    signed = console()
    button = screen_of(signed).status.findChild(QWidget, "what_ends")
    assert button is not None
    button.setFocus()
    press(signed, Qt.Key.Key_Return)
    card = shown(signed, EndsPopover)
    said = text(card)
    assert "Lock (Ctrl L)" in said
    assert "after 15 min unused" in said
    assert "keyring" in said
    press(signed, Qt.Key.Key_Escape)
    assert signed.window.focusWidget() is button


# the tour


def begun(signed: Signed) -> Tour:
    screen = screen_of(signed)
    screen.commands.run("tour")
    tour = screen.helping._tour
    assert tour is not None
    return tour


@pytest.mark.parametrize("size", [(1366, 768), (1180, 640)])
@pytest.mark.parametrize("has_card", [True, False], ids=["card", "no card"])
def test_that_the_tour_stands_beside_its_things_and_covers_none(
    qtbot: QtBot, console: Make, size: tuple[int, int], has_card: bool
) -> None:
    signed = console()
    signed.window.resize(*size)
    if not has_card:
        card = screen_of(signed).card
        card._rows, card.check = [], None
        card._faces.setCurrentIndex(0)
    tour = begun(signed)
    seen = []
    for _ in range(5):
        tour.place()
        subject = tour.subject()
        assert subject is not None
        thing = QRect(subject.mapTo(signed.window, QPoint(0, 0)), subject.size())
        assert signed.window.rect().contains(tour.callout.geometry())
        assert not thing.intersects(tour.callout.geometry()), subject.objectName()
        assert signed.window.focusWidget() is tour.callout.next
        seen.append(tour.callout.accessibleName())
        press(signed, Qt.Key.Key_Return)
    assert len(set(seen)) == 5
    assert seen[0] == "Tour, 1 of 5: Find"
    assert none_shown(signed, Callout)


def test_that_the_tour_goes_back_goes_round_with_tab_and_ends_with_escape(console: Make) -> None:
    signed = console()
    screen = screen_of(signed)
    screen.desk_panel.note.edit.setFocus()
    tour = begun(signed)
    press(signed, Qt.Key.Key_Right)
    assert tour.callout.accessibleName() == "Tour, 2 of 5: Check who is calling"
    press(signed, Qt.Key.Key_Left)
    assert tour.callout.accessibleName() == "Tour, 1 of 5: Find"
    press(signed, Qt.Key.Key_Tab)
    assert signed.window.focusWidget() is tour.callout.skip
    press(signed, Qt.Key.Key_Tab)
    assert signed.window.focusWidget() is tour.callout.next
    press(signed, Qt.Key.Key_Escape)
    assert none_shown(signed, Callout)
    assert signed.window.focusWidget() is screen.desk_panel.note.edit


def test_that_the_first_tour_comes_by_itself_once(qtbot: QtBot, console: Make) -> None:
    signed = console()
    screen = screen_of(signed)
    choices = Choices()
    screen.helping._choices = choices
    screen.card.customer = None  # as it is after a sign-in
    screen.helping.offer_tour()
    qtbot.waitUntil(lambda: not none_shown(signed, Callout))
    press(signed, Qt.Key.Key_Escape)
    assert choices.flag(TOUR_SEEN)
    screen.helping.offer_tour()
    qtbot.wait(600)
    assert none_shown(signed, Callout)


def test_that_the_first_tour_disturbs_nobody_who_has_begun_to_work(qtbot: QtBot, console: Make) -> None:
    signed = console()
    screen = screen_of(signed)
    screen.helping._choices = choices = Choices()
    screen.card.customer = None
    screen.going.focus_search()
    QTest.keyClicks(signed.window.focusWidget(), "sa")
    screen.helping.offer_tour()
    qtbot.wait(600)
    assert none_shown(signed, Callout)
    assert not choices.flag(TOUR_SEEN), "it comes another day"


def test_that_a_call_takes_the_tour_away_and_it_comes_again(console: Make) -> None:
    signed = console()
    screen = screen_of(signed)
    choices = Choices()
    screen.helping._choices = choices
    begun(signed)
    screen.calls.answer(Ask("call_start", {"call": "a1"}))
    assert none_shown(signed, Callout)
    assert not choices.flag(TOUR_SEEN)


def test_that_a_lock_takes_the_tour_away_and_it_comes_again(qtbot: QtBot, console: Make) -> None:
    signed = console()
    screen = screen_of(signed)
    choices = Choices()
    screen.helping._choices = choices
    begun(signed)
    screen.leaving.lock_by_hand()
    assert none_shown(signed, Callout)
    qtbot.waitUntil(lambda: bool(signed.desk.locks))
    assert not choices.flag(TOUR_SEEN)
