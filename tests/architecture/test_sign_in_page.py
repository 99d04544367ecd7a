"""docs/sign-in.md says what the code does: its numbers, and which routes ask for no session."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from fastapi.routing import APIRoute

from app.api.server.application import make_application
from app.api.server.service import asking
from app.auth import password, recovery_codes, throttle, totp
from app.crypto.derive import PASSWORD_COST, PASSWORD_FLOOR, PROFILE
from app.domain.policy_reader import load_policy
from app.resource_files import resource_text

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "sign-in.md").read_text("utf-8")
TEXT = " ".join(PAGE.split())
POLICY = load_policy(resource_text("policy", "default.toml"))


@pytest.mark.asvs("V6.1.1", "V7.1.1", "V7.1.2")
@pytest.mark.parametrize(
    "claim",
    [
        f"{password.SHORTEST} to {password.LONGEST} code points",
        f"`{PROFILE}`: {PASSWORD_COST.memory_kib // 1024} MiB, {PASSWORD_COST.passes} passes, {PASSWORD_COST.lanes}",
        f"never under {PASSWORD_FLOOR.memory_kib // 1024} MiB, {PASSWORD_FLOOR.passes}, {PASSWORD_FLOOR.lanes}",
        f"six digits, {totp.STEP_S} s, one step either side",
        f"{recovery_codes.CODES}, of {recovery_codes.CODE_BYTES * 8} bits",
        f"{throttle.FREE_TRIES} are free; then "
        + ", ".join(str(throttle.wait_after(n) // 60) for n in range(5, 11))
        + f" min; the 10th waits {throttle.wait_after(10) // 60} min",
        f"a bucket of {throttle.DEVICE_FREE_TRIES} that leaks one in {throttle.DEVICE_LEAK_S // 60} min; full, the "
        f"workstation waits {throttle.FIRST_WAIT_S // 60} to {throttle.DEVICE_LONGEST_WAIT_S // 60} min",
        f"after {throttle.EXACT_AFTER_WRONG_CODES} in 24 h only the present step is taken; "
        f"after {throttle.WRONG_CODES_A_DAY}, none",
        f"after {throttle.WRONG_CODES_IN_A_ROW} the authenticator",
        f"the {POLICY.lock_tries}th ends the session",
        f"When {throttle.ALARM_ACCOUNTS} other accounts",
        f"idle after {POLICY.idle_lock_s // 60} min, while a call is on {POLICY.call_idle_max_s // 60}",
        f"idle after {POLICY.idle_end_s // 60} min; at most {POLICY.session_s // 3600} h",
        f"lease of {POLICY.lease_s // 60} min",
        f"{POLICY.step_up_s // 60} min; signing in is one",
        f"one use, {POLICY.activation_s // 3600} h",
    ],
)
def test_that_the_page_says_what_the_code_does(claim: str) -> None:
    assert claim in TEXT


@pytest.mark.asvs("V6.1.1", "V7.1.1")
def test_that_the_numbers_keep_to_the_rules_that_they_come_from() -> None:
    """PCI DSS 4.0.1 8.2.8 and 8.3.4; NIST SP 800-63B-4 AAL2 and section 3.2.2; OWASP ASVS 5.0 V7.1.1."""
    assert POLICY.idle_end_s <= 15 * 60
    assert POLICY.call_idle_max_s <= 15 * 60
    assert POLICY.session_s <= 12 * 3600
    assert throttle.wait_after(10) >= 30 * 60
    assert throttle.WRONG_CODES_IN_A_ROW <= 100


@pytest.mark.asvs("V6.1.3", "V6.3.4")
def test_that_every_route_without_a_session_is_on_the_page() -> None:
    app = make_application(None)  # type: ignore[arg-type]
    every = list(_routes(app.routes))
    assert len(every) > 30
    named = set(re.findall(r"`(/v1/[a-z{}/-]+)`", TEXT.split("ask for no session:")[1].split(". ")[0]))
    assert {route.path for route in every if not _asks(route)} == named


def _routes(found: Iterable[object]) -> Iterator[APIRoute]:
    """Routes, also of routers that FastAPI keeps as they were included."""
    for route in found:
        if isinstance(route, APIRoute):
            yield route
        elif hasattr(route, "original_router"):
            yield from _routes(route.original_router.routes)


def _asks(route: APIRoute) -> bool:
    return any(dependency.call is asking for dependency in route.dependant.dependencies)


@pytest.mark.asvs("V6.1.3", "V6.3.4")
def test_that_every_kind_of_session_is_on_the_page() -> None:
    from typing import get_args

    from app.api.messages.door import SessionKind

    words = {"console": "console", "approval": "approval", "command": "command", "replace": "recovery code"}
    assert set(get_args(SessionKind)) == set(words)
    assert all(word in TEXT.split("## Passwords")[0] for word in words.values())
