"""What was decided in a day, a line each; and the same lines for one agent's last requests."""

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.session.shown import PastUnlock, RequestState, UnlockWaiting
from app.ui.accounts.facts import empty
from app.ui.language import tr as _tr
from app.ui.saying import filled
from app.ui.theme.fonts import FIGURES, SMALL, Weight
from app.ui.theme.look import Look
from app.ui.widgets.labels import ElidedLabel, icon_label, text_label
from app.ui.words import clock_time, day_and_time

MOST = 8
_SIGNS = {
    RequestState.APPROVED: ("circle-check", "ok"),
    RequestState.USED: ("circle-check", "ok"),
    RequestState.REFUSED: ("circle-x", "danger"),
    RequestState.REVOKED: ("ban", "danger"),
    RequestState.ASKED_BACK: ("message-square", "info"),
}


def sign_of(past: PastUnlock) -> tuple[str, str]:
    """Icon and colour role of what became of a request; the words beside it say the same."""
    return _SIGNS.get(past.state, ("circle-dashed", "ink2"))


def became(past: PastUnlock) -> str:
    """What became of a request, and by whom."""
    words = {
        RequestState.APPROVED: _tr("Granted by {name}"),
        RequestState.USED: _tr("Granted by {name}"),
        RequestState.REFUSED: _tr("Refused by {name}"),
        RequestState.REVOKED: _tr("Closed again after a grant by {name}"),
        RequestState.ASKED_BACK: _tr("{name} asked back"),
        RequestState.WITHDRAWN: _tr("Withdrawn"),
        RequestState.EXPIRED: _tr("Expired"),
        RequestState.WAITING: _tr("Waits"),
    }
    if past.by_oneself:
        words |= {
            RequestState.APPROVED: _tr("Granted by you"),
            RequestState.USED: _tr("Granted by you"),
            RequestState.REFUSED: _tr("Refused by you"),
            RequestState.REVOKED: _tr("Closed again after a grant by you"),
            RequestState.ASKED_BACK: _tr("You asked back"),
        }
    return words[past.state].format(name=past.decided_by)


def became_of(request: UnlockWaiting, decided: PastUnlock | None, now: float) -> str:
    """Why a request that stood on the screen waits no more, in one sentence."""
    if decided is None:
        return _tr("The request has expired") if now >= request.until else _tr("The agent took this request back.")
    if not decided.decided_by or decided.state is RequestState.EXPIRED:
        return _tr("This request is over; the agent has left.")
    if decided.by_oneself:
        return _tr("You decided this.")
    words = _tr("{name} decided this {n} s ago.")
    if decided.state is RequestState.ASKED_BACK:
        words = _tr("{name} asked back {n} s ago.")
    return words.format(name=decided.decided_by, n=max(0, round(now - decided.at)))


class DecidedList(QFrame):
    """The last decisions; hidden where there was none."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._past: list[PastUnlock] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 12, 14, 12)
        column.setSpacing(6)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(text_label(look, self.tr("Decided today"), size=SMALL, weight=Weight.SEMIBOLD))
        self._count = text_label(look, "", ink="ink2", size=SMALL, features=FIGURES)
        head.addWidget(self._count, 1)
        column.addLayout(head)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(4)
        column.addLayout(self._rows)
        self.hide()

    def show_decided(self, past: list[PastUnlock]) -> None:
        """Take another list."""
        if past != self._past:
            self._past = past
            empty(self._rows)
            for one in past[:MOST]:
                self._rows.addWidget(self._make_row(one))
            self._count.setText(str(len(past)))
        self.setVisible(bool(past))

    def _make_row(self, past: PastUnlock) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(icon_label(self._look, *sign_of(past)))
        text = filled("{}, {}", past.agent_name, past.field_label)
        row.addWidget(ElidedLabel(self._look, text, size=SMALL), 1)
        who = self.tr("you") if past.by_oneself else past.decided_by
        when = filled("{}, {}", clock_time(past.at), who)
        row.addWidget(text_label(self._look, when, ink="ink2", size=SMALL, features=FIGURES))
        line.setAccessibleName(filled("{}: {}, {}", text, became(past), day_and_time(past.at)))
        return line
