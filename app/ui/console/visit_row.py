"""A finished visit in the history: how it ended, what it was about and what was promised, when and by whom."""

from PySide6.QtWidgets import QGridLayout, QWidget

from app.session.shown_contacts import ShownContact
from app.ui.console.call_back_words import call_back_words
from app.ui.language import tr as _tr
from app.ui.saying import joined, said
from app.ui.theme.fonts import BODY, FIGURES, SMALL, Weight
from app.ui.theme.look import Look
from app.ui.widgets.labels import ElidedLabel, icon_label, text_label
from app.ui.words import day_and_time

HEIGHT = 42


@said
def visit_words(visit: ShownContact) -> str:
    """What a visit was about and what was promised, without its outcome."""
    back = _tr("call back {t}").format(t=call_back_words(visit.call_back)) if visit.call_back is not None else ""
    return "  ·  ".join(part for part in (", ".join(visit.tags), back) if part)


@said
def visit_head(visit: ShownContact) -> str:
    """When it ended, and by whom."""
    return f"{day_and_time(visit.ended_at)}  ·  {visit.by}"


class VisitRow(QWidget):
    """Two or three lines with an icon; a call has another one, and says so to a reader."""

    def __init__(self, look: Look, visit: ShownContact) -> None:
        super().__init__()
        self._look = look
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 2, 0, 4)
        grid.setHorizontalSpacing(9)
        grid.setVerticalSpacing(0)
        grid.setColumnStretch(1, 1)
        icon = "phone-call" if visit.was_call else "clipboard-check"
        grid.addWidget(icon_label(look, icon, "ink2"), 0, 0)
        grid.addWidget(ElidedLabel(look, visit.outcome, size=BODY, weight=Weight.MEDIUM), 0, 1)
        below = [words for words in (visit_words(visit), visit_head(visit)) if words]
        for at, words in enumerate(below, start=1):
            grid.addWidget(text_label(look, words, ink="ink2", size=SMALL, features=FIGURES, wrap=True), at, 1)
        how = self.tr("On a call") if visit.was_call else self.tr("Visit")
        self.setAccessibleName(joined(", ", how, visit.outcome, *below))
        self.setMinimumHeight(look.px(HEIGHT))
