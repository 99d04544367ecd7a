"""A person who sees nothing works at a real console: a keyboard, and what a screen reader hears on a real bus.

Run as an ordinary user: `python reader_play.py FOLDER`. Guardian, console, office and keyring are the product's, at an
X server and an accessibility bus of their own; nothing runs inside the console. A colleague without a screen
(`reader_colleague.py`) asks and decides at the same office. What the reader found and heard is printed as one JSON
line, for a judge outside.
"""

import contextlib
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from tests.accessible_bus import accessibility_bus, private_display  # noqa: E402 (run as a program)
from tests.e2e.reader_colleague import Colleague  # noqa: E402
from tests.screen_reader import GoneError, Node, ScreenReader  # noqa: E402
from tests.security.console_play import Director  # noqa: E402
from tests.security.early_office import lasting_code, make_early_office  # noqa: E402

PATIENCE_S, LOOK_S = 90.0, 0.02
TAB, RETURN, ESCAPE, DELETE = 0xFF09, 0xFF0D, 0xFF1B, 0xFFFF
CONTROL, SHIFT = 37, 50
"""X key symbols; and the key codes of the modifiers on an X server's own keyboard."""
FIELD = "street_address"
WHY, WHY_NOT = "the caller could not say it", "The last digits are enough"
MOST_STOPS = 80


def guard(home: Path) -> int:
    """A guardian as `tirai` starts it."""
    from app.bootstrap.console import run_console
    from app.bootstrap.program import Program
    from app.guardian.process import harden
    from tests.patience import guard_longer

    guard_longer()
    harden(keep=("QT_QPA_PLATFORM",))
    return run_console(Program(Program.at(home).places))


class NotHeardError(AssertionError):
    """What should have come did not come."""


class Blind(Director):
    """Makes the office, starts a console, and works at it by keyboard and ear."""

    def __init__(self, folder: Path, reader: ScreenReader) -> None:
        from app.storage.keyring_store import open_key_store
        from app.storage.places import Places
        from tests.security.canaries import planted

        self.folder, self.reader = folder, reader
        self.places = Places.find(folder / "office").prepare()
        self.store = open_key_store()
        rows, canaries = planted(12)
        self.number = canaries[0].number
        self.value = next(c.value for c in canaries if (c.number, c.field) == (self.number, FIELD))
        self.canaries = [c.needle for c in canaries]
        office = make_early_office(self.places, self.store)
        office.bring_in(rows)
        office.hire_all([("ratna", "agent")])
        office.stop()
        self.staff, self.policy = office.people, office.policy
        self.told: dict[str, Any] = {"canary": self.value, "number": self.number}
        self.tours = 0

    # --- keys and ears

    def until(self, what: str, so: Callable[[], Any]) -> Any:
        """Wait for it."""
        end = time.monotonic() + PATIENCE_S
        while True:
            with contextlib.suppress(GoneError):
                if found := so():
                    return found
            if time.monotonic() > end:
                raise NotHeardError(f"{what}; said: {[s.text for s in self.reader.said][-8:]}; focus: {self.focus()}")
            time.sleep(LOOK_S)

    def write(self, text: str) -> None:
        for sign in text:
            self.reader.key(ord(sign))

    def told_node(self, node: Node) -> list[Any]:
        reader = self.reader
        kinds = reader.interfaces(node)
        text = reader.text(node) if "Text" in kinds else ""
        return [reader.role(node), reader.name(node), reader.description(node), sorted(reader.states(node)), text]

    def focus(self) -> list[Any] | None:
        """What has the focus now, as a reader tells it."""
        for member, detail, node, on in reversed(self.reader.events):
            if member == "StateChanged" and detail == "focused":
                del on
                with contextlib.suppress(GoneError):
                    if "focused" in self.reader.states(node):
                        return self.told_node(node)
        return None

    def tree(self) -> list[list[Any]]:
        """Every node that a reader would come to, in its order."""
        return [told for told in (self.safely_told(node) for node in self.nodes()) if told]

    def nodes(self, *, hidden: bool = False) -> Iterator[Node]:
        for program in self.reader.programs():
            with contextlib.suppress(GoneError):
                yield from self.reader.walk(program, hidden=hidden)

    def safely_told(self, node: Node) -> list[Any]:
        with contextlib.suppress(GoneError):
            return self.told_node(node)
        return []

    def node(self, role: str, name: str) -> Node | None:
        """The showing node of this role whose name begins so."""
        for node in self.nodes():
            with contextlib.suppress(GoneError):
                if self.reader.name(node).startswith(name) and self.reader.role(node) == role:
                    return node
        return None

    def enabled(self, role: str, name: str) -> Node | None:
        """The same, once it can be pressed."""
        node = self.node(role, name)
        return node if node is not None and "enabled" in self.reader.states(node) else None

    def everything(self) -> list[str]:
        """Every text of every node there is, hidden ones too."""
        return [self.words_of(node) for node in self.nodes(hidden=True)]

    def words_of(self, node: Node) -> str:
        """Whatever of a node may hold a value; asked for apart, because a field stands open meanwhile."""
        reader = self.reader
        with contextlib.suppress(GoneError):
            text = reader.text(node) if "Text" in reader.interfaces(node) else ""
            return f"{reader.name(node)}\n{reader.description(node)}\n{text}"
        return ""

    def has_focus(self, name: str) -> bool:
        at = self.focus()
        return at is not None and at[1] == name

    def heard(self, part: str, since: int = 0) -> Any:
        return next((s for s in self.reader.said[since:] if part in s.text), None)

    # --- the story

    def work(self) -> None:
        self.sign_in("ratna")
        self.until("customers", lambda: self.node("list item", "Sari Wulandari"))
        self.end_tour()
        self.write(self.number.lower())
        self.until("one customer", lambda: self.node("label", "1 found"))
        self.reader.key(RETURN)
        row = self.until("the card", lambda: self.node("push button", "Address, contact"))
        self.told["console"] = self.tree()
        self.go_round()
        self.identify()
        self.reveal(row)
        self.told["said"] = [[s.text, s.politeness] for s in self.reader.said]
        self.ask()
        self.lock()
        self.stop()
        self.decide()
        self.told["canaries"] = self.canaries
        self.told["events"] = [[m, d, str(a)] for m, d, _node, a in self.reader.events]

    def sign_in(self, account: str) -> None:
        """Begin a console and come in by its door."""
        person = self.staff[account]
        self.begin()
        self.until("the door", lambda: (at := self.focus()) and at[0] == "text" and "ccount" in at[1])
        self.told.setdefault("door", self.tree())
        for text in (account, person.password):
            self.write(text)
            self.reader.key(TAB)
        password = self.node("password text", "Password")
        assert password is not None
        self.told.setdefault("password typed", [person.password, self.told_node(password)])
        self.write(lasting_code(person))  # it is sent with its sixth digit

    def end_tour(self) -> None:
        """Put the first look round away; it may have the focus before the search was seen with it."""
        self.until("the tour", lambda: self.heard("1 of 5. Find", self.tours))
        self.tours = len(self.reader.said)
        self.reader.key(ESCAPE)
        self.until("the search again", lambda: (at := self.focus()) and at[1].startswith("Find by name"))

    def begin(self) -> None:
        command = [sys.executable, str(Path(__file__).resolve()), "guard", str(self.places.home)]
        with (self.folder / "stderr").open("wb") as words:
            self.guardian = subprocess.Popen(
                command, cwd="/", stdin=subprocess.DEVNULL, stdout=words, stderr=words, start_new_session=True
            )

    def step(self, *keys: int) -> list[Any]:
        """Press, and say where the focus has come."""
        count = len(self.reader.events)
        self.reader.key(*keys)
        self.until(
            f"a focus after {keys}",
            lambda: any(m == "StateChanged" and d == "focused" and a for m, d, _n, a in self.reader.events[count:]),
        )
        at = self.until("what has it", self.focus)
        assert isinstance(at, list)
        return at

    def go_round(self) -> None:
        """Tab until the focus is where it began, then back."""
        begin = self.step(ord("g"), CONTROL)
        forth = [begin]
        while len(forth) < MOST_STOPS:
            at = self.step(TAB)
            if at[:2] == begin[:2]:
                break
            forth.append(at)
        back = [begin]
        while len(back) < MOST_STOPS:
            at = self.step(TAB, SHIFT)
            if at[:2] == begin[:2]:
                break
            back.append(at)
        self.told["forth"], self.told["back"] = forth, back

    def identify(self) -> None:
        for field, name in (("nik", "National identity number"), ("birth_date", "Date of birth")):
            edit = self.node("text", name)
            assert edit is not None, name
            count = len(self.reader.said)
            self.reader.grab_focus(edit)
            self.until("the cell", partial(self.has_focus, name))
            self.write(self.customer_value(field))
            self.reader.key(RETURN)
            self.until(f"an answer to {name}", partial(self.heard, "Match. ", count))

    def customer_value(self, field: str) -> str:
        from tests.demo.customers import demo_customers

        return next(c for c in demo_customers(12, 7) if c["customer_number"] == self.number)[field]

    def reveal(self, row: Node) -> None:
        reader = self.reader
        row = self.until("the row", lambda: self.node("push button", "Address, contact"))
        self.told["row"], self.told["actions"] = self.told_node(row), reader.actions(row)
        count = len(reader.said)
        reader.do(row, reader.actions(row).index("Press"))
        self.until("the reasons", lambda: (at := self.focus()) and at[0] == "radio button")
        self.told["popover"] = self.tree()
        self.write("1")
        self.until("an open field", lambda: self.heard("Address, open", count))
        self.told["row open"] = self.told_node(row)
        self.write("s")  # first: on a busy machine the field is shut again before the whole tree is read
        self.until("the value", lambda: self.heard(self.value, count))
        tree = self.everything()
        self.told["in the tree"] = [any(self.value in words for words in tree), len(tree)]
        self.told["number in the tree"] = any(self.number in words for words in tree)
        self.until("that it is closed", lambda: any(said.text == "closed" for said in reader.said[count:]))
        self.told["in the tree after"] = any(self.value in words for words in self.everything())

    def ask(self) -> None:
        """Ask for two fields; a colleague refuses one, opens the other, and closes it while it is on the screen."""
        count = len(self.reader.said)
        with Colleague(self.places, self.store, self.policy, self.staff["hendra"]) as hendra:
            self.ask_for("National identity number")
            hendra.deny(self.until("the request", hendra.waits).id, WHY_NOT)
            self.until("a refusal", lambda: self.heard("refused", count))
            self.ask_for("Mother's maiden name")
            unlock = self.until("the other request", hendra.waits)
            self.record = unlock.record
            hendra.approve(unlock.id)
            self.until("an approval", lambda: self.heard("may be opened now", count))
            self.press("Mother's maiden name")
            self.until("an open field", lambda: self.heard("Mother's maiden name, open", count))
            hendra.revoke(unlock.id)
            self.until("that it was closed", lambda: self.heard("closed by", count))
            self.until("the end of it", lambda: any(said.text == "closed" for said in self.reader.said[count:]))
        self.told["asked"] = [[s.text, s.politeness] for s in self.reader.said[count:]]

    def press(self, name: str) -> None:
        """Press the button of a masked field."""
        row = self.until(name, lambda: self.node("push button", f"{name}, "))
        self.until("that it can be pressed", lambda: "Press" in self.reader.actions(row))
        self.reader.do(row, self.reader.actions(row).index("Press"))

    def ask_for(self, name: str) -> None:
        """The first reason, words, and Send."""
        self.press(name)
        self.until("the request to write", lambda: (at := self.focus()) and at[0] == "combo box")
        words = self.node("text", "Why do you need to see it?")
        assert words is not None
        self.reader.grab_focus(words)
        self.until("the line for words", lambda: self.has_focus("Why do you need to see it?"))
        self.write(WHY)
        send = self.until("that it may be sent", lambda: self.enabled("push button", "Send request"))
        self.reader.do(send, self.reader.actions(send).index("Press"))

    def decide(self) -> None:
        """Work as a supervisor: hear of requests with customers in front, then with the queue in front."""
        self.sign_in("hendra")
        self.end_tour()
        with Colleague(self.places, self.store, self.policy, self.staff["ratna"]) as ratna:
            for front, field in (("customers", "mothers_name"), ("queue", "npwp")):
                if front == "queue":
                    self.reader.key(ord("2"), CONTROL)
                    self.until("the queue", partial(self.has_focus, "Requests that wait"))
                count = len(self.reader.said)
                ratna.ask(self.record, field, WHY)
                self.until(f"the request, {front} in front", partial(self.heard, "request waits", count))
                self.told[f"waits, {front} in front"] = [[s.text, s.politeness] for s in self.reader.said[count:]]
        self.told["queue"] = self.tree()

    def lock(self) -> None:
        count = len(self.reader.said)
        self.reader.key(ord("l"), CONTROL)
        self.until("the lock screen", lambda: self.node("push button", "Resume"))
        self.until("that it says so", lambda: len(self.reader.said) > count)
        self.told["lock"] = self.tree()
        self.told["lock said"] = [[s.text, s.politeness] for s in self.reader.said[count:]]

    def stop(self) -> None:
        """Let the guardian end its console."""
        if self.guardian.poll() is None:
            self.guardian.terminate()
            self.guardian.wait(PATIENCE_S)


def main() -> int:
    if sys.argv[1] == "guard":
        return guard(Path(sys.argv[2]))
    from tests.keyring_session import private_keyring

    folder = Path(sys.argv[1])
    with contextlib.ExitStack() as stack:
        environment = stack.enter_context(private_keyring(folder))
        here = stack.enter_context(private_display(environment))
        os.environ.clear()
        os.environ.update(here)
        address = stack.enter_context(accessibility_bus(here))
        reader = stack.enter_context(ScreenReader(address))
        blind = Blind(folder, reader)
        stack.callback(blind.end)
        stack.callback(blind.stop)
        try:
            blind.work()
        except Exception as error:  # noqa: BLE001 -- told to the judge
            import traceback

            places = [f"{f.name}:{f.lineno}" for f in traceback.extract_tb(error.__traceback__)]
            blind.told["stopped"] = [f"{type(error).__name__}: {error}", places]
        print(json.dumps(blind.told), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
