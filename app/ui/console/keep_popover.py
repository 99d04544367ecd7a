"""The popover that lets a find of the note stay as typed: for a reason that the policy offers."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from app.session.shown import Reason
from app.ui.console.reason_popover import ReasonPopover
from app.ui.language import tr as _tr
from app.ui.theme.look import Look
from app.ui.words import find_name


def keep_popover(look: Look, anchor: QWidget, find: str, reasons: Sequence[Reason]) -> ReasonPopover:
    """Asks why a find stays.

    Args:
        look: colours.
        anchor: where it belongs.
        find: its kind; what was typed is not repeated.
        reasons: to choose from.
    """
    return ReasonPopover(
        look,
        anchor,
        "keep",
        "notebook-pen",
        _tr("Keep as typed: {what}").format(what=find_name(find)),
        _tr("It stays readable in the note, and that it does is written down with your name and the reason."),
        reasons,
        _tr("Keep"),
        is_identified=True,
        chooses_first=False,
    )
