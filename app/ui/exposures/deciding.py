"""What one does about flags and rules: acknowledge, erase a comment, change thresholds; each in its popover."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from app.domain.errors import TiraiError
from app.session.shown_exposures import Flag, Threshold
from app.ui.exposures.acknowledge_popover import AcknowledgePopover
from app.ui.exposures.threshold_popover import ThresholdPopover
from app.ui.exposures.use_cases import ExposureUseCases
from app.ui.faults import fault_of
from app.ui.language import tr as _tr
from app.ui.tasks import Tasks
from app.ui.theme.look import Look
from app.ui.widgets.popover import Popover


class Deciding(QObject):
    """One popover at a time.

    Signals:
        done: something was changed: look again.
        folded: the popover is gone.
        failed: an exception of something that has no popover.
    """

    done = Signal()
    folded = Signal()
    failed = Signal(object)

    def __init__(self, look: Look, exposures: ExposureUseCases, tasks: Tasks, parent: QObject) -> None:
        super().__init__(parent)
        self._look, self._exposures, self._tasks = look, exposures, tasks
        self.popover: Popover | None = None

    @property
    def is_open(self) -> bool:
        """Whether a popover is there."""
        return self.popover is not None

    def close(self) -> None:
        """Close the popover; what was typed goes."""
        if self.popover is not None:
            self.popover.dismiss()

    def _keep(self, popover: Popover) -> None:
        self.popover = popover
        popover.folded.connect(self._on_folded)

    def _on_folded(self) -> None:
        self.popover = None
        self.folded.emit()

    def acknowledge(self, flag: Flag, anchor: QWidget) -> None:
        """Ask for the comment, then write it down."""
        popover = AcknowledgePopover(self._look, anchor, flag)
        self._keep(popover)

        def done(_none: None) -> None:
            if self.popover is popover:
                popover.finish()
            self.done.emit()

        def failed(error: Exception) -> None:
            if self.popover is popover:
                popover.refuse(why_refused(error))
            self.done.emit()

        def give(comment: str) -> None:
            self._tasks.run(lambda: self._exposures.acknowledge(flag, comment), done, failed, owner=self)

        popover.given.connect(give)
        popover.focus_first()

    def erase(self, flag: Flag) -> None:
        """Erase a comment."""
        self._tasks.run(
            lambda: self._exposures.erase_comment(flag), lambda _none: self.done.emit(), self.failed.emit, owner=self
        )

    def show_thresholds(self, anchor: QWidget) -> None:
        """The editor."""
        popover = ThresholdPopover(self._look, anchor, may_set=self._exposures.may_set_thresholds)
        self._keep(popover)
        popover.wanted.connect(lambda changed: self._set(popover, changed))
        popover.focus_first()
        self._read_thresholds(popover)

    def _read_thresholds(self, popover: ThresholdPopover, sentence: str = "") -> None:
        self._tasks.run(
            self._exposures.thresholds,
            self._if_open(popover, lambda thresholds: popover.show_thresholds(thresholds, sentence)),
            self._if_open(popover, lambda error: popover.refuse(why_refused(error))),
            owner=self,
        )

    def _if_open(self, popover: ThresholdPopover, act: Callable[..., object]) -> Callable[[object], None]:
        def receive(answer: object) -> None:
            if self.popover is popover:
                act(answer)

        return receive

    def _set(self, popover: ThresholdPopover, changed: list[tuple[Threshold, int]]) -> None:
        def work() -> None:
            for threshold, value in changed:
                self._exposures.set_threshold(threshold, value)

        def done(_none: None) -> None:
            if self.popover is popover:
                popover.finish()
            self.done.emit()

        def failed(error: Exception) -> None:
            if self.popover is popover and isinstance(error, TiraiError) and error.code == "changed":
                self._read_thresholds(popover, why_refused(error))  # some may have been changed before this one
            elif self.popover is popover:
                popover.refuse(why_refused(error))
            self.done.emit()

        self._tasks.run(work, done, failed, owner=self)


def why_refused(error: Exception) -> str:
    """A refusal in one sentence."""
    sentences = {
        "changed": _tr("Somebody else has changed this meanwhile. It is shown as it is now."),
        "not_watched": _tr("You do not see this person’s exposures."),
        "role": _tr("Your role may not do this."),
        "threshold": _tr("This value is outside what the rule allows."),
        "own_flag": _tr("This flag is about you. Somebody else acknowledges it."),
        "comment": _tr("Write one line, of 300 characters at most, without numbers of customers."),
    }
    code = error.code if isinstance(error, TiraiError) else ""
    return sentences.get(code) or fault_of(error).sentence
