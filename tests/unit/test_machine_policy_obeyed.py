"""Each setting of the machine policy takes effect where it should: a test per key, and none without one.

Through the real office where the office has a part in it; the door is the composition root's own.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from app import __version__
from app.api.client.https_transport import HttpsTransport
from app.bootstrap.doors import enrol_at_window
from app.bootstrap.making import office_to_make
from app.bootstrap.managed import (
    gateway_of,
    managed_at_approval,
    managed_at_console,
    managed_at_terminal,
    managed_here,
    managed_on_screens,
)
from app.bootstrap.own_things import log_of
from app.bootstrap.program import Program
from app.bootstrap.screens import remember_screen_display, remember_screen_language, screen_display, screen_language
from app.bootstrap.terminal import enrol_at_terminal, sign_in_at_terminal
from app.bootstrap.way_to_office import (
    connect,
    has_office,
    need_no_gateway,
    need_office,
    start_office,
    start_office_if_let,
)
from app.domain.capture_exception import CaptureException
from app.domain.data_class import DataClass
from app.domain.display import Display
from app.domain.errors import NotAllowedError, TiraiError
from app.domain.gateway_address import GatewayAddress
from app.domain.machine_policy.errors import CONTENT, MachinePolicyError, ShutHereError
from app.domain.machine_policy.judging import judge
from app.domain.machine_policy.policy import MachinePolicy
from app.domain.machine_policy.said import Said
from app.domain.machine_policy.settings import SETTINGS
from app.domain.policy_reader import load_policy
from app.domain.posture.words import Finding, Part, State
from app.resource_files import resource_text
from app.session import machine_door
from app.session.managed import tightened
from app.session.sign_in import SignIn
from app.storage.gateway_file import write_gateway
from app.storage.log_notes import waiting_notes
from app.storage.machine_policy import reading
from app.storage.places import Places
from app.storage.text_log import LogLevel
from app.terminal.updates import update_settings
from app.updating.settings import Updates, UpdateSettings
from tests.office.made import MadeOffice, made_office

ROOT = Path(__file__).parents[2]
BASE = load_policy(resource_text("policy", "default.toml"))
TESTED: dict[str, str] = {
    "gateway_url": "test_that_the_gateway_of_the_machine_comes_before_the_homes",
    "gateway_pins": "test_that_the_gateway_of_the_machine_comes_before_the_homes",
    "gateway_ca": "test_that_the_gateway_of_the_machine_comes_before_the_homes",
    "own_office_allowed": "test_that_no_office_of_ones_own_is_made_or_entered",
    "other_homes_allowed": "test_that_no_other_home_is_used",
    "minimum_version": "test_that_an_old_program_signs_nobody_in",
    "commands_allowed": "test_that_no_command_signs_anybody_in",
    "idle_lock_s": "test_that_the_lower_number_holds",
    "idle_end_s": "test_that_the_lower_number_holds",
    "call_idle_max_s": "test_that_the_lower_number_holds",
    "view_s": "test_that_the_lower_number_holds",
    "clipboard_s": "test_that_the_lower_number_holds",
    "session_s": "test_that_the_office_begins_a_shorter_session",
    "lease_s": "test_that_a_lease_ends_sooner_here",
    "clipboard_allowed": "test_that_nothing_is_copied_here",
    "capture_exception_allowed": "test_that_an_exception_lets_no_capture_through_here",
    "capture_block_required": "test_that_nobody_signs_in_where_captures_are_not_blocked",
    "calls_allowed": "tests/ui/test_managed.py::test_that_no_softphone_is_heard",
    "desk_approval_allowed": "test_that_nobody_approves_at_the_desk",
    "protection_required": "test_that_values_stay_shut_without_the_protection_that_it_requires",
    "language": "test_that_screens_speak_and_look_as_settled",
    "theme": "test_that_screens_speak_and_look_as_settled",
    "rows": "test_that_screens_speak_and_look_as_settled",
    "text_percent": "test_that_a_recommendation_holds_until_somebody_chooses",
    "motion": "test_that_a_recommendation_holds_until_somebody_chooses",
    "updates": "test_that_updates_come_as_settled",
    "updates_from": "test_that_updates_come_as_settled",
    "updates_proxy": "test_that_updates_come_as_settled",
    "log_level": "test_that_the_log_holds_what_is_settled",
}


def managed(recommended: Mapping[str, object] | None = None, /, **mandatory: object) -> MachinePolicy:
    return judge([Said("test", mandatory, recommended or {})])


def test_that_each_setting_has_its_test() -> None:
    assert {setting.key for setting in SETTINGS} == set(TESTED)
    for where in TESTED.values():
        file, _, name = where.rpartition("::")
        text = (ROOT / file if file else Path(__file__)).read_text("utf-8")
        assert f"\ndef {name}(" in text, where


@pytest.fixture
def program(tmp_path: Path) -> Program:
    return Program(Places(tmp_path / "home", tmp_path / "cache", tmp_path / "run").prepare())


def under(program: Program, policy: MachinePolicy) -> Program:
    return replace(program, managed=lambda: policy)


# which office


def test_that_the_gateway_of_the_machine_comes_before_the_homes(
    program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("SSL_CERT_FILE", "SSL_CERT_DIR"):
        monkeypatch.delenv(name, raising=False)
    write_gateway(program.places.home, GatewayAddress("own.example"))
    policy = managed(
        gateway_url="https://it.example:8443", gateway_pins=["AB" * 32], gateway_ca=str(Path("/etc/tirai/ca.pem"))
    )
    found = gateway_of(under(program, policy))
    assert found == GatewayAddress("it.example", 8443, (b"\xab" * 32,), "/etc/tirai/ca.pem")
    assert gateway_of(program) == GatewayAddress("own.example")
    plain = under(program, managed(gateway_url="https://it.example"))
    client = connect(plain)
    assert isinstance(client._transport, HttpsTransport)
    client.close()
    (program.places.home / "gateway.json").unlink()
    assert has_office(plain)
    start_office(plain)
    assert not list(program.places.home.iterdir()), "no office was started"


def test_that_nobody_chooses_another_gateway(program: Program) -> None:
    with pytest.raises(ShutHereError, match="set by your organisation"):
        machine_door.require_unmanaged_gateway(managed(gateway_url="https://it.example"))
    machine_door.require_unmanaged_gateway(managed(theme="dark"))


def test_that_no_office_of_ones_own_is_made_or_entered(program: Program) -> None:
    shut = under(program, managed(own_office_allowed=False))
    assert office_to_make(shut) is None
    for refused in (managed_here, need_no_gateway, start_office):
        with pytest.raises(ShutHereError) as error:
            refused(shut)
        assert error.value.code == "M5"
    write_gateway(program.places.home, GatewayAddress("own.example"))
    assert not managed_here(shut).allows("own_office_allowed")


def test_that_no_other_home_is_used(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    shut = under(program, managed(other_homes_allowed=False))
    monkeypatch.setenv("XDG_DATA_HOME", str(program.places.home.parent))
    monkeypatch.setenv("HOME", str(program.places.home.parent))
    with pytest.raises(ShutHereError) as error:
        managed_here(shut)
    assert error.value.code == "M5"
    monkeypatch.setattr(machine_door, "own_home", lambda: program.places.home)
    managed_here(shut)


def test_that_an_old_program_signs_nobody_in(program: Program) -> None:
    with pytest.raises(ShutHereError, match="99") as error:
        managed_here(under(program, managed(minimum_version="99.0")))
    assert error.value.code == "M4"
    managed_here(under(program, managed(minimum_version=__version__.split("rc")[0])))


def test_that_no_command_signs_anybody_in(program: Program) -> None:
    shut = under(program, managed(commands_allowed=False))
    for refused in (need_office, enrol_at_terminal, sign_in_at_terminal):
        with pytest.raises(ShutHereError) as error:
            refused(shut)
        assert error.value.code == "M5"
    managed_at_console(shut)


# a session


@pytest.mark.parametrize("name", ["idle_lock_s", "idle_end_s", "call_idle_max_s", "view_s", "clipboard_s"])
def test_that_the_lower_number_holds(name: str) -> None:
    loose, tight = getattr(BASE, name), next(s.least for s in SETTINGS if s.key == name)
    below = {"idle_lock_s": 30} if name == "call_idle_max_s" else {}
    assert getattr(tightened(BASE, managed(**{**below, name: tight})), name) == tight
    office = replace(BASE, **{**below, name: tight})  # type: ignore[arg-type]
    assert getattr(tightened(office, managed(**{name: loose})), name) == tight, "what the office says is lower"


def test_that_the_lock_comes_before_the_end_and_no_call_is_locked_sooner() -> None:
    sooner = tightened(BASE, managed(idle_end_s=60))
    assert (sooner.idle_lock_s, sooner.idle_end_s) == (60, 60)
    assert tightened(BASE, managed(call_idle_max_s=30)).call_idle_max_s == BASE.idle_lock_s


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MadeOffice]:
    with made_office(tmp_path_factory.mktemp("office")) as made:
        yield made


@pytest.fixture
def sign_in(office: MadeOffice) -> Callable[[MachinePolicy], SignIn]:
    def at(policy: MachinePolicy) -> SignIn:
        return SignIn(
            office.places,
            office.connect,
            lambda: office.store,
            office.policy,
            start_office=lambda: None,
            announce=office.guardian,
            managed=lambda: policy,
        )

    return at


def test_that_the_office_begins_a_shorter_session(
    office: MadeOffice, sign_in: Callable[[MachinePolicy], SignIn]
) -> None:
    person = office.people["hendra"]
    desk = sign_in(managed(session_s=1_800)).sign_in("hendra", person.password, office.code(person))
    assert desk.person.ends_at == pytest.approx(office.clock.now_ms() / 1000 + 1_800, abs=60)
    desk.end("signed_out")


def test_that_a_lease_ends_sooner_here(office: MadeOffice, sign_in: Callable[[MachinePolicy], SignIn]) -> None:
    person = office.people["hendra"]
    desk = sign_in(managed(lease_s=180, idle_lock_s=60)).sign_in("hendra", person.password, office.code(person))
    now = office.clock.now_ms() / 1000
    assert desk.person.lease_ends_at == pytest.approx(now + 180, abs=60)
    assert desk.beat().lease_ends_at == pytest.approx(now + 180, abs=60)
    assert desk.idle_lock_s == 60
    assert desk._identity.office_policy.idle_lock_s == BASE.idle_lock_s, "the office's own policy is shown as it is"
    desk.end("signed_out")


def test_that_administrators_see_digest_and_source(
    office: MadeOffice, sign_in: Callable[[MachinePolicy], SignIn]
) -> None:
    policy, person = judge([Said("/etc/tirai/policy.d/10-a.toml", {"idle_lock_s": 60})]), office.people["hendra"]
    desk = sign_in(policy).sign_in("hendra", person.password, office.code(person))
    desk.beat()
    looks = office.command("adi")
    (seen,) = looks.workstations.listing().workstations
    assert (seen.machine, seen.machine_from) == (policy.digest, "files")
    looks.end()
    desk.end("signed_out")


# what leaves the screen


def test_that_nothing_is_copied_here() -> None:
    office = replace(BASE, copied=frozenset({DataClass.CONTACT}))
    assert tightened(office, managed(theme="dark")).copied == {DataClass.CONTACT}
    assert not tightened(office, managed(clipboard_allowed=False)).copied


def test_that_an_exception_lets_no_capture_through_here() -> None:
    office = replace(BASE, capture_exception=CaptureException(0, 2**40, "support"))
    assert tightened(office, managed(theme="dark")).capture_exception is not None
    assert tightened(office, managed(capture_exception_allowed=False)).capture_exception is None


def test_that_nobody_signs_in_where_captures_are_not_blocked(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    wanted = under(program, managed(capture_block_required=True))
    monkeypatch.setattr("app.ui.capture.block.block_of_this_system", lambda: None)
    with pytest.raises(ShutHereError) as error:
        managed_at_console(wanted)
    assert error.value.code == "M5_capture"
    machine_door.require_captures_blocked(wanted.managed(), is_blocked=True)
    managed_at_terminal(wanted)


# at the desk


def test_that_nobody_approves_at_the_desk(program: Program) -> None:
    shut = under(program, managed(desk_approval_allowed=False))
    with pytest.raises(ShutHereError) as error:
        managed_at_approval(shut)
    assert error.value.code == "M5_desk"
    managed_at_console(shut)


def test_that_values_stay_shut_without_the_protection_that_it_requires(
    office: MadeOffice, sign_in: Callable[[MachinePolicy], SignIn], monkeypatch: pytest.MonkeyPatch
) -> None:
    person, policy = office.people["hendra"], managed(protection_required=["disk", "firewall"])
    desk = sign_in(policy).sign_in("hendra", person.password, office.code(person))
    identity, found = desk._identity, {Part.DISK: State.OK, Part.FIREWALL: State.UNKNOWN}
    monkeypatch.setattr(identity.client, "reveal", lambda *_words: pytest.fail("the office was asked"))
    with pytest.raises(NotAllowedError) as error:
        desk.reveal("00" * 16, "mobile_phone", "call_back")
    assert error.value.code == "posture_here", "nobody has looked yet"
    desk.posture._look = lambda: tuple(Finding(part, state, "", 0) for part, state in found.items())
    shuts = {part.part for part in desk.posture.look() if part.shuts}
    assert shuts == {Part.FIREWALL}, "my account names it"
    with pytest.raises(NotAllowedError):
        identity.need_class(DataClass.CONTACT)
    found[Part.FIREWALL] = State.OK
    desk.posture.look()
    identity.need_protection()
    desk.end("signed_out")


# screens


def test_that_screens_speak_and_look_as_settled(program: Program) -> None:
    remember_screen_language(program, "en")
    remember_screen_display(program, Display("light", "compact", 150))
    policy = managed(language="id", theme="contrast", rows="comfortable")
    assert screen_language(program, policy) == "id"
    assert screen_display(program, policy) == Display("contrast", "comfortable", 150)
    assert screen_display(replace(program, theme="dark"), policy).theme == "contrast"
    assert screen_language(program) == "en"


def test_that_a_recommendation_holds_until_somebody_chooses(program: Program) -> None:
    policy = managed({"text_percent": 125, "motion": "still", "language": "id", "theme": "dark", "rows": "comfortable"})
    assert screen_display(program, policy) == Display("dark", "comfortable", 125, "still")
    assert screen_language(program, policy) == "id"
    remember_screen_display(program, Display("light", text=110))
    remember_screen_language(program, "en")
    assert screen_display(program, policy) == Display("light", text=110)
    assert screen_language(program, policy) == "en"


# one that cannot be used


def test_that_nobody_enters_by_any_door_while_it_cannot_be_used(program: Program) -> None:
    def broken() -> MachinePolicy:
        raise MachinePolicyError(CONTENT, "/etc/tirai/policy.d/10-site.toml, line 2", "there is no setting idel_lock_s")

    (program.places.home / "office.json").write_text("{}")
    shut = replace(program, managed=broken)
    doors: list[Callable[[Program], object]] = [
        managed_here,
        managed_at_console,
        managed_at_approval,
        need_office,
        need_no_gateway,
        sign_in_at_terminal,
        enrol_at_terminal,
        start_office,
        connect,
        lambda program: enrol_at_window(program, lambda: pytest.fail("keyring"), lambda: None),
    ]
    for door in doors:
        with pytest.raises(MachinePolicyError) as error:
            door(shut)
        assert error.value.code == CONTENT
    assert office_to_make(shut) is None
    start_office_if_let(shut)
    assert managed_on_screens(shut).is_empty
    with waiting_notes(program.places.home) as notes:
        assert {(note.event, note.reason, note.detail) for note in notes} == {("start.refused", "machine_policy", "M2")}


def test_that_the_door_asks_before_a_keyring_and_an_office(office: MadeOffice) -> None:
    def broken() -> MachinePolicy:
        raise MachinePolicyError(CONTENT, "a file", "a reason")

    def never(*_words: object) -> object:
        raise AssertionError

    door = SignIn(office.places, never, never, office.policy, start_office=never, managed=broken)  # type: ignore[arg-type]
    for ask in (door.office, lambda: door.sign_in_for_command("hendra", "a password", "123456")):
        with pytest.raises(TiraiError) as error:
            ask()
        assert error.value.code == CONTENT


# updates and the log


def test_that_updates_come_as_settled(monkeypatch: pytest.MonkeyPatch) -> None:
    def under_policy(policy: MachinePolicy) -> UpdateSettings:
        monkeypatch.setattr(reading, "read_machine_policy", lambda: policy)
        return update_settings()

    assert under_policy(managed()) == UpdateSettings(Updates.MANAGED)
    said = {
        "updates": "install",
        "updates_from": "https://it.example/tirai",
        "updates_proxy": "http://proxy.example:3128",
    }
    settled = under_policy(managed(**said))
    assert settled == UpdateSettings(Updates.INSTALL, said["updates_from"], said["updates_proxy"])
    settled.must_be_whole()
    for wrong in (
        {"updates": "always"},
        {"updates_from": "http://it.example"},
        {"updates_proxy": "http://a:b@it.example"},
    ):
        with pytest.raises(MachinePolicyError) as refused:
            managed(**wrong)
        assert refused.value.code == CONTENT


def test_that_the_log_holds_what_is_settled(program: Program) -> None:
    for said, level in (
        ({}, LogLevel.WARNING),
        ({"log_level": "info"}, LogLevel.INFO),
        ({"log_level": "error"}, LogLevel.ERROR),
    ):
        log = log_of(under(program, managed(**said)), "console")
        assert log.level is level
        assert log.path == program.places.home / "log" / "tirai.log"
