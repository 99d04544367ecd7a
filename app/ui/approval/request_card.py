"""One waiting request as a supervisor sees it: who asks, which field behind its curtain, why; never the value."""

import time

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGraphicsOpacityEffect, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.session.shown import UnlockWaiting
from app.ui.saying import filled
from app.ui.theme.fonts import SMALL, TITLE, VALUES, Weight
from app.ui.theme.look import Look
from app.ui.widgets.chips import Avatar, Chip
from app.ui.widgets.labels import ElidedLabel, icon_label, text_label
from app.ui.widgets.mask_view import MaskView
from app.ui.words import CLASS_ICONS, class_name, minutes_seconds

WRAPPING_LINES = 3
"""From this line of the sheet on, values may wrap, and their names stand at the top."""
FADED = 0.55


class RequestCard(QWidget):
    """Who asks for what, and why."""

    def __init__(self, look: Look, request: UnlockWaiting) -> None:
        super().__init__()
        self._look, self.request = look, request
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addLayout(self._make_head())
        column.addWidget(self._make_sheet())

    def _make_head(self) -> QHBoxLayout:
        request = self.request
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(Avatar(self._look, request.agent_name, 40))
        names = QVBoxLayout()
        names.setSpacing(1)
        title = self.tr("{name} asks for one field").format(name=request.agent_name)
        names.addWidget(text_label(self._look, title, size=TITLE - 3, weight=Weight.MEDIUM, wrap=True))
        under = f"{request.agent}  ·  {request.seat}"
        names.addWidget(ElidedLabel(self._look, under, ink="ink2", size=SMALL))
        head.addLayout(names, 1)
        self._waited = Chip(self._look, "", tone="warn", icon="hourglass")
        head.addWidget(self._waited, 0, Qt.AlignmentFlag.AlignVCenter)
        self.show_time()
        return head

    def _make_sheet(self) -> QFrame:
        request, look = self.request, self._look
        sheet = QFrame()
        sheet.setProperty("ground", "sheet")
        grid = QGridLayout(sheet)
        grid.setContentsMargins(16, 12, 16, 12)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        grid.setColumnMinimumWidth(0, 92)
        grid.setColumnStretch(1, 1)
        field = QHBoxLayout()
        field.setSpacing(8)
        field.addWidget(icon_label(look, CLASS_ICONS[request.data_class], "ink2"))
        field.addWidget(text_label(look, request.field_label, weight=Weight.SEMIBOLD))
        field.addWidget(Chip(look, class_name(request.data_class)))
        field.addStretch(1)
        self._add(grid, 0, self.tr("Field"), field)
        mask = QHBoxLayout()
        mask.setContentsMargins(0, 0, 0, 0)
        mask.addWidget(MaskView(look, request.mask))
        mask.addStretch(1)
        self._add(grid, 1, self.tr("Mask"), mask)
        customer = QHBoxLayout()
        customer.setSpacing(8)
        customer.addWidget(text_label(look, request.number, weight=Weight.SEMIBOLD, features=VALUES))
        customer.addWidget(text_label(look, self.tr("the name is not needed here"), ink="ink2", size=SMALL), 1)
        self._add(grid, 2, self.tr("Customer"), customer)
        reason = QHBoxLayout()
        reason.addWidget(text_label(look, request.reason, weight=Weight.SEMIBOLD, wrap=True), 1)
        self._add(grid, 3, self.tr("Reason"), reason)
        words = QHBoxLayout()
        words.addWidget(text_label(look, filled("“{}”", request.words), wrap=True), 1)
        self._add(grid, 4, self.tr("Agent’s words"), words)
        caller = QHBoxLayout()
        caller.setSpacing(8)
        known = request.is_identified
        caller.addWidget(icon_label(look, "circle-check" if known else "circle-dashed", "ok" if known else "warn"))
        text = self.tr("verified in this call") if known else self.tr("not verified")
        caller.addWidget(text_label(look, text, weight=Weight.SEMIBOLD))
        caller.addStretch(1)
        self._add(grid, 5, self.tr("Caller"), caller)
        return sheet

    def _add(self, grid: QGridLayout, line: int, name: str, content: QHBoxLayout) -> None:
        label: QLabel = text_label(self._look, name, ink="ink2")
        one_line = line < WRAPPING_LINES
        grid.addWidget(label, line, 0, Qt.AlignmentFlag.AlignVCenter if one_line else Qt.AlignmentFlag.AlignTop)
        grid.addLayout(content, line, 1)

    def show_over(self) -> None:
        """It waits no more: it stands back, and counts no longer."""
        self.setEnabled(False)
        self._waited.hide()
        faded = QGraphicsOpacityEffect(self)
        faded.setOpacity(FADED)
        self.setGraphicsEffect(faded)

    def show_time(self) -> None:
        """How long it waits, of how long it may."""
        request = self.request
        waited, span = time.time() - request.asked_at, request.until - request.asked_at
        text = self.tr("Waiting {a} of {b}")
        self._waited.setText(text.format(a=minutes_seconds(min(waited, span)), b=minutes_seconds(span)))
