"""The unlock request: reason, why, Send; or a supervisor at the desk signs in at once (ui.md section 5)."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QWidget

from app.domain.data_class import DataClass
from app.session.shown import Reason
from app.ui.console.check_enough import CheckEnough
from app.ui.console.check_first import CheckFirst
from app.ui.console.search_bar import Picker
from app.ui.managed import is_shut, show_settled
from app.ui.saying import filled
from app.ui.theme.fonts import BODY, FIGURES, SMALL, Weight
from app.ui.theme.look import Look
from app.ui.widgets.announce import announce
from app.ui.widgets.buttons import Button
from app.ui.widgets.chips import Chip, key_cap
from app.ui.widgets.labels import ElidedLabel, icon_label, set_ink, text_label
from app.ui.widgets.popover import Popover
from app.ui.widgets.strips import Strip
from app.ui.words import class_name, in_a_sentence

WIDTH, TEXT_MIN, TEXT_MAX = 440, 10, 300


class AskPopover(Popover):
    """Asks for a reason and for words.

    Signals:
        confirmed: the reason's code, the words, and whether a supervisor signs in here at once.
        check_wanted: the caller is to be identified first.
        verify_wanted: the field is to be checked instead of shown.
    """

    confirmed = Signal(str, str, bool)
    check_wanted = Signal()
    verify_wanted = Signal()

    def __init__(
        self,
        look: Look,
        anchor: QWidget,
        label: str,
        data_class: DataClass,
        reasons: Sequence[Reason],
        *,
        is_identified: bool = True,
        why: str = "",
        can_check: bool = False,
    ) -> None:
        """Ask for one field; `why` says what keeps the person from opening it by themselves now."""
        super().__init__(look, anchor, WIDTH, name="ask_popover")
        self._look, self._reasons, self._is_identified = look, tuple(reasons), is_identified
        self._can_check = can_check
        title = self.tr("Ask for {field}").format(field=in_a_sentence(label))
        self.setAccessibleName(title)
        self.column.setContentsMargins(18, 16, 18, 16)
        self._add_head(title, class_name(data_class), why)
        self._add_reason()
        self._add_words()
        self._add_enough()
        self._add_here()
        self._add_foot()
        self._judge()

    def _add_head(self, title: str, class_words: str, why: str) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(icon_label(self._look, "hand", "accent"))
        head.addWidget(text_label(self._look, title, size=BODY, weight=Weight.SEMIBOLD))
        head.addWidget(Chip(self._look, class_words))
        head.addStretch(1)
        head.addWidget(key_cap(self._look, "Esc"))
        self.column.addLayout(head)
        self.column.addSpacing(4)
        if why:
            reason = text_label(self._look, why, ink="warn", size=SMALL, features=FIGURES, wrap=True)
            reason.setObjectName("ask_why")
            self.column.addWidget(reason)
            self.setAccessibleDescription(why)
        sentence = self.tr("A supervisor opens this one field, for you, once.")
        self.column.addWidget(text_label(self._look, sentence, ink="ink2", size=SMALL, wrap=True))
        self.column.addSpacing(12)

    def _add_reason(self) -> None:
        self.column.addWidget(text_label(self._look, self.tr("Reason"), ink="ink2", size=SMALL, weight=Weight.MEDIUM))
        self.column.addSpacing(4)
        self.reason = Picker(self._look)
        self.reason.setObjectName("ask_reason")
        self.reason.setAccessibleName(self.tr("Reason"))
        self.reason.setFixedHeight(self._look.px(32))
        for reason in self._reasons:
            self.reason.addItem(reason.label, reason.code)
        self.reason.currentIndexChanged.connect(lambda _index: self._judge())
        self.column.addWidget(self.reason)
        self.column.addSpacing(10)
        self.check_first = CheckFirst(self._look)
        self.check_first.wanted.connect(self._on_check_wanted)
        self.column.addWidget(self.check_first)

    def _add_words(self) -> None:
        question = self.tr("Why do you need to see it?")
        self.column.addWidget(text_label(self._look, question, ink="ink2", size=SMALL, weight=Weight.MEDIUM))
        self.column.addSpacing(4)
        self.words = QPlainTextEdit()
        self.words.setObjectName("ask_words")
        self.words.setFont(self._look.font())
        self.words.setFixedHeight(self._look.px(64))
        self.words.setTabChangesFocus(True)
        self.words.setAccessibleName(question)
        self.words.textChanged.connect(self._on_words_changed)
        self.column.addWidget(self.words)
        self.column.addSpacing(5)
        under = QHBoxLayout()
        hint = self.tr("10 characters or more; write no customer data here")
        under.addWidget(text_label(self._look, hint, ink="ink3", size=SMALL, wrap=True), 1)
        self._count = text_label(self._look, "", ink="ink3", size=SMALL, features=FIGURES)
        under.addWidget(self._count)
        self.column.addLayout(under)
        self.column.addSpacing(11)

    def _add_enough(self) -> None:
        self.enough = CheckEnough(self._look)
        self.enough.setContentsMargins(0, 0, 0, 0)
        self.enough.wanted.connect(self._on_verify_wanted)
        self.column.addWidget(self.enough)
        self._under_enough = QWidget()
        self._under_enough.setFixedHeight(8)
        self._under_enough.hide()
        self.column.addWidget(self._under_enough)

    def _add_here(self) -> None:
        text = self.tr("Is a supervisor beside you?")
        self.here = Strip(self._look, text, "info", action=self.tr("Sign in as supervisor here"))
        self.here.action.setObjectName("ask_here")
        self.here.action.clicked.connect(lambda: self._confirm(here=True))
        if is_shut("desk_approval_allowed"):
            show_settled(self.here.action)
        self.column.addWidget(self.here)
        self.column.addSpacing(14)

    def _add_foot(self) -> None:
        line, foot = QHBoxLayout(), QHBoxLayout()
        for row in (line, foot):
            row.setSpacing(8)
        self.nobody = icon_label(self._look, "users", "warn")
        self.nobody.setObjectName("nobody_decides")
        self.nobody.hide()
        line.addWidget(self.nobody)
        self.online = ElidedLabel(self._look, "", ink="ink2", size=SMALL, features=FIGURES)
        self.online.setObjectName("deciders_online")
        line.addWidget(self.online, 1)
        self.column.addLayout(line)
        self.column.addSpacing(6)
        foot.addStretch(1)
        cancel = Button(self._look, self.tr("Cancel"), "quiet", name="cancel_ask")
        cancel.clicked.connect(self.dismiss)
        foot.addWidget(cancel)
        self.send = Button(self._look, self.tr("Send request"), "primary", name="send_request")
        self.send.clicked.connect(lambda: self._confirm(here=False))
        foot.addWidget(self.send)
        self.column.addLayout(foot)

    def show_deciders(self, count: int) -> None:
        """Say how many who may decide are signed in now; that nobody is, before anything is sent."""
        words = ""
        if count == 0:
            words = self.tr("Nobody who may decide is signed in now. You may send; whoever comes in time sees it.")
        online = self.tr("Online to decide: {n}").format(n=count) if count else self.tr("Nobody signed in to decide")
        if online == self.online.text():
            return
        self.nobody.setVisible(bool(words))
        self.online.set_ink("warn" if words else "ink2")
        self.online.setText(online)
        self.online.setAccessibleDescription(words)
        self.online.setToolTip(words)
        announce(self, words or online)

    def choose(self, code: str) -> None:
        """Begin with this reason, if it is offered."""
        at = self.reason.findData(code)
        if at >= 0:
            self.reason.setCurrentIndex(at)

    def focus_first(self) -> None:
        """Unfold with the reason in focus."""
        self.unfold(self.reason)

    def _on_words_changed(self) -> None:
        text = self.words.toPlainText()
        if len(text) > TEXT_MAX:
            cursor = self.words.textCursor()
            self.words.setPlainText(text[:TEXT_MAX])
            cursor.movePosition(cursor.MoveOperation.End)
            self.words.setTextCursor(cursor)
            return
        self._judge()

    def _judge(self) -> None:
        length = len(self.words.toPlainText().strip())
        self._count.setText(filled("{} / {}", length, TEXT_MAX))
        set_ink(self._count, "warn" if length >= TEXT_MAX - 20 else "ink3")
        unchecked = not self._is_identified and self._reasons[self.reason.currentIndex()].needs_caller
        enough = self._can_check and not unchecked
        if self.check_first.isHidden() == unchecked or self.enough.isHidden() == enough:
            self.check_first.setVisible(unchecked)
            self.enough.setVisible(enough)
            self._under_enough.setVisible(enough)
            self.fit()
        can_send = length >= TEXT_MIN and self.reason.currentData() is not None and not unchecked
        self.send.setEnabled(can_send)
        if not is_shut("desk_approval_allowed"):
            self.here.action.setEnabled(can_send)

    def _confirm(self, *, here: bool) -> None:
        code = self.reason.currentData()
        if not isinstance(code, str) or not self.send.isEnabled():
            return
        typed = self.words.toPlainText().strip()
        self.finish()
        self.confirmed.emit(code, typed, here)

    def _on_check_wanted(self) -> None:
        self.dismiss()
        self.check_wanted.emit()

    def _on_verify_wanted(self) -> None:
        self.dismiss()
        self.verify_wanted.emit()

    def take_main_action(self) -> None:
        """Ctrl+Return sends."""
        if self.send.isEnabled():
            self.send.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self._confirm(here=False)
