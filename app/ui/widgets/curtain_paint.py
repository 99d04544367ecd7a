"""How a curtain is painted: cloth, rod, cord, kept text, stage. One set of functions for the card and for tables.

The painter of a mask is handed the mask, never a value; only `paint_stage` draws a value, and only the curtain
that holds it calls that. Measures: ui.md section 3, in px of the design: the look is `Look.drawn`, and the painter
scaled by `Look.draws`.
"""

from dataclasses import dataclass
from functools import cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QLinearGradient, QPainter, QPainterPath, QPen, QPixmap

from app.domain.mask import Mask
from app.ui.theme.fonts import BODY, SMALL, VALUES, Weight
from app.ui.theme.icons import draw_icon
from app.ui.theme.look import Look
from app.ui.theme.tokens import ThemeName
from app.ui.widgets.curtain_states import StateLook

ROD, OVERHANG, HEM, GAP = 2, 2, 3, 6
STAGE_WIDTH, STAGE_HEIGHT, GATHERED, STAGE_TEXT_LEFT = 268, 26, 15, 24
CORD_SAG = 3.0


@dataclass(frozen=True, slots=True)
class ClothSize:
    """Height of the cloth and width of one pleat, in logical pixels."""

    height: int
    pleat: int


CARD_CLOTH = ClothSize(18, 6)
TABLE_CLOTH = ClothSize(14, 5)
TABLE_PLEATS = 8


def _pleat_gradient(cloth: QColor, fold: QColor, pleat: int) -> QLinearGradient:
    gradient = QLinearGradient(0, 0, pleat, 0)
    gradient.setSpread(QLinearGradient.Spread.RepeatSpread)
    gradient.setColorAt(0.0, fold)
    gradient.setColorAt(0.25, cloth)
    gradient.setColorAt(0.62, cloth)
    gradient.setColorAt(0.95, fold)
    gradient.setColorAt(1.0, fold)
    return gradient


def _hem_path(width: float, size: ClothSize) -> QPainterPath:
    path = QPainterPath(QPointF(0, ROD))
    path.lineTo(width, ROD)
    path.lineTo(width, size.height - HEM)
    x = width
    while x > 0:
        left = max(0.0, x - size.pleat)
        path.cubicTo(
            QPointF(x - 0.4, size.height + 0.6),
            QPointF(left + 0.4, size.height + 0.6),
            QPointF(left, size.height - HEM),
        )
        x = left
    path.closeSubpath()
    return path


def _paint_cloth(painter: QPainter, look: Look, width: float, size: ClothSize, tied: bool) -> None:
    suffix = "_tied" if tied else ""
    cloth, fold = look.colour(f"cloth{suffix}"), look.colour(f"fold{suffix}")
    path = _hem_path(width, size)
    if look.is_contrast:
        painter.fillPath(path, cloth)
        painter.setPen(QPen(fold, 1))
        for edge in range(0, round(width) + 1, size.pleat):
            painter.drawLine(QPointF(edge + 0.5, ROD), QPointF(edge + 0.5, size.height - HEM))
        painter.drawPath(path)
        return
    painter.fillPath(path, _pleat_gradient(cloth, fold, size.pleat))
    shade = QLinearGradient(0, ROD, 0, ROD + 6)
    shade.setColorAt(0.0, look.colour(f"rod{suffix}", 0.42))
    shade.setColorAt(1.0, look.colour(f"rod{suffix}", 0.0))
    painter.fillPath(path, shade)


def _paint_cord(painter: QPainter, look: Look, width: float, size: ClothSize) -> None:
    path = QPainterPath(QPointF(-1, size.height / 2))
    path.quadTo(QPointF(width / 2, size.height / 2 + 2 * CORD_SAG), QPointF(width + 1, size.height / 2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(look.colour("rod_tied"), 1.4))
    painter.drawPath(path)


@cache
def _cloth_pixmap(
    look: Look, _theme: ThemeName, scale: float, width: int, size: ClothSize, tied: bool, cord: bool
) -> QPixmap:
    full = width + 2 * OVERHANG
    pixmap = QPixmap(round(full * scale), round((size.height + 1) * scale))
    pixmap.setDevicePixelRatio(scale)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(OVERHANG, 0)
    _paint_cloth(painter, look, width, size, tied)
    if cord:
        _paint_cord(painter, look, width, size)
    painter.end()
    return pixmap


def paint_cloth(
    painter: QPainter,
    look: Look,
    origin: QPointF,
    pleats: int,
    size: ClothSize,
    state: StateLook,
    gathered: float = 0.0,
) -> float:
    """Paint one cloth on its rod and return its full width in logical pixels.

    Args:
        painter: where to.
        look: colours.
        origin: left end of the cloth, top of the rod; the rod reaches 2 px further on both sides.
        pleats: width in pleats.
        size: height and pleat width.
        state: plum or grey, cord, opacity.
        gathered: 0 closed, 1 drawn wholly aside to the left.
    """
    width = pleats * size.pleat
    hanging = max(2 * size.pleat, round(width * (1 - gathered)))
    painter.save()
    painter.setOpacity(painter.opacity() * state.alpha)
    pixmap = _cloth_pixmap(
        look, look.tokens.theme, look.scale, hanging, size, state.tied, state.cord and hanging == width
    )
    painter.drawPixmap(QPointF(origin.x() - OVERHANG, origin.y()), pixmap)
    rod = QRectF(origin.x() - OVERHANG, origin.y(), width + 2 * OVERHANG, ROD)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.colour("rod_tied" if state.tied else "rod"))
    painter.drawRoundedRect(rod, 0.6, 0.6)
    painter.restore()
    return float(width)


def paint_mask(
    painter: QPainter,
    look: Look,
    rect: QRectF,
    mask: Mask,
    state: StateLook,
    *,
    small: bool = False,
    gathered: float = 0.0,
) -> float:
    """Paint kept text, cloth, kept text from the left edge of `rect`; return the x where it ends."""
    size = TABLE_CLOTH if small else CARD_CLOTH
    sort = (SMALL if small else BODY, Weight.MEDIUM, VALUES)
    font, metrics = look.font(*sort), look.metrics(*sort)
    painter.setFont(font)
    baseline = rect.center().y() + (metrics.capHeight()) / 2
    x = rect.left()
    painter.setPen(look.colour("ink"))
    if mask.before:
        painter.drawText(QPointF(x, baseline), mask.before)
        x += metrics.horizontalAdvance(mask.before) + GAP - 1
    top = round(rect.center().y() - size.height / 2) - (0 if small else 1)
    pleats = TABLE_PLEATS if small else mask.pleats
    x += paint_cloth(painter, look, QPointF(round(x), top), pleats, size, state, gathered)
    if mask.after:
        painter.setPen(look.colour("ink"))
        painter.setFont(font)
        painter.drawText(QPointF(x + GAP - 1, baseline), mask.after)
        x += GAP - 1 + metrics.horizontalAdvance(mask.after)
    return x


def mask_width(look: Look, mask: Mask) -> float:
    """The width of a mask in the card, in px of the design."""
    metrics = QFontMetricsF(look.font(BODY, Weight.MEDIUM, VALUES))
    kept = sum(metrics.horizontalAdvance(text) + GAP - 1 for text in (mask.before, mask.after) if text)
    return mask.pleats * CARD_CLOTH.pleat + kept


def _stage_path(rect: QRectF) -> QPainterPath:
    path = QPainterPath()
    path.addRoundedRect(rect, 5, 5)
    return path


def paint_stage(painter: QPainter, look: Look, rect: QRectF, cloth_width: float, left: float) -> None:
    """Paint the lit box without its value: ground, gathered cloth, countdown line, edge.

    Args:
        painter: where to.
        look: colours.
        rect: the box.
        cloth_width: how far the cloth reaches from the left, in logical pixels.
        left: share of the time that is left, 0 to 1.
    """
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    path = _stage_path(rect)
    painter.fillPath(path, look.colour("stage"))
    painter.setClipPath(path)
    cloth = QRectF(rect.left(), rect.top(), cloth_width, rect.height())
    gradient = _pleat_gradient(look.colour("cloth"), look.colour("fold"), 4)
    gradient.setStart(rect.left(), 0)
    gradient.setFinalStop(rect.left() + 4, 0)
    painter.fillRect(cloth, look.colour("cloth"))
    painter.fillRect(cloth, gradient)
    line = QRectF(rect.left(), rect.top(), rect.width(), 3)
    painter.fillRect(line, look.colour("stage_line", 0.32))
    painter.fillRect(QRectF(line.left(), line.top(), line.width() * left, 3), look.colour("stage_line"))
    painter.setClipping(False)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(look.colour("stage_line"), 1))
    painter.drawPath(_stage_path(rect.adjusted(0.5, 0.5, -0.5, -0.5)))
    painter.restore()


def paint_sign(
    painter: QPainter, look: Look, left: float, centre: float, glyph: str, role: str, words: str, turned: float = 0.0
) -> float:
    """Paint a glyph and its words; return the x where they end.

    Args:
        painter: where to.
        look: colours.
        left: x of the glyph.
        centre: y of the middle.
        glyph: Lucide's name, or empty.
        role: colour role.
        words: plain text.
        turned: degrees by which the glyph is turned (the arrow of `opening`).
    """
    x = left
    if glyph:
        painter.save()
        painter.translate(x + 7, centre)
        painter.rotate(turned)
        draw_icon(painter, glyph, look.colour(role), QRectF(-7, -7, 14, 14))
        painter.restore()
        x += 14 + 5
    if words:
        font = look.font(SMALL, Weight.MEDIUM, ("tnum",))
        metrics = QFontMetricsF(font)
        painter.setFont(font)
        painter.setPen(look.colour(role))
        painter.drawText(QPointF(x, centre + metrics.capHeight() / 2), words)
        x += metrics.horizontalAdvance(words)
    return x
