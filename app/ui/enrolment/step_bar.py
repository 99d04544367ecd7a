"""The steps of a set-up in one line: done, current, still to come; a sign, a word and a line between."""

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from app.ui.theme.fonts import SMALL, Weight
from app.ui.theme.look import Look
from app.ui.widgets.labels import IconLabel, icon_label, line, set_ink, text_label

SIGN = 16


class StepBar(QWidget):
    """Where somebody is.

    Args:
        look: colours.
        names: the steps in order.
    """

    def __init__(self, look: Look, names: tuple[str, ...]) -> None:
        super().__init__()
        self._look = look
        self.names = names
        self.setObjectName("step_bar")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self._signs: list[IconLabel] = []
        self._labels: list[QLabel] = []
        for index, name in enumerate(names):
            if index:
                row.addWidget(line(), 1)
            self._signs.append(icon_label(look, "circle-dashed", "ink3", SIGN))
            self._labels.append(text_label(look, name, ink="ink2", size=SMALL))
            row.addWidget(self._signs[-1])
            row.addWidget(self._labels[-1])
        self._current = 0
        self.set_current(0)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 (Qt's name)
        """A style sheet takes fonts back when it first dresses a label; put them on again."""
        super().showEvent(event)
        self.set_current(self._current)

    def set_current(self, current: int) -> None:
        """Mark a step as the current one; those before it are done."""
        self._current = current
        for index, (sign, label) in enumerate(zip(self._signs, self._labels, strict=True)):
            is_current = index == current
            icon, role = ("circle-check", "ok") if index < current else ("circle-dashed", "ink3")
            if is_current:
                icon, role = "circle-dot", "accent"
            sign.show_icon(icon, role)
            set_ink(label, "ink" if is_current else "ink2")
            label.setFont(self._look.font(SMALL, Weight.SEMIBOLD if is_current else Weight.REGULAR))
        self.setAccessibleName(
            self.tr("Step {n} of {count}: {name}").format(
                n=current + 1, count=len(self.names), name=self.names[current]
            )
        )
