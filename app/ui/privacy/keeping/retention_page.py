"""Retention: the rules field by field, a dry run of today, what is ahead, and the order to destroy what is due."""

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout

from app.domain.retention.trusted_time import Doubt
from app.session.privacy.erasing import ShownRetention, ShownRule
from app.ui.accounts.acting import Acting
from app.ui.policy.policy_table import Line, PolicyTable
from app.ui.privacy.desk_page import HeadedPage
from app.ui.privacy.keeping.ahead_bars import AheadBars
from app.ui.privacy.keeping.use_cases import ErasingUseCases
from app.ui.privacy.keeping.words import busy_words, contradict_words, rule_words, terms_in_two, why_refused
from app.ui.privacy.page_head import PageHead
from app.ui.saying import joined
from app.ui.tasks import Tasks
from app.ui.theme.fonts import SMALL, Weight
from app.ui.theme.look import Look
from app.ui.widgets.buttons import Button
from app.ui.widgets.labels import line, text_label
from app.ui.widgets.strips import Strip
from app.ui.words import day_and_year, number, one_or_many


class RetentionPage(HeadedPage):
    """The page.

    Args:
        look: colours.
        erasing: the use cases.
        tasks: the door off the GUI thread.

    Signals:
        failed: an exception of looking.
    """

    failed = Signal(object)

    def __init__(self, look: Look, erasing: ErasingUseCases, tasks: Tasks) -> None:
        super().__init__("privacy_retention")
        self._erasing, self._tasks = erasing, tasks
        self._shown: ShownRetention | None = None
        self.acting = Acting(look, erasing, tasks, self, why_refused, busy_words)
        about = self.tr("Longest and least times come from the inventory. Looking changes nothing.")
        self.head = PageHead(look, self.tr("Retention"), about, "retention")
        self.dry = Button(look, self.tr("Look again"), "secondary", icon="refresh-cw", name="dry_run")
        self.destroy_due = Button(look, self.tr("Propose to destroy what is due"), "danger", name="destroy_due")
        for button in (self.dry, self.destroy_due):
            self.head.tools.addWidget(button)
        words = self.tr("The date is right")
        self.doubt = Strip(look, "", "warn", action=words, flat=True, name="retention_doubt")
        self.doubt.action.setObjectName("confirm_date")
        self.figures = text_label(look, weight=Weight.SEMIBOLD, wrap=True)
        self.figures.setObjectName("retention_figures")
        self.more = text_label(look, ink="ink2", size=SMALL, wrap=True)
        self.ahead_title = text_label(look, self.tr("Values that have to go, by month"), ink="ink2", size=SMALL)
        self.ahead = AheadBars(look)
        headings = (
            self.tr("Field"),
            self.tr("For"),
            self.tr("At least"),
            self.tr("At most"),
            self.tr("Due now"),
        )
        self.table = PolicyTable(
            look, "retention_rules", self.tr("Rules"), headings, {1: 250, 2: 155, 3: 280, 4: 110}, tall=True, rest=190
        )
        self.rule = text_label(look, ink="ink2", size=SMALL, wrap=True)
        self.rule.setObjectName("retention_rule")
        self._chosen = ""
        self._place()
        self.doubt.hide()
        self.dry.clicked.connect(self.look_again)
        self.destroy_due.clicked.connect(self._destroy)
        self.doubt.action.clicked.connect(self._confirm)
        self.table.chosen.connect(lambda key, _column: self._choose(key))
        self._show()

    def _place(self) -> None:
        column = self.column
        column.addWidget(self.head)
        column.addWidget(self.doubt)
        middle = QVBoxLayout()
        middle.setContentsMargins(20, 4, 20, 10)
        middle.setSpacing(4)
        for part in (self.figures, self.more, self.ahead_title, self.ahead):
            middle.addWidget(part)
        column.addLayout(middle)
        column.addWidget(line())
        column.addWidget(self.table, 1)
        foot = QVBoxLayout()
        foot.setContentsMargins(20, 8, 20, 12)
        foot.addWidget(self.rule)
        column.addLayout(foot)

    # the workspace -------------------------------------------------------------------------------------------------
    def look_again(self) -> None:
        """A dry run."""
        if self.dry.is_busy:
            return
        self.dry.set_busy(busy_words("dry_run"))
        self._tasks.run(self._erasing.dry_run, self._on_shown, self._on_failed, owner=self)

    def forget(self) -> None:
        """Another page comes to the front."""
        self.acting.stop()
        super().forget()

    def focus_first(self) -> None:
        """Put the focus into the rules."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def retranslate(self) -> None:
        """The other language."""
        self._show()

    def _on_failed(self, error: Exception) -> None:
        self.dry.set_busy()
        self.head.tell(why_refused(error), "danger")
        self.failed.emit(error)

    def _on_shown(self, shown: ShownRetention) -> None:
        self.dry.set_busy()
        self._shown = shown
        self._show()

    def _show(self) -> None:
        shown = self._shown
        self.destroy_due.setVisible(shown is not None and shown.subjects > 0)
        for part in (self.ahead, self.ahead_title):
            part.setVisible(shown is not None and bool(shown.ahead))
        if shown is None:
            return
        self._say_doubt(shown)
        day = day_and_year(date.fromisoformat(shown.day))
        whole, single = shown.customers, max(0, shown.subjects - shown.customers)
        if whole or single:
            due = one_or_many(
                whole,
                self.tr("On {day}: {n} customer is due whole, and single fields of {m} others."),
                self.tr("On {day}: {n} customers are due whole, and single fields of {m} others."),
            )
            self.figures.setText(due.format(day=day, n=number(whole), m=number(single)))
        else:
            self.figures.setText(self.tr("On {day}: nothing is due.").format(day=day))
        held = one_or_many(shown.held, self.tr("1 customer is held."), self.tr("{n} customers are held."))
        text = held.format(n=number(shown.held))
        if shown.unknown:
            unknown = self.tr("Of {n} no date is known, so nothing of them is due.")
            text += " " + unknown.format(n=number(shown.unknown))
        if torn := self._torn_words(shown.rules):
            text += " " + torn
        if shown.samples:
            text += " " + self.tr("Some that are due, by pseudonym: {ids}").format(ids=", ".join(shown.samples))
        self.more.setText(text)
        self.ahead.show_months(shown.ahead)
        self.table.show_lines(tuple(_line(str(at), rule) for at, rule in enumerate(shown.rules)))
        self._say_rule()

    def _choose(self, key: str) -> None:
        self._chosen = key
        self._say_rule()

    def _say_rule(self) -> None:
        """What the chosen rule says, and what decides."""
        rules = self._shown.rules if self._shown is not None else ()
        at = int(self._chosen) if self._chosen else len(rules)
        if at < len(rules):
            self.rule.setText(joined(" ", *rule_words(rules[at])))
            return
        self.rule.setText(self.tr("Choose a field to see what decides."))

    def _torn_words(self, rules: tuple[ShownRule, ...]) -> str:
        torn = len({rule.label for rule in rules if rule.conflicts})
        words = one_or_many(
            torn,
            self.tr("Of {n} field a least time stands against a longest one. Choose a field to see which decides."),
            self.tr("Of {n} fields a least time stands against a longest one. Choose one to see which decides."),
        )
        return words.format(n=number(torn)) if torn else ""

    def _say_doubt(self, shown: ShownRetention) -> None:
        sentences = {
            Doubt.AHEAD: self.tr(
                "The office’s clock says {day}, further ahead than it can be. Nothing is due until a privacy officer "
                "says that it is right."
            ),
            Doubt.BEHIND: self.tr(
                "The office’s clock says {day}, which was over already. Nothing is due until a privacy officer says "
                "that it is right."
            ),
        }
        self.doubt.say(sentences[shown.doubt].format(day=shown.office_day) if shown.doubt is not Doubt.NONE else "")
        self.doubt.action.setVisible(shown.may_confirm)

    # doing ---------------------------------------------------------------------------------------------------------
    def _destroy(self) -> None:
        def proposed(order: int) -> None:
            self.head.tell(self.tr("Order {n} waits for somebody else’s approval.").format(n=number(order)))

        self.acting.do(self.destroy_due, self._erasing.destroy_what_is_due, proposed, self._refuse)

    def _confirm(self) -> None:
        if self._shown is None:
            return
        day = self._shown.office_day
        self.acting.do(
            self.doubt.action, lambda: self._erasing.confirm_date(day), lambda _none: self.look_again(), self._refuse
        )

    def _refuse(self, sentence: str) -> None:
        self.head.tell(sentence, "danger")


def _line(key: str, rule: ShownRule) -> Line:
    first, *others = rule.purposes
    purposes = f"{first}\n{', '.join(others)}" if others else first
    sign = ("scale", "warn") if rule.conflicts else None
    label = f"{rule.label}\n{contradict_words()}" if rule.conflicts else rule.label
    texts = (label, purposes, terms_in_two(rule.least), terms_in_two(rule.most), number(rule.due))
    return Line(key, texts, sign)
