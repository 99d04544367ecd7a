"""Versions of Tirai, compared by their numbers; what follows them (`rc1`) does not count."""

import re
from typing import Final

VERSION: Final = re.compile(r"[0-9]{1,6}(\.[0-9]{1,6}){0,3}")
"""A version as IT writes it and as releases name it."""


def order_of(version: str) -> tuple[int, int, int, int]:
    """What versions are compared by; what is no version at all is below every one."""
    found = re.match(r"[0-9]{1,6}(?:\.[0-9]{1,6}){0,3}", version)
    parts = [int(part) for part in found[0].split(".")] if found else []
    first, second, third, fourth = [*parts, 0, 0, 0, 0][:4]
    return first, second, third, fourth


def is_older(version: str, least: str) -> bool:
    """Whether a version is below another one."""
    return order_of(version) < order_of(least)
