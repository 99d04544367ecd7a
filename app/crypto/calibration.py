"""How many passes of Argon2id this machine takes for a password: the profile's, or more where it is fast.

Only upwards: a slow machine, or one that is busy just then, gets the profile itself.
"""

import secrets
import time
from collections.abc import Callable

from app.crypto.derive import PASSWORD_CEILING, PASSWORD_COST, PasswordCost, password_root

WANTED_S = 0.25
"""What one derivation may take of a person's patience at a sign-in."""
_TRIES = 2


def calibrated(clock: Callable[[], float] = time.perf_counter) -> PasswordCost:
    """Measure this machine: the profile with as many passes as take `WANTED_S`. Takes half a second."""
    base = PASSWORD_COST
    best_s = min(_one(clock) for _ in range(_TRIES))
    passes = int(base.passes * WANTED_S / max(best_s, 0.001))
    return PasswordCost(base.memory_kib, min(max(base.passes, passes), PASSWORD_CEILING.passes), base.lanes)


def _one(clock: Callable[[], float]) -> float:
    started = clock()
    password_root("how fast is this machine", secrets.token_bytes(16), PASSWORD_COST)
    return clock() - started
