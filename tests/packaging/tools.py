"""Programs of the system that packages are made and judged with."""

import shutil

import pytest


def program(name: str) -> str:
    """A program, or a loud skip."""
    found = shutil.which(name, path="/usr/sbin:/usr/bin:/sbin:/bin")
    if found is None:
        pytest.skip(f"{name} is not installed here. What it judges was NOT tried.")
    return found
