"""The other language, in its own words, so that whoever wants it can read it."""

from collections.abc import Callable

from app.ui.language import spoken
from app.ui.theme.look import Look
from app.ui.widgets.buttons import Button


def language_switch(look: Look, on_wanted: Callable[[str], object]) -> Button:
    """A link to the other language; `on_wanted` is told its code."""
    other = spoken().other
    link = Button(look, other.own_name, "link", icon="globe", name="language")
    link.clicked.connect(lambda: on_wanted(other.value))
    return link
