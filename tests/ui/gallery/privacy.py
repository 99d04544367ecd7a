"""The privacy desk: its pages."""

from PySide6.QtWidgets import QAbstractButton

from app.domain.role import Role
from app.ui.privacy.screen import PrivacyScreen
from tests.ui import fake_desk
from tests.ui.gallery.studio import Studio, wait


def record(gallery: Studio) -> None:
    """A privacy officer at the record of processing."""
    desk = fake_desk.FakeDesk(Role.PRIVACY_OFFICER)
    window = gallery.window(desk)
    console = gallery.signed_in(window, desk)
    console.show_workspace("privacy")
    screen = console.workspaces.screen_of("privacy")
    assert isinstance(screen, PrivacyScreen)
    screen.show_page("record")
    wait(200)
    gallery.shoot(window, "privacy-record")
    button = screen.findChild(QAbstractButton, "section_fields")
    assert isinstance(button, QAbstractButton)
    button.click()
    gallery.shoot(window, "privacy-record-fields")
    window.close()


def customer(gallery: Studio) -> None:
    """The privacy panel of a customer, and what is filled in when they agree."""
    desk = fake_desk.FakeDesk(Role.AGENT)
    window, console = gallery.console(desk)
    console.commands.run("customer_privacy")
    wait(200)
    gallery.shoot(window, "customer-privacy")
    panel = console.privacy.panel
    assert panel is not None
    panel.findChildren(QAbstractButton, "give_offers")[-1].click()
    gallery.shoot(window, "customer-privacy-consent")
    window.close()


SHOTS = (record, customer)
