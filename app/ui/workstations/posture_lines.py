"""How a workstation's own system protects it, on the drawer's page: a line for each part, with what was found raw."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from app.session.posture import ShownPart
from app.ui.language import tr as _tr
from app.ui.posture.words import part_name, state_sign, state_words
from app.ui.saying import filled
from app.ui.theme.fonts import SMALL
from app.ui.theme.look import Look
from app.ui.widgets.labels import icon_label, text_label
from app.ui.words import day_and_time


def posture_line(look: Look, one: ShownPart) -> QHBoxLayout:
    """One part."""
    row = QHBoxLayout()
    row.setSpacing(8)
    row.addWidget(icon_label(look, *state_sign(one), 14), 0, Qt.AlignmentFlag.AlignTop)
    column = QVBoxLayout()
    column.setSpacing(1)
    words = filled("{}: {}", part_name(one.part), state_words(one.state))
    column.addWidget(text_label(look, words, size=SMALL, wrap=True))
    if one.shuts:
        shut = _tr("Required: values stay shut at this workstation.")
        column.addWidget(text_label(look, shut, ink="ink2", size=SMALL, wrap=True))
    found = _tr("{raw}, told {t}").format(raw=one.raw, t=day_and_time(one.at))
    column.addWidget(text_label(look, found, ink="ink2", size=SMALL, wrap=True))
    if one.since is not None:
        since = _tr("So since {t}").format(t=day_and_time(one.since))
        column.addWidget(text_label(look, since, ink="ink2", size=SMALL, wrap=True))
    row.addLayout(column, 1)
    return row
