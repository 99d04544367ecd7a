"""What an incident is about: a time, and an account, a workstation or a class of data.

Its moments are typed and shown by this workstation's clock, as all others on the page: an office in one zone has
workstations in three.
"""

from datetime import UTC, datetime, timedelta

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit

from app.domain.data_class import DataClass
from app.domain.errors import InputRefusedError
from app.domain.incidents.moments import shown_moment, typed_moment
from app.session.privacy.shown_incidents import ScopeWish, ShownIncident
from app.ui.accounts.facts import Question
from app.ui.console.search_bar import Picker
from app.ui.theme.fonts import SMALL
from app.ui.theme.look import Look
from app.ui.widgets.buttons import Button
from app.ui.widgets.labels import text_label
from app.ui.words import class_name

DAYS_BEFORE = 7
"""So many days before the report, while nothing else was said."""
_CLASSES = (DataClass.CONTACT, DataClass.IDENTITY, DataClass.FINANCIAL, DataClass.SPECIAL, DataClass.NOTE)


class ScopeForm(Question):
    """The form.

    Args:
        look: colours.
        incident: which.
        now: the moment, by the office's clock.

    Signals:
        sent: the button and the wish.
        wrong: a moment that is none.
    """

    sent = Signal(object, object)
    wrong = Signal()

    def __init__(self, look: Look, incident: ShownIncident, now: datetime) -> None:
        super().__init__("scope_form")
        self._look = look
        since = incident.since or incident.reported_at - timedelta(days=DAYS_BEFORE)
        until = incident.until or now
        self.since = self._edit("scope_since", self.tr("From: day and time"), shown_moment(since.astimezone()))
        self.until = self._edit("scope_until", self.tr("Until: day and time"), shown_moment(until.astimezone()))
        self.account = self._edit("scope_account", self.tr("Account"), incident.account)
        self.seat = self._edit("scope_seat", self.tr("Workstation"), incident.seat)
        self.data_class = Picker(look)
        self.data_class.setObjectName("scope_class")
        self.data_class.setAccessibleName(self.tr("Class of data"))
        self.data_class.addItem(self.tr("All classes of data"), None)
        for data_class in _CLASSES:
            self.data_class.addItem(class_name(data_class), data_class)
        at = self.data_class.findData(incident.data_class)
        self.data_class.setCurrentIndex(max(0, at))
        self.column.addWidget(self.data_class)
        button = Button(look, self.tr("Set the scope"), "secondary", icon="list-filter", name="set_scope")
        button.clicked.connect(lambda: self._send(button))
        self.column.addWidget(button)

    def _edit(self, name: str, label: str, text: str) -> QLineEdit:
        edit = QLineEdit()
        edit.setObjectName(name)
        edit.setFont(self._look.font())
        edit.setMaxLength(64)
        edit.setText(text)
        edit.setAccessibleName(label)
        self.column.addWidget(text_label(self._look, label, ink="ink2", size=SMALL))
        self.column.addWidget(edit)
        return edit

    def _send(self, button: Button) -> None:
        try:
            since, until = _moment(self.since.text()), _moment(self.until.text())
        except InputRefusedError:
            self.wrong.emit()
            return
        data_class = self.data_class.currentData()
        wish = ScopeWish(
            since,
            until,
            self.account.text().strip(),
            self.seat.text().strip(),
            DataClass(data_class) if data_class is not None else None,
        )
        self.sent.emit(button, wish)


def _moment(text: str) -> datetime:
    """What was typed, by this workstation's clock.

    Raises:
        InputRefusedError: code `moment`: it is none.
    """
    return typed_moment(text, UTC).replace(tzinfo=None).astimezone()
