"""The calm card of a fault nobody expected: one sentence with a number, Go on. A child of the window."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QKeyEvent
from PySide6.QtWidgets import QFrame, QGraphicsDropShadowEffect, QHBoxLayout, QVBoxLayout, QWidget

from app.ui.faults import Fault
from app.ui.theme.fonts import BODY, Weight
from app.ui.theme.look import Look
from app.ui.widgets.buttons import Button
from app.ui.widgets.labels import icon_label, text_label

WIDTH = 420


class FaultCard(QFrame):
    """Says what happened and lets the person go on."""

    def __init__(self, look: Look, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self.setObjectName("fault_card")
        self.setProperty("ground", "sheet")
        self.setFixedWidth(WIDTH)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 16, 18, 14)
        column.setSpacing(10)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(icon_label(look, "circle-alert", "danger"))
        head.addWidget(text_label(look, self.tr("That did not work"), size=BODY, weight=Weight.SEMIBOLD), 1)
        column.addLayout(head)
        self._sentence = text_label(look, "", ink="ink2", wrap=True)
        self._sentence.setObjectName("fault_sentence")
        column.addWidget(self._sentence)
        foot = QHBoxLayout()
        foot.addStretch(1)
        self._go_on = Button(look, self.tr("Go on"), "secondary", name="go_on")
        self._go_on.clicked.connect(self.hide)
        foot.addWidget(self._go_on)
        column.addLayout(foot)
        if not look.is_contrast:
            shadow = QGraphicsDropShadowEffect(self)
            shadow.setBlurRadius(28)
            shadow.setOffset(0, 8)
            shadow.setColor(QColor(0, 0, 0, 46))
            self.setGraphicsEffect(shadow)
        self.hide()

    def say(self, fault: Fault) -> None:
        """Show a fault above everything else in the window."""
        self._sentence.setText(fault.sentence)
        self.setAccessibleName(fault.sentence)
        self.adjustSize()
        self.move((self._window.width() - self.width()) // 2, max(60, (self._window.height() - self.height()) // 3))
        self.show()
        self.raise_()
        self._go_on.setFocus(Qt.FocusReason.PopupFocusReason)

    def dismiss(self) -> None:
        """Go on."""
        self.hide()

    def sentence(self) -> str:
        """What it says."""
        return self._sentence.text()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt's name)
        """Esc and Return go on."""
        if event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.hide()
            return
        super().keyPressEvent(event)
