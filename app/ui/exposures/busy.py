"""Says what takes longer than a second, over the page, so that nothing under it moves; and stops waiting for it."""

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from app.ui.theme.fonts import SMALL, Weight
from app.ui.theme.look import Look
from app.ui.widgets.announce import announce
from app.ui.widgets.buttons import Button
from app.ui.widgets.labels import icon_label, text_label

LONG_MS, MARGIN = 1_000, 20


class Busy(QFrame):
    """A small card at the foot of a page.

    Signals:
        stopped: the person does not want to wait.
    """

    stopped = Signal()

    def __init__(self, look: Look, page: QWidget, words: str) -> None:
        super().__init__(page)
        self._page, self._words = page, words
        self.setObjectName("exposures_busy")
        self.setProperty("ground", "popover")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 5, 8, 5)
        row.setSpacing(8)
        row.addWidget(icon_label(look, "hourglass", "ink2"))
        row.addWidget(text_label(look, words, size=SMALL, weight=Weight.MEDIUM))
        stop = Button(look, self.tr("Stop"), "link", name="exposures_stop")
        stop.setAccessibleName(self.tr("Stop: {what}").format(what=words))
        stop.clicked.connect(self._on_stop)
        row.addWidget(stop)
        self.setAccessibleName(words)
        self._long = QTimer(self, interval=LONG_MS, singleShot=True)
        self._long.timeout.connect(self._unfold)
        page.installEventFilter(self)
        self.hide()

    def begin(self) -> None:
        """Something runs; after a second it is told."""
        if not self._long.isActive() and self.isHidden():
            self._long.start()

    def end(self) -> None:
        """It is over."""
        self._long.stop()
        self.hide()

    def _unfold(self) -> None:
        self._place()
        self.show()
        self.raise_()
        announce(self, self._words)

    def _place(self) -> None:
        self.adjustSize()
        self.move((self._page.width() - self.width()) // 2, self._page.height() - self.height() - MARGIN)

    def _on_stop(self) -> None:
        self.end()
        self.stopped.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 (Qt's name)
        """It stays at the foot."""
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)
