"""Taking a request about personal data down: what, how it came, in which words.

It stands on the card of whoever asks, or at the register for somebody who is no customer.
"""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QWidget

from app.domain.subject_requests.words import NAMES_PURPOSES, NEEDS_PURPOSES, OF_OUTSIDERS, Channel, RequestKind
from app.ui.console.reason_popover import add_head
from app.ui.console.search_bar import Picker
from app.ui.privacy.requests.words import channel_name, kind_name
from app.ui.theme.fonts import SMALL, Weight
from app.ui.theme.look import Look
from app.ui.widgets.buttons import Button
from app.ui.widgets.flow_layout import FlowLayout
from app.ui.widgets.labels import text_label
from app.ui.widgets.popover import Popover
from app.ui.widgets.strips import Message
from app.ui.words import number, one_or_many

WIDTH, WORDS = 420, 64
HOURS_AGO = (0, 24, 48, 72, 168, 336)
"""How long ago a request may have come: a letter lies for days."""
LONGEST = 1000


class RequestPopover(Popover):
    """The form.

    Args:
        look: colours.
        anchor: where it belongs.
        purposes: name and label of each purpose.
        of_outsider: whether somebody asks who is no customer: their words must say who, and where the letter goes.

    Signals:
        sent: kind, channel, purposes, hours ago, words.
    """

    sent = Signal(object, object, tuple, int, str)

    def __init__(
        self, look: Look, anchor: QWidget, purposes: Sequence[tuple[str, str]], *, of_outsider: bool = False
    ) -> None:
        super().__init__(look, anchor, look.panel(WIDTH), name="request_popover")
        self._look, self._of_outsider = look, of_outsider
        title = self.tr("A request about personal data")
        if of_outsider:
            title = self.tr("A request by somebody who is no customer")
        self.setAccessibleName(title)
        sentence = self.tr("It gets a number and a term of 3 × 24 hours. The privacy officer answers it.")
        add_head(look, self.column, "inbox", title, sentence)
        self.kind = self._picker("request_kind", self.tr("What is asked for"))
        for kind in (one for one in RequestKind if not of_outsider or one in OF_OUTSIDERS):
            self.kind.addItem(kind_name(kind), kind)
        self.channel = self._picker("request_channel", self.tr("How it came"))
        for channel in (one for one in Channel if not of_outsider or one is not Channel.WEB):
            self.channel.addItem(channel_name(channel), channel)
        self.when = self._picker("request_when", self.tr("When it came"))
        for hours in HOURS_AGO:
            self.when.addItem(self._ago(hours), hours)
        self._about = text_label(look, self.tr("For which purposes"), ink="ink2", size=SMALL, weight=Weight.MEDIUM)
        self.column.addWidget(self._about)
        self._purposes = QWidget()
        flow = FlowLayout(self._purposes)
        self.purposes: dict[str, Button] = {}
        for name, label in purposes:
            button = Button(look, label, "filter", name=f"purpose_{name}")
            button.setCheckable(True)
            button.toggled.connect(partial(self._light, button))
            self.purposes[name] = button
            flow.addWidget(button)
        self.column.addWidget(self._purposes)
        self.column.addSpacing(8)
        self.words = QPlainTextEdit()
        self.words.setObjectName("request_words")
        self.words.setFont(look.font())
        self.words.setTabChangesFocus(True)
        self.words.setFixedHeight(look.px(WORDS))
        hint, label = self.tr("In the person’s words, if there is more to say"), self.tr("What the person asks for")
        if of_outsider:
            hint = self.tr("Who asks, where the letter goes, and what they ask for")
            label = self.tr("Who asks, and for what")
        self.words.setPlaceholderText(hint)
        self.words.setAccessibleName(label)
        self.words.textChanged.connect(self._judge)
        self.column.addWidget(self.words)
        self.column.addSpacing(8)
        self.error = Message(look, "danger", "request_popover_error")
        self.column.addWidget(self.error)
        self._add_foot()
        self.kind.currentIndexChanged.connect(lambda _at: self._on_kind())
        self._on_kind()

    def _picker(self, name: str, label: str) -> Picker:
        picker = Picker(self._look)
        picker.setObjectName(name)
        picker.setAccessibleName(label)
        self.column.addWidget(picker)
        self.column.addSpacing(6)
        return picker

    def _ago(self, hours: int) -> str:
        if not hours:
            return self.tr("It came just now")
        days = hours // 24
        words = one_or_many(days, self.tr("It came {n} day ago"), self.tr("It came {n} days ago"))
        return words.format(n=number(days))

    def _add_foot(self) -> None:
        foot = QHBoxLayout()
        foot.setSpacing(4)
        foot.addStretch(1)
        cancel = Button(self._look, self.tr("Cancel"), "quiet", name="cancel_request")
        cancel.clicked.connect(self.dismiss)
        foot.addWidget(cancel)
        self.send = Button(self._look, self.tr("Take it down"), "primary", name="take_request")
        self.send.clicked.connect(self._send)
        foot.addWidget(self.send)
        self.column.addLayout(foot)

    def focus_first(self) -> None:
        """Unfold with the kind in focus."""
        self.unfold(self.kind)

    def refuse(self, sentence: str) -> None:
        """It was not taken; what was typed stays."""
        self.send.set_busy()
        self.error.say(sentence)
        self.fit()

    def chosen(self) -> tuple[str, ...]:
        """The purposes that are chosen, where the kind names some."""
        if self._kind() not in NAMES_PURPOSES:
            return ()
        return tuple(name for name, button in self.purposes.items() if button.isChecked())

    def _kind(self) -> RequestKind:
        return RequestKind(self.kind.currentData())

    def _light(self, button: Button, is_on: bool) -> None:
        button.setProperty("lit", is_on)
        button.set_kind("filter")
        self._judge()

    def _on_kind(self) -> None:
        names = self._kind() in NAMES_PURPOSES
        self._about.setVisible(names)
        self._purposes.setVisible(names)
        self._judge()
        self.fit()

    def _judge(self) -> None:
        if hasattr(self, "send"):
            has_purposes = self._kind() not in NEEDS_PURPOSES or bool(self.chosen())
            has_words = not self._of_outsider or bool(self.words.toPlainText().strip())
            self.send.setEnabled(has_purposes and has_words)

    def _send(self) -> None:
        if self.send.is_busy:
            return
        self.error.say("")
        words = self.words.toPlainText().strip()
        if len(words) > LONGEST:
            self.refuse(self.tr("Write plain text, at most 1,000 characters."))
            return
        self.send.set_busy(self.tr("Taking it down…"))
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        channel = Channel(self.channel.currentData())
        self.sent.emit(self._kind(), channel, self.chosen(), int(self.when.currentData()), words)
