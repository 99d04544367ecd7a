"""Notes that an office did not take: kept at the seat, delivered by whoever comes next, through all real parts."""

import contextlib
import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NoReturn

import pytest

from app.api.messages.door import EndReport
from app.crypto import hpke
from app.crypto.errors import SealError
from app.crypto.labels import lp
from app.domain.errors import NotAllowedError
from app.guardian.receipts import from_json, to_json
from app.session.desk import Desk
from app.session.ends import NOTE_NOT_SAVED, NOTE_WAITS
from app.session.errors import OfficeAwayError
from app.session.lock_place import OFFICE_LOST, NoteInHand, Place
from app.storage.outbox import OutboxFolder
from app.storage.wiping import sweep, wipe_session
from tests.contract.conftest import Home
from tests.demo.customers import demo_customers
from tests.office.coming_back import away, clients_closed, locked, resumed
from tests.office.door import entries, rows_of
from tests.office.made import MadeOffice

WORDS = "Caller disputes a charge of 2 March. c4n4ry-of-a-note"


@pytest.fixture
def office(home: Home, tmp_path: Path) -> Iterator[MadeOffice]:
    with home(tmp_path) as it:
        it.hire("ratna", "Ratna Dewanti")
        it.bring_in(demo_customers(6, 3))
        with clients_closed(it):
            yield it


@contextlib.contextmanager
def slow(desk: Desk) -> Iterator[None]:
    """The office takes no note within the block; it lives, and takes everything else."""

    def no_answer(*_: Any, **__: Any) -> NoReturn:
        raise OfficeAwayError("no answer in time")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(desk._identity.client, "save_note", no_answer)
        yield


def record_of(desk: Desk, nth: int = 0) -> str:
    return desk.customer(desk.search("", None).ids[nth]).record


def texts(desk: Desk, record: str) -> list[str]:
    return [note.text.reveal() for note in desk.notes(record)]


def folder(office: MadeOffice) -> OutboxFolder:
    return OutboxFolder(office.places.home)


def delivered(office: MadeOffice) -> list[tuple[str, str, str, str]]:
    log = entries(office, "outbox.deliver")
    return [(e.outcome, e.actor, e.acting_with, e.detail) for e in log]


def killed(office: MadeOffice, desk: Desk, cause: str = "console_died") -> None:
    """The console's process is gone without a word; its guardian wipes and tells."""
    session, _name, end_token = next(s for s in office.guardian.sessions if s[0] == desk.session)
    wipe_session(office.places, office.store, session)
    with contextlib.closing(office.connect()) as client:
        report = EndReport(session=bytes.fromhex(session), end_token=bytes.fromhex(end_token), cause=cause, wipe=())
        client.report_end(report)


def typed(record: str, note: str, text: str, kept: str = "") -> Place:
    return Place(record=record, note=NoteInHand(note, text, kept, is_held=bool(kept)))


# kept, and delivered


def test_that_a_note_saved_while_the_office_is_away_is_kept_and_delivered_at_the_next_sign_in(
    office: MadeOffice,
) -> None:
    desk = office.desk("ratna")
    record, note = record_of(desk), desk.new_note()
    with away(office):
        assert desk.save_note(record, note, "Caller dis").why is not None
        assert desk.save_note(record, note, WORDS).why is not None
        assert desk.outbox().waits == 1, "two states of one note"
        receipt = from_json(to_json(desk.end("office_lost")))
        assert receipt.details == (NOTE_WAITS,)
        assert receipt.note
    assert folder(office).sessions() == [desk.session]
    again = office.desk("ratna")
    assert again.deliver().waits == 0
    assert texts(again, record) == [WORDS]
    assert folder(office).sessions() == []
    assert delivered(office) == [("ok", "ratna", "", "from=1 to=3 notes=1 last=end")]
    again.end("signed_out")


def test_that_somebody_else_at_the_seat_delivers_and_it_stays_its_authors(office: MadeOffice) -> None:
    desk = office.desk("ratna")
    record = record_of(desk)
    with away(office):
        desk.save_note(record, desk.new_note(), WORDS)
        desk.end("office_lost")
    hendra = office.desk("hendra")
    assert hendra.deliver().waits == 0
    [note] = hendra.notes(record)
    assert (note.author, note.text.reveal()) == ("Ratna Dewanti", WORDS)
    assert delivered(office) == [("ok", "ratna", "hendra", "from=1 to=2 notes=1 last=end")]
    hendra.end("signed_out")


def test_that_a_slow_office_gets_it_with_the_next_beat_and_no_second_note_comes_of_it(office: MadeOffice) -> None:
    desk = office.desk("ratna")
    record, note = record_of(desk), desk.new_note()
    desk.save_note(record, note, "first words")
    with slow(desk):
        desk.save_note(record, note, "first words, and more")
    assert desk.outbox().waits == 1
    desk.save_note(record, note, "first words, and all the rest")
    desk.beat()
    assert desk.deliver().waits == 0
    assert texts(desk, record) == ["first words, and all the rest"], "the older state came later and changes nothing"
    receipt = desk.end("signed_out")
    assert receipt.details == ()
    assert folder(office).sessions() == []


def test_that_many_entries_come_in_order_in_several_requests(office: MadeOffice) -> None:
    desk = office.desk("ratna")
    record, note = record_of(desk), desk.new_note()
    with slow(desk):
        for n in range(150):
            desk.save_note(record, note, f"{n} " + "x" * n)
    assert desk.deliver().waits == 0
    assert texts(desk, record) == ["149 " + "x" * 149]
    assert [d[3].split(" notes")[0] for d in delivered(office)] == ["from=1 to=64", "from=65 to=128", "from=129 to=150"]
    desk.end("signed_out")


def test_that_an_end_brings_what_waits_if_the_office_answers_by_then(office: MadeOffice) -> None:
    desk = office.desk("ratna")
    record, note = record_of(desk), desk.new_note()
    with slow(desk):
        desk.save_note(record, note, "half")
    receipt = desk.end("signed_out", typed(record, note, WORDS, "half"))
    assert (receipt.details, receipt.note != "") == ((), True)
    again = office.desk("ratna")
    assert texts(again, record) == [WORDS]
    assert again.deliver().open_ends == ()
    again.end("signed_out")


@pytest.mark.slow
@pytest.mark.parametrize("cause", ["signed_out", "window_closed", "idle", "session_over", "guardian_died"])
def test_that_a_note_in_hand_outlives_every_end_without_an_office(office: MadeOffice, cause: str) -> None:
    desk = office.desk("ratna")
    record, note = record_of(desk), desk.new_note()
    with away(office):
        receipt = desk.end(cause, typed(record, note, WORDS))
    assert receipt.details == (NOTE_WAITS,)
    again = office.desk("ratna")
    again.deliver()
    assert texts(again, record) == [WORDS]
    again.end("signed_out")


def test_that_a_save_which_is_still_on_its_way_writes_nothing_behind_the_end(office: MadeOffice) -> None:
    import threading

    desk = office.desk("ratna")
    record, note, comes = record_of(desk), desk.new_note(), threading.Event()

    def late(*_: Any, **__: Any) -> NoReturn:
        comes.wait(60)
        raise OfficeAwayError("no answer in time")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(desk._identity.client, "save_note", late)
        saving = threading.Thread(target=desk.save_note, args=(record, note, WORDS))
        saving.start()
        while not desk._unsaved:
            pass
        receipt = desk.end("signed_out", typed(record, note, WORDS))
        comes.set()
        saving.join()
    assert receipt.details == ()
    again = office.desk("ratna")
    assert again.deliver().refused == 0
    assert texts(again, record) == [WORDS]
    assert folder(office).sessions() == []
    again.end("signed_out")


def test_that_a_note_which_the_office_refuses_is_not_called_saved_at_the_end_and_lies_sealed(
    office: MadeOffice,
) -> None:
    desk, record = office.desk("ratna"), secrets.token_hex(16)
    note = desk.new_note()
    with pytest.raises(NotAllowedError):
        desk.save_note(record, note, WORDS)
    receipt = desk.end("signed_out", typed(record, note, WORDS))
    assert receipt.details == (NOTE_NOT_SAVED,)
    [kept] = [row for row in rows_of(office, "outbox_entries") if row.sealed]
    assert (kept.id.hex(), kept.reason) == (note, "not_in_queue")


def test_that_nothing_is_kept_of_an_empty_or_a_saved_note(office: MadeOffice) -> None:
    desk = office.desk("ratna")
    record, note = record_of(desk), desk.new_note()
    desk.save_note(record, note, WORDS)
    desk.end("signed_out", typed(record, note, WORDS, WORDS))
    desk = office.desk("ratna")
    desk.end("signed_out", typed(record, desk.new_note(), "  "))
    assert not folder(office).path.exists()


def test_that_a_session_which_ended_elsewhere_keeps_its_last_words(office: MadeOffice) -> None:
    desk = office.desk("ratna")
    record, note = record_of(desk), desk.new_note()
    newer = office.desk("ratna")
    assert desk.save_note(record, note, WORDS).why is not None, "its session is over"
    desk.end("signed_in_again")
    newer.deliver()
    assert texts(newer, record) == [WORDS]
    newer.end("signed_out")


# locks


def test_that_a_lock_keeps_the_draft_for_whoever_comes_even_if_nobody_resumes(office: MadeOffice) -> None:
    desk = office.desk("ratna")
    record, note = record_of(desk), desk.new_note()
    desk.lock("by_hand", typed(record, note, WORDS))
    office.must_leave()  # before its last session ends, after which it would wait for somebody
    office.serve()
    killed(office, desk, "idle")
    again = office.desk("ratna")
    assert again.deliver().open_ends == (), "a lock is a last word"
    assert texts(again, record) == [WORDS]
    again.end("signed_out")


def test_that_what_a_console_kept_as_its_office_was_lost_is_there_for_the_next_one(office: MadeOffice) -> None:
    desk = office.desk("ratna")
    record, note = record_of(desk), desk.new_note()
    desk.save_note(record, note, "half")
    with away(office):
        desk.save_note(record, note, "half, and")
        word = desk.lock(OFFICE_LOST, typed(record, note, WORDS, "half, and"))
    kept = folder(office).read(word.session)
    assert kept is not None
    assert len(kept.entries) == 3, "two states of the note, and the lock"
    again = office.desk("ratna")
    assert again.deliver().open_ends == ()
    assert texts(again, record) == [WORDS]
    again.end("signed_out")
    assert folder(office).sessions() == []


def test_that_a_lost_office_locks_and_the_resume_brings_what_was_kept(office: MadeOffice) -> None:
    desk = office.desk("ratna")
    record, note = record_of(desk), desk.new_note()
    desk.save_note(record, note, "half")
    with away(office):
        desk.save_note(record, note, "half, and")
        word = desk.lock(OFFICE_LOST, typed(record, note, WORDS, "half, and"))
    back = resumed(office, locked(office, word)).desk
    assert back.outbox().waits == 3, "two states of a note, which nobody here can read back, and the lock"
    assert back.deliver().waits == 0
    assert texts(back, record) == [WORDS]
    back.save_note(record, note, f"{WORDS} And more.")
    assert texts(back, record) == [f"{WORDS} And more."]
    killed(office, back)
    office.clock.pass_s(200)
    again = office.desk("ratna")
    assert len(again.deliver().open_ends) == 1, "the lock was not the last word: it was resumed after that"
    again.end("signed_out")


def test_that_a_note_goes_on_after_a_resume_without_losing_what_is_written_then(office: MadeOffice) -> None:
    """The office drops a text that comes behind a newer one: what a resumed console writes is never taken for that."""
    desk = office.desk("ratna")
    record, note = record_of(desk), desk.new_note()
    for n in range(4):
        desk.save_note(record, note, f"state {n}")
    word = desk.lock("by_hand", typed(record, note, "state 3", "state 3"))
    office.must_leave()
    back = resumed(office, locked(office, word))
    back.desk.save_note(record, note, "after the resume")
    assert texts(back.desk, record) == ["after the resume"]
    with slow(back.desk):
        back.desk.save_note(record, note, "after the resume, kept")
    back.desk.deliver()
    assert texts(back.desk, record) == ["after the resume, kept"]
    back.desk.end("signed_out")


def test_that_the_chain_goes_on_in_another_process_whether_or_not_somebody_delivered_meanwhile(
    office: MadeOffice,
) -> None:
    desk = office.desk("ratna")
    record, note = record_of(desk), desk.new_note()
    other = office.desk("hendra")
    for turn in range(2):
        with slow(desk):
            desk.save_note(record, note, f"before lock {turn}")
        word = desk.lock("by_hand", Place())
        if turn:
            other.deliver()
            assert folder(office).sessions() == []
        desk = resumed(office, locked(office, word)).desk
        with slow(desk):
            desk.save_note(record, note, f"after lock {turn}")
        assert desk.deliver().refused == 0
        assert texts(desk, record) == [f"after lock {turn}"]
    assert {d[0] for d in delivered(office)} == {"ok"}
    desk.end("signed_out")
    other.end("signed_out")


# what lies there


@pytest.mark.attack("A38")
def test_that_wipes_and_sweeps_leave_it_and_it_shows_nothing(office: MadeOffice) -> None:
    desk = office.desk("ratna")
    record = record_of(desk)
    with away(office):
        desk.save_note(record, desk.new_note(), WORDS)
        desk.end("office_lost")
    wipe_session(office.places, office.store, desk.session)
    sweep(office.places, office.store)
    assert office.store.session_ids() == []
    [name] = folder(office).sessions()
    kept = folder(office).read(name)
    assert kept is not None
    assert len(kept.entries) == 2
    inside = b"".join(path.read_bytes() for path in folder(office).path.iterdir() if path.is_file())
    for shown in (
        WORDS.encode(),
        b"c4n4ry",
        WORDS.encode("utf-16-le"),
        record.encode(),
        bytes.fromhex(record),
        b"ratna",
    ):
        assert shown not in inside
    identity = desk._identity
    for secret in (identity.keys.kem, identity.session_kem, *identity.class_keys.values()):
        with pytest.raises(SealError):
            hpke.unseal(secret, kept.entries[0], lp("outbox", identity.office))


def test_that_a_file_which_somebody_deletes_or_cuts_is_delivered_from_memory_all_the_same(office: MadeOffice) -> None:
    desk = office.desk("ratna")
    record, note = record_of(desk), desk.new_note()
    path = folder(office).path / desk.session
    for spoil in (path.unlink, lambda: path.write_bytes(path.read_bytes()[:-1]), lambda: path.write_bytes(b"")):
        with slow(desk):
            desk.save_note(record, note, f"one {spoil}")
            spoil()
            desk.save_note(record, note, f"two {spoil}")
        state = desk.deliver()
        assert (state.waits, state.refused) == (0, 0)
        assert texts(desk, record) == [f"two {spoil}"]
    desk.end("signed_out")


def flipped(entries: list[bytes]) -> list[bytes]:
    middle = len(entries[1]) // 2
    return [entries[0], entries[1][:middle] + bytes([entries[1][middle] ^ 1]) + entries[1][middle + 1 :], entries[2]]


def swapped(entries: list[bytes]) -> list[bytes]:
    return [entries[0], entries[2], entries[1]]


def without_the_first(entries: list[bytes]) -> list[bytes]:
    return entries[1:]


def of_another_office(entries: list[bytes]) -> list[bytes]:
    public = hpke.public_of(hpke.new_secret())
    return [hpke.seal(public, b"x" * 1024, lp("outbox", bytes(32))), *entries[1:]]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("spoil", "reason", "taken"),
    [(flipped, "seal", 1), (swapped, "gap", 1), (without_the_first, "gap", 0), (of_another_office, "seal", 0)],
)
def test_that_a_file_which_another_program_spoilt_is_set_aside_said_and_written_down(
    office: MadeOffice, spoil: Any, reason: str, taken: int
) -> None:
    desk = office.desk("ratna")
    record, note = record_of(desk), desk.new_note()
    with away(office):
        desk.save_note(record, note, "one")
        desk.save_note(record, note, "two")
        desk.end("office_lost")
    kept = folder(office).read(desk.session)
    assert kept is not None
    folder(office).put(desk.session, kept.base, kept.base_link, spoil(list(kept.entries)))
    data = (folder(office).path / desk.session).read_bytes()
    again = office.desk("ratna")
    state = again.deliver()
    assert (state.waits, state.refused) == (0, 1)
    refused = [e for e in entries(office, "outbox.deliver") if e.outcome == "refused"]
    assert [(e.reason, f"session={desk.session}" in e.detail) for e in refused] == [(reason, True)]
    assert texts(again, record) == ["one"] * taken
    assert again.deliver().refused == 1, "it is said again, and not tried again"
    assert len([d for d in delivered(office) if d[0] == "refused"]) == 1
    again.end("signed_out")
    assert data in [p.read_bytes() for p in folder(office).path.iterdir() if p.suffix == ".refused"]
    office.clock.pass_s(200)
    once_more = office.desk("ratna")
    assert len(once_more.deliver().open_ends) == 1, "its last word did not come"
    once_more.end("signed_out")


def test_that_a_cut_tail_is_put_by_and_its_session_is_never_closed(office: MadeOffice) -> None:
    desk = office.desk("ratna")
    record = record_of(desk)
    with away(office):
        desk.save_note(record, desk.new_note(), WORDS)
        desk.end("office_lost")
    path = folder(office).path / desk.session
    path.write_bytes(path.read_bytes()[:-1])
    again = office.desk("ratna")
    assert (again.deliver().waits, texts(again, record)) == (0, [WORDS])
    again.end("signed_out")
    assert [p.suffix for p in folder(office).path.iterdir() if p.name.startswith(desk.session)] == [".torn"]
    office.clock.pass_s(200)
    once_more = office.desk("ratna")
    assert [e.missing for e in once_more.deliver().open_ends] == [0]
    once_more.end("signed_out")


def test_that_a_full_disk_is_said_and_the_draft_is_a_draft_still(
    office: MadeOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = office.desk("ratna")
    record, note = record_of(desk), desk.new_note()
    with monkeypatch.context() as patch:
        patch.setattr("app.storage.outbox.LARGEST_FILE", 100)
        with slow(desk):
            desk.save_note(record, note, "the first is begun")
            with pytest.raises(Exception) as refusal:  # noqa: PT011
                desk.save_note(record, note, WORDS)
            assert getattr(refusal.value, "code", "") == "outbox_full"
        with away(office):
            receipt = desk.end("signed_out", typed(record, note, WORDS, "the first is begun"))
    assert receipt.details == (NOTE_NOT_SAVED,)


# sessions without a last word


def test_that_a_session_which_was_killed_is_written_down_as_never_closed_and_told_once(office: MadeOffice) -> None:
    desk = office.desk("ratna")
    killed(office, desk)
    hendra = office.desk("hendra")
    assert hendra.deliver().open_ends == ()
    assert entries(office, "outbox.open_end") == [], "it may still speak through somebody else"
    hendra.end("signed_out")
    office.clock.pass_s(200)
    hendra = office.desk("hendra")
    assert hendra.deliver().open_ends == (), "it is Ratna's"
    [entry] = entries(office, "outbox.open_end")
    assert (entry.actor, entry.session, entry.reason, entry.detail) == (
        "ratna", desk.session, "unclosed", "taken=0 told=0"
    )  # fmt: skip
    hendra.end("signed_out")
    again = office.desk("ratna")
    assert [(e.workstation, e.missing) for e in again.deliver().open_ends] == [("SBY-0417", 0)]
    assert len(again.deliver().open_ends) == 1
    again.end("signed_out")
    once_more = office.desk("ratna")
    assert once_more.deliver().open_ends == ()
    assert len(entries(office, "outbox.open_end")) == 1
    once_more.end("signed_out")


def test_that_entries_of_which_a_console_told_are_missed_when_their_file_is_gone(office: MadeOffice) -> None:
    desk = office.desk("ratna")
    record = record_of(desk)
    with slow(desk):
        desk.save_note(record, desk.new_note(), "one")
        desk.save_note(record, desk.new_note(), "two")
    desk.beat()
    killed(office, desk)
    (folder(office).path / desk.session).unlink()
    office.clock.pass_s(200)
    again = office.desk("ratna")
    assert [e.missing for e in again.deliver().open_ends] == [2]
    [entry] = entries(office, "outbox.open_end")
    assert (entry.reason, entry.detail) == ("missing", "taken=0 told=2")
    again.end("signed_out")


def test_that_what_a_killed_console_had_kept_is_delivered_before_it_is_called_never_closed(office: MadeOffice) -> None:
    desk = office.desk("ratna")
    record = record_of(desk)
    with slow(desk):
        desk.save_note(record, desk.new_note(), WORDS)
    killed(office, desk)
    office.clock.pass_s(200)
    again = office.desk("ratna")
    assert again.deliver().open_ends == ()
    assert texts(again, record) == [WORDS]
    again.end("signed_out")
    once_more = office.desk("ratna")
    assert [e.missing for e in once_more.deliver().open_ends] == [0]
    once_more.end("signed_out")


def test_that_a_session_which_said_its_last_word_to_nobody_but_its_file_is_closed_by_it(office: MadeOffice) -> None:
    desk = office.desk("ratna")
    with away(office):
        desk.end("signed_out")
    office.clock.pass_s(200)
    again = office.desk("ratna")
    assert again.deliver().open_ends == ()
    assert entries(office, "outbox.open_end") == []
    assert delivered(office) == [("ok", "ratna", "", "from=1 to=1 notes=0 last=end")]
    again.end("signed_out")


def test_that_who_writes_while_two_consoles_deliver_loses_and_doubles_nothing(office: MadeOffice) -> None:
    from concurrent.futures import ThreadPoolExecutor

    desk, other = office.desk("ratna"), office.desk("hendra")
    record, notes = record_of(desk), [desk.new_note() for _ in range(5)]
    with slow(desk), ThreadPoolExecutor(3) as threads:
        writing = threads.submit(
            lambda: [desk.save_note(record, notes[n % 5], f"{n % 5}: state {n:02}") for n in range(40)]
        )
        while not writing.done():
            for done in [threads.submit(desk.deliver), threads.submit(other.deliver)]:
                done.result()
        writing.result()
    assert desk.deliver().waits == other.deliver().waits == 0
    assert sorted(texts(desk, record)) == [f"{n}: state {35 + n}" for n in range(5)]
    taken = [r for r in rows_of(office, "outbox_entries") if r.session.hex() == desk.session]
    assert [row.number for row in taken] == list(range(1, 41))
    assert {d[0] for d in delivered(office)} == {"ok"}
    assert desk.outbox().refused == 0
    desk.end("signed_out")
    other.end("signed_out")
