"""T4, A9, A10, A48: a field that is used and not shown.

The value is in no answer and no memory of the console, in no argument, environment or descriptor of the program, and in
no log or file; the share never leaves (key). A changed console that asks for another class or queue, replays, forges
what its half is bound to, or sends any other half gets nothing done and is written down (key; authority). IT's own
program is executed, so in the one-user home the OS user can read it; one that Tirai ships cannot be read (process).
"""

import base64
import contextlib
import json
import secrets
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from app.api.client import uses
from app.api.messages.uses import PrepareUse, UseRequest
from app.auth.session_card import use_request
from app.backoffice import schema
from app.backoffice.database import AuditUnwritableError
from app.crypto import hpke
from app.crypto.grants import use_info
from app.domain.action_run import Ran
from app.domain.actions import ActionsError
from app.domain.data_class import DataClass
from app.domain.errors import NotAllowedError, WorkstationError
from app.domain.kinds import Kind
from app.session.errors import SessionOverError
from app.session.identity import Identity, boxed, new_id
from app.storage import sealing
from app.storage.actions_file import read_actions
from tests.office.acting import Told
from tests.office.door import entries, nothing_can_be_written
from tests.office.import_nursery import begin_action
from tests.office.made import Bare, MadeOffice, made_office
from tests.ordinary_user import ordinary_folder, run_as_ordinary_user, skip_unless_ordinary_user_can_run
from tests.security.canaries import (
    Canary,
    SealedRow,
    context_of,
    files_below,
    found_in,
    needles,
    planted,
    sealed_rows,
    share_of,
    spellings,
)
from tests.security.memory_scan import memory_of

PLAY = Path(__file__).with_name("act_play.py")
FIELD, OTHER = "email", "street_address"
Planted = tuple[list[dict[str, str]], list[Canary]]


@pytest.fixture(scope="module")
def planted_rows() -> Planted:
    return planted(4)


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Told:
    return Told(tmp_path_factory.mktemp("told"))


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory, planted_rows: Planted, told: Told) -> Iterator[MadeOffice]:
    with made_office(tmp_path_factory.mktemp("used")) as made:
        made.hire("ratna", "Ratna Dewanti", queues=("billing",))
        made.hire("yoga", "Yoga Pratama", queues=("billing",))
        made.bring_in(planted_rows[0])
        anything = told.action(
            "anything",
            kinds=frozenset(Kind),
            classes=frozenset({DataClass.CONTACT, DataClass.IDENTITY, DataClass.FINANCIAL}),
        )
        made.actions = told.actions(anything, told.action("slow", "sleep", timeout_s=60))
        yield made


@pytest.fixture
def ratna(office: MadeOffice, told: Told) -> Iterator[Bare]:
    told.forget()
    bare = office.bare("ratna")
    yield bare
    bare.end()


@pytest.fixture
def yoga(office: MadeOffice) -> Iterator[Bare]:
    bare = office.bare("yoga")
    yield bare
    bare.end()


def row_in(office: MadeOffice, queue: str, field: str, nth: int = 0) -> SealedRow:
    found = [row for row in sealed_rows(office) if row.field == field and queue_of(office, row) == queue]
    return sorted(found, key=lambda row: row.number)[nth]


def queue_of(office: MadeOffice, row: SealedRow) -> str:
    with office.back_office.opened.database.reading() as db:
        table = schema.customers.c
        return str(db.execute(select(table.queue).where(table.record == row.record)).scalar_one())


def canary_of(planted_rows: Planted, row: SealedRow) -> Canary:
    return next(c for c in planted_rows[1] if (c.number, c.field) == (row.number, row.field))


def half_of(who: Identity, row: SealedRow) -> tuple[bytes, bytes]:
    """E of a value, as an honest console makes it, and its ctx."""
    prepared = uses.prepare_use(who.client, PrepareUse(record=row.record, field=row.field, action="anything"))
    package = prepared.package
    ctx = sealing.value_context(who.office, row.record, row.field, row.data_class, package.salt)
    return sealing.own_half(who.office, who.class_secret(package), boxed(package), ctx), ctx


def sealed(who: Identity, half: bytes, ctx: bytes, *, kem: bytes = b"", session: bytes = b"") -> bytes:
    info = use_info(who.office, session or who.session, ctx)
    return hpke.seal(kem or who.book.office_entry.kem, half, info)


def request_of(who: Identity, record: bytes, field: str, sealed_half: bytes, action: str = "anything") -> UseRequest:
    request = new_id()
    message = use_request(who.office, who.session, record, field, action, "", "", request, sealed_half)
    return UseRequest(
        request=request, record=record, field=field, action=action, sealed_half=sealed_half, signature=who.sign(message)
    )


def refused(office: MadeOffice, told: Told, who: Identity, request: UseRequest, code: str) -> None:
    """It is refused with this code, written down, and no program got anything."""
    before = len(entries(office))
    with pytest.raises(NotAllowedError) as refusal:
        uses.use(who.client, request)
    assert refusal.value.code == code
    last = entries(office)[before:][-1]
    assert (last.outcome, last.reason, last.actor, last.reference) == ("refused", code, "ratna", request.request.hex())
    assert told.value is None, "a program got something"


# --- what there is to see


@pytest.mark.attack("A9")
def test_that_neither_value_nor_share_is_in_the_answers_or_the_memory_of_the_console(
    office: MadeOffice, planted_rows: Planted, told: Told
) -> None:
    told.forget()
    row, control = row_in(office, "billing", FIELD), row_in(office, "billing", OTHER)
    canary, shown = canary_of(planted_rows, row), canary_of(planted_rows, control)
    given = {
        "home": str(office.places.home), "cache_root": str(office.places.cache_root),
        "runtime": str(office.places.runtime), "lasting": office.lasting_shelf.entries, "account": "ratna",
        "password": office.people["ratna"].password, "code": office.code("ratna"), "record": row.record.hex(),
        "field": FIELD, "action": "anything", "control": OTHER,
    }  # fmt: skip
    line = [sys.executable, "-B", str(PLAY)]
    with subprocess.Popen(line, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd="/") as console:
        assert console.stdin is not None
        assert console.stdout is not None
        console.stdin.write(json.dumps(given) + "\n")
        console.stdin.flush()
        said = json.loads(console.stdout.readline())
        memory = list(memory_of(console.pid))
        console.stdin.close()
    assert said["how"] == "done"
    assert told.value == f"{canary.value}\n", "the control: the program got it"
    answers = [base64.b64decode(answer) for answer in said["answers"]]
    share, shut = share_of(office, row), needles([canary])
    assert any(found_in(answer, spellings(share_of(office, control))) for answer in answers), "the control: a reveal's"
    for found in (*answers, *memory):
        assert found_in(found, shut) == []
        assert found_in(found, [*spellings(share), *spellings(row.blob)]) == []
    assert any(found_in(piece, needles([shown])) for piece in memory), "the control: the memory was read"


@pytest.mark.attack("A26")
def test_that_a_program_has_the_value_on_its_standard_input_and_nowhere_else(
    office: MadeOffice, planted_rows: Planted, told: Told, ratna: Bare
) -> None:
    row = row_in(office, "billing", FIELD)
    canary, who = canary_of(planted_rows, row), ratna.identity
    half, ctx = half_of(who, row)
    for action in ("anything", "loud", "refused"):
        uses.use(who.client, request_of(who, row.record, FIELD, sealed(who, half, ctx), action))
    seen = told.seen
    assert told.value == f"{canary.value}\n"
    assert canary.needle not in seen["cmdline"] + seen["environ"]
    assert set(seen["environ"].split("\0")) == {"PATH=/usr/bin:/bin", "LANG=C.UTF-8", ""}
    assert seen["fds"].keys() == {"0", "1", "2"}
    assert seen["fds"]["0"].startswith("pipe:")
    assert (seen["fds"]["1"], seen["fds"]["2"], seen["cwd"]) == ("/dev/null", "/dev/null", "/")
    kept = [*files_below(office.places.home, office.places.cache_root, office.places.runtime)]
    assert len(kept) > 3
    assert [path for path, content in kept if found_in(content, needles([canary]))] == []
    assert not found_in(repr(entries(office)).encode(), needles([canary]))


def test_that_the_log_knows_it_before_the_value_is_opened_and_without_the_log_nothing_is(
    office: MadeOffice, told: Told, ratna: Bare
) -> None:
    row, who = row_in(office, "billing", FIELD), ratna.identity
    half, ctx = half_of(who, row)
    request = request_of(who, row.record, FIELD, sealed(who, half, ctx))
    with nothing_can_be_written(office), pytest.raises((AuditUnwritableError, WorkstationError)):
        uses.use(who.client, request)
    assert told.value is None
    seen: list[str] = []
    begin = office.service.uses._begin

    def look(action: object, value: str) -> object:
        seen.append(entries(office)[-1].event)
        return begin(action, value)  # type: ignore[arg-type]

    office.service.uses._begin = look  # type: ignore[assignment]
    try:
        assert uses.use(who.client, request).how is Ran.DONE
    finally:
        office.service.uses._begin = begin
    assert seen == ["use"]
    assert [e.event for e in entries(office)[-2:]] == ["use", "use.done"]
    assert not [e for e in entries(office, "reveal") if e.record == row.record.hex() and e.field == FIELD]


# --- a changed console


@pytest.mark.attack("A48")
@pytest.mark.parametrize("field", ["mothers_name", "bank_account"])
def test_that_a_field_of_another_class_is_not_used(office: MadeOffice, told: Told, ratna: Bare, field: str) -> None:
    row, who = row_in(office, "billing", field), ratna.identity
    with pytest.raises(NotAllowedError) as refusal:
        half_of(who, row)
    assert refusal.value.code == "no_class_key", "not even the box"
    ctx = context_of(office, row)
    refused(office, told, who, request_of(who, row.record, field, sealed(who, secrets.token_bytes(32), ctx)),
            "no_class_key")  # fmt: skip


@pytest.mark.attack("A48")
@pytest.mark.parametrize(
    ("field", "action", "code"),
    [
        ("health_note", "anything", "no_action"),
        (OTHER, "done", "no_action"),
        (FIELD, "nothing", "no_action"),
        ("no_such_field", "anything", "no_field"),
        ("full_name", "anything", "no_field"),
    ],
)
def test_that_only_an_action_of_its_and_a_field_it_fits_are_taken(
    office: MadeOffice, told: Told, ratna: Bare, field: str, action: str, code: str
) -> None:
    row, who = row_in(office, "billing", FIELD), ratna.identity
    refused(office, told, who, request_of(who, row.record, field, b"x", action), code)


@pytest.mark.attack("A48")
def test_that_a_customer_of_another_queue_is_not_used(office: MadeOffice, told: Told, ratna: Bare) -> None:
    row, who = row_in(office, "delivery", FIELD), ratna.identity
    with pytest.raises(NotAllowedError) as refusal:
        half_of(who, row)
    assert refusal.value.code == "not_in_queue"
    half = sealed(who, secrets.token_bytes(32), context_of(office, row))
    refused(office, told, who, request_of(who, row.record, FIELD, half), "not_in_queue")


@pytest.mark.attack("A10")
def test_that_a_request_counts_once_and_for_its_session_alone(
    office: MadeOffice, told: Told, ratna: Bare, yoga: Bare
) -> None:
    row, who = row_in(office, "billing", FIELD), ratna.identity
    half, ctx = half_of(who, row)
    request = request_of(who, row.record, FIELD, sealed(who, half, ctx))
    assert uses.use(who.client, request).how is Ran.DONE
    told.forget()
    refused(office, told, who, request, "replay")
    with pytest.raises(NotAllowedError) as refusal:
        uses.use(yoga.client, request)
    assert refusal.value.code == "signature"
    again = request.model_copy(update={"request": new_id()})
    refused(office, told, who, again, "signature")
    token = who.client._token
    ratna.end()
    later = office.connect()
    later.use_token(token)
    with pytest.raises(SessionOverError):
        uses.use(later, request)
    later.close()
    assert told.value is None


@pytest.mark.attack("A10")
def test_that_a_replay_takes_nothing_from_the_program_that_runs(office: MadeOffice, told: Told, ratna: Bare) -> None:
    row, who = row_in(office, "billing", FIELD), ratna.identity
    half, ctx = half_of(who, row)
    request, ended = request_of(who, row.record, FIELD, sealed(who, half, ctx), "slow"), list[Ran]()
    at_work = threading.Thread(target=lambda: ended.append(uses.use(who.client, request).how))
    at_work.start()
    while not (told.folder / "child").exists():
        assert at_work.is_alive()
        time.sleep(0.01)
    with pytest.raises(NotAllowedError) as refusal:
        uses.use(who.client, request)
    assert refusal.value.code == "replay"
    assert office.service.uses.any_running, "the office stays for it"
    uses.stop_use(who.client, request.request)
    at_work.join(120)
    assert ended == [Ran.STOPPED]
    last = entries(office, "use.done")[-1]
    assert (last.reason, last.reference) == ("stopped", request.request.hex())
    assert not office.service.uses.any_running


@pytest.mark.attack("A10")
@pytest.mark.parametrize("change", ["record", "field", "action", "reason", "words", "sealed_half"])
def test_that_nothing_in_a_signed_request_can_be_changed(
    office: MadeOffice, told: Told, ratna: Bare, change: str
) -> None:
    row, who = row_in(office, "billing", FIELD), ratna.identity
    half, ctx = half_of(who, row)
    others: dict[str, object] = {
        "record": row_in(office, "billing", FIELD, 1).record, "field": OTHER, "action": "loud", "reason": "call_back",
        "words": "because", "sealed_half": sealed(who, half, ctx),
    }  # fmt: skip
    request = request_of(who, row.record, FIELD, sealed(who, half, ctx))
    refused(office, told, who, request.model_copy(update={change: others[change]}), "signature")


Forge = Callable[[MadeOffice, Identity, SealedRow, SealedRow], bytes]
FORGERIES: dict[str, Forge] = {
    "of another field, bound to this one": lambda _o, i, row, other: sealed(
        i, half_of(i, other)[0], half_of(i, row)[1]
    ),
    "of another field, bound to that": lambda _o, i, _row, other: sealed(i, *half_of(i, other)),
    "of another customer, bound to this one": lambda o, i, row, _other: sealed(
        i, half_of(i, row_in(o, "billing", FIELD, 1))[0], half_of(i, row)[1]
    ),
    "random": lambda _o, i, row, _other: sealed(i, secrets.token_bytes(32), half_of(i, row)[1]),
    "empty": lambda _o, i, row, _other: sealed(i, b"", half_of(i, row)[1]),
    "too long": lambda _o, i, row, _other: sealed(i, half_of(i, row)[0] * 2, half_of(i, row)[1]),
    "not sealed": lambda _o, i, row, _other: half_of(i, row)[0],
    "sealed to oneself": lambda _o, i, row, _other: sealed(i, *half_of(i, row), kem=hpke.public_of(i.keys.kem)),
    "of another session": lambda _o, i, row, _other: sealed(i, *half_of(i, row), session=secrets.token_bytes(16)),
    "garbage": lambda _o, _i, _row, _other: secrets.token_bytes(1500),
    "of another suite": lambda _o, i, row, _other: b"\x02" + sealed(i, *half_of(i, row))[1:],
}


@pytest.mark.attack("A9", "A41")
@pytest.mark.parametrize("forgery", FORGERIES)
def test_that_any_other_half_opens_nothing_and_is_written_down(
    office: MadeOffice, told: Told, ratna: Bare, forgery: str
) -> None:
    row, other, who = row_in(office, "billing", FIELD), row_in(office, "billing", OTHER), ratna.identity
    half = FORGERIES[forgery](office, who, row, other)
    refused(office, told, who, request_of(who, row.record, FIELD, half), "half")


def test_that_nobody_stops_what_another_session_does(office: MadeOffice, told: Told, ratna: Bare, yoga: Bare) -> None:
    row, who = row_in(office, "billing", FIELD), ratna.identity
    half, ctx = half_of(who, row)
    request = request_of(who, row.record, FIELD, sealed(who, half, ctx), "slow")
    ended: list[Ran] = []
    at_work = threading.Thread(target=lambda: ended.append(uses.use(who.client, request).how))
    at_work.start()
    until = time.monotonic() + 120
    while told.value is None and time.monotonic() < until:
        time.sleep(0.01)
    uses.stop_use(yoga.client, request.request)
    assert Path(f"/proc/{told.seen['pid']}").exists()
    uses.stop_use(who.client, request.request)
    at_work.join(120)
    assert ended == [Ran.STOPPED]


# --- the machine


@pytest.mark.attack("A34")
def test_that_an_it_file_and_a_program_that_the_person_could_have_written_are_refused(tmp_path: Path) -> None:
    path, folder = tmp_path / "actions.toml", tmp_path / "folder"
    path.write_text(
        'per_shift = 1\n[[action]]\ncode = "a"\nlabel_en = "A"\nlabel_id = "A"\nkinds = ["email"]\n'
        f'classes = ["contact"]\nroles = ["agent"]\nargv = ["{sys.executable}"]\ntimeout_s = 1\n'
        "needs_reason = false\nneeds_caller = false\n"
    )
    path.chmod(0o666)
    with pytest.raises(ActionsError, match="this machine's administrator"):
        read_actions(path)
    folder.mkdir()
    told = Told(folder)
    loose = tmp_path / "program"
    loose.write_text("#!/bin/true\n")
    loose.chmod(0o777)
    for argv in ((str(loose),), ("/usr/bin/env", str(loose)), ("tirai-mail", str(loose), "text")):
        action = told.action("a", argv=argv)
        assert begin_action(action, "S3NT").wait().how is Ran.CHANGEABLE
    assert told.value is None


PLAYED = """
import os, socket, sys, time
from pathlib import Path
from app.guardian.action_child import be_action
from app.guardian.action_line import begin_action
from app.guardian.nursery import start_nursery
from app.guardian.process import harden
from tests.office.acting import Told

harden()
folder = Path({folder!r})

def shipped(words):
    (folder / "value").write_bytes(open(0, "rb", closefd=False).readline())
    (folder / "half").write_text(str(os.getpid()))
    (folder / "half").rename(folder / "pid")  # whoever sees it finds all of it
    time.sleep(600)
    return 0

def until(happened):
    for _ in range(6000):
        if happened():
            return True
        time.sleep(0.01)
    return False

def readable(pid):
    try:
        with open(f"/proc/{{pid}}/mem", "rb"):
            return True
    except OSError:
        return False

def gone(pid):
    try:
        return Path(f"/proc/{{pid}}/stat").read_text().rpartition(")")[2].split()[0] in "ZX"
    except OSError:
        return True

told = Told(folder)
nursery = start_nursery(lambda line: be_action(line, {{"tirai-mail": shipped}}))
own = begin_action(nursery.child, told.action("own", argv=("tirai-mail", "x")), "S3NT-1")
assert until((folder / "pid").exists)
pid = int((folder / "pid").read_text())
assert (folder / "value").read_text() == "S3NT-1\\n"
print("shipped readable:", readable(pid))
(folder / "value").unlink()
executed = begin_action(nursery.child, told.action("its", "sleep"), "S3NT-2")
assert until((folder / "child").exists)
its = told.seen["pid"]
print("executed readable:", readable(its))
(folder / "pids").write_text(f"{{pid}} {{its}}")
sys.stdout.flush()
os._exit(0)  # as if it were killed: the kernel tells the nursery, its children and theirs
"""


def test_that_a_program_of_tirai_cannot_be_read_and_all_of_them_go_with_their_office() -> None:
    skip_unless_ordinary_user_can_run()
    with ordinary_folder() as folder:
        done = run_as_ordinary_user(PLAYED.format(folder=str(folder)), folder)
        assert done.returncode == 0, done.stderr
        assert done.stdout.splitlines() == ["shipped readable: False", "executed readable: True"], "and the limit"
        pids = [int(pid) for pid in (folder / "pids").read_text().split()]
        assert until(lambda: all(map(is_gone, pids))), "one outlived its office"


def until(happened: Callable[[], bool], patience_s: float = 60) -> bool:
    end = time.monotonic() + patience_s
    while not happened():
        if time.monotonic() > end:
            return False
        time.sleep(0.01)
    return True


def is_gone(pid: int) -> bool:
    with contextlib.suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] in "ZX"
    return True
