"""A walk through a real console with canaries behind every curtain; what the console shows is collected *in* it.

Run as an ordinary user, or as root of a user namespace: `python walk_play.py FOLDER`. The director knows the canaries,
the console's person does not: what the window, its models and its accessible tree hold is dumped to `FOLDER/spool`, and
judged outside. Orders come as JSON lines and are answered with one line each.
"""

import contextlib
import json
import os
import secrets
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
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
    say,
    sign_in,
    until,
    wait_for,
)
from tests.security.console_steps import is_shown  # noqa: E402
from tests.security.early_office import QUEUES, code_to_type, make_early_office  # noqa: E402
from tests.security.memory_scan import keys_in, marked_in, memory_of, new_mark, new_tail  # noqa: E402
from tests.security.walk_surfaces import LEFT_VALUE, NEW_VALUE, surfaces, undo_texts  # noqa: E402

if TYPE_CHECKING:
    from tests.demo.driver import Play

CARDS = 8
SHARERS = (1, 2)
"""Customers, by their place in the import, who have one number."""
TEXT_TYPES = {"QString", "QStringList", "QByteArray", "QVariant", "QUrl", "QKeySequence"}


# --- what a window holds


def texts_of(window: Any) -> set[str]:
    """Every text that hangs on a window: properties, titles, tips, models in all roles, accessible nodes, clipboard."""
    from PySide6.QtWidgets import QApplication, QWidget

    found: set[str] = set()
    for top in {window, *QApplication.topLevelWidgets()}:
        for widget in [top, *top.findChildren(QWidget)]:
            found |= set(_properties(widget))
        found |= set(_accessible(top))
        for model in _models(top):
            found |= set(_model_texts(model))
        found |= set(undo_texts(top))
    found |= set(_clipboard())
    return {text for text in found if text}


def _properties(widget: Any) -> Iterator[str]:
    meta = widget.metaObject()
    for at in range(meta.propertyCount()):
        if meta.property(at).typeName() in TEXT_TYPES:
            yield str(widget.property(meta.property(at).name()))
    for name in widget.dynamicPropertyNames():
        with contextlib.suppress(RuntimeError):  # Qt's own, of a type that Python does not know
            yield str(widget.property(bytes(name.data()).decode()))
    for name in ("text", "toPlainText", "displayText", "currentText", "title", "selectedText"):
        ask = getattr(widget, name, None)
        if callable(ask):
            with contextlib.suppress(Exception):
                yield str(ask())
    yield f"{widget.toolTip()} {widget.statusTip()} {widget.whatsThis()} {widget.windowTitle()} {widget.objectName()}"


def _accessible(top: Any) -> Iterator[str]:
    from PySide6.QtGui import QAccessible

    kinds = [k for k in QAccessible.Text if k is not QAccessible.Text.UserText]
    waiting, seen = [QAccessible.queryAccessibleInterface(top)], 0
    while waiting and seen < 20_000:
        node = waiting.pop()
        if node is None or not node.isValid():
            continue
        seen += 1
        for kind in kinds:
            yield node.text(kind)
        value = node.valueInterface()
        if value is not None:
            yield str(value.currentValue())
        words = node.textInterface()
        if words is not None:
            yield words.text(0, words.characterCount())
        waiting += [node.child(at) for at in range(node.childCount())]
    yield f"accessible nodes: {seen}"


def _models(top: Any) -> list[Any]:
    from PySide6.QtCore import QAbstractItemModel
    from PySide6.QtWidgets import QAbstractItemView, QComboBox

    models = list(top.findChildren(QAbstractItemModel))
    models += [v.model() for v in top.findChildren(QAbstractItemView)]
    models += [c.model() for c in top.findChildren(QComboBox)]
    return list({id(m): m for m in models if m is not None}.values())


def _model_texts(model: Any) -> Iterator[str]:
    from PySide6.QtCore import QAbstractListModel, Qt

    roles = [*range(16), *range(256, 272), *model.roleNames()]
    columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount()  # a list's own is private
    indexes = [model.index(r, c) for r in range(model.rowCount()) for c in range(columns)]
    for index in indexes:
        for role in roles:
            value = model.data(index, role)
            if value is not None:
                yield f"{value!r} {value}"
        yield str(model.itemData(index))
    for role in roles:
        for way, length in (
            (Qt.Orientation.Horizontal, columns),
            (Qt.Orientation.Vertical, min(model.rowCount(), 50)),
        ):
            for at in range(length):
                yield str(model.headerData(at, way, role))
    if indexes:
        yield from _mime(model.mimeData(indexes))


def _clipboard() -> Iterator[str]:
    from PySide6.QtGui import QClipboard
    from PySide6.QtWidgets import QApplication

    for mode in (QClipboard.Mode.Clipboard, QClipboard.Mode.Selection):
        yield from _mime(QApplication.clipboard().mimeData(mode))


def _mime(data: Any) -> Iterator[str]:
    for form in data.formats() if data is not None else []:
        yield bytes(data.data(form).data()).decode("utf-8", "replace").replace("\0", "")


# --- the guardian, and the person who walks


def guard(home: Path, events: Path) -> int:
    """A guardian as `tirai console` starts it."""
    told = json.loads(sys.stdin.readline())
    from app.bootstrap.console import run_console
    from app.bootstrap.program import Program
    from app.guardian.process import harden
    from tests.patience import guard_longer

    guard_longer()
    harden(keep=("QT_QPA_PLATFORM",))
    begun = Program.at(home)
    emit(events, "guardian")
    return run_console(Program(begun.places, on_console=lambda window: person_at(window, told, events)))


def person_at(window: Any, told: dict[str, str], events: Path) -> None:
    from PySide6.QtCore import QTimer

    from tests.demo.driver import Driver

    first = count(events, "console") == 0
    emit(events, "console", screen=type(window.centralWidget()).__name__)
    if first:
        QTimer.singleShot(0, lambda: sign_in(window, told, events))
        window.walker = Driver(walk(window, events), window)
    else:
        dump(window, events, "receipt")
        emit(events, "receipt")


def dump(window: Any, events: Path, name: str) -> None:
    """Write what the window holds now, for the judge outside."""
    texts = sorted(texts_of(window))
    (events.parent / f"{name}.texts").write_text("\n".join(texts), encoding="utf-8")
    emit(events, "dumped", name=name, count=len(texts))


def walk(window: Any, events: Path) -> "Play":
    """Look at everything, reveal one value, close it; then do what the director says."""
    try:
        yield from _walk(window, events)
    except Exception as error:  # noqa: BLE001 -- told to the judge
        import traceback

        places = [f"{f.name}:{f.lineno}" for f in traceback.extract_tb(error.__traceback__)]
        emit(events, "stopped", error=f"{type(error).__name__}: {error}", at=places)


def _walk(window: Any, events: Path) -> "Play":
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest

    from tests.demo.customers import demo_customers
    from tests.demo.driver import Pause, Until, click, identify, named, press, scroll_to, shows, write

    def step(name: str) -> None:
        dump(window, events, name)

    step("sign_in")
    yield Until("the console", lambda: window.console is not None, PATIENCE_S)
    console = window.console
    yield Until("all customers", lambda: console.model.rowCount() >= CARDS and console.model.index(0, 0).data())
    yield Pause(0.3)
    step("list")
    click(console.find_panel.search.edit)
    write("c-")
    yield Until("what was found", lambda: console.model.rowCount() > 0 and console.model.index(0, 0).data())
    for turn in range(CARDS):
        id_ = console.model.id_at(turn)
        console.show_customer(id_)
        yield Until("the card", partial(is_shown, console, id_))
        step(f"card{turn}")
    console.switch_face()
    yield Pause(0.3)
    step("table")
    console.switch_face()
    yield Pause(0.1)

    def row(field: str) -> Any:
        return console.card.row(field)

    said = next(c for c in demo_customers(12, 11) if c["customer_number"] == console.card.customer.number)
    yield from identify(console, {name: said[name] for name in ("nik", "birth_date")})
    scroll_to(row("bank_account").button)
    click(row("bank_account").button)
    yield Until("the request", lambda: shows(window, "ask_popover"))
    click(named(window, "ask_words"))
    write("the caller disputes the charge")
    step("ask")
    click(named(window, "send_request"))
    yield Until("that it waits", lambda: row("bank_account").offer.value == "withdraw")
    step("asked")
    note = console.desk_panel.note
    click(note.edit)
    QTest.keyClicks(note.edit, "the caller rang about a letter")
    note.save_now()
    yield Until("the note is kept", lambda: note._keeper.is_kept and note._keeper.note)
    step("note")
    number = console.card.customer.number
    scroll_to(row("street_address").button)
    click(row("street_address").button)
    yield Until("the question", lambda: shows(window, "reveal_popover"))
    step("reveal")
    press(Qt.Key.Key_1)
    yield Until("the value", lambda: row("street_address").curtain.is_open)
    yield Pause(0.5)
    step("open")
    emit(events, "open", number=number, field="street_address")
    yield Until("the director has looked", (events.parent / "looked").exists, PATIENCE_S * 3)
    press(Qt.Key.Key_Escape)
    yield Until("the curtain", lambda: not row("street_address").curtain.is_open)
    yield Pause(0.5)
    step("closed")
    emit(events, "closed")
    yield Until("the director has looked", (events.parent / "go_on").exists, PATIENCE_S * 3)

    def told(name: str, before: str, after: str) -> None:
        emit(events, "esc", name=name, before=before, after=after)

    yield from surfaces(window, step, told, events.parent / "numbers")
    emit(events, "surfaces")
    yield from _leak(window, events)


def _leak(window: Any, events: Path) -> "Play":
    """The control: keep a text that the director brings in four spellings and on the window, then end."""
    from base64 import b64encode

    from PySide6.QtWidgets import QApplication

    from tests.demo.driver import Until, click

    order = events.parent / "leak"
    yield Until("a leak to plant", order.exists, PATIENCE_S * 3)
    text = order.read_text()
    window.leaked = [text.encode(), text.encode("utf-16-le"), text.encode().hex(), b64encode(text.encode())]
    window.console.card.setToolTip(f"tip {text}")
    window.console.bar.setAccessibleDescription(f"node {text}")
    QApplication.clipboard().setText(f"clip {text}")
    dump(window, events, "leaked")
    emit(events, "leaked")
    yield Until("the end", (events.parent / "leave").exists, PATIENCE_S * 3)
    click(window.console.bar.sign_out)


# --- the director


class Walk(Director):
    """Makes the office with canaries, starts the console, and answers what a judge asks."""

    shared_number = ""
    """The phone number that several customers have; empty in plays that need none."""
    numbers: Sequence[str] = ()
    """Numbers of who calls; likewise."""

    def __init__(self, folder: Path) -> None:
        from app.storage.keyring_store import open_key_store
        from app.storage.places import Places
        from tests.security.canaries import record_of

        self.folder, self.spool = folder, folder / "spool"
        self.spool.mkdir(mode=0o700)
        self.places = Places.find(folder / "office").prepare()
        self.store = open_key_store()
        self.mark = new_mark()
        self.numbers = [f"812{secrets.randbelow(10**8):08}" for _ in range(2)]
        self.shared_number = f"0{self.numbers[0]}"
        rows, self.canaries = self._plant(12)
        (self.spool / "numbers").write_text("\n".join(f"+62{number}" for number in self.numbers))
        office = make_early_office(self.places, self.store)
        office.bring_in(rows)
        office.hire_all([("ratna", "agent"), ("sari", "agent")])
        desk = office.desk("sari")
        for number in sorted({n for n, _field in self.canaries})[:3]:
            value = self._new(number, "note")
            desk.save_note(record_of(desk, number), desk.new_note(), f"S3NT-note-{value}")
        desk.end("signed_out")
        self.keys = self._keys(office)
        office.stop()
        self.person = office.people["ratna"]
        self.started: list[subprocess.Popen[bytes]] = []
        self.events = self.spool / "events"

    def _new(self, number: str, field: str) -> str:
        digits = new_tail()
        self.canaries[number, field] = digits
        return self.mark + digits

    def _plant(self, customers: int) -> tuple[list[dict[str, str]], dict[tuple[str, str], str]]:
        from tests.demo.customers import HEADERS, demo_customers
        from tests.security.canaries import FREE_TEXT

        self.canaries = {}
        rows = []
        for index, customer in enumerate(demo_customers(customers, 11)):
            customer |= {"queue": QUEUES[index % 2]}
            for field, data_class in FREE_TEXT.items():
                value = self._new(customer["customer_number"], field)
                text = f"S3NT-{data_class}-{value}"
                shapes = {"email": f"{text}@gading.example", "bank_account": value.upper()}
                customer[field] = shapes.get(field, text)
            customer["second_phone"] = ""
            if self.shared_number and index in SHARERS:
                customer["mobile_phone"] = self.shared_number
            rows.append({HEADERS[name]: text for name, text in customer.items()})
        return rows, self.canaries

    @staticmethod
    def _keys(office: Any) -> dict[str, bytes]:
        """What only the office and holders of other classes may have, and (the control) what this agent has."""
        opened = office.back_office.opened.keys
        keys = {f"master {v}": m for v, m in opened.master.items()}
        keys |= {"pepper": opened.pepper, "index": opened.index_key, "log": opened.log_key}
        keys |= {"office HPKE": opened.office_kem[:32], "checkpoints": opened.checkpoint_seed}
        keys["file"] = office.back_office.file_key
        holder = office.command("hendra")
        for (data_class, _version), secret in holder._identity.class_keys.items():
            keys[f"class {data_class.value}"] = secret[:32]
        holder.end()
        return keys

    def play(self, order: dict[str, Any]) -> dict[str, Any]:
        """Carry out one order."""
        match order["do"]:
            case "begin":
                return self._begin()
            case "wait":
                return self._wait(order["event"], order.get("nth", 1))
            case "say":
                say(self.spool / order["name"], order.get("text", ""))
                return {}
            case "scan":
                return scan(order["pid"], self.mark, {k: bytes.fromhex(v) for k, v in order["keys"].items()})
            case _:
                return {"files": self._files()}

    def stop(self) -> None:
        """Let the guardian end its console, if it still lives."""
        for guardian in self.started:
            if guardian.poll() is None:
                guardian.terminate()
                guardian.wait(PATIENCE_S)

    def _wait(self, event: str, nth: int) -> dict[str, Any]:
        until(lambda: count(self.events, event) >= nth or count(self.events, "stopped") > 0)
        told = [e for e in read(self.events) if e["event"] in (event, "stopped")]
        return dict(told[min(nth, len(told)) - 1])

    def _begin(self) -> dict[str, Any]:
        told = {"account": "ratna", "password": self.person.password, "code": code_to_type(self.person)}
        command = [sys.executable, str(Path(__file__).resolve()), "guard", str(self.places.home), str(self.events)]
        with (self.folder / "stderr").open("wb") as words:
            guardian = subprocess.Popen(
                command, cwd="/", stdin=subprocess.PIPE, stdout=words, stderr=words, start_new_session=True
            )
        assert guardian.stdin is not None
        guardian.stdin.write(json.dumps(told).encode() + b"\n")
        guardian.stdin.close()
        self.started.append(guardian)
        return {
            "guardian": guardian.pid,
            "console": wait_for(self.events, "console")["pid"],
            "mark": self.mark,
            "numbers": self.numbers,
            "canaries": [[n, f, d] for (n, f), d in self.canaries.items()],
            "keys": {name: key.hex() for name, key in self.keys.items()},
        }

    def _files(self) -> dict[str, list[str]]:
        """Files below the person's folders, the runtime folder too, with the mark in any spelling."""
        from tests.security.canaries import files_below

        typed = [
            text.encode(form) for text in (LEFT_VALUE, NEW_VALUE, *self.numbers) for form in ("utf-8", "utf-16-le")
        ]
        hits = {}
        roots = (self.folder, Path(os.environ["XDG_RUNTIME_DIR"]))
        looked = 0
        for path, content in files_below(*roots):
            looked += 1
            if self.spool in path.parents:
                continue
            found = set(marked_in([content], self.mark)) | ({"typed"} if any(t in content for t in typed) else set())
            if found:
                hits[str(path)] = sorted(found)
        return {"looked": [str(looked)], **hits}


def scan(pid: int, mark: str, keys: dict[str, bytes]) -> dict[str, Any]:
    """What a process's memory holds, and how much of it was read."""
    begun = time.monotonic()
    read_bytes = 0
    found: dict[str, set[str]] = {}
    known: set[str] = set()
    for piece in memory_of(pid):
        read_bytes += len(piece)
        for spelling, some in marked_in([piece], mark).items():
            found.setdefault(spelling, set()).update(some)
        known |= keys_in([piece], keys)
    return {
        "found": {spelling: sorted(some) for spelling, some in found.items()},
        "keys": sorted(known),
        "mib": read_bytes >> 20,
        "seconds": round(time.monotonic() - begun, 1),
    }


def main() -> int:
    if sys.argv[1] == "guard":
        return guard(Path(sys.argv[2]), Path(sys.argv[3]))
    from tests.keyring_session import private_keyring

    folder = Path(sys.argv[1])
    with private_keyring(folder) as environment, own_environment(environment), contextlib.ExitStack() as stack:
        walk_ = Walk(folder)
        stack.callback(walk_.end)
        stack.callback(walk_.stop)
        print(json.dumps({"ready": True}), flush=True)
        for line in sys.stdin:
            print(json.dumps(walk_.play(json.loads(line))), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
