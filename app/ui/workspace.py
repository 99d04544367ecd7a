"""What the frame asks of a workspace beside the work with customers; by default nothing. Mixed into a widget.

A workspace may have these signals, and the frame listens to them: `counted(int)`, how much waits for this person;
`arrived(list)`, what is new to decide on; `told(str)`, what became of something that is not in front any more;
`failed(object)`, an exception of looking; `left()`, back to the work before.
"""

from collections.abc import Sequence
from typing import ClassVar

from app.ui.commands.command import Command


class Workspace:
    """Hooks.

    Attributes:
        topics: of the changes that the office tells, those for which it looks again.
    """

    topics: ClassVar[frozenset[str]] = frozenset()

    def begin(self) -> None:
        """Ask the office for what it shows: at sign-in, or when it is made later."""

    def look_again(self) -> None:
        """Something of its topics changed."""

    def come(self) -> None:
        """It came to the front."""
        self.focus_first()

    def forget(self) -> None:
        """Another one comes to the front: nothing secret stays behind it."""

    def stop(self) -> None:
        """The session ends: look no more; nothing typed or shown stays."""

    def focus_first(self) -> None:
        """Put the focus where work starts."""

    def commands(self) -> Sequence[Command]:
        """What can be done here, by the names of the table of shortcuts, while it is in front."""
        return ()

    def close_innermost(self) -> bool:
        """Esc: close what is open in it; whether there was something."""
        return False
