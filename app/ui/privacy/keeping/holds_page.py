"""Legal holds: set one at once and alone, lift one that somebody else has set."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout

from app.domain.erasure.words import HoldReason
from app.session.privacy.erasing import ShownHold
from app.ui.accounts.acting import Acting
from app.ui.policy.policy_table import Line, PolicyTable
from app.ui.privacy.desk_page import HeadedPage
from app.ui.privacy.keeping.form_row import FormRow
from app.ui.privacy.keeping.use_cases import ErasingUseCases
from app.ui.privacy.keeping.words import busy_words, hold_reason_name, why_refused
from app.ui.privacy.listing import Listing
from app.ui.privacy.page_head import PageHead
from app.ui.tasks import Tasks
from app.ui.theme.look import Look
from app.ui.widgets.buttons import Button
from app.ui.words import day_and_time


class HoldsPage(HeadedPage):
    """The page.

    Args:
        look: colours.
        erasing: the use cases.
        tasks: the door off the GUI thread.

    Signals:
        failed: an exception of looking.
    """

    topics = frozenset({"erasures"})
    failed = Signal(object)

    def __init__(self, look: Look, erasing: ErasingUseCases, tasks: Tasks) -> None:
        super().__init__("privacy_holds")
        self._erasing, self._tasks = erasing, tasks
        self._holds: dict[str, ShownHold] = {}
        self._chosen = ""
        self.acting = Acting(look, erasing, tasks, self, why_refused, busy_words)
        about = self.tr("While a hold stands, nothing of its customer is erased, also by an order that runs.")
        self.head = PageHead(look, self.tr("Legal holds"), about, "holds")
        self.form = FormRow(look, "hold", self.tr("Hold"), "set_hold")
        reasons = [(hold_reason_name(one), one.value) for one in HoldReason]
        self.reason = self.form.add_choice("reason", self.tr("Reason"), reasons)
        self.form.finish(self.tr("Reference, such as a case"))
        headings = (self.tr("Customer"), self.tr("Reason"), self.tr("Reference"), self.tr("Set by"), self.tr("Since"))
        self.table = PolicyTable(look, "holds", self.tr("Holds"), headings, {0: 150, 2: 180, 3: 190, 4: 170})
        nobody = self.tr("Nobody is held. Whom to hold is named above, by their customer number.")
        self.listing = Listing(look, self.table, nobody)
        self.lift = Button(look, self.tr("Lift this hold"), "danger", icon="lock-open", name="lift_hold")
        self._place()
        self.form.sent.connect(self._set)
        self.lift.clicked.connect(self._lift)
        self.table.chosen.connect(lambda key, _column: self._choose(key))
        self._choose("")

    def _place(self) -> None:
        column = self.column
        for part in (self.head, self.form):
            column.addWidget(part)
        column.addWidget(self.listing, 1)
        row = QHBoxLayout()
        row.setContentsMargins(20, 10, 20, 14)
        row.addWidget(self.lift)
        row.addStretch(1)
        column.addLayout(row)

    # the workspace -------------------------------------------------------------------------------------------------
    def look_again(self) -> None:
        """Ask for the holds."""
        self._tasks.run(self._erasing.holds, self._on_holds, self._on_failed, owner=self)

    def forget(self) -> None:
        """Another page comes to the front."""
        self.acting.stop()
        self.form.clear()
        super().forget()

    def focus_first(self) -> None:
        """Put the focus into the number."""
        self.form.number.setFocus(Qt.FocusReason.OtherFocusReason)

    def retranslate(self) -> None:
        """The other language."""
        self._show()

    def _on_failed(self, error: Exception) -> None:
        self.head.tell(why_refused(error), "danger")
        self.failed.emit(error)

    def _on_holds(self, holds: tuple[ShownHold, ...]) -> None:
        self._holds = {hold.id: hold for hold in holds}
        self._show()

    def _show(self) -> None:
        self.listing.show_lines(tuple(map(_line, self._holds.values())))
        self._choose(self._chosen)

    def _choose(self, key: str) -> None:
        self._chosen = key
        hold = self._holds.get(key)
        self.lift.setVisible(hold is not None and hold.may_lift)

    def _set(self) -> None:
        of, reference = self.form.number.text().strip(), self.form.reference.text().strip()
        if not of:
            self.focus_first()
            return
        reason = HoldReason(self.reason.currentData())

        def held(_none: None) -> None:
            self.form.clear()
            self.head.tell(self.tr("{number} is held from now on.").format(number=of))
            self.look_again()

        self.acting.do(self.form.button, lambda: self._erasing.hold(of, reason, reference), held, self.form.refuse)

    def _lift(self) -> None:
        key = self._chosen

        def lifted(_none: None) -> None:
            self.head.tell(self.tr("The hold is lifted."))
            self.look_again()

        self.acting.do(
            self.lift, lambda: self._erasing.lift(key), lifted, lambda sentence: self.head.tell(sentence, "danger")
        )


def _line(hold: ShownHold) -> Line:
    texts = (hold.number, hold_reason_name(hold.reason), hold.reference or "–", hold.set_by, day_and_time(hold.at))
    return Line(hold.id, texts)
