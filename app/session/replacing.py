"""The session of somebody whose authenticator is gone: it signed in with a recovery code and sets up another one."""

import contextlib

from app.api.client import own_account as calls
from app.api.messages.own_account import AuthenticatorBegin, AuthenticatorBegun
from app.auth.totp import TotpHash
from app.domain.errors import TiraiError
from app.session.identity import Identity
from app.session.my_account import NewAuthenticator, offer_of


class Replacing:
    """One replacement, with five minutes; then the person signs in with the new authenticator."""

    def __init__(self, identity: Identity, office: str) -> None:
        """Replace for this identity, at the office of this name."""
        self._identity, self._office = identity, office
        self._change: AuthenticatorBegun | None = None

    def begin(self, *, totp_sha256: bool = False) -> NewAuthenticator:
        """Get a new secret; may be called again for another."""
        totp_hash = TotpHash.SHA256 if totp_sha256 else TotpHash.SHA1
        self._change = calls.authenticator_begin(self._identity.client, AuthenticatorBegin(totp_hash=totp_hash.value))
        return offer_of(self._change, self._identity.account, self._office, totp_hash)

    def finish(self, code: str) -> None:
        """Take the new authenticator, by a code that it shows; this session is over then.

        Raises:
            NotAllowedError: the code does not fit (`wrong_code`, `clock_off`), or it took too long (`change_over`).
        """
        if self._change is None:
            raise RuntimeError("a new authenticator is proved after it was begun")
        calls.authenticator_finish(self._identity.client, self._change.change, "".join(code.split()))
        self._change = None
        self._identity.client.forget_token()
        self._identity.client.close()

    def end(self) -> None:
        """Give it up; the old authenticator stands, the recovery code is used."""
        with contextlib.suppress(TiraiError, RuntimeError):
            self._identity.leave("signed_out")
