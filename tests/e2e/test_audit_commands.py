"""The audit log at a terminal, as IT works with it: verify, export to a file, feed a SIEM, archive. Real processes."""

import json
from pathlib import Path

import pytest

from tests.demo.people import DemoPerson
from tests.demo.terminal import Terminal
from tests.keyring_session import missing_programs, private_keyring
from tests.office.mail_server import make_certificate
from tests.office.syslog import syslog_receiver

ADI = DemoPerson("adi", "Adi Pratama", "administrator", (), "kopi tubruk pagi ini")
HENDRA = DemoPerson("hendra", "Hendra Kusuma", "supervisor", (), "angin sore di sawah")


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.skipif(bool(missing_programs()), reason="dbus-daemon and gnome-keyring-daemon are needed")
def test_that_the_log_goes_to_a_file_to_a_siem_and_into_the_archives_folder(tmp_path: Path) -> None:
    archives, lines, state = tmp_path / "archives", tmp_path / "log.jsonl", tmp_path / "state"
    archives.mkdir()
    certificate = make_certificate(tmp_path, "127.0.0.1")
    with private_keyring(tmp_path) as environment:
        terminal = Terminal(tmp_path / "office", environment)
        terminal.set_up("Nusantara Care", ADI, HENDRA)
        told = terminal.with_stdin(HENDRA, "audit", "export", "--output", str(lines))
        assert "entries exported (1 to" in told.stderr
        first = len(lines.read_bytes().splitlines())
        terminal.with_stdin(ADI, "audit", "export", "--output", str(lines))
        numbers = [json.loads(line)["number"] for line in lines.read_bytes().splitlines()]
        assert numbers == list(range(1, len(numbers) + 1))
        assert len(numbers) > first
        with syslog_receiver(tmp_path / "received", tls=certificate) as receiver:
            to = ["--to", f"tls://127.0.0.1:{receiver.port}", "--ca", str(certificate[0]), "--state", str(state)]
            terminal.with_stdin(HENDRA, "audit", "export", "--format", "syslog", *to)
            assert receiver.numbers == list(range(1, len(receiver.numbers) + 1))
            before = len(receiver.numbers)
            terminal.with_stdin(ADI, "audit", "export", "--format", "syslog", *to)
            assert receiver.numbers[before] == before + 1, "on from the last one that arrived"
        told = terminal.with_stdin(HENDRA, "audit", "archive", "--to", str(archives), "--dry-run")
        assert "Would archive: nothing." in told.stdout
        to = ["--to", "tcp://192.0.2.1", "--state", str(state)]
        refused = terminal.run("audit", "export", "--format", "syslog", *to)
        assert refused.returncode == 3
        assert "--in-the-clear" in refused.stderr
        assert "holds" in terminal.as_person(ADI, "audit", "verify")
