"""The audit chain: each way of rewriting history, and the first wrong number that a verification names."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.auth.audit_chain import AuditEntry, Checkpoint, Verdict, Witness, first_hash, link, proves, verify_chain
from app.crypto import signing
from app.crypto.derive import sha256
from app.crypto.labels import lp

OFFICE = bytes(range(32))
SEED = signing.new_seed()
PUBLIC = signing.public_of(SEED)


def chain(length: int, office: bytes = OFFICE) -> list[AuditEntry]:
    head, entries = first_hash(office), []
    for number in range(1, length + 1):
        entry = AuditEntry(number, 1000 * number, "reveal", "ok", actor="ratna", field="email").chained(office, head)
        head = entry.hash
        entries.append(entry)
    return entries


ENTRIES = chain(10)


def mark(number: int, head: bytes, seed: bytes = SEED) -> Checkpoint:
    return Checkpoint(number, head, signing.sign(seed, Checkpoint.body(OFFICE, number, head)))


MARKS = [mark(4, ENTRIES[3].hash), mark(8, ENTRIES[7].hash)]
SEEN = Witness(9, ENTRIES[8].hash)


def judged(
    entries: list[AuditEntry], marks: list[Checkpoint] = MARKS, witness: Witness | None = SEEN, public: bytes = PUBLIC
) -> Verdict:
    return verify_chain(OFFICE, entries, marks, public, witness)


def rechained(entries: list[AuditEntry], after: int = 0) -> list[AuditEntry]:
    """What a forger with the database does: hashes anew, without the checkpoint key."""
    head, done = first_hash(OFFICE), []
    for number, entry in enumerate(entries, 1):
        done.append(replace(entry, number=number).chained(OFFICE, head) if number > after else entry)
        head = done[-1].hash
    return done


def test_that_a_whole_chain_holds() -> None:
    assert judged(ENTRIES) == Verdict(10)
    assert judged(ENTRIES).ok


def test_that_a_chain_may_have_grown_since_it_was_seen() -> None:
    assert judged(chain(12)).ok


def test_that_an_empty_chain_holds_where_nothing_was_seen() -> None:
    assert judged([], [], None).ok


@pytest.mark.parametrize("at", range(10))
@pytest.mark.parametrize(
    "change",
    [
        {"at_ms": 5},
        {"event": "x"},
        {"outcome": "refused"},
        {"actor": "budi"},
        {"acting_with": "x"},
        {"session": "x"},
        {"seat": "x"},
        {"record": "x"},
        {"field": "nik"},
        {"data_class": "x"},
        {"reason": "x"},
        {"reference": "x"},
        {"detail": "x"},
        {"hash": bytes(32)},
    ],
    ids=lambda c: next(iter(c)),
)
def test_that_an_edited_entry_is_named(at: int, change: dict[str, object]) -> None:
    edited = [*ENTRIES[:at], replace(ENTRIES[at], **change), *ENTRIES[at + 1 :]]  # type: ignore[arg-type]
    assert judged(edited) == Verdict(at, at + 1, "edited")


def test_that_text_moved_from_one_column_to_the_next_is_an_edit() -> None:
    moved = replace(ENTRIES[0], actor="ratn", acting_with="a")
    assert judged([moved, *ENTRIES[1:]]).why == "edited"


@pytest.mark.parametrize("at", range(9))
def test_that_a_missing_entry_is_named(at: int) -> None:
    assert judged([*ENTRIES[:at], *ENTRIES[at + 1 :]]) == Verdict(at, at + 1, "missing")


def test_that_entries_out_of_order_are_named() -> None:
    assert judged([*ENTRIES[:3], ENTRIES[1], *ENTRIES[3:]]) == Verdict(3, 4, "order")


@pytest.mark.parametrize("kept", [0, 3, 7])
def test_that_a_tail_cut_before_a_checkpoint_is_named(kept: int) -> None:
    assert judged(ENTRIES[:kept], MARKS, None) == Verdict(kept, kept + 1, "tail_cut")


def test_that_a_tail_cut_after_the_last_checkpoint_is_named_by_the_witness() -> None:
    assert judged(ENTRIES[:8], MARKS, None).ok
    assert judged(ENTRIES[:8]) == Verdict(8, 9, "tail_cut")


def test_that_a_chain_made_anew_is_named_at_the_first_checkpoint() -> None:
    forged = rechained([replace(e, actor="budi") for e in ENTRIES])
    assert judged(forged) == Verdict(4, 4, "checkpoint")


def test_that_a_chain_made_anew_after_the_last_checkpoint_is_named_by_the_witness() -> None:
    forged = rechained([*ENTRIES[:8], replace(ENTRIES[8], actor="budi"), ENTRIES[9]], after=8)
    assert judged(forged) == Verdict(9, 9, "witness")
    assert judged(forged, witness=None).ok


def test_that_a_removed_checkpoint_does_not_hide_what_the_witness_saw() -> None:
    forged = rechained([replace(e, actor="budi") for e in ENTRIES])
    assert judged(forged, []) == Verdict(9, 9, "witness")


def test_that_a_checkpoint_of_another_key_is_named() -> None:
    forged = [mark(4, ENTRIES[3].hash, signing.new_seed()), MARKS[1]]
    assert judged(ENTRIES, forged) == Verdict(4, 4, "checkpoint")


def test_that_a_checkpoint_moved_to_another_number_is_named() -> None:
    assert judged(ENTRIES, [replace(MARKS[0], number=5)]) == Verdict(5, 5, "checkpoint")


def test_that_a_checkpoint_over_another_head_is_named_although_it_is_rightly_signed() -> None:
    assert judged(ENTRIES, [mark(4, bytes(32))]) == Verdict(4, 4, "checkpoint")


def test_that_another_offices_chain_is_not_ours() -> None:
    assert judged(chain(10, bytes(32))) == Verdict(0, 1, "edited")


def test_that_the_digests_since_a_witness_prove_the_head() -> None:
    digests = [e.digest(OFFICE) for e in ENTRIES[4:]]
    seen = Witness(4, ENTRIES[3].hash)
    assert proves(seen, ENTRIES[9].hash, digests)
    assert proves(Witness(10, ENTRIES[9].hash), ENTRIES[9].hash, [])
    assert not proves(seen, ENTRIES[9].hash, digests[1:])
    assert not proves(seen, ENTRIES[9].hash, [digests[1], digests[0], *digests[2:]])
    assert not proves(Witness(4, bytes(32)), ENTRIES[9].hash, digests)


def test_that_one_forged_link_is_seen() -> None:
    assert link(ENTRIES[0].hash, ENTRIES[1].digest(OFFICE)) == ENTRIES[1].hash


# a log that was cut, and written on by whoever comes to verify it


def written_on(kept: int, *events: tuple[str, str, str]) -> list[AuditEntry]:
    """The first entries of the true log, and what was appended after the cut."""
    entries = ENTRIES[:kept]
    head = entries[-1].hash
    for number, (event, reason, session) in enumerate(events, kept + 1):
        entry = AuditEntry(number, 99_000, event, "ok", reason=reason, session=session).chained(OFFICE, head)
        head = entry.hash
        entries.append(entry)
    return entries


LOST, TURNED_AWAY, READER = ("session.end", "office_lost", "old"), ("sign_in", "rolled_back", ""), ("sign_in", "", "me")
LOCKED = ("session.lock", "office_lost", "other")


@pytest.mark.parametrize("cut", range(1, 9))
@pytest.mark.parametrize("before", [(), (LOST,), (LOST, LOCKED), (TURNED_AWAY,), (LOST, TURNED_AWAY, TURNED_AWAY)])
def test_that_the_reader_of_a_cut_log_learns_the_first_missing_number(
    cut: int, before: tuple[tuple[str, str, str], ...]
) -> None:
    kept = len(ENTRIES) - cut
    verdict = verify_chain(
        OFFICE, written_on(kept, *before, READER), [], PUBLIC, Witness(10, ENTRIES[9].hash), reader="me"
    )
    assert verdict.first_bad == (kept + 1 if len(before) < cut else 10)
    assert not verdict.ok


def test_that_a_reader_who_remembers_nothing_longer_accuses_nobody() -> None:
    for witness in (None, SEEN, Witness(10, ENTRIES[9].hash)):
        assert verify_chain(OFFICE, written_on(10, LOST, READER), [], PUBLIC, witness, reader="me").ok


def test_that_without_a_reader_an_entry_of_a_session_is_just_an_entry() -> None:
    verdict = verify_chain(OFFICE, written_on(7, READER), [], PUBLIC, Witness(10, ENTRIES[9].hash))
    assert (verdict.first_bad, verdict.why) == (9, "tail_cut")


# the short way to the bytes of an entry


TEXTS = st.text(max_size=200)


@given(
    number=st.integers(0, 2**53),
    at_ms=st.integers(0, 2**53),
    texts=st.lists(st.one_of(st.text(st.characters(codec="ascii"), max_size=140), TEXTS), min_size=12, max_size=12),
)
def test_that_an_entry_is_digested_over_its_length_prefixed_parts_however_long_and_in_whatever_script(
    number: int, at_ms: int, texts: list[str]
) -> None:
    entry = AuditEntry(number, at_ms, *texts)  # type: ignore[arg-type]
    assert entry.digest(OFFICE) == sha256(lp("audit-entry", OFFICE, number, at_ms, *texts))


@pytest.mark.parametrize("length", [0, 1, 127, 128, 255, 256, 65_536])
def test_that_a_text_of_any_length_is_digested_with_its_length(length: int) -> None:
    entry = AuditEntry(1, 2, "reveal", "ok", detail="x" * length)
    assert entry.digest(OFFICE) == sha256(lp("audit-entry", OFFICE, 1, 2, "reveal", "ok", *[""] * 9, "x" * length))


def test_that_a_link_is_made_over_both_length_prefixed_hashes() -> None:
    before, digest = ENTRIES[0].hash, ENTRIES[1].digest(OFFICE)
    assert link(before, digest) == sha256(lp("audit-link", before, digest))


@pytest.mark.parametrize("change", [{"at_ms": -1}, {"at_ms": 2**64}, {"actor": "\ud800"}], ids=str)
def test_that_an_entry_that_no_office_can_write_is_named_and_stops_nobody(change: dict[str, object]) -> None:
    edited = [*ENTRIES[:3], replace(ENTRIES[3], **change), *ENTRIES[4:]]  # type: ignore[arg-type]
    assert judged(edited) == Verdict(3, 4, "edited")
