"""TOTP (RFC 6238): six digits, 30 s; SHA-1 as authenticators expect (ADR 0017), SHA-256 on wish. Each code works once.

The judgement is pure: secret, code, time and the last used step go in, a verdict comes out. A code of a step at or
before the last used one is *used*; one that fits but for time tells how far off the clock is. A step that was told
is burnt: it is never accepted afterwards, and nothing more is told until it is past, so that the hint hands out no
working code.
"""

import hashlib
import secrets
from base64 import b32encode
from dataclasses import dataclass
from enum import StrEnum

import pyotp

STEP_S = 30
DIGITS = 6
WINDOW = 1
"""Steps before and after that are accepted (RFC 6238 section 5.2: one for network delay)."""
_CLOCK_SEARCH = 40
"""Steps each way in which a right code still tells that the clock is off: 20 min."""


class TotpHash(StrEnum):
    """The hash of an authenticator's HMAC (RFC 6238 section 1.2)."""

    SHA1 = "sha1"
    SHA256 = "sha256"


SECRET_BYTES = {TotpHash.SHA1: 20, TotpHash.SHA256: 32}
"""As long as the hash (RFC 4226 section 4, R6 recommends 160 bits; RFC 6238 section 5.1: the length of the hash)."""
_DIGESTS = {TotpHash.SHA1: hashlib.sha1, TotpHash.SHA256: hashlib.sha256}


class CodeVerdict(StrEnum):
    """How a code was judged."""

    RIGHT = "right"
    USED = "used"
    CLOCK_OFF = "clock_off"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Judgement:
    """A verdict with what belongs to it.

    Attributes:
        verdict: the verdict.
        step: the step to remember: as used (RIGHT), as told (CLOCK_OFF).
        wait_s: seconds until a fresh code (only for USED).
        off_s: how far the clock is off, seconds (only for CLOCK_OFF).
    """

    verdict: CodeVerdict
    step: int = 0
    wait_s: int = 0
    off_s: int = 0


def new_secret(totp_hash: TotpHash = TotpHash.SHA1) -> bytes:
    """A fresh secret of the system's generator: 160 bits, or 256 for SHA-256."""
    return secrets.token_bytes(SECRET_BYTES[totp_hash])


def as_text(secret: bytes) -> str:
    """The secret as authenticators take it: Base32."""
    return b32encode(secret).decode()


def provisioning_uri(secret: bytes, account: str, office: str, totp_hash: TotpHash = TotpHash.SHA1) -> str:
    """The otpauth URI that a QR code carries."""
    totp = pyotp.TOTP(as_text(secret), digest=_DIGESTS[totp_hash])
    return totp.provisioning_uri(name=account, issuer_name=f"Tirai {office}")


def judge_code(
    secret: bytes,
    code: str,
    now_s: float,
    last_step: int,
    told_step: int = 0,
    totp_hash: TotpHash = TotpHash.SHA1,
    window: int = WINDOW,
) -> Judgement:
    """Judge a code. The same number of computations whatever the code is.

    Args:
        secret: the account's TOTP secret.
        code: six digits as typed, spaces allowed.
        now_s: seconds since 1970.
        last_step: the last used step, 0 for none.
        told_step: the step that an earlier CLOCK_OFF has told, 0 for none.
        totp_hash: the hash that the authenticator uses.
        window: steps before and after that are accepted; a code beside a narrower one counts as used up.

    Returns:
        The judgement; the caller stores `step` in the same transaction as what the code permits.
    """
    digits = "".join(code.split()).encode()  # bytes: `compare_digest` refuses text with other than ASCII
    totp = pyotp.TOTP(as_text(secret), digits=DIGITS, interval=STEP_S, digest=_DIGESTS[totp_hash])
    now = int(now_s // STEP_S)
    steps = range(now - _CLOCK_SEARCH, now + _CLOCK_SEARCH + 1)
    fits = [s for s in steps if secrets.compare_digest(totp.generate_otp(max(s, 0)).encode(), digits)]
    if not fits or len(digits) != DIGITS:
        return Judgement(CodeVerdict.WRONG)
    near = [s for s in fits if abs(s - now) <= WINDOW]
    fresh = [s for s in near if s > last_step and s != told_step and abs(s - now) <= window]
    if fresh:
        return Judgement(CodeVerdict.RIGHT, step=min(fresh))
    if near:
        usable_from = (max(last_step, now - WINDOW) + 1 - WINDOW) * STEP_S
        return Judgement(CodeVerdict.USED, wait_s=max(1, int(max(usable_from, (now + 1) * STEP_S) - now_s)))
    if told_step >= now - WINDOW:
        return Judgement(CodeVerdict.WRONG)
    told = min(fits, key=lambda s: abs(s - now))
    return Judgement(CodeVerdict.CLOCK_OFF, step=told, off_s=abs(told - now) * STEP_S)
