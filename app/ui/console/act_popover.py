"""The popover before a field is used and not shown: what will be done, a reason and a code where they are wanted.

Where several actions fit a field, another popover has one of them chosen first.
"""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from app.session.shown import Reason, ShownAct
from app.ui.console.reason_popover import WIDTH, ReasonPopover, add_head
from app.ui.console.reason_rows import ReasonRows
from app.ui.theme.look import Look
from app.ui.widgets.popover import Popover
from app.ui.words import in_a_sentence


class ChooseActPopover(Popover):
    """Which of several actions.

    Signals:
        chosen: the action.
    """

    chosen = Signal(object)

    def __init__(self, look: Look, anchor: QWidget, label: str, icon: str, acts: Sequence[ShownAct]) -> None:
        super().__init__(look, anchor, WIDTH, name="choose_act")
        self._acts = {act.code: act for act in acts}
        title = self.tr("Use {field}, without showing it").format(field=in_a_sentence(label))
        self.setAccessibleName(title)
        add_head(look, self.column, icon, title, self.tr("Choose what is to be done."))
        self.rows = ReasonRows(look, [Reason(act.code, act.label) for act in acts])
        self.rows.setAccessibleName(self.tr("Action"))
        self.rows.picked.connect(self._choose)
        for row in self.rows.rows:
            row.clicked.connect(self._choose)
        self.column.addWidget(self.rows)

    def focus_first(self) -> None:
        """Unfold with the first action in focus."""
        self.unfold(self.rows.rows[0])

    def _choose(self) -> None:
        chosen = self.rows.chosen()
        if chosen is not None and self.isVisible():
            self.finish()
            self.chosen.emit(self._acts[chosen.code])

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt's name)
        """Digits choose, Return takes what is chosen, Esc closes."""
        if self.rows.take_digit(event):
            return
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose()
            return
        super().keyPressEvent(event)


class ActPopover(ReasonPopover):
    """One action, before it is taken. No reason is chosen beforehand: what was sent does not come back."""

    def __init__(
        self,
        look: Look,
        anchor: QWidget,
        label: str,
        icon: str,
        act: ShownAct,
        reasons: Sequence[Reason],
        *,
        is_identified: bool,
    ) -> None:
        super().__init__(
            look,
            anchor,
            "act",
            icon,
            self.tr("{action}: {field}").format(action=act.label, field=in_a_sentence(label)),
            self.tr("A program gets this field. It is used, not shown, and written down with your name."),
            reasons,
            act.label,
            is_identified=is_identified,
            needs_caller=act.needs_caller,
            chooses_first=False,
        )
