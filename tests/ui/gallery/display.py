"""Other sizes than the design's: comfortable rows, large text, a wide screen, and where a person chooses them."""

from dataclasses import replace

from PySide6.QtCore import Qt

from app.domain.display import Display
from app.domain.role import Role
from app.session.console_line import Ask
from app.ui.application import show_as
from app.ui.audit.screen import AuditScreen
from app.ui.console.display_popover import DisplayPopover
from tests.ui import fake_desk
from tests.ui.gallery.studio import Studio, wait

LARGE, LARGEST = 125, 200


def _show(gallery: Studio, display: Display) -> None:
    show_as(gallery.app, replace(display, theme=gallery.theme))
    wait(150)


def choices(gallery: Studio) -> None:
    window, console = gallery.console(fake_desk.FakeDesk())
    console.open_display()
    wait(100)
    gallery.shoot(window, "display")
    popover = window.findChild(DisplayPopover)
    assert popover is not None
    _show(gallery, Display(text=LARGEST))
    gallery.shoot(popover, "display-largest")
    popover.dismiss()
    _show(gallery, Display(density="comfortable"))
    gallery.shoot(window, "console-comfortable")
    _show(gallery, Display(text=LARGE))
    gallery.shoot(window, "console-large")
    _show(gallery, Display(text=LARGEST))
    gallery.shoot(console.card, "card-largest")
    gallery.shoot(console.desk_panel, "desk-largest")
    _show(gallery, Display())
    window.resize(1920, 1080)
    console.switch_face()
    wait(150)
    gallery.shoot(window, "console-wide")
    window._console = None
    window.close()


def largest(gallery: Studio) -> None:
    """Those workspaces that have the longest lines, at 200 %."""
    desk = fake_desk.FakeDesk(Role.SUPERVISOR, count=30)
    window, console = gallery.console(desk)
    window._calls.answer(Ask("call_start", {"call": "a1"}))
    _show(gallery, Display(text=LARGEST))
    for key in ("audit", "who_saw", "approvals"):
        console.going.show_workspace(key)
        wait(400)
        if key != "approvals":
            gallery.shoot(window, f"{key.replace('_', '-')}-largest")
    approvals, audit = console.workspaces.approvals, console.workspaces.screen_of("audit")
    assert approvals is not None
    assert isinstance(audit, AuditScreen)
    request = approvals.detail.widget()
    assert request is not None
    request.setProperty("ground", "surface")  # which it has from the window that the picture leaves out
    request.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    request.style().polish(request)
    gallery.shoot(request, "approval-largest")
    audit.verify()
    wait(300)
    console.going.show_workspace("audit")
    wait(100)
    gallery.shoot(audit.bar, "audit-foot-largest")
    _show(gallery, Display())
    window._console = None
    window.close()


def door(gallery: Studio) -> None:
    window = gallery.window()
    _show(gallery, Display(text=LARGEST))
    gallery.shoot(window, "sign-in-largest")
    _show(gallery, Display())
    window.close()


SHOTS = (choices, largest, door)
