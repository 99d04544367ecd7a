"""Class grants and unlock boxes: how a class key, or one value's half, passes from person to person."""

from app.crypto import hpke
from app.crypto.derive import same
from app.crypto.errors import SealError
from app.crypto.labels import lp


def class_grant_info(office: bytes, account: str, data_class: str, version: int) -> bytes:
    """What a class grant is bound to."""
    return lp("class-grant", office, account, data_class, version)


def seal_class_key(public: bytes, secret: bytes, office: bytes, account: str, data_class: str, version: int) -> bytes:
    """A class grant: the class key's secret, sealed to an account whose public key *the book* shows."""
    return hpke.seal(public, secret, class_grant_info(office, account, data_class, version))


def open_class_key(
    kem: bytes, blob: bytes, office: bytes, account: str, data_class: str, version: int, class_public: bytes
) -> bytes:
    """Open a class grant and compare its public half with the book's.

    Raises:
        SealError: it does not open, or is a false class key.
    """
    secret = hpke.unseal(kem, blob, class_grant_info(office, account, data_class, version))
    if not same(hpke.public_of(secret), class_public):
        raise SealError("the class key is not the one the book shows")
    return secret


def unlock_info(office: bytes, request: bytes, session: bytes, ctx: bytes) -> bytes:
    """What an unlock box is bound to: request, session and the one value."""
    return lp("unlock", office, request, session, ctx)


def use_info(office: bytes, session: bytes, ctx: bytes) -> bytes:
    """What a half is bound to that a console hands to the office, to have one value used and not shown."""
    return lp("use", office, session, ctx)


def edit_info(office: bytes, session: bytes, record: bytes, field: str, request: bytes) -> bytes:
    """What the new value of one field is bound to on its way to the office."""
    return lp("edit", office, session, record, field, request)


def new_customer_info(office: bytes, session: bytes, request: bytes) -> bytes:
    """What the fields of a new customer are bound to on their way to the office."""
    return lp("new-customer", office, session, request)
