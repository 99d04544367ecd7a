"""The sign-in screen: the form on a stage with parted drapes, and the calls behind it."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QGraphicsDropShadowEffect, QVBoxLayout, QWidget

from app.ui.faults import fault_of
from app.ui.sign_in.form import SignInForm
from app.ui.sign_in.outside import OutsideReporting
from app.ui.tasks import Tasks
from app.ui.theme.look import Look
from app.ui.widgets.stage import DoorStage

if TYPE_CHECKING:
    from app.session.shown import Office
    from app.ui.sign_in.outside import OutsideUseCases
    from app.ui.use_cases import DeskUseCases, SignInUseCases

PARTED = 330


def door_shadow(widget: QWidget, look: Look) -> None:
    """The shadow of a card on the stage; none in high contrast."""
    if look.is_contrast:
        return
    shadow = QGraphicsDropShadowEffect(widget)
    shadow.setBlurRadius(28)
    shadow.setOffset(0, 8)
    shadow.setColor(QColor(0, 0, 0, 46))
    widget.setGraphicsEffect(shadow)


class SignInScreen(QWidget):
    """The door.

    Signals:
        signed_in: the desk of the new session.
        language_wanted: the other language, as its code.
        activation_wanted: somebody has an activation code.
        lost_wanted: somebody has lost an authenticator.

    Args:
        look: colours.
        sign_in: the door's use cases.
        tasks: the door off the GUI thread.
        may_enrol: whether it offers activation and a lost authenticator.
        elsewhere: whether another console of this OS user has the account, and came to the front.
        reports: keeps suspicions that are reported here; without it none can be.
    """

    signed_in = Signal(object)
    language_wanted = Signal(str)
    activation_wanted = Signal()
    lost_wanted = Signal()

    def __init__(
        self,
        look: Look,
        sign_in: "SignInUseCases",
        tasks: Tasks,
        *,
        may_enrol: bool = False,
        elsewhere: Callable[[str], bool] = lambda _account: False,
        reports: "OutsideUseCases | None" = None,
    ) -> None:
        super().__init__()
        self._sign_in, self._tasks, self._elsewhere = sign_in, tasks, elsewhere
        self._is_asking = False
        self._submitted: tuple[str, str, str] | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        stage = DoorStage(look, PARTED)
        column.addWidget(stage)
        self.form = SignInForm(look, may_enrol=may_enrol)
        door_shadow(self.form, look)
        stage.place(self.form)
        self.form.offer_reports(reports is not None)
        self.reporting = OutsideReporting(look, reports, tasks, self, self.form.report) if reports else None
        self.form.submitted.connect(self._on_form_submitted)
        self.form.language_wanted.connect(self.language_wanted)
        self.form.activation_wanted.connect(self.activation_wanted)
        self.form.lost_wanted.connect(self.lost_wanted)

    def begin(self) -> None:
        """Ask for the office and put the focus where typing starts."""
        self.form.focus_first_empty()
        self._is_asking = True
        self._tasks.run(self._sign_in.office, self._on_office_known, self._on_office_failed, owner=self)

    def _on_office_known(self, office: "Office") -> None:
        self.form.show_office(office)
        self._go_on()

    def _on_office_failed(self, error: Exception) -> None:
        self.form.show_no_office(fault_of(error).sentence)
        self._go_on()

    def _go_on(self) -> None:
        """Sign in whoever was faster than the office, unless the receipt of a sweep took this door's place."""
        self._is_asking = False
        submitted, self._submitted = self._submitted, None
        if submitted is not None and not self.isHidden():
            self._on_form_submitted(*submitted)

    def _on_form_submitted(self, account: str, password: str, code: str) -> None:
        if self._is_asking:
            self._submitted = account, password, code
            return
        self._tasks.run(lambda: self._enter(account, password, code), self._on_signed_in, self._on_refused, owner=self)

    def _enter(self, account: str, password: str, code: str) -> "DeskUseCases | None":
        """Off the GUI thread: sign in, unless another window of this account came to the front."""
        return None if self._elsewhere(account) else self._sign_in.sign_in(account, password, code)

    def _on_signed_in(self, desk: "DeskUseCases | None") -> None:
        if desk is None:
            self.form.forget()
            self.form.refuse(self.tr("You are signed in already. That window was brought to the front."))
            return
        self.form.forget()
        self.form.set_busy(False)
        self.signed_in.emit(desk)

    def _on_refused(self, error: Exception) -> None:
        self.form.refuse(fault_of(error).sentence)
