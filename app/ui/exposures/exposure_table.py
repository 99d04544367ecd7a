"""The table that explains each exposure: rows of 29, older ones as one scrolls, nothing moves while it is read."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from app.session.shown_exposures import ShownExposure
from app.ui.exposures.exposure_model import EXPOSURE_ROLE, Column, ExposureModel
from app.ui.exposures.words import widest_words
from app.ui.theme.fonts import BODY, FIGURES, VALUES, Weight
from app.ui.theme.icons import draw_icon
from app.ui.theme.look import Look
from app.ui.widgets.tables import dress_table, paint_ground
from app.ui.words import CLASS_ICONS

ROW, HEAD, INSET, ICON = 29, 30, 16, 14
WIDTHS = {Column.TIME: 86, Column.AGENT: 138, Column.SEAT: 98, Column.FIELD: 166, Column.CUSTOMER: 98,
          Column.HOW: 130, Column.OPEN: 84, Column.CALL: 110}  # fmt: skip
WITH_DAY = 132
_Index = QModelIndex | QPersistentModelIndex


class ExposureDelegate(QStyledItemDelegate):
    """Draws one cell."""

    def __init__(self, look: Look, table: QTableView) -> None:
        super().__init__(table)
        self._look, self._table = look, table

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:  # noqa: N802 (Qt's name)
        """Rows of 29."""
        return QSize(60, self._look.row(ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Ground, sign, words."""
        row = index.data(EXPOSURE_ROLE)
        if not isinstance(row, ShownExposure):
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(option.rect)
        is_current = index.row() == self._table.currentIndex().row()
        paint_ground(painter, self._look, rect, is_current=is_current, has_bar=index.column() == 0)
        column = Column(index.column())
        place = rect.adjusted(INSET if column is Column.TIME else 10, 0, -10 if column is Column.OPEN else -4, 0)
        self._paint_cell(painter, place, row, column, str(index.data() or ""))
        painter.restore()

    def _paint_cell(self, painter: QPainter, place: QRectF, row: ShownExposure, column: Column, text: str) -> None:
        weight, ink = Weight.REGULAR, "ink2"
        features = VALUES if column in (Column.SEAT, Column.CUSTOMER) else FIGURES
        if column in (Column.AGENT, Column.FIELD, Column.REASON):
            ink = "ink"
        if column is Column.AGENT:
            weight = Weight.MEDIUM
        if column is Column.OPEN:
            ink = "ink"
        sign, sign_ink = self._sign(row, column)
        if sign == "phone-off":
            weight, ink = Weight.SEMIBOLD, "danger"
        if sign:
            edge = self._look.px(ICON)
            target = QRectF(place.left(), place.center().y() - edge / 2, edge, edge)
            draw_icon(painter, sign, self._look.colour(sign_ink), target)
            place = place.adjusted(edge + 6, 0, 0, 0)
        font = self._look.font(BODY, weight, features)
        painter.setFont(font)
        painter.setPen(self._look.colour(ink))
        side = Qt.AlignmentFlag.AlignRight if column is Column.OPEN else Qt.AlignmentFlag.AlignLeft
        shown = QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, place.width())
        painter.drawText(place, side | Qt.AlignmentFlag.AlignVCenter, shown)

    def _sign(self, row: ShownExposure, column: Column) -> tuple[str, str]:
        if column is Column.FIELD:
            return (CLASS_ICONS[row.data_class] if row.data_class is not None else "search"), "ink2"
        if column is Column.CALL and row.on_call:
            return "phone", "ink2"
        if column is Column.CALL and row.takes_caller:
            return "phone-off", "danger"
        return "", "ink2"


class ExposureTable(QTableView):
    """The table.

    Signals:
        more_wanted: its end is near, and there are older ones.
    """

    more_wanted = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.exposures = ExposureModel(self)
        self.setObjectName("exposure_table")
        self.setAccessibleName(self.tr("Exposures, the newest first"))
        self.setModel(self.exposures)
        self.setItemDelegate(ExposureDelegate(look, self))
        self.setProperty("inset", True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMinimumHeight(look.px(HEAD + 3 * ROW))
        dress_table(self, look, ROW, WIDTHS, Column.REASON, HEAD)
        bold = QFontMetricsF(look.font(BODY, Weight.SEMIBOLD))
        widest = {column: max(map(bold.horizontalAdvance, words)) for column, words in widest_words().items()}
        self.setColumnWidth(int(Column.OPEN), round(widest["open"]) + 20)
        self.setColumnWidth(int(Column.CALL), round(widest["call"]) + 10 + look.px(ICON) + 6 + 16)
        self.exposures.came_above.connect(self._on_came_above)
        self.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        self.selectionModel().currentRowChanged.connect(lambda _now, _before: self.viewport().update())

    def sizeHint(self) -> QSize:  # noqa: N802 (Qt's name)
        """A few rows: what is left of the page is added."""
        return QSize(600, self.minimumHeight())

    def tell_time(self, zone: str, *, has_days: bool) -> None:
        """The office's time zone, and whether a line needs its day."""
        self.exposures.tell_time(zone, has_days=has_days)
        self.setColumnWidth(int(Column.TIME), self._look.px(WITH_DAY if has_days else WIDTHS[Column.TIME]))

    def _on_came_above(self, count: int) -> None:
        """Newer ones push what is read down: follow it. At the very top, unread, they may be seen at once."""
        bar = self.verticalScrollBar()
        if bar.value() > 0 or self.hasFocus():
            self.updateGeometries()
            bar.setValue(bar.value() + count * self._look.row(ROW))

    def _on_scrolled(self, value: int) -> None:
        if self.exposures.before is not None and value > self.verticalScrollBar().maximum() - 8 * self._look.row(ROW):
            self.more_wanted.emit()
