"""The privacy panel in the card's place: what this customer agreed to, what limits work, why each thing is held."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from app.domain.privacy.consent import Said
from app.session.privacy.customer import ConsentWords, ShownPrivacy, ShownPurpose
from app.session.shown import ShownCustomer
from app.ui.accounts.facts import empty, section
from app.ui.faults import fault_of
from app.ui.privacy.customer.consent_form import ConsentForm
from app.ui.privacy.customer.purpose_row import PurposeRow, may_give, may_withdraw
from app.ui.privacy.customer.show_here import ShowHere
from app.ui.privacy.customer.words import limit_sentence, means_name, origin_sentence, sent_sentence
from app.ui.privacy.use_cases import CustomerPrivacyUseCases
from app.ui.shortcuts import cap_for
from app.ui.tasks import Tasks
from app.ui.theme.fonts import SMALL, TITLE, Weight
from app.ui.theme.look import Look
from app.ui.who_saw.save_dialog import AskPath, ask_path
from app.ui.widgets.announce import announce
from app.ui.widgets.buttons import Button
from app.ui.widgets.chips import Chip, key_cap
from app.ui.widgets.flow_row import FlowRow
from app.ui.widgets.labels import line, text_label
from app.ui.widgets.strips import Strip

INSET = 20


class PrivacyPanel(QWidget):
    """The panel of one customer after the other.

    Args:
        look: colours.
        customers: the use cases.
        tasks: the door off the GUI thread.
        ask: asks where a receipt is to lie.

    Signals:
        left: back to the card.
    """

    left = Signal()

    def __init__(self, look: Look, customers: CustomerPrivacyUseCases, tasks: Tasks, ask: AskPath = ask_path) -> None:
        super().__init__()
        self._look, self._customers, self._tasks, self._ask = look, customers, tasks, ask
        self._record, self._turn, self._customer_number = "", 0, ""
        self._shown: ShownPrivacy | None = None
        self.form: ConsentForm | None = None
        self.send: Button | None = None
        self.show_here: Button | None = None
        self._is_sending = False
        self._dialog: QFileDialog | None = None
        self.setObjectName("customer_privacy")
        self.setProperty("ground", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(self.tr("Privacy of this customer"))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addLayout(self._make_head())
        self.said = Strip(look, "", "ok", flat=True, name="privacy_said")
        outer.addWidget(self.said)
        self.said.hide()
        sheet = QWidget()
        sheet.setProperty("ground", "none")
        self._column = QVBoxLayout(sheet)
        self._column.setContentsMargins(INSET, 4, INSET, 12)
        self._column.setSpacing(4)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(sheet)
        self._scroll = scroll
        outer.addWidget(scroll, 1)

    def _make_head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(INSET, 12, INSET, 8)
        row.setSpacing(8)
        self._name = text_label(self._look, "", size=TITLE, weight=Weight.MEDIUM)
        row.addWidget(self._name)
        self._number = Chip(self._look, "", values=True)
        row.addWidget(self._number, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addStretch(1)
        row.addWidget(key_cap(self._look, cap_for("close")))
        self.back = Button(
            self._look, self.tr("Back to the card"), "secondary", icon="arrow-left", name="leave_privacy"
        )
        self.back.clicked.connect(self.left)
        row.addWidget(self.back)
        return row

    # showing -------------------------------------------------------------------------------------------------------
    def show_customer(self, customer: ShownCustomer) -> None:
        """Ask how a customer's purposes stand."""
        self.forget()
        self._record, self._customer_number = customer.record, customer.number
        self._name.setText(customer.name)
        self._number.setText(customer.number)
        self._say(self.tr("Looking…"))
        self._look_again()

    def forget(self) -> None:
        """Nothing of a customer stays here."""
        self._turn += 1
        self._record, self._shown, self.form, self.send, self.show_here = "", None, None, None, None
        self._is_sending = False
        self._customer_number = ""
        self._name.setText("")
        self._number.setText("")
        self.said.say("")
        empty(self._column)
        if self._dialog is not None:
            self._dialog.close()
            self._dialog = None

    @property
    def record(self) -> str:
        """Whose panel it is, hex; empty: nobody's."""
        return self._record

    def _look_again(self) -> None:
        turn, record = self._turn, self._record
        self._tasks.run(
            lambda: self._customers.panel(record),
            lambda shown: self._on_looked(turn, shown),
            lambda error: self._on_refused(turn, error),
            owner=self,
        )

    def _on_looked(self, turn: int, shown: ShownPrivacy) -> None:
        if turn == self._turn:
            self._shown = shown
            self._fill(shown)

    def _on_refused(self, turn: int, error: Exception) -> None:
        if turn == self._turn:
            self._say(fault_of(error).sentence)

    def _say(self, sentence: str) -> None:
        empty(self._column)
        self._column.addWidget(text_label(self._look, sentence, ink="ink2", wrap=True))
        self._column.addStretch(1)

    def _fill(self, shown: ShownPrivacy) -> None:
        focus = self.window().focusWidget()
        had_focus = focus is not None and self.isAncestorOf(focus)
        self.form = None
        empty(self._column)
        look, column = self._look, self._column
        column.addWidget(text_label(look, origin_sentence(shown), ink="ink2", size=SMALL, wrap=True))
        self.send = self._make_send() if shown.sends_page else None
        self.show_here = self._make_show_here() if shown.may_record and shown.notice else None
        self._add_page()
        if shown.is_child:
            words = self.tr("This customer may be under age: a parent or guardian agrees for them.")
            column.addWidget(Strip(look, words, "warn", name="privacy_child"))
        if any(one.asks_anew for one in shown.purposes):
            words = self.tr("A guardian agreed when this customer was a child. They are of age now: ask them anew.")
            column.addWidget(Strip(look, words, "warn", name="privacy_of_age"))
        if shown.way_of_speaking:
            words = self.tr("How to speak with this customer: {way}.")
            strip = Strip(look, words.format(way=means_name(shown.way_of_speaking)), "info", name="privacy_way")
            column.addWidget(strip)
        for limit in shown.limits:
            column.addWidget(Strip(look, limit_sentence(limit), "danger", name="privacy_limit"))
        column.addSpacing(8)
        column.addWidget(section(look, self.tr("What the customer is asked about")))
        asked = [one for one in shown.purposes if one.asks]
        for purpose in asked:
            column.addWidget(self._row(shown, purpose))
            column.addWidget(line())
        if not asked:
            column.addWidget(text_label(look, self.tr("Nothing rests on consent."), ink="ink2", size=SMALL))
        column.addSpacing(10)
        column.addWidget(section(look, self.tr("Why we hold the rest")))
        for purpose in shown.purposes:
            if not purpose.asks:
                column.addWidget(self._row(shown, purpose))
        column.addStretch(1)
        if had_focus:
            self.focus_first()

    def _row(self, shown: ShownPrivacy, purpose: ShownPurpose) -> PurposeRow:
        may = shown.may_record
        row = PurposeRow(
            self._look,
            purpose,
            may_give=may and may_give(purpose) and bool(shown.notice),
            may_withdraw=may and may_withdraw(purpose),
        )
        row.wanted.connect(self._open_form)
        row.receipt_wanted.connect(self._on_receipt_wanted)
        return row

    def focus_first(self) -> None:
        """Put the focus on the way back."""
        self.back.setFocus(Qt.FocusReason.OtherFocusReason)

    def close_innermost(self) -> bool:
        """Esc: the form; whether there was one."""
        if self.form is None:
            return False
        self._close_form()
        return True

    # what is said ----------------------------------------------------------------------------------------------------
    def _open_form(self, name: str, said: Said) -> None:
        if self._shown is None or (self.form is not None and not self.form.drop.isEnabled()):
            return
        self._close_form()
        self.said.say("")
        row = self.findChildren(PurposeRow, f"purpose_{name}")[-1]
        form = ConsentForm(self._look, row.purpose, said, privacy=self._shown)
        form.sent.connect(self._on_sent)
        form.dropped.connect(self._close_form)
        if form.notice is not None:
            form.notice.unfolded.connect(self._see_notice)
        row.column.addWidget(form)
        self.form = form
        form.show()
        form.focus_first()
        self._see(form)

    def _see_notice(self) -> None:
        if self.form is not None and self.form.notice is not None:
            self._see(self.form.notice)

    def _see(self, widget: QWidget) -> None:
        """Scroll to what has just come; it has its place once the layout has run."""
        QTimer.singleShot(0, widget, lambda: self._scroll.ensureWidgetVisible(widget, 0, 8))

    def _close_form(self) -> None:
        form, self.form = self.form, None
        if form is not None:
            form.hide()
            form.deleteLater()
            self.focus_first()

    def _on_sent(self, words: ConsentWords) -> None:
        shown, turn, form = self._shown, self._turn, self.form
        if shown is None or form is None:
            return
        form.set_working(True)
        self._tasks.run(
            lambda: self._customers.say(shown, words),
            lambda _receipt: self._on_written(turn, words),
            lambda error: self._on_not_written(turn, error),
            owner=self,
        )

    def _on_written(self, turn: int, words: ConsentWords) -> None:
        if turn != self._turn:
            return
        given = self.tr("The consent is written down, and its receipt is signed.")
        gone = self.tr("The withdrawal is written down, and work for it stops now.")
        sentence = given if words.said is Said.GIVEN else gone
        self.said.say(sentence, "ok")
        announce(self.said, sentence)
        self._look_again()

    def _on_not_written(self, turn: int, error: Exception) -> None:
        if turn == self._turn and self.form is not None:
            self.form.set_working(False)
            self.form.refuse(fault_of(error).sentence)

    # their own page --------------------------------------------------------------------------------------------------
    def _add_page(self) -> None:
        """The ways to their own page: sent, and shown at this desk."""
        buttons = [one for one in (self.send, self.show_here) if one is not None]
        if not buttons:
            return
        row = FlowRow(8)
        for button in buttons:
            row.add(button)
        self._column.addSpacing(4)
        self._column.addWidget(row)
        if self.show_here is not None:
            here = ShowHere(self._look, self._customer_number)
            self._column.addWidget(here)
            here.hide()
            self.show_here.toggled.connect(partial(self._on_show_here, here))
        self._column.addSpacing(4)

    def _make_show_here(self) -> Button:
        words = self.tr("Show the page here")
        button = Button(self._look, words, "secondary", icon="monitor", name="show_page_here")
        button.setCheckable(True)
        button.setAccessibleDescription(self.tr("Shows the command that opens the customer’s page at this desk."))
        return button

    def _on_show_here(self, here: ShowHere, is_open: bool) -> None:
        here.setVisible(is_open)
        if is_open:
            self._see(here)

    def _make_send(self) -> Button:
        button = Button(self._look, self.tr("Send the page"), "secondary", icon="send", name="send_page")
        button.setAccessibleDescription(self.tr("The customer gets a link to their own page; it is not shown here."))
        button.clicked.connect(self._on_send)
        if self._is_sending:
            button.set_busy(self.tr("Sending…"))
        return button

    def _on_send(self) -> None:
        record, turn = self._record, self._turn
        if self.send is None:
            return
        self._is_sending = True
        self.said.say("")
        self.send.set_busy(self.tr("Sending…"))
        self._tasks.run(
            lambda: self._customers.send_page(record),
            lambda until: self._on_sending_over(turn, sent_sentence(until), "ok"),
            lambda error: self._on_sending_over(turn, fault_of(error).sentence, "danger"),
            owner=self,
        )

    def _on_sending_over(self, turn: int, sentence: str, tone: str) -> None:
        if turn == self._turn and self.send is not None:
            self._is_sending = False
            self.send.set_busy()
        self._tell(turn, sentence, tone)

    # receipts --------------------------------------------------------------------------------------------------------
    def _on_receipt_wanted(self, purpose: ShownPurpose) -> None:
        record, turn = self._record, self._turn
        save: Callable[[Path], None] = lambda path: self._save(turn, record, purpose, path)  # noqa: E731
        self._dialog = self._ask(self, f"consent-{purpose.name}.json", save)

    def _save(self, turn: int, record: str, purpose: ShownPurpose, path: Path) -> None:
        self._dialog = None
        self._tasks.run(
            lambda: self._customers.save_receipt(record, purpose.receipt, path),
            lambda _none: self._tell(turn, self.tr("Saved as {path}. It stays there.").format(path=path), "ok"),
            lambda error: self._tell(turn, fault_of(error).sentence, "danger"),
            owner=self,
        )

    def _tell(self, turn: int, sentence: str, tone: str) -> None:
        if turn == self._turn:
            self.said.say(sentence, tone)
            announce(self.said, sentence, now=tone == "danger")
