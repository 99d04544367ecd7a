"""What the keys of calls do, and why they cannot now."""

from typing import TYPE_CHECKING

from app.session.calls import CallState
from app.ui.language import tr as _tr
from app.ui.managed import is_shut, settled_words

if TYPE_CHECKING:
    from app.ui.console.screen import ConsoleScreen


def take_call(screen: "ConsoleScreen") -> None:
    """The call that waits, or a contact that is half written; where there is neither, the next of the other calls."""
    calls = screen.calls
    if calls.waiting or screen.popping.pages.drafts:
        screen.popping.take()
    elif calls.others:
        screen.popping.switch_to(calls.others[0])


def settled_or(why: str) -> str:
    """Why nothing can be done with a call: where the organisation lets no softphone be heard, none will ever be on."""
    return settled_words() if is_shut("calls_allowed") else why


def needs_waiting(screen: "ConsoleScreen") -> str:
    """Why no call can be taken, or empty."""
    waits = screen.calls.waiting or screen.popping.pages.drafts or screen.calls.others
    return "" if waits else settled_or(_tr("No call waits."))


def needs_call(screen: "ConsoleScreen") -> str:
    """Why no call can be ended, or empty."""
    return "" if screen.calls.count else settled_or(_tr("No call is on."))


def needs_held(screen: "ConsoleScreen") -> str:
    """Why no call can be held or gone on with, or empty."""
    current = screen.calls.current
    return "" if current is not None and current.state is not CallState.WAITS else settled_or(_tr("No call is on."))


def needs_making(screen: "ConsoleScreen") -> str:
    """Why no contact can be made, or empty."""
    return "" if screen.popping.may_make else _tr("Your role makes no contacts.")
