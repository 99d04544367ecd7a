"""One purpose on the privacy panel: its name, how it stands, what it covers, what was said, and what can be done."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from app.domain.privacy.consent import Said
from app.domain.privacy.purpose_state import PurposeState
from app.session.privacy.customer import ShownPurpose
from app.ui.help.words import basis_words
from app.ui.privacy.customer.words import SIGNS, state_name, word_sentence
from app.ui.saying import filled, joined
from app.ui.theme.fonts import SMALL, Weight
from app.ui.theme.look import Look
from app.ui.widgets.buttons import Button
from app.ui.widgets.chips import Chip
from app.ui.widgets.labels import text_label


class PurposeRow(QFrame):
    """A purpose.

    Args:
        look: colours.
        purpose: which.
        may_give, may_withdraw: what is offered.

    Attributes:
        column: where a form unfolds.

    Signals:
        wanted: the purpose's name and the word that the customer says.
        receipt_wanted: the purpose whose receipt is to be kept.
    """

    wanted = Signal(str, object)
    receipt_wanted = Signal(object)

    def __init__(self, look: Look, purpose: ShownPurpose, *, may_give: bool, may_withdraw: bool) -> None:
        super().__init__()
        self.purpose = purpose
        self.setObjectName(f"purpose_{purpose.name}")
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 8, 0, 8)
        self.column.setSpacing(3)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(text_label(look, purpose.label, weight=Weight.SEMIBOLD, wrap=True), 1)
        if purpose.asks or not purpose.state.is_open:
            icon, tone = SIGNS[purpose.state]
            chip = Chip(look, state_name(purpose.state), tone=tone, icon=icon)
            head.addWidget(chip, 0, Qt.AlignmentFlag.AlignTop)
        self.column.addLayout(head)
        bases = joined(", ", *(basis_words(basis) for basis in purpose.bases))
        grounds = self.tr("Ground: {basis}. Held for it: {fields}.")
        text = grounds.format(basis=bases, fields=", ".join(purpose.fields)) if purpose.fields else ""
        if purpose.asks:
            covered = ", ".join(purpose.under_consent)
            about = self.tr("Opened and shut by it: {fields}.").format(fields=covered) if covered else ""
            text = joined(" ", word_sentence(purpose), about)
        if text:
            self.column.addWidget(text_label(look, text, ink="ink2", size=SMALL, wrap=True))
        self._add_buttons(look, may_give=may_give, may_withdraw=may_withdraw)

    def _add_buttons(self, look: Look, *, may_give: bool, may_withdraw: bool) -> None:
        purpose, row = self.purpose, QHBoxLayout()
        row.setSpacing(6)
        offers = (
            (may_give and bool(purpose.questions), self.tr("Ask, and write down…"), "give", Said.GIVEN),
            (may_withdraw, self.tr("Withdraw…"), "withdraw", Said.WITHDRAWN),
        )
        for shows, words, name, word in offers:
            if shows:
                button = Button(look, words, "secondary", name=f"{name}_{purpose.name}")
                button.setAccessibleName(filled("{}: {}", words, purpose.label))
                button.clicked.connect(lambda _checked=False, one=word: self.wanted.emit(purpose.name, one))
                row.addWidget(button)
        if purpose.receipt:
            words = self.tr("Keep the receipt…")
            button = Button(look, words, "link", name=f"receipt_{purpose.name}")
            button.setAccessibleName(filled("{}: {}", words, purpose.label))
            button.clicked.connect(lambda: self.receipt_wanted.emit(purpose))
            row.addWidget(button)
        row.addStretch(1)
        if row.count() > 1:
            row.setContentsMargins(0, 5, 0, 3)
            self.column.addLayout(row)


def may_give(purpose: ShownPurpose) -> bool:
    """Whether it makes sense to ask for a consent."""
    unsaid = {PurposeState.SOURCES, PurposeState.MISSING, PurposeState.WITHDRAWN}
    return purpose.asks and (purpose.state in unsaid or purpose.asks_anew)


def may_withdraw(purpose: ShownPurpose) -> bool:
    """Whether there is anything to withdraw."""
    return purpose.asks and purpose.state in {PurposeState.SOURCES, PurposeState.GIVEN}
