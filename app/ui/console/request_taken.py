"""A request was taken down: its number and its term stay until somebody has read them out to whoever asked."""

from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.session.privacy.shown_requests import TakenRequest
from app.ui.console.reason_popover import add_head
from app.ui.theme.look import Look
from app.ui.widgets.announce import announce
from app.ui.widgets.buttons import Button
from app.ui.widgets.popover import Popover
from app.ui.words import day_and_time, number

WIDTH = 420


class RequestTaken(Popover):
    """What to tell the person who asked.

    Args:
        look: colours.
        anchor: where the form stood.
        taken: the request.
    """

    def __init__(self, look: Look, anchor: QWidget, taken: TakenRequest) -> None:
        super().__init__(look, anchor, look.panel(WIDTH), name="request_taken")
        title = self.tr("Request no. {n}").format(n=number(taken.number))
        due = day_and_time(taken.due_at.timestamp())
        sentence = self.tr("Tell the person this number, and that the answer is due by {t}.").format(t=due)
        self.setAccessibleName(title)
        self._sentence = sentence
        add_head(look, self.column, "inbox", title, sentence)
        foot = QHBoxLayout()
        foot.addStretch(1)
        self.told = Button(look, self.tr("Told"), "primary", name="request_told")
        self.told.clicked.connect(self.dismiss)
        foot.addWidget(self.told)
        self.column.addLayout(foot)

    def focus_first(self) -> None:
        """Unfold; a reader says what to tell."""
        self.unfold(self.told)
        announce(self, self._sentence)
