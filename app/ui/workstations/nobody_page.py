"""The drawer's page while no workstation is chosen: invitations; wiping those of a queue, or all."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.session.workstations import WipeReason, WorkstationListing
from app.ui.console.search_bar import Picker
from app.ui.theme.fonts import SMALL
from app.ui.theme.look import Look
from app.ui.widgets.buttons import Button
from app.ui.widgets.labels import text_label
from app.ui.widgets.strips import Message
from app.ui.workstations.wipe_question import WipeQuestion
from app.ui.workstations.words import rollout_words


class NobodyPage(QWidget):
    """A sentence, the way to invitations, and Wipe several with its question.

    Signals:
        wipe_wanted: the button that confirmed it, the queue or empty for all, and the reason.
        invite_wanted: the page of invitations is asked for.
    """

    wipe_wanted = Signal(object, str, object)
    invite_wanted = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._queues: tuple[str, ...] = ()
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 18)
        column.setSpacing(10)
        words = self.tr("Choose a workstation to see who is there, what it told, and what was wiped.")
        column.addWidget(text_label(look, words, ink="ink2", wrap=True))
        self.rollout = text_label(look, "", ink="ink2", size=SMALL, wrap=True)
        self.rollout.setObjectName("rollout")
        column.addWidget(self.rollout)
        self.invite = Button(look, self.tr("Invitations…"), "secondary", icon="key-round", name="invite")
        self.invite.clicked.connect(self.invite_wanted)
        column.addWidget(self.invite, 0, Qt.AlignmentFlag.AlignLeft)
        self.ask = Button(look, self.tr("Wipe several…"), "secondary", icon="eraser", name="wipe_many")
        column.addWidget(self.ask, 0, Qt.AlignmentFlag.AlignLeft)
        words = self.tr(
            "Which workstations? Every session there ends at once but yours, and its local copy is destroyed. "
            "What waits in an outbox stays."
        )
        button = (self.tr("Wipe them"), "wipe_many_now")
        self.question = WipeQuestion(look, "wipe_many_question", words, button, self._on_sent, self._fold)
        self.which = Picker(look)
        self.which.setObjectName("wipe_many_which")
        self.which.setAccessibleName(self.tr("Which workstations"))
        self.which.addItem(self.tr("Every workstation"), "")
        self.question.column.insertWidget(1, self.which)
        column.addWidget(self.question)
        self.question.hide()
        self.error, self.done = Message(look, "danger", "wipe_many_error"), Message(look, "ok", "wipe_many_done")
        column.addWidget(self.error)
        column.addWidget(self.done)
        column.addStretch(1)
        self.ask.clicked.connect(self._on_asked)

    def know(self, listing: WorkstationListing) -> None:
        """What is known of all, and the queues whose people's workstations may be wiped; the choice in hand stays."""
        self.rollout.setText(rollout_words(listing))
        queues = listing.queues
        if queues == self._queues:
            return
        chosen, self._queues = self.which.currentData(), queues
        while self.which.count() > 1:
            self.which.removeItem(1)
        for queue in queues:
            self.which.addItem(self.tr("Those of the queue {queue}").format(queue=queue), queue)
        self.which.setCurrentIndex(max(0, self.which.findData(chosen)))

    def _on_asked(self) -> None:
        self.clear()
        self.ask.hide()
        self.question.show()
        self.which.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_sent(self, button: Button, reason: WipeReason) -> None:
        self.wipe_wanted.emit(button, str(self.which.currentData()), reason)

    def close_question(self) -> bool:
        """Take the question back; whether it was asked."""
        if self.question.isHidden():
            return False
        self._fold()
        return True

    def _fold(self) -> None:
        self.question.hide()
        self.error.say("")
        self.ask.show()
        self.ask.setFocus(Qt.FocusReason.OtherFocusReason)

    def clear(self) -> None:
        """A new try begins."""
        self.error.say("")
        self.done.say("")

    def set_working(self, works: bool) -> None:
        """While the office is asked nothing else is pressed here."""
        for button in (self.invite, self.ask, self.question.cancel, self.question.send):
            button.setEnabled(button.is_busy or not works)

    def say(self, sentence: str) -> None:
        """Say what was done."""
        has_focus = self.question.send.hasFocus()
        self.question.hide()
        self.ask.show()
        if has_focus:  # else the person works elsewhere by now
            self.ask.setFocus(Qt.FocusReason.OtherFocusReason)
        self.clear()
        self.done.say(sentence)

    def refuse(self, sentence: str) -> None:
        """Say why it was not done."""
        self.error.say(sentence)
