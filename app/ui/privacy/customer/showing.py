"""When the privacy panel stands in the card's place: from a command or the head until Esc or another customer."""

from collections.abc import Callable

from PySide6.QtCore import QObject

from app.ui.console.customer_card import CustomerCard
from app.ui.privacy.customer.panel import PrivacyPanel
from app.ui.privacy.use_cases import CustomerPrivacyUseCases
from app.ui.tasks import Tasks
from app.ui.theme.look import Look


class PrivacyShowing(QObject):
    """Shows and hides the panel.

    Args:
        look: colours.
        customers: the use cases; asked for when the panel is first shown.
        tasks: the door off the GUI thread.
        card: in whose place.
        parent: whose it is.
    """

    def __init__(
        self,
        look: Look,
        customers: Callable[[], CustomerPrivacyUseCases],
        tasks: Tasks,
        card: CustomerCard,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._look, self._customers, self._tasks, self._card = look, customers, tasks, card
        self.panel: PrivacyPanel | None = None
        card.privacy_wanted.connect(self.show)

    def show(self) -> None:
        """Show the panel of whoever is on the card."""
        customer = self._card.customer
        if customer is None or self._card.is_covered:
            return
        if self.panel is None:
            self.panel = PrivacyPanel(self._look, self._customers(), self._tasks)
            self.panel.left.connect(self.close)
        self._card.cover_with(self.panel, self.panel.focus_first)
        self.panel.show_customer(customer)
        self.panel.focus_first()

    def close(self) -> None:
        """Show the card again, and go on in it."""
        if self.put_away():
            self._card.focus_rows()

    def put_away(self) -> bool:
        """Nothing of the customer stays here; whether the panel was in front. The focus stays where it is."""
        panel = self.panel
        if panel is None or not panel.record:
            return False
        is_in_front = self._card.is_covered_by(panel)
        panel.forget()
        if is_in_front:
            self._card.uncover()
        return is_in_front

    def close_innermost(self) -> bool:
        """Esc: the form, then the panel; whether there was either."""
        panel = self.panel
        if panel is None or not self._card.is_covered_by(panel):
            return False
        if not panel.close_innermost():
            self.close()
        return True
