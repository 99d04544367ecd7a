"""The reveal popover: one sentence, a reason by digit key, a code where policy wants one, the quota, Open (ui.md 5)."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from app.session.shown import Reason
from app.ui.console.reason_popover import ReasonPopover
from app.ui.theme.fonts import FIGURES, SMALL
from app.ui.theme.look import Look
from app.ui.widgets.labels import set_ink, text_label
from app.ui.words import in_a_sentence


class RevealPopover(ReasonPopover):
    """Asks for the reason of a reveal."""

    def __init__(
        self,
        look: Look,
        anchor: QWidget,
        label: str,
        reasons: Sequence[Reason],
        seconds: int = 30,
        *,
        is_identified: bool = True,
    ) -> None:
        title = self.tr("Reveal {field}").format(field=in_a_sentence(label))
        sentence = self.tr("Opens for {n} seconds and is written down with your name.").format(n=seconds)
        button = self.tr("Open {n} s").format(n=seconds)
        super().__init__(look, anchor, "reveal", "eye", title, sentence, reasons, button, is_identified=is_identified)
        self._quota = text_label(look, "", ink="ink2", size=SMALL, features=FIGURES, wrap=True)
        self._quota.setObjectName("reveals_used")
        self.foot.takeAt(0)  # the words take the stretch's place
        self.foot.insertWidget(0, self._quota, 1)

    def show_budget(self, words: str, *, is_near: bool) -> None:
        """Say how many reveals of this shift are used; in the warning colour, and aloud, once it is nearly all."""
        self._quota.setText(words)
        set_ink(self._quota, "warn" if is_near else "ink2")
        self.setAccessibleDescription(words if is_near else "")
