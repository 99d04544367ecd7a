"""A list with a drawer beside it: the list takes what is left, the drawer shows the one that is looked at."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLayout, QVBoxLayout, QWidget

from app.ui.widgets.labels import line


def place_drawer(screen: QWidget, shown: QWidget | QLayout, drawer: QWidget) -> None:
    """Fill a screen.

    Args:
        screen: has no layout yet.
        shown: the list.
        drawer: what stands at the right, of its own width.
    """
    row = QHBoxLayout(screen)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(0)
    if isinstance(shown, QLayout):
        row.addLayout(shown, 1)
    else:
        row.addWidget(shown, 1)
    row.addWidget(line(vertical=True))
    side = QFrame()
    side.setProperty("ground", "surface")
    side.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    column = QVBoxLayout(side)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(drawer)
    row.addWidget(side)
