"""Tests wait longer for others than people do: a slow machine never decides a test.

A test's own process waits so (`tests/conftest.py`), and so does each program of a play that imports
`tests/security/console_play.py` or `tests/office/made.py`. This loads no pytest: guardians load it, too.
"""

from dataclasses import replace

from app.domain import patience
from app.guardian.limits import Limits

MAY_NEVER_COME = frozenset({"OFFICE_ENDS_S"})
"""Whose end nobody counts on: an office that others use stays. Tests wait for these as people do."""
PEOPLES = {name: value for name, value in vars(patience).items() if name.endswith("_S")}
TESTS_S = 60.0
GUARDIANS = replace(
    Limits(),
    helper_s=4 * TESTS_S,
    key_first_s=TESTS_S,
    key_last_s=TESTS_S,
    report_s=TESTS_S,
    lock_stands_s=TESTS_S,
    stop_s=TESTS_S,
)
"""What a guardian decides by who comes too late; whoever has said its last word is not waited for longer."""


def wait_longer() -> None:
    """From now on what a person would give up is waited for, in this process and in those that it forks."""
    for name in PEOPLES.keys() - MAY_NEVER_COME:
        setattr(patience, name, TESTS_S)


def guard_longer() -> None:
    """The same in a play's guardian, its consoles and the office that it starts."""
    from app.bootstrap import console

    wait_longer()
    vars(console)["limits_here"] = lambda: GUARDIANS


def wait_as_people() -> None:
    """From now on as people do, where somebody is about to hang."""
    for name, value in PEOPLES.items():
        setattr(patience, name, value)
