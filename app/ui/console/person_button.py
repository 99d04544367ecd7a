"""Who is signed in: initials, name and role, and a press leads to their own account."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton

from app.ui.saying import filled
from app.ui.theme.fonts import SMALL, Weight
from app.ui.theme.look import Look
from app.ui.widgets.chips import initials_of, paint_initials

AVATAR, GAP, EDGE, HEIGHT = 28, 8, 5, 38


class PersonButton(QAbstractButton):
    """Name over role, beside the initials; the initials alone where there is no room."""

    def __init__(self, look: Look, name: str, role: str, leads_to: str) -> None:
        super().__init__()
        self._look, self._name, self._role, self._is_short = look, name, role, False
        self.setObjectName("my_account_button")
        self.setAccessibleName(filled("{}: {}, {}", leads_to, name, role))
        self.setToolTip(filled("{}, {}\n{}", name, role, leads_to))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFixedHeight(look.px(HEIGHT))

    def words_width(self) -> int:
        """Px that name and role take."""
        widths = [QFontMetricsF(font).horizontalAdvance(text) for text, font in self._lines(self._look)]
        return round(max(widths)) + self._look.px(GAP) + 1

    def set_short(self, is_short: bool) -> None:
        """With little room: the initials alone; the name for readers, and the tip, stay."""
        if is_short is not self._is_short:
            self._is_short = is_short
            self.updateGeometry()
            self.update()

    @property
    def is_short(self) -> bool:
        """Whether the initials stand alone."""
        return self._is_short

    def sizeHint(self) -> QSize:  # noqa: N802 (Qt's name)
        """Initials, and the words beside them."""
        words = 0 if self._is_short else self.words_width()
        return QSize(self._look.px(AVATAR + 2 * EDGE) + words, self._look.px(HEIGHT))

    def redress(self) -> None:
        """Another size of the text."""
        self.updateGeometry()
        self.update()

    def _lines(self, look: Look) -> list[tuple[str, QFont]]:
        return [(self._name, look.font(SMALL, Weight.SEMIBOLD)), (self._role, look.font(SMALL))]

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 (Qt's name)
        """Ground under the pointer, initials, two lines, and a ring while it has the focus."""
        painter, look = QPainter(self), self._look
        rect = look.draws(painter, self.rect())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.colour("hover"))
            painter.drawRoundedRect(rect, 6, 6)
        circle = QRectF(EDGE, (rect.height() - AVATAR) / 2, AVATAR, AVATAR)
        paint_initials(painter, look.drawn, circle, initials_of(self._name))
        if not self._is_short:
            for (text, font), ink, top in zip(self._lines(look.drawn), ("ink", "ink2"), (3, 19), strict=True):
                painter.setFont(font)
                painter.setPen(look.colour(ink))
                place = QRectF(EDGE + AVATAR + GAP, top, rect.width(), 16)
                painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(look.colour("focus"), 2))
            painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), 5, 5)
        painter.end()
