"""A person's own account: change the password, replace the authenticator, recovery codes, sign-ins and sessions.

All calls block; screens make them off the GUI thread. Changing a factor takes the current password and a code that is
fresh: `code` may be empty while the last one counts (`needs_code`). Each change turns the session's token over.
"""

from collections.abc import Callable
from dataclasses import dataclass

from app.api.client import own_account as calls
from app.api.messages.own_account import AuthenticatorBegin, AuthenticatorBegun, NewRecoveryCodes
from app.auth.password import check_password, judged
from app.auth.password_strength import Strength
from app.auth.recovery_codes import parse_recovery_code
from app.auth.totp import TotpHash, as_text, provisioning_uri
from app.crypto.account_keys import PasswordKeys
from app.crypto.derive import at_least
from app.session.identity import Identity
from app.session.own_password import derive, new_password
from app.session.shown import Secret


@dataclass(frozen=True, slots=True)
class OwnFactors:
    """What is known of one's own factors.

    Attributes:
        account: account name.
        display_name: the person's name.
        password_at: when the password was set, seconds since 1970 (0: before this was kept).
        authenticator_at: when the authenticator was set up, the same.
        totp_hash: `sha1` or `sha256`.
        recovery_codes: how many recovery codes are left.
    """

    account: str
    display_name: str
    password_at: float
    authenticator_at: float
    totp_hash: str
    recovery_codes: int


@dataclass(frozen=True, slots=True)
class OwnSignIn:
    """One sign-in or failed try.

    Attributes:
        at: seconds since 1970.
        workstation: where.
        kind: console, approval, command or replace (with a recovery code); empty for a failed try.
        ok: whether it succeeded.
        reason: why not: wrong (the password), wrong_code and wrong_recovery_code (beside a right password), used_code,
            clock_off, codes_refused, rolled_back; else empty.
    """

    at: float
    workstation: str
    kind: str
    ok: bool
    reason: str


@dataclass(frozen=True, slots=True)
class OwnSession:
    """One running session.

    Attributes:
        id: session id, hex.
        kind: console, approval, command or replace.
        workstation: where.
        started_at, ends_at: seconds since 1970.
        this: whether it is the one that asks.
    """

    id: str
    kind: str
    workstation: str
    started_at: float
    ends_at: float
    this: bool


@dataclass(frozen=True, slots=True)
class NewAuthenticator:
    """What a new authenticator takes.

    Attributes:
        secret: the secret as text.
        uri: the same as an otpauth URI, for a QR code.
        until: seconds since 1970 until which a code of it must have come.
    """

    secret: Secret
    uri: Secret
    until: float


class MyAccount:
    """One signed-in person's own account."""

    def __init__(
        self,
        identity: Identity,
        keep_token: Callable[[bytes], None] = lambda _token: None,
        on_code: Callable[[], None] = lambda: None,
        on_password: Callable[[PasswordKeys, bytes], None] = lambda _derived, _wrapped: None,
    ) -> None:
        """Work for this identity.

        Args:
            identity: who signed in.
            keep_token: called with each new token of the session, where it is kept for a lock.
            on_code: called when a fresh code was taken.
            on_password: called after a change of password with what it gives, and the account keys wrapped under it.
        """
        self._identity = identity
        self._keep_token = keep_token
        self._on_code, self._on_password = on_code, on_password
        self._change: AuthenticatorBegun | None = None

    # looking

    def factors(self) -> OwnFactors:
        """What is known of one's own factors."""
        own = calls.own_account(self._identity.client)
        return OwnFactors(
            own.account,
            own.display_name,
            own.password_ms / 1000,
            own.authenticator_ms / 1000,
            own.totp_hash,
            own.recovery_codes,
        )

    def sign_ins(self, limit: int = 50) -> list[OwnSignIn]:
        """Own sign-ins and failed tries, the newest first."""
        found = calls.sign_ins(self._identity.client, limit).sign_ins
        return [OwnSignIn(s.at_ms / 1000, s.seat, s.kind, s.outcome == "ok", s.reason) for s in found]

    def sessions(self) -> list[OwnSession]:
        """Own running sessions, the newest first."""
        found = calls.sessions(self._identity.client).sessions
        return [
            OwnSession(s.session.hex(), s.kind, s.seat, s.started_ms / 1000, s.ends_ms / 1000, s.this) for s in found
        ]

    def end_others(self) -> int:
        """End every own session but this one; how many there were."""
        return calls.end_others(self._identity.client).ended

    # the password

    def strength(self, password: str) -> Strength:
        """How easily a new password is guessed; for feedback alone, not for a verdict."""
        return judged(password, *self._names())

    def check_password(self, password: str) -> None:
        """Accept a new password, or say what to do.

        Raises:
            InputRefusedError: code password_short, password_long, password_easy, password_common or password_named.
        """
        check_password(password, *self._names())

    def _names(self) -> tuple[str, ...]:
        own = calls.own_account(self._identity.client)
        return own.account, own.display_name, own.office

    def change_password(self, current: str, new: str, code: str = "") -> None:
        """Choose another password. Keys and class grants stay; one's other sessions end.

        Args:
            current: the current password.
            new: the new one.
            code: a fresh code; empty if the last one counts still.

        Raises:
            InputRefusedError: the new password.
            SignInAnswerError: the current password or the code is wrong, or used; nothing was changed.
            NotAllowedError: code `step_up`: a fresh code is needed.
            SessionOverError: too many wrong ones; this session is over.
        """
        self.check_password(new)
        identity = self._identity
        derived, cost = derive(identity.client, identity.account, current)
        cost = at_least(calls.profile(identity.client), cost)
        request, now = new_password(identity, derived.verifier, _digits(code), new, cost)
        self._took(code, calls.change_password(identity.client, request))
        self._on_password(now, request.wrapped_keys)

    # the authenticator

    def begin_authenticator(
        self, current: str, code: str = "", *, recovery_code: str = "", totp_sha256: bool = False
    ) -> NewAuthenticator:
        """Begin to replace the authenticator; the old one works until `finish_authenticator`.

        Args:
            current: the current password.
            code: a fresh code of the old authenticator; empty if the last one counts still.
            recovery_code: in its place, a recovery code; it is used up now.
            totp_sha256: whether the new one shall use SHA-256 (few authenticators can).

        Raises:
            InputRefusedError: not a recovery code.
            SignInAnswerError: password or code is wrong, or used.
            NotAllowedError: code `step_up`: a fresh code is needed.
            SessionOverError: too many wrong ones; this session is over.
        """
        request = AuthenticatorBegin(
            verifier=self._verifier(current),
            code=_digits(code),
            recovery_code=parse_recovery_code(recovery_code) if recovery_code else "",
            totp_hash=_hash(totp_sha256),
        )
        self._change = calls.authenticator_begin(self._identity.client, request)
        self._took(code, self._change.token)
        office = calls.own_account(self._identity.client).office
        return offer_of(self._change, self._identity.account, office, _hash(totp_sha256))

    def finish_authenticator(self, code: str) -> None:
        """Take the new authenticator, by a code that it shows. One's other sessions end.

        Raises:
            NotAllowedError: the code does not fit (`wrong_code`, `clock_off`), or it took too long
                (`change_over`): begin again.
        """
        if self._change is None:
            raise RuntimeError("a new authenticator is proved after it was begun")
        calls.authenticator_finish(self._identity.client, self._change.change, _digits(code))
        self._change = None

    # recovery codes

    def new_recovery_codes(self, current: str, code: str = "") -> tuple[Secret, ...]:
        """Ten new recovery codes, to be shown once; earlier ones stop working.

        Raises:
            SignInAnswerError: password or code is wrong, or used.
            NotAllowedError: code `step_up`: a fresh code is needed.
            SessionOverError: too many wrong ones; this session is over.
        """
        request = NewRecoveryCodes(verifier=self._verifier(current), code=_digits(code))
        answer = calls.new_recovery_codes(self._identity.client, request)
        self._took(code, answer.token)
        return tuple(Secret(code) for code in answer.codes)

    def _verifier(self, password: str) -> bytes:
        derived, _cost = derive(self._identity.client, self._identity.account, password)
        return derived.verifier

    def _took(self, code: str, token: bytes) -> None:
        self._keep_token(token)
        if code:
            self._on_code()


def offer_of(begun: AuthenticatorBegun, account: str, office: str, totp_hash: TotpHash) -> NewAuthenticator:
    """What a new authenticator takes, for screens."""
    uri = provisioning_uri(begun.totp, account, office, totp_hash)
    return NewAuthenticator(Secret(as_text(begun.totp)), Secret(uri), begun.until_ms / 1000)


def _hash(sha256: bool) -> TotpHash:
    return TotpHash.SHA256 if sha256 else TotpHash.SHA1


def _digits(code: str) -> str:
    return "".join(code.split())
