"""What the key store needs of a keyring: a shelf of named texts. One adapter per platform."""

import contextlib
from typing import Final, Protocol

SERVICE: Final = "tirai"
"""The service name of every entry."""


class Shelf(Protocol):
    """One collection of named texts in a keyring. Each method may raise KeyringAbsentError."""

    def get(self, name: str) -> str | None:
        """The text, or None."""
        ...

    def put(self, name: str, text: str) -> None:
        """Write or replace it."""
        ...

    def delete(self, name: str) -> bool:
        """Remove every entry of that name; whether there was one."""
        ...

    def names(self) -> list[str]:
        """All names on this shelf that belong to Tirai."""
        ...

    def only_maker(self) -> contextlib.AbstractContextManager[None]:
        """While it is held, no other process of this user holds it."""
        ...
