"""The story inside the console and the approval: what Ratna and Hendra do at real windows, and what they see.

`sees` holds only what was read from the widgets or found by looking; no opened value is written down anywhere.
"""

import csv
import time
from collections.abc import Callable, Generator
from pathlib import Path

import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QListView, QWidget

from app.domain.kinds import Kind
from app.sources.records import normalise
from app.ui.approval.window import ApprovalWindow
from app.ui.console.customer_model import Column
from app.ui.console.field_row import FieldRow, Offer
from app.ui.console.screen import ConsoleScreen
from app.ui.main_window import MainWindow
from app.ui.sign_in.form import SignInForm
from app.ui.sign_in.screen import SignInScreen
from app.ui.widgets.curtain_states import CurtainState
from app.ui.wiped.screen import WipedScreen
from tests.demo.customers import HEADERS
from tests.demo.driver import (
    Driver,
    NotSeenError,
    Pause,
    Play,
    Until,
    click,
    click_at,
    identify,
    keep_picture,
    named,
    press,
    row_words,
    scroll_to,
    seen,
    shows,
    write,
)
from tests.demo.office import HENDRA, RATNA, read_people
from tests.demo.people import DemoPerson
from tests.demo.report import Step
from tests.demo.spool import Spool

CUSTOMER, SEARCH = "C-104288", "sari wul"
PHONE, CARD = "mobile_phone", "card_number"
WHY = "Caller disputes a charge; the bank must read the middle digits back to me."
NOTE = "Caller disputes the 2 March charge. Says the old card was closed in January. Sends the branch letter."

Acting = Generator[Until | Pause, None, list[str]]
Steps = tuple[tuple[str, Callable[[], Acting]], ...]


class ConsoleStory:
    """What happens at one console window. Another story of a console names its own steps.

    Args:
        window: the console's window.
        folder: of the demo (people, customers).
        pictures: where pictures go.
        spool: where words go.
    """

    _person, _began, _end = RATNA, "began", "end"

    def __init__(self, window: MainWindow, folder: Path, pictures: Path, spool: Spool) -> None:
        self._window, self._folder, self._pictures, self._spool = window, folder, pictures, spool
        self._pictured = ""
        self._driver = Driver(self._play(), window)

    # the frame -----------------------------------------------------------------------------------------------------
    def _play(self) -> Play:
        if self._spool.all(self._began):
            yield from self._step(self._end, self._end_seen)
            self._window.close()
            return
        for name, act in self._steps():
            yield from self._step(name, act)
        yield from self._leave()

    def _steps(self) -> Steps:
        return (
            ("sign_in", self._sign_in),
            ("search", self._search),
            ("masked", self._masked),
            ("reveal", self._reveal),
            ("unlock", self._unlock),
            ("note", self._note),
        )

    def _step(self, name: str, act: Callable[[], Acting]) -> Play:
        began, step = time.monotonic(), Step(name)
        self._pictured = ""
        try:
            step.sees = yield from act()
            step.ok = True
        except Exception as error:  # noqa: BLE001 -- whatever it was, it is told and the story goes on
            step.sees = [f"{type(error).__name__}: {error}", *seen(self._window)]
            self._picture(name)
        step.ms = round((time.monotonic() - began) * 1000)
        step.screenshot = self._pictured
        self._spool.say_step(step)

    def _picture(self, name: str) -> None:
        keep_picture(self._window, self._pictures / f"{name}.png")
        self._pictured = f"{name}.png"

    def _ask_outside(self, name: str) -> Generator[Until | Pause, None, tuple[int, int]]:
        self._spool.say("ask", name=name)
        yield Until("the look from outside", lambda: self._spool.answered(name))
        answer = self._spool.answered(name) or {}
        return answer["entries"], answer["files"]

    @property
    def _console(self) -> ConsoleScreen:
        console = self._window.console
        if console is None:
            raise NotSeenError("nobody is signed in, so there is no console")
        return console

    def _row(self, field: str) -> FieldRow:
        row = self._console.card.row(field)
        if row is None or row.curtain is None:
            raise NotSeenError(f"the card has no closed field {field}")
        return row

    # the steps -----------------------------------------------------------------------------------------------------
    def _sign_in(self) -> Acting:
        form = yield from self._come_in("sign_in-form")
        console = self._console
        yield Until("all customers of her queues in the cache", lambda: _cache_is_full(console), 60)
        yield Until("the customers in the list", lambda: console.model.index(0, 0).data() is not None)
        outside = yield from self._session_seen_outside()
        yield Pause(0.2)
        self._picture("sign_in")
        return [*form, *seen(console.bar), *seen(console.status), outside]

    def _come_in(self, picture: str) -> Acting:
        """Sign in; what the form said."""
        screen = self._window.centralWidget()
        if not isinstance(screen, SignInScreen):
            raise NotSeenError("the window does not begin with the sign-in form")
        person = read_people(self._folder / "people.json")[self._person.account]
        last_digit = yield from fill_form(screen.form, person)
        form = seen(screen.form)
        yield Pause(0.1)
        self._picture(picture)
        write(last_digit)
        sign_in = screen.form
        yield Until("the console", lambda: self._window.console or _refusal(sign_in), 60)
        if self._window.console is None:
            raise NotSeenError(f"signing in was refused: {_refusal(sign_in)}")
        return form

    def _session_seen_outside(self) -> Generator[Until | Pause, None, str]:
        entries, files = yield from self._ask_outside("signed_in")
        if entries != 1 or files < 1:
            raise NotSeenError(f"a session has one entry and a cache, but there are {entries} and {files} files")
        return f"From outside: {entries} session entry in the keyring, {files} files of the session cache."

    def _search(self) -> Acting:
        console = self._console
        panel = console.find_panel
        every = console.model.rowCount()
        click(panel.search.edit)
        write(SEARCH)
        yield Until("fewer customers than before", lambda: 0 < console.model.rowCount() < every)
        yield Until("their names", lambda: console.model.index(0, 0).data() is not None)
        yield Pause(0.2)
        self._picture("search")
        found = [" ".join(_row_texts(console, at)) for at in range(min(5, console.model.rowCount()))]
        at = next((at for at in range(console.model.rowCount()) if CUSTOMER in _row_texts(console, at)), None)
        if at is None:
            raise NotSeenError(f"{CUSTOMER} is not among what was found: {found}")
        view: QListView = panel.list
        click_at(view.viewport(), view.visualRect(console.model.index(at, 0)).center())
        yield Until("her card", lambda: console.card.customer is not None and console.card.customer.number == CUSTOMER)
        count = [label.text() for label in panel.findChildren(QLabel) if label.isVisible() and label.text()]
        return [f"typed: {SEARCH}", "  ".join(count), *found]

    def _masked(self) -> Acting:
        card = self._console.card
        yield Until("the rows of her card", lambda: any(card.rows()))
        yield Pause(0.3)
        self._picture("masked")
        opened = [row.field.name for row in card.rows() if row.curtain is not None and row.curtain.is_open]
        if opened:
            raise NotSeenError(f"something is open without being asked for: {opened}")
        sealed = self._sealed_values()
        words = _squeezed(" ".join(seen(self._window)) + _spoken(self._window))
        told = [name for name, value in sealed.items() if _squeezed(value) in words]
        if told or len(sealed) < 10:
            raise NotSeenError(f"sealed values stand in words of the window: {told} (of {len(sealed)})")
        head = seen(named(card, "customer_name"))
        rows = [row_words(row) for row in card.rows()]
        return [*head, *rows, f"None of her {len(sealed)} sealed values stands in any text of the window."]

    def _reveal(self) -> Acting:
        row = self._row(PHONE)
        scroll_to(row.button)
        click(row.button)
        yield Until("the question for a reason", lambda: shows(self._window, "reveal_popover"))
        popover = named(self._window, "reveal_popover")
        question = seen(popover)
        yield Pause(0.2)
        self._picture("reveal-reason")
        press(Qt.Key.Key_1)
        yield from self._open_is_right(row, PHONE)
        yield Pause(1.2)
        self._picture("reveal")
        lit = [row_words(row), *seen(self._console.status)]
        yield from self._close(row)
        return [*question, *lit, f"Esc: {row_words(row)}"]

    def _unlock(self) -> Acting:
        verified = yield from self._verify()
        row, asked = yield from self._ask("ask_here")
        yield Until("Hendra's decision", lambda: self._spool.all("approval") or row.offer is Offer.OPEN, 90)
        yield Until("the approval in the row", lambda: row.offer is Offer.OPEN or self._approval_failed(), 30)
        if row.offer is not Offer.OPEN:
            raise NotSeenError(f"the request was not approved: {self._approval()}")
        lit = yield from self._open_unlocked(row)
        yield Until("what the approval saw", lambda: self._spool.all("approval"))
        return [*verified, *asked, *self._approval(), *lit]

    def _verify(self) -> Acting:
        said = {name: self._sealed_values()[name] for name in ("nik", "birth_date")}
        yield from identify(self._console, said)
        yield Pause(0.2)
        self._picture("unlock-check")
        return seen(named(self._console.card, "identity_check"))

    def _ask(self, button: str) -> Generator[Until | Pause, None, tuple[FieldRow, list[str]]]:
        """Ask for the card number by a button of the popover, until the request waits."""
        row = self._row(CARD)
        scroll_to(row.button)
        click(row.button)
        yield Until("the request", lambda: shows(self._window, "ask_popover"))
        popover = named(self._window, "ask_popover")
        click(named(popover, "ask_words"))
        write(WHY)
        question = seen(popover)
        yield Pause(0.2)
        self._picture("unlock-ask")
        click(named(popover, button))
        yield Until("that the request waits", lambda: row.offer is Offer.WITHDRAW)
        yield Pause(0.2)
        self._picture("unlock-waits")
        return row, [*question, row_words(row), *seen(self._console.card.strip)]

    def _open_unlocked(self, row: FieldRow) -> Acting:
        click(row.button)
        yield from self._open_is_right(row, CARD)
        yield Pause(1.2)
        self._picture("unlock")
        lit = [row_words(row), *seen(self._console.status)]
        yield from self._close(row)
        return [*lit, f"Esc: {row_words(row)}"]

    def _approval(self) -> list[str]:
        return [line for word in self._spool.all("approval") for line in word["sees"]]

    def _approval_failed(self) -> bool:
        return any(not word["ok"] for word in self._spool.all("approval"))

    def _note(self) -> Acting:
        panel = self._console.desk_panel
        click(panel.note.edit)
        write(NOTE)
        state = named(panel, "note_state")
        assert isinstance(state, QLabel)
        yield Until("Saved", lambda: state.text().startswith("Saved"))
        yield Pause(0.4)
        self._picture("note")
        return seen(panel)

    # the end -------------------------------------------------------------------------------------------------------
    def _leave(self) -> Play:
        """Sign out; the next window tells how it went."""
        self._spool.say(self._began, at=time.monotonic())
        console = self._window.console
        if console is not None:
            click(console.bar.sign_out)
            return
        yield Pause(0)
        self._spool.say_step(
            Step(self._end, sees=["Nobody was signed in, so nobody can sign out.", *seen(self._window)])
        )
        self._window.close()

    def _end_seen(self) -> Acting:
        screen = self._window.centralWidget()
        if not isinstance(screen, WipedScreen):
            raise NotSeenError("the fresh window shows no receipt")
        yield Pause(0.3)
        self._picture(self._end)
        words = seen(screen)
        receipt = screen.receipt
        if receipt.cause != "signed_out" or not receipt.ok or len(receipt.lines) < 5:
            raise NotSeenError(f"the receipt is not good: {words}")
        entries, files = yield from self._ask_outside("ended")
        if entries or files:
            raise NotSeenError(f"from outside, {entries} session entries and {files} cache files are still there")
        return [*words, "From outside: no session entry in the keyring, no file of a session cache."]

    # parts ---------------------------------------------------------------------------------------------------------
    def _open_is_right(self, row: FieldRow, field: str) -> Generator[Until | Pause, None, None]:
        curtain = row.curtain
        assert curtain is not None
        refusal = self._console.card.fault
        yield Until("the open field", lambda: curtain.is_open or refusal.isVisible(), 15)
        if not curtain.is_open:
            raise NotSeenError(f"it was refused: {seen(refusal)}")
        secret, wanted = curtain._secret, self._sealed_values()[field]
        shown = normalise(Kind(row.field.kind), secret.reveal()) if secret is not None else ""
        if shown != normalise(Kind(row.field.kind), wanted):
            raise NotSeenError("what is open is not the value of the CSV")

    def _close(self, row: FieldRow) -> Generator[Until | Pause, None, None]:
        press(Qt.Key.Key_Escape)
        curtain = row.curtain
        assert curtain is not None
        resting = (CurtainState.MASKED, CurtainState.TIED)
        yield Until("the closed field", lambda: not curtain.is_open and curtain.state in resting, 5)

    def _sealed_values(self) -> dict[str, str]:
        """What the CSV holds of the customer in sealed fields, by field."""
        card = self._console.card
        names = [row.field.name for row in card.rows() if row.curtain is not None]
        with (self._folder / "customers.csv").open(encoding="utf-8", newline="") as file:
            rows = csv.DictReader(file)
            customer = next(row for row in rows if row[HEADERS["customer_number"]] == CUSTOMER)
        return {name: customer[HEADERS[name]] for name in names if customer[HEADERS[name]]}


class ApprovalStory:
    """What Hendra does at the approval's window."""

    def __init__(self, window: ApprovalWindow, folder: Path, pictures: Path, spool: Spool) -> None:
        self._window, self._folder, self._pictures, self._spool = window, folder, pictures, spool
        self._driver = Driver(self._play(), window)

    def _play(self) -> Play:
        try:
            sees = yield from self._decide()
        except Exception as error:  # noqa: BLE001 -- told to the console's story, which fails its step
            keep_picture(self._window, self._pictures / "unlock-approval.png")
            sees = [f"{type(error).__name__}: {error}", *seen(self._window)]
            self._spool.say("approval", ok=False, sees=sees)
            self._window.close()

    def _decide(self) -> Acting:
        window = self._window
        hendra = read_people(self._folder / "people.json")[HENDRA.account]
        last_digit = yield from fill_form(window.form, hendra)
        yield Pause(0.1)
        keep_picture(window, self._pictures / "unlock-supervisor.png")
        write(last_digit)
        form = window.form
        yield Until("the request", lambda: shows(window, "approve") or _refusal(form), 60)
        if _refusal(form):
            raise NotSeenError(f"signing in was refused: {_refusal(form)}")
        approve = named(window, "approve")
        yield Pause(0.2)
        keep_picture(window, self._pictures / "unlock-approval.png")
        sees = [f"approval window: {line}" for line in seen(window)]
        self._spool.say("approval", ok=True, sees=sees)
        click(approve)
        return sees


def fill_form(form: SignInForm, person: DemoPerson) -> Generator[Until | Pause, None, str]:
    """Type account, password and a fresh code but for its last digit, which sends the form and is the answer."""
    yield Until("the back office and the keyring", lambda: any("keyring ready" in line for line in seen(form)), 30)
    for widget, text in ((form.account, person.account), (form.password.edit, person.password)):
        click(widget)
        write(text)
    click(form.code)
    code = ""
    while not code:
        code = person.authenticator.code_if_fresh()
        yield Pause(0.2)
    write(code[:-1])
    typed = (form.account.text(), form.password.text(), form.code.text())
    if typed != (person.account, person.password, code[:-1]):
        raise NotSeenError("what was typed did not arrive in the fields")
    return code[-1]


def _refusal(form: SignInForm) -> str:
    return form.error.text() if shiboken6.isValid(form) else ""


def _cache_is_full(console: ConsoleScreen) -> bool:
    label = named(console.status, "cache_state")
    words = label.text().replace(",", "").split() if isinstance(label, QLabel) else []
    return "of" in words and "works" not in words and words[words.index("of") - 1] == words[words.index("of") + 1]


def _row_texts(console: ConsoleScreen, at: int) -> list[str]:
    columns = (Column.NAME, Column.NUMBER, Column.CITY, Column.TICKET, Column.QUEUE)
    return [str(console.model.index(at, column).data()) for column in columns]


def _spoken(window: QWidget) -> str:
    widgets = [window, *window.findChildren(QWidget)]
    parts = [f"{w.accessibleName()} {w.accessibleDescription()} {w.toolTip()} {w.windowTitle()}" for w in widgets]
    clipboard = QApplication.clipboard().text()
    return " ".join([*parts, clipboard])


def _squeezed(text: str) -> str:
    return "".join(sign for sign in text.lower() if sign.isalnum())
