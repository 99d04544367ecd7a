"""The threshold editor: each rule's value, and how often each value would have fired in the last 30 days."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.session.shown_exposures import Threshold
from app.ui.accounts.facts import empty
from app.ui.exposures.threshold_row import ThresholdRow
from app.ui.theme.fonts import BODY, SMALL, Weight
from app.ui.theme.look import Look
from app.ui.widgets.buttons import Button
from app.ui.widgets.chips import key_cap
from app.ui.widgets.labels import icon_label, line, text_label
from app.ui.widgets.popover import Popover
from app.ui.widgets.strips import Message

WIDTH = 640


class ThresholdPopover(Popover):
    """The editor.

    Attributes:
        rows: one for each rule.

    Signals:
        wanted: thresholds with their new values; answered by `show_thresholds`, `refuse` or `finish`.
    """

    wanted = Signal(object)

    def __init__(self, look: Look, anchor: QWidget, *, may_set: bool) -> None:
        super().__init__(look, anchor, WIDTH, name="threshold_popover")
        self._look, self._may_set = look, may_set
        self.rows: list[ThresholdRow] = []
        title = self.tr("Thresholds")
        self.setAccessibleName(title)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(icon_label(look, "sliders-horizontal", "accent"))
        head.addWidget(text_label(look, title, size=BODY, weight=Weight.SEMIBOLD), 1)
        head.addWidget(key_cap(look, "Esc"))
        self.column.addLayout(head)
        self.column.addSpacing(3)
        words = self.tr("A rule fires at its value and above. Beside it: what each value would have found in 30 days.")
        self.column.addWidget(text_label(look, words, ink="ink2", size=SMALL, wrap=True))
        self.column.addSpacing(4)
        self._place = QVBoxLayout()
        self._place.setSpacing(0)
        self._waits = text_label(look, self.tr("Counting what each value would have found…"), ink="ink2")
        self._waits.setMinimumHeight(look.px(60))
        self._place.addWidget(self._waits)
        self.column.addLayout(self._place)
        self.error = Message(look, "danger", "threshold_error")
        self.column.addWidget(self.error)
        self.column.addSpacing(8)
        foot = QHBoxLayout()
        foot.setSpacing(4)
        note = "" if may_set else self.tr("Only some roles may change them: policy says which.")
        foot.addWidget(text_label(look, note, ink="ink2", size=SMALL), 1)
        self._close = Button(look, self.tr("Cancel") if may_set else self.tr("Close"), "quiet", name="close_thresholds")
        self._close.clicked.connect(self.dismiss)
        foot.addWidget(self._close)
        self.save = Button(look, self.tr("Save"), "primary", name="save_thresholds")
        self.save.clicked.connect(self._on_save)
        foot.addWidget(self.save)
        self.column.addLayout(foot)
        self._judge()

    def focus_first(self) -> None:
        """Unfold it."""
        self.unfold(self._close)
        self.save.setVisible(self._may_set)

    def show_thresholds(self, thresholds: tuple[Threshold, ...], sentence: str = "") -> None:
        """What holds now, and why it is shown anew."""
        self.save.set_busy()
        empty(self._place)
        self.rows = []
        for threshold in thresholds:
            if self.rows:
                self._add(line())
            row = ThresholdRow(self._look, threshold, is_open=self._may_set)
            row.changed.connect(self._judge)
            self._add(row)
            self.rows.append(row)
        self.error.say(sentence)
        self._judge()
        self.fit()
        if self._may_set and self.rows and self.isVisible():
            self.rows[0].value.setFocus()

    def _add(self, widget: QWidget) -> None:
        """Show it at once: the height is asked for before the loop turns."""
        self._place.addWidget(widget)
        widget.show()

    def refuse(self, sentence: str) -> None:
        """Why it was not changed; what was typed stays."""
        self.save.set_busy()
        self.error.say(sentence)
        self.fit()

    def _judge(self) -> None:
        self.save.setEnabled(any(row.is_changed for row in self.rows))

    def _on_save(self) -> None:
        changed = [(row.threshold, row.wanted) for row in self.rows if row.is_changed]
        if changed:
            self.error.say("")
            self.save.set_busy(self.tr("Saving…"))
            self.wanted.emit(changed)
