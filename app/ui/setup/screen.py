"""The set-up in a window: office, administrator, supervisor, recovery kit. Shown only where there is no office.

Invariants: an office exists once the kit is shown; before that, leaving by any way leaves nothing. All calls go
through one lane, in order. A secret lies in a widget only while its page is shown.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.errors import TiraiError
from app.domain.role import Role
from app.ui.enrolment.authenticator_page import AuthenticatorPage
from app.ui.enrolment.step_card import StepCard
from app.ui.enrolment.strength_row import StrengthRow
from app.ui.enrolment.words import why_not
from app.ui.setup.kit_page import KitPage
from app.ui.setup.office_page import OfficePage
from app.ui.setup.person_page import PersonPage
from app.ui.setup.use_cases import MakeOfficeUseCases
from app.ui.sign_in.screen import door_shadow
from app.ui.tasks import Tasks
from app.ui.theme.look import Look
from app.ui.widgets.recovery_codes import RecoveryCodes
from app.ui.widgets.stage import DoorStage
from app.ui.widgets.strength_bar import Strength

if TYPE_CHECKING:
    from app.session.make_office import AuthenticatorOffer, Kit
    from app.session.shown import Secret

T = TypeVar("T")
PARTED = 220
_OFFICE, _ADMINISTRATOR, _SUPERVISOR, _KIT = range(4)
_ROLES = {_ADMINISTRATOR: Role.ADMINISTRATOR, _SUPERVISOR: Role.SUPERVISOR}


class SetUpScreen(QWidget):
    """Making an office.

    Args:
        look: colours.
        making: the use case.
        tasks: the door off the GUI thread.
        name: of the office, as far as it was typed before the language was changed.

    Signals:
        made: the office is made and its kit was shown; on to the door.
        language_wanted: the other language, as its code.
    """

    made = Signal()
    language_wanted = Signal(str)

    def __init__(self, look: Look, making: MakeOfficeUseCases, tasks: Tasks, name: str = "") -> None:
        super().__init__()
        self._making, self._tasks = making, tasks
        self._step, self._busy = _OFFICE, False
        self._offer: AuthenticatorOffer | None = None
        self._kit: Kit | None = None
        self._finishing = self._warned = False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        stage = DoorStage(look, PARTED)
        column.addWidget(stage)
        self.office, self.person = OfficePage(look), PersonPage(look)
        self.authenticator, self.kit = AuthenticatorPage(look), KitPage(look)
        self.strength = StrengthRow(look, self.person.pair, tasks, self._judge_of_password)
        self.person.add(self.strength)
        self.recovery = RecoveryCodes(look, has_button=False)
        steps = (self.tr("Office"), self.tr("Administrator"), self.tr("Supervisor"), self.tr("Recovery kit"))
        pages = (self.office, self.person, self.authenticator, self.recovery, self.kit)
        self.card = StepCard(look, self.tr("Set up this office"), steps, pages, may_switch=True)
        self.office.name.setText(name)
        door_shadow(self.card, look)
        stage.place(self.card)
        self._connect()
        self._turn_to(self.office, _OFFICE)

    def _connect(self) -> None:
        self.card.language_wanted.connect(self.language_wanted)
        self.card.back.clicked.connect(self._on_back_clicked)
        self.card.go_on.clicked.connect(self._on_go_on_clicked)
        self.office.entered.connect(self._begin_office)
        self.person.entered.connect(self._name_person)
        self.authenticator.completed.connect(self._prove)
        self.authenticator.changed.connect(self._on_digits_changed)

    def begin(self) -> None:
        """Put the focus where typing starts."""
        self.office.is_complete()

    @property
    def is_begun(self) -> bool:
        """Whether more is typed than the office's name."""
        return self._busy or self.card.page is not self.office

    # pages ---------------------------------------------------------------------------------------------------------
    def _turn_to(self, page: QWidget, step: int) -> None:
        self._step = step
        if page is not self.authenticator:
            self.authenticator.forget()
        self.card.show_page(page, step)
        self.card.back.setVisible(page in (self.person, self.authenticator))
        loses_somebody = page is self.person and step == _SUPERVISOR
        self.card.back.set_words(self.tr("Start over") if loses_somebody else self.tr("Back"))
        self.card.go_on.setEnabled(page is not self.authenticator)
        if page is self.kit:
            self.card.go_on.set_words(self.tr("They are written down, go to sign-in"))
            self.card.say_note("")
        else:
            self.card.say_note(self.tr("Nothing is kept before the last step"), "info")

    def _on_back_clicked(self) -> None:
        if self.card.page is self.authenticator:
            self._turn_to(self.person, self._step)
            self.person.pair.forget()
            self.person.pair.first.setFocus()
        else:
            self._start_again("")

    def _on_go_on_clicked(self) -> None:
        page = self.card.page
        if page is self.office:
            self._begin_office()
        elif page is self.person:
            self._name_person()
        elif page is self.authenticator:
            self._prove(self.authenticator.code.text())
        elif page is self.recovery:
            self._on_codes_noted()
        else:
            self._leave_kit()

    def _ask(
        self, work: Callable[[], T], on_done: Callable[[T], object], on_error: Callable[[Exception], object], words: str
    ) -> None:
        """One call at a time, off the GUI thread; nothing can be typed meanwhile."""
        self._set_busy(True, words)

        def done(answer: T) -> None:
            self._set_busy(False)
            on_done(answer)

        def failed(error: Exception) -> None:
            self._set_busy(False)
            on_error(error)

        self._tasks.run(work, done, failed, lane="cache", owner=self)

    def _set_busy(self, busy: bool, words: str = "") -> None:
        self._busy = busy
        self.card.set_busy(busy, words)
        if not busy:
            self._on_digits_changed()

    # office --------------------------------------------------------------------------------------------------------
    def _begin_office(self) -> None:
        if not self.office.is_complete():
            self.office.say(self.tr("Give the office a name first."))
            return
        self.office.say("")
        name = self.office.name.text()
        self._ask(
            lambda: self._making.begin(name),
            self._on_begun,
            lambda e: self.office.say(why_not(e)),
            self.tr("Checking…"),
        )

    def _on_begun(self, _none: None) -> None:
        self._ask_person(_ADMINISTRATOR)

    def _ask_person(self, step: int) -> None:
        self.person.ask_for(_ROLES[step])
        self._turn_to(self.person, step)
        self.person.is_complete()

    # people --------------------------------------------------------------------------------------------------------
    def _name_person(self) -> None:
        if not self.person.is_complete():
            self.person.pair.say(self.tr("The person’s name and the account name are both needed."))
            return
        password = self.person.pair.take_if_same()
        if password is None:
            return
        role, account, name = _ROLES[self._step], self.person.account.text(), self.person.display_name.text()
        making = self._making
        self._ask(
            lambda: making.person(role, account, name, password),
            self._on_named,
            self._on_person_refused,
            self.tr("Checking…"),
        )

    def _judge_of_password(self) -> Callable[[str], Strength]:
        account, name, making = self.person.account.text(), self.person.display_name.text(), self._making
        return lambda password: making.strength(account, name, password)

    def _on_person_refused(self, error: Exception) -> None:
        if isinstance(error, TiraiError) and error.code.startswith("password"):
            self.person.pair.refuse(why_not(error))
        else:
            self.person.pair.say(why_not(error))

    def _on_named(self, offer: "AuthenticatorOffer") -> None:
        self._forget_offer()
        self._offer = offer
        self._turn_to(self.authenticator, self._step)
        self.authenticator.show_offer(offer.uri, offer.secret, offer.display_name)

    def _on_digits_changed(self) -> None:
        if self.card.page is self.authenticator and not self._busy:
            self.card.go_on.setEnabled(self.authenticator.code.is_complete())

    def _prove(self, code: str) -> None:
        if self._busy or not self.authenticator.code.is_complete():
            return
        making = self._making
        self._ask(lambda: making.prove(code), self._on_proved, self._on_not_proved, self.tr("Checking…"))

    def _on_not_proved(self, error: Exception) -> None:
        self.authenticator.refuse(why_not(error))

    def _on_proved(self, codes: "tuple[Secret, ...]") -> None:
        """The person is in; their recovery codes are shown once."""
        name = self._offer.display_name if self._offer is not None else ""
        self._forget_offer()
        self.person.pair.forget()
        self._turn_to(self.recovery, self._step)
        self.card.go_on.set_words(self.tr("I have them"))
        self.card.say_note(self.tr("For {name} alone").format(name=name), "users")
        self.recovery.show_codes(codes, name)  # the focus is at Print: a Return too many loses no code

    def _on_codes_noted(self) -> None:
        self.recovery.forget()
        self.card.say_note("")
        if self._step == _ADMINISTRATOR:
            self._ask_person(_SUPERVISOR)
            return
        self._finishing = True
        self._ask(self._making.finish, self._on_made, self._on_not_made, self.tr("Making the office…"))

    # kit -----------------------------------------------------------------------------------------------------------
    def _on_made(self, kit: "Kit") -> None:
        self._finishing, self._kit = False, kit
        self.kit.show_kit(kit)
        self._turn_to(self.kit, _KIT)
        self.kit.setFocus(Qt.FocusReason.OtherFocusReason)  # where Return does nothing

    def _on_not_made(self, error: Exception) -> None:
        self._finishing = False
        self._start_again(why_not(error))

    def _leave_kit(self) -> None:
        self._forget_kit()
        self.made.emit()

    def _forget_kit(self) -> None:
        self.kit.forget()
        if self._kit is not None:
            for code in self._kit.codes:
                code.forget()
            self._kit = None

    # ends ----------------------------------------------------------------------------------------------------------
    def _start_again(self, sentence: str) -> None:
        self._forget_offer()
        self._tasks.run(self._making.cancel, lane="cache")
        self.person.ask_for(Role.ADMINISTRATOR)
        self._turn_to(self.office, _OFFICE)
        self.office.say(sentence)
        self.office.name.setFocus()

    def _forget_offer(self) -> None:
        self.authenticator.forget()
        if self._offer is not None:
            self._offer.secret.forget()
            self._offer.uri.forget()
            self._offer = None

    def try_leave(self) -> bool:
        """Whether the window may close; if so, nothing is left of an unfinished set-up.

        It may not while the office is being put in its place, and with unwritten codes only when it is closed again.
        """
        if self._finishing:
            return False
        self.recovery.forget()
        if self._kit is not None and not self._warned:
            self._warned = True
            self.kit.say(self.tr("Write the codes down first; nobody can show them again. Close again to leave."))
            return False
        self._forget_offer()
        self._forget_kit()
        self.person.pair.forget()
        self._making.cancel()
        return True
