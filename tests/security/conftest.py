"""The story that several adversaries look at is played once."""

from collections.abc import Iterator

import pytest

from tests.security.directing import Director, directed
from tests.security.locked_story import PLAY, Locked


@pytest.fixture(scope="session")
def locks() -> Iterator[Director]:
    """The play of locks."""
    with directed(PLAY) as it:
        yield it


@pytest.fixture(scope="session")
def story(locks: Director) -> Locked:
    """Its story."""
    return Locked(locks)
