"""The columns of the table of workstations."""

from enum import IntEnum

from app.session.workstations import Workstation
from app.ui.language import tr as _tr
from app.ui.widgets.listed_model import Listed
from app.ui.words import day_and_time
from app.ui.workstations.words import protection_words, state_name, state_sign, yes_no


class Column(IntEnum):
    """Columns from left to right."""

    NAME = 0
    PEOPLE = 1
    SEEN = 2
    VERSION = 3
    PROTECTION = 4
    KNOWN = 5
    STATE = 6


def _heading(column: int) -> str:
    names = {
        Column.NAME: _tr("Workstation"),
        Column.PEOPLE: _tr("Who is there"),
        Column.SEEN: _tr("Last seen"),
        Column.VERSION: _tr("Version"),
        Column.PROTECTION: _tr("Protection"),
        Column.KNOWN: _tr("Known"),
        Column.STATE: _tr("State"),
    }
    return names[Column(column)]


def _cell(one: Workstation, column: int) -> str:
    texts = {
        Column.NAME: one.name,
        Column.PEOPLE: ", ".join(dict.fromkeys(s.display_name for s in one.sessions)) or "–",
        Column.SEEN: day_and_time(one.last_seen),
        Column.VERSION: one.version or "–",
        Column.PROTECTION: protection_words(one),
        Column.KNOWN: yes_no(one.enrolled_at is not None),
        Column.STATE: state_name(one),
    }
    return texts[Column(column)]


def _words(one: Workstation) -> str:
    people = " ".join(f"{session.account} {session.display_name}" for session in one.sessions)
    return f"{one.name} {one.id[:8]} {people}"


WORKSTATIONS = Listed[Workstation](
    columns=Column, key=lambda one: one.id, words=_words, heading=_heading, cell=_cell, sign=state_sign
)
