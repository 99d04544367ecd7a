"""The policy's workspace: what is in force in tables, one thing of it in the drawer; an edit is made and decided there.

Invariant: the tables show what is in force and nothing else; what an edit would change stands in the drawer alone,
until two people have signed it.
"""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.domain.data_class import DataClass
from app.domain.policy import Access, Policy, PolicyError, Reason
from app.domain.policy_text import with_access, with_reason, with_value, without_reason
from app.domain.role import Role
from app.session.policies import Edit, PolicyShown
from app.ui.accounts.acting import Acting
from app.ui.policy import lines
from app.ui.policy.difference_page import DifferencePage
from app.ui.policy.number_page import NumberPage
from app.ui.policy.page import Page
from app.ui.policy.policy_table import PolicyTable
from app.ui.policy.reason_page import ReasonPage
from app.ui.policy.right_page import RightPage
from app.ui.policy.text_page import TextPage
from app.ui.policy.use_cases import PolicyUseCases
from app.ui.policy.version_page import VersionPage
from app.ui.policy.words import busy_words, version_name, why_refused
from app.ui.tasks import Tasks
from app.ui.theme.fonts import SMALL
from app.ui.theme.look import Look
from app.ui.widgets.buttons import Button
from app.ui.widgets.labels import line, text_label
from app.ui.widgets.strips import Strip
from app.ui.workspace import Workspace

DRAWER = 400


class PolicyScreen(Workspace, QWidget):
    """The policy of the office.

    Args:
        look: colours.
        policies: the use cases.
        tasks: the door off the GUI thread.
        takes_part: whether this person proposes or confirms edits, and is told that one waits.

    Signals:
        failed: an exception of looking, for the console to tell.
        told: an edit waits for this person, or what became of one.
        counted: how many edits wait for this person's decision.
        left: back to the work before.
    """

    topics = frozenset({"policy"})
    failed = Signal(object)
    told = Signal(str)
    counted = Signal(int)
    left = Signal()

    def __init__(self, look: Look, policies: PolicyUseCases, tasks: Tasks, *, takes_part: bool) -> None:
        super().__init__()
        self._look, self._policies, self._tasks, self._takes_part = look, policies, tasks, takes_part
        self._shown: PolicyShown | None = None
        self._draft: Edit | None = None
        self._told = ""
        self._looks = self._looks_again = self._has_come = False
        self.acting = Acting(look, policies, tasks, self, why_refused, busy_words)
        self.right, self.reason, self.number = RightPage(look), ReasonPage(look), NumberPage(look)
        self.version, self.text, self.difference = VersionPage(look), TextPage(look), DifferencePage(look)
        self._nothing = Page(look, "policy_nothing")
        self.pages: tuple[Page, ...] = (
            self._nothing, self.right, self.reason, self.number, self.version, self.text, self.difference,
        )  # fmt: skip
        self.drawer = QStackedWidget()
        self.drawer.setFixedWidth(DRAWER)
        for page in self.pages:
            self.drawer.addWidget(page)
        self._make_tables()
        self._place()
        self._join()

    # making --------------------------------------------------------------------------------------------------------
    def _make_tables(self) -> None:
        look = self._look
        self.rights = PolicyTable(
            look, "policy_rights", self.tr("Rights by role and class"),
            (self.tr("Role"), *lines.headings_of_classes()), {0: 150}, by_cell=True, tall=True,
        )  # fmt: skip
        self.reasons = PolicyTable(
            look, "policy_reasons", self.tr("Reasons"), (self.tr("Reason"), self.tr("Classes")), {1: 330}, tall=True
        )
        self.numbers = PolicyTable(
            look, "policy_numbers", self.tr("Numbers and rules"), (self.tr("Number or rule"), self.tr("Now")), {0: 320}
        )
        self.versions = PolicyTable(
            look, "policy_versions", self.tr("Versions"),
            (self.tr("Version"), self.tr("Why"), self.tr("Proposed by"), self.tr("Confirmed by"), self.tr("Time")),
            {0: 150, 2: 130, 3: 130, 4: 110},
        )  # fmt: skip
        self.tables = (self.rights, self.reasons, self.numbers, self.versions)

    def _place(self) -> None:
        look = self._look
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        left = QVBoxLayout()
        left.setSpacing(0)
        self.strip = Strip(look, "", "warn", flat=True, name="policy_fits")
        self.strip.hide()
        left.addWidget(self.strip)
        look_words = self.tr("Look")
        self.waits = Strip(look, "", "info", action=look_words, flat=True, name="policy_waits")
        self.waits.action.setObjectName("look_at_waiting")
        self.waits.hide()
        left.addWidget(self.waits)
        self.unsent = Strip(look, "", "warn", action=look_words, flat=True, name="policy_unsent", sign="pencil")
        self.unsent.action.setObjectName("look_at_draft")
        self.unsent.hide()
        left.addWidget(self.unsent)
        left.addLayout(self._make_head())
        self.stack = QStackedWidget()
        for table in self.tables:
            self.stack.addWidget(table)
        left.addWidget(self.stack, 1)
        row.addLayout(left, 1)
        row.addWidget(line(vertical=True))
        side = QFrame()
        side.setProperty("ground", "surface")
        side.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.drawer)
        row.addWidget(side)

    def _make_head(self) -> QHBoxLayout:
        look, head = self._look, QHBoxLayout()
        head.setContentsMargins(12, 12, 12, 10)
        head.setSpacing(4)
        self.sections = QButtonGroup(self)
        names = (
            (self.tr("Rights"), "section_rights"),
            (self.tr("Reasons"), "section_reasons"),
            (self.tr("Numbers"), "section_numbers"),
            (self.tr("Versions"), "section_versions"),
        )
        for at, (words, name) in enumerate(names):
            button = Button(look, words, "segment", name=name)
            button.setCheckable(True)
            button.setChecked(at == 0)
            self.sections.addButton(button, at)
            head.addWidget(button)
        head.addStretch(1)
        self.state = text_label(look, "", ink="ink2", size=SMALL)
        self.state.setObjectName("policy_state")
        head.addWidget(self.state)
        head.addSpacing(8)
        self.new_reason = Button(look, self.tr("New reason"), "quiet", icon="plus", name="new_reason_head")
        self.as_text = Button(look, self.tr("Edit as text"), "secondary", icon="pencil", name="edit_text")
        for button in (self.new_reason, self.as_text):
            button.hide()
            head.addWidget(button)
        return head

    def _join(self) -> None:
        self.sections.idToggled.connect(self._on_section)
        self.rights.chosen.connect(self._on_right)
        self.reasons.chosen.connect(lambda key, _column: self._on_reason(key))
        self.numbers.chosen.connect(lambda key, _column: self._on_number(key))
        self.versions.chosen.connect(lambda key, _column: self._on_version(int(key)))
        self.right.changed.connect(self._put_right)
        self.reason.retired.connect(self._put_retired)
        self.reason.added.connect(self._put_reason)
        self.reason.new_wanted.connect(self._begin_reason)
        self.number.changed.connect(self._put_number)
        self.version.again_wanted.connect(self._begin_with)
        self.text.sent.connect(self._judge)
        self.text.left.connect(self._show_selected)
        self.difference.left.connect(self._show_selected)
        self.difference.propose_wanted.connect(self._propose)
        self.difference.confirm_wanted.connect(self._confirm)
        self.difference.drop_wanted.connect(self._drop)
        self.difference.forget_wanted.connect(self._forget_draft)
        self.difference.text_wanted.connect(self._edit_text)
        self.new_reason.clicked.connect(self._begin_reason)
        self.as_text.clicked.connect(self._edit_text)
        self.waits.action.clicked.connect(self.show_waiting)
        self.unsent.action.clicked.connect(self.show_draft)
        for page in self.pages:
            self.acting.began.connect(page.clear)
            self.acting.worked.connect(page.set_working)

    # looking -------------------------------------------------------------------------------------------------------
    def begin(self) -> None:
        """Ask for what is in force; who takes part in no edit asks when it comes to the front."""
        if self._takes_part:
            self.look_again()

    def come(self) -> None:
        """It came to the front: ask again, and put the focus into the grid."""
        self._has_come = True
        self.look_again()
        self.focus_first()

    def look_again(self) -> None:
        """Something may have changed: ask, and once more if that comes while one asks."""
        if not self._takes_part and not self._has_come:
            return
        if self._looks:
            self._looks_again = True
            return
        self._looks = True
        self._tasks.run(self._policies.shown, self._on_shown, self._on_failed, owner=self)

    def _on_shown(self, shown: PolicyShown) -> None:
        self._looks = False
        before, self._shown = self._shown, shown
        self._fill(shown)
        waiting = shown.waiting
        mine = waiting is not None and waiting.why_not is None
        self.counted.emit(int(mine))
        if waiting is not None and mine and waiting.id != self._told:
            self._told = waiting.id
            self.told.emit(self.tr("An edit of the policy waits for you: Menu, Policy."))
        if self.difference.waiting is not None and (waiting is None or waiting.id != self.difference.waiting.id):
            self.difference.forget()
            self._show_selected()
        if before is not None and before.version != shown.version:
            self._take_newer_version()
        elif self.drawer.currentWidget() is self._nothing:
            self._show_selected()
        if self._looks_again:
            self._looks_again = False
            self.look_again()

    def _fill(self, shown: PolicyShown) -> None:
        self.rights.show_lines(lines.right_lines(shown.policy))
        self.reasons.show_lines(lines.reason_lines(shown.policy))
        self.numbers.show_lines(lines.number_lines(shown.policy))
        self.versions.show_lines(lines.version_lines(shown))
        self.state.setText(version_name(shown.version))
        self.as_text.setVisible(shown.may_edit)
        self.new_reason.setVisible(shown.may_edit and self.stack.currentWidget() is self.reasons)
        sentence = self.tr("This version does not fit this Tirai any more, so nothing opens. It has to be edited anew.")
        self.strip.say("" if shown.fits else sentence)
        waiting = shown.waiting
        words = self.tr("{name} proposes {n} changes; they wait for a second person.")
        self.waits.say(
            words.format(name=waiting.proposed_by_name, n=len(waiting.edit.changes)) if waiting is not None else ""
        )

    def _take_newer_version(self) -> None:
        """Another version is in force: an edit over the one before is judged anew."""
        draft = self._draft
        if draft is None:
            self._show_selected()
            return

        def judged(edit: Edit) -> None:
            self._draft = edit
            self._say_unsent()
            if self.difference.draft is not None:
                self.difference.show_draft(edit)

        self._tasks.run(lambda: self._policies.judge(draft.text), judged, self._refuse, owner=self)

    def _on_failed(self, error: Exception) -> None:
        self._looks = False
        self.state.setText(why_refused(error))
        self.failed.emit(error)

    # showing -------------------------------------------------------------------------------------------------------
    def _on_section(self, at: int, on: bool) -> None:
        if on:
            self.stack.setCurrentIndex(at)
            self.new_reason.setVisible(bool(self._shown and self._shown.may_edit and at == 1))
            self._show_selected()

    def _turn_to(self, page: Page) -> None:
        self.drawer.setCurrentWidget(page)

    def _show_selected(self) -> None:
        """The drawer shows what is chosen in the table in front; at first, the first of it."""
        table = self.tables[self.stack.currentIndex()]
        if not table.lines.lines:
            self._turn_to(self._nothing)
            return
        index = table.currentIndex()
        if not index.isValid():
            first = 1 + lines.GRID.index(DataClass.CONTACT) if table.by_cell else 0
            table.setCurrentIndex(table.lines.index(0, first))
            return
        table.chosen.emit(table.lines.lines[index.row()].key, index.column())

    def _drafted(self, shown: PolicyShown) -> Policy:
        return self._draft.policy if self._draft is not None else shown.policy

    def _on_right(self, key: str, column: int) -> None:
        if (shown := self._shown) is not None:
            data_class = lines.GRID[max(0, column - 1)]
            self.right.show_right(shown, self._drafted(shown), Role(key), data_class)
            self._turn_to(self.right)

    def _on_reason(self, key: str) -> None:
        if (shown := self._shown) is None:
            return
        what, _, code = key.partition(" ")
        for kind, reasons in lines.reasons_by_kind(shown.policy):
            for reason in reasons:
                if (kind, reason.code) == (what, code):
                    self.reason.show_reason(what, reason, may_edit=shown.may_edit)
                    self._turn_to(self.reason)

    def _on_number(self, key: str) -> None:
        if (shown := self._shown) is None:
            return
        if key.startswith("rule "):
            name = key.removeprefix("rule ")
            value = dict(lines.rules(shown.policy)).get(name, "")
            self.number.show_rule(name, value, may_edit=shown.may_edit)
        else:
            self.number.show_number(shown, self._drafted(shown), key)
        self._turn_to(self.number)

    def _on_version(self, number: int) -> None:
        if (shown := self._shown) is not None:
            version = next((v for v in shown.versions if v.number == number), None)
            self.version.show_version(version, is_in_force=number == shown.version, may_edit=shown.may_edit)
            self._turn_to(self.version)

    def show_waiting(self) -> None:
        """The edit that waits."""
        if self._shown is not None and self._shown.waiting is not None:
            self.difference.show_waiting(self._shown.waiting)
            self._turn_to(self.difference)
            self.difference.focus_first("leave_edit")

    def show_draft(self) -> None:
        """The edit that is being made."""
        if self._draft is not None:
            if self.difference.draft is not self._draft:
                self.difference.show_draft(self._draft)
            self._turn_to(self.difference)
            self.difference.focus_first("edit_why", "edit_as_text")

    # an edit -------------------------------------------------------------------------------------------------------
    def _with_text(self, then: Callable[[str], object]) -> None:
        """Go on with the text of the edit, or of what is in force."""
        shown = self._shown
        if self._draft is not None:
            then(self._draft.text)
        elif shown is not None:
            number = shown.version if shown.fits else 0
            self._tasks.run(lambda: self._policies.text(number), then, self._refuse, owner=self)

    def _put(self, change: Callable[[str], str]) -> None:
        """Change the text in one place, and judge it."""

        def changed(text: str) -> None:
            try:
                self._judge(change(text))
            except PolicyError as error:
                self._refuse(error)

        self._with_text(changed)

    def _put_right(self, role: Role, data_class: DataClass, access: Access, steps_up: bool, decides: bool) -> None:
        if (shown := self._shown) is not None:
            policy = self._drafted(shown)
            self._put(
                lambda text: with_access(text, policy, role, data_class, access, steps_up=steps_up, decides=decides)
            )

    def _put_number(self, key: str, value: int) -> None:
        self._put(lambda text: with_value(text, "numbers", key, value))

    def _put_retired(self, what: str, code: str) -> None:
        self._put(lambda text: without_reason(text, f"{what}_reason", code))

    def _put_reason(self, what: str, reason: Reason) -> None:
        self._put(lambda text: with_reason(text, f"{what}_reason", reason))

    def _begin_reason(self) -> None:
        self._turn_to(self.reason)
        self.reason.begin_new()

    def _begin_with(self, number: int) -> None:
        self._tasks.run(lambda: self._policies.text(number), self._judge, self._refuse, owner=self)

    def _edit_text(self) -> None:
        def show(text: str) -> None:
            self._turn_to(self.text)
            self.text.show_text(text)

        self._with_text(show)

    def _judge(self, text: str) -> None:
        self._tasks.run(lambda: self._policies.judge(text), self._on_judged, self._refuse, owner=self)

    def _on_judged(self, edit: Edit) -> None:
        self._draft = edit
        self._say_unsent()
        self.show_draft()

    def _say_unsent(self) -> None:
        draft = self._draft
        words = self.tr("Your edit has {n} changes. Nobody has been asked yet.")
        self.unsent.say(words.format(n=len(draft.changes)) if draft is not None and draft.changes else "")

    def _refuse(self, error: Exception) -> None:
        """On the page in front; in the text, at its line."""
        page = self.drawer.currentWidget()
        if isinstance(page, Page):
            page.refuse(why_refused(error))
        if isinstance(error, PolicyError) and page is self.text:
            self.text.show_place(error)

    def _forget_draft(self) -> None:
        self._draft = None
        self._say_unsent()
        self.difference.forget()
        self._show_selected()
        self.focus_first()

    # deciding ------------------------------------------------------------------------------------------------------
    def _propose(self, button: QWidget, why: str) -> None:
        draft = self._draft
        if draft is None:
            return

        def proposed(_none: object) -> None:
            self._forget_draft()
            self.told.emit(self.tr("Proposed. It is in force once a second person has confirmed it."))
            self.look_again()

        self.acting.do(button, lambda: self._policies.propose(draft, why), proposed, self.difference.refuse)

    def _confirm(self, button: QWidget) -> None:
        self._decide(button, self._policies.confirm, self.tr("Confirmed. The policy is in force."))

    def _drop(self, button: QWidget) -> None:
        waiting = self.difference.waiting
        own = waiting is not None and waiting.is_own
        words = self.tr("The edit is taken back.") if own else self.tr("The edit is refused.")
        self._decide(button, self._policies.drop, words)

    def _decide(self, button: QWidget, how: Callable[[str], object], words: str) -> None:
        waiting = self.difference.waiting
        if waiting is None:
            return

        def decided(_none: object) -> None:
            self.told.emit(words)
            self.look_again()

        def refused(sentence: str) -> None:
            self.difference.refuse(sentence)
            self.look_again()

        self.acting.do(button, lambda: how(waiting.id), decided, refused)

    # the frame -----------------------------------------------------------------------------------------------------
    def focus_first(self) -> None:
        """The table in front."""
        self.tables[self.stack.currentIndex()].setFocus(Qt.FocusReason.OtherFocusReason)

    def close_innermost(self) -> bool:
        """Esc: from an edit back to what is chosen."""
        if self.drawer.currentWidget() in (self.difference, self.text):
            self._show_selected()
            self.focus_first()
            return True
        return False

    def forget(self) -> None:
        """Another workspace comes to the front: a code is asked for no more; the edit stays."""
        self.acting.stop()

    def stop(self) -> None:
        """The session ends."""
        self.acting.stop()
        self._draft = None
        self.text.show_text("")
