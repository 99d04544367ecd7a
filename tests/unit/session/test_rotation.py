"""Rotation of a class key: data keys move in chunks; an old box goes when another session has opened the new one."""

from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from app.api.messages.rotation import Checked, JudgedBox, NewBox, Resealed
from app.auth.resealing import checked_body, resealed_body
from app.backoffice import schema
from app.crypto import hpke
from app.crypto.derive import sha256
from app.crypto.errors import SealError
from app.crypto.labels import lp
from app.crypto.values import BoxedDataKey, batch_of, open_data_key
from app.domain.data_class import DataClass
from app.domain.errors import NotAllowedError, TiraiError
from app.domain.role import Role
from app.session import command
from app.session import rotation as session_rotation
from app.session.rotation import Progress, Rotation
from app.sources.csv_file import open_csv
from tests.demo.customers import demo_customers
from tests.office.door import entries, opened, rows_of
from tests.office.made import Bare, MadeOffice, made_office
from tests.office.rotating import copy_of, grant_versions, rotate, state, work

pytestmark = pytest.mark.slow  # whole offices again and again: in `make test-all`

NOTES = 7
CONTACT, NOTE = DataClass.CONTACT, DataClass.NOTE


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> MadeOffice:
    """Two supervisors, an agent, customers, notes."""
    with made_office(tmp_path_factory.mktemp("made")) as office:
        office.hire("ratna", "Ratna Dewanti", queues=("*",))
        office.hire("sari", "Sari Kusuma", "supervisor", ("*",))
        office.bring_in(demo_customers(5, 7))
        write_notes(office)
    return office


@pytest.fixture
def office(made: MadeOffice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[MadeOffice]:
    """A copy of it for each test; chunks of three."""
    monkeypatch.setattr(session_rotation, "CHUNK", 3)
    with copy_of(made, tmp_path) as office:
        yield office


def write_notes(office: MadeOffice) -> None:
    desk = office.desk("ratna")
    record = desk.customer(1).record
    for n in range(NOTES):
        desk.save_note(record, desk.new_note(), f"note {n}")
    desk.end("signed_out")


def notes_read(office: MadeOffice, account: str = "ratna") -> set[str]:
    desk = office.desk(account)
    texts = {n.text.reveal() for n in desk.notes(desk.customer(1).record)}
    desk.end("signed_out")
    return texts


ALL_NOTES = {f"note {n}" for n in range(NOTES)}


def boxes(office: MadeOffice, data_class: DataClass = NOTE) -> list[Any]:
    return [r for r in rows_of(office, "data_keys") if r.data_class == data_class.value]


# the whole way


@pytest.mark.slow
def test_that_after_a_rotation_every_box_is_the_new_keys_and_the_old_key_is_gone(office: MadeOffice) -> None:
    rotate(office, NOTE)
    before = {r.batch: r for r in boxes(office)}
    assert state(office, NOTE).waiting == NOTES
    assert work(office, "hendra") == Progress(resealed=NOTES)
    halfway = state(office, NOTE)
    assert (halfway.waiting, halfway.unchecked, halfway.in_use) == (0, NOTES, (1, 2))
    assert {r.box for r in boxes(office)} == {r.box for r in before.values()}, "no old box is gone yet"
    assert work(office, "sari") == Progress(checked=NOTES)
    after = state(office, NOTE)
    assert (after.current, after.waiting, after.unchecked, after.in_use) == (NOTES, 0, 0, (2,))
    for row in boxes(office):
        assert (row.version, row.check) == (2, before[row.batch].check)
        assert row.box != before[row.batch].box
        assert (row.next_version, row.next_box, row.next_account, row.next_session) == (None,) * 4
    assert set(map(tuple, grant_versions(office, NOTE).values())) == {(2,)}
    assert notes_read(office) == ALL_NOTES
    assert notes_read(office, "sari") == ALL_NOTES


@pytest.mark.slow
@pytest.mark.parametrize("moment", ["at once", "sealed anew in part", "sealed anew", "checked in part", "done"])
def test_that_every_value_opens_at_each_moment_of_a_rotation(office: MadeOffice, moment: str) -> None:
    rotate(office, NOTE)
    steps: dict[str, list[tuple[str, int | None]]] = {
        "sealed anew in part": [("hendra", 1)],
        "sealed anew": [("hendra", None)],
        "checked in part": [("hendra", None), ("sari", 1)],
        "done": [("hendra", None), ("sari", None)],
    }
    for account, chunks in steps.get(moment, []):
        work(office, account, chunks)
    assert notes_read(office) == ALL_NOTES


def test_that_work_which_stops_after_any_chunk_goes_on_where_it_stopped(office: MadeOffice) -> None:
    rotate(office, NOTE)
    assert [work(office, "hendra", 1).resealed for _ in range(4)] == [3, 3, 1, 0]
    assert [work(office, "sari", 1).checked for _ in range(4)] == [3, 3, 1, 0]
    assert state(office, NOTE).in_use == (2,)


def test_that_a_class_which_was_not_rotated_has_no_work(office: MadeOffice) -> None:
    rotate(office, NOTE)
    before = boxes(office, CONTACT)
    work(office, "hendra")
    work(office, "sari")
    assert boxes(office, CONTACT) == before
    assert state(office, CONTACT).in_use == (1,)


def test_that_what_is_sealed_after_a_rotation_is_sealed_to_the_new_key_at_once(office: MadeOffice) -> None:
    rotate(office, NOTE)
    desk = office.desk("ratna")
    desk.save_note(desk.customer(1).record, desk.new_note(), "later")
    desk.end("signed_out")
    assert sorted(r.version for r in boxes(office)) == [1] * NOTES + [2]
    assert notes_read(office) == ALL_NOTES | {"later"}


def test_that_an_import_in_the_midst_of_a_rotation_goes_on_under_the_new_key(
    office: MadeOffice, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(command, "CHUNK", 4)
    lines = [f"C-{n:06},Sari Wulandari,billing,Jl. Braga {n}" for n in range(8)]
    file = tmp_path / "many.csv"
    file.write_text("\n".join(["customer_number,full_name,queue,street_address", *lines, ""]), "utf-8")
    sari = office.command("sari")
    sari.bring_in(open_csv(file), on_rows=lambda rows: rotate(office, CONTACT) if rows == 4 else None)
    sari.end()
    versions = {r.batch: r.version for r in boxes(office, CONTACT)}
    values = [r for r in rows_of(office, "sealed_values") if r.field == "street_address"]
    assert Counter(versions[batch_of(r.blob)] for r in values) == {1: 5 + 4, 2: 4}, "five customers were there before"


def test_that_a_second_rotation_before_the_first_is_done_ends_at_the_newest_key(office: MadeOffice) -> None:
    rotate(office, NOTE)
    work(office, "hendra")
    work(office, "sari", 1)
    rotate(office, NOTE)
    assert {r.next_version for r in boxes(office)} == {None}
    assert state(office, NOTE).in_use == (1, 2, 3)
    work(office, "hendra")
    work(office, "sari")
    assert {r.version for r in boxes(office)} == {3}
    assert state(office, NOTE).in_use == (3,)
    assert notes_read(office) == ALL_NOTES


# who


def test_that_one_holder_alone_needs_a_second_session(tmp_path: Path) -> None:
    with made_office(tmp_path) as office:
        office.hire("ratna", "Ratna Dewanti", queues=("*",))
        office.bring_in(demo_customers(2, 7))
        write_notes(office)
        rotate(office, NOTE)
        assert work(office, "hendra") == Progress(resealed=NOTES), "the session that sealed checks nothing"
        assert work(office, "hendra") == Progress(checked=NOTES)
        assert state(office, NOTE).in_use == (2,)


def test_that_where_there_is_another_holder_the_same_person_does_not_check(office: MadeOffice) -> None:
    rotate(office, NOTE)
    work(office, "hendra")
    assert work(office, "hendra") == Progress()
    assert state(office, NOTE).unchecked == NOTES


def test_that_an_agent_holds_the_class_and_gets_no_boxes(office: MadeOffice) -> None:
    rotate(office, NOTE)
    ratna = office.bare("ratna", "console")
    for call in (ratna.client.boxes, ratna.client.new_boxes):
        with pytest.raises(NotAllowedError) as refusal:
            call("note", 10)
        assert refusal.value.code == "role"
    ratna.end()


def test_that_a_supervisor_whom_the_book_does_not_show_holding_the_class_gets_no_boxes(office: MadeOffice) -> None:
    office.hire("baru", "Baru Sekali", "supervisor", ("*",), grant=False)
    rotate(office, NOTE)
    baru = office.bare("baru", "command")
    with pytest.raises(NotAllowedError) as refusal:
        baru.client.boxes("note", 10)
    assert refusal.value.code == "no_class_key"
    baru.end()


def test_that_an_administrator_sees_how_far_it_is_and_touches_nothing(office: MadeOffice) -> None:
    rotate(office, NOTE)
    assert state(office, NOTE, "adi").waiting == NOTES
    adi = office.bare("adi", "command")
    with pytest.raises(NotAllowedError):
        adi.client.boxes("note", 10)
    adi.end()


def test_that_a_new_colleague_gets_every_version_that_something_needs(office: MadeOffice) -> None:
    rotate(office, NOTE)
    work(office, "hendra", 1)
    office.hire("dian", "Dian Anggraini", queues=("*",))
    assert grant_versions(office, NOTE)["dian"] == [1, 2]
    assert notes_read(office, "dian") == ALL_NOTES
    work(office, "hendra")
    work(office, "sari")
    office.hire("eka", "Eka Putri", queues=("*",))
    assert grant_versions(office, NOTE)["eka"] == [2]
    assert notes_read(office, "eka") == ALL_NOTES


def test_that_an_old_class_key_opens_no_new_box(office: MadeOffice) -> None:
    hendra = office.bare("hendra")
    old = hendra.identity.class_keys[NOTE, 1]
    hendra.end()
    rotate(office, NOTE)
    work(office, "hendra")
    work(office, "sari")
    assert boxes(office)
    for row in boxes(office):
        boxed = BoxedDataKey(row.batch, "note", row.version, row.box, row.check)
        with pytest.raises(SealError):
            open_data_key(office.made.plate.office, old, boxed)


# the next key

Act = Callable[[Rotation, DataClass], object]


def refusal(office: MadeOffice, account: str, act: Act, data_class: DataClass = NOTE) -> str:
    """The code with which somebody's act is refused."""
    session = office.bare(account, "command")
    with pytest.raises(TiraiError) as refused:
        act(Rotation(session.identity), data_class)
    session.end()
    return refused.value.code


@pytest.mark.parametrize(("account", "code"), [("adi", "no_class_key"), ("ratna", "role"), ("baru", "no_class_key")])
def test_that_only_a_supervisor_who_holds_the_class_proposes_its_next_key(
    office: MadeOffice, account: str, code: str
) -> None:
    office.hire("baru", "Baru Sekali", "supervisor", ("*",), grant=False)
    assert refusal(office, account, Rotation.propose) == code
    assert state(office, NOTE).version == 1


@pytest.mark.parametrize("account", ["hendra", "sari", "ratna"])
def test_that_only_an_administrator_confirms_it(office: MadeOffice, account: str) -> None:
    propose(office)
    assert refusal(office, account, Rotation.confirm) in {"own", "role"}
    assert state(office, NOTE).version == 1


def propose(office: MadeOffice, account: str = "hendra") -> None:
    session = office.bare(account, "command")
    Rotation(session.identity).propose(NOTE)
    session.end()


def test_that_nothing_waits_where_nobody_proposed(office: MadeOffice) -> None:
    propose(office)
    assert refusal(office, "adi", Rotation.confirm, CONTACT) == "over"


def test_that_whoever_loses_the_class_before_the_confirmation_gets_no_new_key(office: MadeOffice) -> None:
    """Their grant lies with the proposal already, so the proposal falls; the next one leaves them out."""
    propose(office)
    adi = office.command("adi")
    adi.accounts.change("ratna", role=Role.ADMINISTRATOR)
    adi.end()
    assert refusal(office, "adi", Rotation.confirm) == "holders_changed"
    rotate(office, NOTE)
    assert set(grant_versions(office, NOTE)) == {"hendra", "sari", "recovery"}
    assert state(office, NOTE).is_due is False


def test_that_a_class_is_due_once_somebody_has_lost_it(office: MadeOffice) -> None:
    adi = office.command("adi")
    adi.accounts.change("ratna", role=Role.ADMINISTRATOR)
    adi.end()
    assert (state(office, NOTE).is_due, state(office, DataClass.SPECIAL).is_due) == (True, False)


def test_that_an_own_proposal_makes_room_for_a_newer_one_and_somebody_elses_does_not(office: MadeOffice) -> None:
    propose(office)
    propose(office)
    assert (state(office, NOTE).proposed_by, state(office, CONTACT).proposed_by) == ("hendra", "")
    assert refusal(office, "sari", Rotation.propose) == "waits"
    rotate(office, NOTE)
    assert (state(office, NOTE).version, state(office, NOTE).proposed_by) == (2, "")


def test_that_the_next_key_is_sealed_to_each_who_holds_the_class_and_to_recovery(office: MadeOffice) -> None:
    rotate(office, NOTE)
    assert set(grant_versions(office, NOTE)) == {"hendra", "sari", "ratna", "recovery"}
    for account in ("hendra", "sari", "ratna"):
        session = office.bare(account)
        secret = session.identity.class_keys[NOTE, 2]
        assert hpke.public_of(secret) == session.identity.book.class_public(NOTE, 2)
        session.end()


# a key that does not open


def spoil(office: MadeOffice, account: str, version: int) -> None:
    """The grant of a class key that somebody made falsely, or that a disk has spoilt."""
    table = schema.class_grants
    with opened(office).writing() as db:
        same = (table.c.account == account, table.c.data_class == "note", table.c.version == version)
        db.execute(table.update().where(*same).values(sealed=b"\x01" + bytes(1200)))


@pytest.mark.parametrize("account", ["sari", "recovery"])
def test_that_a_class_key_which_does_not_open_is_sealed_anew_by_another_holder(
    office: MadeOffice, account: str
) -> None:
    rotate(office, NOTE)
    spoil(office, account, 2)
    if account == "sari":
        assert state(office, NOTE, account).is_lacking
        assert work(office, account) == Progress(), "nothing is sealed to what one cannot open"
    hendra = office.bare("hendra", "command")
    assert NOTE in Rotation(hendra.identity).mend(account)
    hendra.end()
    rows = [g for g in rows_of(office, "class_grants") if (g.account, g.data_class) == (account, "note")]
    assert [g.version for g in rows] == [1, 2]
    assert all(g.sealed != b"\x01" + bytes(1200) for g in rows)
    if account == "sari":
        assert not state(office, NOTE, account).is_lacking


def test_that_nobody_gets_a_class_by_mending(office: MadeOffice) -> None:
    office.hire("baru", "Baru Sekali", grant=False)
    assert refusal(office, "hendra", lambda rotation, _class: rotation.mend("baru")) == ""
    assert refusal(office, "ratna", lambda rotation, _class: rotation.mend("sari")) == "role"


# somebody who lies


def bring(who: Bare, batches: list[bytes], box: bytes, *, version: int = 2, signer: Bare | None = None) -> int:
    """New boxes as a changed console would bring them."""
    pairs = [(batch, box) for batch in batches]
    body = resealed_body(who.identity.office, who.identity.session, "note", version, pairs, [])
    request = Resealed(
        data_class="note",
        version=version,
        boxes=tuple(NewBox(batch=b, box=x) for b, x in pairs),
        stuck=(),
        signature=(signer or who).identity.sign(body),
    )
    return who.client.bring_resealed(request).taken


def judge(
    who: Bare, good: list[tuple[bytes, bytes]], bad: list[tuple[bytes, bytes]], signer: Bare | None = None
) -> int:
    """A word on new boxes as a changed console would give it."""
    body = checked_body(who.identity.office, who.identity.session, "note", 2, good, bad)
    request = Checked(
        data_class="note",
        version=2,
        good=tuple(JudgedBox(batch=b, digest=d) for b, d in good),
        bad=tuple(JudgedBox(batch=b, digest=d) for b, d in bad),
        signature=(signer or who).identity.sign(body),
    )
    return who.client.bring_checked(request).taken


def garbage(office: MadeOffice, batch: bytes) -> bytes:
    """A box to the right key, for the right batch, with another data key in it."""
    book = opened(office).book
    info = lp("data-key", book.office, "note", 2, batch)
    return hpke.seal(book.class_public(NOTE, 2), bytes(32), info)


def test_that_a_false_new_box_is_found_dropped_and_told_of_and_the_old_one_stays(office: MadeOffice) -> None:
    rotate(office, NOTE)
    hendra, victim = office.bare("hendra", "command"), boxes(office)[0]
    assert bring(hendra, [victim.batch], garbage(office, victim.batch)) == 1
    sealer = hendra.identity.session
    hendra.end()
    work(office, "hendra")
    found = work(office, "sari", 3)
    assert (found.checked, found.bad) == (NOTES - 1, 1)
    (row,) = [r for r in boxes(office) if r.batch == victim.batch]
    assert (row.version, row.box, row.next_box) == (1, victim.box, None)
    (told,) = [e for e in entries(office, "class.check") if e.outcome == "failed"]
    assert (told.actor, told.acting_with, told.reference) == ("sari", "hendra", sealer.hex())
    work(office, "hendra")
    work(office, "sari")
    assert state(office, NOTE).in_use == (2,)
    assert notes_read(office) == ALL_NOTES


def test_that_nobody_calls_a_box_good_in_the_session_that_made_it(office: MadeOffice) -> None:
    rotate(office, NOTE)
    hendra, victim = office.bare("hendra", "command"), boxes(office)[0]
    false = garbage(office, victim.batch)
    bring(hendra, [victim.batch], false)
    assert judge(hendra, [(victim.batch, sha256(false))], []) == 0
    hendra.end()
    again = office.bare("hendra", "console")
    assert judge(again, [(victim.batch, sha256(false))], []) == 0, "and not in another session of theirs"
    again.end()
    (row,) = [r for r in boxes(office) if r.batch == victim.batch]
    assert row.box == victim.box


def test_that_a_word_counts_for_the_very_box_that_was_opened(office: MadeOffice) -> None:
    rotate(office, NOTE)
    work(office, "hendra")
    sari, row = office.bare("sari", "command"), boxes(office)[0]
    assert judge(sari, [(row.batch, sha256(b"another"))], []) == 0
    assert judge(sari, [], [(row.batch, sha256(b"another"))]) == 0
    assert judge(sari, [(row.batch, sha256(row.next_box))], []) == 1
    assert judge(sari, [(row.batch, sha256(row.next_box))], []) == 0, "once"
    sari.end()


def test_that_what_another_session_signed_is_refused(office: MadeOffice) -> None:
    rotate(office, NOTE)
    hendra, sari = office.bare("hendra", "command"), office.bare("sari", "command")
    victim = boxes(office)[0]
    refused: tuple[Callable[[], int], ...] = (
        lambda: bring(hendra, [victim.batch], victim.box, signer=sari),
        lambda: judge(sari, [(victim.batch, bytes(32))], [], signer=hendra),
    )
    for call in refused:
        with pytest.raises(NotAllowedError) as refusal:
            call()
        assert refusal.value.code == "signature"
    hendra.end()
    sari.end()


@pytest.mark.parametrize("size", [0, 1, 1168, 1170, 60_000])
def test_that_only_a_box_of_the_right_size_is_kept(office: MadeOffice, size: int) -> None:
    rotate(office, NOTE)
    hendra, victim = office.bare("hendra", "command"), boxes(office)[0]
    assert len(victim.box) == 1169
    with pytest.raises(TiraiError):
        bring(hendra, [victim.batch], bytes(size))
    hendra.end()
    assert all(r.next_box is None for r in boxes(office))


@pytest.mark.parametrize("version", [1, 3])
def test_that_boxes_for_another_version_than_the_newest_are_refused(office: MadeOffice, version: int) -> None:
    rotate(office, NOTE)
    hendra, victim = office.bare("hendra", "command"), boxes(office)[0]
    with pytest.raises(TiraiError) as refusal:
        bring(hendra, [victim.batch], victim.box, version=version)
    assert refusal.value.code == "class_rotated"
    hendra.end()


def test_that_a_box_which_does_not_open_stays_is_told_of_and_holds_nothing_up(office: MadeOffice) -> None:
    rotate(office, NOTE)
    victim = boxes(office)[0]
    with opened(office).writing() as db:
        table = schema.data_keys
        db.execute(table.update().where(table.c.batch == victim.batch).values(check=bytes(16)))
    assert work(office, "hendra") == Progress(resealed=NOTES - 1, stuck=1, left=1)
    work(office, "sari")
    now = state(office, NOTE)
    assert (now.waiting, now.unchecked, now.stuck, now.in_use) == (1, 0, 1, (1, 2))
    assert "failed" in {e.outcome for e in entries(office, "class.reseal")}
    assert set(map(tuple, grant_versions(office, NOTE).values())) == {(1, 2)}, "somebody may still open it"


def test_that_the_console_seals_to_no_key_but_the_books(office: MadeOffice, monkeypatch: pytest.MonkeyPatch) -> None:
    """An office that names a version which the book does not show gets nothing."""
    rotate(office, NOTE)
    hendra = office.bare("hendra", "command")
    real = hendra.client.boxes
    monkeypatch.setattr(hendra.client, "boxes", lambda c, n: real(c, n).model_copy(update={"version": 9}))
    with pytest.raises(TiraiError):
        list(Rotation(hendra.identity).work())
    hendra.end()
    assert all(r.next_box is None for r in boxes(office))


# numbers and kills


def test_that_progress_is_told_after_each_chunk(office: MadeOffice) -> None:
    rotate(office, NOTE)
    hendra = office.bare("hendra", "command")
    told = [(p.resealed, p.left) for p in Rotation(hendra.identity).work()]
    hendra.end()
    assert told == [(3, 4), (6, 1), (7, 0)]


def test_that_each_chunk_stands_in_the_log_without_a_value(office: MadeOffice) -> None:
    rotate(office, NOTE)
    work(office, "hendra")
    work(office, "sari")
    assert [e.detail for e in entries(office, "class.reseal")] == [f"version=2 boxes={n} stuck=0" for n in (3, 3, 1)]
    assert [e.detail for e in entries(office, "class.check")] == [f"version=2 boxes={n}" for n in (3, 3, 1)]
    (gone,) = entries(office, "class.rotated")
    assert (gone.data_class, gone.detail) == ("note", "versions=1 grants=4")


def test_that_an_office_which_died_in_the_midst_goes_on(office: MadeOffice) -> None:
    rotate(office, NOTE)
    work(office, "hendra", 2)
    office.stop()
    office.serve()
    work(office, "sari", 1)
    office.stop()
    office.serve()
    work(office, "hendra")
    work(office, "sari")
    assert state(office, NOTE).in_use == (2,)
    assert notes_read(office) == ALL_NOTES


def test_that_an_old_key_goes_at_the_next_opening_where_the_last_old_box_went_with_its_note(tmp_path: Path) -> None:
    with made_office(tmp_path) as office:
        office.hire("ratna", "Ratna Dewanti", queues=("*",))
        office.bring_in(demo_customers(1, 7))
        desk = office.desk("ratna")
        note = desk.new_note()
        desk.save_note(desk.customer(1).record, note, "first")
        rotate(office, NOTE)
        desk.save_note(desk.customer(1).record, note, "first, mended")
        desk.end("signed_out")
        assert grant_versions(office, NOTE)["ratna"] == [1, 2]
        office.stop()
        office.serve()
        assert notes_read(office) == {"first, mended"}
        assert grant_versions(office, NOTE)["ratna"] == [2]
