"""What pages of the privacy desk have in common: a head, one dialog for a file, and what is left behind at the end.

`HeadedPage` is every page with a head, `DeskPage` one that saves files. `ListedPage` has a table, one row of which is
shown in a drawer beside it, and looks again by itself, since clocks go on. None has a sentence of its own.
"""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.ui.policy.policy_table import PolicyTable
from app.ui.privacy.page_head import PageHead
from app.ui.theme.look import Look
from app.ui.theme.rescale import fix_panel
from app.ui.who_saw.save_dialog import AskPath
from app.ui.widgets.labels import line
from app.ui.widgets.nothing_here import NothingHere
from app.ui.workspace import Workspace

LOOK_AGAIN_MS = 60_000


class HeadedPage(Workspace, QWidget):
    """A page.

    Attributes:
        head: its name, its buttons, and what was done.
        column: what stands below each other, without margins.
    """

    head: PageHead

    def __init__(self, name: str) -> None:
        """Begin without a head, which the page makes.

        Args:
            name: object name.
        """
        super().__init__()
        self.setObjectName(name)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(0)

    def come(self) -> None:
        """It came to the front."""
        self.look_again()
        self.focus_first()

    def forget(self) -> None:
        """Another page comes to the front: nothing is said any more."""
        self.head.tell("")

    def stop(self) -> None:
        """The session ends."""
        self.forget()

    def close_innermost(self) -> bool:
        """Esc: the sentence about what was done."""
        if self.head.said.isHidden():
            return False
        self.head.tell("")
        return True


class DeskPage(HeadedPage):
    """A page that asks where a file is to lie."""

    def __init__(self, name: str, ask: AskPath, today: Callable[[], date]) -> None:
        """Begin without a head, which the page makes.

        Args:
            name: object name.
            ask: asks where a file is to lie.
            today: the day in a file's name.
        """
        super().__init__(name)
        self._ask, self._today = ask, today
        self._dialog: QFileDialog | None = None

    def forget(self) -> None:
        """Another page comes to the front: nothing is asked any more, and nothing said."""
        self._close_dialog()
        super().forget()

    def _ask_where(self, name: str, on_chosen: Callable[[Path], object]) -> None:
        """Ask where a file is to lie; a question before is closed."""

        def chosen(path: Path) -> None:
            self._dialog = None
            on_chosen(path)

        self._close_dialog()
        self._dialog = self._ask(self, name, chosen)

    def _close_dialog(self) -> None:
        if self._dialog is not None:
            self._dialog.close()
            self._dialog = None


class ListedPage(DeskPage):
    """A page with a table, and one of its rows in a drawer.

    Attributes:
        table: of all.
        empty: said where there is none.
        drawer: beside it, while a row is shown.
    """

    table: PolicyTable
    empty: NothingHere

    def __init__(self, name: str, ask: AskPath, today: Callable[[], date]) -> None:
        """As `DeskPage`."""
        super().__init__(name, ask, today)
        self._timer = QTimer(self, interval=LOOK_AGAIN_MS)
        self._timer.timeout.connect(self.look_again)

    def _place(self, look: Look, detail: QWidget, width: int) -> None:
        """Head, table and drawer."""
        self.column.addWidget(self.head)
        self.column.addWidget(line())
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        listed = QVBoxLayout()
        listed.setContentsMargins(0, 0, 0, 0)
        listed.addWidget(self.table, 1)
        listed.addWidget(self.empty, 1)
        self.empty.hide()
        row.addLayout(listed, 1)
        self._edge = line(vertical=True)
        row.addWidget(self._edge)
        self.drawer = QFrame()
        self.drawer.setProperty("ground", "surface")
        self.drawer.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        inner = QVBoxLayout(self.drawer)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.addWidget(detail)
        fix_panel(self.drawer, look, width)
        row.addWidget(self.drawer)
        self.column.addLayout(row, 1)
        self._show_drawer(is_open=False)

    def _show_drawer(self, *, is_open: bool) -> None:
        self.drawer.setVisible(is_open)
        self._edge.setVisible(is_open)

    def begin(self) -> None:
        """Look now, and then every minute: clocks go on."""
        self._timer.start()
        self.look_again()

    def focus_first(self) -> None:
        """Put the focus into the table."""
        (self.empty if self.table.isHidden() else self.table).setFocus(Qt.FocusReason.OtherFocusReason)

    def stop(self) -> None:
        """The session ends."""
        self._timer.stop()
        super().stop()
