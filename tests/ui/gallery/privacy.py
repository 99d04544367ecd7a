"""The privacy desk: its pages."""

from PySide6.QtWidgets import QAbstractButton

from app.domain.role import Role
from app.ui.privacy.compliance.page import CompliancePage
from app.ui.privacy.exporting.page import ExportsPage
from app.ui.privacy.keeping.erasure_page import ErasurePage
from app.ui.privacy.keeping.retention_page import RetentionPage
from app.ui.privacy.notices.page import NoticesPage
from app.ui.privacy.readmitting.page import ReadmissionsPage
from app.ui.privacy.screen import PrivacyScreen
from tests.ui import fake_desk
from tests.ui.fake_erasing import UNTOLD
from tests.ui.gallery.studio import Studio, wait


def record(gallery: Studio) -> None:
    """A privacy officer at the record of processing."""
    desk = fake_desk.FakeDesk(Role.PRIVACY_OFFICER)
    window = gallery.window(desk)
    console = gallery.signed_in(window, desk)
    console.going.show_workspace("privacy")
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


def notices(gallery: Studio) -> None:
    """A privacy officer at the notices: a draft with gaps, one that may be published."""
    desk = fake_desk.FakeDesk(Role.PRIVACY_OFFICER)
    window = gallery.window(desk)
    console = gallery.signed_in(window, desk)
    console.going.show_workspace("privacy")
    screen = console.workspaces.screen_of("privacy")
    assert isinstance(screen, PrivacyScreen)
    screen.show_page("notices")
    wait(200)
    gallery.shoot(window, "privacy-notices")
    page = screen.screen_of("notices")
    assert isinstance(page, NoticesPage)
    for row, name in enumerate(("lacks", "may-be-published")):
        page.table.setCurrentIndex(page.table.lines.index(row, 0))
        gallery.shoot(window, f"privacy-notice-{name}")
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
    panel.findChildren(QAbstractButton, "send_page")[-1].click()
    wait(200)
    gallery.shoot(window, "customer-privacy-page-sent")
    panel.findChildren(QAbstractButton, "give_offers")[-1].click()
    gallery.shoot(window, "customer-privacy-consent")
    panel.findChildren(QAbstractButton, "consent_notice")[-1].click()
    wait(100)
    gallery.shoot(window, "customer-privacy-consent-notice")
    panel.findChildren(QAbstractButton, "consent_cancel")[-1].click()
    panel.findChildren(QAbstractButton, "show_page_here")[-1].click()
    wait(100)
    gallery.shoot(window, "customer-privacy-page-here")
    window.close()


def keeping(gallery: Studio) -> None:
    """A privacy officer at retention, holds and erasure."""
    desk = fake_desk.FakeDesk(Role.PRIVACY_OFFICER)
    window = gallery.window(desk)
    console = gallery.signed_in(window, desk)
    console.going.show_workspace("privacy")
    screen = console.workspaces.screen_of("privacy")
    assert isinstance(screen, PrivacyScreen)
    for key in ("retention", "holds", "erasure"):
        screen.show_page(key)
        wait(300)
        gallery.shoot(window, f"privacy-{key}")
    screen.show_page("readmissions")
    wait(200)
    back = screen.screen_of("readmissions")
    assert isinstance(back, ReadmissionsPage)
    back.table.setCurrentIndex(back.table.lines.index(0, 0))
    wait(100)
    gallery.shoot(window, "privacy-readmissions")
    screen.show_page("erasure")
    wait(100)
    page = screen.screen_of("erasure")
    assert isinstance(page, ErasurePage)
    page.table.setCurrentIndex(page.table.lines.index(0, 0))
    wait(300)
    gallery.shoot(window, "privacy-erasure-order")
    screen.show_page("retention")
    wait(100)
    retention = screen.screen_of("retention")
    assert isinstance(retention, RetentionPage)
    retention.table.setCurrentIndex(retention.table.lines.index(1, 0))
    wait(100)
    gallery.shoot(window, "privacy-retention-rule")
    screen.show_page("erasure")
    wait(100)
    fake = desk.privacy.erasing
    fake.known.append(UNTOLD)
    page.look_again()
    wait(200)
    page.table.setCurrentIndex(page.table.lines.index(len(fake.known) - 1, 0))
    wait(200)
    gallery.shoot(window, "privacy-erasure-untold")
    window.close()


def compliance(gallery: Studio) -> None:
    """A privacy officer at the office's proof."""
    desk = fake_desk.FakeDesk(Role.PRIVACY_OFFICER)
    window = gallery.window(desk)
    console = gallery.signed_in(window, desk)
    console.going.show_workspace("privacy")
    screen = console.workspaces.screen_of("privacy")
    assert isinstance(screen, PrivacyScreen)
    screen.show_page("compliance")
    wait(200)
    gallery.shoot(window, "privacy-compliance")
    page = screen.screen_of("compliance")
    assert isinstance(page, CompliancePage)
    page.sections.button(1).click()
    for _ in range(20):
        wait(100)
        if page.plots is not None and page.plots.isVisible():
            break
    wait(100)
    gallery.shoot(window, "privacy-compliance-figures")
    window.close()


def exports(gallery: Studio) -> None:
    """A privacy officer at the analytics exports: one that was made, one that waits for them."""
    desk = fake_desk.FakeDesk(Role.PRIVACY_OFFICER)
    window = gallery.window(desk)
    console = gallery.signed_in(window, desk)
    console.going.show_workspace("privacy")
    screen = console.workspaces.screen_of("privacy")
    assert isinstance(screen, PrivacyScreen)
    screen.show_page("analytics")
    wait(300)
    page = screen.screen_of("analytics")
    assert isinstance(page, ExportsPage)
    for row, name in enumerate(("waits", "approved", "made")):
        page.table.setCurrentIndex(page.table.lines.index(row, 0))
        gallery.shoot(window, f"privacy-export-{name}")
    window.close()


SHOTS = (compliance, record, notices, customer, keeping, exports)
