"""The drawer's page on one right: what a role may do with a class, for which reasons; administrators change it."""

from PySide6.QtCore import Signal

from app.domain.data_class import DataClass
from app.domain.policy import Access, Policy, Reason, ReasonFor
from app.domain.role import Role
from app.session.policies import PolicyShown
from app.ui.accounts.facts import fact, heading, section
from app.ui.enrolment.fields import labelled
from app.ui.language import spoken
from app.ui.policy.page import Page
from app.ui.policy.value_words import outside_words, quota_words, yes_no
from app.ui.policy.words import access_name, right_sentence
from app.ui.saying import filled, joined, said
from app.ui.theme.look import Look
from app.ui.widgets.labels import line, text_label
from app.ui.words import class_name, role_name


class RightPage(Page):
    """One cell.

    Signals:
        changed: role, class, access, fresh code, decides: put into the edit.
    """

    changed = Signal(object, object, object, bool, bool)

    def __init__(self, look: Look) -> None:
        super().__init__(look, "right_page")

    def show_right(self, shown: PolicyShown, draft: Policy, role: Role, data_class: DataClass) -> None:
        """Show a right as it is, and for administrators as the edit has it."""
        self.begin()
        look, facts, policy = self._look, self.facts, shown.policy
        facts.addLayout(heading(look, filled("{}, {}", role_name(role), class_name(data_class))))
        facts.addWidget(text_label(look, right_sentence(policy, role, data_class), wrap=True))
        access = policy.access(role, data_class)
        if data_class is DataClass.OPEN:
            facts.addWidget(text_label(look, self.tr("Open fields lie in the console and need no key."), ink="ink2",
                                       wrap=True))  # fmt: skip
            return
        if access is Access.REVEAL:
            needed = self.tr("needed") if policy.needs_step_up(role, data_class) else self.tr("not needed")
            facts.addLayout(fact(look, self.tr("Fresh code"), needed))
        facts.addLayout(fact(look, self.tr("Decides"), yes_no(policy.may_decide(role, data_class))))
        if access is Access.REVEAL:
            facts.addLayout(fact(look, self.tr("Quota"), quota_words(policy.quotas[role, data_class])))
            facts.addLayout(fact(look, self.tr("Off hours"), outside_words(policy.off_hours[role])))
        self._add_reasons(policy, role, data_class, access)
        if shown.may_edit and (data_class in shown.base.roles[role].reveals | shown.base.roles[role].asks):
            self._add_change(shown.base, draft, role, data_class)

    def _add_reasons(self, policy: Policy, role: Role, data_class: DataClass, access: Access) -> None:
        look, facts = self._look, self.facts
        if access is Access.NEVER:
            return
        what = ReasonFor.REVEAL if access is Access.REVEAL else ReasonFor.ASK
        own = policy.reasons(what, data_class)
        reasons = own if access is Access.REVEAL else policy.reasons_to_ask(role, data_class)
        words = self.tr("Reasons to reveal") if access is Access.REVEAL else self.tr("Reasons to ask")
        facts.addSpacing(4)
        facts.addWidget(section(look, words))
        for reason in reasons:
            facts.addWidget(
                text_label(look, filled("•  {}", self._reason(policy, what, data_class, reason)), wrap=True)
            )
        if not reasons:
            facts.addWidget(text_label(look, self.tr("None: nothing opens."), ink="ink2"))

    @said
    def _reason(self, policy: Policy, what: ReasonFor, data_class: DataClass, reason: Reason) -> str:
        hints = []
        if reason.needs_text:
            hints.append(self.tr("own words"))
        if policy.needs_caller(what, data_class, reason.code):
            hints.append(self.tr("identified caller"))
        label = reason.label(spoken().value)
        return filled("{} ({})", label, joined(", ", *hints)) if hints else label

    def _add_change(self, base: Policy, draft: Policy, role: Role, data_class: DataClass) -> None:
        look, facts, rights = self._look, self.facts, base.roles[role]
        facts.addWidget(line())
        facts.addWidget(section(look, self.tr("In the edit")))
        possible = [Access.ASK, Access.NEVER]
        if data_class in rights.reveals:
            possible.insert(0, Access.REVEAL)
        choices: list[tuple[str, object]] = [(access_name(access), access) for access in possible]
        may = self.picker("right_access", self.tr("May"), choices, draft.access(role, data_class))
        facts.addLayout(labelled(look, self.tr("May"), may))
        needs: list[tuple[str, object]] = [(self.tr("needed"), True), (self.tr("not needed"), False)]
        always = data_class in rights.steps_up_for
        code = self.picker(
            "right_code", self.tr("Fresh code"), needs[: 1 if always else 2], draft.needs_step_up(role, data_class)
        )
        facts.addLayout(labelled(look, self.tr("Fresh code"), code))
        answers: list[tuple[str, object]] = [(yes_no(value), value) for value in (True, False)]
        can_decide = data_class in rights.decides
        decides = self.picker(
            "right_decides", self.tr("Decides on requests"), answers if can_decide else answers[1:],
            draft.may_decide(role, data_class),
        )  # fmt: skip
        facts.addLayout(labelled(look, self.tr("Decides on requests"), decides))
        put = self.button(self.tr("Put into the edit"), "secondary", "put_right", "pencil")
        put.clicked.connect(
            lambda: self.changed.emit(
                role,
                data_class,
                Access(may.currentData()),
                bool(code.currentData()),
                bool(decides.currentData()),
            )
        )
        self.foot.addStretch(1)
