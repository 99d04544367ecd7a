"""Somebody else at the same office, without a screen: asks for a field, or decides on what was asked.

The product's own session code over the office's real socket, in the process of the play; the consoles know nothing of
it but what the office tells them.
"""

from types import TracebackType
from typing import Any, Self

from tests.security.early_office import lasting_code


class Colleague:
    """A signed-in person. Whoever decides comes as at the desk of an agent, whoever asks as a console does.

    Args:
        places: of the office.
        store: the keyring.
        policy: of the office.
        person: who, with password and authenticator.
    """

    def __init__(self, places: Any, store: Any, policy: Any, person: Any) -> None:
        from app.api.client.client import ApiClient
        from app.api.client.transport import SocketTransport
        from app.domain.inventory_reader import load_inventory
        from app.session.deciding import Deciding
        from app.session.sign_in import SignIn

        signing = SignIn(
            places,
            lambda: ApiClient(SocketTransport(places.socket("office"))),
            lambda: store,
            policy,
            start_office=lambda: None,
        )
        kind: Any = "approval" if person.role == "supervisor" else "console"
        signed = signing._sign_in(person.account, person.password, lasting_code(person), kind)
        self._identity = signed.identity
        self._deciding = Deciding(signed.identity, load_inventory(signed.answer.inventory), "en")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._identity.leave("signed_out")

    def ask(self, record: str, field: str, words: str) -> None:
        """Ask for a field of a customer, with the first reason that needs no identified caller."""
        from app.api.messages.reveals import AskUnlock
        from app.session.identity import new_id

        request = AskUnlock(
            request=new_id(), record=bytes.fromhex(record), field=field, reason="confirm_identity", words=words
        )
        self._identity.client.ask_unlock(request)

    def waits(self) -> Any:
        """The oldest request that this person may decide; None without one."""
        return next(iter(self._deciding.waiting()), None)

    def deny(self, request: str, why: str) -> None:
        """Refuse it."""
        self._deciding.deny(request, why)

    def approve(self, request: str) -> None:
        """Open it for as long as policy lets one."""
        self._deciding.approve(request, self._deciding.limits.usable_s)

    def revoke(self, request: str) -> None:
        """Close it again."""
        self._deciding.revoke(request)
