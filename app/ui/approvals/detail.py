"""One request in full: who asks, which field behind its curtain, why, what to know; and the decision."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from app.session.shown import AgentPast, UnlockLimits, UnlockWaiting
from app.ui.approval.decision import Decision
from app.ui.approval.request_card import RequestCard
from app.ui.approvals.context import Context
from app.ui.theme.fonts import FIGURES, SMALL
from app.ui.theme.look import Look
from app.ui.widgets.code_row import CodeRow
from app.ui.widgets.labels import text_label
from app.ui.widgets.strips import Message, Strip
from app.ui.words import minutes_seconds

INSET, CODE_WIDTH = 28, 300
ROUND_WORDS = (10, 6, 10, 6)
"""Px round the words that stand alone: a ring goes round them."""


class Detail(QScrollArea):
    """The right side of the approvals.

    Attributes:
        request: what is shown, or None.
        is_over: whether it was decided elsewhere, or is over.

    Signals:
        approved: for how many seconds the agent may open it, and the code, empty where the last one counts.
        denied: the reason.
        asked_back: the question.
    """

    approved = Signal(int, str)
    denied = Signal(str)
    asked_back = Signal(str)

    def __init__(self, look: Look, limits: UnlockLimits, code_left_s: Callable[[], float]) -> None:
        """Show nothing yet; `code_left_s` says how long the last code still counts."""
        super().__init__()
        self._code_left_s = code_left_s
        self._look = look
        self._over: Callable[[], str] = str
        self.request: UnlockWaiting | None = None
        self.is_over = False
        self._card: RequestCard | None = None
        self._usable_s = 0
        self.setObjectName("approval_detail")
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        sheet = QWidget()
        sheet.setProperty("ground", "none")
        column = QVBoxLayout(sheet)
        column.setContentsMargins(INSET, 18, INSET, 16)
        column.setSpacing(14)
        self.nothing = _nothing(look)
        column.addWidget(self.nothing)
        self.over = Strip(look, "", "info", sign="circle-check", name="request_over")
        self.over.hide()
        column.addWidget(self.over)
        self._place = QVBoxLayout()
        column.addLayout(self._place)
        self.context = Context(look)
        column.addWidget(self.context.tiles)
        words = self.tr("The agent’s console is locked. The request waits; you can approve once they are back.")
        self.away = Strip(look, words, "warn", sign="lock", name="asker_locked")
        self.away.hide()
        column.addWidget(self.away)
        self.decision = Decision(look, limits, asks_back=True)
        column.addWidget(self.decision)
        self.step_up = text_label(look, "", ink="ink2", size=SMALL, features=FIGURES)
        self.step_up.setObjectName("step_up_left")
        column.addWidget(self.step_up)
        self.code = CodeRow(look, name="approve_code")
        self.code.setFixedWidth(look.px(CODE_WIDTH))
        column.addWidget(self.code)
        self.error = Message(look, "danger", "approvals_error")
        column.addWidget(self.error)
        words = self.tr(
            "The value goes to the agent’s screen, never to yours. You sign the grant, and it stands in the log first."
        )
        self._note = Strip(look, words, "info")
        column.addWidget(self._note)
        column.addWidget(self.context.last)
        column.addStretch(1)
        self.setWidget(sheet)
        self._join()
        self.show_request(None)

    def _join(self) -> None:
        self.decision.approved.connect(self._on_approved)
        self.decision.asked.connect(self._forget_code)
        self.decision.denied.connect(self.denied)
        self.decision.asked_back.connect(self.asked_back)
        self.code.boxes.completed.connect(self._on_code)

    def show_request(self, request: UnlockWaiting | None) -> None:
        """Show a request, or that none is chosen."""
        if self._card is not None:
            self._card.hide()
            self._card.deleteLater()
            self._card = None
        self.request, self.is_over = request, False
        if request is not None:
            self._card = RequestCard(self._look, request)
            self._place.addWidget(self._card)
        self._forget_code()
        self.error.say("")
        self.over.say("")
        self.decision.set_busy(False)
        self.decision.fold_why()
        self.context.tiles.hide()
        self.context.last.hide()
        self.nothing.setText("" if request else self.tr("No request waits. New ones appear here by themselves."))
        self.nothing.setVisible(request is None)
        for widget in (self.decision, self._note):
            widget.setVisible(request is not None)
        self.follow(request)

    def follow(self, request: UnlockWaiting | None) -> None:
        """The same request as it stands now: the console that asked may be locked, or be there again."""
        locked = request is not None and request.is_asker_locked
        self.away.setVisible(locked)
        self.decision.set_asker_away(locked)
        if locked:
            self._forget_code()

    def show_past(self, past: AgentPast) -> None:
        """Say what is known of the agent."""
        if self.request is not None:
            self.context.show_past(past, self.request.agent_name)
            self.context.tiles.show()

    def show_over(self, say: Callable[[], str]) -> None:
        """It was decided elsewhere, withdrawn, or is over: what stood here is grey, and says so."""
        self.is_over, self._over = True, say
        self.away.hide()
        self.decision.setVisible(False)
        self._forget_code()
        if self._card is not None:
            self._card.show_over()
        self.error.say("")
        self._note.hide()
        self.over.say(say())

    def show_time(self) -> None:
        """A second has passed."""
        self._show_step_up()
        if self._card is not None and not self.is_over:
            self._card.show_time()
        if self.is_over:
            self.over.say(self._over())

    def _show_step_up(self) -> None:
        """Whether approving asks for a code, before anybody presses it."""
        left = int(self._code_left_s())
        holds = self.tr("Step-up good for {t}").format(t=minutes_seconds(left))
        self.step_up.setText(holds if left > 0 else self.tr("Asks for your code"))
        self.step_up.setVisible(self.request is not None and not self.is_over and self.code.isHidden())

    def ask_code(self) -> None:
        """The last code is too old: ask for a fresh one, then go on."""
        self.decision.set_busy(False)
        self.code.show()
        self._show_step_up()
        self.code.focus_boxes()
        self.ensureWidgetVisible(self.code)

    def refuse_code(self, sentence: str) -> None:
        """What the office said to the code."""
        self.decision.set_busy(False)
        self.code.refuse(sentence)

    def refuse(self, sentence: str) -> None:
        """Why nothing was decided."""
        self.decision.set_busy(False)
        self._forget_code()
        self.error.say(sentence)

    def set_working(self) -> None:
        """The office writes the decision down."""
        self.error.say("")
        self.decision.set_busy(True)

    def _forget_code(self) -> None:
        self.code.boxes.setEnabled(True)
        self.code.boxes.clear()
        self.code.error.say("")
        self.code.hide()
        self._show_step_up()

    def _on_approved(self, usable_s: int) -> None:
        self._usable_s = usable_s
        self.approved.emit(usable_s, "")

    def _on_code(self, _digits: str) -> None:
        if self.code.isVisible() and self.request is not None:
            self.approved.emit(self._usable_s, self.code.take())


def _nothing(look: Look) -> QLabel:
    """What stands alone while no request waits."""
    words = text_label(look, "", ink="ink3", wrap=True)
    words.setContentsMargins(*ROUND_WORDS)
    return words
