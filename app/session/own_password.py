"""Deriving from one's own password, and putting it under the office's parameters when they have become stronger."""

import logging
import secrets

from app.api.client import own_account as calls
from app.api.client.client import ApiClient
from app.api.messages.own_account import NewPassword
from app.crypto.account_keys import PasswordKeys, password_keys, slot_key, wrap_account_keys
from app.crypto.derive import PasswordCost
from app.domain.errors import TiraiError, VerificationError
from app.session.identity import Identity


def derive(client: ApiClient, account: str, password: str) -> tuple[PasswordKeys, PasswordCost]:
    """W, V and C of a password at this office, and with which parameters. One Argon2id: never on a GUI thread.

    Raises:
        VerificationError: the office asks for parameters under the floor, or far over any use.
    """
    salt = client.salt(account)
    cost = PasswordCost(salt.memory_kib, salt.passes, salt.lanes)
    try:
        return password_keys(account, password, salt.salt, cost), cost
    except ValueError as e:
        raise VerificationError("The office asks for a weaker password derivation than is allowed.") from e


def new_password(
    identity: Identity, verifier: bytes, code: str, password: str, cost: PasswordCost
) -> tuple[NewPassword, PasswordKeys]:
    """What the office is sent of a new password, and what it gives here.

    Args:
        identity: whose it is; the account keys are wrapped anew.
        verifier: V of the current password.
        code: a fresh code, or empty.
        password: the new password.
        cost: Argon2id parameters.
    """
    salt = secrets.token_bytes(16)
    derived = password_keys(identity.account, password, salt, cost)
    half = identity.client.slot_half(identity.office, identity.store.seat_half())
    request = NewPassword(
        verifier=verifier,
        code=code,
        salt=salt,
        memory_kib=cost.memory_kib,
        passes=cost.passes,
        lanes=cost.lanes,
        new_verifier=derived.verifier,
        slot_key=identity.client.slot(slot_key(identity.office, identity.account, half, derived.console)),
        wrapped_keys=wrap_account_keys(identity.office, identity.account, derived.wrapping, identity.keys),
    )
    return request, derived


def strengthened(identity: Identity, password: str, derived: PasswordKeys, cost: PasswordCost) -> PasswordKeys:
    """Put a password under stronger parameters after a sign-in; if that fails, the old ones are good until the next.

    Returns:
        What the password gives now.
    """
    try:
        request, stronger = new_password(identity, derived.verifier, "", password, cost)
        calls.strengthen_password(identity.client, request)
    except (TiraiError, ValueError) as e:
        logging.getLogger("tirai.session").warning("password parameters not raised: %s", type(e).__name__)
        return derived
    return stronger
