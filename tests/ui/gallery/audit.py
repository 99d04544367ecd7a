"""The audit log."""

from app.domain.role import Role
from app.session.log_shown import LogVerdict
from app.ui.audit.filters import By
from app.ui.audit.screen import AuditScreen
from tests.ui import fake_desk, fake_log
from tests.ui.gallery.studio import Studio, wait


def audit(gallery: Studio) -> None:
    """A supervisor at the audit log."""
    desk = fake_desk.FakeDesk(Role.SUPERVISOR, count=30)
    window = gallery.window(desk)
    console = gallery.signed_in(window, desk)
    console.going.show_workspace("audit")
    wait(500)
    screen = console.workspaces.screen_of("audit")
    assert isinstance(screen, AuditScreen)
    gallery.shoot(window, "audit")
    screen.verify()
    wait(300)
    gallery.shoot(window, "audit-verified")
    screen.filters.look_for({By.TIME: "month", By.EVENT: "unlock.approve", By.CLASS: "financial"})
    wait(500)
    screen.filters.chips[By.PERSON].click()
    wait(100)
    gallery.shoot(window, "audit-filter")
    popover = screen.filters._popover
    assert popover is not None
    popover.edit.setText("who is it?")  # type: ignore[union-attr]
    popover._apply()
    gallery.shoot(window, "audit-filter-refused")
    screen.filters.close_innermost()
    screen.filters.chips[By.EVENT].click()
    wait(100)
    gallery.shoot(window, "audit-events")
    screen.filters.close_innermost()
    desk.log.gate.clear()
    screen.verify()
    wait(300)
    gallery.shoot(window, "audit-verifying")
    desk.log.verdict = LogVerdict(fake_log.NOW, 61_404, 61_405, "edited", 4.0)
    desk.log.misfit = 61_405
    desk.log.gate.set()
    wait(300)
    screen.broken.action.click()
    wait(800)
    gallery.shoot(window, "audit-broken")
    window.resize(1180, 640)
    gallery.shoot(window, "audit-narrow")
    window.close()
    wait(100)


SHOTS = (audit,)
