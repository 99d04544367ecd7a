"""The invented people of a demo or a test office, and the authenticator that each of them would have in a pocket."""

import time
from dataclasses import dataclass, field

import pyotp

STEP_S = 30
TYPING_S = 12
"""How long a code must stay valid, so that a busy machine can still type it."""


@dataclass
class Authenticator:
    """One person's authenticator. Gives each code once, as the office takes each once."""

    secret: str
    last_step: int = 0

    def fresh_code(self, lasts_s: float = TYPING_S) -> str:
        """A code that was not given before and is valid for so many seconds more; waits if need be (some 30 s at most).

        Args:
            lasts_s: at most 60.
        """
        while not (code := self.code_if_fresh(lasts_s)):
            time.sleep(0.2)
        return code

    def code_if_fresh(self, lasts_s: float = TYPING_S) -> str:
        """The same without waiting; empty while every code that is valid now was given."""
        now_s = time.time()
        now = int(now_s // STEP_S)
        step = max(now - 1, self.last_step + 1)
        while (step + 2) * STEP_S - now_s <= lasts_s:  # a code is taken until the end of the step after its own
            step += 1
        if step > now + 1:
            return ""
        self.last_step = step
        return self.code_of(step)

    def code_of(self, step: int) -> str:
        """The code of a step."""
        return str(pyotp.TOTP(self.secret).generate_otp(step))

    def shown_code(self) -> str:
        """The code that the authenticator shows now."""
        return self.code_of(int(time.time() // STEP_S))


@dataclass
class DemoPerson:
    """A person with a password and an authenticator."""

    account: str
    name: str
    role: str
    queues: tuple[str, ...]
    password: str
    authenticator: Authenticator = field(default_factory=lambda: Authenticator(""))
