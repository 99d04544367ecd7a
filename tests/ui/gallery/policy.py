"""The policy: read, edited, decided."""

from PySide6.QtWidgets import QLineEdit, QPushButton

from app.domain.role import Role
from app.ui.policy.screen import PolicyScreen
from tests.ui import fake_desk
from tests.ui.gallery.studio import Studio, wait


def policy(gallery: Studio) -> None:
    """The policy: an administrator who edits it, and a supervisor who decides."""
    desk = fake_desk.FakeDesk(Role.ADMINISTRATOR)
    window = gallery.window(desk)
    console = gallery.signed_in(window, desk)
    console.going.show_workspace("policy")
    screen = console.workspaces.screen_of("policy")
    assert isinstance(screen, PolicyScreen)
    wait(300)
    gallery.shoot(window, "policy")
    screen.tables.rights.setCurrentIndex(screen.tables.rights.lines.index(1, 3))
    gallery.shoot(window, "policy-right")
    for at, name in enumerate(("reasons", "numbers", "versions"), start=1):
        screen.tables.sections.button(at).click()
        gallery.shoot(window, f"policy-{name}")
    screen.tables.versions.setCurrentIndex(screen.tables.versions.lines.index(1, 0))
    gallery.shoot(window, "policy-version")
    screen.tables.sections.button(2).click()
    screen.show_number(desk.policies.shown(), "view_s")
    screen.number.findChildren(QLineEdit, "number_value")[-1].setText("31")
    screen.number.findChildren(QPushButton, "put_number")[-1].click()
    gallery.shoot(window, "policy-refused")
    screen._begin_reason()
    gallery.shoot(window, "policy-reason")
    screen.draft.judge(desk.policies.tighter())
    wait(150)
    gallery.shoot(window, "policy-edit")
    screen._edit_text()
    screen.text.edit.setPlainText(screen.text.edit.toPlainText().replace("view_s = 20", "view_s = 40"))
    screen.text._on_see()
    wait(150)
    gallery.shoot(window, "policy-text")
    desk.policies.waits, desk.policies.own = desk.policies.tighter(), True
    screen._forget_draft()
    screen.look_again()
    wait(150)
    screen.show_waiting()
    gallery.shoot(window, "policy-waits")
    window.close()
    wait(100)
    desk = fake_desk.FakeDesk(Role.SUPERVISOR, count=30)
    desk.policies.waits = desk.policies.tighter()
    window = gallery.window(desk)
    console = gallery.signed_in(window, desk)
    console.going.show_workspace("policy")
    screen = console.workspaces.screen_of("policy")
    assert isinstance(screen, PolicyScreen)
    wait(300)
    screen.show_waiting()
    screen.difference.findChild(QPushButton, "show_toml").click()  # type: ignore[union-attr]
    desk.policies.has_code = False
    gallery.shoot(window, "policy-decide")
    screen.difference.findChild(QPushButton, "confirm_edit").click()  # type: ignore[union-attr]
    wait(150)
    gallery.shoot(window, "policy-code")
    screen.acting.stop()
    desk.policies.fits = False
    screen.look_again()
    wait(150)
    gallery.shoot(window, "policy-shut")


SHOTS = (policy,)
