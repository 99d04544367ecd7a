"""A button that looks like a field: what is chosen, or what to choose, and an arrow; it opens a popover."""

from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy

from app.ui.theme.look import Look
from app.ui.widgets.buttons import Button
from app.ui.widgets.labels import repolish


class FieldButton(Button):
    """Shows a choice.

    Args:
        look: colours.
        label: what is chosen here, for a reader.
        name: object name.
        icon: in front of the choice.
    """

    def __init__(self, look: Look, label: str, name: str, icon: str = "") -> None:
        super().__init__(look, "", "field", icon=icon, name=name)
        self._label = label
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.show_choice("", "")

    def show_choice(self, chosen: str, hint: str) -> None:
        """Show what is chosen, or in quiet ink what can be."""
        self.setText(chosen or hint)
        self.setAccessibleName(self._label)
        self.setAccessibleDescription(chosen or hint)
        self.setProperty("empty", not chosen)
        repolish(self)

    def set_wrong(self, wrong: bool) -> None:
        """Something is missing or cannot be here."""
        if bool(self.property("wrong")) != wrong:
            self.setProperty("wrong", wrong)
            repolish(self)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 (Qt's name)
        """Draw the arrow at the right."""
        super().paintEvent(event)
        painter, look = QPainter(self), self._look
        size = look.px(14)
        arrow = look.pixmap("chevron-down", "ink2" if self.isEnabled() else "ink3", 14)
        painter.drawPixmap(self.width() - look.px(9) - size, (self.height() - size) // 2, arrow)
        painter.end()
