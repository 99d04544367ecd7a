"""Messages about one's own factors and sessions, and about the throttle that a supervisor releases."""

from typing import Literal

from pydantic import Field

from app.api.messages.wire import Blob, Id16, Key32, Message, Name, SlotKey
from app.domain.unusual_sign_in import Unusual

CODE_LENGTH = 24
"""Longest code as sent: six digits, or a recovery code of 16 signs."""


class OwnAccount(Message):
    """What a person sees of their own factors."""

    account: str
    display_name: str
    role: str
    office: str
    totp_hash: str
    authenticator_ms: int
    password_ms: int
    recovery_codes: int


class OwnSignIn(Message):
    """One sign-in, or a failed try, of one's own account."""

    at_ms: int
    seat: str
    kind: str
    outcome: str
    reason: str


class OwnSignIns(Message):
    """The newest first."""

    sign_ins: tuple[OwnSignIn, ...]


class OwnSession(Message):
    """One running session of one's own account."""

    session: Id16
    kind: str
    seat: str
    started_ms: int
    ends_ms: int
    this: bool


class OwnSessions(Message):
    """The newest first."""

    sessions: tuple[OwnSession, ...]


class OthersEnded(Message):
    """How many other sessions were ended."""

    ended: int


class Profile(Message):
    """What a new password is derived with here: Argon2id memory in KiB, passes, lanes."""

    cost: tuple[int, int, int]


class FreshToken(Message):
    """The session's new token; the one that asked is dead."""

    token: Key32


class NewPassword(Message):
    """Another password: proof of the current one and a fresh code; V, slot key and wrapped keys of the new one.

    `code` may be empty while the session's last code counts still.
    """

    verifier: Key32
    code: str = Field(default="", max_length=CODE_LENGTH)
    salt: Id16
    memory_kib: int = Field(ge=1, le=4 * 1024 * 1024)
    passes: int = Field(ge=1, le=100)
    lanes: int = Field(ge=1, le=64)
    new_verifier: Key32
    slot_key: SlotKey
    wrapped_keys: Blob


class AuthenticatorBegin(Message):
    """Another authenticator: current password and a fresh code, or a recovery code.

    A session that signed in with a recovery code has shown both already.
    """

    verifier: Key32 | None = None
    code: str = Field(default="", max_length=CODE_LENGTH)
    recovery_code: str = Field(default="", max_length=CODE_LENGTH)
    totp_hash: str = Field(default="sha1", pattern="^sha(1|256)$")


class AuthenticatorBegun(Message):
    """The new authenticator's secret; the old one works until a code of the new one has come."""

    change: Id16
    totp: Blob
    until_ms: int
    token: Key32


class AuthenticatorFinish(Message):
    """A right code of the new authenticator."""

    change: Id16
    code: str = Field(max_length=CODE_LENGTH)


class NewRecoveryCodes(Message):
    """Ten new recovery codes: current password and a fresh code (as in `NewPassword`)."""

    verifier: Key32
    code: str = Field(default="", max_length=CODE_LENGTH)


class RecoveryCodes(Message):
    """Recovery codes, sent once; earlier ones are dead."""

    codes: tuple[str, ...]
    token: Key32


class Throttled(Message):
    """An account that waits at this workstation, or whose codes are not taken now.

    Attributes:
        failed: failed tries in a row.
        last_ms: when the last one was.
        wait_s: seconds until the next try is judged.
        codes_wait_s: seconds until codes are taken again, 0 where they are taken.
    """

    account: str
    display_name: str
    failed: int
    last_ms: int
    wait_s: int
    codes_wait_s: int


class ThrottledAccounts(Message):
    """Everybody who waits."""

    accounts: tuple[Throttled, ...]


class ReleaseThrottle(Message):
    """Let an account try again at once; whoever asks has seen who the person is."""

    account: Name


class Alarm(Message):
    """Many accounts failed at one workstation."""

    at_ms: int
    seat: str
    accounts: int


class UnusualSignIn(Message):
    """A sign-in that was right and unusual, since the last one that told."""

    at_ms: int
    seat: str
    account: str
    why: tuple[Unusual, ...]


FactorName = Literal["password", "authenticator", "recovery_codes", "reset"]


class FactorChange(Message):
    """A factor that was changed, or the whole account reset, since the last sign-in that told."""

    at_ms: int
    seat: str
    what: FactorName


class Elsewhere(Message):
    """An own session at another workstation that this sign-in has ended."""

    seat: str
    started_ms: int
