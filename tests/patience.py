"""Tests wait longer for an office than people do: a slow machine never decides a test.

A test's own process waits so (`tests/conftest.py`), and so does each program of a play that imports
`tests/security/console_play.py` or `tests/office/made.py`. This loads no pytest: guardians load it, too.
"""

from app.api.client import patience

PEOPLES = {name: value for name, value in vars(patience).items() if name.endswith("_S")}
TESTS_S = 60.0


def wait_longer() -> None:
    """From now on a call that a person would give up is waited for."""
    for name in PEOPLES:
        setattr(patience, name, TESTS_S)


def wait_as_people() -> None:
    """From now on as people do, where an office is about to hang."""
    for name, value in PEOPLES.items():
        setattr(patience, name, value)
