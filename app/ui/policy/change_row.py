"""A change of the policy as a part of a page: its thing, and under it old and new."""

from PySide6.QtWidgets import QVBoxLayout

from app.domain.policy_difference import Change
from app.ui.language import tr as _tr
from app.ui.policy.change_words import change_title, change_value
from app.ui.saying import filled
from app.ui.theme.fonts import SMALL, Weight
from app.ui.theme.look import Look
from app.ui.widgets.labels import text_label


def change_row(look: Look, change: Change) -> QVBoxLayout:
    """The two lines; a reader hears from what to what."""
    column = QVBoxLayout()
    column.setSpacing(1)
    old, new = (change_value(change, value) for value in (change.old, change.new))
    words = text_label(look, filled("{}  →  {}", old, new), wrap=True)
    words.setAccessibleName(_tr("from {old} to {new}").format(old=old, new=new))
    column.addWidget(text_label(look, change_title(change), size=SMALL, weight=Weight.SEMIBOLD, wrap=True))
    column.addWidget(words)
    return column
