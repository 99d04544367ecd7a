"""What a person sees of their workstation's protection: the card with what to do, a notice where values stay shut."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from app.domain.posture.demands import Demand
from app.domain.posture.words import Part, State
from app.ui.my_account.posture_card import PostureCard
from app.ui.posture.words import advice, state_sign
from app.ui.tasks import Tasks
from app.ui.theme.look import Look
from tests.ui.conftest import Signed
from tests.ui.fake_posture import FakePosture, parts

Make = Callable[..., Signed]


@pytest.fixture
def card(qtbot: QtBot, look: Look, tasks: Tasks) -> PostureCard:
    made = PostureCard(look, FakePosture(), tasks)
    qtbot.addWidget(made)
    made.show()
    return made


def said(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget))


def test_that_the_card_looks_and_says_state_finding_and_what_to_do(qtbot: QtBot, card: PostureCard) -> None:
    assert "Nobody has looked yet." in said(card)
    card.come()
    qtbot.waitUntil(lambda: "ufw runs and is enabled" in said(card))  # Qt shows new lines a turn later
    text = said(card)
    assert "To be looked after: Malware scanner, Screen lock." in text
    assert "Ask IT for a malware scanner" in text
    assert "Unknown, advised by your office" in text
    assert not card.button.is_busy


def test_that_unknown_has_neither_the_sign_nor_the_colour_of_good_and_no_part_is_without_advice() -> None:
    for one in parts(**{part.value: State.UNKNOWN for part in Part}):
        assert state_sign(one) == ("circle-question-mark", "ink2")
        assert advice(one)
    assert all(advice(one) for one in parts(**{part.value: State.MISSING for part in Part}))


def test_that_what_is_required_and_lacking_is_said_once_and_goes_when_it_is_there(qtbot: QtBot, console: Make) -> None:
    signed = console()
    screen = signed.window.console
    assert screen is not None
    posture = signed.desk.posture
    first, *rest = parts(disk=State.MISSING)
    posture.found = (replace(first, demand=Demand.REQUIRED, shuts=True), *rest)
    screen.posture_watch.look()
    strip = screen.notices.posture
    qtbot.waitUntil(strip.isVisible)
    assert "Disk encryption" in strip.label.text()
    strip.send_away()
    screen.posture_watch.look()
    qtbot.waitUntil(lambda: posture.looks == 2)
    assert not strip.isVisible()
    posture.found = parts()
    screen.posture_watch.look()
    qtbot.waitUntil(lambda: posture.looks == 3)
    assert not strip.isVisible()
