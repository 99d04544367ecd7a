"""Incidents: the page with a report, an incident and a drill; and the form that reports."""

from app.domain.role import Role
from app.ui.accounts.facts import newest
from app.ui.privacy.incidents.page import IncidentsPage
from app.ui.privacy.screen import PrivacyScreen
from tests.ui import fake_desk
from tests.ui.gallery.studio import Studio, wait


def incidents(gallery: Studio) -> None:
    """A privacy officer at the incidents."""
    desk = fake_desk.FakeDesk(Role.PRIVACY_OFFICER)
    window = gallery.window(desk)
    console = gallery.signed_in(window, desk)
    console.going.show_workspace("privacy")
    screen = console.workspaces.screen_of("privacy")
    assert isinstance(screen, PrivacyScreen)
    screen.show_page("incidents")
    wait(200)
    page = screen.screen_of("incidents")
    assert isinstance(page, IncidentsPage)
    for number, name in ((5, "privacy-incident-reported"), (4, "privacy-incident-drill"), (3, "privacy-incident")):
        page.show_incident(f"{number:032x}")
        wait(100)
        gallery.shoot(window, name)
    page.detail.verticalScrollBar().setValue(page.detail.verticalScrollBar().maximum())
    gallery.shoot(window, "privacy-incident-foot")
    page.detail.wanted.emit(newest(page, "affected"), "affected")
    for _ in range(500):  # the answer of a task, which a busy machine brings later
        wait(20)
        if (each := newest(page, "letters_each")) is not None:
            break
    assert each is not None
    wait(200)
    page.making.show_letters(page.making.begin(), 40, 812)
    page.detail.ensureWidgetVisible(each)
    wait(50)
    gallery.shoot(window, "privacy-incident-affected")
    page.making.end()
    window.close()


def reporting(gallery: Studio) -> None:
    """An agent reports a suspicion."""
    window, console = gallery.console(fake_desk.FakeDesk(count=30))
    console.report_suspicion()
    wait(50)
    gallery.shoot(window, "console-report")
    window.close()


SHOTS = (incidents, reporting)
