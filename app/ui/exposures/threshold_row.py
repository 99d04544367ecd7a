"""One rule's threshold: what it counts, its value with less and more, and how often that would have fired."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.session.shown_exposures import Threshold
from app.ui.exposures.flag_words import rule_name, rule_text
from app.ui.exposures.threshold_curve import ThresholdCurve
from app.ui.saying import as_sentence
from app.ui.theme.fonts import FIGURES, SMALL, Weight
from app.ui.theme.look import Look
from app.ui.widgets.buttons import Button
from app.ui.widgets.labels import set_ink, text_label
from app.ui.words import number

VALUE_WIDTH, SIDE = 44, 176


class ValueEdit(QLineEdit):
    """The value; Up and Down change it by one."""

    stepped = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt's name)
        """Up is more, Down is less."""
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.stepped.emit(1 if event.key() == Qt.Key.Key_Up else -1)
            return
        super().keyPressEvent(event)


class ThresholdRow(QWidget):
    """The row.

    Attributes:
        threshold: what holds now.

    Signals:
        changed: the value on the screen is another.
    """

    changed = Signal()

    def __init__(self, look: Look, threshold: Threshold, *, is_open: bool) -> None:
        super().__init__()
        self.threshold, self._value = threshold, threshold.value
        key = threshold.rule.value
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 8, 0, 8)
        row.setSpacing(6)
        words = QVBoxLayout()
        words.setSpacing(0)
        name = rule_name(threshold.rule)
        self._name = as_sentence(name)
        words.addWidget(text_label(look, self._name, weight=Weight.SEMIBOLD))
        text = rule_text(threshold.rule)
        words.addWidget(text_label(look, as_sentence(text), ink="ink2", size=SMALL, wrap=True))
        self._bounds = text_label(look, "", ink="ink3", size=SMALL, features=FIGURES, wrap=True)
        words.addWidget(self._bounds)
        row.addLayout(words, 1)
        row.addSpacing(10)
        self.less = Button(look, "", "square", icon="minus", name=f"less_{key}")
        self.value = ValueEdit()
        self.value.setObjectName(f"threshold_{key}")
        self.value.setFont(look.font(features=FIGURES))
        self.value.setFixedWidth(look.px(VALUE_WIDTH))
        self.value.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.value.setMaxLength(4)
        self.more = Button(look, "", "square", icon="plus", name=f"more_{key}")
        for button, by, says in ((self.less, -1, self.tr("Less: {rule}")), (self.more, 1, self.tr("More: {rule}"))):
            button.setFixedSize(look.px(28), look.px(28))
            button.setAccessibleName(says.format(rule=self._name))
            button.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
            button.clicked.connect(lambda _checked=False, step=by: self._step(step))
        for widget in (self.less, self.value, self.more):
            row.addWidget(widget)
            widget.setEnabled(is_open)
        row.addSpacing(8)
        side = QVBoxLayout()
        side.setSpacing(2)
        self.curve = ThresholdCurve(look)
        self.curve.setFixedWidth(look.px(SIDE))
        self._would = text_label(look, "", ink="ink2", size=SMALL, features=FIGURES)
        side.addWidget(self.curve)
        side.addWidget(self._would)
        row.addLayout(side)
        self.value.stepped.connect(self._step)
        self.value.textEdited.connect(self._on_typed)
        self.value.editingFinished.connect(self._on_left)
        self.show_threshold(threshold)

    @property
    def wanted(self) -> int:
        """The value on the screen."""
        return self._value

    @property
    def is_changed(self) -> bool:
        """Whether the screen says another value than the office."""
        return self._value != self.threshold.value

    def show_threshold(self, threshold: Threshold) -> None:
        """What holds now; what was typed goes."""
        self.threshold = threshold
        self._take(threshold.value)

    def _step(self, by: int) -> None:
        self._take(self._value + by)

    def _on_typed(self, text: str) -> None:
        if text.isdecimal() and self.threshold.least <= int(text) <= self.threshold.most:
            self._say(int(text))

    def _on_left(self) -> None:
        """What is out of bounds, or no number, goes back to the last value that was good."""
        if self.value.text() != str(self._value):
            self.value.setText(str(self._value))

    def _take(self, value: int) -> None:
        self._say(max(self.threshold.least, min(self.threshold.most, value)))
        self.value.setText(str(self._value))

    def _say(self, value: int) -> None:
        self._value = value
        threshold = self.threshold
        fired = threshold.would_fire(value)
        once = self.tr("1 flag in 30 days")
        would = once if fired == 1 else self.tr("{n} flags in 30 days").format(n=number(fired))
        self._would.setText(would)
        set_ink(self._would, "ink" if self.is_changed else "ink2")
        bounds = self.tr("{a} to {b}, default {c}")
        self._bounds.setText(bounds.format(a=threshold.least, b=threshold.most, c=threshold.default))
        self.curve.show_threshold(threshold, value)
        name = self.tr("{rule}: fires at {n} and above; that would have been {would}")
        self.value.setAccessibleName(name.format(rule=self._name, n=value, would=would))
        self.changed.emit()
