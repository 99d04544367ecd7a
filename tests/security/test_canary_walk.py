"""A12, A24: a person walks through a real console; values never revealed are nowhere in it, and nowhere on the disk.

A real guardian, console, office and keyring, as an ordinary user (`walk_play.py`). Canaries (a mark and 88 random
bits) lie in every sealed class that takes free text, and in notes of somebody else. The person signs in, searches,
opens cards, sees the table, asks, writes a note, reveals *one* value and closes it.

- No canary, the revealed one included, is ever in a file below the person's folders, in a log, on standard error, in
  any role of any model, an accessible node, MIME data or clipboard, a tip, title or property of a widget.
- The console's memory holds none but the revealed one, in UTF-8, UTF-16LE, hex or Base64; and neither master, file
  key nor the keys of classes that this agent does not hold. By *key* and *process*: they never came there.
- **Budget for the revealed value:** it may stay in the console's memory until that process ends (`protection.md`
  section 7, rule 2). Guardian and fresh console, which shows the receipt, never had it.

Controls: the value on show *is* found in memory, so is the class key that the agent holds; and a planted leak is found
in all four spellings, in a tooltip, an accessible node and the clipboard.

The memory is read as real root, or as root of a user namespace in which then everything runs; else that is skipped.
Not covered: a value in pieces, compressed or otherwise encoded; pictures; what the graphics driver keeps; swap.
"""

import contextlib
import json
import os
import secrets
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.security.directing import Director, directed
from tests.security.memory_scan import DIGITS, base64_parts, marked_in
from tests.security.walk_surfaces import LEFT_VALUE, NEW_VALUE

pytestmark = pytest.mark.slow  # real processes

PLAY = Path(__file__).with_name("walk_play.py")
HELD, NOT_HELD = {"class contact", "class note"}, {"class identity", "class financial", "class special"}
SURFACES = [
    "palette",
    "keys_sheet",
    "why_popover",
    "action_menu",
    "display_popover",
    "ends_popover",
    "edit_left_typed",
    "edit_left",
    "edit_saved_typed",
    "edit_saved",
    "versions_popover",
    "outcome_popover",
    "call_back_popover",
    "wrap_up",
    "undone",
    "done_again",
    "copied0",
    "columns_popover",
    "views_popover",
    "filter_columns_popover",
    "caller_chooser",
    "new_contact",
    "calls_over",
]
SPELLINGS = {"utf-8", "utf-16", "hex", "base64"}


class Walked:
    """One whole walk, and what was found at each of its stations."""

    def __init__(self, director: Director) -> None:
        self._director = director
        self.begun = director.ask("begin")
        self.mark: str = self.begun["mark"]
        self.digits = {(n, f): d for n, f, d in self.begun["canaries"]}
        self.scans: dict[str, dict[str, Any]] = {}
        self.files: dict[str, dict[str, list[str]]] = {}
        opened = self._wait("open")
        self.revealed = self.digits[opened["number"], opened["field"]]
        self._look("open")
        director.ask("say", name="looked")
        self._wait("closed")
        self._look("closed")
        director.ask("say", name="go_on")
        self._wait("surfaces")
        self._look("surfaces")
        self._look("guardian", self.begun["guardian"])
        self.leak = secrets.token_hex(DIGITS // 2)
        director.ask("say", name="leak", text=self.mark + self.leak)
        self._wait("leaked")
        self._look("leaked")
        director.ask("say", name="leave")
        fresh = self._wait("console", 2)["pid"]
        self._wait("receipt")
        self._look("fresh", fresh)
        self.console_lives = Path(f"/proc/{self.begun['console']}").exists()
        spool = director.folder / "spool"
        self.texts = {p.stem: p.read_bytes() for p in spool.glob("*.texts")}
        self.events = (spool / "events").read_bytes()
        self.esc = [e for e in map(json.loads, self.events.splitlines()) if e["event"] == "esc"]

    def _wait(self, event: str, nth: int = 1) -> dict[str, Any]:
        told = self._director.ask("wait", event=event, nth=nth)
        assert told["event"] == event, told
        return told

    def _look(self, name: str, pid: int = 0) -> None:
        """Read files and memory while the process stands still, so that nothing closes, however slow this is."""
        pid = pid or self.begun["console"]
        os.kill(pid, signal.SIGSTOP)
        try:
            self.files[name] = self._director.ask("files")["files"]
            with contextlib.suppress(PermissionError):
                self.scans[name] = self._director.scan(pid, self.mark, self.begun["keys"])
        finally:
            os.kill(pid, signal.SIGCONT)

    def scanned(self, name: str) -> dict[str, Any]:
        """A scan, or a skip where nobody may read another process's memory."""
        if name not in self.scans:
            pytest.skip("nobody here may read the memory: neither root nor root of a user namespace")
        return self.scans[name]


@pytest.fixture(scope="module")
def walked() -> Iterator[Walked]:
    with directed(PLAY) as director:
        yield Walked(director)


# --- on the disk and on the screen


@pytest.mark.attack("A17")
def test_that_no_canary_is_in_any_file_log_or_standard_error(walked: Walked) -> None:
    for name, hits in walked.files.items():
        assert int(hits.pop("looked")[0]) > 10, "the control: folders were read"
        assert hits == {}, name
    assert len(walked.files) == 6


@pytest.mark.attack("A24")
def test_that_no_text_role_accessible_node_tip_title_or_clipboard_holds_a_canary(walked: Walked) -> None:
    """Not even the revealed one, while it is open: it is painted, and nothing else."""
    stations = {
        "sign_in",
        "list",
        "card0",
        "card7",
        "table",
        "ask",
        "asked",
        "note",
        "reveal",
        "open",
        "closed",
        "receipt",
        *SURFACES,
    }
    assert stations <= set(walked.texts)
    for name, content in walked.texts.items():
        if name != "leaked":
            assert marked_in([content], walked.mark) == {}, name


@pytest.mark.attack("A24")
def test_that_what_was_typed_into_an_edit_is_on_no_station_after_it(walked: Walked) -> None:
    for text, station in ((LEFT_VALUE, "edit_left_typed"), (NEW_VALUE, "edit_saved_typed")):
        found = {name for name, content in walked.texts.items() if text.encode() in content}
        assert found == {station}, "the control is the station itself"


@pytest.mark.attack("A24")
def test_that_no_station_holds_the_number_of_who_calls(walked: Walked) -> None:
    for number in walked.begun["numbers"]:
        for form in (
            number,
            " ".join((number[:3], number[3:7], number[7:])),
            "-".join((number[:3], number[3:7], number[7:])),
        ):
            assert [name for name, content in walked.texts.items() if form.encode() in content] == []


def test_that_esc_gives_the_focus_back_to_where_it_was(walked: Walked) -> None:
    assert {told["name"] for told in walked.esc} >= {"palette", "keys_sheet", "why_popover", "versions_popover"}
    assert [told for told in walked.esc if told["before"] != told["after"]] == []


def test_that_what_is_seen_was_really_collected(walked: Walked) -> None:
    """The control: names of customers, masks, words of the popovers and many accessible nodes are in the texts."""
    assert b"Sari Wulandari" in b"".join(walked.texts.values())
    assert b"behind the curtain" in walked.texts["card0"]
    assert b"the caller disputes the charge" in walked.texts["ask"]
    nodes = next(line for line in walked.texts["list"].splitlines() if line.startswith(b"accessible nodes: "))
    assert int(nodes.rpartition(b" ")[2]) > 50


def test_that_a_planted_leak_in_a_tip_a_node_and_the_clipboard_is_found(walked: Walked) -> None:
    found = marked_in([walked.texts["leaked"]], walked.mark)
    assert found["utf-8"] == {walked.leak}
    for place in (b"tip ", b"node ", b"clip "):
        assert place + (walked.mark + walked.leak).encode() in walked.texts["leaked"], place


# --- in memory


def others(scan_: dict[str, Any], *known: str) -> dict[str, list[str]]:
    """What was found beside what may be there. (Base64 tells only that a canary is there at all.)"""
    return {s: left for s, some in scan_["found"].items() if (left := [d for d in some if d not in known])}


@pytest.mark.attack("A12")
def test_that_the_consoles_memory_holds_no_value_that_was_never_revealed(walked: Walked) -> None:
    for name in ("open", "closed"):
        scanned = walked.scanned(name)
        assert scanned["mib"] > 50, "the control: a whole process was read"
        assert others(scanned, walked.revealed, "") == {}, name


def test_that_the_value_on_show_is_found_so_the_scanner_sees_what_is_there(walked: Walked) -> None:
    found = walked.scanned("open")["found"]
    assert walked.revealed in found.get("utf-8", []) + found.get("utf-16", [])


def test_that_a_planted_leak_is_found_in_every_spelling(walked: Walked) -> None:
    found = walked.scanned("leaked")["found"]
    assert set(found) == SPELLINGS
    assert all(walked.leak in found[spelling] for spelling in SPELLINGS - {"base64"})


def test_that_neither_the_offices_keys_nor_those_of_other_classes_are_in_the_console(walked: Walked) -> None:
    for name in ("open", "closed"):
        keys = set(walked.scanned(name)["keys"])
        assert keys >= HELD, "the control: the keys that this agent holds are found"
        assert keys == HELD
    assert set(walked.begun["keys"]) >= {*NOT_HELD, "master 1", "file", "pepper"}


@pytest.mark.attack("A12")
@pytest.mark.asvs("V7.4.1")
def test_that_the_revealed_value_is_gone_with_its_process_and_nobody_else_had_it(walked: Walked) -> None:
    for name in ("guardian", "fresh"):
        scanned = walked.scanned(name)
        assert scanned["mib"] > 5
        assert scanned["found"] == {}, name
        assert scanned["keys"] == [], name
    assert not walked.console_lives


def test_that_the_base64_of_a_mark_is_found_wherever_it_lies_in_a_text() -> None:
    """The scanner itself: the part that is looked for does not depend on what stands before or after."""
    from base64 import b64encode

    mark = b"1234567890"
    for before in range(9):
        text = b64encode(b"x" * before + mark + b"abc")
        assert any(part in text for part in base64_parts(mark))
