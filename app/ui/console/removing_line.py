"""Taking a value away, under the line of its edit: one quiet button, then the question why, whose answer does it.

The reason is the confirmation, and stands in the log. Nothing here is the default of a key: Return in the line above
saves what is typed there. Esc folds the question (`FieldEditing.step_back`).
"""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.editing import WhyEmptied
from app.ui.theme.fonts import SMALL, Weight
from app.ui.theme.look import Look
from app.ui.widgets.announce import announce
from app.ui.widgets.buttons import Button
from app.ui.widgets.flow_row import FlowRow
from app.ui.widgets.labels import text_label
from app.ui.words import in_a_sentence


class RemovingLine(QWidget):
    """The button, and the reasons in its place.

    Args:
        look: fonts and colours.
        field: label of the field.
        name: of the field; the buttons' object names end with it.
        is_sealed: whether what was there stays sealed.

    Signals:
        chosen: why it is to be removed.
        unfolded: the question is asked.
        folded: it was left.
    """

    chosen = Signal(object)
    unfolded = Signal()
    folded = Signal()

    def __init__(self, look: Look, field: str, name: str, *, is_sealed: bool) -> None:
        super().__init__()
        self.setObjectName("removing")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.begin = Button(look, self.tr("Remove the value"), "link", icon="eraser", name=f"remove_{name}")
        self.begin.setAccessibleName(self.tr("Remove the value of {field}").format(field=in_a_sentence(field)))
        self.begin.clicked.connect(self.unfold)
        column.addWidget(self.begin, 0, Qt.AlignmentFlag.AlignLeft)
        self._question = self.tr("Why is it removed? The reason is written down; what was there stays sealed.")
        if not is_sealed:
            self._question = self.tr("Why is it removed? The reason is written down; what was there is kept.")
        self._asking = text_label(look, self._question, ink="ink2", size=SMALL, weight=Weight.MEDIUM, wrap=True)
        self._asking.setContentsMargins(0, 0, 0, 4)
        column.addWidget(self._asking)
        self.reasons = FlowRow(8)
        self.wrong = self._reason(look, self.tr("The value is wrong"), WhyEmptied.WRONG, f"remove_wrong_{name}")
        words = self.tr("The customer withdrew it")
        self.withdrawn = self._reason(look, words, WhyEmptied.WITHDRAWN, f"remove_withdrawn_{name}")
        self.keep = Button(look, self.tr("Keep it"), "quiet", name=f"remove_keep_{name}")
        self.keep.clicked.connect(self.fold)
        for part in (self.wrong, self.withdrawn, self.keep):
            self.reasons.add(part)
        column.addWidget(self.reasons)
        self._show(asks=False)

    def _show(self, *, asks: bool) -> None:
        self.begin.setVisible(not asks)
        self._asking.setVisible(asks)
        self.reasons.setVisible(asks)

    def _reason(self, look: Look, words: str, why: WhyEmptied, name: str) -> Button:
        button = Button(look, words, "danger", name=name)
        button.clicked.connect(lambda: self.chosen.emit(why))
        return button

    @property
    def asks(self) -> bool:
        """Whether the question is open."""
        return not self.reasons.isHidden()

    def unfold(self) -> None:
        """Ask why; what changes nothing has the focus."""
        self._show(asks=True)
        self.unfolded.emit()
        announce(self, self._question)
        self.keep.setFocus(Qt.FocusReason.OtherFocusReason)

    def fold(self) -> None:
        """Nothing is removed."""
        if self.asks:
            self._show(asks=False)
            self.folded.emit()

    def set_busy(self, busy: bool) -> None:
        """While the office is asked nothing is pressed here."""
        for button in (self.begin, self.wrong, self.withdrawn, self.keep):
            button.setEnabled(not busy)
