"""Certificates for tests: an authority of one's own, and servers' certificates, right ones and wrong in one way each.

    authority = Authority(tmp_path)
    certified = authority.issue()                       # localhost, 127.0.0.1 and ::1, good for a month
    context.load_cert_chain(certified.certificate, certified.key)
    ...                                                 # a client trusts `authority.file`, and may pin `certified.pin`

Files are made in the folder that is given; keys are the owner's alone. Times are whole days beside now, so that no
test waits for a certificate.
"""

import datetime
import hashlib
import ipaddress
from dataclasses import dataclass
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

LOOPBACK = ("localhost", "127.0.0.1", "::1")
_DAY = datetime.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Certified:
    """A server's certificate and its key.

    Attributes:
        certificate: file (PEM) of the certificate, and of those between it and the authority.
        key: file (PEM) of the key, mode 0600.
        pin: SHA-256 of the public key's SPKI (RFC 5280, section 4.1), in hex.
    """

    certificate: Path
    key: Path
    pin: str


class Authority:
    """A certificate authority that issues what a test wants.

    Attributes:
        file: its own certificate (PEM): what a client trusts.
    """

    def __init__(self, folder: Path, name: str = "Tirai test authority") -> None:
        """Make an authority.

        Args:
            folder: where files go; made if need be.
            name: what its certificate and its files are called; two authorities in a folder need two names.
        """
        folder.mkdir(parents=True, exist_ok=True)
        self._folder, self._name, self._mark = folder, name, name.replace(" ", "-").lower()
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._certificate = _signed(_Wanted(name, (), -30, 365, is_authority=True), self._key, name, self._key)
        self.file = folder / f"{self._mark}.pem"
        self.file.write_bytes(_pem(self._certificate))

    def issue(
        self,
        name: str = "gateway",
        hosts: tuple[str, ...] = LOOPBACK,
        *,
        from_days: int = -1,
        to_days: int = 30,
        key: Path | None = None,
    ) -> Certified:
        """A certificate for a server.

        Args:
            name: what its files are called; a second one of that name takes the first one's place.
            hosts: names and addresses that it is for.
            from_days: when it begins to be good, in days from now.
            to_days: when it ends.
            key: file of a key that it is to be for; otherwise a new one is made.
        """
        own = _read_key(key) if key is not None else ec.generate_private_key(ec.SECP256R1())
        wanted = _Wanted(name, hosts, from_days, to_days)
        certificate = _signed(wanted, own, self._name, self._key)
        return _written(self._folder / f"{self._mark}-{name}", certificate, own)

    def expired(self) -> Certified:
        """A certificate that was good until a day ago."""
        return self.issue("expired", from_days=-30, to_days=-1)

    def not_yet_valid(self) -> Certified:
        """A certificate that begins to be good in a day."""
        return self.issue("not-yet-valid", from_days=1, to_days=30)

    def for_another_host(self) -> Certified:
        """A certificate for a host that no test has, which names this machine in its subject only."""
        return self.issue("localhost", ("gateway.example",))


def self_signed(folder: Path, name: str = "self-signed") -> Certified:
    """A certificate for this machine that nobody but its own key signed."""
    folder.mkdir(parents=True, exist_ok=True)
    key = ec.generate_private_key(ec.SECP256R1())
    return _written(folder / name, _signed(_Wanted(name, LOOPBACK, -1, 30), key, name, key), key)


@dataclass(frozen=True, slots=True)
class _Wanted:
    name: str
    hosts: tuple[str, ...]
    from_days: int
    to_days: int
    is_authority: bool = False


def _signed(
    wanted: _Wanted, key: ec.EllipticCurvePrivateKey, issuer: str, issuer_key: ec.EllipticCurvePrivateKey
) -> x509.Certificate:
    """A certificate with what a strict check wants (RFC 5280, section 4.2.1)."""
    now = datetime.datetime.now(datetime.UTC)
    builder = (
        x509.CertificateBuilder()
        .subject_name(_named(wanted.name))
        .issuer_name(_named(issuer))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now + wanted.from_days * _DAY)
        .not_valid_after(now + wanted.to_days * _DAY)
        .add_extension(x509.BasicConstraints(ca=wanted.is_authority, path_length=None), critical=True)
        .add_extension(_usage(wanted), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key()), critical=False)
    )
    if wanted.hosts:
        names = x509.SubjectAlternativeName([_host(host) for host in wanted.hosts])
        server = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH])
        builder = builder.add_extension(names, critical=False).add_extension(server, critical=False)
    return builder.sign(issuer_key, hashes.SHA256())


def _named(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


def _usage(wanted: _Wanted) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not wanted.is_authority,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=wanted.is_authority,
        crl_sign=wanted.is_authority,
        encipher_only=False,
        decipher_only=False,
    )


def _host(host: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(host))
    except ValueError:
        return x509.DNSName(host)


def _written(place: Path, certificate: x509.Certificate, key: ec.EllipticCurvePrivateKey) -> Certified:
    certificate_file, key_file = place.with_suffix(".pem"), place.with_suffix(".key")
    certificate_file.write_bytes(_pem(certificate))
    key_file.touch(mode=0o600)
    key_file.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    public = key.public_key().public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    return Certified(certificate_file, key_file, hashlib.sha256(public).hexdigest())


def _read_key(path: Path) -> ec.EllipticCurvePrivateKey:
    key = serialization.load_pem_private_key(path.read_bytes(), None)
    assert isinstance(key, ec.EllipticCurvePrivateKey)
    return key


def _pem(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(serialization.Encoding.PEM)
