"""The question before a wipe: what it does, why it is done, and the button that orders it."""

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout

from app.session.workstations import WipeReason
from app.ui.accounts.facts import Question
from app.ui.console.search_bar import Picker
from app.ui.theme.look import Look
from app.ui.widgets.buttons import Button
from app.ui.widgets.labels import text_label
from app.ui.workstations.words import CHOSEN, wipe_reason


class WipeQuestion(Question):
    """One question.

    Args:
        look: colours.
        name: of the ground; its parts have names that begin with it.
        words: what is asked.
        button: what the button says.
        button_name: its object name.
        on_sent: called with the button and the reason.
        on_cancelled: called when it is taken back.

    Attributes:
        reason: why.
        foot: the row of buttons.
    """

    def __init__(
        self,
        look: Look,
        name: str,
        words: str,
        button: tuple[str, str],
        on_sent: Callable[[Button, WipeReason], object],
        on_cancelled: Callable[[], object],
    ) -> None:
        super().__init__(name)
        self.column.addWidget(text_label(look, words, wrap=True))
        self.reason = Picker(look)
        self.reason.setObjectName(f"{name}_reason")
        self.reason.setAccessibleName(self.tr("Why"))
        for reason in CHOSEN:
            self.reason.addItem(wipe_reason(reason), reason)
        self.column.addWidget(self.reason)
        self.foot = QHBoxLayout()
        self.foot.setSpacing(6)
        self.foot.addStretch(1)
        self.cancel = Button(look, self.tr("Cancel"), "quiet", name=f"{name}_cancel")
        self.cancel.clicked.connect(on_cancelled)
        self.send = Button(look, button[0], "danger", name=button[1])
        self.send.clicked.connect(lambda: on_sent(self.send, WipeReason(self.reason.currentData())))
        self.foot.addWidget(self.cancel)
        self.foot.addWidget(self.send)
        self.column.addLayout(self.foot)
