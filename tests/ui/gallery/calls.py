"""Calls, and what ends by the clock."""

from app.domain.role import Role
from app.session.console_line import Ask
from app.session.errors import OfficeAwayError
from app.session.timed_end import Coming, Why
from tests.ui import fake_desk
from tests.ui.gallery.studio import Studio, wait


def calls(gallery: Studio) -> None:
    """A call is on: the chip, and what is covered when nobody uses the console."""
    window, console = gallery.console(fake_desk.FakeDesk())
    console.desk_panel.note.edit.setPlainText("Caller disputes the 2 March charge. Says the old card was closed.")
    console.desk_panel.note.save_now()
    console.calls.answer(Ask("call_start", {"call": "a84b4c76e66710@pbx"}))
    wait(100)
    gallery.shoot(window, "call")
    console.calls.answer(Ask("call_start", {"call": "b1"}))
    console.idle.covers.emit(582.0)
    gallery.shoot(window, "call-covered")
    window.resize(1180, 640)
    gallery.shoot(window, "call-covered-small")
    window._console = None
    window.close()
    window, console = gallery.console(fake_desk.FakeDesk(Role.SUPERVISOR))
    console.calls.answer(Ask("call_start"))
    window.resize(1180, 640)
    console.idle.covers.emit(582.0)
    wait(100)
    gallery.shoot(window, "call-supervisor-small")
    console.idle.uncovers.emit()
    console.going.show_workspace("accounts")
    wait(100)
    console.idle.covers.emit(582.0)
    gallery.shoot(window, "call-covered-accounts")
    window._console = None
    window.close()


def ends(gallery: Studio) -> None:
    """Ends by the clock that are told of in time."""
    desk = fake_desk.FakeDesk()
    window, console = gallery.console(desk)
    console.calls.answer(Ask("call_start"))
    console.desk_panel.note.edit.setPlainText("Caller disputes the 2 March charge. Says the old card was closed.")
    console.desk_panel.note.save_now()
    wait(100)
    console.ends.stop()
    console.ends.told.emit(Coming(Why.SESSION, 582.0, is_near=False))
    gallery.shoot(window, "end-session")
    desk.away = OfficeAwayError("away")
    console.calls.end_all()
    console.desk_panel.note.edit.setPlainText("Caller disputes the 2 March charge.")
    console.desk_panel.note.save_now()
    wait(100)
    console.ends.told.emit(Coming(Why.LEASE, 118.0, is_near=True))
    gallery.shoot(window, "end-lease")
    window._console = None
    window.close()


SHOTS = (
    calls,
    ends,
)
