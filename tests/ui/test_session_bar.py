"""The bar at the top: nothing in it is cut, whoever sits there and however large the text is."""

from collections.abc import Callable, Iterator

import pytest
from pytestqt.qtbot import QtBot

from app.domain.display import Display
from app.domain.role import Role
from app.session.console_line import Ask
from app.ui.application import TiraiApplication, show_as
from app.ui.console.session_bar import SessionBar
from app.ui.language import Language, speak
from tests.ui.conftest import Signed
from tests.ui.fake_desk import FakeDesk
from tests.ui.walk import cut_texts


@pytest.fixture(autouse=True)
def as_before(qapp: TiraiApplication) -> Iterator[None]:
    """The next test begins with the design's sizes, in English."""
    yield
    speak(qapp, Language.ENGLISH)
    show_as(qapp, Display("light"))


def bar_of(signed: Signed) -> SessionBar:
    screen = signed.window.console
    assert screen is not None
    return screen.bar


EVERYWHERE = [(role, text, width) for role in ("agent", "supervisor") for text in (100, 150, 200)
              for width in (1180, 1366, 1920)]  # fmt: skip


TOO_FULL = ("supervisor", 200, 1180)
"""Four tabs and a call at 200 % in the smallest window: what is left has no shorter form."""


@pytest.mark.slow
@pytest.mark.parametrize(("role", "text", "width"), [case for case in EVERYWHERE if case != TOO_FULL])
def test_that_nothing_is_cut_with_a_call_on_and_all_tabs(
    console: Callable[..., Signed], qtbot: QtBot, qapp: TiraiApplication, role: str, text: int, width: int
) -> None:
    speak(qapp, Language.INDONESIAN)
    signed = console(FakeDesk(Role(role), count=30))
    bar = bar_of(signed)
    if role == "supervisor":
        qtbot.waitUntil(lambda: not bar.colleagues.isHidden())
    signed.window.resize(width, 768)
    signed.window._calls.answer(Ask("call_start", {"call": "a1"}))
    show_as(qapp, Display("light", text=text))
    qtbot.waitUntil(lambda: not bar.call.isHidden() and not cut_texts(bar))
    assert signed.window.width() == width
    assert bar.lock.accessibleName()
    assert bar.account.accessibleName()
    pill = bar.call
    assert pill.height() + 10 <= bar.height()  # air above and below it, at every size of the text
    assert max(button.height() for button in (pill.hold, pill.end)) <= pill.height()
    ground = pill._look.colour("sunken").rgb()
    picture = pill.grab().toImage()
    assert picture.pixelColor(pill.width() // 2, 3).rgb() == ground
    assert picture.pixelColor(3, 3).rgb() != ground, "its ends are round"


def test_that_what_left_the_bar_is_read_at_the_foot(
    console: Callable[..., Signed], qtbot: QtBot, qapp: TiraiApplication
) -> None:
    signed = console(FakeDesk(Role.SUPERVISOR, count=30))
    bar = bar_of(signed)
    signed.window.resize(1180, 640)
    show_as(qapp, Display("light", text=200))
    qtbot.waitUntil(bar._left.isHidden)
    screen = signed.window.console
    assert screen is not None
    assert "SBY-0417" in screen.status._seat.text()
    assert "left" in screen.status._lease.text()
    show_as(qapp, Display("light"))
    signed.window.resize(1920, 1080)
    qtbot.waitUntil(lambda: not bar._left.isHidden() and bool(bar.lock.text()))
    qtbot.waitUntil(lambda: not screen.status._seat.isVisible())


def test_that_a_tab_without_its_words_keeps_its_name_and_the_one_in_front_its_words(
    console: Callable[..., Signed], qtbot: QtBot, qapp: TiraiApplication
) -> None:
    signed = console(FakeDesk(Role.SUPERVISOR, count=30))
    bar, screen = bar_of(signed), signed.window.console
    assert screen is not None
    signed.window.resize(1366, 768)
    signed.window._calls.answer(Ask("call_start", {"call": "a1"}))
    show_as(qapp, Display("light", text=200))
    qtbot.waitUntil(lambda: bar.tabs[0].is_short)
    for key in ("approvals", "exposures"):
        screen.going.show_workspace(key)
        qtbot.waitUntil(lambda: not cut_texts(bar))
        for tab in bar.tabs:
            assert tab.accessibleName()
            assert bool(tab.toolTip()) is (tab.key != key)
    show_as(qapp, Display("light"))
    qtbot.waitUntil(lambda: not any(tab.is_short or tab.toolTip() for tab in bar.tabs))
