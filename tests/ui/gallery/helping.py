"""Palette, keys, menus, help and the tour."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.domain.role import Role
from app.ui.audit.filters import By
from app.ui.audit.screen import AuditScreen
from app.ui.commands.keys_sheet import KeysSheet
from app.ui.commands.palette import Palette
from app.ui.console.screen import ConsoleScreen
from app.ui.console.workspace_entries import ACCOUNTS, APPROVALS, AUDIT
from app.ui.main_window import MainWindow
from tests.ui import fake_desk
from tests.ui.gallery.studio import Studio, field_row, wait


def palette(gallery: Studio) -> None:
    """Nothing typed, something typed, what cannot be done, nothing found."""
    window, console = gallery.console(fake_desk.FakeDesk())
    wait(200)
    for does in ("note", "find"):
        console.commands.run(does)
    field_row(console, "bank_account").setFocus()
    console.commands.run("palette")
    gallery.shoot(window, "palette")
    card = window.findChildren(Palette)[-1]
    for name, words in (("typed", "so"), ("rows", "nik"), ("grey", "call"), ("nothing", "qqq")):
        card.edit.setText(words)
        gallery.shoot(window, f"palette-{name}")
    _leave(window)


def keys(gallery: Studio) -> None:
    """All keys of an agent, of a supervisor in front of requests, and some of them."""
    window, console = gallery.console(fake_desk.FakeDesk())
    wait(200)
    console.commands.run("keys")
    gallery.shoot(window, "keys")
    window.findChildren(KeysSheet)[-1].edit.setText("f1")
    gallery.shoot(window, "keys-found")
    _leave(window)
    window, console = gallery.console(fake_desk.FakeDesk(Role.SUPERVISOR))
    window.resize(1180, 640)
    console.going.show_workspace(APPROVALS)
    wait(200)
    console.commands.run("keys")
    gallery.shoot(window, "keys-supervisor")
    _leave(window)


def menus(gallery: Studio) -> None:
    """What a row offers, and what the bar's menu has."""
    window, console = gallery.console(fake_desk.FakeDesk())
    row = field_row(console, "mobile_phone")
    row.setFocus()
    QTest.keyClick(row, Qt.Key.Key_Menu)
    gallery.shoot(window, "row-menu")
    console.closing.close_innermost()
    console.bar.menu.click()
    gallery.shoot(window, "bar-menu")
    _leave(window)


def why(gallery: Studio) -> None:
    """Why a field is masked, and what happens at the end."""
    window, console = gallery.console(fake_desk.FakeDesk())
    for field in ("mobile_phone", "card_number", "health_note"):
        console.helping.explain(field_row(console, field))
        wait(150)
        gallery.shoot(window, f"why-{field}")
        console.closing.close_innermost()
    console.commands.run("what_ends")
    gallery.shoot(window, "what-ends")
    _leave(window)


def tour(gallery: Studio) -> None:
    """The five stops; the last one in a small window, and one without a customer."""
    window, console = gallery.console(fake_desk.FakeDesk())
    wait(200)
    _take_tour(gallery, window, console, "tour")
    window.resize(1180, 640)
    wait(100)
    _take_tour(gallery, window, console, "tour-small")
    _leave(window)


def nothing(gallery: Studio) -> None:
    """What stands where there is nothing: nobody found, no card, no entry, no account, no customer at all."""
    window, console = gallery.console(fake_desk.FakeDesk())
    console.find_panel.search.look_for("qqq", "Billing")
    console.flow.ask()
    wait(250)
    gallery.shoot(window, "nothing-found")
    _leave(window)
    window = gallery.window(fake_desk.FakeDesk(count=0))
    console = gallery.signed_in(window, fake_desk.FakeDesk(count=0))
    gallery.shoot(window, "nothing-customers")
    _leave(window)
    desk = fake_desk.FakeDesk(Role.SUPERVISOR, count=0)
    desk.approvals.queue.clear()
    window = gallery.window(desk)
    console = gallery.signed_in(window, desk)
    console.going.show_workspace(APPROVALS)
    wait(200)
    gallery.shoot(window, "nothing-waits")
    console.going.show_workspace(ACCOUNTS)
    wait(200)
    accounts = console.workspaces.accounts
    assert accounts is not None
    accounts.table.search.setText("qqq")
    gallery.shoot(window, "nothing-accounts")
    console.going.show_workspace(AUDIT)
    wait(300)
    log = console.workspaces.screen_of(AUDIT)
    assert isinstance(log, AuditScreen)
    log.filters.look_for({By.PERSON: "nobody.here"})
    for _ in range(200):
        wait(50)
        if log.empty.isVisible():
            break
    gallery.shoot(window, "nothing-log")
    _leave(window)


def _take_tour(gallery: Studio, window: MainWindow, console: ConsoleScreen, name: str) -> None:
    console.commands.run("tour")
    for stop in ("find", "check", "curtain", "note", "lock"):
        gallery.shoot(window, f"{name}-{stop}")
        QTest.keyClick(window.focusWidget(), Qt.Key.Key_Right)


def _leave(window: MainWindow) -> None:
    window._console = None
    window.close()


SHOTS = (palette, keys, menus, why, tour, nothing)
