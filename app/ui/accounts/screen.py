"""The workspace for accounts: what waits, the table, and a drawer for the one that is looked at."""

from collections.abc import Callable
from itertools import pairwise

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from app.domain.data_class import DataClass
from app.domain.role import Role
from app.session.accounts import Listing, ResetProposed, ResetReason
from app.session.proposals import Waiting
from app.session.shown import Secret
from app.ui.accounts.account_table import AccountTable
from app.ui.accounts.acting import Acting
from app.ui.accounts.code_page import CodePage
from app.ui.accounts.detail_page import DetailPage
from app.ui.accounts.form_page import FormPage
from app.ui.accounts.nobody_page import NobodyPage
from app.ui.accounts.proposal_page import ProposalPage
from app.ui.accounts.use_cases import AccountUseCases, ProposeKey, Release
from app.ui.accounts.waiting_list import WaitingList
from app.ui.accounts.words import waiting_title
from app.ui.saying import filled, joined
from app.ui.tasks import Tasks
from app.ui.theme.look import Look
from app.ui.theme.rescale import fix_panel
from app.ui.widgets.drawer import place_drawer
from app.ui.widgets.strips import Strip
from app.ui.words import class_name
from app.ui.workspace import Workspace

DRAWER = 400
LOOK_AGAIN_MS = 15_000


class AccountsScreen(Workspace, QWidget):
    """Other people's accounts.

    Args:
        look: colours.
        accounts: the use cases.
        tasks: the door off the GUI thread.
        role: of who looks: an administrator changes accounts, a supervisor confirms and releases.
        release: lets a throttled person try again.
        propose_key: makes the next key of a class that is due; a supervisor's console does.

    Signals:
        failed: an exception of looking, for the console to tell.
        counted: how many proposals wait for this person's decision.
        told: what became of something that the drawer does not show any more.
    """

    topics = frozenset({"accounts", "colleagues"})
    failed = Signal(object)
    counted = Signal(int)
    told = Signal(object)

    def __init__(
        self,
        look: Look,
        accounts: AccountUseCases,
        tasks: Tasks,
        role: Role,
        release: Release,
        propose_key: ProposeKey,
    ) -> None:
        super().__init__()
        self._accounts, self._tasks = accounts, tasks
        self._release, self._propose_key = release, propose_key
        self._due: tuple[DataClass, ...] = ()
        is_administrator = role is Role.ADMINISTRATOR
        self.acting = Acting(look, accounts, tasks, self)
        self.table = AccountTable(look, may_make=is_administrator)
        self.waiting = WaitingList(look)
        makes_keys = "" if is_administrator else self.tr("Make new keys")
        self.rotation = Strip(look, "", "warn", action=makes_keys, flat=True, name="rotation_due")
        self.rotation.action.setObjectName("make_keys")
        self.rotation.hide()
        self.nobody = NobodyPage(look, is_administrator=is_administrator)
        self.detail = DetailPage(look, is_administrator=is_administrator)
        self.form, self.code, self.proposal = FormPage(look), CodePage(look), ProposalPage(look)
        self.drawer = QStackedWidget()
        fix_panel(self.drawer, look, DRAWER)
        for page in (self.nobody, self.detail, self.form, self.code, self.proposal):
            self.drawer.addWidget(page)
        self._place()
        self._join()
        self._timer = QTimer(self, interval=LOOK_AGAIN_MS)
        self._timer.timeout.connect(self.look_again)

    def _place(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(0)
        left.addWidget(self.rotation)
        left.addWidget(self.waiting)
        left.addWidget(self.table, 1)
        place_drawer(self, left, self.drawer)
        self._order(self.rotation.action, self.table.search, self.table.state, self.table.new, self.table.table)

    def _order(self, *stops: QWidget) -> None:
        """Tab goes as one reads."""
        for one, next_one in pairwise(stops):
            self.setTabOrder(one, next_one)

    def _join(self) -> None:
        self.table.chosen.connect(self.show_account)
        self.table.new_wanted.connect(self.begin_new)
        self.waiting.chosen.connect(self.show_proposal)
        self.detail.edit_wanted.connect(self._on_edit_wanted)
        self.detail.code_wanted.connect(self._on_code_wanted)
        self.detail.end_wanted.connect(self._on_end_wanted)
        self.detail.release_wanted.connect(self._on_release_wanted)
        self.detail.close_wanted.connect(self._on_close_wanted)
        self.detail.reset_wanted.connect(self._on_reset_wanted)
        self.detail.focus_lost.connect(self.focus_list)
        self.form.sent.connect(self._on_form_sent)
        self.form.left.connect(self.back)
        self.code.left.connect(self.back)
        self.proposal.left.connect(self.back)
        self.rotation.action.clicked.connect(self._on_keys_wanted)
        self.nobody.end_all_wanted.connect(self._on_end_all_wanted)
        self.proposal.confirm_wanted.connect(self._on_confirm_wanted)
        self.proposal.drop_wanted.connect(self._on_drop_wanted)
        for page in (self.nobody, self.detail, self.form, self.proposal):
            self.acting.began.connect(page.clear)
            self.acting.worked.connect(page.set_working)
        self.acting.worked.connect(self._on_worked)

    # looking -------------------------------------------------------------------------------------------------------
    def begin(self) -> None:
        """Look now, and then every quarter of a minute."""
        self._timer.start()
        self.look_again()

    def stop(self) -> None:
        """Look no more; a code on screen goes."""
        self._timer.stop()
        self.acting.stop()
        self.code.forget()

    def forget(self) -> None:
        """Another workspace comes to the front: a code does not stay behind it."""
        if self.drawer.currentWidget() is self.code:
            self.back()

    def look_again(self) -> None:
        """Ask the office for accounts and proposals."""
        self._tasks.run(self._look, self._on_looked, self.failed.emit, owner=self)

    def _look(self) -> tuple[Listing, tuple[Waiting, ...]]:
        return self._accounts.listing(), self._accounts.proposals.waiting()

    def _on_looked(self, looked: tuple[Listing, tuple[Waiting, ...]]) -> None:
        listing, waiting = looked
        self.form.know(listing.queues, listing.holds)
        self.table.show_items(listing.accounts)
        self.waiting.show_waiting(waiting)
        self._order(self.rotation.action, *self.waiting.buttons())
        self.counted.emit(sum(one.why_not is None for one in waiting))
        proposed = {one.data_class for one in waiting}
        self._show_due(tuple(c for c in listing.rotation_due if c not in proposed))
        if not (self.acting.asks or self.acting.is_busy):  # a button of the drawer waits for its answer
            self._refresh_drawer()

    def _refresh_drawer(self) -> None:
        page = self.drawer.currentWidget()
        if page is self.detail and self.detail.account is not None:
            account = self.table.model.named(self.detail.account.account)
            if account is not None:
                self.detail.show_account(account)
        if page is self.proposal and self.proposal.waiting and self.waiting.named(self.proposal.waiting.id) is None:
            self.back()

    def _show_due(self, due: tuple[DataClass, ...]) -> None:
        """Classes that somebody has lost since their newest key, and for which none is proposed yet."""
        self._due = due
        names = joined(", ", *(class_name(c) for c in due))
        words = (
            self.tr("A new key is due for {classes}: somebody lost the class. An administrator confirms it.")
            if self.rotation.action.text()
            else self.tr("A new key is due for {classes}: somebody lost the class. A supervisor’s console makes it.")
        )
        self.rotation.say(words.format(classes=names) if due else "")

    def focus_first(self) -> None:
        """Put the focus where work starts."""
        self.table.search.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def focus_list(self) -> None:
        """Put the focus into the table; without a current row, which it would make one, into the search."""
        if self.table.current():
            self.table.table.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.focus_first()

    # pages ---------------------------------------------------------------------------------------------------------
    def _turn_to(self, page: QWidget) -> None:
        if page is not self.code:
            self.code.forget()
        self.drawer.setCurrentWidget(page)

    def show_account(self, name: str) -> None:
        """Show an account in the drawer."""
        account = self.table.model.named(name)
        if account is not None:
            self._turn_to(self.detail)
            self.detail.show_account(account)

    def show_proposal(self, proposal: str) -> None:
        """Show what waits in the drawer."""
        waiting = self.waiting.named(proposal)
        if waiting is not None:
            self._turn_to(self.proposal)
            self.proposal.show_waiting(waiting)
            self.proposal.focus_first()

    def begin_new(self) -> None:
        """The form for a new account."""
        self._turn_to(self.form)
        self.form.begin_new()

    def back(self) -> None:
        """From form, code or proposal to the account, or to nobody."""
        if name := self.table.current():
            self.show_account(name)
        else:
            self._turn_to(self.nobody)
        self.focus_list()

    def close_innermost(self) -> bool:
        """Esc: the question, the form, the proposal; whether there was one. A code that is shown once stays."""
        page = self.drawer.currentWidget()
        if page is self.detail:
            return self.detail.close_question()
        if page is self.nobody:
            return self.nobody.close_question()
        if page is not self.code and not self.acting.is_busy:
            self.back()
        return True

    # changing ------------------------------------------------------------------------------------------------------
    def _on_worked(self, works: bool) -> None:
        """While the office is asked nothing else begins; other accounts can be looked at."""
        action = self.rotation.action
        action.setEnabled(action.is_busy or not works)

    def _on_edit_wanted(self, _button: object) -> None:
        if self.detail.account is not None:
            self._turn_to(self.form)
            self.form.begin_change(self.detail.account)

    def _on_form_sent(self, button: QWidget) -> None:
        account, role, queues = self.form.account, self.form.chosen_role(), self.form.chosen_queues()
        if account is None:
            name, display_name = self.form.name.text().strip().lower(), self.form.display_name.text().strip()
            self.acting.do(
                button,
                lambda: self._accounts.invite(name, display_name, role, queues),
                lambda code: self._show_code(code, name),
                self.form.refuse,
            )
            return
        name = account.account
        new_role = role if role is not account.role else None
        new_queues = queues if set(queues) != set(account.queues) else None
        self.acting.do(
            button,
            lambda: self._accounts.change(name, role=new_role, queues=new_queues),
            lambda _none: self._changed(name, self.tr("Changed. It counts from now on.")),
            self.form.refuse,
        )

    def _show_code(self, code: Secret, name: str, *, waits: bool = False) -> None:
        self._turn_to(self.code)
        self.code.show_code(code, name, waits=waits)
        self.look_again()

    def _changed(self, name: str, sentence: str) -> None:
        """Say what was done, beside the account; at the foot where the person looks at something else by now."""
        sent = self.form.account
        if self._is_in_front(self.form) and sent is not None and sent.account == name:
            self.show_account(name)
        if self._shows(name):
            self.detail.say(sentence)
        else:
            self.told.emit(filled("{}: {}", name, sentence))
        self.look_again()

    def _refuse(self, name: str, sentence: str) -> None:
        """Say why it was not done, in the same places."""
        if self._shows(name):
            self.detail.refuse(sentence)
        else:
            self.told.emit(filled("{}: {}", name, sentence))

    def _shows(self, name: str) -> bool:
        return self._is_in_front(self.detail) and self._name() == name

    def _is_in_front(self, page: QWidget) -> bool:
        return self.drawer.currentWidget() is page

    def _on_code_wanted(self, button: QWidget) -> None:
        if (name := self._name()) is not None:
            self.acting.do(
                button,
                lambda: self._accounts.new_code(name),
                lambda code: self._show_code(code, name),
                lambda sentence: self._refuse(name, sentence),
            )

    def _on_end_wanted(self, button: QWidget) -> None:
        if (name := self._name()) is not None:
            self.acting.do(
                button,
                lambda: self._accounts.end_sessions(name),
                lambda count: self._changed(name, self.tr("Sessions ended: {n}.").format(n=count)),
                lambda sentence: self._refuse(name, sentence),
            )

    def _on_release_wanted(self, button: QWidget) -> None:
        if (name := self._name()) is not None:
            words = self.tr("The next try is judged at once. Make sure that it is the person.")
            self.acting.do(
                button,
                lambda: self._release(name),
                lambda _none: self._changed(name, words),
                lambda sentence: self._refuse(name, sentence),
            )

    def _on_close_wanted(self, button: QWidget) -> None:
        if (name := self._name()) is not None:
            self.acting.do(
                button,
                lambda: self._accounts.close(name),
                lambda _none: self._changed(name, self.tr("Closed. Its sessions have ended.")),
                lambda sentence: self._refuse(name, sentence),
            )

    def _on_reset_wanted(self, button: QWidget, reason: str) -> None:
        if (name := self._name()) is None:
            return

        def proposed(reset: ResetProposed) -> None:
            self.detail.say("")
            self._show_code(reset.code, name, waits=True)

        self.acting.do(
            button,
            lambda: self._accounts.propose_reset(name, ResetReason(reason)),
            proposed,
            lambda sentence: self._refuse(name, sentence),
        )

    def _on_confirm_wanted(self, button: QWidget) -> None:
        self._decide(button, self._accounts.proposals.confirm, self.tr("Confirmed."))

    def _on_drop_wanted(self, button: QWidget) -> None:
        own = self.proposal.waiting is not None and self.proposal.waiting.is_own
        words = self.tr("Taken back.") if own else self.tr("Refused.")
        self._decide(button, self._accounts.proposals.drop, words)

    def _decide(self, button: QWidget, how: Callable[[str], object], words: str) -> None:
        """Confirm or drop the proposal that is shown."""
        waiting = self.proposal.waiting
        if waiting is None:
            return

        def shows() -> bool:
            now = self.proposal.waiting  # another object of the same words once the language has changed
            return self._is_in_front(self.proposal) and now is not None and now.id == waiting.id

        def decided(_answer: object) -> None:
            if shows():
                self._show_next(waiting)
            self.told.emit(filled("{}: {}", waiting_title(waiting), words))
            self.look_again()

        def refused(sentence: str) -> None:
            if shows():
                self.proposal.refuse(sentence)
            else:
                self.told.emit(filled("{}: {}", waiting_title(waiting), sentence))

        self.acting.do(button, lambda: how(waiting.id), decided, refused)

    def _show_next(self, decided: Waiting) -> None:
        """After a decision the next one that this person may decide, else what was looked at before."""
        following = self.waiting.after(decided.id)
        if following is not None:
            self.show_proposal(following.id)
        else:
            self.back()

    def _on_keys_wanted(self) -> None:
        due = self._due

        def propose() -> None:
            for data_class in due:
                self._propose_key(data_class)

        self.acting.do(self.rotation.action, propose, lambda _none: self.look_again(), self._on_keys_refused)

    def _on_keys_refused(self, sentence: str) -> None:
        self.rotation.say(sentence, "warn")

    def _on_end_all_wanted(self, button: QWidget) -> None:
        def ended(count: int) -> None:
            self.nobody.say(self.tr("Sessions ended: {n}.").format(n=count))
            self.look_again()

        self.acting.do(button, lambda: self._accounts.end_sessions(None), ended, self.nobody.refuse)

    def _name(self) -> str | None:
        return self.detail.account.account if self.detail.account is not None else None
