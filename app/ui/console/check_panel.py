"""The identity check above the card: what the caller says is typed and compared in the office; nothing is shown.

Match or no match, how many tries are left, and when the caller counts as verified. It belongs to one call.
"""

from collections.abc import Iterator

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout, QWidget

from app.session.shown import ShownCheck, ShownCheckField, ShownField
from app.ui.console.check_cell import CheckCell
from app.ui.theme.fonts import FIGURES, SMALL, Weight
from app.ui.theme.look import Look
from app.ui.widgets.announce import announce
from app.ui.widgets.buttons import Button
from app.ui.widgets.head_line import HeadLine
from app.ui.widgets.labels import ElidedLabel, icon_label, text_label

STEP, STEP_GAP, STEP_HEIGHT = 26, 4, 6
NARROWEST = 176
"""Width of a field and its gap, in px of the design, below which its words would be cut."""
ROOM_FOR_STEPS, ROOM_FOR_HINT, GAP_IN_HEAD, EDGES = 440, 640, 10, 36
"""Widths of the panel in px of the design below which bars that the words say already, and advice, are left out."""


class Steps(QWidget):
    """A small bar for each check that is needed, filled where it is done; the words beside it say the same."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look, self._done, self._need = look, 0, 0

    def show_steps(self, done: int, need: int) -> None:
        """So many of so many."""
        self._done, self._need = done, need
        self.setFixedSize(self.sizeHint())
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 (Qt's name)
        """All bars beside each other."""
        return QSize(max(1, self._look.px(self._need * (STEP + STEP_GAP))), self._look.px(STEP_HEIGHT + 2))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 (Qt's name)
        """Draw the bars."""
        painter = QPainter(self)
        self._look.draws(painter, self.rect())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for at in range(self._need):
            painter.setPen(self._look.colour("ok" if at < self._done else "line_strong"))
            painter.setBrush(self._look.colour("ok") if at < self._done else Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(at * (STEP + STEP_GAP) + 0.5, 0.5, STEP, STEP_HEIGHT), 3, 3)
        painter.end()


class CheckPanel(QFrame):
    """The panel.

    Signals:
        answered: a field's name and what was typed.
        ticked: a field's name.
        over: the caller hung up, or it was somebody else: the check begins anew.
    """

    answered = Signal(str, str)
    ticked = Signal(str)
    over = Signal()

    def __init__(self, look: Look, check: ShownCheck, with_parts: frozenset[str]) -> None:
        """Show a check.

        Args:
            look: colours.
            check: how it stands.
            with_parts: names of the fields whose mask shows something that can be compared by eye.
        """
        super().__init__()
        self._look = look
        self.setObjectName("identity_check")
        self.setProperty("ground", "card")
        self.setAccessibleName(self.tr("Identity check"))
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 8, 14, 4)
        column.setSpacing(6)
        column.addWidget(self._make_head())
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(2)
        self._columns = 0
        self._is_away = self._is_new = False
        self.cells = {f.name: CheckCell(look, f, shows_part=f.name in with_parts) for f in check.fields}
        self._tries = check.tries
        for cell in self.cells.values():
            self._join(cell)
        self._arrange(len(self.cells))
        column.addLayout(self._grid)
        self.show_check(check)

    def _join(self, cell: CheckCell) -> None:
        cell.answered.connect(self.answered)
        cell.ticked.connect(self.ticked)

    def add(self, field: ShownField) -> None:
        """A field that policy does not ask for: it can be compared, and does not count as a check of the caller.

        It stays until the call is over. One that is there already stays as it is.
        """
        if field.name in self.cells:
            return
        last = list(self.stops())[-1]
        shown = ShownCheckField(field.name, field.label, False, False, False, self._tries)
        cell = CheckCell(self._look, shown, shows_part=False)
        self._join(cell)
        cell.show_away(self._is_away)
        self.cells[field.name] = cell
        self._arrange_all()
        cell.show()
        QWidget.setTabOrder(last, cell.edit)
        QWidget.setTabOrder(cell.edit, cell.tick)

    def _leave_out(self, kept: frozenset[str]) -> None:
        """The call is over: only what policy asks for is left."""
        gone = [name for name in self.cells if name not in kept]
        for name in gone:
            cell = self.cells.pop(name)
            self._grid.removeWidget(cell)
            cell.hide()
            cell.deleteLater()
        if gone:
            self._arrange_all()

    def _arrange_all(self) -> None:
        """Each field beside the one before it, where there is room for that."""
        for at in range(self._columns):
            self._grid.setColumnStretch(at, 0)
        self._columns = 0
        self._arrange(self._wanted_columns())

    def _wanted_columns(self) -> int:
        """All beside each other where they fit; else half of them; one below the other where two are too narrow."""
        count, fits = len(self.cells), self.width() // self._look.px(NARROWEST)
        return count if fits >= count else max(1, min(fits, -(-count // 2)))

    def _arrange(self, columns: int) -> None:
        """Put the fields beside each other, or in two lines where each would be too narrow for its words."""
        if columns == self._columns:
            return
        for at in range(self._columns):
            self._grid.setColumnStretch(at, 0)
        self._columns = columns
        for at, cell in enumerate(self.cells.values()):
            self._grid.addWidget(cell, at // columns, at % columns)
        for at in range(columns):
            self._grid.setColumnStretch(at, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 (Qt's name)
        """Another width: perhaps another arrangement."""
        super().resizeEvent(event)
        self._arrange(self._wanted_columns())
        self._show_hint()

    def retranslate(self) -> None:
        """Longer words, or shorter."""
        self._show_hint()

    def minimumSizeHint(self) -> QSize:  # noqa: N802 (Qt's name)
        """As narrow as its card is: the fields go into two lines then."""
        return QSize(0, super().minimumSizeHint().height())

    def _make_head(self) -> HeadLine:
        head = HeadLine()
        self._sign = icon_label(self._look, "user-check", "ink2")
        head.first.addWidget(self._sign)
        self._title = text_label(self._look, self.tr("Identity check"), size=SMALL, weight=Weight.SEMIBOLD)
        head.first.addWidget(self._title)
        row = head.second
        self.progress = text_label(self._look, "", ink="ink2", size=SMALL, features=FIGURES)
        self.progress.setObjectName("check_progress")
        row.addWidget(self.progress)
        self._steps = Steps(self._look)
        row.addWidget(self._steps, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addSpacing(8)
        self._hint = ElidedLabel(self._look, "", ink="ink2", size=SMALL)
        self._hint.setObjectName("check_hint")
        row.addWidget(self._hint, 1)
        row.addStretch()
        self._again = Button(self._look, self.tr("Other caller"), "link", name="check_again")
        self._again.setToolTip(self.tr("The next caller has not been checked: begin anew"))
        self._again.clicked.connect(self.over)
        row.addWidget(self._again)
        return head

    def stops(self) -> Iterator[QWidget]:
        """What Tab goes through, in its order."""
        yield self._again
        for cell in self.cells.values():
            yield cell.edit
            yield cell.tick

    def show_check(self, check: ShownCheck, *, asked: str = "") -> None:
        """How it stands now.

        Args:
            check: as the session says.
            asked: the field of the last answer, or empty.
        """
        was = self.progress.text()
        if not asked:
            self._leave_out(frozenset(field.name for field in check.fields))
            for cell in self.cells.values():
                cell.forget()
        words = self.tr("Caller verified") if check.is_identified else self.tr("{a} of {b} needed checks done")
        self.progress.setText(words.format(a=check.done, b=check.need))
        self.progress.setProperty("done", check.done)
        self._steps.show_steps(check.done, check.need)
        self._sign.show_icon("user-check", "ok" if check.is_identified else "ink2")
        ticks = sum(f.by_eye and not f.typed for f in check.fields)
        for field in check.fields:
            if field.name in self.cells:
                missed = field.name == asked and not check.matched
                self.cells[field.name].show_field(field, missed=missed, may_tick=ticks < check.ticks_max)
        self._is_new = not any(f.matched or f.tries_left < check.tries for f in check.fields)
        self._again.setVisible(not self._is_new)
        self._show_hint()
        if asked:
            if check.matched:
                self._go_on(asked)
            if was != self.progress.text():
                matched = self.tr("Match. {progress}").format(progress=self.progress.text())
                announce(self, matched if check.matched else self.progress.text())

    def show_away(self, away: bool) -> None:
        """The back office is away, or back; the focus never goes on to something that a key would press."""
        if away == self._is_away:
            return
        self._is_away = away
        focus = self.window().focusWidget()
        if away and focus is not None and self.isAncestorOf(focus):
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        for cell in self.cells.values():
            cell.show_away(away)
        self._show_hint()

    def _show_hint(self) -> None:
        hint, offline = self.tr("Type what the caller says. Nothing is shown."), self.tr("No checks while offline")
        self._hint.setText(offline if self._is_away else hint)
        self._hint.set_ink("warn" if self._is_away else "ink2")
        is_wide = self.width() >= self._look.px(ROOM_FOR_HINT) and self._has_room_for_hint()
        self._steps.setVisible(self.width() >= self._look.px(ROOM_FOR_STEPS))
        self._hint.setVisible(self._is_away or (self._is_new and is_wide))

    def _has_room_for_hint(self) -> bool:
        """Words longer than the line say nothing that the fields do not say again."""
        taken = sum(
            self._look.px(GAP_IN_HEAD) + part.sizeHint().width()
            for part in (self._sign, self._title, self.progress, self._steps, self._hint)
        )
        return taken <= self.width() - self._look.px(EDGES)

    def _go_on(self, after: str) -> None:
        """The next open field takes the focus, where the one that matched had it."""
        names = list(self.cells)
        following = names[names.index(after) + 1 :] if after in names else []
        for name in following:
            edit = self.cells[name].edit
            if edit.isVisible() and edit.isEnabled():
                edit.setFocus(Qt.FocusReason.OtherFocusReason)
                return

    def has_open(self, field: str) -> bool:
        """Whether a field can still be checked; one that is not among them can be added."""
        return field not in self.cells or self.cells[field].is_open

    def focus_check(self, field: str = "") -> None:
        """Put the focus on a field, or on the first that is open."""
        wanted = [self.cells[field]] if field in self.cells else list(self.cells.values())
        for cell in wanted:
            if cell.edit.isVisible() and cell.edit.isEnabled():
                cell.edit.setFocus(Qt.FocusReason.ShortcutFocusReason)
                cell.edit.selectAll()
                return
