"""The curtain in all its states."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.mask import Mask
from app.session.shown import Revealed, Secret
from app.ui.theme.look import Look
from app.ui.widgets.curtain import Curtain
from app.ui.widgets.curtain_states import CurtainState
from app.ui.widgets.labels import text_label
from tests.ui import fake_people
from tests.ui.gallery.studio import Studio, wait


def curtains(gallery: Studio) -> None:
    sheet = QWidget()
    sheet.setProperty("ground", "surface")
    sheet.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    sheet.resize(455, 768)
    column = QVBoxLayout(sheet)
    column.setSpacing(0)
    for title, prepare in curtain_states():
        column.addWidget(text_label(gallery.look, title, ink="ink2", size=12))
        column.addWidget(prepare(gallery.look))
    column.addStretch(1)
    sheet.show()
    wait(300)
    gallery.shoot(sheet, "curtain-states")
    sheet.close()


def curtain_states() -> list[tuple[str, Callable[[Look], Curtain]]]:
    phone, card = Mask("+62", "47", 10), Mask("5412 75", "4417", 6)

    def shut(mask: Mask, state: CurtainState, words: str = "", *, lit: bool = False) -> Callable[[Look], Curtain]:
        def make(look: Look) -> Curtain:
            curtain = Curtain(look, mask)
            curtain.set_state(state, words)
            curtain.set_lit(lit)
            return curtain

        return make

    def lit(elapsed: float, value: str = fake_people.CANARY, *, shuts: bool = False) -> Callable[[Look], Curtain]:
        def make(look: Look) -> Curtain:
            now = [0.0]
            curtain = Curtain(look, phone, clock=lambda: now[0])
            curtain.opened(Revealed(Secret(value), 30, "Call back"))
            now[0] = elapsed
            if shuts:
                curtain._drop()
                curtain.state, curtain._cloth = CurtainState.CLOSING, 140.0
            return curtain

        return make

    def opening(look: Look) -> Curtain:
        curtain = Curtain(look, phone)
        curtain.opening()
        return curtain

    return [
        ("Masked, you may reveal", shut(phone, CurtainState.MASKED)),
        ("Masked, focused or under the pointer", shut(phone, CurtainState.MASKED, lit=True)),
        ("Masked, not allowed for your role", shut(card, CurtainState.TIED)),
        ("Requested", shut(card, CurtainState.REQUESTED, "Asked 0:42 ago")),
        ("Granted", shut(card, CurtainState.GRANTED, "Hendra opened this for you, once, 96 s left")),
        ("Opening", opening),
        ("Open, countdown", lit(6.0)),
        ("Open, last five seconds", lit(26.0)),
        ("Open, long", lit(6.0, "Jalan Cihampelas 160, RT 04 RW 11, Cipaganti, Coblong, Bandung 40131")),
        ("Closing", lit(6.0, shuts=True)),
        ("Verified: match", shut(Mask("", "0004", 16), CurtainState.MATCHED, "Match, 14:01")),
        ("Verified: no match", shut(Mask("", "1987", 6), CurtainState.NO_MATCH, "No match, 2 tries left")),
        ("Refused", shut(card, CurtainState.REFUSED, "Refused: not needed for this call")),
        ("Offline", shut(phone, CurtainState.OFFLINE, "No reveal while offline")),
        ("Right resting", shut(phone, CurtainState.RESTING, "Lesson 2 opens this")),
    ]


SHOTS = (curtains,)
