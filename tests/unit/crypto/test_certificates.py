"""What a certificate says, as TLS and files bring it."""

import datetime
import ssl
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.crypto.certificates import certificate_of, first_certificate
from app.crypto.errors import SealError
from tests.gateway.pki import Authority


def test_that_a_certificate_says_its_key_days_and_hosts(tmp_path: Path) -> None:
    made = Authority(tmp_path).issue(hosts=("gateway.example", "10.0.0.7", "fd00::7"), from_days=-2, to_days=5)
    found = first_certificate(made.certificate.read_bytes())
    assert found.pin.hex() == made.pin
    assert found.hosts == ("gateway.example", "10.0.0.7", "fd00::7")
    assert found.ends - found.begins == datetime.timedelta(days=7)
    assert certificate_of(ssl.PEM_cert_to_DER_cert(made.certificate.read_text())) == found


def test_that_the_first_certificate_of_a_chain_is_the_servers(tmp_path: Path) -> None:
    authority = Authority(tmp_path)
    made = authority.issue()
    chain = made.certificate.read_bytes() + authority.file.read_bytes()
    assert first_certificate(chain).pin.hex() == made.pin
    assert first_certificate(authority.file.read_bytes()).hosts == ()


@given(st.binary(max_size=200))
def test_that_noise_is_no_certificate(noise: bytes) -> None:
    for read in (certificate_of, first_certificate):
        with pytest.raises(SealError):
            read(noise)


def test_that_a_cut_certificate_is_none(tmp_path: Path) -> None:
    whole = ssl.PEM_cert_to_DER_cert(Authority(tmp_path).issue().certificate.read_text())
    for length in range(0, len(whole), 7):
        with pytest.raises(SealError):
            certificate_of(whole[:length])
