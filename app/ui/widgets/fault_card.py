"""The calm card of a fault nobody expected: one sentence with a number, Go on, Sign in again. A child of the window.

Where a report was written it names the place and copies it. A fault that comes again while its card stands, or within
`QUIET_S` after the person went on, is not told again: one that comes with each painting would leave no way on.
"""

import time
from collections.abc import Callable

import shiboken6
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QFrame, QGraphicsDropShadowEffect, QHBoxLayout, QVBoxLayout, QWidget

from app.ui.faults import Fault
from app.ui.theme.fonts import BODY, SMALL, Weight
from app.ui.theme.look import Look
from app.ui.theme.rescale import fix_panel
from app.ui.widgets.buttons import Button
from app.ui.widgets.head_line import HeadLine
from app.ui.widgets.labels import icon_label, text_label

WIDTH, QUIET_S = 440, 10.0
_ZERO_WIDTH = "\u200b"


class FaultCard(QFrame):
    """Says what happened and lets the person go on, or sign in again.

    Signals:
        sign_in_wanted: the person would rather begin anew.
    """

    sign_in_wanted = Signal()

    def __init__(self, look: Look, window: QWidget, *, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__(window)
        self._window, self._clock = window, clock
        self._number, self._path, self._quiet_until = "", "", 0.0
        self._before: QWidget | None = None
        self.setObjectName("fault_card")
        self.setProperty("ground", "sheet")
        fix_panel(self, look, WIDTH)
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
        self._place = text_label(look, "", ink="ink3", size=SMALL, wrap=True)
        self._place.setObjectName("fault_report")
        column.addWidget(self._place)
        foot = HeadLine(ends=True)
        self._copy = Button(look, self.tr("Copy the report’s place"), "link", name="copy_report")
        self._copy.clicked.connect(self._on_copy_clicked)
        foot.first.addWidget(self._copy)
        foot.first.addStretch(1)
        self._again = Button(look, self.tr("Sign in again"), "secondary", name="fault_sign_in")
        self._again.clicked.connect(self._on_again_clicked)
        foot.second.addStretch(1)
        foot.second.addWidget(self._again)
        self._go_on = Button(look, self.tr("Go on"), "secondary", name="go_on")
        self._go_on.clicked.connect(self.dismiss)
        foot.second.addWidget(self._go_on)
        column.addWidget(foot)
        if not look.is_contrast:
            shadow = QGraphicsDropShadowEffect(self)
            shadow.setBlurRadius(28)
            shadow.setOffset(0, 8)
            shadow.setColor(QColor(0, 0, 0, 46))
            self.setGraphicsEffect(shadow)
        self.hide()

    def say(self, fault: Fault, *, signed_in: bool = False) -> None:
        """Show a fault above everything else in the window.

        Args:
            fault: what to tell.
            signed_in: whether somebody works here, who could sign in again.
        """
        if fault.number and fault.number == self._number and (self.isVisible() or self._clock() < self._quiet_until):
            return
        self._number, self._path = fault.number, fault.report
        self._sentence.setText(fault.sentence)
        self._place.setText(fault.report.replace("/", f"/{_ZERO_WIDTH}"))
        for shown in (self._place, self._copy):
            shown.setVisible(bool(fault.report))
        self._again.setVisible(signed_in and not fault.is_known)
        self.setAccessibleName(fault.sentence)
        self.adjustSize()
        self.move((self._window.width() - self.width()) // 2, max(60, (self._window.height() - self.height()) // 3))
        self._before = self._window.focusWidget()
        self.show()
        self.raise_()
        self._go_on.setFocus(Qt.FocusReason.PopupFocusReason)

    def dismiss(self) -> None:
        """Go on, with the focus where it was."""
        self._quiet_until = self._clock() + QUIET_S
        before, self._before = self._before, None
        if before is not None and shiboken6.isValid(before) and not self.isAncestorOf(before):
            before.setFocus(Qt.FocusReason.PopupFocusReason)
        self.hide()

    def _on_copy_clicked(self) -> None:
        QGuiApplication.clipboard().setText(self._path)

    def _on_again_clicked(self) -> None:
        self.dismiss()
        self.sign_in_wanted.emit()

    def sentence(self) -> str:
        """What it says."""
        return self._sentence.text()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt's name)
        """Esc and Return go on."""
        if event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.dismiss()
            return
        super().keyPressEvent(event)
