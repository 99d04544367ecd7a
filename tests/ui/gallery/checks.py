"""Who is calling, rights that are spent, and the roles that decide."""

import time
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.domain.data_class import DataClass
from app.domain.quota import Shut
from app.domain.role import Role
from app.session.errors import SignInAnswerError
from app.session.shown import Budget, PastUnlock, RequestState
from app.ui.console.field_row import Offer
from app.ui.console.workspace_entries import APPROVALS
from tests.ui import fake_caller, fake_desk
from tests.ui.gallery.studio import Studio, field_row, until_popover, wait


def spent(gallery: Studio) -> None:
    _shut(gallery, "quota-spent", Budget(40, 40, 0, 10, 600, Shut.QUOTA, 7_300))
    _shut(gallery, "quota-pace", Budget(12, 40, 10, 10, 600, Shut.PACE, 250))
    _shut(gallery, "quota-hours", Budget(12, 40, 0, 10, 600, Shut.HOURS, 30_000))
    _shut(gallery, "quota-near", Budget(32, 40, 2, 10, 600))


def supervisor(gallery: Studio) -> None:
    window, console = gallery.console(fake_desk.FakeDesk(Role.SUPERVISOR))
    console.bar.colleagues.click()
    wait(100)
    gallery.shoot(window, "colleagues")
    window._console = None
    window.close()


def officer(gallery: Studio) -> None:
    desk = fake_desk.FakeDesk(Role.PRIVACY_OFFICER)
    desk.sparse, desk.wants_code = {0}, {DataClass.CONTACT, DataClass.NOTE}
    desk.refuse_code = SignInAnswerError("no", code="used_code", number=0, wait_s=12)
    window, console = gallery.console(desk)
    gallery.shoot(window, "console-sparse")
    field_row(console, "mobile_phone").take(Offer.REVEAL)
    popover = until_popover(console)
    popover.code.boxes.setText("123456")  # type: ignore[attr-defined]
    popover.do.click()  # type: ignore[attr-defined]
    wait(150)
    gallery.shoot(window, "step-up")
    console.closing.close_all()
    console.desk_panel.history._on_button_clicked()
    wait(150)
    gallery.shoot(window, "step-up-notes")
    window._console = None
    window.close()


def checks(gallery: Studio) -> None:
    """Who is calling, and the decisions of a supervisor."""
    desk = fake_desk.FakeDesk()
    desk.checks_callers = True
    window, console = gallery.console(desk)
    bank = field_row(console, "bank_account")
    bank.take(Offer.ASK)
    wait(200)
    gallery.shoot(window, "ask-unchecked")
    console.closing.close_all()
    check = console.card.check
    assert check is not None
    for field, text in (("nik", fake_caller.VALUES["nik"]), ("birth_date", "01/01/1980")):
        check.cells[field].edit.setText(text)
        check.cells[field].edit.returnPressed.emit()
        wait(200)
    gallery.shoot(window, "check-missed")
    check.cells["mobile_phone"].tick.click()
    wait(200)
    gallery.shoot(window, "check-verified")
    console.find_panel.search.edit.setText("0812 55")
    wait(250)
    gallery.shoot(window, "search-part")
    window._console = None
    window.close()
    desk = fake_desk.FakeDesk(Role.SUPERVISOR)
    window, console = gallery.console(desk)
    gallery.shoot(window, "request-waits")
    console.going.show_workspace(APPROVALS)
    wait(250)
    gallery.shoot(window, "approvals")
    approvals = console.workspaces.approvals
    assert approvals is not None
    desk.is_code_fresh = False
    approvals.take_main_action()
    wait(150)
    gallery.shoot(window, "approvals-code")
    approvals.ask_back()
    wait(150)
    gallery.shoot(window, "approvals-ask")
    approvals.close_innermost()
    desk.approvals.queue[0] = replace(desk.approvals.queue[0], is_asker_locked=True)
    approvals.look_again()
    wait(150)
    gallery.shoot(window, "approvals-locked")
    gone = desk.approvals.queue.pop(0)
    past = PastUnlock(gone.id, gone.agent_name, gone.number, gone.field_label, gone.reason, RequestState.REFUSED,
                      time.time() - 2, "Dian Sasmita", False)  # fmt: skip
    desk.approvals.decided.insert(0, past)
    approvals.look_again()
    wait(150)
    gallery.shoot(window, "approvals-decided-elsewhere")
    window._console = None
    window.close()


def _shut(gallery: Studio, name: str, budget: Budget) -> None:
    desk = fake_desk.FakeDesk()
    desk.own_budgets = {DataClass.CONTACT: budget}
    window, console = gallery.console(desk)
    if name == "quota-near":
        QTest.keyClick(field_row(console, "email"), Qt.Key.Key_V)
        wait(100)
        gallery.shoot(window, "check-extra")
    field_row(console, "mobile_phone").take(Offer.REVEAL)
    wait(150)
    gallery.shoot(window, name)
    window._console = None
    window.close()


SHOTS = (
    spent,
    supervisor,
    officer,
    checks,
)
