"""Numbers of persons in notes: what is sealed, parked and drafted has their masks, through all real parts."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.api.messages.reveals import KeptInNote, SaveNote
from app.domain.kept_find import MOST_KEPT, KeptFind
from app.session.desk import Desk
from app.session.lock_place import PLACE_ITEM, NoteInHand, Place
from app.session.noting import DRAFT_ITEM
from tests.contract.conftest import Home
from tests.demo.customers import demo_customers
from tests.office.door import entries
from tests.office.made import MadeOffice

CARD, PHONE = "4111 1111 1111 1111", "0812-3456-7890"
TYPED = f"Card {CARD}, cvv 123, call {PHONE} about ticket 4100012345."
KEPT = "Card 4111 11 ••• 1111, cvv •••, call +62 ••• 90 about ticket 4100012345."


@pytest.fixture
def office(home: Home, tmp_path: Path) -> Iterator[MadeOffice]:
    with home(tmp_path) as it:
        it.hire("ratna", "Ratna Dewanti")
        it.bring_in(demo_customers(6, 3))
        yield it


def record_of(desk: Desk) -> str:
    return desk.customer(desk.search("", None).ids[0]).record


def texts(desk: Desk, record: str) -> list[str]:
    return [note.text.reveal() for note in desk.notes(record)]


def test_that_a_note_is_sealed_with_masks(office: MadeOffice) -> None:
    desk = office.desk("ratna")
    record = record_of(desk)
    desk.save_note(record, desk.new_note(), TYPED)
    assert texts(desk, record) == [KEPT]
    desk.end("signed_out")


def test_that_a_note_that_waits_has_masks_in_draft_and_outbox(office: MadeOffice) -> None:
    desk = office.desk("ratna")
    record, note, drafts = record_of(desk), desk.new_note(), []
    keep = desk._cache.keep

    def kept(item: str, data: bytes) -> None:
        if item == DRAFT_ITEM:
            drafts.append(json.loads(data)["text"])
        keep(item, data)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(desk._cache, "keep", kept)
        office.stop()
        office.places.socket("office").unlink(missing_ok=True)
        assert desk.save_note(record, note, TYPED).why is not None
        office.serve()
    assert drafts[0] == KEPT
    desk.end("signed_out")
    desk = office.desk("ratna")
    desk.deliver()
    assert texts(desk, record) == [KEPT]
    desk.end("signed_out")


def test_that_the_office_keeps_no_number_whatever_a_console_sends(office: MadeOffice) -> None:
    desk = office.desk("ratna")
    record, note = record_of(desk), desk.new_note()
    raw = SaveNote(note=bytes.fromhex(note), record=bytes.fromhex(record), text=TYPED, revision=1)
    desk._identity.client.save_note(raw)
    assert texts(desk, record) == [KEPT]
    desk.end("signed_out")


STAYS = KEPT.replace("+62 ••• 90", PHONE)


def kept_in_the_log(office: MadeOffice, note: str) -> list[tuple[str, str]]:
    return [(entry.reason, entry.detail) for entry in entries(office, "note.keep") if entry.reference == note]


def test_that_a_find_stays_for_a_reason_of_the_policy_and_the_log_says_which_and_why_once(office: MadeOffice) -> None:
    desk = office.desk("ratna")
    record, note = record_of(desk), desk.new_note()
    assert [reason.code for reason in desk.reasons_to_keep("phone")] == ["not_a_person", "other_person"]
    for text in (TYPED, f"{TYPED} And more."):
        desk.save_note(record, note, text, [KeptFind(PHONE, "other_person")])
    assert texts(desk, record) == [f"{STAYS} And more."]
    assert kept_in_the_log(office, note) == [("other_person", "find=phone")]
    desk.save_note(record, note, f"{TYPED} {PHONE}", [KeptFind(PHONE, "other_person")])
    assert kept_in_the_log(office, note) == [("other_person", "find=phone")] * 2, "it stays twice now"
    desk.end("signed_out")


@pytest.mark.parametrize(
    "keep",
    [
        KeptFind(CARD, "other_person"),
        KeptFind("123", "not_a_person"),
        KeptFind(PHONE, "no_such_reason"),
        KeptFind("0812-3456-789", "other_person"),
    ],
    ids=["card", "card_code", "unknown_reason", "another_text"],
)
def test_that_nothing_else_stays_whoever_asks_the_office_for_it(office: MadeOffice, keep: KeptFind) -> None:
    desk = office.desk("ratna")
    record, note = record_of(desk), desk.new_note()
    raw = SaveNote(
        note=bytes.fromhex(note),
        record=bytes.fromhex(record),
        text=TYPED,
        keeps=(KeptInNote(text=keep.text, reason=keep.reason),),
    )
    desk._identity.client.save_note(raw)
    assert texts(desk, record) == [KEPT]
    assert kept_in_the_log(office, note) == []
    assert desk.reasons_to_keep("card") == ()
    desk.end("signed_out")


def test_that_a_find_that_stays_comes_through_the_outbox(office: MadeOffice) -> None:
    desk = office.desk("ratna")
    record, note = record_of(desk), desk.new_note()
    office.stop()
    office.places.socket("office").unlink(missing_ok=True)
    assert desk.save_note(record, note, TYPED, [KeptFind(PHONE, "other_person")]).why is not None
    office.serve()
    desk.end("signed_out")
    desk = office.desk("ratna")
    desk.deliver()
    assert texts(desk, record) == [STAYS]
    assert kept_in_the_log(office, note) == [("other_person", "find=phone")]
    desk.end("signed_out")


def test_that_a_note_in_hand_at_a_lock_is_kept_with_masks(office: MadeOffice) -> None:
    desk = office.desk("ratna")
    record, note, kept = record_of(desk), desk.new_note(), dict[str, bytes]()
    keep = desk._cache.keep

    def kept_too(item: str, data: bytes) -> None:
        kept[item] = data
        keep(item, data)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(desk._cache, "keep", kept_too)
        desk.lock("by_hand", Place(record=record, note=NoteInHand(note, f"{TYPED} More.", TYPED, is_held=True)))
    assert Place.of(kept[PLACE_ITEM]).note == NoteInHand(note, f"{KEPT} More.", KEPT, is_held=True)
    said = b"".join(kept.values()).decode("utf-8", "replace")
    assert CARD not in said
    assert PHONE not in said


def test_that_one_number_a_thousand_times_stays_no_oftener_than_finds_may(office: MadeOffice) -> None:
    """Each that stays is an entry of the log."""
    desk = office.desk("ratna")
    record, note, reason = record_of(desk), desk.new_note(), desk.reasons_to_keep("phone")[0].code
    text = f"{PHONE} x\n" * 1_000
    raw = SaveNote(
        note=bytes.fromhex(note),
        record=bytes.fromhex(record),
        text=text,
        keeps=(KeptInNote(text=PHONE, reason=reason),),
    )
    desk._identity.client.save_note(raw)
    assert texts(desk, record)[0].count(PHONE) == MOST_KEPT
    assert len(entries(office, "note.keep")) == MOST_KEPT
    desk.end("signed_out")
