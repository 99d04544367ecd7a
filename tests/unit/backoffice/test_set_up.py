"""Set-up: two people or no office; any two of three codes open the kit; an interrupted one is put aside."""

import itertools
import json
import secrets
from base64 import b32decode, b32encode, b64decode
from pathlib import Path

import pytest

from app.auth.book import ROOT, Kind
from app.auth.totp import as_text
from app.backoffice.database import Database, setting
from app.backoffice.office import (
    DATABASE_FILE,
    FRONT_DOOR_FILE,
    KIT_FILE,
    NAME_FILE,
    RECOVERY_SLOT_FILE,
    BackOffice,
    NamePlate,
)
from app.backoffice.openings import put_in_order
from app.backoffice.set_up import FirstPerson, Made, SetUp
from app.crypto import hpke, signing
from app.crypto.aead import unwrap
from app.crypto.derive import PASSWORD_FLOOR, two
from app.crypto.errors import SealError
from app.crypto.labels import lp
from app.domain.data_class import SEALED_CLASSES
from app.domain.errors import InputRefusedError, NotAllowedError, WorkstationError
from app.domain.inventory_reader import load_inventory
from app.domain.policy_reader import load_policy
from app.domain.role import Role
from app.resource_files import resource_text
from tests.demo.people import Authenticator
from tests.office.moved_clock import MovedClock

POLICY = load_policy(resource_text("policy", "default.toml"))
INVENTORY = load_inventory(resource_text("inventory", "customer.toml"))
H, CLOCK = bytes(range(32)), MovedClock()


def making(home: Path) -> SetUp:
    home.mkdir(mode=0o700, exist_ok=True)
    return SetUp(home, "Nusantara Care", INVENTORY, POLICY, CLOCK, "SBY-0417", H)


def person(account: str, role: Role) -> tuple[FirstPerson, str]:
    secret = secrets.token_bytes(20)
    code = Authenticator(as_text(secret)).code_of(CLOCK.now_ms() // 30_000)
    return FirstPerson(account, account.title(), role, f"kata sandi {account} 12", secret), code


def made(home: Path) -> Made:
    set_up = making(home)
    for account, role in (("adi", Role.ADMINISTRATOR), ("hendra", Role.SUPERVISOR)):
        set_up.add(*person(account, role), PASSWORD_FLOOR)
    return set_up.finish()


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("made") / "home"


@pytest.fixture(scope="module")
def office(home: Path) -> Made:
    return made(home)


def kit_of(home: Path) -> dict[str, str]:
    kit: dict[str, str] = json.loads((home / KIT_FILE).read_text("utf-8"))
    return kit


def secret_of(code: str) -> bytes:
    text = code.replace("-", "")
    return b32decode(text + "=" * (-len(text) % 8))


def x_of(home: Path, office: Made, i: int, j: int, codes: tuple[bytes, ...]) -> bytes:
    aad = lp("recovery", office.plate.office)
    pairs: dict[str, str] = kit_of(home)["pairs"]  # type: ignore[assignment]
    return unwrap(two(codes[i], codes[j], aad), b64decode(pairs[f"{i + 1}{j + 1}"]), aad)


def test_that_a_set_up_leaves_the_office_and_nothing_else(home: Path, office: Made) -> None:
    names = {p.name for p in home.iterdir()}
    assert {NAME_FILE, DATABASE_FILE, FRONT_DOOR_FILE, KIT_FILE, RECOVERY_SLOT_FILE} <= names
    assert not [n for n in names if n.startswith(".")]
    assert NamePlate.read(home) == office.plate
    assert all(p.stat().st_mode & 0o077 == 0 for p in home.iterdir())


@pytest.mark.parametrize(("i", "j"), list(itertools.combinations(range(3), 2)))
def test_that_any_two_codes_open_the_kit_and_everything_with_it(home: Path, office: Made, i: int, j: int) -> None:
    codes = tuple(secret_of(c) for c in office.kit_codes)
    x, kit, aad = x_of(home, office, i, j, codes), kit_of(home), lp("recovery", office.plate.office)
    assert signing.public_of(unwrap(x, b64decode(kit["root"]), aad)) == office.plate.root
    recovery = unwrap(x, b64decode(kit["secret"]), aad)
    slot = (home / RECOVERY_SLOT_FILE).read_bytes()
    file_key = hpke.unseal(recovery[:96], slot, lp("recovery-file", office.plate.office))
    back = BackOffice(home, H, "SBY-0417", POLICY, CLOCK, put_in_order).open(file_key)
    entry = back.book.active("recovery")
    assert entry.kem == hpke.public_of(recovery[:96])
    assert back.book.granted("recovery") == set(SEALED_CLASSES)
    back.database.close()


def test_that_one_code_twice_or_a_wrong_pair_opens_nothing(home: Path, office: Made) -> None:
    codes = [secret_of(c) for c in office.kit_codes]
    for held in ((codes[0],) * 3, (codes[1], codes[0], codes[2]), (codes[0], bytes(16), bytes(16))):
        with pytest.raises(SealError):
            x_of(home, office, 0, 1, held)


def test_that_the_three_codes_differ_and_lie_nowhere(home: Path, office: Made) -> None:
    assert len(set(office.kit_codes)) == 3
    kept = b"".join(p.read_bytes() for p in home.iterdir())
    for code in office.kit_codes:
        assert code.encode() not in kept
        assert secret_of(code) not in kept
    assert not any(code in repr(office) for code in office.kit_codes)


def test_that_the_root_lies_in_the_kit_only_and_signed_everything(home: Path, office: Made) -> None:
    codes = tuple(secret_of(c) for c in office.kit_codes)
    x, kit = x_of(home, office, 0, 1, codes), kit_of(home)
    recovery = unwrap(x, b64decode(kit["secret"]), lp("recovery", office.plate.office))
    slot = (home / RECOVERY_SLOT_FILE).read_bytes()
    file_key = hpke.unseal(recovery[:96], slot, lp("recovery-file", office.plate.office))
    root = unwrap(x, b64decode(kit["root"]), lp("recovery", office.plate.office))
    database = Database(home / DATABASE_FILE, file_key)
    with database.reading() as db:
        kept = [r[0] for r in db.exec_driver_sql("SELECT value FROM settings")]
        assert setting(db, "root") == office.plate.root
    database.close()
    assert not any(root in value for value in kept)
    back = BackOffice(home, H, "SBY-0417", POLICY, CLOCK, put_in_order).open(file_key)
    assert {s.signer for e in back.book.entries for s in e.signatures} == {ROOT}
    assert [e.kind for e in back.book.entries].count(Kind.CLASS) == len(SEALED_CLASSES)
    back.database.close()


def test_that_a_home_holds_one_office(home: Path, office: Made) -> None:
    assert office
    before = {p: p.read_bytes() for p in home.iterdir()}
    with pytest.raises(InputRefusedError, match="another --home"):
        making(home)
    assert {p: p.read_bytes() for p in home.iterdir()} == before


def test_that_one_person_or_two_alike_make_no_office(tmp_path: Path) -> None:
    home = tmp_path / "home"
    set_up = making(home)
    set_up.add(*person("adi", Role.ADMINISTRATOR), PASSWORD_FLOOR)
    with pytest.raises(InputRefusedError, match="another account name"):
        set_up.add(*person("adi", Role.SUPERVISOR), PASSWORD_FLOOR)
    with pytest.raises(InputRefusedError, match="administrator and a supervisor"):
        set_up.finish()
    set_up.cancel()
    assert list(home.iterdir()) == []


def test_that_an_authenticator_is_proved_before_anything_is_kept(tmp_path: Path) -> None:
    set_up = making(tmp_path / "home")
    first, _code = person("adi", Role.ADMINISTRATOR)
    with pytest.raises(NotAllowedError) as refusal:
        set_up.add(first, "000000", PASSWORD_FLOOR)
    assert refusal.value.code == "wrong_code"
    assert set_up.book.account("adi") is None
    set_up.cancel()


def test_that_what_an_interrupted_set_up_left_is_put_aside(tmp_path: Path) -> None:
    home = tmp_path / "home"
    making(home)._database.close()  # nobody finishes it
    for name in (DATABASE_FILE, FRONT_DOOR_FILE, KIT_FILE):
        (home / name).write_bytes(b"half an office")
    office = made(home)
    assert NamePlate.read(home) == office.plate
    aside = [p for p in home.iterdir() if p.name.startswith("put-aside-")]
    assert len(aside) == 3
    assert {p.read_bytes() for p in aside} == {b"half an office"}


@pytest.mark.parametrize("plate", [b"", b"{", b"[]", b'{"name": "x"}', b'{"name": "x", "root": "zz"}'])
def test_that_a_damaged_name_plate_is_told_with_what_to_do(tmp_path: Path, plate: bytes) -> None:
    (tmp_path / NAME_FILE).write_bytes(plate)
    with pytest.raises(WorkstationError, match="restore it"):
        NamePlate.read(tmp_path)


def test_that_a_home_without_an_office_is_told_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(WorkstationError, match="tirai setup"):
        NamePlate.read(tmp_path)


def test_that_a_kit_code_is_easy_to_write_down(office: Made) -> None:
    for code in office.kit_codes:
        assert b32encode(secret_of(code)).decode().rstrip("=") == code.replace("-", "")
        assert {len(group) for group in code.split("-")} <= {4, 2}
