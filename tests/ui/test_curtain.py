"""The curtain: it takes a mask, holds a value while open, and drops it on every way out."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.domain.mask import Mask
from app.session.shown import Revealed, Secret
from app.ui.application import TiraiApplication
from app.ui.language import Language, speak
from app.ui.theme.look import Look
from app.ui.widgets.curtain import TIMER_GAP, TIMER_SIGN, Curtain
from app.ui.widgets.curtain_states import STATE_LOOKS, CurtainState
from app.ui.widgets.sealed_text import SealedText

VALUE = "+62 812 0455 9147"


class Clock:
    """A clock that tests set."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def curtain(qtbot: QtBot, look: Look, clock: Clock) -> Curtain:
    curtain = Curtain(look, Mask("+62", "47", 10), clock=clock)
    qtbot.addWidget(curtain)
    curtain.resize(420, 30)
    curtain.show()
    return curtain


def opened(curtain: Curtain) -> Secret:
    secret = Secret(VALUE)
    curtain.opened(Revealed(secret, 30, "Call back"))
    return secret


def test_that_every_state_has_a_look() -> None:
    assert set(STATE_LOOKS) == set(CurtainState)


@pytest.mark.parametrize("state", list(CurtainState))
def test_that_every_state_can_be_painted(curtain: Curtain, state: CurtainState) -> None:
    curtain.set_state(state, "words")
    assert not curtain.grab().isNull()


@pytest.mark.attack("A25")
def test_that_the_view_closes_by_its_timer_and_drops_the_value(qtbot: QtBot, curtain: Curtain, clock: Clock) -> None:
    secret = opened(curtain)
    assert curtain.is_open
    clock.now += 29.9
    curtain.tick()
    assert curtain.seconds_left() == 1
    clock.now += 0.2
    with qtbot.waitSignal(curtain.ran_out):
        curtain.tick()
    assert not curtain.is_open
    assert secret.reveal() == ""


def test_that_closing_drops_the_value_before_anything_moves(curtain: Curtain) -> None:
    secret = opened(curtain)
    curtain.closed()
    assert curtain.state is CurtainState.CLOSING
    assert secret.reveal() == ""


def test_that_another_state_drops_the_value(curtain: Curtain) -> None:
    secret = opened(curtain)
    curtain.set_state(CurtainState.OFFLINE)
    assert secret.reveal() == ""


def test_that_a_closed_curtain_comes_to_rest(qtbot: QtBot, curtain: Curtain) -> None:
    opened(curtain)
    with qtbot.waitSignal(curtain.shut):
        curtain.closed()
    assert curtain.state is CurtainState.MASKED


def test_that_an_open_value_is_in_no_text_that_others_can_read(curtain: Curtain) -> None:
    opened(curtain)
    texts = [
        curtain.accessibleName(),
        curtain.accessibleDescription(),
        curtain.toolTip(),
        curtain.whatsThis(),
        curtain.windowTitle(),
        curtain.objectName(),
    ]
    assert all("812" not in text and "9147" not in text for text in texts)
    assert curtain.accessibleName() == "open"


def test_that_readers_hear_the_mask_digit_by_digit(curtain: Curtain) -> None:
    assert curtain.accessibleName() == "behind the curtain, plus 6 2, ends 4 7"


def test_that_a_long_value_wraps_and_stays_whole(look: Look, qtbot: QtBot) -> None:
    curtain = Curtain(look, Mask("", "Bandung", 16))
    qtbot.addWidget(curtain)
    curtain.resize(420, 30)
    curtain.opened(Revealed(Secret("Jalan Cihampelas 160, " * 6), 30, "Delivery"))
    assert curtain.height() > 60
    curtain.closed()
    assert curtain.height() == 30


def test_that_an_open_note_is_painted_and_dropped(look: Look, qtbot: QtBot) -> None:
    secret = Secret("Asked about the late fee.")
    text = SealedText(look, secret)
    qtbot.addWidget(text)
    text.show()
    assert "late fee" not in text.accessibleName()
    assert not text.grab().isNull()
    text.closed()
    assert secret.reveal() == ""


def test_that_the_mask_is_drawn_with_room_for_long_kept_text(look: Look, qtbot: QtBot) -> None:
    curtain = Curtain(look, Mask("", "Kabupaten Kepulauan Tanimbar", 16))
    qtbot.addWidget(curtain)
    curtain.resize(400, 30)
    curtain.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
    assert not curtain.grab().isNull()


@pytest.mark.parametrize("language", list(Language))
def test_that_the_timer_of_a_narrow_card_does_not_touch_the_value(
    qapp: TiraiApplication, curtain: Curtain, clock: Clock, language: Language
) -> None:
    speak(qapp, language)
    curtain.resize(230, 30)
    opened(curtain)
    for passed in range(30):
        clock.now = 1000.0 + passed
        words = curtain._timer_words(30 - passed)
        assert str(30 - passed) in words
        taken = curtain._timer_metrics().horizontalAdvance(words) + TIMER_SIGN + TIMER_GAP
        assert taken <= curtain._timer_room(), words
    speak(qapp, Language.ENGLISH)
