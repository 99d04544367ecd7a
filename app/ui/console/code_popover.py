"""The code popover: what is opened needs a fresh code, and nothing else (ui.md section 5, step-up)."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.ui.theme.fonts import BODY, SMALL, Weight
from app.ui.theme.look import Look
from app.ui.widgets.buttons import Button
from app.ui.widgets.chips import key_cap
from app.ui.widgets.code_row import CodeRow
from app.ui.widgets.labels import icon_label, text_label
from app.ui.widgets.popover import Popover

WIDTH = 360


class CodePopover(Popover):
    """Asks for a code.

    Signals:
        given: the code; answered by `refuse` or `finish`.
    """

    given = Signal(str)

    def __init__(self, look: Look, anchor: QWidget, title: str, sentence: str, button: str) -> None:
        super().__init__(look, anchor, WIDTH, name="code_popover")
        self.setAccessibleName(title)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(icon_label(look, "key-round", "accent"))
        head.addWidget(text_label(look, title, size=BODY, weight=Weight.SEMIBOLD), 1)
        head.addWidget(key_cap(look, "Esc"))
        self.column.addLayout(head)
        self.column.addSpacing(3)
        self.column.addWidget(text_label(look, sentence, ink="ink2", size=SMALL, wrap=True))
        self.column.addSpacing(10)
        self.code = CodeRow(look, name="step_up_code")
        self.code.changed.connect(self._judge)
        self.code.entered.connect(self._confirm)
        self.code.boxes.completed.connect(lambda _code: self._confirm())
        self.code.boxes.setAccessibleDescription(self.tr("Sends by itself at the sixth digit"))
        self.column.addWidget(self.code)
        self.column.addSpacing(10)
        foot = QHBoxLayout()
        foot.setSpacing(4)
        foot.addStretch(1)
        cancel = Button(look, self.tr("Cancel"), "quiet", name="cancel_code")
        cancel.clicked.connect(self.dismiss)
        foot.addWidget(cancel)
        self.button = Button(look, button, "primary", name="confirm_code")
        self.button.clicked.connect(self._confirm)
        foot.addWidget(self.button)
        self.column.addLayout(foot)
        self._judge()

    def focus_first(self) -> None:
        """Unfold with the boxes in focus."""
        self.unfold(self.code.boxes)

    def refuse(self, sentence: str) -> None:
        """The office did not take the code; another can be typed."""
        self.button.set_busy()
        self.code.refuse(sentence)
        self.fit()

    @property
    def _may_send(self) -> bool:
        return self.code.is_complete() and self.code.boxes.isEnabled()

    def _judge(self) -> None:
        self.button.setEnabled(self._may_send)

    def _confirm(self) -> None:
        if self._may_send:
            code = self.code.take()
            self.button.set_busy(self.tr("Checking…"))
            self.setFocus(Qt.FocusReason.OtherFocusReason)  # not Cancel, for a Return too many
            self.given.emit(code)
