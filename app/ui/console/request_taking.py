"""Taking requests about personal data down: opens the form, sends it, says its number until it was read out."""

from collections.abc import Callable

import shiboken6
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.domain.subject_requests.words import Channel, RequestKind
from app.session.privacy.shown_requests import NewRequest, TakenRequest
from app.ui.console.request_popover import RequestPopover
from app.ui.console.request_taken import RequestTaken
from app.ui.privacy.requests.use_cases import RequestUseCases
from app.ui.privacy.requests.words import why_refused
from app.ui.tasks import Tasks
from app.ui.theme.look import Look
from app.ui.words import day_and_time, number


class RequestTaking(QObject):
    """One form at a time.

    Args:
        look: colours.
        requests: the use cases.
        tasks: the door off the GUI thread.
        parent: the console, or the page of requests.
        tell: says what came of it.
    """

    def __init__(
        self, look: Look, requests: RequestUseCases, tasks: Tasks, parent: QObject, tell: Callable[[str], object]
    ) -> None:
        super().__init__(parent)
        self._look, self._requests, self._tasks, self._tell = look, requests, tasks, tell
        self._popover: RequestPopover | None = None
        self.taken: RequestTaken | None = None

    @property
    def may_take(self) -> bool:
        """Whether this person takes requests down."""
        return self._requests.may_take

    def open(self, anchor: QWidget, record: str) -> None:
        """The form at a widget: for the customer of a record, or with none for somebody who is no customer."""
        self.close()
        popover = RequestPopover(self._look, anchor, self._requests.purposes(), of_outsider=not record)
        self._popover = popover
        key = self._requests.new_request()

        def send(kind: RequestKind, channel: Channel, purposes: tuple[str, ...], hours: int, words: str) -> None:
            wish = NewRequest(key, record, kind, channel, purposes, hours, words)
            self._tasks.run(
                lambda: self._requests.take(wish),
                lambda taken: self._on_taken(popover, anchor if record else None, taken),
                lambda error: self._on_refused(popover, error),
                owner=self,
            )

        popover.sent.connect(send)
        popover.folded.connect(self._on_folded)
        popover.focus_first()

    def close(self) -> None:
        """Close the form, if it stands; nothing typed stays."""
        if self._popover is not None and shiboken6.isValid(self._popover):
            self._popover.dismiss()
        if self.taken is not None and shiboken6.isValid(self.taken):
            self.taken.dismiss()
        self._popover = self.taken = None

    def _on_folded(self) -> None:
        self._popover = None

    def _on_taken(self, popover: RequestPopover, anchor: QWidget | None, taken: TakenRequest) -> None:
        """Say it; at the card, where the person is on the line, it stays until they were told."""
        words = self.tr("Taken as request no. {n}, due {t}.")
        self._tell(words.format(n=number(taken.number), t=day_and_time(taken.due_at.timestamp())))
        if self._popover is popover and shiboken6.isValid(popover):
            popover.finish()
            if anchor is not None and anchor.isVisible():
                self.taken = RequestTaken(self._look, anchor, taken)
                self.taken.folded.connect(self._on_told)
                self.taken.focus_first()

    def _on_told(self) -> None:
        self.taken = None

    def _on_refused(self, popover: RequestPopover, error: Exception) -> None:
        if self._popover is popover and shiboken6.isValid(popover):
            popover.refuse(why_refused(error))
        else:
            self._tell(why_refused(error))
