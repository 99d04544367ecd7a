"""How wide the panels are: what a person has drawn, what each needs, and where there is room."""

import pytest

from app.ui.console.panel_widths import (
    LEAST_LEFT,
    LEAST_MIDDLE,
    LEAST_RIGHT,
    LEFT,
    RIGHT,
    Drawn,
    has_table_beside,
    panel_widths,
)

NOTHING = Drawn()


def test_that_the_design_holds_at_its_own_width() -> None:
    left, middle, right = panel_widths(1348, 1.0, NOTHING)
    assert (left, right) == (LEFT, RIGHT)
    assert left + middle + right == 1348


@pytest.mark.parametrize("room", [1162, 1348, 1902, 2542, 3822])
@pytest.mark.parametrize("text", [1.0, 1.25, 1.5, 2.0])
@pytest.mark.parametrize("drawn", [NOTHING, Drawn(900, 900), Drawn(10, 10), Drawn(left=400), Drawn(right=500)])
def test_that_every_panel_keeps_what_it_needs_and_nothing_is_lost(room: int, text: float, drawn: Drawn) -> None:
    widths = panel_widths(room, text, drawn)
    assert sum(widths) == room
    assert all(width >= least for width, least in zip(widths, (LEAST_LEFT, LEAST_MIDDLE, LEAST_RIGHT), strict=True))


def test_that_what_was_drawn_holds_where_it_fits() -> None:
    assert panel_widths(1902, 1.0, Drawn(left=410, right=512))[::2] == (410, 512)


def test_that_large_text_leaves_the_card_its_part_of_the_room() -> None:
    left, middle, right = panel_widths(1348, 2.0, NOTHING)
    assert middle >= 0.44 * 1348
    assert left > LEAST_LEFT
    assert right > LEAST_RIGHT


def test_that_on_a_wide_screen_list_and_desk_take_their_part() -> None:
    left, _middle, right = panel_widths(3822, 1.0, NOTHING)
    assert left > LEFT
    assert right > RIGHT


def test_that_the_table_stands_beside_the_card_where_both_fit() -> None:
    assert not has_table_beside(1348, 1.0)
    assert has_table_beside(1902, 1.0)
    assert not has_table_beside(1902, 1.5), "its text is larger, so it needs more"
    assert panel_widths(1902, 1.0, NOTHING, is_table=True)[0] == 724
