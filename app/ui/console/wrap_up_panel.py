"""The wrap-up of a visit: outcome, tags, call-back, and the button that ends it and brings the next customer."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.domain.call_back import CallBack
from app.session.shown_contacts import ContactChoice, ContactInHand
from app.ui.console.call_back_popover import CallBackPopover
from app.ui.console.call_back_words import call_back_words
from app.ui.console.choice_popover import ChoicePopover
from app.ui.console.contact_use_cases import ContactUseCases
from app.ui.console.finish_button import FinishButton
from app.ui.console.tag_chips import TagChips
from app.ui.theme.fonts import BODY, SMALL, Weight
from app.ui.theme.look import Look
from app.ui.widgets.field_button import FieldButton
from app.ui.widgets.labels import icon_label, text_label
from app.ui.widgets.strips import Message

LABEL, NARROW = 76, 230
"""Px of the design: width of the names, and of the panel below which they stand above their fields."""
_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}


class WrapUpPanel(QWidget):
    """What is chosen of the visit in hand.

    Attributes:
        contact: the visit, or None without a customer.

    Signals:
        chosen: the visit with another choice, and the one before.
        finish_wanted: the button was pressed.
    """

    chosen = Signal(object, object)
    finish_wanted = Signal()

    def __init__(self, look: Look, contacts: ContactUseCases) -> None:
        super().__init__()
        self._look, self._contacts = look, contacts
        self.contact: ContactInHand | None = None
        self._outcomes: Sequence[ContactChoice] = contacts.outcomes()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(self._make_head(look))
        column.addLayout(self._make_rows(look))
        self.missing = Message(look, "danger", "wrap_up_missing")
        column.addWidget(self.missing)
        self.button = FinishButton(look)
        self.button.clicked.connect(self.finish_wanted)
        column.addWidget(self.button)
        self.show_contact(None)

    def _make_head(self, look: Look) -> QHBoxLayout:
        head = QHBoxLayout()
        head.setSpacing(7)
        head.addWidget(icon_label(look, "clipboard-check", "ink2"))
        head.addWidget(text_label(look, self.tr("Wrap-up"), size=BODY, weight=Weight.SEMIBOLD))
        head.addStretch(1)
        self._sign = icon_label(look, "check", "ok", 14)
        head.addWidget(self._sign)
        self._ready = text_label(look, self.tr("Ready"), ink="ink2", size=SMALL)
        self._ready.setObjectName("wrap_up_ready")
        head.addWidget(self._ready)
        return head

    def _make_rows(self, look: Look) -> QGridLayout:
        rows = self._rows = QGridLayout()
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setHorizontalSpacing(8)
        rows.setVerticalSpacing(6)
        self._named: list[tuple[QLabel, QWidget]] = []
        self._is_folded = False
        rows.setColumnStretch(1, 1)
        self.outcome = FieldButton(look, self.tr("Outcome"), "outcome")
        self.outcome.clicked.connect(self.open_outcomes)
        self.outcome.installEventFilter(self)
        self.tags = TagChips(look, self._contacts.tags())
        self.tags.changed.connect(lambda codes: self._choose(tags=codes))
        self.call_back = FieldButton(look, self.tr("Call back"), "call_back", icon="calendar")
        self.call_back.clicked.connect(self.open_call_back)
        named = (
            (self.tr("Outcome"), self.outcome),
            (self.tr("Tags"), self.tags),
            (self.tr("Call back"), self.call_back),
        )
        for words, field in named:
            label = text_label(look, words, ink="ink2", size=SMALL)
            self._named.append((label, field))
        self._place_rows()
        return rows

    def _place_rows(self) -> None:
        """Names beside their fields; above them in a narrow panel."""
        folded, px = self._is_folded, self._look.px
        for at, (label, field) in enumerate(self._named):
            label.setContentsMargins(0, 0 if folded else px(7), 0, 0)
            if folded:
                self._rows.addWidget(label, 2 * at, 0, 1, 2)
                self._rows.addWidget(field, 2 * at + 1, 0, 1, 2)
            else:
                self._rows.addWidget(label, at, 0, Qt.AlignmentFlag.AlignTop)
                self._rows.addWidget(field, at, 1)
        self._rows.setColumnMinimumWidth(0, 0 if folded else px(LABEL))

    def _fold(self) -> None:
        folded = self.width() < self._look.px(NARROW)
        if folded is not self._is_folded:
            self._is_folded = folded
            self._place_rows()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 (Qt's name)
        """Another width."""
        super().resizeEvent(event)
        self._fold()

    def redress(self) -> None:
        """Another size of the text."""
        self._is_folded = self.width() < self._look.px(NARROW)
        self._place_rows()

    # showing -------------------------------------------------------------------------------------------------------
    def show_contact(self, contact: ContactInHand | None) -> None:
        """Show what is chosen; nobody is told."""
        self.contact = contact
        self.setEnabled(contact is not None)
        self.missing.say("")
        for field in (self.outcome, self.call_back):
            field.set_wrong(False)
        known = {choice.code: choice for choice in self._outcomes}
        outcome = known.get(contact.outcome) if contact is not None else None
        self.outcome.show_choice(outcome.label if outcome is not None else "", self.tr("Choose"))
        self.tags.show_codes(contact.tags if contact is not None else ())
        promised = contact.call_back if contact is not None else None
        self.call_back.show_choice(call_back_words(promised) if promised is not None else "", self.tr("Not agreed"))
        ready = outcome is not None and (promised is not None or not outcome.needs_call_back)
        self._sign.setVisible(ready)
        self._ready.setVisible(ready)

    def _choose(self, **change: object) -> None:
        before = self.contact
        if before is not None:
            after = replace(before, **change)  # type: ignore[arg-type]  # the callers below name real parts
            self._tell(before, after)

    def _tell(self, before: ContactInHand, after: ContactInHand) -> None:
        if after != before:
            self.show_contact(after)
            self.chosen.emit(after, before)

    # choosing ------------------------------------------------------------------------------------------------------
    def open_outcomes(self) -> None:
        """Unfold the outcomes; digits choose one."""
        if self.contact is None:
            return
        chosen = (self.contact.outcome,)
        popover = ChoicePopover(
            self._look, self.outcome, self.tr("Outcome"), self._outcomes, chosen, name="outcome_popover"
        )
        popover.changed.connect(lambda codes: self._choose(outcome=codes[0] if codes else ""))

    def open_call_back(self) -> None:
        """Unfold where a day is typed."""
        if self.contact is not None:
            popover = CallBackPopover(self._look, self.call_back, self._contacts, self.contact.call_back)
            popover.chosen.connect(self._choose_call_back)

    def _choose_call_back(self, call_back: CallBack | None) -> None:
        if self.contact is not None:
            self._tell(self.contact, self.contact.with_call_back(call_back))

    def _step(self, step: int) -> None:
        codes = [choice.code for choice in self._outcomes]
        at = codes.index(self.contact.outcome) if self.contact and self.contact.outcome in codes else None
        at = (0 if step > 0 else len(codes) - 1) if at is None else max(0, min(len(codes) - 1, at + step))
        self._choose(outcome=codes[at])

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 (Qt's name)
        """On the outcome: arrows go through the list, a digit chooses, without unfolding it."""
        if watched is self.outcome and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
            at = event.key() - Qt.Key.Key_1
            if plain and event.key() in _STEPS:
                self._step(_STEPS[Qt.Key(event.key())])
                return True
            if plain and 0 <= at < min(9, len(self._outcomes)):
                self._choose(outcome=self._outcomes[at].code)
                return True
        return super().eventFilter(watched, event)

    # finishing -----------------------------------------------------------------------------------------------------
    def ask_outcome(self) -> None:
        """The outcome is missing: say so beside it."""
        self._ask(self.outcome, self.tr("Choose an outcome to finish."))

    def ask_call_back(self, sentence: str) -> None:
        """The call-back is missing, or over."""
        self._ask(self.call_back, sentence)

    def _ask(self, field: FieldButton, sentence: str) -> None:
        field.set_wrong(True)
        field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.missing.say(sentence)

    def needs_call_back(self) -> bool:
        """Whether the chosen outcome says that the customer is called back."""
        code = self.contact.outcome if self.contact is not None else ""
        return any(choice.code == code and choice.needs_call_back for choice in self._outcomes)

    def take_policy(self) -> None:
        """The policy has changed: other outcomes may be offered."""
        self._outcomes = self._contacts.outcomes()
        self.tags.take_choices(self._contacts.tags())
        self.show_contact(self.contact)
