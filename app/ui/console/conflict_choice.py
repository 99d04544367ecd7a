"""Two people changed one field: both masks, who and when, and a choice. Nothing is overwritten before it (ui.md 51)."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout, QWidget

from app.domain.mask import Mask
from app.session.shown_editing import EditConflict
from app.ui.theme.fonts import SMALL, VALUES, Weight
from app.ui.theme.look import Look
from app.ui.widgets.buttons import Button
from app.ui.widgets.curtain import LEFT
from app.ui.widgets.labels import ElidedLabel, text_label
from app.ui.widgets.mask_view import MaskView
from app.ui.widgets.strips import Strip
from app.ui.words import clock_time


class ConflictChoice(QFrame):
    """Theirs or mine.

    Args:
        look: fonts and colours.
        conflict: whose it is and when.
        mine: mask of what was typed here, or the text of an open field; None: the value was to be removed.
        indent: width of the names, so that the masks stand below the old one; 0 in a narrow card, whose buttons stand
            below the masks.

    Attributes:
        spoken: the whole, for a screen reader.

    Signals:
        theirs_kept: what they wrote stays.
        put_on_top: a new version with mine follows theirs.
    """

    theirs_kept = Signal()
    put_on_top = Signal()

    def __init__(self, look: Look, conflict: EditConflict, mine: Mask | str | None, *, indent: int = 0) -> None:
        super().__init__()
        self._look, self._is_narrow = look, not indent
        self.setObjectName("conflict")
        words = self.tr("{name} changed this at {t} while you typed. Both are kept, choose one.")
        if not conflict.name:
            words = self.tr("An import changed this at {t} while you typed. Both are kept, choose one.")
        if mine is None:
            words = self.tr("{name} changed this at {t} before it was removed. Nothing is removed yet, choose.")
            if not conflict.name:
                words = self.tr("An import changed this at {t} before it was removed. Nothing is removed yet, choose.")
        self.spoken = words.format(name=conflict.name, t=clock_time(conflict.at))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 2, 0, 0)
        column.setSpacing(6)
        column.addWidget(Strip(look, self.spoken, "warn", name="conflict_strip"))
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(LEFT)
        grid.setColumnMinimumWidth(0, indent)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        theirs: Mask | str = conflict.theirs.mask if conflict.theirs.mask is not None else conflict.theirs.text
        self.keep = Button(look, self.tr("Keep theirs"), "secondary", name="keep_theirs")
        self.keep.clicked.connect(self.theirs_kept)
        put = self.tr("Put mine on top") if mine is not None else self.tr("Remove it all the same")
        self.put = Button(look, put, "secondary", name="put_mine")
        self.put.clicked.connect(self.put_on_top)
        nothing = self.tr("No value")
        self._add(grid, 0, conflict.name or self.tr("Import"), theirs or nothing, self.keep)
        self._add(grid, 1, self.tr("You"), nothing if mine is None else mine, self.put)
        column.addLayout(grid)

    def _add(self, grid: QGridLayout, line: int, who: str, what: Mask | str, button: Button) -> None:
        line *= 2
        grid.addWidget(text_label(self._look, who, size=SMALL, weight=Weight.MEDIUM), line, 0)
        picture: QWidget = (
            MaskView(self._look, what) if isinstance(what, Mask) else ElidedLabel(self._look, what, features=VALUES)
        )
        left = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        grid.addWidget(picture, line, 1, left if isinstance(what, Mask) else Qt.AlignmentFlag.AlignVCenter)
        button.setAccessibleDescription(self.spoken)
        if self._is_narrow:
            grid.addWidget(button, line + 1, 0, 1, 2, Qt.AlignmentFlag.AlignRight)
        else:
            grid.addWidget(button, line, 2)

    def focus_first(self) -> None:
        """What changes nothing comes first."""
        self.keep.setFocus(Qt.FocusReason.OtherFocusReason)
