"""The drawer's page on one number or rule; administrators change numbers here, rules in the text."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QLineEdit

from app.domain.policy import Policy
from app.domain.policy_edit import number_bounds
from app.session.policies import PolicyShown
from app.ui.accounts.facts import fact, heading, section
from app.ui.enrolment.fields import labelled
from app.ui.policy.page import Page
from app.ui.policy.value_words import number_name, number_value
from app.ui.policy.words import bounds_words
from app.ui.theme.look import Look
from app.ui.widgets.labels import line, text_label

_DIGITS = 6


class NumberPage(Page):
    """One number.

    Signals:
        changed: name and value, to be put into the edit.
    """

    changed = Signal(str, int)

    def __init__(self, look: Look) -> None:
        super().__init__(look, "number_page")

    def show_number(self, shown: PolicyShown, draft: Policy, key: str) -> None:
        """Show a number with its bounds."""
        self.begin()
        look, facts, base = self._look, self.facts, shown.base
        least, most = number_bounds(base, key)
        facts.addLayout(heading(look, number_name(key), key))
        facts.addLayout(fact(look, self.tr("Now"), number_value(key, getattr(shown.policy, key))))
        facts.addLayout(fact(look, self.tr("At most"), number_value(key, most)))
        facts.addLayout(fact(look, self.tr("At least"), number_value(key, least)))
        if not shown.may_edit:
            return
        facts.addWidget(line())
        facts.addWidget(section(look, self.tr("In the edit")))
        edit = QLineEdit(str(getattr(draft, key)))
        edit.setObjectName("number_value")
        edit.setFont(look.font())
        edit.setMaxLength(_DIGITS)
        edit.setValidator(QIntValidator(0, 10**_DIGITS - 1, edit))
        label = self.tr("Value in seconds") if key.endswith("_s") else self.tr("Value")
        edit.setAccessibleName(label)
        facts.addLayout(labelled(look, label, edit))
        put = self.button(self.tr("Put into the edit"), "secondary", "put_number", "pencil")

        def send() -> None:
            if least <= int(edit.text() or 0) <= most:
                self.changed.emit(key, int(edit.text()))
                return
            self.refuse(bounds_words(least, most))
            edit.setFocus()

        put.clicked.connect(send)
        edit.returnPressed.connect(send)
        self.foot.addStretch(1)

    def show_rule(self, name: str, value: str, *, may_edit: bool) -> None:
        """Show a rule that is no number."""
        self.begin()
        look, facts = self._look, self.facts
        facts.addLayout(heading(look, name))
        facts.addWidget(text_label(look, value, wrap=True))
        if may_edit:
            facts.addWidget(line())
            facts.addWidget(text_label(look, self.tr("This is changed in the text."), ink="ink2", wrap=True))
