"""The curtain over one sealed field. It takes a mask; it holds a value only between `opened` and `closed`.

Invariants (protection.md section 7, ui.md section 3): the value is drawn with the painter and is in no label, no
document, no tool tip, no accessible text and no window title; `closed` drops it before anything moves; nothing but
the paint event reads it, `copy_to` where policy lets its class be copied, and `say_to` when S is pressed.
"""

import time
from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.domain.mask import Mask
from app.session.shown import Revealed, Secret
from app.ui.saying import said
from app.ui.theme.fonts import BODY, SMALL, VALUES, Weight
from app.ui.theme.look import Look
from app.ui.widgets.countdown import Countdown
from app.ui.widgets.curtain_paint import (
    GATHERED,
    STAGE_HEIGHT,
    STAGE_TEXT_LEFT,
    STAGE_WIDTH,
    mask_width,
    paint_mask,
    paint_sign,
    paint_stage,
)
from app.ui.widgets.curtain_states import STATE_LOOKS, CurtainState
from app.ui.widgets.motion import Motion
from app.ui.words import shown_text

ARROW_AFTER_MS, TICK_MS, LAST_WORDS_S = 150, 100, 5
ROW, LEFT, SIGN_GAP, REASON_GAP, UNDER, NARROWEST = 30, 8, 8, 18, 18, 190
NARROW_REASON = 120
"""With less room beside the stage, in px, a reason that does not fit is left out, not cut."""
GLYPH_ROOM = 19
TOLD_AT_S = (10, 5)
TIMER_ROOM, SHORT_TIMER_ROOM = 92, 62
"""Room for `closes in 4`; in a narrow card for `4 s` alone, so that a value does not wrap anew at the end."""
TIMER_SIGN, TIMER_GAP = 29, 4
"""Px of the timer's sign with what stands round it; and least between the value and it."""


class Curtain(QWidget):
    """One curtain in a row of the card.

    Attributes:
        state: what is shown now.

    Signals:
        ran_out: the view's time is up; the value is already dropped.
        shut: the cloth has closed over the empty stage.
        few_left: 10 and 5 whole seconds of the view are left.
    """

    ran_out = Signal()
    shut = Signal()
    few_left = Signal(int)

    def __init__(
        self,
        look: Look,
        mask: Mask,
        parent: QWidget | None = None,
        *,
        kind: str = "",
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(parent)
        self._look, self._mask, self._kind, self._clock = look, mask, kind, clock
        self._secret: Secret | None = None
        self._countdown: Countdown | None = None
        self._rest = self.state = CurtainState.MASKED
        self._words = self._reason = self._under = ""
        self._lit = self._may_copy = self._is_copy_settled = False
        self._cloth = 0.0
        self._turned = 0.0
        self._opening_since = 0.0
        self._told = 0
        self._ticker = QTimer(self, interval=1000 if look.still else TICK_MS)
        self._ticker.timeout.connect(self.tick)
        self._motion = Motion(self)
        self._motion.moved.connect(self._on_motion_moved)
        self._motion.ended.connect(self._on_motion_ended)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._set_height(self._row)
        self._tell()

    # what it shows -------------------------------------------------------------------------------------------------
    @property
    def is_open(self) -> bool:
        """Whether it holds a value now."""
        return self._secret is not None

    @property
    def may_copy(self) -> bool:
        """Whether it holds a value that policy lets be copied."""
        return self._secret is not None and self._may_copy

    @property
    def is_copy_settled(self) -> bool:
        """Whether it holds a value that the office would let be copied, and the machine's administrator does not."""
        return self._secret is not None and self._is_copy_settled

    def copy_to(self, put: Callable[[str], object]) -> bool:
        """Hand the open value to the clipboard, where policy lets it; whether it was.

        Args:
            put: `ClipboardKeeper.put`, which gives it back to nobody.
        """
        if self._secret is None or not self._may_copy:
            return False
        put(self._secret.reveal())
        return True

    def say_to(self, speak: Callable[[str], object]) -> None:
        """Hand the open value to a screen reader, for one sentence and to nothing that keeps it.

        Args:
            speak: `announce`, which says nothing where no reader runs.
        """
        if self._secret is not None:
            speak(_aloud(self._secret.reveal(), self.tr("plus")))

    def set_state(self, state: CurtainState, words: str = "") -> None:
        """Show a shut state with the words beside it; an open value is dropped first."""
        self._drop()
        self._motion.stop()
        self._ticker.stop()
        self._rest = self.state = state
        self._words = words
        self._tell()
        self.update()

    @property
    def words(self) -> str:
        """The words beside the cloth; never a value."""
        return self._words

    def set_words(self, words: str) -> None:
        """Change the words beside the cloth without touching the state."""
        self._words = words
        self.update()

    def set_reason(self, reason: str) -> None:
        """Say in the row why the field is masked; empty hides it."""
        self._reason = reason
        self.update()

    def set_lit(self, lit: bool) -> None:
        """Draw the focus ring round the mask."""
        self._lit = lit
        self.update()

    # opening and closing -------------------------------------------------------------------------------------------
    def opening(self) -> None:
        """The cloth gathers; the value is on its way."""
        self.state = CurtainState.OPENING
        self._opening_since = self._clock()
        self._ticker.start()
        self._run(0.0, 0.5, self._look.tokens.motion["curtain_open_ms"])
        self._tell()

    def opened(self, revealed: Revealed, under: str = "") -> None:
        """Show a value for its seconds. The only way in for a plaintext.

        Args:
            revealed: the value and its seconds.
            under: a line below the stage, who opened it for the agent; never the value.
        """
        self._motion.stop()
        self._secret, self._may_copy = revealed.value, revealed.may_copy
        self._is_copy_settled = revealed.is_copy_settled
        self._under = under
        self._countdown = Countdown(self._clock(), float(revealed.seconds))
        self._told = self.seconds_left()
        self.state = CurtainState.OPEN
        self._cloth = float(GATHERED)
        self._fit()
        self._ticker.start()
        self._tell()
        self.update()

    def closed(self) -> None:
        """Drop the value at once, then let the cloth slide over the empty stage."""
        was_open = self.is_open
        self._drop()
        self._ticker.stop()
        if not was_open:
            if self.state is CurtainState.OPENING:
                self.set_state(self._rest, self._words)
            return
        self.state = CurtainState.CLOSING
        self._tell()
        self._run(float(GATHERED), self._stage_rect().width(), self._look.tokens.motion["curtain_close_ms"])

    def seconds_left(self) -> int:
        """Whole seconds left of the view; 0 when shut."""
        return self._countdown.whole(self._clock()) if self._countdown else 0

    def tick(self) -> None:
        """Judge the time: end the view when it is over, move what moves."""
        if self.state is CurtainState.OPENING:
            self._turned = (self._turned + 30.0) % 360.0
        if self._countdown is not None and self._countdown.is_over(self._clock()):
            self.closed()
            self.ran_out.emit()
        elif self._countdown is not None:
            self._tell_time()
        self.update()

    def _tell_time(self) -> None:
        left = self.seconds_left()
        passed = [mark for mark in TOLD_AT_S if left <= mark < self._told]
        self._told = left
        if passed:
            self.few_left.emit(left)

    def _drop(self) -> None:
        if self._secret is not None:
            self._secret.forget()
        self._secret = None
        self._countdown = None
        self._under, self._may_copy, self._is_copy_settled = "", False, False
        self._set_height(self._row)

    def _value(self) -> str:
        """The open value as people write it; read aloud and copied it stays as it is kept."""
        return shown_text(self._kind, self._secret.reveal()) if self._secret is not None else ""

    def _run(self, start: float, end: float, ms: int) -> None:
        self._motion.run(start, end, 0 if self._look.still else ms)

    def _on_motion_moved(self) -> None:
        self._cloth = self._motion.value
        self.update()

    def _on_motion_ended(self) -> None:
        if self.state is CurtainState.CLOSING:
            self.state = self._rest
            self._tell()
            self.update()
            self.shut.emit()

    # words for readers ---------------------------------------------------------------------------------------------
    def _tell(self) -> None:
        self.setAccessibleName(self.tr("open") if self.state is CurtainState.OPEN else self.spoken())

    @said
    def spoken(self) -> str:
        """The mask for a screen reader: behind the curtain, digits one by one. Never a value."""
        parts = [self.tr("behind the curtain")]
        if self._mask.before:
            parts.append(_spell(self._mask.before, self.tr("plus")))
        if self._mask.after:
            parts.append(self.tr("ends {text}").format(text=_spell(self._mask.after, self.tr("plus"))))
        return ", ".join(parts)

    # geometry and painting -----------------------------------------------------------------------------------------
    def sizeHint(self) -> QSize:  # noqa: N802 (Qt's name)
        """At least the stage's width."""
        return QSize(self._look.px(STAGE_WIDTH + LEFT), self._look.px(self._row))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 (Qt's name)
        """In a narrow card a value wraps rather than push the action out of sight."""
        return QSize(self._look.panel(NARROWEST), self._look.px(self._row))

    @property
    def _row(self) -> int:
        """Height of a row that is shut, in px of the design, as all below here is."""
        return ROW + self._look.comfort

    @property
    def _wide(self) -> float:
        return self.width() / self._look.text

    def _set_height(self, height: float) -> None:
        self.setFixedHeight(self._look.px(height))

    def redress(self) -> None:
        """Another size of the text, another density, or motion that was reduced."""
        self._ticker.setInterval(1000 if self._look.still else TICK_MS)
        self._set_height(self._row)
        self._fit()
        self.updateGeometry()
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 (Qt's name)
        """A long open value wraps anew."""
        super().resizeEvent(event)
        if self.is_open:
            self._fit()

    def _stage_width(self) -> float:
        room = self._wide - LEFT + 2
        if self._secret is None:
            return min(room, float(STAGE_WIDTH))
        metrics = QFontMetricsF(self._look.drawn.font(BODY, Weight.MEDIUM, VALUES))
        wanted = max(metrics.horizontalAdvance(line) for line in self._value().splitlines() or [""])
        return min(room, max(STAGE_WIDTH, STAGE_TEXT_LEFT + wanted + TIMER_ROOM + 8))

    def _timer_room(self) -> int:
        return TIMER_ROOM if self._stage_width() >= STAGE_WIDTH else SHORT_TIMER_ROOM

    def _stage_rect(self) -> QRectF:
        high = self.height() / self._look.text - (UNDER if self._under else 0)
        return QRectF(LEFT - 2, 2, self._stage_width(), high - 4)

    def _value_rect(self) -> QRectF:
        return self._stage_rect().adjusted(STAGE_TEXT_LEFT, 3, -self._timer_room(), 0)

    def _fit(self) -> None:
        if self._secret is None:
            return
        metrics = QFontMetricsF(self._look.drawn.font(BODY, Weight.MEDIUM, VALUES))
        room = QRectF(0, 0, max(80.0, self._stage_width() - STAGE_TEXT_LEFT - self._timer_room()), 10_000)
        wrapped = metrics.boundingRect(room, Qt.TextFlag.TextWordWrap, self._value())
        text_height = min(wrapped.height(), 12 * metrics.lineSpacing())
        height = round(text_height) + 14 if text_height > STAGE_HEIGHT - 6 else self._row
        self._set_height(max(self._row, height) + (UNDER if self._under else 0))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 (Qt's name)
        """Draw the state."""
        painter = QPainter(self)
        self._look.draws(painter, self.rect())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.state in (CurtainState.OPEN, CurtainState.CLOSING):
            self._paint_open(painter)
        else:
            self._paint_shut(painter)
        painter.end()

    def _paint_shut(self, painter: QPainter) -> None:
        state = STATE_LOOKS[self._rest if self.state is CurtainState.OPENING else self.state]
        if self._lit:
            painter.setPen(QPen(self._look.colour("focus"), 2))
            painter.drawRoundedRect(QRectF(1, 3, mask_width(self._look.drawn, self._mask) + 14, self._row - 6), 6, 6)
        gathered = self._cloth if self.state is CurtainState.OPENING else 0.0
        row = QRectF(LEFT, 0, self._wide - LEFT, self._row)
        x = paint_mask(painter, self._look.drawn, row, self._mask, state, gathered=gathered)
        x = self._paint_words(painter, x + SIGN_GAP + (5 if self._lit else 0))
        if self._reason and self.state is not CurtainState.OPENING:
            self._paint_reason(painter, self._reason, x + REASON_GAP - SIGN_GAP, self._row / 2)

    def _paint_reason(self, painter: QPainter, reason: str, x: float, centre: float) -> None:
        font = self._look.drawn.font(SMALL)
        metrics = QFontMetricsF(font)
        room = max(0.0, self._wide - x - 8)
        if room < NARROW_REASON and metrics.horizontalAdvance(reason) > room:
            return
        self._paint_text(painter, reason, font, "ink2", QPointF(x, centre), room)

    def _paint_text(self, painter: QPainter, text: str, font: QFont, ink: str, at: QPointF, room: float) -> None:
        """In one line; in two, where the row has them and one is too short; else it ends in …."""
        painter.setFont(font)
        painter.setPen(self._look.colour(ink))
        metrics = QFontMetricsF(font)
        wrap = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        lines = metrics.boundingRect(QRectF(0, 0, room, 1_000), int(wrap), text)
        is_long = metrics.horizontalAdvance(text) > room
        if is_long and lines.height() <= self._row and lines.width() <= room:
            painter.drawText(QRectF(at.x(), at.y() - self._row / 2, room, self._row), wrap, text)
            return
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
        painter.drawText(QPointF(at.x(), at.y() + metrics.capHeight() / 2), shown)

    def _paint_words(self, painter: QPainter, x: float) -> float:
        if self.state is CurtainState.OPENING:
            if (self._clock() - self._opening_since) * 1000 < ARROW_AFTER_MS:
                return x
            opening = STATE_LOOKS[CurtainState.OPENING]
            words = self.tr("Opening…")
            return paint_sign(
                painter, self._look.drawn, x, self._row / 2, opening.glyph, opening.role, words, self._turned
            )
        state = STATE_LOOKS[self.state]
        room = max(0.0, self._wide - x - GLYPH_ROOM - 4)
        font = self._look.drawn.font(SMALL, Weight.MEDIUM, ("tnum",))
        if QFontMetricsF(font).horizontalAdvance(self._words) <= room:
            return paint_sign(painter, self._look.drawn, x, self._row / 2, state.glyph, state.role, self._words)
        left = paint_sign(painter, self._look.drawn, x, self._row / 2, state.glyph, state.role, "")
        self._paint_text(painter, self._words, font, state.role, QPointF(left, self._row / 2), room)
        return left + room

    def _paint_open(self, painter: QPainter) -> None:
        now = self._clock()
        share = self._countdown.share(now) if self._countdown else 0.0
        rect = self._stage_rect()
        paint_stage(painter, self._look.drawn, rect, self._cloth, share)
        if self._reason:
            self._paint_reason(painter, self._reason, rect.right() + 14, rect.center().y())
        if self._under:
            self._paint_reason(painter, self._under, rect.left() + 2, rect.bottom() + UNDER / 2)
        if self._secret is None or self._countdown is None:
            return
        painter.setFont(self._look.drawn.font(BODY, Weight.MEDIUM, VALUES))
        painter.setPen(self._look.colour("stage_ink"))
        flags = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(self._value_rect(), flags, self._value())
        self._paint_timer(painter, rect, self._countdown.whole(now))

    def _paint_timer(self, painter: QPainter, rect: QRectF, seconds: int) -> None:
        words = self._timer_words(seconds)
        left = rect.right() - self._timer_metrics().horizontalAdvance(words) - TIMER_SIGN
        paint_sign(painter, self._look.drawn, left, rect.top() + 14, "timer", "stage_ink2", words)

    def _timer_words(self, seconds: int) -> str:
        """How long it stays open; in a narrow card without a unit that would touch the value: the sign says it."""
        if self._timer_room() == TIMER_ROOM:
            return (self.tr("closes in {n}") if seconds <= LAST_WORDS_S else self.tr("{n} s")).format(n=seconds)
        words = self.tr("{n} s").format(n=seconds)
        has_room = self._timer_metrics().horizontalAdvance(words) <= SHORT_TIMER_ROOM - TIMER_SIGN - TIMER_GAP
        return words if has_room else str(seconds)

    def _timer_metrics(self) -> QFontMetricsF:
        return QFontMetricsF(self._look.drawn.font(SMALL, Weight.MEDIUM, ("tnum",)))


def _spell(text: str, plus: str) -> str:
    """Digits one by one, `+` as a word, so that a reader does not say sixty-two."""
    spelled = "".join(f"{c} " if c.isdigit() else c for c in text.replace("+", f"{plus} "))
    return " ".join(spelled.split())


def _aloud(value: str, plus: str) -> str:
    """A number digit by digit, everything else as it is written."""
    return value if any(c.isalpha() for c in value) else _spell(value, plus)
