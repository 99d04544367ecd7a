"""Requests of customers: the register with one of each kind in the drawer, and the form on the card."""

from app.domain.role import Role
from app.ui.accounts.facts import newest
from app.ui.privacy.requests.page import RequestsPage
from app.ui.privacy.screen import PrivacyScreen
from app.ui.widgets.buttons import Button
from tests.ui import fake_desk
from tests.ui.gallery.studio import Studio, wait


def press(page: RequestsPage, name: str) -> None:
    """Press the button of a name that was made last."""
    button = newest(page, name)
    assert isinstance(button, Button)
    button.click()


def register(gallery: Studio) -> None:
    """A privacy officer at the register."""
    desk = fake_desk.FakeDesk(Role.PRIVACY_OFFICER)
    window = gallery.window(desk)
    console = gallery.signed_in(window, desk)
    console.going.show_workspace("privacy")
    screen = console.workspaces.screen_of("privacy")
    assert isinstance(screen, PrivacyScreen)
    screen.show_page("requests")
    wait(200)
    page = screen.screen_of("requests")
    assert isinstance(page, RequestsPage)
    page.show_request(f"{4:032x}")
    wait(50)
    gallery.shoot(window, "privacy-requests")
    page.show_request(f"{2:032x}")
    wait(50)
    gallery.shoot(window, "privacy-requests-ended")
    press(page, "ask_sent")
    wait(50)
    gallery.shoot(window, "privacy-requests-sent")
    page.show_request(f"{11:032x}")
    page.outsider.click()
    wait(50)
    gallery.shoot(window, "privacy-requests-no-customer")
    page.taking.close()
    press(page, "ask_attach")
    wait(50)
    gallery.shoot(window, "privacy-requests-whose")
    page.show_request(f"{8:032x}")
    press(page, "ask_detach")
    wait(50)
    gallery.shoot(window, "privacy-requests-not-theirs")
    window.close()


def taking(gallery: Studio) -> None:
    """An agent takes a request down."""
    window, console = gallery.console(fake_desk.FakeDesk(count=30))
    console.take_request()
    popover = console.taking._popover
    assert popover is not None
    popover.kind.setCurrentIndex(2)
    wait(50)
    gallery.shoot(window, "console-request")
    popover.kind.setCurrentIndex(0)
    popover.send.click()
    for _ in range(200):
        wait(20)
        if console.taking.taken is not None:
            break
    gallery.shoot(window, "console-request-taken")
    window.close()


SHOTS = (register, taking)
