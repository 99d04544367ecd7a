"""The drawer's page on one version: who, when, why, what it changed; administrators begin an edit with it again."""

from PySide6.QtCore import Signal

from app.domain.policy_difference import Change
from app.session.policies import ShownVersion
from app.ui.accounts.facts import fact, heading, section
from app.ui.policy.change_row import change_row
from app.ui.policy.page import Page
from app.ui.policy.words import version_name
from app.ui.theme.look import Look
from app.ui.widgets.labels import line, text_label
from app.ui.words import day_and_time


class VersionPage(Page):
    """One version.

    Signals:
        again_wanted: its number; begin an edit with its text.
    """

    again_wanted = Signal(int)

    def __init__(self, look: Look) -> None:
        super().__init__(look, "version_page")
        self._number, self._has_changes = 0, False

    def show_version(self, version: ShownVersion | None, *, is_in_force: bool, may_edit: bool) -> None:
        """Show a version; None: what came with the program."""
        self.begin()
        self._number, self._has_changes = (version.number if version else 0), False
        look, facts, number = self._look, self.facts, version.number if version else 0
        facts.addLayout(heading(look, version_name(number), self.tr("in force") if is_in_force else ""))
        if version is None:
            words = self.tr("Every edit stays within it: it says what a role may get at most. Only IT changes it.")
            facts.addWidget(text_label(look, words, wrap=True))
            facts.addWidget(line())
        else:
            who = "{name} ({account})"
            proposed = who.format(name=version.proposed_by_name, account=version.proposed_by)
            confirmed = who.format(name=version.confirmed_by_name, account=version.confirmed_by)
            facts.addLayout(fact(look, self.tr("Why"), version.why))
            facts.addLayout(fact(look, self.tr("Proposed by"), proposed))
            facts.addLayout(fact(look, self.tr("Proposed"), day_and_time(version.at)))
            facts.addLayout(fact(look, self.tr("Confirmed by"), confirmed))
            if version.confirmed_at:
                facts.addLayout(fact(look, self.tr("Confirmed"), day_and_time(version.confirmed_at)))
        if may_edit and not is_in_force:
            again = self.button(self.tr("Begin an edit with it"), "secondary", "begin_with", "rotate-ccw")
            again.clicked.connect(lambda: self.again_wanted.emit(number))
            self.foot.addStretch(1)

    def show_changes(self, number: int, changes: tuple[Change, ...] | None) -> None:
        """What it changed from the version before, once that is known; None: the two cannot be compared any more."""
        if number != self._number or self._has_changes:
            return
        self._has_changes = True
        look, facts = self._look, self.facts
        facts.addWidget(line())
        facts.addWidget(section(look, self.tr("Changed from: {version}").format(version=version_name(number - 1))))
        if changes is None:
            words = self.tr("One of the two does not fit this Tirai any more.")
            facts.addWidget(text_label(look, words, ink="ink2", wrap=True))
        for change in changes or ():
            facts.addLayout(change_row(look, change))
