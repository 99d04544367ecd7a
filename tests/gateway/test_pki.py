"""The tests' own authority: what it issues is taken by a strict client, and each wrong one is wrong in one way."""

import socket
import ssl
import threading
from pathlib import Path

import pytest

from tests.gateway.pki import Authority, Certified, self_signed


def handshake(certified: Certified, trusted: Path, host: str = "localhost") -> str:
    """The reason why a strict client refuses, or nothing."""
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(certified.certificate, certified.key)
    client = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    client.verify_flags |= ssl.VERIFY_X509_STRICT
    client.load_verify_locations(trusted)
    here, there = socket.socketpair()

    def answer() -> None:
        try:
            server.wrap_socket(there, server_side=True).close()
        except (ssl.SSLError, OSError):
            there.close()

    thread = threading.Thread(target=answer)
    thread.start()
    try:
        client.wrap_socket(here, server_hostname=host).close()
    except ssl.SSLCertVerificationError as e:
        return e.verify_message
    finally:
        here.close()
        thread.join()
    return ""


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "::1"])
def test_that_a_strict_client_takes_what_the_authority_issues(tmp_path: Path, host: str) -> None:
    authority = Authority(tmp_path)
    assert handshake(authority.issue(), authority.file, host) == ""


def test_that_each_wrong_certificate_is_wrong_in_its_own_way(tmp_path: Path) -> None:
    authority, foreign = Authority(tmp_path), Authority(tmp_path, "another authority")
    assert "expired" in handshake(authority.expired(), authority.file)
    assert "not yet valid" in handshake(authority.not_yet_valid(), authority.file)
    assert "mismatch" in handshake(authority.for_another_host(), authority.file)
    assert "issuer" in handshake(foreign.issue(), authority.file)
    assert "self-signed" in handshake(self_signed(tmp_path), authority.file)


def test_that_a_renewed_certificate_for_the_same_key_keeps_its_pin(tmp_path: Path) -> None:
    authority = Authority(tmp_path)
    first = authority.issue()
    assert authority.issue("renewed", key=first.key).pin == first.pin
    assert authority.issue("other").pin != first.pin
    assert first.key.stat().st_mode & 0o777 == 0o600
