"""Two people at two real consoles of one office: an agent who asks, a supervisor who decides.

Run as an ordinary user: `python unlock_play.py FOLDER`. Each console is a guardian's, as `tirai console` starts it,
with a person who clicks and types in its window. What each of them sees is appended to the spool as JSON lines; a word
that the director puts there sends them on. `begin` brings a person to their console, `say` gives the word, `wait`
waits for what somebody sees.
"""

import json
import subprocess
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from tests.security.console_play import (  # noqa: E402 (run as a program)
    PATIENCE_S,
    Director,
    count,
    emit,
    own_environment,
    read,
    sign_in,
    until,
    wait_for,
)
from tests.security.console_steps import is_open, is_shown  # noqa: E402
from tests.security.early_office import code_to_type, make_early_office  # noqa: E402
from tests.security.lock_play import acted  # noqa: E402

if TYPE_CHECKING:
    from tests.demo.driver import Play

FIELD, WHY = "mothers_name", "checking was not enough for this caller"
PEOPLE = {"ratna": "agent", "rina": "supervisor"}


def guard(home: Path, spool: Path, account: str) -> int:
    """A guardian; the person's secrets lie in the spool in the moment they are typed."""
    from app.bootstrap.console import run_console
    from app.bootstrap.program import Program
    from app.guardian.process import harden
    from tests.patience import guard_longer

    guard_longer()
    harden(keep=("QT_QPA_PLATFORM",))
    program = Program(Program.at(home).places, on_console=lambda window: person_at(window, spool, account))
    return run_console(program)


def person_at(window: Any, spool: Path, account: str) -> None:
    from PySide6.QtCore import QTimer

    from tests.demo.driver import Driver

    events = spool / account
    screen = type(window.centralWidget()).__name__
    emit(events, "console", screen=screen)
    told = json.loads((spool / f"{account}-told").read_text())
    plays = {"ratna": asks, "rina": decides}
    if screen == "SignInScreen":
        QTimer.singleShot(0, lambda: sign_in(window, told, events))
        window.player = Driver(acted(plays[account](window, spool), events), window)
    elif screen == "LockScreen":
        window.player = Driver(acted(comes_back(window, spool, told["password"]), events), window)


def word(spool: Path, name: str) -> Any:
    """Wait for a word of the director."""
    from tests.demo.driver import Until

    return Until(f"the word {name}", (spool / f"word-{name}").exists, PATIENCE_S * 3)


# --- the agent


def asks(window: Any, spool: Path) -> "Play":
    """Ask while nobody is there, see somebody come, open, see it closed; be refused and asked; lock while it waits."""
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest

    from tests.demo.driver import Until, click, row_words, scroll_to

    tell = partial(emit, spool / "ratna")
    yield Until("the console", lambda: window.console is not None, PATIENCE_S)
    console = window.console
    yield Until("customers", lambda: console.model.rowCount() > 1 and console.model.id_at(1) is not None)
    id_ = console.model.id_at(1)
    console.show_customer(id_)
    yield Until("the card", partial(is_shown, console, id_))
    row, strip = console.card.row(FIELD), console.card.strip.label
    scroll_to(row)
    yield from write_request(console, row)
    popover = console.field_actions._popover
    yield Until("that nobody is there", popover.nobody.isVisible)
    tell("told before sending", words=popover.online.accessibleDescription())
    click(popover.send)
    yield Until("that nobody is there still", lambda: strip.text().startswith("Nobody"))
    tell("told while it waits", words=strip.text())
    yield Until("that somebody has come", lambda: "1 online" in strip.text(), PATIENCE_S * 2)
    tell("told that somebody came", words=strip.text())
    yield Until("an unlock", lambda: row.button.objectName() == f"open_{FIELD}", PATIENCE_S * 2)
    click(row.button)
    yield Until("the value", partial(is_open, row))
    tell("opened", words=row_words(row), canary="S3NT-identity-" in row.curtain._secret.reveal())
    yield Until("that it was closed", lambda: not is_open(row), PATIENCE_S)
    yield Until("by whom", lambda: "closed this field" in row.curtain._words)
    tell("closed", words=row.curtain._words)
    yield word(spool, "again")
    for what in ("asks:", "Refused:"):
        yield from write_request(console, row)
        click(console.field_actions._popover.send)
        yield Until(what, lambda what=what: what in row.curtain._words, PATIENCE_S)  # type: ignore[misc]
        tell(what, words=row.curtain._words)
    other = console.card.row("npwp") or console.card.row("nik")
    scroll_to(other)
    yield from write_request(console, other)
    click(console.field_actions._popover.send)
    yield Until("that it waits", lambda: other.button.objectName().startswith("withdraw_"))
    click(other.button)
    yield Until("that it was withdrawn", lambda: other.button.objectName().startswith("ask_"))
    tell("withdrawn")
    yield word(spool, "lock")
    yield from write_request(console, other)
    click(console.field_actions._popover.send)
    yield Until("that it waits again", lambda: other.button.objectName().startswith("withdraw_"))
    tell("waits and locks", field=other.field.name)
    QTest.keyClick(console, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)


def write_request(console: Any, row: Any) -> "Play":
    """Open the popover of a field and say why; the shipped policy lets this reason go without an identified caller."""
    from tests.demo.driver import Until, click

    before = console.field_actions._popover
    yield Until("that it may be asked for", lambda: row.button.objectName().startswith("ask_"))
    click(row.button)
    yield Until("the request", lambda: console.field_actions._popover not in (before, None))
    popover = console.field_actions._popover
    popover.reason.setCurrentIndex(popover.reason.findData("confirm_identity"))
    popover.words.setPlainText(WHY)
    yield Until("that it may be sent", popover.send.isEnabled)


def comes_back(window: Any, spool: Path, password: str) -> "Play":
    """Wait at the lock screen, resume, find the request waiting, and open what is approved then."""
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest

    from tests.demo.driver import Until, click, scroll_to

    tell = partial(emit, spool / "ratna")
    tell("locked")
    yield word(spool, "resume")
    edit = window.centralWidget().card.password.edit
    QTest.keyClicks(edit, password)
    QTest.keyClick(edit, Qt.Key.Key_Return)
    yield Until("the console", lambda: window.console is not None, PATIENCE_S)
    console = window.console
    yield Until("the customer", lambda: console.card.customer is not None, PATIENCE_S)
    row = console.card.row("npwp") or console.card.row("nik")
    yield Until("an unlock", lambda: row.button.objectName().startswith("open_"), PATIENCE_S)
    scroll_to(row)
    click(row.button)
    yield Until("the value", partial(is_open, row))
    tell("opened after the lock")
    yield word(spool, "leave")
    click(console.bar.sign_out)


# --- the supervisor


def decides(window: Any, spool: Path) -> "Play":
    """Notice, approve, close again, ask back, refuse, see it withdrawn; see the agent locked, approve afterwards."""
    from PySide6.QtWidgets import QLineEdit

    from app.ui.approvals.screen import ApprovalsScreen
    from tests.demo.driver import Until, click, write

    tell = partial(emit, spool / "rina")
    yield Until("the console", lambda: window.console is not None, PATIENCE_S)
    console = window.console
    notice = console.request_waits
    yield Until("a quiet notice", notice.isVisible, PATIENCE_S)
    tell("noticed", words=notice.label.text())
    click(notice.action)
    approvals = console.findChild(ApprovalsScreen)
    detail = approvals.detail
    yield Until("the request", lambda: detail.request is not None and detail.decision.isVisible())
    tell("sees the request", number=detail.request.number, words=detail.request.words)
    click(detail.decision.approve)
    yield Until("that it is open", lambda: bool(approvals.open.newest()), PATIENCE_S)
    yield word(spool, "revoke")
    approvals.revoke_newest()
    yield Until("that nothing is open", lambda: not approvals.open.newest(), PATIENCE_S)
    tell("closed it")
    for opener, words in (("_question_opener", "Which paper is it?"), ("_deny_opener", "The last digits are enough")):
        yield Until("another request", lambda: detail.request is not None and detail.decision.isVisible(), PATIENCE_S)
        shown = detail.request.id
        click(getattr(detail.decision, opener))
        yield Until("the line", lambda: detail.decision.findChild(QLineEdit, "deny_why").isVisible())
        write(words)
        click(detail.decision.confirm)
        yield Until("that it is decided", lambda shown=shown: detail.request is None or detail.request.id != shown)  # type: ignore[misc]
    yield Until("the next one", lambda: detail.request is not None, PATIENCE_S)
    yield Until("that it was taken back", lambda: detail.is_over, PATIENCE_S)
    tell("saw it withdrawn", words=detail.over.label.text())
    yield word(spool, "lock")
    yield Until("one in the queue", lambda: approvals.model.rowCount() > 0, PATIENCE_S)
    approvals.queue.setCurrentIndex(approvals.model.index(0, 0))
    yield Until("that the agent is locked", detail.away.isVisible, PATIENCE_S)
    tell("saw them locked", may_approve=detail.decision.approve.isEnabled())
    yield Until("that they are back", detail.decision.approve.isEnabled, PATIENCE_S)
    click(detail.decision.approve)
    yield word(spool, "leave")
    click(console.bar.sign_out)


# --- the director


class Desks(Director):
    """Makes the office, brings people to their consoles, and tells what they see."""

    def __init__(self, folder: Path) -> None:
        from app.storage.keyring_store import open_key_store
        from app.storage.places import Places
        from tests.security.canaries import planted

        self.folder, self.spool = folder, folder / "spool"
        self.spool.mkdir(mode=0o700)
        self.places = Places.find(folder / "office").prepare()
        self.store = open_key_store()
        office = make_early_office(self.places, self.store)
        office.bring_in(planted(6)[0])
        office.hire_all(list(PEOPLE.items()))
        office.stop()
        self.staff = office.people
        self.started: list[subprocess.Popen[bytes]] = []

    def play(self, order: dict[str, Any]) -> dict[str, Any]:
        """Carry out one order."""
        match order["do"]:
            case "begin":
                return self.begin(order["account"])
            case "say":
                (self.spool / f"word-{order['name']}").touch()
                return {}
            case "wait":
                return self.wait(self.spool / order["account"], order["event"])
            case _:
                raise ValueError(order["do"])

    def wait(self, events: Path, event: str) -> dict[str, Any]:
        """What somebody saw, or what stopped anybody."""
        everybody = [self.spool / account for account in PEOPLE]
        until(lambda: count(events, event) > 0 or any(count(one, "stopped") for one in everybody), PATIENCE_S * 2)
        if count(events, event):
            return wait_for(events, event)
        return next(e for one in everybody for e in read(one) if e["event"] == "stopped")

    def begin(self, account: str) -> dict[str, Any]:
        """A guardian, with this person before its console."""
        person = self.staff[account]
        told = {"account": account, "password": person.password, "code": code_to_type(person)}
        (self.spool / f"{account}-told").write_text(json.dumps(told))
        command = [
            sys.executable,
            str(Path(__file__).resolve()),
            "guard",
            str(self.places.home),
            str(self.spool),
            account,
        ]
        with (self.folder / "stderr").open("ab") as words:
            self.started.append(
                subprocess.Popen(command, cwd="/", stdin=subprocess.DEVNULL, stdout=words, stderr=words,
                                 start_new_session=True)
            )  # fmt: skip
        return wait_for(self.spool / account, "console")


def main() -> int:
    if sys.argv[1] == "guard":
        return guard(Path(sys.argv[2]), Path(sys.argv[3]), sys.argv[4])
    from tests.keyring_session import private_keyring

    folder = Path(sys.argv[1])
    with private_keyring(folder) as environment, own_environment(environment):
        director = Desks(folder)
        print(json.dumps({"ready": True}), flush=True)
        try:
            for line in sys.stdin:
                print(json.dumps(director.play(json.loads(line))), flush=True)
        finally:
            director.end_of_round()
            director.end()
    return 0


if __name__ == "__main__":
    sys.exit(main())
