"""What stands where there is nothing to show: one sentence that says what to do, and one action (ui.md section 5)."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.ui.theme.look import Look
from app.ui.widgets.announce import announce
from app.ui.widgets.buttons import Button
from app.ui.widgets.chips import key_cap
from app.ui.widgets.labels import text_label

SIDE, BETWEEN = 24, 10
"""Px of the design beside the sentence, and between it and the action."""


class NothingHere(QWidget):
    """A sentence and an action, in the middle of the room there is; at the left edge of a narrow list.

    Args:
        look: colours.
        sentence: what to say; more can be said later.
        action: text of the one action, or empty.
        cap: the key that does the same, as on its cap, or empty.
        is_list: whether it stands at the top of a narrow list.
        name: object name; the button is called so, too, with `_do`.

    Signals:
        taken: the person takes the action.
    """

    taken = Signal()

    def __init__(
        self, look: Look, sentence: str = "", action: str = "", *, cap: str = "", is_list: bool = False, name: str = ""
    ) -> None:
        super().__init__()
        self.setObjectName(name)
        where = Qt.AlignmentFlag.AlignLeft if is_list else Qt.AlignmentFlag.AlignHCenter
        column = QVBoxLayout(self)
        side = look.px(12 if is_list else SIDE)
        column.setContentsMargins(side, 8, side, 8)
        column.setSpacing(BETWEEN)
        self.label: QLabel = text_label(look, sentence, ink="ink2", wrap=True)
        self.label.setAlignment(where)
        self.do = Button(look, action, "link" if is_list else "secondary", name=f"{name}_do")
        self.do.clicked.connect(self.taken)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        self._cap = key_cap(look, cap)
        if not is_list:
            column.addStretch(1)
            foot.addStretch(1)
        column.addWidget(self.label)
        foot.addWidget(self.do)
        foot.addWidget(self._cap)
        foot.addStretch(1)
        column.addLayout(foot)
        if not is_list:
            column.addStretch(1)
        self._has_cap = bool(cap)
        self._show_action(action)

    def text(self) -> str:
        """What it says now."""
        return self.label.text()

    def say(self, sentence: str, action: str = "") -> None:
        """Say why nothing is here, and what to do; a reader hears it. An empty sentence takes it away."""
        is_new = sentence != self.label.text() or self.isHidden()
        self.label.setText(sentence)
        self._show_action(action)
        self.setVisible(bool(sentence))
        if is_new:
            announce(self, sentence)

    def _show_action(self, action: str) -> None:
        self.do.set_words(action)
        self.do.setVisible(bool(action))
        self._cap.setVisible(bool(action) and self._has_cap)
