"""Columns of a narrow table: each gives way by its share, not only the one that takes what is left.

Without it that one would shrink to nothing, and the last ones would go out of sight to the right.
"""

from collections.abc import Collection, Mapping

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QTableView

from app.ui.theme.look import Look

REST_LEAST = 152
"""Width of a column that takes what is left, at least, px of the design: a name with its number."""
FURTHER_LEAST = 96
"""The same of each further one."""
KEPT_LEAST = 0.65
"""Share of its width that a column keeps in any case; below that the table scrolls."""


class ColumnRoom(QObject):
    """Watches a table's width.

    Args:
        table: the table; its columns have their widths.
        look: sizes.
        widths: of the columns that do not take what is left, px of the design.
        stretched: those that do.
        rest: width of the first of these, at least, px of the design.
    """

    def __init__(
        self,
        table: QTableView,
        look: Look,
        widths: Mapping[int, int],
        stretched: Collection[int],
        rest: int = REST_LEAST,
    ) -> None:
        super().__init__(table)
        self._table, self._look, self._widths = table, look, dict(widths)
        self._least = rest + FURTHER_LEAST * (len(stretched) - 1)
        table.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 (Qt's name)
        """The table has another width."""
        if event.type() == QEvent.Type.Resize:
            self.share(self._table.viewport().width())
        return super().eventFilter(watched, event)

    def share(self, room: int) -> None:
        """Give each column its width of the design, or its share of the room."""
        wanted = {column: self._look.px(width) for column, width in self._widths.items()}
        part = shrunk(sum(wanted.values()), room - self._look.px(self._least))
        for column, width in wanted.items():
            now = int(width * part)
            if self._table.columnWidth(column) != now:
                self._table.setColumnWidth(column, now)


def shrunk(wanted: int, room: int) -> float:
    """Which share of their width columns keep that want so much where there is so much room."""
    if wanted <= room or wanted <= 0:
        return 1.0
    return max(KEPT_LEAST, room / wanted)
