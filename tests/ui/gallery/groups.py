"""Every screen and state, in groups: a new picture goes into its group's file and that file's `SHOTS`."""

from collections.abc import Callable

from tests.ui.gallery import (
    accounts,
    acting,
    audit,
    calls,
    checks,
    console,
    curtains,
    display,
    doors,
    editing,
    exposures,
    helping,
    incidents,
    my_account,
    policy,
    popping,
    privacy,
    requests,
    set_up,
    table,
    training,
    who_saw,
    workstations,
    wrap_up,
)
from tests.ui.gallery.studio import Studio, let_go

Shot = Callable[[Studio], None]

SHOTS: dict[str, Shot] = {
    f"{group.__name__.rpartition('.')[2]}.{shot.__name__}": shot
    for group in (
        curtains,
        display,
        doors,
        set_up,
        console,
        table,
        calls,
        popping,
        checks,
        acting,
        editing,
        accounts,
        policy,
        my_account,
        exposures,
        audit,
        helping,
        who_saw,
        privacy,
        requests,
        incidents,
        workstations,
        wrap_up,
        training,
    )
    for shot in group.SHOTS
}
"""Each takes one or more pictures with windows of its own."""


class Gallery(Studio):
    """Takes the pictures of all groups."""

    def all(self) -> None:
        """Every screen and state; the windows of one are gone before the next, which else would be dressed with it."""
        for shot in SHOTS.values():
            shot(self)
            let_go()
