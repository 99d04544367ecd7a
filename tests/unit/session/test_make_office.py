"""Making an office: names and passwords are judged first, codes can be tried again, cancel leaves nothing."""

from pathlib import Path

import pytest

from app.auth.totp import as_text
from app.backoffice.office import KIT_FILE, NAME_FILE, NamePlate
from app.backoffice.set_up import FirstPerson, SetUp
from app.crypto.derive import PASSWORD_FLOOR
from app.domain.errors import InputRefusedError, NotAllowedError
from app.domain.inventory_reader import load_inventory
from app.domain.policy_reader import load_policy
from app.domain.role import Role
from app.resource_files import resource_text
from app.session.make_office import AuthenticatorOffer, MakeOffice, NewPerson
from app.session.shown import Secret
from tests.demo.people import Authenticator
from tests.office.moved_clock import MovedClock

PASSWORD = "kata sandi yang panjang 12"
CLOCK = MovedClock()


class RealMaking:
    """As `bootstrap` wires it, at floor costs."""

    def __init__(self, home: Path, name: str) -> None:
        inventory = load_inventory(resource_text("inventory", "customer.toml"))
        policy = load_policy(resource_text("policy", "default.toml"))
        self.kit_file = str(home / KIT_FILE)
        self.set_up = SetUp(home, name, inventory, policy, CLOCK, "SBY-0417", bytes(range(32)))

    def add(self, person: NewPerson, code: str) -> tuple[str, ...]:
        first = FirstPerson(person.account, person.display_name, person.role, person.password, person.totp)
        return self.set_up.add(first, code, PASSWORD_FLOOR)

    def finish(self) -> tuple[str, ...]:
        return self.set_up.finish().kit_codes

    def cancel(self) -> None:
        self.set_up.cancel()


@pytest.fixture
def home(tmp_path: Path) -> Path:
    home = tmp_path / "home"
    home.mkdir(mode=0o700)
    return home


@pytest.fixture
def making(home: Path) -> MakeOffice:
    return MakeOffice(lambda name: RealMaking(home, name))


def right_code(offer: AuthenticatorOffer) -> str:
    return Authenticator(offer.secret.reveal()).code_of(CLOCK.now_ms() // 30_000)


def add(making: MakeOffice, role: Role, account: str) -> None:
    making.prove(right_code(making.person(role, account, account.title(), PASSWORD)))


def test_that_two_people_make_an_office_with_a_kit(making: MakeOffice, home: Path) -> None:
    making.begin("  Nusantara Care ")
    add(making, Role.ADMINISTRATOR, "adi")
    add(making, Role.SUPERVISOR, "hendra")
    kit = making.finish()
    assert NamePlate.read(home).name == kit.office == "Nusantara Care"
    assert len({code.reveal() for code in kit.codes}) == 3
    assert Path(kit.file).is_file()
    making.cancel()
    assert (home / NAME_FILE).exists()


def test_that_cancelling_leaves_nothing_even_after_a_person_was_added(making: MakeOffice, home: Path) -> None:
    making.begin("Nusantara Care")
    add(making, Role.ADMINISTRATOR, "adi")
    making.cancel()
    assert list(home.iterdir()) == []


def test_that_beginning_again_leaves_nothing_of_the_first_try(making: MakeOffice, home: Path) -> None:
    making.begin("Nusantara Care")
    making.begin("Nusantara Care, Surabaya")
    assert len(list(home.iterdir())) == 1
    making.cancel()


@pytest.mark.parametrize(
    ("account", "name", "password", "code"),
    [
        ("Adi Nugroho!", "Adi", PASSWORD, "account_name"),
        ("adi", " ", PASSWORD, "person_name"),
        ("adi", "Adi\nNugroho", PASSWORD, "person_name"),
        ("adi", "Adi", "short", "password_short"),
        ("adi", "Adi", "x" * 257, "password_long"),
        ("adi", "Adi", "adi" * 6, "password_easy"),
    ],
)
def test_that_names_and_passwords_are_refused_by_code(
    making: MakeOffice, account: str, name: str, password: str, code: str
) -> None:
    making.begin("Nusantara Care")
    with pytest.raises(InputRefusedError) as refused:
        making.person(Role.ADMINISTRATOR, account, name, password)
    assert refused.value.code == code
    making.cancel()


def test_that_a_new_password_is_judged_with_the_names_of_person_account_and_office(making: MakeOffice) -> None:
    making.begin("Nusantara Care")
    judged = [making.strength("adi.pratama", "Adi Pratama", text) for text in ("nusantara care 12", "adi.pratama")]
    assert [one.hint for one in judged] == ["names", "names"]
    assert making.strength("adi", "Adi", PASSWORD).score == 4


def test_that_an_office_needs_a_name(making: MakeOffice, home: Path) -> None:
    for name in ("", "  ", "x" * 61, "a\x00b"):
        with pytest.raises(InputRefusedError) as refused:
            making.begin(name)
        assert refused.value.code == "office_name"
    assert list(home.iterdir()) == []


def test_that_one_person_cannot_be_both(making: MakeOffice) -> None:
    making.begin("Nusantara Care")
    add(making, Role.ADMINISTRATOR, "adi")
    with pytest.raises(InputRefusedError) as refused:
        making.person(Role.SUPERVISOR, "adi", "Adi", PASSWORD)
    assert refused.value.code == "name_taken"
    making.cancel()


def test_that_a_wrong_code_can_be_followed_by_a_right_one(making: MakeOffice) -> None:
    making.begin("Nusantara Care")
    offer = making.person(Role.ADMINISTRATOR, "adi", "Adi", PASSWORD)
    right = right_code(offer)
    with pytest.raises(NotAllowedError) as refused:
        making.prove(f"{(int(right) + 500_000) % 1_000_000:06d}")
    assert refused.value.code == "wrong_code"
    making.prove(right)
    making.cancel()


def test_that_going_back_keeps_the_authenticators_secret(making: MakeOffice) -> None:
    making.begin("Nusantara Care")
    first = making.person(Role.ADMINISTRATOR, "adi", "Adi", PASSWORD).secret.reveal()
    assert making.person(Role.ADMINISTRATOR, "adi", "Adi Nugroho", PASSWORD + "3").secret.reveal() == first
    assert making.person(Role.ADMINISTRATOR, "budi", "Budi", PASSWORD).secret.reveal() != first
    making.cancel()


def test_that_an_office_made_meanwhile_is_not_put_aside(making: MakeOffice, home: Path) -> None:
    making.begin("Nusantara Care")
    add(making, Role.ADMINISTRATOR, "adi")
    add(making, Role.SUPERVISOR, "hendra")
    other = MakeOffice(lambda name: RealMaking(home, name))
    other.begin("The other")
    add(other, Role.ADMINISTRATOR, "citra")
    add(other, Role.SUPERVISOR, "dian")
    other.finish()
    with pytest.raises(InputRefusedError) as refused:
        making.finish()
    assert refused.value.code == "office_exists"
    making.cancel()
    assert NamePlate.read(home).name == "The other"
    assert not list(home.glob("put-aside-*"))
    assert not list(home.glob(".set-up-*"))


def test_that_nothing_of_a_person_is_told_by_its_shape() -> None:
    person = NewPerson(Role.ADMINISTRATOR, "adi", "Adi", PASSWORD, b"0123456789")
    assert PASSWORD not in repr(person)
    offer = AuthenticatorOffer("Adi", *(Secret(as_text(b"0123456789")) for _ in range(2)))
    assert as_text(b"0123456789") not in repr(offer)


def test_that_a_set_up_begins_with_a_name(making: MakeOffice) -> None:
    with pytest.raises(RuntimeError):
        making.prove("123456")
