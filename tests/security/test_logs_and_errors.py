"""A26, A27: whatever goes wrong, no log, no error, no trace and no standard error shows a value.

Faults are made: tables that are gone, a full disk, damaged blobs, answers of another shape, refused cells. Then
everything that was written or raised is searched, causes of causes included. Enforced by *software*.
"""

import logging
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest

from app.api.client.client import ApiClient
from app.api.messages.customers import ImportProgress
from app.api.messages.reveals import RevealAnswer
from app.domain.errors import TiraiError
from app.session.desk import Desk
from tests.office.import_nursery import nursery
from tests.office.made import MadeOffice, made_office
from tests.office.raw_import import RawImport
from tests.security.canaries import Canary, files_below, found_in, needles, new_canary, office_file, planted, record_of

Planted = tuple[list[dict[str, str]], list[Canary]]
NOTE = new_canary("note")
NAME = "Sari" + " " + "Wulandari"
"""In two parts, so that a trace's line of this file is not taken for a leak."""


@pytest.fixture(scope="module")
def planted_rows() -> Planted:
    return planted(4)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory, planted_rows: Planted) -> Iterator[MadeOffice]:
    with made_office(tmp_path_factory.mktemp("logs")) as made:
        made.hire("ratna", "Ratna Dewanti", queues=("billing", "delivery"))
        made.bring_in(planted_rows[0])
        yield made


@pytest.fixture
def desk(office: MadeOffice) -> Iterator[Desk]:
    desk = office.desk("ratna")
    yield desk
    desk.end("signed_out")


def wanted(planted_rows: Planted) -> list[bytes]:
    return [*needles(planted_rows[1]), NOTE[-32:].encode(), NAME.encode()]


def whole_story(error: BaseException) -> bytes:
    """Everything that a careless log of an error would print: the trace with causes, and each one's own words."""
    texts, seen = traceback.format_exception(error), error
    while seen is not None:
        texts += [str(seen), repr(seen), repr(seen.args), repr(getattr(seen, "__notes__", []))]
        seen = seen.__cause__ or seen.__context__  # type: ignore[assignment]
    return "\n".join(texts).encode()


def fail(call: Callable[[], object]) -> bytes:
    with pytest.raises(Exception) as caught:  # noqa: PT011 (which error it is, is another test's matter)
        call()
    return whole_story(caught.value)


def import_row(client: ApiClient, cells: tuple[str, ...]) -> ImportProgress:
    """One row of an import that stops; what is wrong with it is in the answer."""
    header = ("customer_number", "full_name", "nik", "card_number", "email", "health_note")
    running = RawImport(client, header)
    try:
        return running.rows(cells)
    finally:
        running.cancel()


@pytest.mark.attack("A26")
def test_that_faults_of_the_office_leave_numbers_and_places_only(
    office: MadeOffice, desk: Desk, planted_rows: Planted, capfd: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    """A fault in the very call that carries a value: note, import row, reveal."""
    caplog.set_level(logging.DEBUG)
    contact = next(c for c in planted_rows[1] if c.field == "street_address")
    record = record_of(desk, contact.number)
    supervisor = office.command("hendra")
    client = supervisor._identity.client
    values = tuple(c.value for c in planted_rows[1][:5])
    said = b""
    with monkeypatch.context() as patch:
        patch.setattr("app.backoffice.notes.seal_value", broken)
        patch.setattr(office.service.imports, "_new_child", nursery(f"{__name__}:break_sealing").child)
        patch.setattr("app.backoffice.reveal.share", broken)
        said += kept_for_later(desk, record)
        said += fail(lambda: import_row(client, ("C-999", NAME, "", "", "a@b.example", values[4])))
        said += fail(lambda: desk.reveal(record, "street_address", "confirm_delivery"))
    with office_file(office) as db:
        db.execute("CREATE TRIGGER full_n BEFORE INSERT ON notes BEGIN SELECT RAISE(ABORT, 'disk full'); END")
        db.execute("CREATE TRIGGER full_c BEFORE INSERT ON customers BEGIN SELECT RAISE(ABORT, 'disk full'); END")
        said += kept_for_later(desk, record)
        said += fail(lambda: import_row(client, ("C-998", NAME, "", "", "a@b.example", values[3])))
        db.execute("DROP TRIGGER full_n")
        db.execute("DROP TRIGGER full_c")
        db.execute("ALTER TABLE notes RENAME TO gone")
        said += kept_for_later(desk, record)
        said += fail(lambda: desk.notes(record))
        db.execute("ALTER TABLE gone RENAME TO notes")
    supervisor.end()
    log = (office.places.home / "office.log").read_bytes()
    log += b"".join(data for _path, data in files_below(office.places.home / "crash-reports"))
    assert log.count(b"\n") >= 3, "the control: faults were written down"
    assert b"BrokenError" in log
    printed = capfd.readouterr()
    said += b"".join(data for _path, data in files_below(office.places.home / "outbox"))
    everything = log + said + (printed.out + printed.err).encode() + caplog.text.encode()
    assert found_in(everything, wanted(planted_rows)) == []


def kept_for_later(desk: Desk, record: str) -> bytes:
    """What is said of a note that the office could not take: it waits, sealed, in the outbox."""
    why = desk.save_note(record, desk.new_note(), NOTE).why
    assert why is not None
    return whole_story(why)


class BrokenError(Exception):
    """A fault whose own text is a value, as a careless library's might be."""


def break_sealing() -> None:
    """In the processes of imports."""
    from app.crypto.values import RecordSealer

    RecordSealer.seal = broken  # type: ignore[method-assign, assignment]


def broken(*args: object) -> bytes:
    local = [a for a in args if isinstance(a, str)]
    raise BrokenError(f"cannot seal {local} {NOTE} {NAME}")


def test_that_the_control_finds_a_careless_error(planted_rows: Planted) -> None:
    assert found_in(fail(lambda: broken(planted_rows[1][0].value)), wanted(planted_rows))


@pytest.mark.attack("A26")
def test_that_refused_cells_name_place_and_reason_only(office: MadeOffice, planted_rows: Planted) -> None:
    """The cells' texts are canaries of no valid form: each is refused, none is repeated."""
    session = office.command("hendra")
    values = [c.value for c in planted_rows[1][:5]]
    cells = (values[0], f"{NAME}\u202e", values[1], values[2], values[3], "\u0000" + values[4])
    answer = import_row(session._identity.client, cells)
    words = answer.model_dump_json()
    assert words.count('"line":2') >= 4, "the control: they were refused"
    assert found_in(words.encode(), wanted(planted_rows)) == []
    session.end()


def test_that_a_blob_that_does_not_open_says_nothing_of_any_value(
    office: MadeOffice, desk: Desk, planted_rows: Planted
) -> None:
    contact = next(c for c in planted_rows[1] if c.field == "street_address")
    record = record_of(desk, contact.number)
    with office_file(office) as db:
        where = "WHERE field = 'street_address' AND record = ?"
        (blob,) = db.execute(f"SELECT blob FROM sealed_values {where}", (bytes.fromhex(record),)).fetchone()
        for spoiled in (blob[:-1] + bytes([blob[-1] ^ 1]), blob[:40], b"\x02" + blob[1:], b""):
            db.execute(f"UPDATE sealed_values SET blob = ? {where}", (spoiled, bytes.fromhex(record)))
            said = fail(lambda: desk.reveal(record, "street_address", "confirm_delivery"))
            assert found_in(said, wanted(planted_rows)) == []
        db.execute(f"UPDATE sealed_values SET blob = ? {where}", (blob, bytes.fromhex(record)))
    assert desk.reveal(record, "street_address", "confirm_delivery").value.reveal() == contact.value


class Spoiling(httpx.BaseTransport):
    """An office whose answers have another shape."""

    def __init__(self, answer: bytes, status: int) -> None:
        self._answer, self._status = answer, status

    def handle_request(self, _request: httpx.Request) -> httpx.Response:
        return httpx.Response(self._status, content=self._answer)


@pytest.mark.parametrize("status", [200, 400, 403, 422, 500, 302])
def test_that_an_answer_of_another_shape_is_not_repeated(planted_rows: Planted, status: int) -> None:
    value = planted_rows[1][0].value
    for answer in (f'{{"text":"{value}"}}', value, f'{{"code":"x","message":["{value}"]}}', f'{{"rows":["{value}"]}}'):
        client = ApiClient(Spoiling(answer.encode(), status))
        for call in (client.hello, client.quota, lambda c=client: c.customer_page(0, 1)):
            assert found_in(fail(call), wanted(planted_rows)) == []
        client.close()


def test_that_no_words_of_an_opened_value_show_it(
    office: MadeOffice, desk: Desk, planted_rows: Planted, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`repr`, `str` and format of what a screen is given, and of every message and key on the way."""
    contact = next(c for c in planted_rows[1] if c.field == "street_address")
    record = record_of(desk, contact.number)
    answers: list[RevealAnswer] = []
    true = desk._identity.client.reveal
    monkeypatch.setattr(desk._identity.client, "reveal", lambda r: answers.append(true(r)) or answers[-1])  # type: ignore[func-returns-value]
    opened = desk.reveal(record, "street_address", "confirm_delivery")
    desk.save_note(record, desk.new_note(), NOTE)
    shown = desk.notes(record)
    assert opened.value.reveal() == contact.value
    for thing in (opened, opened.value, shown, desk, desk._identity, desk._identity.keys):
        for words in (repr(thing), str(thing), f"{thing} {thing!r}"):
            assert found_in(words.encode(), wanted(planted_rows)) == []
    keys = [desk._identity.keys.seed, desk._identity.session_seed, *desk._identity.class_keys.values()]
    words = repr(desk._identity) + repr(desk._identity.keys)
    assert not [key for key in keys if repr(key)[2:20] in words or key.hex() in words]


@pytest.mark.attack("A27")
def test_that_a_forged_name_makes_no_line_of_its_own_in_a_log(office: MadeOffice) -> None:
    """A27: names with line breaks, escapes and separators are refused or stand for nobody."""
    before = (office.places.home / "office.log").read_bytes() if (office.places.home / "office.log").exists() else b""
    for name in ('a\n{"event":"sign_in"}', "a\x1b[2J", "a\u2028b", "a\r\nb", "a" * 64):
        with pytest.raises(TiraiError):
            office.sign_in().sign_in_for_command(name, "whatever", "000000")
    opened = office.back_office.opened
    with opened.database.reading() as db:
        actors = {e.actor for e in opened.log.page(db, 0, 100_000)}
    assert actors <= {"", *office.people}
    after = (office.places.home / "office.log").read_bytes() if (office.places.home / "office.log").exists() else b""
    assert after == before


def test_that_an_error_in_the_cache_of_masks_says_nothing(
    office: MadeOffice, desk: Desk, planted_rows: Planted, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A damaged row of masks in the office: a numbered fault, no open field in it."""
    with office_file(office) as db:
        masks = dict(db.execute("SELECT id, masks FROM customers").fetchall())
        spoil = "UPDATE customers SET masks = '{\"street_address\": \"' || number || ? || '\"}'"
        db.execute(spoil, (NAME,))
        said = fail(lambda: desk._identity.client.customer_page(0, 10))
        for id_, text in masks.items():
            db.execute("UPDATE customers SET masks = ? WHERE id = ?", (text, id_))
    log = (office.places.home / "office.log").read_bytes()
    assert found_in(said + log, wanted(planted_rows)) == []


def test_that_no_file_but_the_encrypted_ones_was_written(office: MadeOffice) -> None:
    """What lies in the home after all these faults: known names only, nothing like a core or a trace."""
    known = {
        "crash-reports",
        "office.db",
        "office.db-wal",
        "office.db-shm",
        "office.db-turn",
        "office.json",
        "office.log",
        "front-door",
        "recovery-kit.json",
        "recovery-slot",
        "outbox",
    }
    assert {p.name for p in Path(office.places.home).iterdir()} <= known
    assert all(p.suffix == ".txt" for p in (office.places.home / "crash-reports").iterdir())
