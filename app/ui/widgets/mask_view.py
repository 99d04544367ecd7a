"""A mask that never opens: where it stands as a picture of what a field holds, beside words."""

from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from app.domain.mask import Mask
from app.ui.theme.look import Look
from app.ui.widgets.curtain_paint import mask_width, paint_mask
from app.ui.widgets.curtain_states import STATE_LOOKS, CurtainState


class MaskView(QWidget):
    """The mask."""

    def __init__(self, look: Look, mask: Mask) -> None:
        super().__init__()
        self._look, self._mask = look, mask
        self.redress()
        self.setAccessibleName(str(mask))

    def redress(self) -> None:
        """Another size of the text."""
        self.setFixedSize(self._look.px(mask_width(self._look.drawn, self._mask) + 10), self._look.px(24))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 (Qt's name)
        """Draw it shut."""
        painter = QPainter(self)
        rect = self._look.draws(painter, self.rect()).adjusted(0 if self._mask.before else 2, 0, 0, 0)
        paint_mask(painter, self._look.drawn, rect, self._mask, STATE_LOOKS[CurtainState.MASKED])
        painter.end()
