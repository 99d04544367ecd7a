"""How a line of the palette is drawn: sign, words with the typed letters stronger, a grey hint, the key."""

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from app.ui.commands.palette_model import LINE_ROLE, Heading, Line
from app.ui.theme.fonts import BODY, SMALL, Weight
from app.ui.theme.icons import draw_icon
from app.ui.theme.look import Look

_Index = QModelIndex | QPersistentModelIndex
ROOM, INSET, ICON, GAP, CAP_ROOM = 16, 10, 16, 10, 10
"""Px over and under the words of a line; at its sides; its sign; between its parts; inside a key cap."""


class PaletteDelegate(QStyledItemDelegate):
    """Draws headings and commands; a hint that has no room beside its words stands under them, never cut.

    Attributes:
        room: px that a line is wide.
    """

    def __init__(self, look: Look, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._look, self.room = look, 0

    def row_height(self) -> int:
        """Height of a command in px."""
        return round(QFontMetricsF(self._look.font(BODY)).height()) + ROOM + 2

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:  # noqa: N802 (Qt's name)
        """Headings are lower."""
        height, line = self.row_height(), index.data(LINE_ROLE)
        if isinstance(line, Heading):
            height -= 8
        elif isinstance(line, Line) and not self._has_room_beside(line):
            height += round(QFontMetricsF(self._look.font(SMALL)).height())
        return QSize(0, height)

    def _has_room_beside(self, line: Line) -> bool:
        """Whether words, hint and key stand on one line, however strong the words are drawn."""
        small = QFontMetricsF(self._look.font(SMALL, Weight.MEDIUM))
        words = QFontMetricsF(self._look.font(BODY, Weight.SEMIBOLD)).horizontalAdvance(line.words)
        cap = small.horizontalAdvance(line.cap) + CAP_ROOM + GAP if line.cap else 0
        hint = small.horizontalAdvance(line.hint) + GAP if line.hint else 0
        return 2 * INSET + self._look.px(ICON) + GAP + words + hint + cap <= self.room

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw one line."""
        line = index.data(LINE_ROLE)
        rect = QRectF(option.rect).adjusted(0, 1, 0, -1)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if isinstance(line, Heading):
            painter.setFont(self._look.font(SMALL, Weight.SEMIBOLD))
            painter.setPen(self._look.colour("ink2"))
            painter.drawText(rect.adjusted(INSET, 0, -INSET, 0), Qt.AlignmentFlag.AlignVCenter, line.words)
        elif isinstance(line, Line):
            state: QStyle.StateFlag = option.state
            self._paint_line(painter, rect, line, chosen=bool(state & QStyle.StateFlag.State_Selected))
        painter.restore()

    def _paint_line(self, painter: QPainter, rect: QRectF, line: Line, *, chosen: bool) -> None:
        if chosen:
            painter.setBrush(self._look.colour("selected"))
            painter.setPen(QPen(self._look.colour("accent"), 1) if self._look.is_contrast else Qt.PenStyle.NoPen)
            painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._look.colour("accent"))
            painter.drawRect(QRectF(rect.left(), rect.top() + 6, 3, rect.height() - 12))
        ink = "ink" if line.is_possible else "ink3"
        icon_ink = "ink3" if not line.is_possible else "accent" if chosen else "ink2"
        icon = self._look.px(ICON)
        place = QRectF(rect.left() + INSET, rect.center().y() - icon / 2, icon, icon)
        draw_icon(painter, line.command.shown_icon, self._look.colour(icon_ink), place)
        left, right = place.right() + GAP, rect.right() - INSET
        if line.cap:
            right = self._paint_cap(painter, rect, right, line.cap) - GAP
        if not self._has_room_beside(line):
            under = QRectF(left, rect.center().y(), right - left, rect.height() / 2 - 4)
            self._paint_words(
                painter, rect.adjusted(0, 2, 0, 2 - under.height()), left, right, line, ink, chosen=chosen
            )
            self._paint_hint(painter, under, line)
            return
        left = self._paint_words(painter, rect, left, right, line, ink, chosen=chosen) + GAP
        self._paint_hint(painter, QRectF(left, rect.top(), right - left, rect.height()), line)

    def _paint_hint(self, painter: QPainter, place: QRectF, line: Line) -> None:
        if not line.hint:
            return
        painter.setFont(self._look.font(SMALL))
        painter.setPen(self._look.colour("ink3" if not line.is_possible else "ink2"))
        text = QFontMetricsF(painter.font()).elidedText(line.hint, Qt.TextElideMode.ElideRight, place.width())
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, text)

    def _paint_cap(self, painter: QPainter, rect: QRectF, right: float, cap: str) -> float:
        """Draw the key; its left edge."""
        painter.setFont(self._look.font(SMALL, Weight.MEDIUM))
        metrics = QFontMetricsF(painter.font())
        width, height = metrics.horizontalAdvance(cap) + CAP_ROOM, metrics.height() + 3
        place = QRectF(right - max(width, height), rect.center().y() - height / 2, max(width, height), height)
        painter.setBrush(self._look.colour("surface"))
        painter.setPen(QPen(self._look.colour("line_strong"), 1))
        painter.drawRoundedRect(place.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        painter.setPen(self._look.colour("ink"))
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, cap)
        return place.left()

    def _paint_words(
        self, painter: QPainter, rect: QRectF, left: float, right: float, line: Line, ink: str, *, chosen: bool
    ) -> float:
        """Draw the words run by run, and give the right edge; what has no room ends in …."""
        plain = self._look.font(BODY, Weight.MEDIUM if chosen else Weight.REGULAR)
        strong = self._look.font(BODY, Weight.SEMIBOLD)
        base = rect.center().y() + QFontMetricsF(plain).ascent() / 2 - 1
        painter.setPen(self._look.colour(ink))
        for text, is_typed in _runs(line.words, line.places):
            painter.setFont(strong if is_typed else plain)
            metrics = QFontMetricsF(painter.font())
            width = metrics.horizontalAdvance(text)
            if left + width > right:
                painter.drawText(
                    QPointF(left, base), metrics.elidedText(text, Qt.TextElideMode.ElideRight, right - left)
                )
                return right
            painter.drawText(QPointF(left, base), text)
            left += width
        return left


def _runs(words: str, places: frozenset[int]) -> list[tuple[str, bool]]:
    """The words in pieces that were typed, and others."""
    runs: list[tuple[str, bool]] = []
    for at, sign in enumerate(words):
        typed = at in places
        if runs and runs[-1][1] is typed:
            runs[-1] = (runs[-1][0] + sign, typed)
        else:
            runs.append((sign, typed))
    return runs
