"""Keeps the card on the screen as the cache has its customer, without taking anything out of a person's hands."""

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from app.session.followed import Followed
from app.session.shown import ShownCustomer
from app.ui.console.customer_card import CustomerCard
from app.ui.console.customer_flow import CustomerFlow
from app.ui.console.field_actions import FieldActions
from app.ui.tasks import Tasks
from app.ui.use_cases import DeskUseCases
from app.ui.widgets.announce import announce

LATER_MS = 1_000
"""A card in use is looked at again so much later: while a field is open, or an answer of a caller is being typed."""


class OpenCard(QObject):
    """Follows syncs.

    Args:
        desk: the session.
        tasks: where its calls run.
        card: the card.
        flow: shows it.
        actions: know whether a field is open.
    """

    def __init__(
        self, desk: DeskUseCases, tasks: Tasks, card: CustomerCard, flow: CustomerFlow, actions: FieldActions
    ) -> None:
        super().__init__(card)
        self._desk, self._tasks, self._card, self._flow, self._actions = desk, tasks, card, flow, actions
        self._later = QTimer(self, interval=LATER_MS, singleShot=True)
        self._later.timeout.connect(self._look)

    def follow(self, followed: Followed) -> None:
        """A sync has made rows different."""
        customer = self._card.customer
        if customer is None:
            return
        if customer.id in followed.gone:
            self._flow.leaving.emit()
            text = self.tr("This customer has left your queues. Your note is kept.")
            self._card.fault.say(text)
            announce(self._card, text, now=True)
        elif customer.id in followed.changed:
            self._look()

    def _look(self) -> None:
        customer = self._card.customer
        if customer is None:
            return
        if self._is_in_use():
            self._later.start()
            return
        id_ = customer.id
        self._tasks.run(
            lambda: self._desk.customer(id_), self._on_read, self._flow.failed.emit, lane="cache", owner=self
        )

    def _is_in_use(self) -> bool:
        return self._actions.is_open or self._actions.editing.is_open or self._is_typed_in()

    def _is_typed_in(self) -> bool:
        focus = QApplication.focusWidget()
        return isinstance(focus, QLineEdit) and self._card.isAncestorOf(focus) and bool(focus.text())

    def _on_read(self, customer: ShownCustomer) -> None:
        shown = self._card.customer
        if shown is None or shown.id != customer.id or shown == customer:
            return
        if self._is_in_use():
            self._later.start()
            return
        focus = QApplication.focusWidget()
        name = focus.objectName() if focus is not None and self._card.isAncestorOf(focus) else ""
        self._flow.show_other(customer)
        again = self._card.findChild(QWidget, name) if name else None
        if again is not None:
            again.setFocus()
        announce(self._card, self.tr("The card has changed: somebody updated this customer."))
