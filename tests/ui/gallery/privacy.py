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


SHOTS = (record,)
