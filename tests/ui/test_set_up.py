"""Making an office in a window; with a fake, and once with everything real but the cost of passwords."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.backoffice import set_up as back_office
from app.backoffice.office import KIT_FILE, NAME_FILE, NamePlate
from app.bootstrap import making
from app.bootstrap.making import office_to_make
from app.bootstrap.program import OFFICE_FILE, Program
from app.crypto.derive import PASSWORD_FLOOR
from app.domain.errors import InputRefusedError
from app.domain.role import Role
from app.session.make_office import MakeOffice
from app.session.witness import recall
from app.storage.keyring_store import KeyStore
from app.storage.places import Places
from app.ui.main_window import MainWindow
from app.ui.setup.screen import SetUpScreen
from app.ui.setup.use_cases import MakeOfficeUseCases
from app.ui.sign_in.screen import SignInScreen
from app.ui.tasks import Tasks
from app.ui.theme.look import Look
from tests.demo.people import Authenticator
from tests.office.made import DictShelf
from tests.ui.fake_door import FakeSignIn
from tests.ui.fake_making import KEY, KIT_CODES, PASSWORD, FakeMaking
from tests.ui.test_enrolment import texts_of

MakeWindow = Callable[[MakeOfficeUseCases], MainWindow]


@pytest.fixture
def make_window(qtbot: QtBot, look: Look, tasks: Tasks) -> Iterator[MakeWindow]:
    made: list[MainWindow] = []

    def make(making: MakeOfficeUseCases) -> MainWindow:
        window = MainWindow(
            FakeSignIn(),
            look=look,
            tasks=tasks,
            on_signed_in=lambda _desk: None,
            on_ended=lambda _receipt: None,
            on_approval_wanted=lambda: None,
            make_office=making,
        )
        made.append(window)
        window.show()
        return window

    yield make
    for window in made:
        window._set_up = None
        window.close()
        window.deleteLater()


def screen_of(window: MainWindow) -> SetUpScreen:
    screen = window.centralWidget()
    assert isinstance(screen, SetUpScreen)
    return screen


class Hands:
    """What people do at the screen."""

    def __init__(self, qtbot: QtBot, screen: SetUpScreen) -> None:
        self.qtbot, self.screen = qtbot, screen

    def wait_for(self, page: QWidget) -> None:
        self.qtbot.waitUntil(lambda: self.screen.card.page is page and not self.screen._busy)

    def name_office(self, name: str = "Nusantara Care") -> None:
        self.screen.office.name.setText(name)
        self.screen.card.go_on.click()
        self.wait_for(self.screen.person)

    def name_person(self, account: str, name: str, password: str = PASSWORD) -> None:
        person = self.screen.person
        person.display_name.setText(name)
        person.account.setText(account)
        person.pair.first.edit.setText(password)
        person.pair.again.edit.setText(password)
        self.screen.card.go_on.click()

    def add(self, account: str, name: str) -> None:
        self.show_code(account, name)
        self.note_codes()

    def show_code(self, account: str, name: str, code: str | None = None) -> None:
        self.name_person(account, name)
        page = self.screen.authenticator
        self.wait_for(page)
        page.show_key.click()
        secret = page.key.text().replace(" ", "")
        QTest.keyClicks(page.code, code or Authenticator(secret).shown_code())

    def note_codes(self) -> None:
        self.wait_for(self.screen.recovery)
        assert not self.screen.recovery.is_empty
        self.screen.card.go_on.click()
        assert self.screen.recovery.is_empty

    def make(self) -> None:
        self.name_office()
        self.add("adi", "Adi Nugroho")
        self.wait_for(self.screen.person)
        self.add("hendra", "Hendra Kusuma")
        self.wait_for(self.screen.kit)


def test_that_two_people_make_an_office_and_see_its_kit_once(qtbot: QtBot, make_window: MakeWindow) -> None:
    making = FakeMaking()
    window = make_window(making)
    screen = screen_of(window)
    Hands(qtbot, screen).make()
    assert [role for role, _, _ in making.people] == [Role.ADMINISTRATOR, Role.SUPERVISOR]
    assert making.is_made
    shown = texts_of(screen)
    assert all(code in shown for code in KIT_CODES)
    assert "recovery-kit.json" in shown
    assert KEY not in shown.replace(" ", "")
    assert PASSWORD not in shown
    screen.card.go_on.click()
    assert not any(code in texts_of(screen) for code in KIT_CODES)
    assert isinstance(window.centralWidget(), SignInScreen)


def test_that_each_refusal_stays_on_its_page(qtbot: QtBot, make_window: MakeWindow) -> None:
    making = FakeMaking()
    hands = Hands(qtbot, screen_of(make_window(making)))
    screen = hands.screen
    screen.card.go_on.click()
    assert screen.office.error.text() == "Give the office a name first."
    screen.office.name.setText("x" * 41)
    screen.card.go_on.click()
    qtbot.waitUntil(lambda: screen.office.error.text().startswith("Give the office a name of up to 60"))
    hands.name_office()
    hands.name_person("adi", "Adi Nugroho", "short")
    qtbot.waitUntil(lambda: screen.person.pair.error.text().startswith("Use at least 15"))
    assert screen.person.account.text() == "adi"
    hands.show_code("adi", "Adi Nugroho", "000000")
    qtbot.waitUntil(lambda: screen.authenticator.error.text().startswith("This code does not fit."))
    QTest.keyClicks(screen.authenticator.code, "731904")
    hands.note_codes()
    hands.wait_for(screen.person)
    assert screen.person.account.text() == screen.person.pair.first.text() == ""
    hands.name_person("adi", "Adi again")
    qtbot.waitUntil(lambda: screen.person.pair.error.text().startswith("Two people set an office up"))


def test_that_back_goes_one_step_and_then_leaves_nothing(qtbot: QtBot, make_window: MakeWindow) -> None:
    making = FakeMaking()
    hands = Hands(qtbot, screen_of(make_window(making)))
    hands.name_office()
    hands.name_person("adi", "Adi Nugroho")
    hands.wait_for(hands.screen.authenticator)
    hands.screen.card.back.click()
    hands.wait_for(hands.screen.person)
    assert hands.screen.authenticator.qr.is_empty
    hands.screen.card.back.click()
    hands.wait_for(hands.screen.office)
    qtbot.waitUntil(lambda: making.cancelled == 1)


def test_that_what_would_lose_the_administrator_says_so(qtbot: QtBot, make_window: MakeWindow) -> None:
    hands = Hands(qtbot, screen_of(make_window(FakeMaking())))
    hands.name_office()
    assert hands.screen.card.back.text() == "Back"
    hands.add("adi", "Adi Nugroho")
    hands.wait_for(hands.screen.person)
    assert hands.screen.card.back.text() == "Start over"
    hands.name_person("hendra", "Hendra Kusuma")
    hands.wait_for(hands.screen.authenticator)
    assert hands.screen.card.back.text() == "Back"


def test_that_an_office_made_meanwhile_ends_the_set_up(qtbot: QtBot, make_window: MakeWindow) -> None:
    making = FakeMaking()
    making.refuse_finish = InputRefusedError("x", code="office_exists")
    hands = Hands(qtbot, screen_of(make_window(making)))
    hands.name_office()
    hands.add("adi", "Adi Nugroho")
    hands.wait_for(hands.screen.person)
    hands.add("hendra", "Hendra Kusuma")
    hands.wait_for(hands.screen.office)
    assert hands.screen.office.error.text().startswith("An office was made here meanwhile.")
    qtbot.waitUntil(lambda: making.cancelled == 1)


def test_that_closing_the_window_leaves_nothing(qtbot: QtBot, make_window: MakeWindow) -> None:
    making = FakeMaking()
    window = make_window(making)
    hands = Hands(qtbot, screen_of(window))
    hands.name_office()
    window.close()
    assert not window.isVisible()
    assert making.cancelled == 1


def test_that_a_window_with_unwritten_codes_closes_at_the_second_try(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = make_window(FakeMaking())
    hands = Hands(qtbot, screen_of(window))
    hands.make()
    window.close()
    assert window.isVisible()
    assert hands.screen.kit.error.text().startswith("Write the codes down first")
    window.close()
    assert not window.isVisible()
    assert not any(code in texts_of(hands.screen) for code in KIT_CODES)


# with the real back office


@pytest.fixture
def store() -> KeyStore:
    return KeyStore(DictShelf(), DictShelf())


@pytest.fixture
def program(tmp_path: Path, store: KeyStore, monkeypatch: pytest.MonkeyPatch) -> Program:
    monkeypatch.setattr(making, "one_store", lambda _home: lambda: store)
    monkeypatch.setattr(back_office.SetUp.add, "__defaults__", (PASSWORD_FLOOR,))
    return Program(Places(tmp_path / "home", tmp_path / "cache", tmp_path / "run").prepare())


def making_of(program: Program) -> MakeOffice:
    making = office_to_make(program)
    assert making is not None
    return making


def test_that_the_window_makes_a_real_office_that_its_workstation_knows(
    qtbot: QtBot, make_window: MakeWindow, program: Program, store: KeyStore
) -> None:
    window = make_window(making_of(program))
    hands = Hands(qtbot, screen_of(window))
    hands.make()
    plate = NamePlate.read(program.places.home)
    assert plate.name == "Nusantara Care"
    assert recall(store, plate.office) is not None
    assert (program.places.home / KIT_FILE).is_file()
    assert office_to_make(program) is None
    assert not list(program.places.home.glob(".set-up-*"))


def test_that_a_real_set_up_that_is_closed_leaves_nothing(
    qtbot: QtBot, make_window: MakeWindow, program: Program
) -> None:
    window = make_window(making_of(program))
    hands = Hands(qtbot, screen_of(window))
    hands.name_office()
    hands.add("adi", "Adi Nugroho")
    hands.wait_for(hands.screen.person)
    assert list(program.places.home.iterdir())
    window.close()
    assert list(program.places.home.iterdir()) == []
    assert office_to_make(program) is not None


def test_that_a_console_looks_for_the_file_that_a_set_up_writes_last() -> None:
    assert OFFICE_FILE == NAME_FILE
