"""Accounts and the second person."""

from dataclasses import replace

from PySide6.QtWidgets import QPushButton

from app.domain.data_class import DataClass
from app.domain.role import Role
from app.session.accounts import AccountState
from app.session.shown import Secret
from tests.ui import fake_accounts, fake_desk
from tests.ui.gallery.studio import Studio, wait


def accounts(gallery: Studio) -> None:
    """An administrator at the accounts."""
    desk = fake_desk.FakeDesk(Role.ADMINISTRATOR)
    waiting = (fake_accounts.reset_waiting(), fake_accounts.key_waiting())
    desk.accounts = fake_accounts.FakeAccounts(*waiting, rotation_due=(DataClass.NOTE,))
    window = gallery.window(desk)
    screen = gallery.signed_in(window, desk).workspaces.accounts
    assert screen is not None
    wait(200)
    gallery.shoot(window, "accounts")
    for name in ("adi.nugroho", "bagus.hartono", "citra.lestari", "dewi.anjani", "dian.sasmita", "fitri.handayani"):
        screen.table.select(name)
        screen.show_account(name)
        gallery.shoot(window, f"account-{name.split('.')[0]}")
    screen.table.select("ratna.dewanti")
    screen.show_account("ratna.dewanti")
    screen.detail.findChild(QPushButton, "ask_close").click()  # type: ignore[union-attr]
    gallery.shoot(window, "account-close")
    screen.detail.findChild(QPushButton, "cancel_question").click()  # type: ignore[union-attr]
    screen.detail.findChild(QPushButton, "ask_reset").click()  # type: ignore[union-attr]
    gallery.shoot(window, "account-reset")
    desk.accounts.refusal = "waits"
    screen.detail.findChild(QPushButton, "propose_reset").click()  # type: ignore[union-attr]
    wait(150)
    gallery.shoot(window, "account-refused")
    desk.accounts.refusal, desk.accounts.has_code = "", False
    screen.detail.findChild(QPushButton, "propose_reset").click()  # type: ignore[union-attr]
    wait(150)
    gallery.shoot(window, "account-step-up")
    screen.acting.stop()
    desk.accounts.has_code = True
    screen._on_edit_wanted(None)
    screen.form.role.setCurrentIndex(1)
    gallery.shoot(window, "account-role")
    screen.begin_new()
    gallery.shoot(window, "account-new")
    reset = replace(fake_accounts.people()[-1], state=AccountState.RESET, held=(), sessions=())
    desk.accounts.accounts[-1] = reset
    screen.look_again()
    wait(150)
    screen.show_account(reset.account)
    screen.detail.close_question()
    screen.detail.findChildren(QPushButton, "ask_reset")[-1].click()
    gallery.shoot(window, "account-code-lost")
    screen._show_code(Secret(fake_accounts.CODE), "eko.prasetyo", waits=True)
    gallery.shoot(window, "account-code")
    screen.show_proposal("a1" * 16)
    gallery.shoot(window, "account-proposal")
    desk.accounts.gate.clear()
    screen.proposal.findChild(QPushButton, "confirm_proposal").click()  # type: ignore[union-attr]
    gallery.shoot(window, "account-at-work")
    desk.accounts.gate.set()
    wait(150)
    screen.show_proposal("b2" * 16)
    gallery.shoot(window, "account-key")
    window.close()
    wait(100)


def second_person(gallery: Studio) -> None:
    """A supervisor at the accounts."""
    desk = fake_desk.FakeDesk(Role.SUPERVISOR, count=30)
    desk.accounts = fake_accounts.FakeAccounts(fake_accounts.reset_waiting(), rotation_due=(DataClass.CONTACT,))
    desk.rotation.left = [1_240] * 20
    window = gallery.window(desk)
    console = gallery.signed_in(window, desk)
    console.resealing._go_on()
    console.going.show_workspace("accounts")
    wait(300)
    gallery.shoot(window, "supervisor-accounts")
    screen = console.workspaces.accounts
    assert screen is not None
    screen.table.select("bagus.hartono")
    screen.show_account("bagus.hartono")
    gallery.shoot(window, "supervisor-release")
    window.close()
    wait(100)


SHOTS = (
    accounts,
    second_person,
)
