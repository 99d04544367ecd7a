"""The card on this workstation: how its own system protects it, what was found, and what to do."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from app.session.posture import ShownPart
from app.ui.accounts.facts import empty
from app.ui.my_account.cards import Card
from app.ui.posture.use_cases import PostureUseCases
from app.ui.posture.words import advice, demand_words, names_of, part_name, state_sign, state_words
from app.ui.saying import filled
from app.ui.tasks import Tasks
from app.ui.theme.fonts import SMALL
from app.ui.theme.look import Look
from app.ui.widgets.labels import icon_label, text_label
from app.ui.words import clock_time

NAME_WIDTH = 150


class PostureCard(Card):
    """Five lines."""

    def __init__(self, look: Look, posture: PostureUseCases, tasks: Tasks) -> None:
        title, again = self.tr("Protection of this workstation"), self.tr("Look again")
        super().__init__(look, "own_posture", "shield-check", title, again)
        self._look, self._posture, self._tasks = look, posture, tasks
        self._rows = QVBoxLayout(self.body)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(8)
        self.button.clicked.connect(self.look_again)
        self.body.show()
        self.show_parts(posture.parts)

    def come(self) -> None:
        """Show what was found last, or look for the first time."""
        self.show_parts(self._posture.parts)
        if not self._posture.parts:
            self.look_again()

    def look_again(self) -> None:
        """Look now."""
        if not self.button.is_busy:
            self.button.set_busy(self.tr("Looking…"))
            self._tasks.run(self._posture.look, self._on_looked, self._on_failed, owner=self)

    def _on_looked(self, parts: tuple[ShownPart, ...]) -> None:
        self.button.set_busy()
        self.show_parts(parts)

    def _on_failed(self, _error: Exception) -> None:
        self.button.set_busy()
        self.state.setText(self.tr("Nobody could look just now."))

    def show_parts(self, parts: tuple[ShownPart, ...]) -> None:
        """Say how it stands, part by part."""
        empty(self._rows)
        self.state.setText(self._summary(parts))
        for one in parts:
            self._rows.addLayout(self._row(one))

    def _summary(self, parts: tuple[ShownPart, ...]) -> str:
        shut, bad = [one for one in parts if one.shuts], [one for one in parts if advice(one)]
        if not parts:
            return self.tr("Nobody has looked yet.")
        if shut:
            return self.tr("Values stay shut here until this is in order: {parts}.").format(parts=names_of(shut))
        if bad:
            return self.tr("To be looked after: {parts}.").format(parts=names_of(bad))
        return self.tr("Everything is as it should be.")

    def _row(self, one: ShownPart) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        sign = icon_label(self._look, *state_sign(one), 14)
        row.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
        name = text_label(self._look, part_name(one.part), size=SMALL, wrap=True)
        name.setFixedWidth(self._look.px(NAME_WIDTH))
        row.addWidget(name, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(1)
        demand = demand_words(one.demand)
        words = filled("{}, {}", state_words(one.state), demand) if demand else state_words(one.state)
        column.addWidget(text_label(self._look, words, size=SMALL, wrap=True))
        found = filled("{} ({})", one.raw, clock_time(one.at))
        column.addWidget(text_label(self._look, found, ink="ink2", size=SMALL, wrap=True))
        if todo := advice(one):
            column.addWidget(text_label(self._look, todo, ink="ink2", size=SMALL, wrap=True))
        row.addLayout(column, 1)
        return row
