"""What most of the time of a made office would go to, done once or at the least cost.

A person's password keys are derived once in a test process, however often that person signs in. Recovery codes, ten for
each invented person, are hashed by the least Argon2id (RFC 9106 section 3.1) instead of the floor; the whole way at the
real cost is walked where `at_full_cost` is asked for, and by every other process. The offices of one process agree.
A gateway that leaves does not wait for the goodbye of lines that lie idle in this same process, and a console tries
again soon when its gateway is away.
"""

import contextlib
import functools
from collections.abc import Iterator
from unittest.mock import patch

from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from app.api.client import https_transport
from app.api.server import tls_server
from app.backoffice import recovery_codes
from app.crypto import account_keys
from app.crypto.derive import KEY_BYTES, mac, password_root
from app.crypto.labels import lp

LEAST_MEMORY_KIB = 8
GOODBYE_S, PAUSES_S = 0.1, (0.0, 0.02)
REAL = account_keys.stored_recovery_code


def quick_recovery_code(pepper: bytes, account: str, code: str, salt: bytes) -> bytes:
    """`stored_recovery_code` at the least cost."""
    kdf = Argon2id(salt=salt, length=KEY_BYTES, iterations=1, lanes=1, memory_cost=LEAST_MEMORY_KIB)
    return mac(pepper, lp("recovery-code", account, kdf.derive(code.encode())))


def quicken() -> None:
    """From now on, in this process."""
    setattr(account_keys, "password_root", functools.lru_cache(maxsize=512)(password_root))  # noqa: B010
    setattr(recovery_codes, "stored_recovery_code", quick_recovery_code)  # noqa: B010
    setattr(tls_server, "GOODBYE_S", GOODBYE_S)  # noqa: B010
    setattr(https_transport, "_PAUSES_S", PAUSES_S)  # noqa: B010


@contextlib.contextmanager
def at_full_cost() -> Iterator[None]:
    """Everything as the product does it, until the block is left."""
    with (
        patch.object(account_keys, "password_root", password_root),
        patch.object(recovery_codes, "stored_recovery_code", REAL),
    ):
        yield
