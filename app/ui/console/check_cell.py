"""One answer of the identity check: a field to type what the caller says, then match or no match (ui.md section 5).

What was typed leaves with the try; no undo brings it back. Nothing of the value is ever here.
"""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QStackedLayout, QVBoxLayout, QWidget

from app.session.shown import ShownCheckField
from app.ui.saying import filled
from app.ui.theme.fonts import FIGURES, SMALL, VALUES, Weight
from app.ui.theme.look import Look
from app.ui.widgets.announce import announce
from app.ui.widgets.buttons import Button
from app.ui.widgets.labels import ElidedLabel, icon_label, repolish, text_label
from app.ui.words import one_or_many

LONGEST, HEIGHT, FOOT = 200, 32, 24


class CheckCell(QWidget):
    """A label, a field, and what came of it.

    Attributes:
        field: its name.

    Signals:
        answered: the field's name and what was typed.
        ticked: the field's name: the caller said what the mask shows.
    """

    answered = Signal(str, str)
    ticked = Signal(str)

    def __init__(self, look: Look, field: ShownCheckField, *, shows_part: bool) -> None:
        super().__init__()
        self._look, self.field, self._label, self._shows_part = look, field.name, field.label, shows_part
        self._tries_left = field.tries_left
        self._is_away = self._is_busy = False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        name = ElidedLabel(look, field.label, size=SMALL)
        column.addWidget(name)
        faces = QWidget()
        faces.setFixedHeight(look.px(HEIGHT))
        self._faces = QStackedLayout(faces)
        self._faces.setContentsMargins(0, 0, 0, 0)
        self._faces.addWidget(self._make_edit())
        self._faces.addWidget(self._make_match())
        column.addWidget(faces)
        column.addWidget(self._make_foot())
        self.setMinimumWidth(look.px(96))
        self.show_field(field)

    def _make_edit(self) -> QLineEdit:
        self.edit = QLineEdit()
        self.edit.setObjectName(f"check_{self.field}")
        self.edit.setFont(self._look.font(features=VALUES))
        self.edit.setMaxLength(LONGEST)
        self.edit.setPlaceholderText(self.tr("as the caller says it"))
        self.edit.setAccessibleName(self._label)
        self.edit.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.edit.returnPressed.connect(self._submit)
        self.edit.textEdited.connect(lambda _text: self._show_tries())
        return self.edit

    def _make_match(self) -> QFrame:
        frame = QFrame()
        frame.setProperty("kind", "match")
        row = QHBoxLayout(frame)
        row.setContentsMargins(8, 0, 8, 0)
        row.setSpacing(8)
        row.addWidget(icon_label(self._look, "circle-check", "ok"))
        self._match = text_label(self._look, self.tr("Match"), ink="ok", weight=Weight.MEDIUM)
        row.addWidget(self._match, 1)
        return frame

    def _make_foot(self) -> QWidget:
        line = QWidget()
        line.setFixedHeight(self._look.px(FOOT))
        foot = QHBoxLayout(line)
        foot.setSpacing(4)
        foot.setContentsMargins(0, 0, 0, 0)
        self._foot = ElidedLabel(self._look, "", ink="ink2", size=SMALL, features=FIGURES)
        foot.addWidget(self._foot, 1)
        self.tick = Button(self._look, self.tr("By eye"), "link", name=f"tick_{self.field}")
        self.tick.setAccessibleName(self.tr("{field}: the caller said what the mask shows").format(field=self._label))
        self.tick.setToolTip(self.tr("The caller said what the mask shows"))
        self.tick.clicked.connect(lambda: self.ticked.emit(self.field))
        foot.addWidget(self.tick)
        return line

    @property
    def is_open(self) -> bool:
        """Whether there is still something to type."""
        return self._faces.currentIndex() == 0 and self.edit.isEnabled()

    # showing -------------------------------------------------------------------------------------------------------
    def show_field(self, field: ShownCheckField, *, missed: bool = False, may_tick: bool = True) -> None:
        """How the field stands.

        Args:
            field: as the session says.
            missed: whether the last answer was about this field and did not match.
            may_tick: whether policy counts a further tick.
        """
        self._tries_left = field.tries_left
        self._set_busy(False)
        self._mark_wrong(missed)
        if field.matched:
            self._faces.setCurrentIndex(1)
            self._say(self.tr("typed, this call") if field.typed else self.tr("by eye, this call"))
        else:
            self._faces.setCurrentIndex(0)
            self.edit.setEnabled(field.tries_left > 0 and not self._is_away)
            self._say_missed() if missed else self._show_tries()
        self.tick.setVisible(may_tick and self._shows_part and not field.matched)

    def forget(self) -> None:
        """The caller has gone, and what was typed of them and not sent."""
        self.edit.setText("")  # not clear(), which can be undone

    def refuse(self, sentence: str) -> None:
        """Why it was not compared; the field keeps the focus."""
        self._set_busy(False)
        self._mark_wrong(True)
        self._say(sentence, "danger")
        announce(self, sentence, now=True)
        self.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_away(self, away: bool) -> None:
        """Nothing is compared while the back office is away; what was typed stays."""
        self._is_away = away
        self.edit.setEnabled(self._tries_left > 0 and not away)
        self.tick.setEnabled(not self._is_busy and not away)

    def set_waiting(self) -> None:
        """The office compares."""
        self._set_busy(True)
        self._say(self.tr("Comparing…"))

    def _set_busy(self, busy: bool) -> None:
        self._is_busy = busy
        self.edit.setReadOnly(busy)
        self.tick.setEnabled(not busy and not self._is_away)

    def _mark_wrong(self, wrong: bool) -> None:
        if bool(self.edit.property("wrong")) != wrong:
            self.edit.setProperty("wrong", wrong)
            repolish(self.edit)

    def _say_missed(self) -> None:
        if self._tries_left:
            one, many = self.tr("No match, {n} try left"), self.tr("No match, {n} tries left")
            text = one_or_many(self._tries_left, one, many).format(n=self._tries_left)
        else:
            text = self.tr("No match, no tries left")
        self._say(text, "danger")
        announce(self, filled("{}: {}", self._label, text))

    def _show_tries(self) -> None:
        self._mark_wrong(False)
        if self._tries_left:
            words = one_or_many(self._tries_left, self.tr("{n} try left"), self.tr("{n} tries left"))
            self._say(words.format(n=self._tries_left))
        else:
            self._say(self.tr("no tries left"), "warn")

    def _say(self, text: str, ink: str = "ink2") -> None:
        self._foot.set_ink(ink)
        self._foot.setText(text)
        self.edit.setAccessibleDescription(text)

    def _submit(self) -> None:
        text = self.edit.text()
        if text.strip() and not self.edit.isReadOnly():
            self.edit.setText("")  # not clear(), which can be undone
            self.answered.emit(self.field, text)
