"""Reporting a suspicion at the sign-in window or the lock screen: the same form, for somebody whom nobody knows.

It is sealed and stays at this workstation until the next sign-in, so the form says so before anything is typed, and
afterwards that it is kept, not that anybody has it.
"""

from typing import TYPE_CHECKING, Protocol
from uuid import uuid4

import shiboken6
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.errors import TiraiError
from app.domain.incidents.words import Suspicion
from app.ui.faults import fault_of
from app.ui.language import tr as _tr
from app.ui.saying import joined
from app.ui.shortcuts import keys_for, tip_for, words_for
from app.ui.tasks import Tasks
from app.ui.theme.look import Look
from app.ui.widgets.buttons import Button
from app.ui.widgets.strips import Message

if TYPE_CHECKING:
    from app.ui.console.report_popover import ReportPopover

REPORT = "report_suspicion"


class OutsideUseCases(Protocol):
    """Reporting while nobody is signed in (`app.session.outside.OutsideReports`); off the GUI thread."""

    def check(self) -> None:
        """Refuse before anybody types what could not be kept now."""

    def report(self, id_: str, suspicion: Suspicion, words: str) -> None:
        """Seal a report and keep it."""


class ReportOffer(QWidget):
    """The siren with its words, for a card at the door, and what became of a report under it.

    Args:
        look: colours.
    """

    def __init__(self, look: Look) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(4)
        self.button = Button(look, words_for(REPORT), "link", name=REPORT)
        self.button.set_glyph("siren", "ink2")
        self.button.setToolTip(tip_for(REPORT))
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        self.kept = Message(look, "ok", "report_kept")
        column.addWidget(self.kept)


def why_not_kept(error: Exception) -> str:
    """The sentence for a report that is not kept: what to do instead."""
    sentences = {
        "reports_no_office": _tr(
            "Nothing can be sealed here before somebody has signed in once. Tell your supervisor or privacy officer."
        ),
        "reports_full": _tr(
            "Very many reports wait here already. Tell your supervisor or privacy officer, and have somebody sign in."
        ),
        "reports_too_soon": _tr("Another report was kept a moment ago. Wait half a minute, then press again."),
        "reports_disk": _tr("This disk takes nothing now: it is not kept. Tell your supervisor or privacy officer."),
        "words": _tr("Write plain text, at most 2,000 characters."),
    }
    code = error.code if isinstance(error, TiraiError) else ""
    return sentences.get(code) or fault_of(error).sentence


class OutsideReporting(QObject):
    """One form at a time, at the button of a door.

    Args:
        look: colours.
        reports: the use cases.
        tasks: the door off the GUI thread.
        screen: the door; with it the form goes.
        offer: what opens the form.
        is_locked: whether a locked session waits there.
    """

    def __init__(
        self,
        look: Look,
        reports: OutsideUseCases,
        tasks: Tasks,
        screen: QWidget,
        offer: ReportOffer,
        *,
        is_locked: bool = False,
    ) -> None:
        super().__init__(screen)
        self._look, self._reports, self._tasks, self._offer = look, reports, tasks, offer
        self._is_locked = is_locked
        self.popover: ReportPopover | None = None
        offer.button.clicked.connect(self.open)
        QShortcut(keys_for(REPORT), screen).activated.connect(offer.button.click)
        screen.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 (Qt's name)
        """The door went: nothing typed stays."""
        if event.type() == QEvent.Type.Hide:
            self.close()
        return False

    def open(self) -> None:
        """The form at the button."""
        from app.ui.console.report_popover import ReportPopover

        self.close()
        self._offer.kept.say("")
        sentence = self.tr(
            "Press what it looks like. It is sealed here and reaches the privacy officer with the next sign-in at this "
            "workstation. If it is urgent, tell your supervisor, too."
        )
        who = (
            self.tr("It says whose session is locked here, not who you are.")
            if self._is_locked
            else self.tr("It does not say who you are.")
        )
        sentence = joined(" ", sentence, who)
        popover, key = ReportPopover(self._look, self._offer.button, sentence, has_drill=False), uuid4().hex
        popover.begins_at_anchor = True  # on a door the button stands at the left
        self.popover = popover

        def send(suspicion: Suspicion, words: str, _is_drill: bool) -> None:
            self._tasks.run(
                lambda: self._reports.report(key, suspicion, words),
                lambda _kept: self._on_kept(popover),
                lambda error: self._on_refused(popover, error),
                owner=self,
            )

        popover.sent.connect(send)
        popover.folded.connect(self._on_folded)
        popover.focus_first()
        self._tasks.run(self._reports.check, None, lambda error: self._on_shut(popover, error), owner=self)

    def close(self) -> None:
        """Close the form, if it stands."""
        if self.popover is not None and shiboken6.isValid(self.popover):
            self.popover.finish()
        self.popover = None

    def _on_folded(self) -> None:
        self.popover = None

    def _on_kept(self, popover: object) -> None:
        if self.popover is popover and self.popover is not None:
            self.popover.finish()
        self._offer.kept.say(self.tr("Kept, sealed. It goes to the privacy officer with the next sign-in here."))

    def _on_refused(self, popover: object, error: Exception) -> None:
        if self.popover is popover and self.popover is not None:
            self.popover.refuse(why_not_kept(error))

    def _on_shut(self, popover: object, error: Exception) -> None:
        if self.popover is popover and self.popover is not None:
            self.popover.shut(why_not_kept(error))
