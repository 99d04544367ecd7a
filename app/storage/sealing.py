"""Opening one sealed value on this workstation: both halves meet here, and nowhere else.

Nothing is written: box, blob and share come from the office, stay in memory, and die with the process.
"""

from app.crypto import hpke, values
from app.crypto.errors import SealError
from app.crypto.values import BoxedDataKey, console_half, open_data_key, open_value, value_context

__all__ = ["SealError", "own_half", "unsealed_half", "value_context", "value_of"]


def own_half(office: bytes, class_secret: bytes, boxed: BoxedDataKey, ctx: bytes) -> bytes:
    """E, made by a holder of the class key.

    Raises:
        SealError: the box is another class key's, or holds another data key than its check names.
    """
    return console_half(open_data_key(office, class_secret, boxed), ctx)


def unsealed_half(session_secret: bytes, sealed: bytes, info: bytes) -> bytes:
    """E, as a supervisor sealed it to this session.

    Raises:
        SealError: it was sealed to another session, request or value.
    """
    return hpke.unseal(session_secret, sealed, info)


def value_of(half: bytes, share: bytes, ctx: bytes, blob: bytes) -> str:
    """Join both halves.

    Raises:
        SealError: one of them, the context or the blob is another value's.
    """
    if values.salt_of(blob) not in ctx:
        raise SealError("the blob carries another salt than was asked for")
    return open_value(half, share, ctx, blob)
