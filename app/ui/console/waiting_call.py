"""The quiet bar: a call waits, and whoever types goes on typing. It shows a number's mask, and no name."""

from collections.abc import Sequence

from PySide6.QtCore import Signal

from app.session.callers import Caller
from app.session.calls import Call, CallState
from app.ui.shortcuts import cap_for
from app.ui.theme.look import Look
from app.ui.widgets.announce import announce
from app.ui.widgets.chips import key_cap
from app.ui.widgets.strips import Strip


class WaitingCall(Strip):
    """The bar.

    Signals:
        taken: show who calls.
        dismissed: nobody wants to know.
    """

    taken = Signal()
    dismissed = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__(look, "", "info", action=self.tr("Show who calls"), flat=True, sign="phone-incoming",
                         name="waiting_call")  # fmt: skip
        self.action.setObjectName("take_call")
        self.action.clicked.connect(self.taken)
        layout = self.layout()
        assert layout is not None
        layout.addWidget(key_cap(look, cap_for("waiting_call")))
        self.let_close(self.tr("Close")).clicked.connect(self.dismissed)
        self.hide()

    def show_waiting(self, callers: Sequence[Caller], calls: Sequence[Call], *, covered: bool) -> None:
        """Say who waits; nobody: the bar goes.

        Args:
            callers: in the order in which they called.
            calls: those that are on.
            covered: whether nobody is here; then not even a mask is shown.
        """
        if not callers:
            self.say("")
            return
        states = {call.key: call.state for call in calls}
        on_call = any(call.state is CallState.ACTIVE and call.key != callers[0].call for call in calls)
        if len(callers) > 1:
            words = self.tr("{n} calls are waiting, the first: {who}").format(n=len(callers), who=self._who(callers[0]))
        elif states.get(callers[0].call) is CallState.ACTIVE:
            words = self.tr("On the line: {who}").format(who=self._who(callers[0]))
        elif on_call:
            words = self.tr("A second call is waiting: {who}").format(who=self._who(callers[0]))
        else:
            words = self.tr("A call is waiting: {who}").format(who=self._who(callers[0]))
        action = self.tr("Take it, hold the other") if on_call else self.tr("Show who calls")
        self._show(self.tr("A call is waiting.") if covered else words, "" if covered else action)

    def show_draft(self, *, covered: bool) -> None:
        """A new contact is begun and put aside."""
        self._show(self.tr("A new contact is half written."), "" if covered else self.tr("Go on"))

    def _show(self, words: str, action: str) -> None:
        before = self.label.text() if not self.isHidden() else ""
        self.say(words)
        self.action.set_words(action)
        self.action.setVisible(bool(action))
        if words != before:
            announce(self, words)

    def _who(self, caller: Caller) -> str:
        return self.tr("number withheld") if caller.mask is None else str(caller.mask)
