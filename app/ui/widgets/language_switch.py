"""The other language, in its own words, so that whoever wants it can read it."""

from collections.abc import Callable

from app.ui.language import spoken
from app.ui.managed import is_settled, show_settled
from app.ui.saying import say
from app.ui.theme.look import Look
from app.ui.widgets.buttons import Button


def language_switch(look: Look, on_wanted: Callable[[str], object]) -> Button:
    """A link to the language that is not spoken now; `on_wanted` is told its code."""
    words = say(lambda: spoken().other.own_name)
    link = Button(look, words, "link", icon="globe", name="language")
    link.clicked.connect(lambda: on_wanted(spoken().other.value))
    if is_settled("language"):
        show_settled(link)
    return link
