"""How many controls of each source are met and how many not: a bar each, with the figures in words beside it."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.domain.compliance.finding import Tally
from app.ui.theme.fonts import BODY, FIGURES, SMALL, Weight
from app.ui.theme.look import Look
from app.ui.words import number

_ROW, _NAME, _FIGURES, _BAR = 24, 190, 230, 10


class SourceBars(QWidget):
    """The bars.

    Args:
        look: colours.
    """

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.tallies: tuple[Tally, ...] = ()
        self.setObjectName("compliance_bars")
        self.setAccessibleName(self.tr("Controls met, by source"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_tallies(self, tallies: tuple[Tally, ...]) -> None:
        """Take other figures."""
        self.tallies = tallies
        said = "; ".join(f"{one.source.label}: {self._figures(one)}" for one in tallies)
        self.setAccessibleDescription(said)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 (Qt's name)
        """A row for each source."""
        return QSize(600, self._look.row(_ROW) * max(1, len(self.tallies)))

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 (Qt's name)
        """Draw them."""
        painter, height = QPainter(self), self._look.row(_ROW)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for at, one in enumerate(self.tallies):
            self._paint_row(painter, QRectF(0, at * height, self.width(), height), one)

    def _paint_row(self, painter: QPainter, row: QRectF, one: Tally) -> None:
        look = self._look
        painter.setFont(look.font(BODY, Weight.MEDIUM))
        painter.setPen(look.colour("ink"))
        middle = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(QRectF(row.left(), row.top(), _NAME, row.height()), middle, one.source.label)
        bar = QRectF(row.left() + _NAME, row.center().y() - _BAR / 2, row.width() - _NAME - _FIGURES, _BAR)
        share = one.met / (one.met + one.not_met)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour("danger"))
        painter.drawRect(bar)
        painter.setBrush(look.colour("ok"))
        painter.drawRect(QRectF(bar.left(), bar.top(), bar.width() * share, bar.height()))
        if 0 < share < 1:  # a gap, so that the two are told apart without their colours
            painter.setBrush(look.colour("surface"))
            painter.drawRect(QRectF(bar.left() + bar.width() * share - 1, bar.top(), 3, bar.height()))
        font = look.font(SMALL, Weight.REGULAR, FIGURES)
        painter.setFont(font)
        painter.setPen(look.colour("ink2"))
        text = QFontMetricsF(font).elidedText(self._figures(one), Qt.TextElideMode.ElideRight, _FIGURES - 14)
        painter.drawText(QRectF(bar.right() + 14, row.top(), _FIGURES - 14, row.height()), middle, text)

    def _figures(self, one: Tally) -> str:
        text = self.tr("{met} met, {not_met} not met here")
        return text.format(met=number(one.met), not_met=number(one.not_met))
