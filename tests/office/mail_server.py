"""The mail server of tests as a test uses it: a real program on this machine, its certificate, and what it kept."""

import contextlib
import datetime
import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_string, policy
from email.message import EmailMessage
from ipaddress import ip_address
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

PROGRAM = Path(__file__).parent / "programs" / "mail_server.py"


@dataclass(frozen=True)
class MailServer:
    """A server that runs."""

    folder: Path
    port: int
    certificate: Path

    @property
    def kept(self) -> list[dict[str, Any]]:
        """Envelopes and messages, in the order they came."""
        return [json.loads(path.read_text()) for path in sorted(self.folder.glob("*.json"))]

    @property
    def message(self) -> EmailMessage:
        """The only message."""
        (one,) = self.kept
        message = message_from_string(one["message"], policy=policy.default)
        assert isinstance(message, EmailMessage)
        return message

    @property
    def lines(self) -> list[str]:
        """Commands, and whether the line was shut when they came."""
        path = self.folder / "lines"
        return path.read_text().splitlines() if path.exists() else []

    def settings(self, security: str, **change: str) -> str:
        """IT's file for this server."""
        words = {"host": "127.0.0.1", "security": security, "sender": "Nusantara Care <layanan@nusantara.example>",
                 "ca_file": str(self.certificate)}  # fmt: skip
        told = "\n".join(f'{key} = "{value}"' for key, value in (words | change).items())
        return f"""[server]
{told}
port = {self.port}
timeout_s = 60

[[text]]
code = "appointment"
subject = "Janji temu Anda"
body = \"\"\"
Halo,
janji temu Anda sudah kami catat.
.
\"\"\"
"""


@contextlib.contextmanager
def mail_server(folder: Path, mode: str, name: str = "127.0.0.1", *, is_old: bool = False) -> Iterator[MailServer]:
    """A server while the block lasts.

    Args:
        folder: an empty one for what it keeps.
        mode: see `programs/mail_server.py`.
        name: what its certificate is for.
        is_old: the certificate is out of its time.
    """
    folder.mkdir(parents=True, exist_ok=True)
    certificate, key = make_certificate(folder, name, is_old=is_old)
    shut = [] if mode == "plain" else [str(certificate), str(key)]
    command = [sys.executable, "-I", str(PROGRAM), str(folder), mode, *shut]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        try:
            yield MailServer(folder, int(server.stdout.readline()), certificate)
        finally:
            server.kill()


def make_certificate(folder: Path, name: str, *, is_old: bool = False) -> tuple[Path, Path]:
    """A certificate that signs itself, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    kind = x509.IPAddress(ip_address(name)) if name[0].isdigit() else x509.DNSName(name)
    now, day = datetime.datetime.now(datetime.UTC), datetime.timedelta(days=1)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - 3 * day)
        .not_valid_after(now - day if is_old else now + day)
        .add_extension(x509.SubjectAlternativeName([kind]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
    paths = folder / "certificate.pem", folder / "key.pem"
    paths[0].write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    paths[1].write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return paths
