"""What the rules found: which numbers fired, what is usual; Look narrows the table, Acknowledge says what came."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.session.shown_exposures import Flag, FlagsFound, FlagState
from app.ui.accounts.facts import empty
from app.ui.exposures.flag_scroll import FlagScroll
from app.ui.exposures.flag_words import acknowledged_words, flag_text, flag_title, state_words
from app.ui.exposures.words import OfficeClock
from app.ui.saying import filled, joined
from app.ui.theme.fonts import FIGURES, SMALL, Weight
from app.ui.theme.look import Look
from app.ui.widgets.buttons import Button
from app.ui.widgets.chips import Chip
from app.ui.widgets.labels import icon_label, line, text_label
from app.ui.words import number

FEW, MORE, ROOM = 2, 20, 93
"""So many are shown at first, and so many more at a time; and the height kept for them until they are there."""


class FlagList(QFrame):
    """The card of flags.

    Signals:
        look_wanted: a flag.
        acknowledge_wanted: a flag, and the button that was pressed.
        erase_wanted: a flag whose comment is to go, and the button.
    """

    look_wanted = Signal(object)
    acknowledge_wanted = Signal(object, object)
    erase_wanted = Signal(object, object)

    def __init__(self, look: Look, *, may_erase: bool) -> None:
        super().__init__()
        self._look, self._may_erase = look, may_erase
        self._found = FlagsFound()
        self._made_for: object = None
        self._lasts: list[QWidget] = []
        self._most = FEW
        self._clock, self._now = OfficeClock("UTC"), 0.0
        self.setObjectName("flag_list")
        self.setProperty("ground", "sheet")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(16, 4, 10, 4)
        whole.setSpacing(0)
        self.rows = FlagScroll(look)
        self._column = self.rows.column
        self._foot = QVBoxLayout()
        whole.addWidget(self.rows)
        whole.addLayout(self._foot)
        whole.addStretch(1)
        self.setMinimumHeight(look.px(ROOM))

    @property
    def is_filled(self) -> bool:
        """Whether the first flags have come."""
        return self._made_for is not None

    def show_flags(self, found: FlagsFound, clock: OfficeClock, now: float) -> None:
        """Take other flags; the same ones leave everything, the focus too, as it is."""
        made_for = (found, clock.day(now))
        if made_for == self._made_for:
            return
        self._made_for = made_for
        self._found, self._clock, self._now = found, clock, now
        self._fill()

    def _fill(self) -> None:
        focus = self.window().focusWidget()
        name = focus.objectName() if focus is not None and self.isAncestorOf(focus) else ""
        empty(self._column)
        empty(self._foot)
        flags = self._found.flags
        self._lasts = []
        self.setMinimumHeight(0)
        waiting = [flag for flag in flags if flag.state is not FlagState.ACKNOWLEDGED]
        done = [flag for flag in flags if flag.state is FlagState.ACKNOWLEDGED]
        shown = waiting[:FEW] if self._most <= FEW else [*waiting, *done][: self._most]
        if not shown:
            words = self.tr("No flag waits.") if flags else self.tr("The rules have found nothing in 30 days.")
            label = text_label(self._look, words, ink="ink2")
            label.setMinimumHeight(self._look.px(36))
            self._add(label)
        for at, flag in enumerate(shown):
            if at:
                self._add(line())
            self._add(self._make_row(flag))
        if len(flags) > FEW or len(shown) < len(flags):
            foot = self._make_foot(len(waiting), len(done), len(shown))
            self._foot.addWidget(foot)
            foot.show()
        widest = max((last.sizeHint().width() for last in self._lasts), default=0)
        for last in self._lasts:
            last.setMinimumWidth(widest)
        self.rows.fit()
        if name and (again := self._stop(name)) is not None:
            again.setFocus(Qt.FocusReason.OtherFocusReason)

    def _stop(self, name: str) -> QWidget | None:
        """The button of a name; where it is gone, the first of all. Those that were taken away do not count."""
        rows = [column.itemAt(at) for column in (self._column, self._foot) for at in range(column.count())]
        buttons = [b for row in rows if row and (w := row.widget()) for b in w.findChildren(Button)]
        return next((b for b in buttons if b.objectName() == name), buttons[0] if buttons else None)

    def _add(self, widget: QWidget) -> None:
        """Show it at once, not when the loop turns: it may take the focus."""
        self._column.addWidget(widget)
        widget.show()

    def _make_row(self, flag: Flag) -> QWidget:
        row_of = QWidget()
        row = QHBoxLayout(row_of)
        row.setContentsMargins(0, 5, 0, 5)
        row.setSpacing(10)
        title, text = flag_title(flag), flag_text(flag, self._clock, self._now)
        state, tone = state_words(flag, self._clock, self._now)
        is_done = flag.state is FlagState.ACKNOWLEDGED
        sign = ("circle-check", "ok") if is_done else ("flag", tone or "warn")
        row.addWidget(icon_label(self._look, *sign))
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(text_label(self._look, title, weight=Weight.SEMIBOLD, features=FIGURES))
        for said in (text, acknowledged_words(flag, self._clock)):
            if said:
                words.addWidget(text_label(self._look, said, ink="ink2", size=SMALL, features=FIGURES, wrap=True))
        row.addLayout(words, 1)
        row.addWidget(Chip(self._look, state, tone=tone))
        row.addWidget(
            self._make_button("look", flag, self.tr("Look"), "secondary", lambda: self.look_wanted.emit(flag))
        )
        if last := self._make_last(flag):
            row.addWidget(last)
            self._lasts.append(last)
        row_of.setAccessibleName(filled("{}. {} {}", title, text, state))
        return row_of

    def _make_last(self, flag: Flag) -> QWidget | None:
        """What is left to do with it, at the right."""
        if flag.state is not FlagState.ACKNOWLEDGED:
            if flag.is_own:
                words = self.tr("about you, somebody else acknowledges it")
                return text_label(self._look, words, ink="ink3", size=SMALL)
            button = self._make_button("acknowledge", flag, self.tr("Acknowledge…"), "quiet", lambda: None)
            button.clicked.connect(lambda: self.acknowledge_wanted.emit(flag, button))
            return button
        if self._may_erase and flag.acknowledged is not None and flag.acknowledged.comment:
            button = self._make_button("erase", flag, self.tr("Erase the comment"), "quiet", lambda: None)
            button.clicked.connect(lambda: self.erase_wanted.emit(flag, button))
            return button
        return None

    def _make_button(self, does: str, flag: Flag, text: str, kind: str, act: Callable[[], object]) -> Button:
        button = Button(self._look, text, kind, name=f"{does}_{flag.rule.value}_{flag.subject}")
        button.setAccessibleName(filled("{}: {}", text, flag_title(flag)))
        button.clicked.connect(act)
        return button

    def _make_foot(self, waiting: int, done: int, shown: int) -> QWidget:
        """More of them, and back to the first few."""
        foot = QWidget()
        row = QHBoxLayout(foot)
        row.setContentsMargins(23, 0, 0, 4)
        row.setSpacing(14)
        parts = []
        if shown < waiting:
            parts.append(self.tr("{n} more").format(n=number(waiting - shown)))
        if left := done - max(0, shown - waiting):
            parts.append(self.tr("{n} acknowledged").format(n=number(left)))
        if parts:
            words = self.tr("Show {what}").format(what=joined(", ", *parts))
            row.addWidget(self._make_link(words, "all_flags", self._most + MORE))
        if self._most > FEW and len(self._found.flags) > FEW:
            row.addWidget(self._make_link(self.tr("Show fewer"), "fewer_flags", FEW))
        if self._most > FEW and self._found.left_off:
            words = self.tr("{n} older flags are not shown; raise a threshold.")
            words = words.format(n=number(self._found.left_off))
            row.addWidget(text_label(self._look, words, ink="ink2", size=SMALL, features=FIGURES))
        row.addStretch(1)
        return foot

    def _make_link(self, words: str, name: str, most: int) -> Button:
        button = Button(self._look, words, "link", name=name)
        button.clicked.connect(lambda: self.show_most(most))
        return button

    def show_most(self, most: int) -> None:
        """Show so many at most; beyond the few also those that were acknowledged."""
        self._most = most
        self._fill()
