"""What to know of whoever asks: three tiles and their last requests."""

from collections.abc import Callable

from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.session.shown import AgentPast, PastUnlock
from app.ui.approvals.decided_list import became, sign_of
from app.ui.saying import filled, joined
from app.ui.theme.fonts import FIGURES, SMALL, VALUES, Weight
from app.ui.theme.look import Look
from app.ui.widgets.flow_row import FlowRow
from app.ui.widgets.labels import ElidedLabel, icon_label, line, text_label
from app.ui.words import day_and_time, one_or_many

LARGE, NUMBER = 1.5, 3
"""Size of the text from which a request takes as many lines as it needs; and the column with the customer's number."""


class Tile(QFrame):
    """A count with what is usual under it."""

    def __init__(self, look: Look, icon: str, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setProperty("ground", "card")
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 8, 14, 8)
        row.setSpacing(12)
        row.addWidget(icon_label(look, icon, "ink2"))
        words = QVBoxLayout()
        words.setSpacing(0)
        self._title = text_label(look, "", weight=Weight.SEMIBOLD, features=FIGURES, wrap=True)
        self._under = text_label(look, "", ink="ink2", size=SMALL, features=FIGURES, wrap=True)
        words.addWidget(self._title)
        words.addWidget(self._under)
        row.addLayout(words, 1)

    def say(self, title: str, under: str) -> None:
        """Two lines."""
        self._title.setText(title)
        self._under.setText(under)
        self.setAccessibleName(filled("{}; {}", title, under))


class _Last(QWidget):
    """The last requests: with another size of the text, columns become lines."""

    def __init__(self, show_again: Callable[[], None]) -> None:
        super().__init__()
        self._show_again = show_again

    def redress(self) -> None:
        """Another size of the text."""
        self._show_again()


class Context(QWidget):
    """Tiles and the last requests of one agent."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        tiles = QHBoxLayout()
        tiles.setSpacing(12)
        self._today = Tile(look, "activity", "tile_today")
        self._customer = Tile(look, "user", "tile_customer")
        self._refusals = Tile(look, "circle-check", "tile_refusals")
        self.tiles = QWidget()
        self.tiles.setLayout(tiles)
        tiles.setContentsMargins(0, 0, 0, 0)
        for tile in (self._today, self._customer, self._refusals):
            tiles.addWidget(tile, 1)
        self.last = _Last(self._show_last_again)
        self._last = QVBoxLayout(self.last)
        self._last.setContentsMargins(0, 0, 0, 0)
        self._last.setSpacing(0)
        self._shown: tuple[AgentPast, str] | None = None

    def _show_last_again(self) -> None:
        if self._shown is not None and not self.last.isHidden():
            self._show_last(*self._shown)

    def show_past(self, past: AgentPast, agent_name: str) -> None:
        """Say what is known of an agent."""
        low, high = past.usual
        usual = (
            self.tr("usual: {a} to {b} a day").format(a=low, b=high) if high else self.tr("none in the 30 days before")
        )
        today = one_or_many(past.today, self.tr("{n} request today"), self.tr("{n} requests today"))
        self._today.say(today.format(n=past.today), usual)
        first = self.tr("First for this customer")
        again = self.tr("Asked before for this customer: {n}").format(n=past.same_customer)
        self._customer.say(again if past.same_customer else first, self.tr("in 30 days"))
        refused = self.tr("{n} refused this week").format(n=past.refused_week)
        last = self.tr("none in 30 days")
        if past.last_refused is not None:
            last = self.tr("last one {t}").format(t=day_and_time(past.last_refused))
        self._refusals.say(refused if past.refused_week else self.tr("No refusals this week"), last)
        self._show_last(past, agent_name)

    def _show_last(self, past: AgentPast, agent_name: str) -> None:
        self._shown = (past, agent_name)
        while (item := self._last.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self.last.setVisible(bool(past.last))
        if not past.last:
            return
        counts = self.tr("30 days: {a} asked, {b} granted, {c} refused, {d} expired")
        head = FlowRow(8)
        title = self.tr("Last requests of {name}").format(name=agent_name)
        head.add(text_label(self._look, title, size=SMALL, weight=Weight.SEMIBOLD))
        words = counts.format(a=past.asked, b=past.granted, c=past.refused, d=past.expired)
        head.add(text_label(self._look, words, ink="ink2", size=SMALL, features=FIGURES))
        self._last.addWidget(head)
        self._last.addSpacing(6)
        for one in past.last[:5]:
            self._last.addWidget(line())
            cells = (day_and_time(one.at), one.field_label, one.number, one.reason, became(one))
            row_of = self._columns(one, cells) if self._look.text < LARGE else self._flow(one, cells)
            row_of.setAccessibleName(joined(", ", *cells))
            self._last.addWidget(row_of)
        self._last.addWidget(line())

    def _columns(self, one: PastUnlock, cells: tuple[str, ...]) -> QWidget:
        row = QWidget()
        grid = QGridLayout(row)
        grid.setContentsMargins(2, 5, 2, 5)
        grid.setHorizontalSpacing(12)
        grid.addWidget(icon_label(self._look, *sign_of(one)), 0, 0)
        for at, (text, stretch) in enumerate(zip(cells, (2, 2, 2, 5, 3), strict=True), start=1):
            features = VALUES if at == NUMBER else FIGURES
            grid.addWidget(ElidedLabel(self._look, text, size=SMALL, features=features), 0, at)
            grid.setColumnStretch(at, stretch)
        return row

    def _flow(self, one: PastUnlock, cells: tuple[str, ...]) -> QWidget:
        """Columns of large words would show their beginnings alone."""
        row = FlowRow(12)
        row.setContentsMargins(2, 5, 2, 5)
        row.add(icon_label(self._look, *sign_of(one)))
        for at, text in enumerate(cells, start=1):
            row.add(text_label(self._look, text, size=SMALL, features=VALUES if at == NUMBER else FIGURES))
        return row
