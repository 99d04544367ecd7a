"""An entry of the outbox: opened by its office alone, proven by its author alone, and of one length for many texts."""

import secrets
from dataclasses import replace

import pytest

from app.auth.outbox_entry import (
    BLOCK,
    EntryKind,
    OutboxEntry,
    first_link,
    link_of,
    note_of,
    note_payload,
    open_entry,
)
from app.crypto import hpke, signing
from app.crypto.errors import SealError
from app.crypto.labels import lp
from app.domain.kept_find import KeptFind

OFFICE, OTHER = secrets.token_bytes(32), secrets.token_bytes(32)
SECRET, SEED = hpke.new_secret(), signing.new_seed()
RECORD, SESSION, NOTE = (secrets.token_bytes(16) for _ in range(3))


def entry(text: str = "Caller disputes a charge.", number: int = 1) -> OutboxEntry:
    payload = note_payload(RECORD, 7, text)
    return OutboxEntry("ratna", SESSION, number, first_link(OFFICE, SESSION), EntryKind.NOTE, NOTE, payload)


def sealed(of: OutboxEntry | None = None, office: bytes = OFFICE, seed: bytes = SEED) -> bytes:
    return (of or entry()).sealed(office, hpke.public_of(SECRET), seed)


def packed(inner: bytes, office: bytes = OFFICE) -> bytes:
    return hpke.seal(hpke.public_of(SECRET), inner, lp("outbox", office))


def padded(inner: bytes) -> bytes:
    return inner + b"\x80" + bytes(-(len(inner) + 1) % BLOCK)


def test_that_the_office_gets_back_what_was_kept_and_who_wrote_it() -> None:
    opened = open_entry(OFFICE, SECRET, sealed())
    assert opened.entry == entry()
    assert note_of(opened.entry.payload) == (RECORD, 7, "Caller disputes a charge.", ())
    opened.check_author(signing.public_of(SEED))
    with pytest.raises(SealError):
        opened.check_author(signing.public_of(signing.new_seed()))


@pytest.mark.parametrize(
    "text", ["", "x", "é\U0001f642" * 900, "e\u0301 stays as it was typed", "a\x80", "ends in zeros\0\0"]
)
def test_that_a_text_comes_through_byte_for_byte(text: str) -> None:
    opened = open_entry(OFFICE, SECRET, sealed(entry(text)))
    assert note_of(opened.entry.payload)[2] == text


def test_that_what_is_to_stay_as_typed_comes_through_with_its_reasons() -> None:
    keeps = (KeptFind("0812 3456 7890", "other_person"), KeptFind("cs@example.id", "not_a_person"))
    payload = note_payload(RECORD, 7, "Call 0812 3456 7890 or cs@example.id", keeps)
    assert note_of(payload)[3] == keeps


@pytest.mark.parametrize("parts", [(b"0812",), (b"0812", b"x", b"0813"), (b"\xff", b"x")])
def test_that_a_note_whose_kept_finds_have_another_form_is_refused(parts: tuple[bytes, ...]) -> None:
    with pytest.raises(SealError):
        note_of(lp("outbox-note", RECORD, (7).to_bytes(8, "big"), b"text", *parts))


def test_that_half_of_a_pair_of_surrogates_does_not_stop_a_note() -> None:
    assert note_of(note_payload(RECORD, 1, "before \ud83d after"))[2] == "before ? after"


def test_that_texts_of_many_lengths_have_one_length_sealed() -> None:
    lengths = {len(sealed(entry("x" * n))) for n in range(0, 120, 7)}
    assert len(lengths) == 1
    assert (lengths.pop() - (len(hpke.seal(hpke.public_of(SECRET), b"", b"")))) % BLOCK == 0


def test_that_each_flipped_byte_and_each_cut_is_refused() -> None:
    whole = sealed()
    for at in range(0, len(whole), 7):
        with pytest.raises(SealError):
            open_entry(OFFICE, SECRET, whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
    for cut in (0, 1, 16, len(whole) - 1):
        with pytest.raises(SealError):
            open_entry(OFFICE, SECRET, whole[:cut])


def test_that_another_office_opens_nothing_even_with_the_same_key() -> None:
    with pytest.raises(SealError):
        open_entry(OTHER, SECRET, sealed())
    with pytest.raises(SealError):
        open_entry(OFFICE, hpke.new_secret(), sealed())
    body = entry().body(OTHER)  # the envelope of one office around the letter to another
    with pytest.raises(SealError):
        open_entry(OFFICE, SECRET, packed(padded(lp("outbox-sealed", body, signing.sign(SEED, body)))))


def body_with(**change: object) -> bytes:
    return replace(entry(), **change).body(OFFICE)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "inner",
    [
        b"",
        padded(b""),
        padded(lp("outbox-sealed")),
        padded(lp("outbox-sealed", b"", b"")),
        padded(lp("other", entry().body(OFFICE), bytes(64))),
        padded(lp("outbox-sealed", lp("outbox-entry", OFFICE), bytes(64))),
        padded(lp("outbox-sealed", body_with(session=b"short"), bytes(64))),
        padded(lp("outbox-sealed", body_with(id=bytes(17)), bytes(64))),
        padded(lp("outbox-sealed", lp("outbox-entry", OFFICE, b"\xff", SESSION, 1, b"", "note", NOTE, b""), bytes(64))),
        padded(lp("outbox-sealed", lp("outbox-entry", OFFICE, "r", SESSION, 1, b"", "other", NOTE, b""), bytes(64))),
        padded(lp("outbox-sealed", lp("outbox-entry", OFFICE, "r", SESSION, b"1", b"", "note", NOTE, b""), bytes(64))),
        padded(b"\x00\x00"),
        padded(lp("outbox-sealed", entry().body(OFFICE), bytes(64)))[:-1],
        lp("outbox-sealed", entry().body(OFFICE), bytes(64)).ljust(1024, b"\0"),
    ],
    ids=range(14),
)
def test_that_another_form_is_refused(inner: bytes) -> None:
    with pytest.raises(SealError):
        open_entry(OFFICE, SECRET, packed(inner))


def test_that_names_which_are_not_normalised_are_refused() -> None:
    """Two spellings of one account would be two bodies: only the one that `lp` makes is taken."""
    body = lp("outbox-entry", OFFICE, "re\u0301mi".encode(), SESSION, 1, b"", "note", NOTE, b"")
    with pytest.raises(SealError):
        open_entry(OFFICE, SECRET, packed(padded(lp("outbox-sealed", body, bytes(64)))))


@pytest.mark.parametrize(
    "payload",
    [
        b"",
        lp("outbox-note"),
        lp("outbox-note", b"short", 1, b""),
        lp("outbox-note", RECORD, b"1", b""),
        lp("outbox-note", RECORD, 1, b"\xff"),
        b"\x00\x00",
    ],
    ids=range(6),
)
def test_that_a_payload_which_is_no_note_is_told(payload: bytes) -> None:
    with pytest.raises(SealError):
        note_of(payload)


def test_that_the_chain_hangs_on_what_lies_sealed_and_begins_with_office_and_session() -> None:
    one = sealed()
    assert link_of(one) != link_of(sealed()), "the same words sealed twice are two links: nobody guesses words by them"
    assert len({first_link(OFFICE, SESSION), first_link(OTHER, SESSION), first_link(OFFICE, NOTE)}) == 3


def test_that_an_entry_does_not_show_its_words() -> None:
    assert "disputes" not in repr(entry()) + repr(open_entry(OFFICE, SECRET, sealed()))
