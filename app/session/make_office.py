"""Making an office in a window: its name, two people with their authenticators, then everything at once.

What makes it is handed in (`Making`), since a session's use case knows nothing of the back office's. Invariants: an
office exists once `finish` has returned and not before; `cancel` leaves nothing, whatever was done; calls come from
any thread and are made one after the other.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from threading import RLock
from typing import Protocol

from app.auth import totp
from app.auth.names import account_name
from app.auth.password import check_password, judged
from app.auth.password_strength import Strength
from app.domain.errors import InputRefusedError
from app.domain.role import Role
from app.session.shown import Secret

LONGEST_OFFICE_NAME, LONGEST_PERSON_NAME = 60, 80


class Making(Protocol):
    """An office in the making (`app.backoffice.set_up.SetUp`, wired by `bootstrap`)."""

    def add(self, person: "NewPerson", code: str) -> tuple[str, ...]:
        """Take a person in after a right code; their recovery codes."""

    @property
    def kit_file(self) -> str:
        """Where the kit's file lies once this is finished."""

    def finish(self) -> tuple[str, ...]:
        """Put everything in its place; the kit's codes."""

    def cancel(self) -> None:
        """Leave nothing behind."""


@dataclass(frozen=True, slots=True, repr=False)
class NewPerson:
    """One of the two people.

    Attributes:
        role: administrator or supervisor.
        account: account name.
        display_name: the person's name.
        password: as typed.
        totp: the authenticator's secret.
    """

    role: Role
    account: str
    display_name: str
    password: str
    totp: bytes


@dataclass(frozen=True, slots=True)
class AuthenticatorOffer:
    """What an authenticator takes.

    Attributes:
        display_name: whose it is.
        secret: the secret as text.
        uri: the same as an otpauth URI, for a QR code.
    """

    display_name: str
    secret: Secret
    uri: Secret


@dataclass(frozen=True, slots=True)
class Kit:
    """What is left to keep.

    Attributes:
        office: the office's name.
        codes: three codes, any two of which open the kit's file.
        file: where that file lies.
    """

    office: str
    codes: tuple[Secret, ...]
    file: str


@dataclass(slots=True)
class _Begun:
    name: str
    making: Making
    pending: NewPerson | None = None
    added: list[str] = field(default_factory=list)


class MakeOffice:
    """The set-up's use case."""

    def __init__(self, begin: Callable[[str], Making]) -> None:
        """Make an office here.

        Args:
            begin: begins one of a name; opens the keyring.
        """
        self._begin = begin
        self._begun: _Begun | None = None
        self._lock = RLock()

    def begin(self, office_name: str) -> None:
        """Begin, or begin again with another name.

        Raises:
            InputRefusedError: not a name, or there is an office here.
            WorkstationError: no keyring.
        """
        name = _line(office_name, LONGEST_OFFICE_NAME, "office")
        with self._lock:
            self.cancel()
            self._begun = _Begun(name, self._begin(name))

    def person(self, role: Role, account: str, display_name: str, password: str) -> AuthenticatorOffer:
        """Say who takes a role; the answer is what their authenticator takes.

        The same account gets the same secret again, so that an authenticator that was set up goes on fitting.

        Raises:
            InputRefusedError: a name or the password.
        """
        with self._lock:
            begun = self._now()
            account = account_name(account)
            if account in begun.added:
                raise InputRefusedError("Two people set an office up; choose another account name.", code="name_taken")
            display_name = _line(display_name, LONGEST_PERSON_NAME, "person")
            check_password(password, account, display_name, begun.name)
            old = begun.pending
            secret = old.totp if old and (old.role, old.account) == (role, account) else totp.new_secret()
            begun.pending = NewPerson(role, account, display_name, password, secret)
            uri = totp.provisioning_uri(secret, account, begun.name)
            return AuthenticatorOffer(display_name, Secret(totp.as_text(secret)), Secret(uri))

    def strength(self, account: str, display_name: str, password: str) -> Strength:
        """How easily a person's new password is guessed; for showing while it is typed."""
        begun = self._begun
        return judged(password, account, display_name, begun.name if begun is not None else "")

    def prove(self, code: str) -> tuple[Secret, ...]:
        """Take the person in, by a code of their authenticator.

        Returns:
            Their ten recovery codes, to be shown once.

        Raises:
            NotAllowedError: the code does not fit; another one may.
        """
        with self._lock:
            begun = self._now()
            if begun.pending is None:
                raise RuntimeError("a person proves an authenticator after they were named")
            codes = begun.making.add(begun.pending, code)
            begun.added.append(begun.pending.account)
            begun.pending = None
            return tuple(Secret(code) for code in codes)

    def finish(self) -> Kit:
        """Make the office.

        Raises:
            InputRefusedError: somebody else made one here meanwhile.
        """
        with self._lock:
            begun = self._now()
            codes = begun.making.finish()
            self._begun = None
            return Kit(begun.name, tuple(Secret(code) for code in codes), begun.making.kit_file)

    def cancel(self) -> None:
        """Leave nothing behind."""
        with self._lock:
            begun, self._begun = self._begun, None
            if begun is not None:
                begun.making.cancel()

    def _now(self) -> _Begun:
        if self._begun is None:
            raise RuntimeError("a set-up begins with the office's name")
        return self._begun


def _line(untrusted: str, longest: int, what: str) -> str:
    text = untrusted.strip()
    if not text or len(text) > longest or not text.isprintable():
        raise InputRefusedError(f"Give the {what}'s name, up to {longest} characters.", code=f"{what}_name")
    return text
