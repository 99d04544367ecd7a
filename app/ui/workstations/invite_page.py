"""The drawer's page for invitations: a name and how long its code counts; below, the codes that nobody has used."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.session.workstations import WaitingWorkstation
from app.ui.accounts.facts import empty, heading, newest, section
from app.ui.console.search_bar import Picker
from app.ui.enrolment.fields import labelled
from app.ui.saying import filled
from app.ui.theme.fonts import SMALL, Weight
from app.ui.theme.look import Look
from app.ui.widgets.answering import AnsweringPage
from app.ui.widgets.buttons import Button
from app.ui.widgets.chips import Chip
from app.ui.widgets.labels import ElidedLabel, line, text_label
from app.ui.widgets.strips import Message
from app.ui.workstations.words import invitation_sign, invitation_state, invitation_words, more_words, valid_words

LONGEST_NAME = 32
VALID_H = (24, 72, 168, 720)
"""How long a code may count, for the list; a command takes any hours."""
SHOWN = 50


class InvitePage(AnsweringPage):
    """Makes one code at a time; commands make hundreds.

    Signals:
        sent: the button; read `name` and `valid_h`.
        withdrawn: the button of a row, and the invitation's id.
        left: back without a code.
    """

    sent = Signal(object)
    withdrawn = Signal(object, str)
    left = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._waiting: tuple[WaitingWorkstation, ...] = ()
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        body = QWidget()
        body.setProperty("ground", "none")
        self.setWidget(body)
        column = QVBoxLayout(body)
        column.setContentsMargins(20, 18, 20, 18)
        column.setSpacing(12)
        under = self.tr("A code by which the office knows a workstation. It counts once and opens no account.")
        column.addLayout(heading(look, self.tr("Invite a workstation"), under))
        self.name_edit = QLineEdit()
        self.name_edit.setObjectName("invite_name")
        self.name_edit.setFont(look.font())
        self.name_edit.setMaxLength(LONGEST_NAME)
        self.name_edit.setAccessibleName(self.tr("Name of the workstation"))
        self.name_edit.returnPressed.connect(self._on_sent)
        named = labelled(look, self.tr("Name of the workstation"), self.name_edit)
        hint = self.tr("Letters, digits, dots, dashes. For many at once: tirai seat invite --from FILE")
        named.addWidget(text_label(look, hint, ink="ink3", size=SMALL, wrap=True))
        column.addLayout(named)
        self.valid = Picker(look)
        self.valid.setObjectName("invite_valid")
        self.valid.setAccessibleName(self.tr("How long the code counts"))
        for hours in VALID_H:
            self.valid.addItem(valid_words(hours), hours)
        column.addLayout(labelled(look, self.tr("How long the code counts"), self.valid))
        self.error, self.done = Message(look, "danger", "invite_error"), Message(look, "ok", "invite_done")
        column.addWidget(self.error)
        column.addWidget(self.done)
        column.addLayout(self._make_foot())
        self._list = QVBoxLayout()
        self._list.setSpacing(9)
        column.addLayout(self._list)
        column.addStretch(1)

    def _make_foot(self) -> QHBoxLayout:
        foot = QHBoxLayout()
        foot.setSpacing(6)
        foot.addStretch(1)
        self.cancel = Button(self._look, self.tr("Cancel"), "quiet", name="cancel_invite")
        self.cancel.clicked.connect(self.left)
        foot.addWidget(self.cancel)
        self.send = Button(self._look, self.tr("Make the code"), "primary", name="invite_now")
        self.send.clicked.connect(self._on_sent)
        foot.addWidget(self.send)
        return foot

    @property
    def name(self) -> str:
        """What the workstation is to be called."""
        return self.name_edit.text().strip()

    @property
    def valid_h(self) -> int:
        """For how many hours its code counts."""
        return int(self.valid.currentData())

    def begin(self) -> None:
        """An empty form."""
        self.clear()
        self.name_edit.clear()
        self.valid.setCurrentIndex(0)
        self.name_edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_waiting(self, waiting: tuple[WaitingWorkstation, ...]) -> None:
        """Take another list; the same one leaves everything, the focus too, as it is."""
        if waiting == self._waiting:
            return
        focus = self.focusWidget()
        focused = focus.objectName() if focus is not None and focus.hasFocus() else ""
        self._waiting = waiting
        empty(self._list)
        if waiting:
            self._list.addWidget(line())
            self._list.addWidget(section(self._look, self.tr("Codes that nobody has used")))
        for one in waiting[:SHOWN]:
            self._list.addLayout(self._row(one))
        if len(waiting) > SHOWN:
            words = more_words(len(waiting) - SHOWN)
            self._list.addWidget(text_label(self._look, words, ink="ink2", size=SMALL, wrap=True))
        self.set_working(self._works)
        self._order()
        if focused.startswith("withdraw_"):
            (newest(self, focused) or self.name_edit).setFocus(Qt.FocusReason.OtherFocusReason)

    def _order(self) -> None:
        """Tab goes from the form to the rows, however late they were made."""
        before: QWidget = self.send
        for one in self._waiting[:SHOWN]:
            if (button := newest(self, f"withdraw_{one.id}")) is not None:
                QWidget.setTabOrder(before, button)
                before = button

    def _row(self, one: WaitingWorkstation) -> QVBoxLayout:
        look, column = self._look, QVBoxLayout()
        column.setSpacing(2)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(ElidedLabel(look, one.name, weight=Weight.MEDIUM), 1)
        sign, tone = invitation_sign(one)
        head.addWidget(Chip(look, invitation_state(one), tone=tone, icon=sign))
        column.addLayout(head)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(text_label(look, invitation_words(one), ink="ink2", size=SMALL, wrap=True), 1)
        if not one.is_over:
            words = self.tr("Take back")
            button = Button(look, words, "link", name=f"withdraw_{one.id}")
            button.setAccessibleName(filled("{}: {}", words, one.name))
            button.clicked.connect(lambda: self.withdrawn.emit(button, one.id))
            foot.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(foot)
        return column

    def _on_sent(self) -> None:
        self.sent.emit(self.send)

    def say(self, sentence: str) -> None:
        """Say what was done."""
        self.clear()
        self.done.say(sentence)
