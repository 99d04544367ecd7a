"""Whoever sits at a locked workstation, or has its disk, and what is reported there.

The thief of the disk reads no word of a report (A1). A hand in the folder forges, moves, doubles and floods: the office
takes nothing but what this workstation signed, once, and says the rest in its log. Enforced by *key*; the bounds by
*software*. A process that dies at any step of keeping or bringing loses nothing that it acknowledged.
"""

import os
import secrets
import signal
import time
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from app.api.client import incidents as calls
from app.api.messages.incidents import MOST_BROUGHT, BringSuspicions
from app.auth.outside_report import OutsideReport, keep_office_key
from app.backoffice.incidents.brought import MOST_REFUSED
from app.crypto import hpke
from app.crypto.account_keys import seat_id, seat_sign_seed
from app.domain.incidents.words import Origin, Suspicion
from app.session.identity import new_id
from app.session.outside import OutsideBringing, OutsideReports
from app.storage.outside_reports import OutsideFolder, ReportNotKeptError
from tests.office.door import entries, opened, rows_of
from tests.office.made import Bare, MadeOffice, made_office
from tests.security.canaries import files_below


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MadeOffice]:
    with made_office(tmp_path_factory.mktemp("office")) as it:
        it.hire("dewi", "Dewi Lestari", "privacy_officer", ("*",))
        yield it


@pytest.fixture
def courier(office: MadeOffice) -> Iterator[Bare]:
    bare = office.bare("hendra")
    OutsideBringing(office.places.home, bare.identity).bring()
    yield bare
    bare.end()


def folder(office: MadeOffice) -> OutsideFolder:
    return OutsideFolder(office.places.home)


def outside(office: MadeOffice) -> OutsideReports:
    """The window of a person who is not in a hurry: the pause is over."""
    for path in folder(office).path.iterdir():
        os.utime(path, (1, 1), follow_symlinks=False)
    return OutsideReports(office.places.home, lambda: office.store)


def report_of(office: MadeOffice) -> OutsideReport:
    seat = seat_id(opened(office).id, office.store.seat_half())
    return OutsideReport(new_id(), Suspicion.MISUSE, "words", round(time.time() * 1000), Origin.SIGNED_OUT, "", seat)


def seal(office: MadeOffice, report: OutsideReport, half: bytes | None = None, public: bytes = b"") -> bytes:
    """As this workstation would, or another one."""
    id_, half = opened(office).id, half or office.store.seat_half()
    return report.sealed(id_, public or opened(office).book.office_entry.kem, seat_sign_seed(id_, half))


def fates(who: Bare, *sealed: bytes) -> list[tuple[str, str]]:
    answer = calls.bring(who.client, BringSuspicions(reports=sealed))
    return [(fate.outcome, fate.reason) for fate in answer.fates]


def told_of(office: MadeOffice, who: Bare) -> list[Any]:
    """What the log says of one session's bringing."""
    return [entry for entry in entries(office, "incident.brought") if entry.session == who.identity.session.hex()]


def numbers(office: MadeOffice) -> int:
    return len(rows_of(office, "incidents"))


@pytest.mark.attack("A1")
def test_that_no_word_of_a_report_and_nobodys_name_lies_in_the_profile(office: MadeOffice, courier: Bare) -> None:
    canary = f"S3NT-suspicion-{secrets.token_hex(16)}"
    outside_at_lock = OutsideReports(office.places.home, lambda: office.store, "hendra")
    outside(office)
    key = new_id().hex()
    outside_at_lock.report(key, Suspicion.LOST_DEVICE, canary)
    [(lies, box)] = [(path, found) for path, found in files_below(office.places.home) if path.name == key]
    for text in (canary, "hendra", "lost_device", "locked"):
        plain, wide = text.encode(), text.encode("utf-16-le")
        for form in (plain, wide, plain.hex().encode(), b64encode(plain)[:-2]):
            assert form not in box, lies
    for path, content in files_below(office.places.home):
        assert canary.encode() not in content, path
    OutsideBringing(office.places.home, courier.identity).bring()
    for path, content in files_below(office.places.home):
        assert canary.encode() not in content, path
    assert all(canary not in entry.detail for entry in entries(office))


def test_that_only_what_this_workstation_signed_for_this_office_is_taken(office: MadeOffice, courier: Bare) -> None:
    before, good = numbers(office), report_of(office)
    changed = bytearray(seal(office, good))
    changed[-1] ^= 1
    stranger = secrets.token_bytes(32)
    forged = {
        "seal": (b"", b"none of ours", bytes(changed), seal(office, good, public=hpke.public_of(hpke.new_secret()))),
        "seat": (seal(office, good, half=stranger), seal(office, replace(good, seat=bytes(16)))),
        "form": (
            seal(office, replace(good, origin=Origin.SIGNED_IN)),
            seal(office, replace(good, account="hendra")),
            seal(office, replace(good, origin=Origin.LOCKED)),
            seal(office, replace(good, made_ms=2**60)),
        ),
        "words": (seal(office, replace(good, words="a\u202eb")), seal(office, replace(good, words="x" * 2001))),
    }
    for reason, every in forged.items():
        assert fates(courier, *every) == [("refused", reason)] * len(every)
    assert numbers(office) == before
    refused = entries(office, "incident.brought")
    assert {entry.reason for entry in refused if entry.outcome == "refused"} >= set(forged)


def test_that_a_replay_is_taken_once_and_a_second_text_under_its_id_never(office: MadeOffice, courier: Bare) -> None:
    before, good = numbers(office), report_of(office)
    once = seal(office, good)
    assert fates(courier, once, once) == [("taken", ""), ("already", "")]
    again = office.bare("dewi")
    assert fates(again, once, seal(office, replace(good, made_ms=1))) == [("already", ""), ("refused", "taken")]
    again.end()
    assert numbers(office) == before + 1


def test_that_a_name_that_no_account_has_is_not_put_before_the_officer(office: MadeOffice, courier: Bare) -> None:
    named = replace(report_of(office), origin=Origin.LOCKED, account="call 0800 now")
    assert fates(courier, seal(office, named)) == [("taken", "")]
    [row] = [row for row in rows_of(office, "incidents") if row.id == named.id]
    assert (row.origin, row.locked_account, row.reported_by) == ("locked", "", "")


def test_that_a_flood_of_refused_ones_fills_no_log(office: MadeOffice) -> None:
    bare = office.bare("dewi")
    before = len(entries(office, "incident.brought"))
    for _ in range(MOST_REFUSED // MOST_BROUGHT + 3):
        fates(bare, *(secrets.token_bytes(64) for _ in range(MOST_BROUGHT)))
    assert len(entries(office, "incident.brought")) == before + MOST_REFUSED
    bare.end()


def test_that_a_hand_in_the_folder_puts_nothing_before_the_officer_and_is_told(
    office: MadeOffice, courier: Bare
) -> None:
    before, here = numbers(office), folder(office)
    outside(office).report(key := new_id().hex(), Suspicion.OTHER, "true")
    whole = (here.path / key).read_bytes()
    (here.path / ("a" * 32)).write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    (here.path / ("b" * 32)).write_bytes(b"Dewi is the thief")
    (here.path / "c.txt").symlink_to(here.path / key)
    for path in here.path.iterdir():
        if not path.is_symlink():
            path.chmod(0o600)
    OutsideBringing(office.places.home, courier.identity).bring()
    assert numbers(office) == before + 1
    said = [
        (e.reason, e.detail) for e in entries(office, "incident.brought") if e.session == courier.identity.session.hex()
    ]
    assert ("foreign", "files=2") in said
    assert any(reason == "seal" for reason, _ in said)
    count = len(entries(office))
    OutsideBringing(office.places.home, courier.identity).bring()
    assert len(entries(office)) == count, "what was set aside is told once"


def test_that_a_key_that_somebody_put_in_the_offices_place_seals_nothing(office: MadeOffice, courier: Bare) -> None:
    here, id_ = folder(office), opened(office).id
    true, thief = (here.path / "office").read_bytes(), hpke.public_of(hpke.new_secret())
    for kept in (thief, keep_office_key(id_, secrets.token_bytes(32), thief)):
        here.keep_office(id_, kept)
        with pytest.raises(ReportNotKeptError) as told:
            outside(office).report(new_id().hex(), Suspicion.OTHER, "words")
        assert told.value.code == "reports_no_office"
    OutsideBringing(office.places.home, courier.identity).bring()
    outside(office).check()
    assert (here.path / "office").read_bytes() != true, "the next session has put it right, under a nonce of its own"


STEPS = ("before", "written", "synced", "named")


@pytest.mark.parametrize("step", STEPS)
def test_that_a_process_that_dies_while_it_keeps_loses_nothing_that_it_said(
    office: MadeOffice, courier: Bare, step: str
) -> None:
    before, key = numbers(office), new_id()
    reports = outside(office)
    reads, writes = os.pipe()
    if (pid := os.fork()) == 0:
        try:
            _die_at(step)
            reports.report(key.hex(), Suspicion.OTHER, "words")
            os.write(writes, b"kept")
            os.kill(os.getpid(), signal.SIGKILL)
        finally:
            os._exit(1)
    os.close(writes)
    with os.fdopen(reads, "rb") as pipe:
        said = pipe.read()
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == -signal.SIGKILL
    OutsideBringing(office.places.home, courier.identity).bring()
    came = [row for row in rows_of(office, "incidents") if row.id == key]
    assert numbers(office) == before + len(came)
    assert (said, len(came)) in {(b"kept", 1), (b"", 0)} | ({(b"", 1)} if step == "named" else set())
    assert said == b"kept" if step == "named" else said == b""
    assert [entry.reason for entry in told_of(office, courier) if entry.outcome == "refused"] == []


def _die_at(step: str) -> None:
    """Die in the middle of the file: before it, with its bytes written, with them on the disk; `named`: after all."""

    def dies(*_anything: object) -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    if step == "before":
        os.open = dies  # type: ignore[assignment]
    elif step == "written":
        os.fsync = dies  # type: ignore[assignment]
    elif step == "synced":
        Path.replace = dies  # type: ignore[assignment]


def test_that_a_console_that_dies_before_it_heard_the_answer_brings_it_again_to_no_effect(
    office: MadeOffice, courier: Bare, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = numbers(office)
    outside(office).report(new_id().hex(), Suspicion.OTHER, "words")
    with monkeypatch.context() as dead:
        dead.setattr(OutsideFolder, "forget", lambda _self, _key: None)
        OutsideBringing(office.places.home, courier.identity).bring()
    assert folder(office).waiting() == 1
    OutsideBringing(office.places.home, courier.identity).bring()
    assert (folder(office).waiting(), numbers(office)) == (0, before + 1)
