"""What a certificate says: until when, for whom, and for which key (RFC 5280). Chains are judged by TLS."""

import datetime
from dataclasses import dataclass

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from app.crypto.derive import sha256
from app.crypto.errors import SealError


@dataclass(frozen=True, slots=True)
class Certificate:
    """A server's certificate.

    Attributes:
        pin: SHA-256 of the key's SubjectPublicKeyInfo (RFC 7469, section 2.4): a new certificate for the same key
            has the same one.
        begins: when it begins to be good.
        ends: when it ends.
        hosts: names and addresses that it is for.
    """

    pin: bytes
    begins: datetime.datetime
    ends: datetime.datetime
    hosts: tuple[str, ...]


def certificate_of(untrusted: bytes) -> Certificate:
    """Read a certificate.

    Args:
        untrusted: DER, as TLS gives it.

    Raises:
        SealError: it is none, or for a kind of key that nobody here knows.
    """
    try:
        return _read(x509.load_der_x509_certificate(untrusted))
    except (ValueError, UnsupportedAlgorithm) as e:
        raise SealError("a certificate cannot be read") from e


def first_certificate(untrusted: bytes) -> Certificate:
    """Read the first certificate of a file: the server's own.

    Args:
        untrusted: PEM.

    Raises:
        SealError: there is none.
    """
    try:
        return _read(x509.load_pem_x509_certificates(untrusted)[0])
    except (ValueError, UnsupportedAlgorithm) as e:
        raise SealError("a certificate cannot be read") from e


def _read(found: x509.Certificate) -> Certificate:
    public = found.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    try:
        names = found.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
        hosts = [*names.get_values_for_type(x509.DNSName), *map(str, names.get_values_for_type(x509.IPAddress))]
    except x509.ExtensionNotFound:
        hosts = []
    return Certificate(sha256(public), found.not_valid_before_utc, found.not_valid_after_utc, tuple(hosts))
