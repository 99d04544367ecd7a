"""What is open now, each with the time that is left and a button that closes it."""

import time

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from app.session.shown import OpenUnlock
from app.ui.accounts.facts import empty
from app.ui.shortcuts import cap_for
from app.ui.theme.fonts import FIGURES, SMALL, Weight
from app.ui.theme.look import Look
from app.ui.widgets.buttons import Button
from app.ui.widgets.chips import Chip, key_cap
from app.ui.widgets.labels import ElidedLabel, text_label


class OpenList(QFrame):
    """Unlocks that are open; hidden where there is none.

    Signals:
        revoke_wanted: the id of what is to be closed.
    """

    revoke_wanted = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._open: list[OpenUnlock] = []
        self._times: dict[str, Chip] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 12, 14, 12)
        column.setSpacing(8)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(text_label(look, self.tr("Open now"), size=SMALL, weight=Weight.SEMIBOLD))
        self._count = text_label(look, "", ink="ink2", size=SMALL, features=FIGURES)
        head.addWidget(self._count, 1)
        key = key_cap(look, cap_for("revoke"))
        key.setToolTip(self.tr("Revokes what was opened last"))
        head.addWidget(key)
        column.addLayout(head)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(6)
        column.addLayout(self._rows)
        self.hide()

    def show_open(self, unlocks: list[OpenUnlock]) -> None:
        """Take another list; the same one leaves the focus where it is."""
        if unlocks != self._open:
            self._open, self._times = unlocks, {}
            empty(self._rows)
            for unlock in unlocks:
                self._rows.addLayout(self._make_row(unlock))
            self._count.setText(str(len(unlocks)))
        self.setVisible(bool(unlocks))
        self.show_times()

    def show_times(self) -> None:
        """A second has passed."""
        now = time.time()
        for unlock in self._open:
            left = max(0, round(unlock.until - now))
            self._times[unlock.id].setText(self.tr("{n} s").format(n=left))

    def newest(self) -> str:
        """The id of the one that was opened last, or empty."""
        return self._open[0].id if self._open else ""

    def _make_row(self, unlock: OpenUnlock) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(10)
        chip = Chip(self._look, "", tone="warn", icon="eye" if unlock.is_on_screen else "hourglass")
        self._times[unlock.id] = chip
        names = QVBoxLayout()
        names.setSpacing(0)
        first = QHBoxLayout()
        first.setSpacing(8)
        first.addWidget(ElidedLabel(self._look, unlock.agent_name, weight=Weight.SEMIBOLD), 1)
        first.addWidget(chip)
        names.addLayout(first)
        what = self.tr("{field} for {number}").format(field=unlock.field_label, number=unlock.number)
        names.addWidget(ElidedLabel(self._look, what, ink="ink2", size=SMALL))
        row.addLayout(names, 1)
        button = Button(self._look, self.tr("Revoke"), "danger", icon="ban", name=f"revoke_{unlock.id}")
        button.setAccessibleName(self.tr("Revoke: {name}, {what}").format(name=unlock.agent_name, what=what))
        button.clicked.connect(lambda: self._on_revoke(button, unlock.id))
        row.addWidget(button)
        return row

    def _on_revoke(self, button: Button, unlock: str) -> None:
        button.set_busy(self.tr("Closing…"))
        self.revoke_wanted.emit(unlock)
