"""A suspicion reported while nobody is signed in: signed by the workstation, sealed so that only the office reads it.

Report = HPKE(back office; LP("suspicion-sealed", body, Ed25519 by the seat) ‖ 80 ‖ 00.. to a multiple of 2048;
LP("suspicion-box", O)), where body is LP("suspicion", O, id, suspicion, words, time, origin, account, seat). The
signature says at which workstation it was made and nothing of who typed it: whoever sits there can.

The office's public key comes from the book of a session, which is verified, and stays for later wrapped under
expand(H, LP("suspicion-office", O)): who has not got H can put no key of their own in its place.
"""

from dataclasses import dataclass
from struct import error as struct_error

from app.crypto import hpke, signing
from app.crypto.aead import unwrap, wrap
from app.crypto.derive import expand
from app.crypto.errors import SealError
from app.crypto.labels import lp, unlp
from app.crypto.padding import padded, unpadded
from app.domain.incidents.words import Origin, Suspicion

BLOCK = 2048
"""So that its length tells little of its words."""
ID_BYTES = 16
_NUMBER_BYTES = 8


@dataclass(frozen=True, slots=True, repr=False)
class OutsideReport:
    """One report.

    Attributes:
        id: 16 bytes; the same again is the same report.
        suspicion: what it looks like.
        words: what was typed.
        made_ms: when, by the workstation's clock, ms since 1970.
        origin: at which window.
        account: whose session was locked there; empty at the sign-in window.
        seat: the workstation's id, 16 bytes.
    """

    id: bytes
    suspicion: Suspicion
    words: str
    made_ms: int
    origin: Origin
    account: str
    seat: bytes

    def body(self, office: bytes) -> bytes:
        """What the seat signs."""
        what = (self.suspicion.value, self.words, self.made_ms)
        return lp("suspicion", office, self.id, *what, self.origin.value, self.account, self.seat)

    def sealed(self, office: bytes, office_public: bytes, seat_seed: bytes) -> bytes:
        """Sign as the seat and seal to the office.

        Args:
            office: O.
            office_public: the office's HPKE public key.
            seat_seed: Ed25519 seed of the seat.
        """
        body = self.body(office)
        inner = lp("suspicion-sealed", body, signing.sign(seat_seed, body))
        return hpke.seal(office_public, padded(inner, BLOCK), lp("suspicion-box", office))


@dataclass(frozen=True, slots=True, repr=False)
class OpenedReport:
    """A report that opened; at which workstation it was made is not proven yet."""

    report: OutsideReport
    body: bytes
    signature: bytes

    def check_seat(self, seat: bytes, seat_public: bytes) -> None:
        """Check that this workstation made it.

        Raises:
            SealError: another one did, or nobody known.
        """
        if self.report.seat != seat:
            raise SealError("a report of another workstation")
        signing.check(seat_public, self.signature, self.body)


def open_report(office: bytes, office_secret: bytes, sealed: bytes) -> OpenedReport:
    """Open a report with the office's HPKE secret.

    Raises:
        SealError: another office's, a changed byte, or another form.
    """
    text = hpke.unseal(office_secret, sealed, lp("suspicion-box", office))
    try:
        opened = _parsed(text)
    except (ValueError, struct_error) as e:
        raise SealError("a report has another form") from e
    if opened.report.body(office) != opened.body:
        raise SealError("a report is another office's, or has another form")
    return opened


def _parsed(text: bytes) -> OpenedReport:
    body, signature = unlp(unpadded(text, BLOCK), "suspicion-sealed")
    _office, key, suspicion, words, made, origin, account, seat = unlp(body, "suspicion")
    if len(key) != ID_BYTES or len(seat) != ID_BYTES or len(made) != _NUMBER_BYTES:
        raise ValueError("a part of another length")
    report = OutsideReport(
        id=key,
        suspicion=Suspicion(suspicion.decode()),
        words=words.decode(),
        made_ms=int.from_bytes(made, "big"),
        origin=Origin(origin.decode()),
        account=account.decode(),
        seat=seat,
    )
    return OpenedReport(report, body, signature)


def _kept_info(office: bytes) -> bytes:
    return lp("suspicion-office", office)


def keep_office_key(office: bytes, seat_half: bytes, office_public: bytes) -> bytes:
    """The office's public key as it stays at a workstation: whoever lacks H neither makes nor changes it."""
    info = _kept_info(office)
    return wrap(expand(seat_half, info), office_public, info)


def kept_office_key(office: bytes, seat_half: bytes, kept: bytes) -> bytes:
    """The office's public key, as this workstation kept it.

    Raises:
        SealError: it is another office's or workstation's, or was changed.
    """
    info = _kept_info(office)
    return unwrap(expand(seat_half, info), kept, info)
