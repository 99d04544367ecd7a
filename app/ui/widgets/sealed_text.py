"""A sealed text of several lines (a note) while it is open. Painted; in no document and no accessible text.

Invariant: the text is dropped by `closed`, and with the widget.
"""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.session.shown import Secret
from app.ui.theme.fonts import BODY
from app.ui.theme.look import Look

_FLAGS = Qt.TextFlag.TextWordWrap.value | Qt.AlignmentFlag.AlignLeft.value | Qt.AlignmentFlag.AlignTop.value


class SealedText(QWidget):
    """Wrapped text of one Secret."""

    def __init__(self, look: Look, secret: Secret) -> None:
        super().__init__()
        self._look = look
        self._secret: Secret | None = secret
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("open"))
        self._fit(260)

    def closed(self) -> None:
        """Drop the text."""
        if self._secret is not None:
            self._secret.forget()
        self._secret = None
        self.update()

    def _fit(self, width: int) -> None:
        if self._secret is None:
            return
        room = QRect(0, 0, max(60, width), 100_000)
        height = QFontMetrics(self._look.font(BODY)).boundingRect(room, _FLAGS, self._secret.reveal()).height()
        self.setFixedHeight(max(self._look.px(18), height + 2))

    def redress(self) -> None:
        """Another size of the text."""
        self._fit(self.width())

    def sizeHint(self) -> QSize:  # noqa: N802 (Qt's name)
        """As high as the text needs."""
        return QSize(200, self.height())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 (Qt's name)
        """Wrap anew."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit(event.size().width())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 (Qt's name)
        """Draw the text."""
        if self._secret is None:
            return
        painter = QPainter(self)
        painter.setFont(self._look.font(BODY))
        painter.setPen(self._look.colour("stage_ink"))
        painter.drawText(self.rect(), _FLAGS, self._secret.reveal())
        painter.end()
