"""Erasure: propose an order, look at one, approve it, follow it, and save its certificate."""

import threading
from collections.abc import Callable
from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from app.domain.erasure.words import GROUNDS, Action, Ground, OrderState
from app.session.privacy.erasing import ShownOrder, ShownSubject
from app.ui.accounts.acting import Acting
from app.ui.language import spoken
from app.ui.policy.policy_table import Line, PolicyTable
from app.ui.privacy.desk_page import DeskPage
from app.ui.privacy.keeping.form_row import FormRow
from app.ui.privacy.keeping.use_cases import ErasingUseCases
from app.ui.privacy.keeping.words import (
    action_name,
    busy_words,
    fate_name,
    ground_name,
    progress,
    state_name,
    told_words,
    untold_sentence,
    unusual_sentence,
    why_refused,
)
from app.ui.privacy.letters_strip import LettersStrip
from app.ui.privacy.listing import Listing
from app.ui.privacy.page_head import PageHead
from app.ui.saying import joined
from app.ui.tasks import Tasks
from app.ui.theme.fonts import SMALL, Weight
from app.ui.theme.look import Look
from app.ui.who_saw.save_dialog import AskPath, ask_path
from app.ui.widgets.buttons import Button
from app.ui.widgets.labels import line, text_label
from app.ui.widgets.strips import Strip
from app.ui.words import number

LOOK_AGAIN_MS = 10_000
_NAMED = 12


class ErasurePage(DeskPage):
    """The page.

    Args:
        look: colours.
        erasing: the use cases.
        tasks: the door off the GUI thread.
        ask: asks where a certificate is to lie.
        today: the day in a certificate's name.

    Signals:
        counted: how many orders wait for this person.
        failed: an exception of looking.
    """

    topics = frozenset({"erasures"})
    counted = Signal(int)
    failed = Signal(object)

    def __init__(
        self,
        look: Look,
        erasing: ErasingUseCases,
        tasks: Tasks,
        ask: AskPath = ask_path,
        today: Callable[[], date] = date.today,
    ) -> None:
        super().__init__("privacy_erasure", ask, today)
        self._erasing, self._tasks = erasing, tasks
        self._orders: dict[str, ShownOrder] = {}
        self._chosen, self._looks = "", False
        self._own = 0
        self.acting = Acting(look, erasing, tasks, self, why_refused, busy_words)
        self.making = LettersStrip(look, self.tr("Making the letters"), self.tr("Stop making the letters"))
        about = self.tr("One person proposes, another approves; one of the two is a privacy officer. The log stays.")
        self.head = PageHead(look, self.tr("Erasure"), about, "erasure")
        self.form = FormRow(look, "erasure", self.tr("Propose"), "propose_erasure")
        self.action = self.form.add_choice("action", self.tr("What is done"), _actions())
        self.ground = self.form.add_choice("ground", self.tr("Ground"), ())
        self.form.finish()
        headings = (self.tr("No."), self.tr("What"), self.tr("Ground"), self.tr("State"), self.tr("Customers"),
                    self.tr("Proposed by"), self.tr("Approved by"))  # fmt: skip
        self.table = PolicyTable(
            look,
            "erasure_orders",
            self.tr("Orders"),
            headings,
            {0: 64, 1: 160, 3: 210, 4: 110, 5: 150, 6: 150},
            wraps=True,
            rest=170,
        )
        none = self.tr("No order so far. Propose one above; what is past its time is proposed under Retention.")
        self.listing = Listing(look, self.table, none)
        self._make_foot(look)
        self._place()
        self._again = QTimer(self, interval=LOOK_AGAIN_MS)
        self._again.timeout.connect(self.look_again)
        self.action.currentIndexChanged.connect(lambda _at: self._fill_grounds())
        self.form.sent.connect(self._propose)
        self.table.chosen.connect(lambda key, _column: self._choose(key))
        self.acting.worked.connect(self._on_worked)
        self._fill_grounds()
        self._show_chosen()

    def _make_foot(self, look: Look) -> None:
        self.title = text_label(look, weight=Weight.SEMIBOLD)
        self.about = text_label(look, ink="ink2", size=SMALL, wrap=True)
        self.about.setObjectName("erasure_about")
        self.subjects = text_label(look, ink="ink2", size=SMALL, wrap=True)
        self.subjects.setObjectName("erasure_subjects")
        self.unusual = Strip(look, "", "warn", name="erasure_unusual")
        self.approve = Button(look, self.tr("Approve and erase"), "danger", icon="eraser", name="approve_erasure")
        self.refuse = Button(look, self.tr("Refuse"), "secondary", name="drop_erasure")
        words = self.tr("Letters to the people…")
        self.letters = Button(look, words, "secondary", icon="files", name="erasure_letters")
        self.letters.setToolTip(self.tr("One PDF for each in both languages, and a list of references, in a ZIP"))
        self.letters.clicked.connect(self._on_letters_wanted)
        self.save = Button(look, self.tr("Save certificate"), "secondary", icon="file-text", name="save_certificate")
        self.approve.clicked.connect(self._approve)
        self.refuse.clicked.connect(self._drop)
        self.save.clicked.connect(self._on_save_wanted)

    def _place(self) -> None:
        column = self.column
        for part in (self.head, self.making, self.form):
            column.addWidget(part)
        column.addWidget(self.listing, 1)
        column.addWidget(line())
        foot = QVBoxLayout()
        foot.setContentsMargins(20, 12, 20, 14)
        foot.setSpacing(5)
        for label in (self.title, self.about, self.subjects, self.unusual):
            foot.addWidget(label)
        row = QHBoxLayout()
        row.setSpacing(8)
        for button in (self.approve, self.refuse, self.letters, self.save):
            row.addWidget(button)
        row.addStretch(1)
        foot.addLayout(row)
        column.addLayout(foot)

    # the workspace -------------------------------------------------------------------------------------------------
    def begin(self) -> None:
        """Ask for the orders: some may wait for this person."""
        self.look_again()

    def come(self) -> None:
        """It came to the front: follow what runs."""
        self._again.start()
        self.look_again()
        self.focus_first()

    def look_again(self) -> None:
        """Ask for the orders, unless that is on its way."""
        if self._looks:
            return
        self._looks = True
        self._tasks.run(self._erasing.orders, self._on_orders, self._on_failed, owner=self)

    def forget(self) -> None:
        """Another page comes to the front."""
        self._again.stop()
        self.acting.stop()
        self.form.clear()
        super().forget()

    def stop(self) -> None:
        """The session ends, and letters that are being made with it."""
        self.making.stop()
        self.making.end()
        super().stop()
        self.subjects.setText("")

    def focus_first(self) -> None:
        """Put the focus into the number."""
        self.form.number.setFocus(Qt.FocusReason.OtherFocusReason)

    def retranslate(self) -> None:
        """The other language."""
        self._show_orders()

    # orders --------------------------------------------------------------------------------------------------------
    def close_innermost(self) -> bool:
        """Esc: Stop, then the sentence about what was done."""
        if not self.making.isHidden():
            self.making.stop()
            return True
        return super().close_innermost()

    def _on_failed(self, error: Exception) -> None:
        self._looks = False
        self.head.tell(why_refused(error), "danger")
        self.failed.emit(error)

    def _on_orders(self, orders: tuple[ShownOrder, ...]) -> None:
        self._looks = False
        before = self._orders.get(self._chosen)
        self._orders = {order.id: order for order in orders}
        self.counted.emit(sum(order.may_approve for order in orders))
        self._show_orders()
        if before is not None and before != self._orders.get(self._chosen):
            self._choose(self._chosen)  # what became of its customers is not what it was
        self._open_own()

    def _open_own(self) -> None:
        """What was proposed a moment ago is shown: whoever proposed it reads what is unusual about it, too."""
        own = next((order for order in self._orders.values() if order.number == self._own), None)
        if own is not None:
            self._own = 0
            self.table.point_to(own.id)
            self._choose(own.id)

    def _show_orders(self) -> None:
        self.listing.show_lines(tuple(map(_line, self._orders.values())))
        self._show_chosen()

    def _choose(self, key: str) -> None:
        if key != self._chosen:
            self._chosen = key
            self.subjects.setText("")
        self._show_chosen()
        if key in self._orders:
            self._tasks.run(
                lambda: self._erasing.look_at(key),
                lambda subjects: self._on_subjects(key, subjects),
                lambda error: self.head.tell(why_refused(error), "danger"),
                owner=self,
            )

    def _on_subjects(self, key: str, subjects: tuple[ShownSubject, ...]) -> None:
        if key != self._chosen:
            return
        shown = [self._subject_words(one) for one in subjects[:_NAMED]]
        more = len(subjects) - len(shown)
        text = ", ".join(shown) + (self.tr(" and {n} more").format(n=number(more)) if more else "")
        self.subjects.setText(text)

    def _subject_words(self, one: ShownSubject) -> str:
        fields = f" ({', '.join(one.fields)})" if one.fields else ""
        return f"{one.number or '–'}{fields}: {fate_name(one.fate)}"

    def _show_chosen(self) -> None:
        order = self._orders.get(self._chosen)
        waits = order is not None and order.state is OrderState.WAITING
        for widget in (self.title, self.about, self.subjects):
            widget.setVisible(order is not None)
        self.approve.setVisible(order is not None and order.may_approve)
        self.refuse.setVisible(waits)
        self.save.setVisible(order is not None and order.state is OrderState.DONE)
        self.letters.setVisible(order is not None and order.wants_letters)
        sentences = [unusual_sentence(one) for one in order.unusual] if order is not None and waits else []
        if order is not None and order.untold:
            sentences.append(untold_sentence(order.untold))
        self.unusual.say(joined(" ", *sentences))
        if order is not None:
            self.refuse.setText(self.tr("Take back") if order.is_own else self.tr("Refuse"))
            self.title.setText(
                self.tr("Order {n}: {state}").format(n=number(order.number), state=state_name(order.state))
            )
            self.about.setText(joined(" ", progress(order), *told_words(order)))

    def _on_worked(self, working: bool) -> None:
        for button in (self.approve, self.refuse, self.letters, self.save, self.form.button):
            button.setEnabled(not working or button.is_busy)

    # doing ---------------------------------------------------------------------------------------------------------
    def _fill_grounds(self) -> None:
        action = Action(self.action.currentData())
        self.form.fill(self.ground, [(ground_name(one), one.value) for one in GROUNDS[action] if one is not _BY_TIME])

    def _propose(self) -> None:
        of, reference = self.form.number.text().strip(), self.form.reference.text().strip()
        if not of:
            self.focus_first()
            return
        action, ground = Action(self.action.currentData()), Ground(self.ground.currentData())
        self.form.refuse("")

        def proposed(order: int) -> None:
            self.form.clear()
            self._own = order
            self.head.tell(self.tr("Order {n} waits for somebody else’s approval.").format(n=number(order)))
            self.look_again()

        self.acting.do(
            self.form.button,
            lambda: self._erasing.propose(of, action, ground, reference),
            proposed,
            self.form.refuse,
        )

    def _approve(self) -> None:
        key = self._chosen
        self._do(
            self.approve, lambda: self._erasing.approve(key), self.tr("Approved. It runs, and its certificate follows.")
        )

    def _drop(self) -> None:
        key, order = self._chosen, self._orders.get(self._chosen)
        words = self.tr("Taken back.") if order is not None and order.is_own else self.tr("Refused.")
        self._do(self.refuse, lambda: self._erasing.drop(key), words)

    def _do(self, button: Button, work: Callable[[], None], words: str) -> None:
        def done(_none: None) -> None:
            self.head.tell(words)
            self.look_again()

        def refused(sentence: str) -> None:
            self.head.tell(sentence, "danger")
            self.look_again()

        self.acting.do(button, work, done, refused)

    def _on_save_wanted(self) -> None:
        order = self._orders.get(self._chosen)
        if order is None or self.save.is_busy:
            return
        name = f"certificate-{order.number}-{self._today().isoformat()}.pdf"
        self._ask_where(name, lambda path: self._save(order.id, path))

    def _save(self, key: str, path: Path) -> None:
        language = "id" if spoken().value == "id" else "en"
        words = self.tr("Saved as {path}, and the signed JSON beside it.").format(path=path)
        self._do(self.save, lambda: self._erasing.save_certificate(key, language, path), words)

    def _on_letters_wanted(self) -> None:
        order = self._orders.get(self._chosen)
        if order is None or self.letters.is_busy:
            return
        name = f"erasure-{order.number}-letters-{self._today().isoformat()}.zip"
        self._ask_where(name, lambda path: self._save_letters(order.id, path))

    def _save_letters(self, key: str, path: Path) -> None:
        stopping = self.making.begin()
        tell = self._tasks.on_gui(lambda done, total: self._on_letters(stopping, done, total), self)

        def saved(count: int) -> None:
            self._end_making()
            said = self.tr("{n} letters, saved as {path}. They stay there: no wipe removes them.")
            self.head.tell(said.format(n=number(count), path=path))
            self.look_again()

        def refused(sentence: str) -> None:
            self._end_making()
            self.head.tell(sentence, "ok" if stopping.is_set() else "danger")

        def work() -> int:
            return self._erasing.save_notices(key, path, tell, stopping.is_set)

        self.acting.do(self.letters, work, saved, refused)

    def _on_letters(self, stopping: threading.Event, done: int, total: int) -> None:
        if self.acting.is_busy:
            self.making.show_letters(stopping, done, total)

    def _end_making(self) -> None:
        """None are being made; the focus does not stay behind on Stop."""
        if self.making.end():
            self.letters.setFocus(Qt.FocusReason.OtherFocusReason)


_BY_TIME = Ground.TIME_OVER
"""Proposed on the page of retention alone."""


def _actions() -> list[tuple[str, str]]:
    return [(action_name(one), one.value) for one in Action]


def _line(order: ShownOrder) -> Line:
    texts = (
        number(order.number), action_name(order.action), ground_name(order.ground), state_name(order.state),
        number(order.customers), order.proposed_by, order.decided_by or "–",
    )  # fmt: skip
    return Line(order.id, texts)
