"""The decision: usable for 60 or 120 s, Approve; Deny with a reason, or ask back; neither is the default."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.session.shown import UnlockLimits
from app.ui.shortcuts import cap_for
from app.ui.theme.fonts import SMALL
from app.ui.theme.look import Look
from app.ui.widgets.buttons import Button
from app.ui.widgets.chips import key_cap
from app.ui.widgets.flow_row import FlowRow, together
from app.ui.widgets.labels import text_label

SPANS_S = (60, 120)
DENY_MIN, DENY_MAX = 3, 200


def spans_of(usable_s: int) -> list[int]:
    """The choice of seconds within what policy allows."""
    return sorted({span for span in SPANS_S if span < usable_s} | {min(usable_s, SPANS_S[-1])})


class Decision(QWidget):
    """Approve or deny one request.

    Signals:
        approved: for how many seconds the agent may open it.
        denied: the reason, in words the agent will read.
        asked_back: a question to the agent, where one may be asked.
        asked: the line for a reason or a question is there.
    """

    approved = Signal(int)
    denied = Signal(str)
    asked_back = Signal(str)
    asked = Signal()

    def __init__(self, look: Look, limits: UnlockLimits, *, asks_back: bool = False) -> None:
        super().__init__()
        self._look, self._limits = look, limits
        self._is_question = False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self._make_span())
        column.addWidget(self._make_buttons())
        column.addWidget(self._make_deny())
        self._question.setVisible(asks_back)
        self._show_span()

    def _make_span(self) -> FlowRow:
        row = FlowRow(10)
        segments = QFrame()
        segments.setProperty("kind", "segments")
        inner = QHBoxLayout(segments)
        inner.setContentsMargins(2, 2, 2, 2)
        inner.setSpacing(0)
        self._spans = QButtonGroup(self)
        for span in spans_of(self._limits.usable_s):
            button = Button(self._look, self.tr("{n} s").format(n=span), "segment", name=f"usable_{span}")
            button.setCheckable(True)
            button.setChecked(span == spans_of(self._limits.usable_s)[-1])
            self._spans.addButton(button, span)
            inner.addWidget(button)
        self._spans.idToggled.connect(lambda _id, _on: self._show_span())
        row.add(together(text_label(self._look, self.tr("Usable for"), ink="ink2"), segments, gap=10))
        words = self.tr("once, for {n} s, at that desk only").format(n=self._limits.view_s)
        row.add(text_label(self._look, words, ink="ink2", size=SMALL))
        return row

    def _make_buttons(self) -> FlowRow:
        """Each with its key; on to the next line where the text is large."""
        row = FlowRow(16)
        self.approve = Button(self._look, "", "primary", icon="check", name="approve")
        self.approve.clicked.connect(lambda: self.approved.emit(self._spans.checkedId()))
        self._deny_opener = Button(self._look, self.tr("Deny…"), "danger", icon="x", name="deny")
        self._deny_opener.clicked.connect(self.ask_why)
        self._question_opener = Button(self._look, self.tr("Ask back…"), "secondary", icon="message-square")
        self._question_opener.setObjectName("ask_back")
        self._question_opener.clicked.connect(self.ask_question)
        self._question = self._with_key(self._question_opener, "ask_back")
        pairs = (self._with_key(self.approve, "main_action"), self._with_key(self._deny_opener, "deny"), self._question)
        for pair in pairs:
            row.add(pair)
        return row

    def _with_key(self, button: Button, does: str) -> QWidget:
        button.setProperty("door", True)
        return together(button, key_cap(self._look, cap_for(does)))

    def _make_deny(self) -> QWidget:
        self._deny = QWidget()
        row = QHBoxLayout(self._deny)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self.why = QLineEdit()
        self.why.setObjectName("deny_why")
        self.why.setMaxLength(DENY_MAX)
        self.why.setFont(self._look.font())
        self.why.setPlaceholderText(self.tr("Why not? The agent reads this."))
        self.why.setAccessibleName(self.tr("Reason for the refusal"))
        self.why.textChanged.connect(lambda _text: self._judge())
        self.why.returnPressed.connect(self._on_deny_confirmed)
        row.addWidget(self.why, 1)
        self.confirm = Button(self._look, self.tr("Deny"), "danger", name="confirm_deny")
        self.confirm.clicked.connect(self._on_deny_confirmed)
        row.addWidget(self.confirm)
        self._deny.hide()
        self._judge()
        return self._deny

    def ask_why(self) -> None:
        """Ask for the reason of a refusal."""
        self._unfold(is_question=False)

    def ask_question(self) -> None:
        """Ask what the agent is to be asked."""
        self._unfold(is_question=True)

    def _unfold(self, *, is_question: bool) -> None:
        self._is_question = is_question
        self.why.setPlaceholderText(
            self.tr("Your question. The agent asks anew with the answer.")
            if is_question
            else self.tr("Why not? The agent reads this.")
        )
        self.why.setAccessibleName(self.tr("Question") if is_question else self.tr("Reason for the refusal"))
        self.confirm.set_words(self.tr("Ask back") if is_question else self.tr("Deny"))
        self.confirm.set_kind("secondary" if is_question else "danger")
        self._deny.show()
        self.asked.emit()
        self.why.setFocus(Qt.FocusReason.OtherFocusReason)

    def fold_why(self) -> bool:
        """Deny and ask nothing after all; whether there was something to fold."""
        if self._deny.isHidden():
            return False
        self._deny.hide()
        self.why.setText("")
        opener = self._question_opener if self._is_question else self._deny_opener
        opener.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def set_asker_away(self, away: bool) -> None:
        """Nothing can be opened for a console that is locked; it can be denied and asked."""
        self.approve.setEnabled(not away)

    def set_busy(self, busy: bool) -> None:
        """While the office writes the decision down."""
        self.setEnabled(not busy)

    def _judge(self) -> None:
        self.confirm.setEnabled(len(self.why.text().strip()) >= DENY_MIN)

    def _on_deny_confirmed(self) -> None:
        if self.confirm.isEnabled():
            decided = self.asked_back if self._is_question else self.denied
            decided.emit(self.why.text().strip())

    def focus_first(self) -> None:
        """Put the focus where nothing is decided by Return."""
        checked = self._spans.checkedButton()
        if checked is not None:
            checked.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_span(self) -> None:
        for button in self._spans.buttons():  # one Tab stop, the checked one; the arrows go between
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus if button.isChecked() else Qt.FocusPolicy.ClickFocus)
        self.approve.set_words(self.tr("Approve for {n} s").format(n=self._spans.checkedId()))
