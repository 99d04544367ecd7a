"""The line at the top: which days, whose exposures, which class; and the thresholds."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QWidget

from app.domain.data_class import DataClass
from app.session.shown_exposures import Range, Scope, Watched
from app.ui.console.search_bar import Picker
from app.ui.exposures.textures import PLOTTED
from app.ui.theme.fonts import SMALL, TITLE, Weight
from app.ui.theme.look import Look
from app.ui.widgets.buttons import Button
from app.ui.widgets.labels import text_label
from app.ui.widgets.spare_room import SpareRoom
from app.ui.words import class_name, workspace_name

RANGES = (Range.TODAY, Range.WEEK, Range.MONTH)
PICKER_MOST = 190


class FilterLine(QWidget):
    """What everything below is about.

    Attributes:
        thresholds: the button of the threshold editor.

    Signals:
        changed: read `scope`.
        thresholds_wanted: show the editor.
    """

    changed = Signal()
    thresholds_wanted = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._people: tuple[Watched, ...] = ()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(text_label(look, workspace_name("exposures"), size=TITLE, weight=Weight.SEMIBOLD))
        words = self.tr("what was shown, to whom, for how long, and why")
        beside = text_label(look, words, ink="ink2", size=SMALL)
        beside.setContentsMargins(2, 5, 0, 0)
        row.addWidget(beside)
        row.addStretch(1)
        row.addWidget(self._make_ranges())
        self._agent = self._make_picker("exposures_agent", self.tr("Agent"))
        self._class = self._make_picker("exposures_class", self.tr("Class"))
        self._class.addItem(self.tr("All classes"), None)
        for data_class in PLOTTED:
            self._class.addItem(class_name(data_class), data_class.value)
        self._fill_people()
        row.addWidget(self._agent)
        row.addWidget(self._class)
        self.thresholds = Button(look, self.tr("Thresholds…"), icon="sliders-horizontal", name="exposures_thresholds")
        self.thresholds.clicked.connect(self.thresholds_wanted)
        row.addWidget(self.thresholds)
        self._spare = SpareRoom(row, [[beside]])

    def _make_ranges(self) -> QFrame:
        segments = QFrame()
        segments.setProperty("kind", "segments")
        row = QHBoxLayout(segments)
        row.setContentsMargins(1, 1, 1, 1)
        row.setSpacing(0)
        names = {
            Range.TODAY: self.tr("Today"),
            Range.WEEK: self.tr("7 days"),
            Range.MONTH: self.tr("30 days"),
        }
        self._ranges = QButtonGroup(self)
        for at, range_ in enumerate(RANGES):
            button = Button(self._look, names[range_], "segment", name=f"range_{range_.value}")
            button.setCheckable(True)
            button.setChecked(range_ is Range.TODAY)
            self._ranges.addButton(button, at)
            row.addWidget(button)
        self._ranges.idClicked.connect(lambda _id: self.changed.emit())
        return segments

    def _make_picker(self, name: str, words: str) -> Picker:
        picker = Picker(self._look)
        picker.setObjectName(name)
        picker.setAccessibleName(words)
        picker.setMaximumWidth(self._look.px(PICKER_MOST))
        picker.setSizeAdjustPolicy(Picker.SizeAdjustPolicy.AdjustToContents)
        picker.currentIndexChanged.connect(lambda _index: self.changed.emit())
        return picker

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 (Qt's name)
        """The words beside the title go first."""
        super().resizeEvent(event)
        self._spare.fit(self.width())

    @property
    def scope(self) -> Scope:
        """What is asked for."""
        data_class = self._class.currentData()
        return Scope(
            RANGES[max(0, self._ranges.checkedId())],
            self._agent.currentData() or "",
            DataClass(data_class) if data_class else None,
        )

    def show_scope(self, scope: Scope) -> None:
        """Say what is shown; nobody is told."""
        self._ranges.buttons()[RANGES.index(scope.range)].setChecked(True)
        data_class = scope.data_class.value if scope.data_class is not None else None
        for picker, data in ((self._agent, scope.agent), (self._class, data_class)):
            picker.blockSignals(True)
            picker.setCurrentIndex(max(0, picker.findData(data)))
            picker.blockSignals(False)

    def show_month(self) -> None:
        """Choose the longest range."""
        self._ranges.buttons()[-1].click()

    def show_people(self, people: Sequence[Watched]) -> None:
        """Whose exposures there are; the one that was picked stays."""
        if tuple(people) != self._people:
            self._people = tuple(people)
            self._fill_people()
            self._spare.fit(self.width())

    def _fill_people(self) -> None:
        picked = self._agent.currentData()
        self._agent.blockSignals(True)
        self._agent.clear()
        self._agent.addItem(self.tr("All agents"), "")
        for one in self._people:
            closed = self.tr("{name}, closed").format(name=one.name)
            self._agent.addItem(closed if one.is_closed else one.name, one.account)
        self._agent.setCurrentIndex(max(0, self._agent.findData(picked)))
        self._agent.blockSignals(False)

    def focus_first(self) -> None:
        """Put the focus on the days."""
        if (button := self._ranges.checkedButton()) is not None:
            button.setFocus(Qt.FocusReason.ShortcutFocusReason)
