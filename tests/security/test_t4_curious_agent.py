"""T4: a curious agent with the own password and code, a database browser, a debugger and a changed console.

Here: A5, the agent takes all that the account can have, out of process, keyring, password and book, and tries each on
every blob, with every share beside it: no value of a class not held opens. A9, the agent's console is changed (masks
show all, rights are always there, secrets print, everything is asked for): what was not released is in no object and
no byte of it. Enforced by *key* and *authority*; in the one-user home the agent's OS account reads what the classes
held open (the threat model's limit), and the control shows that.

Further parts: `test_one_half.py` (each half alone), `test_canary_walk.py` (an unchanged console: screen, models and
memory), `test_moved_blobs.py` (A8), `test_unlock_replay.py` (A10, A11), `test_doors_and_roles.py` (every role at every
route), `test_cache_with_its_key.py`, `test_guessable_fields.py`, `test_administration.py`.
"""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.crypto.account_keys import cache_key, password_keys, slot_key
from app.crypto.values import console_half
from app.session.desk import Desk
from tests.office.made import MadeOffice, made_office
from tests.security.canaries import (
    FREE_TEXT,
    Canary,
    context_of,
    found_in,
    needles,
    new_canary,
    planted,
    record_of,
    sealed_rows,
    share_of,
    spellings,
)
from tests.security.memory_scan import memory_of
from tests.security.test_one_half import opened_boxes, opens, own_keys, pieces

PATCHED = Path(__file__).with_name("patched_console.py")
ALLOWED = "street_address"
Planted = tuple[list[dict[str, str]], list[Canary]]


@pytest.fixture(scope="module")
def planted_rows() -> Planted:
    return planted(2)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory, planted_rows: Planted) -> Iterator[MadeOffice]:
    with made_office(tmp_path_factory.mktemp("agent")) as made:
        made.hire("ratna", "Ratna Dewanti", queues=("billing", "delivery"))
        made.bring_in(planted_rows[0])
        yield made


@pytest.fixture
def desk(office: MadeOffice) -> Iterator[Desk]:
    desk = office.desk("ratna")
    yield desk
    desk.end("signed_out")


def all_own(office: MadeOffice, desk: Desk) -> set[bytes]:
    """Every secret of the agent: of the process, the keyring, the password, and what they open; cut to keys."""
    office_id, session = office.made.plate.office, bytes.fromhex(desk.session)
    salt, cost = office.back_office.front_door.salt_and_cost("ratna")
    derived = password_keys("ratna", office.people["ratna"].password, salt, cost)
    seat_half, half = office.store.seat_half(), office.store.session(desk.session)
    assert half is not None
    slot = slot_key(office_id, "ratna", seat_half, derived.console)
    own = [*own_keys(desk._identity), derived.wrapping, derived.verifier, derived.console, seat_half, half, slot]
    own += [cache_key(office_id, "ratna", session, half, derived.console)]
    own += [office.back_office.front_door.open_file_key(office_id, "ratna", slot)]
    own += [text.encode() for text in (*office.session_shelf.entries.values(), *office.lasting_shelf.entries.values())]
    return pieces(own) | {key[at : at + 96] for key in own for at in range(max(1, len(key) - 95))}


@pytest.mark.attack("A5")
def test_that_no_key_an_agent_can_have_opens_a_class_that_the_agent_does_not_hold(
    office: MadeOffice, desk: Desk
) -> None:
    own = all_own(office, desk)
    assert len(own) > 20
    data_keys = opened_boxes(office, own)
    guesses = {key for key in own if len(key) == 32} | set(data_keys.values())
    rows = sealed_rows(office)
    shut = [row for row in rows if row.data_class not in {"contact", "note"}]
    assert len(shut) > 10
    for row in shut:
        ctx, share = context_of(office, row), share_of(office, row)
        assert not any(
            opens(half, share, ctx, row.blob) for guess in guesses for half in (guess, console_half(guess, ctx))
        )
    held = next(row for row in rows if row.field == ALLOWED)
    ctx = context_of(office, held)
    assert any(opens(console_half(key, ctx), share_of(office, held), ctx, held.blob) for key in data_keys.values())


@pytest.mark.slow
@pytest.mark.attack("A9")
def test_that_a_changed_console_has_nothing_that_was_not_released(office: MadeOffice, planted_rows: Planted) -> None:
    """One value that the role may open is opened at the end: the control for objects and memory."""
    desk, note = office.desk("ratna"), new_canary("note")
    numbers = sorted({c.number for c in planted_rows[1]})
    record = record_of(desk, numbers[0])
    desk.end("signed_out")
    author = office.desk("hendra")
    author.save_note(record, author.new_note(), note)
    author.end("signed_out")
    allowed = next(c for c in planted_rows[1] if (c.number, c.field) == (numbers[0], ALLOWED))
    refused = [c for c in planted_rows[1] if c.data_class != "contact"]
    told = {
        "home": str(office.places.home), "cache_root": str(office.places.cache_root),
        "runtime": str(office.places.runtime), "lasting": office.lasting_shelf.entries, "account": "ratna",
        "password": office.people["ratna"].password, "code": office.code("ratna"), "record": record,
        "fields": [f for f, data_class in FREE_TEXT.items() if data_class != "contact"], "allowed": ALLOWED,
    }  # fmt: skip
    line = [sys.executable, "-B", str(PATCHED)]
    with subprocess.Popen(line, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd="/") as console:
        assert console.stdin is not None
        assert console.stdout is not None
        console.stdin.write(json.dumps(told) + "\n")
        console.stdin.flush()
        got = json.loads(console.stdout.readline())
        memory = list(memory_of(console.pid))
    words = "\n".join([*got["said"], *got["held"]]).encode()
    assert got["customers"] == 2
    assert sum("NotAllowedError" in line for line in got["said"]) > 20, "it tried, and was refused"
    for found in (words, *memory):
        assert found_in(found, needles(refused)) == []
    assert allowed.value.encode() in words, "the control: what was released is printed"
    assert any(allowed.value.encode() in piece for piece in memory), "the control: the memory was read"
    keys = office.back_office.opened.keys
    closed = [*keys.master.values(), keys.pepper, keys.index_key, office.back_office.file_key]
    closed += [row.record_key for row in sealed_rows(office)]
    assert not any(found_in(piece, [s for key in closed for s in spellings(key)]) for piece in memory)
