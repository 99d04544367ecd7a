"""A policy of a test's own for processes that make themselves with `app.bootstrap`."""

from collections.abc import Callable
from importlib import import_module

from app.domain.policy import Policy

_USERS = ("approval", "doors", "making", "offices", "program", "terminal")


def processes_have(policy: Callable[[], Policy]) -> None:
    """Have every body that this process will run ask `policy`; for processes of tests, which end with it."""
    for name in _USERS:
        module = import_module(f"app.bootstrap.{name}")
        assert hasattr(module, "policy"), name
        module.policy = policy  # type: ignore[attr-defined]
