"""Archives: a segment between a head and the office's signature; each byte that is changed is found out."""

import gzip
import json
import random
from dataclasses import replace
from pathlib import Path

import pytest

from app.auth.audit_chain import AuditEntry, Checkpoint, first_hash
from app.crypto import signing
from app.domain.errors import InputRefusedError, VerificationError, WorkstationError
from app.siem.archive import ArchiveError, NewArchive, archives_in, judge_archive, judge_archives
from app.siem.export_place import ExportPlace
from app.siem.json_lines import line_of
from tests.office.made_log import OFFICE, made_log

LOG = made_log(400)
SEED = signing.new_seed()
PUBLIC = signing.public_of(SEED)
PLACES = 100


def mark(number: int, seed: bytes = SEED) -> Checkpoint:
    head = LOG[number - 1].hash
    return Checkpoint(number, head, signing.sign(seed, Checkpoint.body(OFFICE, number, head)))


def place(number: int) -> ExportPlace:
    return ExportPlace(number, LOG[number - 1].hash if number else first_hash(OFFICE))


def archived(folder: Path, after: int, last: int) -> Path:
    new = NewArchive(folder, OFFICE, place(after))
    for at in range(after, last, 50):
        new.take(LOG[at : min(last, at + 50)])
    return new.finish(mark(last), PUBLIC).path


def rewritten(path: Path, lines: list[bytes]) -> Path:
    path.write_bytes(gzip.compress(b"".join(lines)))
    return path


def lines_of(path: Path) -> list[bytes]:
    return gzip.decompress(path.read_bytes()).splitlines(keepends=True)


def refused(path: Path) -> tuple[int, str]:
    with pytest.raises(ArchiveError) as refusal:
        judge_archive(path, OFFICE, PUBLIC)
    return refusal.value.first_bad, refusal.value.message


def test_that_archives_hold_and_follow_each_other(tmp_path: Path) -> None:
    for after, last in ((0, 100), (100, 200), (200, 400)):
        path = archived(tmp_path, after, last)
        assert path.stat().st_mode & 0o777 == 0o600
    judged = judge_archives(archives_in(tmp_path, OFFICE), OFFICE, PUBLIC)
    assert [(a.first, a.last) for a in judged] == [(1, 100), (101, 200), (201, 400)]
    assert judged[-1].head == LOG[399].hash
    assert sorted(p.name for p in tmp_path.iterdir()) == [p.path.name for p in judged], "nothing else lies there"


def test_that_each_way_of_rewriting_an_archive_is_named_at_a_hundred_places(tmp_path: Path) -> None:
    chance, path = random.Random(33), archived(tmp_path, 100, 300)
    true = lines_of(path)
    head, entries, end = true[0], true[1:-1], true[-1]
    for _ in range(PLACES):
        at = chance.randrange(len(entries) - 2)
        number = 101 + at
        edited = line_of(OFFICE, replace(LOG[number - 1], actor="budi"))
        for lines, bad in (
            ([*entries[:at], edited, *entries[at + 1 :]], number),
            ([*entries[:at], *entries[at + 1 :]], number),
            ([*entries[:at], entries[at + 1], entries[at], *entries[at + 2 :]], number),
            ([*entries[:at], entries[chance.randrange(max(1, at))], *entries[at:]], number if at else 102),
            (entries[:at], 101 + at),
        ):
            assert refused(rewritten(path, [head, *lines, end]))[0] == bad
        assert refused(rewritten(path, [head, *entries[:at]]))[0] == number, "without its end"
    rewritten(path, true)
    assert judge_archive(path, OFFICE, PUBLIC).last == 300


def test_that_a_byte_changed_anywhere_in_the_file_is_found_out(tmp_path: Path) -> None:
    """Some bytes of gzip's own head say nothing; then the archive is what it was."""
    chance, path = random.Random(34), archived(tmp_path, 0, 100)
    true, content = path.read_bytes(), lines_of(path)
    for _ in range(PLACES):
        at = chance.randrange(len(true))
        path.write_bytes(true[:at] + bytes([true[at] ^ (1 << chance.randrange(8))]) + true[at + 1 :])
        try:
            judge_archive(path, OFFICE, PUBLIC)
        except (VerificationError, InputRefusedError, WorkstationError):
            continue
        assert lines_of(path) == content


@pytest.mark.parametrize("cut", [1, 8, 9, 100, 2000])
def test_that_a_file_that_was_cut_is_named(tmp_path: Path, cut: int) -> None:
    path = archived(tmp_path, 0, 200)
    path.write_bytes(path.read_bytes()[:-cut])
    assert refused(path)[0] > 0 or "archive" in refused(path)[1]


def test_that_a_signature_of_another_key_or_over_another_point_is_refused(tmp_path: Path) -> None:
    path = archived(tmp_path, 0, 100)
    true = lines_of(path)
    words = json.loads(true[-1])
    stranger = mark(100, signing.new_seed())
    for change in (
        {"signature": stranger.signature.hex()},
        {"signature": mark(200).signature.hex()},
        {"hash": LOG[150].hash.hex()},
        {"last": 99},
    ):
        end = json.dumps(words | change).encode() + b"\n"
        assert "signature" in refused(rewritten(path, [*true[:-1], end]))[1] or "last line" in refused(path)[1]


def test_that_a_segment_begun_elsewhere_is_refused(tmp_path: Path) -> None:
    path = archived(tmp_path, 100, 200)
    true = lines_of(path)
    words = json.loads(true[0])
    assert refused(rewritten(path, [json.dumps(words | {"before": "00" * 32}).encode() + b"\n", *true[1:]]))[0] == 101
    assert refused(rewritten(path, [json.dumps(words | {"first": 102}).encode() + b"\n", *true[1:]]))[0] == 102


def test_that_something_behind_the_end_is_refused(tmp_path: Path) -> None:
    path = archived(tmp_path, 0, 100)
    assert "behind its end" in refused(rewritten(path, [*lines_of(path), line_of(OFFICE, LOG[100])]))[1]


def test_that_an_archive_that_is_missing_or_twice_is_named(tmp_path: Path) -> None:
    first, second, third = (archived(tmp_path, *span) for span in ((0, 100), (100, 200), (200, 300)))
    with pytest.raises(ArchiveError, match="entry 101 is missing"):
        judge_archives([first, third], OFFICE, PUBLIC)
    with pytest.raises(ArchiveError, match="as well"):
        judge_archives([first, second, second], OFFICE, PUBLIC)


NO_ARCHIVES = {
    "nothing": b"",
    "text": b"hello",
    "a head": b"\x1f\x8b",
    "an empty one": gzip.compress(b"", mtime=0),
    "another list": gzip.compress(b"[1]\n", mtime=0),
}


@pytest.mark.parametrize("content", NO_ARCHIVES.values(), ids=NO_ARCHIVES)
def test_that_what_is_no_archive_is_not_taken_for_one(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "file"
    path.write_bytes(content)
    with pytest.raises((InputRefusedError, ArchiveError, WorkstationError)):
        judge_archive(path, OFFICE, PUBLIC)


def test_that_another_offices_archive_is_refused_and_not_found(tmp_path: Path) -> None:
    path = archived(tmp_path, 0, 100)
    assert archives_in(tmp_path, bytes(32)) == []
    with pytest.raises(InputRefusedError, match="another office"):
        judge_archive(path, bytes(32), PUBLIC)


def test_that_an_archive_that_does_not_hold_is_never_named(tmp_path: Path) -> None:
    """What was written is judged as it lies on the disk, before it gets its name."""
    new = NewArchive(tmp_path, OFFICE, place(0))
    broken: list[AuditEntry] = [*LOG[:50], *LOG[51:100]]
    new.take(broken)
    with pytest.raises(ArchiveError, match="entry 51"):
        new.finish(mark(100), PUBLIC)
    assert list(tmp_path.iterdir()) == []
