"""Pictures of every screen and state, offscreen: `python -m tests.ui.gallery OUT [light dark contrast en id]`.

Without a theme or a language among the words: all of them.
"""

import itertools
import os
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import shiboken6
from PySide6.QtCore import QEventLoop, Qt, QTimer, qInstallMessageHandler
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QVBoxLayout, QWidget

from app.domain.action_run import Ran
from app.domain.data_class import DataClass
from app.domain.mask import Mask
from app.domain.quota import Shut
from app.domain.role import Role
from app.session.accounts import AccountState
from app.session.console_line import Ask
from app.session.errors import OfficeAwayError, SignInAnswerError, SignInRefusal
from app.session.log_shown import LogVerdict
from app.session.shown import NOTE_NOT_SAVED, Acted, Budget, PastUnlock, RequestState, Revealed, Secret
from app.session.timed_end import Coming, Why
from app.storage.new_file import FULL, FileRefusedError
from app.ui.application import TiraiApplication, _on_qt_message, make_application
from app.ui.approval.window import ApprovalWindow
from app.ui.audit.filters import By
from app.ui.audit.screen import AuditScreen
from app.ui.capture.guard import CaptureState
from app.ui.console.field_row import FieldRow, Offer
from app.ui.console.screen import ConsoleScreen
from app.ui.console.workspace_entries import APPROVALS, EXPOSURES
from app.ui.enrolment.screen import EnrolmentScreen
from app.ui.exposures.screen import ExposuresScreen
from app.ui.exposures.threshold_popover import ThresholdPopover
from app.ui.faults import fault_of
from app.ui.language import Language
from app.ui.lock.screen import LockScreen
from app.ui.lost.screen import LostAuthenticatorScreen
from app.ui.main_window import MainWindow
from app.ui.policy.screen import PolicyScreen
from app.ui.setup.screen import SetUpScreen
from app.ui.tasks import Tasks
from app.ui.theme.look import Look
from app.ui.theme.tokens import ThemeName
from app.ui.who_saw.screen import WhoSawScreen
from app.ui.widgets.curtain import Curtain
from app.ui.widgets.curtain_states import CurtainState
from app.ui.widgets.labels import text_label
from app.ui.widgets.popover import Popover
from app.ui.words import day_and_time
from tests.ui import fake_accounts, fake_acting, fake_caller, fake_desk, fake_log, fake_making, fake_my_account
from tests.ui.fake_who_saw import UNKNOWN

NOTE_WITH_ONE = "Kartu 4111 1111 1111 1111"
NOTE_WITH_MANY = (
    "Kartu 4111 1111 1111 1111, hp 0812-3456-7890, surel sari@example.com, NIK 3273014708850003, "
    "rek BCA 0123456789, lahir 17 Agustus 1985, mobil B 1234 XYZ"
)


def wait(ms: int) -> None:
    """Let the event loop run. Not QTest.qWait: it keeps the GIL, so that no answer of a task could come."""
    loop = QEventLoop()
    QTimer.singleShot(ms, loop.quit)
    loop.exec()


class Gallery:
    """Takes the pictures of one theme in one language."""

    def __init__(self, app: TiraiApplication, theme: str, language: Language, out: Path) -> None:
        self.app, self.theme, self.language, self.out, self.look = app, theme, language, out, app.look
        self.tasks = Tasks()

    def shoot(self, widget: QWidget, name: str) -> None:
        wait(60)
        widget.grab().save(str(self.out / f"{name}-{self.theme}-{self.language}.png"))

    def window(self, desk: fake_desk.FakeDesk | None = None, **options: object) -> MainWindow:
        door = fake_desk.FakeSignIn(desk)
        window = MainWindow(
            door,
            look=self.look,
            tasks=self.tasks,
            on_signed_in=lambda _desk: None,
            on_ended=lambda _receipt: None,
            on_approval_wanted=lambda: None,
            **options,  # type: ignore[arg-type]
        )
        window.resize(1366, 768)
        window.show()
        window.activateWindow()
        wait(80)
        return window

    def all(self) -> None:
        """Every screen and state."""
        shots = (self.curtains, self.sign_in, self.story, self.spent, self.supervisor, self.officer, self.newcomer)
        for shot in shots:
            shot()
        self.leaving()
        self.checks()
        self.acting()
        self.note_finds()
        self.calls()
        self.ends()
        self.locked()
        self.wiped()
        self.approval()
        self.enrolment()
        self.lost()
        self.set_up()
        self.accounts()
        self.second_person()
        self.policy()
        self.my_account()
        self.exposures()
        self.audit()
        self.who_saw()

    def enrolment(self) -> None:
        window = self.window(new_enrolment=fake_making.FakeEnrol)
        self.shoot(window, "sign-in-first")
        window.show_enrolment()
        screen = window.centralWidget()
        assert isinstance(screen, EnrolmentScreen)
        screen.account.account.setText("ratna.dewanti")
        screen.account.code.setText(fake_making.ACTIVATION[:-4] + "AAAA")
        screen.card.go_on.click()
        wait(150)
        self.shoot(window, "enrol-code-refused")
        screen.account.code.setText(fake_making.ACTIVATION)
        screen.card.go_on.click()
        wait(150)
        for edit in (screen.password.pair.first, screen.password.pair.again):
            edit.edit.setText("too short")
        screen.card.go_on.click()
        wait(150)
        self.shoot(window, "enrol-password-refused")
        for edit in (screen.password.pair.first, screen.password.pair.again):
            edit.edit.setText(fake_making.PASSWORD)
        self.shoot(window, "enrol-password")
        screen.card.go_on.click()
        wait(150)
        screen.authenticator.code.setText("41")
        self.shoot(window, "enrol-authenticator")
        screen.authenticator.show_key.click()
        screen.authenticator.code.setText("000000")
        wait(150)
        self.shoot(window, "enrol-authenticator-refused")
        screen.authenticator.code.setText("731904")
        wait(150)
        self.shoot(window, "enrol-codes")
        screen.card.go_on.click()
        wait(150)
        self.shoot(window, "enrol-done")
        window.close()

    def lost(self) -> None:
        window = self.window(new_enrolment=fake_making.FakeEnrol)
        window.show_lost_authenticator()
        screen = window.centralWidget()
        assert isinstance(screen, LostAuthenticatorScreen)
        self.shoot(window, "lost")
        screen.recovery.account.setText("ratna.dewanti")
        screen.recovery.password.edit.setText(fake_my_account.PASSWORD)
        screen.recovery.code.setText("K7QF-2MXP")
        screen.card.go_on.click()
        wait(150)
        self.shoot(window, "lost-refused")
        screen.recovery.code.setText(fake_my_account.RECOVERY_CODE)
        screen.card.go_on.click()
        wait(150)
        self.shoot(window, "lost-authenticator")
        screen.authenticator.code.setText(fake_my_account.CODE)
        wait(150)
        self.shoot(window, "lost-done")
        window.close()

    def accounts(self) -> None:
        """An administrator at the accounts."""
        desk = fake_desk.FakeDesk(Role.ADMINISTRATOR)
        waiting = (fake_accounts.reset_waiting(), fake_accounts.key_waiting())
        desk.accounts = fake_accounts.FakeAccounts(*waiting, rotation_due=(DataClass.NOTE,))
        window = self.window(desk)
        screen = self.signed_in(window, desk).workspaces.accounts
        assert screen is not None
        wait(200)
        self.shoot(window, "accounts")
        for name in ("adi.nugroho", "bagus.hartono", "citra.lestari", "dewi.anjani", "dian.sasmita", "fitri.handayani"):
            screen.table.select(name)
            screen.show_account(name)
            self.shoot(window, f"account-{name.split('.')[0]}")
        screen.table.select("ratna.dewanti")
        screen.show_account("ratna.dewanti")
        screen.detail.findChild(QPushButton, "ask_close").click()  # type: ignore[union-attr]
        self.shoot(window, "account-close")
        screen.detail.findChild(QPushButton, "cancel_question").click()  # type: ignore[union-attr]
        screen.detail.findChild(QPushButton, "ask_reset").click()  # type: ignore[union-attr]
        self.shoot(window, "account-reset")
        desk.accounts.refusal = "waits"
        screen.detail.findChild(QPushButton, "propose_reset").click()  # type: ignore[union-attr]
        wait(150)
        self.shoot(window, "account-refused")
        desk.accounts.refusal, desk.accounts.has_code = "", False
        screen.detail.findChild(QPushButton, "propose_reset").click()  # type: ignore[union-attr]
        wait(150)
        self.shoot(window, "account-step-up")
        screen.acting.stop()
        desk.accounts.has_code = True
        screen._on_edit_wanted(None)
        screen.form.role.setCurrentIndex(1)
        self.shoot(window, "account-role")
        screen.begin_new()
        self.shoot(window, "account-new")
        reset = replace(fake_accounts.people()[-1], state=AccountState.RESET, held=(), sessions=())
        desk.accounts.accounts[-1] = reset
        screen.look_again()
        wait(150)
        screen.show_account(reset.account)
        screen.detail.close_question()
        screen.detail.findChildren(QPushButton, "ask_reset")[-1].click()
        self.shoot(window, "account-code-lost")
        screen._show_code(Secret(fake_accounts.CODE), "eko.prasetyo", waits=True)
        self.shoot(window, "account-code")
        screen.show_proposal("a1" * 16)
        self.shoot(window, "account-proposal")
        desk.accounts.gate.clear()
        screen.proposal.findChild(QPushButton, "confirm_proposal").click()  # type: ignore[union-attr]
        self.shoot(window, "account-at-work")
        desk.accounts.gate.set()
        wait(150)
        screen.show_proposal("b2" * 16)
        self.shoot(window, "account-key")
        window.close()
        wait(100)

    def second_person(self) -> None:
        """A supervisor at the accounts."""
        desk = fake_desk.FakeDesk(Role.SUPERVISOR, count=30)
        desk.accounts = fake_accounts.FakeAccounts(fake_accounts.reset_waiting(), rotation_due=(DataClass.CONTACT,))
        desk.rotation.left = [1_240] * 20
        window = self.window(desk)
        console = self.signed_in(window, desk)
        console.resealing._go_on()
        console.show_workspace("accounts")
        wait(300)
        self.shoot(window, "supervisor-accounts")
        screen = console.workspaces.accounts
        assert screen is not None
        screen.table.select("bagus.hartono")
        screen.show_account("bagus.hartono")
        self.shoot(window, "supervisor-release")
        window.close()
        wait(100)

    def audit(self) -> None:
        """A supervisor at the audit log."""
        desk = fake_desk.FakeDesk(Role.SUPERVISOR, count=30)
        window = self.window(desk)
        console = self.signed_in(window, desk)
        console.show_workspace("audit")
        wait(500)
        screen = console.workspaces.screen_of("audit")
        assert isinstance(screen, AuditScreen)
        self.shoot(window, "audit")
        screen.verify()
        wait(300)
        self.shoot(window, "audit-verified")
        screen.filters.look_for({By.TIME: "month", By.EVENT: "unlock.approve", By.CLASS: "financial"})
        wait(500)
        screen.filters.chips[By.PERSON].click()
        wait(100)
        self.shoot(window, "audit-filter")
        popover = screen.filters._popover
        assert popover is not None
        popover.edit.setText("who is it?")  # type: ignore[union-attr]
        popover._apply()
        self.shoot(window, "audit-filter-refused")
        screen.filters.close_innermost()
        screen.filters.chips[By.EVENT].click()
        wait(100)
        self.shoot(window, "audit-events")
        screen.filters.close_innermost()
        desk.log.gate.clear()
        screen.verify()
        wait(300)
        self.shoot(window, "audit-verifying")
        desk.log.verdict = LogVerdict(fake_log.NOW, 61_404, 61_405, "edited", 4.0)
        desk.log.misfit = 61_405
        desk.log.gate.set()
        wait(300)
        screen.broken.action.click()
        wait(800)
        self.shoot(window, "audit-broken")
        window.resize(1180, 640)
        self.shoot(window, "audit-narrow")
        window.close()
        wait(100)

    def policy(self) -> None:
        """The policy: an administrator who edits it, and a supervisor who decides."""
        desk = fake_desk.FakeDesk(Role.ADMINISTRATOR)
        window = self.window(desk)
        console = self.signed_in(window, desk)
        console.show_workspace("policy")
        screen = console.workspaces.screen_of("policy")
        assert isinstance(screen, PolicyScreen)
        wait(300)
        self.shoot(window, "policy")
        screen.tables.rights.setCurrentIndex(screen.tables.rights.lines.index(1, 3))
        self.shoot(window, "policy-right")
        for at, name in enumerate(("reasons", "numbers", "versions"), start=1):
            screen.tables.sections.button(at).click()
            self.shoot(window, f"policy-{name}")
        screen.tables.versions.setCurrentIndex(screen.tables.versions.lines.index(1, 0))
        self.shoot(window, "policy-version")
        screen.tables.sections.button(2).click()
        screen.show_number(desk.policies.shown(), "view_s")
        screen.number.findChildren(QLineEdit, "number_value")[-1].setText("31")
        screen.number.findChildren(QPushButton, "put_number")[-1].click()
        self.shoot(window, "policy-refused")
        screen._begin_reason()
        self.shoot(window, "policy-reason")
        screen.draft.judge(desk.policies.tighter())
        wait(150)
        self.shoot(window, "policy-edit")
        screen._edit_text()
        screen.text.edit.setPlainText(screen.text.edit.toPlainText().replace("view_s = 20", "view_s = 40"))
        screen.text._on_see()
        wait(150)
        self.shoot(window, "policy-text")
        desk.policies.waits, desk.policies.own = desk.policies.tighter(), True
        screen._forget_draft()
        screen.look_again()
        wait(150)
        screen.show_waiting()
        self.shoot(window, "policy-waits")
        window.close()
        wait(100)
        desk = fake_desk.FakeDesk(Role.SUPERVISOR, count=30)
        desk.policies.waits = desk.policies.tighter()
        window = self.window(desk)
        console = self.signed_in(window, desk)
        console.show_workspace("policy")
        screen = console.workspaces.screen_of("policy")
        assert isinstance(screen, PolicyScreen)
        wait(300)
        screen.show_waiting()
        screen.difference.findChild(QPushButton, "show_toml").click()  # type: ignore[union-attr]
        desk.policies.has_code = False
        self.shoot(window, "policy-decide")
        screen.difference.findChild(QPushButton, "confirm_edit").click()  # type: ignore[union-attr]
        wait(150)
        self.shoot(window, "policy-code")
        screen.acting.stop()
        desk.policies.fits = False
        screen.look_again()
        wait(150)
        self.shoot(window, "policy-shut")

    def who_saw(self) -> None:
        """A privacy officer answers a customer; a supervisor reads alone."""
        desk = fake_desk.FakeDesk(Role.PRIVACY_OFFICER, count=30)
        window = self.window(desk)
        console = self.signed_in(window, desk)
        console.find_panel.enter()
        wait(300)
        self.shoot(window, "who-saw-card")
        console.show_workspace("who_saw")
        wait(100)
        screen = console.workspaces.screen_of("who_saw")
        assert isinstance(screen, WhoSawScreen)
        self.shoot(window, "who-saw-empty")
        screen.line.set_number(UNKNOWN)
        screen.look_at()
        wait(200)
        self.shoot(window, "who-saw-unknown")
        screen.show_customer("ab" * 16, "C-100234")
        wait(300)
        self.shoot(window, "who-saw")
        screen._save(screen.line.language, Path("/home/dewi/Documents/who-saw-C-100234-2026-11-27-id.pdf"))
        wait(200)
        self.shoot(window, "who-saw-saved")
        desk.who_saw.refuse = FileRefusedError("full", code=FULL)
        screen._save(screen.line.language, Path("/media/full/list.pdf"))
        wait(200)
        window.resize(1180, 640)
        self.shoot(window, "who-saw-disk-full")
        window.close()
        wait(100)
        desk = fake_desk.FakeDesk(Role.SUPERVISOR, count=30)
        desk.who_saw.count, desk.who_saw.most = 12, 9
        window = self.window(desk)
        console = self.signed_in(window, desk)
        console.show_workspace("who_saw")
        screen = console.workspaces.screen_of("who_saw")
        assert isinstance(screen, WhoSawScreen)
        screen.line._period.setCurrentIndex(3)
        screen.line._first.setText("1/8/2026")
        screen.line.set_number("C-100234")
        screen.look_at()
        wait(300)
        self.shoot(window, "who-saw-supervisor")
        screen.line._first.setText("yesterday")
        screen.look_at()
        self.shoot(window, "who-saw-no-day")
        window.close()
        wait(100)

    def my_account(self) -> None:
        """One's own account."""
        desk = fake_desk.FakeDesk(Role.AGENT, count=30)
        window = self.window(desk)
        console = self.signed_in(window, desk)
        console.show_workspace("my_account")
        own = console.workspaces.my_account
        assert own is not None
        wait(300)
        self.shoot(window, "my-account")
        own.password.button.click()
        own.password.current.password.edit.setText("wrong")
        own.password.current.code.boxes.setText("000000")
        for edit in (own.password.pair.first, own.password.pair.again):
            edit.edit.setText("rather short words")
        own.password.send.click()
        wait(400)
        self.shoot(window, "my-password")
        own.forget()
        own.authenticator.button.click()
        own.authenticator.lost.click()
        own.authenticator.current.password.edit.setText(fake_my_account.PASSWORD)
        own.authenticator.recovery.setText("K7QF")
        own.authenticator.send.click()
        wait(200)
        self.shoot(window, "my-authenticator-lost")
        own.authenticator.recovery.setText(fake_my_account.RECOVERY_CODE)
        own.authenticator.send.click()
        wait(200)
        self.shoot(window, "my-authenticator")
        own.forget()
        own.recovery.button.click()
        own.recovery.current.password.edit.setText(fake_my_account.PASSWORD)
        own.recovery.current.code.boxes.setText(fake_my_account.CODE)
        own.recovery.send.click()
        wait(200)
        self.shoot(window, "my-codes")
        window.close()
        wait(100)

    def exposures(self) -> None:
        """What was shown to whom."""
        desk = fake_desk.FakeDesk(Role.PRIVACY_OFFICER, count=30)
        desk.approvals.queue = []
        window = self.window(desk)
        console = self.signed_in(window, desk)
        console.show_workspace(EXPOSURES)
        screen = console.workspaces.screen_of(EXPOSURES)
        assert isinstance(screen, ExposuresScreen)
        self.read_whole(screen)
        plots = screen.plots
        assert plots is not None
        self.shoot(window, "exposures")
        plots.bars.picked.emit(plots.bars.bars[7].start)
        plots.heat.picked.emit(("yudha.saputra", 15))
        plots.heat.setFocus()
        self.read_whole(screen)
        self.shoot(window, "exposures-chosen")
        window.resize(1180, 640)
        self.shoot(window, "exposures-small")
        self.thresholds(screen)
        self.shoot(window, "exposures-thresholds-small")
        screen.deciding.close()
        window.resize(1366, 768)
        screen.flags.look_wanted.emit(desk.exposures.waiting[0])
        self.read_whole(screen)
        self.shoot(window, "exposures-flag")
        screen.findChild(QPushButton, "acknowledge_bulk_yudha.saputra").click()  # type: ignore[union-attr]
        self.shoot(window, "exposures-acknowledge")
        screen.deciding.close()
        desk.exposures.acknowledge(desk.exposures.waiting[0], fake_desk.local("Asked him; call-backs of a recall"))
        screen._on_decided()
        self.read_whole(screen)
        screen.flags.show_most(22)
        screen.filter._ranges.buttons()[2].click()
        self.read_whole(screen)
        self.shoot(window, "exposures-month")
        self.thresholds(screen).rows[0].less.click()
        self.shoot(window, "exposures-thresholds")
        screen.deciding.close()
        for panel in plots.panels:
            panel.turn_over()
        self.shoot(window, "exposures-tables")
        desk.exposures.refuse["overview"] = OfficeAwayError("away")
        screen.look_again()
        screen._on_decided()
        self.read_whole(screen)
        self.shoot(window, "exposures-away")
        whole = desk.exposures.whole
        figures = replace(whole.figures, exposures=0, usual=None, median_s=None, calls=0)
        desk.exposures.whole = replace(whole, figures=figures, bars=(), heat=(), reasons=())
        desk.exposures.lines, desk.exposures.waiting = [], []
        screen.filter._ranges.buttons()[0].click()
        self.read_whole(screen)
        self.shoot(window, "exposures-none")
        window.close()
        wait(100)

    def thresholds(self, screen: ExposuresScreen) -> ThresholdPopover:
        """Open the editor and wait for what it shows."""
        screen.filter.thresholds.click()
        popover = screen.deciding.popover
        assert isinstance(popover, ThresholdPopover)
        while not popover.rows:
            wait(20)
        wait(60)
        return popover

    def read_whole(self, screen: ExposuresScreen) -> None:
        """Wait until all that the exposures show is there."""
        wait(30)
        while screen.reading.is_busy:
            wait(20)
        wait(80)

    def signed_in(self, window: MainWindow, desk: fake_desk.FakeDesk) -> ConsoleScreen:
        """Put somebody behind the door."""
        window._on_signed_in(desk)
        wait(300)
        console = window.console
        assert console is not None
        return console

    def set_up(self) -> None:
        window = self.window(make_office=fake_making.FakeMaking())
        screen = window.centralWidget()
        assert isinstance(screen, SetUpScreen)
        self.shoot(window, "set-up-office")
        screen.office.name.setText("Nusantara Care, Surabaya")
        for role, name, account in (("administrator", "Adi Nugroho", "adi"), ("supervisor", "Hendra Kusuma", "hendra")):
            if screen.card.page is screen.office:
                screen.card.go_on.click()
                wait(150)
            screen.person.display_name.setText(name)
            screen.person.account.setText(account)
            for edit in (screen.person.pair.first, screen.person.pair.again):
                edit.edit.setText(fake_making.PASSWORD)
            self.shoot(window, f"set-up-{role}")
            screen.card.go_on.click()
            wait(150)
            self.shoot(window, f"set-up-{role}-authenticator")
            screen.authenticator.code.setText("731904")
            wait(150)
            self.shoot(window, f"set-up-{role}-codes")
            screen.card.go_on.click()
            wait(150)
        self.shoot(window, "set-up-kit")
        window.close()
        self.shoot(window, "set-up-kit-warned")
        window.close()

    def sign_in(self) -> None:
        window = self.window()
        form = window.centralWidget().form  # type: ignore[union-attr]
        form.account.setText("ratna.dewanti")
        form.password.edit.setText("a long password 12")
        form._on_caps_seen(True)
        form.refuse(fault_of(fake_desk.refused(SignInRefusal.USED_CODE)).sentence)
        form.code.setText("73")
        form.code.set_wrong(True)
        self.shoot(window, "sign-in")
        window.close()

    def console(self, desk: fake_desk.FakeDesk) -> tuple[MainWindow, ConsoleScreen]:
        window = self.window(desk)
        window._on_signed_in(desk)
        console = window.console
        assert console is not None
        for _ in range(1200):  # without a customer in the list there is none to open
            wait(50)
            if console.model.rowCount():
                break
        wait(150)
        console.find_panel.enter()
        wait(150)
        return window, console

    def story(self) -> None:
        desk = fake_desk.FakeDesk()
        window, console = self.console(desk)
        console.desk_panel.note.edit.setPlainText("Caller disputes the 2 March charge. Says the old card was closed.")
        console.desk_panel.note.save_now()
        wait(100)
        self.shoot(window, "console")
        phone = _row(console, "mobile_phone")
        phone.setFocus()
        phone.take(Offer.REVEAL)
        wait(150)
        self.shoot(window, "console-reveal-popover")
        popover = console.field_actions._popover
        assert popover is not None
        QTest.keyClick(popover, Qt.Key.Key_1)
        wait(250)
        self.shoot(window, "console-revealed")
        console.close_all()
        wait(200)
        bank = _row(console, "bank_account")
        bank.setFocus()
        bank.take(Offer.ASK)
        wait(150)
        ask = console.field_actions._popover
        ask.words.setPlainText("Caller wants a refund; the bank must read the middle digits back.")  # type: ignore[union-attr]
        self.shoot(window, "unlock-request")
        desk.who_decides = 0
        desk.tell_changed(frozenset({"unlocks"}))
        wait(150)
        self.shoot(window, "unlock-request-nobody")
        ask.take_main_action()  # type: ignore[union-attr]
        _row(console, "card_number").setFocus()
        wait(150)
        self.shoot(window, "console-asked-nobody")
        desk.who_decides = 2
        console.field_actions.watch.poll()
        wait(150)
        self.shoot(window, "console-asked")
        desk.set_request("q0", RequestState.APPROVED, by="Hendra Kusuma")
        console.field_actions.watch.poll()
        wait(150)
        self.shoot(window, "console-granted")
        _row(console, "bank_account").take(Offer.OPEN)
        wait(250)
        self.shoot(window, "console-unlocked")
        console.close_all()
        console.desk_panel.history._on_button_clicked()
        wait(150)
        self.shoot(window, "console-notes")
        console.switch_face()
        wait(150)
        self.shoot(window, "console-table")
        console._on_connected(False, 1_772_532_129.0)
        console.switch_face()
        self.shoot(window, "console-offline")
        console._on_connected(True, 0.0)
        console.strip.say(console.tr("The local copy was damaged and is being fetched again. Nothing is lost."))
        console.idle_bar.show_left(42)
        self.shoot(window, "console-idle")
        window._console = None
        window.close()

    def note_finds(self) -> None:
        """Numbers of persons in a note: one, and more than a line tells."""
        window, console = self.console(fake_desk.FakeDesk())
        note = console.desk_panel.note
        for name, text, count in (("one", NOTE_WITH_ONE, 1), ("many", NOTE_WITH_MANY, 7)):
            note.focus_note()
            note.edit.setPlainText(text)
            note.edit.moveCursor(QTextCursor.MoveOperation.End)
            for _ in range(200):  # until the note was scanned, before its save puts masks there
                wait(20)
                if len(note.finds.finds) == count:
                    break
            self.shoot(window, f"console-note-{name}")
        window._console = None
        window.close()

    def calls(self) -> None:
        """A call is on: the chip, and what is covered when nobody uses the console."""
        window, console = self.console(fake_desk.FakeDesk())
        console.desk_panel.note.edit.setPlainText("Caller disputes the 2 March charge. Says the old card was closed.")
        console.desk_panel.note.save_now()
        console.calls.answer(Ask("call_start", {"call": "a84b4c76e66710@pbx"}))
        wait(100)
        self.shoot(window, "call")
        console.calls.answer(Ask("call_start", {"call": "b1"}))
        console.idle.covers.emit(582.0)
        self.shoot(window, "call-covered")
        window.resize(1180, 640)
        self.shoot(window, "call-covered-small")
        window._console = None
        window.close()
        window, console = self.console(fake_desk.FakeDesk(Role.SUPERVISOR))
        console.calls.answer(Ask("call_start"))
        window.resize(1180, 640)
        console.idle.covers.emit(582.0)
        wait(100)
        self.shoot(window, "call-supervisor-small")
        console.idle.uncovers.emit()
        console.show_workspace("accounts")
        wait(100)
        console.idle.covers.emit(582.0)
        self.shoot(window, "call-covered-accounts")
        window._console = None
        window.close()

    def ends(self) -> None:
        """Ends by the clock that are told of in time."""
        desk = fake_desk.FakeDesk()
        window, console = self.console(desk)
        console.calls.answer(Ask("call_start"))
        console.desk_panel.note.edit.setPlainText("Caller disputes the 2 March charge. Says the old card was closed.")
        console.desk_panel.note.save_now()
        wait(100)
        console.ends.stop()
        console.ends.told.emit(Coming(Why.SESSION, 582.0, is_near=False))
        self.shoot(window, "end-session")
        desk.away = OfficeAwayError("away")
        console.calls.end_all()
        console.desk_panel.note.edit.setPlainText("Caller disputes the 2 March charge.")
        console.desk_panel.note.save_now()
        wait(100)
        console.ends.told.emit(Coming(Why.LEASE, 118.0, is_near=True))
        self.shoot(window, "end-lease")
        window._console = None
        window.close()

    def leaving(self) -> None:
        """What leaves the screen: a copy, open notes under the watermark, IT's exception, a fault."""
        desk = fake_desk.FakeDesk()
        desk.copies = True
        window, console = self.console(desk)
        phone = _row(console, "mobile_phone")
        phone.setFocus()
        phone.take(Offer.REVEAL)
        wait(150)
        popover = console.field_actions._popover
        assert popover is not None
        QTest.keyClick(popover, Qt.Key.Key_1)
        wait(250)
        QTest.keyClick(phone, Qt.Key.Key_C)
        wait(200)
        self.shoot(window, "console-copied")
        console.clipboard.clear()
        console.close_all()
        console.status.show_capture(CaptureState.EXCEPTED, day_and_time(1_772_532_129.0))
        fault = replace(fault_of(ValueError()), report="/home/ratna/.local/share/tirai/crash-reports/crash-3F9A1C.txt")
        window.show_fault(fault)
        self.shoot(window, "console-fault")
        window._console = None
        window.close()

    def acting(self) -> None:
        """A field that is used and not shown."""
        desk = fake_desk.FakeDesk(count=30)
        bill = fake_acting.an_act("bill", "Send the bill", "Kirim tagihan", "email", reason=True)
        desk.acting.acts = fake_acting.two_acts()
        window, console = self.console(desk)
        console.field_actions.acting.look_again()
        wait(150)
        phone, email = _row(console, "mobile_phone"), _row(console, "email")
        self._take_act(console, phone, "console-act", window)
        desk.acting.gate.clear()
        _press(console, Qt.Key.Key_Return)
        wait(1_200)
        self.shoot(window, "console-act-at-work")
        desk.acting.gate.set()
        wait(150)
        desk.acting.end = Acted(Ran.FAILED, 69)
        self._take_act(console, email, "", window)
        _press(console, Qt.Key.Key_Return)
        wait(200)
        self.shoot(window, "console-act-done-and-not")
        desk.acting.acts = (*fake_acting.two_acts(), bill)
        console.field_actions.acting.look_again()
        wait(150)
        self._take_act(console, email, "console-act-choose", window)
        _press(console, Qt.Key.Key_2)
        _until_popover(console)
        desk.wants_code = {DataClass.CONTACT}
        console.field_actions._popover.ask_code()  # type: ignore[union-attr]
        self.shoot(window, "console-act-reason")
        window.close()
        wait(100)

    def _take_act(self, console: ConsoleScreen, row: FieldRow, name: str, window: MainWindow) -> None:
        row.setFocus()
        QTest.keyClick(row, Qt.Key.Key_D)
        _until_popover(console)
        if name:
            self.shoot(window, name)

    def spent(self) -> None:
        self._shut("quota-spent", Budget(40, 40, 0, 10, 600, Shut.QUOTA, 7_300))
        self._shut("quota-pace", Budget(12, 40, 10, 10, 600, Shut.PACE, 250))
        self._shut("quota-hours", Budget(12, 40, 0, 10, 600, Shut.HOURS, 30_000))
        self._shut("quota-near", Budget(32, 40, 2, 10, 600))

    def _shut(self, name: str, budget: Budget) -> None:
        desk = fake_desk.FakeDesk()
        desk.own_budgets = {DataClass.CONTACT: budget}
        window, console = self.console(desk)
        if name == "quota-near":
            QTest.keyClick(_row(console, "email"), Qt.Key.Key_V)
            wait(100)
            self.shoot(window, "check-extra")
        _row(console, "mobile_phone").take(Offer.REVEAL)
        wait(150)
        self.shoot(window, name)
        window._console = None
        window.close()

    def supervisor(self) -> None:
        window, console = self.console(fake_desk.FakeDesk(Role.SUPERVISOR))
        console.bar.colleagues.click()
        wait(100)
        self.shoot(window, "colleagues")
        window._console = None
        window.close()

    def officer(self) -> None:
        desk = fake_desk.FakeDesk(Role.PRIVACY_OFFICER)
        desk.sparse, desk.wants_code = {0}, {DataClass.CONTACT, DataClass.NOTE}
        desk.refuse_code = SignInAnswerError("no", code="used_code", number=0, wait_s=12)
        window, console = self.console(desk)
        self.shoot(window, "console-sparse")
        _row(console, "mobile_phone").take(Offer.REVEAL)
        wait(150)
        popover = console.field_actions._popover
        popover.code.boxes.setText("123456")  # type: ignore[union-attr]
        popover.do.click()  # type: ignore[union-attr]
        wait(150)
        self.shoot(window, "step-up")
        console.close_all()
        console.desk_panel.history._on_button_clicked()
        wait(150)
        self.shoot(window, "step-up-notes")
        window._console = None
        window.close()

    def checks(self) -> None:
        """Who is calling, and the decisions of a supervisor."""
        desk = fake_desk.FakeDesk()
        desk.checks_callers = True
        window, console = self.console(desk)
        bank = _row(console, "bank_account")
        bank.take(Offer.ASK)
        wait(200)
        self.shoot(window, "ask-unchecked")
        console.close_all()
        check = console.card.check
        assert check is not None
        for field, text in (("nik", fake_caller.VALUES["nik"]), ("birth_date", "01/01/1980")):
            check.cells[field].edit.setText(text)
            check.cells[field].edit.returnPressed.emit()
            wait(200)
        self.shoot(window, "check-missed")
        check.cells["mobile_phone"].tick.click()
        wait(200)
        self.shoot(window, "check-verified")
        console.find_panel.search.edit.setText("0812 55")
        wait(250)
        self.shoot(window, "search-part")
        window._console = None
        window.close()
        desk = fake_desk.FakeDesk(Role.SUPERVISOR)
        window, console = self.console(desk)
        self.shoot(window, "request-waits")
        console.show_workspace(APPROVALS)
        wait(250)
        self.shoot(window, "approvals")
        approvals = console.workspaces.approvals
        assert approvals is not None
        desk.is_code_fresh = False
        approvals.take_main_action()
        wait(150)
        self.shoot(window, "approvals-code")
        approvals.ask_back()
        wait(150)
        self.shoot(window, "approvals-ask")
        approvals.close_innermost()
        desk.approvals.queue[0] = replace(desk.approvals.queue[0], is_asker_locked=True)
        approvals.look_again()
        wait(150)
        self.shoot(window, "approvals-locked")
        gone = desk.approvals.queue.pop(0)
        past = PastUnlock(gone.id, gone.agent_name, gone.number, gone.field_label, gone.reason, RequestState.REFUSED,
                          time.time() - 2, "Dian Sasmita", False)  # fmt: skip
        desk.approvals.decided.insert(0, past)
        approvals.look_again()
        wait(150)
        self.shoot(window, "approvals-decided-elsewhere")
        window._console = None
        window.close()

    def newcomer(self) -> None:
        window, _console = self.console(fake_desk.FakeDesk(waits=True))
        self.shoot(window, "console-newcomer")
        window._console = None
        window.close()

    def locked(self) -> None:
        lock = fake_desk.FakeLock()
        window = self.window(resume=lock, idle_clock=lambda: 50_000.0)
        self.shoot(window, "lock")
        screen = window.centralWidget()
        assert isinstance(screen, LockScreen)
        lock.refusals.append(fake_desk.refused(SignInRefusal.WRONG))
        screen.card._on_caps_seen(True)
        screen.card.submitted.emit("wrong words")
        wait(200)
        screen.card._on_caps_seen(True)
        self.shoot(window, "lock-refused")
        window.close()
        window = self.window(resume=fake_desk.FakeLock(cause="by_hand"), idle_clock=lambda: 50_000.0)
        window.resize(1180, 640)
        self.shoot(window, "lock-by-hand")
        window.close()

    def wiped(self) -> None:
        receipts = {
            "wiped": fake_desk.receipt(),
            "wiped-failed": fake_desk.receipt(failed=True),
            "wiped-idle": replace(fake_desk.receipt("idle"), details=(NOTE_NOT_SAVED,)),
            "wiped-office-lost": fake_desk.receipt("office_lost"),
            "wiped-cache-lost": fake_desk.receipt("cache_lost"),
            "wiped-too-many-tries": fake_desk.receipt("too_many_tries"),
        }
        for name, receipt in receipts.items():
            window = self.window(receipt=receipt)
            self.shoot(window, name)
            window.close()

    def approval(self) -> None:
        window = ApprovalWindow(fake_desk.FakeSignIn(), self.tasks, lambda: None, look=self.look)
        window.show()
        wait(80)
        self.shoot(window, "approval-sign-in")
        window._on_signed_in(fake_desk.FakeApproval())
        wait(150)
        self.shoot(window, "approval")
        window.close()

    def curtains(self) -> None:
        sheet = QWidget()
        sheet.setProperty("ground", "surface")
        sheet.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        sheet.resize(455, 768)
        column = QVBoxLayout(sheet)
        column.setSpacing(0)
        for title, prepare in _curtain_states():
            column.addWidget(text_label(self.look, title, ink="ink2", size=12))
            column.addWidget(prepare(self.look))
        column.addStretch(1)
        sheet.show()
        wait(300)
        self.shoot(sheet, "curtain-states")
        sheet.close()


def _row(console: ConsoleScreen, field: str) -> FieldRow:
    for at in range(1200):  # a busy machine takes longer than the pictures' own waits
        row = console.card.row(field)
        if row is not None:
            break
        if at % 20 == 19:  # the list came after somebody had pressed Return
            console.find_panel.enter()
        wait(50)
    assert row is not None
    return row


def _curtain_states() -> list[tuple[str, Callable[[Look], Curtain]]]:
    phone, card = Mask("+62", "47", 10), Mask("5412 75", "4417", 6)

    def shut(mask: Mask, state: CurtainState, words: str = "", *, lit: bool = False) -> Callable[[Look], Curtain]:
        def make(look: Look) -> Curtain:
            curtain = Curtain(look, mask)
            curtain.set_state(state, words)
            curtain.set_lit(lit)
            return curtain

        return make

    def lit(elapsed: float, value: str = fake_desk.CANARY, *, shuts: bool = False) -> Callable[[Look], Curtain]:
        def make(look: Look) -> Curtain:
            now = [0.0]
            curtain = Curtain(look, phone, clock=lambda: now[0])
            curtain.opened(Revealed(Secret(value), 30, "Call back"))
            now[0] = elapsed
            if shuts:
                curtain._drop()
                curtain.state, curtain._cloth = CurtainState.CLOSING, 140.0
            return curtain

        return make

    def opening(look: Look) -> Curtain:
        curtain = Curtain(look, phone)
        curtain.opening()
        return curtain

    return [
        ("Masked, you may reveal", shut(phone, CurtainState.MASKED)),
        ("Masked, focused or under the pointer", shut(phone, CurtainState.MASKED, lit=True)),
        ("Masked, not allowed for your role", shut(card, CurtainState.TIED)),
        ("Requested", shut(card, CurtainState.REQUESTED, "Asked 0:42 ago")),
        ("Granted", shut(card, CurtainState.GRANTED, "Hendra opened this for you, once, 96 s left")),
        ("Opening", opening),
        ("Open, countdown", lit(6.0)),
        ("Open, last five seconds", lit(26.0)),
        ("Open, long", lit(6.0, "Jalan Cihampelas 160, RT 04 RW 11, Cipaganti, Coblong, Bandung 40131")),
        ("Closing", lit(6.0, shuts=True)),
        ("Verified: match", shut(Mask("", "0004", 16), CurtainState.MATCHED, "Match, 14:01")),
        ("Verified: no match", shut(Mask("", "1987", 6), CurtainState.NO_MATCH, "No match, 2 tries left")),
        ("Refused", shut(card, CurtainState.REFUSED, "Refused: not needed for this call")),
        ("Offline", shut(phone, CurtainState.OFFLINE, "No reveal while offline")),
        ("Right resting", shut(phone, CurtainState.RESTING, "Lesson 2 opens this")),
    ]


def _until_popover(console: ConsoleScreen) -> Popover:
    """The popover that a task brings."""
    for _ in range(500):
        popover = console.field_actions._popover
        if popover is not None and shiboken6.isValid(popover) and popover.isVisible():
            return popover
        wait(20)
    raise AssertionError("no popover came")


def _press(console: ConsoleScreen, key: Qt.Key) -> None:
    popover = _until_popover(console)
    QTest.keyClick(popover, key)


def main() -> None:
    out = Path(sys.argv[1] if len(sys.argv) > 1 else "build/gallery")
    out.mkdir(parents=True, exist_ok=True)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    qInstallMessageHandler(_on_qt_message)
    words = sys.argv[2:]
    themes = [word for word in words if word in set(ThemeName)] or list(ThemeName)
    languages = [Language(word) for word in words if word in set(Language)] or list(Language)
    for theme, language in itertools.product(themes, languages):
        app = make_application(["gallery"], theme, language=language, hooks=False)
        app.setQuitOnLastWindowClosed(False)
        gallery = Gallery(app, theme, language, out)
        gallery.all()
        gallery.tasks.close()
    QApplication.quit()


if __name__ == "__main__":
    main()
