"""The five stops of the tour: find, check, curtain, note, lock."""

from PySide6.QtWidgets import QWidget

from app.ui.console.work_area import WorkArea
from app.ui.help.tour import Stop
from app.ui.language import tr as _tr
from app.ui.shortcuts import cap_for


def stops_of(area: WorkArea, lock: QWidget) -> tuple[Stop, ...]:
    """The stops, each at the thing it tells of, or where that will be."""
    card = area.card

    def first_row() -> QWidget | None:
        return next(iter(card.rows()), None)

    return (
        Stop(
            lambda: (area.face.search,),
            _tr("Find"),
            _tr(
                "Type a name, a number or a ticket; the list answers as you type, and Return opens the customer. A "
                "whole phone or card number is asked of the back office. {key} brings you here from anywhere."
            ).format(key=cap_for("find")),
        ),
        Stop(
            lambda: (card.check, card),
            _tr("Check who is calling"),
            _tr(
                "Type what the caller says; Tirai answers match or no match, and shows nothing. That is often all you "
                "need. {key} brings you here."
            ).format(key=cap_for("identity_check")),
        ),
        Stop(
            lambda: (first_row(), card),
            _tr("The curtain"),
            _tr(
                "What is behind the cloth is not on this workstation. The row offers what you may do: {reveal} opens, "
                "{ask} asks a supervisor, and {why} says why it is masked. Each opening is written down with your name."
            ).format(reveal=cap_for("reveal"), ask=cap_for("ask"), why=cap_for("why_masked")),
        ),
        Stop(
            lambda: (area.desk_panel.note, area.desk_panel),
            _tr("The note"),
            _tr(
                "It saves itself as you type, and comes back after a lock. Numbers of people in it become masks. {key} "
                "brings you here."
            ).format(key=cap_for("note")),
        ),
        Stop(
            lambda: (lock,),
            _tr("When you leave"),
            _tr(
                "{lock} covers the screen and keeps your work. {palette} finds every command, {keys} shows every key, "
                "and this tour, too."
            ).format(lock=cap_for("lock"), palette=cap_for("palette"), keys=cap_for("keys")),
        ),
    )
