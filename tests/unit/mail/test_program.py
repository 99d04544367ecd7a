"""`tirai-mail` against a real server on this machine: what it sends, over which line, and what it says when it cannot.

It is run as the office runs it: as a process with an address on standard input and two words.
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.office.mail_server import mail_server, make_certificate

ADDRESS = "sari.wulandari@contoh.example"
RUN = "import sys; from app.mail.program import send_mail; sys.exit(send_mail(sys.argv[1:]))"


def sent(
    folder: Path,
    settings: str,
    text: str = "appointment",
    address: bytes = ADDRESS.encode() + b"\n",
    env: dict[str, str] | None = None,
) -> "subprocess.CompletedProcess[bytes]":
    path = folder / "mail.toml"
    path.write_text(settings)
    return subprocess.run(
        [sys.executable, "-c", RUN, str(path), text],
        input=address,
        capture_output=True,
        check=False,
        timeout=120,
        env={**os.environ, **(env or {})},
        cwd=Path(__file__).parents[3],
    )


def code_of(folder: Path, settings: str, address: bytes = ADDRESS.encode() + b"\n") -> int:
    done = sent(folder, settings, address=address)
    assert (done.stdout, done.stderr) == (b"", b""), "it prints nothing, whatever happens"
    return done.returncode


@pytest.mark.parametrize(("mode", "security"), [("starttls", "starttls"), ("tls", "tls"), ("plain", "none")])
def test_that_one_message_goes_to_one_address(tmp_path: Path, mode: str, security: str) -> None:
    with mail_server(tmp_path / "kept", mode) as server:
        assert code_of(tmp_path, server.settings(security)) == 0
        message = server.message
    assert (message["To"], message["Subject"]) == (ADDRESS, "Janji temu Anda")
    assert message["From"] == "Nusantara Care <layanan@nusantara.example>"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message.get_content().strip().splitlines() == ["Halo,", "janji temu Anda sudah kami catat.", "."]
    (kept,) = server.kept
    assert kept["to"] == [f"to:<{ADDRESS}>"]
    assert kept["shut"] is (security != "none")


def test_that_nothing_but_the_question_for_tls_goes_over_an_open_line(tmp_path: Path) -> None:
    with mail_server(tmp_path / "kept", "starttls") as server:
        assert code_of(tmp_path, server.settings("starttls")) == 0
    assert [line for line in server.lines if line.endswith(" open")] == ["EHLO open", "STARTTLS open"]
    assert set((tmp_path / "kept" / "greeted").read_text().split()) == {"nusantara.example"}, "no name of this machine"


def test_that_a_server_without_starttls_gets_nothing(tmp_path: Path) -> None:
    with mail_server(tmp_path / "kept", "bare") as server:
        assert code_of(tmp_path, server.settings("starttls")) == os.EX_PROTOCOL
    assert not server.kept
    assert set(server.lines) <= {"EHLO open", "QUIT open"}


def test_that_an_answer_put_in_before_the_line_is_shut_is_not_believed(tmp_path: Path) -> None:
    with mail_server(tmp_path / "kept", "injecting") as server:
        code_of(tmp_path, server.settings("starttls"))
    assert all(line.endswith(" shut") for line in server.lines if line.split()[0] in ("MAIL", "RCPT", "DATA"))


@pytest.mark.parametrize("case", ["another name", "old", "unknown"])
@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_that_a_certificate_that_does_not_hold_gets_nothing(tmp_path: Path, case: str, security: str) -> None:
    name, is_old = ("mail.other.example" if case == "another name" else "127.0.0.1"), case == "old"
    with mail_server(tmp_path / "kept", security, name, is_old=is_old) as server:
        settings = server.settings(security)
        if case == "unknown":
            (tmp_path / "other").mkdir()
            settings = server.settings(security, ca_file=str(make_certificate(tmp_path / "other", "127.0.0.1")[0]))
        assert code_of(tmp_path, settings) == os.EX_PROTOCOL
    assert not server.kept
    assert not any(line.split()[0] in ("MAIL", "RCPT") for line in server.lines)


def test_that_the_environment_neither_brings_certificates_nor_takes_keys(tmp_path: Path) -> None:
    with mail_server(tmp_path / "kept", "starttls") as server:
        keys, foreign = tmp_path / "keys.log", server.settings("starttls").replace(str(server.certificate), "")
        env = {"SSLKEYLOGFILE": str(keys), "SSL_CERT_FILE": str(server.certificate)}
        assert sent(tmp_path, server.settings("starttls"), env=env).returncode == 0
        assert not keys.exists()
        if Path("/etc/ssl/certs/ca-certificates.crt").exists():
            assert sent(tmp_path, foreign, env=env).returncode == os.EX_PROTOCOL
    assert len(server.kept) == 1


@pytest.mark.parametrize(
    ("mode", "code"), [("no_mailbox", os.EX_DATAERR), ("later", os.EX_TEMPFAIL), ("slow", os.EX_UNAVAILABLE)]
)
def test_that_each_refusal_of_the_server_has_a_code_of_its_own(tmp_path: Path, mode: str, code: int) -> None:
    with mail_server(tmp_path / "kept", mode) as server:
        is_slow = mode == "slow"
        settings = server.settings("none" if is_slow else "starttls")
        assert code_of(tmp_path, settings.replace("timeout_s = 60", "timeout_s = 1") if is_slow else settings) == code
    assert not server.kept


@pytest.mark.parametrize(("password", "code"), [("sesame", 0), ("open", os.EX_NOPERM)])
def test_that_it_signs_in_where_it_says_so_over_a_shut_line(tmp_path: Path, password: str, code: int) -> None:
    secret = tmp_path / "secret"
    secret.write_text(password + "\n")
    secret.chmod(0o640)
    with mail_server(tmp_path / "kept", "login") as server:
        settings = server.settings("starttls", account="layanan", password_file=str(secret))
        assert code_of(tmp_path, settings) == code
        secret.chmod(0o644)
        assert code_of(tmp_path, settings) == os.EX_CONFIG, "everybody could read it"
    assert {line for line in server.lines if line.startswith("AUTH")} == {"AUTH shut"}


def test_that_a_server_that_is_not_there_is_said(tmp_path: Path) -> None:
    with mail_server(tmp_path / "kept", "plain") as server:
        settings = server.settings("none")
    assert code_of(tmp_path, settings) == os.EX_UNAVAILABLE


@pytest.mark.parametrize(
    "address",
    [
        b"",
        b"\n",
        b"not an address\n",
        b"a@b.example, c@d.example\n",
        b"a@b.example\rBcc: c@d.example\n",
        b"a@b.example\0\n",
        b"a@b.example>\n",
        b"\xff\xfe\n",
        b"A <a@b.example>\n",
    ],
    ids=["nothing", "empty", "words", "two", "header", "nul", "bracket", "no text", "name"],
)
def test_that_what_is_no_address_goes_nowhere(tmp_path: Path, address: bytes) -> None:
    with mail_server(tmp_path / "kept", "plain") as server:
        assert code_of(tmp_path, server.settings("none"), address=address) == os.EX_DATAERR
    assert not server.kept
    assert not any(line.startswith(("RCPT", "DATA")) for line in server.lines)


def test_that_only_the_first_line_is_read(tmp_path: Path) -> None:
    with mail_server(tmp_path / "kept", "plain") as server:
        assert code_of(tmp_path, server.settings("none"), address=f"{ADDRESS}\nBcc: c@d.example\n".encode()) == 0
        assert server.message["Bcc"] is None


def test_that_a_file_that_is_wrong_and_a_text_that_is_not_there_are_its_fault(tmp_path: Path) -> None:
    with mail_server(tmp_path / "kept", "plain") as server:
        assert code_of(tmp_path, server.settings("none", host="mail.example")) == os.EX_CONFIG, "open, and elsewhere"
        assert sent(tmp_path, server.settings("none"), text="other").returncode == os.EX_CONFIG
