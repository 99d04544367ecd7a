"""How wide list, card and desk are: as the person has drawn them, within what each needs; else by the room there is.

Widths are of the screen's px. A panel keeps its width while the window changes; the card takes what is left, but never
less than it can be read in. Where the screen is wide, list and desk take their part of the room, so that no line of the
card gets endless.
"""

from dataclasses import dataclass

from app.ui.theme.look import panel_width

LEFT, RIGHT, TABLE = 304, 348, 724
"""Of the design: at 1366 px, and of the table beside the card (ui.md section 5)."""
LEAST_LEFT, LEAST_MIDDLE, LEAST_RIGHT = 240, 520, 300
"""Together less than the smallest window at every size of the text: then a panel scrolls or wraps."""
MIDDLE_SHARE = 0.45
"""Of the room, for the card, where nobody has drawn a panel and the text is large."""
ROOM, LEFT_MORE, RIGHT_MORE, MOST_LEFT, MOST_RIGHT = 1366, 0.15, 0.2, 480, 560
"""Of each px beyond the design's width so much goes to list and desk, up to these widths at 100 %."""
TABLE_BESIDE = 1840
"""From this width on, at 100 %, the table stands beside the card; below it takes the card's place."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """Widths that a person has drawn, px; 0 where none."""

    left: int = 0
    right: int = 0
    table: int = 0


def has_table_beside(room: int, text: float) -> bool:
    """Whether table and card fit beside each other.

    Args:
        room: px for all panels.
        text: size of the text, 1 to 2.
    """
    return room >= TABLE_BESIDE * text


def panel_widths(room: int, text: float, drawn: Drawn, *, is_table: bool = False) -> tuple[int, int, int]:
    """Widths of list (or table), card and desk, px, without what lies between them.

    Args:
        room: px for all three.
        text: size of the text, 1 to 2.
        drawn: what the person has drawn.
        is_table: whether the table stands in the list's place, beside the card.
    """
    more = max(0, room - ROOM)
    if is_table:
        left = drawn.table or round(TABLE * text)  # its columns grow as the text does
    else:
        left = drawn.left or _grown(LEFT, text, more * LEFT_MORE, MOST_LEFT)
    right = drawn.right or _grown(RIGHT, text, more * RIGHT_MORE, MOST_RIGHT)
    least_middle = LEAST_MIDDLE
    if not (drawn.left or drawn.right or is_table):
        least_middle = max(LEAST_MIDDLE, round(room * MIDDLE_SHARE))
    left, right = max(left, LEAST_LEFT), max(right, LEAST_RIGHT)
    lacks = left + right + least_middle - room
    if lacks > 0:  # both give in the share that they could
        spare_left, spare_right = left - LEAST_LEFT, right - LEAST_RIGHT
        spare = max(1, spare_left + spare_right)
        given = min(lacks, spare_left + spare_right)
        left -= round(given * spare_left / spare)
        right -= given - round(given * spare_left / spare)
    return left, max(0, room - left - right), right


def _grown(width: int, text: float, more: float, most: int) -> int:
    return panel_width(min(most, round(width + more)), text)
