"""One version of a notice: its seven contents and its questions in a language, to be read, or written while a draft."""

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.domain.privacy.notice import LANGUAGES, LONGEST_LABEL, Content, Notice, Toggle
from app.session.privacy.notices import ShownNotice
from app.ui.accounts.facts import empty, section
from app.ui.privacy.notices.words import Label, content_name, fault_sentence
from app.ui.saying import joined
from app.ui.theme.fonts import SMALL
from app.ui.theme.look import Look
from app.ui.widgets.buttons import Button
from app.ui.widgets.labels import text_label
from app.ui.widgets.strips import Strip

BOX = 84
"""Height of a text in px of the design."""


class NoticeEditor(QWidget):
    """The editor.

    Args:
        look: colours.
        label: labels of purposes and fields in the language of the screen.

    Signals:
        save_wanted, publish_wanted, drop_wanted: what the person asks for.
    """

    save_wanted = Signal()
    publish_wanted = Signal()
    drop_wanted = Signal()

    def __init__(self, look: Look, label: Label) -> None:
        super().__init__()
        self._look, self._label = look, label
        self.shown: ShownNotice | None = None
        self._language = "id"
        self._texts: dict[str, dict[Content, str]] = {}
        self._toggles: list[Toggle] = []
        self.boxes: dict[Content, QPlainTextEdit] = {}
        self.questions: list[QLineEdit] = []
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addLayout(self._make_head())
        self.lacks = Strip(look, "", "warn", flat=True, name="notice_lacks")
        outer.addWidget(self.lacks)
        self.lacks.hide()
        sheet = QWidget()
        sheet.setProperty("ground", "none")
        self._column = QVBoxLayout(sheet)
        self._column.setContentsMargins(20, 8, 20, 12)
        self._column.setSpacing(4)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(sheet)
        outer.addWidget(scroll, 1)

    def _make_head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(20, 8, 20, 8)
        row.setSpacing(4)
        self.languages = QButtonGroup(self)
        for at, (language, words) in enumerate(zip(LANGUAGES, ("Bahasa Indonesia", "English"), strict=True)):
            button = Button(self._look, words, "segment", name=f"notice_{language}")
            button.setCheckable(True)
            button.setChecked(at == 0)
            self.languages.addButton(button, at)
            row.addWidget(button)
        self.languages.idToggled.connect(self._on_language)
        row.addStretch(1)
        self.drop = Button(self._look, self.tr("Drop the draft"), "quiet", name="notice_drop")
        self.save = Button(self._look, self.tr("Keep the draft"), "secondary", name="notice_save")
        self.publish = Button(self._look, self.tr("Publish"), "primary", name="notice_publish")
        for button, wanted in (
            (self.drop, self.drop_wanted), (self.save, self.save_wanted), (self.publish, self.publish_wanted),
        ):  # fmt: skip
            button.clicked.connect(wanted)
            row.addWidget(button)
        return row

    def show_notice(self, shown: ShownNotice | None) -> None:
        """Show a version; what was typed into another one and not kept is gone."""
        self.shown = shown
        self._texts = {}
        if shown is not None:
            self._texts = {one: dict(shown.notice.texts.get(one, {})) for one in LANGUAGES}
            self._toggles = list(shown.notice.toggles)
        self._fill()

    @property
    def notice(self) -> Notice | None:
        """What stands in the boxes now."""
        if self.shown is None:
            return None
        self._take()
        texts = {one: texts for one, texts in self._texts.items() if any(text.strip() for text in texts.values())}
        return Notice(self.shown.notice.code, texts, tuple(self._toggles))

    @property
    def is_changed(self) -> bool:
        """Whether something was typed that is not kept."""
        return self.shown is not None and self.notice != self.shown.notice

    def retranslate(self) -> None:
        """The other language of the screen."""
        self._say_faults()

    def _on_language(self, at: int, on: bool) -> None:
        if on and self.shown is not None:
            self._take()
            self._language = LANGUAGES[at]
            self._fill()

    def _take(self) -> None:
        """Keep what stands in the boxes, by the language that they are in."""
        if self.shown is None or not self.shown.is_draft:
            return
        for content, box in self.boxes.items():
            self._texts[self._language][content] = box.toPlainText()
        for at, line in enumerate(self.questions):
            labels = {**self._toggles[at].labels, self._language: line.text()}
            labels = {language: text for language, text in labels.items() if text.strip()}
            self._toggles[at] = replace(self._toggles[at], labels=labels)

    def _fill(self) -> None:
        empty(self._column)
        self.boxes, self.questions = {}, []
        shown, look = self.shown, self._look
        for button in (self.drop, self.save, self.publish):
            button.setVisible(shown is not None and shown.is_draft)
        if shown is None:
            words = self.tr("Choose a version, or begin a draft from the inventory.")
            self._column.addWidget(text_label(look, words, ink="ink2", wrap=True))
        else:
            self._add_texts(shown)
            self._add_questions(shown)
            self.publish.setEnabled(shown.may_publish and not shown.faults)
        self._column.addStretch(1)
        self._say_faults()

    def _add_texts(self, shown: ShownNotice) -> None:
        for content in Content:
            name = content_name(content)
            self._column.addWidget(section(self._look, name))
            box = QPlainTextEdit()
            box.setObjectName(f"notice_{content.value}")
            box.setAccessibleName(name)
            box.setFont(self._look.font())
            box.setTabChangesFocus(True)
            box.setReadOnly(not shown.is_draft)
            box.setPlainText(self._texts.get(self._language, {}).get(content, ""))
            box.setFixedHeight(self._look.px(BOX))
            self.boxes[content] = box
            self._column.addWidget(box)

    def _add_questions(self, shown: ShownNotice) -> None:
        self._column.addWidget(section(self._look, self.tr("Questions of consent, one purpose each, none ticked")))
        for toggle in self._toggles:
            about = ", ".join(self._label("purpose", name) for name in toggle.purposes)
            self._column.addWidget(text_label(self._look, about, ink="ink2", size=SMALL))
            line = QLineEdit()
            line.setObjectName(f"question_{'_'.join(toggle.purposes)}")
            line.setAccessibleName(about)
            line.setFont(self._look.font())
            line.setMaxLength(LONGEST_LABEL)
            line.setReadOnly(not shown.is_draft)
            line.setText(toggle.labels.get(self._language, ""))
            self.questions.append(line)
            self._column.addWidget(line)

    def _say_faults(self) -> None:
        shown = self.shown
        if shown is None or not shown.is_draft:
            self.lacks.say("")
            return
        sentences = [fault_sentence(fault, self._label) for fault in shown.faults[:4]]
        if not shown.faults and not shown.may_publish:
            sentences = [self.tr("Nothing lacks. Somebody else publishes it; one of you two is a privacy officer.")]
            self.lacks.say(joined(" ", *sentences), "info")
            return
        if len(shown.faults) > len(sentences):
            more = self.tr("And {n} more.").format(n=len(shown.faults) - len(sentences))
            sentences.append(more)
        self.lacks.say(joined(" ", *sentences) if sentences else "", "warn")

    def set_working(self, works: bool) -> None:
        """While the office is asked."""
        for button in (self.drop, self.save):
            button.setEnabled(not works)
        shown = self.shown
        self.publish.setEnabled(not works and shown is not None and shown.may_publish and not shown.faults)
