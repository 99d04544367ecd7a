"""The page of requests of customers: the register with its clocks, and a drawer for the one that is looked at."""

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal

from app.domain.subject_requests.words import IdentityCheck, RefusalReason, SentBy
from app.session.privacy.shown_requests import RequestListing, ShownRequest
from app.session.shown_who_saw import Language
from app.ui.accounts.acting import Acting, StepsUp
from app.ui.console.request_taking import RequestTaking
from app.ui.language import tr as _tr
from app.ui.policy.policy_table import Line, PolicyTable
from app.ui.privacy.desk_page import ListedPage
from app.ui.privacy.page_head import PageHead
from app.ui.privacy.pressing import Pressing
from app.ui.privacy.requests.detail import RequestDetail, title_of
from app.ui.privacy.requests.use_cases import RequestUseCases
from app.ui.privacy.requests.words import busy_words, clock_words, kind_name, row_state, why_refused
from app.ui.saying import filled, joined
from app.ui.tasks import Tasks
from app.ui.theme.look import Look
from app.ui.who_saw.save_dialog import AskPath, ask_path
from app.ui.widgets.buttons import Button
from app.ui.widgets.nothing_here import NothingHere
from app.ui.words import day_and_time, number, one_or_many

DRAWER = 380


class RequestsPage(ListedPage):
    """The page.

    Args:
        look: colours.
        requests: the use cases.
        session: takes a fresh code.
        tasks: the door off the GUI thread.
        ask: asks where a file is to lie.
        today: the day in a file's name.

    Signals:
        counted: how much waits for this person.
        pressing: of it, what is due within a day or overdue (a tuple of `Pressing`).
        told: what became of something that is not in front any more.
        failed: an exception of looking.
    """

    topics = frozenset({"requests"})
    counted = Signal(int)
    pressing = Signal(object)
    told = Signal(object)
    failed = Signal(object)

    def __init__(
        self,
        look: Look,
        requests: RequestUseCases,
        session: StepsUp,
        tasks: Tasks,
        ask: AskPath = ask_path,
        today: Callable[[], date] = date.today,
    ) -> None:
        super().__init__("privacy_requests", ask, today)
        self._requests, self._tasks = requests, tasks
        self._listing = RequestListing((), 0, may_work=False)
        self.acting = Acting(look, session, tasks, self, why_refused, busy_words)
        about = self.tr(
            "Rights under UU PDP art. 5 to 13, each with its clock. Customers’ requests are taken on their card."
        )
        self.head = PageHead(look, self.tr("Requests of customers"), about, "requests")
        words = self.tr("By a non-customer…")
        self.outsider = Button(look, words, "secondary", icon="inbox", name="outsider_request")
        self.outsider.setToolTip(self.tr("Take down a request by somebody who is no customer"))
        self.head.tools.addWidget(self.outsider)  # first: shown without a parent it would be a window of its own
        self.outsider.setVisible(requests.may_take)
        self.taking = RequestTaking(look, requests, tasks, self, self._on_taken)
        headings = (self.tr("Request"), self.tr("Customer"), self.tr("Received"), self.tr("Clock"), self.tr("State"))
        widths = {0: 180, 2: 112, 3: 160, 4: 156}
        name = self.tr("Requests of customers")
        self.table = PolicyTable(look, "requests_table", name, headings, widths, wraps=True, rest=120)
        self.empty = NothingHere(look, name="requests_empty")
        self.detail = RequestDetail(look)
        self._place(look, self.detail, DRAWER)
        self._join()

    def _join(self) -> None:
        self.table.chosen.connect(lambda key, _column: self.show_request(key))
        self.detail.wanted.connect(self._on_wanted)
        self.detail.identity_wanted.connect(self._on_identity)
        self.detail.refusal_wanted.connect(self._on_refusal)
        self.detail.attach_wanted.connect(self._on_attach)
        self.detail.sent_wanted.connect(self._on_sent)
        self.acting.began.connect(self.detail.clear)
        self.acting.worked.connect(self.detail.set_working)
        self.outsider.clicked.connect(lambda: self.taking.open(self.outsider, ""))

    # looking -------------------------------------------------------------------------------------------------------
    def look_again(self) -> None:
        """Ask the office for the register."""
        self._tasks.run(self._requests.register, self._on_looked, self.failed.emit, owner=self)

    def forget(self) -> None:
        """Nothing of a customer stays behind another page."""
        self.taking.close()
        self.close_request()
        super().forget()

    def stop(self) -> None:
        """The session ends."""
        self.acting.stop()
        super().stop()

    def retranslate(self) -> None:
        """The other language."""
        self._fill()

    def close_innermost(self) -> bool:
        """Esc: the question, then the request; whether there was something."""
        if self.detail.close_question():
            return True
        if self.detail.request is None:
            return False
        self.close_request()
        self.focus_first()
        return True

    def _on_taken(self, sentence: str) -> None:
        self.head.tell(sentence)
        self.look_again()

    def _on_looked(self, listing: RequestListing) -> None:
        self._listing = listing
        self._fill()
        self.counted.emit(listing.waiting)
        due = (Pressing("requests", one.id, title_of(one), one.standing) for one in listing.pressing)
        self.pressing.emit(tuple(due))
        shown = self.detail.request
        if shown is not None and not (self.acting.asks or self.acting.is_busy):
            now = self._named(shown.id)
            if now is not None:
                self.detail.show_request(now, may_work=listing.may_work)

    def _fill(self) -> None:
        listing = self._listing
        self.table.show_lines(tuple(map(_line, listing.requests)))
        self.table.setVisible(bool(listing.requests))
        words = self.tr("Nobody has asked for anything yet. Requests are taken on a customer’s card.")
        self.empty.say("" if listing.requests else words)
        if listing.left_off:
            text = one_or_many(
                listing.left_off,
                self.tr("{n} older request is not shown."),
                self.tr("{n} older requests are not shown."),
            )
            self.head.tell(text.format(n=number(listing.left_off)), "info")

    def _named(self, key: str) -> ShownRequest | None:
        return next((one for one in self._listing.requests if one.id == key), None)

    # one request -----------------------------------------------------------------------------------------------------
    def show_request(self, key: str) -> None:
        """Show a request in the drawer."""
        one = self._named(key)
        if one is not None:
            self.table.point_to(key)
            self._show_drawer(is_open=True)
            self.detail.show_request(one, may_work=self._listing.may_work)

    def show_item(self, key: str) -> None:
        """Show a request that was pointed to from elsewhere."""
        self.show_request(key)

    def close_request(self) -> None:
        """Show none."""
        self.detail.show_nothing()
        self._show_drawer(is_open=False)

    def _on_wanted(self, button: Button, what: str) -> None:
        one = self.detail.request
        if one is None:
            return
        if what.startswith("letter_"):
            self._ask_letter(button, one, "id" if what.endswith("id") else "en")
            return
        if what == "bundle":
            name = f"request-{one.number}-{self._today().isoformat()}.zip"
            self._ask_where(name, lambda path: self._save_bundle(button, one, path))
            return
        if what == "words":
            self._do(button, one, lambda: self._requests.words(one.id), self.detail.show_words)
            return
        works: dict[str, tuple[Callable[[], None], str]] = {
            "end": (partial(self._requests.end, one.id, one.revision), self.tr("Answered. Make the letter now.")),
            "take_back": (partial(self._requests.take_back, one.id, one.revision), self.tr("Ended: it is taken back.")),
            "lift": (
                partial(self._requests.lift, one.id, one.revision),
                self.tr("Lifted: this request holds nothing any more."),
            ),
            "detach": (
                partial(self._requests.detach, one.id, one.revision),
                self.tr("It is nobody’s again. The second entry stands in the register."),
            ),
            "copy": (partial(self._requests.propose_copy, one.id, one.revision), self.tr("Proposed.")),
            "approve": (partial(self._decide, one, is_approved=True), self.tr("Approved.")),
            "deny": (partial(self._decide, one, is_approved=False), self.tr("Sent back.")),
        }
        work, words = works[what]
        self._do(button, one, work, lambda _none: self.detail.say(words))

    def _decide(self, one: ShownRequest, *, is_approved: bool) -> None:
        self._requests.decide(one.id, one.revision, is_approved=is_approved)

    def _on_identity(self, button: Button, how: IdentityCheck) -> None:
        one = self.detail.request
        if one is not None:
            words = self.tr("The identity is checked.")
            work = partial(self._requests.check_identity, one.id, one.revision, how)
            self._do(button, one, work, lambda _none: self.detail.say(words))

    def _on_attach(self, button: Button, customer: str, how: IdentityCheck) -> None:
        one = self.detail.request
        if one is not None:
            words = self.tr("It is this customer’s now. Read number and name above before you answer.")
            work = partial(self._requests.attach, one.id, one.revision, customer, how)
            self._do(button, one, work, lambda _none: self.detail.say(words))

    def _on_sent(self, button: Button, way: SentBy, days_ago: int, reference: str) -> None:
        one = self.detail.request
        if one is not None:
            words = self.tr("Written down: its letter went out.")
            work = partial(self._requests.letter_sent, one.id, way, days_ago, reference)
            self._do(button, one, work, lambda _none: self.detail.say(words))

    def _on_refusal(self, button: Button, reason: RefusalReason) -> None:
        one = self.detail.request
        if one is not None:
            words = self.tr("Proposed. A second person decides.")
            work = partial(self._requests.propose_refusal, one.id, one.revision, reason)
            self._do(button, one, work, lambda _none: self.detail.say(words))

    def _do(
        self, button: Button, one: ShownRequest, work: Callable[[], object], on_done: Callable[..., object]
    ) -> None:
        """Do something about the request that is shown; say what came of it there, or at the foot."""

        def done(answer: object) -> None:
            if self._shows(one):
                on_done(answer)
            self.look_again()

        def refused(sentence: str) -> None:
            if self._shows(one):
                self.detail.refuse(sentence)
            else:
                self.told.emit(filled("{}: {}", title_of(one), sentence))
            self.look_again()

        self.acting.do(button, work, done, refused)

    def _shows(self, one: ShownRequest) -> bool:
        return self.detail.request is not None and self.detail.request.id == one.id

    # letters -------------------------------------------------------------------------------------------------------
    def _ask_letter(self, button: Button, one: ShownRequest, language: Language) -> None:
        is_large = self.detail.is_large
        large = "-large" if is_large else ""
        name = f"request-{one.number}-{self._today().isoformat()}-{language}{large}.pdf"
        self._ask_where(name, lambda path: self._save_letter(button, one, language, path, is_large=is_large))

    def _save_letter(
        self, button: Button, one: ShownRequest, language: Language, path: Path, *, is_large: bool
    ) -> None:
        words = self.tr("Saved as {path}. It stays there: no wipe removes it.").format(path=path)
        work = partial(self._requests.save_letter, one.id, language, path, is_large=is_large)
        self._do(button, one, work, lambda _none: self.detail.say(words))

    def _save_bundle(self, button: Button, one: ShownRequest, path: Path) -> None:
        said = self.tr("Saved as {path}, unsealed: hand it over, then delete it. Audit entry {n}.")

        def done(entry: int) -> None:
            self.detail.say(said.format(path=path, n=number(entry)))

        self._do(button, one, partial(self._requests.save_bundle, one, path), done)


def _line(one: ShownRequest) -> Line:
    title = joined(" ", number(one.number), kind_name(one.kind))
    received = day_and_time(one.received_at.timestamp())
    customer = one.customer or (_tr("No customer") if one.is_outsiders else "–")
    return Line(one.id, (title, customer, received, clock_words(one.standing), row_state(one)))
