"""Reporting a suspicion from anywhere: opens the form at whatever was pressed, sends it, says its number."""

from collections.abc import Callable

import shiboken6
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.domain.incidents.words import Suspicion
from app.ui.console.report_popover import ReportPopover
from app.ui.privacy.incidents.use_cases import ReportUseCases
from app.ui.privacy.incidents.words import why_refused
from app.ui.tasks import Tasks
from app.ui.theme.look import Look
from app.ui.words import number


class Reporting(QObject):
    """One form at a time.

    Args:
        look: colours.
        incidents: the use cases.
        tasks: the door off the GUI thread.
        parent: the console.
        tell: says what came of it.
    """

    def __init__(
        self, look: Look, incidents: ReportUseCases, tasks: Tasks, parent: QObject, tell: Callable[[str], object]
    ) -> None:
        super().__init__(parent)
        self._look, self._incidents, self._tasks, self._tell = look, incidents, tasks, tell
        self._popover: ReportPopover | None = None

    def open(self, anchor: QWidget) -> None:
        """The form at a widget."""
        self.close()
        popover, key = ReportPopover(self._look, anchor), self._incidents.new_id()
        self._popover = popover

        def send(suspicion: Suspicion, words: str, is_drill: bool) -> None:
            self._tasks.run(
                lambda: self._incidents.report(key, suspicion, words, is_drill=is_drill),
                lambda taken: self._on_taken(popover, taken),
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
        self._popover = None

    def _on_folded(self) -> None:
        self._popover = None

    def _on_taken(self, popover: ReportPopover, taken: int) -> None:
        self._tell(self.tr("Reported as no. {n}. The privacy officer sees it now.").format(n=number(taken)))
        if self._popover is popover and shiboken6.isValid(popover):
            popover.finish()

    def _on_refused(self, popover: ReportPopover, error: Exception) -> None:
        if self._popover is popover and shiboken6.isValid(popover):
            popover.refuse(why_refused(error))
        else:
            self._tell(why_refused(error))
