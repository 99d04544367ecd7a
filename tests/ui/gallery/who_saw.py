"""Who saw a customer's data."""

from pathlib import Path

from app.domain.role import Role
from app.storage.new_file import FULL, FileRefusedError
from app.ui.who_saw.screen import WhoSawScreen
from tests.ui import fake_desk
from tests.ui.fake_who_saw import UNKNOWN
from tests.ui.gallery.studio import Studio, wait


def who_saw(gallery: Studio) -> None:
    """A privacy officer answers a customer; a supervisor reads alone."""
    desk = fake_desk.FakeDesk(Role.PRIVACY_OFFICER, count=30)
    window = gallery.window(desk)
    console = gallery.signed_in(window, desk)
    console.find_panel.enter()
    wait(300)
    gallery.shoot(window, "who-saw-card")
    console.going.show_workspace("who_saw")
    wait(100)
    screen = console.workspaces.screen_of("who_saw")
    assert isinstance(screen, WhoSawScreen)
    gallery.shoot(window, "who-saw-empty")
    screen.line.set_number(UNKNOWN)
    screen.look_at()
    wait(200)
    gallery.shoot(window, "who-saw-unknown")
    screen.show_customer("ab" * 16, "C-100234")
    wait(300)
    gallery.shoot(window, "who-saw")
    screen._save(screen.line.language, Path("/home/dewi/Documents/who-saw-C-100234-2026-11-27-id.pdf"))
    wait(200)
    gallery.shoot(window, "who-saw-saved")
    desk.who_saw.far = (412_500,)
    desk.who_saw.gate.clear()
    screen._save(screen.line.language, Path("/home/dewi/Documents/who-saw-C-100234-2026-11-27-id.pdf"))
    wait(200)
    gallery.shoot(window, "who-saw-making")
    desk.who_saw.gate.set()
    wait(100)
    desk.who_saw.far = ()
    desk.who_saw.refuse = FileRefusedError("full", code=FULL)
    screen._save(screen.line.language, Path("/media/full/list.pdf"))
    wait(200)
    window.resize(1180, 640)
    gallery.shoot(window, "who-saw-disk-full")
    window.close()
    wait(100)
    desk = fake_desk.FakeDesk(Role.SUPERVISOR, count=30)
    desk.who_saw.count, desk.who_saw.most = 12, 9
    window = gallery.window(desk)
    console = gallery.signed_in(window, desk)
    console.going.show_workspace("who_saw")
    screen = console.workspaces.screen_of("who_saw")
    assert isinstance(screen, WhoSawScreen)
    screen.line._period.setCurrentIndex(3)
    screen.line._first.setText("1/8/2026")
    screen.line.set_number("C-100234")
    screen.look_at()
    wait(300)
    gallery.shoot(window, "who-saw-supervisor")
    screen.line._first.setText("yesterday")
    screen.look_at()
    gallery.shoot(window, "who-saw-no-day")
    window.close()
    wait(100)


SHOTS = (who_saw,)
