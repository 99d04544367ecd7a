"""A masked field for a screen reader: one button with a name, a description and its actions (ui.md section 8).

Label, curtain and the pictures of its action have no node of their own.
"""

from typing import TYPE_CHECKING, cast

from PySide6.QtGui import QAccessible, QAccessibleActionInterface
from PySide6.QtWidgets import QWidget

from app.ui.accessible import Leaf

if TYPE_CHECKING:
    from app.ui.console.field_row import FieldRow


class RowNode(Leaf):
    """Asks its row for the words of this moment; never for a value."""

    def __init__(self, row: QWidget) -> None:
        super().__init__(row, QAccessible.Role.Button)

    @property
    def _row(self) -> "FieldRow":
        return cast("FieldRow", self.widget())

    def text(self, kind: QAccessible.Text) -> str:
        """Name and description as they are now."""
        if kind is QAccessible.Text.Name:
            return self._row.spoken()
        if kind is QAccessible.Text.Description:
            return self._row.spoken_why()
        return super().text(kind)

    def actionNames(self) -> list[str]:  # noqa: N802 (Qt's name)
        """Its one action, if it offers one now, and the focus."""
        names = [QAccessibleActionInterface.setFocusAction()]
        return [QAccessibleActionInterface.pressAction(), *names] if self._row.offer.value != "none" else names

    def doAction(self, name: str) -> None:  # noqa: N802 (Qt's name)
        """Do as the row's button does."""
        if name == QAccessibleActionInterface.pressAction():
            self._row.press()
        else:
            super().doAction(name)
