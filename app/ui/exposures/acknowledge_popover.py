"""Acknowledging a flag: one line of what came of it, which stands in the log under the person's name."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from app.session.shown_exposures import Flag
from app.ui.exposures.flag_words import flag_title
from app.ui.saying import filled
from app.ui.theme.fonts import BODY, SMALL, Weight
from app.ui.theme.look import Look
from app.ui.widgets.buttons import Button
from app.ui.widgets.chips import key_cap
from app.ui.widgets.labels import icon_label, text_label
from app.ui.widgets.popover import Popover
from app.ui.widgets.strips import Message

WIDTH, LONGEST = 420, 300


class AcknowledgePopover(Popover):
    """Asks for the comment.

    Signals:
        given: the comment; answered by `finish` or `refuse`.
    """

    given = Signal(str)

    def __init__(self, look: Look, anchor: QWidget, flag: Flag) -> None:
        super().__init__(look, anchor, WIDTH, name="acknowledge_popover")
        self._is_busy = False
        title = self.tr("Acknowledge")
        self.setAccessibleName(filled("{}: {}", title, flag_title(flag)))
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(icon_label(look, "flag", "accent"))
        head.addWidget(text_label(look, title, size=BODY, weight=Weight.SEMIBOLD), 1)
        head.addWidget(key_cap(look, "Esc"))
        self.column.addLayout(head)
        self.column.addSpacing(3)
        self.column.addWidget(text_label(look, flag_title(flag), weight=Weight.MEDIUM, wrap=True))
        words = self.tr("Say what came of it. Your name and the comment stay with the flag; write no customer data.")
        self.column.addWidget(text_label(look, words, ink="ink2", size=SMALL, wrap=True))
        self.column.addSpacing(10)
        self.comment = QLineEdit()
        self.comment.setObjectName("acknowledge_comment")
        self.comment.setFont(look.font())
        self.comment.setMaxLength(LONGEST)
        self.comment.setPlaceholderText(self.tr("Asked her; a batch of call-backs"))
        self.comment.setAccessibleName(self.tr("What came of it"))
        self.comment.textChanged.connect(lambda _text: self._judge())
        self.comment.returnPressed.connect(self._give)
        self.column.addWidget(self.comment)
        self.column.addSpacing(6)
        self.error = Message(look, "danger", "acknowledge_error")
        self.column.addWidget(self.error)
        self.column.addSpacing(6)
        foot = QHBoxLayout()
        foot.setSpacing(4)
        foot.addStretch(1)
        cancel = Button(look, self.tr("Cancel"), "quiet", name="cancel_acknowledge")
        cancel.clicked.connect(self.dismiss)
        foot.addWidget(cancel)
        self.button = Button(look, self.tr("Acknowledge"), "primary", name="confirm_acknowledge")
        self.button.clicked.connect(self._give)
        foot.addWidget(self.button)
        self.column.addLayout(foot)
        self._judge()

    def focus_first(self) -> None:
        """Unfold with the comment in focus."""
        self.unfold(self.comment)

    def _judge(self) -> None:
        self.button.setEnabled(bool(self.comment.text().strip()))

    def _give(self) -> None:
        text = self.comment.text().strip()
        if text and not self._is_busy:
            self._is_busy = True
            self.error.say("")
            self.button.set_busy(self.tr("Writing it down…"))
            self.given.emit(text)

    def refuse(self, sentence: str) -> None:
        """Why it was not written down; the comment stays."""
        self._is_busy = False
        self.button.set_busy()
        self.error.say(sentence)
        self.fit()
        self.comment.setFocus(Qt.FocusReason.OtherFocusReason)
