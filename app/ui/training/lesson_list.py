"""The list at the left: the rules of conduct, then the lessons, each with the sign of how it stands."""

from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QListView

from app.domain.training.rule import RULES
from app.session.shown_training import ShownTraining
from app.ui.theme.look import Look
from app.ui.training.words import ICONS, RULES_ICON, short_standing
from app.ui.widgets.pick_delegate import PickDelegate
from app.ui.words import lesson_name

ROW = 34
_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class LessonModel(QAbstractListModel):
    """Rules and lessons, and how the person stands with each."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.training: ShownTraining | None = None

    def take(self, training: ShownTraining) -> None:
        """How the person stands now."""
        before, self.training = self.training, training
        if before is None:
            self.beginResetModel()
            self.endResetModel()
        else:
            self.dataChanged.emit(self.index(0), self.index(self.rowCount() - 1))

    def key_at(self, row: int) -> str:
        """`RULES` or a lesson's code; empty where there is no such row."""
        if self.training is None or not 0 <= row <= len(self.training.lessons):
            return ""
        return RULES if row == 0 else self.training.lessons[row - 1].code

    def row_of(self, key: str) -> int:
        """The row of a lesson, or of the rules; -1 where there is none."""
        return next((row for row in range(self.rowCount()) if self.key_at(row) == key), -1)

    # Qt's side -----------------------------------------------------------------------------------------------------
    def rowCount(self, parent: _Index = _NOWHERE) -> int:  # noqa: N802 (Qt's name)
        """The rules and all lessons."""
        return 0 if parent.isValid() or self.training is None else 1 + len(self.training.lessons)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Name and sign, in the language and the colours of now."""
        if not index.isValid() or self.training is None or not self.key_at(index.row()):
            return None
        title, standing, icon, ink = self._told(index.row())
        if role == Qt.ItemDataRole.DisplayRole:
            return title
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"{title}: {standing}"
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{title}, {standing}"
        if role == Qt.ItemDataRole.DecorationRole:
            return self._look.pixmap(icon, ink, 16)
        if role == Qt.ItemDataRole.SizeHintRole:
            return QSize(0, self._look.row(ROW))
        return None

    def _told(self, row: int) -> tuple[str, str, str, str]:
        """Title, standing, icon and its colour."""
        training = self.training
        assert training is not None
        if row == 0:
            standing = self.tr("to be accepted") if training.rules_due else self.tr("accepted")
            ink = "danger" if training.rules_due else "ink2"
            return str(self.tr("Rules of conduct")), str(standing), RULES_ICON, ink
        lesson = training.lessons[row - 1]
        icon, ink = ICONS[lesson.standing]
        return str(lesson_name(lesson.code)), str(short_standing(lesson)), icon, ink


class LessonList(QListView):
    """The list.

    Signals:
        chosen: `RULES` or a lesson's code.
    """

    chosen = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.lessons = LessonModel(look)
        self.lessons.setParent(self)
        self.setObjectName("lessons")
        self.setAccessibleName(self.tr("Lessons"))
        self.setModel(self.lessons)
        self.setItemDelegate(PickDelegate(look, self))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.redress()
        self.selectionModel().currentChanged.connect(self._on_current)

    def redress(self) -> None:
        """Another size of the text."""
        self.setFont(self._look.font())
        self.scheduleDelayedItemsLayout()

    @property
    def current(self) -> str:
        """What is chosen."""
        return self.lessons.key_at(self.currentIndex().row())

    def show_key(self, key: str) -> None:
        """Choose one."""
        row = self.lessons.row_of(key)
        if row >= 0:
            self.setCurrentIndex(self.lessons.index(row))

    def _on_current(self, index: QModelIndex) -> None:
        if key := self.lessons.key_at(index.row()):
            self.chosen.emit(key)
