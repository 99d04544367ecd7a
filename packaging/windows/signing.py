"""Authenticode by osslsigncode: programs and package, with a time stamp (RFC 3161).

The key comes from a setting: a PKCS#11 token (`TIRAI_SIGN_PKCS11`, the way of every public code-signing certificate
since June 2023: CA/Browser Forum, Baseline Requirements for Code Signing, 6.2.7.4.1), or a PEM file
(`TIRAI_SIGN_KEY`), each with its certificates (`TIRAI_SIGN_CERTIFICATES`) and a time stamp authority's address
(`TIRAI_SIGN_TIMESTAMP`). Without them the build makes an authority of its own for tests, with a time stamp authority on
loopback, and says so. Invariant: no password and no PIN stands on a command line.
"""

import contextlib
import http.server
import os
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

SETTINGS = (
    "TIRAI_SIGN_PKCS11",
    "TIRAI_SIGN_KEY",
    "TIRAI_SIGN_CERTIFICATES",
    "TIRAI_SIGN_TIMESTAMP",
    "TIRAI_SIGN_PIN_FILE",
)
ABOUT, ADDRESS = "Tirai", "urn:tirai"
_YEARS_DAYS, _LEAF_DAYS = "3650", "825"


class SigningError(Exception):
    """What signs is not complete, or a tool refused."""


@dataclass(frozen=True, slots=True)
class Signer:
    """What signs.

    Attributes:
        words: of osslsigncode's line, that name key and certificates.
        timestamp: address of the time stamp authority.
        is_for_tests: whether the certificate is one that nobody trusts.
        authority: certificates (PEM) that a check trusts; for tests only.
    """

    words: tuple[str, ...]
    timestamp: str
    is_for_tests: bool
    authority: Path | None

    def sign(self, file: Path, *, is_package: bool = False) -> None:
        """Sign a file in its place.

        Raises:
            SigningError: osslsigncode refuses.
        """
        signed = file.with_name(f"{file.name}.signed")
        signed.unlink(missing_ok=True)
        line = ["osslsigncode", "sign", *self.words, "-h", "sha256", "-n", ABOUT, "-i", ADDRESS, "-ts", self.timestamp]
        line += ["-add-msi-dse"] if is_package else []
        said = _ran([*line, "-in", str(file), "-out", str(signed)])
        if said.returncode != 0:
            raise SigningError(f"{file.name} is not signed: {said.stdout.strip().splitlines()[-1:]}")
        signed.replace(file)

    def verify(self, file: Path, authority: Path | None = None) -> tuple[bool, str]:
        """Whether signature, digest, chain and time stamp are good, and what was said.

        Args:
            file: what is checked.
            authority: who is trusted; otherwise the signer's own authority, or the machine's.
        """
        trusted = authority or self.authority
        words = ["-CAfile", str(trusted), "-TSA-CAfile", str(trusted)] if trusted else []
        said = _ran(["osslsigncode", "verify", *words, "-in", str(file)])
        return said.returncode == 0, said.stdout


@contextlib.contextmanager
def signer(folder: Path) -> Iterator[Signer]:
    """What the settings name, or an authority for tests, which answers until the block is left.

    Args:
        folder: where an authority for tests is kept.

    Raises:
        SigningError: some of the settings are missing.
    """
    if any(os.environ.get(name) for name in SETTINGS):
        yield from_settings()
        return
    authority = TestAuthority(folder)
    with authority.stamping() as address:
        words = ("-certs", str(authority.certificate("code")), "-key", str(authority.key("code")))
        yield Signer(words, address, is_for_tests=True, authority=authority.certificate("root"))


def from_settings() -> Signer:
    """What the settings name.

    Raises:
        SigningError: some are missing.
    """
    named = {name: os.environ.get(name, "") for name in SETTINGS}
    if not (named["TIRAI_SIGN_CERTIFICATES"] and named["TIRAI_SIGN_TIMESTAMP"]):
        raise SigningError("Name the certificates (TIRAI_SIGN_CERTIFICATES) and who stamps (TIRAI_SIGN_TIMESTAMP).")
    if bool(named["TIRAI_SIGN_PKCS11"]) == bool(named["TIRAI_SIGN_KEY"]):
        raise SigningError("Name one key: TIRAI_SIGN_PKCS11 (pkcs11:...), or TIRAI_SIGN_KEY (a file).")
    words = ["-certs", named["TIRAI_SIGN_CERTIFICATES"], "-key", named["TIRAI_SIGN_PKCS11"] or named["TIRAI_SIGN_KEY"]]
    if named["TIRAI_SIGN_PKCS11"]:
        words += ["-pkcs11module", os.environ.get("TIRAI_SIGN_MODULE", "/usr/lib/x86_64-linux-gnu/p11-kit-proxy.so")]
    if named["TIRAI_SIGN_PIN_FILE"]:
        words += ["-readpass", named["TIRAI_SIGN_PIN_FILE"]]
    return Signer(tuple(words), named["TIRAI_SIGN_TIMESTAMP"], is_for_tests=False, authority=None)


class TestAuthority:
    """An authority that nobody trusts: a root, a certificate that signs code, one that stamps times."""

    __test__: ClassVar = False

    def __init__(self, folder: Path, name: str = "Tirai, for tests only") -> None:
        """Make it in a folder, or take the one that is there."""
        self._folder, self._name = folder, name
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        if not (folder / "made").is_file():
            self._make_root()
            self._make("code", "codeSigning")
            self._make("tsa", "timeStamping")
            (folder / "made").touch()

    def certificate(self, what: str) -> Path:
        """Certificate (PEM) of `root`, `code` or `tsa`."""
        return self._folder / f"{what}.pem"

    def key(self, what: str) -> Path:
        """Private key (PEM)."""
        return self._folder / f"{what}.key"

    def _make_root(self) -> None:
        line = ["openssl", "req", "-x509", "-newkey", "rsa:3072", "-nodes", "-days", _YEARS_DAYS]
        line += ["-subj", f"/O={self._name}/CN={self._name}", "-addext", "basicConstraints=critical,CA:TRUE"]
        line += ["-addext", "keyUsage=critical,keyCertSign,cRLSign"]
        _must([*line, "-keyout", str(self.key("root")), "-out", str(self.certificate("root"))])

    def _make(self, what: str, purpose: str) -> None:
        wish, about = self._folder / f"{what}.csr", self._folder / f"{what}.ext"
        line = ["openssl", "req", "-newkey", "rsa:3072", "-nodes", "-subj", f"/O={self._name}/CN={self._name} {what}"]
        _must([*line, "-keyout", str(self.key(what)), "-out", str(wish)])
        usage = f"keyUsage=critical,digitalSignature\nextendedKeyUsage=critical,{purpose}\n"
        about.write_text(f"basicConstraints=critical,CA:FALSE\n{usage}", encoding="ascii")
        line = ["openssl", "x509", "-req", "-in", str(wish), "-CA", str(self.certificate("root")), "-CAkey"]
        line += [str(self.key("root")), "-CAcreateserial", "-days", _LEAF_DAYS, "-sha256", "-extfile", str(about)]
        _must([*line, "-out", str(self.certificate(what))])

    @contextlib.contextmanager
    def stamping(self) -> Iterator[str]:
        """Answer on loopback until the block is left; the address."""
        folder = self._folder
        (folder / "serial").write_text("01\n", encoding="ascii")
        settings = folder / "tsa.cnf"
        settings.write_text(_STAMPS.format(folder=folder), encoding="utf-8")

        class Answers(http.server.BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                asked = self.rfile.read(int(self.headers["Content-Length"]))
                with tempfile.TemporaryDirectory() as scratch:
                    question, answer = Path(scratch, "question"), Path(scratch, "answer")
                    question.write_bytes(asked)
                    line = ["openssl", "ts", "-reply", "-config", str(settings), "-queryfile", str(question)]
                    _must([*line, "-out", str(answer)])
                    said = answer.read_bytes()
                self.send_response(200)
                self.send_header("Content-Type", "application/timestamp-reply")
                self.send_header("Content-Length", str(len(said)))
                self.end_headers()
                self.wfile.write(said)

            def log_message(self, *_words: object) -> None:
                """Say nothing."""

        server = http.server.HTTPServer(("127.0.0.1", 0), Answers)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/"
        finally:
            server.shutdown()
            server.server_close()


_STAMPS = """\
[tsa]
default_tsa = here
[here]
dir = {folder}
serial = {folder}/serial
crypto_device = builtin
signer_cert = {folder}/tsa.pem
certs = {folder}/root.pem
signer_key = {folder}/tsa.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256, sha384, sha512
accuracy = secs:1
ordering = no
tsa_name = yes
ess_cert_id_chain = no
ess_cert_id_alg = sha256
"""
"""Settings of `openssl ts` (openssl-ts(1))."""


def _ran(line: list[str]) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(line, check=False, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)


def _must(line: list[str]) -> None:
    done = _ran(line)
    if done.returncode != 0:
        raise SigningError(f"{' '.join(line[:3])} refuses: {done.stdout[-400:]}")
