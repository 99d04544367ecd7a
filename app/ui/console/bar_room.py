"""What goes out of the bar at the top when its room is short: the most dispensable first, so that nothing is cut."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QHBoxLayout


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that can be had shorter.

    Attributes:
        takes: px that its long form takes more than its short one.
        is_short: whether it is short now.
        set_short: make it short or long.
    """

    takes: Callable[[], int]
    is_short: Callable[[], bool]
    set_short: Callable[[bool], object]


def make_room(row: QHBoxLayout, steps: Sequence[Step], width: int, *, first_goes: bool = False) -> None:
    """Shorten as many steps as are needed, in their order. The same width gives the same answer.

    It does not invalidate the row: that asks for a layout, which asks for room, and so on for ever. Whatever changes in
    the row asks for one itself.

    Args:
        row: what has to fit.
        steps: the most dispensable first.
        width: px that there are.
        first_goes: whether the first one goes even if there is room.
    """
    takes = [step.takes() for step in steps]
    wanted = row.sizeHint().width() + sum(saved for step, saved in zip(steps, takes, strict=True) if step.is_short())
    for at, (step, saved) in enumerate(zip(steps, takes, strict=True)):
        is_short = wanted > width or (first_goes and at == 0)
        wanted -= saved * is_short
        step.set_short(is_short)
