"""The policy's workspace: what is in force in tables, one thing of it in the drawer; edits are made and decided there.

Invariant: the tables show what is in force and nothing else; what an edit would change stands in the drawer alone,
until two people have signed it.
"""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.domain.policy import PolicyError
from app.domain.role import Role
from app.session.policies import PolicyShown, WaitingEdit
from app.ui.accounts.acting import Acting
from app.ui.policy import lines
from app.ui.policy.difference_page import DifferencePage
from app.ui.policy.draft import Draft
from app.ui.policy.number_page import NumberPage
from app.ui.policy.page import Page
from app.ui.policy.policy_table import PolicyTable
from app.ui.policy.reason_page import ReasonPage
from app.ui.policy.right_page import RightPage
from app.ui.policy.tables import PolicyTables
from app.ui.policy.text_page import TextPage
from app.ui.policy.use_cases import PolicyUseCases
from app.ui.policy.version_page import VersionPage
from app.ui.policy.words import busy_words, text_refused, why_refused
from app.ui.tasks import Tasks
from app.ui.theme.look import Look
from app.ui.theme.rescale import fix_panel
from app.ui.widgets.labels import line
from app.ui.widgets.strips import Strip
from app.ui.words import one_or_many
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
    told = Signal(object)
    counted = Signal(int)
    left = Signal()

    def __init__(self, look: Look, policies: PolicyUseCases, tasks: Tasks, *, takes_part: bool) -> None:
        super().__init__()
        self._policies, self._tasks, self._takes_part = policies, tasks, takes_part
        self._shown: PolicyShown | None = None
        self._told = ""
        self._looks = self._looks_again = self._has_come = False
        self.acting = Acting(look, policies, tasks, self, why_refused, busy_words)
        self.draft = Draft(policies, tasks, self)
        self.tables = PolicyTables(look)
        self.right, self.reason, self.number = RightPage(look), ReasonPage(look), NumberPage(look)
        self.version, self.text, self.difference = VersionPage(look), TextPage(look), DifferencePage(look)
        self._nothing = Page(look, "policy_nothing")
        self.pages: tuple[Page, ...] = (
            self._nothing, self.right, self.reason, self.number, self.version, self.text, self.difference,
        )  # fmt: skip
        self.drawer = QStackedWidget()
        fix_panel(self.drawer, look, DRAWER)
        for page in self.pages:
            self.drawer.addWidget(page)
        self.unfit = Strip(look, "", "warn", flat=True, name="policy_unfit")
        words = self.tr("Look")
        self.waits = Strip(look, "", "info", action=words, flat=True, name="policy_waits")
        self.waits.action.setObjectName("look_at_waiting")
        self.unsent = Strip(look, "", "warn", action=words, flat=True, name="policy_unsent", sign="pencil")
        self.unsent.action.setObjectName("look_at_draft")
        self._place()
        self._join()

    def _place(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        left = QVBoxLayout()
        left.setSpacing(0)
        for strip in (self.unfit, self.waits, self.unsent):
            left.addWidget(strip)
            strip.hide()
        left.addWidget(self.tables, 1)
        row.addLayout(left, 1)
        row.addWidget(line(vertical=True))
        side = QFrame()
        side.setProperty("ground", "surface")
        side.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.drawer)
        row.addWidget(side)

    def _join(self) -> None:
        self.tables.chosen.connect(self._on_chosen)
        self.tables.new_reason_wanted.connect(self._begin_reason)
        self.tables.text_wanted.connect(self._edit_text)
        self.right.changed.connect(self.draft.put_right)
        self.reason.retired.connect(self.draft.put_retired)
        self.reason.added.connect(self.draft.put_reason)
        self.reason.new_wanted.connect(self._begin_reason)
        self.number.changed.connect(self.draft.put_number)
        self.version.again_wanted.connect(self.draft.begin_with)
        self.text.sent.connect(self.draft.judge)
        self.text.left.connect(self._show_chosen)
        self.difference.left.connect(self._show_chosen)
        self.difference.propose_wanted.connect(self._propose)
        self.difference.confirm_wanted.connect(self._confirm)
        self.difference.drop_wanted.connect(self._drop)
        self.difference.forget_wanted.connect(self._forget_draft)
        self.difference.text_wanted.connect(self._edit_text)
        self.draft.changed.connect(self._on_draft)
        self.draft.refused.connect(self._refuse)
        self.waits.action.clicked.connect(self.show_waiting)
        self.unsent.action.clicked.connect(self.show_draft)
        for page in self.pages:
            self.acting.began.connect(page.clear)
            self.acting.worked.connect(page.set_working)

    # looking -------------------------------------------------------------------------------------------------------
    def begin(self) -> None:
        """Ask for what is in force; who takes part in no edit asks when it comes to the front."""
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
        self.tables.fill(shown)
        self._say(shown)
        if before is not None and before.waiting is not None and before.waiting.is_own:
            self._say_outcome(before.waiting, shown)
        self.draft.take(shown)
        held = self.difference.waiting
        is_gone = held is not None and (shown.waiting is None or shown.waiting.id != held.id)
        if is_gone:
            self.difference.forget()
        is_other = before is None or before.version != shown.version
        if is_gone or (is_other and self.drawer.currentWidget() not in (self.text, self.difference)):
            self._show_chosen()
        if self._looks_again:
            self._looks_again = False
            self.look_again()

    def _say(self, shown: PolicyShown) -> None:
        sentence = self.tr("This version does not fit this Tirai any more, so nothing opens. It has to be edited anew.")
        self.unfit.say("" if shown.fits else sentence)
        waiting = shown.waiting
        self.waits.say(self._waiting_words(waiting) if waiting is not None else "")
        mine = waiting is not None and waiting.why_not is None
        self.counted.emit(int(mine))
        if waiting is not None and mine and waiting.id != self._told:
            self._told = waiting.id
            self.told.emit(self.tr("An edit of the policy waits for you: Menu, Policy."))

    def _say_outcome(self, mine: WaitingEdit, shown: PolicyShown) -> None:
        """What became of one's own edit; what one took back, or nobody decided in time, says nothing here."""
        signed = (v for v in shown.versions if (v.number, v.proposed_by) == (mine.number, mine.proposed_by))
        if (version := next(signed, None)) is not None:
            words = self.tr("{name} confirmed your edit. It is in force.")
            self.told.emit(words.format(name=version.confirmed_by_name or version.confirmed_by))
        elif shown.refused == mine.id:
            self.told.emit(self.tr("{name} refused your edit.").format(name=shown.refused_by))

    def _on_failed(self, error: Exception) -> None:
        self._looks = False
        self.tables.state.setText(why_refused(error))
        self.failed.emit(error)

    # showing -------------------------------------------------------------------------------------------------------
    def _turn_to(self, page: Page) -> None:
        self.drawer.setCurrentWidget(page)

    def _show_chosen(self) -> None:
        """The drawer shows what is chosen in the table in front."""
        if not self.tables.tell_chosen():
            self._turn_to(self._nothing)

    def _on_chosen(self, table: PolicyTable, key: str, column: int) -> None:
        if (shown := self._shown) is None:
            return
        if table is self.tables.rights:
            data_class = lines.GRID[max(0, column - 1)]
            self.right.show_right(shown, self.draft.policy(shown), Role(key), data_class)
            self._turn_to(self.right)
        elif table is self.tables.reasons:
            what, reason = lines.reason_of(shown.policy, key)
            self.reason.show_reason(what, reason, may_edit=shown.may_edit)
            self._turn_to(self.reason)
        elif table is self.tables.numbers:
            self.show_number(shown, key)
        else:
            version = next((v for v in shown.versions if str(v.number) == key), None)
            self.version.show_version(version, is_in_force=key == str(shown.version), may_edit=shown.may_edit)
            self._turn_to(self.version)
            if version is not None:
                self._ask_changes(version.number)

    def _ask_changes(self, number: int) -> None:
        """What a version changed is added once it is there; without it the page stays as it is."""
        self._tasks.run(
            lambda: self._policies.changes(number),
            lambda changes: self.version.show_changes(number, changes),
            lambda _error: None,
            owner=self,
        )

    def show_number(self, shown: PolicyShown, key: str) -> None:
        """A number or a rule."""
        if key.startswith(lines.RULE):
            name = key.removeprefix(lines.RULE)
            self.number.show_rule(name, dict(lines.rules(shown.policy)).get(name, ""), may_edit=shown.may_edit)
        else:
            self.number.show_number(shown, self.draft.policy(shown), key)
        self._turn_to(self.number)

    def show_waiting(self) -> None:
        """The edit that waits."""
        if self._shown is not None and self._shown.waiting is not None:
            self.difference.show_waiting(self._shown.waiting)
            self._turn_to(self.difference)
            self.difference.focus_first("leave_edit")

    def show_draft(self) -> None:
        """The edit that is being made."""
        edit = self.draft.edit
        if edit is not None:
            if self.difference.draft is not edit:
                self.difference.show_draft(edit)
            self._turn_to(self.difference)
            self.difference.focus_first("edit_why", "edit_as_text")

    # an edit -------------------------------------------------------------------------------------------------------
    def _begin_reason(self) -> None:
        self._turn_to(self.reason)
        self.reason.begin_new()

    def _edit_text(self) -> None:
        def show(text: str) -> None:
            self._turn_to(self.text)
            self.text.show_text(text)

        self.draft.with_text(show)

    def _waiting_words(self, waiting: WaitingEdit) -> str:
        many = self.tr("{name} proposes {n} changes; they wait for a second person.")
        one = self.tr("{name} proposes {n} change; it waits for a second person.")
        count = len(waiting.edit.changes)
        return one_or_many(count, one, many).format(name=waiting.proposed_by_name, n=count)

    def _on_draft(self, show: bool) -> None:
        edit = self.draft.edit
        count = len(edit.changes) if edit is not None else 0
        many = self.tr("Your edit has {n} changes. Nobody has been asked yet.")
        one = self.tr("Your edit has {n} change. Nobody has been asked yet.")
        self.unsent.say(one_or_many(count, one, many).format(n=count) if count else "")
        if show:
            self.show_draft()
        elif edit is not None and self.difference.draft is not None:
            self.difference.show_draft(edit)

    def _refuse(self, error: Exception) -> None:
        """On the page in front; in the text, at its line."""
        page = self.drawer.currentWidget()
        words = why_refused(error)
        if isinstance(error, PolicyError) and self._shown is not None:
            words = text_refused(error, self._shown.base)
        if isinstance(page, Page):
            page.refuse(words)
        if isinstance(error, PolicyError) and page is self.text:
            self.text.show_place(error)

    def _forget_draft(self) -> None:
        self.draft.forget()
        self.difference.forget()
        self._show_chosen()
        self.focus_first()

    # deciding ------------------------------------------------------------------------------------------------------
    def _propose(self, button: QWidget, why: str) -> None:
        edit = self.draft.edit
        if edit is None:
            return

        def proposed(_none: object) -> None:
            self._forget_draft()
            self.told.emit(self.tr("Proposed. It is in force once a second person has confirmed it."))
            self.look_again()

        self.acting.do(button, lambda: self._policies.propose(edit, why), proposed, self.difference.refuse)

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
        self.tables.focus_first()

    def close_innermost(self) -> bool:
        """Esc: from an edit back to what is chosen."""
        if self.drawer.currentWidget() in (self.difference, self.text):
            self._show_chosen()
            self.focus_first()
            return True
        return False

    def forget(self) -> None:
        """Another workspace comes to the front: a code is asked for no more; the edit stays."""
        self.acting.stop()

    def stop(self) -> None:
        """The session ends."""
        self.acting.stop()
        self.draft.edit = None
        self.text.edit.setPlainText("")
