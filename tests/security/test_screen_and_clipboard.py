"""A23, A24: what leaves the screen, in a real office and at a real X11 display.

The office judges and writes down each copy; the value is in no entry. At the display others look: a copy is gone
with its process, and what a clipboard manager kept of a dead console goes when the next one begins. Enforced by
*software*: for 20 s every program of the person can read a copy.
"""

import json
import os
import select
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from app.auth.audit_chain import AuditEntry
from app.domain.capture_exception import CaptureException
from app.domain.data_class import DataClass
from app.domain.errors import NotAllowedError
from app.session.desk import Desk
from app.session.lock_place import Place
from tests.contract.test_lock import lock
from tests.office.coming_back import resumed
from tests.office.made import MadeOffice
from tests.security.canaries import Canary, found_in, new_canary, planted, record_of

pytestmark = pytest.mark.slow  # real processes

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_S = 60
REASON = "Remote support for ticket " + "4711"


@pytest.fixture
def office(tmp_path: Path) -> Iterator[MadeOffice]:
    made = MadeOffice(tmp_path)
    yield made
    made.stop()


@pytest.fixture
def canaries(office: MadeOffice) -> list[Canary]:
    """Serves once the test has set the policy; call it through `working`."""
    rows, found = planted(4)
    office.rows = rows  # type: ignore[attr-defined]
    return found


def working(office: MadeOffice, *copied: DataClass, exception: CaptureException | None = None) -> Desk:
    office.policy = replace(office.policy, copied=frozenset(copied), capture_exception=exception)
    office.serve()
    office.hire("ratna", "Ratna Dewanti", queues=("billing", "delivery"))
    office.bring_in(office.rows)  # type: ignore[attr-defined]
    return office.desk("ratna")


def entries(office: MadeOffice, event: str) -> list[AuditEntry]:
    opened = office.back_office.opened
    with opened.database.reading() as db:
        return [e for e in opened.log.page(db, 0, 100_000) if e.event == event]


@pytest.mark.attack("A23")
def test_that_by_default_nothing_may_be_copied_and_the_wish_is_written_down(
    office: MadeOffice, canaries: list[Canary]
) -> None:
    desk = working(office)
    address = next(c for c in canaries if c.field == "street_address")
    record = record_of(desk, address.number)
    assert not desk.reveal(record, "street_address", "confirm_delivery").may_copy
    with pytest.raises(NotAllowedError) as refused:
        desk.copied(record, "street_address")
    assert refused.value.code == "clipboard"
    (entry,) = entries(office, "value.copied")
    assert (entry.outcome, entry.reason, entry.record, entry.field) == (
        "refused",
        "clipboard",
        record,
        "street_address",
    )
    desk.end("signed_out")


@pytest.mark.attack("A23")
def test_that_a_copy_of_an_allowed_class_is_an_entry_without_its_value(
    office: MadeOffice, canaries: list[Canary]
) -> None:
    desk = working(office, DataClass.CONTACT)
    address = next(c for c in canaries if c.field == "street_address")
    record = record_of(desk, address.number)
    assert desk.reveal(record, "street_address", "confirm_delivery").may_copy
    desk.copied(record, "street_address")
    (entry,) = entries(office, "value.copied")
    assert (entry.outcome, entry.actor, entry.data_class) == ("ok", "ratna", "contact")
    assert (entry.session, entry.record, entry.field) == (desk.session, record, "street_address")
    assert found_in(repr(entry).encode(), [address.needle.encode()]) == []
    for field, code in (("health_note", "clipboard"), ("no_such_field", "no_field"), ("full_name", "no_field")):
        with pytest.raises(NotAllowedError) as refused:
            desk.copied(record, field)
        assert refused.value.code == code
    with pytest.raises(NotAllowedError) as refused:
        desk.copied("00" * 16, "street_address")
    assert refused.value.code == "not_in_queue"
    desk.end("signed_out")


@pytest.mark.attack("A24")
def test_that_sessions_under_its_exception_are_written_down_and_others_not(
    office: MadeOffice, canaries: list[Canary]
) -> None:
    now = time.time()
    desk = working(office, exception=CaptureException(now - 3600, now + 48 * 3600, REASON))
    assert desk.capture_exception is not None
    (entry,) = entries(office, "capture.excepted")
    assert (entry.actor, entry.session) == ("ratna", desk.session)
    assert "until=" in entry.detail
    assert REASON not in repr(entry)
    back = resumed(office, lock(office, desk, Place()))
    assert back.desk.capture_exception is not None
    assert [e.session for e in entries(office, "capture.excepted")] == [desk.session] * 2
    back.desk.end("signed_out")


@pytest.mark.parametrize(("begins", "ends"), [(-7200, -3600), (24 * 3600, 26 * 3600)])
def test_that_one_that_is_over_or_not_yet_does_nothing(
    office: MadeOffice, canaries: list[Canary], begins: int, ends: int
) -> None:
    now = time.time()
    desk = working(office, exception=CaptureException(now + begins, now + ends, REASON))
    assert desk.capture_exception is None
    assert entries(office, "capture.excepted") == []
    desk.end("signed_out")


# a real display


class Display:
    """Programs at one X11 display."""

    def __init__(self, number: str, folder: Path) -> None:
        self._folder = folder
        self._begun: list[subprocess.Popen[str]] = []
        keep = {name: value for name, value in os.environ.items() if not name.startswith("QT_")}
        self._environment = keep | {"DISPLAY": number, "PYTHONPATH": str(ROOT)}

    def start(self, word: str, text: str = "") -> "subprocess.Popen[str]":
        given = self._folder / "text"
        given.write_text(text)
        command = [sys.executable, "-m", "tests.security.clipboard_play", word, str(given)]
        program = subprocess.Popen(command, env=self._environment, cwd=ROOT, stdout=subprocess.PIPE, text=True)
        self._begun.append(program)
        return program

    def ask(self, word: str, text: str = "") -> dict[str, Any]:
        return heard(self.start(word, text))

    def clear(self) -> None:
        for program in self._begun:
            program.kill()
            program.wait()
            if program.stdout is not None:
                program.stdout.close()


def heard(program: "subprocess.Popen[str]") -> dict[str, Any]:
    assert program.stdout is not None
    assert select.select([program.stdout], [], [], PATIENCE_S)[0], "the program said nothing"
    line = program.stdout.readline()
    assert line, "the program has ended"
    found: dict[str, Any] = json.loads(line)
    return found


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    if shutil.which("Xvfb") is None:
        pytest.skip("needs Xvfb")
    reading, writing = os.pipe()
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", "800x600x24", "-nolisten", "tcp", "-ac", "-noreset"]
    running = subprocess.Popen(command, pass_fds=(writing,), stderr=subprocess.DEVNULL)
    os.close(writing)
    with os.fdopen(reading) as told:
        number = told.readline().strip()
    if not number:
        running.wait()
        pytest.skip("Xvfb does not start here")
    yield f":{number}"
    running.terminate()
    running.wait()


@pytest.fixture
def display(server: str, tmp_path: Path) -> Iterator[Display]:
    display = Display(server, tmp_path)
    yield display
    display.clear()


@pytest.mark.attack("A23")
def test_that_a_copy_dies_with_its_console_and_was_never_selected(display: Display) -> None:
    value = new_canary("contact")
    console = display.start("copy", value)
    assert heard(console) == {"copied": True, "selects": False}
    seen = display.ask("look")
    assert seen["clipboard"] == value, "the control: every program can read it"
    assert seen["selection"] == "", "nothing for the middle button"
    assert "x-kde-passwordManagerHint" in seen["formats"]
    console.send_signal(signal.SIGKILL)
    console.wait()
    assert display.ask("look")["clipboard"] == ""


@pytest.mark.attack("A23")
def test_that_what_is_selected_in_a_field_is_not_for_the_middle_button(display: Display) -> None:
    value = new_canary("identity")
    console = display.start("select", value)
    assert heard(console) == {"selected": value, "owns": False}, "the control: it was selected"
    assert display.ask("look")["selection"] == ""


@pytest.mark.attack("A23")
def test_that_a_fresh_console_takes_from_a_clipboard_manager_what_a_dead_one_left(display: Display) -> None:
    value = new_canary("contact")
    manager, console = display.start("manage"), display.start("copy", value)
    heard(console)
    assert heard(manager) == {"kept": True}
    console.send_signal(signal.SIGKILL)
    console.wait()
    assert display.ask("look")["clipboard"] == value, "the control: the manager has it"
    assert display.ask("begin")["clipboard"] == ""
    assert manager.poll() is None, "the control: the manager lives"
    assert display.ask("look")["clipboard"] == ""
