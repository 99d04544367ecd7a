"""Exports to real receivers: programs of their own over TCP and TLS, killed midway, and no entry missing."""

import itertools
import random
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from app.api.client.client import ApiClient
from app.auth.audit_chain import AuditEntry, first_hash
from app.backoffice.database import FULL_DISK_HINT, AuditUnwritableError
from app.domain.errors import InputRefusedError, NotAllowedError, VerificationError, WorkstationError
from app.siem.export_place import ExportPlace, read_place, write_place
from app.siem.exporting import export
from app.siem.json_lines import LinesFile, entry_of
from app.siem.syslog_line import Receiver, SyslogLine, receiver_at
from tests.contract.conftest import Home
from tests.office.door import entries, opened
from tests.office.made import MadeOffice
from tests.office.made_log import OFFICE, made_log
from tests.office.mail_server import make_certificate
from tests.office.programs.exporter import LENGTH
from tests.office.syslog import syslog_receiver

START = ExportPlace(0, first_hash(OFFICE))
LOG = made_log(600)
PROGRAM = Path(__file__).parents[1] / "office" / "programs" / "exporter.py"
HERE = "127.0.0.1"


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    return make_certificate(tmp_path_factory.mktemp("tls"), HERE)


@pytest.fixture(scope="module")
def office(home: Home, tmp_path_factory: pytest.TempPathFactory) -> Iterator[MadeOffice]:
    with home(tmp_path_factory.mktemp("office")) as made:
        made.hire("ratna", "Ratna Dewanti", grant=False)
        yield made


def groups(log: list[AuditEntry], place: ExportPlace, size: int = 50) -> Iterator[list[AuditEntry]]:
    return (log[at : at + size] for at in range(place.number, len(log), size))


# the way there


@pytest.mark.parametrize("is_tls", [False, True])
def test_that_a_receiver_gets_every_entry_in_order(
    tmp_path: Path, certificate: tuple[Path, Path], is_tls: bool
) -> None:
    with syslog_receiver(tmp_path / "out", tls=certificate if is_tls else None) as receiver:
        line = SyslogLine(Receiver(HERE, receiver.port, certificate[0] if is_tls else None), OFFICE)
        done = export(OFFICE, groups(LOG, START), START, line)
        assert done.entries == len(LOG)
        assert receiver.numbers == [e.number for e in LOG]


@pytest.mark.parametrize("is_tls", [False, True])
@pytest.mark.parametrize("die_after", [1, 49, 50, 51, 333])
def test_that_a_receiver_that_is_killed_midway_misses_nothing_when_it_is_there_again(
    tmp_path: Path, certificate: tuple[Path, Path], is_tls: bool, die_after: int
) -> None:
    tls, out, state = certificate if is_tls else None, tmp_path / "out", tmp_path / "state"
    authority = certificate[0] if is_tls else None
    with syslog_receiver(out, tls=tls, die_after=die_after) as receiver:
        line = SyslogLine(Receiver(HERE, receiver.port, authority), OFFICE)
        with pytest.raises(WorkstationError, match="Nothing is lost"):
            export(OFFICE, groups(LOG, START), START, line, lambda p: write_place(state, OFFICE, p))
        assert receiver.process.wait(120) == -9
        kept = receiver.numbers
    assert len(kept) == die_after
    place = read_place(state, OFFICE) or START
    assert place.number <= die_after, "only what it has read counts as there"
    with syslog_receiver(out, tls=tls) as receiver:
        line = SyslogLine(Receiver(HERE, receiver.port, authority), OFFICE)
        export(OFFICE, groups(LOG, place), place, line)
        assert set(receiver.numbers) == {e.number for e in LOG}
        assert receiver.numbers[die_after:] == list(range(place.number + 1, len(LOG) + 1))


@pytest.mark.parametrize("kind", ["lines", "syslog"])
def test_that_an_exporter_that_is_killed_anywhere_leaves_nothing_out(tmp_path: Path, kind: str) -> None:
    """SIGKILL at random moments, again and again, until one comes through."""
    chance, out, rounds = random.Random(12), tmp_path / "out", 0
    with syslog_receiver(tmp_path / "received") as receiver:
        where = [str(out)] if kind == "lines" else [str(receiver.port), str(tmp_path / "state")]
        for rounds in itertools.count(1):
            process = subprocess.Popen(
                [sys.executable, str(PROGRAM), kind, *where], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
            )
            assert process.stdout is not None
            process.stdout.readline()
            try:
                process.wait(0 if rounds == 1 else chance.random() * 0.4 if rounds <= 8 else None)
                ended = True
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
                ended = False
            process.stdout.close()
            if ended:
                assert process.returncode == 0
                break
        assert rounds > 1, "the control: it was killed"
        if kind == "lines":
            found = [entry_of(line, OFFICE).number for line in out.read_bytes().splitlines(keepends=True)]
            assert found == list(range(1, LENGTH + 1)), "each once, whole"
            return
        deadline = time.monotonic() + 120
        while set(receiver.numbers) != set(range(1, LENGTH + 1)) and time.monotonic() < deadline:
            time.sleep(0.1)
        assert set(receiver.numbers) == set(range(1, LENGTH + 1)), "some twice, none left out"


def test_that_a_receiver_that_never_closes_has_acknowledged_nothing(tmp_path: Path) -> None:
    import socket

    with socket.create_server((HERE, 0)) as listener:
        line = SyslogLine(Receiver(HERE, listener.getsockname()[1], None), OFFICE, wait_s=0.3)
        kept: list[ExportPlace] = []
        with pytest.raises(WorkstationError):
            export(OFFICE, groups(LOG, START), START, line, kept.append)
        assert kept == []


# who it is


def test_that_a_receiver_whose_certificate_another_authority_signed_gets_nothing(
    tmp_path: Path, certificate: tuple[Path, Path]
) -> None:
    (tmp_path / "other").mkdir()
    stranger, _key = make_certificate(tmp_path / "other", HERE)
    with syslog_receiver(tmp_path / "out", tls=certificate) as receiver:
        line = SyslogLine(Receiver(HERE, receiver.port, stranger), OFFICE)
        with pytest.raises(VerificationError, match="does not hold"):
            line.take(LOG[:1])
        assert receiver.messages == []


@pytest.mark.parametrize("what", ["name", "old"])
def test_that_a_certificate_of_another_name_or_of_yesterday_is_refused(tmp_path: Path, what: str) -> None:
    name = "siem.example" if what == "name" else HERE
    pair = make_certificate(tmp_path, name, is_old=what == "old")
    with syslog_receiver(tmp_path / "out", tls=pair) as receiver:
        with pytest.raises(VerificationError, match="does not hold"):
            SyslogLine(Receiver(HERE, receiver.port, pair[0]), OFFICE).take(LOG[:1])
        assert receiver.messages == []


def test_that_a_receiver_without_tls_gets_nothing_over_tls(tmp_path: Path, certificate: tuple[Path, Path]) -> None:
    with syslog_receiver(tmp_path / "out") as receiver:
        with pytest.raises(WorkstationError):
            SyslogLine(Receiver(HERE, receiver.port, certificate[0]), OFFICE, wait_s=3).take(LOG[:1])
        assert receiver.messages == []


def test_that_a_receiver_may_want_to_know_who_sends(tmp_path: Path, certificate: tuple[Path, Path]) -> None:
    (tmp_path / "own").mkdir()
    own = make_certificate(tmp_path / "own", "tirai.example")
    with syslog_receiver(tmp_path / "out", tls=certificate, client_ca=own[0]) as receiver:
        with pytest.raises(WorkstationError):
            SyslogLine(Receiver(HERE, receiver.port, certificate[0]), OFFICE, wait_s=3).take(LOG[:1])
        SyslogLine(Receiver(HERE, receiver.port, certificate[0], own), OFFICE).take(LOG[:3])
        assert receiver.numbers == [1, 2, 3]


@pytest.mark.parametrize(
    ("url", "authority", "sentence"),
    [
        ("tls://siem.example", None, "--ca FILE"),
        ("tcp://siem.example:601", None, "--in-the-clear"),
        ("tcp://localhost", None, "--in-the-clear"),
        ("udp://127.0.0.1", None, "tls://host:port"),
        ("siem.example:6514", Path("ca.pem"), "tls://host:port"),
        ("tls://", Path("ca.pem"), "tls://host:port"),
        ("tls://a:b@siem.example", Path("ca.pem"), "tls://host:port"),
        ("tls://siem.example:99999", Path("ca.pem"), "tls://host:port"),
        ("tls://siem.example/path", Path("ca.pem"), "tls://host:port"),
    ],
)
def test_that_an_address_that_does_not_fit_is_refused(url: str, authority: Path | None, sentence: str) -> None:
    with pytest.raises(InputRefusedError, match=sentence):
        receiver_at(url, authority)


def test_that_ports_are_those_of_the_standards() -> None:
    assert receiver_at("tls://siem.example", Path("ca.pem")).port == 6514
    assert receiver_at("tcp://127.0.0.1", None).port == 601
    assert receiver_at("tcp://siem.example", None, in_the_clear=True).authority is None


# the office's side


def test_that_an_export_from_an_office_goes_on_where_it_was_and_stands_in_the_log(
    office: MadeOffice, tmp_path: Path
) -> None:
    for _ in range(3):
        session = office.command("hendra")
        lines = LinesFile(tmp_path / "log.jsonl", session.office)
        place = lines.place or session.place_before(1)
        done = session.export_audit("jsonl", place, lines, lambda _place: None)
        lines.close()
        session.end()
    log = entries(office)
    found = [entry_of(line, session.office) for line in (tmp_path / "log.jsonl").read_bytes().splitlines(keepends=True)]
    assert found == log[: len(found)]
    assert [e.number for e in found] == list(range(1, len(found) + 1))
    begun = [e for e in log if e.event == "audit.export"][-1]
    end = [e for e in log if e.event == "audit.export.end"][-1]
    assert (begun.actor, begun.reason, begun.detail) == ("hendra", "jsonl", f"first={place.number + 1}")
    assert (end.outcome, end.reference, end.detail) == (
        "ok",
        begun.reference,
        f"entries={done.entries} last={len(found)}",
    )
    assert begun.number <= len(found), "what leaves tells of its own leaving"


def test_that_an_agent_exports_nothing(office: MadeOffice, tmp_path: Path) -> None:
    session = office.command("ratna")
    lines = LinesFile(tmp_path / "log.jsonl", session.office)
    with pytest.raises(NotAllowedError):
        session.export_audit("jsonl", ExportPlace(0, first_hash(session.office)), lines, lambda _place: None)
    lines.close()
    assert (tmp_path / "log.jsonl").read_bytes() == b""
    session.end()


def test_that_nothing_leaves_when_it_cannot_be_written_down(
    office: MadeOffice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = office.command("hendra")
    lines = LinesFile(tmp_path / "log.jsonl", session.office)
    start = session.place_before(1)

    def full(*_: object, **__: object) -> None:
        raise AuditUnwritableError(FULL_DISK_HINT, code="audit")

    with monkeypatch.context() as patch:
        patch.setattr(ApiClient, "audit_export", full)
        with pytest.raises(AuditUnwritableError):
            session.export_audit("jsonl", start, lines, lambda _place: None)
    lines.close()
    assert (tmp_path / "log.jsonl").read_bytes() == b""
    session.end()


def test_that_an_export_that_fails_says_so_in_the_log(office: MadeOffice) -> None:
    session = office.command("hendra")
    nobody = SyslogLine(Receiver(HERE, 9, None), session.office)
    with pytest.raises(WorkstationError, match="Nothing is lost"):
        session.export_audit("syslog_tcp", session.place_before(1), nobody, lambda _place: None)
    session.end()
    end = [e for e in entries(office) if e.event == "audit.export.end"][-1]
    assert (end.outcome, end.detail) == ("failed", "entries=0 last=0")


def test_that_a_rewritten_log_stops_the_export_and_names_the_entry(office: MadeOffice, tmp_path: Path) -> None:
    session = office.command("hendra")
    lines = LinesFile(tmp_path / "log.jsonl", session.office)
    with office.forging() as db:
        db.exec_driver_sql("UPDATE audit SET actor = actor || 'x' WHERE number = 3")
    try:
        with pytest.raises(VerificationError, match="Entry 3 does not follow"):
            session.export_audit("jsonl", session.place_before(1), lines, lambda _place: None)
    finally:
        with office.forging() as db:
            db.exec_driver_sql("UPDATE audit SET actor = substr(actor, 1, length(actor) - 1) WHERE number = 3")
    lines.close()
    assert len((tmp_path / "log.jsonl").read_bytes().splitlines()) == 2
    session.end()


def test_that_following_takes_new_entries_as_they_come_until_somebody_interrupts_it(
    office: MadeOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken: list[AuditEntry] = []

    class Taker:
        def take(self, more: Sequence[AuditEntry]) -> None:
            taken.extend(more)

        def close(self) -> None:
            """Nothing."""

    def sleep(_seconds: float) -> None:
        """Once something new comes, then somebody interrupts."""
        if taken[-1].event == "moon.landing":
            raise KeyboardInterrupt
        with opened(office).writing() as db:
            opened(office).log.append(db, "moon.landing")

    monkeypatch.setattr("app.session.log_export.time.sleep", sleep)
    session = office.command("hendra")
    done = session.export_audit("jsonl", session.place_before(1), Taker(), lambda _place: None, follows=True)
    session.end()
    assert [e.number for e in taken] == list(range(1, done.place.number + 1))
    assert taken[-1].event == "moon.landing"
    begun = [e for e in entries(office) if e.event == "audit.export"][-1]
    end = [e for e in entries(office) if e.event == "audit.export.end"][-1]
    assert (end.reference, end.outcome) == (begun.reference, "ok"), "one entry for the beginning, one for the end"
