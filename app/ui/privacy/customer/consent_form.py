"""What is filled in when a customer says something to a purpose: the script to read, how it is said, who says it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.domain.privacy.consent import Channel, Said, Speaker
from app.domain.privacy.means import MEANS
from app.session.privacy.customer import ConsentWords, ShownPrivacy, ShownPurpose
from app.session.shown_who_saw import Language
from app.ui.console.search_bar import Picker
from app.ui.language import spoken
from app.ui.privacy.customer.notice_text import NoticeText
from app.ui.privacy.customer.words import channel_name, means_name, speaker_name
from app.ui.saying import filled
from app.ui.theme.fonts import SMALL, Weight
from app.ui.theme.look import Look
from app.ui.widgets.buttons import Button
from app.ui.widgets.labels import text_label
from app.ui.widgets.strips import Message

LONGEST_REFERENCE = 64


class ConsentForm(QFrame):
    """The form of one purpose and one word.

    Args:
        look: colours.
        purpose: to what.
        said: which word.
        privacy: the customer's panel: for a child a guardian speaks, for who is of age none does; and the notice that
            they are told, which a withdrawal needs not.

    Attributes:
        notice: where it is read; None where nothing is told.

    Signals:
        sent: what was filled in (`ConsentWords`).
        dropped: nothing is written down.
    """

    sent = Signal(object)
    dropped = Signal()

    def __init__(self, look: Look, purpose: ShownPurpose, said: Said, *, privacy: ShownPrivacy) -> None:
        super().__init__()
        self._look, self._purpose, self._said = look, purpose, said
        self._has_reference = True
        self.setObjectName("consent_form")
        self.setProperty("ground", "card")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 12, 14, 12)
        column.setSpacing(8)
        self.language, self.channel, self.speaker, self.means = (Picker(look) for _ in range(4))
        self.reference = QLineEdit()
        self.reference.setFont(look.font())
        self.reference.setMaxLength(LONGEST_REFERENCE)
        self.script = text_label(look, "", wrap=True, weight=Weight.MEDIUM)
        self.script.setObjectName("consent_script")
        notice = privacy.told if said is Said.GIVEN else None
        self.notice = NoticeText(look, notice) if notice is not None else None
        self.error = Message(look, "danger", "consent_error")
        self._fill_pickers(privacy)
        self._place(column)
        self._follow()

    def _fill_pickers(self, privacy: ShownPrivacy) -> None:
        asked = [one for one, _text in self._purpose.questions] if self._said is Said.GIVEN else ["id", "en"]
        names = {"id": "Bahasa Indonesia", "en": "English"}
        for one in sorted(asked, key=lambda one: one != spoken().value):
            self.language.addItem(names[one], one)
        for channel in (Channel.SPOKEN, Channel.DESK, Channel.LETTER):
            self.channel.addItem(channel_name(channel), channel)
        speakers = (Speaker.GUARDIAN,) if privacy.is_child and self._said is Said.GIVEN else tuple(Speaker)
        for speaker in speakers:
            if speaker is Speaker.GUARDIAN and privacy.is_of_age:
                continue
            self.speaker.addItem(speaker_name(speaker), speaker)
        for picker in (self.language, self.channel, self.speaker):
            picker.currentIndexChanged.connect(lambda _at: self._follow())

    def _place(self, column: QVBoxLayout) -> None:
        look = self._look
        says = self.tr("Read aloud, word by word:") if self._said is Said.GIVEN else self.tr("What is withdrawn:")
        column.addWidget(text_label(look, says, ink="ink2", size=SMALL))
        column.addWidget(self.script)
        if self.notice is not None:
            column.addWidget(self.notice)
        for label, widget, name in (
            (self.tr("Language"), self.language, "consent_language"),
            (self.tr("How"), self.channel, "consent_channel"),
            (self.tr("Who says it"), self.speaker, "consent_speaker"),
            (self.tr("How you know"), self.means, "consent_means"),
            (self.tr("Reference"), self.reference, "consent_reference"),
        ):
            widget.setObjectName(name)
            widget.setAccessibleName(label)
            column.addWidget(self._line(label, widget))
        column.addWidget(self.error)
        foot = QHBoxLayout()
        foot.setSpacing(6)
        foot.addStretch(1)
        self.drop = Button(look, self.tr("Cancel"), "quiet", name="consent_cancel")
        self.drop.clicked.connect(self.dropped)
        gives = self._said is Said.GIVEN
        words = self.tr("The customer agrees") if gives else self.tr("The customer withdraws")
        self.send = Button(look, words, "primary" if gives else "danger", name="consent_send")
        self.send.setAccessibleName(filled("{}: {}", words, self._purpose.label))
        self.send.clicked.connect(self._on_send)
        foot.addWidget(self.drop)
        foot.addWidget(self.send)
        column.addLayout(foot)

    def _line(self, label: str, widget: QWidget) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        name = text_label(self._look, label, ink="ink2", size=SMALL)
        name.setMinimumWidth(self._look.px(112))
        row.addWidget(name)
        row.addWidget(widget, 1)
        return line

    def _follow(self) -> None:
        """What is asked for follows from what was chosen."""
        language = str(self.language.currentData() or "id")
        question = self._purpose.question(language)
        self.script.setText(question if self._said is Said.GIVEN else self._purpose.label)
        if self.notice is not None:
            self.notice.show_language(language)
        speaker = Speaker(self.speaker.currentData())
        before = self.means.currentData()
        self.means.clear()
        for means in MEANS[speaker]:
            self.means.addItem(means_name(means), means)
        self.means.setCurrentIndex(max(0, self.means.findData(before)))
        self._show_line(self.means, bool(MEANS[speaker]))
        channel = Channel(self.channel.currentData())
        self._has_reference = channel is not Channel.DESK or speaker in {Speaker.GUARDIAN, Speaker.CARER}
        self._show_line(self.reference, self._has_reference)
        names = {
            Channel.SPOKEN: self.tr("of the recording"),
            Channel.LETTER: self.tr("of the letter"),
            Channel.DESK: self.tr("of the evidence that was seen"),
        }
        self.reference.setPlaceholderText(names.get(channel, ""))

    def _show_line(self, widget: QWidget, shows: bool) -> None:
        parent = widget.parentWidget()
        if parent is not None:
            parent.setVisible(shows)

    def _on_send(self) -> None:
        channel, speaker = Channel(self.channel.currentData()), Speaker(self.speaker.currentData())
        reference = self.reference.text().strip() if self._has_reference else ""
        if channel is Channel.SPOKEN and self._said is Said.GIVEN and not reference:
            self.refuse(self.tr("Note the reference of the recording."))
            self.reference.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        language: Language = "en" if self.language.currentData() == "en" else "id"
        means = str(self.means.currentData() or "") if MEANS[speaker] else ""
        self.error.say("")
        self.sent.emit(ConsentWords(self._purpose.name, self._said, channel, language, speaker, reference, means))

    def refuse(self, sentence: str) -> None:
        """It was not written down."""
        self.error.say(sentence)

    def set_working(self, works: bool) -> None:
        """While the office is asked."""
        self.send.set_busy(self.tr("Writing it down…") if works else "")
        self.drop.setEnabled(not works)

    def focus_first(self) -> None:
        """Put the focus where one begins."""
        self.language.setFocus(Qt.FocusReason.OtherFocusReason)
