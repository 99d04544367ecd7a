"""The client's calls about one's own account, and about the throttle that a supervisor releases."""

from app.api.client.client import ApiClient
from app.api.messages import own_account as messages
from app.api.messages.wire import Done
from app.crypto.derive import PasswordCost


def own_account(client: ApiClient) -> messages.OwnAccount:
    """What the office knows of one's own factors."""
    return client.call("GET", "/v1/own", messages.OwnAccount)


def profile(client: ApiClient) -> PasswordCost:
    """What a new password is derived with at this office."""
    return PasswordCost(*client.call("GET", "/v1/own/password", messages.Profile).cost)


def sign_ins(client: ApiClient, limit: int) -> messages.OwnSignIns:
    """Own sign-ins and failed tries, the newest first."""
    return client.call("GET", f"/v1/own/sign-ins?limit={limit}", messages.OwnSignIns)


def sessions(client: ApiClient) -> messages.OwnSessions:
    """Own running sessions."""
    return client.call("GET", "/v1/own/sessions", messages.OwnSessions)


def end_others(client: ApiClient) -> messages.OthersEnded:
    """End every own session but this one."""
    return client.call("POST", "/v1/own/sessions/end-others", messages.OthersEnded)


def change_password(client: ApiClient, request: messages.NewPassword) -> bytes:
    """Put another password; the session's new token."""
    answer = client.turn("PUT", "/v1/own/password", messages.FreshToken, request)
    return answer.token


def strengthen_password(client: ApiClient, request: messages.NewPassword) -> None:
    """Put the same password under stronger parameters."""
    client.call("PUT", "/v1/own/password/parameters", Done, request)


def authenticator_begin(client: ApiClient, request: messages.AuthenticatorBegin) -> messages.AuthenticatorBegun:
    """Begin to replace the authenticator."""
    return client.turn("POST", "/v1/own/authenticator", messages.AuthenticatorBegun, request)


def authenticator_finish(client: ApiClient, change: bytes, code: str) -> None:
    """Prove the new authenticator."""
    request = messages.AuthenticatorFinish(change=change, code=code)
    client.call("POST", "/v1/own/authenticator/finish", Done, request)


def new_recovery_codes(client: ApiClient, request: messages.NewRecoveryCodes) -> messages.RecoveryCodes:
    """Make new recovery codes."""
    return client.turn("POST", "/v1/own/recovery-codes", messages.RecoveryCodes, request)


def throttled(client: ApiClient) -> messages.ThrottledAccounts:
    """Accounts that wait at this office."""
    return client.call("GET", "/v1/throttled", messages.ThrottledAccounts)


def release_throttle(client: ApiClient, account: str) -> None:
    """Let an account try again at once."""
    client.call("POST", "/v1/throttled/release", Done, messages.ReleaseThrottle(account=account))
